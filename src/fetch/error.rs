//! What can go wrong with a download, and what a beginner can do about it. The errors say what happened; the hints
//! (`fetch-…-hint` in `locales/`) say what to do, naming the variable, the file or the package.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::disk_error::DiskError;
use crate::failure::{Code, Failure};
use crate::gather::Order as _;
use crate::quoting::quoted_path;
use crate::system::NetError;
use crate::system::parallel::Panicked;
use crate::text::Text;

mod net;

pub use net::broken;

/// Why an archive is not accepted; each rule has its text (`archive-…` in `locales/`). Genuine archives of Go break none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArchiveError {
    /// A rule about one entry: its name, what it is, its content, or two places that should say the same of it.
    Entry {
        /// As it stands in the archive.
        name: String,
        /// The key of the rule.
        rule: &'static str,
    },
    /// Two entries that can be one file.
    Twice {
        /// The later one.
        name: String,
        /// The earlier one.
        other: String,
    },
    /// Larger than anything that we fetch.
    Limit {
        /// The key of the rule.
        rule: &'static str,
        /// The limit.
        limit: u64,
    },
    /// The structure is not that of an archive that Go publishes: the key of the rule.
    Shape(&'static str),
}

impl ArchiveError {
    /// The rule that is broken, for people.
    pub fn text(&self) -> Text {
        match self {
            Self::Entry { name, rule } => text!(*rule, name = name),
            Self::Twice { name, other } => text!("archive-twice", name = name, other = other),
            Self::Limit { rule, limit } => text!(*rule, limit = limit.to_string()),
            Self::Shape(rule) => text!(*rule),
        }
    }
}

/// For logs and test failures only.
impl fmt::Display for ArchiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl std::error::Error for ArchiveError {}

/// Why something could not be fetched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// No answer came.
    #[error(transparent)]
    Net(#[from] NetError),
    /// An answer that is none: 403, 404, 500 and so on.
    #[error("{host} answered {status}")]
    Status {
        /// Who answered.
        host: String,
        /// The HTTP status.
        status: u16,
    },
    /// The transfer ended early, again and again.
    #[error("the download from {host} was cut at {at} bytes: {why}")]
    Cut {
        /// From where.
        host: String,
        /// How far it came.
        at: u64,
        /// The system's words.
        why: String,
    },
    /// The file at the source changed while it was fetched, or the source mixes up ranges.
    #[error("{host} sends parts that do not belong together")]
    Changed {
        /// From where.
        host: String,
    },
    /// Larger than it may be.
    #[error("{host} sends more than {limit} bytes")]
    TooLarge {
        /// From where.
        host: String,
        /// The limit.
        limit: u64,
    },
    /// A file could not be written.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// There is less room than it needs.
    #[error("{} has {free} bytes free, {needed} are needed", path.display())]
    NoRoom {
        /// The directory.
        path: PathBuf,
        /// Bytes that are free.
        free: u64,
        /// Bytes that are needed.
        needed: u64,
    },
    /// Somebody else could change what lies there before it is verified.
    #[error("{} is not private to us", path.display())]
    NotPrivate {
        /// The directory.
        path: PathBuf,
    },
    /// An archive that no honest source has.
    #[error("{from} sent an archive that is not accepted: {why}")]
    Hostile {
        /// From where.
        from: String,
        /// The rule that it breaks.
        why: ArchiveError,
    },
    /// Its hash is not that of the checksum database.
    #[error("{from} sent {found} where the checksum database has {expected}")]
    Checksum {
        /// From where.
        from: String,
        /// What the database has.
        expected: String,
        /// What came.
        found: String,
    },
    /// The checksum database could not be asked, or did not prove what it said.
    #[error("{0}")]
    Sums(Box<Failure>),
    /// Every source failed; each with its name.
    #[error("no source has {what}")]
    NoSource {
        /// What was wanted.
        what: String,
        /// Sources that were tried, and why each failed.
        tried: Vec<(String, FetchError)>,
    },
    /// We were told to stop.
    #[error("interrupted")]
    Stopped,
}

