//! Which rules are in force in a period and how they decide, as one SQL expression: half a million
//! lines are mapped by the database in one statement, the same on both engines.

use db::Bind;
use kernel::Period;

use super::{Conditions, MappingRule, RuleState};

/// The versions in force in `period`, first to be tried first: of each number the approved version
/// with the latest start that is not after `period` (the higher version of two with the same start),
/// unless it ends the rule. Lower priority first, then lower number.
pub fn in_force(versions: &[MappingRule], period: Period) -> Vec<&MappingRule> {
    let mut latest: std::collections::BTreeMap<i64, &MappingRule> = std::collections::BTreeMap::new();
    let candidates =
        versions.iter().filter(|rule| rule.state == RuleState::Approved && rule.effective_from <= period);
    for rule in candidates {
        let newer = |known: &&MappingRule| {
            (rule.effective_from, rule.rule_version) > (known.effective_from, known.rule_version)
        };
        if latest.get(&rule.number).is_none_or(newer) {
            latest.insert(rule.number, rule);
        }
    }
    let mut rules: Vec<&MappingRule> = latest.into_values().filter(|rule| rule.pool.is_some()).collect();
    rules.sort_by_key(|rule| (rule.priority, rule.number));
    rules
}

/// What kind of row is mapped: which columns its conditions can be asked of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Over {
    /// Ledger lines.
    Lines,
    /// Budget amounts: they have no account, supplier, text or service, so a rule that asks for one
    /// of those does not fit them.
    Amounts,
}

/// `(pool, rule)`: two `case` expressions over a row's columns; binds are appended to `binds`.
pub(super) fn decide(rules: &[&MappingRule], over: Over, binds: &mut Vec<Bind>) -> (String, String) {
    let (mut pool, mut rule_id) = (String::new(), String::new());
    for rule in rules {
        let Some(condition) = condition(&rule.conditions, over, binds) else { continue };
        binds.push(Bind::from(rule.pool.as_deref()));
        pool.push_str(&format!(" when {condition} then ${}", binds.len()));
        binds.push(Bind::from(rule.id));
        rule_id.push_str(&format!(" when {condition} then ${}", binds.len()));
    }
    if pool.is_empty() {
        return ("null".to_owned(), "null".to_owned());
    }
    (format!("case{pool} else null end"), format!("case{rule_id} else null end"))
}

fn condition(conditions: &Conditions, over: Over, binds: &mut Vec<Bind>) -> Option<String> {
    let lines_only = conditions.account.is_some()
        || conditions.supplier.is_some()
        || conditions.text_prefix.is_some()
        || conditions.service_present.is_some();
    if over == Over::Amounts && lines_only {
        return None;
    }
    let mut parts = Vec::new();
    for (column, wanted) in [
        ("account_code", &conditions.account),
        ("cost_centre", &conditions.cost_centre),
        ("cost_element", &conditions.cost_element),
    ] {
        if let Some(wanted) = wanted {
            parts.push(code(column, wanted, binds));
        }
    }
    if let Some(supplier) = &conditions.supplier {
        parts.push(code("lower(supplier)", &supplier.to_ascii_lowercase(), binds));
    }
    if let Some(text) = &conditions.text_prefix {
        parts.push(starts("lower(description)", &text.to_ascii_lowercase(), binds));
    }
    match conditions.service_present {
        Some(true) => parts.push("service_key is not null".into()),
        Some(false) => parts.push("service_key is null".into()),
        None => {}
    }
    Some(parts.join(" and "))
}

fn code(column: &str, wanted: &str, binds: &mut Vec<Bind>) -> String {
    if let Some(stem) = wanted.strip_suffix('*') {
        return starts(column, stem, binds);
    }
    binds.push(Bind::from(wanted));
    format!("{column} = ${}", binds.len())
}

/// Not `like`: its wildcards may stand in codes, and SQLite's ignores case.
fn starts(column: &str, stem: &str, binds: &mut Vec<Bind>) -> String {
    binds.push(Bind::from(stem));
    format!("substr({column}, 1, {}) = ${}", stem.chars().count(), binds.len())
}

/// How much of a period's cost is mapped.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Coverage {
    /// Sum of all cost lines, minor units: the ledger total.
    pub total: i64,
    /// Sum of those with a pool.
    pub mapped: i64,
    /// Number of cost lines.
    pub lines: i64,
    /// Number of those without a pool.
    pub unmapped_lines: i64,
}

