//! Bytes of a log to its lines, as a person sees them: UTF-16 read, codes of terminals taken out, what a carriage return
//! wrote over apart, NUL bytes gone. A line that does not end is handed on in pieces, so that memory stays bounded.

use memchr::{memchr, memchr3};

/// How long a line may be before it is cut, and how much of a piece is seen again with the next one.
const LONGEST: usize = 16 * 1024;
const OVERLAP: usize = 512;

/// How many bytes decide by sight whether it is UTF-16.
const SIGHT: usize = 4096;

/// The longest code of a terminal that is believed to be one.
const CODE: usize = 2048;

const ESC: u8 = 0x1b;

/// Who is told of a line: its number and its text.
type Told<'t> = dyn FnMut(u64, &[u8]) + 't;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Bytes,
    Little,
    Big,
}

/// A log on its way from bytes to lines.
#[derive(Debug, Default)]
pub(super) struct Lines {
    encoding: Option<Encoding>,
    /// What came before the encoding was known; later the odd byte of UTF-16.
    head: Vec<u8>,
    /// The first half of a surrogate pair.
    high: Option<u16>,
    decoded: Vec<u8>,
    partial: Vec<u8>,
    /// A piece of the line that is in `partial` was handed on already.
    begun: bool,
    clean: Vec<u8>,
    ended: u64,
}

impl Lines {
    /// Some more bytes.
    pub(super) fn feed(&mut self, bytes: &[u8], told: &mut Told) {
        match self.encoding {
            Some(encoding) => self.decode(encoding, bytes, told),
            None => {
                self.head.extend_from_slice(bytes);
                if self.head.len() >= SIGHT {
                    self.begin(told);
                }
            }
        }
    }

    /// The last line, and how many there were.
    pub(super) fn finish(mut self, told: &mut Told) -> u64 {
        if self.encoding.is_none() {
            self.begin(told);
        }
        let partial = std::mem::take(&mut self.partial);
        if !partial.is_empty() || self.begun {
            self.line(&partial, told);
            self.ended += 1;
        }
        self.ended
    }

    fn begin(&mut self, told: &mut Told) {
        let head = std::mem::take(&mut self.head);
        let (encoding, mark) = encoding(&head);
        self.encoding = Some(encoding);
        self.decode(encoding, &head[mark..], told);
    }

    fn decode(&mut self, encoding: Encoding, bytes: &[u8], told: &mut Told) {
        if encoding == Encoding::Bytes {
            return self.cut(bytes, told);
        }
        let mut decoded = std::mem::take(&mut self.decoded);
        decoded.clear();
        let mut rest = bytes;
        if let (Some(odd), Some((first, more))) = (self.head.pop(), rest.split_first()) {
            self.unit(encoding, [odd, *first], &mut decoded);
            rest = more;
        }
        let pairs = rest.chunks_exact(2);
        self.head.extend_from_slice(pairs.remainder());
        for pair in pairs {
            self.unit(encoding, [pair[0], pair[1]], &mut decoded);
        }
        self.cut(&decoded, told);
        self.decoded = decoded;
    }

    fn unit(&mut self, encoding: Encoding, pair: [u8; 2], out: &mut Vec<u8>) {
        let unit =
            if encoding == Encoding::Big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) };
        if unit < 0x80 {
            out.push(pair[usize::from(encoding == Encoding::Big)]);
            return;
        }
        let units = [self.high.take().unwrap_or(unit), unit];
        let units = if units[0] == unit { &units[1..] } else { &units[..] };
        if units.len() == 1 && (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        for c in char::decode_utf16(units.iter().copied()) {
            let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }

    fn cut(&mut self, bytes: &[u8], told: &mut Told) {
        let mut rest = bytes;
        while let Some(end) = memchr(b'\n', rest) {
            if self.partial.is_empty() {
                self.line(&rest[..end], told);
            } else {
                let mut partial = std::mem::take(&mut self.partial);
                partial.extend_from_slice(&rest[..end]);
                self.line(&partial, told);
                partial.clear();
                self.partial = partial;
            }
            (self.begun, rest) = (false, &rest[end + 1..]);
            self.ended += 1;
        }
        self.partial.extend_from_slice(rest);
        if self.partial.len() > LONGEST {
            let mut partial = std::mem::take(&mut self.partial);
            self.line(&partial, told);
            partial.drain(..partial.len() - OVERLAP);
            (self.partial, self.begun) = (partial, true);
        }
    }

    /// A line, or the part of one that is there, in pieces.
    fn line(&mut self, line: &[u8], told: &mut Told) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let mut from = 0;
        loop {
            let to = line.len().min(from + LONGEST);
            self.piece(&line[from..to], told);
            if to == line.len() {
                return;
            }
            from = to - OVERLAP;
        }
    }

    fn piece(&mut self, line: &[u8], told: &mut Told) {
        let number = self.ended + 1;
        if memchr3(ESC, b'\r', 0, line).is_none() && memchr(8, line).is_none() {
            return told(number, undecorated(line));
        }
        let mut clean = std::mem::take(&mut self.clean);
        for part in line.split(|it| *it == b'\r').filter(|it| !it.is_empty()) {
            cleaned(part, &mut clean);
            told(number, undecorated(&clean));
        }
        self.clean = clean;
    }
}

