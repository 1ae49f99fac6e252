//! Where a path leads once links are followed, one `stat` at a time through [`Look`]: a recording answers it too.

use std::path::{Component, Path, PathBuf};

use super::{Kind, Look, Stat};
use crate::fact::Fact;

/// More links than any path needs; as many as Linux follows.
const MOST: usize = 40;

/// What stands at a path once links are followed, and where that is. A dangling link is `Absent`.
pub fn resolve(look: &dyn Look, path: &Path) -> Fact<(PathBuf, Stat)> {
    let (at, stat) = follow(look, path);
    stat.map(|stat| (at, stat))
}

/// The path that links finally name, whether or not anything stands there; the path itself where they lead nowhere. A
/// user's file is changed where it lies.
pub fn real_path(look: &dyn Look, path: &Path) -> PathBuf {
    follow(look, path).0
}

fn follow(look: &dyn Look, path: &Path) -> (PathBuf, Fact<Stat>) {
    let mut at = path.to_path_buf();
    for _ in 0..MOST {
        match look.stat(&at) {
            Fact::Here(stat) if stat.kind == Kind::Link => {
                let Some(target) = stat.target else {
                    return (at, Fact::Unknown(text!("why-link").into()));
                };
                at = tidy(&at.parent().unwrap_or(Path::new("/")).join(target));
            }
            stat => return (at, stat),
        }
    }
    (path.to_path_buf(), Fact::Unknown(text!("why-links").into()))
}

/// A directory with the links in every part of its path followed.
pub fn real_directory(look: &dyn Look, dir: &Path) -> PathBuf {
    let mut real = PathBuf::new();
    for part in dir.components() {
        real.push(part);
        if let Fact::Here((target, _)) = resolve(look, &real) {
            real = target;
        }
    }
    real
}

/// Without `.` and `..`, by the words alone.
pub fn tidy(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                out.pop();
            }
            Component::CurDir => {}
            part => out.push(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::fake::Machine;

    #[test]
    fn links_lead_to_what_they_name_and_a_circle_leads_nowhere() {
        let machine = Machine::linux()
            .file("/real/file", "x")
            .link("/a", "b")
            .link("/b", "real/../real/file")
            .link("/gone", "/nowhere")
            .link("/round", "/about")
            .link("/about", "/round");
        let at = |path: &str| resolve(&machine, Path::new(path)).map(|it| it.0);
        assert_eq!(at("/a"), Fact::Here("/real/file".into()));
        assert_eq!((at("/gone"), at("/none")), (Fact::Absent, Fact::Absent));
        assert!(matches!(at("/round"), Fact::Unknown(_)));
        for (path, real) in
            [("/a", "/real/file"), ("/gone", "/nowhere"), ("/none", "/none"), ("/round", "/round")]
        {
            assert_eq!(real_path(&machine, Path::new(path)), PathBuf::from(real), "{path}");
        }
    }
}
