//! What the files of a login set that this terminal does not have yet: lines that were written after it was opened. Profiles
//! are read here and never run, so only a line that every login comes by counts: it stands in no condition and behind no
//! `return`, and its value is plain text.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::targets;
use crate::facts::Settings;
use crate::facts::origins::{Assigned, Assignments, literal};
use crate::facts::settings::{FileSeen, Setting};
use crate::path_style::PathStyle;
use crate::shell::goenv::VARIABLES;
use crate::shell::{Dialect, Piece};
use crate::system::Look;

/// What gcc and pkg-config read besides what Go reads.
const TOOLS: [&str; 5] = ["CPATH", "C_INCLUDE_PATH", "LIBRARY_PATH", "PKG_CONFIG_LIBDIR", "PKG_CONFIG_PATH"];

/// Variables with the values that the next login gives them, where they are others than here.
pub(super) fn pending(
    env: &BTreeMap<String, String>,
    files: &Assignments,
    seen: &BTreeMap<PathBuf, FileSeen>,
) -> Vec<(String, Setting)> {
    if files.style != PathStyle::Unix {
        return Vec::new();
    }
    let names = VARIABLES.iter().chain(&TOOLS);
    names.filter_map(|name| Some(((*name).to_owned(), of(name, env, files, seen)?))).collect()
}

fn of(
    name: &str,
    env: &BTreeMap<String, String>,
    files: &Assignments,
    seen: &BTreeMap<PathBuf, FileSeen>,
) -> Option<Setting> {
    // The last line that a login comes by is the one that counts; where nobody can say that it does, nobody says more.
    let last: &Assigned = files.all.iter().rev().find(|it| it.name == name && it.of_login(files))?;
    let plain = last.value.iter().all(|it| matches!(it, Piece::Text(_)));
    let value = literal(&last.value);
    let exported = last.exported || files.exported.contains(name);
    if !plain || !exported || env.get(name).is_some_and(|it| *it == value) {
        return None;
    }
    let (file, line) = last.origin.place()?;
    let comes_by = match seen.get(file)? {
        it if it.dialect == Dialect::Pam => true,
        it if it.dialect == Dialect::Sh => comes_by(&String::from_utf8_lossy(&it.bytes), line, name),
        _ => false,
    };
    let taken = || seen.values().any(|it| takes(&String::from_utf8_lossy(&it.bytes), name));
    (comes_by && !taken()).then(|| Setting { value, origin: last.origin.clone() })
}

/// Whether some line takes a variable away again.
fn takes(text: &str, name: &str) -> bool {
    let words =
        |line: &str| line.contains("unset") && line.contains(name) && !line.trim_start().starts_with('#');
    text.lines().any(words)
}

/// Whether whoever reads this file comes by this line and sets the variable there.
fn comes_by(text: &str, at: u32, name: &str) -> bool {
    // What is open: the words that opened it.
    let mut open: Vec<&str> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if number == at {
            let sets = ["export ", "declare -x ", "typeset -x ", name].iter().any(|it| line.starts_with(it));
            let before = line.split(name).next().unwrap_or_default();
            return open.is_empty()
                && sets
                && !["&&", "||", "|", "(", "$"].iter().any(|it| before.contains(it));
        }
        if line.starts_with('#') {
            continue;
        }
        if line.contains("<<") {
            return false;
        }
        let mut words = line.split(|c: char| c.is_whitespace() || c == ';' || c == '&' || c == ')');
        let ends = words.clone().any(|it| ["return", "exit", "exec"].contains(&it));
        // The next terminal is one in which somebody types: what only others leave by is passed.
        let typed_in = |it: &str| it.contains("$-") || it.contains("PS1");
        if ends && !typed_in(line) && !open.iter().any(|it| typed_in(it)) {
            return false;
        }
        let opens = words
            .next()
            .is_some_and(|it| ["if", "case", "while", "until", "for", "select", "{"].contains(&it));
        let closes = ["fi", "esac", "done", "}"];
        let closed = line.split([' ', ';']).any(|it| closes.contains(&it));
        match (opens || line.ends_with('{'), closed) {
            (true, false) => open.push(line),
            (false, true) => _ = open.pop(),
            _ => {}
        }
    }
    false
}

