//! The facts of a machine that a bug may follow from, and the versions of what is on it, as one document: what of the system,
//! the tools and the screen `check` saw. No name of a person or machine is among them.

use serde_json::{Map, Value, json};

use super::parts::known;
use crate::facts::Facts;
use crate::recording::Recording;
use crate::report::Machine;
use crate::system::Space;

/// Of this look; `compared`: what `check` says to whoever compares machines.
pub(super) fn of(facts: &Facts, recording: &Recording, compared: &Map<String, Value>) -> Value {
    let host = &facts.host;
    let identity = &recording.identity;
    let machine = Machine::of(facts);
    let trees = facts.go.trees.iter().map(
        |it| json!({ "root": it.root, "version": it.version_text, "ours": it.ours, "command": it.command }),
    );
    let env = |names: &[&str]| -> Map<String, Value> {
        let set = names.iter().filter_map(|it| Some(((*it).to_owned(), json!(recording.env.get(*it)?))));
        // Not `collect()`, for the reason that `gather` gives.
        let mut map = Map::new();
        map.extend(set);
        map
    };
    let native = &facts.native;
    json!({
        "fyne_setup": env!("CARGO_PKG_VERSION"),
        "manifest_version": compared.get("manifest_version"),
        "time": compared.get("time"),
        "system": {
            "os": machine.os, "name": machine.name, "distro": machine.distro, "arch": machine.arch,
            "processor": host.processor(), "kernel": identity.kernel, "libc": known(&host.libc),
            "package_manager": machine.family, "wsl": machine.wsl, "container": host.container,
            "image": host.image.is_some(), "root": machine.root, "processors": identity.cpus,
            "terminal": identity.terminal, "shell": known(&host.shell),
        },
        "space": {
            "data": space(host.data_space.here()), "cache": space(host.cache_space.here()),
            "temporary": space(host.tmp_space.here()),
        },
        "screen": env(&["DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP"]),
        "language": env(&["LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_MESSAGES"]),
        "installed": compared.get("installed"),
        "go": { "trees": trees.collect::<Vec<_>>(), "toolchains": facts.go.toolchains, "answers": facts.go.answers },
        "compiler": {
            "command": native.compiler.command, "path": known(&native.compiler.path),
            "version": native.compiler.version, "machine": native.compiler.machine,
        },
        "pkg_config": native.pkg_config.here().map(|it| json!([it.0, it.1])),
    })
}

fn space(space: Option<&Space>) -> Value {
    json!(space.map(|it| json!({ "free": it.free, "read_only": it.read_only, "noexec": it.noexec })))
}
