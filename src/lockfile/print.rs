//! A lock file as text: always in one order, so that two machines write the same bytes and a merge meets only what differs.

use std::fmt::{self, Write as _};

use super::model::{LockFile, SCHEMA};

/// What stands on top.
const HEAD: &str = "\
# fyne-setup.lock: the versions that this project is built with, and their hashes.
# `fyne-setup pin` writes it and `fyne-setup install` obeys it. Commit it, and do not edit it by hand.
# After a merge conflict take one side as a whole, then run `fyne-setup pin`.
";

impl fmt::Display for LockFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{HEAD}schema = {SCHEMA}\nmanifest = {}\n", self.manifest)?;
        write!(f, "\n[go]\nversion = \"{}\"\n", self.go)?;
        if !self.go_hashes.is_empty() {
            f.write_str("\n[go.hashes]\n")?;
        }
        for (platform, hash) in &self.go_hashes {
            writeln!(f, "{platform} = \"{hash}\"")?;
        }
        let (package, version) = (self.cli.path(), self.cli.version());
        write!(f, "\n[cli]\npackage = \"{package}\"\nversion = \"{version}\"\n")?;
        if let Some(hash) = self.cli_hash {
            writeln!(f, "hash = \"{hash}\"")?;
        }
        write!(f, "\n[fyne]\nversion = \"v{}\"\n", self.fyne)?;
        if let Some(hash) = self.fyne_hash {
            writeln!(f, "hash = \"{hash}\"")?;
        }
        f.write_str("\n# What a build needs of the operating system, by fyne-setup's names.\n[needs]\n")?;
        for (os, needs) in &self.needs {
            writeln!(f, "{os} = [")?;
            needs.iter().try_for_each(|it| writeln!(f, "    \"{it}\","))?;
            f.write_char(']')?;
            f.write_char('\n')?;
        }
        Ok(())
    }
}
