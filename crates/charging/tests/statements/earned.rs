//! What a service earned and was charged for against what it cost, by month.

use access::{GrantScope, Role};
use kernel::ServiceId;
use kernel::listing::Listing;

use crate::house::{AUGUST, SEPTEMBER, Told};

const AT: [(&str, &str); 1] = [("period", SEPTEMBER)];

impl Told {
    /// What DESK earned outside in August, as the ledger has it: a credit.
    async fn income(&self, minor: i64) {
        self.line(229, AUGUST, 200, "CLOUD", -minor).await;
        let sql = "update finance_lines set kind = 'income', pool_key = null, service_key = 'DESK' where file_line = 200";
        self.writes(sql, Vec::new()).await;
    }

    async fn months(&self, service: &str) -> Listing {
        self.priya.lists("service cost-by-month", &[("service", service), AT[0]]).await
    }
}

fn told(listing: &Listing, row: usize, column: &str) -> String {
    listing.value(&listing.rows[row], column).unwrap().plain()
}

#[test]
fn a_months_unit_cost_contribution_margin_and_recovery_are_those_by_hand() {
    testkit::story(async |house| {
        let story = Told::begun(house).await;
        story.network().await;
        story.income(200_000).await;
        story.reruns().await;
        let desk = story.months("DESK").await;
        // August: 850.00 from pools and 80.00 from the network over 3 seats; earned 2,000.00. September: 970.00
        // over 4 seats, nothing earned, nothing drafted.
        for (column, august, september) in [
            ("month", "2026-08", "2026-09"),
            ("amount", "930.00", "970.00"),
            ("direct", "850.00", "970.00"),
            ("quantity", "3", "4"),
            ("unit", "seats", "seats"),
            ("unit_cost", "310", "242.5"),
            ("income", "2000.00", "0.00"),
            ("contribution", "1150.00", "-970.00"),
            ("margin", "1070.00", "-970.00"),
            ("charges", "930.00", ""),
            ("recovery", "0.00", ""),
        ] {
            assert_eq!([told(&desk, 0, column), told(&desk, 1, column)], [august, september], "{column}");
        }
        // 450.00 from pools and 40.00 from the network over 30 identities, charged 16.00 each; it earns nothing.
        let identities = story.months("IAM").await;
        for (column, august) in [
            ("amount", "490.00"),
            ("unit_cost", "16.3333"),
            ("contribution", ""),
            ("margin", ""),
            ("charges", "480.00"),
            ("recovery", "-10.00"),
        ] {
            assert_eq!(told(&identities, 0, column), august, "{column}");
        }
    });
}

#[test]
fn only_who_may_see_the_money_of_a_service_reads_what_it_earned() {
    testkit::story(async |house| {
        let story = Told::begun(house).await;
        let mail = story.yuki.sees("service show", &[("key", "MAIL")]).await;
        let id = ServiceId::parse(mail["id"].as_str().unwrap()).unwrap();
        let owner = story.house.person_for("owner", &[(Role::ServiceOwner, GrantScope::Service(id))]).await;
        let own = [("service", "MAIL"), AT[0]];
        assert_eq!(owner.lists("service cost-by-month", &own).await.count, 2);
        let refused = owner.reads("service cost-by-month", &[("service", "DESK")]).await.err().unwrap();
        assert_eq!(refused.code(), "not_found");
    });
}
