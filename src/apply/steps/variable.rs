//! One value of the user's own variables in Windows' registry. Never `setx`, which cuts values off and forgets their types.

use super::{Prepared, StepContext};
use crate::action::VariableChange;
use crate::fact::Fact;
use crate::failure::{Code, Failure};
use crate::journal::undo::Undo;
use crate::registry::edit::{COMFORTABLE, LONGEST, Refused, units, with_front};
use crate::registry::{RegistryKey, RegistryValue};

/// Prepares the change.
pub fn set<'s>(
    site: &'s StepContext<'s>,
    key: &'s RegistryKey,
    name: &str,
    change: &VariableChange,
) -> Result<Prepared<'s>, Failure> {
    if !key.is(&RegistryKey::user_environment()) {
        return Err(Failure::new(Code::DiskNotOurs, text!("apply-registry-not-ours", key = key.to_string())));
    }
    let entries = match site.system.look.registry(key) {
        Fact::Here(it) => it,
        Fact::Absent => <_>::default(),
        Fact::Unknown(why) => {
            let text = text!("apply-registry-unreadable", key = key.to_string(), why = why);
            return Err(Failure::new(Code::DiskDenied, text).hint(text!("failure-disk-denied-hint")));
        }
    };
    // A value that is there keeps the letters of its name.
    let there = entries.named(name);
    let (name, was) =
        there.map_or_else(|| (name.to_owned(), None), |(name, it)| (name.clone(), Some(it.clone())));
    let wrote = match change {
        VariableChange::Remove => None,
        VariableChange::Front { dirs } => {
            Some(with_front(was.as_ref(), dirs).map_err(|it| refused(&name, &it))?)
        }
    };
    if was == wrote {
        return Ok(Prepared::new(Vec::new(), || Ok(())));
    }
    if let Some(length) = wrote.as_ref().and_then(RegistryValue::text).map(|it| units(&it))
        && length > COMFORTABLE
    {
        site.events.note(&text!("apply-variable-long", name = &name, length = length, most = COMFORTABLE));
    }
    let undo = Undo::Registry { key: key.clone(), name: name.clone(), was, wrote: wrote.clone() };
    let disk = site.system.disk;
    Ok(Prepared::new(vec![undo], move || Ok(disk.set_registry(key, &name, wrote.as_ref())?)))
}

fn refused(name: &str, why: &Refused) -> Failure {
    let text = match why {
        Refused::TooLong(length) => {
            text!("apply-variable-too-long", name = name, length = *length, most = LONGEST)
        }
        Refused::NoText => text!("apply-variable-no-text", name = name),
    };
    Failure::new(Code::VariableUnfit, text).hint(text!("apply-variable-hint", name = name))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::action::Action;
    use crate::apply::stand::Stand;
    use crate::system::Look;
    use crate::system::fake::{Machine, Scripted};

    fn path(dirs: &[&str]) -> Action {
        let dirs: Vec<PathBuf> = dirs.iter().map(Into::into).collect();
        let key = RegistryKey::user_environment();
        Action::SetVariable { key, name: "Path".into(), change: VariableChange::Front { dirs } }
    }

    fn stand(values: &[(&str, RegistryValue)]) -> Stand {
        let machine = Machine::windows().file("C:/Users/Ann/x", "");
        Stand::new(
            values
                .iter()
                .fold(machine, |it, (name, value)| it.in_registry(r"HKCU\Environment", name, value.clone())),
        )
    }

    fn value(stand: &Stand, name: &str) -> Option<RegistryValue> {
        let key = RegistryKey::user_environment();
        stand.living.registry(&key).into_here()?.values.get(name).cloned()
    }

    #[test]
    fn variables_of_the_registry_are_set_and_taken_back_to_the_byte() {
        let was = RegistryValue::expand_sz(r"%USERPROFILE%\bin;C:\x");
        let flags = RegistryValue::sz("-mod=vendor");
        let stand = stand(&[("PATH", was.clone()), ("GoFlags", flags.clone())]);
        let children = Scripted::on(&stand.living);
        let key = RegistryKey::user_environment();
        let remove = Action::SetVariable { key, name: "GOFLAGS".into(), change: VariableChange::Remove };
        stand.perform(&children, path(&["C:/Users/Ann/go/bin"])).expect("done");
        stand.perform(&children, remove.clone()).expect("done");
        let after = RegistryValue::expand_sz(r"C:\Users\Ann\go\bin;%USERPROFILE%\bin;C:\x");
        assert_eq!((value(&stand, "PATH"), value(&stand, "GoFlags")), (Some(after), None));
        let calls = stand.living.calls().len();
        stand.perform(&children, remove).expect("nothing to do");
        let set = |it: &String| it.starts_with("set_registry");
        assert!(!stand.living.calls()[calls..].iter().any(set), "what is so is not written");
        for taken in stand.take_back(&children) {
            assert!(taken.whole(), "{taken:?}");
        }
        assert_eq!((value(&stand, "PATH"), value(&stand, "GoFlags")), (Some(was), Some(flags)));
    }

    #[test]
    fn what_no_variable_holds_is_refused_and_what_is_long_is_said() {
        let long = |count: usize| RegistryValue::sz(&"x".repeat(count));
        let one = stand(&[("Path", long(LONGEST))]);
        let children = Scripted::on(&one.living);
        assert_eq!(one.perform(&children, path(&["C:/go"])), Err(Code::VariableUnfit));
        assert_eq!(value(&one, "Path"), Some(long(LONGEST)));
        for (count, said) in [(COMFORTABLE - 6, false), (COMFORTABLE - 5, true)] {
            let stand = stand(&[("Path", long(count))]);
            stand.perform(&Scripted::on(&stand.living), path(&["C:/go"])).expect("done");
            assert_eq!(
                stand.noted.lock().expect("quiet").contains(&"apply-variable-long".to_owned()),
                said,
                "{count}"
            );
        }
        let number = stand(&[("Path", RegistryValue::dword(1))]);
        assert_eq!(number.perform(&Scripted::on(&number.living), path(&["C:/go"])), Err(Code::VariableUnfit));
    }

    #[test]
    fn only_the_users_own_variables_are_changed() {
        let stand = stand(&[]);
        let children = Scripted::on(&stand.living);
        let run = RegistryKey::current_user(r"Software\Microsoft\Windows\CurrentVersion\Run");
        for key in [run, RegistryKey::machine_environment()] {
            let change = VariableChange::Front { dirs: vec!["C:/go".into()] };
            let action = Action::SetVariable { key, name: "Path".into(), change };
            assert_eq!(stand.perform(&children, action), Err(Code::DiskNotOurs));
        }
        assert!(!stand.living.calls().iter().any(|it| it.starts_with("set_registry")));
    }
}
