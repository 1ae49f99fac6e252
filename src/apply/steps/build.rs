//! What Go builds and downloads: modules, the first program, the CLI, the cache of `fyne build`. The work itself is in
//! `prove::build`; here it becomes steps.

use std::path::{Path, PathBuf};

use super::{Prepared, StepContext, apple, bundle};
use crate::action::Stage;
use crate::apply::events::Unit;
use crate::digest::Digest;
use crate::facts::go::CliProgram;
use crate::facts::{Facts, Settings, buildinfo, goversion};
use crate::failure::{Code, Exit, Failure};
use crate::fetch::sumdb::Client;
use crate::journal::undo::before_write;
use crate::path_style::PathStyle;
use crate::probe;
use crate::prove::build::{self, Progress};
use crate::prove::environment::Variables;
use crate::system::{Look, System};
use crate::toolexec;
use crate::version::{ModuleVersion, Version};
use crate::want::Want;

/// fyne/v2 and what it needs, in the user's module cache.
pub fn modules<'s>(id: u32, site: &'s StepContext<'s>, fyne: &'s Version) -> Prepared<'s> {
    Prepared::cache(move || {
        let dirs = Dirs::of(site.facts, site.settings);
        bundle::lay_cache(site, &dirs)?;
        at_work(id, site, fyne, |go| go.download_modules())?;
        bundle::fill::modules(site, &dirs.modules, &|it| at_work(id, site, fyne, |go| go.download(it)))
    })
}

/// A part of the first build.
pub fn libraries<'s>(id: u32, site: &'s StepContext<'s>, fyne: &'s Version, stage: Stage) -> Prepared<'s> {
    Prepared::cache(move || {
        // What is compiled already is not compiled again. The later parts come behind the modules.
        if stage == Stage::Standard {
            bundle::lay_cache(site, &Dirs::of(site.facts, site.settings))?;
        }
        at_work(id, site, fyne, |go| go.warm_early(stage))
    })
}

/// The proof program.
pub fn program<'s>(id: u32, site: &'s StepContext<'s>, fyne: &'s Version) -> Prepared<'s> {
    Prepared::cache(move || at_work(id, site, fyne, |go| go.program().map(drop)))
}

/// A first program of the user's, as the user will build it. What is built goes away again.
pub fn first_program(id: u32, site: &StepContext<'_>, dir: &Path, fyne: &Version) -> Result<(), Failure> {
    let into = site.places.staging().join("first-program");
    let asks_vcs = false;
    let it =
        build::ProjectBuild { dir, into: &into, mod_file: None, asks_vcs, offline: site.plan.want.offline };
    at_work(id, site, fyne, |go| go.project(&it, &mut |line| site.events.line(id, line))).map(drop)
}

/// The cache of `fyne build`.
pub fn fyne_build<'s>(id: u32, site: &'s StepContext<'s>, fyne: &'s Version) -> Prepared<'s> {
    let own = site.plan.bin.join(site.facts.host.style().executable("fyne"));
    Prepared::cache(move || {
        let is_there = |it: &Path| site.system.look.stat(it).is_here();
        let cli = in_use(&own, site.facts, &site.plan.want.target.cli, is_there);
        site.events.note(&text!("apply-ready"));
        at_work(id, site, fyne, |go| {
            // What cannot be asked now the user's own `go get` will ask; what is refused is refused here.
            match go.confirm_modules() {
                Err(failure) if failure.exit == Exit::Refused => return Err(failure),
                _ => {}
            }
            go.warm_fyne_build(cli)
        })
    })
}

/// The fyne command that a user will type: the own one, or, where none was needed because root set one up for all users, that.
fn in_use<'p>(
    own: &'p Path,
    facts: &'p Facts,
    cli: &ModuleVersion,
    is_there: impl Fn(&Path) -> bool,
) -> &'p Path {
    if is_there(own) {
        return own;
    }
    let same = |it: &&CliProgram| it.build.here().is_some_and(|it| it.path == cli.path());
    let mut others = facts.cli.programs.iter().filter(same).map(|it| it.path.as_path());
    others.find(|it| is_there(it)).unwrap_or(own)
}

