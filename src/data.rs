//! Data of ours, in TOML or JSON, read into types through one tree. The readers of both formats compile all that they can
//! do anew for every type, which was 8 % of the program, whose size everybody downloads; what is here compiles once a type,
//! and once for each format. A fault in TOML keeps its place in the text.

mod access;
mod error;
mod json;
mod node;
mod typed;

use serde::Deserialize as _;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::DeTable;

pub use error::{DataError, Place};
pub use node::Node;

/// A value from a TOML document.
///
/// # Errors
/// What does not parse, or has another shape than the type, and where.
pub fn toml<T: DeserializeOwned>(text: &str) -> Result<T, DataError> {
    of_tree(&DeTable::parse(text)?)
}

/// A value from a document that was parsed; the tree stays, for the lines of faults that are found later.
///
/// # Errors
/// What has another shape than the type, and where.
pub fn of_tree<T: DeserializeOwned>(tree: &Spanned<DeTable<'_>>) -> Result<T, DataError> {
    T::deserialize(Node::table(tree.get_ref(), tree.span()))
}

/// A value from a JSON document, the whole of it.
///
/// # Errors
/// As `serde_json::from_slice`; where the shape is wrong, without a place.
pub fn json<T: DeserializeOwned>(text: impl AsRef<[u8]>) -> Result<T, serde_json::Error> {
    typed(serde_json::from_slice(text.as_ref())?)
}

/// A value from a part of a JSON document.
///
/// # Errors
/// Where the shape is wrong.
pub fn json_value<T: DeserializeOwned>(value: serde_json::Value) -> Result<T, serde_json::Error> {
    typed(Node::deserialize(value)?)
}

/// The line on which an offset in bytes stands, counted from 1, as a fault's place is told.
pub fn line_at(text: &str, offset: usize) -> u32 {
    let before = text.bytes().take(offset).filter(|it| *it == b'\n').count();
    u32::try_from(before + 1).unwrap_or(u32::MAX)
}

fn typed<T: DeserializeOwned>(node: Node) -> Result<T, serde_json::Error> {
    T::deserialize(node).map_err(|it| serde::de::Error::custom(it.message()))
}

#[cfg(test)]
mod tests;
