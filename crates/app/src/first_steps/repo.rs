//! The only SQL of the first steps.

use std::collections::BTreeSet;

use access::Role;
use db::Tx;
use kernel::Fault;

use super::There;

/// Where each is found: the first row is enough.
const FOUND: [(There, &str); 9] = [
    (There::Roles, "access_grants where state = 'active' and role <> 'administrator'"),
    (There::Services, "portfolio_services"),
    (There::Customers, "relationships_customers"),
    (There::Months, "finance_periods where state <> 'future'"),
    (There::Lines, "finance_live_lines"),
    (There::Mapping, "finance_mapping_rules where state = 'approved'"),
    (There::Rules, "charging_rules where state = 'approved'"),
    (There::Run, "charging_runs where state <> 'reversed'"),
    (There::Close, "finance_periods where state in ('in review', 'soft-closed', 'closed')"),
];

/// What of it is there.
pub async fn there(tx: &mut Tx) -> Result<BTreeSet<There>, Fault> {
    let asked = FOUND.iter().enumerate();
    let asked: Vec<String> =
        asked.map(|(n, (_, rows))| format!("exists (select 1 from {rows}) as found_{n}")).collect();
    let row = tx.query(&format!("select {}", asked.join(", "))).row().await?;
    let row = row.ok_or_else(|| Fault::because("exists gave no row"))?;
    let mut there = BTreeSet::new();
    for (n, (what, _)) in FOUND.iter().enumerate() {
        if row.get::<bool>(&format!("found_{n}"))? {
            there.insert(*what);
        }
    }
    Ok(there)
}

/// The roles that somebody holds who may come in.
pub async fn held(tx: &mut Tx) -> Result<BTreeSet<Role>, Fault> {
    let sql = "select distinct g.role from access_grants g join access_people p on p.id = g.person_id \
               where g.state = 'active' and p.state <> 'disabled'";
    let words = tx.query(sql).rows().await?;
    let words: Vec<String> = words.iter().map(|row| row.get("role")).collect::<Result<_, Fault>>()?;
    Ok(words.iter().filter_map(|word| Role::parse(word)).collect())
}
