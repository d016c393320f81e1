//! A rule made ready: its receivers and drivers by number, and what could not work refused by name.

use num_integer::Integer;

use crate::plan::{Plan, Sender};
use crate::{Basis, Error, Key, Portion, Rule, Sharing, Standing, Usage};

/// A rule with its receivers by number.
pub(crate) struct Ruled<'m> {
    pub rule: &'m Rule,
    pub ready: Ready<'m>,
}

/// A basis by number. Receivers are sorted.
pub(crate) enum Ready<'m> {
    Even(Vec<usize>),
    Fixed(Vec<(usize, i64)>),
    Proportional(Vec<usize>),
    Driver { driver: usize, only: Option<Vec<usize>> },
    DualRate([Half; 2]),
    Budgeted { fixed: Option<(&'m Standing, usize)>, variable: Option<(&'m Usage, usize)> },
    DriverMissing,
    Central,
}

/// One part of a dual rate; its driver if it was measured.
pub(crate) struct Half {
    pub part: i64,
    pub driver: Option<usize>,
}

impl<'m> Plan<'m> {
    /// Every receiver a rule names, whatever its weight.
    pub fn receivers<'a>(&'a self, ready: &'a Ready) -> Box<dyn Iterator<Item = usize> + 'a> {
        let of_driver = |driver: usize| self.drivers[driver].quantities.iter().map(|(to, _)| *to);
        match ready {
            Ready::Even(to) | Ready::Proportional(to) => Box::new(to.iter().copied()),
            Ready::Fixed(weights) => Box::new(weights.iter().map(|(to, _)| *to)),
            Ready::Driver { only: Some(only), .. } => Box::new(only.iter().copied()),
            Ready::Driver { driver, only: None } => Box::new(of_driver(*driver)),
            Ready::DualRate(halves) => {
                Box::new(halves.iter().filter_map(|half| half.driver).flat_map(of_driver))
            }
            Ready::Budgeted { fixed, variable } => {
                let drivers = [fixed.map(|(_, driver)| driver), variable.map(|(_, driver)| driver)];
                Box::new(drivers.into_iter().flatten().flat_map(of_driver))
            }
            Ready::DriverMissing | Ready::Central => Box::new(std::iter::empty()),
        }
    }

    pub fn ready(&self, rule: &'m Rule, at: &str) -> Result<Ready<'m>, Error> {
        Ok(match &rule.basis {
            Basis::Even { to } => Ready::Even(self.numbered_keys(at, to)?),
            Basis::Proportional { to } => Ready::Proportional(self.numbered_keys(at, to)?),
            Basis::Fixed { weights } => {
                Ready::Fixed(self.numbered(at, weights.iter().map(|(k, q)| (k, q.millionths())))?)
            }
            Basis::Central => Ready::Central,
            Basis::Driver { driver, to } => self.ready_driver(driver, to.as_deref(), at)?,
            Basis::DualRate { fixed, variable } => self.ready_dual([fixed, variable], at)?,
            Basis::Budgeted { fixed, variable } => {
                self.ready_budgeted(fixed.as_ref(), variable.as_ref(), at)?
            }
        })
    }

    fn driver_number(&self, key: &Key) -> Option<usize> {
        self.drivers.binary_search_by(|measured| measured.driver.key.cmp(key)).ok()
    }

    fn ready_driver(&self, driver: &Key, to: Option<&'m [Key]>, at: &str) -> Result<Ready<'m>, Error> {
        let only = to.map(|to| self.numbered_keys(at, to)).transpose()?;
        let Some(driver) = self.driver_number(driver) else { return Ok(Ready::DriverMissing) };
        let measured = &self.drivers[driver];
        let has = |node: &usize| measured.quantities.binary_search_by_key(node, |(n, _)| *n).is_ok();
        if let Some(node) = only.iter().flatten().find(|node| !has(node)) {
            let says = format!("driver {} says nothing about {}", measured.driver.key, self.nodes[*node].key);
            return Err(Error::model(at, says));
        }
        Ok(Ready::Driver { driver, only })
    }

    fn ready_dual(&self, portions: [&Portion; 2], at: &str) -> Result<Ready<'m>, Error> {
        if portions.iter().any(|portion| portion.part.millionths() < 0) {
            return Err(Error::model(at, "a part of its cost is negative"));
        }
        let common = portions[0].part.millionths().gcd(&portions[1].part.millionths()).max(1);
        let half = |portion: &Portion| Half {
            part: portion.part.millionths() / common,
            driver: self.driver_number(&portion.driver),
        };
        let halves = portions.map(half);
        let parts: i128 = halves.iter().map(|half| i128::from(half.part)).sum();
        let of = |half: &Half| half.driver.map_or(1, |driver| self.drivers[driver].reduced_total());
        if of(&halves[0]).checked_mul(of(&halves[1])).and_then(|n| n.checked_mul(parts)).is_none() {
            return Err(Error::model(at, "its two drivers together have too many digits; round them"));
        }
        Ok(Ready::DualRate(halves))
    }

    fn ready_budgeted(
        &self,
        fixed: Option<&'m Standing>,
        variable: Option<&'m Usage>,
        at: &str,
    ) -> Result<Ready<'m>, Error> {
        if fixed.is_some_and(|fixed| fixed.budget < 0)
            || variable.is_some_and(|variable| variable.rate.per_unit().is_sign_negative())
        {
            return Err(Error::model(at, "a budget or a rate is negative"));
        }
        if fixed.and_then(|fixed| fixed.over).is_some_and(|over| over.millionths() <= 0) {
            return Err(Error::model(at, "the quantity its rate is reckoned from is not above zero"));
        }
        if variable.is_some_and(|variable| variable.rate.currency() != self.model.currency) {
            return Err(Error::model(at, "its rate is in another currency than the model"));
        }
        if fixed.is_none() && variable.is_none() {
            return Err(Error::model(at, "it has neither a budget nor a rate"));
        }
        let keys = [fixed.map(|fixed| &fixed.driver), variable.map(|variable| &variable.driver)];
        if keys.into_iter().flatten().any(|key| self.driver_number(key).is_none()) {
            return Ok(Ready::DriverMissing);
        }
        let numbered = |key: &Key| self.driver_number(key).expect("it was found above");
        Ok(Ready::Budgeted {
            fixed: fixed.map(|fixed| (fixed, numbered(&fixed.driver))),
            variable: variable.map(|variable| (variable, numbered(&variable.driver))),
        })
    }

    /// Budgeted charges are no shares of a cost yet to be found, as loops need them.
    pub fn not_in_a_loop(&self, sender: Sender, ready: &Ready, at: &str) -> Result<(), Error> {
        let (Sender::Node(from), Ready::Budgeted { .. }) = (sender, ready) else { return Ok(()) };
        let layer = self.layer_of[from];
        let within = |to: usize| to != from && self.layer_of[to] == layer;
        if self.model.layers[layer].sharing == Sharing::Reciprocal && self.receivers(ready).any(within) {
            let says =
                "budgeted rates cannot serve a layer that is solved together; use a dual rate at actual cost";
            return Err(Error::model(at, says));
        }
        Ok(())
    }
}
