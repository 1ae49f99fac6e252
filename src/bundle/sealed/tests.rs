//! Bundles that are whole, and bundles that somebody had in hand.

use super::*;
use crate::bundle::archive::Writer;
use crate::bundle::list::tests::list;
use crate::failure::Exit;
use crate::testlog::minisign::Signer as Owner;

const NAMES: [&str; 4] =
    ["apt/Packages", "cache/go-build.tar.gz", "program/fyne-setup", "proxy/fyne.io/fyne/v2/@v/v2.8.1.zip"];

/// The bytes of a bundle of these entries.
fn tar(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut to = Writer::new(Vec::new());
    for (name, mut bytes) in entries.iter().copied() {
        to.file(name, bytes.len() as u64, &mut bytes).expect("memory takes everything");
    }
    to.end().expect("memory takes everything")
}

fn signature(text: &[u8], owner: &str) -> Vec<u8> {
    Owner::new(owner).sign(text, &comment(text, "0.1.0")).into_bytes()
}

fn bundle(of: &List, owner: Option<&str>) -> Vec<u8> {
    let text = of.text().into_bytes();
    let signed = owner.map(|it| signature(&text, it));
    let head = [(NAME, text.as_slice())].into_iter().chain(signed.as_deref().map(|it| (SIGNATURE, it)));
    let files = of.files.iter().map(|it| (it.path.as_str(), it.path.as_bytes()));
    tar(&head.chain(files).collect::<Vec<_>>())
}

fn key(owner: &str) -> PublicKey {
    Owner::new(owner).public().parse().expect("a key")
}

/// Reads a bundle to its end: who signed it and the names of its files, or the code of the refusal.
fn read(bytes: &[u8], owner: Option<&str>) -> Result<(Signer, Vec<String>), (Code, String)> {
    let said = |it: Failure| (it.code, it.message.to_string());
    let sealed = Sealed::open(bytes, owner.map(key).as_ref()).map_err(said)?;
    let (signer, mut names) = (sealed.signer, Vec::new());
    let mut sink = |it: &ListedFile| -> Result<Box<dyn Write + Send>, DiskError> {
        names.push(it.path.clone());
        Ok(Box::new(std::io::sink()))
    };
    sealed.files(&mut sink).map_err(said)?;
    Ok((signer, names))
}

#[test]
fn a_bundle_is_read_whole_and_its_owner_is_proven_by_the_key_that_was_named() {
    let of = list(&NAMES);
    let names: Vec<_> = NAMES.iter().map(|it| (*it).to_owned()).collect();
    let id = key("release").id();
    let signed = bundle(&of, Some("release"));
    assert_eq!(read(&signed, Some("release")), Ok((Signer::Proven(id), names.clone())));
    assert_eq!(read(&signed, None), Ok((Signer::Claimed(id), names.clone())));
    assert_eq!(read(&bundle(&of, None), None), Ok((Signer::Nobody, names)));
}

#[test]
fn the_same_files_give_the_same_bytes() {
    assert_eq!(bundle(&list(&NAMES), Some("release")), bundle(&list(&NAMES), Some("release")));
}

#[test]
fn another_tar_reads_a_bundle_as_we_wrote_it() {
    let bytes = bundle(&list(&NAMES), None);
    let mut archive = tar::Archive::new(bytes.as_slice());
    let names = archive.entries().expect("a tar").map(|entry| {
        let entry = entry.expect("an entry");
        (entry.path_bytes().into_owned(), entry.header().mtime().expect("a time"))
    });
    let want = [NAME].into_iter().chain(NAMES).map(|it| (it.as_bytes().to_vec(), 0));
    assert_eq!(names.collect::<Vec<_>>(), want.collect::<Vec<_>>());
}

#[test]
fn a_signature_that_is_not_the_owners_is_refused() {
    let of = list(&NAMES);
    let text = of.text().into_bytes();
    let with = |signed: &[u8]| tar(&[(NAME, text.as_slice()), (SIGNATURE, signed)]);
    let owner = |comment: &str| Owner::new("release").sign(&text, comment).into_bytes();
    let other = |text: &[u8]| signature(text, "release");
    let mut flipped = signature(&text, "release");
    let at = flipped.len() / 2;
    flipped[at] ^= 1;
    let table = [
        ("another key", with(&signature(&text, "stranger")), "bundle-other-key"),
        ("no signature", bundle(&of, None), "bundle-not-signed"),
        ("of another list", with(&other(b"{}")), "bundle-signature-differs"),
        (
            "of another file",
            with(&owner(&comment(&text, "0.1.0").replace(NAME, "fyne-setup"))),
            "bundle-signature-other",
        ),
        ("no word of what it is for", with(&owner("made by hand")), "bundle-signature-other"),
        ("no signature at all", with(b"trust me"), "bundle-signature-form"),
        ("an empty one", with(b""), "bundle-signature-form"),
        ("one bit", with(&flipped), "bundle-signature"),
    ];
    for (lie, bytes, why) in table {
        let (code, message) = read(&bytes, Some("release")).expect_err(lie);
        assert!(code == Code::BundleSignature && message.contains(why), "{lie}: {message}");
    }
    let (code, _) = read(&with(b"trust me"), None).expect_err("no signature");
    assert_eq!((code, code.exits()), (Code::BundleSignature, [Exit::Refused].as_slice()));
}

