//! What makes bytes trustworthy: digests, signatures, and the proofs of Go's checksum database, a public, append-only log
//! that has the hash of every Go module, Go's own toolchains among them. Pure: it is handed bytes and keys, and knows
//! neither servers nor files. Who asks servers is `fetch::sumdb`; which manifest is accepted is `release`.
//!
//! - [`note`]: signed texts. - [`tlog`]: the Merkle tree, its tiles and proofs. - [`record`]: what a lookup answers.
//! - [`dirhash`]: the `h1:` of a zip or a tree. - [`name`]: module paths and versions, and how URLs write them.
//! - [`proof`]: a lookup with its proof in one small file, which needs no network to be believed again.
//! - [`minisign`], [`openpgp`]: detached signatures of files. - [`sums`]: lists of checksums.
//! - [`apple`]: the signature in a program for macOS.
//! - [`bound`]: what signatures of ours say of a file. - [`keys`]: the keys of this build.
//!
//! A check that succeeds returns a [`Verified`] value, which nothing else can make, and the next step demands it: a
//! forgotten check does not compile.

pub mod apple;
pub mod bound;
pub mod dirhash;
pub mod keys;
pub mod minisign;
pub mod name;
pub mod note;
pub mod openpgp;
pub mod proof;
pub mod record;
pub mod sums;
pub mod tlog;

/// Bytes, or a name with its hash, whose origin was proven against a key that is part of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<T>(T);

impl<T> Verified<T> {
    /// Only this module's children vouch.
    fn vouch(value: T) -> Self {
        Self(value)
    }

    /// What is read out of something that is verified is verified too. `read` gets nothing else to read from.
    pub fn read<U>(&self, read: impl FnOnce(&T) -> U) -> Verified<U> {
        Verified(read(&self.0))
    }

    /// The value.
    pub const fn get(&self) -> &T {
        &self.0
    }

    /// The value, taken out.
    pub fn into_inner(self) -> T {
        self.0
    }
}
