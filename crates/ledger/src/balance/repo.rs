//! The only SQL of balances.

use access::Params;
use chrono::NaiveDate;
use db::{Bind, Query, Row, Tx};
use kernel::{Currency, Fault, Money, Period, Refusal};

use crate::account::{Account, Class};

/// Which postings are meant. Conditions hold for opening and movement alike; only `from` parts them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// First period of the movement; everything before is the opening. `None`: nothing is before.
    pub from: Option<Period>,
    /// Last period; `None`: to the end.
    pub to: Option<Period>,
    /// As the ledger stood at the end of that day: what was posted later is left out.
    pub as_of: Option<NaiveDate>,
    /// Of this cost centre only.
    pub cost_centre: Option<String>,
    /// Of this project only.
    pub project: Option<String>,
    /// On accounts of this class only.
    pub class: Option<Class>,
}

impl Filter {
    /// One period: opening before it, movement in it.
    pub fn of(period: Period) -> Filter {
        Filter { from: Some(period), to: Some(period), ..Filter::default() }
    }
}

/// One account's line of the trial balance. Debit positive, credit negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// The account.
    pub account: Account,
    /// What stood before.
    pub opening: Money,
    /// What moved.
    pub movement: Money,
    /// What stands.
    pub closing: Money,
}

/// A trial balance by account code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balances {
    /// One line per account with postings.
    pub lines: Vec<Balance>,
}

impl Balances {
    /// The line of that account code.
    pub fn of(&self, code: &str) -> Option<&Balance> {
        self.lines.iter().find(|line| line.account.code == code)
    }
}

/// Reads a filter from the named values of a URL; a missing or `*` value means any.
pub(crate) fn read_filter(params: &Params) -> Result<Filter, Refusal> {
    let given = |name: &str| params.optional(name).filter(|value| *value != "*");
    let period = |name: &str| -> Result<Option<Period>, Refusal> {
        given(name).map(|text| text.parse().map_err(|says: String| Refusal::field(name, says))).transpose()
    };
    let one = period("period")?;
    let class = given("class").map(|text| {
        Class::parse(text).ok_or_else(|| Refusal::field("class", "Choose cost, income, asset or balance."))
    });
    let filter = Filter {
        from: period("from")?.or(one),
        to: period("to")?.or(one),
        as_of: access::as_of::asked(params)?,
        cost_centre: given("cost_centre").map(str::to_owned),
        project: given("project").map(str::to_owned),
        class: class.transpose()?,
    };
    if filter.from.zip(filter.to).is_some_and(|(from, to)| to < from) {
        return Err(Refusal::field("to", "The last month is before the first."));
    }
    Ok(filter)
}

/// Conditions on `p` (postings), their `month`, `t` (transactions; only of a past day) and `a` (accounts) for
/// all but `from`, with their binds from `$first` on.
pub(crate) fn conditions(filter: &Filter, first: usize, month: &str) -> (String, Vec<Bind>) {
    let mut text = "true".to_owned();
    let mut binds: Vec<Bind> = Vec::new();
    let mut add = |condition: &str, bind: Option<Bind>| {
        if let Some(bind) = bind {
            text.push_str(&format!(" and {condition} ${}", first + binds.len()));
            binds.push(bind);
        }
    };
    add(&format!("{month} <="), filter.to.map(Bind::from));
    add("t.posted_at <", filter.as_of.map(|day| Bind::from(access::as_of::end_of(day))));
    add("p.cost_centre =", filter.cost_centre.clone().map(Bind::from));
    add("p.project =", filter.project.clone().map(Bind::from));
    add("a.class =", filter.class.map(|class| Bind::from(class.word())));
    (text, binds)
}

/// SQL of the trial balance with its binds; columns id, version, code, name, class, opening,
/// movement, closing in minor units.
pub(super) fn sql(filter: &Filter) -> (String, Vec<Bind>) {
    // A past day is read from the postings themselves; else the sums kept with them tell the same.
    let (moved, month) = match filter.as_of {
        Some(_) => ("ledger_postings p join ledger_transactions t on t.id = p.transaction_id", "t.period"),
        None => ("ledger_sums p", "p.period"),
    };
    let (conditions, mut binds) = conditions(filter, 2, month);
    // No period is before the first: a movement without `from` has no opening.
    binds.insert(0, Bind::from(filter.from.map_or_else(String::new, |from| from.to_string())));
    let sum = |of: &str| format!("cast(coalesce(sum({of}), 0) as bigint)");
    let text = format!(
        "select a.id, a.version, a.code, a.name, a.class, {} as opening, {} as movement, {} as closing \
         from {moved} join ledger_accounts a on a.id = p.account_id where {conditions} group by a.id",
        sum(&format!("case when {month} < $1 then p.amount else 0 end")),
        sum(&format!("case when {month} < $1 then 0 else p.amount end")),
        sum("p.amount"),
    );
    (text, binds)
}

/// The trial balance in the reporting currency.
pub async fn trial_balance(tx: &mut Tx, reporting: Currency, filter: &Filter) -> Result<Balances, Fault> {
    let (text, binds) = sql(filter);
    let query = binds.into_iter().fold(tx.query(&format!("{text} order by a.code")), Query::bind);
    let rows = query.rows().await?;
    Ok(Balances { lines: rows.iter().map(|row| read(row, reporting)).collect::<Result<_, Fault>>()? })
}

fn read(row: &Row, reporting: Currency) -> Result<Balance, Fault> {
    let money = |column: &str| Ok::<_, Fault>(Money::of_minor(row.get(column)?, reporting));
    let class: String = row.get("class")?;
    Ok(Balance {
        account: Account {
            id: row.get("id")?,
            version: row.get("version")?,
            code: row.get("code")?,
            name: row.get("name")?,
            class: Class::parse(&class)
                .ok_or_else(|| Fault::because(format!("no class of account: {class}")))?,
        },
        opening: money("opening")?,
        movement: money("movement")?,
        closing: money("closing")?,
    })
}
