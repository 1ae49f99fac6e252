//! Whether the system comes as one image, and what it has to develop with all the same. A container on it is an ordinary
//! system of its own.

use std::path::Path;

use crate::fact::Fact;
use crate::facts::host::{ContainerTool, Distro, Image, ImageKind};
use crate::system::Look;

/// What tells of an image, the program that adds packages to the next one, and which container tool it comes with.
struct Row {
    kind: ImageKind,
    /// One of these is there.
    marks: &'static [&'static str],
    /// `ID`s of os-release.
    ids: &'static [&'static str],
    /// Adds packages to the next image.
    layering: Option<&'static str>,
}

const ROWS: &[Row] = &[
    Row {
        kind: ImageKind::Ostree,
        marks: &["/run/ostree-booted"],
        ids: &[],
        layering: Some("/usr/bin/rpm-ostree"),
    },
    // It can be installed on an ordinary openSUSE too, where it does nothing; the IDs are those of the images.
    Row {
        kind: ImageKind::Transactional,
        marks: &[],
        ids: &["opensuse-microos", "opensuse-aeon", "aeon", "kalpa", "suse-microos", "sl-micro", "sle-micro"],
        layering: Some("/usr/sbin/transactional-update"),
    },
    Row { kind: ImageKind::Steamos, marks: &[], ids: &["steamos"], layering: None },
    // Vanilla OS says that it is Ubuntu or Debian.
    Row { kind: ImageKind::Abroot, marks: &["/usr/bin/abroot"], ids: &["vanilla"], layering: None },
];

/// Looks, outside containers.
pub fn probe(look: &dyn Look, distro: &Fact<Distro>, container: bool) -> Option<Image> {
    let there = |path: &str| look.stat(Path::new(path)).is_here();
    let id = distro.here().map(|it| it.id.as_str()).unwrap_or_default();
    let is = |row: &&Row| row.ids.contains(&id) || row.marks.iter().any(|it| there(it));
    let row = ROWS.iter().filter(|_| !container).find(is)?;
    let tools =
        [("/usr/bin/toolbox", ContainerTool::Toolbox), ("/usr/bin/distrobox", ContainerTool::Distrobox)];
    // CoreOS has a `toolbox` of another kind beside no desktop; where both are there, toolbox is the system's own.
    let tool = tools.into_iter().find(|it| there(it.0)).map(|it| it.1);
    Some(Image { kind: row.kind, tool, layers: row.layering.is_some_and(there) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::Places;
    use crate::probe::host;
    use crate::system::fake::Machine;

    fn seen(machine: &Machine) -> Option<Image> {
        host::probe(machine, &Places::linux(Path::new("/root"), |_| None)).image
    }

    #[test]
    fn images_are_told_from_ordinary_systems_and_from_containers_on_them() {
        let silverblue = || {
            Machine::linux()
                .file("/etc/os-release", "ID=fedora\nVERSION_ID=43\nVARIANT_ID=silverblue\n")
                .file("/run/ostree-booted", "")
                .program("/usr/bin/rpm-ostree")
                .program("/usr/bin/toolbox")
        };
        let image = |kind, tool, layers| Some(Image { kind, tool, layers });
        let (toolbox, distrobox) = (Some(ContainerTool::Toolbox), Some(ContainerTool::Distrobox));
        assert_eq!(seen(&silverblue()), image(ImageKind::Ostree, toolbox, true));
        assert_eq!(seen(&silverblue().file("/run/.containerenv", "")), None);
        assert_eq!(seen(&silverblue().var("container", "oci")), None);
        for (id, program, want) in [
            ("fedora", "/usr/bin/toolbox", None),
            ("opensuse-tumbleweed", "/usr/sbin/transactional-update", None),
            (
                "opensuse-microos",
                "/usr/sbin/transactional-update",
                image(ImageKind::Transactional, None, true),
            ),
            ("aeon", "/usr/bin/distrobox", image(ImageKind::Transactional, distrobox, false)),
            ("steamos", "/usr/bin/distrobox", image(ImageKind::Steamos, distrobox, false)),
            ("ubuntu", "/usr/bin/abroot", image(ImageKind::Abroot, None, false)),
        ] {
            let machine = Machine::linux().file("/etc/os-release", format!("ID={id}\n")).program(program);
            assert_eq!(seen(&machine), want, "{id} {program}");
        }
    }
}
