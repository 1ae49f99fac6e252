//! Why a manifest may be too old to bring anything new.

use serde::{Deserialize, Serialize};

use crate::failure::{Code, Exit, Failure};
use crate::moment::{Moment, YEAR};
use crate::text::Text;

/// Why nothing new may be downloaded: what the manifest says may no longer be good. What is there is still judged,
/// fixed from caches and taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "why")]
pub enum StaleManifest {
    /// The fetched manifest expired.
    Expired {
        /// When.
        at: Moment,
        /// What the clock says.
        now: Moment,
    },
    /// The clock is behind something that was signed, so that nobody can say what is stale.
    ClockBehind {
        /// What the clock says.
        now: Moment,
        /// What is certain.
        signed: Moment,
    },
}

impl StaleManifest {
    /// In a line.
    pub fn says(&self) -> Text {
        self.failure().message
    }

    /// Refuses what would be downloaded.
    pub fn failure(&self) -> Failure {
        match *self {
            Self::Expired { at, now } if now.since(at) > YEAR => {
                clock(text!("release-clock-ahead", now = now.to_string(), expires = at.to_string()))
            }
            Self::Expired { at, .. } => {
                let message = text!("release-held", at = at.to_string());
                Failure::new(Code::ManifestExpired, message)
                    .exiting(Exit::Failed)
                    .hint(text!("release-held-hint"))
            }
            Self::ClockBehind { now, signed } => {
                clock(text!("release-clock-behind", now = now.to_string(), signed = signed.to_string()))
            }
        }
    }
}

/// The clock is at fault, not an attacker.
fn clock(message: Text) -> Failure {
    Failure::new(Code::ManifestClock, message).hint(text!("release-clock-hint"))
}
