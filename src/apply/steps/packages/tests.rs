//! The package transaction, with a manager that plays its part.

use super::progress::progress;
use super::run::proxies;
use super::*;
use crate::action::Action;
use crate::apply::stand::Stand;
use crate::facts::host::Rights;
use crate::failure::Code;
use crate::packages::played::{
    APT, BROKEN, CONFIGURE, CUT, DISOWN, FIX, FORGET, GONE, HIT, INSTALL, LOCKED, NETWORK, ONE_UNUSABLE,
    ORPHANED, OWNERS, QUERY, STALE, UNREACHED, UPDATE,
};
use crate::packages::{self, Proxies};
use crate::system::fake::{Machine, Scripted};

#[test]
fn progress_counts_whole_packages() {
    let apt = "Reading…\nUnpacking a (1) ...\nUnpacking b (1) ...\nSetting up a (1) ...\n";
    let dnf =
        "  Upgrading        : a-1   1/5 \n  Installing       : b-1   2/5 \n  Verifying        : a-1   1/5 \n";
    let pacman = "Packages (2) a-1  b-1\ninstalling a...\n";
    for (manager, log, expected, done) in [
        ("apt", apt, 2, 1),
        ("apt", "", 5, 0),
        ("dnf", dnf, 3, 1),
        ("pacman", pacman, 2, 1),
        ("pacman", pacman, 0, 0),
    ] {
        let manager = packages::by_name(manager).expect("known");
        assert_eq!(progress(manager, log, expected), (done, expected as u64), "{log}");
    }
}

#[test]
fn proxies_are_read_in_both_spellings() {
    let env = [("https_proxy", ""), ("HTTPS_PROXY", "http://p:3128"), ("http_proxy", "http://q")];
    let env = env.map(|(k, v)| (k.to_owned(), v.to_owned())).into();
    assert_eq!(proxies(&env), Proxies { http: Some("http://q".into()), https: Some("http://p:3128".into()) });
}

fn stand() -> Stand {
    let said = "Inst libxrandr-dev (2:1.5 Debian:12/stable [amd64])\nInst libc6 [2.35] (2.36 Debian)\n";
    Stand::new(Machine::linux().answer(APT, "install -s", 0, said, ""))
}

#[test]
fn every_command_that_is_run_as_root_is_shown_before_it_is_run() {
    let mut stand = stand();
    stand.facts.host.rights = Rights::SudoWithoutPassword;
    let nobody = Scripted::on(&stand.living);
    assert!(stand.perform(&nobody, install()).is_err(), "it cannot be started");
    let shown = stand.commands.lock().expect("nobody panicked").clone();
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(
        shown[0].starts_with("sudo /usr/bin/apt-get ") && shown[0].ends_with("libxrandr-dev"),
        "{shown:?}"
    );
}

fn install() -> Action {
    Action::InstallPackages { manager: "apt".into(), names: vec!["libxrandr-dev".into()] }
}

/// What the transaction came to, and the commands that were run, by their first words.
fn played(stand: &Stand, children: &Scripted<'_>) -> (Result<(), Code>, Vec<String>) {
    let came = stand.perform(children, install());
    assert_eq!(children.left(), Vec::<String>::new(), "nobody asked for these");
    let word = |it: &String| {
        let known = [(UPDATE, "update"), (CONFIGURE, "configure"), (FORGET, "forget"), (DISOWN, "disown")];
        let name = known.iter().find(|known| it.starts_with(known.0)).map(|it| it.1);
        name.unwrap_or(if it.contains("--fix-broken") { "fix" } else { "install" }).to_owned()
    };
    (came, children.lines().iter().map(word).collect())
}

#[test]
fn a_proxys_login_goes_whatever_became_of_the_manager() {
    use crate::facts::settings::{Origin, Setting};
    let mut stand = stand();
    let proxy = Setting { value: "http://user:password@proxy.example:3128".into(), origin: Origin::Terminal };
    stand.facts.here.variables.insert("https_proxy".into(), proxy);
    let logs = stand.places().logs();
    let handed = |stand: &Stand| stand.living.below(&logs).iter().any(|it| it.contains(".conf"));
    let nobody = Scripted::on(&stand.living);
    assert!(stand.perform(&nobody, install()).is_err(), "it cannot be started");
    let wrote = stand.living.calls().iter().any(|it| it.starts_with("write") && it.contains(".conf"));
    assert!(wrote && !handed(&stand));
}

