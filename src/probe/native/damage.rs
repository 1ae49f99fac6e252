//! Which packages are damaged, where something that they should have brought is not found or does not work. The package
//! manager's own record says it: whose a damaged file is, else which files of the packages in question, and of what
//! those rest on, are not as they were installed. On a machine where nothing is amiss nobody is asked.
//!
//! That something is damaged is the checks' judgement; here only the names are found.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::fact::Fact;
use crate::facts::Facts;
use crate::facts::native::Part;
use crate::packages::{PackageManager, Table};
use crate::probe::programs;
use crate::system::{Environment, Look};
use crate::want::Target;

/// How long the manager may take to compare the files of some dozens of packages.
const PATIENCE_MS: u64 = 20_000;

/// By capability, the packages to be installed again.
pub fn probe(
    look: &dyn Look,
    facts: &Facts,
    target: &Target,
    packages: &Table,
) -> BTreeMap<String, Vec<String>> {
    let Some(manager) = packages.manager_for(&facts.host) else { return BTreeMap::new() };
    let ask = Asker { look, manager };
    let mut found = BTreeMap::new();
    for suspect in suspects(facts, target, packages) {
        if manager.owners(&[]).is_none() {
            break;
        }
        let owners = ask.owners(&suspect.files);
        let names = if owners.is_empty() && suspect.files.is_empty() {
            ask.changed(&suspect.packages)
        } else {
            owners
        };
        // That nobody owns a damaged file is an answer too: no package brings it back.
        if !names.is_empty() || !suspect.files.is_empty() {
            found.insert(suspect.capability, names);
        }
    }
    found
}

/// Whether something is amiss that installed packages brought.
pub fn suspected(facts: &Facts, target: &Target, packages: &Table) -> bool {
    !suspects(facts, target, packages).is_empty()
}

/// A capability that is not as it should be although its packages are there.
struct Suspect {
    capability: String,
    /// Files of it that are known to be damaged.
    files: Vec<PathBuf>,
    /// The packages that bring it here.
    packages: Vec<String>,
}

fn suspects(facts: &Facts, target: &Target, table: &Table) -> Vec<Suspect> {
    let (native, display) = (&facts.native, &facts.display);
    let Some(manager) = native.manager.here() else {
        return Vec::new();
    };
    let mut all: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for (name, probed) in native.capabilities.iter().filter(|(_, it)| it.found.is_absent()) {
        // What is merely old, or has a directory of its own, is as its package laid it.
        if probed.part == Some(Part::Age) || probed.told_by_module.is_some() {
            continue;
        }
        // What a variable hides is not damaged, unless a file behind is known to be.
        if probed.hidden_by.is_none() || probed.damaged.is_some() {
            all.entry(name.clone()).or_default().extend(probed.damaged.clone());
        }
    }
    let compiler = &native.compiler;
    let off_path = |name: Option<&str>| name.is_some_and(|it| native.off_path.contains_key(it));
    if (compiler.path.is_absent() && !off_path(compiler.command.first().map(String::as_str)))
        || (matches!(compiler.works, Fact::Here(Err(_)))
            && compiler.spoiled_by.is_none()
            && compiler.detour.is_none())
    {
        all.entry("c-compiler".into()).or_default();
    }
    if native.pkg_config.is_absent() && !off_path(Some("pkg-config")) {
        all.entry("pkg-config".into()).or_default();
    }
    if let Some((path, _)) = &display.libgl_broken {
        all.entry("gl-driver".into()).or_default().push(path.clone());
    } else if display.libgl.is_absent()
        || (display.drivers.is_absent() && display.drivers_hidden_by.is_none())
    {
        all.entry("gl-driver".into()).or_default();
    }
    let suspect = |(capability, files): (String, Vec<PathBuf>)| {
        let packages = table.supplies(&capability, &facts.host, &target.fyne);
        let there = !packages.is_empty() && packages.iter().all(|it| manager.installed.contains_key(it));
        (there || !files.is_empty()).then_some(Suspect { capability, files, packages })
    };
    all.into_iter().filter_map(suspect).collect()
}

struct Asker<'a> {
    look: &'a dyn Look,
    manager: &'static dyn PackageManager,
}

