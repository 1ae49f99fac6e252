//! What a Mac has besides: whether the system starts the programs that matter here, and Homebrew. Our own reader looks first,
//! and `codesign` is asked only where something speaks against a program; nothing here opens a dialogue.

use std::path::{Path, PathBuf};

use super::{home, programs};
use crate::fact::{Fact, Why};
use crate::facts::apple::{self, Apple, Assessed, Brew, Described, Program, Quarantine, Role};
use crate::facts::{Cli, Go, Host, macho};
use crate::system::links;
use crate::system::{Answer, Environment, Look};

/// The attribute that whoever downloads a file writes beside it.
pub const QUARANTINE: &str = "com.apple.quarantine";

/// How long one of Apple's programs may take, in seconds.
const PATIENCE: u64 = 10;

/// Homebrew's prefixes, each with the directory that its owner has.
const PREFIXES: [(&str, &str); 2] =
    [("/opt/homebrew", "/opt/homebrew"), ("/usr/local", "/usr/local/Homebrew")];

/// The quarantine of a file: what has to be known before it may be started.
pub(super) struct Mark {
    program: PathBuf,
    real: PathBuf,
    quarantine: Fact<Quarantine>,
}

impl Mark {
    /// Why the file is not started here: nobody accepted it, so that starting it may open a dialogue on the screen.
    pub(super) fn why(&self) -> Option<Why> {
        let program = &self.program;
        match &self.quarantine {
            Fact::Here(it) if it.assessed != Assessed::Accepted => {
                Some(text!("why-held", program = program).into())
            }
            Fact::Unknown(why) => Some(text!("why-quarantine-unknown", program = program, why = why).into()),
            _ => None,
        }
    }
}

/// Reads it. `None` where this is no Mac, or there is no file.
pub(super) fn mark(look: &dyn Look, host: &Host, program: &Path) -> Option<Mark> {
    host.is_mac().then_some(())?;
    let real = links::resolve(look, program).into_here()?.0;
    let quarantine = quarantine(look, &real);
    Some(Mark { program: program.to_path_buf(), real, quarantine })
}

/// Looks at the `go` of every tree, each without running it.
pub(super) fn look_at_trees(look: &dyn Look, host: &Host, go: &mut Go, known: Option<&Mark>) {
    if !host.is_mac() {
        return;
    }
    // What was run and did not end well.
    let silent = go.first.filter(|_| !go.answers && go.answer.is_here());
    for (index, tree) in go.trees.iter_mut().enumerate().filter(|it| it.1.version.is_here()) {
        let Some((real, _)) = links::resolve(look, &tree.go()).into_here() else { continue };
        let known = known.filter(|it| it.real == real).map(|it| it.quarantine.clone());
        let quarantine = known.unwrap_or_else(|| quarantine(look, &real));
        tree.program = Some(Box::new(program(look, host, Role::Go, real, silent == Some(index), quarantine)));
    }
}

/// Looks. `None` where this is no Mac.
pub(super) fn probe(look: &dyn Look, host: &Host, go: &Go, cli: &Cli) -> Option<Apple> {
    host.is_mac().then_some(())?;
    let first = cli.programs.iter().find(|it| it.on_path).or_else(|| cli.programs.first());
    let own = Some(host.identity.executable.clone()).filter(|it| it.is_absolute());
    let named = [
        first.filter(|it| it.runs && !it.wraps).map(|it| (Role::Cli, it.path.clone())),
        own.map(|it| (Role::Own, it)),
    ];
    let others = named.into_iter().flatten().filter_map(|(role, path)| {
        let path = links::resolve(look, &path).into_here()?.0;
        let quarantine = quarantine(look, &path);
        Some(program(look, host, role, path, false, quarantine))
    });
    let go = go.in_use().and_then(|it| it.program.as_deref().cloned());
    Some(Apple { programs: go.into_iter().chain(others).collect(), brews: brews(look, host) })
}

