//! What `softwareupdate` prints: the Command Line Tools that it offers, and how far it is.

use super::numbers;

/// What the label of the Command Line Tools begins with, in every release of macOS that Go still runs on.
const BEGINS: &str = "Command Line Tools";

/// The longest label that is taken for one, in bytes; Apple's have no more than 70.
const LONGEST: usize = 100;

/// The label of the newest Command Line Tools in the answer of `softwareupdate --list`; none of those that are not finished.
/// `* Label: Command Line Tools for Xcode-16.4` since macOS 10.15, without the word `Label:` before.
pub fn newest(list: &str) -> Option<String> {
    let label = |line: &str| {
        let item = line.trim().strip_prefix('*')?.trim();
        let label = item.strip_prefix("Label:").unwrap_or(item).trim();
        // It becomes a word of a command that root runs, and is shown on a terminal.
        let plain = label.len() <= LONGEST && !label.contains(char::is_control);
        let finished = !label.to_lowercase().contains("beta");
        (label.starts_with(BEGINS) && plain && finished).then(|| label.to_owned())
    };
    list.lines().filter_map(label).max_by_key(|it| version(it))
}

/// The version of a label: what stands behind `Xcode`, by a dash or a blank, once or twice (`Xcode 26.4-26.4.1`).
fn version(label: &str) -> Vec<u64> {
    let behind = label.rsplit_once("Xcode").map_or("", |it| it.1);
    let last = behind.split(['-', ' ']).rfind(|it| !it.is_empty()).unwrap_or_default();
    numbers(last)
}

/// How far an installation is, by the last number with a percent sign that was printed.
pub fn percent(log: &str) -> Option<u64> {
    let (before, _) = log.rsplit_once('%')?;
    let digits = before.rsplit(|c: char| !(c.is_ascii_digit() || c == '.')).next()?;
    let whole: u64 = digits.split('.').next()?.parse().ok()?;
    (whole <= 100).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_finished_tools_are_chosen_in_the_forms_that_releases_of_macos_print() {
        let head = "Software Update Tool\n\nFinding available software\nSoftware Update found the following new or updated \
                    software:\n";
        for (list, want) in [
            (
                "* Label: Command Line Tools for Xcode-15.3\n\tTitle: Command Line Tools for Xcode, Version: 15.3, Size: \
                 707501KiB, Recommended: YES, \n* Label: Command Line Tools beta 2 for Xcode-16.0\n\tTitle: Command Line \
                 Tools beta 2 for Xcode, Version: 16.0, Size: 743581KiB, Recommended: YES\n",
                Some("Command Line Tools for Xcode-15.3"),
            ),
            (
                "* Label: Command Line Tools for Xcode-16.10\n* Label: Command Line Tools for Xcode-16.2\n",
                Some("Command Line Tools for Xcode-16.10"),
            ),
            (
                "* Label: Command Line Tools for Xcode 26.4-26.4.1\n\tTitle: Command Line Tools for Xcode 26.4, Version: \
                 26.4.1, Size: 900000KiB,\n* Label: Command Line Tools for Xcode-16.4\n* Label: macOS Tahoe 26.4-25E246\n",
                Some("Command Line Tools for Xcode 26.4-26.4.1"),
            ),
            (
                "   * Command Line Tools (macOS Sierra version 10.12) for Xcode-8.1\n\tCommand Line Tools (macOS Sierra \
                 version 10.12) for Xcode (8.1), 123638K [recommended]\n   * Command Line Tools (macOS Sierra version \
                 10.12) for Xcode-8.2\n",
                Some("Command Line Tools (macOS Sierra version 10.12) for Xcode-8.2"),
            ),
            ("* Label: macOS Sonoma 14.5\n\tTitle: macOS Sonoma 14.5, Version: 14.5\n", None),
            ("No new software available.\n", None),
            ("* Label: Command Line Tools\u{1b}[2J for Xcode-16.4\n", None),
            (
                "* Label: Command Line Tools\u{7} for Xcode-16.5\n* Label: Command Line Tools for Xcode-16.4\n",
                Some("Command Line Tools for Xcode-16.4"),
            ),
            (&format!("* Label: Command Line Tools for Xcode-{}\n", "1".repeat(80)), None),
        ] {
            assert_eq!(newest(&format!("{head}{list}")).as_deref(), want);
        }
    }

    #[test]
    fn the_last_percentage_says_how_far_it_is() {
        for (log, want) in [
            ("", None),
            ("Downloading Command Line Tools for Xcode\n", None),
            ("Downloading: 12.00%\rDownloading: 57.25%\r", Some(57)),
            ("Progress: 8%\nDone.\n", Some(8)),
            ("100%\n", Some(100)),
            ("1000%", None),
            ("%", None),
        ] {
            assert_eq!(percent(log), want, "{log:?}");
        }
    }
}
