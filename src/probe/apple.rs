//! What a Mac has besides: whether the system starts the programs that matter here, and Homebrew. Our own reader looks first,
//! and `codesign` is asked only where something speaks against a program; nothing here opens a dialogue.

use std::path::{Path, PathBuf};

use super::{home, programs};
use crate::facts::apple::{self, Apple, Assessed, Brew, Program, Role};
use crate::facts::{Cli, Go, Host, macho};
use crate::system::links;
use crate::system::{Answer, Environment, Look};

const QUARANTINE: &str = "com.apple.quarantine";

/// Homebrew's prefixes, each with the directory that its owner has.
const PREFIXES: [(&str, &str); 2] =
    [("/opt/homebrew", "/opt/homebrew"), ("/usr/local", "/usr/local/Homebrew")];

/// Looks. `None` where this is no Mac.
pub fn probe(look: &dyn Look, host: &Host, go: &Go, cli: &Cli) -> Option<Apple> {
    host.is_mac().then_some(())?;
    let tree = go.in_use().filter(|it| it.version.is_here());
    let first = cli.programs.iter().find(|it| it.on_path).or_else(|| cli.programs.first());
    let own = Some(host.identity.executable.clone()).filter(|it| it.is_absolute());
    let named = [
        tree.map(|it| (Role::Go, it.go())),
        first.filter(|it| it.runs && !it.wraps).map(|it| (Role::Cli, it.path.clone())),
        own.map(|it| (Role::Own, it)),
    ];
    let silent = tree.is_some() && !go.answers;
    let programs = named.into_iter().flatten().filter_map(|(role, path)| {
        let path = links::resolve(look, &path).into_here()?.0;
        program(look, host, role, path, silent)
    });
    Some(Apple { programs: programs.collect(), brews: brews(look, host) })
}

/// `silent`: the Go was run, and did not end well.
fn program(look: &dyn Look, host: &Host, role: Role, path: PathBuf, silent: bool) -> Option<Program> {
    let head = macho::head(&look.read_at(&path, 0, macho::HEAD).into_here()?)?;
    let silicon = host.processor() == "aarch64";
    // What is running is signed well enough. Of the others, whoever has no signature at all or does not answer is asked about;
    // the CLI was not run.
    let doubtful = head.signed == Some(false)
        || match role {
            Role::Go => silent,
            Role::Cli => silicon,
            Role::Own => false,
        };
    let verify = || {
        let answer = ask(look, "/usr/bin/codesign", &["--verify", "--strict"], &path)?;
        apple::broken(answer.code, &answer.err())
    };
    let broken = (doubtful && silicon && role != Role::Own).then(verify).flatten();
    Some(Program { quarantine: quarantine(look, &path), broken, uuid: head.uuid, role, path })
}

fn quarantine(look: &dyn Look, path: &Path) -> Option<(String, Assessed)> {
    let answer = ask(look, "/usr/bin/xattr", &["-l"], path).filter(Answer::ok)?;
    let said = answer.out();
    let value = said.lines().find_map(|it| it.strip_prefix(QUARANTINE)?.strip_prefix(": "))?.to_owned();
    if apple::is_approved(&value) {
        return Some((value, Assessed::Accepted));
    }
    let assessed = ask(look, "/usr/sbin/spctl", &["--assess", "--type", "execute", "-v"], path)
        .map_or(Assessed::Unknown, |it| apple::assessed(it.code, &it.err()));
    if assessed != Assessed::Unknown {
        return Some((value, assessed));
    }
    // It knows apps alone; whether Apple has seen a program is a requirement that can be asked for.
    let notarized =
        ask(look, "/usr/bin/codesign", &["--verify", "-R=notarized", "--check-notarization"], path);
    let assessed = match notarized.and_then(|it| it.code) {
        Some(0) => Assessed::Accepted,
        Some(1 | 3) => Assessed::Rejected("not notarized".into()),
        _ => Assessed::Unknown,
    };
    Some((value, assessed))
}

fn ask(look: &dyn Look, program: &str, options: &[&str], path: &Path) -> Option<Answer> {
    let path = path.to_string_lossy();
    let args: Vec<&str> = options.iter().copied().chain([&*path]).collect();
    look.run(&programs::ask(Path::new(program), &args, Environment::of_system())).into_here()
}

