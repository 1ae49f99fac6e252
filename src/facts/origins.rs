//! Which line of which file gave a variable its value: the assignments of all files that a login reads, matched against
//! the environment that is really there. Pure. Not a shell: where a condition or a command decides, the match with the
//! real value tells what happened.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::settings::{LostEntry, Origin, Setting};
use crate::path_style::PathStyle;
use crate::registry::RegistryKey;
use crate::shell::Piece;

/// An assignment with its place, in the order in which a login meets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// The variable.
    pub name: String,
    /// What it gets.
    pub value: Vec<Piece>,
    /// Exported by the same line.
    pub exported: bool,
    /// The file and its line, or the value of the registry.
    pub origin: Origin,
}

impl Assigned {
    fn origin(&self) -> Origin {
        self.origin.clone()
    }

    /// Whether every login comes by it.
    pub fn of_login(&self, files: &Assignments) -> bool {
        match &self.origin {
            Origin::Registry { key, .. } => {
                [RegistryKey::machine_environment(), RegistryKey::user_environment()]
                    .iter()
                    .any(|it| it.is(key))
            }
            it => it.place().is_none_or(|(file, _)| !files.unread.contains(file)),
        }
    }

    /// Whether it keeps what the variable held before, as far as we can tell.
    pub fn names_itself(&self) -> bool {
        self.value.iter().any(|it| matches!(it, Piece::Var(name) if *name == self.name) || *it == Piece::Any)
    }
}

/// Everything that files assign: in order, and the names that something exports apart from its assignment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignments {
    /// How lists are written in them.
    pub style: PathStyle,
    /// In the order in which a login meets them.
    pub all: Vec<Assigned>,
    /// Names of `export A` lines.
    pub exported: BTreeSet<String>,
    /// Files that this user's login shell does not read by itself: those of a desktop's session, and those that another
    /// file hides.
    pub unread: BTreeSet<PathBuf>,
    /// What the hidden ones would assign.
    pub hidden: Vec<Assigned>,
}

/// Where PATH comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathOrigins {
    /// Of every real entry, in order.
    pub origins: Vec<Origin>,
    /// Entries that a later line threw away.
    pub lost: Vec<LostEntry>,
    /// Entries that some line would add, and that are not there for another reason.
    pub unreached: Vec<(PathBuf, Origin)>,
}

/// Variables with origins, and assignments that are not in effect.
pub type Explained = (BTreeMap<String, Setting>, Vec<(String, Setting)>);

/// Gives every variable of the environment its origin.
pub fn explain(env: &BTreeMap<String, String>, files: &Assignments) -> Explained {
    let mut variables: BTreeMap<String, Setting> = BTreeMap::new();
    for (name, value) in env {
        variables.insert(name.clone(), Setting { value: value.clone(), origin: Origin::Terminal });
    }
    let mut elsewhere = Vec::new();
    let mut settled = BTreeSet::new();
    for it in files.all.iter().rev() {
        let counts = it.exported || files.exported.contains(&it.name) || env.contains_key(&it.name);
        if !counts {
            continue;
        }
        let here = variables.get_mut(&it.name).filter(|_| !settled.contains(it.name.as_str()));
        if let Some(here) = here.filter(|here| matches(&it.value, &here.value, &it.name, env)) {
            here.origin = it.origin();
            settled.insert(it.name.as_str());
        } else {
            let value = shown(&it.value, &it.name, env);
            elsewhere.push((it.name.clone(), Setting { value, origin: it.origin() }));
        }
    }
    elsewhere.reverse();
    (variables, elsewhere)
}

/// The text of a value that has no expansions; what has is left out.
pub fn literal(value: &[Piece]) -> String {
    value
        .iter()
        .filter_map(|it| if let Piece::Text(text) = it { Some(text.as_str()) } else { None })
        .collect()
}

/// A part of a pattern: text, or anything.
enum Part {
    Text(String),
    Anything,
}

fn parts(value: &[Piece], itself: &str, env: &BTreeMap<String, String>) -> Vec<Part> {
    let part = |piece: &Piece| match piece {
        Piece::Text(text) => Part::Text(text.clone()),
        Piece::Var(name) if name == itself => Part::Anything,
        Piece::Var(name) => env.get(name).map_or(Part::Anything, |it| Part::Text(it.clone())),
        Piece::Any => Part::Anything,
    };
    value.iter().map(part).collect()
}

