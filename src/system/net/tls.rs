//! Whom we believe: rustls with ring, the platform's own verdict, and the CA files of the environment on top.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read as _;
use std::path::PathBuf;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, OtherError, SignatureScheme};
use rustls_platform_verifier::Verifier;

use super::issuer::issuer;
use crate::gather::Order as _;
use crate::system::CertificateFault;
use crate::system::os::regular::{self, Links};

/// No list of authorities is longer.
const LARGEST: u64 = 64 << 20;

/// CA files that the environment names; they are believed in addition to the system's.
pub(super) struct Roots {
    file: Option<PathBuf>,
    dirs: Vec<PathBuf>,
}

impl Roots {
    pub(super) fn of(env: &BTreeMap<String, String>) -> Self {
        let set = |name: &str| env.get(name).filter(|it| !it.is_empty());
        let dirs = set("SSL_CERT_DIR").map(|it| std::env::split_paths(it).collect()).unwrap_or_default();
        Self { file: set("SSL_CERT_FILE").map(PathBuf::from), dirs }
    }

    /// The TLS settings of a client, and why no https is possible with them, if so.
    pub(super) fn config(&self) -> (ClientConfig, Option<CertificateFault>) {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .expect("ring has the suites of TLS 1.2 and 1.3");
        // The platform's verifier opens what SSL_CERT_FILE names as it is; from a pipe it would read for ever.
        let opens = self.file.as_ref().is_none_or(|it| regular::is_openable(it));
        // Windows makes a judge of its own for more roots, which is not to be had everywhere.
        let platform = opens.then(|| match self.extra() {
            none if none.is_empty() => Verifier::new(provider),
            extra => Verifier::new_with_extra_roots(extra, provider),
        });
        let (mut config, lacks) = if let Some(Ok(platform)) = platform {
            let verifier = Arc::new(Named(platform));
            let builder = builder.dangerous().with_custom_certificate_verifier(verifier);
            (builder.with_no_client_auth(), None)
        } else {
            let nobody = builder.with_root_certificates(rustls::RootCertStore::empty());
            (nobody.with_no_client_auth(), Some(CertificateFault::NoAuthorities { file: self.file.clone() }))
        };
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        (config, lacks)
    }

    /// Certificates that can be read; what cannot is left out here and shows as an untrusted issuer.
    fn extra(&self) -> Vec<CertificateDer<'static>> {
        let files = self.file.iter().cloned().chain(self.dirs.iter().flat_map(|it| files_in(it)));
        let read = files.filter_map(|it| regular::read(&it, Links::Followed).ok());
        let read = read.map(|it| CertificateDer::pem_reader_iter(std::io::BufReader::new(it.take(LARGEST))));
        let mut found: Vec<_> = read.flat_map(|it| it.filter_map(Result::ok)).collect();
        found.order_by(|a, b| a.as_ref().cmp(b.as_ref()));
        found.dedup();
        let mut store = rustls::RootCertStore::empty();
        found.retain(|it| store.add(it.clone()).is_ok());
        found
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is behind the door: SSL_CERT_DIR is a list of directories"
)]
fn files_in(dir: &std::path::Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries.filter_map(|it| std::fs::canonicalize(it.path()).ok()).collect();
    files.sort();
    files.dedup();
    files
}

/// The platform's verdict; a refusal names the issuer that is not trusted.
#[derive(Debug)]
struct Named(Verifier);

/// A refusal with the issuer of the last certificate that the server showed.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) fault: CertificateFault,
    pub(super) issuer: Option<String>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault.fmt(f)
    }
}

impl std::error::Error for Refused {}

impl ServerCertVerifier for Named {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let verdict = self.0.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        verdict.map_err(|error| {
            let fault = match &error {
                rustls::Error::InvalidCertificate(why) => fault(why),
                other => CertificateFault::Other(other.to_string()),
            };
            let issuer = issuer(intermediates.last().unwrap_or(end_entity));
            let refused = Arc::new(Refused { fault, issuer });
            rustls::Error::InvalidCertificate(CertificateError::Other(OtherError(refused)))
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}

/// The kind of what rustls found wrong with a certificate.
pub(super) fn fault(error: &rustls::CertificateError) -> CertificateFault {
    use rustls::CertificateError as Kind;
    match error {
        Kind::Expired | Kind::ExpiredContext { .. } => CertificateFault::Expired,
        Kind::NotValidYet | Kind::NotValidYetContext { .. } => CertificateFault::NotYetValid,
        Kind::UnknownIssuer => CertificateFault::UnknownIssuer,
        Kind::NotValidForName | Kind::NotValidForNameContext { .. } => CertificateFault::WrongName,
        Kind::Revoked => CertificateFault::Revoked,
        other => CertificateFault::Other(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use rustls::CertificateError as Kind;
    use rustls::pki_types::{ServerName, UnixTime};

    use super::*;

    #[test]
    fn what_rustls_says_of_a_certificate_keeps_its_kind() {
        let at = |seconds| UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds));
        let expected = ServerName::try_from("go.dev").expect("a name");
        let table = [
            (Kind::Expired, CertificateFault::Expired),
            (Kind::ExpiredContext { time: at(2), not_after: at(1) }, CertificateFault::Expired),
            (Kind::NotValidYet, CertificateFault::NotYetValid),
            (Kind::NotValidYetContext { time: at(1), not_before: at(2) }, CertificateFault::NotYetValid),
            (Kind::UnknownIssuer, CertificateFault::UnknownIssuer),
            (Kind::NotValidForName, CertificateFault::WrongName),
            (Kind::NotValidForNameContext { expected, presented: vec![] }, CertificateFault::WrongName),
            (Kind::Revoked, CertificateFault::Revoked),
            (Kind::BadEncoding, CertificateFault::Other(Kind::BadEncoding.to_string())),
        ];
        for (kind, expected) in table {
            assert_eq!(fault(&kind), expected, "{kind:?}");
        }
    }
}
