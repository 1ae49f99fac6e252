//! The last steps of a bundle: every file listed with its digest, the list signed by the owner's own minisign, all of it
//! written to one file in one step.

use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::making::Making;
use super::opened::PIECE;
use crate::app::Session;
use crate::bundle::archive::Writer;
use crate::bundle::list::{Kind, List, ListedFile, NAME, SIGNATURE};
use crate::bundle::sealed::comment;
use crate::digest::Digest;
use crate::disk_error::DiskError;
use crate::failure::{Code, Failure};
use crate::path_style::PathStyle;
use crate::prove::environment::find;
use crate::system::{Disk, Environment, Kind as FileKind, Look, Output, Spawn};

/// The comment that nobody is shown and nothing is read from; the same in every bundle.
const UNTRUSTED: &str = "signature of a bundle of fyne-setup";

/// Who signs: the program, and the owner's secret key.
pub(super) struct Owner {
    program: PathBuf,
    key: PathBuf,
}

/// The head of a bundle: its list and the signature.
pub(super) struct Head {
    text: Vec<u8>,
    signature: Option<Vec<u8>>,
}

/// Finds minisign before anything is made.
pub(super) fn signer(session: &Session, key: &Path) -> Result<Owner, Failure> {
    let look = session.look;
    let style = PathStyle::of(&look.identity().os);
    let there = |it: &Path| look.stat(it).into_here().is_some_and(|it| it.executable);
    let program = find(style, look.env(), "minisign", there).ok_or_else(|| {
        Failure::new(Code::BundleMake, text!("bundle-no-minisign")).hint(text!("bundle-no-minisign-hint"))
    })?;
    let file = session.typed(key);
    if look.stat(&file).is_absent() {
        let message = text!("verify-unread-key", file = key, why = text!("manifest-no-such-file"));
        return Err(Failure::new(Code::VerifyKey, message).at(file, None));
    }
    Ok(Owner { program, key: file })
}

impl Head {
    /// The list, signed where there is an owner.
    pub fn of(making: &Making<'_>, list: &List, owner: Option<&Owner>) -> Result<Self, Failure> {
        let text = list.text().into_bytes();
        // What we could not read ourselves is not given to anybody.
        List::read(&text)?;
        let signature = owner.map(|it| signed(making, it, &text, &list.fyne_setup)).transpose()?;
        Ok(Self { text, signature })
    }

    /// Of the list.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.text)
    }

    /// Whether somebody signed it.
    pub const fn is_signed(&self) -> bool {
        self.signature.is_some()
    }
}

/// Has minisign sign the list; it may ask for the password of the key.
fn signed(making: &Making<'_>, owner: &Owner, text: &[u8], maker: &str) -> Result<Vec<u8>, Failure> {
    let (list, signature) = (making.work.join(NAME), making.work.join(SIGNATURE));
    making.system.disk.write(&list, text, Some(0o600))?;
    let shown = |it: &Path| it.to_string_lossy().into_owned();
    let comment = comment(text, maker);
    let args = [
        "-S",
        "-s",
        &shown(&owner.key),
        "-x",
        &shown(&signature),
        "-c",
        UNTRUSTED,
        "-t",
        &comment,
        "-m",
        &shown(&list),
    ];
    let spawn = Spawn {
        program: owner.program.clone(),
        args: args.map(str::to_owned).to_vec(),
        env: Environment::of_user(making.system.look.env()),
        dir: making.work.clone(),
        terminal: true,
        output: Output::Through,
        survives: false,
    };
    let failed = || Failure::new(Code::BundleMake, text!("bundle-not-signed-by", program = &owner.program));
    let ended = making.system.children.start(&spawn).and_then(|mut it| it.wait());
    if !ended.is_ok_and(crate::system::Ended::ok) {
        return Err(failed());
    }
    making.system.look.read(&signature).into_here().ok_or_else(failed)
}

/// Size and digest of a file.
pub(super) fn hashed(disk: &dyn Disk, path: &Path) -> Result<(u64, Digest), DiskError> {
    let mut file = disk.open(path)?;
    let (mut hasher, mut piece, mut size) = (Sha256::new(), vec![0; PIECE], 0);
    loop {
        let read = file.read(&mut piece).map_err(|it| DiskError::new(path, &it))?;
        if read == 0 {
            return Ok((size, Digest::finish(hasher)));
        }
        hasher.update(&piece[..read]);
        size += read as u64;
    }
}

/// Every file that goes in, sorted.
pub(super) fn listed(making: &Making<'_>) -> Result<Vec<ListedFile>, Failure> {
    let mut names = Vec::new();
    walk(making.system.look, &making.tree, "", &mut names);
    names.sort();
    let files = names.into_iter().map(|path| {
        let (size, sha256) = hashed(making.system.disk, &making.tree.join(&path))?;
        Ok(ListedFile { what: Kind::of(&path), path, size, sha256 })
    });
    files.collect()
}

/// The files below a directory, by their paths in it.
pub(super) fn walk(look: &dyn Look, tree: &Path, below: &str, into: &mut Vec<String>) {
    for name in look.list(&tree.join(below)).into_here().unwrap_or_default() {
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        match look.stat(&tree.join(&path)).into_here().map(|it| it.kind) {
            Some(FileKind::Dir) => walk(look, tree, &path, into),
            Some(FileKind::File) if !is_housekeeping(&path) => into.push(path),
            _ => {}
        }
    }
}

/// What `go` keeps beside its downloads and no module proxy serves.
fn is_housekeeping(path: &str) -> bool {
    path.starts_with("proxy/") && [".lock", ".ziphash", ".partial"].iter().any(|it| path.ends_with(it))
}

/// Writes the bundle: beside its place, then into it.
pub(super) fn file(making: &Making<'_>, list: &List, head: &Head, file: &Path) -> Result<(), Failure> {
    let disk = making.system.disk;
    let mut part = file.to_path_buf().into_os_string();
    part.push(".part");
    let part = PathBuf::from(part);
    disk.remove(&part)?;
    let written = disk.create(&part, 0o644).and_then(|to| entries(making, list, head, to, &part));
    if let Err(error) = written {
        let _ = disk.remove(&part);
        return Err(error.into());
    }
    Ok(disk.rename(&part, file)?)
}

fn entries(
    making: &Making<'_>,
    list: &List,
    head: &Head,
    to: Box<dyn Write + Send>,
    path: &Path,
) -> Result<(), DiskError> {
    let failed = |it: std::io::Error| DiskError::new(path, &it);
    let mut to = Writer::new(to);
    let mut small =
        |name: &str, mut bytes: &[u8]| to.file(name, bytes.len() as u64, &mut bytes).map_err(failed);
    small(NAME, &head.text)?;
    if let Some(signature) = &head.signature {
        small(SIGNATURE, signature)?;
    }
    for it in &list.files {
        let from = making.tree.join(&it.path);
        let mut from = BufReader::with_capacity(PIECE, making.system.disk.open(&from)?).take(it.size);
        to.file(&it.path, it.size, &mut from).map_err(failed)?;
    }
    to.end().map(drop).map_err(failed)
}
