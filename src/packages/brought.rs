//! What a transaction brought, read from what its manager printed while it worked: no other record tells whose a package is.

use serde::{Deserialize, Serialize};

/// A package that was not there before a transaction of ours, and was there after it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brought {
    /// Its name.
    pub name: String,
    /// The version that came; none where nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Whether the manager counts it as asked for by its name, as all are that we name.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub chosen: bool,
}

/// Where a manager keeps when each package was laid.
#[derive(Clone, Copy, Debug)]
pub enum Laid {
    /// Nowhere that we know.
    Nowhere,
    /// As the time of modification of one entry a package in a directory: whether an entry is that of this package in this
    /// version.
    Entries(&'static str, fn(entry: &str, name: &str, version: &str) -> bool),
    /// This command says it: a name, a tab, seconds since 1970, one package a line.
    Asked(&'static [&'static str]),
}

/// The names in lines that tell of an installation, in each form that the other managers have for it: before the name stands
/// a count, or none; behind it a version, or none. Those that do not tell new from newer are told apart by who asks.
pub(super) fn installing(output: &str) -> Vec<String> {
    output.lines().filter_map(|it| named(it.trim())).collect()
}

fn named(line: &str) -> Option<String> {
    // `gcc-13.2.0_2: installed successfully.`
    if let Some((package, _)) = line.split_once(": installed successfully") {
        return Some(package.rsplit_once('-')?.0.to_owned());
    }
    let counted = line.strip_prefix(['(', '[']).and_then(|it| it.split_once([')', ']']));
    let rest = counted.map_or(line, |it| it.1.trim_start());
    let rest = rest.strip_prefix("Installing").or_else(|| rest.strip_prefix("installing "))?;
    let rest = rest.trim_start_matches([' ', ':']);
    let mut words = rest.split_whitespace();
    let word = words.next()?;
    if let Some(plain) = word.strip_suffix("...") {
        return Some(plain.to_owned());
    }
    // `musl-dev (1.2.5-r0)`
    if words.next().is_some_and(|it| it.starts_with('(')) {
        return Some(word.to_owned());
    }
    // `libGL-devel-1:2-1.fc43.x86_64`: the last two dashes end the name.
    let mut parts = word.rsplitn(3, '-');
    let (_, version, name) = (parts.next()?, parts.next()?, parts.next()?);
    version.starts_with(|it: char| it.is_ascii_digit()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_manager_says_in_its_own_words_what_it_brings() {
        for (line, name) in [
            ("Installing       : libGL-devel-2-1.fc43.x86_64           4/5 ", Some("libGL-devel")),
            ("[3/6] Installing libGL-devel-0:2-1.fc43 100% |   1.9 MiB/s", Some("libGL-devel")),
            ("(2/4) Installing: libX11-devel-1.8-1.x86_64 [....done]", Some("libX11-devel")),
            ("installing libxrandr...", Some("libxrandr")),
            ("(1/5) Installing musl-dev (1.2.5-r0)", Some("musl-dev")),
            ("gcc-13.2.0_2: installed successfully.", Some("gcc")),
            ("Upgrading        : libgcc-2-1.fc43.x86_64   1/5", None),
            ("upgrading libgcc...", None),
            ("reinstalling cpp...", None),
            ("(1/5) Upgrading musl (1.2.4-r0 -> 1.2.5-r0)", None),
            ("Installing:", None),
            ("Installing weak dependencies:", None),
            ("installing package gcc-2-1.fc43.x86_64 needs 4KB more space", None),
        ] {
            assert_eq!(installing(line).first().map(String::as_str), name, "{line}");
        }
    }
}
