//! Go trees, the Go in use, and the fyne CLI. Files are looked at; the only program that is run is `go` itself, in an
//! empty directory, with GOTOOLCHAIN=local and GOPROXY=off, so that it can neither download nor run another one. Only the
//! first `go` on PATH is run, as a shell would, and not where a stranger may write it.

use std::path::{Path, PathBuf};
use std::thread;

use super::apple::{self, Mark};
use super::settings::root_of;
use super::{programs, waits};
use crate::fact::Fact;
use crate::facts::{Cli, Go, GoTree, Host, Settings};
use crate::path_style::PathStyle;
use crate::places::{NOWHERE, Places};
use crate::system::links;
use crate::system::{Ask, Environment, Look, parallel};

mod bin;
mod cli;
mod mac;
pub(super) mod shim;
mod sources;
pub mod trees;

pub use mac::processor;

/// Every Go and every `fyne` that we can see.
pub fn probe(look: &dyn Look, places: &Places, host: &Host, here: &Settings) -> (Go, Cli) {
    let home = host.home();
    let bin = here.go_bin(&home);
    let command = programs::find(look, here, "go");
    let own = programs::find_own(look, here, "go");
    // Before anything is started: a Mac asks the person who sits there about some of what was downloaded.
    let mark = own.here().and_then(|it| apple::mark(look, host, it));
    let own = match mark.as_ref().and_then(Mark::why) {
        Some(why) => Fact::Unknown(why),
        None => own,
    };
    thread::scope(|scope| {
        // What is for all users is in no directory of anybody's.
        let of_cli = if places.are_for_all() { places.bin() } else { bin.clone() };
        let cli = scope.spawn(move || Cli { programs: cli::programs(look, here, &of_cli) });
        let answer = scope.spawn(|| match &own {
            Fact::Here(go) => match root_of(look, go).and_then(|it| waits::of_tree(look, &it)) {
                Some(why) => Fact::Unknown(why),
                None => look.run(&ask(go, &["version"], here)),
            },
            Fact::Absent => Fact::Absent,
            Fact::Unknown(why) => Fact::Unknown(why.clone()),
        });
        let sources = scope.spawn(|| {
            let root = own.here().and_then(|it| root_of(look, it));
            let root = root.filter(|it| waits::of_tree(look, it).is_none());
            root.map(|it| (sources::look_at(look, &it, here), it))
        });
        let (mut trees, mut unasked) =
            trees::all(look, places, host, here, &home, own.here().map(|it| &**it));
        if let (Fact::Here(go), Fact::Unknown(why)) = (&command, &own) {
            unasked.retain(|it| it.0 != *go);
            unasked.insert(0, (go.clone(), why.clone()));
        }
        let answer = parallel::joined(answer).unwrap_or_else(|why| Fact::Unknown(why.into()));
        let answers = answer.here().is_some_and(crate::system::Answer::ok);
        let answer = answer.map(|it| if it.ok() { it.out() } else { format!("{}{}", it.out(), it.err()) });
        if let Some((sources, root)) = parallel::joined(sources).ok().flatten()
            && let Some(tree) = trees.iter_mut().find(|it| it.root == root)
        {
            tree.missing.extend(sources.spoiled);
            tree.extra = sources.doubled;
        }
        let first = command.here().and_then(|it| trees::of_command(look, &trees, it));
        let bin_stat = links::resolve(look, &bin).map(|it| it.1);
        let bin_noexec = bin::is_noexec(look, &bin, &bin_stat);
        // Without a home, only what settings name is anywhere.
        let somewhere = |it: &PathBuf| !it.starts_with(NOWHERE);
        let mut go = Go {
            trees,
            first,
            answer,
            answers,
            unasked,
            gopath: Some(here.gopath(&home)).filter(somewhere),
            bin: Some(bin.clone()).filter(somewhere),
            bin_places: bin::places(look, host, here, &bin, &bin_stat, bin_noexec),
            bin_stat,
            bin_noexec,
            goroot: here.dir("GOROOT").and_then(|it| trees::at(look, &it)),
            toolchains: toolchains(look, &here.mod_cache(&home)),
        };
        trees::take_version_from_answer(&mut go);
        apple::look_at_trees(look, host, &mut go, mark.as_ref());
        // A list cannot say that nobody knows: without it nothing may be judged.
        (go, cli.join().unwrap_or_else(|it| std::panic::resume_unwind(it)))
    })
}

