//! Whether the file that `go env -w` writes holds settings alone.

use super::{Check, Group, Verdict, blame};
use crate::discreet;
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::path_style::shown;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "go.env-file", group: Group::Go, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    let Some(file) = &facts.here.go_env_file else {
        return Verdict::info(text!("go-env-file-off"));
    };
    if let Some(why) = &facts.here.go_env_unread {
        return Verdict::unknown(text!("go-env-file-unread", why = why)).file(file, None);
    }
    let garbage = &facts.here.go_env_garbage;
    let Some((line, text)) = garbage.first() else {
        return Verdict::ok(text!("go-env-file-ok", file = file));
    };
    let mut verdict = Verdict::warn(text!("go-env-file-garbage", file = file, count = garbage.len()))
        .cause(text!("go-env-file-garbage-cause", file = file, line = *line, text = said(text)))
        .file(file, Some(*line));
    for (line, text) in garbage.iter().take(10) {
        verdict = verdict.evidence(format!("{}:{line}: {}", shown(file), said(text)));
    }
    let lines: Vec<(u32, &str)> = garbage.iter().map(|(line, _)| (*line, "")).collect();
    blame::lines(verdict, facts, file, &lines)
}

/// A line that nobody reads may hold anything, a password too.
fn said(line: &str) -> String {
    discreet::unread(line, discreet::MARK)
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;

    #[test]
    fn the_remains_of_a_merge_are_named() {
        let mut facts = fixture::healthy();
        facts.here.go_env_garbage = vec![(1, "<<<<<<< HEAD".into()), (5, ">>>>>>> main".into())];
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.place.line, verdict.needs.len()), (Status::Warn, Some(1), 2));
    }

    #[test]
    fn a_pipe_in_its_place_is_named() {
        let mut facts = fixture::healthy();
        facts.here.go_env_unread = Some(text!("why-pipe").into());
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.status, Status::Unknown);
        assert!(verdict.place.file.is_some(), "{verdict:?}");
    }

    #[test]
    fn no_file_at_all_is_fine() {
        let mut facts = fixture::healthy();
        facts.here.go_env_file = None;
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Info);
    }
}
