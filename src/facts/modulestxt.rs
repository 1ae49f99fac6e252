//! `vendor/modules.txt`: which modules, in which version, lie in `vendor`.

/// A module that is vendored: its path and version. Replacements by directories have no version of their own and are
/// left out, and so are the lines of packages.
pub fn parse(text: &str) -> Vec<(String, String)> {
    let mut modules = Vec::new();
    for line in text.lines() {
        let mut words = line.split_whitespace();
        if words.next() != Some("#") {
            continue;
        }
        if let (Some(path), Some(version)) = (words.next(), words.next().filter(|it| it.starts_with('v'))) {
            modules.push((path.to_owned(), version.to_owned()));
        }
    }
    modules
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn modules_are_read_and_packages_passed_over() {
        let text = "# fyne.io/fyne/v2 v2.8.1\n## explicit; go 1.22.0\nfyne.io/fyne/v2\n# a.b/c v1.0.0 => ./c\n\
            # a.b/d => ../d\n#\n";
        let want = [("fyne.io/fyne/v2", "v2.8.1"), ("a.b/c", "v1.0.0")];
        assert_eq!(parse(text), want.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in any::<String>()) {
            prop_assert!(parse(&text).len() <= text.lines().count());
        }
    }
}