#[test]
fn a_transaction_meets_each_reason_once() {
    type Part = (&'static str, i32, &'static str);
    type Row = (&'static str, &'static [Part], Result<(), Code>, &'static [&'static str]);
    let table: &[Row] = &[
        ("done", &[(INSTALL, 0, "")], Ok(()), &["install"]),
        ("locked", &[(INSTALL, 100, LOCKED), (INSTALL, 0, "")], Ok(()), &["install", "install"]),
        (
            "stale",
            &[(INSTALL, 100, STALE), (UPDATE, 0, ""), (INSTALL, 0, "")],
            Ok(()),
            &["install", "update", "install"],
        ),
        (
            "stale twice",
            &[(INSTALL, 100, STALE), (UPDATE, 0, ""), (INSTALL, 100, STALE)],
            Err(Code::PackagesFailed),
            &["install", "update", "install"],
        ),
        (
            "stale, and no lists to be had",
            &[(INSTALL, 100, STALE), (UPDATE, 100, NETWORK), (INSTALL, 100, STALE)],
            Err(Code::PackagesFailed),
            &["install", "update", "install"],
        ),
        (
            "gone although the lists are fresh",
            &[
                (INSTALL, 100, GONE),
                (UPDATE, 0, HIT),
                (INSTALL, 100, GONE),
                (FORGET, 0, ""),
                (UPDATE, 0, HIT),
                (INSTALL, 0, ""),
            ],
            Ok(()),
            &["install", "update", "install", "forget", "update", "install"],
        ),
        (
            "given to nobody",
            &[(INSTALL, 100, ORPHANED), (DISOWN, 0, ""), (INSTALL, 0, "")],
            Ok(()),
            &["install", "disown", "install"],
        ),
        (
            "interrupted",
            &[(INSTALL, 100, CUT), (CONFIGURE, 0, ""), (INSTALL, 0, "")],
            Ok(()),
            &["install", "configure", "install"],
        ),
        (
            "interrupted twice",
            &[(INSTALL, 100, CUT), (CONFIGURE, 1, ""), (INSTALL, 100, CUT)],
            Err(Code::PackagesFailed),
            &["install", "configure", "install"],
        ),
        (
            "broken",
            &[(INSTALL, 100, BROKEN), (FIX, 0, ""), (INSTALL, 0, "")],
            Ok(()),
            &["install", "fix", "install"],
        ),
        (
            "broken twice",
            &[(INSTALL, 100, BROKEN), (FIX, 100, BROKEN), (INSTALL, 100, BROKEN)],
            Err(Code::PackagesFailed),
            &["install", "fix", "install"],
        ),
        ("no network", &[(INSTALL, 100, NETWORK)], Err(Code::PackagesNetwork), &["install"]),
        ("no program", &[], Err(Code::DiskFailed), &["install"]),
    ];
    for (what, parts, came, commands) in table {
        let stand = stand();
        let record = (b"root ssl 2755 /usr/bin/a\n".to_vec(), 0o644);
        stand.living.change(|it| it.files.insert(OWNERS.into(), record));
        let play = |it, (line, code, prints): &Part| Scripted::part(it, line, *code, prints);
        let children = parts.iter().fold(Scripted::on(&stand.living), play);
        let commands: Vec<String> = commands.iter().map(|it| (*it).to_owned()).collect();
        assert_eq!(played(&stand, &children), (*came, commands), "{what}");
    }
}

