//! What a plan makes of a Windows in memory, as far as a check looks at it again: what winget unpacks, what the registry says
//! then, a Go, a `fyne`. What no check of such a machine sees (modules, the first build, the proof) is left out.

use std::path::{Path, PathBuf};

use fyne_setup::action::{Action, Plan, VariableChange};
use fyne_setup::path_style::PathStyle;
use fyne_setup::probe::go::trees;
use fyne_setup::registry::edit::with_front;
use fyne_setup::registry::{RegistryKey, RegistryValue};

use crate::program;
use crate::world::{Canned, Row, World};

/// Machines on which things are as they are after an installation.
pub struct Models {
    pub winlibs: Row,
    pub llvm: Row,
    pub msvc: Row,
}

/// Every step; whether any of them changed what is looked at here.
pub fn carry_out(world: &mut World, plan: &Plan, models: &Models) -> bool {
    let mut changed = false;
    for step in &plan.steps {
        changed |= act(world, &step.action, models);
    }
    changed
}

fn act(world: &mut World, action: &Action, models: &Models) -> bool {
    match action {
        Action::InstallPackages { names, .. } | Action::ReinstallPackages { names, .. } => {
            for name in names {
                installed(world, name, models);
            }
        }
        Action::ModifyVisualStudio { install, .. } => {
            world
                .disk
                .files
                .insert(install.join("VC/Tools/MSVC/14.43.34808/bin/Hostx64/x64/cl.exe"), b"MZ".to_vec());
            for file in models.msvc.files.iter().filter(|it| it.ends_with("rc.exe")) {
                world.disk.files.insert(file.clone(), b"MZ".to_vec());
            }
            world.row.cl.clone_from(&models.msvc.cl);
        }
        Action::InstallGo { version, root } | Action::RestoreGo { version, root, .. } => {
            go(world, &version.to_string(), root);
        }
        Action::SwitchGo { root, link } => drop(world.links.insert(link.clone(), root.clone())),
        Action::InstallCli { module, bin, .. } => {
            let settings = "build\tGOOS=windows\nbuild\tGOARCH=amd64\n";
            let settings = if world.row.arch == "aarch64" {
                settings.replace("amd64", "arm64")
            } else {
                settings.into()
            };
            let (path, version) = (module.path(), module.version());
            let main = path.trim_end_matches("/cmd/fyne");
            let text = format!("path\t{path}\nmod\t{main}\t{version}\th1:x=\n{settings}");
            world.disk.files.insert(bin.join("fyne.exe"), program::of_go(&text));
        }
        Action::SetVariable { key, name, change } => variable(world, key, name, change),
        Action::SetGoEnv { file, key, value } => {
            let text =
                String::from_utf8(world.disk.files.get(file).cloned().unwrap_or_default()).expect("text");
            let other = |it: &&str| !it.starts_with(&format!("{key}="));
            let mut lines: Vec<String> = text.lines().filter(other).map(str::to_owned).collect();
            lines.extend(value.as_ref().map(|it| format!("{key}={}", it.reveal())));
            world.disk.files.insert(file.clone(), (lines.join("\n") + "\n").into_bytes());
        }
        Action::RefreshPackageLists { .. }
        | Action::DownloadModules { .. }
        | Action::WarmLibraries { .. }
        | Action::BuildProgram { .. }
        | Action::Prove { .. }
        | Action::WarmFyneBuild { .. } => return false,
        other => panic!("no plan for a Windows has this: {other:?}"),
    }
    true
}

fn installed(world: &mut World, name: &str, models: &Models) {
    let model = match name {
        "BrechtSanders.WinLibs.POSIX.UCRT" => &models.winlibs,
        "MartinStorsjo.LLVM-MinGW.UCRT" => &models.llvm,
        "Microsoft.VisualStudio.2022.BuildTools" => {
            let model = &models.msvc;
            world.has_vswhere(model.vswhere.as_deref().expect("it says that"));
            for file in &model.files {
                world.disk.files.insert(file.clone(), b"MZ".to_vec());
            }
            world.row.cl.clone_from(&model.cl);
            return;
        }
        other => panic!("nobody said what winget makes of {other}"),
    };
    // As it is in this user's folder.
    let home = format!("C:/Users/{}/", world.row.user);
    for it in &model.compilers {
        let mut one = it.clone();
        let rest = one.program.strip_prefix("C:/Users/Ann/").expect("in the folder of the user");
        one.program = Path::new(&home).join(rest);
        let bin = one.program.parent().expect("a directory").to_path_buf();
        world.disk.files.insert(one.program.clone(), b"MZ".to_vec());
        world.row.compilers.retain(|it| it.program != one.program);
        world.row.compilers.push(one);
        // winget puts it behind what is there.
        let path = format!("{};{}", world.env["PATH"], PathStyle::Windows.shown(&bin));
        if !PathStyle::Windows.list(&world.env["PATH"]).contains(&bin) {
            world.env.insert("PATH".into(), path);
        }
    }
}

fn go(world: &mut World, version: &str, root: &Path) {
    let arch = if world.row.arch == "aarch64" { "arm64" } else { "amd64" };
    let programs = trees::PROGRAMS.iter().map(|it| format!("{it}.exe"));
    let tools = trees::TOOLS.iter().map(|it| format!("pkg/tool/windows_{arch}/{it}.exe"));
    for file in programs.chain(tools).chain(trees::FILES.iter().map(|it| (*it).to_owned())) {
        world.disk.files.insert(root.join(file), b"MZ".to_vec());
    }
    world.disk.files.insert(root.join("VERSION"), format!("go{version}\n").into_bytes());
    let program = root.join("bin/go.exe");
    world.row.answers.retain(|it| it.program != program);
    let out = format!("go version go{version} windows/{arch}\n");
    world.row.answers.push(Canned { program, args: "version".into(), code: 0, out, err: String::new() });
}

fn variable(world: &mut World, key: &RegistryKey, name: &str, change: &VariableChange) {
    assert!(key.is(&RegistryKey::user_environment()), "{key}");
    let values = world.registry.entry(key.clone()).or_default();
    let there = values.keys().find(|it| it.eq_ignore_ascii_case(name)).cloned();
    let name = there.unwrap_or_else(|| name.to_owned());
    match change {
        VariableChange::Remove => {
            values.remove(&name);
            world.env.remove(&PathStyle::Windows.variable(&name));
        }
        VariableChange::Front { dirs } => {
            let value = with_front(values.get(&name), dirs).expect("it fits");
            values.insert(name, value);
            let now = RegistryValue::sz(&world.env["PATH"]);
            let now = with_front(Some(&now), dirs).expect("it fits").text().expect("text");
            world.env.insert("PATH".into(), now);
        }
    }
}

/// The directory that a path lies in, and the links that lead there followed.
pub fn real(links: &std::collections::BTreeMap<PathBuf, PathBuf>, path: &Path) -> PathBuf {
    let through = links.iter().find_map(|(link, target)| {
        let rest = path.strip_prefix(link).ok().filter(|it| !it.as_os_str().is_empty())?;
        Some(target.join(rest))
    });
    through.unwrap_or_else(|| path.to_path_buf())
}
