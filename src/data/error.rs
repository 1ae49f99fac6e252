//! Why a document is no value of a type, and where.

use std::fmt::{self, Display};
use std::ops::Range;

/// The place of a fault, in bytes from the start.
pub type Place = Range<usize>;

/// Why a document is no value of a type.
#[derive(Debug)]
pub struct DataError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    message: String,
    span: Option<Place>,
}

impl DataError {
    /// What is wrong, in the words of serde or of the TOML reader.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Where it is; nothing where that is not known.
    pub fn span(&self) -> Option<Place> {
        self.0.span.clone()
    }

    /// Its place, unless a narrower one is known.
    #[cold]
    #[inline(never)]
    pub(super) fn within(mut self, span: Option<&Place>) -> Self {
        self.0.span = self.0.span.or_else(|| span.cloned());
        self
    }
}

impl Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for DataError {}

impl serde::de::Error for DataError {
    fn custom<T: Display>(message: T) -> Self {
        Self(Box::new(Inner { message: message.to_string(), span: None }))
    }
}

impl From<toml::de::Error> for DataError {
    fn from(error: toml::de::Error) -> Self {
        Self(Box::new(Inner { message: error.message().to_owned(), span: error.span() }))
    }
}
