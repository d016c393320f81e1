//! Gathers the evidence the steps of a close are judged by: every figure from the rows as they are now.

use std::collections::{BTreeMap, BTreeSet};

use access::{Action, Cx, Params, View, person};
use finance::period::FiscalPeriod;
use kernel::listing::Asked;
use kernel::{Fault, Money, Period, PersonId, Refused};

use super::entity::{Close, Deed, Evidence, Figures, People, Rejects, Run, Signature};
use super::repo;
use crate::rule::{self, Method};
use crate::run::{self, Compared, RunRow, Since};
use crate::statement;
use crate::variance::{self, policy};

type Names = BTreeMap<String, String>;

/// The evidence of a period and the close it is about.
pub async fn gather(
    cx: &mut Cx,
    fiscal: &FiscalPeriod,
    compared: Compared,
) -> Result<(Close, Evidence), Refused> {
    let (period, currency) = (fiscal.period, cx.organisation.currency);
    let close = repo::load(cx, period).await?;
    let names = repo::names(&mut cx.tx).await?;
    let live = run::live(&mut cx.tx, period).await?;
    let run = standing(cx, live.as_ref(), compared).await?;
    let policy = policy::in_force(&mut cx.tx, currency).await?;
    let variances = variance::of_period(&mut cx.tx, cx.organisation.calendar, period).await?;
    let run_by = repo::run_by(&mut cx.tx, period).await?.zip(live.as_ref());
    let said = |deed: &Deed| who(&names, deed.by, &deed.at);
    let evidence = Evidence {
        period,
        state: fiscal.state,
        currency,
        batches: repo::batches(&mut cx.tx, period).await?,
        bills: usage::reconciliation::of_period(cx, period).await?,
        no_detail: close.no_detail.as_ref().map(|(reason, deed)| (reason.clone(), said(deed))),
        drivers: drivers(cx, period).await?,
        measured_by: repo::newest_import(&mut cx.tx, repo::QUANTITIES, period).await?,
        rates: repo::rates(&mut cx.tx, period, currency).await?,
        rated_by: repo::newest_import(&mut cx.tx, repo::RATES, period).await?,
        unmapped: repo::unmapped(&mut cx.tx, period).await?,
        rejects: rejects(cx, period).await?,
        signature: signature(&close, live.as_ref(), &run, &names),
        people: people(cx, &close).await?,
        run,
        run_by: run_by.map(|(person, run)| who(&names, person, &run.run_at)),
        figures: figures(cx, period, live.is_some()).await?,
        variances: variances.map(|rows| variance::explained(&rows, &policy)),
        variances_block: policy.blocks,
        closed: close.closed.as_ref().map(said),
        statements: repo::statements(&mut cx.tx, period).await?,
        stale_drafts: statement::stale(cx, period).await?,
    };
    Ok((close, evidence))
}

/// Who took part in it, and who holds a role that signs and did not.
async fn people(cx: &mut Cx, close: &Close) -> Result<People, Fault> {
    let importers = repo::importers(&mut cx.tx, close.period).await?;
    let mut preparers = importers.clone();
    preparers.extend(repo::run_by(&mut cx.tx, close.period).await?);
    preparers.extend(close.no_detail.as_ref().map(|(_, deed)| deed.by));
    let exceptions = repo::exceptions(&mut cx.tx, close.period).await?;
    preparers.extend(exceptions.iter().map(|exception| exception.recorded_by));
    let holders = person::holders(&mut cx.tx, Action::SignClose.roles()).await?;
    let others = holders.into_iter().filter(|(person, _)| !preparers.contains(person));
    let signers = others.map(|(_, name)| name).collect();
    Ok(People { importers, preparers, signers })
}

fn who(names: &Names, person: PersonId, at: &str) -> (String, String) {
    (names.get(&person.to_string()).cloned().unwrap_or_default(), at.to_owned())
}

/// The run beside the facts as they are now.
async fn standing(cx: &mut Cx, live: Option<&RunRow>, compared: Compared) -> Result<Run, Refused> {
    let Some(live) = live else { return Ok(Run::Missing) };
    Ok(match run::since(cx, live, compared).await? {
        Since::Nothing if live.state == "final" => Run::Final,
        Since::Nothing => Run::Current,
        Since::Changed => Run::Stale,
        Since::Impossible(says) => Run::Impossible(says),
    })
}

fn signature(close: &Close, live: Option<&RunRow>, run: &Run, names: &Names) -> Signature {
    let Some((_, deed)) = &close.signed else { return Signature::None };
    let by = who(names, deed.by, &deed.at);
    let same = live.is_some_and(|live| close.signed_for(&live.inputs));
    let stands = same && matches!(run, Run::Current | Run::Final);
    if stands { Signature::Valid(by) } else { Signature::Void(by) }
}

/// Drivers of the rules in force, and whether each has a quantity.
async fn drivers(cx: &mut Cx, period: Period) -> Result<Vec<(String, bool)>, Fault> {
    let measured: BTreeSet<String> = repo::measured(&mut cx.tx, period).await?.into_iter().collect();
    let rules = rule::in_force_in(&mut cx.tx, period).await?;
    let used = rules.into_iter().filter(|rule| rule.method == Method::Driver).filter_map(|rule| rule.driver);
    let used: BTreeSet<String> = used.collect();
    Ok(used.into_iter().map(|key| (key.clone(), measured.contains(&key))).collect())
}

/// Open rejected ledger lines, and which an exception leaves out.
pub(super) async fn rejects(cx: &mut Cx, period: Period) -> Result<Vec<Rejects>, Fault> {
    let open = imports::open_rejects(&mut cx.tx, "gl", Some(period)).await?;
    let exceptions = repo::exceptions(&mut cx.tx, period).await?;
    let currency = cx.organisation.currency;
    let rejects = open.into_iter().map(|open| {
        let amounts = open.amounts.iter().map(|amount| format!(", {}", amount.spoken())).collect::<String>();
        let lines = if open.lines == 1 { "line" } else { "lines" };
        let about = format!("{} {lines}{amounts}", open.lines);
        let excepted = exceptions.iter().find(|known| known.batch == open.batch && known.about == about);
        let excepted = excepted
            .map(|known| format!("{}: {}", Money::of_minor(known.amount, currency).spoken(), known.reason));
        Rejects { batch: open.batch, about, excepted }
    });
    Ok(rejects.collect())
}

/// The three figures, from the rows and not from the run's own totals: those of `period check`.
async fn figures(cx: &mut Cx, period: Period, there_is_a_run: bool) -> Result<Option<Figures>, Refused> {
    if !there_is_a_run {
        return Ok(None);
    }
    let params = Params([("period".to_owned(), period.to_string())].into());
    let View::Record(checked) = run::check(cx, &params, &Asked::default()).await? else {
        return Err(Fault::because("the check of a period is a record").into());
    };
    let currency = cx.organisation.currency;
    let figure = |name: &str| {
        let text = checked.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
        let money = Money::parse(text, currency)
            .map_err(|error| Fault::new(format!("reading the check’s {name}"), error));
        money.map(|money| money.minor())
    };
    Ok(Some(Figures {
        ledger: figure("ledger")?,
        allocated: figure("allocated")?,
        unallocated: figure("unallocated")?,
        off: checked.get("off").and_then(serde_json::Value::as_array).map_or(0, Vec::len),
    }))
}
