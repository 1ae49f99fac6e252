//! The same on a Mac: whether this session is one with windows. Over ssh it is none, and `launchctl` tells. Where the same person
//! is logged in at the screen, windows may open there all the same; nobody has seen it, so it is not said before one was drawn.

use super::Verdict;
use crate::fact::Fact;
use crate::facts::Facts;

pub(super) fn judge(facts: &Facts) -> Verdict {
    let display = &facts.display;
    if let Some(name) = display.without_aqua().filter(|_| display.at_screen) {
        let drawn = facts.ours.last_proof.here().is_some_and(|it| !it.trim().is_empty());
        let verdict = if drawn {
            Verdict::info(text!("display-mac-remote-drawn", session = name))
        } else {
            Verdict::unknown(text!("display-mac-remote", session = name))
        };
        return verdict.evidence(format!("launchctl managername: {name}"));
    }
    match &display.session {
        Some(Fact::Here(name)) if display.is_out_of_reach() => Verdict::fail(text!("display-mac-none"))
            .cause(text!("display-mac-none-cause", session = name))
            .evidence(format!("launchctl managername: {name}"))
            .decide(text!("display-mac-none-decide"), None),
        Some(Fact::Here(_)) => Verdict::ok(text!("display-mac-ok")),
        Some(Fact::Unknown(why)) => Verdict::unknown(text!("display-mac-unknown", why = why)),
        Some(Fact::Absent) | None => {
            Verdict::unknown(text!("display-mac-unknown", why = text!("why-not-looked")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{Status, fixture};
    use super::super::CHECK;
    use super::*;
    use crate::facts::display::Display;

    #[test]
    fn a_session_without_windows_is_a_fault_for_whoever_wants_one() {
        let seen = |session: Option<Fact<String>>| {
            let mut facts = fixture::healthy();
            facts.host.identity.os = "macos".into();
            facts.display = Display { session, ..Display::default() };
            (fixture::judged(&CHECK, &facts).status, facts.display.is_out_of_reach())
        };
        let at_screen = |last_proof: Fact<String>| {
            let mut facts = fixture::healthy();
            facts.host.identity.os = "macos".into();
            let session = Some(Fact::Here("Background".into()));
            facts.display = Display { session, at_screen: true, ..Display::default() };
            facts.ours.last_proof = last_proof;
            let verdict = fixture::judged(&CHECK, &facts);
            assert!(verdict.needs.is_empty() && verdict.decision.is_none(), "the proof decides");
            (verdict.status, facts.display.is_out_of_reach())
        };
        assert_eq!(at_screen(Fact::Absent), (Status::Unknown, false));
        assert_eq!(at_screen(Fact::Here("a print\n".into())), (Status::Info, false));
        assert_eq!(seen(Some(Fact::Here("Aqua".into()))), (Status::Ok, false));
        assert_eq!(seen(Some(Fact::Here("Background".into()))), (Status::Fail, true));
        assert_eq!(seen(Some(Fact::Unknown(text!("why-not-looked").into()))), (Status::Unknown, false));
        assert_eq!(seen(None), (Status::Unknown, false));
    }
}
