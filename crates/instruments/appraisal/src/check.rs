//! Whether a case holds together.

use crate::{Amounts, Case, Delay, Error, Line, Shape};

/// Periods a case may have at most: a hundred years of months.
const MOST_PERIODS: usize = 1_200;

impl Case {
    /// Whether everything fits: as many amounts as periods, names that exist, shapes that can be.
    ///
    /// # Errors
    /// [`Error::Case`] with the record; [`Error::Rate`].
    pub fn check(&self) -> Result<(), Error> {
        crate::discount::check_rate(self.discounting.rate)?;
        self.reinvest.map_or(Ok(()), crate::discount::check_rate)?;
        self.check_periods()?;
        unique("lines", self.lines.iter().map(|line| line.key.as_str()))?;
        if self.lines.is_empty() {
            return Err(Error::case("lines", "a case needs at least one line"));
        }
        self.lines.iter().try_for_each(|line| self.check_line(line))?;
        self.delay.map_or(Ok(()), check_delay)?;
        self.check_correlation()?;
        self.check_scenarios()
    }

    fn check_periods(&self) -> Result<(), Error> {
        if self.periods.is_empty() || self.periods.len() > MOST_PERIODS {
            let says = format!("{} periods; a case has from 1 to {MOST_PERIODS}", self.periods.len());
            return Err(Error::case("periods", says));
        }
        if !(1..=12).contains(&self.discounting.months) {
            let says = format!("a period of {} months; give 1 to 12", self.discounting.months);
            return Err(Error::case("months", says));
        }
        unique("periods", self.periods.iter().map(String::as_str))
    }

    fn check_line(&self, line: &Line) -> Result<(), Error> {
        let at = format!("line {}", line.key);
        if line.key.is_empty() || line.key.contains('@') {
            return Err(Error::case(at, "a key is not empty and has no @"));
        }
        match &line.amounts {
            Amounts::Each(each) if each.len() != self.periods.len() => {
                let says = format!("{} amounts for {} periods", each.len(), self.periods.len());
                return Err(Error::case(at, says));
            }
            Amounts::Growing { from, .. } if *from >= self.periods.len() => {
                return Err(Error::case(at, "it starts after the last period"));
            }
            Amounts::Growing { growth, .. } if growth.bounds().0 <= -1.0 && growth.bounds().0.is_finite() => {
                return Err(Error::case(at, "a growth of -1 or less leaves nothing to grow"));
            }
            _ => {}
        }
        let wrong = |(name, says): (String, String)| Err(Error::case(format!("input {name}"), says));
        let judged = line.inputs(&self.periods).into_iter();
        let mut judged = judged.filter_map(|input| Some((input.name, input.shape.check().err()?)));
        judged.next().map_or(Ok(()), wrong)
    }

    fn check_correlation(&self) -> Result<(), Error> {
        let Some(correlation) = &self.correlation else { return Ok(()) };
        correlation.check()?;
        let known: Vec<String> = self.all_names();
        let unknown = correlation.inputs.iter().find(|name| !known.contains(name));
        unknown.map_or(Ok(()), |name| {
            let says = format!("there is no input {name}; inputs are named LINE@PERIOD, LINE@first, LINE@growth, LINE@end, delay");
            Err(Error::case("correlation, inputs", says))
        })
    }

    /// Names of all inputs, certain or not.
    fn all_names(&self) -> Vec<String> {
        let lines = self.lines.iter().flat_map(|line| line.inputs(&self.periods));
        lines.map(|input| input.name).chain(self.delay.map(|_| "delay".to_owned())).collect()
    }

    fn check_scenarios(&self) -> Result<(), Error> {
        unique("scenarios", self.scenarios.iter().map(|scenario| scenario.key.as_str()))?;
        let weights: Vec<f64> = self.scenarios.iter().filter_map(|scenario| scenario.weight).collect();
        if !weights.is_empty() {
            let sum: f64 = weights.iter().sum();
            if weights.len() != self.scenarios.len() {
                return Err(Error::case(
                    "scenarios",
                    "some have a weight and some do not: give all one, or none",
                ));
            }
            if weights.iter().any(|weight| *weight < 0.0) || (sum - 1.0).abs() > 1e-9 {
                return Err(Error::case("scenarios", format!("the weights add up to {sum}, not to 1")));
            }
        }
        self.scenarios.iter().try_for_each(|scenario| self.under(scenario).map(|_| ()))
    }

    /// What looks like a slip, though it can be appraised: costs that are written without their minus.
    pub fn remarks(&self) -> Vec<String> {
        let costs = self.lines.iter().filter(|line| line.side != crate::Side::Benefit);
        let positive = costs.filter(|line| {
            !matches!(line.amounts, Amounts::AtEnd(_))
                && line
                    .inputs(&self.periods)
                    .iter()
                    .any(|input| !input.name.ends_with("@growth") && input.shape.likely() > 0.0)
        });
        let says = |line: &Line| {
            format!(
                "Line {} is a cost and has amounts above 0, which count as income: write what is spent with a minus.",
                line.key
            )
        };
        positive.map(says).collect()
    }
}

fn check_delay(delay: Delay) -> Result<(), Error> {
    delay.months.check().map_err(|says| Error::case("delay", says))?;
    let (low, high) = delay.months.bounds();
    if low < 0.0 {
        return Err(Error::case("delay", "a delay of less than 0 months is none"));
    }
    if matches!(delay.months, Shape::Normal { .. } | Shape::LogNormal { .. }) || high > 1_200.0 {
        let says =
            "a delay has an upper bound of at most 1200 months: use triangular, pert, uniform or a number";
        return Err(Error::case("delay", says));
    }
    Ok(())
}

fn unique<'a>(of: &str, keys: impl Iterator<Item = &'a str>) -> Result<(), Error> {
    let mut keys: Vec<&str> = keys.collect();
    keys.sort_unstable();
    match keys.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Error::case(of, format!("{} is there twice", pair[0]))),
        None => Ok(()),
    }
}
