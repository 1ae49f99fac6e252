//! Brings a Go to a directory, the way `install` does: `install-go VERSION DIR`, with GOPROXY as the source. It shows how
//! the parts of the library fit together, and `scripts/bench install` times it. It has no plan, no journal and no undo.
#![allow(clippy::disallowed_macros, clippy::print_stdout)]

use std::error::Error;
use std::path::Path;

use fyne_setup::failure::Failure;
use fyne_setup::fetch::go::unpack;
use fyne_setup::fetch::progress::Quiet;
use fyne_setup::fetch::sources::{Build, Mirrors, sources};
use fyne_setup::fetch::sumdb::Client;
use fyne_setup::places::Places;
use fyne_setup::system::children::RealChildren;
use fyne_setup::system::disk::RealDisk;
use fyne_setup::system::net::RealNet;
use fyne_setup::system::real::RealLook;
use fyne_setup::system::{Disk as _, Look as _, System};
use fyne_setup::version::GoVersion;

fn main() -> Result<(), Box<dyn Error>> {
    let env = RealLook::environment();
    let mut words = std::env::args().skip(1);
    let (Some(version), Some(to)) = (words.next(), words.next()) else {
        return Err("usage: install-go VERSION DIR".into());
    };
    let version = version.parse::<GoVersion>().map_err(|_| "that is no version of Go")?;
    let goproxy = env.get("GOPROXY").cloned().ok_or("GOPROXY names no source")?;
    let home = env.get("HOME").cloned().ok_or("there is no HOME")?;
    let places = Places::linux(home.as_ref(), |name| env.get(name).cloned());

    let net = RealNet::new(&env);
    let look = RealLook::new(env, places.scratch());
    let system = System { look: &look, disk: &RealDisk, net: &net, children: &RealChildren::default() };
    let identity = look.identity();
    let build = Build::of(version, &identity.os, &identity.arch);
    let from = sources(&[], &goproxy, &Mirrors::embedded(), &identity.os);
    let client = Client::for_proxies(system, &places.sumdb(), &goproxy);
    let sums = |path: &str, version: &str| client.lookup(path, version).map_err(Failure::from);

    let staged = unpack(system, &places, &from, &build, &sums, &Quiet, "example")
        .map_err(Failure::from)
        .map_err(|it| it.message.to_string())?;
    RealDisk.rename(staged.root(), Path::new(&to))?;
    println!(
        "{} from {}, {} bytes, as the checksum database has it",
        build.module_version(),
        staged.from(),
        staged.bytes()
    );
    Ok(())
}
