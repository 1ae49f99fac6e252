//! What is said: by the program in its log, and of a proof to people.

use super::{Proof, Which};
use crate::text::Text;

impl Proof {
    /// That a window appeared, as a step notes it. Where only the program itself says so, no more is said.
    pub fn note(&self) -> Text {
        let Self { png, millis, rests_on, .. } = self;
        if self.display == Which::SelfReported {
            return text!("prove-self-reported", path = png, millis = *millis, rests = rests_on.clone());
        }
        text!("prove-seen", path = png, millis = *millis, rests = rests_on.clone())
    }

    /// The same as what a report rests on.
    pub fn basis(&self) -> Text {
        let Self { png, rests_on, .. } = self;
        if self.display == Which::SelfReported {
            return text!("rests-window-self-reported", path = png, rests = rests_on.clone());
        }
        text!("rests-window", path = png, rests = rests_on.clone())
    }
}

/// What Fyne and GLFW write when there will be no window. They are not translated.
pub(super) fn is_window_error(log: &str) -> bool {
    ["window creation error", "failed to initialise GLFW", "PlatformUnavailable", "APIUnavailable"]
        .iter()
        .any(|it| log.contains(it))
}

/// The cause as the program's log has it: Fyne writes it after `Cause:`.
pub(super) fn telling(log: &str) -> String {
    let cause = log.lines().find_map(|it| it.split_once("Cause:")).map(|it| it.1);
    // GLFW says what Windows refuses, then goes on, and Fyne panics over what is not there.
    let windows = log.lines().find_map(|it| it.find("PlatformError: Win32").map(|at| &it[at..]));
    let panic = log.lines().find(|it| it.starts_with("panic:"));
    let last = log.lines().rfind(|it| !it.trim().is_empty());
    let line = cause.or(windows).or(panic).or(last).unwrap_or("").trim();
    line.chars().take(300).collect()
}
