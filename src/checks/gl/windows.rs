//! The same on Windows: what OpenGL said to a hidden window. Without a driver of the graphics card's maker Windows draws by
//! itself, as OpenGL 1.1 and under the name "GDI Generic", and no window of Fyne's opens ("WGL: The driver does not appear
//! to support OpenGL"). What helps depends on why there is none; the name of the card tells.

use super::{Verdict, WANTED};
use crate::fact::Fact;
use crate::facts::display::Display;
use crate::system::screen::{Desktop, OpenGl};
use crate::text::Text;

/// How Windows calls what it draws by itself.
const WITHOUT_DRIVER: &str = "GDI Generic";

pub(super) fn judge(display: &Display) -> Verdict {
    match &display.desktop {
        Fact::Unknown(why) => Verdict::unknown(text!("display-gl-unknown", why = why)),
        Fact::Absent => Verdict::unknown(text!("display-gl-unknown", why = text!("why-not-looked"))),
        Fact::Here(desktop) if !desktop.shows_windows() => Verdict::skipped(text!("display-gl-no-desktop")),
        Fact::Here(desktop) => match &desktop.gl {
            Some(gl) => said(desktop, gl),
            None => silent(desktop),
        },
    }
}

fn said(desktop: &Desktop, gl: &OpenGl) -> Verdict {
    let OpenGl { version, renderer, vendor } = gl;
    let number = number(version);
    if number.is_some_and(|it| it >= WANTED) {
        return Verdict::ok(text!("display-gl-said", version = version, renderer = renderer));
    }
    let evidence = format!("GL_VERSION {version}; GL_RENDERER {renderer}; GL_VENDOR {vendor}");
    if number.is_none() {
        let why = text!("why-gl-version", version = version);
        return Verdict::unknown(text!("display-gl-unknown", why = why)).evidence(evidence);
    }
    let verdict = if renderer.contains(WITHOUT_DRIVER) {
        Verdict::fail(text!("display-gl-no-maker", renderer = renderer))
    } else {
        Verdict::fail(text!("display-gl-too-old", version = version, renderer = renderer))
    };
    with_cause(verdict.evidence(evidence), desktop)
}

/// A call failed before OpenGL could say anything.
fn silent(desktop: &Desktop) -> Verdict {
    let (call, error) = desktop.gl_failed.clone().unwrap_or_default();
    let verdict = Verdict::fail(text!("display-gl-silent", call = &call));
    with_cause(verdict.evidence(format!("{call}: error {error}")), desktop)
}

fn with_cause(verdict: Verdict, desktop: &Desktop) -> Verdict {
    let card = desktop.cards.join(", ");
    let kind = Kind::of(desktop);
    let verdict = verdict.cause(kind.cause(&card)).decide(kind.helps(), None);
    if card.is_empty() { verdict } else { verdict.evidence(card) }
}

/// Why there is no OpenGL that serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A remote desktop draws with its own driver.
    Remote,
    /// A virtual machine of Hyper-V.
    HyperV,
    /// A virtual machine of others, which can be told to pass OpenGL on.
    Virtual,
    /// Windows' own driver for every card.
    Basic,
    /// Intel's, whose older ones have no driver for today's Windows.
    Intel,
    /// A card of another maker.
    Card,
}

/// What the drivers call themselves, and what that means.
const CARDS: [(&str, Kind); 12] = [
    ("Microsoft Remote Display", Kind::Remote),
    ("Microsoft Hyper-V", Kind::HyperV),
    ("Microsoft Basic", Kind::Basic),
    ("Standard VGA", Kind::Basic),
    ("VirtualBox", Kind::Virtual),
    ("VMware", Kind::Virtual),
    ("QXL", Kind::Virtual),
    ("VirtIO", Kind::Virtual),
    ("Red Hat", Kind::Virtual),
    ("Parallels", Kind::Virtual),
    ("Citrix", Kind::Remote),
    ("Intel", Kind::Intel),
];

impl Kind {
    fn of(desktop: &Desktop) -> Self {
        if desktop.remote {
            return Self::Remote;
        }
        // A card of a maker's beside Windows' own driver is the one that could draw.
        let named = |card: &String| CARDS.iter().find(|(name, _)| card.contains(name)).map(|it| it.1);
        let kinds: Vec<_> = desktop.cards.iter().map(|it| named(it).unwrap_or(Self::Card)).collect();
        let makers = kinds.iter().find(|it| matches!(it, Self::Card | Self::Intel));
        makers.or(kinds.first()).copied().unwrap_or(Self::Basic)
    }

    fn cause(self, card: &str) -> Text {
        match self {
            Self::Remote => text!("display-gl-remote-cause"),
            Self::HyperV => text!("display-gl-hyper-v-cause", card = card),
            Self::Virtual => text!("display-gl-virtual-cause", card = card),
            Self::Basic => text!("display-gl-basic-cause", card = card),
            Self::Intel => text!("display-gl-intel-cause", card = card),
            Self::Card => text!("display-gl-card-cause", card = card),
        }
    }

    fn helps(self) -> Text {
        match self {
            Self::Remote => text!("display-gl-remote-decide"),
            Self::HyperV => text!("display-gl-hyper-v-decide"),
            Self::Virtual => text!("display-gl-virtual-decide"),
            Self::Intel => text!("display-gl-intel-decide"),
            Self::Basic | Self::Card => text!("display-gl-card-decide"),
        }
    }
}

