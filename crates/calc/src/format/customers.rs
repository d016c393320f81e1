//! The files of customers: `calc survival`, `cox`, `renewal`, `bgnbd` and `gamma-gamma`.

use super::{Format, Part, needed, optional, when};

const EVENT: &str = "1, true or yes: they left then; 0, false or no: still there when last seen";

pub(crate) static WATCHED: Format = Format {
    file: "FILE.csv",
    holds: "How long customers were watched, a row for each, or for as many as --count says.",
    parts: &[Part {
        at: "",
        fields: &[
            needed("--time", "number from 0 up in any one unit: how long they were watched"),
            needed("--event", EVENT),
            optional("--group", "text: a curve for each, and their comparison"),
            optional("--count", "whole number: how many customers the row stands for; else 1"),
        ],
    }],
    example: "\
months,left,plan
6,1,basic
9,0,basic
13,1,plus
17,0,plus
",
    runs: &["calc survival FILE.csv --time months --event left --group plan"],
};

pub(crate) static COHORTS: Format = Format {
    file: "FILE.csv",
    holds: "The same as counts: a row for each time, and for each group where there are groups.",
    parts: &[Part {
        at: "",
        fields: &[
            needed("--time", "number from 0 up in any one unit"),
            needed("--at-risk", "whole number: customers there until then"),
            needed("--left", "whole number: those of them who left then"),
            optional("--group", "text: a curve for each, and their comparison"),
        ],
    }],
    example: "\
month,there,left
1,100,12
2,88,9
3,70,4
",
    runs: &["calc survival FILE.csv --time month --at-risk there --left left"],
};

pub(crate) static SUBJECTS: Format = Format {
    file: "FILE.csv",
    holds: "How long customers were watched and what is known of them, a row for each.",
    parts: &[Part {
        at: "",
        fields: &[
            needed("--time", "number from 0 up in any one unit: how long they were watched"),
            needed("--event", EVENT),
            needed(
                "--covariates",
                "numbers, one column for each name given: what may make them leave; of a yes or no 1 and 0",
            ),
        ],
    }],
    example: "\
months,left,tickets
3,1,4
5,1,1
8,1,3
9,0,2
12,1,0
14,0,1
",
    runs: &["calc cox FILE.csv --time months --event left --covariates tickets"],
};

pub(crate) static RENEWALS: Format = Format {
    file: "FILE.csv",
    holds: "Customers up for renewal and those who did not renew, a row for each renewal and segment; equal ones are added up.",
    parts: &[Part {
        at: "",
        fields: &[
            needed("renewal", "whole number from 1 up: which renewal it is"),
            needed("at_risk", "whole number: customers up for it"),
            needed("left", "whole number: those of them who did not renew"),
            optional("segment", "text: a model for each"),
        ],
    }],
    example: "\
renewal,at_risk,left
1,1000,369
2,631,163
3,468,86
4,382,56
",
    runs: &["calc renewal FILE.csv --horizon 8"],
};

const CUSTOMERS: &str = "whole number: how many customers are alike; else 1";

pub(crate) static USES: Format = Format {
    file: "FILE.csv",
    holds: "Uses without a contract, a row for each customer, or for as many as have the same history.",
    parts: &[Part {
        at: "",
        fields: &[
            needed("frequency", "whole number: uses after the first"),
            needed("recency", "number: time from the first use to the last; 0 where frequency is"),
            needed("T", "number in the unit of recency: time from the first use until now"),
            optional("customers", CUSTOMERS),
        ],
    }],
    example: "\
frequency,recency,T,customers
0,0,38,200
1,2,38,30
1,30,38,15
2,6,38,10
3,35,38,20
6,36.5,38,15
10,37,38,8
",
    runs: &["calc bgnbd FILE.csv --horizon 12"],
};

pub(crate) static SPENDING: Format = Format {
    file: "FILE.csv",
    holds: "What uses are worth, a row for each customer, or for as many as are alike.",
    parts: &[Part {
        at: "",
        fields: &[
            needed("frequency", "whole number: uses after the first; customers with 0 are left out"),
            when(
                "value",
                "needed, or monetary_value",
                "number in any one unit of money: mean value of those uses",
            ),
            when("monetary_value", "in place of value", "the same by its other name"),
            optional("customers", CUSTOMERS),
        ],
    }],
    example: "\
frequency,value
1,20
2,55.5
4,31
7,48
3,90
5,25
",
    runs: &["calc gamma-gamma FILE.csv"],
};
