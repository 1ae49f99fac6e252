//! The archive of a report: its parts in one order, with a page in front that lists them, as a tar whose headers leave nothing
//! to choose, compressed. Pure: the same parts give the same bytes.

use std::io;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::bundle::archive::Writer;
use crate::moment::Moment;
use crate::report::{Label, Page, Words};
use crate::text::Text;

/// The directory in which all of it is unpacked.
const DIR: &str = "fyne-setup-report";

/// The page in front.
const README: &str = "README.txt";

/// One file of the archive.
pub(super) struct Part {
    /// Below the archive's directory, with `/`.
    pub(super) name: String,
    /// What it is.
    pub(super) what: Text,
    /// Redacted.
    pub(super) bytes: Vec<u8>,
}

/// One that could not be made, or that there is nothing for.
pub(super) struct Missing {
    /// As the file would be called.
    pub(super) name: &'static str,
    /// Redacted.
    pub(super) why: Text,
}

/// What goes in.
#[derive(Default)]
pub(super) struct Parcel {
    /// When it was made, seconds since 1970.
    pub(super) time: u64,
    /// In their order.
    pub(super) parts: Vec<Part>,
    /// In their order.
    pub(super) missing: Vec<Missing>,
}

/// The whole file.
///
/// # Errors
/// Where a name is longer than a tar can hold.
pub(super) fn archive(parcel: &Parcel, words: &Words) -> io::Result<Vec<u8>> {
    let readme = readme(parcel, words);
    let mut tar = Writer::new(GzEncoder::new(Vec::new(), Compression::default()));
    let first = std::iter::once((README, readme.as_bytes()));
    for (name, mut bytes) in first.chain(parcel.parts.iter().map(|it| (it.name.as_str(), &it.bytes[..]))) {
        tar.file(&format!("{DIR}/{name}"), bytes.len() as u64, &mut bytes)?;
    }
    tar.end()?.finish()
}

/// What is in it, what is not and why, and what was taken out.
fn readme(parcel: &Parcel, words: &Words) -> String {
    let mut page = Page::default();
    let version = env!("CARGO_PKG_VERSION");
    let title = text!("send-title", version = version, time = Moment(parcel.time).to_string());
    page.line(Label::Heading, words.say(&title));
    let heading = |page: &mut Page, key| {
        page.gap();
        page.line(Label::Heading, words.key(key));
    };
    heading(&mut page, "send-inside");
    for part in &parcel.parts {
        page.hanging(
            vec![(Label::Plain, format!("  {}  ", part.name))],
            Label::Plain,
            &words.say(&part.what),
        );
    }
    if !parcel.missing.is_empty() {
        heading(&mut page, "send-missing");
    }
    for it in &parcel.missing {
        page.hanging(vec![(Label::Plain, format!("  {}  ", it.name))], Label::Plain, &words.say(&it.why));
    }
    heading(&mut page, "send-left-out");
    for key in ["send-left-out-person", "send-left-out-secrets", "send-left-out-files", "send-look"] {
        page.hanging(vec![(Label::Plain, "  ".to_owned())], Label::Plain, &words.key(key));
    }
    page.plain()
}
