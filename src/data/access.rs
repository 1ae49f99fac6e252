//! What a list, a table and a variant hand out, one after the other.

use std::vec::IntoIter;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::error::DataError;
use super::node::{Kind, Node};

/// The items of a list.
pub(super) struct List(pub(super) IntoIter<Node>);

impl<'de> SeqAccess<'de> for List {
    type Error = DataError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, DataError> {
        self.0.next().map(|it| seed.deserialize(it)).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// The entries of a table, a key and then its value.
pub(super) struct Table {
    rest: IntoIter<(Node, Node)>,
    value: Option<Node>,
}

impl Table {
    pub(super) fn of(all: Vec<(Node, Node)>) -> Self {
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
pub(super) struct Choice {
    pub(super) name: Node,
    pub(super) value: Option<Node>,
}

impl<'de> EnumAccess<'de> for Choice {
    type Error = DataError;
    type Variant = Held;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Held), DataError> {
        Ok((seed.deserialize(self.name)?, Held(self.value)))
    }
}

/// What a variant holds.
pub(super) struct Held(Option<Node>);

impl Held {
    fn some(self) -> Node {
        self.0.unwrap_or_else(|| Node::of(Kind::Null))
    }
}

impl<'de> VariantAccess<'de> for Held {
    type Error = DataError;

    fn unit_variant(self) -> Result<(), DataError> {
        self.0.map_or(Ok(()), <()>::deserialize)
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
