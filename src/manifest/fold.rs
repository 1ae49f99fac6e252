//! The folded manifest: one canonical text of all that is signed together, so that no part of one version can be mixed
//! with a part of another. Pure. Not here: signatures (`trust`), and which manifest is in use (`release::in_use`).
//!
//! The text is compat.toml and proven.toml, with packages.toml as `[packages]` and mirrors.toml as `[mirrors]`; keys in
//! the order of the alphabet, values before tables, LF, no comments. To add a part: a field of [`Parts`] and its reading
//! in [`super::Knowledge`].

use std::borrow::Cow;

use toml::Value;
use toml::value::Datetime;

use super::model::Manifest;
use super::read::part;
use crate::embedded::{COMPAT, PACKAGES, PROVEN};
use crate::failure::{Code, Failure};
use crate::fetch::sources;

/// The files that are folded, as texts.
#[derive(Clone, Debug)]
pub struct Parts<'a> {
    /// compat.toml
    pub compat: Cow<'a, str>,
    /// proven.toml
    pub proven: Cow<'a, str>,
    /// packages.toml
    pub packages: Cow<'a, str>,
    /// mirrors.toml
    pub mirrors: Cow<'a, str>,
}

/// What a release decides: it stands in the folded text instead of what compat.toml says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Higher than that of every manifest before.
    pub version: u64,
    /// Now, UTC.
    pub issued: Datetime,
    /// After this, a fetched copy is stale.
    pub expires: Datetime,
}

impl Parts<'static> {
    /// The parts of this program.
    pub fn embedded() -> Self {
        Self {
            compat: COMPAT.text().into(),
            proven: PROVEN.text().into(),
            packages: PACKAGES.text().into(),
            mirrors: sources::EMBEDDED.into(),
        }
    }
}

/// One text of these parts. The same parts and stamp give the same bytes. A part that does not read, or a whole that
/// [`Manifest::from_signed`] would refuse, is a failure: nothing is signed that no program would take.
pub fn fold(parts: &Parts, stamp: &Stamp) -> Result<String, Failure> {
    let mut all = part(&parts.compat, "compat.toml")?;
    all.extend(part(&parts.proven, "proven.toml")?);
    for (name, file, text) in
        [("packages", "packages.toml", &parts.packages), ("mirrors", "mirrors.toml", &parts.mirrors)]
    {
        all.insert(name.to_owned(), Value::Table(part(text, file)?));
    }
    let version = i64::try_from(stamp.version).map_err(|_| {
        Failure::new(Code::ManifestVersion, text!("manifest-version", version = stamp.version))
    })?;
    all.insert("version".to_owned(), Value::Integer(version));
    all.insert("issued".to_owned(), Value::Datetime(stamp.issued));
    all.insert("expires".to_owned(), Value::Datetime(stamp.expires));
    let text = all.to_string();
    Manifest::from_signed(&text)?;
    Ok(text)
}

#[cfg(test)]
pub mod tests {
    //! A stamp for tests of what is signed.
    use super::*;
    use crate::fetch::sources::Mirrors;
    use crate::packages::Table;

    /// A version and the 45 days that it holds for.
    pub fn stamp(version: u64) -> Stamp {
        let day = |it: &str| it.parse().expect("a date");
        Stamp { version, issued: day("2026-11-24T00:00:00Z"), expires: day("2027-01-08T00:00:00Z") }
    }

    #[test]
    fn the_folded_parts_are_the_embedded_ones_under_the_stamp_of_the_release() {
        let text = fold(&Parts::embedded(), &stamp(7)).expect("folds");
        let read = Manifest::from_signed(&text).expect("reads");
        let stamp = stamp(7);
        let want =
            Manifest { version: 7, issued: stamp.issued, expires: stamp.expires, ..Manifest::embedded() };
        assert_eq!(read.manifest, want);
        assert_eq!(read.packages, Table::embedded());
        assert_eq!(read.mirrors, Mirrors::embedded());
    }

    #[test]
    fn one_text_whatever_the_order_and_the_comments_of_the_files() {
        let text = fold(&Parts::embedded(), &stamp(7)).expect("folds");
        assert_eq!(text.parse::<toml::Table>().expect("reads").to_string(), text, "folded again");
        let compat = COMPAT.text();
        let rewritten: String =
            compat.lines().filter(|it| !it.starts_with('#')).map(|it| format!("{it}\r\n")).collect();
        let other = Parts { compat: rewritten.into(), ..Parts::embedded() };
        assert_eq!(fold(&other, &stamp(7)).expect("folds"), text);
        assert!(!text.contains('\r') && text.lines().all(|it| !it.starts_with('#')));
        assert!(fold(&Parts::embedded(), &stamp(8)).expect("folds") != text);
    }

    #[test]
    fn what_no_program_would_take_is_not_folded() {
        for parts in [
            Parts { compat: "schema = ".into(), ..Parts::embedded() },
            Parts { compat: "schema = 1".into(), ..Parts::embedded() },
            Parts { packages: "[[capability".into(), ..Parts::embedded() },
            Parts { mirrors: "archives = 1".into(), ..Parts::embedded() },
        ] {
            assert!(fold(&parts, &stamp(7)).is_err(), "{parts:?}");
        }
        assert_eq!(
            fold(&Parts::embedded(), &stamp(u64::MAX)).expect_err("too large").code,
            Code::ManifestVersion
        );
    }
}
