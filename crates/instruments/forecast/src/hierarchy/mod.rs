//! Series that add up, and forecasts of them that add up too.
//!
//! Bottom-up adds the lowest forecasts. OLS (Hyndman, Ahmed, Athanasopoulos & Shang 2011, *Computational
//! Statistics & Data Analysis* 55, 2579–2589) and MinT (Wickramasuriya, Athanasopoulos & Hyndman 2019, *JASA*
//! 114, 804–819) take the forecasts of all levels and give the nearest ones that add up: β solves
//! S′W⁻¹S β = S′W⁻¹ŷ. W is the identity, or the covariance of one-step errors shrunk towards its
//! diagonal (Schäfer & Strimmer 2005).

mod reconcile;

use std::collections::{BTreeMap, BTreeSet};

use crate::ahead::{self, Forecast};
use crate::error::Error;
use crate::options::Options;
use crate::prepare;
use crate::series::Series;
use crate::watch::{Watch, patient};
pub(crate) use reconcile::Reconciler;

/// How forecasts are made to add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reconciliation {
    /// Upper forecasts are sums of the lowest ones.
    BottomUp,
    /// All forecasts count alike.
    Ols,
    /// Forecasts count by the size of their errors and how these move together, shrunk.
    MinTraceShrink,
}

/// Which series are sums of which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hierarchy {
    /// The lowest series under each, itself included where it is one of them.
    leaves: BTreeMap<String, BTreeSet<String>>,
}

impl Hierarchy {
    /// From pairs of a series and one that it is part of; it may be part of several (a grouping by two
    /// criteria).
    ///
    /// # Errors
    /// [`Error::Hierarchy`], where a series is part of itself, or two are sums of the same.
    pub fn new(parts: &[(String, String)]) -> Result<Hierarchy, Error> {
        let mut children: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (child, parent) in parts {
            children.entry(parent).or_default().insert(child);
            children.entry(child).or_default();
        }
        let mut leaves = BTreeMap::new();
        for id in children.keys() {
            let mut found = BTreeSet::new();
            descend(id, &children, &mut vec![], &mut found)?;
            leaves.insert((*id).to_owned(), found);
        }
        Ok(Hierarchy { leaves })
    }

    /// The lowest series under `id`, itself where it is one of them; none where it is unknown.
    pub fn leaves_of<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a str> {
        self.leaves.get(id).into_iter().flatten().map(String::as_str)
    }

    /// Every series of the hierarchy, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.leaves.keys().map(String::as_str)
    }

    fn is_leaf(&self, id: &str) -> bool {
        self.leaves.get(id).is_some_and(|leaves| leaves.len() == 1 && leaves.contains(id))
    }
}

fn descend(
    id: &str,
    children: &BTreeMap<&str, BTreeSet<&str>>,
    above: &mut Vec<String>,
    leaves: &mut BTreeSet<String>,
) -> Result<(), Error> {
    if above.iter().any(|one| one == id) {
        return Err(Error::Hierarchy(format!("{id} is part of itself: {} → {id}", above.join(" → "))));
    }
    let below = children.get(id).into_iter().flatten();
    if below.clone().next().is_none() {
        leaves.insert(id.to_owned());
    }
    above.push(id.to_owned());
    for child in below {
        descend(child, children, above, leaves)?;
    }
    above.pop();
    Ok(())
}

/// Forecasts the lowest series and all their sums so that they add up. Sums that are not among `series` are
/// computed; those that are must be right.
///
/// # Errors
/// Where a lowest series is missing, does not cover the same periods as the others, or a sum is wrong.
pub fn forecast_hierarchy(
    series: &[Series],
    hierarchy: &Hierarchy,
    how: Reconciliation,
    options: &Options,
) -> Result<Vec<Forecast>, Error> {
    forecast_hierarchy_watched(series, hierarchy, how, options, &patient)
}

/// As [`forecast_hierarchy`], telling `watch` how far it is.
///
/// # Errors
/// As [`forecast_hierarchy`].
pub fn forecast_hierarchy_watched(
    series: &[Series],
    hierarchy: &Hierarchy,
    how: Reconciliation,
    options: &Options,
    watch: Watch<'_>,
) -> Result<Vec<Forecast>, Error> {
    let whole = complete(series, hierarchy, options.season_length)?;
    let lowest: Vec<&str> = hierarchy.ids().filter(|id| hierarchy.is_leaf(id)).collect();
    let sums = whole.iter().map(|one| {
        let own: BTreeSet<&str> = hierarchy.leaves_of(&one.id).collect();
        (0..lowest.len()).filter(|leaf| own.contains(lowest[*leaf])).collect()
    });
    let reconciler = Reconciler { sums: sums.collect(), leaves: lowest.len(), how };
    ahead::run(&whole, options, Some(&reconciler), watch)
}

/// All series of the hierarchy without holes, sums computed.
fn complete(series: &[Series], hierarchy: &Hierarchy, season_length: usize) -> Result<Vec<Series>, Error> {
    let given: BTreeMap<&str, &Series> = series.iter().map(|series| (series.id.as_str(), series)).collect();
    if let Some(stranger) = given.keys().find(|id| !hierarchy.leaves.contains_key(**id)) {
        return Err(Error::Hierarchy(format!(
            "series {stranger} is not in the hierarchy: add it or leave it out"
        )));
    }
    let mut filled: BTreeMap<&str, Series> = BTreeMap::new();
    for id in hierarchy.ids().filter(|id| hierarchy.is_leaf(id)) {
        let Some(leaf) = given.get(id) else {
            return Err(Error::Hierarchy(format!("{id} has no series, and nothing that adds up to it")));
        };
        let values = prepare::fill(&leaf.values[..leaf.known_end()], season_length, &mut Vec::new());
        filled.insert(id, Series { first: leaf.first, ..Series::new(id, &values) });
    }
    let Some(first) = filled.values().next().cloned() else { return Err(Error::Empty) };
    if let Some(other) = filled.values().find(|one| one.first != first.first || one.end() != first.end()) {
        let why =
            format!("{} and {} do not cover the same periods: cut both to the same", first.id, other.id);
        return Err(Error::Hierarchy(why));
    }
    hierarchy.ids().map(|id| sum(id, hierarchy, &filled, given.get(id).copied())).collect()
}

fn sum(
    id: &str,
    hierarchy: &Hierarchy,
    filled: &BTreeMap<&str, Series>,
    given: Option<&Series>,
) -> Result<Series, Error> {
    let parts: Vec<&Series> = hierarchy.leaves_of(id).filter_map(|leaf| filled.get(leaf)).collect();
    let (first, count) = parts.first().map_or((0, 0), |part| (part.first, part.values.len()));
    let total = |t: usize| parts.iter().filter_map(|part| part.values[t]).sum::<f64>();
    let values: Vec<f64> = (0..count).map(total).collect();
    for (t, value) in values.iter().enumerate() {
        let at = given.and_then(|given| usize::try_from(first + t as i64 - given.first).ok());
        let said = given.zip(at).and_then(|(given, at)| given.values.get(at).copied().flatten());
        if let Some(said) = said.filter(|said| (said - value).abs() > 1e-6 * value.abs().max(1.0)) {
            let why =
                format!("{id} is {said} where its parts add up to {value} (period {}): correct one", t + 1);
            return Err(Error::Hierarchy(why));
        }
    }
    Ok(Series { first, ..Series::new(id, &values) })
}