/// The CLI, built and confirmed in staging, then renamed. An older one is kept in the backups.
pub fn cli<'s>(
    id: u32,
    site: &'s StepContext<'s>,
    module: &'s ModuleVersion,
    bin: &'s Path,
    cgo: bool,
) -> Result<Prepared<'s>, Failure> {
    let fyne = &site.plan.want.target.fyne;
    let staged = at_work(id, site, fyne, |go| go.install_cli(module, cgo))?;
    let look = site.system.look;
    let read = || {
        let lost = || Failure::new(Code::CliLost, text!("apply-cli-lost", path = &staged.program));
        look.read(&staged.program).into_here().ok_or_else(lost)
    };
    let mut bytes = read()?;
    confirm(site, module, &bytes)?;
    if apple::sign(site, &staged.program)? {
        bytes = read()?;
    }
    let target = bin.join(site.facts.host.style().executable("fyne"));
    let backups = site.places.backups();
    let undo = before_write(look, site.system.disk, &backups, &target, Digest::of(&bytes))?;
    Ok(Prepared::new(undo, move || {
        let placed = at_work(id, site, fyne, |go| go.place(&staged, &bytes, bin))?;
        apple::unmark(site, &placed, &placed)
    }))
}

/// Whether what was built is the CLI that was asked for, made of nothing but what the checksum database knows.
fn confirm(site: &StepContext<'_>, module: &ModuleVersion, program: &[u8]) -> Result<(), Failure> {
    let unproven = || {
        let message = text!("apply-cli-unproven", module = module);
        Failure::new(Code::TrustCli, message).hint(text!("trust-differs-hint"))
    };
    let info = buildinfo::read(program).into_here().ok_or_else(unproven)?;
    let cli = &site.plan.want.target.cli;
    if info.path != cli.path() || info.main.version != cli.version() {
        return Err(unproven());
    }
    let client = Client::for_proxies(site.system, &site.places.sumdb(), &goproxy(site));
    Ok(client.offline(site.plan.want.offline).confirm(&info)?)
}

/// One module, fetched into a module cache of its own: from the downloads of another one first where `near` names it,
/// else as GOPROXY says. `go` checks it against the checksum database.
pub(super) fn fetch_module(
    id: u32,
    site: &StepContext<'_>,
    into: &Path,
    module: &ModuleVersion,
    near: Option<&Path>,
) -> Result<(), Failure> {
    at_work(id, site, &site.plan.want.target.fyne, |go| go.fetch_module(into, module, near))
}

/// Has Go list what a project is made of, with a go.mod and go.sum of ours in the place of the project's.
pub(super) fn list_project(
    id: u32,
    site: &StepContext<'_>,
    dir: &Path,
    mod_file: &Path,
) -> Result<(), Failure> {
    let private = ["GOPRIVATE", "GONOSUMDB"].map(|it| site.facts.here.set(it).unwrap_or_default());
    let private = private.iter().filter(|it| !it.is_empty()).copied().collect::<Vec<_>>().join(",");
    at_work(id, site, &site.plan.want.target.fyne, |go| go.list_project(dir, mod_file, &private))
}

/// The user's module cache.
pub(super) fn module_cache(site: &StepContext<'_>) -> PathBuf {
    Dirs::of(site.facts, site.settings).modules
}

/// Where Go keeps what it downloads and builds.
pub(super) struct Dirs {
    gopath: PathBuf,
    pub(super) modules: PathBuf,
    pub(super) builds: PathBuf,
}

impl Dirs {
    /// What Go told of itself, but for what the settings of this run change: a GOPATH that is taken away in it is nowhere
    /// to write to.
    fn of(facts: &Facts, settings: &Settings) -> Self {
        let (home, here) = (facts.host.home(), &facts.here);
        let told = |told: &Option<PathBuf>, of: &dyn Fn(&Settings) -> PathBuf| {
            let new = of(settings);
            told.clone().filter(|_| new == of(here)).unwrap_or(new)
        };
        let builds = |it: &Settings| it.build_cache(&home).unwrap_or_else(|| home.join(".cache/go-build"));
        Self {
            gopath: told(&facts.go.gopath, &|it| it.gopath(&home)),
            modules: told(&facts.modules.dir, &|it| it.mod_cache(&home)),
            builds: told(&facts.modules.build_cache, &builds),
        }
    }
}

