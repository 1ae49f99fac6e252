//! apt's own configuration (`apt.conf`, `apt.conf.d`): `Acquire::http::Proxy "…";` in one line or in nested braces. Total:
//! what it does not understand it leaves out.

/// Reads it: keys in full with their values and lines, in order. An element of a list has a key that ends with `::`.
pub fn parse(text: &str) -> Vec<(String, String, u32)> {
    let mut reader = Reader { line: 1, ..Reader::default() };
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if reader.quoted {
            reader.inside(c);
            continue;
        }
        match (c, chars.peek()) {
            ('/', Some('/')) | ('#', _) => reader.skip(&mut chars, "\n"),
            ('/', Some('*')) => {
                chars.next();
                reader.skip(&mut chars, "*/");
            }
            _ => reader.outside(c),
        }
    }
    reader.found
}

#[derive(Default)]
struct Reader {
    line: u32,
    quoted: bool,
    /// The word that is being read, with its line.
    word: Option<(String, u32)>,
    /// Words of the statement so far.
    words: Vec<(String, u32)>,
    /// Whether the statement began with a quote: then it is an element of a list.
    element: bool,
    scopes: Vec<String>,
    found: Vec<(String, String, u32)>,
}

impl Reader {
    fn inside(&mut self, c: char) {
        if c == '"' {
            self.quoted = false;
            return;
        }
        if c == '\n' {
            self.line += 1;
        }
        self.push(c);
    }

    fn outside(&mut self, c: char) {
        match c {
            '"' => {
                self.element |= self.words.is_empty() && self.word.is_none();
                self.quoted = true;
                self.word.get_or_insert((String::new(), self.line));
            }
            '{' => {
                self.end_of_word();
                let name = self.words.first().map(|it| it.0.clone()).unwrap_or_default();
                self.scopes.push(name);
                self.begin();
            }
            ';' => self.end_of_statement(),
            '}' => {
                self.end_of_statement();
                self.scopes.pop();
            }
            c if c.is_whitespace() => {
                self.end_of_word();
                self.line += u32::from(c == '\n');
            }
            c => self.push(c),
        }
    }

    fn push(&mut self, c: char) {
        self.word.get_or_insert((String::new(), self.line)).0.push(c);
    }

    /// A comment, as far as it goes.
    fn skip(&mut self, chars: &mut impl Iterator<Item = char>, end: &str) {
        let mut last = ' ';
        self.end_of_word();
        for c in chars {
            self.line += u32::from(c == '\n');
            if end == "\n" && c == '\n' || end == "*/" && last == '*' && c == '/' {
                return;
            }
            last = c;
        }
    }

    fn end_of_word(&mut self) {
        self.words.extend(self.word.take());
    }

    fn end_of_statement(&mut self) {
        self.end_of_word();
        let scope = self.scopes.iter().filter(|it| !it.is_empty()).map(|it| it.trim_end_matches("::"));
        let scope: Vec<&str> = scope.collect();
        let key = |own: &str| {
            let all: Vec<&str> = scope.iter().copied().chain([own]).collect();
            all.join("::")
        };
        let read = match self.words.as_slice() {
            [(value, line)] if self.element => Some((key(""), value.clone(), *line)),
            [(name, line), (value, _)] if !self.element => Some((key(name), value.clone(), *line)),
            _ => None,
        };
        self.found.extend(read);
        self.begin();
    }

    fn begin(&mut self) {
        (self.words, self.word, self.element) = <_>::default();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_setting_has_many_forms() {
        for (text, want) in [
            ("Acquire::http::Proxy \"http://a:1\";", "1:Acquire::http::Proxy=http://a:1"),
            ("// c\nAcquire {\n  http { Proxy \"http://a:1\"; };\n};", "3:Acquire::http::Proxy=http://a:1"),
            ("/* a;\n b; */ Acquire::Retries 3;", "2:Acquire::Retries=3"),
            (
                "APT::Update::Pre-Invoke { \"a b\"; \"c\"; };",
                "1:APT::Update::Pre-Invoke::=a b 1:APT::Update::Pre-Invoke::=c",
            ),
            ("APT::Update::Pre-Invoke:: \"a\";", "1:APT::Update::Pre-Invoke::=a"),
            ("# A \"b\";\n#clear A;\nA \"b//c#d;\";", "3:A=b//c#d;"),
            ("A {\n  \"b\";\n}\nC \"d\";", "2:A::=b 4:C=d"),
            ("A \"unfinished", ""),
            ("};};A b;", "1:A=b"),
        ] {
            let found = parse(text).into_iter().map(|(key, value, line)| format!("{line}:{key}={value}"));
            assert_eq!(found.collect::<Vec<_>>().join(" "), want, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(text in "[a-zA:{}\";/*# \n]{0,60}") {
            let lines = u32::try_from(text.split('\n').count()).expect("few");
            prop_assert!(parse(&text).iter().all(|it| it.2 >= 1 && it.2 <= lines));
        }
    }
}
