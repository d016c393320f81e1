//! Accounts, pools, which lines belong to which pool, and the plan of 24 months.

use kernel::{Currency, Money, Period};

use crate::types::{Account, AccountClass, Budget, CapitalPlan, MappingRule, Pool};
use crate::years::Years;

/// Plan and actual per pool and month: what binds to the cent. Columns: month, pool, budget, actual.
const MONTHLY: &str = include_str!("../data/monthly.csv");

/// Capital of 4G in FY26, planned and spent, in cents.
pub(crate) const CAPITAL_4G: i64 = 480_000_000;

/// Key and name of the nine pools, in the order of the plan.
pub(crate) const POOLS: [(&str, &str); 9] = [
    ("LABOUR", "Internal labour"),
    ("EXTERNAL", "External labour"),
    ("OUTSIDE", "Outside services"),
    ("HARDWARE", "Hardware"),
    ("SOFTWARE", "Software"),
    ("CLOUD", "Cloud"),
    ("FACILITIES", "Facilities & power"),
    ("TELECOM", "Telecom & interconnect"),
    ("OTHER", "Other"),
];

/// One row of the plan, month as written.
pub(crate) struct PlanRow {
    /// Month as written.
    pub month: Period,
    /// Pool key.
    pub pool: &'static str,
    /// Cents budgeted.
    pub budget: i64,
    /// Cents spent.
    pub actual: i64,
}

/// The 216 rows.
pub(crate) fn plan() -> Vec<PlanRow> {
    let cents = |text: &str| Money::parse(text, Currency::EUR).expect("the plan holds euros").minor();
    MONTHLY
        .lines()
        .skip(1)
        .map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            let [month, name, budget, actual] = fields[..] else { unreachable!("four columns: {line}") };
            let pool = POOLS.iter().find(|(_, known)| *known == name).expect("one of the nine pools").0;
            let month = month.parse().expect("the plan holds months");
            PlanRow { month, pool, budget: cents(budget), actual: cents(actual) }
        })
        .collect()
}

/// The nine pools.
pub(crate) fn pools() -> Vec<Pool> {
    POOLS.iter().map(|(key, name)| Pool { key: (*key).into(), name: (*name).into() }).collect()
}

/// The original budget of FY25 and FY26.
pub(crate) fn budgets(years: Years) -> Vec<Budget> {
    plan()
        .into_iter()
        .map(|row| Budget {
            period: years.told(row.month),
            pool: row.pool.into(),
            amount: Money::of_minor(row.budget, Currency::EUR),
        })
        .collect()
}

/// Capital is planned beside the budget: it reaches services only as depreciation.
pub(crate) fn capital_plans(years: Years) -> Vec<CapitalPlan> {
    vec![CapitalPlan {
        service: "4G".into(),
        fiscal_year: years.year(2026),
        amount: Money::of_minor(CAPITAL_4G, Currency::EUR),
    }]
}

/// Cost accounts: number, name, moves with volume?, names one service?
const COST_ACCOUNTS: [(&str, &str, bool, bool); 27] = [
    ("5100", "Salaries", false, false),
    ("5110", "Overtime and on-call", true, false),
    ("5120", "Social security and pension", false, false),
    ("5130", "Training", false, false),
    ("5200", "Contractors", true, false),
    ("5210", "Integrator milestones", true, true),
    ("5300", "Managed services", false, false),
    ("5310", "Field maintenance", true, false),
    ("5320", "Consultancy", true, false),
    ("5400", "Depreciation, network", false, false),
    ("5410", "Depreciation, servers and storage", false, false),
    ("5420", "Equipment lease", false, false),
    ("5430", "Spares and small equipment", true, false),
    ("5500", "Licences", false, false),
    ("5510", "Software maintenance", false, false),
    ("5520", "Software subscriptions", true, false),
    ("5600", "Cloud computing and storage", true, false),
    ("5610", "Cloud network", true, false),
    ("5620", "Cloud support", false, false),
    ("5700", "Site and data hall rent", false, false),
    ("5710", "Electricity", true, false),
    ("5720", "Site security and cleaning", false, false),
    ("5800", "Interconnect", true, true),
    ("5810", "Leased lines", false, false),
    ("5820", "Roaming partners", true, true),
    ("5830", "Spectrum and numbering fees", false, false),
    ("5900", "Travel and sundry", true, false),
];

/// The chart of accounts: cost by pool in hundreds, income per kind, what 4G builds, and the
/// balance accounts of the sub-ledger.
pub(crate) fn accounts() -> Vec<Account> {
    let cost = COST_ACCOUNTS.iter().map(|&(number, name, variable, direct)| Account {
        number: number.into(),
        name: name.into(),
        class: AccountClass::Cost,
        cost_element: Some(name.into()),
        variable,
        direct,
    });
    let others = [
        ("0210", "Network under construction", AccountClass::Asset),
        ("0220", "Software under construction", AccountClass::Asset),
        ("4100", "Subscriptions", AccountClass::Income),
        ("4200", "Usage", AccountClass::Income),
        ("4300", "Roaming income", AccountClass::Income),
        ("4400", "Prepaid", AccountClass::Income),
        ("4500", "Business contracts", AccountClass::Income),
        ("1980", "IT recoveries", AccountClass::Balance),
        ("1990", "Ledger clearing", AccountClass::Balance),
        ("1999", "Exchange rounding", AccountClass::Balance),
    ]
    .into_iter()
    .map(|(number, name, class)| Account {
        number: number.into(),
        name: name.into(),
        class,
        cost_element: None,
        variable: class == AccountClass::Income,
        direct: class == AccountClass::Income,
    });
    cost.chain(others).collect()
}

/// Accounts decide the pool, except that field maintenance in the data halls is facilities.
pub(crate) fn mapping_rules() -> Vec<MappingRule> {
    let mut rules = vec![MappingRule {
        key: "M-01".into(),
        name: "Maintenance of the data halls".into(),
        order: 10,
        accounts: ("5310".into(), "5310".into()),
        cost_centres: Some(("7210".into(), "7210".into())),
        pool: "FACILITIES".into(),
    }];
    let blocks = POOLS.iter().zip(2_u32..);
    rules.extend(blocks.map(|((pool, name), n)| MappingRule {
        key: format!("M-{n:02}"),
        name: (*name).into(),
        order: n * 10,
        accounts: (format!("5{}00", n - 1), format!("5{}99", n - 1)),
        cost_centres: None,
        pool: (*pool).into(),
    }));
    rules
}