/// What GOTOOLCHAIN has brought: `toolchain@v0.0.1-go1.27.4.linux-amd64` in the module cache.
fn toolchains(look: &dyn Look, mod_cache: &Path) -> Vec<String> {
    let names = look.list(&mod_cache.join("golang.org")).into_here().unwrap_or_default();
    let version = |name: &String| {
        let rest = name.strip_prefix("toolchain@v0.0.1-")?;
        let (version, _arch) = rest.rsplit_once('.')?;
        Some(version.to_owned())
    };
    names.iter().filter_map(version).collect()
}

/// A question to a `go`: the user's environment, but nothing is downloaded, and what it writes goes to the scratch
/// directory (`go env` alone writes 14 files in 264 directories otherwise). Its counters have no variable of their own:
/// they lie in the user's configuration directory, beside the settings file, which is named apart; one that Go would wait
/// for (a pipe) is left out.
pub fn ask(go: &Path, args: &[&str], here: &Settings) -> Ask {
    let mut env = Environment::of_user(&here.environment());
    for (name, value) in [
        ("GOTOOLCHAIN", "local"),
        ("GOPROXY", "off"),
        ("GOCACHE", "{scratch}/cache"),
        ("XDG_CONFIG_HOME", "{scratch}/config"),
    ] {
        env.set(name, value);
    }
    if here.style == PathStyle::Windows {
        // There its counters lie below %AppData%, and its own temporary files where TMP says.
        for (name, value) in [("APPDATA", "{scratch}/config"), ("TMP", "{scratch}"), ("TEMP", "{scratch}")] {
            env.set(name, value);
        }
    }
    let settings = here.go_env_file.as_ref().filter(|_| here.go_env_unread.is_none());
    env.set("GOENV", settings.map_or_else(|| "off".to_owned(), |it| it.display().to_string()));
    programs::ask(go, args, env)
}

