//! Where a window opens, and what a proof there rests on.

use serde::{Deserialize, Serialize};

use super::sight::Seen;
use super::{own, recorded};

/// The file that tells the program what to draw.
pub(super) const PATTERN: &str = "pattern";

/// Where the window opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    /// The user's own X11 display (XWayland included), as DISPLAY names it.
    Users(String),
    /// A private virtual one, with software GL.
    Private,
    /// The desktop of the session that we run in (Windows).
    Desktop,
    /// The desktop of a Mac: the program itself says what it drew, and nobody looks at the screen.
    SelfReported,
    /// The same, where a person gave this terminal the right to record the screen: the window's picture is macOS' own.
    Recorded,
}

impl Which {
    /// Whether the program is to say what it drew.
    pub(super) fn says_itself(&self) -> bool {
        matches!(self, Self::SelfReported | Self::Recorded)
    }

    /// What a proof rests on in the end: where macOS' picture of the window did not show the pattern, the program's own word.
    pub(super) fn as_seen(&self, seen: Seen) -> Self {
        if *self == Self::Recorded && seen != Seen::Screen { Self::SelfReported } else { self.clone() }
    }

    /// What a proof lays beside its picture, and takes away afterwards.
    pub(super) const fn lays(&self) -> &'static [&'static str] {
        match self {
            Self::SelfReported => &[PATTERN, own::DRAWN, own::PART],
            Self::Recorded => &[PATTERN, own::DRAWN, own::PART, recorded::SEEN],
            Self::Users(_) | Self::Private | Self::Desktop => &[PATTERN],
        }
    }
}
