//! The public keys that are part of the program. This is the one place that chooses them; with the cargo feature
//! `test-keys` they are throw-away keys whose private halves stand in `tests/testlog`, and nothing is trustworthy.

/// The verifier key of the Go checksum database.
#[cfg(not(feature = "test-keys"))]
pub const SUMDB: &str = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

/// The verifier key of the checksum database that tests can sign.
#[cfg(feature = "test-keys")]
pub const SUMDB: &str = "sum.golang.org+4bfdc663+AZvtCtAm/EHDbVJPuz18tM85eoEEdVBA4YMJ66nhZZ52";

/// Whether this build trusts throw-away keys; the release script refuses such a build.
pub const FOR_TESTS: bool = cfg!(feature = "test-keys");