/// `silent`: it was run, and did not end well.
fn program(
    look: &dyn Look,
    host: &Host,
    role: Role,
    path: PathBuf,
    silent: bool,
    quarantine: Fact<Quarantine>,
) -> Program {
    let bytes = look.read_at(&path, 0, macho::HEAD);
    let head = bytes.here().and_then(|it| macho::head(it));
    // Only the kernel of Apple's processors asks for a signature, and only of code for them: Rosetta translates what nobody
    // signed.
    let silicon = host.processor() == "aarch64";
    let for_silicon = head.as_ref().is_some_and(|it| silicon && it.processors.contains(&"arm64"));
    // What is running is signed well enough. Of the others, whoever has no signature at all or does not answer is asked about;
    // the CLI was not run.
    let unsigned = head.as_ref().is_some_and(|it| it.signed == Some(false));
    let doubtful = for_silicon && role != Role::Own && (unsigned || silent || role == Role::Cli);
    let broken = match (&bytes, &head) {
        (Fact::Unknown(why), _) => Fact::Unknown(why.clone()),
        (_, None) if role != Role::Own => Fact::Unknown(text!("why-no-mac-program", path = &path).into()),
        _ if doubtful => verified(look, &path),
        _ => Fact::Absent,
    };
    let asked = (doubtful && head.is_some()) || quarantine.here().is_some_and(|it| !is_agreed(it));
    let signer = asked.then(|| described(look, &path)).flatten();
    Program { path, role, quarantine, broken, signer, uuid: head.and_then(|it| it.uuid) }
}

fn is_agreed(it: &Quarantine) -> bool {
    apple::is_approved(&it.value)
}

/// Why the signature of a program does not hold, by `codesign`; `Absent` where it holds.
pub fn verified(look: &dyn Look, path: &Path) -> Fact<String> {
    match ask(look, "/usr/bin/codesign", &["--verify", "--strict"], path) {
        Fact::Here(answer) => apple::broken(answer.code, &answer.err()),
        Fact::Absent => Fact::Unknown(text!("why-no-program", program = "codesign").into()),
        Fact::Unknown(why) => Fact::Unknown(why),
    }
}

fn described(look: &dyn Look, path: &Path) -> Option<Described> {
    let answer = ask(look, "/usr/bin/codesign", &["-dv", "--verbose=4"], path).into_here()?;
    apple::described(&answer.err()).filter(|_| answer.ok())
}

/// One attribute by its name: a list of all of them could hold another whose value looks like this one, and what is nobody's
/// business here, such as where a file is from.
pub fn quarantine(look: &dyn Look, path: &Path) -> Fact<Quarantine> {
    let value = match ask(look, "/usr/bin/xattr", &["-p", QUARANTINE], path) {
        Fact::Here(answer) => apple::quarantine(answer.code, &answer.out(), &answer.err()),
        Fact::Absent => Fact::Unknown(text!("why-no-program", program = "xattr").into()),
        Fact::Unknown(why) => Fact::Unknown(why),
    };
    value.map(|value| Quarantine { assessed: assessed(look, path, &value), value })
}

fn assessed(look: &dyn Look, path: &Path, value: &str) -> Assessed {
    if apple::is_approved(value) {
        return Assessed::Accepted;
    }
    let answer = ask(look, "/usr/sbin/spctl", &["--assess", "--type", "execute", "-v"], path).into_here();
    let assessed = answer.map_or(Assessed::Unknown, |it| apple::assessed(it.code, &it.err()));
    if assessed != Assessed::Unknown {
        return assessed;
    }
    // It knows apps alone; whether Apple has seen a program is a requirement that can be asked for.
    let notarized =
        ask(look, "/usr/bin/codesign", &["--verify", "-R=notarized", "--check-notarization"], path);
    match notarized.into_here().and_then(|it| it.code) {
        Some(0) => Assessed::Accepted,
        Some(1 | 3) => Assessed::Rejected("not notarized".into()),
        _ => Assessed::Unknown,
    }
}

