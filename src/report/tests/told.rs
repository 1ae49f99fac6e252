//! What people are told at the end: a person's own word is no error, and what they saw already is counted.

use super::*;

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
