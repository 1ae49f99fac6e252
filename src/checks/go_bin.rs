//! Whether `go install` has somewhere to put programs.

use std::path::Path;

use super::{Check, Group, Verdict, blame, cli_present, setting};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::facts::go::{CliProgram, is_temporary};
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::path_style::shown;
use crate::quoting::quoted_path;
use crate::system::Kind;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "go.bin", group: Group::Go, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, want: &Want, _known: &Knowledge) -> Verdict {
    let Some(bin) = &facts.go.bin else { return Verdict::unknown(text!("go-bin-unknown")) };
    let set = ["GOBIN", "GOPATH"]
        .iter()
        .find_map(|name| facts.here.get(name).filter(|it| !it.value.is_empty()).map(|it| (*name, it)));
    let fail = |summary, of_gopath: bool| {
        let verdict = Verdict::fail(summary);
        match set {
            // Where the modules lie is another matter.
            Some((name, set)) if name == "GOBIN" || of_gopath || facts.go.bin_places.is_empty() => {
                let cause = text!(
                    "go-bin-cause",
                    variable = name,
                    value = &set.value,
                    place = setting::place(&set.origin)
                );
                blame::at_fault(verdict.cause(cause), facts, name, set, None)
            }
            _ if !facts.go.bin_places.is_empty() => elsewhere(verdict, facts, want, bin),
            _ => verdict
                .cause(text!("go-bin-in-the-way", path = bin))
                .file(bin, None)
                .decide(text!("go-bin-decide", path = bin), Some(format!("ls -ld {}", quoted_path(bin)))),
        }
    };
    if !facts.here.style.is_absolute(bin) {
        return fail(text!("go-bin-relative", path = bin), true);
    }
    let works = |it: &CliProgram| it.on_path && it.runs && it.build.is_here() && !is_temporary(&it.path);
    let served = facts.cli.programs.iter().any(works);
    if facts.go.bin_noexec {
        return if served {
            Verdict::info(text!("go-bin-noexec-served", path = bin))
        } else {
            fail(text!("go-bin-noexec", path = bin), false)
        };
    }
    if facts.go.bin_is_temporary(&facts.host.home()) && !served {
        return fail(text!("go-bin-temporary", path = bin), false);
    }
    match &facts.go.bin_stat {
        Fact::Here(stat) if stat.kind != Kind::Dir => fail(text!("go-bin-no-directory", path = bin), true),
        Fact::Here(stat) if !stat.writable => {
            if facts.cli.programs.iter().any(|it| it.build.is_here()) {
                Verdict::info(text!("go-bin-read-only", path = bin))
            } else {
                fail(text!("go-bin-not-ours", path = bin), false)
            }
        }
        Fact::Absent if !served && !facts.go.bin_places.is_empty() => {
            fail(text!("go-bin-not-ours", path = bin), false)
        }
        Fact::Unknown(why) => Verdict::unknown(text!("go-bin-not-seen", path = bin, why = why)),
        Fact::Here(_) | Fact::Absent => Verdict::ok(text!("go-bin-ok", path = bin)),
    }
}

/// Programs go to the best other place: Go is told, PATH leads there, and the CLI is put there.
fn elsewhere(verdict: Verdict, facts: &Facts, want: &Want, bin: &Path) -> Verdict {
    let Some(place) = facts.go.bin_places.first() else { return verdict };
    let value = Some(shown(place).into());
    let verdict = verdict
        .cause(text!("go-bin-elsewhere", path = bin, place = place))
        .file(bin, None)
        .need(Need::GoSetting { key: "GOBIN".into(), value })
        .need(Need::OnPath(place.clone()));
    let right = facts.cli.programs.iter().any(|it| it.on_path && it.runs && cli_present::is_genuine(it));
    if right { verdict } else { verdict.need(Need::Cli(want.target.cli.clone())) }
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;

    #[test]
    fn a_file_in_its_place_is_named_with_the_variable() {
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "GOBIN", "/root/bin", fixture::go_env());
        facts.go.bin = Some("/root/bin".into());
        facts.go.bin_stat = Fact::Here(fixture::stat(Kind::File, 0o644));
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.place.variable.as_deref()), (Status::Fail, Some("GOBIN")));
    }

    #[test]
    fn a_directory_of_the_administrator_is_fine_where_fyne_is_there_already() {
        let mut facts = fixture::healthy();
        facts.go.bin_stat = Fact::Here(fixture::stat(Kind::Dir, 0o555));
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Info);
        facts.cli.programs.clear();
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Fail);
        facts.go.bin_stat = Fact::Absent;
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok, "Go makes it");
    }

    #[test]
    fn a_directory_of_no_use_gives_way_to_one_that_works() {
        let mut facts = fixture::healthy();
        facts.go.bin_noexec = true;
        facts.cli.programs[0].runs = false;
        facts.cli.programs[0].on_path = false;
        assert_eq!(fixture::judged(&CHECK, &facts).needs, [Need::Decision], "there is no other");
        facts.go.bin_places = vec!["/root/.local/bin".into()];
        let elsewhere = [
            Need::GoSetting { key: "GOBIN".into(), value: Some("/root/.local/bin".into()) },
            Need::OnPath("/root/.local/bin".into()),
            Need::Cli("fyne.io/tools/cmd/fyne@v1.7.4".into()),
        ];
        assert_eq!(fixture::judged(&CHECK, &facts).needs, elsewhere);
        fixture::set(&mut facts, "GOPATH", "/mnt/go", fixture::profile());
        assert_eq!(fixture::judged(&CHECK, &facts).needs, elsewhere, "its modules stay where they are");
        fixture::set(&mut facts, "GOBIN", "/mnt/bin", fixture::go_env());
        let needs = fixture::judged(&CHECK, &facts).needs;
        assert_eq!(needs, [Need::GoSetting { key: "GOBIN".into(), value: None }], "the setting goes first");
        facts.cli.programs.push(fixture::fyne("/usr/local/bin/fyne", "fyne.io/tools/cmd/fyne", "v1.7.4"));
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Info, "fyne is there");
    }

    #[test]
    fn programs_among_temporary_files_are_soon_gone() {
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "GOBIN", "/tmp/bin", fixture::profile());
        facts.go.bin = Some("/tmp/bin".into());
        facts.cli.programs[0].path = "/tmp/bin/fyne".into();
        let verdict = fixture::judged(&CHECK, &facts);
        assert_eq!((verdict.status, verdict.place.variable.as_deref()), (Status::Fail, Some("GOBIN")));
        facts.host.home = Fact::Here("/tmp/home".into());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Ok, "all of this home is such");
    }

    #[test]
    fn a_relative_directory_is_refused_by_go() {
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "GOPATH", "~/go", fixture::profile());
        facts.go.bin = Some("~/go/bin".into());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Fail);
    }
}
