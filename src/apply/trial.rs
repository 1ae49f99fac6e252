//! What is tried before it is said that there is nothing to do: the user's project is built, and a real window opened, as the
//! next login would. Nothing of the project is run, and nothing is written but caches.

use std::path::{Path, PathBuf};

use super::steps::build::Workshop;
use super::steps::window;
use crate::action::Plan;
use crate::checks::{self, Finding, Status, logged};
use crate::diagnose::{Cause, Reader, Symptoms};
use crate::discreet;
use crate::fact::Fact;
use crate::facts::built::{Built, FailedBuild, Mistake, SeenCause};
use crate::facts::{Deep, Facts, GoTree, Project, goflags};
use crate::failure::{Exit, Failure};
use crate::journal::undo::Undo;
use crate::manifest::Knowledge;
use crate::probe::project::remembered::{self, Remembered};
use crate::probe::waits;
use crate::prove::build::{GoBuild, ProjectBuild};
use crate::prove::window::Proof;
use crate::system::System;
use crate::text::Text;
use crate::want::{Goal, Want};

/// How many projects are remembered.
const REMEMBERED: usize = 16;
/// How many lines of a failed build are shown where nobody knows its cause.
const SHOWN: usize = 4;

/// What a trial is given.
#[derive(Clone, Copy)]
pub struct Trial<'a> {
    /// The doors.
    pub system: System<'a>,
    /// What is wanted.
    pub want: &'a Want,
    /// What is known of the world.
    pub known: &'a Knowledge,
    /// Who is told what is tried.
    pub told: &'a (dyn Fn(&Text) + Sync),
}