fn ask(look: &dyn Look, program: &str, options: &[&str], path: &Path) -> Fact<Answer> {
    let path = path.to_string_lossy();
    let args: Vec<&str> = options.iter().copied().chain([&*path]).collect();
    match look.run(&programs::ask(Path::new(program), &args, Environment::of_system())) {
        Fact::Here(it) if it.timed_out => {
            Fact::Unknown(text!("why-no-answer", program = program, seconds = PATIENCE).into())
        }
        other => other,
    }
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
        let mut go = Go { answers: go_answers, ..facts.go };
        look_at_trees(machine, &host, &mut go, None);
        probe(machine, &host, &go, &facts.cli).expect("a Mac")
    }

    fn mac() -> Machine {
        let mut machine = Machine::macos();
        machine.identity.arch = "aarch64".into();
        for path in ["/usr/local/go/bin/go", "/root/go/bin/fyne"] {
            machine.files.insert(path.into(), (of_apple(true), 0o755));
        }
        machine.answer(
            "/usr/bin/xattr",
            "-p com.apple.quarantine /",
            1,
            "",
            "No such xattr: com.apple.quarantine\n",
        )
    }

    fn of_role(apple: Apple, role: Role) -> Program {
        apple.programs.into_iter().find(|it| it.role == role).expect("it is looked at")
    }

    #[test]
    fn codesign_is_asked_only_where_something_speaks_against_a_program() {
        let modified = "/x: invalid signature (code or signature have been modified)\n";
        let machine = mac().answer("/usr/bin/codesign", "--verify --strict", 1, "", modified).answer(
            "/usr/bin/codesign",
            "-dv",
            0,
            "",
            "CodeDirectory v=1 flags=0x2(adhoc)\nTeamIdentifier=T\n",
        );
        let broken = |machine: &Machine, answers| {
            let all = seen(machine, answers).programs;
            assert!(all.iter().all(|it| it.signer.is_some() == it.broken.is_here()), "{all:?}");
            all.iter().filter(|it| it.broken.is_here()).map(|it| it.role).collect::<Vec<_>>()
        };
        assert_eq!(broken(&machine, true), [Role::Cli], "a Go that answers is whole enough");
        assert_eq!(broken(&machine, false), [Role::Go, Role::Cli]);
        let mut translated = mac().answer("/usr/bin/codesign", "--verify --strict", 1, "", modified);
        for path in ["/usr/local/go/bin/go", "/root/go/bin/fyne"] {
            let mut intel = of_apple(false);
            intel[4..8].copy_from_slice(&0x0100_0007_u32.to_le_bytes());
            translated.files.insert(path.into(), (intel, 0o755));
        }
        assert_eq!(broken(&translated, false), [], "Rosetta starts Intel's code that nobody signed");
        let mut intel = machine;
        intel.identity.arch = "x86_64".into();
        assert_eq!(broken(&intel, false), [], "Intel's Macs start what nobody signed");
    }

    #[test]
    fn what_does_not_answer_or_cannot_be_read_is_unknown() {
        let cli = of_role(seen(&mac(), true), Role::Cli);
        assert!(matches!(cli.broken, Fact::Unknown(_)), "codesign is missing: {cli:?}");
        let silent =
            mac().answer("/usr/bin/xattr", "-p com.apple.quarantine /root", 1, "", "xattr: broken\n");
        assert!(matches!(of_role(seen(&silent, true), Role::Cli).quarantine, Fact::Unknown(_)));
        let mut script = mac();
        script.files.insert("/usr/local/go/bin/go".into(), (b"#!/bin/sh\n".to_vec(), 0o755));
        assert!(matches!(of_role(seen(&script, true), Role::Go).broken, Fact::Unknown(_)));
    }

    #[test]
    fn a_downloaded_program_is_assessed_by_the_system_and_one_that_was_agreed_to_is_not() {
        let quarantined = |flags: &str| {
            // Whatever follows the first line is nobody's word.
            let value = format!("{flags};1;Safari;U\ncom.apple.quarantine: 01c1;1;Safari;U\n");
            let app = "/x: rejected (the code is valid but does not seem to be an app)\n";
            mac().answer("/usr/bin/xattr", "-p com.apple.quarantine /root", 0, &value, "").answer(
                "/usr/sbin/spctl",
                "--assess",
                3,
                "",
                app,
            )
        };
        let of_cli = |machine: &Machine| {
            of_role(seen(machine, true), Role::Cli).quarantine.into_here().map(|it| it.assessed)
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
