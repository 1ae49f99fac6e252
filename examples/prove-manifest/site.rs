//! The place where trials run: which Go can be had here, and one install into an empty home.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use fyne_setup::fetch::sources::{Build, Source, proxies};
use fyne_setup::manifest::cells::Cell;
use fyne_setup::manifest::trials::{Judged, judge};
use fyne_setup::manifest::{Absent, Manifest, Trial};
use fyne_setup::system::net::RealNet;
use fyne_setup::system::real::RealLook;
use fyne_setup::system::{Net as _, Request};
use fyne_setup::version::GoVersion;

use super::Failed;

/// Toolchain modules exist from this line on.
const FIRST_MODULE: u16 = 21;

/// No line has had more patches than this.
const MOST_PATCHES: u16 = 24;

/// A place where trials run.
pub struct Site {
    program: PathBuf,
    pub work: PathBuf,
    goproxy: String,
    env: BTreeMap<String, String>,
    pub platform: String,
    pub distro: String,
    pub compiler: String,
    /// Each Go that can be had, and the GOROOT of those that come from the distribution.
    pub gos: BTreeMap<GoVersion, From>,
}

/// Where a Go comes from.
pub enum From {
    Module,
    Package { name: String, root: PathBuf },
}

impl Site {
    /// Looks what this machine is, and asks for each Go.
    pub fn here(program: &Path, manifest: &Manifest) -> Result<Self, Failed> {
        let env = RealLook::environment();
        let goproxy = env.get("GOPROXY").cloned().ok_or("GOPROXY names no source")?;
        let work = env.get("TMPDIR").map_or_else(std::env::temp_dir, PathBuf::from);
        let work = work.join(format!("prove-manifest.{}", std::process::id()));
        fs::create_dir_all(&work)?;
        let report = said(Command::new(program).args(["check", "--json"]))?;
        let report: serde_json::Value = serde_json::from_str(&report)?;
        let machine = |key: &str| report["machine"][key].as_str().unwrap_or("unknown").to_owned();
        let build = Build::of(manifest.go.recommended, &machine("os"), &machine("arch"));
        let compiler = said(Command::new("gcc").arg("-dumpfullversion"))?;
        let mut site = Self {
            program: program.to_owned(),
            work,
            goproxy,
            env,
            platform: format!("{}/{}", build.os, build.arch),
            distro: machine("distro"),
            compiler: format!("gcc {}", compiler.trim()),
            gos: BTreeMap::new(),
        };
        site.ask_for_modules(manifest);
        site.ask_for_packages()?;
        Ok(site)
    }

    /// Which toolchains the module proxy has: each patch is asked for, as lists of a proxy may be partial.
    fn ask_for_modules(&mut self, manifest: &Manifest) {
        let net = RealNet::new(&self.env);
        let newest = manifest.fyne.iter().map(|it| it.go.max.line().1).max().unwrap_or_default();
        let bases = proxies(&self.goproxy);
        let (os, arch) = self.platform.split_once('/').unwrap_or_default();
        for minor in FIRST_MODULE..=newest {
            for patch in 0..MOST_PATCHES {
                let version = GoVersion::release(1, minor, patch);
                let build = Build { version, os: os.to_owned(), arch: arch.to_owned() };
                let has = |base: &url::Url| {
                    let mut url = Source::proxy(base.clone()).url(&build);
                    url.set_path(&url.path().replace(".zip", ".info"));
                    net.get(&Request::new(url)).is_ok_and(|it| it.status == 200)
                };
                if bases.iter().any(has) {
                    self.gos.insert(version, From::Module);
                }
            }
        }
    }

    /// Which older ones the distribution has, with apt: downloaded and verified by it, unpacked below our directory.
    fn ask_for_packages(&mut self) -> Result<(), Failed> {
        let Ok(names) = said(Command::new("apt-cache").args(["pkgnames", "golang-1."])) else {
            return Ok(());
        };
        for name in names.lines() {
            let Some(minor) = name.strip_prefix("golang-1.").and_then(|it| it.strip_suffix("-go")) else {
                continue;
            };
            if !minor.parse::<u16>().is_ok_and(|it| it < FIRST_MODULE) {
                continue;
            }
            let dir = self.work.join(name);
            fs::create_dir_all(&dir)?;
            let source = name.replace("-go", "-src");
            said(Command::new("apt-get").args(["-qq", "download", name, &source]).current_dir(&dir))?;
            for archive in fs::read_dir(&dir)?.filter_map(|it| Some(it.ok()?.path())) {
                said(Command::new("dpkg-deb").arg("-x").arg(archive).arg(&dir))?;
            }
            let root = dir.join(format!("usr/lib/go-1.{minor}"));
            let version = fs::read_to_string(root.join("VERSION"))?;
            let version: GoVersion =
                version.lines().next().unwrap_or_default().parse().map_err(|_| "no version")?;
            let of = said(Command::new("apt-cache").args(["show", "--no-all-versions", name]))?;
            let package = of.lines().find_map(|it| it.strip_prefix("Version: ")).unwrap_or_default();
            self.gos
                .insert(version, From::Package { name: format!("{} {name} {package}", self.distro), root });
        }
        Ok(())
    }