/// What the bytes are, by their mark or by sight, and how long the mark is.
fn encoding(head: &[u8]) -> (Encoding, usize) {
    match head {
        [0xff, 0xfe, ..] => return (Encoding::Little, 2),
        [0xfe, 0xff, ..] => return (Encoding::Big, 2),
        [0xef, 0xbb, 0xbf, ..] => return (Encoding::Bytes, 3),
        _ => {}
    }
    let sight = &head[..head.len().min(SIGHT)];
    let zeros = |odd: usize| sight.iter().skip(odd).step_by(2).filter(|it| **it == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), sight.len() / 2);
    // Some of every ten characters are plain ASCII, whatever the language, and hardly any begins with a zero otherwise.
    let encoding = match pairs {
        16.. if odd * 10 > pairs * 3 && even * 20 < pairs => Encoding::Little,
        16.. if even * 10 > pairs * 3 && odd * 20 < pairs => Encoding::Big,
        _ => Encoding::Bytes,
    };
    (encoding, 0)
}

/// Without codes of terminals, NUL bytes and what a backspace took away.
fn cleaned(line: &[u8], out: &mut Vec<u8>) {
    out.clear();
    let mut rest = line;
    while let Some((byte, more)) = rest.split_first() {
        rest = match *byte {
            ESC => &more[code(more)..],
            8 => {
                out.pop();
                more
            }
            0 | 7 => more,
            byte => {
                out.push(byte);
                more
            }
        };
    }
}

/// How long the code is that stands behind an ESC.
fn code(rest: &[u8]) -> usize {
    let until = |from: usize, ends: &dyn Fn(u8) -> bool| {
        let most = rest.len().min(CODE);
        rest[from.min(most)..most].iter().position(|it| ends(*it)).map(|it| from + it + 1)
    };
    match rest.first() {
        None => 0,
        // CSI: parameters, then a letter. What is neither is no code.
        Some(b'[') => {
            let end =
                rest.iter().skip(1).position(|it| !(0x20..0x40).contains(it)).map_or(rest.len(), |it| it + 2);
            end.min(rest.len())
        }
        // OSC and its like: up to BEL or ESC \.
        Some(b']' | b'P' | b'X' | b'^' | b'_') => {
            let end = until(1, &|it| it == 7 || it == ESC).unwrap_or(1);
            if rest.get(end - 1) == Some(&ESC) && rest.get(end) == Some(&b'\\') { end + 1 } else { end }
        }
        Some(0x20..0x30) => until(1, &|it| !(0x20..0x30).contains(&it)).unwrap_or(1),
        Some(_) => 1,
    }
}

