//! What is charged as FOCUS: the rows worked by hand from the house's table, who sees what, and what is refused.

use kernel::Refused;
use testkit::Person;

use crate::house::{AUGUST, Told};
use crate::words::{does, rows};

/// The columns of a dataset of August.
async fn of_august(who: &Person, version: &str, dataset: &str, columns: &[&str]) -> Vec<String> {
    let params = [("period", AUGUST), ("version", version), ("dataset", dataset)];
    rows(who, "statement focus", &params, columns).await
}

async fn refused(who: &Person, params: &[(&str, &str)]) -> Refused {
    who.reads("statement focus", params).await.err().expect("it is refused")
}

#[test]
fn a_line_is_a_charge_with_its_price_where_it_has_one() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.drafts(AUGUST).await.unwrap();
        let columns = [
            "BillingAccountId",
            "ServiceName",
            "BilledCost",
            "ContractedCost",
            "PricingQuantity",
            "ContractedUnitPrice",
            "SkuId",
            "InvoiceId",
            "x_Settlement",
        ];
        assert_eq!(
            of_august(&told.priya, "1.4", "cost-and-usage", &columns).await,
            [
                "BS | Service DESK | 283.33 | 283.33 |  |  |  |  | recharge",
                "BS | Service IAM | 320.00 | 320 | 20 | 16.00 | IAM |  | recharge",
                "BS | Mail of old | 0.00 | 0.00 |  |  |  |  | memo",
                "CARE | Service DESK | 566.67 | 566.67 |  |  |  |  | recharge",
                "CARE | Service IAM | 160.00 | 160 | 10 | 16.00 | IAM |  | memo",
                "CARE | Mail of old | 0.00 | 0.00 |  |  |  |  | memo",
                "CARE | Charged directly | 30.00 | 30.00 |  |  |  |  | memo",
            ]
        );
    });
}

#[test]
fn what_a_service_shares_at_cost_is_split_by_rule_ratio_and_count() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.drafts(AUGUST).await.unwrap();
        let columns = [
            "AllocatedMethodId",
            "AllocatedResourceId",
            "AllocatedMethodDetails",
            "x_SplitOriginId",
            "x_SplitOriginCost",
        ];
        let shared = of_august(&told.priya, "1.4", "cost-and-usage", &columns).await;
        // 28,333 and 56,667 of 85,000 cents, to twelve digits, the last to the larger remainder.
        let details = |ratio, seats| {
            format!(
                "{{\"Elements\":[{{\"AllocatedRatio\":{ratio},\"UsageUnit\":\"seats\",\"UsageQuantity\":{seats}}}]}}"
            )
        };
        assert_eq!(
            [&shared[0], &shared[3]],
            [
                &format!("R-04 v1 | BS/DESK | {} | 2026-08/DESK | 850.00", details("0.333329411765", 1)),
                &format!("R-04 v1 | CARE/DESK | {} | 2026-08/DESK | 850.00", details("0.666670588235", 2)),
            ]
        );
        let others = [1, 2, 4, 5, 6].map(|at: usize| shared[at].as_str());
        assert_eq!(others, [" |  |  |  | "; 5], "a price shares nothing, and a pool is no service");
    });
}

/// 1.2 wants a quantity for every use: what was counted, else a month of the service.
#[test]
fn in_1_2_every_charge_has_a_quantity_and_nothing_of_1_4() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.drafts(AUGUST).await.unwrap();
        let columns = ["BilledCost", "PricingCategory", "PricingQuantity", "PricingUnit", "ProviderName"];
        assert_eq!(
            of_august(&told.priya, "1.2", "cost-and-usage", &columns).await[3..],
            [
                "566.67 | Other | 2 | seats | Test House",
                "160.00 | Standard | 10 | identities | Test House",
                "0.00 | Other | 1 | Months | Test House",
                "30.00 | Other | 1 | Months | Test House",
            ]
        );
        let params = [("period", AUGUST), ("version", "1.2")];
        let listing = told.priya.lists("statement focus", &params).await;
        let foreign = listing.columns.iter().find(|column| column.key.starts_with("Allocated"));
        assert!(foreign.is_none(), "{foreign:?}");
        let wrong = [("version", "1.2"), ("dataset", "invoice-detail")];
        let said = format!("{:?}", refused(&told.priya, &wrong).await);
        assert!(said.contains("FOCUS 1.2 has no “invoice-detail” here; there is cost-and-usage."), "{said}");
        let said = format!("{:?}", refused(&told.priya, &[("version", "1.3")]).await);
        assert!(said.contains("There is no version “1.3”"), "{said}");
    });
}