impl FetchError {
    /// From an open file, or what lies in a directory: such an error names no path by itself.
    pub fn disk(path: &Path, error: &io::Error) -> Self {
        Self::Disk(DiskError::new(path, error))
    }

    /// Whether it is about this machine, so that no other source will do better.
    pub fn is_ours(&self) -> bool {
        matches!(
            self,
            Self::Disk(_) | Self::NoRoom { .. } | Self::NotPrivate { .. } | Self::Sums(_) | Self::Stopped
        )
    }

    /// Whether what came fails its proof.
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Hostile { .. } | Self::Checksum { .. })
    }

    /// How much an error of one source tells about why there is no Go: the higher, the more.
    fn weight(&self) -> u8 {
        match self {
            Self::Hostile { .. } | Self::Checksum { .. } => 9,
            Self::Net(NetError::Proxy { .. }) => 8,
            Self::Net(NetError::Certificate { .. }) => 7,
            Self::Cut { .. } | Self::Changed { .. } | Self::TooLarge { .. } => 6,
            Self::Net(NetError::Unreachable { .. } | NetError::Unresolved { .. }) => 5,
            Self::Net(NetError::TimedOut { .. }) => 4,
            Self::Net(NetError::NotAllowed { .. }) => 3,
            Self::Status { .. } => 2,
            _ => 1,
        }
    }
}

/// Here, because it is the lowest floor that knows both.
impl From<Panicked> for Failure {
    fn from(it: Panicked) -> Self {
        Self::new(Code::InternalPanic, text!("internal-panic", said = it.said))
            .hint(text!("internal-panic-hint"))
    }
}

impl From<FetchError> for Failure {
    fn from(error: FetchError) -> Self {
        let failed = |code, message| Self::new(code, message);
        match error {
            FetchError::Net(error) => net::failure(error),
            FetchError::Status { host, status } => {
                failed(Code::NetStatus, text!("fetch-status", host = host, status = i64::from(status)))
                    .hint(text!("fetch-status-hint"))
            }
            FetchError::Cut { host, at, why } => {
                failed(Code::NetCut, text!("fetch-cut", host = host, megabytes = at >> 20, why = why))
                    .hint(text!("fetch-cut-hint"))
            }
            FetchError::Changed { host } => {
                failed(Code::NetChanged, text!("fetch-changed", host = host)).hint(text!("fetch-mirror-hint"))
            }
            FetchError::TooLarge { host, limit } => {
                failed(Code::NetTooLarge, text!("fetch-too-large", host = host, megabytes = limit >> 20))
                    .hint(text!("fetch-mirror-hint"))
            }
            FetchError::Disk(error) if error.is_full() => {
                let failure = failed(Code::DiskFull, text!("fetch-disk-full", why = error.text()));
                failure.hint(text!("fetch-disk-full-hint", path = &error.path)).at(error.path, None)
            }
            FetchError::Disk(error) => {
                failed(Code::DiskWrite, text!("fetch-disk", why = error.text())).at(error.path, None)
            }
            FetchError::NoRoom { path, free, needed } => {
                let (free, needed) = (free >> 20, (needed >> 20) + 1);
                let message = text!("fetch-no-room", path = &path, free = free, needed = needed);
                failed(Code::DiskFull, message)
                    .hint(text!("fetch-disk-full-hint", path = &path))
                    .at(path, None)
            }
            FetchError::NotPrivate { path } => {
                let message = text!("fetch-not-private", path = &path);
                failed(Code::DiskNotPrivate, message)
                    .hint(text!("fetch-not-private-hint", path = quoted_path(&path)))
                    .at(path, None)
            }
            FetchError::Hostile { from, why } => {
                let message = text!("fetch-hostile", from = from, why = why.text());
                Self::new(Code::ArchiveHostile, message).hint(text!("fetch-refused-hint"))
            }
            FetchError::Checksum { from, expected, found } => {
                let message = text!("fetch-checksum", from = from, expected = expected, found = found);
                Self::new(Code::TrustChecksum, message).hint(text!("fetch-refused-hint"))
            }
            FetchError::Sums(failure) => *failure,
            FetchError::NoSource { what, tried } => no_source(&what, tried),
            FetchError::Stopped => Self::new(Code::Interrupted, text!("fetch-stopped")),
        }
    }
}

