//! What this program was built for, in the words of those who publish it: `x86_64-unknown-linux-musl`.

use std::env::consts::{ARCH, EXE_SUFFIX};

/// The system of this program: `linux`, `macos`, `windows`.
pub const OS: &str = std::env::consts::OS;

/// The triple of what is published for this machine.
pub fn triple() -> String {
    published(ARCH, OS)
}

/// What a program is called here, in an archive too: on Windows it ends in `.exe`.
pub fn executable(name: &str) -> String {
    format!("{name}{EXE_SUFFIX}")
}

/// On Linux what is published is static, on Windows MinGW's, whatever this one is.
fn published(arch: &str, os: &str) -> String {
    let system = match os {
        "macos" => "apple-darwin",
        "windows" => "pc-windows-gnu",
        _ => "unknown-linux-musl",
    };
    format!("{arch}-{system}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_triples_are_those_that_a_release_builds() {
        let script = include_str!("../../scripts/release.d/build");
        let built = script.lines().find_map(|it| it.split_once("|| targets=(")).expect("the default").1;
        let built: Vec<&str> = built.trim_end_matches(')').split(' ').collect();
        let ours = [("x86_64", "linux"), ("aarch64", "linux"), ("x86_64", "windows")];
        assert_eq!(built, ours.map(|(arch, os)| published(arch, os)));
    }
}
