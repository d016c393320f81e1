//! What is exported, and what is left out with why. A new table is one or the other, or a test fails.

use super::schema::{Table, tables};
use crate::MIGRATIONS;

/// Tables and columns (`table.column`) that are not exported, with why.
pub(super) const LEFT_OUT: &[(&str, &str)] = &[
    ("access_sessions", "who is signed in now"),
    ("access_invitations", "secrets: one-time links"),
    ("access_idempotency", "answers kept for retries"),
    ("access_outbox", "messages on their way"),
    ("app_job_work", "what jobs on their way were asked with"),
    ("app_job_runs", "who runs what now"),
    ("app_job_answers", "answers kept for a month"),
    ("access_organisation.demo_loaded_at", "the machine's clock when a demo was loaded"),
    ("access_people.password_hash", "secret"),
    ("access_tokens.token_digest", "secret"),
    ("charging_service_costs", "sums of charging_shares"),
    ("ledger_sums", "sums of ledger_postings"),
    ("imports_files.content", "in the folder files, by digest"),
];

/// Tables that are exported.
const EXPORTED: &[&str] = &[
    "access_organisation",
    "access_settings",
    "access_people",
    "access_grants",
    "access_grants_by_name",
    "access_tokens",
    "access_history",
    "access_history_head",
    "access_personal_values",
    "relationships_customers",
    "portfolio_counters",
    "portfolio_services",
    "portfolio_service_states",
    "portfolio_completeness",
    "portfolio_relations",
    "portfolio_offerings",
    "portfolio_targets",
    "portfolio_prices",
    "portfolio_promises",
    "portfolio_measurements",
    "relationships_counters",
    "relationships_contacts",
    "relationships_agreements",
    "relationships_agreement_quantities",
    "relationships_orders",
    "imports_files",
    "imports_batches",
    "imports_reports",
    "imports_rows",
    "imports_rejects",
    "imports_profiles",
    "imports_counter",
    "ledger_accounts",
    "ledger_transactions",
    "ledger_postings",
    "ledger_counter",
    "finance_periods",
    "finance_pools",
    "finance_cost_centres",
    "finance_lines",
    "finance_rates",
    "finance_drivers",
    "finance_driver_quantities",
    "finance_budgets",
    "finance_budget_amounts",
    "finance_mapping_rules",
    "finance_objects",
    "usage_bills",
    "usage_bill_files",
    "usage_bill_services",
    "usage_reconciliations",
    "usage_counter",
    "charging_rules",
    "charging_sharing",
    "charging_runs",
    "charging_shares",
    "charging_residuals",
    "charging_counters",
    "charging_statements",
    "charging_statement_lines",
    "charging_policy",
    "charging_closes",
    "charging_close_exceptions",
    "charging_variances",
    "app_jobs",
    "app_schedule_runs",
    "app_clearings",
];

/// The tables that are exported, by name, with the columns that are.
pub(super) fn exported() -> Vec<Table> {
    let left_out = |table: &str, column: &str| {
        let name = format!("{table}.{column}");
        // Bytes stay with their table, which writes them apart.
        LEFT_OUT.iter().any(|(what, _)| *what == name)
    };
    let mut found: Vec<Table> =
        tables(MIGRATIONS).into_iter().filter(|table| EXPORTED.contains(&table.name.as_str())).collect();
    for table in &mut found {
        let name = table.name.clone();
        table.columns.retain(|(column, _)| !left_out(&name, column));
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_exported_or_left_out_with_a_reason() {
        let there = tables(MIGRATIONS);
        let is_there = |name: &str| there.iter().any(|table| table.name == name);
        for table in &there {
            let exported = EXPORTED.contains(&table.name.as_str());
            let left_out = LEFT_OUT.iter().any(|(what, _)| *what == table.name);
            assert!(exported != left_out, "say in {} what becomes of {}", file!(), table.name);
            assert!(!table.key.is_empty(), "{} has no key to be read by", table.name);
        }
        assert!(EXPORTED.iter().all(|name| is_there(name)), "a table that is no more");
        for (what, _) in LEFT_OUT {
            let (table, column) = what.split_once('.').unwrap_or((what, ""));
            let found = there.iter().find(|one| one.name == table);
            let column =
                |table: &Table| column.is_empty() || table.columns.iter().any(|(name, _)| name == column);
            assert!(found.is_some_and(column), "{what} is no more");
        }
    }

    #[test]
    fn no_secret_is_exported() {
        let secret = |column: &str| ["password", "token", "secret"].iter().any(|word| column.contains(word));
        let tables = exported();
        let columns = tables.iter().flat_map(|table| table.columns.iter().map(|(column, _)| column.as_str()));
        let found: Vec<&str> = columns.filter(|column| secret(column)).collect();
        assert!(found.is_empty(), "{found:?}");
    }
}
