//! Who Larkfield pays, for what: the kinds of line each pool is made of. All suppliers are invented.

/// A kind of line.
#[derive(Clone, Copy)]
pub(crate) struct Source {
    /// Account number.
    pub account: &'static str,
    /// Cost centre.
    pub cost_centre: &'static str,
    /// Supplier; none for payroll and depreciation.
    pub supplier: &'static str,
    /// What for.
    pub text: &'static str,
    /// Currency it is invoiced in.
    pub currency: &'static str,
    /// How large its lines are beside others of the pool.
    pub weight: i64,
}

const fn euro(
    account: &'static str,
    cost_centre: &'static str,
    supplier: &'static str,
    text: &'static str,
    weight: i64,
) -> Source {
    Source { account, cost_centre, supplier, text, currency: "EUR", weight }
}

const fn foreign(source: Source, currency: &'static str) -> Source {
    Source { currency, ..source }
}

/// The sources of one pool. Each has at least one in euros, which takes what conversion rounds away.
pub(crate) fn of(pool: &str) -> &'static [Source] {
    POOLS.iter().find(|(key, _)| *key == pool).expect("one of the nine pools").1
}

#[rustfmt::skip]
const POOLS: [(&str, &[Source]); 9] = [
    ("LABOUR", &[
        euro("5100", "7110", "", "Salaries core network", 30),
        euro("5100", "7120", "", "Salaries radio network", 34),
        euro("5100", "7310", "", "Salaries business applications", 32),
        euro("5100", "7320", "", "Salaries digital channels", 18),
        euro("5100", "7330", "", "Salaries data and reporting", 16),
        euro("5100", "7410", "", "Salaries workplace", 9),
        euro("5100", "7510", "", "Salaries 4G programme", 12),
        euro("5120", "7710", "", "Social security and pension", 28),
        euro("5110", "7120", "", "On-call radio network", 6),
        euro("5130", "7710", "Lodestar Academy", "Training", 3),
    ]),
    ("EXTERNAL", &[
        euro("5200", "7310", "Brightwater Consulting", "Contractors billing", 14),
        euro("5200", "7330", "Brightwater Consulting", "Contractors data warehouse", 10),
        euro("5200", "7320", "Pale Blue Studio", "Contractors self-care", 8),
        euro("5200", "7610", "Brightwater Consulting", "Contractors shop systems", 6),
        euro("5200", "7120", "Mastline Engineering", "Contractors radio network", 9),
    ]),
    ("OUTSIDE", &[
        euro("5300", "7110", "Norrland Managed Networks", "Managed core network", 22),
        euro("5300", "7310", "Tallyho Services", "Managed billing operations", 14),
        euro("5310", "7120", "Mastline Engineering", "Field maintenance sites", 18),
        euro("5300", "7410", "Deskfolk", "Workplace support", 9),
        euro("5320", "7710", "Harrow & Lisle", "Consultancy", 4),
    ]),
    ("HARDWARE", &[
        euro("5400", "7120", "", "Depreciation radio equipment", 40),
        euro("5400", "7110", "", "Depreciation core equipment", 26),
        euro("5410", "7210", "", "Depreciation servers and storage", 18),
        foreign(euro("5420", "7130", "Thamesbank Leasing", "Lease microwave links", 8), "GBP"),
        euro("5430", "7120", "Arcadia Radio Systems", "Spares", 5),
    ]),
    ("SOFTWARE", &[
        foreign(euro("5500", "7310", "Ledgerline Software", "Licences rating engine", 22), "USD"),
        foreign(euro("5500", "7610", "Clearview Systems", "Licences care desktop", 18), "USD"),
        euro("5510", "7110", "Norrland Managed Networks", "Software maintenance core", 16),
        foreign(euro("5520", "7410", "Officium", "Subscriptions workplace", 10), "USD"),
        euro("5510", "7330", "Fathom Data", "Software maintenance warehouse", 9),
    ]),
    ("CLOUD", &[
        foreign(euro("5600", "7320", "Stratus Peak", "Computing self-care", 16), "USD"),
        foreign(euro("5600", "7330", "Stratus Peak", "Computing warehouse", 15), "USD"),
        foreign(euro("5600", "7310", "Stratus Peak", "Computing billing", 8), "USD"),
        foreign(euro("5610", "7610", "Stratus Peak", "Network care and shops", 9), "USD"),
        euro("5620", "7210", "Cumulus Partners", "Cloud support", 4),
    ]),
    ("FACILITIES", &[
        euro("5710", "7120", "Valdoria Power", "Electricity sites", 26),
        euro("5710", "7210", "Valdoria Power", "Electricity data halls", 20),
        euro("5700", "7120", "Hilltop Estates", "Site rent", 22),
        euro("5310", "7210", "Frostworks", "Cooling maintenance data halls", 5),
        euro("5720", "7210", "Keystone Guarding", "Security data halls", 4),
    ]),
    ("TELECOM", &[
        euro("5800", "7130", "Valdoria Telecom", "Interconnect", 40),
        euro("5820", "7130", "Roaming clearing house", "Roaming partners", 14),
        euro("5810", "7130", "Longline Carriers", "Leased lines", 18),
        euro("5830", "7120", "Spectrum Authority", "Spectrum fee", 10),
    ]),
    ("OTHER", &[
        euro("5900", "7710", "Meridian Travel", "Travel", 6),
        euro("5900", "7710", "Castellan Insurance", "Equipment insurance", 9),
        euro("5900", "7410", "Paper & Post", "Sundry", 2),
    ]),
];
