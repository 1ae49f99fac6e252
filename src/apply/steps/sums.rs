//! The lines that a project's go.sum lacks. Which they are Go says, in a copy of go.mod and go.sum of ours; what they say the
//! checksum database says, through our own client. Every line that is there stays byte for byte, a wrong one too: that
//! is a person's to decide.

use std::path::{Path, PathBuf};

use super::{Prepared, StepContext, build};
use crate::digest::Digest;
use crate::fact::{Fact, Why};
use crate::facts::project::Sum;
use crate::facts::{gomod, gosum};
use crate::failure::{Code, Failure};
use crate::fetch::sumdb::Client;
use crate::gather::Gather as _;
use crate::journal::undo::before_write;
use crate::probe::modules::whole::Known;
use crate::probe::waits;
use crate::system::{Look, links};

/// Completes the go.sum of the project in `dir`.
pub fn complete<'s>(id: u32, site: &'s StepContext<'s>, dir: &'s Path) -> Result<Prepared<'s>, Failure> {
    let (look, disk) = (site.system.look, site.system.disk);
    let file = inside(look, dir, "go.sum")?;
    inside(look, dir, "go.mod")?;
    let before = match look.read_text(&file) {
        Fact::Here(bytes) => bytes,
        Fact::Absent => Vec::new(),
        Fact::Unknown(why) => return Err(unread(&file, why)),
    };
    let wanted = wanted(id, site, dir, &before)?;
    let after = with_missing(&before, &wanted);
    confirm(site, &gosum::parse(&String::from_utf8_lossy(&added(&before, &wanted).concat())))?;
    let undo = before_write(look, disk, &site.places.backups(), &file, Digest::of(&after))?;
    Ok(Prepared::new(undo, move || Ok(disk.write(&file, &after, None)?)))
}

/// Where a file of the project lies. One that is a link out of it, also to where nothing is yet, would have us write what a
/// stranger chose, for a project is whatever somebody unpacked.
pub(super) fn inside(look: &dyn Look, dir: &Path, name: &str) -> Result<PathBuf, Failure> {
    let (link, project) = (dir.join(name), links::real_directory(look, dir));
    let file = links::real_path(look, &link);
    let at = links::real_directory(look, file.parent().unwrap_or(Path::new("/")));
    if at.starts_with(&project) {
        return Ok(file);
    }
    let message = text!("apply-sums-outside", file = &link, target = &file);
    Err(Failure::new(Code::ProjectOutside, message)
        .hint(text!("apply-sums-outside-hint", file = &link))
        .at(link, None))
}

pub(super) fn unread(file: &Path, why: Why) -> Failure {
    Failure::new(Code::DiskDenied, text!("apply-go-env-unreadable", file = file, why = why)).at(file, None)
}

/// The go.sum that Go makes of a copy of the project's. Nothing of the project is written, and nothing of it is run.
fn wanted(id: u32, site: &StepContext<'_>, dir: &Path, before: &[u8]) -> Result<Vec<u8>, Failure> {
    let (look, disk) = (site.system.look, site.system.disk);
    let go_mod = match look.read_text(&dir.join("go.mod")) {
        Fact::Here(bytes) => bytes,
        Fact::Absent => return Err(unread(&dir.join("go.mod"), text!("why-absent").into())),
        Fact::Unknown(why) => return Err(unread(&dir.join("go.mod"), why)),
    };
    let replaces = gomod::parse(&String::from_utf8_lossy(&go_mod)).replaces;
    if let Some(why) = waits::of_sources(look, dir, &replaces) {
        return Err(
            Failure::new(Code::DiskDenied, text!("apply-sums-waits", why = why)).at(dir.to_path_buf(), None)
        );
    }
    let copy = site.places.staging().join(format!("sums-{}", look.monotonic_ms()));
    disk.make_dir(&copy, 0o700)?;
    let (mod_file, sum_file) = (copy.join("go.mod"), copy.join("go.sum"));
    disk.write(&mod_file, &go_mod, Some(0o600))?;
    disk.write(&sum_file, before, Some(0o600))?;
    build::list_project(id, site, dir, &mod_file)?;
    if look.read(&mod_file) != Fact::Here(go_mod) {
        // It wants other versions too, and which those are is for the project's owner.
        let message = text!("apply-sums-mod", file = dir.join("go.mod"));
        return Err(Failure::new(Code::ProjectModChanges, message));
    }
    Ok(look.read(&sum_file).into_here().unwrap_or_default())
}

fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split_inclusive(|it| *it == b'\n')
}

/// A line as Go compares it: its words.
fn key(line: &[u8]) -> Vec<&[u8]> {
    line.split(u8::is_ascii_whitespace).filter(|it| !it.is_empty()).take(2).collect()
}

/// The lines of `wanted` for which `before` has none, of whatever hash.
pub(super) fn added<'a>(before: &[u8], wanted: &'a [u8]) -> Vec<&'a [u8]> {
    let known: std::collections::BTreeSet<_> = lines(before).map(key).into_set();
    lines(wanted).filter(|it| !key(it).is_empty() && !known.contains(&key(it))).collect()
}

