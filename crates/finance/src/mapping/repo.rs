//! The only SQL of mapping rules and of the pools of lines.

use access::{Cx, as_of};
use chrono::NaiveDate;
use db::{Bind, Query, Row, Tx};
use kernel::{Fault, Period, Refusal, Refused};

use super::rules::{Coverage, Over, decide, in_force};
use super::{Conditions, MappingRule, NOUN, RuleState};

const COLUMNS: &str = "id, version, number, rule_version, state, priority, account, cost_centre, cost_element, \
                       supplier, description_prefix, service_present, pool_key, effective_from, author_id, approved_by";

/// The newest version of rule `label` (`M-7`).
pub async fn load(tx: &mut Tx, label: &str) -> Result<MappingRule, Refused> {
    let number = label.strip_prefix("M-").and_then(|number| number.parse::<i64>().ok());
    let number = number.ok_or_else(Refusal::not_found)?;
    let sql = format!(
        "select {COLUMNS} from finance_mapping_rules where number = $1 order by rule_version desc limit 1 for update"
    );
    let row = tx.query(&sql).bind(number).row().await?;
    Ok(read(&row.ok_or_else(Refusal::not_found)?)?)
}

/// The newest version of rule `label` as one knew it at the end of `day`.
pub(super) async fn known(tx: &mut Tx, label: &str, day: NaiveDate) -> Result<MappingRule, Refused> {
    let number = label.strip_prefix("M-").and_then(|number| number.parse::<i64>().ok());
    let sql = format!(
        "select {COLUMNS}, {} as told from finance_mapping_rules r where number = $2 and {} \
         order by rule_version desc limit 1",
        as_of::version_state(&NOUN, "r.id", 1),
        as_of::told(&NOUN, "r.id", None, 1)
    );
    let number = number.ok_or_else(Refusal::not_found)?;
    let row = tx.query(&sql).bind(as_of::end_of(day)).bind(number).row().await?;
    let row = row.ok_or_else(Refusal::not_found)?;
    let (rule, told) = (read(&row)?, row.get::<String>("told")?);
    let state =
        RuleState::parse(&told).ok_or_else(|| Fault::because(format!("no state of a rule: {told}")))?;
    let approved_by = rule.approved_by.filter(|_| state == RuleState::Approved);
    Ok(MappingRule { state, approved_by, ..rule })
}

