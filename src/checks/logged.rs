//! What the causes that a log shows are on this machine: which check says the same, and what is needed. Pure; the log was
//! read by [`crate::diagnose`], the machine was judged before. One cause is confirmed by the check that fails for that very
//! thing (the same header, the same variable, the same directory), and by no other failure of it.

use std::path::Path;

use super::{Finding, Status};
use crate::diagnose::{Cause, Needs};
use crate::need::Need;
use crate::packages::Table;

/// A cause of a log, and what the checks of a machine say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged<'a> {
    /// What the log shows.
    pub cause: &'a Cause,
    /// The check that says the same, else the first that could.
    pub check: Option<&'a str>,
    /// Whether this machine has it; `None` where no check can tell.
    pub confirmed: Option<bool>,
    /// What the check found that confirms it.
    pub finding: Option<&'a Finding>,
    /// The capability that it is about.
    pub capability: Option<&'a str>,
}

impl Logged<'_> {
    /// What has to become true: what the check needs that confirms it, else what follows from the log alone.
    pub fn needs(&self) -> Vec<Need> {
        if let Some(finding) = self.finding {
            return finding.verdict.needs.clone();
        }
        let configured = (self.cause.needs == Needs::Configured).then_some(Need::PackagesConfigured);
        let capability = self.capability.map(|it| Need::Capability(it.to_owned()));
        capability.into_iter().chain(configured).collect()
    }
}

/// Compares a cause of a log with what the checks found; none of them where nobody looked.
pub fn logged<'a>(cause: &'a Cause, findings: &'a [Finding], packages: &'a Table) -> Logged<'a> {
    let capability = capability(cause, packages);
    let named = |id: &String| findings.iter().find(|it| it.id == *id);
    let mut judged: Vec<_> =
        cause.checks.iter().filter_map(named).map(|it| (it, has(it, cause, capability))).collect();
    // One that does not apply here says nothing against the others.
    if judged.len() > 1 {
        judged.retain(|it| it.0.verdict.status != Status::Skipped);
    }
    // The first is the one that is about it: what is worth knowing there may be this.
    if let Some((_, says)) = judged.first_mut().filter(|it| it.0.verdict.status == Status::Info) {
        *says = None;
    }
    let finding = judged.iter().find(|it| it.1 == Some(true)).map(|it| it.0);
    let fine = !judged.is_empty() && judged.iter().all(|it| it.1 == Some(false));
    let check = finding.map(|it| it.id.as_str()).or(cause.checks.first().map(String::as_str));
    // What none of Fyne's packages brings no check has looked for.
    let asked =
        capability.is_some() || !matches!(cause.needs, Needs::Header | Needs::Library | Needs::Module);
    let confirmed = finding.map(|_| true).or((fine && asked && cause.refutes).then_some(false));
    Logged { cause, check, confirmed, finding, capability }
}

/// Whether a finding is this cause: a check that fails for something else tells nothing of it.
fn has(finding: &Finding, cause: &Cause, capability: Option<&str>) -> Option<bool> {
    match finding.verdict.status {
        Status::Ok | Status::Info => Some(false),
        Status::Fail | Status::Warn => is_about(finding, cause, capability),
        Status::Unknown | Status::Waiting | Status::Skipped => None,
    }
}

fn is_about(finding: &Finding, cause: &Cause, capability: Option<&str>) -> Option<bool> {
    let verdict = &finding.verdict;
    let variables = variables(finding);
    let wanted = cause.said.get("variable").into_iter().chain(&cause.variables);
    if wanted.clone().next().is_some() && !variables.is_empty() {
        let among = wanted.into_iter().any(|it| variables.contains(&it.as_str()));
        if !among {
            return None;
        }
    }
    let keys = [Some(&verdict.summary), verdict.cause.as_ref()];
    let says = |key: &String| keys.iter().flatten().any(|it| it.key == *key);
    if !cause.verdicts.is_empty() && !cause.verdicts.iter().any(says) {
        return None;
    }
    if let Some(path) = cause.said.get("path").filter(|it| it.starts_with('/')) {
        let dirs =
            verdict.needs.iter().filter_map(|it| if let Need::Cache(dir) = it { Some(dir) } else { None });
        let dirs: Vec<_> = dirs.collect();
        if !dirs.is_empty() {
            return dirs.iter().any(|it| Path::new(path).starts_with(it)).then_some(true);
        }
    }
    let Some(capability) = capability else { return Some(true) };
    let name = |it: &Need| match it {
        Need::Capability(name) | Need::Damaged(name) => Some(name == capability),
        _ => None,
    };
    let named: Vec<_> = verdict.needs.iter().filter_map(name).collect();
    // A check that names what is at fault names all of it.
    Some(if named.is_empty() { !variables.is_empty() } else { named.contains(&true) })
}

/// The variables that a finding is about.
fn variables(finding: &Finding) -> Vec<&str> {
    let placed = finding.verdict.place.variable.as_deref();
    let needed = finding.verdict.needs.iter().filter_map(|it| match it {
        Need::GoSetting { key, .. } => Some(key.as_str()),
        Need::FileSetting { variable, .. } => Some(variable.as_str()),
        _ => None,
    });
    placed.into_iter().chain(needed).filter(|it| !it.is_empty()).collect()
}