/// Whether a value could have come from these pieces.
fn matches(value: &[Piece], real: &str, itself: &str, env: &BTreeMap<String, String>) -> bool {
    // The carriage return of a line that ends as on Windows is part of the value, and nothing to a reader of lines.
    let real = real.strip_suffix('\r').unwrap_or(real);
    let parts = parts(value, itself, env);
    if !parts.is_empty() && parts.iter().all(|it| matches!(it, Part::Anything)) {
        return true;
    }
    let mut rest = real;
    let mut loose = false;
    for part in &parts {
        match part {
            Part::Anything => loose = true,
            Part::Text(text) if loose => {
                let Some(at) = rest.find(text.as_str()) else { return false };
                rest = &rest[at + text.len()..];
                loose = false;
            }
            Part::Text(text) => {
                let Some(after) = rest.strip_prefix(text.as_str()) else { return false };
                rest = after;
            }
        }
    }
    loose
        || rest.is_empty()
        || matches!(parts.last(), Some(Part::Text(text)) if real.ends_with(text.as_str()) && parts.len() > 1)
}

/// The value as far as it is known, with `$PATH` and `$(…)` left in.
fn shown(value: &[Piece], itself: &str, env: &BTreeMap<String, String>) -> String {
    let show = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Var(name) if name == itself => format!("${name}"),
        Piece::Var(name) => env.get(name).cloned().unwrap_or_else(|| format!("${name}")),
        Piece::Any => "$(…)".to_owned(),
    };
    value.iter().map(show).collect()
}

/// Replays what the files do to PATH. A line that sets it anew counts only where all that it names is really there: else
/// a condition kept it from being run.
pub fn path(real: &[String], env: &BTreeMap<String, String>, files: &Assignments) -> PathOrigins {
    let mut list: Vec<(String, Origin)> = Vec::new();
    let mut lost = Vec::new();
    let mut every: Vec<(String, Origin)> = Vec::new();
    for it in files.all.iter().filter(|it| it.name == "PATH") {
        let origin = it.origin();
        let named = entries(it, env, files.style, real);
        // What the shell never read has changed nothing; an entry may have come from there before the shell began.
        if !it.of_login(files) {
            every.extend(named.into_iter().filter(|it| it != "$PATH").map(|it| (it, origin.clone())));
            continue;
        }
        let before = std::mem::take(&mut list);
        for entry in &named {
            if entry == "$PATH" {
                list.extend(before.iter().cloned());
            } else {
                list.push((entry.clone(), origin.clone()));
                every.push((entry.clone(), origin.clone()));
            }
        }
        if it.names_itself() {
            continue;
        }
        if !named.iter().all(|it| real.contains(it)) {
            let more = list.into_iter().filter(|(dir, _)| before.iter().all(|(it, _)| it != dir));
            list = before.iter().cloned().chain(more).collect();
            continue;
        }
        let gone = before.into_iter().filter(|(dir, _)| !named.contains(dir));
        lost.extend(gone.map(|(dir, added)| LostEntry { dir: dir.into(), added, by: origin.clone() }));
    }
    lost.retain(|it: &LostEntry| !real.iter().any(|entry| Path::new(entry) == it.dir));
    let hidden = files.hidden.iter().filter(|it| it.name == "PATH");
    let hidden = hidden
        .flat_map(|it| entries(it, env, files.style, real).into_iter().map(|entry| (entry, it.origin())));
    let unreached = every.iter().cloned().chain(hidden).filter(|(dir, _)| {
        dir != "$PATH" && !real.contains(dir) && !lost.iter().any(|it| it.dir == Path::new(dir))
    });
    let unreached = unreached.map(|(dir, origin)| (dir.into(), origin)).collect();
    let mut used = 0;
    let origin = |entry: &String| {
        let ahead = list.iter().skip(used).position(|(dir, _)| dir == entry);
        if let Some(ahead) = ahead {
            used += ahead + 1;
            return list[used - 1].1.clone();
        }
        let any = every.iter().rev().find(|(dir, _)| dir == entry);
        any.map_or(Origin::Terminal, |(_, origin)| origin.clone())
    };
    PathOrigins { origins: real.iter().map(origin).collect(), lost, unreached }
}

