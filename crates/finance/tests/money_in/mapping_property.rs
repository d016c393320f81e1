//! Property: every line goes where the first fitting rule says, whatever the rules, and pools and what
//! is unmapped add up to the ledger total.

use std::collections::BTreeMap;

use access::Role;
use kernel::Period;
use serde_json::json;
use testkit::{Person, story};

use crate::kit::{imports, ledger_total, line, rows, text};
use crate::mapping::{approve, by_pool, finance_team};

/// A rule as this test understands it, to hold the database's decision against.
struct Oracle {
    number: usize,
    priority: i64,
    account: Option<&'static str>,
    cost_centre: Option<&'static str>,
    supplier: Option<&'static str>,
    text_prefix: Option<&'static str>,
    service_present: Option<bool>,
    pool: &'static str,
}

impl Oracle {
    fn fits(&self, cells: &[Option<&str>; 4], service: bool) -> bool {
        let code = |wanted: Option<&str>, there: Option<&str>| match (wanted, there) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(wanted), Some(there)) => match wanted.strip_suffix('*') {
                Some(stem) => there.starts_with(stem),
                None => there == wanted,
            },
        };
        let lower = |text: Option<&str>| text.map(str::to_ascii_lowercase);
        code(self.account, cells[0])
            && code(self.cost_centre, cells[1])
            && code(lower(self.supplier).as_deref(), lower(cells[2]).as_deref())
            && self.text_prefix.is_none_or(|prefix| {
                lower(cells[3]).is_some_and(|text| text.starts_with(&prefix.to_ascii_lowercase()))
            })
            && self.service_present.is_none_or(|wanted| wanted == service)
    }
}

const ACCOUNTS: [&str; 3] = ["6400", "6410", "7700"];
/// With the wildcards of `like`, which must not be wildcards here.
const CENTRES: [Option<&str>; 4] = [None, Some("4100"), Some("4_00"), Some("4%00")];
const SUPPLIERS: [Option<&str>; 4] = [None, Some("Contoso"), Some("CONTOSO Ltd"), Some("Łódź Cable")];
const TEXTS: [Option<&str>; 4] = [None, Some("Licence 2026"), Some("licence"), Some("Été")];

/// Numbers that look random and are the same every time (Numerical Recipes' generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223) % (1 << 32);
        usize::try_from(self.0 >> 16).unwrap() % n
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// One of `choices`, or nothing as often.
    fn perhaps(&mut self, choices: &[&'static str]) -> Option<&'static str> {
        if self.below(2) == 0 { None } else { Some(self.one_of(choices)) }
    }

    fn rule(&mut self, number: usize) -> Oracle {
        Oracle {
            number,
            account: self.perhaps(&["6400", "64*", "7700"]),
            cost_centre: self.perhaps(&["4100", "4%*", "4_00"]),
            supplier: self.perhaps(&["contoso", "Contoso*", "Łódź Cable"]),
            text_prefix: self.perhaps(&["licence", "LICENCE 2", "Été"]),
            service_present: self.one_of(&[None, None, Some(true), Some(false)]),
            priority: self.one_of(&[0, 1, 2]),
            pool: self.one_of(&["CLOUD", "SOFTWARE", "OTHER"]),
        }
    }
}

/// Nine rules as the dice fall, approved; first to be tried first.
async fn approved(dice: &mut Dice, priya: &Person, henrik: &Person) -> Vec<Oracle> {
    let mut oracles = Vec::new();
    for number in 1..=9 {
        let oracle = dice.rule(number);
        let rule = json!({
            "account": oracle.account, "cost_centre": oracle.cost_centre, "supplier": oracle.supplier,
            "text_prefix": oracle.text_prefix, "pool": oracle.pool, "effective_from": "2026-09",
            "service_present": oracle.service_present.map(|yes| if yes { "yes" } else { "no" }),
            "priority": oracle.priority.to_string(),
        });
        match priya.does("mapping add", rule).await {
            Ok(done) => {
                approve(priya, henrik, &done.key).await;
                oracles.push(oracle);
            }
            Err(refused) => assert_eq!(refused.code(), "mapping_without_condition"),
        }
    }
    oracles.sort_by_key(|oracle| (oracle.priority, oracle.number));
    oracles
}

#[test]
fn pools_and_what_is_unmapped_add_up_to_the_ledger_total_whatever_the_rules() {
    story(async |house| {
        let (priya, henrik) = finance_team(&house).await;
        let patricia = house.person("patricia", &[Role::PortfolioManager]).await;
        patricia.does("service take-over", json!({"key": "CARE", "name": "Care"})).await.unwrap();
        let mut dice = Dice(20_260_902);
        let oracles = approved(&mut dice, &priya, &henrik).await;
        assert!(oracles.len() > 5);
        let (mut file, mut expected) = (Vec::new(), BTreeMap::<String, i64>::new());
        for n in 0..400_i64 {
            let account = dice.one_of(&ACCOUNTS);
            let cells = [Some(account), dice.one_of(&CENTRES), dice.one_of(&SUPPLIERS), dice.one_of(&TEXTS)];
            let (service, cents) = (dice.below(2) == 1, n * 37 % 1_001 - 300);
            let amount = kernel::Money::of_minor(cents, kernel::Currency::EUR);
            let mut row = line(account, "2026-09-01", &format!("{} EUR", amount.plain()));
            let optional = [("cost_centre", cells[1]), ("supplier", cells[2]), ("description", cells[3])];
            row.extend(optional.into_iter().filter_map(|(key, cell)| Some((key, text(cell?)))));
            row.extend(service.then(|| ("service", text("CARE"))));
            file.push(row);
            let fitting = oracles.iter().find(|oracle| oracle.fits(&cells, service));
            *expected.entry(fitting.map_or("", |oracle| oracle.pool).to_owned()).or_default() += cents;
        }
        imports(&priya, "gl", rows(file)).await;
        let total = ledger_total(&priya, "2026-09").await;
        let sums = by_pool(&priya, "2026-09").await;
        assert_eq!(sums, expected.into_iter().collect::<Vec<_>>());
        assert_eq!(sums.iter().map(|(_, sum)| sum).sum::<i64>(), total);
        let month: Period = "2026-09".parse().unwrap();
        let coverage = finance::mapping::coverage(&mut priya.cx().await.tx, month).await.unwrap();
        assert_eq!(coverage.mapped + coverage.unmapped(), total);
    });
}