/// Gives Go's work in a step what it needs to know of this machine.
fn at_work<T>(
    id: u32,
    site: &StepContext<'_>,
    fyne: &Version,
    work: impl FnOnce(&build::GoBuild<'_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let told = |it: Progress<'_>| match it {
        Progress::Line(line) => site.events.line(id, line),
        Progress::Packages { done, total } => {
            site.events.progress(id, done as u64, total.map(|it| it as u64), Unit::Packages);
        }
    };
    let StepContext { system, facts, settings, plan, .. } = *site;
    let it = Workshop { system, facts, settings, go: &plan.go_root, want: &plan.want, told: &told };
    it.with_go(fyne, work)
}

/// A machine on which Go works.
#[derive(Clone, Copy)]
pub struct Workshop<'a> {
    /// The doors.
    pub system: System<'a>,
    /// The machine.
    pub facts: &'a Facts,
    /// What the environment says by then.
    pub settings: &'a Settings,
    /// GOROOT of the chosen Go.
    pub go: &'a Path,
    /// What is wanted.
    pub want: &'a Want,
    /// Who is told what goes on.
    pub told: &'a (dyn Fn(Progress<'_>) + Sync),
}

impl Workshop<'_> {
    /// Has Go do this, for a program of this fyne/v2.
    pub fn with_go<T>(&self, fyne: &Version, work: impl FnOnce(&build::GoBuild<'_>) -> T) -> T {
        let Self { system, facts, settings, go, want, told } = *self;
        let home = facts.host.home();
        let Dirs { gopath, modules, builds } = Dirs::of(facts, settings);
        let bundle = system.net.bundle();
        // What Go remembers there of the checksum database it would hold against the bundle, and there is nobody to ask.
        let gopath = bundle.map_or(gopath, |it| it.join("gopath"));
        let goproxy = bundle
            .and_then(bundle::goproxy)
            .unwrap_or_else(|| module_source(system.look, Some(want), settings, Some(go)));
        let identity = system.look.identity();
        work(&build::GoBuild {
            system,
            places: &facts.ours.places,
            go,
            user: &self.with_newcomers(as_go_can_read(settings)),
            goflags: settings.value("GOFLAGS").unwrap_or_default(),
            home: &home,
            gopath: &gopath,
            modules: &modules,
            builds: &builds,
            goproxy: &goproxy,
            fyne,
            front: Some(identity.executable.as_path()).filter(|_| self.takes_front()),
            told,
        })
    }

    /// On Windows what an installer put on PATH while we were at work stands in the registry, and in no process that was
    /// there before: it comes behind all the rest.
    fn with_newcomers(&self, mut environment: Variables) -> Variables {
        let style = self.facts.host.style();
        if style != PathStyle::Windows {
            return environment;
        }
        let login = probe::settings::next_login(self.system.look, &self.facts.host, &self.facts.here);
        let path = environment.get("PATH").cloned().unwrap_or_default();
        let known = style.list(&path);
        let new = login.into_iter().flat_map(|it| it.path).map(|it| it.dir);
        let new: Vec<PathBuf> = new.filter(|it| !known.iter().any(|known| style.same(known, it))).collect();
        if !new.is_empty() {
            let separator = if path.is_empty() { String::new() } else { style.separator().to_string() };
            environment.insert("PATH".into(), format!("{path}{separator}{}", style.join_list(&new)));
        }
        environment
    }

    /// Whether the Go of this run can be given our front. One whose version does not read builds the slow way.
    fn takes_front(&self) -> bool {
        let version = self.system.look.read_text(&self.go.join("VERSION"));
        let version = version.into_here().and_then(|it| goversion::of_file(&String::from_utf8_lossy(&it)));
        version.is_some_and(toolexec::is_understood_by)
    }
}

/// What the environment says by then. Settings of Go's that are no file, a pipe for one, are read by nobody who works for us:
/// Go would wait for them.
fn as_go_can_read(settings: &Settings) -> Variables {
    let mut environment = settings.environment();
    if settings.go_env_unread.is_some() {
        environment.insert("GOENV".into(), "off".into());
    }
    environment
}

/// Where modules come from in this run.
pub fn goproxy(site: &StepContext<'_>) -> String {
    module_source(site.system.look, Some(&site.plan.want), site.settings, Some(&site.plan.go_root))
}

