//! Budget amounts as something that can be imported: `import budget`.

use std::collections::{BTreeMap, BTreeSet};

use access::{Action, Cx};
use imports::{Accepted, Change, Exchange, FieldKind, FieldSpec, Hints, Known, Row, Target, Verdict};
use kernel::{Fault, FiscalCalendar, Money, Refusal, Refused};

use super::error::FROZEN;
use super::read::{BudgetRow, CellKey, Known as Read, read};
use super::repo::{NewAmount, Standing};
use super::{Budget, BudgetState, ensure, repo};
use crate::error::twice;
use crate::{cost_centre, mapping, pool};

const fn field(
    key: &'static str,
    label: &'static str,
    kind: FieldKind,
    required: bool,
    aliases: &'static [&'static str],
) -> FieldSpec {
    FieldSpec { key, label, aliases, required, kind }
}

static FIELDS: &[FieldSpec] = &[
    field(
        "budget",
        "Version (original, revised, forecast 1)",
        FieldKind::Text,
        false,
        &["version", "scenario"],
    ),
    field("period", "Period", FieldKind::Period, false, &["month", "fiscal period"]),
    field(
        "fiscal_year",
        "Fiscal year (spread over its months)",
        FieldKind::Text,
        false,
        &["year", "fiscal year", "financial year", "fy"],
    ),
    field("kind", "Kind (cost, income)", FieldKind::Text, false, &["line kind", "account group"]),
    field("pool", "Cost pool", FieldKind::Text, false, &["cost pool", "pool key"]),
    field("cost_centre", "Cost centre", FieldKind::Text, false, &["cost center", "region", "kostenstelle"]),
    field("cost_element", "Cost element", FieldKind::Text, false, &["account", "element", "cost type"]),
    field("amount", "Amount", FieldKind::Money, true, &["budget amount", "budget_eur", "plan", "budget"]),
];

/// Budget amounts.
pub static TARGET: Target = Target {
    kind: "budget",
    label: "Budget amounts",
    action: Action::ImportMoney,
    reads: Action::ReadMoney,
    fields: FIELDS,
    known: Known::Records {
        identity: &["budget", "period", "fiscal_year", "kind", "pool", "cost_centre", "cost_element"],
    },
    total: Some("amount"),
    hints: Hints { one_of: &["period", "fiscal_year"], split: Some("kind"), ..Hints::NONE },
    check: |cx, rows| Box::pin(check(cx, rows)),
    write: |cx, exchange, accepted| Box::pin(write(cx, exchange, accepted)),
    finish: |cx, exchange| Box::pin(finish(cx, exchange)),
    may_revert: Some(|cx, exchange| Box::pin(may_revert(cx, exchange))),
    revert: |cx, exchange, _| Box::pin(async move { Ok(repo::revert(&mut cx.tx, exchange.id).await?) }),
};

async fn known(cx: &mut Cx) -> Result<Read, Fault> {
    let pools = pool::all(&mut cx.tx).await?;
    let budgets = repo::all(&mut cx.tx).await?;
    Ok(Read {
        base: cx.organisation.currency,
        calendar: cx.organisation.calendar,
        pools: pools.into_iter().map(|pool| pool.key).collect(),
        cost_centres: cost_centre::keys(&mut cx.tx).await?,
        budgets: budgets.into_iter().map(|budget| (budget.key, budget.state)).collect(),
    })
}

/// The amounts that stand, per version, loaded once for a chunk of rows.
type Versions = BTreeMap<String, BTreeMap<CellKey, Standing>>;

async fn check(cx: &mut Cx, rows: &[Row]) -> Result<Vec<Verdict>, Refused> {
    let known = known(cx).await?;
    let mut standing = Versions::new();
    let mut seen = BTreeSet::new();
    let mut verdicts = Vec::with_capacity(rows.len());
    for row in rows {
        verdicts.push(match read(row, &known) {
            Err(why) => Verdict::Rejected(why),
            Ok(told) => {
                let key = told.name.key(told.fiscal_year);
                let twice = told.cells.iter().find(|(cell, _)| !seen.insert((key.clone(), cell.clone())));
                if let Some((cell, _)) = twice {
                    verdicts.push(Verdict::Rejected(format!("a second amount for {}", cell.words())));
                    continue;
                }
                if !standing.contains_key(&key) {
                    let cells = match repo::find(&mut cx.tx, &key).await? {
                        Some(budget) => repo::cells(&mut cx.tx, &budget.id).await?,
                        None => BTreeMap::new(),
                    };
                    standing.insert(key.clone(), cells);
                }
                match (compare(&told, &standing[&key], known.base), told.is_taken(&known)) {
                    (Verdict::Known, _) => Verdict::Known,
                    (_, Err(why)) => Verdict::Rejected(why),
                    (Verdict::New, Ok(())) => {
                        year_said(row, &told, known.calendar).map_or(Verdict::New, Verdict::Noted)
                    }
                    (verdict, Ok(())) => verdict,
                }
            }
        });
    }
    Ok(verdicts)
}

