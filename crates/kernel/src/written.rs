//! Numbers of a JSON file as people wrote them, before they are money or quantities; and where a file is wrong.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

use crate::Quantity;

/// A number as it was written: a whole one, or a decimal in quotes. A bare decimal is refused, because JSON
/// readers take it for a float.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exact(pub String);

impl Exact {
    /// As a quantity.
    ///
    /// # Errors
    /// A sentence without its full stop.
    pub fn quantity(&self) -> Result<Quantity, String> {
        Quantity::parse(&self.0)
            .map_err(|_| format!("“{}” is no number with at most six digits after the dot", self.0))
    }
}

/// Key → value in the order of the file; a key written twice is refused instead of the first being lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entries<T>(pub Vec<(String, T)>);

impl<T> Default for Entries<T> {
    fn default() -> Entries<T> {
        Entries(Vec::new())
    }
}

/// Reads an [`Exact`]; public for values that may be a number or something else.
pub struct ExactVisitor;

impl Visitor<'_> for ExactVisitor {
    type Value = Exact;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a whole number, or a decimal in quotes such as \"12.5\"")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Exact, E> {
        Ok(Exact(text.to_owned()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Exact, E> {
        Ok(Exact(number.to_string()))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Exact, E> {
        Ok(Exact(number.to_string()))
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Exact, D::Error> {
        deserializer.deserialize_any(ExactVisitor)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Entries<T>, D::Error> {
        deserializer.deserialize_map(Each(PhantomData))
    }
}

struct Each<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Each<T> {
    type Value = Entries<T>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object of keys and values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
        let mut entries: Vec<(String, T)> = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        let mut sorted: Vec<&str> = entries.iter().map(|(key, _)| key.as_str()).collect();
        sorted.sort_unstable();
        match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(de::Error::custom(format!("{} is there twice", pair[0]))),
            None => Ok(Entries(entries)),
        }
    }
}

/// Where and what is wrong with a file that is no JSON of the wanted shape: `line 3, column 7`, and the reason.
pub fn place_of(error: &serde_json::Error) -> (String, String) {
    let at = format!("line {}, column {}", error.line(), error.column());
    let says = error.to_string();
    let place = says.rfind(" at line ").unwrap_or(says.len());
    (at, says[..place].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stays_as_it_was_written_and_is_never_a_float() {
        for (json, written) in [
            ("12", "12"),
            ("-3", "-3"),
            ("\"0.10\"", "0.10"),
            ("18446744073709551615", "18446744073709551615"),
        ] {
            assert_eq!(serde_json::from_str::<Exact>(json).unwrap(), Exact(written.into()), "{json}");
        }
        for json in ["12.5", "true", "null", "[1]"] {
            assert!(serde_json::from_str::<Exact>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn a_key_that_stands_twice_is_refused_with_its_place() {
        let read = serde_json::from_str::<Entries<Exact>>;
        assert_eq!(read("{\"b\": 1, \"a\": \"2.5\"}").unwrap().0[0].0, "b", "in the order of the file");
        let error = read("{\"a\": 1,\n \"b\": 2, \"a\": 3}").unwrap_err();
        assert_eq!(place_of(&error), ("line 2, column 16".to_owned(), "a is there twice".to_owned()));
    }
}
