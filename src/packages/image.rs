//! Systems whose programs come as one image: what a person types there instead of an installation. Runs nothing; which
//! systems these are, `probe::image` knows.

use std::path::Path;

use super::table::Table;
use super::{PackageManager, by_name};
use crate::facts::Host;
use crate::facts::host::{ContainerTool, ImageKind};
use crate::quoting::quoted;

/// The container that we name.
const NAME: &str = "fyne";

/// A container that shares the person's home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// Its name.
    pub name: &'static str,
    /// Lists those that there are.
    pub list: Vec<String>,
    /// Makes it, without asking.
    pub create: Vec<String>,
    /// What stands in front of a command that is to run in it.
    pub enter: Vec<String>,
    /// This program, as it is called inside.
    pub program: String,
    /// The line that takes it away again.
    pub remove: String,
}

impl Container {
    /// Whether it is among those that `list` printed.
    pub fn is_in(&self, listed: &str) -> bool {
        listed.lines().any(|it| it.split([' ', '\t', '|']).any(|it| it == self.name))
    }
}

impl Table {
    /// The container that is made on a system that takes no packages. `None` where it has no tool for that.
    pub fn container(&self, host: &Host) -> Option<Container> {
        let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let (list, create, enter, remove) = match host.image.as_ref()?.tool? {
            ContainerTool::Toolbox => (
                "/usr/bin/toolbox list --containers",
                "/usr/bin/toolbox --assumeyes create",
                "/usr/bin/toolbox run --container fyne",
                "toolbox rm --force",
            ),
            ContainerTool::Distrobox => (
                "/usr/bin/distrobox list --no-color",
                "/usr/bin/distrobox create --yes --name",
                "/usr/bin/distrobox enter --name fyne --",
                "distrobox rm --force",
            ),
        };
        Some(Container {
            name: NAME,
            list: words(list),
            create: words(&format!("{create} {NAME}")),
            enter: words(enter),
            program: inside(host),
            remove: format!("{remove} {NAME}"),
        })
    }

    /// The line that makes a container, which shares the person's home, and installs in it. `None` where the system has no
    /// tool for that.
    pub fn contained(&self, host: &Host) -> Option<String> {
        let tool = host.image.as_ref()?.tool?;
        let program = quoted(&inside(host));
        Some(match tool {
            ContainerTool::Toolbox => {
                format!("toolbox create {NAME} && toolbox run --container {NAME} {program} install")
            }
            ContainerTool::Distrobox => {
                format!(
                    "distrobox create --name {NAME} && distrobox enter --name {NAME} -- {program} install"
                )
            }
        })
    }

    /// The manager that we add packages to the next image with, where somebody wants that.
    pub fn layering(&self, host: &Host) -> Option<&'static dyn PackageManager> {
        host.image.as_ref().filter(|it| it.layers && it.kind == ImageKind::Ostree)?;
        by_name("rpm-ostree")
    }

    /// The line that adds packages to the next image, which counts after a restart.
    pub fn layered(&self, host: &Host, names: &[String]) -> Option<String> {
        let image = host.image.as_ref().filter(|it| it.layers && !names.is_empty())?;
        let line = match image.kind {
            ImageKind::Ostree => "rpm-ostree install --idempotent",
            ImageKind::Transactional => "sudo transactional-update pkg install",
            ImageKind::Steamos | ImageKind::Abroot => return None,
        };
        Some(format!("{line} {}", names.join(" ")))
    }
}

/// This program as it is called inside a container: what lies outside the home is there below /run/host.
fn inside(host: &Host) -> String {
    let program = host.identity.executable.as_path();
    let at_home =
        |it: &Path| it.starts_with(host.home()) || it.starts_with("/home") || it.starts_with("/var/home");
    if program.as_os_str().is_empty() {
        return "fyne-setup".into();
    }
    let shown = program.to_string_lossy();
    if at_home(program) { shown.into_owned() } else { format!("/run/host{shown}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Fact;
    use crate::facts::host::{Distro, Image, Rights};

    #[test]
    fn an_image_is_never_installed_into_and_a_container_is_made_beside_it() {
        let table = Table::embedded();
        let names = ["gcc".to_owned(), "libX11-devel".to_owned()];
        let boxed = "fyne && toolbox run --container fyne /home/dev/.local/bin/fyne-setup install";
        let entered = "fyne && distrobox enter --name fyne -- /run/host/usr/local/bin/fyne-setup install";
        let (toolbox, distrobox) =
            (format!("toolbox create {boxed}"), format!("distrobox create --name {entered}"));
        let layer = "rpm-ostree install --idempotent gcc libX11-devel";
        let update = "sudo transactional-update pkg install gcc libX11-devel";
        for (id, kind, tool, layers, program, line, layered) in [
            (
                "fedora",
                ImageKind::Ostree,
                Some(ContainerTool::Toolbox),
                true,
                "/home/dev/.local/bin",
                Some(&toolbox),
                Some(layer),
            ),
            (
                "steamos",
                ImageKind::Steamos,
                Some(ContainerTool::Distrobox),
                false,
                "/usr/local/bin",
                Some(&distrobox),
                None,
            ),
            ("opensuse-microos", ImageKind::Transactional, None, true, "/usr/local/bin", None, Some(update)),
        ] {
            let distro =
                Distro { id: id.into(), like: vec!["arch".into(), "opensuse".into()], ..Distro::default() };
            let image = Some(Image { kind, tool, layers });
            let home = Fact::Here("/home/dev".into());
            let mut host =
                Host { distro: Fact::Here(distro), image, home, rights: Rights::Root, ..Host::default() };
            host.identity.executable = Path::new(program).join("fyne-setup");
            assert!(table.family(&host).is_some() && table.manager_for(&host).is_none(), "{id}");
            assert_eq!(table.contained(&host).as_ref(), line, "{id}");
            assert_eq!(table.layered(&host, &names).as_deref(), layered, "{id}");
            let paste = table.paste(&host, &names);
            assert_eq!(paste.as_deref(), line.map(String::as_str).or(layered), "{id}");
            let container = table.container(&host);
            assert_eq!(container.is_some(), line.is_some(), "{id}");
            if let Some(it) = container {
                assert!(line.is_some_and(|line| line.contains(&it.enter[1..].join(" "))), "{it:?}");
                let listed = "CONTAINER ID  CONTAINER NAME     CREATED     STATUS   IMAGE NAME\n\
                    1a2b  fyne  3 days ago  running  fedora-toolbox:43\n";
                assert!(it.is_in(listed) && it.is_in("ID | NAME | STATUS\n1 | fyne | Up\n"));
                assert!(!it.is_in(&listed.replace("fyne", "fyne-old")) && !it.is_in(""));
            }
            host.image = None;
            assert!(table.manager_for(&host).is_some(), "{id} in a container is an ordinary system");
        }
    }
}
