//! Edits of every kind of statement that people write, and of files that nobody should have.

use proptest::prelude::*;

use super::*;

/// A file, what is at fault in it, what becomes of it.
type Row = (&'static str, &'static [(u32, &'static str)], &'static str);

fn faults(list: &[(u32, &str)]) -> Vec<Fault> {
    list.iter().map(|(line, variable)| Fault { line: *line, variable: (*variable).to_owned() }).collect()
}

fn first(text: &str, dialect: Dialect, list: &[(u32, &str)]) -> String {
    match forms(text.as_bytes(), dialect, &faults(list)) {
        Ok(forms) => String::from_utf8(forms[0].clone()).expect("text in, text out"),
        Err(why) => format!("{why:?}"),
    }
}

#[test]
fn shell_lines_lose_what_is_at_fault_and_nothing_else() {
    let rows: &[Row] = &[
        ("export A=1\n", &[(1, "A")], "# export A=1\n"),
        ("x\n  export A=1", &[(2, "A")], "x\n  # export A=1"),
        ("export A=1\r\nexport B=2\r\n", &[(1, "A")], "# export A=1\r\nexport B=2\r\n"),
        ("A=1; export A # mine\n", &[(1, "A")], "# A=1; export A # mine\n"),
        ("export A=1 B=2\n", &[(1, "A")], "export B=2\n"),
        ("export A=1 B=2\n", &[(1, "B")], "export A=1\n"),
        ("export A='*' B='*'\n", &[(1, "A"), (1, "B")], "# export A='*' B='*'\n"),
        ("A=1 B=2\n", &[(1, "A")], "B=2\n"),
        ("  A=1 B=2\n", &[(1, "B")], "  A=1\n"),
        ("export A=1 B=2; foo\n", &[(1, "A"), (1, "B")], "foo\n"),
        ("foo; export A=1\n", &[(1, "A")], "foo\n"),
        ("foo; export A=1; bar\n", &[(1, "A")], "foo; bar\n"),
        ("foo && export A=1\n", &[(1, "A")], "foo && :\n"),
        ("export A=1 && foo\n", &[(1, "A")], ": && foo\n"),
        ("[ -d /x ] && export A=1\n", &[(1, "A")], "# [ -d /x ] && export A=1\n"),
        ("if [ -d x ]; then export A=1; fi\n", &[(1, "A")], "# if [ -d x ]; then export A=1; fi\n"),
        ("if [ -d x ]; then export A=1; else foo; fi\n", &[(1, "A")], "if [ -d x ]; then :; else foo; fi\n"),
        ("if foo; then export A=1; fi\n", &[(1, "A")], "if foo; then :; fi\n"),
        ("if x; then\n  export A=1\nfi\n", &[(2, "A")], "if x; then\n  : # export A=1\nfi\n"),
        (
            "if x; then\n  export A=1\n  export B=2\nfi\n",
            &[(2, "A"), (3, "B")],
            "if x; then\n  : # export A=1\n  # export B=2\nfi\n",
        ),
        ("if x; then\n  export A=1\n  y\nfi\n", &[(2, "A")], "if x; then\n  # export A=1\n  y\nfi\n"),
        ("if x\nthen y\nelse export A=1\n  z\nfi\n", &[(3, "A")], "if x\nthen y\nelse :\n  z\nfi\n"),
        ("f() {\n  export A=1\n}\n", &[(2, "A")], "f() {\n  : # export A=1\n}\n"),
        ("f() { export A=1; }\n", &[(1, "A")], "f() { :; }\n"),
        ("(\nexport A=1\n)\n", &[(2, "A")], "(\n: # export A=1\n)\n"),
        ("case $x in\na) export A=1 ;;\nesac\n", &[(2, "A")], "case $x in\na) : ;;\nesac\n"),
        ("case $x in\na)\n export A=1 ;;\nesac\n", &[(3, "A")], "case $x in\na)\n : ;;\nesac\n"),
        ("export A=1 \\\n  B=2 \\\n  C=3\nd\n", &[(2, "B")], "export A=1 \\\n \\\n  C=3\nd\n"),
        ("export A=1 \\\n  B=2\nd\n", &[(1, "A"), (2, "B")], "# export A=1 \\\n  # B=2\nd\n"),
        ("export A='x\n  y' # z\nd\n", &[(1, "A")], "# export A='x\n  # y' # z\nd\n"),
        ("export A='x\ny' B=2\n", &[(1, "A")], "export \\\n B=2\n"),
        ("export A='x\ny'; foo\n", &[(1, "A")], ": \\\n; foo\n"),
        ("export A=1 <<E\nexport B=2\nE\n", &[(1, "A")], ": <<E\nexport B=2\nE\n"),
        ("export A=1 2>/dev/null; foo\n", &[(1, "A")], ": 2>/dev/null; foo\n"),
        ("foo &&\n  export A=1\nbar\n", &[(2, "A")], "foo &&\n  :\nbar\n"),
        ("export A=1 ||\n  bar\n", &[(1, "A")], ": ||\n  bar\n"),
        ("declare -gx A=1; foo\n", &[(1, "A")], "foo\n"),
        ("path=(~/bin $path)\n", &[(1, "PATH")], "# path=(~/bin $path)\n"),
        ("export PATH=/usr/bin:/bin\n", &[(1, "PATH")], "# export PATH=/usr/bin:/bin\n"),
        ("export $X A=1\n", &[(1, "A")], "export $X\n"),
        ("foo; export A=1; export B=2\n", &[(1, "A"), (1, "B")], "foo; \n"),
        ("for i in /a/*; do . $i; done; export A=1\n", &[(1, "A")], "for i in /a/*; do . $i; done\n"),
        (
            "while read x; do\n  export A=1\ndone < f\n",
            &[(2, "A")],
            "while read x; do\n  : # export A=1\ndone < f\n",
        ),
        ("export A=1\n", &[(2, "A")], "NotThere(Fault { line: 2, variable: \"A\" })"),
        ("# export A=1\n", &[(1, "A")], "NotThere(Fault { line: 1, variable: \"A\" })"),
        ("{ export A=1\n", &[(1, "A")], "{ :\n"),
    ];
    for (text, list, want) in rows {
        assert_eq!(first(text, Dialect::Sh, list), *want, "{text:?}");
    }
}

#[test]
fn the_other_files_are_fixed_in_their_own_way() {
    type Row = (Dialect, &'static str, &'static [(u32, &'static str)], &'static str);
    let rows: &[Row] = &[
        (Dialect::Fish, "set -gx A b\n", &[(1, "A")], "# set -gx A b\n"),
        (Dialect::Fish, "if x\n  set -gx A b\nend\n", &[(2, "A")], "if x\n  # set -gx A b\nend\n"),
        (
            Dialect::Fish,
            "if test -d x; set -gx A b; end\n",
            &[(1, "A")],
            "# if test -d x; set -gx A b; end\n",
        ),
        (Dialect::Fish, "x; and set -gx A b\n", &[(1, "A")], "x; and true\n"),
        (Dialect::Fish, "foo; set -gx A b; bar\n", &[(1, "A")], "foo; bar\n"),
        (Dialect::Fish, "x\nand set -gx A b\ny\n", &[(2, "A")], "x\nand true\ny\n"),
        (Dialect::Fish, "set -gx A 'b\nc'; x\n", &[(1, "A")], "true \\\n; x\n"),
        (Dialect::Fish, "fish_add_path /x\n", &[(1, "PATH")], "# fish_add_path /x\n"),
        (Dialect::FishVariables, "# V\nSETUVAR --export A:b\n", &[(2, "A")], "# V\n# SETUVAR --export A:b\n"),
        (Dialect::Pam, "PATH=x\nGOFLAGS=-mod vendor\n", &[(2, "GOFLAGS")], "PATH=x\n# GOFLAGS=-mod vendor\n"),
        (Dialect::Pam, "A=b\\\nc\nD=e", &[(1, "A")], "# A=b\\\n# c\nD=e"),
        (Dialect::EnvironmentD, " A=\"b\"\n", &[(1, "A")], " # A=\"b\"\n"),
        (Dialect::EnvironmentD, "A=\"b\nc\"\n", &[(1, "A")], "Entangled(Fault { line: 1, variable: \"A\" })"),
        (Dialect::GoEnv, "<<<<<<< HEAD\nGOFLAGS=x\n", &[(1, "")], "# <<<<<<< HEAD\nGOFLAGS=x\n"),
        (Dialect::GoEnv, "CC=x\nGOFLAGS=x", &[(2, "GOFLAGS")], "CC=x\n# GOFLAGS=x"),
        (Dialect::GoEnv, "# x\n", &[(1, "")], "NotThere(Fault { line: 1, variable: \"\" })"),
        (Dialect::Sh, "nonsense\n", &[(1, "")], "NotThere(Fault { line: 1, variable: \"\" })"),
    ];
    for (dialect, text, list, want) in rows {
        assert_eq!(first(text, *dialect, list), *want, "{text:?}");
    }
}

#[test]
fn bytes_that_are_no_text_and_five_megabytes_stay_as_they_are() {
    let mut file = b"\xef\xbb\xbf# caf\xe9 \xff\r\n".to_vec();
    file.extend("alias x='y' # \u{9879}\r\n".repeat(200_000).into_bytes());
    let at = file.len();
    file.extend_from_slice(b"export A=\xff\xfe1\r\nB=\xe9");
    let fixed = forms(&file, Dialect::Sh, &faults(&[(200_002, "A")])).expect("a form").remove(0);
    assert_eq!((&fixed[..at], &fixed[at..]), (&file[..at], &b"# export A=\xff\xfe1\r\nB=\xe9"[..]));
}

#[test]
fn every_form_has_its_line_for_a_persons_hand() {
    let rows: &[Row] = &[
        ("x\nexport A=1\n", &[(2, "A")], "sed -i '2s/^/# /' /p"),
        ("A=1\nx\nB=1\nC=1", &[(1, "A"), (3, "B"), (4, "C")], "sed -i '1s/^/# /; 3,4s/^/# /' /p"),
        ("export A=1 B=a\\&b'|'\r", &[(1, "A")], r"sed -i '1s|.*|export B=a\\\&b'\''\|'\''\r|' /p"),
        ("if x; then\nexport A=1\nfi", &[(2, "A")], "sed -i '2s/^/: # /' /p"),
    ];
    for (text, list, want) in rows {
        let fixed = first(text, Dialect::Sh, list);
        let said = hand::sed("/p".as_ref(), text.as_bytes(), fixed.as_bytes());
        assert_eq!(said.as_deref(), Some(*want), "{text:?}");
    }
    assert_eq!(hand::sed("/p".as_ref(), b"A=\xff B=1", b"B=1"), None);
}

const DIALECTS: [Dialect; 6] =
    [Dialect::Sh, Dialect::Fish, Dialect::FishVariables, Dialect::Pam, Dialect::EnvironmentD, Dialect::GoEnv];

/// Lines as people write them, put together at random.
#[rustfmt::skip]
fn profile() -> impl Strategy<Value = String> {
    let line = prop::sample::select(vec![
        "export A=1", "export A=1 B=2", "A=1; export A", "  export B='x y'", "foo; export A=1", "if [ -d x ]; then",
        "fi", "else", "[ -x y ] && A=2", "export A=1 \\", "  B=3", "cat <<E", "E", "case $x in", "a) export A=1;;",
        "esac", "f() {", "}", "export A='1", "2'", "", "# c", "path=(x $path)", "declare -x A=1 2>/dev/null",
        "export PATH=/x", "set -gx A b", "end", "x && \\", "(export A=1)", "SETUVAR A:b", "A=\"b", "foo |", "<<< x",
    ]);
    let end = prop::sample::select(vec!["\n", "\r\n"]);
    (prop::collection::vec(line, 0..12), end, any::<bool>())
        .prop_map(|(lines, end, last)| lines.join(end) + if last { end } else { "" })
}

fn all_sets(text: &str, dialect: Dialect) -> Vec<Fault> {
    let set = |it: Step| match it {
        Step::Set { name: variable, line, .. } => Some(Fault { line, variable }),
        _ => None,
    };
    parse(text, dialect).into_iter().filter_map(set).collect()
}

/// Every form keeps what it must; an edit of it once more finds nothing.
fn holds(bytes: &[u8], dialect: Dialect, list: &[Fault]) -> Result<(), TestCaseError> {
    let Ok(forms) = forms(bytes, dialect, list) else { return Ok(()) };
    prop_assert!(!forms.is_empty());
    let lines = |it: &[u8]| it.split(|it| *it == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>();
    for form in forms {
        let (old, new) = (lines(bytes), lines(&form));
        prop_assert_eq!(old.len(), new.len());
        let changed: Vec<_> =
            (1_u32..).zip(old.iter().zip(&new)).filter(|(_, (a, b))| a != b).map(|(line, _)| line).collect();
        let is_one_line = !bytes.iter().any(|it| b"\\'\"`(<{$".contains(it));
        if is_one_line {
            prop_assert!(changed.iter().all(|at| list.iter().any(|it| it.line == *at)), "{changed:?}");
        }
        let again = super::forms(&form, dialect, list);
        prop_assert!(matches!(again, Err(Unsafe::NotThere(_))), "{again:?}");
    }
    Ok(())
}

proptest! {
    #[test]
    fn an_edit_takes_away_one_assignment(text in profile(), pick in any::<prop::sample::Index>()) {
        for dialect in DIALECTS {
            let all = all_sets(&text, dialect);
            if !all.is_empty() {
                holds(text.as_bytes(), dialect, &[pick.get(&all).clone()])?;
                holds(text.as_bytes(), dialect, &all)?;
            }
        }
    }

    #[test]
    fn nothing_makes_it_panic(
        bytes in prop::collection::vec(prop::sample::select(b"A=1 B\\\n\r'\"`$(){};&|<>#\xff\xc3\xa9\tif".to_vec()), 0..60),
        line in 0_u32..6, variable in prop::sample::select(vec!["A", "B", "", "PATH"]),
    ) {
        for dialect in DIALECTS {
            holds(&bytes, dialect, &[Fault { line, variable: variable.to_owned() }])?;
            let text = masked(&bytes);
            let all = all_sets(&text, dialect);
            holds(&bytes, dialect, &all)?;
        }
    }
}
