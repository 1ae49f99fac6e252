//! What Visual Studio's own installer adds to an installation that is there.

use super::{Action, PlanBuilder};
use crate::action::ActionKind;
use crate::need::Need;

impl PlanBuilder<'_> {
    /// Components that are missing. A whole installation that is missing is a package like any other.
    pub(super) fn visual_studio(&mut self) {
        if self.want.offline {
            return;
        }
        let cause =
            self.claim_needs(ActionKind::ModifyVisualStudio, |it| matches!(it, Need::VisualStudio { .. }));
        for (need, cause) in cause.each() {
            let Need::VisualStudio { setup, install, add } = need else { continue };
            self.add(Action::ModifyVisualStudio { setup, install, add }, &[], &cause);
        }
    }
}
