//! Writing the lines of an import, posting their totals, and taking both back.

use std::collections::{BTreeMap, BTreeSet};

use access::Cx;
use imports::{Accepted, Exchange, Row};
use kernel::{Currency, Fault, Money, Period, Refusal, Refused};
use ledger::{Account, Class, NewPosting, NewTransaction, Original, Source};

use super::account;
use super::entity::{Conversion, LineKind, NewLine};
use super::repo::{self, Movement, Origin};
use super::rules::{self, Known};
use crate::receivers::Receivers;
use crate::{cost_centre, mapping, period, rate};

/// The other side of every ledger line: what the corporate ledger holds and we mirror.
pub const CLEARING: (&str, &str) = ("LEDGER-CLEARING", "Ledger clearing");
/// What conversion by line rounded away, as a cost line of its own.
pub const ROUNDING: (&str, &str) = ("EXCHANGE-ROUNDING", "Exchange rounding");
/// Kind of what is posted for a batch in the ledger, and of its source.
const IMPORT: &str = "import";
const BATCH: &str = "batch";

/// Everything `rows` are read against.
pub(super) async fn known(cx: &mut Cx, rows: impl Iterator<Item = &Row>) -> Result<Known, Fault> {
    let base = cx.organisation.currency;
    let foreign: BTreeSet<(Currency, Period)> = rows
        .filter_map(|row| Some((rules::original_of(row).ok()?.currency(), rules::period_of(row)?)))
        .filter(|(currency, _)| *currency != base)
        .collect();
    let mut rates = BTreeMap::new();
    for (currency, month) in foreign {
        if let Some(rate) = rate::average(&mut cx.tx, currency, base, month).await? {
            rates.insert((currency, month), rate);
        }
    }
    let accounts = ledger::account::all(&mut cx.tx).await?;
    Ok(Known {
        base,
        accounts: named(accounts),
        cost_centres: cost_centre::keys(&mut cx.tx).await?,
        periods: period::states(&mut cx.tx).await?,
        rates,
        receivers: Receivers::load(cx).await?,
    })
}

/// Accounts by code, and by name where that is no other's code.
fn named(accounts: Vec<Account>) -> BTreeMap<String, (String, Class)> {
    let by_name =
        accounts.iter().map(|account| (account.name.clone(), (account.code.clone(), account.class)));
    let by_code =
        accounts.iter().map(|account| (account.code.clone(), (account.code.clone(), account.class)));
    by_name.chain(by_code).collect()
}

/// Makes the account that a line names and nobody knows; its code is the name's where that is free.
async fn make_account(cx: &mut Cx, line: &NewLine) -> Result<String, Refused> {
    let named = &line.account;
    let code = account::code_for(named);
    let code =
        code.ok_or_else(|| Refusal::field("account", format!("“{named}” gives no code of an account.")))?;
    let name = line.account_name.as_deref().unwrap_or(named);
    let mut free = code.clone();
    for number in 2.. {
        if ledger::account::by_code(&mut cx.tx, &free).await?.is_none() {
            break;
        }
        free = format!("{code}-{number}");
    }
    ledger::ensure(cx, &free, name, line.kind.class()).await?;
    Ok(free)
}

/// Writes lines; one that takes the place of another supersedes it, or takes it back in the open
/// period where the other's is closed.
pub(super) async fn write(
    cx: &mut Cx,
    exchange: &Exchange,
    accepted: &[Accepted],
) -> Result<Vec<Option<String>>, Refused> {
    let mut known = known(cx, accepted.iter().map(|accepted| &accepted.row)).await?;
    let mut lines = Vec::with_capacity(accepted.len());
    for accepted in accepted {
        let row = &accepted.row;
        let line = rules::read(row, &known);
        let mut line = line.map_err(|why| Refusal::field("file", format!("Line {}: {why}.", row.line)))?;
        let is_code = known.accounts.get(&line.account).is_some_and(|(code, _)| *code == line.account);
        if !is_code {
            let code = make_account(cx, &line).await?;
            let class = line.kind.class();
            known.accounts.insert(line.account.clone(), (code.clone(), class));
            known.accounts.insert(code.clone(), (code.clone(), class));
            line.account = code;
        }
        if let Some(replaced) = accepted.replaces.as_ref().and_then(|replaced| replaced.record.as_deref()) {
            replace(cx, exchange, replaced, &known).await?;
        }
        lines.push((Origin::File(row.line), line));
    }
    Ok(repo::insert(cx, exchange.id, lines).await?.into_iter().map(Some).collect())
}

async fn replace(cx: &mut Cx, exchange: &Exchange, replaced: &str, known: &Known) -> Result<(), Refused> {
    let stands_in = repo::period_of(&mut cx.tx, replaced).await?;
    let stands_in =
        stands_in.ok_or_else(|| Fault::because(format!("no ledger line {replaced} to replace")))?;
    let landing = known.periods.landing(stands_in)?;
    if landing.corrects.is_some() {
        repo::take_back(cx, replaced, exchange.id, landing.period).await?;
    } else {
        repo::supersede(&mut cx.tx, replaced, exchange.id).await?;
    }
    Ok(())
}

