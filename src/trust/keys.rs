//! The public keys that are part of the program. This is the one place that chooses them; with the cargo feature
//! `test-keys` they are throw-away keys whose private halves stand in `tests/testlog`, and nothing is trustworthy.

use super::minisign::PublicKey;

/// The verifier key of the Go checksum database.
#[cfg(not(feature = "test-keys"))]
pub const SUMDB: &str = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

/// The verifier key of the checksum database that tests can sign.
#[cfg(feature = "test-keys")]
pub const SUMDB: &str = "sum.golang.org+4bfdc663+AZvtCtAm/EHDbVJPuz18tM85eoEEdVBA4YMJ66nhZZ52";

/// A head of the checksum database that was signed before this program was built: what a first contact shows must have
/// grown out of it, so that nobody can be shown another history from the start. Any newer note of the log's `latest` may
/// take its place.
pub const SUMDB_HEAD: &str = include_str!("../../manifests/sumdb-head");

/// Whether this build trusts throw-away keys; the release script refuses such a build.
pub const FOR_TESTS: bool = cfg!(feature = "test-keys");

/// The root keys, two of which sign the list of all other keys. None yet: until the owner has held the ceremony of
/// `docs/manifest.md`, every fetched manifest is refused.
#[cfg(not(feature = "test-keys"))]
pub const ROOTS: &[&str] = &[];

/// **Throw-away** root keys: everybody has their private halves, which stand in `tests/testlog/keys`.
#[cfg(feature = "test-keys")]
pub const ROOTS: &[&str] = &[
    "RWRwuMVURVwip8kFiUX3EL5uwjeAC+O6clTwnguDaFprqhOOeafQbxMW",
    "RWRk9b9vtIQoF27tQMEokGnJwQUrdXBd48ArQPdGXoTjxTQbrjDhaTKs",
    "RWS3LkPcD3THze1I+kc0cu8GjP3/t3YUF57uaRrSjp8RamkKDZMf8sa6",
];

/// The release keys that this build was made for, parted by commas: the key that signs its own archives. The release script
/// names it; any other build has none.
#[cfg(not(feature = "test-keys"))]
pub const RELEASE: &str = match option_env!("FYNE_SETUP_RELEASE_KEYS") {
    Some(keys) => keys,
    None => "",
};

/// **Throw-away**: `tests/testlog/keys/release`.
#[cfg(feature = "test-keys")]
pub const RELEASE: &str = "RWTVovr+GUyz7T7UCLyv8grxrI9jGqTiFBPvKnCcWh1qqciMbXapqT95";

/// The release keys of this build, read. The release script verifies with them what it has signed.
pub fn release() -> Vec<PublicKey> {
    named(RELEASE)
}

fn named(keys: &str) -> Vec<PublicKey> {
    keys.split(',').filter_map(|it| it.trim().parse().ok()).collect()
}

/// The root keys, read.
pub fn roots() -> Vec<PublicKey> {
    ROOTS.iter().map(|it| it.parse().expect("a test reads the root keys")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_that_is_part_of_the_program_is_signed_by_the_log() {
        let real = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
        let key: crate::trust::note::Key = real.parse().expect("a key");
        let text = key.open(SUMDB_HEAD.as_bytes()).expect("signed");
        assert!(crate::trust::tlog::Head::parse(text).is_some_and(|it| it.size > 72_000_000));
    }

    #[test]
    fn release_keys_are_parted_by_commas_and_none_are_none() {
        let key = "RWTVovr+GUyz7T7UCLyv8grxrI9jGqTiFBPvKnCcWh1qqciMbXapqT95";
        let other = "RWRwuMVURVwip8kFiUX3EL5uwjeAC+O6clTwnguDaFprqhOOeafQbxMW";
        assert_eq!(named(&format!("{key}, {other}")).len(), 2);
        assert_eq!((named("").len(), named(key).len()), (0, 1));
        assert_eq!(release().len(), usize::from(!RELEASE.is_empty()));
    }

    #[test]
    fn the_root_keys_are_none_or_three_different_ones() {
        let mut ids: Vec<_> = roots().iter().map(PublicKey::id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert!(matches!(ids.len(), 0 | 3), "{ids:?}");
        assert_eq!(ids.len(), ROOTS.len());
    }
}
