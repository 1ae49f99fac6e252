//! A `Plan` in words and as JSON: its steps grouped by what they are for, each in one sentence with its exact command below
//! it where it is one, and what all of it costs. It shows a plan and never makes one.

use std::path::Path;

use serde_json::{Value, json};

use super::page::{Label, Page};
use super::text::size;
use super::words::Words;
use crate::action::{Action, Plan, Step, firewall, installer, sentence, sentence_of, wsl};
use crate::checks::Finding;
use crate::discreet;
use crate::facts::Facts;
use crate::need::Need;
use crate::packages;
use crate::plan::cost::{Cost, Costs, Purpose, fetched};
use crate::quoting::quoted;
use crate::report::model::{Next, Typed};
use crate::text::Text;

/// The plan for people. `administrator`: what somebody else types first, because nobody here has the rights.
pub fn page(
    plan: &Plan,
    words: &Words,
    typed: Typed<'_>,
    administrator: Option<&Next>,
    costs: &Costs,
) -> Page {
    let mut page = Page::default();
    if let Some(next) = administrator {
        page.hanging(vec![], Label::Heading, &words.say(&next.text));
        page.command(2, &next.command);
        page.gap();
    }
    // What packages bring is no decision where somebody only has to type a line for them.
    let decides = |need: &Need| administrator.is_none() || !matches!(need, Need::Capability(_));
    let mut open = plan.unmet.iter().filter(|it| decides(&it.1)).map(|it| &it.0).peekable();
    if plan.is_empty() && administrator.is_some() && open.peek().is_none() {
        page.line(Label::Plain, words.key("plan-administrator-only"));
    } else if plan.is_empty() && !plan.unmet.is_empty() {
        page.line(Label::Plain, words.key("plan-nothing-by-itself"));
    } else if plan.is_empty() && !plan.unknown.is_empty() {
        page.line(Label::Plain, words.key("plan-unknown"));
        plan.unknown.iter().for_each(|it| check_named(&mut page, it, words));
    } else if plan.is_empty() {
        page.line(Label::Good, words.key("plan-empty"));
    } else {
        page.line(Label::Heading, words.key("plan-heading"));
    }
    if let Some(warning) = plan.want.target.warning() {
        let head = vec![(Label::Plain, "  ".to_owned()), (Label::Caution, "!".to_owned())];
        page.hanging(head, Label::Plain, &format!(" {}", words.say(&warning)));
    }
    for purpose in Purpose::ALL {
        group(&mut page, plan, purpose, words, typed, costs);
    }
    if !plan.is_empty() {
        total(&mut page, plan, words, typed.bundle, costs);
    }
    if open.peek().is_some() {
        page.gap();
        page.line(Label::Heading, words.key("plan-unmet"));
        // A check that lacks twelve things is one line.
        let mut named = std::collections::BTreeSet::new();
        for id in open.filter(|it| named.insert(*it)) {
            check_named(&mut page, id, words);
        }
    }
    page
}

/// What stands above steps, or a part of what is said of it: a plan without a window promises none.
fn heading(purpose: Purpose, steps: &[&Step], part: &str) -> Text {
    let proves = steps.iter().any(|it| matches!(it.action, Action::Prove { .. }));
    let name = if purpose == Purpose::Proof && !proves { "build" } else { purpose.name() };
    Text::new(format!("plan-for-{name}{part}"))
}

/// The steps that are for one thing, below what it is.
fn group(page: &mut Page, plan: &Plan, purpose: Purpose, words: &Words, typed: Typed<'_>, costs: &Costs) {
    let steps: Vec<&Step> =
        plan.steps.iter().filter(|it| Purpose::within(plan, &it.action) == purpose).collect();
    if steps.is_empty() {
        return;
    }
    let (bytes, _) = fetched(steps.iter().filter_map(|it| costs.step(it.id)));
    let size = Some(words.say(&text!("plan-size", size = size(bytes)))).filter(|_| bytes > 0);
    let root = Some(words.key("plan-root")).filter(|_| steps.iter().any(|it| it.needs_root));
    let mut head =
        vec![(Label::Plain, "  ".to_owned()), (Label::Heading, words.say(&heading(purpose, &steps, "")))];
    for what in size.into_iter().chain(root) {
        head.push((Label::Faint, format!(" · {what}")));
    }
    page.spans(head);
    for step in steps {
        page.hanging(
            vec![(Label::Plain, "    ".to_owned())],
            Label::Plain,
            &words.say(&sentence_of(&step.action, typed.bundle.is_some())),
        );
        if let Some(command) = command(step, typed) {
            page.command(6, &command);
        }
    }
}