/// After the last line: names what conversion rounded away, maps the lines to pools and posts the
/// totals, one transaction per period and corrected period.
pub(super) async fn finish(cx: &mut Cx, exchange: &Exchange) -> Result<(), Refused> {
    for period in repo::touched(&mut cx.tx, exchange.id).await? {
        period::require_open(&mut cx.tx, period).await?;
    }
    round(cx, exchange).await?;
    for period in repo::touched(&mut cx.tx, exchange.id).await? {
        mapping::apply(cx, period).await?;
    }
    let movements = repo::movements(&mut cx.tx, exchange.id).await?;
    let mut parts: BTreeMap<(Period, Option<Period>), Vec<Movement>> = BTreeMap::new();
    for movement in movements {
        parts.entry((movement.period, movement.corrects)).or_default().push(movement);
    }
    for ((period, corrects), movements) in parts {
        post(cx, exchange, period, corrects, movements).await?;
    }
    Ok(())
}

/// Per month and currency: the sum converted once, less the sum of the converted lines, as a line.
async fn round(cx: &mut Cx, exchange: &Exchange) -> Result<(), Refused> {
    let base = cx.organisation.currency;
    let mut lines = Vec::new();
    for sums in repo::converted(&mut cx.tx, exchange.id).await? {
        let month = sums.corrects.unwrap_or(sums.period);
        let rate = rate::average(&mut cx.tx, sums.currency, base, month).await?;
        let rate =
            rate.ok_or_else(|| rate::error::MISSING.with(&[sums.currency.code(), &month.to_string()]))?;
        let whole = rate.convert(Money::of_minor(sums.original, sums.currency)).map_err(too_large)?;
        let away = whole.minus(Money::of_minor(sums.amount, base)).map_err(too_large)?;
        if away.minor() != 0 {
            lines.push((Origin::Rounding, rounding_line(sums.period, sums.corrects, sums.currency, away)));
        }
    }
    if lines.is_empty() {
        return Ok(());
    }
    ledger::ensure(cx, ROUNDING.0, ROUNDING.1, Class::Cost).await?;
    repo::insert(cx, exchange.id, lines).await?;
    Ok(())
}

fn too_large(error: kernel::MoneyError) -> Fault {
    Fault::new("adding up what was converted", error)
}

fn rounding_line(period: Period, corrects: Option<Period>, currency: Currency, away: Money) -> NewLine {
    let month = corrects.unwrap_or(period);
    NewLine {
        period,
        corrects,
        posted_on: month.last_day(),
        period_assumed: false,
        kind: LineKind::Cost,
        account: ROUNDING.0.to_owned(),
        account_name: None,
        cost_centre: None,
        cost_element: None,
        supplier: None,
        document: None,
        document_line: None,
        description: Some(format!("Exchange rounding of {currency} lines of {}", month.label())),
        service: None,
        customer: None,
        estimate: false,
        original: away,
        amount: away,
        conversion: Conversion::None,
    }
}

async fn post(
    cx: &mut Cx,
    exchange: &Exchange,
    period: Period,
    corrects: Option<Period>,
    movements: Vec<Movement>,
) -> Result<(), Refused> {
    let base = cx.organisation.currency;
    let mut postings = Vec::with_capacity(movements.len() + 1);
    let mut sum = 0_i64;
    for movement in movements.into_iter().filter(|movement| (movement.amount, movement.original) != (0, 0)) {
        let account = ledger::account::load(&mut cx.tx, &movement.account).await?;
        sum = sum.checked_add(movement.amount).ok_or_else(|| Fault::because("a batch passes 64 bits"))?;
        let money = Money::of_minor(movement.original, movement.currency);
        let original = (movement.currency != base)
            .then(|| Original { money, rate: movement.rate.unwrap_or_else(|| "source".to_owned()) });
        postings.push(NewPosting {
            original,
            ..NewPosting::new(account.id, movement.amount).of(movement.cost_centre)
        });
    }
    if postings.is_empty() {
        return Ok(());
    }
    let clearing = ledger::ensure(cx, CLEARING.0, CLEARING.1, Class::Balance).await?;
    postings.push(NewPosting::new(clearing.id, -sum));
    let transaction = NewTransaction {
        kind: IMPORT.to_owned(),
        period,
        day: cx.today(),
        text: format!("Ledger lines of {}, {}", exchange.number, exchange.file_name),
        source: Source { kind: BATCH.to_owned(), id: exchange.id.to_string() },
        corrects,
        postings,
    };
    ledger::post(cx, transaction).await?;
    Ok(())
}

/// Takes the lines of a batch out and reverses what was posted for it.
pub(super) async fn revert(cx: &mut Cx, exchange: &Exchange, why: &str) -> Result<(), Refused> {
    for touched in repo::touched(&mut cx.tx, exchange.id).await? {
        period::require_open(&mut cx.tx, touched).await?;
    }
    let today = cx.today();
    for head in ledger::standing(&mut cx.tx, BATCH, &exchange.id.to_string()).await? {
        ledger::reverse(cx, head.id, head.period, today, why).await?;
    }
    repo::revert(&mut cx.tx, exchange.id).await
}
