//! The tree, and how serde reads types from it.

use std::fmt::{self, Display};
use std::vec::IntoIter;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error as _, Expected, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Place;

/// The field that a date of TOML is in, when it is read as a table.
const DATE: &str = "$__toml_private_datetime";

/// What begins the names that `toml::Spanned` asks for itself with.
const SPANNED: &str = "$__serde_spanned";

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
    fn within(mut self, span: Option<&Place>) -> Self {
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

/// A value of any kind, and where it was written. One pointer: it is moved in the code of every type that is read.
#[derive(Debug)]
pub struct Node(Box<Inside>);

#[derive(Debug)]
struct Inside {
    kind: Kind,
    /// Nothing in JSON.
    span: Option<Place>,
}

#[derive(Debug)]
enum Kind {
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
    fn of(kind: Kind) -> Self {
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
    fn wrong(self, expected: &dyn Expected) -> DataError {
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
    fn entries(self) -> Result<(Table, Option<Place>), Self> {
        match self.0.kind {
            Kind::Table(all) => Ok((Table::of(all), self.0.span)),
            Kind::Date(it) => Ok((Table::of(vec![field(DATE, Kind::Text(it))]), self.0.span)),
            kind => Err(Self::at(kind, self.0.span)),
        }
    }

    /// Its items.
    #[inline(never)]
    fn items(self) -> Result<(List, Option<Place>), Self> {
        match self.0.kind {
            Kind::List(all) => Ok((List(all.into_iter()), self.0.span)),
            kind => Err(Self::at(kind, self.0.span)),
        }
    }

    /// Its text.
    #[inline(never)]
    fn text(self) -> Result<(String, Option<Place>), Self> {
        match self.0.kind {
            Kind::Text(it) => Ok((it, self.0.span)),
            kind => Err(Self::at(kind, self.0.span)),
        }
    }
}

/// A field that a type asked for.
fn field(name: &'static str, kind: Kind) -> (Node, Node) {
    (Node::of(Kind::Name(name)), Node::of(kind))
}

/// Each kind is offered only what it can be: a visitor brings the code of all that it is offered.
impl<'de> Deserializer<'de> for Node {
    type Error = DataError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DataError> {
        match &self.0.kind {
            Kind::Null => visitor.visit_unit(),
            Kind::Bool(_) => self.deserialize_bool(visitor),
            Kind::Signed(_) | Kind::Unsigned(_) | Kind::Float(_) => self.deserialize_f64(visitor),
            Kind::Text(_) | Kind::Name(_) => self.deserialize_string(visitor),
            Kind::List(_) => self.deserialize_seq(visitor),
            Kind::Date(_) | Kind::Table(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DataError> {
        match self.0.kind {
            Kind::Bool(it) => visitor.visit_bool(it),
            _ => Err(self.wrong(&visitor)),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DataError> {
        let read = match self.0.kind {
            Kind::Signed(it) => visitor.visit_i64(it),
            Kind::Unsigned(it) => visitor.visit_u64(it),
            Kind::Float(it) => visitor.visit_f64(it),
            _ => return Err(self.wrong(&visitor)),
        };
        read.map_err(|it: DataError| it.within(self.0.span.as_ref()))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DataError> {
        if let Kind::Name(it) = self.0.kind {
            return visitor.visit_borrowed_str(it);
        }
        match self.text() {
            Ok((text, span)) => visitor.visit_string(text).map_err(|it: DataError| it.within(span.as_ref())),
            Err(other) => Err(other.wrong(&visitor)),
        }
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DataError> {
        match &self.0.kind {
            Kind::Text(it) => visitor.visit_str(it).map_err(|it: DataError| it.within(self.0.span.as_ref())),
            Kind::Name(it) => visitor.visit_borrowed_str(it),
            _ => Err(self.wrong(&visitor)),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DataError> {
        match self.0.kind {
            Kind::Null => visitor.visit_unit(),
            _ => Err(self.wrong(&visitor)),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DataError> {
        match self.items() {
            Ok((list, span)) => visitor.visit_seq(list).map_err(|it: DataError| it.within(span.as_ref())),
            Err(other) => Err(other.wrong(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DataError> {
        match self.entries() {
            Ok((table, span)) => visitor.visit_map(table).map_err(|it: DataError| it.within(span.as_ref())),
            Err(other) => Err(other.wrong(&visitor)),
        }
    }

    /// TOML's places ask for themselves as a struct of fields that only they have.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DataError> {
        if name.starts_with(SPANNED) {
            return visitor.visit_map(self.spanned(fields));
        }
        self.deserialize_map(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DataError> {
        match self.0.kind {
            Kind::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, DataError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, DataError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, DataError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, DataError> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DataError> {
        let span = self.0.span.clone();
        let choice = self.choice().map_err(|it| it.wrong(&"a variant"))?;
        visitor.visit_enum(choice).map_err(|it: DataError| it.within(span.as_ref()))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DataError> {
        visitor.visit_unit()
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DataError> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DataError> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DataError> {
        self.deserialize_string(visitor)
    }

    forward_to_deserialize_any! { i8 i16 i32 i128 u8 u16 u32 u128 f32 char bytes byte_buf }
}

impl Node {
    /// As the fields of `toml::Spanned`.
    #[inline(never)]
    fn spanned(self, fields: &'static [&'static str]) -> Table {
        let [start, end, value] = fields else { return Table::of(Vec::new()) };
        let span = self.0.span.clone().unwrap_or_default();
        let place = |name, at: usize| field(name, Kind::Unsigned(at as u64));
        Table::of(vec![place(start, span.start), place(end, span.end), (Self::of(Kind::Name(value)), self)])
    }

    #[inline(never)]
    fn choice(self) -> Result<Choice, Self> {
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

struct List(IntoIter<Node>);

impl<'de> SeqAccess<'de> for List {
    type Error = DataError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DataError> {
        self.0.next().map(|it| seed.deserialize(it)).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Table {
    rest: IntoIter<(Node, Node)>,
    value: Option<Node>,
}

impl Table {
    fn of(all: Vec<(Node, Node)>) -> Self {
        Self { rest: all.into_iter(), value: None }
    }

    #[inline(never)]
    fn advance(&mut self) -> Option<Node> {
        let (key, value) = self.rest.next()?;
        self.value = Some(value);
        Some(key)
    }
}

impl<'de> MapAccess<'de> for Table {
    type Error = DataError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, DataError> {
        self.advance().map(|key| seed.deserialize(key)).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, DataError> {
        let value = self.value.take().unwrap_or_else(|| Node::of(Kind::Null));
        let span = value.0.span.clone();
        seed.deserialize(value).map_err(|it: DataError| it.within(span.as_ref()))
    }
}

/// A variant: its name alone, or a name and what it holds.
struct Choice {
    name: Node,
    value: Option<Node>,
}

impl<'de> EnumAccess<'de> for Choice {
    type Error = DataError;
    type Variant = Held;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Held), DataError> {
        Ok((seed.deserialize(self.name)?, Held(self.value)))
    }
}

/// What a variant holds.
struct Held(Option<Node>);

impl Held {
    fn some(self) -> Node {
        self.0.unwrap_or_else(|| Node::of(Kind::Null))
    }
}

impl<'de> VariantAccess<'de> for Held {
    type Error = DataError;

    fn unit_variant(self) -> Result<(), DataError> {
        self.0.map_or(Ok(()), |it| <()>::deserialize(it))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, DataError> {
        seed.deserialize(self.some())
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, DataError> {
        self.some().deserialize_seq(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DataError> {
        self.some().deserialize_map(visitor)
    }
}

/// From JSON.
impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Kind;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_unit<E>(self) -> Result<Kind, E> {
                Ok(Kind::Null)
            }
            fn visit_none<E>(self) -> Result<Kind, E> {
                Ok(Kind::Null)
            }
            fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Kind, D::Error> {
                Node::deserialize(from).map(|it| it.0.kind)
            }
            fn visit_bool<E>(self, it: bool) -> Result<Kind, E> {
                Ok(Kind::Bool(it))
            }
            fn visit_i64<E>(self, it: i64) -> Result<Kind, E> {
                Ok(Kind::Signed(it))
            }
            fn visit_u64<E>(self, it: u64) -> Result<Kind, E> {
                Ok(Kind::Unsigned(it))
            }
            fn visit_f64<E>(self, it: f64) -> Result<Kind, E> {
                Ok(Kind::Float(it))
            }
            fn visit_str<E>(self, it: &str) -> Result<Kind, E> {
                Ok(Kind::Text(it.to_owned()))
            }
            fn visit_string<E>(self, it: String) -> Result<Kind, E> {
                Ok(Kind::Text(it))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Kind, A::Error> {
                let mut all = Vec::new();
                while let Some(it) = list.next_element()? {
                    all.push(it);
                }
                Ok(Kind::List(all))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Kind, A::Error> {
                let mut all = Vec::new();
                while let Some(key) = map.next_key::<String>()? {
                    all.push((Self::key(key), map.next_value()?));
                }
                Ok(Kind::Table(all))
            }
        }
        impl Any {
            fn key(key: String) -> Node {
                Node::of(Kind::Text(key))
            }
        }
        from.deserialize_any(Any).map(Self::of)
    }
}
