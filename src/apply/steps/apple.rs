//! What keeps macOS from starting a program, taken away from what this run itself has proven or built, and from nothing else:
//! the mark of a download, which a terminal that lives in a sandbox puts on all that its programs write; and a signature that
//! does not hold, which Apple's processors do not run. To do the same to what merely lies there would let a changed program run.

use std::path::Path;
use std::time::Duration;

use super::StepContext;
use super::child::to_its_end;
use crate::failure::Failure;
use crate::probe::apple;
use crate::probe::native::macos::developer_tools;
use crate::system::{Environment, Output, Spawn};

const POLL: Duration = Duration::from_millis(50);

/// Takes the mark off `at`, and off all that is in it, where `program` has it. What stays marked the next check tells.
pub fn unmark(site: &StepContext<'_>, at: &Path, program: &Path) -> Result<(), Failure> {
    if !site.facts.host.is_mac() || !apple::quarantine(site.system.look, program).is_here() {
        return Ok(());
    }
    run(site, "/usr/bin/xattr", &["-d", "-r", apple::QUARANTINE], at)?;
    if apple::quarantine(site.system.look, program).is_absent() {
        site.events.note(&text!("apply-mac-unmarked", path = at));
    }
    Ok(())
}

/// Signs a program as the linker does, for this Mac alone, where its signature does not hold; says whether it did. It asks
/// Apple's tools, which open a dialogue where they are not there: then it stays as it was built.
pub fn sign(site: &StepContext<'_>, program: &Path) -> Result<bool, Failure> {
    let look = site.system.look;
    let silicon = site.facts.host.is_mac() && site.facts.host.processor() == "aarch64";
    if !silicon || !apple::verified(look, program).is_here() {
        return Ok(false);
    }
    if !developer_tools(look, site.settings).is_usable() {
        return Ok(false);
    }
    run(site, "/usr/bin/codesign", &["--force", "--sign", "-"], program)?;
    let holds = apple::verified(look, program).is_absent();
    if holds {
        site.events.note(&text!("apply-mac-signed", path = program));
    }
    Ok(holds)
}

/// Runs one of Apple's programs on a file of ours. How it ends is nobody's word: what it was for is looked at again.
fn run(site: &StepContext<'_>, program: &str, options: &[&str], at: &Path) -> Result<(), Failure> {
    let path = at.to_string_lossy();
    let spawn = Spawn {
        program: program.into(),
        args: options.iter().copied().chain([&*path]).map(str::to_owned).collect(),
        env: Environment::of_system(),
        dir: "/".into(),
        output: Output::Lines,
        ..Spawn::default()
    };
    to_its_end(site, &spawn, POLL, || ()).map(drop)
}
