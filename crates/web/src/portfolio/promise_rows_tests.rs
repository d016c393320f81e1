//! Promises as rows: what is adverse, what is late, which limits are printed.

use super::*;

fn a_promise() -> Value {
    json!({
        "number": "PRM-1", "name": "Unit cost", "measure": "unit cost", "due": "FY2026", "unit": "seat",
        "currency": "EUR", "direction": "lower", "promised": "386.92", "now": "395.00", "basis": "actual",
        "judged": "watch", "watch": "0.02", "off_track": "0.1", "state": "active", "source": "cost of service",
    })
}

#[test]
fn a_cost_above_the_promised_one_is_adverse() {
    let row = row(&a_promise());
    assert_eq!(row.unit, "FY26, € per seat");
    assert_eq!(row.said, "+2.1\u{a0}%, adverse");
    let shown = row.difference.unwrap().into_string();
    assert!(shown.contains("+8.0800") && shown.contains("adv"), "{shown}");
}

#[test]
fn a_level_above_the_promised_one_is_favourable_and_a_later_day_is_late() {
    let mut level = a_promise();
    for (field, value) in
        [("measure", "service level"), ("direction", "higher"), ("promised", "99.5"), ("now", "99.8")]
    {
        level[field] = json!(value);
    }
    assert_eq!(row(&level).said, "+0.3\u{a0}%, favourable");
    let mut launch = a_promise();
    for (field, value) in
        [("measure", "date"), ("promised", "2026-12-31"), ("now", "2027-02-28"), ("currency", "")]
    {
        launch[field] = json!(value);
    }
    let row = row(&launch);
    assert_eq!((row.said.as_str(), row.unit.as_str()), ("late", "day, seat"));
    assert!(row.difference.unwrap().into_string().contains("+59"));
}

#[test]
fn a_unit_that_names_its_currency_does_not_name_it_twice() {
    let mut promise = a_promise();
    promise["unit"] = json!("EUR per seat and month");
    assert_eq!(unit(&promise), "FY26, € per seat and month");
}

#[test]
fn nothing_more_is_awaited_of_a_service_that_has_ended() {
    let mut promise = a_promise();
    (promise["now"], promise["basis"]) = (json!(""), json!(null));
    let waits = row(&promise);
    assert_eq!((waits.now.is_none(), waits.basis.as_str()), (true, "from the cost of the service"));
    promise["end"] = json!("the service ended on 28 Feb 2025");
    let over = row(&promise);
    assert!(over.now.unwrap().into_string().contains("no figure"));
    assert_eq!((over.basis.as_str(), over.difference.is_none()), ("the service ended on 28 Feb 2025", true));
}

#[test]
fn own_limits_are_printed_beneath_the_usual_ones() {
    assert!(!limits(&[a_promise()]).into_string().contains("Unit cost"));
    let mut strict = a_promise();
    strict["watch"] = json!("0.001");
    strict["off_track"] = json!("0.005");
    assert!(limits(&[strict]).into_string().contains("Unit cost: 0.1\u{a0}% and 0.5\u{a0}%."));
}
