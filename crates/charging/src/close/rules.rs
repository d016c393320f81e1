//! The eleven steps of a close out of the evidence (`screens.md` S12, `domain.md` §3). Pure.
//!
//! Completeness (1–4), mapping (5), the run (6), the tie (7) and the second person's signature (9)
//! always block; explained variances (8) only by policy; 10 is the close itself, 11 comes after it. The
//! signature stands in `signature`.

mod signature;

use kernel::Money;

use crate::statement;

use self::signature::signed;
use super::entity::{Evidence, Rate, Rejects, Run, Step};

/// The eleven steps, in order.
pub fn steps(evidence: &Evidence) -> Vec<Step> {
    let all = [ledger, detail, usage, rates, mapped, run, ties, variances, signed, closed, issued];
    let numbered = all.iter().zip(1..).map(|(step, number)| Step { number, ..step(evidence) });
    numbered.collect()
}

/// The blocking steps of the close that are open.
pub fn open(steps: &[Step]) -> Vec<&Step> {
    steps.iter().filter(|step| step.blocking && !step.satisfied).collect()
}

fn step(
    name: &'static str,
    blocking: bool,
    satisfied: bool,
    evidence: String,
    next: String,
    link: String,
) -> Step {
    let next = if satisfied { String::new() } else { next };
    Step { number: 0, name, satisfied, blocking, evidence, next, link, who: None }
}

fn ledger(of: &Evidence) -> Step {
    let loose: Vec<&str> = of
        .batches
        .iter()
        .filter(|batch| !batch.controlled && !batch.mends)
        .map(|batch| batch.label.as_str())
        .collect();
    let labels: Vec<&str> = of.batches.iter().map(|batch| batch.label.as_str()).collect();
    let evidence = match (labels.is_empty(), loose.is_empty()) {
        (true, _) => "No ledger batch is written.".to_owned(),
        (false, true) => format!("{} tied to the control total.", labels.join(", ")),
        (false, false) => format!("{} written without a control total.", loose.join(", ")),
    };
    let next = if labels.is_empty() {
        format!("quarterdeck import gl FILE --period {}", of.period)
    } else {
        "take the batch back and import it with its control total".to_owned()
    };
    let done = !labels.is_empty() && loose.is_empty();
    let link = "/records/batches?kind=gl".to_owned();
    let step = step("ledger", true, done, evidence, next, link);
    Step { who: of.batches.last().map(|batch| batch.who.clone()), ..step }
}

/// Bills explain the ledger, each to the cent or with a name for the rest; or somebody says that there are none.
fn detail(of: &Evidence) -> Step {
    if !of.bills.is_empty() {
        return bills(of);
    }
    let evidence = match &of.no_detail {
        Some((reason, _)) => format!("None: {reason}"),
        None => "No detail is reconciled, and nobody said that there is none.".to_owned(),
    };
    let next = format!("quarterdeck close no-detail {} --reason “…”", of.period);
    let step = step("detail", true, of.no_detail.is_some(), evidence, next, close_page(of));
    Step { who: of.no_detail.as_ref().map(|(_, who)| who.clone()), ..step }
}

fn bills(of: &Evidence) -> Step {
    let told = of.bills.iter().map(|bill| {
        let (supplier, left) = (&bill.supplier, Money::of_minor(bill.standing.unexplained, of.currency));
        match &bill.note {
            _ if left.minor() == 0 && bill.own_source => {
                format!("No ledger of {supplier}: its bill stands as its own source")
            }
            _ if left.minor() == 0 => format!("{supplier} reconciled to the cent"),
            Some(note) => format!("{supplier} leaves {} ({note})", left.spoken()),
            None => format!("{supplier} leaves {} unexplained", left.spoken()),
        }
    });
    let evidence = format!("{}.", told.collect::<Vec<_>>().join("; "));
    let open = of.bills.iter().find(|bill| bill.standing.unexplained != 0 && bill.note.is_none());
    let supplier = open.map_or("", |bill| bill.supplier.as_str());
    let next = format!("quarterdeck reconciliation edit {} {supplier} --note “…”", of.period);
    let link = format!("/money/bills?counts_in={}", of.period);
    step("detail", true, open.is_none(), evidence, next, link)
}

fn usage(of: &Evidence) -> Step {
    let without: Vec<&str> = of.drivers.iter().filter(|(_, has)| !has).map(|(key, _)| key.as_str()).collect();
    let evidence = match (of.drivers.len(), without.is_empty()) {
        (0, _) => "No rule in force uses a driver.".to_owned(),
        (n, true) => format!("All {n} drivers of rules in force have quantities."),
        (_, false) => format!("No quantity of {}.", without.join(", ")),
    };
    let next = format!("quarterdeck import drivers FILE --period {}", of.period);
    let step = step("usage", true, without.is_empty(), evidence, next, "/money/drivers".to_owned());
    Step { who: of.measured_by.clone(), ..step }
}

fn rates(of: &Evidence) -> Step {
    let (known, unknown): (Vec<&Rate>, Vec<&Rate>) = of.rates.iter().partition(|rate| rate.says.is_some());
    let codes: Vec<&str> = unknown.iter().map(|rate| rate.currency.as_str()).collect();
    let says: Vec<&str> = known.iter().filter_map(|rate| rate.says.as_deref()).collect();
    let evidence = match (of.rates.is_empty(), codes.is_empty()) {
        (true, _) => "Nothing was converted here.".to_owned(),
        (false, true) => format!("{}.", says.join("; ")),
        (false, false) => format!("No rate with a source for {}.", codes.join(", ")),
    };
    let next = "quarterdeck import fx FILE, then import the ledger again".to_owned();
    let link = format!("/money/rates?valid_for={}", of.period);
    let step = step("rates", true, codes.is_empty(), evidence, next, link);
    Step { who: of.rated_by.clone(), ..step }
}