/// The capability that a cause is about.
pub fn capability<'a>(cause: &'a Cause, packages: &'a Table) -> Option<&'a str> {
    let name = cause.name.as_deref().or_else(|| cause.said.get("library").map(String::as_str));
    let library = |it: &str| it.trim_start_matches("lib").split(".so").next().unwrap_or_default().to_owned();
    let all = &packages.capabilities;
    let found = match &cause.needs {
        Needs::Nothing | Needs::Configured => None,
        Needs::Capability(it) => return Some(it),
        Needs::Header => {
            all.iter().find(|it| it.headers.iter().any(|it| Some(it.as_str()) == name || alike(it, name)))
        }
        Needs::Library => name.and_then(|name| {
            let bare = library(name);
            all.iter().find(|it| it.libraries.iter().any(|it| *it == bare || it == name))
        }),
        Needs::Module => all.iter().find(|it| {
            it.name == name.unwrap_or_default() || it.modules.iter().any(|it| Some(it.as_str()) == name)
        }),
    };
    found.map(|it| it.name.as_str())
}

/// `GL/gl.h` comes with what brings `GL/glx.h`, as `X11/Xutil.h` with `X11/Xlib.h`: one directory, one package.
fn alike(known: &str, name: Option<&str>) -> bool {
    let dir = |it: &str| it.rsplit_once('/').map(|it| it.0.to_owned());
    let shared = |it: &str| ["GL", "EGL", "X11", "xkbcommon"].contains(&it);
    name.and_then(dir).filter(|it| shared(it)).is_some_and(|it| dir(known) == Some(it))
}

#[cfg(test)]
mod tests {
    use super::super::{fixture, judge};
    use super::*;
    use crate::diagnose::first;
    use crate::fact::Fact;
    use crate::facts::Facts;

    /// Whether a machine has what a line of a log shows, and the check that says so.
    fn told(line: &str, facts: &Facts) -> (Option<bool>, String, Vec<Need>) {
        let (want, known) = (fixture::want(), fixture::known());
        let cause = first(line.as_bytes()).expect("a cause");
        let findings = judge(facts, &want, known, &[]);
        let logged = logged(&cause, &findings, &known.packages);
        (logged.confirmed, logged.check.unwrap_or_default().to_owned(), logged.needs())
    }

    const XRANDR: &str = "x11.h:5:10: fatal error: X11/extensions/Xrandr.h: No such file or directory\n";

    #[test]
    fn a_cause_is_confirmed_by_the_check_that_fails_for_the_same_thing_alone() {
        let missing = |name: &str| {
            let mut facts = fixture::healthy();
            facts.native.capabilities.get_mut(name).expect("wanted").found = Fact::Absent;
            facts
        };
        let needs = vec![Need::Capability("xrandr".into())];
        let headers = "cgo.headers".to_owned();
        assert_eq!(told(XRANDR, &missing("xrandr")), (Some(true), headers.clone(), needs.clone()));
        assert_eq!(told(XRANDR, &missing("xcursor")), (Some(false), headers.clone(), needs.clone()));
        assert_eq!(told(XRANDR, &fixture::healthy()), (Some(false), headers.clone(), needs.clone()));
        // The flag hides the header: its line is what is needed, and no package.
        let mut hidden = missing("xrandr");
        fixture::set(&mut hidden, "CGO_CPPFLAGS", "-I/opt/old", fixture::profile());
        hidden.native.capabilities.get_mut("xrandr").expect("wanted").hidden_by = Some("CGO_CPPFLAGS".into());
        let (confirmed, check, needs) = told(XRANDR, &hidden);
        assert!(
            confirmed == Some(true)
                && check == "cgo.flags"
                && matches!(needs[..], [Need::FileSetting { .. }]),
            "{needs:?}"
        );
    }

    #[test]
    fn a_setting_a_directory_and_what_is_only_worth_knowing_are_told_apart() {
        let healthy = fixture::healthy;
        let flags = "go: parsing $GOFLAGS: non-flag \"vendor\"\n";
        let mut facts = healthy();
        fixture::set(&mut facts, "GOFLAGS", "-mod vendor", fixture::go_env());
        assert_eq!(told(flags, &facts).0, Some(true));
        let mut other = healthy();
        fixture::set(&mut other, "GO111MODULE", "off", fixture::profile());
        assert_eq!(told(flags, &other).0, None, "the check that fails blames another variable");
        assert_eq!(told(flags, &healthy()).0, Some(false));

        let tmp = "go: creating work dir: stat /var/tmp/fast: no such file or directory\n";
        assert_eq!(told(tmp, &healthy()).0, Some(false));
        facts.host.tmp = ("/var/tmp/fast".into(), Fact::Absent);
        assert_eq!(told(tmp, &facts).0, Some(true));

        let go = "bash: line 2: go: command not found\n";
        assert_eq!(told(go, &fixture::bare()).0, Some(true));
        assert_eq!(told(go, &healthy()).0, Some(false));
        let mut lost = healthy();
        (lost.here.path, lost.cli.programs) = (Vec::new(), Vec::new());
        assert_eq!(told(go, &lost).0, None, "only the directory of programs is not on PATH");

        // Another build off: Go's own answer is that no proxy is asked, which may be what the log is about.
        let off = "go: module lookup disabled by GOPROXY=off\n";
        fixture::set(&mut facts, "GOPROXY", "off", fixture::go_env());
        assert_eq!(told(off, &facts).0, None);
    }
}
