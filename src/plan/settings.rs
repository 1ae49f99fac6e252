//! Settings: Go's own file, our env files, the block in profiles.

use std::path::{Path, PathBuf};

use super::go::GoOfRun;
use super::packages::Packages;
use super::{Action, Justification, PlanBuilder, Scope};
use crate::action::{ActionKind, VariableChange};
use crate::discreet::Discreet;
use crate::facts::Facts;
use crate::facts::settings::Origin;
use crate::need::Need;
use crate::path_style::PathStyle;
use crate::registry::RegistryKey;
use crate::shells;

impl PlanBuilder<'_> {
    pub(super) fn settings(&mut self) {
        // Nobody's settings are everybody's: what Go does for a user, that user says.
        let Some(file) =
            self.facts.here.go_env_file.clone().filter(|_| !self.facts.ours.places.are_for_all())
        else {
            return;
        };
        if self.facts.here.files.get(&file).is_some_and(|it| !it.writable) {
            return;
        }
        // What was asked for by name and is set already is not taken out again, whatever a check says of it: the next round
        // would only put it back. The check names it, and a person decides.
        let list = self.want.goproxy.as_ref().map(Discreet::reveal);
        let settled = list.is_some() && self.facts.here.value("GOPROXY") == list;
        let claimed = |it: &Need| matches!(it, Need::GoSetting { key, .. } if !(settled && key == "GOPROXY"));
        let mut cause = self.claim_needs(ActionKind::SetGoEnv, claimed);
        let setting = |need: &Need| match need {
            Need::GoSetting { key, value } => Some((key.clone(), value.clone())),
            _ => None,
        };
        let mut wanted: Vec<(String, Option<Discreet>)> = cause.needs.iter().filter_map(setting).collect();
        // `--goproxy` is meant to last: without it the next `go get` would ask the old place again.
        if let Some(list) = &self.want.goproxy
            && self.facts.here.value("GOPROXY") != Some(list.reveal())
        {
            wanted.retain(|(key, _)| key != "GOPROXY");
            wanted.push(("GOPROXY".into(), Some(list.clone())));
            cause.because.push("go.proxy".into());
        }
        let mut last = None;
        for (key, value) in wanted {
            let after: Vec<u32> = last.into_iter().collect();
            let needs = cause.needs.iter().filter(|it| setting(it).is_some_and(|(it, _)| it == key));
            let cause = Justification { needs: needs.cloned().collect(), because: cause.because.clone() };
            last = Some(self.add(Action::SetGoEnv { file: file.clone(), key, value }, &after, &cause));
        }
        self.settled.extend(last);
    }

    pub(super) fn path(&mut self, go: &GoOfRun, packages: &Packages, scope: Scope) {
        let cause = self.claim_needs(ActionKind::WriteEnvFiles, |it| matches!(it, Need::OnPath(_)));
        let go_root = go.root.join("bin");
        // Ours is reached through the link, whatever version it leads to.
        // Nor is the directory of programs that this plan moves away from.
        let moved = self.facts.go.bin.clone().filter(|it| *it != self.bin());
        let wanted = cause.needs.iter().filter_map(on_path);
        let wanted = wanted.filter(|it| !(go.ours && *it == go_root) && Some(it) != moved.as_ref());
        let asked = !cause.needs.is_empty() || !go.ready.is_empty();
        let (go_bin, bin) = (self.facts.bin_of_ours(&go.root), self.bin());
        let ours = Some(go_bin.clone()).filter(|_| go.ours);
        // What the file puts on PATH today stays there, in its order, but for a Go of ours that is gone: a run that
        // was cut short and the next one write the same.
        let kept =
            self.facts.ours.env_path.iter().filter(|it| **it != go_bin || self.facts.ours.current.is_here());
        let mut path: Vec<PathBuf> = Vec::new();
        let first = self.terminals_go().filter(|_| !go.ours && !cause.needs.is_empty());
        for dir in ours.into_iter().chain(first).chain(wanted.clone()).chain(kept.cloned()).chain([bin]) {
            if !path.contains(&dir) {
                path.push(dir);
            }
        }
        let (places, home) = (&self.facts.ours.places, self.facts.host.home());
        if places.are_for_all() {
            path = shells::path_of_all(&home, self.facts.host.is_mac());
        }
        let said = scope == Scope::Repair
            || (path.iter().all(|it| self.will_be_on_path(it)) && !self.half_of_the_profiles());
        if said && !asked {
            return;
        }
        let again = !cause.needs.is_empty();
        // What is fixed is the login; equipping a desktop and every terminal is the business of `install`.
        let desktop = scope == Scope::Install || !go.ready.is_empty();
        let hiding = if desktop { vec![] } else { self.hiding(&cause) };
        let cause = cause.or("go.path");
        if self.facts.here.style == PathStyle::Windows {
            // Every program reads the registry there: no file, no block.
            if self.want.modify_path {
                let (key, change) = (RegistryKey::user_environment(), VariableChange::Front { dirs: path });
                // A package manager writes the same value, and neither would see what the other wrote meanwhile.
                let after = [&go.ready[..], &packages.all].concat();
                self.add(Action::SetVariable { key, name: "Path".into(), change }, &after, &cause);
            }
            return;
        }
        // Programs that a Mac's desktop starts read no file of ours.
        let told = desktop && !self.facts.host.is_mac();
        let path = if places.are_for_all() { shells::for_anybody(path, &home) } else { path };
        let action = Action::WriteEnvFiles { path, variables: vec![], desktop: told };
        let files = self.add(action, &go.ready, &cause);
        if self.want.modify_path {
            let ours = &self.facts.ours;
            // A line below our block may have put something in front of it again.
            let moved = ours.profiles.iter().filter(|_| again);
            let blocks = &self.facts.here.blocks;
            let read_by_login =
                |it: &PathBuf| if blocks.is_empty() { !it.ends_with(".bashrc") } else { blocks.contains(it) };
            let needed = ours.profiles_missing.iter().filter(|it| desktop || read_by_login(it));
            let mut profiles: Vec<PathBuf> = needed.chain(moved).cloned().collect();
            if !hiding.is_empty() {
                profiles = hiding;
            }
            // One that is not ours to write stays as it is; the check goes on to say what is missing.
            profiles.retain(|it| self.facts.here.files.get(it).is_none_or(|it| it.writable));
            for file in profiles {
                self.add(Action::EditProfile { file }, &[files], &cause);
            }
        }
    }

    /// Where the Go in use is, if only this terminal has it on PATH: the next login would miss it, and the file be written again.
    fn terminals_go(&self) -> Option<PathBuf> {
        let used = self.facts.go.in_use().filter(|it| it.foreign.is_none())?;
        let dir = used.command.as_deref()?.parent()?;
        let entry = self.facts.here.path.iter().find(|it| it.dir == dir)?;
        let said = self.facts.ours.env_path.iter().any(|it| it == dir);
        (entry.origin == Origin::Terminal && !said).then(|| dir.to_path_buf())
    }

    /// A run that was cut short got to some of this shell's profiles alone: a terminal is right, and a login is not.
    fn half_of_the_profiles(&self) -> bool {
        let Facts { ours, here, .. } = self.facts;
        let open = |it: &PathBuf| here.files.get(it).is_none_or(|it| it.writable);
        self.want.modify_path && !ours.profiles.is_empty() && ours.profiles_missing.iter().any(open)
    }

    /// Where the wanted directories are on PATH, and merely behind others: the profiles of this user that put those in
    /// front. Our block at their end is all that it takes.
    fn hiding(&self, cause: &Justification) -> Vec<PathBuf> {
        let here = &self.facts.here;
        let home = self.facts.host.home();
        let mut files: Vec<PathBuf> = Vec::new();
        for dir in cause.needs.iter().filter_map(on_path) {
            let Some(at) = here.path.iter().position(|it| it.dir == dir) else { return vec![] };
            for entry in &here.path[..at] {
                let place = entry.origin.place().map(|it| it.0.to_path_buf());
                let shells = |it: &PathBuf| it.extension().is_none_or(|it| it == "fish");
                let file = place.filter(|it| it.starts_with(&home) && shells(it));
                files.extend(file.filter(|it| !files.contains(it)));
            }
        }
        files
    }

    /// On PATH now, or once the line that threw it away is fixed.
    fn will_be_on_path(&self, dir: &Path) -> bool {
        let fixed = |by: Option<(&Path, u32)>| {
            let Some((path, at)) = by else { return false };
            let is =
                |it: &Need| matches!(it, Need::FileSetting { file, line, .. } if file == path && *line == at);
            self.met.iter().any(is)
        };
        let here = &self.facts.here;
        here.on_path(dir) || here.path_lost.iter().any(|it| it.dir == dir && fixed(it.by.place()))
    }
}

