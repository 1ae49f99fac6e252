//! Settings: Go's own file, our env files, the block in profiles.

use std::path::{Path, PathBuf};

use super::go::GoOfRun;
use super::{Action, Cause, Draft, Scope};
use crate::need::Need;

impl Draft<'_> {
    pub(super) fn settings(&mut self) {
        let Some(file) = self.facts.here.go_env_file.clone() else { return };
        if self.facts.here.files.get(&file).is_some_and(|it| !it.writable) {
            return;
        }
        let mut cause = self.take("set-go-env", |it| matches!(it, Need::GoSetting { .. }));
        let setting = |need: &Need| match need {
            Need::GoSetting { key, value } => Some((key.clone(), value.clone())),
            _ => None,
        };
        let mut wanted: Vec<(String, Option<String>)> = cause.needs.iter().filter_map(setting).collect();
        // `--goproxy` is meant to last: without it the next `go get` would ask the old place again.
        if let Some(list) = &self.want.goproxy
            && self.facts.here.value("GOPROXY") != Some(list)
        {
            wanted.retain(|(key, _)| key != "GOPROXY");
            wanted.push(("GOPROXY".into(), Some(list.clone())));
            cause.because.push("go.proxy".into());
        }
        let mut last = None;
        for (key, value) in wanted {
            let after: Vec<u32> = last.into_iter().collect();
            let needs = cause.needs.iter().filter(|it| setting(it).is_some_and(|(it, _)| it == key));
            let cause = Cause { needs: needs.cloned().collect(), because: cause.because.clone() };
            last = Some(self.add(Action::SetGoEnv { file: file.clone(), key, value }, &after, &cause));
        }
        self.settled.extend(last);
    }

    pub(super) fn path(&mut self, go: &GoOfRun, scope: Scope) {
        let cause = self.take("write-env-files", |it| matches!(it, Need::OnPath(_)));
        let wanted = cause.needs.iter().filter_map(on_path);
        let asked = !cause.needs.is_empty() || !go.ready.is_empty();
        let (go_bin, bin) = (self.facts.ours.places.current().join("bin"), self.bin());
        let ours = Some(go_bin.clone()).filter(|_| go.ours);
        // What the file puts on PATH today stays there, but for a Go of ours that is gone.
        let kept =
            self.facts.ours.env_path.iter().filter(|it| **it != go_bin || self.facts.ours.current.is_here());
        let mut path: Vec<PathBuf> = Vec::new();
        for dir in ours.into_iter().chain(wanted.clone()).chain([bin]).chain(kept.cloned()) {
            if !path.contains(&dir) {
                path.push(dir);
            }
        }
        let said = scope == Scope::Repair || path.iter().all(|it| self.will_be_on_path(it));
        if said && !asked {
            return;
        }
        let again = !cause.needs.is_empty();
        let cause = cause.or("go.path");
        let action = Action::WriteEnvFiles { path, variables: vec![] };
        let files = self.add(action, &go.ready, &cause);
        if self.want.modify_path {
            let ours = &self.facts.ours;
            // A line below our block may have put something in front of it again.
            let moved = ours.profiles.iter().filter(|_| again);
            let profiles: Vec<PathBuf> = ours.profiles_missing.iter().chain(moved).cloned().collect();
            for file in profiles {
                self.add(Action::EditProfile { file }, &[files], &cause);
            }
        }
    }

    /// On PATH now, or once the line that threw it away is mended.
    fn will_be_on_path(&self, dir: &Path) -> bool {
        let mended = |by: Option<(&Path, u32)>| {
            let Some((path, at)) = by else { return false };
            let is =
                |it: &Need| matches!(it, Need::FileSetting { file, line, .. } if file == path && *line == at);
            self.met.iter().any(is)
        };
        let here = &self.facts.here;
        here.on_path(dir) || here.path_lost.iter().any(|it| it.dir == dir && mended(it.by.place()))
    }
}

fn on_path(need: &Need) -> Option<PathBuf> {
    if let Need::OnPath(dir) = need { Some(dir.clone()) } else { None }
}
