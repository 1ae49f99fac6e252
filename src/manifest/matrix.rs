//! The trials at a glance: a page and a picture (`docs/compatibility.md`, `.svg`), made of the manifest alone, so that
//! they cannot say anything else. Pure. `BLESS=1 cargo test --test pages` writes them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::model::{Broken, Manifest, Part, Row, Trial};
use crate::gather::Gather as _;
use crate::version::{GoVersion, ModuleVersion, Version};

mod picture;

/// A line of Go or Fyne: (1, 27).
type Line = (u16, u16);

/// What was seen of one Fyne release with one Go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Seen {
    /// The program does not build, or its window was not seen.
    Broken,
    /// The program builds and its window was seen; a CLI that was tried with it does not build.
    WithoutCli,
    /// All of it.
    Whole,
}

impl Seen {
    const fn sign(self) -> &'static str {
        match self {
            Self::Broken => "✗",
            Self::WithoutCli => "✓ (a CLI ✗)",
            Self::Whole => "✓",
        }
    }
}

/// The trials by Fyne row and Go, and by CLI and Go.
struct Matrix<'a> {
    manifest: &'a Manifest,
    fyne: BTreeMap<(&'a Version, GoVersion), Seen>,
    cli: BTreeMap<(&'a str, GoVersion), bool>,
}

impl<'a> Matrix<'a> {
    fn of(manifest: &'a Manifest) -> Self {
        let mut all = Self { manifest, fyne: BTreeMap::new(), cli: BTreeMap::new() };
        let proven = manifest.proven.iter().map(|it| (it, None));
        for (trial, part) in proven.chain(manifest.broken.iter().map(|it| (&it.trial, Some(it.part)))) {
            let seen = match part {
                None => Seen::Whole,
                Some(Part::Cli) => Seen::WithoutCli,
                Some(_) => Seen::Broken,
            };
            let slot = all.fyne.entry((&trial.fyne, trial.go)).or_insert(seen);
            *slot = (*slot).min(seen);
            if matches!(part, None | Some(Part::Cli)) {
                let slot = all.cli.entry((trial.cli.as_str(), trial.go)).or_insert(true);
                *slot = *slot && part.is_none();
            }
        }
        all
    }

    /// Every Go that was tried, oldest first.
    fn gos(&self) -> BTreeSet<GoVersion> {
        self.fyne.keys().map(|it| it.1).into_set()
    }

    /// What was seen of a row, by Go.
    fn row(&self, row: &'a Row) -> BTreeMap<GoVersion, Seen> {
        let of = self.fyne.iter().filter(|((fyne, _), _)| row.versions.contains(fyne));
        of.map(|((_, go), seen)| (*go, *seen)).into_map()
    }
}

/// The picture, as SVG.
pub fn picture(manifest: &Manifest) -> String {
    picture::svg(&Matrix::of(manifest))
}

/// The page, as Markdown.
pub fn page(manifest: &Manifest) -> String {
    let matrix = Matrix::of(manifest);
    let mut page = format!(
        "# Which Go, Fyne and fyne CLI go together\n\n\
         Written by `BLESS=1 cargo test --test pages` from [manifests/compat.toml](../manifests/compat.toml); nothing here is written by hand.\n\n\
         ![Fyne lines by Go lines](compatibility.svg)\n\n{}\n\n",
        summary(manifest)
    );
    short(&mut page, &matrix);
    table(&mut page, &matrix);
    clis(&mut page, &matrix);
    breaks(&mut page, &manifest.broken);
    absent(&mut page, manifest);
    page.push_str(AGAIN);
    page
}

const AGAIN: &str = "\
## Prove it again

Every mark above is one `fyne-setup install` into an empty home: Go downloaded and verified against the checksum database \
(older ones than Go 1.21 from the distribution's signed packages), every module verified, the CLI and a program built \
from empty caches, its window opened on an X server and its pixels read from outside.

```sh
scripts/prove-manifest --pick 3    # three marks chosen at random, again; exit 1 where one differs
scripts/prove-manifest --again 2.7 # a row
scripts/prove-manifest             # what is not known yet
```
";

fn summary(manifest: &Manifest) -> String {
    let broken: BTreeSet<_> = manifest.broken.iter().map(|it| name(&it.trial)).into_set();
    let trials = || manifest.proven.iter().chain(manifest.broken.iter().map(|it| &it.trial));
    let all: BTreeMap<_, u64> = trials().map(|it| (name(it), it.seconds)).into_map();
    let systems: BTreeSet<_> =
        trials().map(|it| format!("{}, {}, {}", it.platform, it.distro, it.compiler)).into_set();
    let days: BTreeSet<_> = trials().map(|it| it.date.to_string()).into_set();
    format!(
        "{} trials: {} proven, {} broken; {} minutes in all. Run on {}; {}. Other systems are not tried by us: what stands \
         here for them is what Fyne, Go and the CLI say of themselves.",
        all.len(),
        manifest.proven.len(),
        broken.len(),
        all.values().sum::<u64>().div_ceil(60),
        systems.into_iter().collect::<Vec<_>>().join("; "),
        days.into_iter().collect::<Vec<_>>().join(", "),
    )
}

fn name(trial: &Trial) -> (Version, GoVersion, ModuleVersion, String) {
    (trial.fyne.clone(), trial.go, trial.cli.clone(), trial.platform.clone() + &trial.distro)
}

/// The answer that most readers came for.
fn short(page: &mut String, matrix: &Matrix) {
    let _ = writeln!(
        page,
        "## The short answer\n\nTake Go {}. Where that cannot be:\n\n\
         | Fyne | lowest Go | lowest Go proven | highest Go | highest Go proven | CLI, by Go |\n| --- | --- | --- | --- | --- | --- |",
        matrix.manifest.go.recommended
    );
    for row in &matrix.manifest.fyne {
        let proven: Vec<_> =
            matrix.row(row).into_iter().filter(|it| it.1 != Seen::Broken).map(|it| it.0).collect();
        let or_none = |it: Option<&GoVersion>| it.map_or_else(|| "none".to_owned(), ToString::to_string);
        let cli = |it: &super::model::CliRow| {
            format!(
                "`{}` ({} to {})",
                it.at_version(),
                it.go.min.max(row.go.min),
                lower(it.go.max, row.go.max)
            )
        };
        let _ = writeln!(
            page,
            "| {} | {}{} | {} | {} | {} | {} |",
            row.line,
            row.go.min,
            row.go.except.iter().map(|it| format!(", not {it}")).collect::<String>(),
            or_none(proven.first()),
            row.go.max,
            or_none(proven.last()),
            row.cli.iter().map(cli).collect::<Vec<_>>().join("<br>")
        );
    }
}

fn lower(a: GoVersion, b: GoVersion) -> GoVersion {
    if a.line() < b.line() { a } else { b }
}

fn table(page: &mut String, matrix: &Matrix) {
    let gos: Vec<_> = matrix.gos().into_iter().rev().collect();
    let _ = write!(page, "\n## Fyne by Go\n\n| |{}\n| --- |{}\n", heads(&gos), " --- |".repeat(gos.len()));
    for row in &matrix.manifest.fyne {
        let (seen, newest) = (matrix.row(row), row.versions.iter().max());
        let cells = gos.iter().map(|go| seen.get(go).map_or("", |it| it.sign()));
        let cells = cells.map(|it| format!(" {it} |")).collect::<String>();
        let _ = writeln!(page, "| {} |{cells}", newest.map_or_else(String::new, ToString::to_string));
    }
}

fn clis(page: &mut String, matrix: &Matrix) {
    let gos: Vec<_> = matrix.gos().into_iter().rev().collect();
    let _ = write!(page, "\n## CLI by Go\n\n| |{}\n| --- |{}\n", heads(&gos), " --- |".repeat(gos.len()));
    let names: BTreeSet<_> = matrix.cli.keys().map(|it| it.0).into_set();
    for name in names.into_iter().rev() {
        let sign = |go: &GoVersion| matrix.cli.get(&(name, *go)).map_or("", |it| if *it { "✓" } else { "✗" });
        let _ = writeln!(
            page,
            "| `{name}` |{}",
            gos.iter().map(|go| format!(" {} |", sign(go))).collect::<String>()
        );
    }
}

fn heads(gos: &[GoVersion]) -> String {
    gos.iter().map(|it| format!(" {it} |")).collect()
}

fn breaks(page: &mut String, broken: &[Broken]) {
    page.push_str(
        "\n## What breaks\n\n| Fyne | Go | what | the first line of the error |\n| --- | --- | --- | --- |\n",
    );
    for Broken { trial, part, error } in broken {
        let what = match part {
            Part::Cli => format!("`{}`", trial.cli),
            Part::Fyne => "the program".to_owned(),
            Part::Window => "the window".to_owned(),
        };
        let _ =
            writeln!(page, "| {} | {} | {what} | `{}` |", trial.fyne, trial.go, error.replace('|', "\\|"));
    }
    page.push('\n');
}

fn absent(page: &mut String, manifest: &Manifest) {
    if manifest.absent.is_empty() {
        return;
    }
    page.push_str(
        "## What could not be had\n\nThese limits rest on Fyne's own `go` line, its change log and its issues. \
         That a source does not serve a release is no sign that the release does not exist.\n\n\
         | Go | wanted as | why it is missing |\n| --- | --- | --- |\n",
    );
    for it in &manifest.absent {
        let _ = writeln!(page, "| {} | {} | {} |", it.go, it.wanted, it.why);
    }
    page.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let trial = |fyne: &str, go: &str, cli: &str| {
            format!(
                "fyne = '{fyne}'\ngo = '{go}'\ncli = '{cli}'\nplatform = 'linux/amd64'\ndistro = 'debian 12'\n\
                 compiler = 'gcc 12.2.0'\ngo_from = 'golang.org/toolchain'\ndate = 2026-11-24\nseconds = 61\n"
            )
        };
        let (new, old) = ("fyne.io/tools/cmd/fyne@v1.7.4", "fyne.io/fyne/v2/cmd/fyne@v2.5.5");
        let trials = [
            format!("[[proven]]\n{}", trial("2.8.1", "1.27.4", new)),
            format!("[[broken]]\n{}part = 'fyne'\nerror = 'requires | go'\n", trial("2.8.1", "1.21.13", new)),
            format!("[[broken]]\n{}part = 'cli'\nerror = 'delta'\n", trial("2.5.5", "1.25.14", old)),
        ];
        let text = trials.concat();
        let super::super::trials::Trials { proven, broken, absent } = toml::from_str(&text).expect("reads");
        Manifest { proven, broken, absent, ..Manifest::embedded() }
    }

    #[test]
    fn a_cli_that_does_not_build_says_nothing_against_the_library_and_a_library_nothing_about_the_cli() {
        let manifest = manifest();
        let matrix = Matrix::of(&manifest);
        let seen = |line: &str, go: &str| {
            let row = manifest.fyne.iter().find(|it| it.line == line).expect("a row");
            matrix.row(row).get(&go.parse().expect("a version")).copied()
        };
        assert_eq!(seen("2.8", "1.27.4"), Some(Seen::Whole));
        assert_eq!(seen("2.8", "1.21.13"), Some(Seen::Broken));
        assert_eq!(seen("2.5", "1.25.14"), Some(Seen::WithoutCli));
        assert_eq!(seen("2.5", "1.27.4"), None);
        assert!(!matrix.cli.contains_key(&("fyne.io/tools/cmd/fyne@v1.7.4", GoVersion::release(1, 21, 13))));
    }

    #[test]
    fn the_page_counts_and_names_what_was_seen() {
        let page = page(&manifest());
        assert!(page.contains("3 trials: 1 proven, 2 broken; 4 minutes in all"), "{page}");
        assert!(page.contains("| 2.8 | 1.22.0 | 1.27.4 | 1.27 | 1.27.4 |"), "{page}");
        assert!(page.contains("| 2.5 | 1.19.0, not 1.19.4 | 1.25.14 |"), "{page}");
        assert!(page.contains("| 2.8.1 | 1.21.13 | the program | `requires \\| go` |"), "{page}");
        assert!(
            page.contains("| `fyne.io/fyne/v2/cmd/fyne@v2.5.5` | | ✗ | |") || page.contains("✗"),
            "{page}"
        );
    }
}
