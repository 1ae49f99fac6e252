//! A channel with one release, a home, and a PATH that has only the tools that a test wants.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use fyne_setup::digest::Digest;
use tempfile::TempDir;

use crate::testlog::minisign::Signer;
use crate::testlog::{Server, World};

/// The shells that people have; `busybox` is its ash.
pub const SHELLS: [&str; 6] = ["dash", "bash", "busybox", "ksh", "zsh", "mksh"];

/// What the script may need besides the tools that a test names.
const COMMON: [&str; 27] = [
    "sh",
    "uname",
    "getconf",
    "id",
    "sha256sum",
    "tar",
    "gzip",
    "head",
    "tail",
    "cat",
    "sed",
    "tr",
    "wc",
    "mkdir",
    "rmdir",
    "rm",
    "mv",
    "chmod",
    "cmp",
    "sort",
    "od",
    "dd",
    "ls",
    "grep",
    "printf",
    "mount",
    "unshare",
];

/// Where a program of this name is.
pub fn found(name: &str) -> Option<PathBuf> {
    let dirs = ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin"];
    dirs.iter().map(|it| Path::new(it).join(name)).find(|it| it.is_file())
}

/// The script as it stands in the repository.
pub fn source() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/install.sh");
    fs::read_to_string(path).expect("the script")
}

/// The script as `scripts/release build` serves it: a channel and keys in their two lines.
pub fn script(channel: &str, keys: &[&str]) -> String {
    let text = source();
    for line in ["\nchannel=''\n", "\nkeys=''\n"] {
        assert_eq!(text.matches(line).count(), 1, "the line to pin: {line:?}");
    }
    text.replace("\nchannel=''\n", &format!("\nchannel='{channel}'\n"))
        .replace("\nkeys=''\n", &format!("\nkeys='{}'\n", keys.join(" ")))
}

pub struct Bench {
    pub server: Server,
    lab: TempDir,
    version: String,
}

/// A file of an archive: name, bytes, mode and, for a link, where to.
pub struct Member<'a> {
    pub name: String,
    pub bytes: &'a [u8],
    pub link: Option<(tar::EntryType, &'a str)>,
}

impl Bench {
    /// The channel serves 1.2.0, as it should.
    pub fn new() -> Self {
        Self::of("1.2.0")
    }

    pub fn of(version: &str) -> Self {
        let bench = Self {
            server: Server::start(World::empty()),
            lab: tempfile::tempdir().expect("a temporary directory"),
            version: version.to_owned(),
        };
        fs::create_dir(bench.home()).expect("made");
        bench.serve(&Bench::archive(&bench.members()));
        bench
    }

    pub fn home(&self) -> PathBuf {
        self.lab.path().join("home")
    }

    pub fn program(&self) -> PathBuf {
        self.home().join(".local/bin/fyne-setup")
    }

    pub fn base(&self) -> String {
        format!("{}/r", self.server.url())
    }

    pub fn pinned(&self) -> String {
        script(&self.base(), &[&Signer::new("manifest-old").public(), &Signer::new("release").public()])
    }

    fn top(&self) -> String {
        format!("fyne-setup-{}-{}-unknown-linux-musl", self.version, std::env::consts::ARCH)
    }

    pub fn archive_name(&self) -> String {
        format!("{}.tar.gz", self.top())
    }

