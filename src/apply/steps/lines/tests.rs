//! Edits of real files in a home of their own, and real shells asked about what people write.

#![expect(clippy::disallowed_methods, reason = "a test looks at the disk from outside")]

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use super::*;
use crate::action::{Action, ActionKind, Plan, Scope};
use crate::apply::events::Silence;
use crate::checks::{Finding, Group, Verdict, fixture};
use crate::facts::{Facts, Host};
use crate::failure::Code;
use crate::journal::undo::{Reverted, UndoContext};
use crate::journal::{Journal, Request};
use crate::need::Need;
use crate::places::Places;
use crate::plan::make;
use crate::probe;
use crate::system::disk::RealDisk;
use crate::system::fake::FakeNet;
use crate::system::fake::real_files::{mode, set_mode, symlink};
use crate::system::real::RealLook;
use crate::system::{Child, Children, Spawn, System};

struct Nobody;

impl Children for Nobody {
    fn start(&self, _: &Spawn) -> std::io::Result<Box<dyn Child>> {
        Err(std::io::Error::other("an edit starts nothing"))
    }
}

/// A home with one profile in it, as the probe sees it.
struct Home {
    dir: tempfile::TempDir,
    look: RealLook,
    facts: Facts,
}

impl Home {
    fn with(name: &str, bytes: &[u8]) -> Self {
        let dir = tempfile::tempdir().expect("a temporary directory");
        std::fs::write(dir.path().join(name), bytes).expect("written");
        let look = RealLook::new(BTreeMap::new(), dir.path().join("scratch"));
        let home = Self { dir, look, facts: fixture::healthy() };
        home.seen()
    }

    fn seen(mut self) -> Self {
        let home = self.dir.path().to_path_buf();
        self.facts.host =
            Host { home: Fact::Here(home.clone()), shell: Fact::Here("/bin/bash".into()), ..self.facts.host };
        self.facts.ours.places = Places::linux(&home, |_| None);
        self.facts.here.files = probe::settings::probe(&self.look, &self.facts.host).files;
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn plan(&self, name: &str, faults: &[(u32, &str)]) -> Plan {
        let need = |(line, variable): &(u32, &str)| Need::FileSetting {
            file: self.path(name),
            line: *line,
            variable: (*variable).to_owned(),
        };
        let verdict = faults.iter().map(need).fold(Verdict::fail(text!("apply-interrupted")), Verdict::need);
        let finding =
            Finding { id: "go.flags".into(), group: Group::Go, verdict, blocked_by: vec![], needed: true };
        make(&[finding], &self.facts, &fixture::want(), fixture::known(), Scope::Repair)
    }

    fn plan_for(&self, need: Need) -> Plan {
        let verdict = Verdict::fail(text!("apply-interrupted")).need(need);
        let (id, blocked_by) = ("go.path".into(), vec![]);
        let finding = Finding { id, group: Group::Go, verdict, blocked_by, needed: true };
        make(&[finding], &self.facts, &fixture::want(), fixture::known(), Scope::Repair)
    }

    /// Does the plan's steps, and takes them back if that is wanted.
    fn perform(&self, plan: &Plan, back: bool) -> Result<(), Failure> {
        let (net, cancelled) = (FakeNet::down(), AtomicBool::new(false));
        let places = &self.facts.ours.places;
        std::fs::create_dir_all(&places.data).expect("made");
        let journal = Journal::new(
            &RealDisk,
            places.journal(),
            "1".into(),
            Request { command: "repair".into(), ..Request::default() },
        );
        let site = StepContext {
            system: System { look: &self.look, disk: &RealDisk, net: &net, children: &Nobody },
            places,
            plan,
            facts: &self.facts,
            known: fixture::known(),
            settings: &self.facts.here,
            events: &Silence,
            journal: &journal,
            cancelled: &cancelled,
            cache_laid: &std::sync::Mutex::default(),
        };
        let backups = places.backups();
        let undoing = UndoContext { look: &self.look, disk: &RealDisk, backups: &backups, copies: None };
        for step in &plan.steps {
            let undo = super::super::prepare(step, &site).map(|it| it.undo);
            super::super::perform(step, &site)?;
            for undo in undo?.iter().filter(|_| back) {
                let reverted = undo.revert(&undoing).expect("reverted");
                assert_eq!(reverted, Reverted::Yes);
            }
        }
        Ok(())
    }
}

type Row = (&'static str, &'static [u8], &'static [(u32, &'static str)], &'static [u8]);

