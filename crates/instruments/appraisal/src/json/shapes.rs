//! Numbers and shapes as people write them.

use std::fmt;

use kernel::written::{Exact, ExactVisitor};
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

use crate::{Error, Shape};

/// The number that a decimal such as `-12.5` names: sign, digits, at most one dot; no exponent, no separators.
///
/// # Errors
/// A sentence without its full stop.
pub fn number(text: &str) -> Result<f64, String> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let parsed = (plain(whole) && plain(part)).then(|| text.parse::<f64>().ok()).flatten();
    parsed
        .filter(|number| number.is_finite())
        .ok_or_else(|| format!("“{text}” is no decimal number: write it like -12500 or 0.09"))
}

pub(super) fn read(exact: &Exact, at: &str) -> Result<f64, Error> {
    number(&exact.0).map_err(|says| Error::unreadable(at, says))
}

/// A number, or an object with the name of a shape.
#[derive(Clone, Debug)]
pub(super) enum ShapeFile {
    Fixed(Exact),
    Named(Named),
}

#[derive(Clone, Debug, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Named {
    Fixed(Exact),
    Triangular(Points),
    Pert(Points),
    Uniform(Ends),
    Normal(Bell),
    Lognormal(Bell),
}

#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Points {
    low: Exact,
    mode: Exact,
    high: Exact,
}

#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ends {
    low: Exact,
    high: Exact,
}

#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bell {
    mean: Exact,
    sd: Exact,
}

impl ShapeFile {
    pub(super) fn read(&self, at: &str) -> Result<Shape, Error> {
        let named = match self {
            ShapeFile::Fixed(exact) => return Ok(Shape::Fixed(read(exact, at)?)),
            ShapeFile::Named(named) => named,
        };
        let points =
            |Points { low, mode, high }: &Points| Ok((read(low, at)?, read(mode, at)?, read(high, at)?));
        let bell = |Bell { mean, sd }: &Bell| Ok((read(mean, at)?, read(sd, at)?));
        Ok(match named {
            Named::Fixed(exact) => Shape::Fixed(read(exact, at)?),
            Named::Triangular(given) => {
                let (low, mode, high) = points(given)?;
                Shape::Triangular { low, mode, high }
            }
            Named::Pert(given) => {
                let (low, mode, high) = points(given)?;
                Shape::Pert { low, mode, high }
            }
            Named::Uniform(Ends { low, high }) => {
                Shape::Uniform { low: read(low, at)?, high: read(high, at)? }
            }
            Named::Normal(given) => {
                let (mean, sd) = bell(given)?;
                Shape::Normal { mean, sd }
            }
            Named::Lognormal(given) => {
                let (mean, sd) = bell(given)?;
                Shape::LogNormal { mean, sd }
            }
        })
    }
}

impl<'de> Deserialize<'de> for ShapeFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ShapeFile, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = ShapeFile;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str(
                    "a whole number, a decimal in quotes such as \"12.5\", or an object with one of fixed, \
                     triangular, pert, uniform, normal, lognormal",
                )
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<ShapeFile, E> {
                ExactVisitor.visit_str(text).map(ShapeFile::Fixed)
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<ShapeFile, E> {
                ExactVisitor.visit_u64(number).map(ShapeFile::Fixed)
            }
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<ShapeFile, E> {
                ExactVisitor.visit_i64(number).map(ShapeFile::Fixed)
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ShapeFile, A::Error> {
                Named::deserialize(de::value::MapAccessDeserializer::new(map)).map(ShapeFile::Named)
            }
        }
        deserializer.deserialize_any(Either)
    }
}
