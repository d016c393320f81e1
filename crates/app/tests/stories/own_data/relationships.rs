//! Customers, contacts and agreements by files.

use serde_json::json;

use super::kit::*;
use testkit::{Person, TestHouse};

const CUSTOMERS: &str = "key,name,kind,manager\nCARE,Customer Care,unit,\nACME,Acme Ltd,outside,bo\n";
const CONTACTS: &str = "customer,name,role,email\n\
    CARE,Elif Demir,Head of care,elif.demir@larkfield.example\nACME,Jon Roe,Buyer,\nSALES,Nobody,Buyer,\n";
const AGREEMENTS: &str = "customer,offering,quantity,from_day,settlement\n\
    CARE,DESK,1140,2025-10-01,recharge\nACME,DESK,12.5,2026-01-01,\n\
    CARE,DESK,5,2026-01-01,\nCARE,CARE,5,2026-01-01,\n";

async fn everything(house: &TestHouse) -> Person {
    let ana = ana(house).await;
    house.person("bo", &[access::Role::RelationshipManager]).await;
    imports(&ana, "services", "key,name,first_day\nDESK,Desktop,2020-01-01\n").await;
    imports(&ana, "offerings", "service,unit,charging\nDESK,seat,at cost\n").await;
    assert_eq!(counts(&imports(&ana, "customers", CUSTOMERS).await), [2, 0, 0, 0]);
    ana
}

#[test]
fn customers_contacts_and_agreements_come_in_and_come_back_as_known() {
    testkit::story(async |house| {
        let ana = everything(&house).await;
        let contacts = imports(&ana, "contacts", CONTACTS).await;
        assert_eq!(counts(&contacts), [2, 0, 0, 1]);
        assert_eq!(reasons(&contacts), ["4: customer: There is no customer “SALES”"]);
        let agreements = imports(&ana, "agreements", AGREEMENTS).await;
        assert_eq!(counts(&agreements), [2, 0, 0, 2]);
        assert_eq!(
            reasons(&agreements),
            ["4: line 2 takes the same in those days", "5: offering: There is no offering “CARE”"]
        );
        let shown = rows(&ana, "agreement list", &["number", "customer", "quantity", "settlement"]).await;
        assert_eq!(shown, ["AGR-2 | ACME | 12.5 | memo", "AGR-1 | CARE | 1140 | recharge"]);
        assert_eq!(rows(&ana, "customer list", &["key", "manager"]).await, ["ACME | BO", "CARE | ANA"]);
        for (kind, list) in
            [("customers", "customer list"), ("contacts", "contact list"), ("agreements", "agreement list")]
        {
            let given = csv(&ana, list).await;
            assert_eq!(counts(&imports(&ana, kind, &given).await), [0, 2, 0, 0], "{given}");
            assert_eq!(counts(&imports_workbook(&ana, kind, list).await), [0, 2, 0, 0], "{kind}");
        }
        history_tells_all(&house).await;
    });
}

#[test]
fn a_changed_row_says_old_and_new_and_changes_by_the_edit_of_the_record() {
    testkit::story(async |house| {
        let ana = everything(&house).await;
        imports(&ana, "contacts", CONTACTS).await;
        imports(&ana, "agreements", AGREEMENTS).await;
        let replace = json!({ "changed": "replace" });
        let customers = CUSTOMERS.replace("Customer Care", "Care").replace(",bo", ",ana");
        let report = run(&ana, "customers", &customers, replace.clone()).await.unwrap();
        assert_eq!(changes(&report), ["2 name: Customer Care → Care", "3 manager: bo → ana"]);
        let contacts = CONTACTS.replace("Head of care", "Director");
        let report = run(&ana, "contacts", &contacts, replace.clone()).await.unwrap();
        assert_eq!(changes(&report), ["2 role: Head of care → Director"]);
        // The morning of the story is 2 October 2026: without a day of its own a quantity holds from then.
        let agreements = "customer,offering,quantity,from_day,to_day\nCARE,DESK,1150,2025-10-01,2027-03-31\n";
        let report = run(&ana, "agreements", agreements, replace).await.unwrap();
        assert_eq!(changes(&report), ["2 quantity: 1140 → 1150", "2 to_day:  → 2027-03-31"]);
        let care = ana.sees("agreement show", &[("number", "AGR-1")]).await;
        let steps = json!([{"from_day": "2025-10-01", "quantity": "1140"}, {"from_day": "2026-10-02", "quantity": "1150"}]);
        assert_eq!((&care["quantities"], &care["to_day"]), (&steps, &json!("2027-03-31")));
        let moved = "customer,offering,quantity,from_day,settlement\nCARE,DESK,1150,2025-10-01,memo\n";
        let report = imports(&ana, "agreements", moved).await;
        assert_eq!(reasons(&report), ["2: its settlement is “recharge” and stays, the file says “memo”"]);
        history_tells_all(&house).await;
    });
}

#[test]
fn batches_are_taken_back_from_the_last_to_the_first() {
    testkit::story(async |house| {
        let ana = everything(&house).await;
        imports(&ana, "contacts", CONTACTS).await;
        imports(&ana, "agreements", AGREEMENTS).await;
        let refused = reverts(&ana, "B-0003").await.unwrap_err();
        assert!(
            refused.to_string().starts_with("B-0003 cannot be taken back: ACME is used by agreement AGR-2.")
        );
        for batch in ["B-0005", "B-0004", "B-0003", "B-0002", "B-0001"] {
            reverts(&ana, batch).await.unwrap();
        }
        for list in ["service list", "offering list", "customer list", "contact list", "agreement list"] {
            assert!(ana.lists(list, &[]).await.rows.is_empty(), "{list}");
        }
        history_tells_all(&house).await;
        assert_eq!(counts(&imports(&ana, "customers", CUSTOMERS).await), [2, 0, 0, 0]);
    });
}
