//! Whether Go can work in the directory for temporary files: it compiles there, and `go run` and `go test` start
//! programs there.

use std::path::Path;

use super::{Check, Group, Verdict, blame};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::path_style::PathStyle;
use crate::quoting::quoted_path;
use crate::system::{Kind, Space, Stat};
use crate::text::Text;
use crate::typed;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "system.tmp", group: Group::System, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    let host = &facts.host;
    // gcc uses TMPDIR even where Go has GOTMPDIR, so both have to be there.
    let variable = match facts.here.style {
        PathStyle::Unix => "TMPDIR",
        PathStyle::Windows if facts.here.set("TMP").is_some() => "TMP",
        PathStyle::Windows => "TEMP",
    };
    let tmp = place(facts, variable, &host.tmp.0, &host.tmp.1, &host.tmp_space);
    let go = facts.native.go_tmp.as_ref();
    let go = go.map(|(path, stat, space)| place(facts, "GOTMPDIR", path, stat, space));
    match (tmp, go) {
        // Go's programs run from GOTMPDIR then, so that nothing can be executed in the other harms nobody.
        (Some(verdict), Some(None)) if verdict.summary.key == NOEXEC => ok(facts),
        (Some(verdict), _) | (None, Some(Some(verdict))) => verdict,
        (None, _) => ok(facts),
    }
}

const NOEXEC: &str = "system-tmp-noexec";

fn ok(facts: &Facts) -> Verdict {
    let path = facts.native.go_tmp.as_ref().map_or(&facts.host.tmp.0, |it| &it.0);
    Verdict::ok(text!("system-tmp-ok", path = path))
}

fn place(
    facts: &Facts,
    variable: &str,
    path: &Path,
    stat: &Fact<Stat>,
    space: &Fact<Space>,
) -> Option<Verdict> {
    let read_only = space.here().is_some_and(|it| it.read_only);
    let noexec = space.here().is_some_and(|it| it.noexec);
    let verdict = match stat {
        Fact::Unknown(why) => {
            return Some(Verdict::unknown(text!("system-tmp-unknown", path = path, why = why)));
        }
        Fact::Absent => Verdict::fail(text!("system-tmp-absent", path = path)),
        Fact::Here(stat) if stat.kind != Kind::Dir => {
            Verdict::fail(text!("system-tmp-no-directory", path = path))
        }
        Fact::Here(stat) if !stat.writable || read_only => {
            Verdict::fail(text!("system-tmp-not-writable", path = path))
        }
        Fact::Here(_) if noexec => Verdict::warn(Text::new(NOEXEC).with("path", path)),
        Fact::Here(_) => return None,
    };
    if facts.here.set(variable).is_some() {
        let cause = text!("system-tmp-cause", setting = blame::setting(facts, variable), path = path);
        return Some(blame::variable(verdict.cause(cause), facts, variable));
    }
    let verdict = verdict.file(path, None);
    Some(if noexec {
        let command = format!("mkdir -p ~/.cache/go-tmp && go env -w GOTMPDIR={}/.cache/go-tmp", home(facts));
        verdict
            .cause(text!("system-tmp-noexec-cause", path = path))
            .decide(text!("system-tmp-noexec-decide"), Some(command))
    } else {
        let verdict = verdict.cause(text!("system-tmp-plain-cause", path = path));
        match facts.here.style {
            PathStyle::Unix => {
                let command = format!("mkdir -p {0} && chmod 1777 {0}", quoted_path(path));
                verdict.decide(text!("system-tmp-decide", path = path), Some(command))
            }
            style @ PathStyle::Windows => {
                let command = stat.is_absent().then(|| typed::made(style, path));
                verdict.decide(text!("system-tmp-decide-windows", path = path), command)
            }
        }
    })
}

fn home(facts: &Facts) -> String {
    facts.host.home.here().map_or_else(|| "$HOME".to_owned(), |it| quoted_path(it))
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::fact::Why;
    use crate::need::Need;

    fn with(stat: Fact<Stat>, noexec: bool) -> Facts {
        let mut facts = fixture::healthy();
        facts.host.tmp = ("/var/tmp/fast".into(), stat);
        facts.host.tmp_space = Fact::Here(Space { free: 50 << 30, noexec, ..Space::default() });
        facts
    }

    #[test]
    fn on_windows_its_own_variable_and_its_own_words_are_named() {
        let mut facts = with(Fact::Absent, false);
        facts.here.style = PathStyle::Windows;
        facts.host.tmp.0 = "C:/My Temp".into();
        let decision = fixture::judged(&CHECK, &facts).decision.and_then(|it| it.command);
        assert_eq!(decision.as_deref(), Some(r"New-Item -ItemType Directory -Force 'C:\My Temp'"));
        fixture::set(&mut facts, "TMP", r"C:\My Temp", fixture::profile());
        assert_eq!(fixture::judged(&CHECK, &facts).place.variable.as_deref(), Some("TMP"));
    }

    #[test]
    fn a_directory_that_cannot_serve_is_told() {
        let dir = |mode| Fact::Here(fixture::stat(Kind::Dir, mode));
        let rows = [
            (dir(0o1777), false, Status::Ok, "system-tmp-ok"),
            (dir(0o1777), true, Status::Warn, "system-tmp-noexec"),
            (dir(0o555), false, Status::Fail, "system-tmp-not-writable"),
            (Fact::Here(fixture::stat(Kind::File, 0o644)), false, Status::Fail, "system-tmp-no-directory"),
            (Fact::Absent, false, Status::Fail, "system-tmp-absent"),
            (
                Fact::Unknown(Why::System("permission denied".into())),
                false,
                Status::Unknown,
                "system-tmp-unknown",
            ),
        ];
        for (stat, noexec, status, key) in rows {
            let verdict = fixture::judged(&CHECK, &with(stat, noexec));
            assert_eq!((verdict.status, &*verdict.summary.key), (status, key));
        }
    }

    #[test]
    fn the_line_that_sets_tmpdir_is_named_and_fixed() {
        let mut facts = with(Fact::Absent, false);
        fixture::set(&mut facts, "TMPDIR", "/var/tmp/fast", fixture::profile());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.place.variable.as_deref(), Some("TMPDIR"));
        assert_eq!((verdict.place.file.as_deref(), verdict.place.line), (Some("/root/.profile"), Some(9)));
        let file = Need::FileSetting { file: "/root/.profile".into(), line: 9, variable: "TMPDIR".into() };
        assert_eq!(verdict.needs, [file]);
    }

    #[test]
    fn gotmpdir_answers_for_programs_but_has_to_be_there() {
        let noexec = with(Fact::Here(fixture::stat(Kind::Dir, 0o1777)), true);
        let space = fixture::healthy().host.tmp_space;
        for (stat, status) in
            [(Fact::Here(fixture::stat(Kind::Dir, 0o755)), Status::Ok), (Fact::Absent, Status::Warn)]
        {
            let mut facts = noexec.clone();
            facts.native.go_tmp = Some(("/root/tmp".into(), stat, space.clone()));
            fixture::set(&mut facts, "GOTMPDIR", "/root/tmp", fixture::go_env());
            assert_eq!(fixture::judged(&CHECK, &facts).status, status);
            facts.host.tmp_space = space.clone();
            let alone = if status == Status::Ok { Status::Ok } else { Status::Fail };
            assert_eq!(fixture::judged(&CHECK, &facts).status, alone);
        }
    }
}
