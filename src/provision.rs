//! What `provision` writes: files for the tools that people set machines up with already, filled from the versions and the
//! packages that go together. Text in, text out: `app::provision` resolves the versions and writes.
//!
//! To add a kind: its templates in `provision/templates/KIND`, its row in [`KINDS`], its words in `locales/*/provision.ftl`,
//! its trial in `scripts/provision`, its row in `docs/provision.md`. In a template `@NAME@` is replaced, a line with `@EACH_…@`
//! is written once for each package, and `@copy: ` or `@channel: ` at the front of a line says how the program comes there:
//! only the lines of one of them are written.

use std::fmt::Write as _;

use crate::embedded::PROVISION;
use crate::manifest::Knowledge;
use crate::packages::by_name;
use crate::places::Places;
use crate::want::Target;

mod needs;
#[cfg(test)]
mod tests;

pub use needs::{Needs, cache_key};

/// Something that people set machines up with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its word on the command line.
    pub name: &'static str,
    /// The operating system that it sets up, as Rust names it.
    pub os: &'static str,
    /// What is written, each from the template of the same name. What people begin with stands first.
    pub files: &'static [&'static str],
    /// Where the program has to be, where no channel has it.
    pub program: Program,
}

/// Where the machines that are set up find fyne-setup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// Beside the files.
    Beside,
    /// In the image of the machine.
    InImage,
    /// On the controller, which pushes it, with a channel too.
    OnController,
    /// Nowhere: they do without.
    Nowhere,
}

/// One row a kind.
pub const KINDS: &[Kind] = &[
    Kind { name: "dockerfile", os: "linux", files: &["Dockerfile"], program: Program::Beside },
    Kind {
        name: "devcontainer",
        os: "linux",
        files: &["install.sh", "devcontainer-feature.json"],
        program: Program::Beside,
    },
    Kind { name: "cloud-init", os: "linux", files: &["cloud-init.yaml"], program: Program::InImage },
    Kind { name: "github-action", os: "linux", files: &["action.yml"], program: Program::Beside },
    Kind { name: "gitlab-ci", os: "linux", files: &["fyne.gitlab-ci.yml"], program: Program::Beside },
    Kind {
        name: "packer",
        os: "linux",
        files: &["fyne.pkr.hcl", "plugins.pkr.hcl", "seed/user-data", "seed/meta-data"],
        program: Program::Beside,
    },
    Kind { name: "vagrant", os: "linux", files: &["Vagrantfile"], program: Program::Beside },
    // Not from a template: the collection of `provision/ansible` as it is. Its README says where the program lies.
    Kind { name: "ansible", os: "linux", files: ANSIBLE, program: Program::OnController },
    Kind { name: "brewfile", os: "macos", files: &["Brewfile"], program: Program::Nowhere },
    Kind {
        name: "winget",
        os: "windows",
        files: &["fyne.winget", "Install-Fyne.ps1"],
        program: Program::Beside,
    },
    Kind { name: "nix", os: "linux", files: &["shell.nix"], program: Program::Nowhere },
];

/// The collection, without what is for its developers alone.
const ANSIBLE: &[&str] = &[
    "README.md",
    "CHANGELOG.md",
    "galaxy.yml",
    "meta/runtime.yml",
    "plugins/modules/fyne_setup.py",
    "roles/fyne_setup/defaults/main.yml",
    "roles/fyne_setup/meta/argument_specs.yml",
    "roles/fyne_setup/meta/main.yml",
    "roles/fyne_setup/tasks/main.yml",
    "playbooks/setup.yml",
    "examples/inventory.yml",
    "examples/playbook.yml",
];

/// The distribution that Linux files name packages for, and its version.
pub const LINUX: (&str, &str) = ("debian", "12");
/// Who works on a machine that we make: no root.
const HOME: &str = "/home/dev";
/// Distributions whose manager an image may have, for a script that has to do with any.
const ANY: &[&str] = &["debian", "fedora", "alpine", "opensuse", "arch", "void"];

impl Kind {
    /// A kind by its word.
    pub fn named(name: &str) -> Option<Self> {
        KINDS.iter().copied().find(|it| it.name == name)
    }

    /// What the program is called there.
    pub fn program(self) -> &'static str {
        if self.os == "windows" { "fyne-setup.exe" } else { "fyne-setup" }
    }
}

/// What the templates are filled with.
#[derive(Clone, Copy, Debug)]
pub struct Filling<'a> {
    /// The versions.
    pub target: &'a Target,
    /// The packages that bring what they need.
    pub known: &'a Knowledge,
    /// The processor, as Go names it.
    pub arch: &'a str,
    /// Where released programs are; a URL of plain characters without a `/` at its end.
    pub channel: Option<&'a str>,
}

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Below the directory that people name.
    pub path: &'static str,
    /// All of it.
    pub text: String,
    /// Whether it is run.
    pub executable: bool,
}

