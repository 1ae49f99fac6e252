//! What stands between the package manager and its packages: its sources, proxies and hooks, read from its own files. Only
//! where packages may be needed: on a machine where nothing is missing they are nobody's business.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{damage, repositories};
use crate::fact::{Fact, Why};
use crate::facts::aptsources::{self, Source};
use crate::facts::native::Part;
use crate::facts::settings::{FileSeen, LocalServer};
use crate::facts::supply::{Orphan, OwnSetting, SettingKind, Supply, address, is_local};
use crate::facts::{Facts, Settings};
use crate::gather::Gather as _;
use crate::packages::{self, OwnFiles, PackageManager, Table, Watched};
use crate::probe::programs;
use crate::probe::settings::profiles;
use crate::shell::{Dialect, Piece, Step, parse};
use crate::system::links;
use crate::system::{Endpoint, Environment, Look};
use crate::want::Target;

/// How long a name may take to be looked up.
const NAME_MS: u64 = 1_000;

/// Variables that name a proxy for everything that is downloaded.
const PROXIES: &[&str] =
    &["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

/// What was found: the state of things, the files that an edit may concern, and proxies of the environment that no name
/// server knows.
pub struct Found {
    /// The state.
    pub supply: Fact<Supply>,
    /// Its files.
    pub files: BTreeMap<PathBuf, FileSeen>,
    /// The proxies.
    pub unknown_proxies: Vec<LocalServer>,
}

/// Looks, where packages may be needed.
pub fn probe(look: &dyn Look, facts: &Facts, target: &Target, table: &Table) -> Found {
    let nothing = |supply| Found { supply, files: BTreeMap::new(), unknown_proxies: Vec::new() };
    if !needed(facts, target, table) {
        return nothing(Fact::Absent);
    }
    let Some(manager) = table.manager_for(&facts.host) else { return nothing(Fact::Absent) };
    let Some(own) = manager.own_files() else { return nothing(Fact::Absent) };
    let mut reading = Reading { look, files: BTreeMap::new(), denied: None };
    let settings = reading.settings(own);
    let sources = reading.sources(own);
    if let Some(why) = reading.denied {
        return nothing(Fact::Unknown(why));
    }
    let names = Names { look, hosts: hosts(&sources, &facts.here) };
    let proxies =
        settings.iter().filter(|it| it.kind == SettingKind::Proxy).filter_map(|it| address(&it.value));
    let proxies = proxies.map(|it| (it.clone(), answers(look, &names, &it))).into_map();
    let unknown_proxies = unknown_proxies(&names, &facts.here);
    let (refusal, releases) = asked(look, manager, own);
    let gone = settings.iter().filter(|it| it.kind == SettingKind::Hook).filter_map(OwnSetting::program);
    let gone = gone.filter(|it| is_gone(look, it)).map(str::to_owned).collect();
    let keys_gone = keys(&sources).filter(|it| links::resolve(look, it).is_absent()).collect();
    let (orphans, repositories) = (orphans(look, own), repositories::probe(look, manager.name()));
    let supply =
        Supply { sources, settings, refusal, releases, proxies, gone, keys_gone, orphans, repositories };
    Found { supply: Fact::Here(supply), files: reading.files, unknown_proxies }
}

/// Whether something is missing or damaged that packages bring.
fn needed(facts: &Facts, target: &Target, table: &Table) -> bool {
    let wanted = table.expand(&target.needs);
    let missing = |name: &String| {
        let probed = facts.native.capabilities.get(name);
        probed.is_some_and(|it| {
            it.found.is_absent() && it.part != Some(Part::Age) && it.told_by_module.is_none()
        })
    };
    let (native, display) = (&facts.native, &facts.display);
    wanted.iter().any(missing)
        || native.compiler.path.is_absent()
        || native.pkg_config.is_absent()
        || native.manager.here().is_some_and(|it| it.interrupted)
        || (display.xvfb.is_absent() && !display.usable())
        || display.libgl.is_absent()
        || display.drivers.is_absent()
        || damage::suspected(facts, target, table)
}

struct Reading<'a> {
    look: &'a dyn Look,
    files: BTreeMap<PathBuf, FileSeen>,
    /// Why something of it could not be read.
    denied: Option<Why>,
}

