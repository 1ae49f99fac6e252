//! Where apt's packages come from: `sources.list` with a source a line, and deb822 (`*.sources`) with a source a paragraph.
//! A reader of other people's files: it never fails, it gives less.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::gather::Gather as _;
use serde::{Deserialize, Serialize};

/// A source as its file names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The file.
    pub file: PathBuf,
    /// Its first line there, from 1.
    pub line: u32,
    /// Every line of it.
    pub lines: Vec<u32>,
    /// Which paragraph of its file it is, from 1; 0 where each line is a source.
    pub paragraph: u32,
    /// `deb`, `deb-src`.
    pub types: Vec<String>,
    /// Its addresses.
    pub uris: Vec<String>,
    /// `bookworm`, `./`, …
    pub suites: Vec<String>,
    /// `main`, …
    pub components: Vec<String>,
    /// `signed-by`, `arch`, …
    pub options: BTreeMap<String, String>,
    /// Switched off where it stands.
    pub off: bool,
}

impl Source {
    /// Whether it describes this address and suite.
    pub fn describes(&self, uri: &str, suite: &str) -> bool {
        let same = |it: &String| it.trim_end_matches('/') == uri.trim_end_matches('/');
        !self.off && self.uris.iter().any(same) && self.suites.iter().any(|it| it == suite)
    }

    /// Whether everything that it offers, this one offers too.
    pub fn is_within(&self, other: &Self) -> bool {
        let within = |mine: &[String], its: &[String]| mine.iter().all(|it| its.contains(it));
        let bare =
            |all: &[String]| all.iter().map(|it| it.trim_end_matches('/').to_owned()).collect::<Vec<_>>();
        within(&self.types, &other.types)
            && within(&bare(&self.uris), &bare(&other.uris))
            && within(&self.suites, &other.suites)
            && within(&self.components, &other.components)
    }

    /// `http://deb.example/debian bookworm`, for a sentence.
    pub fn name(&self) -> String {
        [self.uris.first(), self.suites.first()].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ")
    }
}

/// Reads a file by its name.
pub fn parse(file: &Path, text: &str) -> Vec<Source> {
    if file.extension().is_some_and(|it| it == "sources") {
        paragraphs(file, text)
    } else {
        lines(file, text)
    }
}

fn lines(file: &Path, text: &str) -> Vec<Source> {
    let line = |(number, line): (u32, &str)| {
        let line = line.split(" #").next().unwrap_or_default().trim();
        let (kind, mut rest) = line.split_once([' ', '\t']).filter(|_| !line.starts_with('#'))?;
        let mut source = Source { file: file.to_path_buf(), line: number, ..Source::default() };
        source.lines.push(number);
        source.types.push(kind.to_owned());
        rest = rest.trim_start();
        if let Some((options, after)) = rest.strip_prefix('[').and_then(|it| it.split_once(']')) {
            let pairs = options.split_whitespace().filter_map(|it| it.split_once('='));
            source.options = pairs.map(|(key, value)| (key.to_lowercase(), value.to_owned())).into_map();
            rest = after.trim_start();
        }
        // A name of a disc has blanks in it, and stands in brackets.
        let disc = rest.find('[').filter(|_| rest.starts_with("cdrom:"));
        let from = disc.and_then(|it| Some(it + rest[it..].find(']')?)).unwrap_or_default();
        let end = rest[from..].find(char::is_whitespace).map_or(rest.len(), |it| from + it);
        source.uris.push(rest[..end].to_owned());
        let mut words = rest[end..].split_whitespace().map(str::to_owned);
        source.suites.extend(words.next());
        source.components.extend(words);
        Some(source)
    };
    (1..).zip(text.split('\n')).filter_map(line).collect()
}

