//! What a channel has for winget and Scoop, held to their own schemas (`tests/schemas`): the functions of
//! `scripts/release.d/windows`, as `scripts/release build` calls them. Needs Python with yaml and jsonschema.

#![cfg(unix)]
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stderr
)]

use std::fs;
use std::process::Command;

const TRIPLE: &str = "x86_64-pc-windows-gnu";

/// Makes the manifests of a release, runs a line of shell over them, and judges them: whether they pass, and what was said.
fn judged(damage: &str) -> (bool, String) {
    let dir = tempfile::tempdir().expect("a temporary directory");
    fs::write(dir.path().join(format!("fyne-setup-0.1.0-{TRIPLE}.zip")), "a zip").expect("written");
    let script = format!(
        "set -euo pipefail; die() {{ echo \"$1\" >&2; exit 1; }}; version=0.1.0 channel=https://channel.invalid/x; \
         . scripts/release.d/windows; manifests {TRIPLE} \"$1\"; (cd \"$1\" && {damage}); judge_manifests \"$1\""
    );
    let mut command = Command::new("bash");
    command.args(["-c", &script, "bash"]).arg(dir.path()).current_dir(env!("CARGO_MANIFEST_DIR"));
    let output = command.output().expect("bash starts");
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn manifests_of_winget_and_scoop_pass_their_schemas_and_damaged_ones_do_not() {
    let python = Command::new("python3").args(["-c", "import yaml, jsonschema"]).output();
    if !python.is_ok_and(|it| it.status.success()) {
        eprintln!("SKIP: python3 with yaml and jsonschema is not here");
        return;
    }
    assert_eq!(judged("true"), (true, String::new()));
    for (damage, said) in [
        ("sed -i 's/InstallerSha256: ../InstallerSha256: /' fyne-setup.installer.yaml", "does not match"),
        ("sed -i '/InstallerUrl/d' fyne-setup.installer.yaml", "'InstallerUrl' is a required property"),
        ("sed -i 's/InstallerType: zip/InstallerType: 7z/' fyne-setup.installer.yaml", "'7z' is not one of"),
        ("sed -i 's/^License:/Licence:/' fyne-setup.locale.en-US.yaml", "Licence is no key"),
        ("sed -i 's/fyne-setup.fyne-setup/fyne-setup/' fyne-setup.yaml", "does not match"),
        ("sed -i 's/\"bin\"/\"bim\"/' fyne-setup.json", "'bim' was unexpected"),
        ("sed -i 's/\"hash\": \"./\"hash\": \"/' fyne-setup.json", "is not valid under any"),
    ] {
        let (passes, why) = judged(damage);
        assert!(!passes && why.contains(said), "{damage}: {why}");
    }
}

#[test]
fn manifests_name_the_archive_of_the_channel_by_its_digest() {
    let (_, all) = judged("cat fyne-setup.installer.yaml fyne-setup.json >&2");
    let digest = fyne_setup::digest::Digest::of(b"a zip").to_string();
    for words in [
        format!("  InstallerUrl: https://channel.invalid/x/fyne-setup-0.1.0-{TRIPLE}.zip\n"),
        format!("  InstallerSha256: {}\n", digest.to_uppercase()),
        format!("- RelativeFilePath: fyne-setup-0.1.0-{TRIPLE}\\fyne-setup.exe\n"),
        format!("\"hash\": \"{digest}\""),
        format!("\"extract_dir\": \"fyne-setup-0.1.0-{TRIPLE}\""),
    ] {
        assert!(all.contains(&words), "{words} is not in:\n{all}");
    }
}
