//! Puts the manifest into the program for Windows: texts are UTF-8, paths may be long, and no rights are asked for (a name
//! with "setup" in it makes Windows guess otherwise).

#![expect(clippy::disallowed_methods, clippy::disallowed_macros, reason = "it asks Cargo, and tells it")]

use embed_manifest::manifest::SupportedOS;
use embed_manifest::{embed_manifest, new_manifest};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|it| it == "windows") {
        let manifest =
            new_manifest("fyne-setup").supported_os(SupportedOS::Windows10..=SupportedOS::Windows10);
        embed_manifest(manifest).expect("the directory for what is built can be written");
    }
}
