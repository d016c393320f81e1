//! Whatever is posted and reversed, in whatever order: every transaction balances and the trial
//! balance sums to zero, for each period and to the end.

use super::house::finance;
use kernel::{Currency, Period};
use ledger::{Class, Filter, NewPosting, NewTransaction, Source, TransactionId};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// Something that happens to the ledger.
#[derive(Clone, Debug)]
enum Deed {
    /// Amounts on (account, cost centre), and whether the last posting makes it balance.
    Post { month: u32, amounts: Vec<(usize, Option<u8>, i64)>, balanced: bool },
    /// Reverses the n-th transaction posted so far, into that month.
    Reverse { nth: usize, month: u32 },
}

fn deed() -> impl Strategy<Value = Deed> {
    let amount = (0_usize..4, proptest::option::of(0_u8..3), -1_000_000_000_i64..1_000_000_000);
    let post = (1_u32..=3, proptest::collection::vec(amount, 1..6), proptest::bool::weighted(0.8));
    prop_oneof![
        3 => post.prop_map(|(month, amounts, balanced)| Deed::Post { month, amounts, balanced }),
        1 => (0_usize..20, 1_u32..=3).prop_map(|(nth, month)| Deed::Reverse { nth, month }),
    ]
}

#[test]
fn random_postings_and_reversals_keep_everything_balanced() {
    testkit::story(async |house| {
        let priya = finance(&house).await;
        let runner = &mut TestRunner::deterministic();
        for _ in 0..25 {
            let deeds = proptest::collection::vec(deed(), 1..12).new_tree(runner).unwrap().current();
            let mut cx = priya.cx().await;
            let mut posted = Vec::new();
            for deed in &deeds {
                happens(&mut cx, deed, &mut posted).await;
            }
            holds(&mut cx, &deeds).await;
            cx.tx.rollback().await.unwrap();
        }
    });
}

async fn happens(cx: &mut access::Cx, deed: &Deed, posted: &mut Vec<TransactionId>) {
    match deed {
        Deed::Post { month, amounts, balanced } => {
            let new = transaction(cx, *month, amounts, *balanced).await;
            let sum: i64 = new.postings.iter().map(|posting| posting.amount).sum();
            match ledger::post(cx, new).await {
                Ok(done) if sum == 0 => posted.push(done.id),
                Ok(_) => panic!("off by {sum}, but posted"),
                Err(refused) => assert!(refused.code() == "one_sided" || sum != 0, "{refused}"),
            }
        }
        Deed::Reverse { nth, month } => {
            let Some(id) = posted.get(*nth).copied() else { return };
            let into = period(*month);
            if let Err(refused) = ledger::reverse(cx, id, into, into.last_day(), "So it happened").await {
                assert_eq!(refused.code(), "reversed_before");
            }
        }
    }
}

async fn transaction(
    cx: &mut access::Cx,
    month: u32,
    amounts: &[(usize, Option<u8>, i64)],
    balanced: bool,
) -> NewTransaction {
    let mut postings = Vec::new();
    for (account, cost_centre, amount) in amounts {
        let class = Class::ALL[*account];
        let account = ledger::ensure(cx, &format!("{}00", account + 1), class.word(), class).await.unwrap();
        postings.push(NewPosting::new(account.id, *amount).of(cost_centre.map(|n| format!("CC-{n}"))));
    }
    if balanced {
        let clearing = ledger::ensure(cx, "900", "Clearing", Class::Balance).await.unwrap();
        postings.push(NewPosting::new(clearing.id, -postings.iter().map(|p| p.amount).sum::<i64>()));
    }
    let period = period(month);
    let source = Source { kind: "batch".into(), id: "b".into() };
    let (kind, text) = ("import".into(), "Random".into());
    NewTransaction { kind, period, day: period.last_day(), text, source, corrects: None, postings }
}

async fn holds(cx: &mut access::Cx, deeds: &[Deed]) {
    let sql = "select transaction_id, cast(sum(amount) as bigint) as off from ledger_postings \
               group by transaction_id having sum(amount) <> 0";
    assert_eq!(cx.tx.query(sql).rows().await.unwrap().len(), 0, "{deeds:?}");
    let mut filters: Vec<Filter> = (1..=3).map(|month| Filter::of(period(month))).collect();
    filters.push(Filter::default());
    for filter in filters {
        let balances = ledger::trial_balance(&mut cx.tx, Currency::EUR, &filter).await.unwrap();
        let sums = balances.lines.iter().fold((0, 0, 0), |(opening, movement, closing), line| {
            let after = line.opening.plus(line.movement).unwrap();
            assert_eq!(after, line.closing, "{deeds:?}");
            (opening + line.opening.minor(), movement + line.movement.minor(), closing + line.closing.minor())
        });
        assert_eq!(sums, (0, 0, 0), "{filter:?} {deeds:?}");
    }
}

fn period(month: u32) -> Period {
    Period::new(2026, month).unwrap()
}
