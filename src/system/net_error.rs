//! Why no answer came from the network, as values: who reads them decides by their kind and never by words in a message.

use std::fmt;
use std::path::PathBuf;

/// Why no answer came. URLs in messages carry no password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetError {
    /// The name could not be resolved: nobody answers for it, or nobody knows it.
    #[error("cannot resolve the name {host}")]
    Unresolved {
        /// Host of the URL.
        host: String,
    },
    /// Nothing listens, the line is cut.
    #[error("cannot reach {host}: {why}")]
    Unreachable {
        /// Host of the URL.
        host: String,
        /// The system's words.
        why: String,
    },
    /// No byte within the limit.
    #[error("{host} did not answer in time")]
    TimedOut {
        /// Host of the URL.
        host: String,
    },
    /// The certificate is not trusted here.
    #[error("the certificate of {host} is not trusted: {fault}")]
    Certificate {
        /// Host of the URL.
        host: String,
        /// What is wrong with it.
        fault: CertificateFault,
        /// Who issued the last certificate that the server showed, where it can be read.
        issuer: Option<String>,
    },
    /// The proxy refused or cannot be reached.
    #[error("the proxy {proxy} does not let us through: {why}")]
    Proxy {
        /// The proxy, without its password.
        proxy: String,
        /// The HTTP status that it answered; none where it did not answer.
        status: Option<u16>,
        /// Its status line, or the system's words.
        why: String,
    },
    /// We do not follow it: plain http, too many redirects, a redirect to http.
    #[error("will not fetch {url}: {rule}")]
    NotAllowed {
        /// The URL, without its password.
        url: String,
        /// The rule that it breaks.
        rule: UrlRule,
    },
}

/// What is wrong with a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CertificateFault {
    /// Its time is over, or this machine's clock is ahead.
    Expired,
    /// Its time has not begun, or this machine's clock is behind.
    NotYetValid,
    /// Nobody whom this machine trusts issued it.
    UnknownIssuer,
    /// It is for other hosts.
    WrongName,
    /// Its issuer took it back.
    Revoked,
    /// This machine trusts nobody at all: a container without CA certificates.
    NoAuthorities {
        /// The file that SSL_CERT_FILE names, which has none.
        file: Option<PathBuf>,
    },
    /// Anything else, in the words of the TLS library.
    Other(String),
}

impl NetError {
    /// Nobody answered: that may be otherwise a moment later.
    pub const fn is_unanswered(&self) -> bool {
        matches!(self, Self::Unresolved { .. } | Self::Unreachable { .. } | Self::TimedOut { .. })
    }
}

/// A rule of ours that a URL breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlRule {
    /// It names no host.
    NoHost,
    /// http, and not of this machine.
    Plain,
    /// Neither https nor http.
    Scheme,
    /// It redirects from https to http.
    Downgrade,
    /// It redirects to an address with a user name.
    UserName,
    /// More redirects than are followed.
    Redirects,
    /// It is none of the bundle, and nobody else is asked while one is used.
    OnlyBundle,
}

/// For logs and test failures, as all English here; people read the catalogue's words (`fetch::error`).
impl fmt::Display for CertificateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = match self {
            Self::Expired => "it has expired",
            Self::NotYetValid => "it is not valid yet",
            Self::UnknownIssuer => "its issuer is not known here",
            Self::WrongName => "it is for another host",
            Self::Revoked => "it was revoked",
            Self::NoAuthorities { file: None } => "this machine has no CA certificates",
            Self::NoAuthorities { file: Some(file) } => {
                return write!(f, "SSL_CERT_FILE names {}, which has no CA certificates", file.display());
            }
            Self::Other(words) => words,
        };
        f.write_str(plain)
    }
}

impl fmt::Display for UrlRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoHost => "it names no host",
            Self::Plain => "it is not https",
            Self::Scheme => "only https is fetched",
            Self::Downgrade => "it redirects from https to http",
            Self::UserName => "it redirects to an address with a user name",
            Self::Redirects => "more than five redirects",
            Self::OnlyBundle => "only the bundle is asked",
        })
    }
}

impl std::error::Error for UrlRule {}
