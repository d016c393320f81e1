//! Open a range of periods.

use access::{Cx, Done, Params};
use kernel::{Period, Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::RANGE;
use super::{FiscalPeriod, PeriodState, PeriodStep, repo, step};
use crate::input::{all_fine, read_period};

/// Which periods to open.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodRange {
    /// First month, `2026-10`.
    pub from: String,
    /// Last month; the same as the first if left out.
    #[serde(default)]
    pub to: Option<String>,
}

/// The longest range opened at once: ten years.
const LONGEST: usize = 120;

/// Opens the periods of the range; the rest of their fiscal years becomes known as *future*, so
/// that budgets can be entered for it. Periods that are open already stay as they are.
pub async fn open(cx: &mut Cx, _: &Params, input: PeriodRange) -> Result<Done, Refused> {
    let range = read_range(&input)?;
    let last = range[range.len() - 1];
    let year_end = cx.organisation.calendar.first_of(cx.organisation.calendar.year_of(last) + 1);
    let mut opened = 0_usize;
    for month in range.iter().copied() {
        opened += usize::from(open_one(cx, month).await?);
    }
    let mut ahead = last.next();
    while ahead < year_end {
        if repo::find(&mut cx.tx, ahead).await?.is_none() {
            let future = new(cx, ahead, PeriodState::Future);
            step::found(cx, &future).await?;
        }
        ahead = ahead.next();
    }
    let key = range[0].to_string();
    let location = format!("/money/periods/{key}");
    if opened == 0 {
        return Ok(Done::unchanged(location, key, "All of them were open already."));
    }
    let says = match opened {
        1 => "Opened 1 period.".to_owned(),
        many => format!("Opened {many} periods."),
    };
    Ok(Done::changed(location, key, says))
}

async fn open_one(cx: &mut Cx, month: Period) -> Result<bool, Refused> {
    match repo::find(&mut cx.tx, month).await? {
        None => {
            let period = new(cx, month, PeriodState::Open);
            step::found(cx, &period).await?;
            Ok(true)
        }
        Some(mut period) => step::step(cx, &mut period, PeriodStep::Open, None).await,
    }
}

fn new(cx: &Cx, period: Period, state: PeriodState) -> FiscalPeriod {
    let fiscal_year = cx.organisation.calendar.year_of(period);
    FiscalPeriod { id: cx.uuid().to_string(), version: 1, period, fiscal_year, state, locked: false }
}

fn read_range(input: &PeriodRange) -> Result<Vec<Period>, Refusal> {
    let mut wrong = Vec::new();
    let from = read_period("from", &input.from, &mut wrong);
    let to = match input.to.as_deref().filter(|text| !text.trim().is_empty()) {
        Some(text) => read_period("to", text, &mut wrong),
        None => from,
    };
    all_fine(wrong)?;
    let (from, to) = from.zip(to).ok_or_else(Refusal::not_found)?;
    let range: Vec<Period> = std::iter::successors(Some(from), |month| Some(month.next()))
        .take_while(|month| *month <= to)
        .take(LONGEST + 1)
        .collect();
    if range.is_empty() || range.len() > LONGEST {
        return Err(RANGE.with(&[&from.to_string(), &to.to_string()]));
    }
    Ok(range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_has_one_to_a_hundred_and_twenty_months_in_order() {
        for (from, to, months) in [
            ("2026-10", None, Ok(1)),
            ("2024-10", Some("2026-09"), Ok(24)),
            ("2026-10", Some(""), Ok(1)),
            ("2026-10", Some("2026-09"), Err("period_range")),
            ("2000-01", Some("2026-09"), Err("period_range")),
            ("2026", None, Err("invalid_input")),
        ] {
            let read = read_range(&PeriodRange { from: from.into(), to: to.map(str::to_owned) });
            assert_eq!(read.map(|range| range.len()).map_err(|refusal| refusal.kind.code), months);
        }
        let both = read_range(&PeriodRange { from: "autumn".into(), to: Some("2026-13".into()) });
        let fields: Vec<_> = both.unwrap_err().fields.into_iter().map(|wrong| wrong.field).collect();
        assert_eq!(fields, ["from", "to"], "both are named at once");
    }
}