/// The files of a kind. The same filling gives the same bytes.
pub fn files(kind: Kind, filling: &Filling) -> Vec<File> {
    let templates = PROVISION.text();
    let values = filling.values();
    let filled = |path: &'static str| {
        let text = fill(template(&templates, kind.name, path), filling.channel.is_some(), &values);
        File { path, text, executable: path == "install.sh" }
    };
    kind.files.iter().copied().map(filled).collect()
}

/// A template out of all of them: each begins with a line of its path, behind a character that none has.
fn template<'a>(all: &'a str, kind: &str, path: &str) -> &'a str {
    let named = format!("{kind}/{path}\n");
    let found = all.split('\u{1}').find_map(|it| it.strip_prefix(&named));
    found.expect("a test fills every file of every kind")
}

enum Value {
    One(String),
    /// A line with it is written once for each.
    Each(Vec<String>),
}

impl Filling<'_> {
    fn values(&self) -> Vec<(&'static str, Value)> {
        let Self { target, known, arch, channel } = *self;
        let needs = |id: &str, version: &str| Needs::of(&known.packages, target, id, version).packages;
        let places = Places::linux(HOME.as_ref(), |_| None);
        // The paths of a Linux, also in a file that is written on Windows.
        let current = places.current().display().to_string().replace('\\', "/");
        let bin = format!("{current}/bin:{HOME}/go/bin");
        let linux = Needs::of(&known.packages, target, LINUX.0, LINUX.1);
        let platform = (format!("linux/{arch}"), format!("{} {}", LINUX.0, LINUX.1));
        let key = cache_key((&platform.0, &platform.1), target, known.manifest.version, &linux);
        let one = |it: &dyn ToString| Value::One(it.to_string());
        vec![
            ("@VERSION@", one(&env!("CARGO_PKG_VERSION"))),
            ("@MANIFEST@", one(&known.manifest.version)),
            ("@GO@", one(&target.go)),
            ("@GO_MIN@", one(&target.library_min.unwrap_or(target.go_min))),
            ("@FYNE@", one(&target.fyne)),
            ("@CLI@", one(&target.cli)),
            ("@ARCH@", one(&arch)),
            ("@CHANNEL@", one(&channel.unwrap_or_default())),
            ("@BIN@", Value::One(bin)),
            ("@KEY@", Value::One(key)),
            ("@CASE_PACKAGES@", Value::One(self.any_manager())),
            ("@EACH_DEBIAN@", Value::Each(linux.packages)),
            ("@EACH_NIX@", Value::Each(needs("nixos", ""))),
            ("@EACH_WINGET@", Value::Each(needs("", ""))),
        ]
    }

    /// For sh: installs what is needed by the manager that is there.
    fn any_manager(&self) -> String {
        let mut text = String::new();
        for id in ANY {
            let Some(family) = self.known.packages.families.iter().find(|it| it.name == *id) else {
                continue;
            };
            let Some(manager) = by_name(&family.manager) else { continue };
            let version = if *id == LINUX.0 { LINUX.1 } else { "" };
            let packages = Needs::of(&self.known.packages, self.target, id, version).packages;
            let word = if text.is_empty() { "if" } else { "elif" };
            let program = manager.program().rsplit('/').next().unwrap_or_default();
            let _ = writeln!(text, "{word} command -v {program} >/dev/null; then");
            for (name, value) in manager.variables() {
                let _ = writeln!(text, "    export {name}={value}");
            }
            let _ = writeln!(text, "    {}", manager.typed(&packages));
        }
        text + "else\n    echo \"fyne: no package manager that is known here\" >&2\n    exit 3\nfi"
    }
}

/// A template with its values.
fn fill(template: &str, channel: bool, values: &[(&'static str, Value)]) -> String {
    let mut text = String::with_capacity(template.len() * 2);
    for line in template.lines() {
        let line = match (line.strip_prefix("@copy: "), line.strip_prefix("@channel: ")) {
            (Some(_), _) if channel => continue,
            (_, Some(_)) if !channel => continue,
            (Some(line), _) | (_, Some(line)) => line,
            _ => line,
        };
        let mut lines = vec![line.to_owned()];
        for (name, value) in values.iter().filter(|it| line.contains(it.0)) {
            let put = |it: &String| -> Vec<String> {
                match value {
                    Value::One(value) => vec![it.replace(name, value)],
                    Value::Each(all) => all.iter().map(|value| it.replace(name, value)).collect(),
                }
            };
            lines = lines.iter().flat_map(put).collect();
        }
        for line in lines {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    text
}
