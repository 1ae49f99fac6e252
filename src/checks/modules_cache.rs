//! Whether Go's module cache can be used and is undamaged where this run needs it.

use super::{Check, Group, Verdict, blame, setting};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::facts::go::{Damage, Flaw, Spoiled};
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::path_style::{PathStyle, shown};
use crate::system::Kind;
use crate::typed;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "modules.cache", group: Group::Modules, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    let modules = &facts.modules;
    let Some(dir) = &modules.dir else { return Verdict::unknown(text!("modules-cache-unknown")) };
    let deep = facts.deep.iter().flat_map(|it| &it.spoiled);
    let new = deep.filter(|it| !modules.spoiled.iter().any(|known| known.module == it.module));
    let all: Vec<&Spoiled> = modules.spoiled.iter().chain(new).collect();
    if let Some(first) = all.first() {
        return spoiled(first, &all, facts.here.style);
    }
    let set = ["GOMODCACHE", "GOPATH"].iter().find_map(|it| Some((*it, facts.here.get(it)?)));
    let set = set.filter(|(_, it)| !it.value.is_empty());
    if let Some((name, set)) = set.filter(|_| !facts.here.style.is_absolute(dir)) {
        let place = setting::place(&set.origin);
        let cause = text!("modules-cache-relative-cause", name = name, value = &set.value, place = place);
        let verdict = Verdict::fail(text!("modules-cache-relative", path = dir)).cause(cause);
        return blame::at_fault(verdict, facts, name, set, None);
    }
    let windows = facts.here.style == PathStyle::Windows;
    let fail = |summary, cause| {
        let verdict = Verdict::fail(summary).cause(cause);
        match (set, &modules.blocked) {
            (Some((name, set)), _) => blame::at_fault(verdict, facts, name, set, None),
            (None, Some((path, _))) => {
                let command = typed::moved_away(facts.here.style, path);
                verdict.file(path, None).decide(text!("modules-cache-decide", path = path), Some(command))
            }
            (None, None) => verdict.file(dir, None).need(Need::Cache(dir.clone())),
        }
    };
    if let Some((path, why)) = &modules.blocked {
        let cause = match why {
            Damage::Closed { .. } if windows => text!("modules-closed-windows", path = path),
            Damage::Closed { uid } => text!("modules-cache-foreign-cause", path = path, owner = *uid),
            _ => text!("modules-cache-no-directory-cause", path = path),
        };
        return fail(text!("modules-cache-barred", path = dir), cause);
    }
    match &modules.stat {
        Fact::Here(stat) if stat.kind != Kind::Dir => fail(
            text!("modules-cache-no-directory", path = dir),
            text!("modules-cache-no-directory-cause", path = dir),
        ),
        Fact::Here(stat) if !stat.writable && !modules.missing.is_empty() => fail(
            text!("modules-cache-foreign", path = dir),
            // Whose it is has no number on Windows.
            if windows {
                text!("modules-closed-windows", path = dir)
            } else {
                text!("modules-cache-foreign-cause", path = dir, owner = stat.uid)
            },
        ),
        Fact::Unknown(why) => Verdict::unknown(text!("modules-cache-not-seen", path = dir, why = why)),
        Fact::Here(_) => match facts.deep.as_ref().map(|it| &it.modules) {
            Some(Fact::Unknown(why)) => {
                Verdict::unknown(text!("modules-cache-unconfirmed", path = dir, why = why))
            }
            Some(Fact::Here(count)) => {
                Verdict::ok(text!("modules-cache-confirmed", path = dir, count = *count))
            }
            _ => Verdict::ok(text!("modules-cache-ok", path = dir)),
        },
        Fact::Absent => Verdict::ok(text!("modules-cache-absent", path = dir)),
    }
}

/// All that are spoiled are needed whole; the first is told.
fn spoiled(first: &Spoiled, all: &[&Spoiled], style: PathStyle) -> Verdict {
    let (module, path) = (&first.module, &first.file);
    let (summary, cause) = match first.flaw {
        Flaw::Edited => ("modules-cache-edited", "modules-cache-edited-cause"),
        Flaw::NotAZip => ("modules-cache-zip", "modules-cache-zip-cause"),
        Flaw::OtherHash => ("modules-cache-note", "modules-cache-note-cause"),
        Flaw::OtherMod => ("modules-cache-mod", "modules-cache-mod-cause"),
    };
    let mut verdict =
        Verdict::fail(text!(summary, module = module)).cause(text!(cause, path = path)).file(path, None);
    for one in all.iter().take(10) {
        verdict = verdict.evidence(format!("{}: {}", one.module, shown(&one.file)));
    }
    if let Some(own) = all.iter().find(|it| it.private) {
        let module = typed::word(style, &own.module.to_string());
        let download = format!("go mod download {module}");
        let command = typed::then(style, &[typed::removed(style, &own.file), download]);
        return verdict.decide(text!("modules-cache-private", module = &own.module), Some(command));
    }
    let mut needs: Vec<Need> = all.iter().map(|it| Need::WholeModule(it.module.clone())).collect();
    needs.dedup();
    needs.into_iter().fold(verdict, Verdict::need)
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::system::Stat;
    use crate::version::ModuleVersion;

    #[test]
    fn a_zip_that_is_none_is_named() {
        let mut facts = fixture::healthy();
        let module = ModuleVersion::from("golang.org/x/image@v0.24.0");
        let file = "/root/go/pkg/mod/cache/download/x.zip".into();
        facts.modules.spoiled =
            vec![Spoiled { module: module.clone(), file, flaw: Flaw::NotAZip, private: false }];
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, &verdict.needs[..]), (Status::Fail, &[Need::WholeModule(module)][..]));
        facts.modules.spoiled[0].private = true;
        assert_eq!(fixture::judged(&CHECK, &facts).needs, [Need::Decision], "nobody may be asked about it");
    }

    #[test]
    fn a_cache_that_is_read_only_and_full_is_fine() {
        let mut facts = fixture::healthy();
        facts.modules.stat = Fact::Here(Stat { writable: false, uid: 7, ..fixture::stat(Kind::Dir, 0o555) });
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok);
        facts.modules.missing.push("golang.org/x/image@v0.24.0".into());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Fail);
    }

    #[test]
    fn a_setting_that_go_refuses_is_named() {
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "GOMODCACHE", "mods", fixture::go_env());
        facts.modules.dir = Some("mods".into());
        let gone = [Need::GoSetting { key: "GOMODCACHE".into(), value: None }];
        assert_eq!(fixture::judged(&CHECK, &facts).needs, gone);
    }

    #[test]
    fn a_foreign_cache_in_its_own_place_is_replaced_and_what_stands_above_it_is_not() {
        let mut facts = fixture::healthy();
        let dir = facts.modules.dir.clone().expect("known");
        facts.modules.stat = Fact::Here(Stat { writable: false, uid: 7, ..fixture::stat(Kind::Dir, 0o755) });
        facts.modules.missing.push("golang.org/x/image@v0.24.0".into());
        assert_eq!(fixture::judged(&CHECK, &facts).needs, [Need::Cache(dir)]);
        facts.modules.blocked = Some(("/root/go".into(), Damage::NoDirectory));
        assert_eq!(fixture::judged(&CHECK, &facts).needs, [Need::Decision]);
    }
}
