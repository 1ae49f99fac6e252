//! The tree: values of any kind, from TOML with their places.

use serde::de::{Error as _, Expected, Unexpected};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::access::{Choice, List, Table};
use super::error::{DataError, Place};

/// The field that a date of TOML is in, when it is read as a table.
const DATE: &str = "$__toml_private_datetime";

/// A value of any kind, and where it was written. One pointer: it is moved in the code of every type that is read.
#[derive(Debug)]
pub struct Node(pub(super) Box<Inside>);

#[derive(Debug)]
pub(super) struct Inside {
    pub(super) kind: Kind,
    /// Nothing in JSON.
    pub(super) span: Option<Place>,
}

#[derive(Debug)]
pub(super) enum Kind {
    Null,
    Bool(bool),
    Signed(i64),
    Unsigned(u64),
    Float(f64),
    Text(String),
    /// The name of a field that a type asked for.
    Name(&'static str),
    /// A date of TOML, as it is written.
    Date(String),
    List(Vec<Node>),
    /// In the order of the text, with keys that come twice.
    Table(Vec<(Node, Node)>),
}

impl Node {
    pub(super) fn of(kind: Kind) -> Self {
        Self::at(kind, None)
    }

    fn at(kind: Kind, span: Option<Place>) -> Self {
        Self(Box::new(Inside { kind, span }))
    }

    /// A table of TOML.
    pub(super) fn table(table: &DeTable<'_>, span: Place) -> Self {
        let mut all = Vec::new();
        for (key, value) in table {
            all.push((Self::at(Kind::Text(key.get_ref().to_string()), Some(key.span())), Self::value(value)));
        }
        Self::at(Kind::Table(all), Some(span))
    }

    fn value(value: &Spanned<DeValue<'_>>) -> Self {
        let kind = match value.get_ref() {
            DeValue::String(it) => Kind::Text(it.to_string()),
            DeValue::Boolean(it) => Kind::Bool(*it),
            DeValue::Datetime(it) => Kind::Date(it.to_string()),
            DeValue::Array(all) => Kind::List(all.iter().map(Self::value).collect()),
            DeValue::Table(table) => return Self::table(table, value.span()),
            // The reader of TOML has seen that they are numbers; one that is larger than any of ours is none of ours.
            DeValue::Integer(it) => match i64::from_str_radix(it.as_str(), it.radix()) {
                Ok(number) => Kind::Signed(number),
                Err(_) => Kind::Float(f64::INFINITY),
            },
            DeValue::Float(it) => Kind::Float(it.as_str().parse().unwrap_or(f64::NAN)),
        };
        Self::at(kind, Some(value.span()))
    }

    /// It is not what a type expects.
    #[cold]
    #[inline(never)]
    pub(super) fn wrong(self, expected: &dyn Expected) -> DataError {
        let found = match &self.0.kind {
            Kind::Null => Unexpected::Unit,
            Kind::Bool(it) => Unexpected::Bool(*it),
            Kind::Signed(it) => Unexpected::Signed(*it),
            Kind::Unsigned(it) => Unexpected::Unsigned(*it),
            Kind::Float(it) => Unexpected::Float(*it),
            Kind::Text(it) => Unexpected::Str(it),
            Kind::Name(it) => Unexpected::Str(it),
            Kind::List(_) => Unexpected::Seq,
            Kind::Date(_) | Kind::Table(_) => Unexpected::Map,
        };
        DataError::invalid_type(found, expected).within(self.0.span.as_ref())
    }

    /// Its entries.
    #[inline(never)]
    pub(super) fn entries(self) -> Result<(Table, Option<Place>), Self> {
        match self.0.kind {
            Kind::Table(all) => Ok((Table::of(all), self.0.span)),
            Kind::Date(it) => Ok((Table::of(vec![field(DATE, Kind::Text(it))]), self.0.span)),
            kind => Err(Self::at(kind, self.0.span)),
        }
    }

    /// Its items.
    #[inline(never)]
    pub(super) fn items(self) -> Result<(List, Option<Place>), Self> {
        match self.0.kind {
            Kind::List(all) => Ok((List(all.into_iter()), self.0.span)),
            kind => Err(Self::at(kind, self.0.span)),
        }
    }

    /// Its text.
    #[inline(never)]
    pub(super) fn text(self) -> Result<(String, Option<Place>), Self> {
        match self.0.kind {
            Kind::Text(it) => Ok((it, self.0.span)),
            kind => Err(Self::at(kind, self.0.span)),
        }
    }

    /// As the fields of `toml::Spanned`.
    #[inline(never)]
    pub(super) fn spanned(self, fields: &'static [&'static str]) -> Table {
        let [start, end, value] = fields else { return Table::of(Vec::new()) };
        let span = self.0.span.clone().unwrap_or_default();
        let place = |name, at: usize| field(name, Kind::Unsigned(at as u64));
        Table::of(vec![place(start, span.start), place(end, span.end), (Self::of(Kind::Name(value)), self)])
    }

    #[inline(never)]
    pub(super) fn choice(self) -> Result<Choice, Self> {
        match self.0.kind {
            Kind::Text(_) => Ok(Choice { name: self, value: None }),
            Kind::Table(mut all) if all.len() == 1 => match all.pop() {
                Some((name, value)) => Ok(Choice { name, value: Some(value) }),
                None => Err(Self::of(Kind::Table(all))),
            },
            kind => Err(Self::at(kind, self.0.span)),
        }
    }
}

/// A field that a type asked for.
fn field(name: &'static str, kind: Kind) -> (Node, Node) {
    (Node::of(Kind::Name(name)), Node::of(kind))
}
