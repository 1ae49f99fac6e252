//! `install`: its arguments.

use std::path::PathBuf;

use super::context::Context;
use super::options::{Versions, allowed, dir, goal, goproxy, mirror, named, yes_or_no};
use crate::app::bundle::{self, install::Given};
use crate::app::install::{Wishes, install as install_here};
use crate::app::survey::{LockUse, VersionArgs};
use crate::failure::Failure;
use crate::report::Report;
use crate::want::{Allowed, Goal};

/// `install`: from anything to a proven environment.
#[derive(Debug, Default, clap::Args)]
#[group(id = "install")] // `plan` has its own beside it
pub struct Args {
    /// Which versions.
    #[command(flatten)]
    pub versions: Versions,
    /// What the machine is for.
    #[arg(long, env = "FYNE_SETUP_GOAL", value_name = "GOAL", default_value = "desktop", value_parser = goal())]
    pub goal: Goal,
    /// Exactly what the project's lock file says, or nothing.
    #[arg(long, env = "FYNE_SETUP_LOCKED", value_parser = yes_or_no())]
    pub locked: bool,
    /// Replaces a good Go or CLI by the recommended one.
    #[arg(long, env = "FYNE_SETUP_UPGRADE", value_parser = yes_or_no())]
    pub upgrade: bool,
    /// Where archives of Go come from first.
    #[arg(long, env = "FYNE_SETUP_GO_MIRROR", value_name = "URL", value_delimiter = ',', value_parser = mirror())]
    pub go_mirror: Vec<String>,
    /// Where modules come from, as GOPROXY has it.
    #[arg(long, env = "FYNE_SETUP_GOPROXY", value_name = "LIST", value_parser = goproxy())]
    pub goproxy: Option<String>,
    /// Where Go goes.
    #[arg(long, env = "FYNE_SETUP_PREFIX", value_name = "DIR", value_parser = dir())]
    pub prefix: Option<PathBuf>,
    /// Equips root although `sudo` was typed from a user's account.
    #[arg(long, env = "FYNE_SETUP_FOR_ROOT", value_parser = yes_or_no())]
    pub for_root: bool,
    /// For all users of this machine, not for who runs it.
    #[arg(long, env = "FYNE_SETUP_SYSTEM", value_parser = yes_or_no())]
    pub system: bool,
    /// Without the window at the end.
    #[arg(long, env = "FYNE_SETUP_NO_PROOF", value_parser = yes_or_no())]
    pub no_proof: bool,
    /// Without warming the cache for `fyne build`.
    #[arg(long, env = "FYNE_SETUP_NO_WARM", value_parser = yes_or_no())]
    pub no_warm: bool,
    /// Without a block in the profiles.
    #[arg(long, env = "FYNE_SETUP_NO_MODIFY_PATH", value_parser = yes_or_no())]
    pub no_modify_path: bool,
    /// Without a container on systems that take no packages.
    #[arg(long, env = "FYNE_SETUP_NO_CONTAINER", value_parser = yes_or_no())]
    pub no_container: bool,
    /// Packages go into the next image, on a system that comes as one.
    #[arg(long, env = "FYNE_SETUP_LAYER", value_parser = yes_or_no())]
    pub layer: bool,
    /// Microsoft's compiler as well, on Windows.
    #[arg(long, env = "FYNE_SETUP_MSVC", value_parser = yes_or_no())]
    pub msvc: bool,
    /// What goes beyond this system, and may be done.
    #[arg(long, env = "FYNE_SETUP_ALLOW", value_name = "ID", value_delimiter = ',', value_parser = allowed())]
    pub allow: Vec<Allowed>,
    /// Prints what took how long, and the critical path.
    #[arg(long, env = "FYNE_SETUP_TIMINGS", value_parser = yes_or_no())]
    pub timings: bool,
}

/// `install` by itself: what `plan install` does not take.
#[derive(Debug, clap::Args)]
pub struct Install {
    /// What `plan` takes too.
    #[command(flatten)]
    pub args: Args,
    /// Everything comes from this bundle.
    #[arg(long, env = "FYNE_SETUP_BUNDLE", value_name = "FILE")]
    pub bundle: Option<PathBuf>,
    /// The public key of the bundle's owner.
    #[arg(long, env = "FYNE_SETUP_KEY", value_name = "PUB")]
    pub key: Option<String>,
    /// The bundle is the user's own word.
    #[arg(long, env = "FYNE_SETUP_UNSIGNED", value_parser = yes_or_no())]
    pub unsigned: bool,
}

impl Args {
    /// Without what is no wish.
    pub fn wishes(&self) -> Wishes {
        let (goproxy, as_set) = named(self.goproxy.as_deref());
        let lock = if self.locked { LockUse::Only } else { LockUse::Obey };
        Wishes {
            versions: VersionArgs { msvc: self.msvc, lock, ..self.versions.asked(self.goal) },
            upgrade: self.upgrade,
            prefix: self.prefix.clone(),
            proof: !self.no_proof,
            warm: !self.no_warm,
            modify_path: !self.no_modify_path,
            container: !self.no_container,
            layer: self.layer,
            goproxy,
            as_set,
            go_mirrors: self.go_mirror.iter().map(|it| it.as_str().into()).collect(),
        }
    }
}

/// Runs it.
pub fn run(install: &Install, context: &Context) -> Result<Report, Failure> {
    let (session, args) = (context.session, &install.args);
    let Some(file) = install.bundle.clone() else {
        return install_here(session, args.wishes(), args.for_root, args.timings);
    };
    // What is typed beats what is set: a key that a variable names says nothing of a bundle that the user vouches for.
    let mut typed = session.options.argv.iter().take_while(|it| *it != "--");
    let key = install.key.clone().filter(|_| !typed.any(|it| it == "--unsigned"));
    let given = Given { file, key, unsigned: install.unsigned };
    bundle::install(session, args.wishes(), &given, args.for_root, args.timings)
}