/// Where modules come from, as GOPROXY has it: the user's word, the setting in effect, else what this Go has for a default.
pub fn module_source(
    look: &dyn Look,
    want: Option<&Want>,
    settings: &Settings,
    go_root: Option<&Path>,
) -> String {
    let set = || settings.set("GOPROXY").map(str::to_owned);
    let default = || {
        let text = look.read_text(&go_root?.join("go.env")).into_here()?;
        let text = String::from_utf8_lossy(&text).into_owned();
        text.lines().find_map(|it| it.strip_prefix("GOPROXY=")).map(|it| it.trim().to_owned())
    };
    want.and_then(|it| it.goproxy.as_ref())
        .map(|it| it.reveal().to_owned())
        .or_else(set)
        .or_else(default)
        .unwrap_or_else(|| "direct".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apply::stand::Stand;
    use crate::checks::fixture;
    use crate::need::Need;
    use crate::plan::simulate;
    use crate::system::RegistryValue;
    use crate::system::fake::{Machine, Scripted};

    #[test]
    fn what_an_installer_put_on_path_meanwhile_reaches_go_on_windows() {
        let path = RegistryValue::sz(r"C:\new\bin;C:\windows");
        let stand = Stand::new(Machine::windows().in_registry(r"HKCU\Environment", "Path", path));
        let children = Scripted::on(&stand.living);
        let shop = Workshop {
            system: stand.system(&children),
            facts: &stand.facts,
            settings: &stand.facts.here,
            go: Path::new("C:/go"),
            want: &stand.want,
            told: &|_| (),
        };
        let with =
            |path: &str| shop.with_newcomers([("PATH".to_owned(), path.to_owned())].into())["PATH"].clone();
        assert_eq!(with(r"C:\Windows;C:\x"), r"C:\Windows;C:\x;C:\new\bin");
        assert_eq!(with(r"C:\Windows;C:\NEW\bin"), r"C:\Windows;C:\NEW\bin");
    }

    #[test]
    fn the_first_fyne_build_is_made_by_the_command_for_all_users_where_no_own_one_is() {
        let cli: ModuleVersion = "fyne.io/tools/cmd/fyne@v1.7.4".into();
        let (own, shared) = (Path::new("/home/ann/go/bin/fyne"), "/opt/fyne-setup/bin/fyne");
        let mut facts = fixture::healthy();
        let with = |facts: &Facts, all: &[&str]| {
            in_use(own, facts, &cli, |it| all.iter().any(|there| it == Path::new(there))).to_path_buf()
        };
        facts.cli.programs = vec![
            fixture::fyne("/usr/bin/fyne", "example.org/cmd/fyne", "v1.0.0"),
            fixture::fyne(shared, "fyne.io/tools/cmd/fyne", "v1.7.4"),
        ];
        assert_eq!(with(&facts, &["/usr/bin/fyne", shared]), Path::new(shared));
        assert_eq!(with(&facts, &["/home/ann/go/bin/fyne", shared]), own);
        assert_eq!(with(&facts, &["/usr/bin/fyne"]), own, "another program of that name is not run");
    }

    #[test]
    fn go_works_where_the_settings_of_the_run_lead_it() {
        let dirs = |facts: &Facts, settings: &Settings| {
            let Dirs { gopath, modules, builds } = Dirs::of(facts, settings);
            [gopath, modules, builds].map(|it| it.display().to_string())
        };
        let mut facts = fixture::healthy();
        let usual = dirs(&facts, &facts.here);
        assert_eq!(usual, ["/root/go", "/root/go/pkg/mod", "/root/.cache/go-build"]);
        for (name, value) in [("GOPATH", "/root/hello"), ("GOMODCACHE", "/x"), ("GOCACHE", "/y")] {
            fixture::set(&mut facts, name, value, fixture::go_env());
        }
        facts.go.gopath = Some("/root/hello".into());
        facts.modules.dir = Some("/x".into());
        facts.modules.build_cache = Some("/y".into());
        assert_eq!(dirs(&facts, &facts.here), ["/root/hello", "/x", "/y"]);
        let gone = |name: &str| Need::GoSetting { key: name.into(), value: None };
        let after = |needs: &[Need]| simulate::after(&facts.here, needs);
        let [gopath, modules, builds] = ["GOPATH", "GOMODCACHE", "GOCACHE"].map(gone);
        assert_eq!(dirs(&facts, &after(std::slice::from_ref(&gopath))), ["/root/go", "/x", "/y"]);
        assert_eq!(dirs(&facts, &after(&[gopath, modules, builds])), usual);
        // What only Go itself could tell stays what it told, as long as nothing is changed about it.
        facts.modules.dir = Some("/told/by/go".into());
        assert_eq!(dirs(&facts, &facts.here)[1], "/told/by/go");
    }
}
