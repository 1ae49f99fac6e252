//! The private display of a proof, from outside: the real Xvfb, its two sockets, and another user of the machine who knocks
//! at both. To be another user takes root; where that or a program is missing, the test says so and passes.

#![cfg(unix)]
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stderr
)]

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use fyne_setup::fact::Fact;
use fyne_setup::facts::Display;
use fyne_setup::places::Places;
use fyne_setup::prove::window::Stage;
use fyne_setup::system::children::RealChildren;
use fyne_setup::system::disk::RealDisk;
use fyne_setup::system::net::RealNet;
use fyne_setup::system::real::RealLook;
use fyne_setup::system::{RealDisplays, System};

fn found(name: &str) -> Option<PathBuf> {
    ["/usr/bin", "/bin", "/usr/local/bin"].iter().map(|it| Path::new(it).join(name)).find(|it| it.exists())
}

/// Stands in for the proof program: writes down what it was given and what others get to see, and ends.
const PROGRAM: &str = r#"#!/bin/sh
out=$OUT
printf '%s' "$DISPLAY" >"$out/display"
stat -c '%a %U %n' "$XAUTHORITY" "$1" "$(dirname "$1")" >"$out/modes"
tr '\0' '\n' </proc/$$/cmdline >"$out/argv"
cat "$1" >"$out/pattern"
number=${DISPLAY#:}
server=$(pgrep -f -- "-auth $XAUTHORITY" | head -n 1)
tr '\0' ' ' <"/proc/$server/cmdline" >"$out/server"
grep -a "X11-unix/X$number\$" /proc/net/unix >"$out/sockets"
for port in /proc/net/tcp /proc/net/tcp6; do
    grep -i ":$(printf '%04X' $((6000 + number))) .* 0A " "$port"
done >"$out/tcp" 2>/dev/null
look() { env -i "$@" DISPLAY="$DISPLAY" HOME=/tmp PATH=/usr/bin:/bin "$OUT/fyne-setup" check --json; }
XAUTHORITY_OURS=$XAUTHORITY
look XAUTHORITY="$XAUTHORITY_OURS" >"$out/owner.json"
look XAUTHORITY=/nonexistent >"$out/without.json"
forged=$out/forged
head -c 42 "$XAUTHORITY_OURS" >"$forged" && printf 'sixteen bytes no' | tail -c 16 >>"$forged"
setpriv --reuid=12345 --regid=12345 --clear-groups true || exit 3
for xauthority in /nonexistent "$XAUTHORITY_OURS" "$forged"; do
    setpriv --reuid=12345 --regid=12345 --clear-groups \
        env -i XAUTHORITY="$xauthority" DISPLAY="$DISPLAY" HOME=/tmp PATH=/usr/bin:/bin \
        "$OUT/fyne-setup" check --json
done >"$out/stranger.json"
setpriv --reuid=12345 --regid=12345 --clear-groups cat "$XAUTHORITY_OURS" "$1" >"$out/stolen" 2>/dev/null
exit 3
"#;

/// What the check of the display says in each document.
fn displays(text: &str) -> Vec<String> {
    let documents = serde_json::Deserializer::from_str(text).into_iter::<serde_json::Value>();
    let all = documents.map(|it| it.expect("a document"));
    let one = |it: serde_json::Value| {
        let checks = it["checks"].as_array().cloned().unwrap_or_default();
        checks
            .into_iter()
            .find(|it| it["id"] == "display.reachable")
            .map_or(String::new(), |it| it.to_string())
    };
    all.map(one).collect()
}

#[test]
fn a_private_display_lets_in_who_has_its_cookie_and_no_other_user() {
    let (Some(xvfb), Some(_), Some(_)) = (found("Xvfb"), found("setpriv"), found("pgrep")) else {
        eprintln!("SKIPPED: Xvfb, setpriv or pgrep is not installed");
        return;
    };
    if rustix::process::geteuid().as_raw() != 0 {
        eprintln!("SKIPPED: only root can be another user");
        return;
    }
    // The other user has to get at the programs in it, and TMPDIR may be closed to him.
    let dir = tempfile::tempdir_in("/tmp").expect("a temporary directory");
    let open = |path: &Path| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("ours");
    };
    open(dir.path());
    let at = |name: &str| dir.path().join(name);
    std::fs::write(at("program"), PROGRAM).expect("written");
    std::fs::copy(env!("CARGO_BIN_EXE_fyne-setup"), at("fyne-setup")).expect("copied");
    open(&at("program"));
    open(&at("fyne-setup"));
    let out = dir.path().display().to_string();
    let user: BTreeMap<String, String> = [("HOME", out.as_str()), ("PATH", "/usr/bin:/bin"), ("OUT", &out)]
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .into();
    let look = RealLook::new(user.clone(), at("scratch"));
    let (net, children) = (RealNet::new(&user), RealChildren::default());
    let system = System { look: &look, disk: &RealDisk, net: &net, children: &children };
    let places = Places::linux(dir.path(), |_| None);
    let display = Display { xvfb: Fact::Here(xvfb), ..Display::default() };
    let stage = Stage { system, displays: &RealDisplays, places: &places, user: &user, display: &display };
    stage.prove(&at("program")).expect_err("it shows nothing");

    let said = |name: &str| std::fs::read_to_string(at(name)).unwrap_or_default();
    let modes = said("modes");
    let bits: Vec<&str> = modes.lines().filter_map(|it| it.split(' ').next()).collect();
    assert_eq!(bits, ["600", "600", "700"], "{modes}");
    assert_eq!(said("pattern").len(), 48);
    let (owner, without, stranger) =
        (displays(&said("owner.json")), displays(&said("without.json")), displays(&said("stranger.json")));
    assert!(owner.len() == 1 && owner[0].contains("\"ok\""), "{owner:?}");
    assert!(without.len() == 1 && !without[0].contains("\"ok\""), "{without:?}");
    assert_eq!(stranger.len(), 3, "without a cookie, with ours, with a guessed one");
    for it in &stranger {
        assert!(!it.contains("\"ok\""), "{it}");
        // A server that closes at once leaves its words unread; that it refused is what counts.
        assert!(it.contains("refuses this user"), "{it}");
    }
    assert_eq!(said("stolen"), "");
    for args in [said("argv"), said("server")] {
        assert!(!args.is_empty() && !args.contains(&said("pattern")), "{args}");
    }
    assert!(
        said("server").contains("-nolisten tcp") && said("server").contains("-auth "),
        "{}",
        said("server")
    );
    assert_eq!(said("tcp"), "", "nobody listens on the network");
    assert!(!said("sockets").is_empty(), "it listens on this machine");
    for gone in ["Xauthority", "pattern"] {
        assert!(!places.cache.join("proofs").join(gone).exists(), "{gone}");
    }
}