impl Reading<'_> {
    /// Every file that the manager reads there, with its text.
    fn texts(&mut self, watched: &Watched, dialect: Dialect) -> Vec<(PathBuf, String)> {
        let at = Path::new(watched.path);
        let listed = watched.extensions.map(|_| self.kept(self.look.list(at)).unwrap_or_default());
        let all = match listed.and_then(|it| watched.read(it)) {
            None => vec![at.to_path_buf()],
            Some(names) => names.into_iter().map(|it| at.join(it)).collect(),
        };
        let mut texts = Vec::new();
        for path in all {
            let Some(bytes) = self.kept(self.look.read(&path)) else { continue };
            texts.push((path.clone(), String::from_utf8_lossy(&bytes).into_owned()));
            self.files.insert(path.clone(), profiles::seen(self.look, &path, dialect, bytes));
        }
        texts
    }

    fn kept<T>(&mut self, fact: Fact<T>) -> Option<T> {
        match fact {
            Fact::Here(it) => Some(it),
            Fact::Absent => None,
            Fact::Unknown(why) => {
                self.denied.get_or_insert(why);
                None
            }
        }
    }

    fn settings(&mut self, own: &OwnFiles) -> Vec<OwnSetting> {
        let mut all = Vec::new();
        for (watched, dialect) in own.settings {
            for (file, text) in self.texts(watched, *dialect) {
                for step in parse(&text, *dialect) {
                    let Step::Set { name: key, value, line, .. } = step else { continue };
                    let value =
                        value.iter().map(|it| if let Piece::Text(it) = it { it } else { "" }).collect();
                    let Some(kind) = (own.about)(&key) else { continue };
                    all.push(OwnSetting { file: file.clone(), line, key, value, kind });
                }
            }
        }
        all
    }

    fn sources(&mut self, own: &OwnFiles) -> Vec<Source> {
        let mut all = Vec::new();
        for watched in own.sources {
            for (file, text) in self.texts(watched, Dialect::AptSources) {
                all.extend(aptsources::parse(&file, &text));
            }
        }
        all
    }
}

/// What it says where it cannot read its own files, and the names of the releases that it knows.
fn asked(look: &dyn Look, manager: &dyn PackageManager, own: &OwnFiles) -> (Option<String>, Vec<String>) {
    let Some((program, args)) = own.releases.split_first() else { return (None, Vec::new()) };
    let ask = programs::ask(Path::new(program), args, Environment::fixed(&manager.environment()));
    let Some(answer) = look.run(&ask).into_here() else { return (None, Vec::new()) };
    if answer.ok() {
        let mut words: Vec<String> =
            answer.out().split_whitespace().filter(|it| !it.starts_with('$')).map(str::to_owned).collect();
        words.sort();
        words.dedup();
        return (None, words);
    }
    let said = answer.err();
    let line = said.lines().find(|it| it.starts_with("E: ")).map(|it| it["E: ".len()..].to_owned());
    (line, Vec::new())
}

/// Keys that sources name by a path.
fn keys(sources: &[Source]) -> impl Iterator<Item = PathBuf> + '_ {
    let named = sources.iter().filter(|it| !it.off).filter_map(|it| it.options.get("signed-by"));
    let each = named.flat_map(|it| it.split([',', ' ', '\n'])).filter(|it| it.starts_with('/'));
    each.map(PathBuf::from)
}

/// Whether nobody could run it.
fn is_gone(look: &dyn Look, program: &str) -> bool {
    if program.contains('/') {
        return program.starts_with('/') && links::resolve(look, Path::new(program)).is_absent();
    }
    let dirs = ["/usr/local/sbin", "/usr/local/bin"].into_iter().chain(packages::PATH.split(':'));
    dirs.map(|it| Path::new(it).join(program)).all(|it| links::resolve(look, &it).is_absent())
}

/// Lines of the record of owners whose user or group does not exist.
fn orphans(look: &dyn Look, own: &OwnFiles) -> Vec<Orphan> {
    let Some(file) = own.owners else { return Vec::new() };
    let text = look.read(Path::new(file)).into_here().unwrap_or_default();
    let text = String::from_utf8_lossy(&text).into_owned();
    let missing = |database: &str, name: &str| {
        let plain = !name.starts_with('#') && name != "root";
        plain && named(look, database, name).is_absent()
    };
    let line = |(number, line): (u32, &str)| {
        let words: Vec<&str> = line.splitn(4, ' ').collect();
        let [user, group, _, path] = words.as_slice() else { return None };
        let owner = [("passwd", user), ("group", group)].into_iter().find(|(base, it)| missing(base, it))?.1;
        Some(Orphan { file: file.into(), line: number, owner: (*owner).to_owned(), path: (*path).to_owned() })
    };
    (1..).zip(text.lines()).filter_map(line).collect()
}