#[test]
fn a_source_that_cannot_be_used_is_no_reason_to_end_where_there_are_other_lists() {
    let refresh = || Action::RefreshPackageLists { manager: "apt".into() };
    let list = ("/var/lib/apt/lists/deb.example_Packages", (vec![], 0o644));
    for (there, said, came) in [
        (true, ONE_UNUSABLE, Ok(())),
        (false, ONE_UNUSABLE, Err(Code::PackagesFailed)),
        (true, "E: The list of sources could not be read.\n", Err(Code::PackagesFailed)),
    ] {
        let stand = stand();
        if there {
            stand.living.change(|it| it.files.insert(list.0.into(), list.1.clone()));
        }
        let children = Scripted::on(&stand.living).part(UPDATE, 100, said);
        assert_eq!(stand.perform(&children, refresh()), came, "{there} {said}");
    }
}

#[test]
fn lists_that_come_from_nowhere_are_no_success_though_apt_calls_them_one() {
    let refresh = || Action::RefreshPackageLists { manager: "apt".into() };
    let some = format!("{HIT}{UNREACHED}");
    for (said, came) in [(UNREACHED, Err(Code::PackagesNetwork)), (&some, Ok(())), ("", Ok(()))] {
        let stand = stand();
        let list = ("/var/lib/apt/lists/deb.example_Packages".into(), (vec![], 0o644));
        stand.living.change(|it| it.files.insert(list.0, list.1));
        let children = Scripted::on(&stand.living).part(UPDATE, 0, said);
        assert_eq!(stand.perform(&children, refresh()), came, "{said}");
    }
}

#[test]
fn a_lock_that_stays_is_waited_for_and_then_named() {
    let lock = packages::by_name("apt").expect("known").locks()[0];
    let mut machine = Machine::linux()
        .file("/proc/locks", "1: POSIX  ADVISORY  WRITE 812 08:01:131 0 EOF\n")
        .file("/proc/812/comm", "unattended-upgr\n")
        .file(lock, "");
    machine.inodes.insert(lock.into(), 131);
    let stand = Stand::new(machine);
    let mut children = Scripted::on(&stand.living);
    for _ in 0..80 {
        children = children.part(INSTALL, 100, LOCKED);
    }
    let failure = stand.perform_if(&children, install(), vec![]).expect_err("it stays locked");
    assert_eq!(failure.code, Code::PackagesBusy);
    let message = failure.message.to_string();
    assert!(message.contains("holder=unattended-upgr (pid 812)"), "{message}");
    assert!(children.lines().len() > 30, "two seconds between them, two minutes in all");
}

#[test]
fn who_waits_for_packages_is_told_how_many_are_there_and_of_lists_nothing() {
    let stand = stand();
    let log = "Unpacking libxrandr-dev (2:1.5) ...\nSetting up libxrandr-dev (2:1.5) ...\n";
    let children = Scripted::on(&stand.living).part(UPDATE, 0, log).part(INSTALL, 0, log);
    let refresh = Action::RefreshPackageLists { manager: "apt".into() };
    assert_eq!(stand.perform(&children, refresh), Ok(()));
    assert_eq!(*stand.progressed.lock().expect("no panic"), [], "nobody knows how many lists there are");
    assert_eq!(stand.perform(&children, install()), Ok(()));
    assert_eq!(*stand.progressed.lock().expect("no panic"), [(1, Some(1))]);
}

#[test]
fn ctrl_c_ends_the_waiting_and_never_the_manager() {
    let stand = stand();
    let children = Scripted::on(&stand.living).acting(INSTALL, 100, LOCKED, |_| stand.interrupt());
    assert_eq!(stand.perform(&children, install()), Err(Code::Interrupted));
    assert!(children.spawned().iter().all(|it| it.survives));
    assert!(stand.noted.lock().expect("no panic").contains(&"apply-stops-after".to_owned()), "said at once");
}

#[test]
fn what_is_new_by_the_managers_own_word_is_what_goes_again() {
    let stand = stand();
    let children = Scripted::on(&stand.living).part(INSTALL, 0, "");
    assert_eq!(stand.perform(&children, install()), Ok(()));
    let undo = stand.runs()[0].steps[0].undo.clone();
    let (manager, upgraded) = ("apt".to_owned(), vec!["libc6".to_owned()]);
    let names = vec!["libxrandr-dev".to_owned()];
    let should = [
        Undo::RemovePackages { manager: manager.clone(), names },
        Undo::Upgraded { manager, names: upgraded },
    ];
    assert_eq!(undo, should);
}