/// The lines of `before` with those that are missing, each after the one that it follows in `wanted`, which is in Go's
/// order.
pub(super) fn with_missing(before: &[u8], wanted: &[u8]) -> Vec<u8> {
    let missing = added(before, wanted);
    let mut after: Vec<Vec<u8>> = lines(before).map(<[u8]>::to_vec).collect();
    if let Some(last) = after.last_mut().filter(|it| !it.ends_with(b"\n") && !missing.is_empty()) {
        last.push(b'\n');
    }
    let mut previous: Option<Vec<&[u8]>> = None;
    for line in lines(wanted) {
        let name = key(line);
        if missing.contains(&line) {
            let at = previous.as_ref().and_then(|it| after.iter().rposition(|line| key(line) == *it));
            let mut line = line.to_vec();
            if !line.ends_with(b"\n") {
                line.push(b'\n');
            }
            after.insert(at.map_or(0, |it| it + 1), line);
        }
        previous = Some(name).filter(|it| !it.is_empty()).or(previous);
    }
    after.concat()
}

/// Whether every new line is what the checksum database has. About private modules nobody is asked.
pub(super) fn confirm(site: &StepContext<'_>, new: &[Sum]) -> Result<(), Failure> {
    let known = Known::of(site.facts);
    if let Some(own) = new.iter().find(|it| known.private(&it.path)) {
        let message = text!("apply-sums-private", module = &own.path);
        return Err(Failure::new(Code::ProjectPrivate, message));
    }
    let plain = |it: &Sum| it.version.trim_end_matches("/go.mod").to_owned();
    let pairs: Vec<_> = new.iter().map(|it| (it.path.clone(), plain(it))).collect();
    let client = Client::for_proxies(site.system, &site.places.sumdb(), &build::goproxy(site));
    let sums = client.offline(site.plan.want.offline).lookup_all(&pairs)?;
    for (line, sum) in new.iter().zip(sums) {
        let sum = sum.get();
        let of_mod = line.version.ends_with("/go.mod");
        let should = if of_mod { sum.go_mod.map(|it| it.to_string()) } else { Some(sum.zip.to_string()) };
        if should.as_ref() != Some(&line.hash) {
            let (module, should) = (format!("{}@{}", line.path, line.version), should.unwrap_or_default());
            let message = text!("apply-module-differs", module = module, found = &line.hash, should = should);
            return Err(Failure::new(Code::TrustChecksum, message).hint(text!("build-checksum.hint")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_lines_come_where_go_would_put_them_and_the_rest_stays() {
        let whole = "a v1 h1:1\na v1/go.mod h1:2\nb v1 h1:3\nc v1/go.mod h1:4\n";
        for (before, after) in [
            ("a v1 h1:1\nb v1 h1:3\nc v1/go.mod h1:4\n", whole),
            ("a v1/go.mod h1:2\nb v1 h1:3\nc v1/go.mod h1:4\n", whole),
            ("a v1 h1:1\na v1/go.mod h1:2\nb v1 h1:3", whole),
            ("", whole),
            // Lines that Go would not want, out of order, or of another hash, are nobody's concern here.
            (
                "c v1/go.mod h1:4\r\nz v1 h1:9\na v1 h1:wrong\n",
                "c v1/go.mod h1:4\r\nz v1 h1:9\na v1 h1:wrong\na v1/go.mod h1:2\nb v1 h1:3\n",
            ),
            (whole, whole),
        ] {
            let made = with_missing(before.as_bytes(), whole.as_bytes());
            assert_eq!(String::from_utf8_lossy(&made), after, "{before:?}");
        }
    }

    #[test]
    fn a_link_out_of_the_project_is_not_written_through() {
        let machine = crate::system::fake::Machine::linux()
            .file("/w/p/deep/go.sum", "")
            .file("/w/x", "")
            .file("/w/real/go.mod", "")
            .link("/w/linked", "/w/real")
            .link("/w/p/go.sum", "/w/x");
        for (target, inside_of_it) in [
            ("/w/x", false),
            ("/w/not/there", false),
            ("../x", false),
            ("deep/go.sum", true),
            ("deep/none", true),
            ("deep/../../x", false),
        ] {
            let machine = machine.clone().link("/w/p/go.sum", target);
            let came = inside(&machine, Path::new("/w/p"), "go.sum");
            assert_eq!(came.is_ok(), inside_of_it, "{target}: {came:?}");
            assert!(came.is_ok() || came.is_err_and(|it| it.code == Code::ProjectOutside), "{target}");
        }
        let linked = inside(&machine, Path::new("/w/linked"), "go.mod");
        assert!(linked.is_ok(), "a project may lie behind a link: {linked:?}");
        assert!(inside(&machine, Path::new("/w/p"), "go.mod").is_ok(), "a file that is none yet");
    }

    #[test]
    fn a_line_of_another_hash_is_not_missing() {
        assert!(added(b"a v1 h1:wrong\n", b"a v1 h1:1\n").is_empty());
        assert_eq!(added(b"", b"a v1 h1:1\n\n"), [b"a v1 h1:1\n"]);
    }
}
