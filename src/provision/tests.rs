//! Every kind is filled, both ways that the program comes there; and what a cache is named after.

use super::*;
use crate::report::{Lang, Words};
use crate::text::Text;
use crate::want::tests::want;

fn all(channel: Option<&str>) -> Vec<(Kind, File)> {
    let (target, known) = (want().target, Knowledge::embedded());
    let filling = Filling { target: &target, known: &known, arch: "amd64", channel };
    KINDS.iter().flat_map(|kind| files(*kind, &filling).into_iter().map(|it| (*kind, it))).collect()
}

const CHANNELS: [Option<&str>; 2] = [None, Some("https://releases.example/fyne")];

#[test]
fn every_file_is_filled_and_no_placeholder_is_left() {
    for channel in CHANNELS {
        for (kind, file) in all(channel) {
            let name = format!("{}/{}", kind.name, file.path);
            let words = file.text.split('@').skip(1);
            let left =
                words.filter(|it| !it.is_empty() && it.chars().all(|c| c.is_ascii_uppercase() || c == '_'));
            assert_eq!(left.collect::<Vec<_>>(), [""; 0], "{name}");
            assert!(!file.text.contains("@copy") && !file.text.contains("@channel"), "{name}");
            assert!(file.text.ends_with('\n') && file.text.lines().all(|it| it == it.trim_end()), "{name}");
            assert!(!file.text.contains("\n\n\n") || name.ends_with("fyne_setup.py"), "{name}");
        }
    }
}

#[test]
fn a_file_names_the_channel_exactly_when_there_is_one() {
    for (one, other) in all(None).into_iter().zip(all(CHANNELS[1])) {
        assert!(!one.1.text.contains("/install."), "{}", one.1.path);
        let program = !["nix", "ansible"].contains(&one.0.name);
        let begins = other.1.path == other.0.files[0];
        assert_eq!(
            other.1.text.contains("https://releases.example/fyne"),
            program && begins || other.1.path == "Install-Fyne.ps1",
            "{}",
            other.1.path
        );
    }
}

#[test]
fn the_same_filling_gives_the_same_bytes() {
    assert_eq!(all(None), all(None));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "it compares with the files of the tree")]
fn the_ansible_collection_is_written_as_it_is_and_whole() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("provision/ansible");
    let (mut there, mut open) = (Vec::new(), vec![root.clone()]);
    while let Some(dir) = open.pop() {
        for path in std::fs::read_dir(dir).expect("our own folder").flatten().map(|it| it.path()) {
            let name = path.strip_prefix(&root).expect("below it").display().to_string().replace('\\', "/");
            let own = name.starts_with('.') || name.starts_with("tests") || name.contains("__pycache__");
            if own {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else {
                there.push(name);
            }
        }
    }
    let mut written = Vec::new();
    for (_, file) in all(None).into_iter().filter(|it| it.0.name == "ansible") {
        let text = std::fs::read_to_string(root.join(file.path)).expect("a file of the collection");
        assert!(file.text == text, "{} is not as it is", file.path);
        written.push(file.path.to_owned());
    }
    there.sort();
    written.sort();
    assert_eq!(written, there);
}

#[test]
fn no_file_names_a_registry() {
    for (_, file) in CHANNELS.into_iter().flat_map(all) {
        for (one, other) in
            [("proxy.", "golang"), ("pypi.", "org"), ("registry.", "npmjs"), ("crates", ".io")]
        {
            assert!(!file.text.contains(&format!("{one}{other}")), "{}", file.path);
        }
    }
}

#[test]
fn versions_and_packages_are_those_of_the_tables() {
    let of = |name: &str| {
        let found = all(None).into_iter().find(|it| it.1.path == name);
        found.expect("a file of a kind").1.text
    };
    let dockerfile = of("Dockerfile");
    assert!(dockerfile.contains("\n        libxrandr-dev \\\n        libxcursor-dev \\\n"), "{dockerfile}");
    assert!(
        dockerfile.contains("\n        xvfb \\\n        libgl1-mesa-dri \\\n        ca-certificates \\\n")
    );
    assert!(
        dockerfile.contains("ENV PATH=/home/dev/.local/share/fyne-setup/current/bin:/home/dev/go/bin:$PATH")
    );
    assert!(dockerfile.contains("install --yes --go 1.27.4 --fyne 2.8.1"));
    let install = of("install.sh");
    for line in [
        "apt-get install -y",
        "dnf install -y gcc glibc-devel",
        "apk add gcc musl-dev",
        "elif command -v pacman",
    ] {
        assert!(install.contains(line), "{line}: {install}");
    }
    assert!(of("cloud-init.yaml").contains("\n  - libwayland-dev\n"));
    assert!(of("shell.nix").contains("\n    xorg.libX11.dev\n"));
    assert!(of("fyne.winget").contains("id: BrechtSanders.WinLibs.POSIX.UCRT,"));
}

#[test]
fn the_feature_of_a_development_container_is_json() {
    for (_, file) in CHANNELS.into_iter().flat_map(all).filter(|it| it.1.path == "devcontainer-feature.json")
    {
        let feature: serde_json::Value = serde_json::from_str(&file.text).expect("JSON");
        assert_eq!(
            (feature["id"].as_str(), feature["options"]["go"]["default"].as_str()),
            (Some("fyne"), Some("1.27.4"))
        );
    }
}

#[test]
fn every_kind_has_its_words_and_the_help_names_it() {
    for words in Lang::ALL.map(Words::of) {
        let help = words.say(&Text::new("help-provision.kind"));
        for kind in KINDS {
            assert!(words.has(&format!("provision-kind-{}", kind.name)), "{}", kind.name);
            assert!(help.contains(kind.name), "{}: {help}", kind.name);
        }
    }
}

#[test]
fn a_cache_key_changes_exactly_when_one_of_its_parts_does() {
    let (target, table) = (want().target, crate::packages::Table::embedded());
    let needs = Needs::of(&table, &target, "debian", "12");
    let system = ("linux/amd64", "debian 12");
    let key = cache_key(system, &target, 7, &needs);
    assert_eq!(key, cache_key(system, &target.clone(), 7, &needs.clone()));
    assert!(key.starts_with("fyne-setup-linux-amd64-go1.27.4-fyne2.8.1-"), "{key}");
    let plain = |it: char| it.is_ascii_alphanumeric() || "-.".contains(it);
    assert!(key.chars().all(plain), "{key}: a name that every cache takes");
    let mut other_go = target.clone();
    other_go.go = crate::version::GoVersion::release(1, 27, 3);
    let mut other_fyne = target.clone();
    other_fyne.fyne = "2.8.0".parse().expect("a version");
    let mut other_cli = target.clone();
    other_cli.cli = "fyne.io/tools/cmd/fyne@v1.7.0".into();
    let mut fewer = needs.clone();
    fewer.packages.pop();
    let mut others = vec![
        key,
        cache_key(("linux/arm64", "debian 12"), &target, 7, &needs),
        cache_key(("linux/amd64", "debian 13"), &target, 7, &needs),
        cache_key(system, &target, 8, &needs),
        cache_key(system, &target, 7, &fewer),
    ];
    others.extend([other_go, other_fyne, other_cli].iter().map(|it| cache_key(system, it, 7, &needs)));
    let all = others.len();
    others.sort();
    others.dedup();
    assert_eq!(others.len(), all, "{others:?}");
}
