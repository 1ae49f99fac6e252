//! What the flags for Apple's linker say, in CGO_LDFLAGS and the like: which frameworks, which linker, for which macOS. Pure.

/// The words as the linker gets them: those that `-Wl,` hands on, and those that the compiler hands on by itself.
fn linker_words(words: &[String]) -> Vec<&str> {
    words
        .iter()
        .flat_map(|it| {
            it.strip_prefix("-Wl,").map_or_else(|| vec![it.as_str()], |it| it.split(',').collect())
        })
        .collect()
}

/// The frameworks that are named more than once, in their order.
pub fn doubled_frameworks(words: &[String]) -> Vec<String> {
    let words = linker_words(words);
    let named: Vec<&str> = words.windows(2).filter(|it| it[0] == "-framework").map(|it| it[1]).collect();
    let mut doubled: Vec<String> = Vec::new();
    for (at, name) in named.iter().enumerate() {
        if named[..at].contains(name) && !doubled.iter().any(|it| it == name) {
            doubled.push((*name).to_owned());
        }
    }
    doubled
}

/// The word that asks for the linker from before Xcode 15, which is gone since Xcode 27.
pub fn classic_linker(words: &[String]) -> Option<&str> {
    linker_words(words).into_iter().find(|it| ["-ld_classic", "-ld64"].contains(it))
}

/// The macOS that programs are built for, where a flag says so.
pub fn deployment_target(words: &[String]) -> Option<&str> {
    ["-mmacosx-version-min=", "-mmacos-version-min="]
        .iter()
        .find_map(|front| words.iter().rev().find_map(|it| it.strip_prefix(front)))
}

/// The framework that the linker does not find, in its words: `ld: framework 'QTKit' not found`, before Xcode 15
/// `ld: framework not found QTKit`.
pub fn missing_framework(said: &str) -> Option<&str> {
    let rest = said.trim().strip_prefix("ld: framework ")?;
    let name = match rest.strip_prefix("not found ") {
        Some(name) => name,
        None => rest.strip_suffix(" not found")?,
    };
    let name = name.trim().trim_matches('\'');
    (!name.is_empty() && !name.contains(' ')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::words;

    #[test]
    fn a_framework_that_is_named_twice_is_told_once() {
        for (flags, want) in [
            ("", &[][..]),
            ("-framework Metal -framework Foundation", &[]),
            ("-framework Metal -framework MetalKit -framework Metal -framework Metal", &["Metal"]),
            ("-Wl,-framework,Metal -framework Metal", &["Metal"]),
            ("-framework", &[]),
        ] {
            assert_eq!(doubled_frameworks(&words::split(flags)), want, "{flags}");
        }
    }

    #[test]
    fn the_classic_linker_is_asked_for_in_two_ways_and_two_words() {
        for (flags, want) in [
            ("-Wl,-ld_classic", Some("-ld_classic")),
            ("-ld_classic", Some("-ld_classic")),
            ("-Wl,-dead_strip,-ld64", Some("-ld64")),
            ("-lold_classic", None),
        ] {
            assert_eq!(classic_linker(&words::split(flags)), want, "{flags}");
        }
    }

    #[test]
    fn the_last_flag_says_for_which_macos() {
        for (flags, want) in [
            ("-O2 -mmacosx-version-min=10.13 -mmacosx-version-min=15.0", Some("15.0")),
            ("-mmacos-version-min=11", Some("11")),
            ("-O2", None),
        ] {
            assert_eq!(deployment_target(&words::split(flags)), want, "{flags}");
        }
    }

    #[test]
    fn a_framework_that_the_linker_does_not_find_is_told_in_its_words_of_today_and_before() {
        for (said, want) in [
            ("ld: framework 'QTKit' not found", Some("QTKit")),
            ("ld: framework not found QTKit", Some("QTKit")),
            ("ld: library 'GL' not found", None),
            ("ld: warning: search path '/opt/x' not found", None),
            ("ld: framework not found ", None),
            ("", None),
        ] {
            assert_eq!(missing_framework(said), want, "{said}");
        }
    }
}