#[test]
fn a_package_that_was_cut_off_is_laid_again_after_configuring() {
    let query = "libgl-dev\t1.6\tinstall ok half-installed\n";
    let machine = Machine::linux().answer(QUERY, "-W", 0, query, "");
    let stand = Stand::new(machine);
    let children = Scripted::on(&stand.living).part(CONFIGURE, 1, "").part(INSTALL, 0, "");
    assert_eq!(stand.perform(&children, Action::ConfigurePackages { manager: "apt".into() }), Ok(()));
    assert!(children.lines()[1].contains("--reinstall libgl-dev"), "{:?}", children.lines());
}

#[test]
fn the_password_of_a_proxy_is_in_a_private_file_as_long_as_the_manager_runs_and_in_no_argument() {
    let mut stand = stand();
    let (proxy, place) = ("http://bob:a/CANARY@proxy.test:1", crate::checks::fixture::profile());
    crate::checks::fixture::set(&mut stand.facts, "http_proxy", proxy, place);
    let logs = stand.places().logs();
    let told = || {
        let files = stand.living.now_is().files;
        let mine = files
            .into_iter()
            .filter(|it| it.0.starts_with(&logs) && it.0.extension().is_some_and(|it| it == "conf"));
        mine.map(|(_, (bytes, mode))| (String::from_utf8_lossy(&bytes).contains("a/CANARY"), mode))
            .collect::<Vec<_>>()
    };
    let seen = std::sync::Mutex::default();
    let look = |_: &crate::system::fake::Living| *seen.lock().expect("nobody panics") = told();
    let children = Scripted::on(&stand.living).acting("/usr/bin/apt-get -c ", 0, "", look);
    assert_eq!(stand.perform(&children, install()), Ok(()));
    assert!(!format!("{:?}", children.spawned()).contains("CANARY"), "{:?}", children.spawned());
    drop(children);
    assert_eq!(*seen.lock().expect("nobody panics"), [(true, 0o600)]);
    assert_eq!(told(), [], "it went with the manager");
    // Nobody plays apt: it cannot be started.
    assert_eq!(stand.perform(&Scripted::on(&stand.living), install()), Err(Code::DiskFailed));
    assert_eq!(told(), []);
}

/// A machine of another distribution, with its manager.
fn stand_of(distro: &str, manager: &str, machine: Machine) -> Stand {
    let mut stand = Stand::new(machine);
    stand.facts.host.distro =
        crate::fact::Fact::Here(crate::facts::host::Distro { id: distro.into(), ..<_>::default() });
    let there = crate::facts::native::Manager { name: manager.into(), ..<_>::default() };
    stand.facts.native.manager = crate::fact::Fact::Here(there);
    stand
}

#[test]
fn a_name_that_the_manager_does_not_know_is_found_by_its_module() {
    let dnf = "/usr/bin/dnf";
    let no = "install --assumeno --setopt=install_weak_deps=False";
    let aborted = "Installing:\n gcc  x86_64  14-1  updates  1 M\n libXrandr2-devel  x86_64  1-1  updates  1 k\nOperation aborted.\n";
    let unknown = "No match for argument: libXrandr-devel\nError: Unable to find a match: libXrandr-devel\n";
    let machine = Machine::linux().answer(dnf, &format!("{no} gcc libXrandr-devel"), 1, "", unknown).answer(
        dnf,
        &format!("{no} gcc pkgconfig(xrandr)"),
        1,
        aborted,
        "",
    );
    let stand = stand_of("fedora", "dnf", machine);
    let children = Scripted::on(&stand.living).part("/usr/bin/dnf install -y", 0, "");
    let names = vec!["gcc".to_owned(), "libXrandr-devel".to_owned()];
    let action = Action::InstallPackages { manager: "dnf".into(), names };
    assert_eq!(stand.perform(&children, action.clone()), Ok(()));
    assert!(children.lines()[0].ends_with("gcc pkgconfig(xrandr)"), "{:?}", children.lines());
    let undo = stand.runs()[0].steps[0].undo.clone();
    let brought = vec!["gcc".to_owned(), "libXrandr2-devel".to_owned()];
    assert_eq!(undo, [Undo::RemovePackages { manager: "dnf".into(), names: brought }]);
    // Where that is not known either, the names are what they were: the manager's words name them.
    let machine = Machine::linux().answer(dnf, no, 1, "", unknown);
    let stand = stand_of("fedora", "dnf", machine);
    let children = Scripted::on(&stand.living).part("/usr/bin/dnf install -y", 0, "");
    assert_eq!(stand.perform(&children, action), Ok(()));
    assert!(children.lines()[0].ends_with("gcc libXrandr-devel"), "{:?}", children.lines());
}