/// Every version of every rule.
pub async fn all(tx: &mut Tx) -> Result<Vec<MappingRule>, Fault> {
    let sql = format!("select {COLUMNS} from finance_mapping_rules order by number, rule_version");
    tx.query(&sql).rows().await?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<MappingRule, Fault> {
    let state: String = row.get("state")?;
    Ok(MappingRule {
        id: row.get("id")?,
        version: row.get("version")?,
        number: row.get("number")?,
        rule_version: row.get("rule_version")?,
        state: RuleState::parse(&state)
            .ok_or_else(|| Fault::because(format!("no state of a rule: {state}")))?,
        priority: row.get("priority")?,
        conditions: Conditions {
            account: row.get("account")?,
            cost_centre: row.get("cost_centre")?,
            cost_element: row.get("cost_element")?,
            supplier: row.get("supplier")?,
            text_prefix: row.get("description_prefix")?,
            service_present: row.get("service_present")?,
        },
        pool: row.get("pool_key")?,
        effective_from: row.get("effective_from")?,
        author: row.get("author_id")?,
        approved_by: row.get("approved_by")?,
    })
}

/// The next running number.
pub(super) async fn next_number(tx: &mut Tx) -> Result<i64, Fault> {
    let sql = "select cast(coalesce(max(number), 0) + 1 as bigint) as number from finance_mapping_rules";
    let row = tx.query(sql).row().await?.ok_or_else(|| Fault::because("a maximum gave no row"))?;
    row.get("number")
}

/// Stores a new version of a rule.
pub(super) async fn insert(cx: &mut Cx, rule: &MappingRule) -> Result<(), Fault> {
    let conditions = rule.conditions.clone();
    let row: Vec<Bind> = vec![
        rule.id.into(),
        rule.version.into(),
        rule.number.into(),
        rule.rule_version.into(),
        rule.state.word().into(),
        rule.priority.into(),
        conditions.account.into(),
        conditions.cost_centre.into(),
        conditions.cost_element.into(),
        conditions.supplier.into(),
        conditions.text_prefix.into(),
        conditions.service_present.into(),
        rule.pool.as_deref().into(),
        rule.effective_from.into(),
        rule.author.into(),
        rule.approved_by.into(),
    ];
    cx.tx.insert_many(&format!("insert into finance_mapping_rules ({COLUMNS})"), vec![row]).await?;
    Ok(())
}

/// Stores a rule's state under its next version.
pub(super) async fn update(cx: &mut Cx, rule: &mut MappingRule) -> Result<(), Fault> {
    rule.version += 1;
    let sql = "update finance_mapping_rules set version = $2, state = $3, approved_by = $4 where id = $1";
    let query = cx.tx.query(sql).bind(rule.id).bind(rule.version).bind(rule.state.word());
    query.bind(rule.approved_by).execute().await?;
    Ok(())
}

/// Gives every live cost line of `period` its pool by the rules in force then; returns how many
/// lines changed: only those are written. The caller has seen to it that the period takes facts.
pub(super) async fn map_lines(tx: &mut Tx, versions: &[MappingRule], period: Period) -> Result<u64, Fault> {
    let mut binds = vec![Bind::from(period)];
    let (pool, rule) = decide(&in_force(versions, period), Over::Lines, &mut binds);
    let sql = format!(
        "update finance_lines set pool_key = {pool}, mapping_rule = {rule} \
         where period = $1 and kind = 'cost' and not reverted and superseded_by is null \
         and (pool_key is distinct from {pool} or mapping_rule is distinct from {rule})"
    );
    Ok(binds.into_iter().fold(tx.query(&sql), Query::bind).execute().await?)
}

/// Gives the amounts of a budget that name no pool themselves their pool, for one period.
pub(super) async fn map_amounts(
    tx: &mut Tx,
    versions: &[MappingRule],
    budget_id: &str,
    period: Period,
) -> Result<(), Fault> {
    let mut binds = vec![Bind::from(period), Bind::from(budget_id)];
    let (pool, rule) = decide(&in_force(versions, period), Over::Amounts, &mut binds);
    let sql = format!(
        "update finance_budget_amounts set pool_key = {pool}, mapping_rule = {rule} \
         where period = $1 and budget_id = $2 and kind = 'cost' and not reverted and superseded_by is null \
         and (pool_key is null or mapping_rule is not null)"
    );
    binds.into_iter().fold(tx.query(&sql), Query::bind).execute().await?;
    Ok(())
}

/// The periods that take facts, have lines, and are not before `from`.
pub(super) async fn mappable(tx: &mut Tx, from: Period) -> Result<Vec<Period>, Fault> {
    let sql = "select p.period from finance_periods p where p.state in ('open', 'in review') and p.period >= $1 \
               and exists (select 1 from finance_lines l where l.period = p.period) order by p.period";
    tx.query(sql).bind(from).rows().await?.iter().map(|row| row.get("period")).collect()
}

/// How much of a period's cost is mapped.
pub async fn coverage(tx: &mut Tx, period: Period) -> Result<Coverage, Fault> {
    let sql = "select cast(coalesce(sum(amount), 0) as bigint) as total, \
               cast(coalesce(sum(case when pool_key is null then 0 else amount end), 0) as bigint) as mapped, \
               cast(count(*) as bigint) as lines, \
               cast(coalesce(sum(case when pool_key is null then 1 else 0 end), 0) as bigint) as unmapped_lines \
               from finance_live_lines where period = $1 and kind = 'cost'";
    let row = tx.query(sql).bind(period).row().await?.ok_or_else(|| Fault::because("a sum gave no row"))?;
    Ok(Coverage {
        total: row.get("total")?,
        mapped: row.get("mapped")?,
        lines: row.get("lines")?,
        unmapped_lines: row.get("unmapped_lines")?,
    })
}
