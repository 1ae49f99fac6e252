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
fn what_the_progress_showed_on_the_same_screen_is_counted_and_what_went_wrong_is_listed() {
    let acted = |id, state| Acted {
        id,
        kind: crate::action::ActionKind::SetGoEnv,
        what: text!("report-healthy"),
        because: vec![],
        state,
        before: None,
        after: None,
        duration_ms: 10,
        failure: None,
        paths: vec![],
        packages: vec![],
    };
    let actions = vec![acted(1, State::Done), acted(2, State::Done), acted(3, State::Undone)];
    let report = Report { outcome: Some(Outcome { actions, ..Outcome::default() }), ..Report::new("repair") };
    let page = |told| text::page(&report, &Words::of(Lang::En), Detail { told, ..Detail::default() }).plain();
    assert_eq!(page(false).matches("✓").count(), 2, "{}", page(false));
    assert!(page(true).contains("2 steps done") && page(true).contains("did not help"), "{}", page(true));
    assert_eq!(page(true).matches("✓").count(), 1, "{}", page(true));
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
