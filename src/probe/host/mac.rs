//! What a Mac says of itself: which macOS by its files, the processor behind Rosetta, and the PATH of programs that no shell
//! starts. Nothing here needs Apple's tools, and nothing opens a dialogue.

use std::path::{Path, PathBuf};

use crate::fact::Fact;
use crate::facts::host::Distro;
use crate::facts::mac::{self, MacHost, MacVersion};
use crate::probe::programs::ARM64;
use crate::probe::{home, programs};
use crate::system::{Environment, Identity, Look};

/// The first tells the truth to every program, and is there from macOS 11 on; the second says 10.16 to old ones.
const VERSION: [&str; 2] = [
    "/System/Library/CoreServices/.SystemVersionPlatform.plist",
    "/System/Library/CoreServices/SystemVersion.plist",
];

/// Whether Rosetta translates the process that asks.
const TRANSLATED: &str = "sysctl.proc_translated";

pub(super) fn probe(look: &dyn Look, identity: &Identity) -> MacHost {
    let (version, build) = version(look, identity);
    let ask = |program: &str, args: &[&str]| {
        look.run(&programs::ask(Path::new(program), args, Environment::of_system()))
    };
    let sysctl = programs::sysctl(look, &[TRANSLATED, ARM64]);
    let is = |name: &str| mac::sysctl(&sysctl, name) == Some(1);
    let apple_silicon = is(ARM64) || identity.arch == "aarch64";
    // Of an absent variable it says nothing, and ends well.
    let gui_path = match ask("/bin/launchctl", &["getenv", "PATH"]) {
        Fact::Here(answer) if answer.ok() => {
            programs::first_line(&answer.out()).map_or(Fact::Absent, Fact::Here)
        }
        Fact::Here(_) | Fact::Absent => Fact::Absent,
        Fact::Unknown(why) => Fact::Unknown(why),
    };
    MacHost {
        version,
        build,
        translated: apple_silicon && (is(TRANSLATED) || identity.arch == "x86_64"),
        apple_silicon,
        gui_agent: gui_path.here().and_then(|_| agent(look)),
        gui_path,
    }
}

fn version(look: &dyn Look, identity: &Identity) -> (Option<MacVersion>, String) {
    let texts = VERSION.iter().filter_map(|it| super::text(look, it));
    let seen = texts.filter_map(|it| {
        let version: MacVersion = mac::plist_text(&it, "ProductVersion")?.parse().ok()?;
        Some((version, mac::plist_text(&it, "ProductBuildVersion").unwrap_or_default().to_owned()))
    });
    let (told, build) =
        seen.into_iter().next().map_or((None, String::new()), |(version, build)| (Some(version), build));
    let kernel = || MacVersion::of_kernel(&identity.kernel);
    (told.filter(|it| !it.is_pretended()).or_else(kernel), build)
}

/// As distributions are named: `macos 15.2`, `macOS 15.2`.
pub(super) fn distro(mac: &MacHost) -> Distro {
    let version = mac.version.map(|it| it.to_string()).unwrap_or_default();
    let name = format!("macOS {version}").trim_end().to_owned();
    Distro { id: "macos".into(), version, name, ..Distro::default() }
}

/// Who sets that PATH at each login: a file of launchd's with these words in it, the user's own first.
fn agent(look: &dyn Look) -> Option<PathBuf> {
    let home = home::home_dir(look).ok()?;
    let dirs = [home.join("Library/LaunchAgents"), "/Library/LaunchAgents".into()];
    let sets = |file: &PathBuf| {
        let text = look.read_text(file).into_here().unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        text.contains("launchctl") && text.contains("setenv") && text.contains("PATH")
    };
    dirs.iter().find_map(|dir| {
        let names = look.list(dir).into_here().unwrap_or_default();
        let files = names.iter().map(|it| dir.join(it));
        files.filter(|it| it.extension().is_some_and(|it| it == "plist")).find(sets)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    fn seen(machine: &Machine) -> MacHost {
        probe(machine, &machine.identity)
    }

    fn shown(machine: &Machine) -> Option<String> {
        seen(machine).version.map(|it| it.to_string())
    }

    const OLD: &str = "/System/Library/CoreServices/SystemVersion.plist";

    fn plist(version: &str) -> String {
        format!(
            "<dict><key>ProductBuildVersion</key><string>24C101</string><key>ProductVersion</key><string>{version}</string>"
        )
    }

    #[test]
    fn a_mac_tells_its_version_and_is_not_believed_where_it_pretends() {
        let mac = seen(&Machine::macos());
        assert_eq!((mac.version, mac.build.as_str()), (Some(MacVersion::new(15, 2)), "24C101"));
        let mut pretending = Machine::macos().file(OLD, plist("10.16"));
        assert_eq!(shown(&pretending).as_deref(), Some("15.0"), "by its kernel");
        let truth = pretending.clone().file(VERSION[0], plist("15.2"));
        assert_eq!(shown(&truth).as_deref(), Some("15.2"));
        pretending.files.remove(Path::new(OLD));
        assert_eq!(shown(&pretending).as_deref(), Some("15.0"));
        pretending.identity.kernel = "odd".into();
        assert_eq!(seen(&pretending).version, None);
        assert_eq!(distro(&seen(&pretending)).name, "macOS");
    }

    #[test]
    fn rosetta_is_seen_by_the_processor_behind_it() {
        let told = |arch: &str, said: &str, code: i32| {
            let mut machine = Machine::macos();
            machine.identity.arch = arch.into();
            let mac =
                seen(&machine.answer("/usr/sbin/sysctl", &format!("{TRANSLATED} {ARM64}"), code, said, ""));
            (mac.apple_silicon, mac.translated)
        };
        assert_eq!(told("aarch64", "sysctl.proc_translated: 0\nhw.optional.arm64: 1\n", 0), (true, false));
        assert_eq!(told("x86_64", "sysctl.proc_translated: 1\nhw.optional.arm64: 1\n", 0), (true, true));
        assert_eq!(
            told("x86_64", "sysctl.proc_translated: 0\nhw.optional.arm64: 1\n", 0),
            (true, true),
            "sysctl itself is not translated"
        );
        assert_eq!(told("x86_64", "", 1), (false, false), "an Intel Mac knows neither");
        assert_eq!(told("aarch64", "", 1), (true, false));
    }

    #[test]
    fn the_path_of_programs_that_no_shell_starts_is_told_with_who_sets_it() {
        assert_eq!(seen(&Machine::macos()).gui_path, Fact::Absent);
        let agent = "/Users/ann/Library/LaunchAgents/environment.plist";
        let set = Machine::macos()
            .answer("/bin/launchctl", "getenv PATH", 0, "/usr/bin:/bin:/old\n", "")
            .file("/Users/ann/Library/LaunchAgents/com.apple.x.plist", "<plist>launchctl</plist>")
            .file(agent, "<string>launchctl setenv PATH /usr/bin:/bin:/old</string>");
        let mac = seen(&set);
        assert_eq!(
            (mac.gui_path, mac.gui_agent),
            (Fact::Here("/usr/bin:/bin:/old".into()), Some(agent.into()))
        );
    }
}