#[test]
fn what_keeps_a_package_back_is_named_where_it_ends_an_installation() {
    let said = "Error: \n Problem: package gcc-2-1 requires libgcc >= 2, but none can be installed\n  - package libgcc-2-1.fc43 is filtered out by exclude filtering\n";
    let mut stand = stand_of("fedora", "dnf", Machine::linux());
    let hold = |name: &str| crate::facts::native::Hold {
        name: name.into(),
        by: "/etc/dnf/plugins/versionlock.list".into(),
    };
    let there = crate::facts::native::Manager {
        name: "dnf".into(),
        holds: vec![hold("vim"), hold("libgcc")],
        ..<_>::default()
    };
    stand.facts.native.manager = crate::fact::Fact::Here(there);
    let children = Scripted::on(&stand.living).part("/usr/bin/dnf install -y", 1, said);
    let action = Action::InstallPackages { manager: "dnf".into(), names: vec!["gcc".into()] };
    let failure = stand.perform_if(&children, action, vec![]).expect_err("it is kept back");
    let hint = failure.hint.map(|it| it.to_string()).unwrap_or_default();
    assert!(hint.contains("command=dnf versionlock delete libgcc"), "{hint}");
}

#[test]
fn a_lock_that_was_left_is_removed_unless_somebody_came_to_use_it() {
    let lock = "/var/lib/pacman/db.lck";
    let action = Action::ConfigurePackages { manager: "pacman".into() };
    let machine = Machine::linux().file("/proc/5/comm", "bash\n").file(lock, "");
    let stand = stand_of("arch", "pacman", machine.clone());
    let children = Scripted::on(&stand.living).part(&format!("/usr/bin/rm -f {lock}"), 0, "");
    assert_eq!(stand.perform(&children, action.clone()), Ok(()));
    assert_eq!(children.lines().len(), 1);
    let stand = stand_of("arch", "pacman", machine.file("/proc/6/comm", "pacman\n"));
    let children = Scripted::on(&stand.living);
    assert_eq!(stand.perform(&children, action), Err(Code::PackagesBusy));
    assert!(children.lines().is_empty());
}

