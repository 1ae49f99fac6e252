//! What is kept of reports, and what spoils one and not the others.

use proptest::prelude::*;

use super::*;

fn ours() -> Version {
    "0.1.0".parse().expect("a version")
}

/// A report as `check --json` prints it, in short.
fn report(host: &str, more: &str) -> String {
    format!(
        "{{\n  \"schema\": 1,\n  \"command\": \"check\",\n  \"ok\": false,\n  \"exit\": 1,\n  \"fyne_setup\": \"0.1.0\",\n  \
         \"host\": \"{host}\",\n  \"time\": \"2026-11-0{}T00:00:00Z\",\n  \"installed\": {{\"go\": \"1.27.4\", \"fyne\": null, \
         \"cli\": \"v1.7.4\"}},\n  \"machine\": {{\"os\": \"linux\", \"distro\": \"debian 12\", \"arch\": \"x86_64\"}},\n  \
         {more}\"checks\": [\n    {{\"id\": \"cgo.headers\", \"title\": \"C headers\", \"status\": \"fail\", \"summary\": \"no \
         Xrandr.h\", \"remedy\": {{\"text\": \"install libxrandr-dev\", \"command\": \"apt-get install libxrandr-dev\", \
         \"auto\": true, \"needs_root\": true}}}},\n    {{\"id\": \"go.version\", \"title\": \"Go\", \"status\": \"ok\", \
         \"summary\": \"1.27.4\", \"remedy\": null}}\n  ]\n}}\n",
        host.len().min(9)
    )
}

fn fold(files: &[(&str, &str)]) -> Fleet {
    let mut fleet = Fleet::default();
    for (file, text) in files {
        let mut splitter = Splitter::default();
        let stem = file.strip_suffix(".json");
        // In odd pieces, as a pipe gives them.
        for bytes in text.as_bytes().chunks(7) {
            splitter.feed(bytes, &mut |it| fleet.take(file, it, stem, &ours()));
        }
        splitter.finish(&mut |it| fleet.take(file, it, stem, &ours()));
    }
    fleet.finish();
    fleet
}

fn said(fleet: &Fleet) -> Vec<String> {
    let one = |it: &Unread| format!("{}:{} {}", it.place.file, it.place.line.unwrap_or(0), it.why);
    fleet.unread.iter().map(one).collect()
}

#[test]
fn reports_one_behind_the_other_are_told_apart_whatever_form_they_have() {
    let (a, b) = (report("a", ""), report("bb", ""));
    let lines = |it: &str| it.replace('\n', "");
    for text in [
        format!("{a}{b}"),
        format!("{}\n{}", lines(&a), lines(&b)),
        format!("{}{}", lines(&a), lines(&b)),
        format!("\u{feff}{a}\n\n{b}\n\n"),
        a.replace('\n', "\r\n") + &b,
    ] {
        let fleet = fold(&[("-", &text)]);
        assert!(fleet.unread.is_empty(), "{:?}", said(&fleet));
        assert_eq!(fleet.hosts.iter().map(|it| &*it.name).collect::<Vec<_>>(), ["a", "bb"]);
    }
}

#[test]
fn what_is_bad_is_kept_with_its_fix_and_its_hosts() {
    let fleet = fold(&[("x", &report("bb", "")), ("y", &report("a", ""))]);
    let troubles = fleet.troubles();
    assert_eq!(troubles.len(), 1);
    let it = &troubles[0];
    assert_eq!((&*it.check, it.badness, it.hosts.as_slice()), ("cgo.headers", Badness::Fail, &[0, 1][..]));
    assert_eq!(it.fixes.len(), 1);
    assert_eq!((it.fixes[0].1, it.fixes[0].0.command.as_deref()), (2, Some("apt-get install libxrandr-dev")));
    assert_eq!((&*fleet.hosts[0].name, fleet.healthy()), ("a", 0));
    assert_eq!(fleet.oldest(), [0, 1], "by their times, which follow from the names here");
    assert_eq!(fleet.drift(0), [("1.27.4".into(), vec![0, 1])]);
    assert_eq!(fleet.drift(1), [], "nobody has a project");
}

#[test]
fn a_host_is_installed_where_something_is_absent_and_repaired_elsewhere() {
    let absent = report("bare", "").replace("cgo.headers", "cli.present");
    let by_hand = report("manual", "").replace("\"auto\": true", "\"auto\": false");
    let fleet = fold(&[("x", &absent), ("y", &report("wrong", "")), ("z", &by_hand)]);
    let on = |next| fleet.hosts_to(next).iter().map(|it| &*fleet.hosts[*it].name).collect::<Vec<_>>();
    assert_eq!((on(Next::Install), on(Next::Repair)), (vec!["bare"], vec!["wrong"]));
}

