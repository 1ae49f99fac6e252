//! What belongs to a person taken out of the parts of a report: by the redactor of recordings, which learned from the look at
//! this machine, and addresses of mail besides. Every part goes through here.

use serde_json::Value;

use crate::discreet::{REDACTED, mail};
use crate::picture::Picture;
use crate::recording::redact::Redactor;

/// Takes it out.
pub(super) struct Clean(pub(super) Redactor);

impl Clean {
    /// Of any text.
    pub(super) fn text(&self, text: &str) -> String {
        mail::without_addresses(&self.0.text(text), REDACTED)
    }

    /// Of a document, text by text: what is left is a document. One that reads as none is a text.
    pub(super) fn document(&self, text: &str) -> String {
        match serde_json::from_str(text) {
            Ok(value) => self.value(value),
            Err(_) => self.text(text),
        }
    }

    /// The same of its value.
    pub(super) fn value(&self, mut value: Value) -> String {
        self.walk(&mut value);
        format!("{value:#}\n")
    }

    fn walk(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.text(text),
            Value::Array(all) => all.iter_mut().for_each(|it| self.walk(it)),
            Value::Object(all) => {
                for (name, mut it) in std::mem::take(all) {
                    self.walk(&mut it);
                    all.insert(self.text(&name), it);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

/// The pixels of a picture as a file of its own: what else stood in the file is left behind.
pub(super) fn picture(png: &[u8]) -> Option<Vec<u8>> {
    Picture::of_png(png)?.png().ok()
}
