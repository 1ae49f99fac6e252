//! A line of a file as it stands there, with a mark under the place that is at fault.

use super::super::page::{COLUMNS, Label, Page, width};
use super::super::words::safe;
use crate::failure::Quote;

/// The line at fault with a mark under the place; of a long one, the part around it.
pub fn show(page: &mut Page, quote: &Quote) {
    let shown = |it: &str| safe(&it.replace('\t', " ")).into_owned();
    let number = format!("  {} | ", quote.line);
    let room = COLUMNS.saturating_sub(width(&number));
    // Hidden before it is cut: what is left of a secret by itself is not told any more.
    let at =
        quote.text.char_indices().nth(quote.column.saturating_sub(1)).map_or(quote.text.len(), |it| it.0);
    let (all, front) = (shown(&quote.text), shown(&quote.text[..at]));
    let same = all.chars().zip(front.chars()).take_while(|it| it.0 == it.1).map(|it| it.0.len_utf8()).sum();
    let (mut before, mut after) = all.split_at(same);
    if width(before) > room / 2 {
        let mut left = width(before) - room / 2;
        let fits = |(_, c): &(usize, char)| {
            let fits = left == 0;
            left = left.saturating_sub(width(c.encode_utf8(&mut [0; 4])));
            fits
        };
        before = &before[before.char_indices().find(fits).map_or(before.len(), |it| it.0)..];
    }
    let mut left = room - width(before);
    let beyond = |(_, c): &(usize, char)| {
        let wide = width(c.encode_utf8(&mut [0; 4]));
        let beyond = wide > left;
        left = left.saturating_sub(wide);
        beyond
    };
    after = &after[..after.char_indices().find(beyond).map_or(after.len(), |it| it.0)];
    page.line(Label::Faint, format!("{number}{before}{after}"));
    let space = " ".repeat(width(&number) - 2);
    page.line(Label::Bad, format!("{space}| {}^", " ".repeat(width(before))));
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
    fn a_secret_is_hidden_also_where_the_place_is_in_it_or_its_name_is_cut_off() {
        let far = format!("a = 1 {}token = \"{}abc", "x ".repeat(9), "y".repeat(40));
        for (text, column) in [("api_token = \"abc", 16), ("token = \"abc\" x", 15), (&far, 70)] {
            let page = shown(text, column);
            assert!(!page.contains("abc") && page.contains('…'), "{page}");
        }
    }

    #[test]
    fn a_line_of_a_megabyte_is_cut_without_reading_it_again_for_each_character() {
        assert!(shown(&"{a= ".repeat(250_000), 500_000).lines().all(|it| width(it) <= COLUMNS));
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
