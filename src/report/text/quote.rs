//! A line of a file as it stands there, with a mark under the place that is at fault.

use super::super::page::{COLUMNS, Label, Page, width};
use super::super::words::safe;
use crate::failure::Quote;

/// The line at fault with a mark under the place; of a long one, the part around it.
pub fn show(page: &mut Page, quote: &Quote) {
    let shown = |it: &str| safe(&it.replace('\t', " ")).into_owned();
    let number = format!("  {} | ", quote.line);
    let room = COLUMNS.saturating_sub(width(&number));
    let all: Vec<char> = quote.text.chars().collect();
    let at = quote.column.saturating_sub(1).min(all.len());
    let (mut before, mut after): (String, String) = (all[..at].iter().collect(), all[at..].iter().collect());
    while width(&shown(&before)) > room / 2 {
        before.remove(0);
    }
    before = shown(&before);
    while width(&before) + width(&shown(&after)) > room {
        after.pop();
    }
    page.line(Label::Faint, format!("{number}{before}{}", shown(&after)));
    let space = " ".repeat(width(&number) - 2);
    page.line(Label::Bad, format!("{space}| {}^", " ".repeat(width(&before))));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, column: usize) -> String {
        let mut page = Page::default();
        show(&mut page, &Quote { line: 12, column, text: text.to_owned() });
        page.plain()
    }

    #[test]
    fn the_mark_stands_under_the_place() {
        assert_eq!(shown("version = one", 11), "  12 | version = one\n     |           ^\n");
        assert_eq!(shown("\ta = \"汉字\" x", 11), "  12 |  a = \"汉字\" x\n     |             ^\n");
        assert_eq!(shown("a =", 4), "  12 | a =\n     |    ^\n", "one past the end");
        assert_eq!(shown("", 9), "  12 |\n     | ^\n");
        assert_eq!(
            shown("\u{1b}[2J x", 6),
            "  12 | \\u{1b}[2J x\n     |           ^\n",
            "nothing moves the cursor"
        );
    }

    #[test]
    fn of_a_long_line_the_part_around_the_place_is_shown() {
        let long = format!("{}HERE{}", "a".repeat(500), "b".repeat(500));
        let page = shown(&long, 501);
        let lines: Vec<&str> = page.lines().collect();
        assert!(lines.iter().all(|it| width(it) <= COLUMNS), "{page}");
        assert_eq!(lines[0].find("HERE"), lines[1].find('^'), "{page}");
    }
}
