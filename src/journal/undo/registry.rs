//! A value of the registry is put back.

use std::path::PathBuf;

use super::reverted::{Reverted, UndoContext};
use crate::digest::Digest;
use crate::disk_error::DiskError;
use crate::fact::Fact;
use crate::registry::edit::taken_out;
use crate::system::{RegistryKey, RegistryValue};

/// Puts a value back. Safe to repeat, and where the act never ran.
pub(super) fn revert(
    context: &UndoContext<'_>,
    (key, name): (&RegistryKey, &str),
    was: Option<&RegistryValue>,
    wrote: Option<&RegistryValue>,
) -> Result<Reverted, DiskError> {
    let at = PathBuf::from(format!(r"{key}\{name}"));
    let now = match context.look.registry(key) {
        Fact::Here(it) => it.named(name).map(|it| it.1.clone()),
        Fact::Absent => None,
        Fact::Unknown(why) => return Err(DiskError::because(at, why)),
    };
    let set = |value: Option<&RegistryValue>| context.disk.set_registry(key, name, value);
    if now.as_ref() == was {
        return Ok(Reverted::Yes);
    }
    if now.as_ref() == wrote {
        return set(was).map(|()| Reverted::Yes);
    }
    // Of a list our entries can be told from theirs; one that somebody took away has none.
    let merged = match (&now, wrote) {
        (Some(now), Some(wrote)) => taken_out(now, was, wrote),
        _ => None,
    };
    if let Some(merged) = merged {
        // A value that was not there before, and of which nothing is left, goes.
        let empty = was.is_none() && merged.text().is_some_and(|it| it.is_empty());
        if empty {
            set(None)?;
        } else if now.as_ref().and_then(RegistryValue::text) != merged.text() {
            set(Some(&merged))?;
        }
        return Ok(Reverted::Merged(at));
    }
    let Some(copies) = context.copies else { return Ok(Reverted::ChangedByOthers(at)) };
    let bytes = serde_json::to_vec(&now).unwrap_or_default();
    let digest = Digest::of(&bytes).to_string();
    let copy = copies.join(format!("{}-variable.json", &digest[..12]));
    context.disk.make_dir(copies, 0o700)?;
    context.disk.write(&copy, &bytes, Some(0o600))?;
    set(was)?;
    Ok(Reverted::Copied(at, copy))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::registry::edit::with_front;
    use crate::system::Look;
    use crate::system::fake::{Living, Machine};

    /// What it is now, what it was, what it is afterwards, and what is said of it.
    type Row<'a> =
        (Option<&'a RegistryValue>, Option<&'a RegistryValue>, Option<RegistryValue>, &'static str);

    #[test]
    fn a_value_comes_back_with_its_type_unless_somebody_else_changed_it() {
        let key = RegistryKey::user_environment();
        let was = RegistryValue::expand_sz(r"%X%\bin");
        let wrote = with_front(Some(&was), &["C:/ours".into()]).expect("short");
        let theirs = RegistryValue::expand_sz(r"D:\x;C:\ours;%X%\bin");
        let number = RegistryValue::dword(1);
        let retyped = RegistryValue::expand_sz(r"C:\ours");
        let rows: [Row; 7] = [
            (Some(&retyped), None, None, "Merged"),
            (Some(&wrote), Some(&was), Some(was.clone()), "Yes"),
            (Some(&wrote), None, None, "Yes"),
            (Some(&was), Some(&was), Some(was.clone()), "Yes"),
            (Some(&theirs), Some(&was), Some(RegistryValue::expand_sz(r"D:\x;%X%\bin")), "Merged"),
            (Some(&number), Some(&was), Some(number.clone()), "ChangedByOthers"),
            (None, Some(&was), None, "ChangedByOthers"),
        ];
        for (now, was, after, came) in rows {
            let machine = Living::new(Machine::windows());
            for _ in 0..2 {
                machine.change(|it| {
                    it.registry.clear();
                    it.registry.insert(
                        key.clone(),
                        now.map(|it| ("Path".to_owned(), it.clone())).into_iter().collect(),
                    );
                });
                let context =
                    UndoContext { look: &machine, disk: &machine, backups: Path::new("/b"), copies: None };
                let said = revert(&context, (&key, "PATH"), was, Some(&wrote)).expect("writable");
                assert!(format!("{said:?}").starts_with(came), "{said:?} for {now:?}");
            }
            let values = machine.registry(&key).into_here().map(|it| it.values).unwrap_or_default();
            assert_eq!(values.get("Path"), after.as_ref(), "{now:?}");
        }
    }

    #[test]
    fn with_force_a_copy_of_what_others_wrote_is_kept() {
        let key = RegistryKey::user_environment();
        let machine = Living::new(
            Machine::windows()
                .in_registry(r"HKCU\Environment", "GOFLAGS", RegistryValue::sz("theirs"))
                .file("/c/x", ""),
        );
        let copies = Some(Path::new("/c"));
        let context = UndoContext { look: &machine, disk: &machine, backups: Path::new("/b"), copies };
        let was = RegistryValue::sz("-mod=vendor");
        let Ok(Reverted::Copied(_, copy)) = revert(&context, (&key, "GOFLAGS"), Some(&was), None) else {
            panic!("copied");
        };
        assert_eq!(machine.text(copy).as_deref(), Some(r#"{"kind":"sz","text":"theirs"}"#));
        assert_eq!(machine.registry(&key).into_here().expect("there").values["GOFLAGS"], was);
    }
}