/// How a year written as two is read, for people: `“2019/20” is read as FY20, Oct 2019 to Sep 2020`.
fn year_said(row: &Row, told: &BudgetRow, calendar: FiscalCalendar) -> Option<String> {
    let text =
        row.text("fiscal_year").filter(|text| text.contains(['/', '-']) && row.period("period").is_none())?;
    let ((first, _), (last, _)) = (told.cells.first()?, told.cells.last()?);
    let (first, last) = (first.period.label(), last.period.label());
    let year = calendar.year_label(told.fiscal_year);
    Some(format!("“{text}” is read as {year}, {first} to {last}"))
}

/// New where none of its cells stands, known where all stand so, else changed from their sum.
fn compare(told: &BudgetRow, standing: &BTreeMap<CellKey, Standing>, base: kernel::Currency) -> Verdict {
    let there: Vec<Option<i64>> =
        told.cells.iter().map(|(cell, _)| standing.get(cell).map(|there| there.amount)).collect();
    if there.iter().all(Option::is_none) {
        return Verdict::New;
    }
    if told.cells.iter().zip(&there).all(|((_, amount), there)| *there == Some(*amount)) {
        return Verdict::Known;
    }
    let sum = |amounts: &mut dyn Iterator<Item = i64>| Money::of_minor(amounts.sum(), base).plain();
    Verdict::Changed(vec![Change {
        field: "amount".into(),
        old: sum(&mut there.iter().flatten().copied()),
        new: sum(&mut told.cells.iter().map(|(_, amount)| *amount)),
    }])
}

async fn write(
    cx: &mut Cx,
    exchange: &Exchange,
    accepted: &[Accepted],
) -> Result<Vec<Option<String>>, Refused> {
    let known = known(cx).await?;
    let mut budgets: BTreeMap<String, (Budget, BTreeMap<CellKey, Standing>)> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut records = Vec::with_capacity(accepted.len());
    for accepted in accepted {
        let line = accepted.row.line;
        let told = read(&accepted.row, &known).and_then(|told| told.is_taken(&known).map(|()| told));
        let told = told.map_err(|why| Refusal::field("file", format!("Line {line}: {why}.")))?;
        let key = told.name.key(told.fiscal_year);
        if !budgets.contains_key(&key) {
            let budget = ensure(cx, told.fiscal_year, told.name).await?;
            let cells = repo::cells(&mut cx.tx, &budget.id).await?;
            budgets.insert(key.clone(), (budget, cells));
        }
        let Some((budget, cells)) = budgets.get(&key) else { continue };
        let mut amounts = Vec::with_capacity(told.cells.len());
        for (cell, amount) in &told.cells {
            let there = cells.get(cell);
            if there.is_some_and(|there| there.batch == exchange.id)
                || !seen.insert((key.clone(), cell.clone()))
            {
                return Err(twice(&cell.words()).into());
            }
            let replaces = there.map(|there| there.id.as_str());
            amounts.push(NewAmount {
                budget_id: &budget.id,
                file_line: line,
                cell,
                amount: *amount,
                replaces,
            });
        }
        let ids = repo::insert_amounts(cx, exchange.id, &amounts).await?;
        records.push(ids.into_iter().next());
    }
    Ok(records)
}

/// Amounts by cost centre and cost element get their pools.
async fn finish(cx: &mut Cx, exchange: &Exchange) -> Result<(), Refused> {
    for budget in repo::touched(&mut cx.tx, exchange.id).await? {
        let periods: Vec<_> = cx.organisation.calendar.periods_of(budget.fiscal_year).collect();
        mapping::apply_to_budget(cx, &budget.id, &periods).await?;
    }
    Ok(())
}

async fn may_revert(cx: &mut Cx, exchange: &Exchange) -> Result<(), Refused> {
    for budget in repo::touched(&mut cx.tx, exchange.id).await? {
        if budget.state != BudgetState::Draft {
            return Err(FROZEN.with(&[&budget.key, budget.state.word()]).into());
        }
    }
    Ok(())
}
