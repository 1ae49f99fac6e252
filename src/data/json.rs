//! The tree of a JSON document.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::node::{Kind, Node};

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
