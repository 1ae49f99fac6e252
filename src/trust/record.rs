//! What a lookup answers: a record's number, the record, and a signed head of a tree that holds it. Nothing but the
//! record itself, once its hash was found in the tree, is ever read for hashes: the head's text may carry further
//! lines, which are signed but are no records.

use super::dirhash::H1;
use super::name;

/// The hashes of one version of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleSum {
    /// Module path.
    pub path: String,
    /// Version.
    pub version: String,
    /// Of its zip.
    pub zip: H1,
    /// Of its `go.mod`.
    pub go_mod: Option<H1>,
}

/// A lookup's answer in its parts; nothing of it is proven yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer<'a> {
    /// The record's number in the log.
    pub id: u64,
    /// The record: lines of `go.sum`.
    pub record: &'a str,
    /// The signed head.
    pub note: &'a str,
}

impl<'a> Answer<'a> {
    /// Takes an answer apart; `None` when it has another form.
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (id, rest) = text.split_once('\n')?;
        let at = rest.find("\n\n")?;
        let record = &rest[..=at];
        let plain = !record.starts_with('\n') && record.bytes().all(|it| it >= 0x20 || it == b'\n');
        plain.then_some(Self { id: number(id)?, record, note: &rest[at + 2..] })
    }
}

/// A number as the log writes it: no sign, no leading zero, and no larger than any log will be.
pub(super) fn number(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|it| it.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|it| plain && *it < 1 << 60)
}

/// Why a record does not answer the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// It has no line for this module and version.
    #[error("the record has no line for this module")]
    OtherModule,
    /// It has more than one, or one that is no hash.
    #[error("the record's line for this module is not one hash")]
    Ambiguous,
}

impl ModuleSum {
    /// The hashes of this module in a record: exactly one line has its zip, at most one its `go.mod`.
    pub fn find(record: &str, path: &str, version: &str) -> Result<Self, RecordError> {
        let zip = line(record, &format!("{path} {version} "))?.ok_or(RecordError::OtherModule)?;
        let go_mod = line(record, &format!("{path} {version}/go.mod "))?;
        Ok(Self { path: path.to_owned(), version: version.to_owned(), zip, go_mod })
    }

    /// `path@version`
    pub fn module(&self) -> String {
        format!("{}@{}", self.path, self.version)
    }
}

/// The hash behind the only line with this beginning.
fn line(record: &str, begins: &str) -> Result<Option<H1>, RecordError> {
    let mut found = record.split('\n').filter_map(|it| it.strip_prefix(begins));
    match (found.next(), found.next()) {
        (None, _) => Ok(None),
        (Some(one), None) => one.parse().map(Some).map_err(|_| RecordError::Ambiguous),
        (Some(_), Some(_)) => Err(RecordError::Ambiguous),
    }
}

/// `lookup/path@version` as it stands in URLs; `None` for what is no module.
pub fn lookup_path(path: &str, version: &str) -> Option<String> {
    Some(format!("lookup/{}@{}", name::escaped_path(path)?, name::escaped_version(version)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUM: &str = "h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0=";

    #[test]
    fn takes_answers_apart() {
        let text = "7\na.b v1 h1:x\na.b v1/go.mod h1:y\n\nhead\n\nsignature\n";
        let want = Answer { id: 7, record: "a.b v1 h1:x\na.b v1/go.mod h1:y\n", note: "head\n\nsignature\n" };
        assert_eq!(Answer::parse(text.as_bytes()), Some(want));
        for bad in [
            "",
            "7\n",
            "7\nx\n",
            "07\nx\n\nh\n",
            "+7\nx\n\nh\n",
            "-7\nx\n\nh\n",
            "\nx\n\nh\n",
            "7\n\n\nh\n",
            "7\nx\ty\n\nh\n",
            "7\r\nx\n\nh\n",
            "99999999999999999999\nx\n\nh\n",
            "<html>\nhello\n\n</html>\n",
        ] {
            assert_eq!(Answer::parse(bad.as_bytes()), None, "{bad:?}");
        }
    }

    #[test]
    fn finds_exactly_one_line() {
        let find = |record: &str| ModuleSum::find(record, "a.b/c", "v1.0.0").map(|it| it.go_mod.is_some());
        let zip = format!("a.b/c v1.0.0 {SUM}\n");
        let go_mod = format!("a.b/c v1.0.0/go.mod {SUM}\n");
        assert_eq!(find(&format!("{zip}{go_mod}")), Ok(true));
        assert_eq!(find(&zip), Ok(false));
        assert_eq!(find(&go_mod), Err(RecordError::OtherModule));
        assert_eq!(find(""), Err(RecordError::OtherModule));
        assert_eq!(find(&format!("{zip}{zip}")), Err(RecordError::Ambiguous));
        assert_eq!(find(&format!("{zip}{go_mod}{go_mod}")), Err(RecordError::Ambiguous));
        assert_eq!(find(&zip.replace("v1.0.0", "v1.0.1")), Err(RecordError::OtherModule));
        assert_eq!(find(&zip.replace("a.b/c", "xa.b/c")), Err(RecordError::OtherModule));
        assert_eq!(find(&zip.replace("h1:", "h2:")), Err(RecordError::Ambiguous));
        assert_eq!(find("a.b/c v1.0.0 h1:AAAA\n"), Err(RecordError::Ambiguous));
        assert_eq!(find(&zip.replace('\n', " \n")), Err(RecordError::Ambiguous));
    }
}
