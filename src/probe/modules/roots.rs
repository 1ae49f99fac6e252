//! Where the certificates are that a download is trusted by, as Go looks for them. Names and sizes only; what is in them
//! is told by the first download.

use std::path::{Path, PathBuf};

use crate::fact::Fact;
use crate::facts::Settings;
use crate::path_style::PathStyle;
use crate::system::links;
use crate::system::{Kind, Look};

/// Bundles of Debian, Fedora, openSUSE, older RHEL, newer RHEL, Alpine; the first that is there counts.
const BUNDLES: &[&str] = &[
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/tls/cacert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
];
const DIRS: &[&str] = &["/etc/ssl/certs", "/etc/pki/tls/certs"];
const VARIABLES: [&str; 2] = ["SSL_CERT_FILE", "SSL_CERT_DIR"];

/// A bundle or directory with certificates; where there is none, the variables that hide the system's.
pub(super) fn probe(look: &dyn Look, here: &Settings) -> (Fact<PathBuf>, Vec<String>) {
    let [file, dirs] = VARIABLES.map(|it| here.set(it));
    let found = roots(look, here.style, file, dirs);
    let told: Vec<String> =
        VARIABLES.into_iter().filter(|it| here.set(it).is_some()).map(str::to_owned).collect();
    if found.is_absent() && !told.is_empty() && roots(look, here.style, None, None).is_here() {
        return (found, told);
    }
    (found, Vec::new())
}

fn roots(look: &dyn Look, style: PathStyle, file: Option<&str>, dirs: Option<&str>) -> Fact<PathBuf> {
    let files = file.map_or_else(|| BUNDLES.to_vec(), |it| vec![it]);
    let dirs = dirs.map_or_else(|| DIRS.to_vec(), |it| style.entries(it));
    let mut unsure = None;
    for path in files.into_iter().map(Path::new) {
        match links::resolve(look, path) {
            Fact::Here((_, stat)) if stat.kind == Kind::File && stat.size > 0 => {
                return Fact::Here(path.to_path_buf());
            }
            Fact::Unknown(why) => unsure = Some(why),
            _ => {}
        }
    }
    let ends = [".pem", ".crt", ".0"];
    let holds = |dir: &&str| {
        let names = look.list(Path::new(dir)).into_here().unwrap_or_default();
        names.iter().any(|name| ends.iter().any(|it| name.ends_with(it)))
    };
    let dir = dirs.iter().find(|it| holds(it)).map(|it| Fact::Here(PathBuf::from(it)));
    dir.unwrap_or_else(|| unsure.map_or(Fact::Absent, Fact::Unknown))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture;
    use crate::system::fake::Machine;

    #[test]
    fn certificates_are_looked_for_as_go_does_it() {
        let bundle = "/etc/ssl/certs/ca-certificates.crt";
        let machine = Machine::linux().file(bundle, "-----BEGIN CERTIFICATE-----");
        let mut facts = fixture::healthy();
        assert_eq!(probe(&machine, &facts.here), (Fact::Here(bundle.into()), vec![]));
        // The other one still leads there.
        fixture::set(&mut facts, "SSL_CERT_FILE", "/opt/gone.pem", fixture::profile());
        assert_eq!(probe(&machine, &facts.here).0, Fact::Here("/etc/ssl/certs".into()));
        fixture::set(&mut facts, "SSL_CERT_DIR", "/opt/gone", fixture::profile());
        let hidden = probe(&machine, &facts.here);
        assert_eq!(hidden, (Fact::Absent, vec!["SSL_CERT_FILE".into(), "SSL_CERT_DIR".into()]));
        assert_eq!(
            probe(&Machine::linux(), &facts.here),
            (Fact::Absent, vec![]),
            "nobody hides what is not there"
        );
    }
}
