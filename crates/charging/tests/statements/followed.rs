//! A trace where cost passes a supporting service or a rule by direct cost, and a trace of figures that
//! somebody changed behind the program's back.

use serde_json::{Value, json};

use crate::house::{AUGUST, Told};
use crate::words::{amount, does, line_id};

impl Told {
    /// A pool with one ledger line of August.
    async fn costs(&self, pool: &str, line: i64, minor: i64) {
        let input = json!({"key": pool, "name": pool, "spend": "operating", "behaviour": "fixed"});
        does(&self.priya, "pool add", &[], input).await.unwrap();
        self.line(229, AUGUST, line, pool, minor).await;
    }

    async fn ports(&self, service: &str, ports: i64) {
        let sql = "insert into finance_driver_quantities (id, batch_id, driver_key, period, service_key, quantity, \
                   reverted) values ($1, 'net', 'PORTS', $2, $1, $3, false)";
        self.writes(sql, vec![service.into(), AUGUST.into(), (ports * 1_000_000).into()]).await;
    }

    /// The network costs 120.00 and serves DESK with 2 of 3 ports and IAM with 1, before they are charged.
    pub async fn network(&self) {
        self.service("NET", "at cost", "port").await;
        self.costs("WAN", 100, 12_000).await;
        let ports = json!({"key": "PORTS", "name": "Ports", "unit": "ports", "source": "NMS"});
        does(&self.priya, "driver add", &[], ports).await.unwrap();
        self.ports("DESK", 2).await;
        self.ports("IAM", 1).await;
        self.rule(json!({"sender_kind": "pool", "sender": "WAN", "method": "even", "receivers": "NET"}))
            .await;
        self.rule(json!({"sender_kind": "service", "sender": "NET", "method": "driver", "driver": "PORTS"}))
            .await;
        let sharing = json!({"method": "step-down", "order": "NET", "effective_from": "2026-01"});
        let stated = does(&self.priya, "sharing set", &[], sharing).await.unwrap();
        let number = [("number", stated.key.as_str())];
        does(&self.henrik, "sharing approve", &number, json!({})).await.unwrap();
    }

    pub async fn reruns(&self) {
        does(&self.priya, "allocate run", &[], json!({"period": AUGUST})).await.unwrap();
        self.drafts(AUGUST).await.unwrap();
    }

    async fn traced(&self, customer: &str, service: &str) -> Value {
        let id = line_id(&self.priya, AUGUST, customer, service).await;
        self.priya.sees("trace show", &[("id", &id)]).await
    }

    async fn checked(&self) -> Value {
        self.priya.sees("period check", &[("period", AUGUST)]).await
    }
}

fn part<'t>(trace: &'t Value, pool: &str) -> &'t Value {
    trace["parts"].as_array().unwrap().iter().find(|part| part["pool"] == pool).unwrap()
}

fn sentences(part: &Value) -> Vec<&str> {
    part["path"].as_array().unwrap().iter().map(|step| step["sentence"].as_str().unwrap()).collect()
}

#[test]
fn cost_that_passed_a_supporting_service_is_followed_to_its_pool_with_rule_and_driver() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.network().await;
        told.reruns().await;
        let trace = told.traced("CARE", "DESK").await;
        let wan = part(&trace, "WAN");
        // 120.00 × 2 ÷ 3 = 80.00 to DESK, of which CARE has 2 of 3 seats.
        assert_eq!(
            ["amount", "service_cost", "pool_cost"].map(|f| amount(&wan[f])),
            ["53.33", "80.00", "120.00"]
        );
        assert_eq!(wan["pool_rule"], "R-07 v1");
        assert_eq!(
            sentences(wan),
            [
                "€120.00 = all of €120.00, because R-07 v1 says so: shared evenly.",
                "€80.00 = 2 / 3 of €120.00, because Service DESK has 2 of 3 ports."
            ]
        );
        let step = &wan["path"][1];
        assert_eq!(
            ["from", "to", "rule", "driver", "quantity", "quantity_total"].map(|f| step[f].as_str().unwrap()),
            ["NET", "DESK", "R-08 v1", "PORTS", "2", "3"]
        );
        assert_eq!(trace["ties"], true, "{}", trace["untied"]);
        let cost = [("period", AUGUST), ("service", "DESK"), ("customer", "CARE")];
        let cost = told.priya.sees("cost trace", &cost).await;
        assert_eq!(
            (part(&cost, "WAN")["path"].clone(), cost["ties"].clone()),
            (wan["path"].clone(), json!(true))
        );
        assert_eq!(told.checked().await["ok"], true);
    });
}

