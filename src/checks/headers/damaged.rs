//! Headers that are there and do not declare what is taken from them: emptied, or cut.

use std::path::PathBuf;

use crate::checks::Verdict;
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::need::Need;
use crate::path_style::shown;
use crate::quoting::quoted_path;
use crate::text::Text;
use crate::want::Want;

/// They are laid again by their packages; one that no package has is a person's.
pub(super) fn judge(facts: &Facts, want: &Want, known: &Knowledge, names: &[String]) -> Verdict {
    let file = |name: &String| facts.native.capabilities[name].damaged.clone();
    let files: Vec<(&String, PathBuf)> = names.iter().filter_map(|it| Some((it, file(it)?))).collect();
    let what: Vec<String> = files.iter().map(|it| shown(&it.1)).collect();
    let what = what.join(", ");
    let mut verdict = Verdict::fail(text!("cgo-headers-damaged", count = files.len(), what = &what));
    let mut packages: Vec<String> = Vec::new();
    for (name, path) in &files {
        let probed = &facts.native.capabilities[*name];
        verdict = verdict.evidence(probed.said.as_ref().unwrap_or(&probed.tried));
        if verdict.place.file.is_none() {
            verdict = verdict.file(path, None);
        }
        verdict = match facts.native.damaged.get(*name).map(Vec::as_slice) {
            Some([]) => nobodys(verdict, path),
            owners => {
                let supplies = || known.packages.supplies(name, &facts.host, &want.target.fyne);
                let owners = owners.map_or_else(supplies, <[String]>::to_vec);
                packages.extend(owners.into_iter().filter(|it| !packages.contains(it)).collect::<Vec<_>>());
                verdict.need(Need::Damaged((*name).clone()))
            }
        };
    }
    let cause: Text = if packages.is_empty() {
        text!("cgo-headers-damaged-nobodys", what = what)
    } else {
        text!("cgo-headers-damaged-cause", what = what, names = packages.join(" "))
    };
    verdict.cause(cause)
}

fn nobodys(verdict: Verdict, file: &PathBuf) -> Verdict {
    let mut off = file.clone().into_os_string();
    off.push(".off");
    let command = format!("mv {} {}", quoted_path(file), quoted_path(&PathBuf::from(off)));
    verdict.decide(text!("cgo-pkg-config-nobodys-decide", file = file), Some(command))
}

#[cfg(test)]
mod tests {
    use crate::checks::{Status, fixture, headers::CHECK};
    use crate::fact::Fact;
    use crate::facts::native::Part;
    use crate::need::Need;

    #[test]
    fn a_header_that_declares_nothing_is_named_by_its_file_and_laid_again_unless_it_is_nobodys() {
        let file = "/usr/include/X11/Xatom.h";
        let mut facts = fixture::healthy();
        let x11 = facts.native.capabilities.get_mut("x11").expect("probed");
        (x11.found, x11.part, x11.damaged) = (Fact::Absent, Some(Part::Header), Some(file.into()));
        facts.native.damaged.insert("x11".into(), vec!["x11proto-dev".into()]);
        let verdict = fixture::judged(&CHECK, &facts);
        let cause = verdict.cause.as_ref().map(ToString::to_string).unwrap_or_default();
        assert_eq!((verdict.status, verdict.place.file.as_deref()), (Status::Fail, Some(file)));
        assert!(cause.contains("x11proto-dev"), "{cause}");
        assert_eq!(verdict.needs, [Need::Damaged("x11".into())]);
        facts.native.damaged.insert("x11".into(), vec![]);
        assert_eq!(fixture::judged(&CHECK, &facts).needs, [Need::Decision]);
        assert!(blamed(&facts).is_some_and(|it| it == format!("mv {file} {file}.off")));
    }

    fn blamed(facts: &crate::facts::Facts) -> Option<String> {
        fixture::judged(&CHECK, facts).decision?.command
    }
}