impl Asker<'_> {
    /// Whose these files are. A link counts with what it points at, as far as that is there.
    fn owners(&self, files: &[PathBuf]) -> Vec<String> {
        let files: Vec<String> = files.iter().map(|it| it.display().to_string()).collect();
        let asked = if files.is_empty() { None } else { self.manager.owners(&files) };
        self.answer(asked).map(|it| self.manager.parse_owners(&it)).unwrap_or_default()
    }

    /// Those of these packages, and of all that they rest on, of which files were changed or are missing.
    fn changed(&self, packages: &[String]) -> Vec<String> {
        let depend = self.answer(self.manager.depend()).map(|it| self.manager.dependencies(&it));
        let nothing = BTreeMap::new();
        let names = closure(packages, depend.as_ref().unwrap_or(&nothing));
        let said = self.answer(self.manager.verify(&names)).map(|it| self.manager.parse_verified(&it));
        let changed = said.unwrap_or_default();
        let mut all = self.owners(&changed.files.into_iter().map(PathBuf::from).collect::<Vec<_>>());
        all.extend(changed.packages.into_iter().filter(|it| !all.contains(it)).collect::<Vec<_>>());
        // One that compares everything says more than was asked.
        all.retain(|it| names.contains(it) || depend.is_none());
        all
    }

    /// What it printed, however it ended: a file that nobody owns and a file that was changed both end badly.
    fn answer(&self, command: Option<Vec<String>>) -> Option<String> {
        let command = command?;
        let args: Vec<&str> = command[1..].iter().map(String::as_str).collect();
        let mut ask =
            programs::ask(Path::new(&command[0]), &args, Environment::fixed(&self.manager.environment()));
        ask.limit_ms = PATIENCE_MS;
        // Some say on the one stream what others say on the other.
        self.look.run(&ask).into_here().map(|it| format!("{}\n{}", it.out(), it.err()))
    }
}

/// These packages and everything installed that they depend on.
fn closure(packages: &[String], depend: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut all: Vec<String> = packages.to_vec();
    let mut at = 0;
    while let Some(name) = all.get(at).cloned() {
        at += 1;
        for next in depend.get(&name).into_iter().flatten().filter(|it| depend.contains_key(*it)) {
            if !all.contains(next) {
                all.push(next.clone());
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture;
    use crate::facts::native::Part;
    use crate::system::fake::Machine;

    fn apt() -> &'static dyn PackageManager {
        crate::packages::by_name("apt").expect("known")
    }

    fn answer(machine: Machine, asked: Option<Vec<String>>, output: &str) -> Machine {
        let asked = asked.expect("apt can be asked");
        machine.answer(&asked[0], &asked[1..].join(" "), 1, output, "")
    }

    fn seen(machine: &Machine, facts: &Facts) -> BTreeMap<String, Vec<String>> {
        probe(machine, facts, &fixture::want().target, &fixture::known().packages)
    }

    fn with_installed(names: &[&str]) -> Facts {
        let mut facts = fixture::healthy();
        let mut manager = facts.native.manager.here().cloned().expect("apt");
        manager.installed = names.iter().map(|it| ((*it).to_owned(), "1".to_owned())).collect();
        facts.native.manager = Fact::Here(manager);
        facts
    }

    #[test]
    fn nobody_is_asked_where_nothing_is_amiss() {
        assert_eq!(seen(&Machine::linux(), &fixture::healthy()), BTreeMap::new());
    }

    #[test]
    fn the_owner_of_a_damaged_file_is_named() {
        let pc = "/usr/lib/x86_64-linux-gnu/pkgconfig/gl.pc";
        let mut facts = with_installed(&["libgl-dev"]);
        let gl = facts.native.capabilities.get_mut("gl").expect("probed");
        (gl.found, gl.part, gl.damaged) = (Fact::Absent, Some(Part::Module), Some(pc.into()));
        let asked = apt().owners(&[pc.into()]);
        let machine = answer(Machine::linux(), asked, &format!("libgl-dev:amd64: {pc}\n"));
        assert_eq!(seen(&machine, &facts), BTreeMap::from([("gl".into(), vec!["libgl-dev".into()])]));
    }

    #[test]
    fn without_a_file_what_the_packages_rest_on_is_compared() {
        let mut facts = with_installed(&["gcc", "libc6-dev", "linux-libc-dev"]);
        facts.native.compiler.works = Fact::Here(Err("cc1: No such file".into()));
        let depend = "gcc\tcpp (= 4), gcc-12 (>= 12), , \ngcc-12\tcpp-12, absent, \ncpp-12\t, \ncpp\tcpp-12, \n\
            libc6-dev\t, \nlinux-libc-dev\t, \nother\t, \n";
        let cc1 = "/usr/lib/gcc/x86_64-linux-gnu/12/cc1";
        let names = ["gcc", "cpp", "gcc-12", "cpp-12"].map(str::to_owned);
        let machine = answer(Machine::linux(), apt().depend(), depend);
        let machine = answer(machine, apt().verify(&names), &format!("missing     {cc1}\n"));
        let machine = answer(machine, apt().owners(&[cc1.into()]), &format!("cpp-12: {cc1}\n"));
        assert_eq!(seen(&machine, &facts)["c-compiler"], ["cpp-12"]);
    }
}
