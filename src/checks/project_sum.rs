//! Whether go.sum has what go.mod requires, and says the same as what was downloaded.

use super::{Check, Group, Verdict, project_fyne};
use crate::fact::Fact;
use crate::facts::project::{Project, Sum};
use crate::facts::{Facts, gosum};
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::probe::modules::whole::Known;
use crate::typed;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check = Check {
    id: "project.sum",
    group: Group::Project,
    after: &["project.gomod", "project.replace"],
    goal: Goal::Build,
    judge,
};

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    let project = match project_fyne::subject(facts) {
        Ok(project) => project,
        Err(skipped) => return *skipped,
    };
    let file = project.dir.join("go.sum");
    let sums = match &project.sums {
        Fact::Here(sums) => sums.as_slice(),
        Fact::Absent => &[],
        Fact::Unknown(why) => return Verdict::unknown(text!("project-sum-unknown", why = why)),
    };
    if let Some(bad) = sums.iter().find(|it| !gosum::well_formed(it)) {
        let shown = format!("{} {} {}", bad.path, bad.version, bad.hash);
        return Verdict::fail(text!("project-sum-malformed", line = bad.line))
            .cause(text!("project-sum-malformed-cause", file = &file, line = bad.line))
            .evidence(format!("go.sum:{}: {}", bad.line, shown.trim()))
            .file(&file, Some(bad.line))
            .decide(
                text!("project-sum-malformed-decide", file = file, line = bad.line),
                Some("go mod tidy".into()),
            );
    }
    let differs = |verdict: Verdict, line: u32, right: String, module: &str, then: &str| {
        let (style, shown) = (facts.here.style, sum_at(sums, line));
        let without = typed::then(style, &[typed::without_line(style, "go.sum", line), then.to_owned()]);
        verdict.evidence(format!("go.sum:{line}: {shown}")).evidence(right).file(&file, Some(line)).decide(
            text!("project-sum-mismatch-decide", module = module),
            Some(typed::within(style, &project.dir, &without)),
        )
    };
    if let Some((module, line, noted)) = facts.modules.mismatched.first() {
        let module = &module.to_string();
        let verdict = Verdict::fail(text!("project-sum-mismatch", module = module)).cause(text!(
            "project-sum-mismatch-cause",
            file = &file,
            line = *line,
            module = module
        ));
        return differs(
            verdict,
            *line,
            format!("downloaded: {noted}"),
            module,
            &format!("go get {}", typed::word(facts.here.style, module)),
        );
    }
    if let Some((module, line, published)) = facts.modules.unpublished.first() {
        let verdict = Verdict::fail(text!("project-sum-unpublished", module = module)).cause(text!(
            "project-sum-unpublished-cause",
            file = &file,
            line = *line,
            module = module
        ));
        return differs(verdict, *line, format!("published: {published}"), module, "go mod tidy");
    }
    match missing(project, sums) {
        Some((path, version)) => {
            let verdict = Verdict::fail(text!("project-sum-missing", module = path, version = version))
                .cause(text!("project-sum-missing-cause", file = &file, module = path, version = version))
                .file(&file, None);
            if Known::of(facts).private(path) {
                let command =
                    Some(format!("go get {}", typed::word(facts.here.style, &format!("{path}@{version}"))));
                return verdict.decide(text!("project-sum-missing-private", module = path), command);
            }
            verdict.need(Need::SumLines(project.dir.clone()))
        }
        None => deeply(facts, project)
            .or_else(|| unsummed(facts, project))
            .unwrap_or_else(|| Verdict::ok(text!("project-sum-ok", count = sums.len()))),
    }
}

/// What its windows are built of and go.sum does not know.
fn unsummed(facts: &Facts, project: &Project) -> Option<Verdict> {
    let it = project.unsummed.as_ref()?;
    let file = project.dir.join("go.sum");
    let cause = text!(
        "project-sum-window-cause",
        file = &file,
        module = &it.module,
        source = &it.source,
        line = it.line
    );
    let verdict = Verdict::fail(text!("project-sum-incomplete")).cause(cause).file(&file, None);
    if Known::of(facts).private(&it.module) {
        let text = text!("project-sum-missing-private", module = &it.module);
        return Some(verdict.decide(text, Some("go mod tidy".into())));
    }
    Some(verdict.need(Need::SumLines(project.dir.clone())))
}

/// What Go itself says once it was asked, in a long look.
fn deeply(facts: &Facts, project: &Project) -> Option<Verdict> {
    let said = match &facts.deep.as_ref()?.sums {
        Fact::Here(said) => said.as_ref()?,
        Fact::Absent => return None,
        Fact::Unknown(why) => return Some(Verdict::unknown(text!("project-sum-unasked", why = why))),
    };
    let file = project.dir.join("go.sum");
    let verdict = Verdict::fail(text!("project-sum-incomplete"))
        .cause(text!("project-sum-incomplete-cause", said = said))
        .evidence(said.clone())
        .file(&file, None);
    Some(verdict.need(Need::SumLines(project.dir.clone())))
}

