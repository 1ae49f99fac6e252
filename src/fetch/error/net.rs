//! What a `NetError` means to a person, and what to do about it. It decides by kinds; the words stand in `locales/`.

use crate::failure::{Code, Failure};
use crate::system::triple::OS;
use crate::system::{CertificateFault, NetError, UrlRule};
use crate::text::Text;

/// The failure of a command that got no answer.
pub(super) fn failure(error: NetError) -> Failure {
    let failed = |code, message, hint| Failure::new(code, message).hint(hint);
    match error {
        NetError::Unreachable { host, why } => failed(
            Code::NetUnreachable,
            text!("fetch-unreachable", host = host, why = why),
            text!("fetch-unreachable-hint"),
        ),
        NetError::Unresolved { host } => failed(
            Code::NetUnreachable,
            text!("fetch-unresolved", host = host),
            text!("fetch-unreachable-hint"),
        ),
        NetError::TimedOut { host } => {
            failed(Code::NetTimeout, text!("fetch-timeout", host = host), text!("fetch-unreachable-hint"))
        }
        NetError::Certificate { host, fault, issuer } => {
            let (message, hint) = certificate(&host, fault, issuer);
            failed(Code::NetCertificate, message, hint)
        }
        NetError::Proxy { proxy, status, why } => {
            let hint = match status {
                Some(407) => "fetch-proxy-login-hint",
                Some(_) => "fetch-proxy-refuses-hint",
                None => "fetch-proxy-hint",
            };
            failed(Code::NetProxy, text!("fetch-proxy", proxy = proxy, why = why), text!(hint))
        }
        NetError::NotAllowed { url, rule } => failed(
            Code::NetNotAllowed,
            text!("fetch-not-allowed", url = url, why = broken(rule)),
            text!("fetch-mirror-hint"),
        ),
    }
}

/// What happened and what to do. Only where the issuer is the matter does its CA certificate help.
fn certificate(host: &str, fault: CertificateFault, issuer: Option<String>) -> (Text, Text) {
    let (why, hint) = match fault {
        CertificateFault::NoAuthorities { file } => {
            let message = match file {
                None => text!("fetch-no-authorities", host = host),
                Some(file) => text!("fetch-no-authorities-file", host = host, file = file),
            };
            return (message, text!("fetch-no-authorities-hint", os = OS));
        }
        CertificateFault::Expired => (text!("fetch-certificate-expired"), "fetch-certificate-date-hint"),
        CertificateFault::NotYetValid => (text!("fetch-certificate-not-yet"), "fetch-certificate-date-hint"),
        CertificateFault::WrongName => (text!("fetch-certificate-name"), "fetch-certificate-name-hint"),
        CertificateFault::Revoked => (text!("fetch-certificate-revoked"), "fetch-mirror-hint"),
        CertificateFault::UnknownIssuer => (text!("fetch-certificate-issuer"), "fetch-certificate-hint"),
        CertificateFault::Other(words) => {
            (text!("fetch-certificate-other", words = words), "fetch-certificate-hint")
        }
    };
    let Some(issuer) = issuer else {
        return (text!("fetch-certificate", host = host, why = why), text!(hint));
    };
    let hint = match hint {
        "fetch-certificate-hint" => text!("fetch-certificate-of-hint", issuer = &issuer, os = OS),
        other => text!(other),
    };
    (text!("fetch-certificate-of", host = host, why = why, issuer = issuer), hint)
}

/// Which rule a URL breaks.
pub fn broken(rule: UrlRule) -> Text {
    text!(match rule {
        UrlRule::NoHost => "fetch-rule-no-host",
        UrlRule::Plain => "fetch-rule-plain",
        UrlRule::Scheme => "fetch-rule-scheme",
        UrlRule::Downgrade => "fetch-rule-downgrade",
        UrlRule::UserName => "fetch-rule-user-name",
        UrlRule::Redirects => "fetch-rule-redirects",
        UrlRule::OnlyBundle => "fetch-rule-only-bundle",
    })
}