/// What the plan costs as a whole, and which files of a person's it edits.
fn total(page: &mut Page, plan: &Plan, words: &Words, bundle: Option<&Path>, costs: &Costs) {
    page.gap();
    let (bytes, all) = fetched(costs.steps.iter());
    let size = size(bytes);
    let download = match (bytes, all) {
        _ if bundle.is_some() => bundle.map(|dir| text!("plan-downloads-nothing", dir = dir)),
        (0, true) => None,
        (0, false) => Some(text!("plan-downloads-unknown")),
        (_, true) => Some(text!("plan-downloads", size = size)),
        (_, false) => Some(text!("plan-downloads-more", size = size)),
    };
    let time = costs.seconds.map(|it| match it {
        0..MOMENT => text!("plan-time-moment"),
        _ => text!("plan-time", time = about(it, "")),
    });
    for text in download.into_iter().chain(time) {
        page.hanging(vec![(Label::Plain, "  ".to_owned())], Label::Plain, &words.say(&text));
    }
    let mut files: Vec<String> = plan.steps.iter().filter_map(|it| Some(path(it.action.edits()?))).collect();
    files.dedup();
    if !files.is_empty() {
        let say = text!("plan-edits", count = files.len(), files = files.join(", "));
        page.hanging(vec![(Label::Plain, "  ".to_owned())], Label::Plain, &words.say(&say));
    }
}

/// Why the steps are done: what they are for, and the findings that ask for them.
pub fn explained(plan: &Plan, findings: &[Finding], words: &Words) -> Page {
    let mut page = Page::default();
    for purpose in Purpose::ALL {
        let steps: Vec<&Step> =
            plan.steps.iter().filter(|it| Purpose::within(plan, &it.action) == purpose).collect();
        if steps.is_empty() {
            continue;
        }
        page.gap();
        let key = |part: &str| words.say(&heading(purpose, &steps, part));
        page.line(Label::Heading, key(""));
        page.hanging(vec![(Label::Plain, "  ".to_owned())], Label::Plain, &key(".why"));
        // Steps of one purpose have most of their reasons in common.
        let mut because: Vec<&str> = Vec::new();
        for step in steps {
            let head = vec![(Label::Plain, "  · ".to_owned())];
            page.hanging(head, Label::Plain, &words.say(&sentence(&step.action)));
            for id in &step.because {
                if !because.contains(&id.as_str()) {
                    because.push(id);
                }
            }
        }
        for id in because {
            let Some(it) = findings.iter().find(|it| it.id == id) else { continue };
            let title = words.say(&super::text::check_key(id, "title"));
            let because = text!("plan-because", title = title, summary = it.verdict.summary.clone());
            page.hanging(vec![(Label::Plain, "    ".to_owned())], Label::Faint, &words.say(&because));
        }
    }
    page.gap();
    page.hanging(vec![], Label::Faint, &words.key("plan-explain-more"));
    page.gap();
    page
}

fn path(of: &Path) -> String {
    of.display().to_string()
}

/// Seconds that are no time to speak of.
const MOMENT: u64 = 5;

/// Seconds as people say them of what is not over: `20 s`, `2 min`; `moment` where it is less than a few.
pub fn about(seconds: u64, moment: &str) -> String {
    match seconds {
        0..MOMENT => moment.to_owned(),
        MOMENT..95 => format!("{} s", seconds.div_ceil(5) * 5),
        _ => format!("{} min", (seconds + 30) / 60),
    }
}

