//! Where one report ends and the next begins: at a line that begins with `{`. So it is in what `check --json` prints, in
//! JSON lines and in what `jq -c` makes. A report that was cut short spoils no other one.

/// Bytes of one report at most, in MiB: a hundred times what any has.
pub const LARGEST_MIB: usize = 8;

/// The bytes between two places where a report begins.
#[derive(Debug)]
pub struct Piece<'a> {
    /// The line on which they begin, from 1.
    pub line: u32,
    /// The bytes; `None` where there are too many of them.
    pub bytes: Option<&'a [u8]>,
}

/// Cuts a stream, however it comes.
#[derive(Debug)]
pub struct Splitter {
    pub(super) held: Vec<u8>,
    begun: u32,
    line: u32,
    fresh: bool,
    large: bool,
}

impl Default for Splitter {
    fn default() -> Self {
        Self { held: Vec::new(), begun: 1, line: 1, fresh: true, large: false }
    }
}

impl Splitter {
    /// More bytes. What ends with them is told.
    pub fn feed(&mut self, mut bytes: &[u8], told: &mut dyn FnMut(&Piece)) {
        while let Some(first) = bytes.first() {
            if self.fresh && *first == b'{' {
                self.give(told);
            }
            let end = memchr::memchr(b'\n', bytes).map(|it| it + 1);
            let (line, rest) = bytes.split_at(end.unwrap_or(bytes.len()));
            self.large |= self.held.len() + line.len() > LARGEST_MIB << 20;
            if self.large {
                self.held.clear()
            } else {
                self.held.extend_from_slice(line)
            }
            self.fresh = end.is_some();
            self.line = self.line.saturating_add(u32::from(self.fresh));
            bytes = rest;
        }
    }

    /// The end of a file; the next one may come.
    pub fn finish(&mut self, told: &mut dyn FnMut(&Piece)) {
        self.give(told);
        *self = Self { held: std::mem::take(&mut self.held), ..Self::default() };
    }

    fn give(&mut self, told: &mut dyn FnMut(&Piece)) {
        // Windows' PowerShell begins a file with a mark of its own.
        let bytes = self.held.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.held);
        if self.large {
            told(&Piece { line: self.begun, bytes: None });
        } else if !bytes.iter().all(u8::is_ascii_whitespace) {
            told(&Piece { line: self.begun, bytes: Some(bytes) });
        }
        self.held.clear();
        (self.large, self.begun) = (false, self.line);
    }
}
