//! What dpkg's record says of packages: the output of `dpkg-query -W -f '${Package}\t${Version}\t${Status}\n'`.

/// A package that dpkg knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Its name, without architecture.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What the administrator wants: `install`, `hold`, `deinstall`, `purge`.
    pub wanted: String,
    /// Whether it needs to be installed again (`reinstreq`).
    pub damaged: bool,
    /// How far it is: `installed`, `half-configured`, `config-files`, …
    pub state: String,
}

impl Package {
    /// Its files are there and it is configured.
    pub fn installed(&self) -> bool {
        matches!(self.state.as_str(), "installed" | "triggers-awaited" | "triggers-pending") && !self.damaged
    }

    /// It must not change.
    pub fn held(&self) -> bool {
        self.wanted == "hold"
    }

    /// dpkg stopped in the middle of it.
    pub fn half_done(&self) -> bool {
        self.damaged
            // Triggers that wait are run by whatever dpkg does next; they stand in nobody's way.
            || matches!(self.state.as_str(), "half-installed" | "unpacked" | "half-configured")
    }
}

/// Reads the output; lines of another form are skipped.
pub fn packages(text: &str) -> Vec<Package> {
    text.lines().filter_map(package).collect()
}

fn package(line: &str) -> Option<Package> {
    let mut fields = line.split('\t');
    let (name, version, status) = (fields.next()?, fields.next()?, fields.next()?);
    let mut words = status.split_whitespace();
    let (wanted, error, state) = (words.next()?, words.next()?, words.next()?);
    Some(Package {
        name: name.split(':').next()?.to_owned(),
        version: version.to_owned(),
        wanted: wanted.to_owned(),
        damaged: error != "ok",
        state: state.to_owned(),
    })
}

/// Whether the names in `/var/lib/dpkg/updates` mean that dpkg was cut off: journal entries that nobody merged.
pub fn interrupted(updates: &[String]) -> bool {
    updates.iter().any(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_dpkg_query_prints() {
        let text = "gcc\t4:12.2.0-3\tinstall ok installed\nlibx11-dev:amd64\t2:1.8\thold ok installed\n\
                    xvfb\t\tdeinstall ok config-files\na\t1\tinstall ok half-configured\n\
                    b\t1\tinstall reinstreq installed\nno tabs here\nc\t1\n\n";
        let seen: Vec<_> = packages(text)
            .iter()
            .map(|it| (it.name.clone(), it.installed(), it.held(), it.half_done()))
            .collect();
        let want = [
            ("gcc", true, false, false),
            ("libx11-dev", true, true, false),
            ("xvfb", false, false, false),
            ("a", false, false, true),
            ("b", false, false, true),
        ];
        assert_eq!(seen, want.map(|(n, i, h, d)| (n.to_owned(), i, h, d)));
    }

    #[test]
    fn only_numbered_journal_entries_mean_an_interruption() {
        for (names, cut) in [(&[][..], false), (&["0000"], true), (&["tmp.i", "README"], false)] {
            let names: Vec<String> = names.iter().map(|it: &&str| (*it).to_owned()).collect();
            assert_eq!(interrupted(&names), cut, "{names:?}");
        }
    }
}
