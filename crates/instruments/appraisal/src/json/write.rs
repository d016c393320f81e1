//! Figures and simulations as JSON.

use serde_json::{Value, json};

use crate::{Case, Error, Figures, Outcome, Payback, Prices, SWING, Side, Spread, Tax, weighted};

/// `quarterdeck.case-figures.v1`, with the worth to go so many months after the start.
pub(super) fn figures(case: &Case, decisions: &[f64]) -> Result<Value, Error> {
    let figures = case.figures()?;
    let ways = case.ways()?;
    let timing = case.discounting.timing;
    let [end, mid, start] = figures.npv;
    Ok(json!({
        "schema": "quarterdeck.case-figures.v1",
        "name": case.name,
        "terms": terms(case),
        "npv": case.rows().npv(),
        "timing": timing.word(),
        "npv_by_timing": { "end": end, "mid": mid, "start": start },
        "irr": { "status": figures.irr.status(), "rates": figures.irr.rates() },
        "mirr": figures.mirr,
        "payback": payback(case, figures.payback),
        "discounted_payback": payback(case, figures.discounted_payback),
        "profitability_index": figures.profitability,
        "roi": figures.roi,
        "discounted_roi": figures.discounted_roi,
        "tco": figures.tco,
        "discounted_tco": figures.discounted_tco,
        "break_even_benefit_per_year": figures.break_even,
        "periods": periods(case, &figures),
        "tornado": { "swing": SWING, "bars": bars(case) },
        "delays": late(case),
        "to_go": to_go(case, decisions),
        "scenarios": {
            "items": ways.iter().map(|way| json!({ "key": way.key, "weight": way.weight, "npv": way.npv }))
                .collect::<Vec<Value>>(),
            "weighted_npv": weighted(&ways),
        },
        "uncertain_inputs": case.inputs().len(),
        "remarks": remarks(case, &figures),
    }))
}

fn terms(case: &Case) -> Value {
    json!({
        "unit": case.terms.unit,
        "prices": match case.terms.prices { Prices::Nominal => "nominal", Prices::Real => "real" },
        "tax": match case.terms.tax { Tax::Before => "before", Tax::After => "after" },
        "rate": case.discounting.rate,
        "rate_source": case.terms.rate_source,
        "rate_date": case.terms.rate_date.to_string(),
        "reinvest": case.reinvest.unwrap_or(case.discounting.rate),
        "months_in_period": case.discounting.months,
    })
}

fn payback(case: &Case, payback: Option<Payback>) -> Value {
    payback.map_or(
        Value::Null,
        |payback| json!({ "years": payback.years, "period": case.periods[payback.period] }),
    )
}

fn periods(case: &Case, figures: &Figures) -> Vec<Value> {
    let rows = case.rows();
    let sides = [Side::Benefit, Side::Capital, Side::Running].map(|side| rows.of(side));
    let mut cumulative = 0.0;
    let period = |(place, net): (usize, &f64)| {
        cumulative += net;
        json!({
            "period": case.periods[place],
            "benefit": sides[0][place],
            "capital": sides[1][place],
            "running": sides[2][place],
            "net": net,
            "cumulative": cumulative,
            "present_value": net * case.discounting.factor(place),
        })
    };
    figures.net.iter().enumerate().map(period).collect()
}

fn bars(case: &Case) -> Vec<Value> {
    let bars = case.rows().tornado();
    bars.iter().map(|bar| json!({ "line": bar.key, "smaller": bar.smaller, "larger": bar.larger })).collect()
}

fn late(case: &Case) -> Vec<Value> {
    let delay = |late: crate::Late| json!({ "months": late.months, "end_fixed": late.end_fixed, "same_years_of_benefit": late.same_years });
    case.late().into_iter().map(delay).collect()
}

fn to_go(case: &Case, decisions: &[f64]) -> Vec<Value> {
    let item = |at: crate::ToGo| {
        json!({
            "months": at.months,
            "at_start_of": at.period.map(|period| &case.periods[period]),
            "npv_to_go": at.npv_to_go,
            "npv_since_start": at.npv_since_start,
        })
    };
    case.to_go(decisions).into_iter().map(item).collect()
}

fn remarks(case: &Case, figures: &Figures) -> Vec<String> {
    case.remarks().into_iter().chain(figures.irr.remark()).collect()
}

/// `quarterdeck.simulation.v1`.
pub(super) fn simulation(case: &Case, scenario: Option<&str>, outcome: &Outcome) -> Result<Value, Error> {
    let repair = outcome.repair.as_ref();
    let net = outcome.net.iter().map(|net| {
        json!({ "period": net.period, "spread": spread(&net.spread), "drivers": drivers(&net.drivers) })
    });
    let remarks: Vec<String> = case.remarks().into_iter().chain(repair.map(crate::Repair::remark)).collect();
    Ok(json!({
        "schema": "quarterdeck.simulation.v1",
        "name": case.name,
        "scenario": scenario,
        "terms": terms(case),
        "timing": case.discounting.timing.word(),
        "trials": outcome.trials,
        "seed": outcome.seed,
        "npv_of_most_likely": case.discounting.npv(&case.rows().net())?,
        "npv": spread(&outcome.npv),
        "net": net.collect::<Vec<Value>>(),
        "drivers": {
            "trials": outcome.judged,
            "items": drivers(&outcome.drivers),
        },
        "correlation_repair": repair.map(|repair| json!({
            "distance": repair.distance,
            "largest_change": { "between": [repair.largest.1, repair.largest.2], "from": repair.from_to.0, "to": repair.from_to.1 },
        })),
        "remarks": remarks,
    }))
}

fn drivers(drivers: &[crate::Driver]) -> Vec<Value> {
    let driver = |one: &crate::Driver| json!({ "input": one.name, "rank_correlation": one.correlation });
    drivers.iter().map(driver).collect()
}

fn spread(of: &Spread) -> Value {
    json!({
        "mean": of.mean,
        "standard_error": of.standard_error,
        "sd": of.sd,
        "lowest": of.lowest,
        "p5": of.p5,
        "p50": of.p50,
        "p95": of.p95,
        "highest": of.highest,
        "probability_of_loss": of.loss,
        "cvar5": of.cvar5,
        "histogram": { "from": of.histogram.from, "step": of.histogram.step, "counts": of.histogram.counts },
    })
}
