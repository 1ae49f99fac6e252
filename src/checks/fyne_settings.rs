//! Whether Fyne's own settings let a window open. What Fyne merely complains of is no finding.

use std::path::Path;

use super::{Check, Group, Verdict, blame};
use crate::facts::Facts;
use crate::manifest::Knowledge;
use crate::path_style::shown;
use crate::typed;
use crate::want::{Goal, Want};

pub(super) const CHECK: Check =
    Check { id: "display.fyne-settings", group: Group::Display, after: &[], goal: Goal::Desktop, judge };

/// X11 knows no window of more than 32 767 points, and refuses one of ordinary size above this scale. (One with a single
/// word in it opened at 200 and not at 900.)
const MOST: f64 = 40.0;

fn judge(facts: &Facts, want: &Want, _known: &Knowledge) -> Verdict {
    if want.goal == Goal::Build {
        return Verdict::skipped(text!("display-gl-build"));
    }
    if let Some(path) = facts.display.settings_blocked.first() {
        let off = format!("{}.off", shown(path));
        let command = typed::moved(facts.here.style, path, Path::new(&off));
        return Verdict::fail(text!("display-fyne-settings-blocked", path = path))
            .cause(text!("display-fyne-settings-blocked-cause", path = path))
            .file(path, None)
            .decide(text!("display-fyne-settings-decide", path = path), Some(command));
    }
    let huge = |it: &str| it.parse::<f64>().is_ok_and(|it| it > MOST);
    match (facts.here.set("FYNE_SCALE"), &facts.display.scale) {
        (Some(value), _) if huge(value) => {
            let setting = blame::setting(facts, "FYNE_SCALE");
            let verdict = Verdict::fail(text!("display-fyne-settings-scale", scale = value))
                .cause(text!("display-fyne-settings-scale-variable", setting = setting));
            blame::variable(verdict, facts, "FYNE_SCALE")
        }
        (None, Some((file, value))) if huge(value) => {
            Verdict::fail(text!("display-fyne-settings-scale", scale = value))
                .cause(text!("display-fyne-settings-scale-cause", file = file, scale = value))
                .file(file, None)
                .evidence(format!("{}: \"scale\": {value}", shown(file)))
                .decide(text!("display-fyne-settings-scale-decide", file = file), None)
        }
        _ => Verdict::ok(text!("display-fyne-settings-ok")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Status, fixture};
    use super::*;
    use crate::need::Need;

    #[test]
    fn only_what_keeps_a_window_from_opening_is_a_fault() {
        let file = "/root/.config/fyne/settings.json";
        for (scale, variable, status) in [
            ("1.5", None, Status::Ok),
            ("-1", None, Status::Ok),
            ("900", None, Status::Fail),
            ("900", Some("1"), Status::Ok), // the variable wins
            ("1", Some("auto"), Status::Ok),
            ("1", Some("400"), Status::Fail),
        ] {
            let mut facts = fixture::healthy();
            facts.display.scale = Some((file.into(), scale.into()));
            if let Some(value) = variable {
                fixture::set(&mut facts, "FYNE_SCALE", value, fixture::profile());
            }
            assert_eq!(fixture::judged(&CHECK, &facts).status, status, "{scale} {variable:?}");
        }
    }

    #[test]
    fn a_pipe_is_named_and_the_line_of_a_variable_is_fixed() {
        let mut facts = fixture::healthy();
        facts.display.settings_blocked = vec!["/root/.config/fyne/theme.json".into()];
        let verdict = fixture::judged(&CHECK, &facts);
        let command = verdict.decision.and_then(|it| it.command).expect("a line to type");
        assert!(command.starts_with("mv ") && command.contains("theme.json.off"), "{command}");
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "FYNE_SCALE", "400", fixture::profile());
        assert!(matches!(&fixture::judged(&CHECK, &facts).needs[..], [Need::FileSetting { .. }]));
    }
}
