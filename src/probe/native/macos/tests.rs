//! Macs in memory. What a stub of /usr/bin says when no tools are behind it is told nowhere: none is started then.

use super::*;
use crate::facts::settings::{Origin, PathEntry};
use crate::facts::xcode::Refused;
use crate::system::fake::Machine;

const CLT_SDK: &str = "/Library/Developer/CommandLineTools/SDKs/MacOSX.sdk";
const COMPILE: &str = "-o {scratch}/program -x objective-c {scratch}/program.c -x none";

/// What a stub prints when no tools are behind it, and a dialogue opens: nobody may ever see it here.
const STUB: &str = "xcode-select: note: No developer tools were found, requesting install.\n";

fn mac() -> Machine {
    let stub = |machine: Machine, it: &str| machine.answer(it, "", 1, STUB, STUB);
    let mut machine = ["/usr/bin/clang", "/usr/bin/gcc", XCRUN].into_iter().fold(Machine::linux(), stub);
    machine.identity.os = "macos".into();
    machine.identity.arch = "aarch64".into();
    machine
}

/// With whole Command Line Tools.
fn clt(machine: Machine) -> Machine {
    machine
        .program("/Library/Developer/CommandLineTools/usr/bin/clang")
        .program("/Library/Developer/CommandLineTools/usr/lib/libxcrun.dylib")
        .file(
            "/Library/Developer/CommandLineTools/SDKs/MacOSX15.5.sdk/SDKSettings.json",
            r#"{"Version":"15.5"}"#,
        )
        .link(CLT_SDK, "MacOSX15.5.sdk")
        .answer(PKGUTIL, "--pkg-info", 0, "version: 16.4.0.0.1.1747106510\n", "")
}

fn xcode_app(machine: Machine, app: &str, version: &str) -> Machine {
    let dir = format!("/Applications/{app}/Contents");
    let list = format!("<key>CFBundleShortVersionString</key><string>{version}</string>");
    machine
        .file(&format!("{dir}/version.plist"), list)
        .program(&format!("{dir}/Developer/Toolchains/XcodeDefault.xctoolchain/usr/bin/clang"))
        .program(&format!("{dir}/Developer/usr/lib/libxcrun.dylib"))
        .file(
            &format!("{dir}/Developer/Platforms/MacOSX.platform/Developer/SDKs/MacOSX.sdk/SDKSettings.json"),
            r#"{"Version":"26.0"}"#,
        )
}

fn good(machine: Machine) -> Machine {
    machine
        .answer(XCRUN, "--sdk macosx --show-sdk-path", 0, &format!("{CLT_SDK}\n"), "")
        .answer("/usr/bin/clang", "--version", 0, "Apple clang version 17.0.0 (clang-1700.0.13.5)\n", "")
        .answer("/usr/bin/clang", "-dumpmachine", 0, "arm64-apple-darwin24.5.0\n", "")
        .answer("/usr/bin/clang", COMPILE, 0, "", "")
}

fn settings(vars: &[(&str, &str)], path: &[&str]) -> Settings {
    let set = |(name, value): &(&str, &str)| {
        let setting =
            crate::facts::settings::Setting { value: (*value).to_owned(), origin: Origin::Terminal };
        ((*name).to_owned(), setting)
    };
    let entry = |it: &&str| PathEntry { dir: it.into(), exists: true, origin: Origin::Terminal };
    let home = ("HOME", "/Users/ann");
    Settings {
        variables: vars.iter().chain([&home]).map(set).collect(),
        path: path.iter().map(entry).collect(),
        ..Settings::default()
    }
}

fn looked(machine: &Machine, here: &Settings) -> (Xcode, Compiler) {
    let host = Host { identity: machine.identity.clone(), ..Host::default() };
    let native = probe(machine, &host, here, &Table::embedded());
    assert!(native.capabilities.is_empty());
    (native.xcode.into_here().expect("a Mac"), native.compiler)
}

fn seen(machine: &Machine) -> (Xcode, Compiler) {
    looked(machine, &settings(&[], &["/usr/bin", "/bin"]))
}