/// These settings as the next login has them, where it has others.
pub fn later(look: &dyn Look, here: &Settings) -> Option<Settings> {
    if here.pending.is_empty() {
        return None;
    }
    let mut later = here.clone();
    later.variables.extend(std::mem::take(&mut later.pending));
    later.servers = targets::servers(look, &later);
    later.flag_dirs = targets::flag_dirs(look, &later);
    later.flag_files = targets::flag_files(look, &later);
    Some(later)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Fact;
    use crate::facts::Host;
    use crate::system::fake::Machine;

    fn seen(machine: &Machine) -> Vec<(String, String, u32)> {
        let (home, shell) = (Fact::Here("/root".into()), Fact::Here("/bin/bash".into()));
        let host = Host { home, shell, user: "root".into(), ..Host::default() };
        let settings = super::super::probe(machine, &host);
        let it = |(name, it): &(String, Setting)| {
            (name.clone(), it.value.clone(), it.origin.place().map_or(0, |it| it.1))
        };
        settings.pending.iter().map(it).collect()
    }

    #[test]
    fn a_line_that_this_terminal_has_not_read_is_seen_where_every_login_comes_by_it() {
        let guard = "case $- in\n*i*) ;;\n*) return;;\nesac\n";
        for (text, known) in [
            ("export CGO_ENABLED=0 GOFLAGS=-rubbish\n".to_owned(), 2),
            ("if [ -d /x ]; then\n  . /x\nfi\nexport CGO_ENABLED=0\n".to_owned(), 1),
            (format!("{guard}export CGO_ENABLED=0\n"), 1),
            ("[ -z \"$PS1\" ] && return\nexport CGO_ENABLED=0\n".to_owned(), 1),
            ("if [ -n \"$CI\" ]; then\nexport CGO_ENABLED=0\nfi\n".to_owned(), 0),
            ("if [ -n \"$CI\" ]; then export CGO_ENABLED=0; fi\n".to_owned(), 0),
            ("[ -n \"$CI\" ] && export CGO_ENABLED=0\n".to_owned(), 0),
            ("cross() {\nexport CGO_ENABLED=0\n}\n".to_owned(), 0),
            ("return 0\nexport CGO_ENABLED=0\n".to_owned(), 0),
            ("export CGO_ENABLED=0\nunset CGO_ENABLED\n".to_owned(), 0),
            ("export CGO_ENABLED=0\nexport CGO_ENABLED=$(of_mine)\n".to_owned(), 0),
            ("CGO_ENABLED=0 make\n".to_owned(), 0),
            ("export FYNE_SCALE=0\n".to_owned(), 0),
            ("# export CGO_ENABLED=0\n".to_owned(), 0),
        ] {
            let machine = Machine::linux().file("/root/.profile", &text).var("PATH", "/usr/bin");
            assert_eq!(seen(&machine).len(), known, "{text}: {:?}", seen(&machine));
        }
    }

    #[test]
    fn what_this_terminal_has_already_or_no_login_reads_is_no_news() {
        let machine =
            |file: &str| Machine::linux().file(file, "export CGO_ENABLED=0\n").var("PATH", "/usr/bin");
        assert_eq!(seen(&machine("/root/.profile")), [("CGO_ENABLED".into(), "0".into(), 1)]);
        assert_eq!(seen(&machine("/root/.profile").var("CGO_ENABLED", "0")), []);
        assert_eq!(seen(&machine("/root/.profile").var("CGO_ENABLED", "1")).len(), 1, "typed, and gone then");
        assert_eq!(seen(&machine("/root/.zprofile")), [], "bash never reads it");
        let hidden = machine("/root/.profile").file("/root/.bash_profile", "true\n");
        assert_eq!(seen(&hidden), [], "another one is read in its place");
    }
}
