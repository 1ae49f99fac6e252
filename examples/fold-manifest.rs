//! Prints the manifest as it is signed: `fold-manifest --version N --issued T --expires T`, of the files in `manifests/`
//! that this program was built with. Times are RFC 3339, UTC: `2026-11-24T00:00:00Z`. `scripts/release manifest` calls it.
#![allow(clippy::disallowed_macros, clippy::print_stdout)]

use std::error::Error;

use fyne_setup::manifest::fold::{Parts, Stamp, fold};

const USAGE: &str = "usage: fold-manifest --version N --issued T --expires T";

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let at = words.iter().position(|it| it == name)?;
        words.get(at + 1).map(String::as_str)
    };
    let (Some(version), Some(issued), Some(expires)) =
        (value("--version"), value("--issued"), value("--expires"))
    else {
        return Err(USAGE.into());
    };
    let stamp = Stamp { version: version.parse()?, issued: issued.parse()?, expires: expires.parse()? };
    print!("{}", fold(&Parts::embedded(), &stamp)?);
    Ok(())
}