#[test]
fn cost_shared_by_direct_cost_is_followed_to_its_pool_too() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.costs("RENT", 100, 13_000).await;
        told.rule(
            json!({"sender_kind": "pool", "sender": "RENT", "method": "proportional", "receivers": "DESK, IAM"}),
        )
        .await;
        told.reruns().await;
        // Direct cost: DESK 850.00, IAM 450.00; 130.00 × 850 ÷ 1,300 = 85.00.
        let trace = told.traced("CARE", "DESK").await;
        let rent = part(&trace, "RENT");
        assert_eq!((amount(&rent["service_cost"]), rent["pool_rule"].as_str()), ("85.00", Some("R-07 v1")));
        assert_eq!((rent["path"][0]["from"].as_str(), sentences(rent).len()), (Some("RENT"), 1));
        assert_eq!((trace["ties"].clone(), told.checked().await["ok"].clone()), (json!(true), json!(true)));
        let costs = told.priya.lists("service cost", &[("period", AUGUST)]).await;
        let desk =
            costs.rows.iter().find(|row| costs.value(row, "service").unwrap().plain() == "DESK").unwrap();
        assert_eq!(costs.value(desk, "from_pools").unwrap().plain(), "935.00");
    });
}

/// `faults.md`: what was changed in the tables must not stand as a figure that ties.
#[test]
fn a_line_whose_amount_is_not_what_it_says_does_not_tie_and_states_no_equation() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.reruns().await;
        for (service, model) in [("IAM", "quantity × price"), ("DESK", "at the cost")] {
            assert_eq!(told.traced("CARE", service).await["ties"], true, "{service}");
            let id = line_id(&told.priya, AUGUST, "CARE", service).await;
            let more = "update charging_statement_lines set amount = amount + 1000 where id = $1";
            told.writes(more, vec![id.as_str().into()]).await;
            let trace = told.traced("CARE", service).await;
            assert_eq!(trace["ties"], false, "{service}");
            let why = trace["untied"].to_string();
            assert!(why.contains(model) && why.contains("its lines add up to"), "{why}");
            told.writes(
                "update charging_statement_lines set amount = amount - 1000 where id = $1",
                vec![id.into()],
            )
            .await;
        }
        let id = line_id(&told.priya, AUGUST, "CARE", "IAM").await;
        let more = "update charging_statement_lines set amount = amount + 1000 where id = $1";
        told.writes(more, vec![id.into()]).await;
        assert_eq!(
            told.traced("CARE", "IAM").await["sentence"],
            "€170.00 is charged for 10 identities × €16.00, which is €160.00."
        );
    });
}

#[test]
fn a_share_that_was_raised_breaks_the_tie_at_its_stage() {
    testkit::story(async |house| {
        let told = Told::begun(house).await;
        told.network().await;
        told.reruns().await;
        let shares = "sender = 'WAN' and receiver = 'NET'";
        for (share, off) in [
            (shares, ["Pool WAN has €120.00 and", "Service NET has €120.01 and"]),
            (
                "sender = 'NET' and receiver = 'DESK'",
                ["Service DESK has €930.01 and", "Service NET has €120.00 and"],
            ),
        ] {
            let by = async |cents: i64| {
                let sql = format!("update charging_shares set amount = amount + $1 where {share}");
                told.writes(&sql, vec![cents.into()]).await;
            };
            by(1).await;
            let checked = told.checked().await;
            assert_eq!((checked["difference"].as_str(), checked["ok"].clone()), (Some("0.00"), json!(false)));
            let said: Vec<&str> =
                checked["off"].as_array().unwrap().iter().map(|s| s.as_str().unwrap()).collect();
            assert_eq!(said.len(), 2, "{said:?}");
            assert!(said.iter().zip(off).all(|(said, off)| said.starts_with(off)), "{said:?}");
            let trace = told.traced("CARE", "DESK").await;
            assert_eq!((trace["ties"].clone(), trace["untied"].as_array().unwrap().len()), (json!(false), 2));
            by(-1).await;
        }
        assert_eq!(
            (told.checked().await["ok"].clone(), told.traced("CARE", "DESK").await["ties"].clone()),
            (json!(true), json!(true))
        );
    });
}
