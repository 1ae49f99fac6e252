//! Whether there is room: for Go and our records, for caches, and for what a build lays down meanwhile.

use std::path::Path;

use super::{Check, Group, Verdict};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::system::Space;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "system.disk", group: Group::System, after: &[], goal: Goal::Build, judge };

const MIB: u64 = 1 << 20;

/// A place, the least that any work needs there, and what a first install and build need (Go unpacked 250 MB; modules
/// and build cache 900 MB; temporary files of the first build 200 MB).
struct Room<'a> {
    path: &'a Path,
    space: &'a Fact<Space>,
    least: u64,
    comfort: u64,
}

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    let host = &facts.host;
    let places = &facts.ours.places;
    let rooms = [
        Room { path: &places.data, space: &host.data_space, least: 100 * MIB, comfort: 400 * MIB },
        Room { path: &places.cache, space: &host.cache_space, least: 200 * MIB, comfort: 1000 * MIB },
        Room { path: &host.tmp.0, space: &host.tmp_space, least: 50 * MIB, comfort: 250 * MIB },
    ];
    let free = |it: &Room| it.space.here().map(|space| space.free);
    for (fail, verdict) in [(true, Verdict::fail as fn(_) -> _), (false, Verdict::warn)] {
        let limit = |it: &Room| if fail { it.least } else { it.comfort };
        if let Some(room) = rooms.iter().find(|it| free(it).is_some_and(|free| free < limit(it))) {
            let (free, need) = (free(room).unwrap_or_default() / MIB, room.comfort / MIB);
            return verdict(text!("system-disk-full", path = room.path, free = free))
                .cause(text!("system-disk-full-cause", path = room.path, free = free, need = need))
                .file(room.path, None)
                .decide(text!("system-disk-decide", path = room.path), None);
        }
    }
    for room in &rooms {
        if let Fact::Unknown(why) = room.space {
            return Verdict::unknown(text!("system-disk-unknown", path = room.path, why = why));
        }
    }
    let least = rooms.iter().filter_map(free).min().unwrap_or_default();
    Verdict::ok(text!("system-disk-ok", free = least / MIB))
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::fact::Why;

    #[test]
    fn each_place_has_its_own_limits() {
        let space = |mib: u64| Fact::Here(Space { free: mib * MIB, read_only: false, noexec: false });
        let rows = [
            ((5000, 5000, 5000), Status::Ok),
            ((300, 5000, 5000), Status::Warn),
            ((5000, 150, 5000), Status::Fail),
            ((5000, 900, 5000), Status::Warn),
            ((5000, 5000, 40), Status::Fail),
            ((300, 5000, 40), Status::Fail),
        ];
        for ((data, cache, tmp), status) in rows {
            let mut facts = fixture::healthy();
            facts.host.data_space = space(data);
            facts.host.cache_space = space(cache);
            facts.host.tmp_space = space(tmp);
            assert_eq!(fixture::judged(&CHECK, &facts).status, status, "{data} {cache} {tmp}");
        }
    }

    #[test]
    fn what_cannot_be_seen_is_unknown() {
        let mut facts = fixture::healthy();
        facts.host.cache_space = Fact::Unknown(Why::System("permission denied".into()));
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Unknown);
    }
}
