//! "Did you mean": the names that are nearest to a word. Pure.

use crate::gather::Order as _;

/// The names that are nearest to a word that is none of them; nothing when none is near.
pub fn near<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut all: Vec<_> =
        names.map(|it| (strsim::jaro_winkler(word, it), it)).filter(|it| it.0 > 0.75).collect();
    all.order_by(|a, b| b.0.total_cmp(&a.0));
    all.into_iter().map(|it| it.1).take(3).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found() {
        let names = ["go.version", "go.present", "cgo.headers"];
        assert_eq!(near("go.verison", names.into_iter()).first(), Some(&"go.version"));
        assert!(near("zzz", names.into_iter()).is_empty());
    }
}