impl Trial<'_> {
    /// Builds the project, where nothing else is known to be in the way. What comes of it becomes one of the facts.
    pub fn build(&self, facts: &mut Facts) {
        let findings = checks::judge(facts, self.want, self.known, &[]);
        // A Go with known vulnerabilities may run what lies in a project.
        let in_the_way = |it: &Finding| match &*it.id {
            "project.build" => false,
            "go.version" => it.verdict.is_bad(),
            _ => it.verdict.status == Status::Fail,
        };
        let due = !findings.iter().any(in_the_way);
        let built = if due { self.tried(facts) } else { Fact::Absent };
        match &mut facts.deep {
            Some(deep) => deep.project = built,
            None => facts.deep = Some(Deep::of_build(built)),
        }
    }

    /// Builds the project as its user would. A failure is read for its causes, and remembered.
    fn tried(&self, facts: &Facts) -> Fact<Built> {
        let (Some(project), Some(tree)) = (facts.project.here(), facts.go.in_use()) else {
            return Fact::Absent;
        };
        // The project's own word for another Go is not obeyed, and this one would refuse it.
        let asked = [project.go, project.toolchain.as_ref().and_then(|it| it.0.parse().ok())];
        if asked.into_iter().flatten().max() > tree.version.here().copied() {
            return Fact::Absent;
        }
        let look = self.system.look;
        if let Some(at) = own_front(facts) {
            return Fact::Unknown(text!("why-project-front", value = at).into());
        }
        let why = waits::of_project(look, facts, tree, project);
        if let Some(why) = why.or_else(|| waits::of_files(look, &project.dir)) {
            return Fact::Unknown(why);
        }
        (self.told)(&text!("trial-build", dir = &project.dir));
        let built = self.built(facts, project, tree);
        // What is remembered only spares a question: without it the next quick look knows less.
        let _ = self.remember(facts, project, built.here());
        built
    }

    fn built(&self, facts: &Facts, project: &Project, tree: &GoTree) -> Fact<Built> {
        let symptoms = Symptoms::embedded();
        let (mut reader, mut last) = (Reader::new(&symptoms), Last::default());
        let done = self.go(facts, project, tree, &mut |line| {
            reader.feed(line.as_bytes());
            reader.feed(b"\n");
            last.line(line);
        });
        let failure = match done {
            Ok(built) => return Fact::Here(built),
            Err(failure) => failure,
        };
        // Disk and network have their own words; what they say is about this moment and not about the setup.
        let diagnosis = reader.finish();
        let named = |it: &Cause| self.seen(it, facts);
        let causes: Vec<SeenCause> = diagnosis.causes.iter().map(named).collect();
        let own = causes.is_empty() && diagnosis.own.is_some();
        if causes.is_empty() && !own && last.lines.is_empty() {
            return Fact::Unknown(failure.message.into());
        }
        let own_lines = diagnosis.own.iter().filter(|_| own).flat_map(|it| &it.evidence);
        let mut said: Vec<String> = own_lines.map(|it| safe(&it.text)).collect();
        if said.is_empty() {
            said = last.lines;
        }
        let exact = diagnosis.own.filter(|it| own && it.exact);
        let mistake = exact.map(|it| self.mistake(it));
        let failed = FailedBuild { causes, own, said, mistake };
        Fact::Here(Built { failed: Some(failed), ..Built::default() })
    }

    fn go(
        &self,
        facts: &Facts,
        project: &Project,
        tree: &GoTree,
        line: &mut dyn FnMut(&str),
    ) -> Result<Built, Failure> {
        let disk = self.system.disk;
        let into = facts.ours.places.scratch().join("programs");
        // What a run that was killed left there is no program of this project.
        disk.remove_tree(&into)?;
        let kept = Kept::of(self.system, project);
        let mod_file = self.own_mod_file(facts, project, &into)?;
        let it = ProjectBuild {
            dir: &project.dir,
            into: &into,
            mod_file: mod_file.as_deref(),
            asks_vcs: tree.asks_vcs(),
            offline: self.want.offline || self.system.net.bundle().is_some(),
        };
        let built = self.with_go(facts, &tree.root, |go| go.project(&it, line));
        kept.put_back(self.system)?;
        disk.remove_tree(&into)?;
        built
    }

    /// Has the Go in this directory do something, as the next login would.
    fn with_go<T>(&self, facts: &Facts, go: &Path, work: impl FnOnce(&GoBuild<'_>) -> T) -> T {
        let Self { system, want, .. } = *self;
        let workshop = Workshop { system, facts, settings: &facts.here, go, want, told: &|_| () };
        workshop.with_go(&want.target.fyne, work)
    }

    /// Where the user's GOFLAGS tell Go to write go.mod, it writes a copy of ours.
    fn own_mod_file(
        &self,
        facts: &Facts,
        project: &Project,
        into: &Path,
    ) -> Result<Option<PathBuf>, Failure> {
        let writes = facts.here.set("GOFLAGS").is_some_and(|it| it.contains("-mod=mod"));
        if !writes || project.work.is_here() {
            return Ok(None);
        }
        self.system.disk.make_dir(into, 0o700)?;
        for name in ["go.mod", "go.sum"] {
            if let Fact::Here(bytes) = self.system.look.read(&project.dir.join(name)) {
                self.system.disk.write(&into.join(name), &bytes, Some(0o600))?;
            }
        }
        Ok(Some(into.join("go.mod")))
    }

    fn seen(&self, cause: &Cause, facts: &Facts) -> SeenCause {
        let packages = &self.known.packages;
        let capability = logged::capability(cause, packages);
        let supplies = capability
            .map(|it| packages.supplies(it, &facts.host, &self.want.target.fyne))
            .unwrap_or_default();
        SeenCause {
            id: cause.id.clone(),
            what: cause.what(),
            fix: cause.fix(&supplies, Some(&facts.host.identity.os)),
            capability: capability.map(str::to_owned),
            unconfigured: cause.needs == crate::diagnose::Needs::Configured,
            line: cause.evidence.first().map(|it| safe(&it.text)).unwrap_or_default(),
        }
    }

    /// A mistake in the program, with the newest Fyne where a version is wrong.
    fn mistake(&self, mut own: Cause) -> Mistake {
        let of_fyne = own.said.get("module").is_some_and(|it| it == "fyne.io/fyne/v2");
        let newest = self.known.manifest.newest_fyne().filter(|_| of_fyne);
        own.said.extend(newest.map(|it| ("right".to_owned(), it.to_string())));
        own.said.values_mut().for_each(|it| *it = safe(it));
        Mistake { what: own.what(), fix: own.fix(&[], None) }
    }

    fn remember(&self, facts: &Facts, project: &Project, built: Option<&Built>) -> Result<(), Failure> {
        let Some(built) = built else { return Ok(()) };
        let look = self.system.look;
        let before = remembered::lines(look, facts);
        let mut all: Vec<Remembered> =
            before.iter().filter(|it| it.project != project.dir).cloned().collect();
        // A mistake in the program itself is gone as soon as somebody edits it, and is no fault of the machine's.
        if built.failed.as_ref().is_none_or(|it| !it.own) {
            let (project, build) = (project.dir.clone(), built.clone());
            all.insert(
                0,
                Remembered {
                    project,
                    rests_on: remembered::rests_on(look, facts, &self.known.packages),
                    build,
                },
            );
        }
        all.truncate(REMEMBERED);
        if all == before {
            return Ok(());
        }
        let line = |it: &Remembered| serde_json::to_string(it).expect("plain data") + "\n";
        let text: String = all.iter().map(line).collect();
        self.system.disk.make_dir(&facts.ours.places.cache, 0o700)?;
        Ok(self.system.disk.write(&facts.ours.places.builds(), text.as_bytes(), Some(0o600))?)
    }

    /// Opens the window of the proof program, on a machine that seems to need nothing. What Fyne makes beside our caches is
    /// taken away again.
    pub fn prove(&self, facts: &Facts, plan: &Plan) -> Result<Option<Proof>, Failure> {
        (self.told)(&text!("trial-window"));
        // A download brings more modules than the program needs: only where one of these is missing.
        let program = self.with_go(facts, &plan.go_root, |go| match go.program() {
            Err(failure) if failure.exit == Exit::Failed => go.download_modules().and_then(|()| go.program()),
            built => built,
        })?;
        if self.want.goal != Goal::Desktop {
            return Ok(None);
        }
        let made = window::made_by_fyne(self.system.look, &facts.ours.places);
        let proof = window::open(self.system, facts, &facts.here, &program);
        for undo in made.iter().rev() {
            if let Undo::RemoveDir { path } = undo {
                // One that somebody else uses by now is not empty, and stays.
                let _ = self.system.disk.remove(path);
            }
        }
        proof.map(Some)
    }
}

