//! Uptake of something new from its segments.

use super::curve::Curve;
use crate::error::Error;

/// A group of people or units who may adopt.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// Its name.
    pub name: String,
    /// How many they are.
    pub size: f64,
    /// The share of them that ever will, between 0 and 1.
    pub likelihood: f64,
}

/// Uptake of one segment.
#[derive(Debug, Clone, PartialEq)]
pub struct Uptake {
    /// The segment.
    pub segment: String,
    /// How many ever will: size × likelihood.
    pub ceiling: f64,
    /// How many do in each period from the first.
    pub adopters: Vec<f64>,
}

/// Spreads the ceiling of each segment over `periods` by `curve`, whose p and q are per period.
///
/// # Errors
/// [`Error::Diffusion`], where a size, a likelihood, p or q is out of its range.
pub fn uptake(segments: &[Segment], curve: Curve, periods: usize) -> Result<Vec<Uptake>, Error> {
    let wrong = |why: String| Err(Error::Diffusion(why));
    if !(curve.p > 0.0 && curve.p < 1.0 && curve.q >= 0.0 && curve.q.is_finite()) {
        return wrong(format!("p {} and q {}: p lies between 0 and 1, q is 0 or more", curve.p, curve.q));
    }
    if let Some(segment) = segments.iter().find(|segment| !(0.0..=1.0).contains(&segment.likelihood)) {
        let (name, found) = (&segment.name, segment.likelihood);
        return wrong(format!("segment {name}: a likelihood of {found}: write a share from 0 to 1"));
    }
    if let Some(segment) = segments.iter().find(|segment| !(segment.size >= 0.0 && segment.size.is_finite()))
    {
        return wrong(format!("segment {}: a size of {}: write 0 or more", segment.name, segment.size));
    }
    let shares: Vec<f64> = (1..=periods).map(|period| curve.in_period(period)).collect();
    let one = |segment: &Segment| {
        let ceiling = segment.size * segment.likelihood;
        let adopters = shares.iter().map(|share| ceiling * share).collect();
        Uptake { segment: segment.name.clone(), ceiling, adopters }
    };
    Ok(segments.iter().map(one).collect())
}