#[test]
fn what_is_issued_is_an_invoice_in_parts_and_closes_the_month() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.drafts(AUGUST).await.unwrap();
        assert!(
            of_august(&told.priya, "1.4", "invoice-detail", &[]).await.is_empty(),
            "a draft is on no invoice"
        );
        let status = ["BillingPeriodStart", "BillingPeriodEnd", "BillingPeriodStatus", "InvoiceIssuerName"];
        let bounds = "2026-08-01T00:00:00Z | 2026-09-01T00:00:00Z";
        assert_eq!(
            of_august(&told.priya, "1.4", "billing-period", &status).await,
            [format!("{bounds} | Open | Test House")]
        );
        told.bills(AUGUST).await;
        assert_eq!(
            of_august(&told.priya, "1.4", "billing-period", &status).await,
            [format!("{bounds} | Closed | Test House")]
        );
        let columns = ["InvoiceId", "InvoiceDetailId", "BilledCost", "InvoiceIssueStatus", "PaymentTerms"];
        let (memo, recharge) = (
            "For information: nothing is booked, nothing to pay",
            "Booked to the customer's cost centre: nothing to pay",
        );
        assert_eq!(
            of_august(&told.priya, "1.4", "invoice-detail", &columns).await,
            [
                format!("STM-1 | STM-1/DESK/recharge | 283.33 | Issued | {recharge}"),
                format!("STM-1 | STM-1/IAM/recharge | 320.00 | Issued | {recharge}"),
                format!("STM-1 | STM-1/MAIL/memo | 0.00 | Issued | {memo}"),
                format!("STM-2 | STM-2/DESK/recharge | 566.67 | Issued | {recharge}"),
                format!("STM-2 | STM-2/direct/memo | 30.00 | Issued | {memo}"),
                format!("STM-2 | STM-2/IAM/memo | 160.00 | Issued | {memo}"),
                format!("STM-2 | STM-2/MAIL/memo | 0.00 | Issued | {memo}"),
            ]
        );
        let linked = of_august(&told.priya, "1.4", "cost-and-usage", &["InvoiceId", "InvoiceDetailId"]).await;
        assert_eq!((linked[0].as_str(), linked.len()), ("STM-1 | STM-1/DESK/recharge", 7));
    });
}

/// `domain.md` §3: never the total of a service, nor what is incomplete; a ratio would tell of the total.
#[test]
fn a_representative_reads_their_own_charges_and_nothing_of_the_whole() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        let kim = told.representative("kim", "CARE").await;
        told.drafts(AUGUST).await.unwrap();
        assert!(of_august(&kim, "1.4", "cost-and-usage", &[]).await.is_empty(), "a draft is not sent");
        told.bills(AUGUST).await;
        let columns = [
            "BillingAccountId",
            "ServiceName",
            "BilledCost",
            "AllocatedResourceId",
            "AllocatedMethodDetails",
            "x_SplitOriginId",
            "x_SplitOriginCost",
        ];
        assert_eq!(
            of_august(&kim, "1.4", "cost-and-usage", &columns).await,
            [
                "CARE | Service DESK | 566.67 | CARE/DESK |  |  | ",
                "CARE | Service IAM | 160.00 |  |  |  | ",
                "CARE | Charged directly | 30.00 |  |  |  | ",
            ]
        );
        let details = of_august(&kim, "1.4", "invoice-detail", &["InvoiceDetailId"]).await;
        assert_eq!(details, ["STM-2/DESK/recharge", "STM-2/direct/memo", "STM-2/IAM/memo"]);
    });
}

#[test]
fn drafts_older_than_the_run_are_not_handed_out() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.drafts(AUGUST).await.unwrap();
        // 100.00 more for DESK, IAM and MAIL by 3 : 1 : 1, of which the drafts know nothing.
        told.line(229, AUGUST, 9, "CLOUD", 10_000).await;
        does(&told.priya, "allocate run", &[], serde_json::json!({ "period": AUGUST })).await.unwrap();
        let stale = refused(&told.priya, &[("period", AUGUST)]).await;
        assert_eq!(stale.code(), "focus_differs");
        let said = format!("{stale:?}");
        assert!(said.contains("cost shared by DESK has 850.00 where 910.00 is charged"), "{said}");
        told.drafts(AUGUST).await.unwrap();
        let total = of_august(&told.priya, "1.4", "cost-and-usage", &["x_SplitOriginCost"]).await;
        assert_eq!(total[0], "910.00");
    });
}
