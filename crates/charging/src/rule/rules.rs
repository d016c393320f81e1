//! Which version of which rule is in force.

use std::collections::BTreeMap;

use kernel::Period;

use super::{Rule, RuleState};

/// The rules in force in `period`: per sender, the approved version with the latest first period not
/// after it; between two of the same first period, the higher version.
pub fn in_force(rules: Vec<Rule>, period: Period) -> Vec<Rule> {
    let mut latest: BTreeMap<(&'static str, String), Rule> = BTreeMap::new();
    let due =
        rules.into_iter().filter(|rule| rule.state == RuleState::Approved && rule.effective_from <= period);
    for rule in due {
        let sender = (rule.sender_kind.word(), rule.sender.clone());
        let newer = latest.get(&sender).is_none_or(|other| {
            (other.effective_from, other.rule_version, other.number)
                < (rule.effective_from, rule.rule_version, rule.number)
        });
        if newer {
            latest.insert(sender, rule);
        }
    }
    latest.into_values().collect()
}

#[cfg(test)]
mod tests {
    use kernel::{PersonId, RuleId};

    use super::*;
    use crate::rule::{Method, SenderKind};

    fn rule(number: i64, rule_version: i64, from: &str, state: RuleState) -> Rule {
        Rule {
            id: RuleId::new(Default::default()),
            version: 1,
            number,
            rule_version,
            state,
            name: String::new(),
            sender_kind: SenderKind::Pool,
            sender: "CLOUD".into(),
            method: Method::Central,
            driver: None,
            receivers: Vec::new(),
            effective_from: from.parse().unwrap(),
            why: None,
            author: PersonId::new(Default::default()),
            approved_by: None,
        }
    }

    #[test]
    fn a_past_month_is_computed_with_the_rules_of_that_month() {
        let all = [
            rule(1, 1, "2024-10", RuleState::Approved),
            rule(1, 2, "2025-10", RuleState::Approved),
            rule(1, 3, "2026-01", RuleState::Submitted),
        ];
        for (period, version) in
            [("2024-09", None), ("2025-09", Some(1)), ("2025-10", Some(2)), ("2026-02", Some(2))]
        {
            let found = in_force(all.to_vec(), period.parse().unwrap());
            assert_eq!(found.first().map(|rule| rule.rule_version), version, "{period}");
        }
    }
}