/// The entries that a line names, `$PATH` among them; what a command would print is left out. One that is really there is
/// written as it is there.
fn entries(it: &Assigned, env: &BTreeMap<String, String>, style: PathStyle, real: &[String]) -> Vec<String> {
    let shown = shown(&it.value, "PATH", env);
    let entry = |it: PathBuf| {
        let there = || real.iter().find(|real| style.same(real, &it)).cloned();
        let other = style == PathStyle::Windows;
        other.then(there).flatten().unwrap_or_else(|| it.display().to_string())
    };
    style.list(&shown).into_iter().map(entry).filter(|it| !it.contains("$(")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{Dialect, Step, parse};

    fn files(texts: &[(&str, &str)]) -> Assignments {
        let mut files = Assignments::default();
        for (path, text) in texts {
            for step in parse(text, Dialect::Sh) {
                match step {
                    Step::Set { name, value, exported, line } => {
                        let origin = Origin::File { path: path.into(), line };
                        files.all.push(Assigned { name, value, exported, origin });
                    }
                    Step::Mark { name, kept: true, .. } => _ = files.exported.insert(name),
                    _ => {}
                }
            }
        }
        files
    }

    fn env(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    fn place(origin: &Origin) -> String {
        origin.place().map_or("terminal".into(), |(file, line)| format!("{}:{line}", file.display()))
    }

    #[test]
    fn a_value_comes_from_the_last_line_that_fits() {
        let files = files(&[
            ("/etc/profile", "export A=1\nB=2\nexport B\nif x; then export C=$HOME/c; else export C=d; fi"),
            ("/p", "A=3\nexport A=1\nexport D=$(go env GOPATH)/bin\nexport E=new\nF=inner"),
        ]);
        let env =
            env(&[("HOME", "/root"), ("A", "1"), ("B", "2"), ("C", "/root/c"), ("D", "/x/bin"), ("G", "")]);
        let (variables, elsewhere) = explain(&env, &files);
        for (name, want) in [
            ("A", "/p:2"),
            ("B", "/etc/profile:2"),
            ("C", "/etc/profile:4"),
            ("D", "/p:3"),
            ("G", "terminal"),
        ] {
            assert_eq!(place(&variables[name].origin), want, "{name}");
        }
        let names: Vec<_> = elsewhere.iter().map(|(name, it)| format!("{name}={}", it.value)).collect();
        assert_eq!(names, ["A=1", "C=d", "A=3", "E=new"], "F is not exported, so it is nobody's business");
    }

    #[test]
    fn entries_of_path_have_origins_also_when_they_stand_there_twice() {
        let files = files(&[
            ("/etc/profile", "if root; then\nPATH=/sbin:/usr/bin\nelse\nPATH=/usr/bin:/games\nfi"),
            ("/p", "export PATH=/usr/local/go/bin:$HOME/go/bin:$PATH\nexport PATH=/usr/bin:$PATH"),
        ]);
        let real = ["/usr/bin", "/usr/local/go/bin", "/root/go/bin", "/sbin", "/usr/bin", "/own"];
        let real = real.map(str::to_owned);
        let env = env(&[("HOME", "/root")]);
        let PathOrigins { origins, lost, .. } = path(&real, &env, &files);
        let origins: Vec<_> = origins.iter().map(place).collect();
        assert_eq!(
            origins,
            ["/p:2", "/p:1", "/p:1", "/etc/profile:2", "/etc/profile:2", "terminal"],
            "the last has no file"
        );
        assert_eq!(lost.len(), 0, "{lost:?}");
    }

    #[test]
    fn a_line_that_throws_entries_away_is_known() {
        let files = files(&[("/p", "export PATH=/usr/local/go/bin:$PATH\n\nexport PATH=/usr/bin:/bin")]);
        let lost = path(&["/usr/bin".into(), "/bin".into()], &env(&[]), &files).lost;
        assert_eq!(lost.len(), 1);
        assert_eq!((place(&lost[0].added), place(&lost[0].by)), ("/p:1".into(), "/p:3".into()));
        assert_eq!(lost[0].dir, Path::new("/usr/local/go/bin"));
    }

    #[test]
    fn a_line_that_was_not_run_throws_nothing_away() {
        let added = ("/p", "export PATH=/usr/local/go/bin:$PATH");
        let condition = ("/etc/zsh/zshenv", "if x; then PATH=/usr/bin:/usr/games; fi");
        let mut files = files(&[added, condition]);
        let origins = path(&["/usr/bin".into()], &env(&[]), &files);
        assert_eq!(origins.lost, [], "/usr/games is not there");
        let unreached = |it: &PathOrigins| it.unreached.iter().map(|it| place(&it.1)).collect::<Vec<_>>();
        assert_eq!(unreached(&origins), ["/p:1", "/etc/zsh/zshenv:1"]);
        files.unread.insert("/p".into());
        let origins = path(&["/usr/bin".into(), "/usr/games".into()], &env(&[]), &files);
        assert_eq!(origins.lost, [], "zsh has not read the other file");
        assert_eq!(unreached(&origins), ["/p:1"]);
    }
}
