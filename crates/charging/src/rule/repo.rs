//! The only SQL of rules.

use access::{Cx, as_of};
use chrono::NaiveDate;
use db::{Row, Tx};
use kernel::{Fault, Period, Quantity, Refusal, Refused};
use serde_json::{Value, json};

use super::{Method, NOUN, Receiver, Rule, RuleState, SenderKind, in_force};

const COLUMNS: &str = "id, version, number, rule_version, state, name, sender_kind, sender, method, driver, \
                       receivers, effective_from, why, author_id, approved_by";

/// The version of `R-14` numbered `rule_version`; the newest where it is empty.
pub async fn load(tx: &mut Tx, label: &str, rule_version: &str) -> Result<Rule, Refused> {
    let number: i64 = label.trim_start_matches("R-").parse().map_err(|_| Refusal::not_found())?;
    let wanted: Option<i64> = rule_version.parse().ok();
    let sql = format!(
        "select {COLUMNS} from charging_rules where number = $1 and ($2 is null or rule_version = $2) \
         order by rule_version desc limit 1"
    );
    let row = tx.query(&sql).bind(number).bind(wanted).row().await?.ok_or_else(Refusal::not_found)?;
    Ok(read(&row)?)
}

/// The same as one knew it at the end of `day`: a version not written by then is not found.
pub(super) async fn known(
    tx: &mut Tx,
    label: &str,
    rule_version: &str,
    day: NaiveDate,
) -> Result<Rule, Refused> {
    let number: i64 = label.trim_start_matches("R-").parse().map_err(|_| Refusal::not_found())?;
    let wanted: Option<i64> = rule_version.parse().ok();
    let sql = format!(
        "select r.rule_version, {} as told from charging_rules r where r.number = $2 \
         and ($3 is null or r.rule_version = $3) and {} order by r.rule_version desc limit 1",
        as_of::version_state(&NOUN, "r.id", 1),
        as_of::told(&NOUN, "r.id", None, 1)
    );
    let row = tx.query(&sql).bind(as_of::end_of(day)).bind(number).bind(wanted).row().await?;
    let row = row.ok_or_else(Refusal::not_found)?;
    let rule = load(tx, label, &row.get::<i64>("rule_version")?.to_string()).await?;
    let told: String = row.get("told")?;
    let state = RuleState::parse(&told).ok_or_else(|| Fault::because(format!("a rule cannot be {told}")))?;
    let approved_by = rule.approved_by.filter(|_| state == RuleState::Approved);
    Ok(Rule { state, approved_by, ..rule })
}

/// The rules that would be in force in `period` if the newest version of the rule `label` were approved and
/// held in that month.
pub async fn as_if_approved(tx: &mut Tx, period: Period, label: &str) -> Result<Vec<Rule>, Refused> {
    let rule = load(tx, label, "").await?;
    let effective_from = rule.effective_from.min(period);
    let mut rules = in_force_in(tx, period).await?;
    rules.retain(|other| (other.sender_kind, &other.sender) != (rule.sender_kind, &rule.sender));
    rules.push(Rule { state: RuleState::Approved, effective_from, ..rule });
    Ok(in_force(rules, period))
}

/// The rules in force in `period`.
pub async fn in_force_in(tx: &mut Tx, period: Period) -> Result<Vec<Rule>, Fault> {
    let sql =
        format!("select {COLUMNS} from charging_rules where state = 'approved' and effective_from <= $1");
    let rows = tx.query(&sql).bind(period).rows().await?;
    let rules = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(in_force(rules, period))
}

/// The next free number.
pub(super) async fn next_number(tx: &mut Tx) -> Result<i64, Fault> {
    let sql = "select cast(coalesce(max(number), 0) + 1 as bigint) as n from charging_rules";
    let row = tx.query(sql).row().await?;
    row.ok_or_else(|| Fault::because("no number for a rule"))?.get("n")
}

/// Whether there is a driver of that key.
pub(super) async fn is_driver(tx: &mut Tx, key: &str) -> Result<bool, Fault> {
    Ok(tx.query("select key from finance_drivers where key = $1").bind(key).row().await?.is_some())
}

/// The latest period from `from` on that is closed, if any is.
pub(crate) async fn closed_since(tx: &mut Tx, from: Period) -> Result<Option<Period>, Fault> {
    let sql = "select period from finance_periods where period >= $1 and state in ('soft-closed', 'closed') \
               order by period desc limit 1";
    tx.query(sql).bind(from).row().await?.map(|row| row.get("period")).transpose()
}

fn read(row: &Row) -> Result<Rule, Fault> {
    let unknown = |word: &str| Fault::because(format!("a rule cannot be {word}"));
    let word = |column: &str| row.get::<String>(column);
    let (state, kind, method) = (word("state")?, word("sender_kind")?, word("method")?);
    Ok(Rule {
        id: row.get("id")?,
        version: row.get("version")?,
        number: row.get("number")?,
        rule_version: row.get("rule_version")?,
        state: RuleState::parse(&state).ok_or_else(|| unknown(&state))?,
        name: row.get("name")?,
        sender_kind: SenderKind::parse(&kind).ok_or_else(|| unknown(&kind))?,
        sender: row.get("sender")?,
        method: Method::parse(&method).ok_or_else(|| unknown(&method))?,
        driver: row.get("driver")?,
        receivers: receivers(row.get::<Option<String>>("receivers")?.as_deref().unwrap_or("[]"))?,
        effective_from: row.get("effective_from")?,
        why: row.get("why")?,
        author: row.get("author_id")?,
        approved_by: row.get("approved_by")?,
    })
}

fn receivers(text: &str) -> Result<Vec<Receiver>, Fault> {
    let wrong = || Fault::because(format!("no receivers: {text}"));
    let items: Vec<Value> = serde_json::from_str(text).map_err(|_| wrong())?;
    let read = |item: &Value| {
        let field = |name: &str| item.get(name).and_then(Value::as_str);
        Some(Receiver { to: field("to")?.to_owned(), weight: Quantity::parse(field("weight")?).ok()? })
    };
    items.iter().map(|item| read(item).ok_or_else(wrong)).collect()
}

fn written(receivers: &[Receiver]) -> Option<String> {
    let items: Vec<Value> = receivers
        .iter()
        .map(|receiver| json!({ "to": receiver.to, "weight": receiver.weight.plain() }))
        .collect();
    (!items.is_empty()).then(|| Value::Array(items).to_string())
}

pub(super) async fn insert(cx: &mut Cx, rule: &Rule) -> Result<(), Fault> {
    let sql = format!(
        "insert into charging_rules ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
    );
    let query = cx.tx.query(&sql).bind(rule.id).bind(rule.version).bind(rule.number).bind(rule.rule_version);
    let query = query.bind(rule.state.word()).bind(rule.name.as_str()).bind(rule.sender_kind.word());
    let query = query.bind(rule.sender.as_str()).bind(rule.method.word()).bind(rule.driver.clone());
    let query = query.bind(written(&rule.receivers)).bind(rule.effective_from).bind(rule.why.clone());
    query.bind(rule.author).bind(rule.approved_by).execute().await?;
    Ok(())
}

/// Stores a version's new state.
pub(super) async fn update(cx: &mut Cx, rule: &mut Rule) -> Result<(), Fault> {
    rule.version += 1;
    let sql = "update charging_rules set version = $2, state = $3, approved_by = $4 where id = $1";
    let query = cx.tx.query(sql).bind(rule.id).bind(rule.version).bind(rule.state.word());
    query.bind(rule.approved_by).execute().await?;
    Ok(())
}