impl Coverage {
    /// What has no pool, minor units: mapped + unmapped = the ledger total.
    pub const fn unmapped(&self) -> i64 {
        self.total - self.mapped
    }

    /// Mapped amount ÷ total as a fraction of four digits, cut: 99.999 % is not yet all. `None`
    /// where there is no cost to be a share of.
    pub fn share(&self) -> Option<kernel::Decimal> {
        if self.total <= 0 {
            return None;
        }
        let ratio = kernel::Decimal::from(self.mapped) / kernel::Decimal::from(self.total);
        Some(ratio.trunc_with_scale(4).normalize())
    }
}

#[cfg(test)]
#[expect(clippy::inconsistent_digit_grouping, reason = "cents stand apart from euros")]
mod tests {
    use super::*;
    use kernel::{PersonId, RuleId};

    fn rule(number: i64, rule_version: i64, priority: i64, from: &str, pool: Option<&str>) -> MappingRule {
        MappingRule {
            id: RuleId::parse(&format!("00000000-0000-0000-{rule_version:04}-{number:012}")).unwrap(),
            version: 1,
            number,
            rule_version,
            state: RuleState::Approved,
            priority,
            conditions: Conditions { account: Some("64*".into()), ..Conditions::default() },
            pool: pool.map(str::to_owned),
            effective_from: from.parse().unwrap(),
            author: PersonId::parse("00000000-0000-0000-0000-000000000001").unwrap(),
            approved_by: None,
        }
    }

    /// `domain.md` §3: a past month is read with that month's rules.
    #[test]
    fn each_period_has_the_versions_of_its_time_in_order_of_priority() {
        let draft = MappingRule { state: RuleState::Submitted, ..rule(4, 1, 1, "2020-01", Some("X")) };
        let versions = [
            rule(1, 1, 200, "2025-10", Some("SOFTWARE")),
            rule(1, 2, 50, "2026-04", Some("CLOUD")),
            rule(2, 1, 100, "2025-10", Some("HARDWARE")),
            rule(3, 1, 100, "2025-10", Some("OTHER")),
            rule(3, 2, 100, "2026-07", None),
            draft,
        ];
        for (period, expected) in [
            ("2025-09", vec![]),
            ("2025-10", vec!["HARDWARE", "OTHER", "SOFTWARE"]),
            ("2026-04", vec!["CLOUD", "HARDWARE", "OTHER"]),
            ("2026-07", vec!["CLOUD", "HARDWARE"]),
        ] {
            let pools: Vec<_> = (in_force(&versions, period.parse().unwrap()).iter())
                .map(|rule| rule.pool.as_deref().unwrap())
                .collect();
            assert_eq!(pools, expected, "{period}");
        }
    }

    #[test]
    fn of_two_versions_with_one_start_the_later_written_holds() {
        let versions = [rule(1, 2, 100, "2026-09", Some("B")), rule(1, 1, 100, "2026-09", Some("A"))];
        let rules = in_force(&versions, "2026-09".parse().unwrap());
        assert_eq!(rules.iter().map(|rule| rule.rule_version).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn the_meter_says_what_share_of_spend_is_mapped_and_never_rounds_up_to_all() {
        for (total, mapped, share) in [
            (100_00, 80_00, Some("0.8")),
            (3, 2, Some("0.6666")),
            (1_000_000, 999_999, Some("0.9999")),
            (756_324_811, 756_324_811, Some("1")),
            (100, 0, Some("0")),
            (0, 0, None),
            (-5, -5, None),
        ] {
            let coverage = Coverage { total, mapped, lines: 2, unmapped_lines: 1 };
            assert_eq!(coverage.share().map(|share| share.to_string()).as_deref(), share, "{mapped}/{total}");
            assert_eq!(coverage.mapped + coverage.unmapped(), total);
        }
    }

    #[test]
    fn a_budget_amount_is_only_asked_what_it_has() {
        let by_account = rule(1, 1, 1, "2026-09", Some("A"));
        let by_element = MappingRule {
            conditions: Conditions { cost_element: Some("E1".into()), ..Conditions::default() },
            ..rule(2, 1, 2, "2026-09", Some("B"))
        };
        let mut binds = Vec::new();
        let (pool, _) = decide(&[&by_account, &by_element], Over::Amounts, &mut binds);
        assert_eq!(pool, "case when cost_element = $1 then $2 else null end");
        assert_eq!(decide(&[&by_account], Over::Amounts, &mut Vec::new()).0, "null");
    }
}