/// Without what a build service puts before each line: a time, the number of a step, the name of a container.
fn undecorated(line: &[u8]) -> &[u8] {
    let mut rest = line;
    if rest.first().is_some_and(u8::is_ascii_digit)
        && rest.len() > 20
        && (rest[4], rest[7], rest[10], rest[13]) == (b'-', b'-', b'T', b':')
    {
        let end = memchr(b' ', rest).filter(|it| *it < 40).map_or(0, |it| it + 1);
        rest = &rest[end..];
    }
    if rest.starts_with(b"#") {
        let mut words = rest.splitn(3, |it| *it == b' ');
        let number = |it: &[u8], dot: bool| {
            !it.is_empty() && it.iter().all(|b| b.is_ascii_digit() || (dot && *b == b'.'))
        };
        if let (Some(step), Some(time), Some(text)) = (words.next(), words.next(), words.next())
            && number(&step[1..], false)
            && number(time, true)
        {
            rest = text;
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(pieces: &[&[u8]]) -> Vec<(u64, String)> {
        let mut all = Vec::new();
        let mut told =
            |number: u64, line: &[u8]| all.push((number, String::from_utf8_lossy(line).into_owned()));
        let mut lines = Lines::default();
        for piece in pieces {
            lines.feed(piece, &mut told);
        }
        lines.finish(&mut told);
        all
    }

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn a_line_is_whole_however_its_bytes_arrive() {
        let log = "one\r\ntwo\nthree 三 𝄞\n".as_bytes();
        let want = [(1, "one".into()), (2, "two".into()), (3, "three 三 𝄞".to_owned())];
        for size in [1, 2, 3, 5, 100] {
            assert_eq!(lines(&log.chunks(size).collect::<Vec<_>>()), want, "pieces of {size}");
        }
    }

    #[test]
    fn utf_16_is_read_with_its_mark_and_by_sight_in_either_order() {
        let text = "fatal error: X11/Xlib.h: 没有那个文件 𝄞\nsecond\n";
        let want = [(1, "fatal error: X11/Xlib.h: 没有那个文件 𝄞".into()), (2, "second".to_owned())];
        for (order, mark) in
            [(u16::to_le_bytes as fn(u16) -> [u8; 2], [0xff, 0xfe]), (u16::to_be_bytes, [0xfe, 0xff])]
        {
            let bare = utf16(text, order);
            let marked = [&mark[..], &bare].concat();
            for log in [&bare, &marked] {
                for size in [1, 3, 64, 5000] {
                    assert_eq!(lines(&log.chunks(size).collect::<Vec<_>>()), want, "pieces of {size}");
                }
            }
        }
    }

    #[test]
    fn codes_of_terminals_are_taken_out_and_what_only_looks_like_one_hides_nothing() {
        for (line, want) in [
            (
                "\x1b[01m\x1b[Kx.h:3:1:\x1b[m\x1b[K \x1b[01;31m\x1b[Kfatal error: \x1b[m\x1b[Ky",
                "x.h:3:1: fatal error: y",
            ),
            ("\x1b]0;title\x07text", "text"),
            ("\x1b]8;;http://a\x1b\\link\x1b]8;;\x1b\\ on", "link on"),
            ("\x1b(Bplain\x1b=", "plain"),
            ("\x1b]never ends", "never ends"),
            ("a\x1b", "a"),
            ("\x1b[", ""),
            ("ab\x08c\0d", "acd"),
        ] {
            assert_eq!(lines(&[line.as_bytes()]), [(1, want.to_owned())], "{line:?}");
        }
    }

    #[test]
    fn what_a_carriage_return_wrote_over_is_read_apart_under_one_number() {
        let want = [(1, "10%".into()), (1, "20%".into()), (1, "ld: error".into()), (2, "next".to_owned())];
        assert_eq!(lines(&[b"10%\r20%\rld: error\r\nnext"]), want);
    }

    #[test]
    fn a_line_without_an_end_is_handed_on_in_pieces_that_overlap() {
        let mut log = vec![b'x'; 3 * LONGEST];
        log[LONGEST - 5..LONGEST + 6].copy_from_slice(b"fatal error");
        for size in [1000, LONGEST, 10 * LONGEST] {
            let all = lines(&log.chunks(size).collect::<Vec<_>>());
            assert!(all.iter().any(|it| it.1.contains("fatal error")), "pieces of {size}");
            assert!(all.iter().all(|it| it.0 == 1 && it.1.len() <= 2 * LONGEST), "pieces of {size}");
        }
    }

    #[test]
    fn what_a_build_service_puts_before_a_line_is_no_part_of_it() {
        for (line, want) in [
            ("2026-05-01T12:00:00.1234567Z ld: x", "ld: x"),
            ("#12 34.56 ld: x", "ld: x"),
            ("2026-05-01T12:00:00Z #9 0.1 ld: x", "ld: x"),
            ("# runtime/cgo", "# runtime/cgo"),
            ("#define X 1", "#define X 1"),
            ("2026/05/01 12:00:00 ld: x", "2026/05/01 12:00:00 ld: x"),
        ] {
            assert_eq!(lines(&[line.as_bytes()]), [(1, want.to_owned())]);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(log in proptest::collection::vec(proptest::num::u8::ANY, 0..3000), size in 1usize..700) {
            let mut lines = Lines::default();
            log.chunks(size).for_each(|it| lines.feed(it, &mut |_, _| ()));
            lines.finish(&mut |_, _| ());
        }
    }
}
