//! The migrations, in order; their names are their files'.

use db::Migration;

macro_rules! migrations {
    ($($name:literal),+ $(,)?) => {
        &[$(Migration { name: $name, sql: include_str!(concat!("../../../migrations/", $name, ".sql")) }),+]
    };
}

/// Every migration, oldest first.
pub static MIGRATIONS: &[Migration] = migrations![
    "0001_create_access",
    "0002_create_customers",
    "0010_create_services",
    "0011_create_offerings",
    "0012_create_promises",
    "0013_create_agreements",
    "0020_create_imports",
    "0030_create_ledger",
    "0040_create_periods",
    "0041_create_lines",
    "0042_create_rates",
    "0043_create_drivers",
    "0044_create_budgets",
    "0045_create_mapping",
    "0046_create_objects",
    "0060_create_cost_model",
    "0061_create_statements",
    "0062_create_statement_lines",
    "0065_create_close",
    "0066_create_variances",
    "0080_create_uses",
    "0090_create_jobs",
    "0091_create_schedules",
    "0096_sum_service_costs",
    "0097_find_takers",
    "0098_name_grants",
    "0099_close_months",
    "0100_name_scopes",
    "0101_sum_postings",
    "0102_drop_moved",
    "0103_begin_retiring",
    "0104_count_proportional_pools",
    "0110_create_bills",
    "0111_share_by_bills",
    "0112_approve_sharing",
    "0113_stand_alone",
    "0114_set_organisation",
    "0120_withdraw_orders",
    "0121_find_what_changed",
];

#[cfg(test)]
mod tests {
    #[test]
    fn every_migration_in_the_folder_is_applied_in_the_order_of_its_name() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations");
        let files =
            std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut there: Vec<String> =
            files.filter_map(|name| Some(name.strip_suffix(".sql")?.to_owned())).collect();
        there.sort();
        let applied: Vec<&str> = super::MIGRATIONS.iter().map(|migration| migration.name).collect();
        assert_eq!(applied, there);
    }
}
