//! Whether `go install` has somewhere to put programs.

use super::{Check, Group, Verdict, blame, setting};
use crate::fact::Fact;
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::system::Kind;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "go.bin", group: Group::Go, after: &[], goal: Goal::Build, judge };

fn judge(facts: &Facts, _want: &Want, _known: &Knowledge) -> Verdict {
    let Some(bin) = &facts.go.bin else { return Verdict::unknown(text!("go-bin-unknown")) };
    let set = ["GOBIN", "GOPATH"]
        .iter()
        .find_map(|name| facts.here.get(name).filter(|it| !it.value.is_empty()).map(|it| (*name, it)));
    let fail = |summary| {
        let verdict = Verdict::fail(summary);
        match set {
            Some((name, set)) => {
                let cause = text!(
                    "go-bin-cause",
                    variable = name,
                    value = &set.value,
                    place = setting::place(&set.origin)
                );
                blame::at_fault(verdict.cause(cause), facts, name, set, None)
            }
            None => verdict
                .cause(text!("go-bin-in-the-way", path = bin))
                .file(bin, None)
                .decide(text!("go-bin-decide", path = bin), Some(format!("ls -ld {}", bin.display()))),
        }
    };
    if !bin.is_absolute() {
        return fail(text!("go-bin-relative", path = bin));
    }
    match &facts.go.bin_stat {
        Fact::Here(stat) if stat.kind != Kind::Dir => fail(text!("go-bin-no-directory", path = bin)),
        Fact::Here(stat) if !stat.writable => {
            if facts.cli.programs.iter().any(|it| it.build.is_here()) {
                Verdict::info(text!("go-bin-read-only", path = bin))
            } else {
                fail(text!("go-bin-not-ours", path = bin))
            }
        }
        Fact::Unknown(why) => Verdict::unknown(text!("go-bin-not-seen", path = bin, why = why)),
        Fact::Here(_) | Fact::Absent => Verdict::ok(text!("go-bin-ok", path = bin)),
    }
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
    fn a_relative_directory_is_refused_by_go() {
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "GOPATH", "~/go", fixture::profile());
        facts.go.bin = Some("~/go/bin".into());
        assert_eq!(fixture::judged(&CHECK, &facts).status, Status::Fail);
    }
}