    /// What a release has in it.
    pub fn members(&self) -> Vec<Member<'static>> {
        let program: &'static str =
            Box::leak(format!("#!/bin/sh\necho fyne-setup {}\n", self.version).into_boxed_str());
        let plain = |name: &str, bytes| Member { name: format!("{}/{name}", self.top()), bytes, link: None };
        vec![
            plain("LICENSE-MIT", b"as you like\n".as_slice()),
            plain("completions/fyne-setup.bash", b"complete\n"),
            plain("fyne-setup", program.as_bytes()),
        ]
    }

    /// A member of another name, as an attacker would write it: nothing corrects the name.
    pub fn raw<'a>(&self, name: &str, bytes: &'a [u8]) -> Member<'a> {
        Member { name: name.replace("TOP", &self.top()), bytes, link: None }
    }

    pub fn archive(members: &[Member]) -> Vec<u8> {
        let zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        let mut tar = tar::Builder::new(zip);
        for member in members {
            let mut header = tar::Header::new_ustar();
            header.as_old_mut().name[..member.name.len()].copy_from_slice(member.name.as_bytes());
            header.set_mode(0o755);
            header.set_size(member.bytes.len() as u64);
            if let Some((kind, target)) = member.link {
                header.set_entry_type(kind);
                header.set_link_name_literal(target).expect("a short name");
            }
            header.set_cksum();
            tar.append(&header, member.bytes).expect("to memory");
        }
        tar.into_inner().and_then(|it| it.finish()).expect("to memory")
    }

    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        self.server.change(|world| world.put(&format!("/r/{name}"), bytes.as_ref().to_vec()));
    }

    pub fn get(&self, name: &str) -> Vec<u8> {
        self.server.change(|world| world.files[&format!("/r/{name}")].clone())
    }

    pub fn remove(&self, name: &str) {
        self.server.change(|world| world.files.remove(&format!("/r/{name}")));
    }

    pub fn flip(&self, name: &str, at: usize) {
        let mut bytes = self.get(name);
        bytes[at] ^= 1;
        self.put(name, bytes);
    }

    /// Serves this archive, and a list that names it.
    pub fn serve(&self, archive: &[u8]) {
        self.put(&self.archive_name(), archive);
        self.serve_list(&format!(
            "{}  fyne-setup_{}-1_amd64.deb\n{}  {}\n",
            Digest::of(b"a package"),
            self.version,
            Digest::of(archive),
            self.archive_name()
        ));
    }

    pub fn serve_list(&self, list: &str) {
        self.put("SHA256SUMS", list);
        self.sign_list_as("release");
    }

    pub fn sign_list_as(&self, key: &str) {
        self.sign_list(&Signer::new(key), &self.comment());
    }

    pub fn sign_list(&self, signer: &Signer, comment: &str) {
        self.put("SHA256SUMS.minisig", signer.sign(&self.get("SHA256SUMS"), comment));
    }

    pub fn comment(&self) -> String {
        let digest = Digest::of(&self.get("SHA256SUMS"));
        format!("fyne-setup/1 file:SHA256SUMS version:{} sha256:{digest}", self.version)
    }

    /// A program that says it is of this version, where ours goes.
    pub fn older_one(&self, version: &str) {
        fs::create_dir_all(self.program().parent().expect("a directory")).expect("made");
        stub(&self.program(), &format!("echo fyne-setup {version}"));
    }

    pub fn installed(&self) -> Option<String> {
        let output = Command::new(self.program()).output().ok()?;
        String::from_utf8(output.stdout).ok()?.trim().strip_prefix("fyne-setup ").map(str::to_owned)
    }

    /// Everything in the home: kind and mode, and the bytes.
    pub fn listing(&self) -> BTreeMap<PathBuf, (u32, Vec<u8>)> {
        let (mut all, mut open) = (BTreeMap::new(), vec![self.home()]);
        while let Some(dir) = open.pop() {
            for entry in fs::read_dir(dir).expect("a directory").flatten() {
                let it = entry.path().symlink_metadata().expect("what was listed");
                if it.is_dir() {
                    open.push(entry.path());
                }
                all.insert(entry.path(), (it.mode(), fs::read(entry.path()).unwrap_or_default()));
            }
        }
        all
    }

    /// This shell, with these tools and what every machine has.
    pub fn with(&self, shell: &str, tools: &[&str]) -> Run<'_> {
        let bin = self.lab.path().join(format!("bin-{}", tools.join("-")));
        if fs::create_dir(&bin).is_ok() {
            for name in COMMON {
                if let Some(path) = found(name) {
                    symlink(path, bin.join(name)).expect("linked");
                }
            }
            for name in tools {
                tool(&bin, name);
            }
        }
        let shell = found(shell).unwrap_or_else(|| PathBuf::from("/bin/sh"));
        Run { bench: self, shell, path: bin, env: Vec::new(), before: None }
    }
}

/// A program that does only this.
fn stub(at: &Path, line: &str) {
    fs::write(at, format!("#!/bin/sh\n{line}\n")).expect("written");
    fs::set_permissions(at, fs::Permissions::from_mode(0o755)).expect("set");
}

fn tool(bin: &Path, name: &str) {
    let target = match name {
        "busybox-wget" => {
            return symlink(found("busybox").expect("asked before"), bin.join("wget")).expect("linked");
        }
        // As OpenSSL 1.1.1 and LibreSSL are: no Ed25519 from a shell.
        "old-openssl" => return stub(&bin.join("openssl"), "echo 'usage: pkeyutl [-verify]' >&2"),
        name => found(name),
    };
    if let Some(path) = target {
        symlink(path, bin.join(name)).expect("linked");
    }
}

/// How the script is run.
pub struct Run<'a> {
    bench: &'a Bench,
    shell: PathBuf,
    path: PathBuf,
    env: Vec<(String, String)>,
    before: Option<String>,
}

/// What came out.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run<'_> {
    /// Puts a program that does only this on PATH.
    pub fn stub(&self, name: &str, line: &str) {
        stub(&self.path.join(name), line);
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    /// A line for a shell in namespaces of its own, before the script starts.
    pub fn after(mut self, line: &str) -> Self {
        self.before = Some(line.to_owned());
        self
    }

    /// As `curl … | sh -s -- ARGS` does.
    pub fn run(self, args: &[&str]) -> Said {
        let text = self.bench.pinned();
        self.run_text(&text, args)
    }

    pub fn run_text(self, text: &str, args: &[&str]) -> Said {
        let applet: &[&str] = if self.shell.ends_with("busybox") { &["ash"] } else { &[] };
        let mut words = vec![self.shell.display().to_string()];
        words.extend(applet.iter().chain(&["-s", "--"]).chain(args).map(|it| (*it).to_owned()));
        if let Some(line) = &self.before {
            let wrapped = ["unshare", "-rm", "sh", "-c"].map(str::to_owned);
            let script = format!("{line}\n\"$@\"\ncode=$?\nls -A \"$HOME\"\nexit $code");
            words = wrapped.into_iter().chain([script, "sh".to_owned()]).chain(words).collect();
            words[0] = found("unshare").expect("asked before").display().to_string();
        }
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).env_clear().current_dir(self.bench.lab.path());
        command.env("HOME", self.bench.home()).env("PATH", &self.path).envs(self.env);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the shell starts");
        let _ = child.stdin.take().expect("piped").write_all(text.as_bytes()); // it may end before it has read all
        let output = child.wait_with_output().expect("it ends");
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        Said {
            code: output.status.code().unwrap_or(-1),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }
}
