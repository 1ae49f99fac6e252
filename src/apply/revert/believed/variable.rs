//! Whether a value of the registry may come back: one of the user's own variables, the one that its action names, and what
//! that action led away from.

use super::Judge;
use super::names::is_setting_of_go;
use crate::action::{Action, VariableChange};
use crate::path_style::PathStyle;
use crate::registry::edit::with_front;
use crate::registry::{RegistryKey, RegistryValue};
use crate::text::Text;

impl Judge<'_> {
    pub(super) fn variable(
        &self,
        (key, name): (&RegistryKey, &str),
        was: Option<&RegistryValue>,
        wrote: Option<&RegistryValue>,
    ) -> Result<(), Text> {
        let place = format!(r"{key}\{name}");
        let Action::SetVariable { key: own, name: named, change } = self.action else {
            return Err(text!("journal-why-path", path = place, what = self.what()));
        };
        let users = RegistryKey::user_environment();
        if !(key.is(&users) && own.is(&users) && name.eq_ignore_ascii_case(named)) {
            return Err(text!("journal-why-path", path = place, what = self.what()));
        }
        let leads = match change {
            VariableChange::Remove => {
                wrote.is_none()
                    && is_setting_of_go(&PathStyle::Windows.variable(name))
                    && was.is_some_and(|it| it.kind.is_text())
            }
            // What we make of the old value is the new one, to the byte; and what goes with it is nothing of the system's.
            VariableChange::Front { dirs } => {
                let style = PathStyle::Windows;
                // A Go may lie anywhere, but not where Windows itself is.
                let system = self.look.env().get("SYSTEMROOT").map_or("C:/Windows", String::as_str);
                let may = |dir: &std::path::PathBuf| style.is_absolute(dir) && !style.is_below(dir, system);
                name.eq_ignore_ascii_case("PATH")
                    && dirs.iter().all(may)
                    && wrote.is_some()
                    && with_front(was, dirs).ok().as_ref() == wrote
            }
        };
        if leads { Ok(()) } else { Err(text!("journal-why-bytes", path = place, what = self.what())) }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::journal::undo::Undo;
    use crate::places::Places;
    use crate::system::fake::Machine;

    fn path(name: &str, dirs: &[&str]) -> Action {
        let dirs = dirs.iter().map(Into::into).collect();
        let key = RegistryKey::user_environment();
        Action::SetVariable { key, name: name.into(), change: VariableChange::Front { dirs } }
    }

    #[test]
    fn of_the_cli_on_windows_the_program_with_its_ending_goes_and_nothing_beside_it() {
        let machine = Machine::windows().file("C:/Users/Ann/go/bin/other", "");
        let places = Places::windows(Path::new("C:/Users/Ann/AppData/Local"), Path::new("C:/Users/Ann/R"));
        let (module, bin) = ("m@v1".into(), "C:/Users/Ann/go/bin".into());
        let action = Action::InstallCli { module, bin, cgo: false };
        let home = Some("C:/Users/Ann".into());
        let judge = Judge { look: &machine, places: &places, action: &action, prefix: None, home };
        let goes = |path: &str| judge.undo(&Undo::RemoveFile { path: path.into(), wrote: None }).is_ok();
        assert!(goes("C:/Users/Ann/go/bin/fyne.exe"));
        for other in ["C:/Users/Ann/go/bin/fyne", "C:/Users/Ann/go/bin/go.exe", "/Users/Ann/go/bin/fyne.exe"]
        {
            assert!(!goes(other), "{other}");
        }
    }

    #[test]
    fn only_the_users_own_variable_of_the_action_comes_back_and_only_as_it_was() {
        let machine = Machine::windows();
        let local = Path::new("C:/Users/Ann/AppData/Local");
        let places = Places::windows(local, Path::new("C:/Users/Ann/AppData/Roaming"));
        let users = RegistryKey::user_environment();
        let told =
            |action: &Action, key: &RegistryKey, name: &str, was: Option<&str>, wrote: Option<&str>| {
                let judge = Judge {
                    look: &machine,
                    places: &places,
                    action,
                    prefix: None,
                    home: Some("C:/Users/Ann".into()),
                };
                let value = |it: Option<&str>| it.map(RegistryValue::expand_sz);
                judge.variable((key, name), value(was).as_ref(), value(wrote).as_ref()).is_ok()
            };
        let go = path("Path", &["C:/Users/Ann/go/bin"]);
        let (was, wrote) = (Some(r"C:\a"), Some(r"C:\Users\Ann\go\bin;C:\a"));
        assert!(told(&go, &users, "PATH", was, wrote));
        let machines = RegistryKey::machine_environment();
        let other = RegistryKey::current_user(r"Software\Microsoft\Windows\CurrentVersion\Run");
        for key in [&machines, &other, &users.clone().in_view32()] {
            assert!(!told(&go, key, "Path", was, wrote), "{key}");
        }
        assert!(!told(&go, &users, "PATHEXT", was, wrote), "another variable");
        assert!(!told(&go, &users, "Path", Some(r"C:\evil;C:\a"), wrote), "more than was taken away");
        assert!(!told(&go, &users, "Path", was, None));
        let foreign = path("Path", &["C:/Windows"]);
        assert!(!told(&foreign, &users, "Path", Some(""), Some(r"C:\Windows")), "the system's own entry");
        let relative = path("Path", &["x"]);
        assert!(!told(&relative, &users, "Path", Some(""), Some("x")), "no place");
        let elsewhere = path("Path", &["D:/Go/bin"]);
        assert!(told(&elsewhere, &users, "Path", Some(""), Some(r"D:\Go\bin")), "a Go may lie anywhere");
        let named = path("ComSpec", &["C:/Users/Ann/x"]);
        assert!(
            !told(&named, &users, "ComSpec", Some("y"), Some(r"C:\Users\Ann\x;y")),
            "no list of directories"
        );
        let remove = |name: &str| {
            let (key, name) = (users.clone(), name.to_owned());
            Action::SetVariable { key, name, change: VariableChange::Remove }
        };
        assert!(told(&remove("GoFlags"), &users, "GOFLAGS", Some("-mod=vendor"), None));
        assert!(!told(&remove("GOFLAGS"), &users, "GOFLAGS", Some("x"), Some("y")));
        for name in ["Path", "ComSpec", "PSModulePath", "PATHEXT", "TEMP", "USERPROFILE"] {
            assert!(!told(&remove(name), &users, name, Some("x"), None), "{name}");
        }
        let profile = Action::EditProfile { file: "C:/Users/Ann/.profile".into() };
        assert!(!told(&profile, &users, "GOFLAGS", Some("x"), None));
    }
}
