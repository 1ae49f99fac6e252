//! The guide with answers from a list, on a machine in memory.

use std::sync::Mutex;

use super::*;
use crate::action::{Action, Step};
use crate::app::mirrors::source::ModuleSource;
use crate::app::stand::{Person, in_session};
use crate::apply::stand::Stand;
use crate::checks::fixture;
use crate::system::fake::Machine;

/// Answers from a list, and what was shown.
#[derive(Default)]
struct Typed {
    answers: Mutex<Vec<&'static str>>,
    shown: Mutex<String>,
}

impl Typed {
    fn of(answers: &[&'static str]) -> Self {
        Self { answers: Mutex::new(answers.iter().rev().copied().collect()), ..Self::default() }
    }

    fn all(&self) -> String {
        self.shown.lock().expect("no test panics in it").clone()
    }
}

impl Prompts for Typed {
    fn show(&self, page: &Page) {
        self.shown.lock().expect("no test panics in it").push_str(&page.plain());
    }

    fn ask(&self, question: &Text) -> Option<String> {
        self.show(&Page::of_text(&question.key));
        self.answers.lock().expect("no test panics in it").pop().map(str::to_owned)
    }

    fn report(&self, _report: &Report) {}

    fn picture(&self, _png: &[u8]) {}
}

fn on<T>(machine: Machine, work: impl FnOnce(&Session) -> T) -> T {
    in_session(
        &Stand::new(machine),
        crate::app::Options::default(),
        &Person { can_ask: true, ..Person::default() },
        work,
    )
}

fn seen() -> (Seen, Plan) {
    let (facts, want) = (fixture::bare(), fixture::want());
    let known = crate::manifest::Knowledge::embedded();
    let findings = crate::checks::judge(&facts, &want, &known, &[]);
    let seen = Seen { facts, want, known, findings, source: ModuleSource::AsSet };
    let plan = crate::plan::make(&seen.findings, &seen.facts, &seen.want, &seen.known, Scope::Install);
    (seen, plan)
}

fn choices() -> Choices {
    let wishes = Wishes { proof: true, warm: true, modify_path: true, ..Wishes::default() };
    Choices::new(wishes, false)
}

/// What the plan's question comes to with these answers, and all that was shown.
fn answered(answers: &[&'static str]) -> (Asked, String) {
    let (seen, plan) = seen();
    let typed = Typed::of(answers);
    let asked = on(Machine::linux(), |session| asked(session, &typed, &seen, &plan, &choices()));
    (asked, typed.all())
}

#[test]
fn enter_is_yes_and_nobody_there_is_no() {
    for (answers, yes) in [
        (&[""][..], true),
        (&["Y"], true),
        (&["是"], true),
        (&["n"], false),
        (&["否"], false),
        (&[], false),
        (&["what?", "yes"], true),
        (&["\u{1b}[A", "n"], false),
    ] {
        assert_eq!(matches!(answered(answers).0, Asked::Yes), yes, "{answers:?}");
    }
    assert!(answered(&["x", "y"]).1.contains("Type y, n, e or c"), "what can be typed is said");
}

#[test]
fn explain_gives_the_reason_of_each_step_and_asks_again() {
    let (asked, shown) = answered(&["e", "n"]);
    assert!(matches!(asked, Asked::No));
    for reason in
        ["Fyne draws through OpenGL", "Only a window that was seen", "because of", "fyne-setup explain"]
    {
        assert!(shown.contains(reason), "{reason}: {shown}");
    }
    assert_eq!(shown.matches("guide-question").count(), 2);
}

#[test]
fn what_is_chosen_is_planned_anew_and_nothing_chosen_is_the_same_plan() {
    let chosen = |answers: &[&'static str]| match answered(answers).0 {
        Asked::Again(it) => it.line(),
        Asked::Yes => "yes".to_owned(),
        Asked::No => "no".to_owned(),
    };
    assert_eq!(chosen(&["c", "3", "4", ""]), "fyne-setup install --no-warm --no-proof");
    assert_eq!(chosen(&["c", "g", "2", ""]), "fyne-setup install --go 1.26.11");
    assert_eq!(chosen(&["c", "g", "1.26.11", "b"]), "fyne-setup install --go 1.26.11");
    assert_eq!(chosen(&["c", "f", "nonsense", "2.7.4", ""]), "fyne-setup install --fyne 2.7.4");
    let list = "https://proxy.example,direct";
    assert_eq!(
        chosen(&["c", "m", "not a list://", list, ""]),
        format!("fyne-setup install --goproxy {list}")
    );
    assert_eq!(chosen(&["c", "m", "0", ""]), "fyne-setup install --goproxy default");
    assert_eq!(
        chosen(&["c", "m", "0", "m", list, ""]),
        format!("fyne-setup install --goproxy {list}"),
        "a list is said instead"
    );
    assert_eq!(chosen(&["c", "3", "3", "", "y"]), "yes", "it is as it was");
    assert_eq!(chosen(&["c", "n"]), "no");
    assert_eq!(chosen(&["c"]), "no", "nobody answers any more");
    assert_eq!(chosen(&["c", "9", "", "y"]), "yes");
    let shown = answered(&["c", "a", "n"]).1;
    assert!(shown.contains("fyne-setup install --system"), "{shown}");
}

#[test]
fn only_the_plan_that_was_shown_is_agreed_to() {
    let (seen, plan) = seen();
    on(Machine::linux(), |session| {
        let to = run::whole(session, &plan, &seen, &course());
        let agreed = Agreed { audience: session.audience, to };
        assert!(agreed.consent(&run::whole(session, &plan, &seen, &course())).is_ok());
        let mut other = plan.clone();
        let set = Action::SetGoEnv { file: "/root/x".into(), key: "GOFLAGS".into(), value: None };
        let last = plan.steps.last().expect("a bare machine has a plan");
        other.steps.push(Step { id: 99, action: set, ..last.clone() });
        assert!(agreed.consent(&run::whole(session, &other, &seen, &course())).is_err(), "it is asked about");
    });
}

#[test]
fn a_first_program_goes_where_nothing_is_and_no_leaves_what_to_type() {
    let machine = Machine::linux().file("/root/hello-fyne/main.go", "package main\n");
    on(machine, |session| {
        assert_eq!(free_dir(session), Some("/root/hello-fyne-2".into()));
        let typed = Typed::of(&["n"]);
        let report = first_program(session, &typed, &choices()).expect("nothing is done");
        let said = report.page.plain();
        assert!(report.exit == Exit::Done && said.contains("fyne-setup new hello"), "{said}");
        for answers in [&["~/hello-fyne", ""][..], &["~/hello-fyne", "~/hello-fyne/main.go", "n"]] {
            let typed = Typed::of(answers);
            let report = first_program(session, &typed, &choices()).expect("nothing is done");
            assert!(report.page.plain().contains("fyne-setup new hello"), "{answers:?}");
            let (refused, again) = (answers.len() - 1, typed.all());
            assert_eq!(again.matches("is not an empty directory").count(), refused, "{again}");
            assert_eq!(again.matches("guide-first-program-again").count(), refused, "{again}");
        }
        let typed = Typed::of(&["~/hello-fyne", "~/free", "n"]);
        first_program(session, &typed, &choices()).expect("nothing is done");
        assert_eq!(
            typed.all().matches("guide-first-program-question").count(),
            2,
            "what is free is asked about"
        );
    });
}