const ROWS: &[Row] = &[
    (".profile", b"x=1\nexport A=1\n", &[(2, "A")], b"x=1\n# export A=1\n"),
    (
        ".profile",
        b"\xe9\xff\r\n  export A=1 B=2\r\nC=\xc3",
        &[(2, "A"), (2, "B")],
        b"\xe9\xff\r\n  # export A=1 B=2\r\nC=\xc3",
    ),
    (".profile", b"if true; then\n  export A=1\nfi", &[(2, "A")], b"if true; then\n  : # export A=1\nfi"),
    (
        ".bashrc",
        b"shopt -s extglob\ncase $x in @(a|b)) export A=1;; esac\n",
        &[(2, "A")],
        b"shopt -s extglob\ncase $x in @(a|b)) :;; esac\n",
    ),
    (".profile", b"export A=1 B=2\n. x; export A=3\n", &[(1, "A"), (2, "A")], b"export B=2\n. x\n"),
];

#[test]
fn a_profile_is_fixed_and_comes_back_byte_for_byte() {
    for (name, before, faults, after) in ROWS {
        for back in [false, true] {
            let home = Home::with(name, before);
            set_mode(home.path(name), 0o640);
            let plan = home.plan(name, faults);
            assert_eq!(plan.steps.len(), 1, "{plan:?}");
            home.perform(&plan, back).expect("done");
            let now = std::fs::read(home.path(name)).expect("there");
            let want = if back { before } else { after };
            assert_eq!(now.escape_ascii().to_string(), want.escape_ascii().to_string());
            assert_eq!(mode(home.path(name)), 0o640);
        }
    }
}

#[test]
fn carriage_returns_go_where_the_shell_reads_the_rest_and_come_back_byte_for_byte() {
    let before = b"# \xe9\r\nif true; then\r\n  export A=1\r\nfi\r\n";
    let need = |home: &Home| Need::LineEnds(home.path(".profile"));
    for back in [false, true] {
        let home = Home::with(".profile", before);
        let plan = home.plan_for(need(&home));
        assert_eq!(plan.steps.len(), 1, "{plan:?}");
        home.perform(&plan, back).expect("done");
        let now = std::fs::read(home.path(".profile")).expect("there");
        let want: &[u8] = if back { before } else { b"# \xe9\nif true; then\n  export A=1\nfi\n" };
        assert_eq!(now.escape_ascii().to_string(), want.escape_ascii().to_string());
    }
    // What the shell cannot read without them either is left alone.
    let home = Home::with(".profile", b"if true; then\r\nA=1\r\n");
    let failure = home.perform(&home.plan_for(need(&home)), false).expect_err("refused");
    assert_eq!(failure.code, Code::ProfileSyntax);
    assert_eq!(std::fs::read(home.path(".profile")).expect("there"), b"if true; then\r\nA=1\r\n");
}

#[test]
fn a_link_into_a_repository_stays_one_and_its_target_is_fixed() {
    let home = Home::with("dots", b"export A=1\n");
    symlink("dots", home.path(".profile"));
    let home = home.seen();
    home.perform(&home.plan(".profile", &[(1, "A")]), false).expect("done");
    assert_eq!(std::fs::read_link(home.path(".profile")).expect("a link"), Path::new("dots"));
    assert_eq!(std::fs::read(home.path("dots")).expect("there"), b"# export A=1\n");
}

#[test]
fn five_megabytes_are_edited_in_one_line() {
    let mut before = "# \u{9879}\u{76ee}\r\n".repeat(500_000).into_bytes();
    before.extend(b"export A=1\r\n\xff");
    let home = Home::with(".profile", &before);
    home.perform(&home.plan(".profile", &[(500_001, "A")]), false).expect("done");
    let now = std::fs::read(home.path(".profile")).expect("there");
    let at = before.len() - b"export A=1\r\n\xff".len();
    assert!(now[..at] == before[..at] && now[at..] == *b"# export A=1\r\n\xff");
}

#[test]
fn what_its_shell_cannot_read_is_left_alone_and_the_edit_is_said() {
    let before = b"export A=1\nif true; then\n";
    let home = Home::with(".profile", before);
    let failure = home.perform(&home.plan(".profile", &[(1, "A")]), false).expect_err("refused");
    assert_eq!((failure.code, failure.line), (Code::ProfileSyntax, Some(1)));
    let hint = failure.hint.expect("a hint").to_string();
    assert!(hint.contains("sed -i '1s/^/# /' /"), "{hint}");
    assert_eq!(std::fs::read(home.path(".profile")).expect("there"), before);
}

#[test]
fn what_somebody_changed_since_is_not_edited() {
    let home = Home::with(".profile", b"export A=1\n");
    let plan = home.plan(".profile", &[(1, "A")]);
    std::fs::write(home.path(".profile"), "export A=2\n").expect("written");
    assert_eq!(home.perform(&plan, false).expect_err("refused").code, Code::PremiseChanged);
    assert_eq!(std::fs::read(home.path(".profile")).expect("there"), b"export A=2\n");
}