fn paragraphs(file: &Path, text: &str) -> Vec<Source> {
    let mut all: Vec<Source> = Vec::new();
    let (mut open, mut key) = (false, String::new());
    for (number, line) in (1..).zip(text.split('\n')) {
        if line.trim().is_empty() {
            open = false;
            continue;
        }
        if line.starts_with('#') {
            continue;
        }
        if !open {
            let paragraph = u32::try_from(all.len() + 1).unwrap_or(u32::MAX);
            all.push(Source { file: file.to_path_buf(), line: number, paragraph, ..Source::default() });
            (open, key) = (true, String::new());
        }
        let Some(source) = all.last_mut() else { continue };
        source.lines.push(number);
        let value = match line.split_once(':').filter(|_| !line.starts_with([' ', '\t'])) {
            Some((name, value)) => {
                key = name.trim().to_lowercase();
                value
            }
            None => line,
        };
        source.add(&key, value.trim());
    }
    all
}

impl Source {
    fn add(&mut self, key: &str, value: &str) {
        let words = || value.split_whitespace().map(str::to_owned);
        match key {
            "types" => self.types.extend(words()),
            "uris" => self.uris.extend(words()),
            "suites" => self.suites.extend(words()),
            "components" => self.components.extend(words()),
            "enabled" => self.off = ["no", "false", "0", "off", "without", "disable"].contains(&value),
            _ => {
                let whole = self.options.entry(key.to_owned()).or_default();
                if !whole.is_empty() {
                    whole.push('\n');
                }
                whole.push_str(value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_and_paragraphs_are_sources() {
        let list = "# c\n\ndeb http://deb.example/debian/ bookworm main contrib # mine\n\
            deb [arch=amd64 signed-by=/k.gpg]\thttp://x.example ./\n\
            deb cdrom:[Debian 12 _B_ DVD]/ bookworm main\ndeb [arch=amd64 http://bad.example stable\ndeb\n";
        let found = parse(Path::new("/etc/apt/sources.list"), list);
        let shown: Vec<_> = found.iter().map(|it| format!("{}:{}", it.line, it.name())).collect();
        assert_eq!(
            shown[..3],
            [
                "3:http://deb.example/debian/ bookworm",
                "4:http://x.example ./",
                "5:cdrom:[Debian 12 _B_ DVD]/ bookworm"
            ]
        );
        assert_eq!(
            (found[0].components.join(" "), found[1].options["signed-by"].as_str()),
            ("main contrib".into(), "/k.gpg")
        );
        assert!(found[0].describes("http://deb.example/debian", "bookworm") && found.len() == 4);

        let text = "# c\nTypes: deb deb-src\nURIs: http://a.example\nSuites: x x-updates\nComponents: main\n\
            Signed-By:\n -----BEGIN\n .\n\n\nTypes: deb\nEnabled: no\nURIs: http://b.example\nSuites: y\n";
        let found = parse(Path::new("/etc/apt/sources.list.d/a.sources"), text);
        let shown: Vec<_> = found.iter().map(|it| (it.paragraph, it.line, it.lines.len(), it.off)).collect();
        assert_eq!(shown, [(1, 2, 7, false), (2, 11, 4, true)]);
        assert_eq!(found[0].options["signed-by"], "-----BEGIN\n.");
        assert!(
            found[0].describes("http://a.example/", "x-updates")
                && !found[1].describes("http://b.example", "y")
        );
    }

    #[test]
    fn a_source_within_another_one_offers_nothing_of_its_own() {
        let of = |line: &str| parse(Path::new("x.list"), line).remove(0);
        let whole = of("deb http://a.example/ x main contrib");
        assert!(of("deb [signed-by=/k] http://a.example x main").is_within(&whole));
        assert!(!of("deb http://a.example x non-free").is_within(&whole));
        assert!(!of("deb-src http://a.example x main").is_within(&whole));
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "[deb :\\[\\]=/.#\nTyURIsx]{0,80}") {
            for name in ["a.list", "a.sources"] {
                parse(Path::new(name), &text);
            }
        }
    }
}
