//! Why a module's hash could not be confirmed, and what a person can do about it.

use std::path::PathBuf;

use crate::disk_error::DiskError;
use crate::failure::{Code, Failure};
use crate::fetch::FetchError;
use crate::fetch::error::of_sources;
use crate::trust::note::NoteError;
use crate::trust::record::RecordError;
use crate::trust::tlog::ProofError;

/// What keeps a module's hash from being confirmed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SumdbError {
    /// No server gave an answer.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// There may be no network, and this module was never confirmed here before.
    #[error("{module} was never confirmed on this machine, and there may be no network")]
    Offline {
        /// `path@version`
        module: String,
    },
    /// This cannot be a module.
    #[error("{module} is not a module")]
    NotAModule {
        /// As it was asked for.
        module: String,
    },
    /// The log does not know it.
    #[error("{server} does not know {module}")]
    NotFound {
        /// `path@version`
        module: String,
        /// Who says so.
        server: String,
    },
    /// The answer has not the form of one: often a login page of a hotel or a company.
    #[error("{server} does not answer as a checksum database: {what}")]
    Malformed {
        /// Who answered.
        server: String,
        /// What was asked.
        what: String,
    },
    /// The signature is not the log's.
    #[error("{server}: {why} ({what})")]
    Signature {
        /// Who answered.
        server: String,
        /// What was asked.
        what: String,
        /// What is wrong with it.
        why: NoteError,
    },
    /// The tree does not prove what was said.
    #[error("{server}: {why}")]
    Proof {
        /// Who answered.
        server: String,
        /// What does not fit.
        why: ProofError,
    },
    /// The record is about something else.
    #[error("{server}, {module}: {why}")]
    Record {
        /// Who answered.
        server: String,
        /// `path@version`
        module: String,
        /// What is wrong with it.
        why: RecordError,
    },
    /// A program was built from something else than what was published.
    #[error("{module} was built from {built:?}; published is {published}")]
    Differs {
        /// `path@version`
        module: String,
        /// What its build info says; empty for a local change.
        built: String,
        /// What the checksum database says.
        published: String,
    },
    /// A program was built from a directory, not from a published module.
    #[error("{module} was built from a local directory")]
    Local {
        /// What its build info calls it.
        module: String,
    },
    /// Two heads, both signed, of which neither grew out of the other. The log has two histories.
    #[error("the checksum database has two histories:\n{ours}\n{theirs}")]
    Fork {
        /// The signed head that we knew, or that came first.
        ours: String,
        /// The signed head that contradicts it.
        theirs: String,
        /// Where both are kept, if that worked.
        kept: Option<PathBuf>,
    },
    /// The head that we keep is not what we wrote.
    #[error("{} is damaged", path.display())]
    Damaged {
        /// Its file.
        path: PathBuf,
    },
    /// Our own mistake.
    #[error(transparent)]
    Panicked(#[from] crate::system::parallel::Panicked),
    /// Our state cannot be read or written.
    #[error(transparent)]
    Store(#[from] DiskError),
}

impl SumdbError {
    /// Whether an answer came and fails its proof.
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::Malformed { .. }
                | Self::Signature { .. }
                | Self::Proof { .. }
                | Self::Record { .. }
                | Self::Differs { .. }
                | Self::Local { .. }
                | Self::Fork { .. }
        )
    }
}

impl From<SumdbError> for Failure {
    fn from(error: SumdbError) -> Self {
        let failed = |code, message| Self::new(code, message);
        let refused = |code, message| Self::new(code, message).hint(text!("trust-other-hint"));
        match error {
            SumdbError::Fetch(FetchError::NoSource { what, tried }) => {
                of_sources(|list| text!("trust-no-server", tried = list), tried)
                    .unwrap_or_else(|| FetchError::NoSource { what, tried: Vec::new() }.into())
            }
            SumdbError::Fetch(error) => error.into(),
            SumdbError::Panicked(it) => it.into(),
            SumdbError::Offline { module } => {
                failed(Code::NetOffline, text!("trust-offline", module = module))
                    .hint(text!("trust-offline-hint"))
            }
            SumdbError::NotAModule { module } => {
                Self::new(Code::UsageModule, text!("trust-not-a-module", module = module))
            }
            SumdbError::NotFound { module, server } => {
                failed(Code::TrustUnknown, text!("trust-unknown", module = module, server = server))
                    .hint(text!("trust-unknown-hint"))
            }
            SumdbError::Malformed { server, what } => {
                Self::new(Code::TrustAnswer, text!("trust-answer", server = server, what = what))
                    .hint(text!("trust-answer-hint"))
            }
            SumdbError::Signature { server, what, .. } => {
                refused(Code::TrustSignature, text!("trust-signature", server = server, what = what))
            }
            SumdbError::Proof { server, why } => {
                refused(Code::TrustProof, text!("trust-proof", server = server, why = why.text()))
            }
            SumdbError::Record { server, module, .. } => {
                refused(Code::TrustRecord, text!("trust-record", server = server, module = module))
            }
            SumdbError::Differs { module, built, published } => {
                let message = text!("trust-differs", module = module, built = built, published = published);
                Self::new(Code::TrustChecksum, message).hint(text!("trust-differs-hint"))
            }
            SumdbError::Local { module } => {
                Self::new(Code::TrustChecksum, text!("trust-local", module = module))
                    .hint(text!("trust-differs-hint"))
            }
            SumdbError::Fork { ours, theirs, kept } => {
                let message = text!("trust-fork", ours = in_short(&ours), theirs = in_short(&theirs));
                let failure = Self::new(Code::TrustFork, message).hint(text!("trust-fork-hint"));
                match kept {
                    Some(path) => failure.at(path, None),
                    None => failure,
                }
            }
            SumdbError::Damaged { path } => failed(Code::TrustState, text!("trust-state", path = &path))
                .hint(text!("trust-state-hint", path = &path))
                .at(path, None),
            SumdbError::Store(error) => {
                let code = if error.is_full() { Code::DiskFull } else { Code::DiskWrite };
                failed(code, text!("trust-store", path = &error.path, why = error.why)).at(error.path, None)
            }
        }
    }
}

/// Size and root of a signed head.
fn in_short(note: &str) -> String {
    note.lines().skip(1).take(2).collect::<Vec<_>>().join(" ")
}
