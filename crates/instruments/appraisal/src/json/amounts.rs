//! The amounts of a line, in whichever way they are given.

use super::shapes::ShapeFile;
use crate::{Amounts, Error};

/// The three ways to give amounts, of which a line uses one.
pub(super) struct AmountsFile {
    pub(super) amounts: Option<Vec<ShapeFile>>,
    pub(super) first: Option<ShapeFile>,
    pub(super) growth: Option<ShapeFile>,
    pub(super) from: Option<String>,
    pub(super) at_end: Option<ShapeFile>,
}

impl AmountsFile {
    pub(super) fn read(self, at: &str, periods: &[String]) -> Result<Amounts, Error> {
        let shape = |shape: &ShapeFile, field: &str| shape.read(&format!("{at}, {field}"));
        match self {
            AmountsFile { amounts: Some(each), first: None, growth: None, from: None, at_end: None } => {
                let place = |number: usize| periods.get(number).map_or("amounts", String::as_str);
                let read = |(number, one): (usize, &ShapeFile)| shape(one, place(number));
                Ok(Amounts::Each(each.iter().enumerate().map(read).collect::<Result<_, _>>()?))
            }
            AmountsFile { amounts: None, first: Some(first), growth, from, at_end: None } => {
                let growth =
                    growth.map_or(Ok(crate::Shape::Fixed(0.0)), |growth| shape(&growth, "growth"))?;
                let from = from.map_or(Ok(0), |name| period(at, &name, periods))?;
                Ok(Amounts::Growing { from, first: shape(&first, "first")?, growth })
            }
            AmountsFile { amounts: None, first: None, growth: None, from: None, at_end: Some(once) } => {
                Ok(Amounts::AtEnd(shape(&once, "at_end")?))
            }
            _ => {
                let says = "give either amounts, or first (with growth and from if need be), or at_end";
                Err(Error::unreadable(at, says))
            }
        }
    }
}

fn period(at: &str, name: &str, periods: &[String]) -> Result<usize, Error> {
    let place = periods.iter().position(|period| period == name);
    place.ok_or_else(|| Error::unreadable(format!("{at}, from"), format!("there is no period {name}")))
}
