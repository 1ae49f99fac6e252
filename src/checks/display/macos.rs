//! The same on a Mac: whether this session is one with windows. Over ssh it is none, and `launchctl` tells.

use super::Verdict;
use crate::fact::Fact;
use crate::facts::display::Display;

pub(super) fn judge(display: &Display) -> Verdict {
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

    #[test]
    fn a_session_without_windows_is_a_fault_for_whoever_wants_one() {
        let seen = |session: Option<Fact<String>>| {
            let mut facts = fixture::healthy();
            facts.host.identity.os = "macos".into();
            facts.display = Display { session, ..Display::default() };
            (fixture::judged(&CHECK, &facts).status, facts.display.is_out_of_reach())
        };
        assert_eq!(seen(Some(Fact::Here("Aqua".into()))), (Status::Ok, false));
        assert_eq!(seen(Some(Fact::Here("Background".into()))), (Status::Fail, true));
        assert_eq!(seen(Some(Fact::Unknown(text!("why-not-looked").into()))), (Status::Unknown, false));
        assert_eq!(seen(None), (Status::Unknown, false));
    }
}