#[test]
fn a_bare_mac_has_nothing_and_none_of_its_stubs_is_started() {
    let (xcode, compiler) = seen(&mac());
    assert_eq!((xcode.active, xcode.tools, xcode.sdk), (Fact::Absent, vec![], Fact::unlooked()));
    assert_eq!((compiler.path, compiler.version), (Fact::Here("/usr/bin/clang".into()), None));
    assert!(matches!(compiler.works, Fact::Unknown(Why::Text(it)) if it.key == "why-no-developer-tools"));
}

#[test]
fn whole_tools_are_seen_and_the_compiler_is_tried_with_what_glfw_links() {
    let (xcode, compiler) = seen(&good(clt(mac())));
    let tools = xcode.in_effect().expect("the Command Line Tools").clone();
    assert_eq!(xcode.active.here().map(|it| it.by), Some(ChosenBy::Default));
    assert_eq!((tools.name(), tools.newest_sdk()), ("Command Line Tools 16.4".into(), Some("15.5")));
    assert_eq!(xcode.sdk, Fact::Here(Ok(CLT_SDK.into())));
    assert_eq!((compiler.works, compiler.is_gcc), (Fact::Here(Ok(())), false));
    assert_eq!(compiler.machine.as_deref(), Some("arm64-apple-darwin24.5.0"));
}

#[test]
fn a_chosen_directory_that_is_gone_or_half_there_starts_nothing() {
    let link = LINKS[1];
    let gone = clt(mac()).link(link, "/Applications/Xcode.app/Contents/Developer");
    let (xcode, compiler) = seen(&gone);
    let active = xcode.active.here().expect("chosen");
    assert_eq!((active.by, xcode.is_usable()), (ChosenBy::Link, false));
    assert_eq!(xcode.instead().map(|it| it.dir.as_path()), Some(Path::new(COMMAND_LINE_TOOLS)));
    assert!(matches!(compiler.works, Fact::Unknown(_)) && xcode.sdk == Fact::unlooked());
    // What an upgrade of macOS left.
    let half = mac().link(link, COMMAND_LINE_TOOLS).file(
        "/Library/Developer/CommandLineTools/SDKs/MacOSX14.sdk/SDKSettings.json",
        r#"{"Version":"14.5"}"#,
    );
    let (xcode, _) = seen(&half.answer(PKGUTIL, "--pkg-info", 1, "", "No receipt\n"));
    let tools = xcode.in_effect().expect("it is there");
    assert!(!tools.complete() && tools.version.is_none() && xcode.sdk == Fact::unlooked());
}

#[test]
fn the_variable_beats_the_link_and_the_link_beats_the_usual_places() {
    let machine = xcode_app(clt(mac()), "Xcode.app", "16.4").link(LINKS[1], COMMAND_LINE_TOOLS);
    let machine = good(machine);
    let by = |machine: &Machine, vars: &[(&str, &str)]| {
        let (xcode, _) = looked(machine, &settings(vars, &["/usr/bin"]));
        let active = xcode.active.here().expect("one").clone();
        (active.by, active.dir)
    };
    let app = PathBuf::from("/Applications/Xcode.app/Contents/Developer");
    assert_eq!(
        by(&machine, &[("DEVELOPER_DIR", "/Applications/Xcode.app")]),
        (ChosenBy::Variable, app.clone())
    );
    assert_eq!(by(&machine, &[]), (ChosenBy::Link, COMMAND_LINE_TOOLS.into()));
    let mut plain = machine.clone();
    plain.links.remove(Path::new(LINKS[1]));
    assert_eq!(by(&plain, &[]), (ChosenBy::Default, app));
    // A link that nobody may read is asked for by the program that knows it.
    let mut denied = machine.clone().answer(XCODE_SELECT, "-p", 0, &format!("{COMMAND_LINE_TOOLS}\n"), "");
    denied.denied = vec!["/private/var/db".into()];
    assert_eq!(by(&denied, &[]), (ChosenBy::Link, COMMAND_LINE_TOOLS.into()));
    denied.answers.retain(|it| it.0 != Path::new(XCODE_SELECT));
    denied.files.remove(Path::new(XCODE_SELECT));
    let (xcode, _) = looked(&denied, &settings(&[], &["/usr/bin"]));
    assert!(matches!(xcode.active, Fact::Unknown(_)), "nobody could say");
}

