//! Whom we believe: rustls with ring, the platform's own verdict, and the CA files of the environment on top.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, OtherError, SignatureScheme};
use rustls_platform_verifier::Verifier;

use super::issuer::issuer;

/// How a `NetError::Certificate` begins when this machine trusts nobody at all: a container without CA certificates.
pub const NO_AUTHORITIES: &str = "this machine has no CA certificates";

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
    pub(super) fn config(&self) -> (ClientConfig, Option<String>) {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .expect("ring has the suites of TLS 1.2 and 1.3");
        let platform = Verifier::new_with_extra_roots(self.extra(), provider);
        let (mut config, lacks) = if let Ok(platform) = platform {
            let verifier = Arc::new(Named(platform));
            let builder = builder.dangerous().with_custom_certificate_verifier(verifier);
            (builder.with_no_client_auth(), None)
        } else {
            let nobody = builder.with_root_certificates(rustls::RootCertStore::empty());
            (nobody.with_no_client_auth(), Some(self.why_nobody()))
        };
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        (config, lacks)
    }

    /// Certificates that can be read; what cannot is left out here and shows as an untrusted issuer.
    fn extra(&self) -> Vec<CertificateDer<'static>> {
        let files = self.file.iter().cloned().chain(self.dirs.iter().flat_map(|it| files_in(it)));
        let read = files.filter_map(|it| CertificateDer::pem_file_iter(it).ok());
        let mut found: Vec<_> = read.flat_map(|it| it.filter_map(Result::ok)).collect();
        found.sort_unstable_by(|a, b| a.as_ref().cmp(b.as_ref()));
        found.dedup();
        let mut store = rustls::RootCertStore::empty();
        found.retain(|it| store.add(it.clone()).is_ok());
        found
    }

    fn why_nobody(&self) -> String {
        match &self.file {
            Some(file) => format!("{NO_AUTHORITIES}: SSL_CERT_FILE names {}, which has none", file.display()),
            None => NO_AUTHORITIES.to_owned(),
        }
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
    pub(super) why: String,
    pub(super) issuer: Option<String>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
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
            let why = match &error {
                rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer) => {
                    "its issuer is not known here".to_owned()
                }
                rustls::Error::InvalidCertificate(why) => why.to_string(),
                other => other.to_string(),
            };
            let issuer = issuer(intermediates.last().unwrap_or(end_entity));
            let refused = Arc::new(Refused { why, issuer });
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
