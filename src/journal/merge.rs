//! Taking our lines out of a file that somebody else changed too. Pure. It knows one thing only: a change that replaced
//! one run of lines, which still stands there, whole and once. Everything else is left to people.

/// The largest file that is compared by its lines.
pub const LARGEST: usize = 4 << 20;

/// `now` without our change: `was` is the file before it, `wrote` what we made of it. `None` where it is not to be found
/// for sure. A file from which our lines are gone already comes back as it is.
pub fn without(was: &[u8], wrote: &[u8], now: &[u8]) -> Option<Vec<u8>> {
    if [was, wrote, now].iter().any(|it| it.len() > LARGEST) {
        return None;
    }
    let (before, after, here) = (lines(was), lines(wrote), lines(now));
    let front = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let (before, after) = (&before[front..], &after[front..]);
    let back = before.iter().rev().zip(after.iter().rev()).take_while(|(a, b)| a == b).count();
    let (theirs, ours) = (&before[..before.len() - back], &after[..after.len() - back]);
    if ours.is_empty() {
        return None;
    }
    match &places(&here, ours)[..] {
        [at] => Some(joined(&[&here[..*at], theirs, &here[at + ours.len()..]])),
        // Gone already, by a hand that left nothing of it, or by an earlier try.
        [] if !was.is_empty() && !ours.iter().any(|it| here.contains(it)) => {
            (theirs.is_empty() || places(&here, theirs).len() == 1).then(|| now.to_vec())
        }
        _ => None,
    }
}

fn lines(text: &[u8]) -> Vec<&[u8]> {
    text.split_inclusive(|it| *it == b'\n').collect()
}

/// Where a run of lines begins in another.
fn places(all: &[&[u8]], run: &[&[u8]]) -> Vec<usize> {
    let whole = |line: &[u8]| line.strip_suffix(b"\n").unwrap_or(line).to_vec();
    let same = |a: &[&[u8]]| a.iter().zip(run).all(|(a, b)| whole(a) == whole(b));
    all.windows(run.len()).enumerate().filter(|it| same(it.1)).map(|it| it.0).collect()
}

/// Lines put together; one that lost its end in the middle gets one.
fn joined(parts: &[&[&[u8]]]) -> Vec<u8> {
    let mut text: Vec<u8> = Vec::new();
    for line in parts.iter().flat_map(|it| it.iter()) {
        if !text.is_empty() && !text.ends_with(b"\n") {
            text.push(b'\n');
        }
        text.extend_from_slice(line);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_lines_go_and_theirs_stay() {
        for (was, wrote, now, want) in [
            ("a\nb\n", "a\nb\n#>\nx\n#<\n", "a\nb\n#>\nx\n#<\nmine\n", Some("a\nb\nmine\n")),
            ("a\nb\n", "a\nb\n#>\nx\n#<\n", "mine\n#>\nx\n#<\n", Some("mine\n")),
            ("a", "a\n#>\n#<\n", "a\n#>\n#<\nmine\n", Some("a\nmine\n")),
            ("a", "a\n#>\n#<\n", "a\n#>\n#<\n", Some("a")),
            ("a\r\n", "a\r\n#>\r\n", "0\r\na\r\n#>\r\n", Some("0\r\na\r\n")),
            ("A=1\nB=2\n", "A=1\nB=3\n", "A=9\nB=3\nC=4\n", Some("A=9\nB=2\nC=4\n")),
            ("x\nbad\ny\n", "x\n# bad\ny\n", "x\n# bad\ny\nz", Some("x\nbad\ny\nz")),
            ("", "our file\n", "our file\nand mine\n", Some("and mine\n")),
            // Changed where we had changed it, twice there, only deleted by us, nothing of it left: not for sure.
            ("a\n", "a\n#>\nx\n#<\n", "a\n#>\nother\n#<\n", None),
            ("a\n", "a\nx\n", "x\na\nx\n", None),
            ("a\nb\n", "a\n", "a\nc\n", None),
            ("", "our file\n", "theirs\n", None),
            // Already done.
            ("a\n", "a\nx\n", "a\nmine\n", Some("a\nmine\n")),
            ("x\nbad\ny\n", "x\n# bad\ny\n", "x\nbad\ny\nz", Some("x\nbad\ny\nz")),
        ] {
            let merged = without(was.as_bytes(), wrote.as_bytes(), now.as_bytes());
            assert_eq!(merged.as_deref(), want.map(str::as_bytes), "{was:?} {wrote:?} {now:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_nobody_else_changed_comes_back_exactly(front in "[ab\n]{0,9}", was in "[cd\n]{0,9}", ours in "[ef]{1,5}\n", back in "[gh\n]{0,9}") {
            let (was, wrote) = (format!("{front}{was}{back}"), format!("{front}\n{ours}{back}"));
            if let Some(merged) = without(was.as_bytes(), wrote.as_bytes(), wrote.as_bytes()) {
                proptest::prop_assert_eq!(merged, was.into_bytes());
            }
        }
    }
}
