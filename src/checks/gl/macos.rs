//! The same on a Mac: OpenGL is a part of the system, deprecated, and drawn by the graphics processor. Only its framework is
//! looked at, and whether there may be no such processor, as in a virtual machine; that it draws, the proof sees.

use super::Verdict;
use crate::fact::Fact;
use crate::facts::display::Display;

pub(super) fn judge(display: &Display) -> Verdict {
    let path = match &display.libgl {
        Fact::Here((path, _)) => path,
        Fact::Absent => return Verdict::unknown(text!("display-gl-mac-absent")),
        Fact::Unknown(why) => return Verdict::unknown(text!("display-gl-unknown", why = why)),
    };
    match display.virtual_mac {
        Some(false) => Verdict::ok(text!("display-gl-mac", path = path)),
        Some(true) => {
            Verdict::info(text!("display-gl-mac-virtual", path = path)).evidence("kern.hv_vmm_present: 1")
        }
        None => Verdict::info(text!("display-gl-mac-untold", path = path)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{Status, fixture};
    use super::super::CHECK;
    use super::*;

    #[test]
    fn opengl_of_a_mac_is_called_good_only_where_it_was_looked_at_and_the_machine_is_a_real_one() {
        let here = || {
            let path = "/System/Library/Frameworks/OpenGL.framework";
            Fact::Here((path.into(), path.into()))
        };
        for (libgl, virtual_mac, status, key) in [
            (here(), Some(false), Status::Ok, "display-gl-mac"),
            (here(), Some(true), Status::Info, "display-gl-mac-virtual"),
            (here(), None, Status::Info, "display-gl-mac-untold"),
            (Fact::Absent, Some(false), Status::Unknown, "display-gl-mac-absent"),
            (Fact::unlooked(), Some(false), Status::Unknown, "display-gl-unknown"),
        ] {
            let mut facts = fixture::healthy();
            facts.host.identity.os = "macos".into();
            facts.display = Display { libgl, virtual_mac, ..Display::default() };
            let verdict = fixture::judged(&CHECK, &facts);
            assert_eq!((verdict.status, &*verdict.summary.key), (status, key));
        }
    }
}
