//! Crates depend one way only, and heavy libraries stay behind their one door.

use super::Finding;
use super::house::Package;

/// How far down a crate may reach.
enum Reach {
    /// Everything before it.
    Down,
    /// These alone.
    Only(&'static [&'static str]),
}

/// Lowest first: a crate depends only on crates before it. A new crate takes its place here, on purpose.
const ORDER: &[(&str, Reach)] = &[
    ("kernel", Reach::Only(&[])),
    ("allocation", Reach::Only(&["kernel"])),
    ("appraisal", Reach::Only(&["kernel"])),
    ("selection", Reach::Only(&["kernel"])),
    ("forecast", Reach::Only(&[])),
    ("perception", Reach::Only(&[])),
    ("retention", Reach::Only(&["kernel", "perception"])),
    (
        "calc",
        Reach::Only(&[
            "kernel",
            "allocation",
            "appraisal",
            "selection",
            "forecast",
            "perception",
            "retention",
        ]),
    ),
    ("costs", Reach::Only(&["kernel", "allocation", "calc"])),
    ("sheets", Reach::Only(&["kernel"])),
    ("parts", Reach::Only(&["kernel"])),
    ("db", Reach::Only(&["kernel"])),
    ("access", Reach::Only(&["kernel", "db"])),
    ("imports", Reach::Only(&["kernel", "db", "access", "sheets"])),
    ("ledger", Reach::Only(&["kernel", "db", "access"])),
    ("portfolio", Reach::Down),
    ("relationships", Reach::Down),
    ("finance", Reach::Down),
    ("usage", Reach::Down),
    ("charging", Reach::Down),
    ("larkfield", Reach::Only(&["kernel"])),
    ("app", Reach::Down),
    ("web", Reach::Down),
    ("cli", Reach::Down),
];

/// Libraries that only these crates may name.
const DOORS: &[(&str, &[&str])] = &[
    ("sqlx", &["db"]),
    ("axum", &["web"]),
    ("tower", &["web"]),
    ("tower-http", &["web"]),
    ("maud", &["web", "parts"]),
    ("calamine", &["sheets"]),
    ("rust_xlsxwriter", &["sheets"]),
    ("csv", &["sheets", "calc"]),
    ("clap", &["cli", "calc", "costs"]),
    ("arrow", &["costs"]),
    ("ballista", &["costs"]),
    ("ballista-core", &["costs"]),
    ("ballista-executor", &["costs"]),
    ("ballista-scheduler", &["costs"]),
    ("datafusion", &["costs"]),
    ("datafusion-proto", &["costs"]),
    ("parquet", &["costs"]),
    ("rand", &["appraisal"]),
    ("rand_distr", &["appraisal"]),
    ("highs", &["selection"]),
];

pub(super) fn check(packages: &[Package]) -> Vec<Finding> {
    let product = packages.iter().filter(|package| package.dir.starts_with("crates/"));
    product.flat_map(|package| [one_way(package, packages), doors(package)].concat()).collect()
}

fn one_way(package: &Package, packages: &[Package]) -> Vec<Finding> {
    let manifest = format!("{}/Cargo.toml", package.dir);
    let place = |name: &str| ORDER.iter().position(|(one, _)| *one == name);
    let Some(own) = place(&package.name) else {
        let message = format!("crate {} has no place in the order: give it one in {}", package.name, file!());
        return vec![Finding::at(&manifest, 0, message)];
    };
    let ours = |name: &str| packages.iter().any(|one| one.name == name);
    // What only tests need may come from anywhere: the test kit stands on the whole house.
    let needed = package.dependencies.iter().filter(|one| !one.dev && ours(&one.name));
    let allowed = |name: &str| match &ORDER[own].1 {
        Reach::Down => place(name).is_some_and(|place| place < own),
        Reach::Only(names) => names.contains(&name),
    };
    let wrong = needed.filter(|one| !allowed(&one.name));
    let message = |name: &str| format!("{} may not depend on {name}: the order is one way", package.name);
    wrong.map(|one| Finding::at(&manifest, 0, message(&one.name))).collect()
}

fn doors(package: &Package) -> Vec<Finding> {
    let manifest = format!("{}/Cargo.toml", package.dir);
    let wrong = |name: &str| {
        let (_, doors) = DOORS.iter().find(|(library, _)| *library == name)?;
        let message = format!("{name} belongs behind {} alone", doors.join(" and "));
        (!doors.contains(&package.name.as_str())).then(|| Finding::at(&manifest, 0, message))
    };
    package.dependencies.iter().filter_map(|one| wrong(&one.name)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::house::Dependency;
    use super::*;

    fn package(name: &str, dependencies: &[(&str, bool)]) -> Package {
        let dependency = |(name, dev): &(&str, bool)| Dependency { name: (*name).to_owned(), dev: *dev };
        let dependencies = dependencies.iter().map(dependency).collect();
        Package { name: name.to_owned(), dir: format!("crates/{name}"), dependencies, roots: Vec::new() }
    }

    fn said(packages: &[Package]) -> Vec<String> {
        check(packages).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_crate_that_reaches_up_is_found() {
        let house =
            [package("finance", &[("portfolio", false), ("serde", false)]), package("portfolio", &[])];
        assert!(said(&house).is_empty());
        let house = [package("portfolio", &[("finance", false)]), package("finance", &[])];
        assert_eq!(said(&house), ["portfolio may not depend on finance: the order is one way"]);
    }

    #[test]
    fn the_ledger_knows_nothing_of_what_it_is_used_for() {
        let house = [package("ledger", &[("sheets", false)]), package("sheets", &[])];
        assert_eq!(said(&house), ["ledger may not depend on sheets: the order is one way"]);
    }

    #[test]
    fn tests_may_stand_on_the_test_kit_but_the_product_may_not() {
        let kit =
            || Package { name: "testkit".to_owned(), dir: "dev/testkit".to_owned(), ..Package::default() };
        assert!(said(&[package("web", &[("testkit", true)]), kit()]).is_empty());
        assert_eq!(said(&[package("web", &[("testkit", false)]), kit()]).len(), 1);
    }

    #[test]
    fn a_library_outside_its_door_is_found_even_in_tests() {
        let house = [package("db", &[("sqlx", false)]), package("finance", &[("sqlx", true)])];
        assert_eq!(said(&house), ["sqlx belongs behind db alone"]);
    }

    #[test]
    fn a_crate_without_a_place_is_found() {
        assert!(said(&[package("newcomer", &[])])[0].starts_with("crate newcomer has no place in the order"));
    }
}
