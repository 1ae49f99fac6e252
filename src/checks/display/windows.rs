//! The same on Windows: whether the session that we run in has a desktop that is seen.

use super::Verdict;
use crate::fact::Fact;
use crate::facts::display::Display;

pub(super) fn judge(display: &Display) -> Verdict {
    match &display.desktop {
        Fact::Unknown(why) => Verdict::unknown(text!("display-desktop-unknown", why = why)),
        Fact::Absent => Verdict::unknown(text!("display-desktop-unknown", why = text!("why-not-looked"))),
        Fact::Here(desktop) if !desktop.shows_windows() => {
            let session = desktop.session;
            let verdict = Verdict::fail(text!("display-desktop-none", session = session))
                .cause(text!(if session == 0 {
                    "display-desktop-service-cause"
                } else {
                    "display-desktop-none-cause"
                }))
                .evidence(format!("session {session}, window station visible: {}", desktop.visible))
                .decide(text!("display-desktop-none-decide"), None);
            match &desktop.gl_failed {
                Some((call, error)) => verdict.evidence(format!("{call}: error {error}")),
                None => verdict,
            }
        }
        Fact::Here(desktop) => {
            let key = if desktop.remote { "display-desktop-remote" } else { "display-desktop-ok" };
            let (width, height) = desktop.size;
            Verdict::ok(text!(key, width = width, height = height))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{Status, fixture};
    use super::super::CHECK;
    use super::*;
    use crate::fact::Why;
    use crate::need::Need;
    use crate::system::screen::Desktop;

    #[test]
    fn a_session_shows_windows_or_says_why_not() {
        let good = Desktop { session: 1, visible: true, size: (1920, 1080), ..Desktop::default() };
        let no_window = Some(("CreateWindow".to_owned(), 8));
        let rows = [
            (good.clone(), Status::Ok, "display-desktop-ok", None),
            (Desktop { remote: true, ..good.clone() }, Status::Ok, "display-desktop-remote", None),
            (
                Desktop { session: 0, visible: false, ..good.clone() },
                Status::Fail,
                "display-desktop-none",
                Some("display-desktop-service-cause"),
            ),
            (
                Desktop { gl_failed: no_window, ..good },
                Status::Fail,
                "display-desktop-none",
                Some("display-desktop-none-cause"),
            ),
        ];
        for (desktop, status, key, cause) in rows {
            let mut facts = fixture::healthy();
            facts.host.identity.os = "windows".into();
            facts.display = Display { desktop: Fact::Here(desktop), ..Display::default() };
            let verdict = fixture::judged(&CHECK, &facts);
            let told = verdict.cause.as_ref().map(|it| &*it.key);
            assert_eq!((verdict.status, &*verdict.summary.key, told), (status, key, cause));
            let decides = verdict.needs == [Need::Decision];
            assert_eq!(decides, status == Status::Fail, "{key}: nothing of ours makes a desktop");
            let build = (CHECK.judge)(&facts, &fixture::want_build(), fixture::known());
            assert_eq!(build.status, Status::Skipped, "{key}");
        }
    }

    #[test]
    fn a_desktop_that_could_not_be_asked_is_unknown() {
        for desktop in [Fact::Absent, Fact::Unknown(Why::System("access is denied".into()))] {
            let mut facts = fixture::healthy();
            facts.host.identity.os = "windows".into();
            facts.display.desktop = desktop;
            assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Unknown);
        }
    }
}
