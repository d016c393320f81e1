//! The allocation of a period as one balanced transaction: Dr cost pools, Cr cost taken into pools (the cost
//! accounts themselves stay as the ledger has them); then Dr charged to each customer, Dr kept central per
//! residual, Cr cost pools, which so end with nothing. Its lines are the shares of the run, found by the
//! transaction's source.

use std::collections::BTreeMap;

use access::Cx;
use kernel::{Fault, Refused};
use ledger::{Class, NewPosting, NewTransaction, Posted, Source};

use super::repo::{self, Sums};
use crate::run::{self, RunRow};

/// Kind of the transaction, and of its source.
pub(super) const ALLOCATION: &str = "allocation";
pub(super) const RUN: &str = "run";
/// The other side of what cost pools take in: all of it together is the cost of the cost accounts.
const POOLED: (&str, &str) = ("POOLED", "Cost taken into pools");

/// An account and what is posted on it: debit positive.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    code: String,
    name: String,
    amount: i64,
}

/// Posts the allocation of a run, unless that was done and stands; `None` where there is nothing to
/// post.
pub(super) async fn post(cx: &mut Cx, run: &RunRow) -> Result<Option<Posted>, Refused> {
    let source = Source { kind: RUN.to_owned(), id: run.id.to_string() };
    let standing = ledger::standing(&mut cx.tx, RUN, &source.id).await?;
    if standing.iter().any(|head| head.kind == ALLOCATION) {
        return Ok(None);
    }
    let names = names(cx).await?;
    let entries = entries(&repo::sums(&mut cx.tx, run.id).await?, &names);
    if entries.is_empty() {
        return Ok(None);
    }
    let mut postings = Vec::with_capacity(entries.len());
    for entry in entries {
        let account = ledger::ensure(cx, &entry.code, &entry.name, Class::Balance).await?;
        postings.push(NewPosting::new(account.id, entry.amount));
    }
    let transaction = NewTransaction {
        kind: ALLOCATION.to_owned(),
        period: run.period,
        day: run.period.last_day(),
        text: format!("Allocation of {}", run.period.label()),
        source,
        corrects: None,
        postings,
    };
    Ok(Some(ledger::post(cx, transaction).await?))
}

/// Reverses what was posted for a run and stands.
pub(super) async fn reverse(cx: &mut Cx, run: &RunRow, why: &str) -> Result<(), Refused> {
    for head in ledger::standing(&mut cx.tx, RUN, &run.id.to_string()).await? {
        if head.kind == ALLOCATION {
            ledger::reverse(cx, head.id, head.period, head.day, why).await?;
        }
    }
    Ok(())
}

/// Names by kind and key.
type Names = BTreeMap<(&'static str, String), String>;

async fn names(cx: &mut Cx) -> Result<Names, Fault> {
    let mut names = Names::new();
    for pool in finance::pool::all(&mut cx.tx).await? {
        names.insert(("pool", pool.key), pool.name);
    }
    for node in run::nodes(&mut cx.tx).await? {
        let kind = if node.kind == "customer" { "customer" } else { "service" };
        names.insert((kind, node.key), node.name);
    }
    Ok(names)
}

/// What goes into the pools and what comes out of them; what comes to nothing is left out.
fn entries(sums: &Sums, names: &Names) -> Vec<Entry> {
    let name = |kind: &'static str, key: &str| {
        names.get(&(kind, key.to_owned())).cloned().unwrap_or_else(|| key.to_owned())
    };
    let charged = sums.customers.iter().map(|(key, amount)| Entry {
        code: format!("CHARGED-{key}"),
        name: format!("Charged to {}", name("customer", key)),
        amount: *amount,
    });
    // A pool and a service may share a key, so each has an account of its own.
    let central = sums.residuals.iter().map(|((of_pool, key), amount)| {
        let (kind, code) = if *of_pool {
            ("pool", format!("CENTRAL-POOL-{key}"))
        } else {
            ("service", format!("CENTRAL-{key}"))
        };
        Entry { code, name: format!("Kept central: {}", name(kind, key)), amount: *amount }
    });
    let pools = |sign: i64| {
        sums.pools.iter().map(move |(key, amount)| Entry {
            code: format!("POOL-{key}"),
            name: format!("Cost pool {}", name("pool", key)),
            amount: sign * amount,
        })
    };
    let (code, pooled) = (POOLED.0.to_owned(), POOLED.1.to_owned());
    let taken = Entry { code, name: pooled, amount: -sums.pools.values().sum::<i64>() };
    let entries = pools(1).chain([taken]).chain(charged).chain(central).chain(pools(-1));
    entries.filter(|entry| entry.amount != 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_charged_and_what_is_kept_is_taken_from_the_pools() {
        let keyed =
            |rows: &[(&str, i64)]| rows.iter().map(|(key, amount)| ((*key).to_owned(), *amount)).collect();
        let sums = Sums {
            customers: keyed(&[("CARE", 4_720), ("BS", -20), ("FIN", 0)]),
            residuals: [((false, "CARE".to_owned()), 250), ((true, "CARE".to_owned()), 50)].into(),
            pools: keyed(&[("CLOUD", 4_950), ("CARE", 50)]),
        };
        let names = [(("customer", "CARE".to_owned()), "Customer Care".to_owned())].into();
        let entries = entries(&sums, &names);
        let told: Vec<_> = entries.iter().map(|entry| (entry.code.as_str(), entry.amount)).collect();
        let expected = [
            ("POOL-CARE", 50),
            ("POOL-CLOUD", 4_950),
            ("POOLED", -5_000),
            ("CHARGED-BS", -20),
            ("CHARGED-CARE", 4_720),
            ("CENTRAL-CARE", 250),
            ("CENTRAL-POOL-CARE", 50),
            ("POOL-CARE", -50),
            ("POOL-CLOUD", -4_950),
        ];
        assert_eq!(told, expected);
        assert_eq!(entries[4].name, "Charged to Customer Care");
        assert_eq!(entries.iter().map(|entry| entry.amount).sum::<i64>(), 0);
    }
}
