//! A first program: `main.go`, and a `go.mod` and `go.sum` that name the Fyne that was prepared, line for line those of the
//! proof program. It is built once in its place, so that whoever is told to run it does not find out that it does not
//! build. Its files go together or not at all.

use std::path::Path;

use super::sums::confirm;
use super::{Prepared, StepContext, build};
use crate::action::FirstProgram;
use crate::digest::Digest;
use crate::fact::Fact;
use crate::facts::gosum;
use crate::failure::Failure;
use crate::journal::undo::{Undo, missing_dirs};
use crate::prove::program::{self, NAMES};
use crate::version::Version;

/// Writes it and builds it.
pub fn create<'s>(
    id: u32,
    site: &'s StepContext<'s>,
    FirstProgram { dir, module, fyne }: &'s FirstProgram,
) -> Result<Prepared<'s>, Failure> {
    let files = program::first(fyne, module, || resolved(site, fyne))?;
    let digests = files.iter().map(|(name, text)| ((*name).to_owned(), Digest::of(text.as_bytes())));
    let own = Undo::RemoveFiles { dir: dir.to_owned(), wrote: digests.collect() };
    let undo = std::iter::once(own).chain(missing_dirs(site.system.look, &dir.join(NAMES[0]))).collect();
    Ok(Prepared::new(undo, move || {
        site.system.disk.make_dir(dir, 0o755)?;
        for (name, text) in &files {
            site.system.disk.write(&dir.join(name), text.as_bytes(), None)?;
        }
        build::first_program(id, site, dir, fyne)
    }))
}

/// The go.mod and go.sum that `DownloadModules` left in the proof program for a Fyne that is not embedded: each line of
/// go.sum is what the checksum database has.
fn resolved(site: &StepContext<'_>, fyne: &Version) -> Result<(String, String), Failure> {
    let dir = site.places.cache.join("proof-program").join(fyne.to_string());
    let text = |name: &str| match site.system.look.read(&dir.join(name)) {
        Fact::Here(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Fact::Absent => Err(not_there(&dir.join(name))),
        Fact::Unknown(why) => Err(super::sums::unread(&dir.join(name), why)),
    };
    let (go_mod, go_sum) = (text("go.mod")?, text("go.sum")?);
    confirm(site, &gosum::parse(&go_sum))?;
    Ok((go_mod, go_sum))
}

fn not_there(file: &Path) -> Failure {
    super::sums::unread(file, text!("why-absent").into())
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::action::Action;
    use crate::apply::revert::StepUndone;
    use crate::apply::stand::Stand;
    use crate::failure::Code;
    use crate::prove::program::EMBEDDED;
    use crate::system::fake::{Machine, Scripted};

    fn action() -> Action {
        let fyne = EMBEDDED.parse().expect("a version");
        Action::CreateProgram(FirstProgram { dir: "/root/hello".into(), module: "hello".into(), fyne })
    }

    /// A machine on which it was made, with what Go was asked.
    fn made(build: i32) -> (Stand, Result<(), Code>, Vec<String>) {
        let stand = Stand::new(Machine::linux());
        let (done, lines) = {
            let children = Scripted::on(&stand.living)
                .part("/usr/local/go/bin/go list", 0, "fyne-setup package main hello\n")
                .part("/usr/local/go/bin/go build", build, "hello\n");
            (stand.perform(&children, action()), children.lines())
        };
        (stand, done, lines)
    }

    #[test]
    fn it_is_written_and_built_and_taken_back_whole() {
        let (stand, done, lines) = made(0);
        assert_eq!(done, Ok(()));
        let text = |name: &str| stand.living.text(format!("/root/hello/{name}")).unwrap_or_default();
        assert!(text("main.go").contains("ShowAndRun") && text("go.mod").starts_with("module hello\n"));
        assert!(
            text("go.mod").contains(&format!("fyne.io/fyne/v2 v{EMBEDDED}\n")) && text("go.sum").len() > 1000
        );
        assert!(lines.iter().any(|it| it.contains("go build")), "{lines:?}");
        let taken = stand.take_back(&Scripted::on(&stand.living));
        assert!(taken.iter().all(StepUndone::whole), "{taken:?}");
        assert_eq!(text("main.go") + &text("go.mod") + &text("go.sum"), "");
        assert!(!stand.living.now_is().dirs.contains_key(Path::new("/root/hello")));
    }

    #[test]
    fn of_a_program_that_somebody_changed_nothing_goes() {
        let (stand, _, _) = made(0);
        stand.living.change(|it| it.files.insert("/root/hello/main.go".into(), (b"mine".to_vec(), 0o644)));
        let taken = stand.take_back(&Scripted::on(&stand.living));
        assert!(!taken.iter().all(StepUndone::whole), "{taken:?}");
        assert!(stand.living.text("/root/hello/go.mod").is_some_and(|it| it.starts_with("module hello")));
        assert_eq!(stand.living.text("/root/hello/main.go").as_deref(), Some("mine"));
    }

    #[test]
    fn one_that_does_not_build_is_a_failure_with_a_way_back() {
        let (stand, done, _) = made(1);
        assert_eq!(done, Err(Code::BuildFailed));
        stand.take_back(&Scripted::on(&stand.living));
        assert_eq!(stand.living.text("/root/hello/go.mod"), None);
    }
}
