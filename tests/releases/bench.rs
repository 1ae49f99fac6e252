//! A home with a program in it, and a channel that serves a newer one.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use fyne_setup::digest::Digest;
use fyne_setup::moment::{DAY, Moment};
use fyne_setup::system::triple::triple;
use serde_json::Value;

use crate::testlog::archive::{Entry, tar_gz};
use crate::testlog::minisign::Signer;
use crate::testlog::{Server, World};

/// What stands in the place of a newer program.
pub const NEW: &str = "#!/bin/sh\ncase $1 in --version) echo fyne-setup 9.2.0 ;; esac\n";
/// Its version.
pub const VERSION: &str = "9.2.0";

pub struct Bench {
    pub server: Server,
    pub home: tempfile::TempDir,
    pub now: Moment,
}

impl Bench {
    pub fn new() -> Self {
        let home = tempfile::tempdir().expect("a temporary directory");
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
        let bench = Self { server: Server::start(World::new()), home, now: Moment(now) };
        bench.serve_keys(&["root-1", "root-3"], &[]);
        bench.serve(VERSION, NEW);
        bench.lay();
        bench
    }

    /// Our program in its place, and nothing else.
    pub fn lay(&self) {
        let _ = fs::remove_dir_all(self.home.path().join("bin"));
        let _ = fs::remove_dir_all(self.home.path().join(".local"));
        fs::create_dir_all(self.home.path().join("bin")).expect("made");
        let ours = env!("CARGO_BIN_EXE_fyne-setup");
        // It is large; nobody writes into a file that has its name.
        if fs::hard_link(ours, self.program()).is_err() {
            self.copy();
        }
    }

    /// A copy of our program in its place, made by a program of its own: what another test starts at this moment keeps a file
    /// that we write open, and a program that somebody writes cannot be started.
    pub fn copy(&self) {
        let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_fyne-setup")).arg(self.program()).status();
        assert!(copied.expect("cp starts").success());
    }

    pub fn program(&self) -> PathBuf {
        self.home.path().join("bin/fyne-setup")
    }

    /// Names in the directory of the program, with sizes and modes.
    pub fn bin(&self) -> BTreeMap<String, (u64, u32)> {
        let all = fs::read_dir(self.home.path().join("bin")).expect("there").flatten();
        all.map(|it| {
            let stat = it.metadata().expect("listed");
            (it.file_name().to_string_lossy().into_owned(), (stat.len(), stat.permissions().mode() & 0o7777))
        })
        .collect()
    }

    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        self.server.change(|world| world.put(&format!("/r/{name}"), bytes.as_ref().to_vec()));
    }

    pub fn remove(&self, name: &str) {
        self.server.change(|world| world.files.remove(&format!("/r/{name}")));
    }

    pub fn get(&self, name: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.server.change(|world| bytes = world.files[&format!("/r/{name}")].clone());
        bytes
    }

    /// The list of keys, which these root keys sign and which takes these keys back.
    pub fn serve_keys(&self, roots: &[&str], revoked: &[&str]) {
        for root in ["root-1", "root-2", "root-3"] {
            self.remove(&format!("keys.toml.{}.minisig", Signer::new(root).id()));
        }
        for (name, text) in self.keys(roots, revoked) {
            self.put(&name, text);
        }
    }

    pub fn keys(&self, roots: &[&str], revoked: &[&str]) -> Vec<(String, String)> {
        let expires = self.now.after(400 * DAY);
        let revoked: Vec<String> = revoked.iter().map(|it| format!("\"{}\"", Signer::new(it).id())).collect();
        let text = format!(
            "schema = 1\nversion = 1\nissued = {}\nexpires = {expires}\nmanifest = [\"{}\"]\nrelease = [\"{}\"]\nrevoked = [{}]\n",
            self.now,
            Signer::new("manifest").public(),
            Signer::new("release").public(),
            revoked.join(", ")
        );
        let digest = Digest::of(text.as_bytes());
        let comment = format!("fyne-setup/1 file:keys.toml version:1 expires:{expires} sha256:{digest}");
        let mut files = vec![("keys.toml".to_owned(), text.clone())];
        for root in ["root-1", "root-2", "root-3"] {
            let signer = Signer::new(root);
            let signed = signer.sign(text.as_bytes(), &comment);
            let known = if roots.contains(&root) { signed } else { String::new() };
            files.push((format!("keys.toml.{}.minisig", signer.id()), known));
        }
        files.retain(|it| !it.1.is_empty());
        files
    }

    /// A release with this program in it.
    pub fn serve(&self, version: &str, program: &str) {
        let name = archive_name(version);
        self.put(&name, archive(version, &[("fyne-setup", program), ("LICENSE-MIT", "a licence\n")]));
        self.sign(&name, version, &Signer::new("release"));
        self.list(version);
    }

    /// The list of what is there of a version, signed.
    pub fn list(&self, version: &str) {
        let name = archive_name(version);
        let list = format!("{}  {name}\n{}  other.deb\n", Digest::of(&self.get(&name)), Digest::of(b""));
        self.put("SHA256SUMS", list);
        self.sign("SHA256SUMS", version, &Signer::new("release"));
    }

    pub fn sign(&self, name: &str, version: &str, signer: &Signer) {
        let bytes = self.get(name);
        let comment = comment(name, version, &bytes);
        self.put(&format!("{name}.minisig"), signer.sign(&bytes, &comment));
    }

    pub fn command(&self, program: &Path, args: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(args).env_clear().current_dir(self.home.path());
        command.env("HOME", self.home.path()).env("PATH", "/usr/bin:/bin");
        command
    }

    /// Exit code, and the document where one came.
    pub fn run(&self, args: &[&str]) -> (i32, Value) {
        let mut command = self.command(&self.program(), args);
        let output = command.arg("--json").output().expect("the program starts");
        let document = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (output.status.code().unwrap_or(-1), document)
    }

    pub fn base(&self) -> String {
        format!("{}/r", self.server.url())
    }

    pub fn update(&self) -> (i32, Value) {
        self.run(&["self", "update", &self.base()])
    }
}

pub fn comment(name: &str, version: &str, bytes: &[u8]) -> String {
    format!("fyne-setup/1 file:{name} version:{version} sha256:{}", Digest::of(bytes))
}

pub fn archive_name(version: &str) -> String {
    format!("fyne-setup-{version}-{}.tar.gz", triple())
}

pub fn archive(version: &str, files: &[(&str, &str)]) -> Vec<u8> {
    let stem = format!("fyne-setup-{version}-{}", triple());
    let entry = |(name, text): &(&str, &str)| Entry {
        name: format!("{stem}/{name}"),
        bytes: text.as_bytes().to_vec(),
        executable: *name == "fyne-setup",
    };
    tar_gz(&files.iter().map(entry).collect::<Vec<_>>())
}

pub fn code(document: &Value) -> &str {
    document["error"]["code"].as_str().unwrap_or("accepted")
}
