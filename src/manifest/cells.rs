//! Which versions are to be tried together, so that what the manifest says is built and not guessed. Pure.
//!
//! `scripts/prove-manifest` tries them; what came of it is [`Trial`](super::model::Trial) and [`Broken`](super::model::Broken). To try
//! more: a rule in [`cells`].

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::model::{CliRow, Manifest, Row};
use crate::gather::Order as _;
use crate::version::{GoVersion, Version};

/// Three versions to be tried together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The library.
    pub fyne: Version,
    /// The Go.
    pub go: GoVersion,
    /// The CLI.
    pub cli: CliRow,
    /// What it shows.
    pub why: BTreeSet<Why>,
}

/// What a cell shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The lowest Go of the row, or the nearest to it that can be had.
    Lowest,
    /// The newest Go of the row's newest line.
    Highest,
    /// What is installed where nothing is asked for.
    Recommended,
    /// The oldest of its line without a known vulnerability.
    Floor,
    /// The lowest Go of the CLI within the row.
    CliLowest,
    /// The highest Go of the CLI within the row.
    CliHighest,
    /// Just below the row: it should break.
    Below,
    /// Just above a CLI's range, and within the row: the CLI should break.
    Above,
}

/// What is to be tried, and what would be if it could be had.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// Newest Fyne first, then newest Go.
    pub cells: Vec<Cell>,
    /// A Go, and all that it was wanted for.
    pub absent: BTreeMap<GoVersion, Vec<String>>,
}

impl Cell {
    /// Whether it should break.
    pub fn breaks(&self) -> bool {
        self.why.contains(&Why::Below) || self.why.contains(&Why::Above)
    }

    /// `2.8.1/1.27.4/fyne.io/tools/cmd/fyne@v1.7.4`: how a person names it.
    pub fn name(&self) -> String {
        format!("{}/{}/{}", self.fyne, self.go, self.cli.at_version())
    }

    /// Whether a person means it by a line (`2.8`), a release, or more of its name.
    pub fn is_meant(&self, word: &str) -> bool {
        let name = self.name();
        let (major, minor) = self.fyne.line();
        word == format!("{major}.{minor}") || word == name || name.starts_with(&format!("{word}/"))
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Lowest => "lowest Go",
            Self::Highest => "highest Go",
            Self::Recommended => "recommended Go",
            Self::Floor => "floor",
            Self::CliLowest => "lowest Go of the CLI",
            Self::CliHighest => "highest Go of the CLI",
            Self::Below => "one Go below",
            Self::Above => "one Go above the CLI",
        })
    }
}

/// The cells that show what the manifest says, with the Go releases that can be had.
pub fn cells(manifest: &Manifest, gos: &BTreeSet<GoVersion>) -> Cells {
    let mut all = Cells::default();
    for row in &manifest.fyne {
        all.row(manifest, row, gos);
    }
    all.cells.order_by(|a, b| (&b.fyne, b.go).cmp(&(&a.fyne, a.go)));
    all
}

impl Cells {
    fn row(&mut self, manifest: &Manifest, row: &Row, gos: &BTreeSet<GoVersion>) {
        let Some(fyne) = row.versions.iter().max() else { return };
        let within = |range: &super::model::GoRange| {
            gos.iter().copied().filter(|it| range.holds(*it)).collect::<Vec<_>>()
        };
        let of_row = within(&row.go);
        let preferred = |go| row.cli.iter().find(|it| it.go.holds(go));
        for (go, why) in [
            (of_row.first().copied(), Why::Lowest),
            (of_row.last().copied(), Why::Highest),
            (Some(manifest.go.recommended), Why::Recommended),
        ] {
            if let Some((go, cli)) = go.and_then(|go| Some((go, preferred(go)?))) {
                self.add(fyne, go, cli, why);
            }
        }
        for go in manifest.go.floor.iter().copied().filter(|it| row.go.holds(*it)) {
            if let Some(cli) = preferred(go) {
                self.add(fyne, go, cli, Why::Floor);
            }
        }
        for cli in &row.cli {
            let both: Vec<_> = of_row.iter().copied().filter(|it| cli.go.holds(*it)).collect();
            for (go, why) in [(both.first(), Why::CliLowest), (both.last(), Why::CliHighest)] {
                if let Some(go) = go {
                    self.add(fyne, *go, cli, why);
                }
            }
            let above = of_row.iter().copied().filter(|it| it.line() > cli.go.max.line());
            let next = above.clone().map(GoVersion::line).min();
            if let Some(go) = above.filter(|it| Some(it.line()) == next).max() {
                self.add(fyne, go, cli, Why::Above);
            }
        }
        let below = gos.iter().copied().rfind(|it| *it < row.go.min.as_release());
        if let Some((go, cli)) = below.and_then(|go| Some((go, row.cli.last()?))) {
            self.add(fyne, go, cli, Why::Below);
        }
        self.wanted(row, &of_row, below.is_none());
    }

