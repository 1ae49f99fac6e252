//! Whether there is room: for Go and our records, for caches, and for what a build lays down meanwhile.

use std::path::Path;

use super::{Check, Group, Verdict, blame};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::system::Space;
use crate::text::Text;
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
    /// Files that must still fit, however few bytes they have.
    files: u64,
    /// What leads there, where it is not where everybody looks.
    variable: Option<&'static str>,
}

impl Room<'_> {
    fn space(&self) -> Option<&Space> {
        self.space.here()
    }

    /// The verdict on it, where it is too small. Where a variable leads there, that is the cause.
    fn too_small(&self, facts: &Facts, verdict: fn(Text) -> Verdict, limit: u64) -> Option<Verdict> {
        let Space { free, files, .. } = *self.space()?;
        let (path, need) = (self.path, self.comfort / MIB);
        let verdict = if free < limit {
            let free = free / MIB;
            verdict(text!("system-disk-full", path = path, free = free)).cause(text!(
                "system-disk-full-cause",
                path = path,
                free = free,
                need = need
            ))
        } else {
            let files = files.filter(|it| *it < self.files)?;
            Verdict::fail(text!("system-disk-files", path = path, files = files)).cause(text!(
                "system-disk-files-cause",
                path = path,
                files = files
            ))
        };
        let set = self.variable.filter(|it| facts.here.set(it).is_some());
        Some(match set {
            Some(name) => {
                let cause = text!("system-tmp-cause", setting = blame::setting(facts, name), path = path);
                blame::variable(verdict.cause(cause), facts, name)
            }
            None => verdict.file(path, None).decide(text!("system-disk-decide", path = path), None),
        })
    }
}

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    let rooms = rooms(facts);
    let small = rooms.iter().find_map(|it| it.too_small(facts, Verdict::fail, it.least));
    let tight = || rooms.iter().find_map(|it| it.too_small(facts, Verdict::warn, it.comfort));
    if let Some(verdict) = small.or_else(tight) {
        return verdict;
    }
    for room in &rooms {
        if let Fact::Unknown(why) = room.space {
            return Verdict::unknown(text!("system-disk-unknown", path = room.path, why = why));
        }
    }
    let least = rooms.iter().filter_map(|it| it.space().map(|it| it.free)).min().unwrap_or_default();
    Verdict::ok(text!("system-disk-ok", free = least / MIB))
}

fn rooms(facts: &Facts) -> Vec<Room<'_>> {
    let (host, places) = (&facts.host, &facts.ours.places);
    let room = |path, space, least, comfort| Room {
        path,
        space,
        least: least * MIB,
        comfort: comfort * MIB,
        files: 200,
        variable: None,
    };
    let mut rooms = vec![
        room(&places.data, &host.data_space, 100, 400),
        room(&places.cache, &host.cache_space, 200, 1000),
    ];
    // Where everybody's temporary files go, no variable is the cause.
    let led = |variable, path: &Path| Some(variable).filter(|_| path != Path::new("/tmp"));
    let tmp = room(&host.tmp.0, &host.tmp_space, 50, 250);
    rooms.push(Room { variable: led("TMPDIR", &host.tmp.0), ..tmp });
    if let Some((path, _, space)) = &facts.native.go_tmp {
        rooms.push(Room { variable: led("GOTMPDIR", path), ..room(path, space, 50, 250) });
    }
    rooms
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::fact::Why;
    use crate::facts::settings::Setting;
    use crate::need::Need;

    #[test]
    fn each_place_has_its_own_limits() {
        let space = |mib: u64| Fact::Here(Space { free: mib * MIB, ..Space::default() });
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
    fn a_variable_that_leads_to_a_little_disk_is_the_cause_and_not_the_disk() {
        let mut facts = fixture::healthy();
        facts.host.tmp = ("/mnt/ram".into(), facts.host.tmp.1.clone());
        facts.host.tmp_space = Fact::Here(Space { free: MIB, ..Space::default() });
        assert_eq!(fixture::judged(&CHECK, &facts).needs, [Need::Decision], "nothing leads there");
        let origin = fixture::profile();
        facts.here.variables.insert("TMPDIR".into(), Setting { value: "/mnt/ram".into(), origin });
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.place.variable.as_deref()), (Status::Fail, Some("TMPDIR")));
        assert!(matches!(verdict.needs[..], [Need::FileSetting { .. }]), "{verdict:?}");
    }

    #[test]
    fn a_file_system_with_bytes_and_no_file_left_is_full() {
        let mut facts = fixture::healthy();
        for (files, status) in [(None, Status::Ok), (Some(0), Status::Fail), (Some(50_000), Status::Ok)] {
            facts.host.tmp_space = Fact::Here(Space { free: 9 << 30, files, ..Space::default() });
            assert_eq!(fixture::judged(&CHECK, &facts).status, status, "{files:?}");
        }
    }

    #[test]
    fn what_cannot_be_seen_is_unknown() {
        let mut facts = fixture::healthy();
        facts.host.cache_space = Fact::Unknown(Why::System("permission denied".into()));
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Unknown);
    }
}
