//! What somebody chose in the guide, as the wishes of `install`, and the line that says the same without a question.

use crate::app::Options;
use crate::app::install::Wishes;
use crate::checks::go_proxy::AS_SET;
use crate::discreet::Discreet;
use crate::quoting::quoted;

/// What is chosen.
#[derive(Clone, Debug)]
pub(super) struct Choices {
    /// What `install` is asked for.
    pub wishes: Wishes,
    /// `--no-sudo`.
    pub no_sudo: bool,
    /// What was chosen before anybody chose.
    first: Box<(Wishes, bool)>,
}

impl PartialEq for Choices {
    fn eq(&self, other: &Self) -> bool {
        self.line() == other.line()
    }
}

/// A part of the work that can be left out or taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Packages,
    Profiles,
    Warm,
    Proof,
    Upgrade,
}

impl Part {
    /// All, in the order in which they are numbered.
    pub const ALL: [Self; 5] = [Self::Packages, Self::Profiles, Self::Warm, Self::Proof, Self::Upgrade];

    /// The key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Packages => "guide-part-packages",
            Self::Profiles => "guide-part-profiles",
            Self::Warm => "guide-part-warm",
            Self::Proof => "guide-part-proof",
            Self::Upgrade => "guide-part-upgrade",
        }
    }
}

impl Choices {
    /// Nothing is chosen yet.
    pub fn new(wishes: Wishes, no_sudo: bool) -> Self {
        Self { first: Box::new((wishes.clone(), no_sudo)), wishes, no_sudo }
    }

    /// As it was before anybody chose.
    pub fn before(&self) -> Self {
        Self::new(self.first.0.clone(), self.first.1)
    }

    /// Whether anything is not as it was.
    pub fn changed(&self) -> bool {
        *self != self.before()
    }

    /// The options of a session that works for these.
    pub fn options(&self, of: &Options) -> Options {
        // A container goes on with these words inside.
        let argv = self.words(|it| it.reveal().to_owned());
        Options { no_sudo: self.no_sudo, argv, ..of.clone() }
    }

    /// Whether a part is taken.
    pub const fn has(&self, part: Part) -> bool {
        match part {
            Part::Packages => !self.no_sudo,
            Part::Profiles => self.wishes.modify_path,
            Part::Warm => self.wishes.warm,
            Part::Proof => self.wishes.proof,
            Part::Upgrade => self.wishes.upgrade,
        }
    }

    /// Takes a part, or leaves it out.
    pub const fn turn(&mut self, part: Part) {
        match part {
            Part::Packages => self.no_sudo = !self.no_sudo,
            Part::Profiles => self.wishes.modify_path = !self.wishes.modify_path,
            Part::Warm => self.wishes.warm = !self.wishes.warm,
            Part::Proof => self.wishes.proof = !self.wishes.proof,
            Part::Upgrade => self.wishes.upgrade = !self.wishes.upgrade,
        }
    }

    /// The line that does the same without a question. A secret in it is not shown.
    pub fn line(&self) -> String {
        let words: Vec<String> = self.words(ToString::to_string).iter().map(|it| quoted(it)).collect();
        words.join(" ")
    }

    fn words(&self, said: fn(&Discreet) -> String) -> Vec<String> {
        let Wishes { versions, goproxy, go_mirrors, as_set, .. } = &self.wishes;
        let mut words: Vec<String> = vec!["fyne-setup".into(), "install".into()];
        let mut valued = |name: &str, value: Option<String>| {
            words.extend(value.into_iter().flat_map(|it| [name.to_owned(), it]));
        };
        valued("--go", versions.go.map(|it| it.to_string()));
        valued("--fyne", versions.fyne.as_ref().map(ToString::to_string));
        let as_set = as_set.then(|| AS_SET.to_owned());
        valued("--goproxy", goproxy.as_ref().map(said).or(as_set));
        for mirror in go_mirrors {
            valued("--go-mirror", Some(said(mirror)));
        }
        let flags = [
            ("--no-sudo", self.no_sudo),
            ("--no-modify-path", !self.wishes.modify_path),
            ("--no-warm", !self.wishes.warm),
            ("--no-proof", !self.wishes.proof),
            ("--upgrade", self.wishes.upgrade),
        ];
        words.extend(flags.into_iter().filter(|it| it.1).map(|it| it.0.to_owned()));
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture;

    fn choices() -> Choices {
        Choices::new(Wishes { proof: true, warm: true, modify_path: true, ..Wishes::default() }, false)
    }

    #[test]
    fn each_choice_is_an_option_of_install() {
        let mut it = choices();
        assert_eq!((it.line().as_str(), it.changed()), ("fyne-setup install", false));
        for (part, line) in Part::ALL.into_iter().zip([
            "fyne-setup install --no-sudo",
            "fyne-setup install --no-sudo --no-modify-path",
            "fyne-setup install --no-sudo --no-modify-path --no-warm",
            "fyne-setup install --no-sudo --no-modify-path --no-warm --no-proof",
            "fyne-setup install --no-sudo --no-modify-path --no-warm --no-proof --upgrade",
        ]) {
            let before = it.has(part);
            it.turn(part);
            assert_eq!((it.line().as_str(), it.has(part)), (line, !before));
        }
        assert!(it.changed() && it.options(&Options::default()).no_sudo);
        assert!(!it.before().changed());
    }

    #[test]
    fn versions_and_sources_are_in_the_line_and_a_secret_is_not() {
        let mut it = choices();
        it.wishes.versions.go = Some(fixture::version("1.26.11"));
        it.wishes.goproxy = Some("https://ann:secret@proxy.example".into());
        let line = it.line();
        assert!(line.starts_with("fyne-setup install --go 1.26.11 --goproxy "), "{line}");
        assert!(!line.contains("secret"), "{line}");
    }
}