/// A check by its title and its id, on a line of its own.
fn check_named(page: &mut Page, id: &str, words: &Words) {
    let title = words.say(&super::text::check_key(id, "title"));
    let head = vec![(Label::Plain, "  ".to_owned()), (Label::Caution, "!".to_owned())];
    let line = text!("plan-unmet-line", title = title, id = id);
    page.hanging(head, Label::Plain, &format!(" {}", words.say(&line)));
}

/// The plan for programs: as `apply FILE` reads it, each step with its sentence, its command, and what it costs.
pub fn json(plan: &Plan, words: &Words, typed: Typed<'_>, costs: &Costs) -> Value {
    let mut value = serde_json::to_value(plan).unwrap_or(Value::Null);
    if let Some(steps) = value.get_mut("steps").and_then(Value::as_array_mut) {
        for (wire, step) in steps.iter_mut().zip(&plan.steps) {
            wire["text"] = json!(words.say(&sentence_of(&step.action, typed.bundle.is_some())));
            wire["command"] = json!(command(step, typed));
            wire["group"] = json!(Purpose::within(plan, &step.action).name());
            let Cost { bytes, seconds, .. } = costs.step(step.id).copied().unwrap_or_default();
            wire["download_bytes"] = json!(bytes);
            wire["seconds"] = json!(seconds);
        }
    }
    let (bytes, all) = fetched(costs.steps.iter());
    value["download_bytes"] = json!(bytes);
    value["download_bytes_complete"] = json!(all);
    value["seconds"] = json!(costs.seconds);
    if let Some(warning) = plan.want.target.warning() {
        value["warning"] = json!(words.say(&warning));
    }
    value
}

/// What an action finds and what it leaves, where one value says it.
pub fn change(action: &Action, before: &Facts) -> (Option<String>, Option<String>) {
    match action {
        Action::SetGoEnv { key, value, .. } => {
            let was = before.here.value(key).map(|it| discreet::value(key, it, discreet::MARK));
            (was, value.as_ref().map(|it| discreet::value(key, it.reveal(), discreet::MARK)))
        }
        Action::InstallGo { version, .. } => {
            let in_use = before.go.in_use().map(|it| it.version_text.clone());
            (in_use, Some(version.to_string()))
        }
        Action::SwitchGo { root, .. } => (
            before.ours.current.here().cloned(),
            root.file_name().map(|it| it.to_string_lossy().into_owned()),
        ),
        Action::InstallCli { module, .. } => {
            let built = before.cli.programs.iter().find_map(|it| it.build.here());
            (built.map(|it| format!("{}@{}", it.path, it.main.version)), Some(module.to_string()))
        }
        _ => (None, None),
    }
}