#[test]
fn a_bad_report_is_told_with_file_and_line_and_hides_no_other() {
    let good = report("good", "");
    let half = &good[..good.len() / 2];
    let cut = format!("cut.json:{} fleet-cut-short", half.lines().count());
    let rows: &[(&str, String, &str)] = &[
        ("cut.json", half.to_owned(), &cut),
        ("text.json", "hello\n".to_owned(), "text.json:1 fleet-not-json column=1"),
        ("list.json", format!("[{}]", good.replace('\n', "")), "list.json:1 fleet-list"),
        (
            "new.json",
            report("n", "").replace("\"schema\": 1", "\"schema\": 2"),
            "new.json:1 fleet-other-schema schema=2 known=1",
        ),
        (
            "plan.json",
            report("p", "").replace("\"check\"", "\"plan\""),
            "plan.json:1 fleet-other-command command=plan",
        ),
        ("none.json", "{}".to_owned(), "none.json:1 fleet-no-report"),
        (
            "form.json",
            report("f", "").replace("\"title\": \"C headers\"", "\"title\": 7"),
            "form.json:12 fleet-other-form column=36",
        ),
    ];
    for (file, text, want) in rows {
        let fleet = fold(&[(file, text), ("good.json", &good)]);
        let hosts: Vec<_> = fleet.hosts.iter().map(|it| &*it.name).collect();
        assert_eq!(hosts, ["good"], "{file}");
        assert_eq!(said(&fleet), [*want], "{file}");
    }
    // In one stream a report that was cut short ends where the next begins.
    let fleet = fold(&[("-", &format!("{half}\n{good}"))]);
    assert_eq!((fleet.hosts.len(), fleet.unread.len()), (1, 1));
}

#[test]
fn a_host_has_one_report_and_a_name() {
    let (a, nameless) = (report("a", ""), report("", ""));
    let fleet = fold(&[("1.json", &a), ("2.json", &a), ("web7.json", &nameless)]);
    assert_eq!(fleet.hosts.iter().map(|it| &*it.name).collect::<Vec<_>>(), ["a", "web7"]);
    assert_eq!(said(&fleet), ["2.json:1 fleet-twice host=a file=1.json line=1"]);
    let fleet = fold(&[("-", &nameless)]);
    assert_eq!(said(&fleet), ["-:1 fleet-no-host"]);
    let fleet = fold(&[("two.json", &(nameless.clone() + &nameless))]);
    assert_eq!(fleet.hosts.len(), 1, "a file names one host");
}

#[test]
fn a_newer_program_is_noted_and_read() {
    let newer = report("a", "").replace("\"fyne_setup\": \"0.1.0\"", "\"fyne_setup\": \"0.2.0\"");
    let fleet = fold(&[("-", &newer)]);
    assert_eq!((fleet.hosts.len(), fleet.newer.len(), fleet.unread.len()), (1, 1, 0));
}

#[test]
fn a_host_where_the_check_failed_has_its_error_as_problem() {
    let text = "{\"schema\":1,\"command\":\"check\",\"ok\":false,\"exit\":2,\"host\":\"h\",\"error\":{\"code\":\"usage.home\",\
                \"message\":\"no home\",\"hint\":\"set HOME\"}}";
    let fleet = fold(&[("-", text)]);
    let problem = &fleet.hosts[0].problems[0];
    assert_eq!((&*problem.check, &*problem.summary), ("usage.home", "no home"));
}

#[test]
fn a_report_that_is_too_large_is_not_held() {
    let mut splitter = Splitter::default();
    let mut seen = Vec::new();
    let block = vec![b' '; 1 << 20];
    splitter.feed(b"{", &mut |_| ());
    for _ in 0..LARGEST_MIB + 3 {
        splitter.feed(&block, &mut |_| ());
    }
    assert!(splitter.held.len() <= LARGEST_MIB << 20);
    splitter.feed(b"\n{}\n", &mut |it| seen.push((it.line, it.bytes.is_some())));
    splitter.finish(&mut |it| seen.push((it.line, it.bytes.is_some())));
    assert_eq!(seen, [(1, false), (2, true)]);
}

proptest! {
    #[test]
    fn no_bytes_are_too_strange(bytes in proptest::collection::vec(any::<u8>(), 0..400), cut in 0..900_usize) {
        let mut text = report("a", "").into_bytes();
        let at = cut.min(text.len());
        text.splice(at..at, bytes);
        let mut fleet = Fleet::default();
        let mut splitter = Splitter::default();
        splitter.feed(&text, &mut |it| fleet.take("-", it, None, &ours()));
        splitter.finish(&mut |it| fleet.take("-", it, None, &ours()));
        fleet.finish();
        prop_assert!(fleet.hosts.len() <= 1 + fleet.unread.len() + 8);
    }
}
