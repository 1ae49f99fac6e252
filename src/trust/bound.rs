//! What the trusted comment of a signature of ours says of the file that it is for, so that no other file can stand under
//! it: `fyne-setup/1 file:NAME version:VERSION sha256:DIGEST`. Pure.

use super::minisign::Signed;
use crate::digest::Digest;

/// How our comments begin.
pub const FORM: &str = "fyne-setup/1";

/// A comment in our form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bound {
    /// The name of the file.
    pub file: String,
    /// Its version, where it has one.
    pub version: Option<String>,
}

/// Reads the comment of a signature; `None` where it is not in our form.
///
/// # Errors
/// What the comment says that the file is not: an item, what is said of it, and what is so.
pub fn of_file(signed: &Signed<'_>, name: &str) -> Result<Option<Bound>, (&'static str, String, String)> {
    let mut words = signed.comment.split(' ');
    if words.next() != Some(FORM) {
        return Ok(None);
    }
    let mut bound = Bound::default();
    let digest = Digest::of(signed.bytes).to_string();
    let (mut named, mut hashed) = (false, false);
    for word in words {
        let (item, said) = word.split_once(':').unwrap_or((word, ""));
        match item {
            "file" if said != name => return Err(("file", said.into(), name.into())),
            "file" => (bound.file, named) = (said.into(), true),
            "sha256" if said != digest => return Err(("sha256", said.into(), digest)),
            "sha256" => hashed = true,
            "version" => bound.version = Some(said.into()),
            _ => {}
        }
    }
    match (named, hashed) {
        (true, true) => Ok(Some(bound)),
        (false, _) => Err(("file", String::new(), name.into())),
        (true, false) => Err(("sha256", String::new(), digest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(comment: &str) -> Result<Option<Bound>, (&'static str, String, String)> {
        let key = "6F91FC70149A8593".parse().expect("a number");
        of_file(&Signed { bytes: b"x", comment: comment.into(), key }, "tool")
    }

    #[test]
    fn a_comment_in_our_form_says_what_the_file_is() {
        let digest = Digest::of(b"x");
        let full = format!("fyne-setup/1 file:tool version:1.2.0 sha256:{digest}");
        let bound = Bound { file: "tool".into(), version: Some("1.2.0".into()) };
        assert_eq!(read(&full), Ok(Some(bound)));
        for other in ["", "made by hand", "fyne-setup/10 file:tool", "timestamp:1 file:tool hashed"] {
            assert_eq!(read(other), Ok(None), "{other}");
        }
        for (bad, item) in [
            (full.replace("file:tool", "file:other"), "file"),
            (full.replace("file:tool ", ""), "file"),
            (full.replace("sha256:", "sha256:0"), "sha256"),
            (full.replace(&format!(" sha256:{digest}"), ""), "sha256"),
            ("fyne-setup/1".into(), "file"),
        ] {
            assert_eq!(read(&bad).map_err(|it| it.0), Err(item), "{bad}");
        }
    }
}