/// The first two numbers: `1.1.0`, `4.6.0 NVIDIA 560.94`, `4.5 (Compatibility Profile) Mesa 22.3.6`.
fn number(version: &str) -> Option<(u32, u32)> {
    let first = version.split(' ').next().unwrap_or_default();
    let mut numbers = first.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::super::super::{Status, fixture};
    use super::super::CHECK;
    use super::*;
    use crate::facts::Facts;
    use crate::need::Need;

    fn with(desktop: Desktop) -> Facts {
        let mut facts = fixture::healthy();
        facts.host.identity.os = "windows".into();
        facts.display = Display { desktop: Fact::Here(desktop), ..Display::default() };
        facts
    }

    fn desktop(card: &str, gl: Option<(&str, &str, &str)>) -> Desktop {
        let gl = gl.map(|(version, renderer, vendor)| OpenGl {
            version: version.into(),
            renderer: renderer.into(),
            vendor: vendor.into(),
        });
        let gl_failed = gl.is_none().then(|| ("wglCreateContext".to_owned(), 2000));
        Desktop { session: 1, visible: true, cards: vec![card.into()], gl, gl_failed, ..Desktop::default() }
    }

    const GDI: Option<(&str, &str, &str)> = Some(("1.1.0", "GDI Generic", "Microsoft Corporation"));

    #[test]
    fn what_opengl_says_is_good_from_2_1_on() {
        for (version, renderer, status) in [
            ("4.5 (Compatibility Profile) Mesa 22.3.6", "llvmpipe (LLVM 15.0.6, 256 bits)", Status::Ok),
            ("4.6.0 NVIDIA 560.94", "NVIDIA GeForce RTX 3060/PCIe/SSE2", Status::Ok),
            ("3.3 (Core Profile) Mesa 23.1.0", "D3D12 (Microsoft Basic Render Driver)", Status::Ok),
            ("2.1.0 - Build 8.15.10.2702", "Intel(R) G45/G43 Express Chipset", Status::Ok),
            ("2.0.0 - Build 6.14.10.4926", "Intel 945G", Status::Fail),
            ("1.4.0 - Build 7.14.10.1329", "Intel 945GM", Status::Fail),
            ("1.1.0", "GDI Generic", Status::Fail),
            ("unheard of", "?", Status::Unknown),
        ] {
            let facts = with(desktop("a card", Some((version, renderer, "a vendor"))));
            let verdict = fixture::judged(&CHECK, &facts);
            assert_eq!(verdict.status, status, "{version} {renderer}");
            let told = verdict.evidence.iter().any(|it| it.contains(version)) || status == Status::Ok;
            assert!(told, "{version} stands in the evidence");
        }
    }

    #[test]
    fn the_card_tells_why_windows_draws_by_itself_and_what_helps() {
        for (card, remote, cause, decide) in [
            ("Microsoft Basic Display Adapter", false, "basic", "card"),
            ("Microsoft Basic Display Adapter", true, "remote", "remote"),
            ("Microsoft Remote Display Adapter", false, "remote", "remote"),
            ("Microsoft Hyper-V Video", false, "hyper-v", "hyper-v"),
            ("VirtualBox Graphics Adapter (WDDM)", false, "virtual", "virtual"),
            ("VMware SVGA 3D", false, "virtual", "virtual"),
            ("Red Hat VirtIO GPU DOD controller", false, "virtual", "virtual"),
            ("Intel(R) HD Graphics 3000", false, "intel", "intel"),
            ("NVIDIA GeForce GT 710", false, "card", "card"),
        ] {
            for gl in [GDI, None] {
                let facts = with(Desktop { remote, ..desktop(card, gl) });
                let verdict = fixture::judged(&CHECK, &facts);
                let keys = (
                    verdict.cause.as_ref().map(|it| it.key.to_string()),
                    verdict.decision.as_ref().map(|it| it.text.key.to_string()),
                );
                let want = (format!("display-gl-{cause}-cause"), format!("display-gl-{decide}-decide"));
                assert_eq!(keys, (Some(want.0), Some(want.1)), "{card} {remote}");
                assert_eq!((verdict.status, verdict.needs), (Status::Fail, vec![Need::Decision]), "{card}");
            }
        }
    }

    #[test]
    fn a_makers_card_beside_windows_own_driver_is_the_one_that_is_named() {
        let cards = ["Microsoft Basic Display Adapter", "NVIDIA GeForce GT 710"].map(str::to_owned).to_vec();
        let facts = with(Desktop { cards, ..desktop("", GDI) });
        let cause = fixture::judged(&CHECK, &facts).cause.expect("one");
        assert_eq!(cause.key, "display-gl-card-cause");
    }

    #[test]
    fn opengl_is_not_asked_for_where_no_window_can_be_made_or_none_is_wanted() {
        let hidden = with(Desktop { visible: false, ..desktop("Microsoft Basic Display Adapter", GDI) });
        assert_eq!(fixture::judged(&CHECK, &hidden).status, Status::Skipped);
        let wanted = with(desktop("Microsoft Basic Display Adapter", GDI));
        assert_eq!((CHECK.judge)(&wanted, &fixture::want_build(), fixture::known()).status, Status::Skipped);
    }
}