/// How many sources are told about in one message.
const TOLD: usize = 3;

/// Every source failed. The most telling error decides what to do and is told first; what several say is told once.
/// `message` says what was wanted, around the reasons.
pub fn of_sources(message: impl FnOnce(Text) -> Text, tried: Vec<(String, FetchError)>) -> Option<Failure> {
    let mut failures: Vec<_> = tried.into_iter().map(|(_, it)| (it.weight(), Failure::from(it))).collect();
    failures.order_by_key(|it| std::cmp::Reverse(it.0)); // stable: else in the order of the sources
    let mut reasons: Vec<Text> = Vec::new();
    for (_, failure) in &failures {
        if !reasons.contains(&failure.message) {
            reasons.push(failure.message.clone());
        }
    }
    let more = reasons.len().saturating_sub(TOLD);
    reasons.truncate(TOLD);
    let list =
        reasons.into_iter().rev().reduce(|rest, first| text!("fetch-and", first = first, rest = rest))?;
    let list = if more > 0 { text!("fetch-and-more", list = list, count = more) } else { list };
    let (_, first) = failures.into_iter().next()?;
    Some(Failure { message: message(list), ..first })
}

fn no_source(what: &str, tried: Vec<(String, FetchError)>) -> Failure {
    of_sources(|list| text!("fetch-no-source", what = what, tried = list), tried).unwrap_or_else(|| {
        Failure::new(Code::NetNoSource, text!("fetch-no-source-at-all", what = what))
            .hint(text!("fetch-no-source-at-all-hint"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Exit;
    use crate::report::words::{Lang, Words};
    use crate::system::{CertificateFault, UrlRule};

    /// One of each kind, for tables.
    fn all() -> Vec<(FetchError, Code, Exit)> {
        let host = || "go.dev".to_owned();
        let why = || "some reason".to_owned();
        let path = || PathBuf::from("/home/ann/.local/share/fyne-setup");
        let net = FetchError::Net;
        let hostile = || FetchError::Hostile { from: host(), why: ArchiveError::Shape("archive-zip-short") };
        let certificate = |fault: CertificateFault| {
            let issuer = Some("Office CA".to_owned());
            (net(NetError::Certificate { host: host(), fault, issuer }), Code::NetCertificate, Exit::Failed)
        };
        let proxy = |status: Option<u16>| {
            (net(NetError::Proxy { proxy: host(), status, why: why() }), Code::NetProxy, Exit::Failed)
        };
        let rule = |rule: UrlRule| {
            (net(NetError::NotAllowed { url: host(), rule }), Code::NetNotAllowed, Exit::Failed)
        };
        let nameless =
            NetError::Certificate { host: host(), fault: CertificateFault::UnknownIssuer, issuer: None };
        vec![
            (net(NetError::Unreachable { host: host(), why: why() }), Code::NetUnreachable, Exit::Failed),
            (net(NetError::Unresolved { host: host() }), Code::NetUnreachable, Exit::Failed),
            (net(NetError::TimedOut { host: host() }), Code::NetTimeout, Exit::Failed),
            certificate(CertificateFault::Expired),
            certificate(CertificateFault::NotYetValid),
            certificate(CertificateFault::UnknownIssuer),
            certificate(CertificateFault::WrongName),
            certificate(CertificateFault::Revoked),
            certificate(CertificateFault::NoAuthorities { file: None }),
            certificate(CertificateFault::NoAuthorities { file: Some(path()) }),
            certificate(CertificateFault::Other(why())),
            (net(nameless), Code::NetCertificate, Exit::Failed),
            proxy(None),
            proxy(Some(403)),
            proxy(Some(407)),
            rule(UrlRule::NoHost),
            rule(UrlRule::Plain),
            rule(UrlRule::Scheme),
            rule(UrlRule::Downgrade),
            rule(UrlRule::UserName),
            rule(UrlRule::Redirects),
            (FetchError::Status { host: host(), status: 404 }, Code::NetStatus, Exit::Failed),
            (FetchError::Cut { host: host(), at: 9, why: why() }, Code::NetCut, Exit::Failed),
            (FetchError::Changed { host: host() }, Code::NetChanged, Exit::Failed),
            (FetchError::TooLarge { host: host(), limit: 9 }, Code::NetTooLarge, Exit::Failed),
            (FetchError::disk(&path(), &io::ErrorKind::StorageFull.into()), Code::DiskFull, Exit::Failed),
            (FetchError::disk(&path(), &io::ErrorKind::QuotaExceeded.into()), Code::DiskFull, Exit::Failed),
            (FetchError::disk(&path(), &io::ErrorKind::Other.into()), Code::DiskWrite, Exit::Failed),
            (FetchError::NoRoom { path: path(), free: 1, needed: 2 }, Code::DiskFull, Exit::Failed),
            (FetchError::NotPrivate { path: path() }, Code::DiskNotPrivate, Exit::Failed),
            (hostile(), Code::ArchiveHostile, Exit::Refused),
            (
                FetchError::Checksum { from: host(), expected: "a".into(), found: "b".into() },
                Code::TrustChecksum,
                Exit::Refused,
            ),
            (FetchError::NoSource { what: "Go".into(), tried: vec![] }, Code::NetNoSource, Exit::Failed),
            (
                FetchError::NoSource {
                    what: "Go".into(),
                    tried: vec![
                        ("a".into(), FetchError::Status { host: host(), status: 500 }),
                        ("b".into(), hostile()),
                    ],
                },
                Code::ArchiveHostile,
                Exit::Refused,
            ),
            (FetchError::Stopped, Code::Interrupted, Exit::Interrupted),
        ]
    }

    #[test]
    fn every_error_has_a_stable_code_an_exit_and_words_in_every_language() {
        for (error, code, exit) in all() {
            let failure = Failure::from(error.clone());
            assert_eq!((failure.code, failure.exit), (code, exit), "{error}");
            for words in Lang::ALL.map(Words::of) {
                for text in [Some(&failure.message), failure.hint.as_ref()].into_iter().flatten() {
                    let said = words.say(text);
                    assert!(words.has(&text.key), "{} lacks {}", words.lang().tag(), text.key);
                    assert!(!said.contains('{'), "{said}");
                }
            }
        }
    }

    #[test]
    fn what_every_source_says_is_said_once_and_the_most_telling_first() {
        let refuses =
            || NetError::Proxy { proxy: "http://p:3128".into(), status: Some(403), why: "403 No".into() };
        let proxy = || FetchError::Net(refuses());
        let status = |host: &str| FetchError::Status { host: host.into(), status: 500 };
        let said = |errors: Vec<FetchError>| {
            let tried = errors.into_iter().map(|it| ("somewhere".to_owned(), it)).collect();
            let failure = Failure::from(FetchError::NoSource { what: "Go".into(), tried });
            (failure.code, Words::of(Lang::En).say(&failure.message))
        };
        let (code, text) = said(vec![status("a"), proxy(), proxy()]);
        assert_eq!(code, Code::NetProxy);
        let refused = "the proxy http://p:3128 does not let the request through: 403 No";
        assert_eq!(text, format!("no source could provide Go: {refused}; a answered 500"));
        let (_, text) = said(["a", "b", "c", "d", "e"].map(status).into());
        assert_eq!(
            text,
            "no source could provide Go: a answered 500; b answered 500; c answered 500; and 2 more"
        );
    }
}