#[test]
fn what_goes_into_the_next_image_ends_with_a_restart_and_only_what_nobody_asked_for_before_is_ours() {
    const STATUS: &str = r#"{"deployments":[{"requested-packages":["gcc"]},{"booted":true}]}"#;
    let machine = Machine::linux().answer("/usr/bin/rpm-ostree", "status --json", 0, STATUS, "");
    let stand = stand_of("fedora", "rpm-ostree", machine);
    let names = ["gcc", "libX11-devel"].map(str::to_owned).to_vec();
    let line = "/usr/bin/rpm-ostree install --idempotent --allow-inactive gcc libX11-devel";
    let said = "Added:\n  libX11-devel-1.8.12-1.fc43.x86_64\n";
    let children = Scripted::on(&stand.living).part(line, 0, said);
    let action = Action::InstallPackages { manager: "rpm-ostree".into(), names };
    let failure = stand.perform_if(&children, action, vec![]).expect_err("it counts after a restart");
    assert_eq!((failure.code, failure.exit), (Code::PackagesRestart, crate::failure::Exit::Restart));
    assert_eq!(children.lines(), [line]);
    let step = &stand.runs()[0].steps[0];
    let ours = Undo::RemovePackages { manager: "rpm-ostree".into(), names: vec!["libX11-devel".into()] };
    assert_eq!(step.undo, [ours]);
    let brought: Vec<&str> = step.brought.iter().flatten().map(|it| it.name.as_str()).collect();
    assert_eq!(brought, ["libX11-devel"], "and it is undone by this name");
    drop(children);
    let layered = STATUS.replace("\"gcc\"", "\"gcc\",\"libX11-devel\"");
    stand.living.change(|it| {
        it.answers.clear();
        *it = it.clone().answer("/usr/bin/rpm-ostree", "status --json", 0, &layered, "");
    });
    let line = "/usr/bin/rpm-ostree uninstall --idempotent libX11-devel";
    let children =
        Scripted::on(&stand.living).part(line, 0, "Removed:\n  libX11-devel-1.8.12-1.fc43.x86_64\n");
    let taken = stand.take_back(&children);
    let failure = crate::apply::revert::awaited(&taken).expect("it is gone after a restart");
    assert_eq!((failure.code, failure.exit), (Code::PackagesRestart, crate::failure::Exit::Restart));
}

const WINLIBS: &str = "BrechtSanders.WinLibs.POSIX.UCRT";

/// A Windows with winget, and what installing a compiler with it comes to where it ends so.
fn with_winget(code: u32) -> (Result<(), Code>, Vec<String>, Vec<Undo>) {
    let mut stand = Stand::new(Machine::windows());
    stand.facts.host.identity.os = "windows".into();
    stand.facts.host.rights = Rights::None;
    let program = "C:/Users/Ann/AppData/Local/Microsoft/WindowsApps/winget.exe";
    stand.facts.native.manager = crate::fact::Fact::Here(crate::facts::native::Manager {
        name: "winget".into(),
        program: program.into(),
        ..<_>::default()
    });
    let said = format!("Found WinLibs [{WINLIBS}] Version 16.2.0\n");
    let children = Scripted::on(&stand.living).part(&format!("{program} install"), code.cast_signed(), &said);
    let action = Action::InstallPackages { manager: "winget".into(), names: vec![WINLIBS.into()] };
    let came = stand.perform(&children, action);
    let undo = stand.runs()[0].steps[0].undo.clone();
    (came, children.lines(), undo)
}

#[test]
fn winget_runs_without_root_where_it_was_seen_and_its_code_says_how_it_ended() {
    for (code, came) in [
        (0, Ok(())),
        (0x8A15_002B, Ok(())),
        (0x8A15_0061, Ok(())),
        (0x8A15_0010, Err(Code::PackagesUnsuitable)),
        (0x8A15_0014, Err(Code::PackagesGone)),
        (0x8A15_003A, Err(Code::PackagesPolicy)),
        (0x8A15_0107, Err(Code::PackagesNetwork)),
        (0x8A15_010C, Err(Code::PackagesCancelled)),
        (1223, Err(Code::PackagesCancelled)),
        (3010, Err(Code::PackagesRestart)),
        (0x8A15_0109, Err(Code::PackagesRestart)),
        (0x8A15_010A, Err(Code::PackagesRestartFirst)),
        (0x8A15_0105, Err(Code::DiskFull)),
        (0x8A15_0011, Err(Code::PackagesFailed)),
    ] {
        let (ended, lines, undo) = with_winget(code);
        assert_eq!(ended, came, "{code:#x}");
        assert!(lines.iter().all(|it| it.starts_with("C:/Users/Ann/") && !it.contains("sudo")), "{lines:?}");
        assert_eq!(undo, [Undo::RemovePackages { manager: "winget".into(), names: vec![WINLIBS.into()] }]);
    }
    assert_eq!(Code::PackagesRestart.exits(), [crate::failure::Exit::Restart], "the contract has 6 for it");
}
