//! Whether there are certificates to trust a download by: the system's bundle, or what SSL_CERT_FILE and SSL_CERT_DIR
//! name in its place. Whose certificates they are is the administrator's business.

use super::{Check, Group, Status, Verdict, blame, go_present, go_proxy, setting};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "modules.certificates", group: Group::Modules, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, want: &Want, known: &Knowledge) -> Verdict {
    let modules = &facts.modules;
    // Windows keeps them in a store of its own, which Go and we ask; it fills it by itself.
    if facts.host.identity.os == "windows" {
        return Verdict::ok(text!("modules-certificates-windows"));
    }
    // crypto/x509: the variables are for Unix other than macOS, and no file is read there.
    if facts.host.is_mac() {
        return Verdict::ok(text!("modules-certificates-mac"));
    }
    match &modules.roots {
        Fact::Here(path) => return Verdict::ok(text!("modules-certificates-ok", path = path)),
        Fact::Unknown(why) => return Verdict::unknown(text!("modules-certificates-unknown", why = why)),
        Fact::Absent => {}
    }
    if !encrypted(facts) {
        return Verdict::info(text!("modules-certificates-unneeded"));
    }
    let mut verdict = Verdict::fail(text!("modules-certificates-none"));
    let hidden = modules.roots_hidden_by.iter().filter_map(|it| Some((it, facts.here.get(it)?)));
    for (name, set) in hidden {
        if verdict.cause.is_none() {
            let place = setting::place(&set.origin);
            verdict = verdict.cause(text!(
                "modules-certificates-hidden",
                name = name,
                value = &set.value,
                place = place
            ));
        }
        verdict = blame::at_fault(verdict, facts, name, set, None);
    }
    if verdict.cause.is_none() {
        let package = blame::package_words(facts, want, known, "ca-certificates");
        verdict = verdict.cause(text!("modules-certificates-cause", package = &package)).need(blame::need(
            facts,
            want,
            known,
            "ca-certificates",
        ));
    }
    let lacks = !modules.missing.is_empty() || go_present::usable(facts, want).is_none();
    if !lacks {
        // Everything is here; the next download will bite.
        verdict.status = Status::Warn;
    }
    verdict
}

/// Whether modules come over a connection that needs certificates.
fn encrypted(facts: &Facts) -> bool {
    let proxies = facts.here.set("GOPROXY").map(go_proxy::entries).unwrap_or_default();
    proxies.first().is_none_or(|it| *it != "off" && !it.starts_with("file:") && !it.starts_with("http:"))
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;
    use crate::need::Need;

    #[test]
    fn without_certificates_the_next_download_fails() {
        let mut facts = fixture::healthy();
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
        facts.modules.roots = Fact::Absent;
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.needs, [Need::Capability("ca-certificates".into())]);
        assert_eq!(verdict.status, Status::Warn, "nothing is downloaded today");
        facts.modules.missing = vec!["golang.org/x/image@v0.24.0".into()];
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Fail);
        fixture::set(&mut facts, "GOPROXY", "file:///srv/modules", fixture::go_env());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Info);
    }

    #[test]
    fn on_a_mac_the_keychain_has_the_certificates() {
        let mut facts = fixture::healthy();
        facts.host.identity.os = "macos".into();
        facts.modules.roots = Fact::Absent;
        facts.modules.roots_hidden_by = vec!["SSL_CERT_FILE".into()];
        assert_eq!(fixture::judged(&CHECK, &facts).summary.key, "modules-certificates-mac");
    }

    #[test]
    fn on_windows_no_file_is_asked_for() {
        let mut facts = fixture::healthy();
        facts.modules.roots = Fact::Absent;
        facts.modules.missing = vec!["golang.org/x/image@v0.24.0".into()];
        facts.host.identity.os = "windows".into();
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
    }

    #[test]
    fn a_variable_that_hides_them_is_named() {
        let mut facts = fixture::healthy();
        facts.modules.roots = Fact::Absent;
        facts.modules.roots_hidden_by = vec!["SSL_CERT_FILE".into(), "SSL_CERT_DIR".into()];
        fixture::set(&mut facts, "SSL_CERT_FILE", "/opt/ca.pem", fixture::profile());
        fixture::set(&mut facts, "SSL_CERT_DIR", "/opt/certs", fixture::profile());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.needs.len(), verdict.place.variable.as_deref()), (2, Some("SSL_CERT_FILE")));
    }
}