/// Hosts that a machine with a network could look up: those of the sources, and where modules come from.
fn hosts(sources: &[Source], here: &Settings) -> Vec<String> {
    let host = |uri: &str| {
        let uri = url::Url::parse(uri).ok()?;
        ["http", "https"].contains(&uri.scheme()).then(|| uri.host_str().map(str::to_owned))?
    };
    let modules = here.set("GOPROXY").into_iter().flat_map(|it| it.split([',', '|']));
    let mut all: Vec<String> = sources
        .iter()
        .filter(|it| !it.off)
        .flat_map(|it| it.uris.iter().map(String::as_str))
        .chain(modules)
        .filter_map(host)
        .collect();
    all.dedup();
    all.truncate(3);
    all
}

/// Names, asked of the system's own name service.
struct Names<'a> {
    look: &'a dyn Look,
    /// Hosts one of which has to be known before the lack of another name means anything.
    hosts: Vec<String>,
}

impl Names<'_> {
    /// Absent where others are known and this one is not.
    fn knows(&self, host: &str) -> Fact<()> {
        match self.asked(host) {
            Fact::Absent
                if !self.hosts.iter().filter(|it| *it != host).any(|it| self.asked(it).is_here()) =>
            {
                Fact::unlooked()
            }
            other => other,
        }
    }

    fn asked(&self, host: &str) -> Fact<()> {
        named(self.look, "ahosts", host)
    }
}

/// Whether the system's name service knows a name; `Absent` is its own word for that it does not.
fn named(look: &dyn Look, database: &str, name: &str) -> Fact<()> {
    let mut ask = programs::ask(Path::new("/usr/bin/getent"), &[database, name], Environment::of_system());
    ask.limit_ms = NAME_MS;
    match look.run(&ask) {
        Fact::Here(it) if it.ok() => Fact::Here(()),
        Fact::Here(it) if it.code == Some(2) => Fact::Absent,
        Fact::Here(_) | Fact::Absent => Fact::unlooked(),
        Fact::Unknown(why) => Fact::Unknown(why),
    }
}

/// Whether a proxy is there: something listens on this machine, or its name is known.
fn answers(look: &dyn Look, names: &Names<'_>, address: &str) -> Fact<()> {
    if !is_local(address) {
        return names.knows(address);
    }
    let head = b"HEAD / HTTP/1.0\r\n\r\n";
    match look.connect(&Endpoint::Tcp(address.to_owned()), head, Duration::from_millis(100)) {
        Fact::Absent => Fact::Absent,
        // Whoever says nothing in time still took the call.
        Fact::Here(_) | Fact::Unknown(_) => Fact::Here(()),
    }
}