#[test]
fn a_bundle_that_is_cut_anywhere_is_refused() {
    let bytes = bundle(&list(&NAMES[..2]), Some("release"));
    for end in 0..bytes.len() {
        let (code, message) = read(&bytes[..end], Some("release")).expect_err("it is cut");
        assert_eq!(code, Code::BundleRefused, "{end}: {message}");
    }
}

#[test]
fn a_bundle_that_differs_in_one_byte_anywhere_is_refused() {
    let bytes = bundle(&list(&NAMES[..2]), Some("release"));
    // The first line of a signature is nobody's word: the only one that may change.
    let comment = bytes.windows(18).position(|it| it == b"untrusted comment:").expect("a signature") + 19;
    let free = comment..comment + bytes[comment..].iter().position(|it| *it == b'\n').expect("a line");
    for at in (0..bytes.len()).filter(|it| !free.contains(it)) {
        let mut bytes = bytes.clone();
        bytes[at] ^= 1;
        let (code, message) = read(&bytes, Some("release")).expect_err("it differs");
        assert!(
            matches!(code, Code::BundleRefused | Code::BundleSignature | Code::BundleNewer),
            "{at}: {message}"
        );
    }
}

#[test]
fn entries_that_are_not_those_of_the_list_are_refused() {
    let of = list(&["apt/a", "proxy/b"]);
    let text = of.text().into_bytes();
    let entries = |files: &[(&str, &[u8])]| tar(&[&[(NAME, text.as_slice())], files].concat());
    let a: (&str, &[u8]) = ("apt/a", b"apt/a");
    let b: (&str, &[u8]) = ("proxy/b", b"proxy/b");
    let long: &[u8] = b"proxy/b and more";
    let table = [
        ("other bytes", entries(&[a, ("proxy/b", b"proxy/c")]), "bundle-digest"),
        ("more bytes", entries(&[a, ("proxy/b", long)]), "bundle-entry"),
        ("another order", entries(&[b, a]), "bundle-entry"),
        ("another name", entries(&[a, ("proxy/c", b"proxy/b")]), "bundle-entry"),
        ("twice", entries(&[a, a, b]), "bundle-entry"),
        ("one more", entries(&[a, b, ("proxy/c", b"x")]), "bundle-more"),
        ("one less", entries(&[a]), "bundle-entry"),
        ("bytes behind the end", [entries(&[a, b]), b"x".to_vec()].concat(), "bundle-more"),
        ("a second bundle", [entries(&[a, b]), entries(&[a, b])].concat(), "bundle-more"),
        ("no list", tar(&[a, b]), "bundle-none"),
        ("the list later", tar(&[a, (NAME, text.as_slice()), b]), "bundle-none"),
        ("a page", b"<html>please log in</html>".repeat(80), "bundle-none"),
    ];
    for (lie, bytes, why) in table {
        let (code, message) = read(&bytes, None).expect_err(lie);
        assert!(code == Code::BundleRefused && message.contains(why), "{lie}: {message}");
    }
}

#[test]
fn headers_that_say_more_than_name_and_size_are_refused() {
    type Change<'a> = &'a dyn Fn(&mut tar::Header);
    let of = list(&["apt/a"]);
    let whole = bundle(&of, None);
    let at = whole.windows(5).rposition(|it| it == b"apt/a").expect("the content") - 512;
    let changes: [(&str, Change); 9] = [
        ("a link", &|it| it.set_entry_type(tar::EntryType::Symlink)),
        ("a hard link", &|it| it.set_entry_type(tar::EntryType::Link)),
        ("a device", &|it| it.set_entry_type(tar::EntryType::Char)),
        ("a directory", &|it| it.set_entry_type(tar::EntryType::Directory)),
        ("PAX", &|it| it.set_entry_type(tar::EntryType::XHeader)),
        ("set-uid", &|it| it.set_mode(0o4755)),
        ("an owner", &|it| it.set_uid(1000)),
        ("a time", &|it| it.set_mtime(1)),
        ("a link's name", &|it| it.set_link_name("/etc/passwd").expect("it fits")),
    ];
    for (lie, change) in changes {
        let mut bytes = whole.clone();
        let header = tar::Header::from_byte_slice(&bytes[at..at + 512]);
        let mut header = header.clone();
        change(&mut header);
        header.set_cksum();
        bytes[at..at + 512].copy_from_slice(header.as_bytes());
        assert_eq!(read(&bytes, None).map_err(|it| it.0), Err(Code::BundleRefused), "{lie}");
    }
}

#[test]
fn a_size_that_no_list_has_is_not_even_read() {
    let mut header = tar::Header::new_ustar();
    header.set_path(NAME).expect("it fits");
    header.set_mode(0o644);
    header.set_mtime(0);
    header.set_uid(0);
    header.set_gid(0);
    header.set_size(LARGEST_LIST + 1);
    header.set_cksum();
    let endless = header.as_bytes().as_slice().chain(std::io::repeat(b' '));
    let code = Sealed::open(endless, None).map(|_| ()).map_err(|it| it.code);
    assert_eq!(code, Err(Code::BundleRefused));
}