/// A program that GOFLAGS puts in front of Go's tools, where it would be one of the project's.
fn own_front(facts: &Facts) -> Option<String> {
    let flags = goflags::split(facts.here.set("GOFLAGS")?).ok()?;
    flags.into_iter().find(|(flag, program)| flag == "toolexec" && !program.starts_with('/')).map(|it| it.1)
}

/// A line of somebody's log as it may be shown.
fn safe(line: &str) -> String {
    discreet::hidden(line.trim(), "REDACTED")
}

/// The last lines of a log that say something.
#[derive(Default)]
struct Last {
    lines: Vec<String>,
}

impl Last {
    fn line(&mut self, line: &str) {
        let noise =
            line.trim().is_empty() || line.starts_with("go: downloading") || !line.contains([' ', ':']);
        if !noise {
            if self.lines.len() == SHOWN {
                self.lines.remove(0);
            }
            self.lines.push(safe(line));
        }
    }
}

/// Go completes the go.work.sum of a workspace on its own. Nobody asked for that here: it is as it was afterwards.
struct Kept {
    file: Option<(PathBuf, Fact<Vec<u8>>)>,
}

impl Kept {
    fn of(system: System<'_>, project: &Project) -> Self {
        let file = project.work.here().map(|it| it.file.with_extension("work.sum"));
        Self { file: file.map(|it| (it.clone(), system.look.read(&it))) }
    }

    fn put_back(&self, system: System<'_>) -> Result<(), Failure> {
        let Some((file, before)) = &self.file else { return Ok(()) };
        match (before, system.look.read(file)) {
            (Fact::Here(before), Fact::Here(now)) if *before != now => {
                Ok(system.disk.write(file, before, None)?)
            }
            (Fact::Absent, Fact::Here(_)) => Ok(system.disk.remove(file)?),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