pub(super) fn on_path(need: &Need) -> Option<PathBuf> {
    if let Need::OnPath(dir) = need { Some(dir.clone()) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{Finding, Group, Verdict, fixture};
    use crate::facts::settings::Origin;
    use crate::plan::make;

    #[test]
    fn a_directory_that_is_merely_behind_another_costs_one_block() {
        let want = fixture::want();
        let verdict = Verdict::fail(text!("apply-interrupted")).need(Need::OnPath("/root/go/bin".into()));
        let finding = Finding {
            id: "cli.shadowed".into(),
            group: Group::Cli,
            verdict,
            blocked_by: vec![],
            needed: true,
        };
        let mut facts = fixture::healthy();
        facts.ours.profiles_missing = vec!["/root/.profile".into(), "/root/.bashrc".into()];
        fixture::path_first(&mut facts, &["/root/scripts", "/root/go/bin"]);
        let steps = |facts: &crate::facts::Facts, scope| {
            let plan = make(std::slice::from_ref(&finding), facts, &want, fixture::known(), scope);
            let step = |it: &Action| match it {
                Action::WriteEnvFiles { desktop, .. } => Some(format!("env {desktop}")),
                Action::EditProfile { file } => Some(file.display().to_string()),
                _ => None,
            };
            plan.steps.iter().filter_map(|it| step(&it.action)).collect::<Vec<_>>()
        };
        facts.here.path[0].origin = fixture::profile();
        assert_eq!(steps(&facts, Scope::Repair), ["env false", "/root/.profile"]);
        let behind = facts.here.path.clone();
        facts.here.path[0].origin = Origin::File { path: "/root/.zshrc".into(), line: 3 };
        assert_eq!(
            steps(&facts, Scope::Repair),
            ["env false", "/root/.zshrc"],
            "it is this one that hides it"
        );
        facts.here.path = behind;
        let all = ["env true", "/root/.profile", "/root/.bashrc"];
        assert_eq!(steps(&facts, Scope::Install), all, "install tells every shell");
        facts.here.path.retain(|it| it.dir != Path::new("/root/go/bin"));
        assert_eq!(steps(&facts, Scope::Repair), ["env false", "/root/.profile"], "a login finds it");
    }

    #[test]
    fn a_module_list_that_was_asked_for_is_set_once_and_not_taken_out_again_by_a_check_that_refuses_it() {
        let list = "http://127.0.0.1:9";
        let want = crate::want::Want { goproxy: Some(list.into()), ..fixture::want() };
        let need = Need::GoSetting { key: "GOPROXY".into(), value: None };
        let verdict = Verdict::fail(text!("apply-interrupted")).need(need.clone());
        let (id, group) = ("go.proxy".to_owned(), Group::Modules);
        let finding = Finding { id, group, verdict, blocked_by: vec![], needed: true };
        let planned = |set: &str| {
            let mut facts = fixture::healthy();
            fixture::set(&mut facts, "GOPROXY", set, fixture::go_env());
            let plan = make(std::slice::from_ref(&finding), &facts, &want, fixture::known(), Scope::Repair);
            let value = |it: &Action| match it {
                Action::SetGoEnv { value, .. } => Some(value.as_ref().map(|it| it.reveal().to_owned())),
                _ => None,
            };
            let set: Vec<_> = plan.steps.iter().filter_map(|it| value(&it.action)).collect();
            (set, plan.unmet)
        };
        assert_eq!(planned("https://old.test").0, [Some(list.to_owned())]);
        assert_eq!(planned(list), (vec![], vec![("go.proxy".to_owned(), need.clone())]));
    }

    #[test]
    fn a_go_that_only_this_terminal_knows_is_written_with_the_first_need() {
        let verdict = Verdict::fail(text!("apply-interrupted")).need(Need::OnPath("/root/go/bin".into()));
        let (id, group) = ("go.path".into(), Group::Go);
        let finding = Finding { id, group, verdict, blocked_by: vec![], needed: true };
        let mut facts = fixture::healthy();
        let said = |facts: &crate::facts::Facts| {
            let finding = std::slice::from_ref(&finding);
            let plan = make(finding, facts, &fixture::want(), fixture::known(), Scope::Repair);
            let path =
                |it: Action| if let Action::WriteEnvFiles { path, .. } = it { Some(path) } else { None };
            plan.steps.into_iter().find_map(|it| path(it.action)).expect("the file")
        };
        let go = facts.go.in_use().and_then(|it| it.command.clone()).expect("a Go");
        let dir = go.parent().expect("a directory").to_path_buf();
        let at = facts.here.path.iter().position(|it| it.dir == dir).expect("on PATH");
        facts.here.path[at].origin = Origin::Terminal;
        assert_eq!(said(&facts), [dir, "/root/go/bin".into()]);
        facts.here.path[at].origin = fixture::profile();
        assert_eq!(said(&facts), [PathBuf::from("/root/go/bin")], "a login has it");
    }

    #[test]
    fn install_gets_to_the_profiles_that_an_interrupted_run_left() {
        let want = fixture::want();
        let mut facts = fixture::healthy();
        let edited = |facts: &crate::facts::Facts, scope| {
            let plan = make(&[], facts, &want, fixture::known(), scope);
            let file = |it: Action| if let Action::EditProfile { file } = it { Some(file) } else { None };
            plan.steps.into_iter().filter_map(|it| file(it.action)).collect::<Vec<_>>()
        };
        facts.ours.profiles = vec!["/root/.bashrc".into()];
        assert_eq!(edited(&facts, Scope::Install), Vec::<PathBuf>::new());
        facts.ours.profiles_missing = vec!["/root/.profile".into()];
        assert_eq!(edited(&facts, Scope::Install), [PathBuf::from("/root/.profile")]);
        assert_eq!(edited(&facts, Scope::Repair), Vec::<PathBuf>::new(), "nobody complains");
        facts.ours.profiles.clear();
        assert_eq!(edited(&facts, Scope::Install), Vec::<PathBuf>::new(), "everything is there without us");
    }

    #[test]
    fn a_directory_of_programs_that_moves_is_not_put_on_path() {
        let mut facts = fixture::healthy();
        fixture::set(&mut facts, "GOPATH", "/root/hello", fixture::go_env());
        facts.go.bin = Some("/root/hello/bin".into());
        let verdict = Verdict::fail(text!("apply-interrupted"))
            .need(Need::GoSetting { key: "GOPATH".into(), value: None })
            .need(Need::OnPath("/root/hello/bin".into()));
        let (id, blocked_by) = ("go.path".to_owned(), vec![]);
        let finding = Finding { id, group: Group::Go, verdict, blocked_by, needed: true };
        for scope in [Scope::Install, Scope::Repair] {
            let plan =
                make(std::slice::from_ref(&finding), &facts, &fixture::want(), fixture::known(), scope);
            let written = plan.steps.iter().find_map(|it| match &it.action {
                Action::WriteEnvFiles { path, .. } => Some(path.clone()),
                _ => None,
            });
            let path = written.expect("the file is written");
            assert!(path.contains(&"/root/go/bin".into()), "{path:?}");
            assert!(!path.contains(&"/root/hello/bin".into()), "{path:?}");
        }
    }

    #[test]
    fn what_is_for_all_users_lies_where_all_read_it_and_nothing_lies_at_home() {
        let home = PathBuf::from("/var/cache/fyne-setup/home");
        let mut facts = fixture::bare();
        facts.ours.places = crate::places::Places::system("linux");
        facts.ours.profiles_missing = vec!["/etc/profile.d/fyne-setup.sh".into()];
        facts.host.home = crate::fact::Fact::Here(home.clone());
        facts.go.bin = Some(home.join("go/bin"));
        let list = Some("http://127.0.0.1:9".into());
        let want = crate::want::Want { goproxy: list, ..fixture::want() };
        let cli = Verdict::fail(text!("apply-interrupted")).need(Need::Cli(want.target.cli.clone()));
        let path = Verdict::fail(text!("apply-interrupted")).need(Need::OnPath(home.join("go/bin")));
        let finding = |id: &str, group, verdict| Finding {
            id: id.into(),
            group,
            verdict,
            blocked_by: vec![],
            needed: true,
        };
        let findings = [finding("cli.present", Group::Cli, cli), finding("go.path", Group::Go, path)];
        // Of a Go that is on the PATH of whoever asks, nobody knows whether all others have it there.
        facts.go.trees = vec![fixture::tree("/usr/local/go", "1.27.4", true)];
        facts.go.first = Some(0);
        let plan = make(&findings, &facts, &want, fixture::known(), Scope::Install);
        let told = |it: &Action| match it {
            Action::InstallGo { root, .. } => Some(format!("go {}", root.display())),
            Action::SwitchGo { link, .. } => Some(format!("link {}", link.display())),
            Action::InstallCli { bin, .. } => Some(format!("cli {}", bin.display())),
            Action::EditProfile { file } => Some(format!("profile {}", file.display())),
            Action::SetGoEnv { .. } => Some("go env".into()),
            Action::WriteEnvFiles { path, .. } => Some(format!("env {path:?}")),
            _ => None,
        };
        let told: Vec<String> = plan.steps.iter().filter_map(|it| told(&it.action)).collect();
        let version = want.target.go;
        assert_eq!(
            told,
            [
                format!("go /opt/fyne-setup/go/{version}"),
                "link /opt/fyne-setup/current".into(),
                r#"env ["/opt/fyne-setup/current/bin", "$HOME/go/bin", "/opt/fyne-setup/bin"]"#.into(),
                "profile /etc/profile.d/fyne-setup.sh".into(),
                "cli /opt/fyne-setup/bin".into(),
            ]
        );
        let all = format!("{:?}", plan.steps.iter().map(|it| &it.action).collect::<Vec<_>>());
        assert!(!all.contains("/var/cache/fyne-setup/home"), "{all}");
    }

    #[test]
    fn a_user_of_what_is_for_all_changes_nothing_of_it() {
        let mut facts = fixture::healthy();
        let root = "/opt/fyne-setup/go/1.27.4";
        facts.go.trees = vec![fixture::tree(root, "1.27.4", true)];
        facts.go.trees[0].command = Some("/opt/fyne-setup/current/bin/go".into());
        facts.cli.programs[0].path = "/opt/fyne-setup/bin/fyne".into();
        let dirs = ["/opt/fyne-setup/current/bin", "/root/go/bin", "/opt/fyne-setup/bin", "/usr/bin", "/bin"];
        fixture::path_first(&mut facts, &dirs);
        facts.ours.for_all = dirs[..3].iter().map(PathBuf::from).collect();
        let want = fixture::want();
        let findings = crate::checks::judge(&facts, &want, fixture::known(), &[]);
        let bad: Vec<_> = findings.iter().filter(|it| it.verdict.is_bad()).collect();
        assert!(bad.is_empty(), "{bad:?}");
        facts.ours.last_proof = crate::fact::Fact::Here(crate::plan::fingerprint(&facts, &want));
        for scope in [Scope::Install, Scope::Repair] {
            assert_eq!(make(&findings, &facts, &want, fixture::known(), scope).steps, []);
        }
        assert_eq!(facts.go.trees[0].bin(), Path::new(dirs[0]), "whatever version root chooses");
    }

    #[test]
    fn what_our_file_puts_on_path_today_keeps_its_order() {
        let mut facts = fixture::healthy();
        let (own, other) = (facts.ours.places.current().join("bin"), PathBuf::from("/usr/local/go/bin"));
        let wanted = vec![own, other, "/root/go/bin".into()];
        facts.ours.current = crate::fact::Fact::Here("1.27.4".into());
        facts.ours.env_path.clone_from(&wanted);
        let verdict = Verdict::fail(text!("apply-interrupted")).need(Need::OnPath(wanted[0].clone()));
        let (id, blocked_by) = ("go.path".to_owned(), vec![]);
        let finding = Finding { id, group: Group::Go, verdict, blocked_by, needed: true };
        let plan = make(&[finding], &facts, &fixture::want(), fixture::known(), Scope::Install);
        let written = plan.steps.iter().find_map(|it| match &it.action {
            Action::WriteEnvFiles { path, .. } => Some(path.clone()),
            _ => None,
        });
        assert_eq!(written, Some(wanted));
    }

    #[test]
    fn what_our_file_puts_on_path_today_stays_there() {
        let verdict = Verdict::fail(text!("apply-interrupted")).need(Need::OnPath("/root/go/bin".into()));
        let (id, blocked_by) = ("cli.shadowed".to_owned(), vec![]);
        let finding = Finding { id, group: Group::Cli, verdict, blocked_by, needed: true };
        let mut facts = fixture::healthy();
        let gone = facts.ours.places.current().join("bin");
        facts.ours.env_path = vec![gone.clone(), "/opt/kept".into()];
        facts.ours.current = crate::fact::Fact::Absent;
        fixture::path_first(&mut facts, &["/root/scripts", "/root/go/bin"]);
        let plan = make(&[finding], &facts, &fixture::want(), fixture::known(), Scope::Repair);
        let written = plan.steps.iter().find_map(|it| match &it.action {
            Action::WriteEnvFiles { path, .. } => Some(path.clone()),
            _ => None,
        });
        let path = written.expect("the file is written");
        assert!(path.contains(&"/opt/kept".into()) && !path.contains(&gone), "{path:?}");
    }
}