#[test]
fn what_is_not_ours_to_write_is_not_planned() {
    let mut home = Home::with(".profile", b"export A=1\n");
    let path = home.path(".profile");
    home.facts.here.files.get_mut(&path).expect("seen").writable = false;
    let plan = home.plan(".profile", &[(1, "A")]);
    assert_eq!((plan.steps.len(), plan.unmet.len()), (0, 1));
    home.facts.ours.profiles_missing = vec![path];
    let verdict = Verdict::fail(text!("apply-interrupted")).need(Need::OnPath("/opt/x".into()));
    let finding =
        Finding { id: "go.path".into(), group: Group::Go, verdict, blocked_by: vec![], needed: true };
    let plan = make(&[finding], &home.facts, &fixture::want(), fixture::known(), Scope::Repair);
    let kinds: Vec<_> = plan.steps.iter().map(|it| it.action.kind()).collect();
    assert_eq!(kinds, [ActionKind::WriteEnvFiles]);
}

#[test]
fn an_edit_comes_before_the_block_in_the_same_file_and_alone_meets_it_as_it_was() {
    let mut home = Home::with(".profile", b"export A=1\nexport PATH=/usr/bin\n");
    home.facts.ours.profiles_missing = vec![home.path(".profile")];
    let mut plan = home.plan(".profile", &[(1, "A"), (2, "PATH")]);
    assert!(matches!(&plan.steps[..], [it] if it.premises.len() == 1));
    let needs = [
        Need::FileSetting { file: home.path(".profile"), line: 1, variable: "A".into() },
        Need::OnPath("/opt/x".into()),
    ];
    let verdict = needs.into_iter().fold(Verdict::fail(text!("apply-interrupted")), Verdict::need);
    let finding =
        Finding { id: "go.path".into(), group: Group::Go, verdict, blocked_by: vec![], needed: true };
    plan = make(&[finding], &home.facts, &fixture::want(), fixture::known(), Scope::Repair);
    let edit = plan.steps.iter().find(|it| matches!(it.action, Action::EditProfile { .. })).expect("planned");
    let first = plan.steps.iter().find(|it| matches!(it.action, Action::FixLines { .. })).expect("planned");
    assert!(edit.after.contains(&first.id) && edit.premises.is_empty() && first.premises.len() == 1);
    home.perform(&plan, false).expect("the second edit is not stopped by the first");
}

/// What people write, each a whole statement that sets A.
const STATEMENTS: &[&str] = &[
    "export A=1",
    "A=1; export A",
    "export A=1 B=2; true",
    "if true; then export A=1; fi",
    "if true; then\n  export A=1\nfi",
    "if true; then true; else\n  export A=1\nfi",
    "if true; then true; elif false; then export A=1\nfi",
    "for i in a b; do\n  export A=$i\ndone",
    "while false; do export A=1; done",
    "f() {\n  export A=1\n}",
    "f() { export A=1; }",
    "( export A=1 )",
    "(\n  export A=1\n)",
    "case $x in\n  a) export A=1 ;;\n  *) A=2\nesac",
    "case $x in\n  a)\n    export A=1\n    ;;\nesac",
    "true &&\n  export A=1",
    "true && export A=1 || true",
    "[ -d /x ] && export A=1",
    "export A=1 \\\n  B=2",
    "export A='x\n  y'",
    "export A=\"$(true)\" B=2",
    "export A=1 <<EOF\nexport A=3\nEOF",
    "{ export A=1; }",
    "{\n  export A=1\n} 2>/dev/null",
    "export A=1 # why",
    "A=1 B=2 true; A=1",
    "! export A=1",
    "export A=1 &",
    "x=$(export A=1)",
];

/// Really asks the shells of this machine: whatever they accept before, they accept after.
#[test]
fn real_shells_accept_every_edit_of_what_they_accepted() {
    use crate::shell::{Step, parse};
    let dir = tempfile::tempdir().expect("a temporary directory");
    let look = RealLook::new(BTreeMap::new(), dir.path().join("scratch"));
    let mut edited = 0;
    for (at, first) in STATEMENTS.iter().enumerate() {
        let second = STATEMENTS[(at * 7 + 3) % STATEMENTS.len()];
        for (text, name) in
            [(format!("{first}\n{second}\n"), ".profile"), (format!("if true\nthen\n{first}\nfi"), ".bashrc")]
        {
            let sets = parse(&text, Dialect::Sh).into_iter().filter_map(|it| match it {
                Step::Set { name, line, .. } if name == "A" => Some(Fault { line, variable: name }),
                _ => None,
            });
            let path = Path::new("/home/x").join(name);
            let edit = Edit {
                file: &path,
                real: &path,
                before: text.as_bytes(),
                dialect: Dialect::Sh,
                shell: Some(Path::new("/bin/sh")),
            };
            let all: Vec<Fault> = sets.collect();
            let each = all.iter().map(|it| vec![it.clone()]).chain([all.clone()]);
            for faults in each.filter(|it| !it.is_empty()) {
                let made = edit.made(&look, &faults[0], edit::forms(edit.before, edit.dialect, &faults));
                assert!(made.is_ok(), "{faults:?} in\n{text}\n{made:?}");
                edited += 1;
            }
        }
    }
    assert!(edited > 80, "{edited}");
}