/// A question to the `go` of a tree that works in a project, which may be anybody's: nothing that lies there is started. Go
/// itself would ask a version control for the state of the directory, and git runs what the project's settings name.
pub fn ask_in(project: &Path, tree: &GoTree, args: &[&str], here: &Settings) -> Ask {
    let asks = tree.asks_vcs();
    let mut args = args.to_vec();
    if asks {
        args.insert(1.min(args.len()), "-buildvcs=false");
    }
    let mut ask = ask(&tree.go(), &args, here);
    ask.env.enter_project(here.style);
    for (name, value) in [
        ("GOFLAGS", if asks { "-mod=readonly -buildvcs=false" } else { "-mod=readonly" }),
        ("GOWORK", "off"),
        ("GIT_CONFIG_NOSYSTEM", "1"),
    ] {
        ask.env.set(name, value);
    }
    ask.dir = project.to_path_buf();
    ask
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probe::settings;
    use crate::system::fake::Machine;

    fn seen(machine: &Machine) -> (Go, Cli) {
        let host =
            Host { home: Fact::Here("/root".into()), identity: machine.identity.clone(), ..Host::default() };
        let here = settings::probe(machine, &host);
        probe(machine, &Places::linux(Path::new("/root"), |_| None), &host, &here)
    }

    fn with_tree(machine: Machine, root: &str, version: &str) -> Machine {
        let mut machine = machine.file(&format!("{root}/VERSION"), format!("{version}\ntime x\n"));
        for name in trees::PROGRAMS {
            machine = machine.program(&format!("{root}/{name}"));
        }
        for name in trees::TOOLS {
            machine = machine.program(&format!("{root}/pkg/tool/linux_amd64/{name}"));
        }
        for name in trees::FILES {
            machine = machine.file(&format!("{root}/{name}"), "text");
        }
        machine
    }

    #[test]
    fn trees_are_found_on_path_and_at_well_known_places() {
        let machine = with_tree(Machine::linux(), "/usr/local/go", "go1.27.4");
        let machine = with_tree(machine, "/usr/lib/go-1.19", "go1.19.8")
            .link("/usr/bin/go", "../lib/go/bin/go")
            .link("/usr/lib/go", "go-1.19")
            .var("PATH", "/usr/bin:/usr/local/go/bin:/usr/local/go/bin")
            .answer("/usr/bin/go", "version", 0, "go version go1.19.8 linux/amd64\n", "");
        let (go, _) = seen(&machine);
        let roots: Vec<_> = go
            .trees
            .iter()
            .map(|it| (it.root.to_str().expect("text"), it.version.here().expect("a version").to_string()))
            .collect();
        assert_eq!(roots, [("/usr/lib/go-1.19", "1.19.8".into()), ("/usr/local/go", "1.27.4".into())]);
        assert_eq!(go.first, Some(0));
        assert!(go.answers && go.trees.iter().all(crate::facts::GoTree::complete), "{:?}", go.trees);
        assert_eq!(go.trees[0].command.as_deref(), Some(Path::new("/usr/bin/go")));
    }

    #[test]
    fn what_a_tree_lacks_is_named() {
        let mut machine =
            with_tree(Machine::linux(), "/usr/local/go", "go1.26.11").var("PATH", "/usr/local/go/bin");
        machine.files.remove(Path::new("/usr/local/go/pkg/tool/linux_amd64/compile"));
        machine.files.insert("/usr/local/go/bin/gofmt".into(), (Vec::new(), 0o755));
        let (go, _) = seen(&machine);
        assert_eq!(go.trees[0].missing, ["bin/gofmt", "pkg/tool/linux_amd64/compile"]);
        assert!(!go.answers);
    }

    #[test]
    fn a_shim_is_asked_for_its_tree() {
        let machine = with_tree(Machine::linux(), "/root/.shims/go/1.27.4", "go1.27.4")
            .var("PATH", "/root/.shims/bin")
            .answer("/root/.shims/bin/go", "env GOROOT", 0, "/root/.shims/go/1.27.4\n", "")
            .answer("/root/.shims/bin/go", "version", 0, "go version go1.27.4 linux/amd64\n", "");
        let (go, _) = seen(&machine);
        assert_eq!(go.in_use().map(|it| it.root.as_path()), Some(Path::new("/root/.shims/go/1.27.4")));
        assert_eq!(go.trees.len(), 1);
    }

    #[test]
    fn a_go_behind_the_first_is_not_run() {
        let machine = with_tree(Machine::linux(), "/usr/local/go", "go1.27.4")
            .var("PATH", "/usr/local/go/bin:/late:/opt/bin:/late")
            .answer("/usr/local/go/bin/go", "version", 0, "go version go1.27.4 linux/amd64\n", "")
            .program("/opt/bin/go")
            .file("/late/go", "#!/bin/sh\n");
        let mut machine = with_tree(machine, "/root/else", "go1.26.11")
            .answer("/late/go", "env GOROOT", 0, "/root/else\n", "")
            .answer("/opt/bin/go", "env GOROOT", 0, "/root/else\n", "");
        machine.files.get_mut(Path::new("/late/go")).expect("there").1 = 0o755;
        let (go, _) = seen(&machine);
        let unasked: Vec<_> = go.unasked.iter().map(|(path, why)| (path.to_str(), why.clone())).collect();
        let (wrapper, behind) = (text!("why-wrapper-behind"), text!("why-behind"));
        assert_eq!(unasked, [(Some("/late/go"), wrapper.into()), (Some("/opt/bin/go"), behind.into())]);
        assert!(go.answers && go.trees.iter().all(|it| !it.root.ends_with("else")), "{:?}", go.trees);
    }

    #[test]
    fn a_go_that_a_stranger_may_write_is_not_run() {
        let answered = Machine::linux().var("PATH", "/srv/bin:/usr/bin").answer(
            "/srv/bin/go",
            "version",
            0,
            "go version go1.27.4 linux/amd64\n",
            "",
        );
        let machine = answered.answer("/srv/bin/go", "env GOROOT", 0, "/root/else\n", "");
        let mut machine = with_tree(machine, "/root/else", "go1.27.4");
        assert!(seen(&machine).0.answers);
        machine.owners.insert("/srv".into(), 1234);
        let (go, _) = seen(&machine);
        assert!(matches!(&go.answer, Fact::Unknown(_)) && !go.answers && go.first == Some(0), "{go:?}");
        assert_eq!(go.unasked.len(), 1);
    }

    #[test]
    fn a_program_called_go_that_is_none_has_no_version() {
        let machine = Machine::linux().program("/opt/bin/go").var("PATH", "/opt/bin");
        let (go, _) = seen(&machine);
        assert_eq!(go.first, Some(0));
        assert!(matches!(go.trees[0].version, Fact::Unknown(_)));
    }

    #[test]
    fn ours_is_known_behind_its_link() {
        let root = "/root/.local/share/fyne-setup/go/1.27.4";
        let machine = with_tree(Machine::linux(), root, "go1.27.4")
            .link("/root/.local/share/fyne-setup/current", "go/1.27.4")
            .var("PATH", "/root/.local/share/fyne-setup/current/bin");
        let (go, _) = seen(&machine);
        assert!(go.in_use().is_some_and(|it| it.ours && it.root == Path::new(root)));
    }

    #[test]
    fn every_fyne_is_listed_once_and_the_one_that_go_would_install_last() {
        let machine = Machine::linux()
            .file("/root/scripts/fyne", "#!/bin/sh\n")
            .file("/root/go/bin/fyne", b"\x7fELF")
            .var("PATH", "/root/scripts:/usr/bin:/root/scripts");
        let mut machine = machine;
        for path in ["/root/scripts/fyne", "/root/go/bin/fyne"] {
            machine.files.get_mut(Path::new(path)).expect("there").1 = 0o755;
        }
        let (_, cli) = seen(&machine);
        let seen: Vec<_> =
            cli.programs.iter().map(|it| (it.path.to_str().expect("text"), it.on_path)).collect();
        assert_eq!(seen, [("/root/scripts/fyne", true), ("/root/go/bin/fyne", false)]);
        assert!(cli.programs[0].build.is_absent() && cli.programs[0].whole);
        assert!(!cli.programs[1].whole && matches!(cli.programs[1].build, Fact::Unknown(_)));
    }

    #[test]
    fn a_quarantined_go_is_not_started_and_one_that_was_accepted_is() {
        let machine = |value: &str| {
            with_tree(Machine::macos(), "/usr/local/go", "go1.27.4")
                .var("PATH", "/usr/local/go/bin")
                .answer(
                    "/usr/bin/xattr",
                    "-p com.apple.quarantine",
                    i32::from(value.is_empty()),
                    value,
                    "No such xattr",
                )
                .answer("/usr/local/go/bin/go", "version", 0, "go version go1.27.4 darwin/arm64\n", "")
        };
        for (value, runs) in [("", true), ("01c1;1;Safari;U\n", true), ("0081;1;Safari;U\n", false)] {
            let (go, _) = seen(&machine(value));
            assert_eq!((go.answers, go.unasked.is_empty()), (runs, runs), "{value}: {go:?}");
            assert_eq!(go.in_use().map(GoTree::is_held), Some(!runs), "{value}");
        }
        let mut silent = machine("");
        silent.answers.retain(|it| it.0 != Path::new("/usr/bin/xattr"));
        assert!(!seen(&silent).0.answers, "nobody knows whether it is quarantined");
    }
}