/// The exact command, for actions that are one or two.
pub fn command(step: &Step, typed: Typed<'_>) -> Option<String> {
    let words = match &step.action {
        Action::RefreshPackageLists { manager } => packages::by_name(manager)?.refresh(),
        Action::InstallPackages { manager, names } => packages::by_name(manager)?.install(names),
        Action::ReinstallPackages { manager, names } => packages::by_name(manager)?.reinstall(names),
        Action::ConfigurePackages { manager } => packages::by_name(manager)?.configure()?,
        Action::EnableRepository { repository, by, .. } => by.command(repository, true),
        Action::ModifyVisualStudio { setup, install, add } => installer::modify(setup, install, add),
        Action::InstallCommandLineTools => installer::install(installer::SOME_LABEL),
        Action::SelectDeveloperDir { dir } => installer::select(dir.as_deref()),
        Action::AllowThroughFirewall { powershell, port, from } => firewall::allow(powershell, *port, from),
        Action::ShowWslgSockets { dir, .. } => wsl::show(dir),
        _ => return None,
    };
    let words = match (typed.bundle, step.action.manager().and_then(packages::by_name)) {
        (Some(dir), Some(manager)) => packages::only_from(manager, dir, words),
        _ => words,
    };
    let then = match &step.action {
        Action::ShowWslgSockets { each_start: true, .. } => Some(wsl::lay(wsl::staged(step.id).as_ref())),
        _ => None,
    };
    let front = if step.needs_root && typed.sudo { "sudo " } else { "" };
    let line = |words: Vec<String>| {
        let words: Vec<_> = words.iter().map(|it| quoted(it)).collect();
        format!("{front}{}", words.join(" "))
    };
    Some([words].into_iter().chain(then).map(line).collect::<Vec<_>>().join(" && "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture;

    const SUDO: Typed<'static> = Typed { sudo: true, bundle: None };

    #[test]
    fn with_a_bundle_the_lines_are_those_that_run_and_nothing_is_called_a_download() {
        let (facts, want) = (fixture::bare(), fixture::want());
        let findings = crate::checks::judge(&facts, &want, fixture::known(), &[]);
        let plan =
            crate::plan::make(&findings, &facts, &want, fixture::known(), crate::action::Scope::Install);
        let words = Words::of(crate::report::Lang::En);
        let dir = Path::new("/root/.cache/fyne-setup/bundles/used-1-2");
        let said = |typed: Typed<'_>| {
            let costs = Costs::of(&plan, "linux/amd64", &[]);
            let costs = if typed.bundle.is_some() { costs.without_network() } else { costs };
            (page(&plan, &words, typed, None, &costs).plain(), json(&plan, &words, typed, &costs))
        };
        let (bundled, document) = said(Typed { sudo: true, bundle: Some(dir) });
        let option = "Dir::Etc::sourcelist=/root/.cache/fyne-setup/bundles/used-1-2/packages-state/";
        assert!(bundled.contains(option) && bundled.contains("Downloads nothing"), "{bundled}");
        assert!(!bundled.contains(" MB") && !bundled.contains("Download Go"), "{bundled}");
        assert_eq!(
            (&document["download_bytes"], &document["download_bytes_complete"]),
            (&json!(0), &json!(true))
        );
        let (usual, document) = said(SUDO);
        assert!(
            usual.contains(" MB") && usual.contains("Download Go") && !usual.contains("sourcelist"),
            "{usual}"
        );
        assert_ne!(document["download_bytes"], json!(0));
    }

    #[test]
    fn each_command_of_a_step_that_has_two_is_shown() {
        let shown = |each_start| {
            let action = Action::ShowWslgSockets { dir: "/mnt/wslg".into(), each_start };
            let (after, because, meets, premises) = <_>::default();
            let step = Step { id: 3, needs_root: true, action, after, because, meets, premises };
            command(&step, SUDO).unwrap_or_default()
        };
        let mount = "sudo /bin/mount -o bind,ro,X-mount.mkdir -t none /mnt/wslg/.X11-unix /tmp/.X11-unix";
        assert_eq!(shown(false), mount);
        let lay = "sudo /usr/bin/install -D -m 0644 -T -- wslg-3.conf /etc/tmpfiles.d/fyne-setup-wslg.conf";
        assert_eq!(shown(true), format!("{mount} && {lay}"));
    }

    #[test]
    fn a_change_is_told_by_what_was_there_and_what_comes() {
        let mut facts = fixture::healthy();
        facts.here.variables.insert(
            "GOFLAGS".into(),
            crate::facts::settings::Setting { value: "-mod vendor".into(), origin: fixture::go_env() },
        );
        let unset = Action::SetGoEnv { file: "/x".into(), key: "GOFLAGS".into(), value: None };
        assert_eq!(change(&unset, &facts), (Some("-mod vendor".into()), None));
        let go = Action::InstallGo { version: fixture::version("1.27.4"), root: "/x".into() };
        let was = facts.go.in_use().map(|it| it.version_text.clone());
        assert_eq!(change(&go, &facts), (was, Some("1.27.4".into())));
        assert_eq!(change(&Action::EditProfile { file: "/x".into() }, &facts), (None, None));
    }

    #[test]
    fn a_step_with_rights_of_an_administrator_shows_its_command_before_anybody_agrees() {
        let (because, meets, premises, after) = <_>::default();
        let step = Step {
            id: 1,
            action: Action::InstallCommandLineTools,
            after,
            because,
            meets,
            premises,
            needs_root: true,
        };
        let line = "softwareupdate --install 'Command Line Tools for Xcode-…' --verbose";
        assert_eq!(command(&step, SUDO), Some(format!("sudo /usr/sbin/{line}")));
        assert_eq!(command(&step, Typed::default()), Some(format!("/usr/sbin/{line}")));
    }

    #[test]
    fn a_plan_that_leaves_a_decision_is_not_called_ready() {
        let (facts, want) = (fixture::healthy(), fixture::want());
        let plan = crate::plan::make(&[], &facts, &want, fixture::known(), crate::action::Scope::Repair);
        let unmet = vec![("project.gomod".to_owned(), crate::need::Need::Decision)];
        let said = |plan: &Plan| {
            page(plan, &Words::of(crate::report::Lang::En), Typed::default(), None, &Costs::default()).plain()
        };
        assert!(said(&plan).contains("ready"));
        let left = said(&Plan { unmet, ..plan });
        assert!(!left.contains("ready") && left.contains("by itself"), "{left}");
    }

    #[test]
    fn a_plan_beside_what_could_not_be_looked_at_is_not_called_ready() {
        let (facts, want) = (fixture::healthy(), fixture::want());
        let said = |needed: bool| {
            let verdict = crate::checks::Verdict::unknown(text!("apply-interrupted"));
            let (id, group) = ("go.complete".into(), crate::checks::Group::Go);
            let finding = crate::checks::Finding { id, group, verdict, blocked_by: vec![], needed };
            let scope = crate::action::Scope::Repair;
            let plan = crate::plan::make(&[finding], &facts, &want, fixture::known(), scope);
            page(&plan, &Words::of(crate::report::Lang::En), Typed::default(), None, &Costs::default())
                .plain()
        };
        let unsure = said(true);
        assert!(!unsure.contains("ready") && unsure.contains("explain go.complete"), "{unsure}");
        assert!(said(false).contains("ready"), "the goal does not need it");
    }

    #[test]
    fn what_an_administrator_types_comes_first_and_is_nobodys_decision() {
        let (facts, want) = (fixture::healthy(), fixture::want());
        let plan = crate::plan::make(&[], &facts, &want, fixture::known(), crate::action::Scope::Repair);
        let unmet = vec![
            ("cgo.headers".to_owned(), Need::Capability("xrandr".into())),
            ("project.gomod".to_owned(), Need::Decision),
        ];
        let set = Action::SetGoEnv { file: "/x".into(), key: "GOFLAGS".into(), value: None };
        let (because, meets, premises, after) = <_>::default();
        let step = Step { id: 1, action: set, after, because, meets, premises, needs_root: false };
        let plan = Plan { unmet, steps: vec![step], ..plan };
        let next = Next { text: text!("plan-administrator"), command: "apt-get install x".into() };
        let said = page(
            &plan,
            &Words::of(crate::report::Lang::En),
            Typed::default(),
            Some(&next),
            &Costs::default(),
        )
        .plain();
        let at = |it: &str| said.find(it);
        assert!(at("administrator") < at("apt-get install x") && at("apt-get") < at("The plan:"), "{said}");
        assert!(!said.contains("cgo.headers") && said.contains("project.gomod"), "{said}");
        // With nothing to do by itself, the rest is ready only where nothing else is open.
        let said = |unmet: &[(String, Need)]| {
            let plan = Plan { unmet: unmet.to_vec(), steps: vec![], ..plan.clone() };
            page(&plan, &Words::of(crate::report::Lang::En), Typed::default(), Some(&next), &Costs::default())
                .plain()
        };
        let (only, more) = (said(&plan.unmet[..1]), said(&plan.unmet));
        assert!(only.contains("The rest is ready"), "{only}");
        assert!(
            !more.contains("ready") && more.contains("by itself") && more.contains("project.gomod"),
            "{more}"
        );
    }
}
