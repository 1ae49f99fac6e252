//! The texts that this program carries, deflated by `build.rs` to a quarter of their size, and inflated when somebody asks.
//! To add one: its file in `build.rs`, its constant here, and its row in the test. Small ones are not worth it: `include_str!`.

use std::io::Read as _;

use flate2::bufread::DeflateDecoder;

/// A text of this program.
#[derive(Clone, Copy, Debug)]
pub struct Embedded(&'static [u8]);

macro_rules! embedded {
    ($name:literal) => {
        Embedded(include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".deflate")))
    };
}

/// `manifests/compat.toml`
pub const COMPAT: Embedded = embedded!("compat.toml");
/// `manifests/proven.toml`
pub const PROVEN: Embedded = embedded!("proven.toml");
/// `manifests/packages.toml`
pub const PACKAGES: Embedded = embedded!("packages.toml");
/// `manifests/symptoms.toml`
pub const SYMPTOMS: Embedded = embedded!("symptoms.toml");
/// `src/report/schema.json`
pub const SCHEMA: Embedded = embedded!("schema.json");
/// All of `provision/templates`, and `provision/ansible`: each file behind a character that none has and a line of its path there.
pub const PROVISION: Embedded = embedded!("provision");
/// What commands say in English: all of `locales/en` but what pages alone say.
pub const ENGLISH: Embedded = embedded!("en.ftl");
/// What only `explain` and pages of `docs/` say in English.
pub const ENGLISH_PAGES: Embedded = embedded!("en-pages.ftl");
/// What commands say in 简体中文.
pub const CHINESE: Embedded = embedded!("zh-CN.ftl");
/// What only `explain` and pages of `docs/` say in 简体中文.
pub const CHINESE_PAGES: Embedded = embedded!("zh-CN-pages.ftl");

impl Embedded {
    /// The text as it is in the tree.
    pub fn text(self) -> String {
        let mut text = String::with_capacity(self.0.len() * 5);
        DeflateDecoder::new(self.0)
            .read_to_string(&mut text)
            .expect("what build.rs deflated: a test reads each");
        text
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "it compares with the files of the tree")]
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    fn in_tree(path: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
    }

    fn read(path: impl AsRef<Path>) -> String {
        fs::read_to_string(path).expect("our own file")
    }

    #[test]
    fn each_embedded_text_is_its_file() {
        for (embedded, file) in [
            (COMPAT, "manifests/compat.toml"),
            (PROVEN, "manifests/proven.toml"),
            (PACKAGES, "manifests/packages.toml"),
            (SYMPTOMS, "manifests/symptoms.toml"),
            (SCHEMA, "src/report/schema.json"),
        ] {
            assert!(embedded.text() == read(in_tree(file)), "{file} is not what is embedded");
            assert!(embedded.0.len() * 2 < embedded.text().len(), "{file} is not worth its deflating");
        }
    }

    #[test]
    fn all_templates_are_embedded_each_under_its_path() {
        fn walk(dir: &Path, found: &mut Vec<PathBuf>) {
            for path in fs::read_dir(dir).expect("our own folder").flatten().map(|it| it.path()) {
                if path.is_dir() { walk(&path, found) } else { found.push(path) }
            }
        }
        let root = in_tree("provision/templates");
        let mut found = Vec::new();
        walk(&root, &mut found);
        let text = PROVISION.text();
        for file in &found {
            let name = file.strip_prefix(&root).expect("below it").display().to_string().replace('\\', "/");
            let whole = format!("\u{1}{name}\n{}", read(file));
            assert_eq!(whole.matches('\u{1}').count(), 1, "{name} has the character between files");
            assert!(text.contains(&whole), "{name} is not what is embedded");
        }
        assert!(text.matches('\u{1}').count() > found.len(), "the Ansible collection is there too");
    }

    #[test]
    fn each_catalogue_is_all_files_of_its_language_but_that_of_the_pages() {
        let mut names = Vec::new();
        for (embedded, pages, dir) in
            [(ENGLISH, ENGLISH_PAGES, "locales/en"), (CHINESE, CHINESE_PAGES, "locales/zh-CN")]
        {
            let mut files: Vec<PathBuf> =
                fs::read_dir(in_tree(dir)).expect("our own folder").flatten().map(|it| it.path()).collect();
            files.sort();
            let apart = |it: &Path| it.ends_with("errors.ftl") || it.ends_with("explain.ftl");
            let of_pages: String = files.iter().filter(|it| apart(it)).map(read).collect();
            assert!(pages.text() == of_pages, "the pages of {dir} are not what is embedded");
            files.retain(|it| !apart(it));
            assert!(
                files.iter().all(|it| read(it).ends_with('\n')),
                "{dir}: the next file begins on a line of its own"
            );
            let all: String = files.iter().map(read).collect();
            assert!(embedded.text() == all, "{dir} is not what is embedded");
            names.push(files.iter().map(|it| it.file_name().map(ToOwned::to_owned)).collect::<Vec<_>>());
        }
        assert_eq!(names[0], names[1], "both languages have the same files");
    }
}