fn sum_at(sums: &[Sum], line: u32) -> &str {
    sums.iter().find(|it| it.line == line).map_or("", |it| it.hash.as_str())
}

/// The first direct requirement without its two lines. A replaced one has those of its replacement, a vendored project
/// needs none, and a workspace keeps lines of its own.
fn missing<'a>(project: &'a Project, sums: &[Sum]) -> Option<(&'a str, &'a str)> {
    if project.vendor.is_here() || project.work.is_here() {
        return None;
    }
    let has = |path: &str, version: &str| sums.iter().any(|it| it.path == path && it.version == version);
    let direct = project.requires.iter().filter(|it| !it.indirect);
    let own = direct.filter(|it| !project.replaces.iter().any(|replace| replace.path == it.path));
    let mut lacking =
        own.filter(|it| !has(&it.path, &it.version) || !has(&it.path, &format!("{}/go.mod", it.version)));
    lacking.next().map(|it| (it.path.as_str(), it.version.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;

    fn sums(facts: &mut Facts) -> &mut Vec<Sum> {
        match &mut fixture::project(facts).sums {
            Fact::Here(sums) => sums,
            _ => panic!("the fixture has a go.sum"),
        }
    }

    #[test]
    fn a_missing_line_is_named() {
        let mut facts = fixture::with_project("2.8.1");
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
        sums(&mut facts).remove(0);
        let verdict = fixture::judged(&CHECK, &facts);
        let dir = fixture::project(&mut facts).dir.clone();
        assert_eq!((verdict.status, verdict.needs), (Status::Fail, vec![Need::SumLines(dir)]));
        fixture::set(&mut facts, "GOPRIVATE", "fyne.io/*", fixture::go_env());
        assert_eq!(fixture::judged(&CHECK, &facts).needs, [Need::Decision], "nobody may be asked about it");
        fixture::project(&mut facts).vendor = Fact::Here(vec![]);
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok, "vendored");
    }

    #[test]
    fn a_hash_that_is_none_or_another_is_a_decision() {
        let mut facts = fixture::with_project("2.8.1");
        facts.modules.mismatched = vec![("fyne.io/fyne/v2@v2.8.1".into(), 1, "h1:other=".into())];
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.place.line), (Status::Fail, Some(1)));
        facts.modules.mismatched[0].0 = "a/$(touch x)@v1.0.0".into();
        let command = fixture::judged(&CHECK, &facts).decision.and_then(|it| it.command).unwrap_or_default();
        assert!(command.ends_with(" && go get 'a/$(touch x)@v1.0.0'"), "{command}");
        sums(&mut facts)[1].hash = "h1:short=".into();
        assert_eq!(fixture::judged(&CHECK, &facts).place.line, Some(2));
    }

    #[test]
    fn a_hash_that_was_never_published_is_told_though_nothing_was_downloaded() {
        let mut facts = fixture::with_project("2.8.1");
        facts.modules.unpublished = vec![("fyne.io/fyne/v2@v2.8.1".into(), 1, "h1:real=".into())];
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.place.line), (Status::Fail, Some(1)));
        assert_eq!(verdict.needs, [Need::Decision]);
        assert!(verdict.evidence.contains(&"published: h1:real=".to_owned()), "{verdict:?}");
    }

    #[test]
    fn a_go_sum_that_knows_nothing_of_a_window_is_incomplete() {
        let mut facts = fixture::with_project("2.8.1");
        let project = fixture::project(&mut facts);
        let (module, source) = ("github.com/go-gl/gl".to_owned(), "/root/hello/main.go".into());
        project.unsummed = Some(crate::facts::project::Unsummed { module, source, line: 4 });
        let dir = project.dir.clone();
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, &verdict.needs[..]), (Status::Fail, &[Need::SumLines(dir)][..]));
        let cause = verdict.cause.map(|it| it.to_string()).unwrap_or_default();
        assert!(cause.contains("go-gl/gl") && cause.contains("main.go"), "{cause}");
    }

    #[test]
    fn lines_that_go_lacks_beside_the_direct_ones_are_needed() {
        let mut facts = fixture::with_project("2.8.1");
        let sums = Fact::Here(Some("missing go.sum entry for module providing package x".to_owned()));
        facts.deep = Some(crate::facts::Deep { sums, ..crate::facts::Deep::default() });
        let dir = fixture::project(&mut facts).dir.clone();
        assert_eq!(fixture::judged(&CHECK, &facts).needs, [Need::SumLines(dir)]);
    }
}
