//! How serde reads a type from the tree.

use serde::de::{Deserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::error::DataError;
use super::node::{Kind, Node};

/// What begins the names that `toml::Spanned` asks for itself with.
const SPANNED: &str = "$__serde_spanned";

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
