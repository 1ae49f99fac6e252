//! Whether Go's module cache can be used and is undamaged where this run needs it.

use super::{Check, Group, Verdict, setting};
use crate::facts::go::Damage;
use crate::facts::{Fact, Facts};
use crate::need::Need;
use crate::system::Kind;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "modules.cache", group: Group::Modules, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, want: &Want) -> Verdict {
    let modules = &facts.modules;
    let Some(dir) = &modules.dir else { return Verdict::unknown(text!("modules-cache-unknown")) };
    let damaged = modules.damaged.iter().find(|(_, it)| matches!(it, Damage::NotAZip | Damage::Edited));
    if let Some((path, damage)) = damaged {
        let (summary, cause) = match damage {
            Damage::Edited => ("modules-cache-edited", "modules-cache-edited-cause"),
            _ => ("modules-cache-zip", "modules-cache-zip-cause"),
        };
        return Verdict::fail(text!(summary, path = path))
            .cause(text!(cause, path = path))
            .file(path, None)
            .need(Need::Modules(super::project_fyne::version(facts, want)));
    }
    let fail = |summary, cause| {
        let verdict = Verdict::fail(summary).cause(cause);
        let set = ["GOMODCACHE", "GOPATH"].iter().find_map(|it| Some((*it, facts.here.get(it)?)));
        match set.filter(|(_, it)| !it.value.is_empty()) {
            Some((name, set)) => setting::at_fault(verdict, name, set, None),
            None => {
                let command = format!("mv {0} {0}.old", dir.display());
                verdict.file(dir, None).decide(text!("modules-cache-decide", path = dir), Some(command))
            }
        }
    };
    match &modules.stat {
        Fact::Here(stat) if stat.kind != Kind::Dir => fail(
            text!("modules-cache-no-directory", path = dir),
            text!("modules-cache-no-directory-cause", path = dir),
        ),
        Fact::Here(stat) if !stat.writable && !modules.missing.is_empty() => fail(
            text!("modules-cache-foreign", path = dir),
            text!("modules-cache-foreign-cause", path = dir, owner = stat.uid),
        ),
        Fact::Unknown(why) => Verdict::unknown(text!("modules-cache-not-seen", path = dir, why = why)),
        Fact::Here(_) => Verdict::ok(text!("modules-cache-ok", path = dir)),
        Fact::Absent => Verdict::ok(text!("modules-cache-absent", path = dir)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::system::Stat;

    #[test]
    fn a_zip_that_is_none_is_named() {
        let mut facts = fixture::healthy();
        facts.modules.damaged = vec![("/root/go/pkg/mod/cache/download/x.zip".into(), Damage::NotAZip)];
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!(verdict.status, Status::Fail);
        assert_eq!(verdict.needs, [Need::Modules("2.8.1".into())]);
    }

    #[test]
    fn a_cache_that_is_read_only_and_full_is_fine() {
        let mut facts = fixture::healthy();
        facts.modules.stat = Fact::Here(Stat { writable: false, uid: 7, ..fixture::stat(Kind::Dir, 0o555) });
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
        facts.modules.missing.push("golang.org/x/image@v0.24.0".into());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Fail);
    }
}