fn brews(look: &dyn Look, host: &Host) -> Vec<Brew> {
    let own = host.identity.uid;
    let one = |(prefix, owned): &(&str, &str)| {
        let prefix = PathBuf::from(prefix);
        look.stat(&prefix.join("bin/brew")).here()?;
        let owner = look.stat(Path::new(owned)).into_here().map(|it| it.uid);
        let name = |uid: u32| home::name_of(look, uid).unwrap_or_else(|| uid.to_string());
        Some(Brew { prefix, other: owner.filter(|it| *it != own).map(name) })
    };
    PREFIXES.iter().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture;
    use crate::system::fake::Machine;
    use crate::testlog::program::of_apple;

    fn seen(machine: &Machine, go_answers: bool) -> Apple {
        let host = Host { identity: machine.identity.clone(), ..Host::default() };
        let facts = fixture::healthy();
        let go = Go { answers: go_answers, ..facts.go };
        probe(machine, &host, &go, &facts.cli).expect("a Mac")
    }

    fn mac() -> Machine {
        let mut machine = Machine::macos();
        machine.identity.arch = "aarch64".into();
        for path in ["/usr/local/go/bin/go", "/root/go/bin/fyne"] {
            machine.files.insert(path.into(), (of_apple(true), 0o755));
        }
        machine
    }

    #[test]
    fn codesign_is_asked_only_where_something_speaks_against_a_program() {
        let modified = "/x: invalid signature (code or signature have been modified)\n";
        let machine = mac().answer("/usr/bin/codesign", "--verify --strict", 1, "", modified);
        let broken = |machine: &Machine, answers| {
            let all = seen(machine, answers).programs;
            all.iter().filter(|it| it.broken.is_some()).map(|it| it.role).collect::<Vec<_>>()
        };
        assert_eq!(broken(&machine, true), [Role::Cli], "a Go that answers is whole enough");
        assert_eq!(broken(&machine, false), [Role::Go, Role::Cli]);
        let mut intel = machine;
        intel.identity.arch = "x86_64".into();
        assert_eq!(broken(&intel, false), [], "Intel's Macs start what nobody signed");
    }

    #[test]
    fn a_downloaded_program_is_assessed_by_the_system_and_one_that_was_agreed_to_is_not() {
        let quarantined = |flags: &str| {
            mac()
                .answer(
                    "/usr/bin/xattr",
                    "-l /root",
                    0,
                    &format!("com.apple.provenance: \nx: com.apple.quarantine: 01c1;\n{QUARANTINE}: {flags};1;Safari;U\n"),
                    "",
                )
                .answer(
                    "/usr/sbin/spctl",
                    "--assess",
                    3,
                    "",
                    "/x: rejected (the code is valid but does not seem to be an app)\n",
                )
        };
        let of_cli = |machine: &Machine| {
            let all = seen(machine, true).programs;
            all.into_iter().find(|it| it.role == Role::Cli).expect("there").quarantine.map(|it| it.1)
        };
        assert_eq!(of_cli(&mac()), None);
        assert_eq!(of_cli(&quarantined("01c1")), Some(Assessed::Accepted));
        assert_eq!(of_cli(&quarantined("0081")), Some(Assessed::Unknown));
        let notarized =
            |code| quarantined("0081").answer("/usr/bin/codesign", "--verify -R=notarized", code, "", "");
        assert_eq!(of_cli(&notarized(0)), Some(Assessed::Accepted));
        assert_eq!(of_cli(&notarized(3)), Some(Assessed::Rejected("not notarized".into())));
    }

    #[test]
    fn homebrew_is_told_with_its_owner() {
        let mut machine = mac().program("/opt/homebrew/bin/brew").program("/usr/local/bin/brew");
        machine.owners.insert("/opt/homebrew".into(), 777);
        machine.dirs.insert("/usr/local/Homebrew".into(), 0o755);
        let brews = seen(&machine, true).brews;
        assert_eq!(brews.iter().map(Brew::is_intel).collect::<Vec<_>>(), [false, true]);
        assert_eq!(brews.iter().map(|it| it.other.is_some()).collect::<Vec<_>>(), [true, false]);
    }
}
