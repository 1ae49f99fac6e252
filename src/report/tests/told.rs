//! What people are told at the end: a person's own word is no error, and what they saw already is counted.

use super::*;
use crate::report::model::Found;

#[test]
fn a_persons_no_and_ctrl_c_are_no_errors() {
    for (code, key, said) in [
        (Code::ConfirmDeclined, "usage-confirm-declined", "Nothing was changed.\n"),
        (Code::Interrupted, "work-interrupted-nothing", "Interrupted. Nothing was changed.\n"),
        (Code::ConfirmNeeded, "usage-confirm-declined", "error: Nothing was changed.\n"),
    ] {
        let failure = Failure::new(code, crate::text::Text::new(key));
        assert_eq!(text::failure(&failure, &Words::of(Lang::En)).plain(), said);
    }
}

#[test]
fn what_was_done_is_counted_and_what_went_wrong_is_listed_with_its_reason_once() {
    let why = |key: &'static str| Failure::new(Code::NetOffline, crate::text::Text::new(key));
    let acted = |id, state, failure| Acted {
        id,
        kind: crate::action::ActionKind::SetGoEnv,
        what: text!("report-healthy"),
        because: vec![],
        state,
        before: None,
        after: None,
        duration_ms: 10,
        failure,
        paths: vec![],
        packages: vec![],
    };
    let actions = vec![
        acted(1, State::Done, None),
        acted(2, State::Done, None),
        acted(3, State::Undone, None),
        acted(4, State::Failed, Some(why("work-interrupted-nothing"))),
        acted(5, State::Failed, Some(why("report-rests"))),
    ];
    let said = |command: &str, told| {
        let outcome = Some(Outcome { actions: actions.clone(), ..Outcome::default() });
        let failure = Some(why("work-interrupted-nothing"));
        let report = Report { outcome, failure, ..Report::new(command) };
        text::page(&report, &Words::of(Lang::En), Detail { told, ..Detail::default() }).plain()
    };
    let page = said("repair", false);
    assert_eq!((page.matches("✓").count(), page.matches("✗").count()), (1, 2), "{page}");
    assert!(page.contains("✓ 2 steps done\n") && page.contains("did not help"), "{page}");
    // The error is said below; another one is said beside its step.
    assert!(!page.contains("Nothing was changed") && page.contains(": Checked at the end"), "{page}");
    assert_eq!(said("repair", true).matches("✗").count(), 1, "the other was shown, and the error says why");
    assert_eq!(said("undo", true).matches("✓").count(), 0, "its last paragraph says it");
}

#[test]
fn what_is_fixed_is_no_longer_said_to_be_wrong_and_what_was_not_come_to_is_no_decision() {
    let found = |id: &str, fixed| Found {
        id: id.into(),
        summary: text!("report-healthy"),
        cause: None,
        evidence: vec![],
        fixed,
    };
    let left = |id: &str| Left { id: id.into(), summary: text!("report-healthy"), decision: None };
    let outcome = Outcome {
        found: vec![found("cgo.headers", true), found("go.flags", false)],
        left: vec![left("go.flags"), left("go.sumdb")],
        not_yet: vec!["go.flags".into()],
        ..Outcome::default()
    };
    let report = Report { outcome: Some(outcome), exit: Exit::Interrupted, ..Report::new("repair") };
    for (lang, fixed, wrong, open, decide) in [
        (
            Lang::En,
            "✓ fixed: C headers: ",
            "✗ GOFLAGS: ",
            "Not done yet\n  · GOFLAGS: ",
            "For you to decide\n  ! ",
        ),
        (Lang::ZhCn, "✓ 已修复：C 头文件：", "✗ GOFLAGS：", "尚未完成\n  · GOFLAGS：", "需要您处理\n  ! "),
    ] {
        let page = text::page(&report, &Words::of(lang), Detail::default()).plain();
        for part in [fixed, wrong, open, decide] {
            assert!(page.contains(part), "{part:?} {page}");
        }
        assert_eq!(page.matches("\n  ! ").count(), 1, "{page}");
    }
}
