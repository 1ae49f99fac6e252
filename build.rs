//! Deflates the texts that the program carries (`src/embedded.rs` inflates them), and puts the manifest into the program for
//! Windows: texts are UTF-8, paths may be long, and no rights are asked for (a name with "setup" in it makes Windows guess
//! otherwise).

#![expect(clippy::disallowed_methods, clippy::disallowed_macros, reason = "it asks Cargo, and tells it")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use embed_manifest::manifest::SupportedOS;
use embed_manifest::{embed_manifest, new_manifest};
use flate2::Compression;
use flate2::write::DeflateEncoder;

/// What only `explain` and pages of `docs/` say: no other command is to read it at its start.
const PAGES: [&str; 2] = ["errors.ftl", "explain.ftl"];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    embed_texts();
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|it| it == "windows") {
        let manifest =
            new_manifest("fyne-setup").supported_os(SupportedOS::Windows10..=SupportedOS::Windows10);
        embed_manifest(manifest).expect("the directory for what is built can be written");
    }
}

fn embed_texts() {
    for file in ["compat.toml", "proven.toml", "packages.toml", "symptoms.toml"] {
        deflate(file, &[PathBuf::from("manifests").join(file)]);
    }
    deflate("schema.json", &[PathBuf::from("src/report/schema.json")]);
    templates();
    for language in ["en", "zh-CN"] {
        let dir = Path::new("locales").join(language);
        println!("cargo:rerun-if-changed={}", dir.display());
        let mut files: Vec<PathBuf> =
            fs::read_dir(&dir).expect("the folder of a language").flatten().map(|it| it.path()).collect();
        files.sort();
        let (pages, commands): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|it| PAGES.iter().any(|page| it.ends_with(page)));
        deflate(&format!("{language}.ftl"), &commands);
        deflate(&format!("{language}-pages.ftl"), &pages);
    }
}

/// What `provision` writes as one text: each file behind a character that none has and a line of its path in it. The Ansible
/// collection is a kind of its own; what is for its developers alone stays out.
fn templates() {
    let mut all = Vec::new();
    for (root, below) in [("provision/templates", ""), ("provision/ansible", "ansible/")] {
        let (root, mut open, mut files) = (Path::new(root), vec![PathBuf::from(root)], Vec::new());
        while let Some(dir) = open.pop() {
            println!("cargo:rerun-if-changed={}", dir.display());
            for path in fs::read_dir(&dir).expect("a folder of templates").flatten().map(|it| it.path()) {
                if path.is_dir() { open.push(path) } else { files.push(path) }
            }
        }
        files.sort();
        for file in files {
            let names = file.strip_prefix(root).expect("below it").iter().map(|it| it.to_string_lossy());
            let path = names.collect::<Vec<_>>().join("/");
            if path.starts_with(['.']) || path.starts_with("tests/") || path.contains("__pycache__") {
                continue;
            }
            println!("cargo:rerun-if-changed={}", file.display());
            all.extend(format!("\u{1}{below}{path}\n").into_bytes());
            all.extend(fs::read(file).expect("a text of ours"));
        }
    }
    deflated("provision", &all);
}

/// The texts, one behind the other, as `OUT_DIR/NAME.deflate`: no name and no time in it, and the same bytes on every
/// machine (the encoder in Rust alone; zlib-rs may choose by the processor).
fn deflate(name: &str, files: &[PathBuf]) {
    let mut all = Vec::new();
    for file in files {
        println!("cargo:rerun-if-changed={}", file.display());
        all.extend(fs::read(file).expect("a text of ours"));
    }
    deflated(name, &all);
}

fn deflated(name: &str, text: &[u8]) {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).expect("memory takes it");
    let out = std::env::var_os("OUT_DIR").expect("Cargo says where");
    let bytes = encoder.finish().expect("memory takes it");
    fs::write(Path::new(&out).join(format!("{name}.deflate")), bytes).expect("Cargo's directory takes it");
}
