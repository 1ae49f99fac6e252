//! What a look at the window means. Pure.
//!
//! The screen counts, and so does the window itself: what a window drew is there although another one stands before it, or
//! the screen is locked. Where neither shows the pattern, what is there instead says where to look.

use crate::picture::{Pattern, Picture};
use crate::system::screen::Views;
use crate::text::Text;

/// What a look at the window means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// The pattern of this run.
    Pattern(Picture, Seen),
    /// Something else.
    Other(Picture, Instead),
    /// Nothing could be read.
    Nothing,
}

/// Where the pattern was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// On the screen.
    Screen,
    /// In the window; another one stands before it.
    Behind,
    /// In the window; the screen shows something else there.
    Window,
}

impl Seen {
    /// What a proof on the desktop of Windows rests on.
    pub(super) fn on_the_desktop(self) -> Text {
        match self {
            Self::Screen => text!("prove-rests-desktop"),
            Self::Behind => text!("prove-rests-behind"),
            Self::Window => text!("prove-rests-window"),
        }
    }
}

/// What was seen instead of the pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Instead {
    /// One colour: nothing was drawn.
    Blank,
    /// The windows before it.
    Covered,
    /// Another picture.
    Different,
}

/// Judges what can be seen of the window.
pub(super) fn judge(pattern: &Pattern, views: Views) -> Sight {
    let Views { shown, drawn, covered } = views;
    let fits = |it: &Picture| pattern.matched(it) >= 1.0;
    match (shown, drawn) {
        (Some(shown), _) if fits(&shown) => Sight::Pattern(shown, Seen::Screen),
        (_, Some(drawn)) if fits(&drawn) => {
            Sight::Pattern(drawn, if covered { Seen::Behind } else { Seen::Window })
        }
        (None, None) => Sight::Nothing,
        (None, Some(drawn)) => {
            let instead = if drawn.is_blank() { Instead::Blank } else { Instead::Different };
            Sight::Other(drawn, instead)
        }
        (Some(shown), drawn) => {
            let drew_nothing = drawn.as_ref().is_none_or(Picture::is_blank);
            let instead = match (covered, drew_nothing, shown.is_blank()) {
                (true, true, _) => Instead::Covered,
                (false, true, true) => Instead::Blank,
                (true, false, _) | (false, _, _) => Instead::Different,
            };
            // What lies before the window is no matter of ours.
            let kept = if covered { drawn.unwrap_or(shown) } else { shown };
            Sight::Other(kept, instead)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::tests::shown;

    #[test]
    fn the_pattern_counts_on_the_screen_and_in_the_window_and_all_else_is_told_apart() {
        let pattern = Pattern::new("a run");
        let good = || Some(shown(&pattern.title()));
        let other = || Some(shown(&Pattern::new("another run").title()));
        let black = || good().map(|it| Picture { rgb: vec![0; it.rgb.len()], ..it });
        let seen = |shown: Option<Picture>, drawn: Option<Picture>, covered| {
            judge(&pattern, Views { shown, drawn, covered })
        };
        for (shown, drawn, covered, want) in [
            (good(), None, false, Seen::Screen),
            (good(), black(), false, Seen::Screen),
            (good(), good(), true, Seen::Screen),
            (other(), good(), true, Seen::Behind),
            (black(), good(), false, Seen::Window),
            (None, good(), false, Seen::Window),
        ] {
            let sight = seen(shown, drawn, covered);
            assert_eq!(sight, Sight::Pattern(good().expect("a picture"), want), "{want:?} {covered}");
        }
        for (shown, drawn, covered, kept, want) in [
            (black(), None, false, black(), Instead::Blank),
            (black(), black(), false, black(), Instead::Blank),
            (None, black(), false, black(), Instead::Blank),
            (other(), None, false, other(), Instead::Different),
            (other(), black(), false, other(), Instead::Different),
            (None, other(), false, other(), Instead::Different),
            (other(), black(), true, black(), Instead::Covered),
            (black(), None, true, black(), Instead::Covered),
            (black(), other(), true, other(), Instead::Different),
        ] {
            let sight = seen(shown, drawn, covered);
            assert_eq!(sight, Sight::Other(kept.expect("a picture"), want), "{want:?} {covered}");
        }
        assert_eq!(seen(None, None, true), Sight::Nothing);
    }
}
