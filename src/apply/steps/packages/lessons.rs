//! What a package command that failed teaches: the commands that may take the reason away, each once in a step. Pure.

use crate::facts::Facts;
use crate::packages::{Outcome, PackageManager, Unusable};
use crate::text::Text;

/// What was learned in a step already.
#[derive(Debug, Default)]
pub(super) struct Lessons {
    /// The last refresh got through: only then may lists be thrown away.
    pub(super) reached: bool,
    refreshed: bool,
    renewed: bool,
    configured: bool,
    fixed: bool,
    disowned: bool,
}

impl Lessons {
    /// What is to be run before the command is tried again; `None` where nothing is left to try. `record` is read only where
    /// it is needed.
    pub(super) fn learn(
        &mut self,
        manager: &dyn PackageManager,
        outcome: Outcome,
        output: &str,
        record: &dyn Fn() -> String,
    ) -> Option<Vec<Vec<String>>> {
        match outcome {
            Outcome::Stale if !manager.installs_fresh() && self.refresh() => Some(vec![manager.refresh()]),
            // What the archive calls unchanged is not fetched again, however wrong it is here.
            Outcome::Stale if (self.reached || manager.installs_fresh()) && once(&mut self.renewed) => {
                Some(manager.renew())
            }
            Outcome::Interrupted if once(&mut self.configured) => Some(vec![manager.configure()?]),
            Outcome::Broken if once(&mut self.fixed) => Some(vec![manager.fix()?]),
            Outcome::Orphaned if once(&mut self.disowned) => {
                Some(manager.disown(output, &record())).filter(|it| !it.is_empty())
            }
            _ => None,
        }
    }

    /// Whether the lists may still be refreshed; then they are.
    pub(super) const fn refresh(&mut self) -> bool {
        once(&mut self.refreshed)
    }
}

const fn once(done: &mut bool) -> bool {
    !std::mem::replace(done, true)
}

/// A source that is passed over, with the line that names it.
pub(super) fn unusable(facts: &Facts, manager: &str, source: &Unusable) -> Text {
    let name = format!("{} {}", source.uri, source.suite);
    let supply = facts.native.supply.here();
    // apt spells `cdrom:[…]/` otherwise when it complains.
    let uri = |it: &str| it.replacen("cdrom://", "cdrom:", 1);
    let of =
        supply.and_then(|it| it.sources.iter().find(|it| it.describes(&uri(&source.uri), &source.suite)));
    match of {
        Some(of) => text!(
            "apply-source-unusable",
            manager = manager,
            source = name,
            file = &of.file,
            line = of.line,
            why = &source.words
        ),
        None => {
            text!("apply-source-unusable-anywhere", manager = manager, source = name, why = &source.words)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture;
    use crate::fact::Fact;
    use crate::facts::aptsources;
    use crate::facts::supply::Supply;
    use crate::packages::{self, played};

    #[test]
    fn lists_are_refreshed_and_then_fetched_anew_and_then_it_is_over() {
        for manager in packages::ALL {
            let mut lessons = Lessons::default();
            let learn = |it: &mut Lessons| it.learn(*manager, Outcome::Stale, "", &String::new);
            // One that refreshes them with each installation has nothing but the second.
            if !manager.installs_fresh() {
                assert_eq!(learn(&mut lessons), Some(vec![manager.refresh()]));
                assert_eq!(learn(&mut lessons), None, "nothing is thrown away where nobody was reached");
                lessons.reached = true;
            }
            assert_eq!(learn(&mut lessons), Some(manager.renew()), "{}", manager.name());
            assert_eq!(learn(&mut lessons), None);
            assert_eq!(lessons.learn(*manager, Outcome::Network, "", &String::new), None);
        }
    }

    #[test]
    fn an_owner_who_does_not_exist_is_taken_out_of_the_record_once() {
        let apt = packages::by_name("apt").expect("known");
        let mut lessons = Lessons::default();
        let record = || "root ssl 2755 /usr/bin/a\n".to_owned();
        let said = " unknown system group 'ssl' in statoverride file; it\n";
        let learned = lessons.learn(apt, Outcome::Orphaned, said, &record).map(|it| it[0].join(" "));
        assert_eq!(learned, Some(format!("{} /usr/bin/a", played::DISOWN)));
        assert_eq!(lessons.learn(apt, Outcome::Orphaned, said, &record), None);
    }

    #[test]
    fn a_source_that_is_passed_over_is_named_with_its_line() {
        let mut facts = fixture::healthy();
        let file = std::path::Path::new("/etc/apt/sources.list.d/acme.list");
        let sources = aptsources::parse(file, "# mine\ndeb http://acme.example/apt stable main\n");
        facts.native.supply = Fact::Here(Supply { sources, ..Supply::default() });
        let acme = |suite: &str| Unusable {
            uri: "http://acme.example/apt/".into(),
            suite: suite.into(),
            words: "is not signed".into(),
        };
        let said = unusable(&facts, "apt", &acme("stable")).to_string();
        assert!(said.contains("acme.list") && said.contains('2'), "{said}");
        assert!(!unusable(&facts, "apt", &acme("testing")).to_string().contains("acme.list"));
    }
}
