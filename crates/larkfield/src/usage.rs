//! Who uses how much of what. September's quantities are told; earlier months follow from a trend
//! per service. August equals September, so that what customers pay more in September is cost.

use kernel::Period;

/// The use of one service: the driver that counts it, how fast it grows, who uses how much.
pub(crate) struct Usage {
    /// Service key.
    pub service: &'static str,
    /// Driver key.
    pub driver: &'static str,
    /// Growth per month, in ten-thousandths of September's quantity.
    pub trend: i64,
    /// September's quantity per customer.
    pub september: &'static [(&'static str, i64)],
}

/// Measured use. The quantities were found so that each customer's charges of FY26 come to the
/// target of the story: cost of each service over Business Sales' known quantities, the rest of
/// each customer's target spread over what it would plausibly use, rounded.
pub(crate) const MEASURED: [Usage; 12] = [
    Usage {
        service: "VOICE",
        driver: "MINUTES",
        trend: -35,
        september: &[("CONS", 303_896), ("BS", 78_104), ("WHOL", 35_200), ("NETOPS", 16_700)],
    },
    Usage {
        service: "3G",
        driver: "SUBSCRIBERS",
        trend: 4,
        september: &[("CONS", 1_929_690), ("BS", 482_310)],
    },
    Usage {
        service: "ROAM",
        driver: "GBABROAD",
        trend: 25,
        september: &[("CONS", 82_550), ("BS", 61_450), ("WHOL", 136_600)],
    },
    Usage { service: "TOPUP", driver: "TOPUPS", trend: -20, september: &[("CONS", 1_046_000)] },
    Usage {
        service: "VMAIL",
        driver: "MAILBOXES",
        trend: -100,
        september: &[("CONS", 498_000), ("BS", 88_000)],
    },
    Usage { service: "FLEET", driver: "DEVICES", trend: 42, september: &[("BS", 96_400)] },
    Usage { service: "M2M", driver: "MACHINES", trend: 60, september: &[("BS", 152_600)] },
    Usage {
        service: "BILL",
        driver: "INVOICES",
        trend: 10,
        september: &[
            ("CONS", 286_800),
            ("BS", 118_200),
            ("WHOL", 21_700),
            ("CARE", 57_900),
            ("NETOPS", 8_600),
            ("FIN", 69_200),
        ],
    },
    Usage {
        service: "CARE",
        driver: "SEATS",
        trend: 0,
        september: &[("CONS", 81), ("BS", 122), ("CARE", 1_140), ("FIN", 14)],
    },
    Usage { service: "POS", driver: "TILLS", trend: 0, september: &[("CONS", 1_142), ("FIN", 38)] },
    Usage {
        service: "SELF",
        driver: "ACCOUNTS",
        trend: 80,
        september: &[("CONS", 264_100), ("BS", 41_300), ("CARE", 38_600)],
    },
    Usage {
        service: "DWH",
        driver: "REPORTHOURS",
        trend: 15,
        september: &[
            ("CONS", 2_725),
            ("BS", 2_010),
            ("WHOL", 590),
            ("CARE", 1_130),
            ("NETOPS", 4_355),
            ("FIN", 2_120),
        ],
    },
];

/// What one customer agreed to: key, quantity of the first year, quantity of the second.
type Taker = (&'static str, i64, i64);

/// Agreed use, charged at a fixed price: per offering and customer, the quantity of the year that
/// starts in October 2024 and of the year after.
pub(crate) const AGREED: [(&str, &[Taker]); 2] = [
    (
        "WORKPLACE",
        &[
            ("CONS", 2_655, 2_690),
            ("BS", 560, 577),
            ("WHOL", 110, 110),
            ("CARE", 342, 350),
            ("NETOPS", 214, 210),
            ("FIN", 178, 180),
        ],
    ),
    (
        "IAMID",
        &[
            ("CONS", 2_450, 2_508),
            ("BS", 715, 742),
            ("WHOL", 128, 130),
            ("CARE", 1_190, 1_220),
            ("NETOPS", 304, 300),
            ("FIN", 226, 230),
        ],
    ),
];

/// The partners Business Sales ordered sign-ins for from 1 September on.
pub(crate) const PARTNER_IDENTITIES: i64 = 88;

impl Usage {
    /// The quantity of one customer in a month as written: the trend back from September, and a
    /// wobble of up to 0.4 % that repeats, except where the trend is none.
    pub(crate) fn quantity(&self, customer: &str, september: i64, written: Period) -> i64 {
        let back = i64::from((2026 - written.year()) * 12) + 9 - i64::from(written.month());
        if back <= 1 || self.trend == 0 {
            return september;
        }
        let seed = customer.bytes().chain(self.service.bytes()).fold(back, |n, b| n * 31 + i64::from(b));
        let wobble = seed.rem_euclid(81) - 40;
        september * (10_000 - self.trend * back + wobble) / 10_000
    }
}