    /// What the row names and nobody here has.
    fn wanted(&mut self, row: &Row, had: &[GoVersion], nothing_below: bool) {
        let mut add = |go: GoVersion, what: &str| {
            self.absent.entry(go).or_default().push(format!("{what} {}", row.line))
        };
        if !had.contains(&row.go.min.as_release()) {
            add(row.go.min.as_release(), "lowest Go of Fyne");
        }
        for go in row.go.except.iter().filter(|it| !had.contains(it)) {
            add(*go, "known to break Fyne");
        }
        if nothing_below {
            let (major, minor) = row.go.min.line();
            add(GoVersion::release(major, minor.saturating_sub(1), 0), "one Go below Fyne");
        }
    }

    fn add(&mut self, fyne: &Version, go: GoVersion, cli: &CliRow, why: Why) {
        let same =
            |it: &&mut Cell| it.fyne == *fyne && it.go == go && it.cli.at_version() == cli.at_version();
        match self.cells.iter_mut().find(same) {
            Some(cell) => _ = cell.why.insert(why),
            None => {
                self.cells.push(Cell {
                    fyne: fyne.clone(),
                    go,
                    cli: cli.clone(),
                    why: BTreeSet::from([why]),
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn had(gos: &[&str]) -> BTreeSet<GoVersion> {
        gos.iter().map(|it| it.parse().expect("a version")).collect()
    }

    #[test]
    fn each_row_is_tried_at_its_edges_and_just_beyond_them() {
        let manifest = Manifest::embedded();
        let gos = had(&["1.19.8", "1.21.13", "1.22.0", "1.24.13", "1.25.0", "1.25.10", "1.26.11", "1.27.4"]);
        let Cells { cells, absent } = cells(&manifest, &gos);
        let of = |line: &str| {
            let meant = cells.iter().filter(|it| it.is_meant(line));
            meant.map(|it| format!("{} {}", it.go, it.cli.version)).collect::<Vec<_>>()
        };
        assert_eq!(of("2.8"), ["1.27.4 1.7.4", "1.26.11 1.7.4", "1.22.0 1.7.4", "1.21.13 1.7.4"]);
        let mut of_2_5 = of("2.5");
        of_2_5.sort();
        assert_eq!(
            of_2_5,
            [
                "1.19.8 2.5.5",
                "1.22.0 1.7.4",
                "1.24.13 2.5.5",
                "1.25.10 2.5.5",
                "1.26.11 1.7.4",
                "1.27.4 1.7.4"
            ]
        );
        let breaks: Vec<_> = cells.iter().filter(|it| it.breaks()).map(Cell::name).collect();
        assert!(breaks.contains(&"2.8.1/1.21.13/fyne.io/tools/cmd/fyne@v1.7.4".to_owned()), "{breaks:?}");
        assert!(breaks.contains(&"2.5.5/1.25.10/fyne.io/fyne/v2/cmd/fyne@v2.5.5".to_owned()), "{breaks:?}");
        let wanted =
            |go: &str| absent.get(&go.parse().expect("a version")).cloned().unwrap_or_default().join(", ");
        assert_eq!(wanted("1.19.0"), "lowest Go of Fyne 2.7, lowest Go of Fyne 2.6, lowest Go of Fyne 2.5");
        assert!(wanted("1.19.4").contains("known to break Fyne 2.5"));
        assert!(!absent.values().flatten().any(|it| it.ends_with("2.8")), "{absent:?}");
    }

    #[test]
    fn a_cell_is_named_by_its_line_its_release_or_more() {
        let manifest = Manifest::embedded();
        let all = cells(&manifest, &had(&["1.27.4"]));
        let named = |word: &str| all.cells.iter().filter(|it| it.is_meant(word)).count();
        assert_eq!(named("2.8"), named("2.8.1"));
        assert_eq!(named("2.8.1/1.27.4/fyne.io/tools/cmd/fyne@v1.7.4"), 1);
        assert_eq!((named("2.8.1/1.27"), named("2"), named("")), (0, 0, 0));
    }
}