#[test]
fn a_licence_that_nobody_accepted_and_a_missing_compiler_for_metal_are_seen() {
    let licence = "You have not agreed to the Xcode license agreements.";
    let machine = xcode_app(mac(), "Xcode.app", "16.4");
    let (xcode, compiler) = seen(&machine.answer(XCRUN, "--sdk macosx", 69, "", licence));
    assert_eq!(xcode.sdk, Fact::Here(Err(Refused::Licence(licence.into()))));
    assert!(compiler.version.is_none() && matches!(compiler.works, Fact::Unknown(_)));
    let metal =
        "/Applications/Xcode.app/Contents/Developer/Toolchains/XcodeDefault.xctoolchain/usr/bin/metal";
    let said = "error: cannot execute tool 'metal' due to missing Metal Toolchain; use: xcodebuild -downloadComponent \
                MetalToolchain\n";
    for (version, code, words, want) in
        [("26.0", 1, said, Some(false)), ("26.0", 0, "", Some(true)), ("16.4", 1, said, None)]
    {
        let machine =
            good(xcode_app(mac(), "Xcode.app", version)).answer(metal, "--version", code, "", words);
        assert_eq!(seen(&machine).0.metal, want, "{version} {code}");
    }
}

#[test]
fn a_compiler_in_front_a_variable_or_a_framework_is_to_blame_by_name() {
    let brew = "/opt/homebrew/opt/llvm/bin";
    let lost = "fatal error: 'Cocoa/Cocoa.h' file not found\n";
    let said = "program.c:3:9: fatal error: 'Cocoa/Cocoa.h' file not found\n";
    let machine = good(clt(mac()))
        .answer(&format!("{brew}/clang"), "--version", 0, "Homebrew clang version 20.1.0\n", "")
        .answer(&format!("{brew}/clang"), COMPILE, 1, "", said);
    let (_, compiler) = looked(&machine, &settings(&[], &[brew, "/usr/bin"]));
    assert_eq!(compiler.works, Fact::Here(Err(format!("#include <Cocoa/Cocoa.h>: {}", lost.trim()))));
    let detour = compiler.detour.expect("what is behind serves");
    assert_eq!((detour.dir, detour.instead), (brew.into(), Some("/usr/bin/clang".into())));
    // A framework that no SDK has any more: the linker names it, and the compiler only fails.
    let flags = "-framework QTKit";
    let ld = "ld: warning: ignoring duplicate libraries: '-lobjc'\nld: framework 'QTKit' not found\nclang: error: linker \
              command failed with exit code 1 (use -v to see invocation)\n";
    let machine = good(clt(mac())).answer("/usr/bin/clang", &format!("{COMPILE} {flags}"), 1, "", ld);
    let (_, compiler) = looked(&machine, &settings(&[("CGO_LDFLAGS", flags)], &["/usr/bin"]));
    assert_eq!(compiler.works, Fact::Here(Err("ld: framework 'QTKit' not found".into())));
    assert_eq!(compiler.spoiled_by.as_deref(), Some("CGO_LDFLAGS"));
}

#[test]
fn tools_that_somebody_else_may_write_are_seen_with_what_it_is() {
    let mut machine = xcode_app(clt(mac()), "Xcode_16.2.app", "16.2");
    machine.identity.uid = 501;
    for path in ["/", "/Applications", "/Library", "/Library/Developer", COMMAND_LINE_TOOLS] {
        machine.owners.insert(path.into(), 0);
        machine.groups.insert(path.into(), 80);
        machine.dirs.insert(path.into(), 0o775);
    }
    let app = "/Applications/Xcode_16.2.app";
    let hands = |machine: &Machine| {
        let tools = seen(machine).0.tools;
        tools.into_iter().map(|it| it.hands).collect::<Vec<_>>()
    };
    assert_eq!(hands(&machine), [None, None], "administrators may, and it is ours");
    machine.owners.insert(app.into(), 502);
    assert_eq!(hands(&machine), [None, Some(app.into())]);
    machine.owners.insert(app.into(), 0);
    machine.dirs.insert("/Applications".into(), 0o777);
    assert_eq!(hands(&machine), [None, Some("/Applications".into())]);
}