    /// One install into an empty home.
    pub fn attempt(&self, manifest: &Manifest, cell: &Cell) -> Result<Judged, Failed> {
        let home = self.work.join("home");
        let file = self.work.join("cell.toml");
        clear(&home)?;
        fs::create_dir_all(&home)?;
        fs::write(&file, toml::to_string(&only(manifest, cell))?)?;
        let mut path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin".to_owned();
        if let Some(From::Package { root, .. }) = self.gos.get(&cell.go) {
            path = format!("{}:{path}", root.join("bin").display());
        }
        let kept = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"];
        let kept = kept.into_iter().chain(["SSL_CERT_FILE", "SSL_CERT_DIR", "TMPDIR"]);
        let output = Command::new(&self.program)
            .args(["install", "--yes", "--json", "--no-warm", "--no-modify-path", "--manifest"])
            .arg(&file)
            .args(["--go", &cell.go.to_string(), "--fyne", &cell.fyne.to_string()])
            .current_dir(&self.work)
            .env_clear()
            .envs(kept.filter_map(|name| Some((name, self.env.get(name)?))))
            .envs([("HOME", home.display().to_string()), ("PATH", path), ("GOPROXY", self.goproxy.clone())])
            .stderr(Stdio::null())
            .output()?;
        let report: serde_json::Value = serde_json::from_slice(&output.stdout)?;
        let judged = judge(&report, &home.display().to_string());
        let actions = report["actions"].as_array().map(Vec::as_slice).unwrap_or_default();
        let brought = actions.iter().any(|it| it["kind"] == "install-go" && it["state"] == "done");
        clear(&home)?;
        // A Go that is proven must be the one that was meant, not one of this machine's.
        if judged == Judged::Proven && !brought && matches!(self.gos.get(&cell.go), Some(From::Module)) {
            return Ok(Judged::Nothing("a Go of this machine was used".into()));
        }
        Ok(judged)
    }

    /// What is written down of a cell that was tried here.
    pub fn trial(&self, cell: &Cell, seconds: u64) -> Trial {
        let go_from = match self.gos.get(&cell.go) {
            Some(From::Package { name, .. }) => name.clone(),
            _ => "golang.org/toolchain".to_owned(),
        };
        Trial {
            fyne: cell.fyne.clone(),
            go: cell.go,
            cli: cell.cli.at_version(),
            platform: self.platform.clone(),
            distro: self.distro.clone(),
            compiler: self.compiler.clone(),
            go_from,
            date: today(),
            seconds,
        }
    }
}

/// A Go that nobody here has.
pub fn absent(go: GoVersion, wanted: String) -> Absent {
    let why = if go.line().1 < FIRST_MODULE {
        "older than Go's toolchain modules, and neither the download site nor a package of the distribution has it here"
    } else {
        "the module proxy here does not serve it, which does not mean that it does not exist"
    };
    Absent { go, wanted, why: why.to_owned(), date: today() }
}

/// A manifest in which this cell is the only answer for its Fyne.
fn only(manifest: &Manifest, cell: &Cell) -> Manifest {
    let mut only = manifest.clone();
    let line = format!("{}.{}", cell.go.line().0, cell.go.line().1).parse().unwrap_or(cell.go);
    for row in only.fyne.iter_mut().filter(|it| it.versions.contains(&cell.fyne)) {
        row.versions = vec![cell.fyne.clone()];
        (row.go.min, row.go.max) = (cell.go, line);
        row.go.except.clear();
        row.cli = vec![cell.cli.clone()];
        row.cli[0].go = row.go.clone();
    }
    (only.replaced, only.proven, only.broken, only.absent) = Default::default();
    only
}

/// Removes a home; Go's module cache is not writable.
fn clear(home: &Path) -> Result<(), Failed> {
    if home.exists() {
        said(Command::new("chmod").args(["-R", "u+w"]).arg(home))?;
        fs::remove_dir_all(home)?;
    }
    Ok(())
}

/// What a program prints, where it ends well (`check` ends 1 on a machine that is not ready, and prints all the same).
fn said(command: &mut Command) -> Result<String, Failed> {
    let output = command.output().map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    if output.stdout.is_empty() && !output.status.success() {
        return Err(format!("{:?}: {}", command, String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn today() -> toml::value::Datetime {
    let day = said(Command::new("date").args(["-u", "+%F"])).unwrap_or_default();
    day.trim().parse().unwrap_or_else(|_| "1970-01-01".parse().expect("a date"))
}