fn mapped(of: &Evidence) -> Step {
    let (lines, amount) = of.unmapped;
    let open: Vec<&Rejects> = of.rejects.iter().filter(|rejects| rejects.excepted.is_none()).collect();
    let mut says = Vec::new();
    if lines > 0 {
        says.push(format!("{lines} lines without pool, {}", Money::of_minor(amount, of.currency).spoken()));
    }
    says.extend(open.iter().map(|rejects| format!("{} rejected: {}", rejects.batch, rejects.about)));
    let excepted = of.rejects.iter().filter_map(|rejects| {
        Some(format!("{} left out: {}, {}", rejects.batch, rejects.about, rejects.excepted.as_ref()?))
    });
    let done = says.is_empty();
    let evidence = if done { "Every cost line has its pool".to_owned() } else { says.join("; ") };
    let evidence = [evidence].into_iter().chain(excepted).collect::<Vec<_>>().join("; ");
    let next = match (lines, open.first()) {
        (0, Some(rejects)) => format!(
            "mend and import them, or quarterdeck close except {} --batch {} …",
            of.period, rejects.batch
        ),
        _ => format!("write mapping rules, then quarterdeck mapping run --period {}", of.period),
    };
    let link = format!("/money/unmapped?period={}", of.period);
    let step = step("mapped", true, done, format!("{evidence}."), next, link);
    // Lines are mapped as their batch is written.
    Step { who: of.batches.last().map(|batch| batch.who.clone()), ..step }
}

fn run(of: &Evidence) -> Step {
    let evidence = match &of.run {
        Run::Missing => "Nothing is allocated.".to_owned(),
        Run::Stale => "Something the run started from changed after it.".to_owned(),
        Run::Impossible(why) => format!("The facts as they are now cannot be allocated: {why}"),
        Run::Current => "The run started from exactly the facts of now.".to_owned(),
        Run::Final => "Made final by the close.".to_owned(),
    };
    let next = format!("quarterdeck allocate run --period {}", of.period);
    let done = matches!(of.run, Run::Current | Run::Final);
    let step = step("run", true, done, evidence, next, flow_page(of));
    Step { who: of.run_by.clone(), ..step }
}

fn ties(of: &Evidence) -> Step {
    let spoken = |minor| Money::of_minor(minor, of.currency).spoken();
    let evidence = of.figures.map_or_else(
        || "Nothing is allocated.".to_owned(),
        |figures| {
            let parts =
                [figures.ledger, figures.allocated, figures.unallocated, figures.difference()].map(spoken);
            let [ledger, allocated, unallocated, difference] = parts;
            let off = match figures.off {
                0 => String::new(),
                off => format!(" {off} pools or services pass on another amount than they have."),
            };
            format!(
                "Ledger {ledger}, allocated {allocated}, unallocated {unallocated}: difference {difference}.{off}"
            )
        },
    );
    let next = format!("quarterdeck allocate run --period {}", of.period);
    let done = of.figures.is_some_and(|figures| figures.tie());
    let step = step("ties", true, done, evidence, next, flow_page(of));
    Step { who: of.run_by.clone(), ..step }
}

fn variances(of: &Evidence) -> Step {
    let link = format!("/money/variances?period={}", of.period);
    let Some(told) = &of.variances else {
        let says = "There is no approved original budget to compare with.".to_owned();
        return step("variances explained", of.variances_block, true, says, String::new(), link);
    };
    let mut evidence = format!("{} of {}", told.confirmed, told.needed);
    let mut next = String::new();
    if let Some((pool, name, amount, proposed)) = told.open.first() {
        let money = Money::of_minor(*amount, of.currency);
        let sign = if *amount > 0 { "+" } else { "" };
        let lacks = if proposed.is_some() { "is not confirmed" } else { "has no cause" };
        evidence = format!("{evidence} ({name} {sign}{} {lacks})", money.spoken());
        let verb = if proposed.is_some() { "confirm" } else { "explain" };
        next = format!("quarterdeck variance {verb} {} {}", of.period, pool.to_lowercase());
    }
    step("variances explained", of.variances_block, told.open.is_empty(), format!("{evidence}."), next, link)
}

fn closed(of: &Evidence) -> Step {
    let evidence = format!("{} is {}.", of.period.label(), of.state.word());
    let next = format!("quarterdeck period close {}", of.period);
    let step = step("closed", false, of.state.is_closed(), evidence, next, close_page(of));
    Step { who: of.closed.clone(), ..step }
}

fn issued(of: &Evidence) -> Step {
    let (issued, all) = of.statements;
    let evidence = match all {
        0 => "There are no statements yet.".to_owned(),
        _ if of.stale_drafts => format!("{issued} of {all} statements issued; {}.", statement::STALE),
        _ => format!("{issued} of {all} statements issued."),
    };
    let next = "issue the statements once the period is closed".to_owned();
    let link = format!("/money/statements?period={}", of.period);
    step("issued", false, all > 0 && issued == all, evidence, next, link)
}

fn close_page(of: &Evidence) -> String {
    format!("/money/close/{}", of.period)
}

fn flow_page(of: &Evidence) -> String {
    format!("/money/flow?period={}", of.period)
}

#[cfg(test)]
mod tests;
