//! How a test runs the program: a private home, a clean environment, everything that came out.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use tempfile::TempDir;

/// A home and how the program is started in it.
pub struct Program {
    home: TempDir,
    env: Vec<(String, String)>,
}

/// What came out of a run.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Program {
    pub fn new() -> Self {
        Self { home: tempfile::tempdir().expect("a temporary directory"), env: Vec::new() }
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.into(), value.into()));
        self
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fyne-setup"));
        command.args(args).env_clear().stdin(Stdio::null()).current_dir(self.home());
        // No test asks who in the world is the fastest; what the user's own word is, `config` tells.
        if !args.contains(&"config") {
            command.env("FYNE_SETUP_GOPROXY", "default");
        }
        command.env("HOME", self.home()).env("PATH", "/usr/local/bin:/usr/bin:/bin");
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        command
    }

    pub fn run(&self, args: &[&str]) -> Said {
        let output = self.command(args).output().expect("the program starts");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let said = Said {
            code: output.status.code().unwrap_or(-1),
            out: text(output.stdout),
            err: text(output.stderr),
        };
        // The log is read by developers and has keys; a plan in a document has some, for `apply`.
        if !args.iter().any(|it| it.starts_with("-vv")) {
            assert_eq!(bare_key(&said.err), None, "a key stands for its text: {args:?} {}", said.err);
            let page = if said.out.starts_with('{') { "" } else { said.out.as_str() };
            assert_eq!(bare_key(page), None, "a key stands for its text: {args:?} {}", said.out);
        }
        said
    }
}

/// A key of the catalogue that stands in what people read.
fn bare_key(text: &str) -> Option<&str> {
    static KEYS: OnceLock<BTreeSet<String>> = OnceLock::new();
    let keys = KEYS.get_or_init(|| {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales/en");
        let files = std::fs::read_dir(dir).expect("the catalogue").flatten();
        let texts = files.map(|it| std::fs::read_to_string(it.path()).expect("a text")).collect::<Vec<_>>();
        let ids = texts.iter().flat_map(|it| it.lines()).filter_map(|it| it.split_once(" =").map(|it| it.0));
        ids.filter(|it| it.contains('-') && !it.starts_with([' ', '#'])).map(str::to_owned).collect()
    });
    let part = |c: char| c.is_ascii_alphanumeric() || "-./_".contains(c);
    text.split(|c| !part(c)).find(|it| keys.contains(*it))
}

pub fn run(args: &[&str]) -> Said {
    Program::new().run(args)
}