/// Proxies of the environment on hosts that nobody knows.
fn unknown_proxies(names: &Names<'_>, here: &Settings) -> Vec<LocalServer> {
    let named = PROXIES.iter().filter_map(|name| Some((*name, address(here.set(name)?)?)));
    let mut known: BTreeMap<String, Fact<()>> = BTreeMap::new();
    let mut found = Vec::new();
    for (name, host) in named.filter(|(_, it)| !is_local(it)) {
        let answers = known.entry(host.clone()).or_insert_with(|| names.knows(&host)).clone();
        if answers.is_absent() {
            found.push(LocalServer { variable: name.to_owned(), address: host, answers });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture;
    use crate::system::fake::Machine;

    fn record() -> &'static str {
        let apt = packages::by_name("apt").expect("known");
        apt.own_files().and_then(|it| it.owners).expect("it has one")
    }

    /// A Debian on which a header is missing.
    fn facts() -> Facts {
        let mut facts = fixture::healthy();
        facts.native.capabilities.get_mut("xrandr").expect("probed").found = Fact::Absent;
        facts
    }

    fn machine() -> Machine {
        Machine::linux()
            .file("/etc/apt/sources.list", "deb http://deb.example/debian bookworm main\n")
            .answer("/usr/bin/apt-get", "indextargets", 0, "bookworm bookworm stable 12.5\n$(CODENAME)\n", "")
            .answer("/usr/bin/getent", "ahosts deb.example", 0, "192.0.2.1 STREAM\n", "")
    }

    fn seen(machine: &Machine, facts: &Facts) -> Found {
        probe(machine, facts, &fixture::want().target, &fixture::known().packages)
    }

    fn supply(machine: &Machine) -> Supply {
        seen(machine, &facts()).supply.into_here().expect("looked at")
    }

    #[test]
    fn nobody_looks_where_nothing_is_missing() {
        assert!(seen(&machine(), &fixture::healthy()).supply.is_absent());
    }

    #[test]
    fn the_files_are_read_in_the_order_of_the_manager() {
        let machine = machine()
            .file("/etc/apt/apt.conf", "Acquire::http::Proxy \"http://127.0.0.1:3142\";\n")
            .file("/etc/apt/apt.conf.d/95proxy", "Acquire::http::Proxy \"http://127.0.0.1:9\";\n")
            .file("/etc/apt/apt.conf.d/old.bak", "Acquire::http::Proxy \"http://127.0.0.1:8\";\n")
            .file("/etc/apt/sources.list.d/a.sources", "Types: deb\nURIs: http://a.example\nSuites: x\n")
            .file("/etc/apt/sources.list.d/b.save", "deb http://b.example x main\n");
        let found = seen(&machine, &facts());
        let supply = found.supply.into_here().expect("looked at");
        let files: Vec<_> = supply.settings.iter().map(|it| it.file.display().to_string()).collect();
        assert_eq!(files, ["/etc/apt/apt.conf.d/95proxy", "/etc/apt/apt.conf"]);
        assert_eq!(
            supply.sources.iter().map(Source::name).collect::<Vec<_>>(),
            ["http://deb.example/debian bookworm", "http://a.example x"]
        );
        assert_eq!(supply.releases, ["12.5", "bookworm", "stable"]);
        assert_eq!(found.files.len(), 4);
        assert!(supply.proxies.values().all(Fact::is_absent) && supply.proxies.len() == 2);
    }

    #[test]
    fn a_name_is_unknown_only_where_others_are_known() {
        let proxy = |machine: Machine| {
            let conf = "Acquire::http::Proxy \"http://proxy.corp.example:3128\";\n";
            let machine = machine
                .file("/etc/apt/apt.conf", conf)
                .var("https_proxy", "http://old.example:1")
                .answer("/usr/bin/getent", "ahosts proxy.corp.example", 2, "", "")
                .answer("/usr/bin/getent", "ahosts old.example", 2, "", "");
            let mut facts = facts();
            fixture::set(&mut facts, "https_proxy", "http://old.example:1", fixture::profile());
            let found = seen(&machine, &facts);
            let supply = found.supply.into_here().expect("looked at");
            (supply.dead_proxies().len(), found.unknown_proxies.len())
        };
        assert_eq!(proxy(machine()), (1, 1));
        let cut_off = machine().answer("/usr/bin/getent", "ahosts deb.example", 2, "", "");
        assert_eq!(proxy(cut_off), (0, 0), "there is no network at all");
    }

    #[test]
    fn what_no_longer_exists_is_found() {
        let machine = machine()
            .file(
                "/etc/apt/apt.conf.d/99x",
                "APT::Update::Pre-Invoke { \"/usr/bin/gone\"; \"/usr/bin/there\"; \"lost x\"; };",
            )
            .program("/usr/bin/there")
            .file(
                "/etc/apt/sources.list.d/x.list",
                "deb [signed-by=/usr/share/keyrings/x.gpg] http://x.example x main\n",
            )
            .file(record(), "root ssl 2755 /usr/bin/a\nroot mail 2755 /usr/bin/b\nroot #7 1 /c\n")
            .answer("/usr/bin/getent", "group ssl", 2, "", "")
            .answer("/usr/bin/getent", "group mail", 0, "mail:x:8:\n", "");
        let supply = supply(&machine);
        assert_eq!(supply.gone, ["/usr/bin/gone", "lost"]);
        assert_eq!(supply.keys_gone, [PathBuf::from("/usr/share/keyrings/x.gpg")]);
        let orphans: Vec<_> = supply.orphans.iter().map(|it| (it.line, it.owner.as_str())).collect();
        assert_eq!(orphans, [(1, "ssl")]);
    }

    #[test]
    fn what_the_manager_says_of_its_own_files_is_kept() {
        let words =
            "E: Malformed entry 1 in list file /x.list (URI)\nE: The list of sources could not be read.\n";
        let said = supply(&machine().answer("/usr/bin/apt-get", "indextargets", 100, "", words));
        assert_eq!(said.refusal.as_deref(), Some("Malformed entry 1 in list file /x.list (URI)"));
    }

    #[test]
    fn what_may_not_be_read_is_not_judged() {
        let mut machine = machine();
        machine.denied.push("/etc/apt/sources.list".into());
        assert!(matches!(seen(&machine, &facts()).supply, Fact::Unknown(_)));
    }
}
