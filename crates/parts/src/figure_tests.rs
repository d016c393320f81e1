//! The attributes a crawl reads, and what a reader sees.

use kernel::Currency;

use super::*;

fn euro(cents: i64) -> Value {
    Value::Money(Money::of_minor(cents, Currency::EUR))
}

#[test]
fn a_sum_links_to_its_rows_and_says_which_column_adds_up() {
    assert_eq!(
        Figure::sum(euro(756_324_811), "amount", "/ledger?period=2026-09&kind=cost").render().into_string(),
        "<a class=\"num\" href=\"/ledger?period=2026-09&amp;kind=cost\" data-figure=\"sum\" \
         data-column=\"amount\"><data value=\"7563248.11\">7,563,248.11</data></a>"
    );
}

#[test]
fn a_judged_change_has_an_arrow_a_sign_and_a_colour() {
    let change = Figure::difference(
        euro(66_085_660),
        Operand::sum(euro(666_085_660), "amount", "/ledger"),
        Operand::sum(euro(600_000_000), "amount", "/budget"),
        "/variance",
    );
    let html = change.spoken().scale(Scale::Whole).judged(Judged::Adverse).render().into_string();
    assert!(html.contains("class=\"num adv\"") && html.contains("<svg"), "{html}");
    assert!(html.contains("title=\"€660,856.60\"") && html.contains(">+€660,857</data>"), "{html}");
    assert!(html.contains("data-a=\"sum:amount\" data-a-value=\"6660856.60\" data-a-href=\"/ledger\""));
    assert!(html.contains("data-b-value=\"6000000.00\" data-b-href=\"/budget\""), "{html}");
}

#[test]
fn unknown_is_not_zero_and_zero_has_no_arrow() {
    assert!(Figure::sum(Value::Unknown, "amount", "/x").render().into_string().contains("n/k"));
    let zero = Figure::sum(euro(0), "amount", "/x").judged(Judged::Adverse).render().into_string();
    assert!(zero.contains("<data value=\"0.00\">–</data>") && !zero.contains("<svg"), "{zero}");
}
