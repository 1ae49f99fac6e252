//! PATH in a value of the registry, edited entry by entry: what is not ours stays as it is written, with its quotes and its
//! `%VAR%`, and the type stays what it was. Pure.

use std::path::{Path, PathBuf};

use super::{RegistryKind, RegistryValue};
use crate::path_style::PathStyle;

/// The most UTF-16 units that a variable holds.
pub const LONGEST: usize = 32_767;

/// What is longer than this, some programs cut off.
pub const COMFORTABLE: usize = 2_047;

const STYLE: PathStyle = PathStyle::Windows;

/// Why a value cannot be edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It would have so many UTF-16 units.
    TooLong(usize),
    /// It is no text.
    NoText,
}

/// The list with these directories in front, each once. One that is as it should be stays byte for byte.
pub fn with_front(was: Option<&RegistryValue>, dirs: &[PathBuf]) -> Result<RegistryValue, Refused> {
    let text = match was {
        Some(value) => value.text().ok_or(Refused::NoText)?,
        None => String::new(),
    };
    let ours: Vec<String> = dirs.iter().map(|it| STYLE.join_list(&[it])).collect();
    let rest = without(&text, dirs);
    let entries = ours.iter().map(String::as_str).chain(Some(rest.as_str()).filter(|it| !it.is_empty()));
    let after = entries.collect::<Vec<_>>().join(";");
    let length = units(&after);
    match was {
        Some(value) if after == text => Ok(value.clone()),
        _ if length > LONGEST => Err(Refused::TooLong(length)),
        Some(value) => Ok(RegistryValue::of_text(value.kind, &after)),
        // Only what holds a variable has to be expanded.
        None if after.contains('%') => Ok(RegistryValue::of_text(RegistryKind::ExpandSz, &after)),
        None => Ok(RegistryValue::sz(&after)),
    }
}

/// What somebody else made of a value that we wrote, without what we put into it. `None` where that cannot be told.
pub fn taken_out(
    now: &RegistryValue,
    was: Option<&RegistryValue>,
    wrote: &RegistryValue,
) -> Option<RegistryValue> {
    let text = now.text()?;
    let old = was.map_or(Some(String::new()), RegistryValue::text)?;
    let old: Vec<PathBuf> = STYLE.list(&old);
    let new = |it: &PathBuf| !old.iter().any(|old| STYLE.same(old, it));
    let ours: Vec<PathBuf> = STYLE.list(&wrote.text()?).into_iter().filter(new).collect();
    Some(RegistryValue::of_text(now.kind, &without(&text, &ours)))
}

/// How many UTF-16 units a text has.
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// A list without the entries that are one of these directories.
fn without<P: AsRef<Path>>(list: &str, dirs: &[P]) -> String {
    let is_one = |entry: &&str| {
        let path = STYLE.entry(entry);
        !path.as_os_str().is_empty() && dirs.iter().any(|it| STYLE.same(it, &path))
    };
    let entries: Vec<&str> = STYLE.entries(list).into_iter().filter(|it| !is_one(it)).collect();
    entries.join(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front(was: Option<&RegistryValue>) -> Result<RegistryValue, Refused> {
        with_front(was, &["C:/ours/bin".into(), "C:/go;x".into()])
    }

    #[test]
    fn a_path_is_edited_entry_by_entry_and_keeps_its_type() {
        let rows = [
            (RegistryValue::sz(r"C:\a"), RegistryValue::sz(r#"C:\ours\bin;"C:\go;x";C:\a"#)),
            (
                RegistryValue::expand_sz(r#"%USERPROFILE%\x;;"C:\b c";c:\OURS\bin\;"#),
                RegistryValue::expand_sz(r#"C:\ours\bin;"C:\go;x";%USERPROFILE%\x;;"C:\b c";"#),
            ),
            (RegistryValue::expand_sz(""), RegistryValue::expand_sz(r#"C:\ours\bin;"C:\go;x""#)),
        ];
        for (was, after) in rows {
            assert_eq!(front(Some(&was)), Ok(after.clone()));
            assert_eq!(front(Some(&after)), Ok(after), "twice is once");
        }
        assert_eq!(front(None), Ok(RegistryValue::sz(r#"C:\ours\bin;"C:\go;x""#)));
        let variable = with_front(None, &["%X%/bin".into()]);
        assert_eq!(variable, Ok(RegistryValue::expand_sz(r"%X%\bin")));
        assert_eq!(front(Some(&RegistryValue::dword(1))), Err(Refused::NoText));
        let bare =
            RegistryValue { data: RegistryValue::sz(r"C:\x").data[..8].to_vec(), ..RegistryValue::sz("") };
        assert_eq!(with_front(Some(&bare), &["C:/x".into()]), Ok(bare), "without an end, and left so");
    }

    #[test]
    fn what_no_variable_holds_is_refused() {
        let long = |count: usize| RegistryValue::sz(&"李".repeat(count));
        let ours = units(r#"C:\ours\bin;"C:\go;x";"#);
        assert!(front(Some(&long(LONGEST - ours))).is_ok());
        assert_eq!(front(Some(&long(LONGEST - ours + 1))), Err(Refused::TooLong(LONGEST + 1)));
    }

    #[test]
    fn what_others_added_stays_when_ours_goes() {
        let was = RegistryValue::expand_sz(r"%X%;C:\a");
        let wrote = front(Some(&was)).expect("short");
        let now = RegistryValue::expand_sz(r#"C:\theirs;C:\ours\bin;"C:\go;x";%X%;C:\a"#);
        assert_eq!(
            taken_out(&now, Some(&was), &wrote),
            Some(RegistryValue::expand_sz(r"C:\theirs;%X%;C:\a"))
        );
        assert_eq!(taken_out(&RegistryValue::dword(1), Some(&was), &wrote), None);
        let had = RegistryValue::sz(r"C:\a;C:\ours\bin");
        let wrote = front(Some(&had)).expect("short");
        let kept = taken_out(&wrote, Some(&had), &wrote).and_then(|it| it.text());
        assert_eq!(kept.as_deref(), Some(r"C:\ours\bin;C:\a"), "what was there before is not ours");
    }
}
