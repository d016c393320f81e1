//! The files of `calc forecast`, `backtest` and `diffusion`.

use super::{Format, Part, needed, optional};

pub(crate) static SERIES: Format = Format {
    file: "SERIES.csv",
    holds: "Values of one or more series over time, a row for each; of diffusion, adoptions per period from the start on.",
    parts: &[Part {
        at: "",
        fields: &[
            optional(
                "id",
                "text: the name of the series; left out where the file holds one, which is then called series",
            ),
            needed(
                "t",
                "time, evenly spaced: a whole number, 2026-09, 2026Q3 or 2026-09-30; one form in the whole file",
            ),
            needed("y", "number in any one unit, which results keep; an empty cell is a missing value"),
        ],
    }],
    example: "\
t,y
1949,96
1950,195
1951,238
1952,380
1953,1045
1954,1230
1955,1267
1956,1828
1957,1586
1958,1673
1959,1800
1960,1580
1961,1500
",
    runs: &[
        "calc forecast SERIES.csv --horizon 3",
        "calc backtest SERIES.csv --horizon 2 --origins 2",
        "calc diffusion SERIES.csv",
    ],
};

pub(crate) static KNOWN: Format = Format {
    file: "KNOWN.csv",
    holds: "What people know of the future of series, each effect with its reason.",
    parts: &[Part {
        at: "",
        fields: &[
            needed("id", "text: a series of SERIES.csv, or a whole of PARTS.csv"),
            needed("from", "time as in SERIES.csv: the first period it touches"),
            optional("to", "time as in SERIES.csv: the last one; left out or empty, it goes on"),
            needed("effect", "\"add\" or \"multiply\""),
            needed("amount", "number: what is added, in the unit of y, or the factor"),
            needed("reason", "text"),
        ],
    }],
    example: "\
id,from,to,effect,amount,reason
series,1962,,multiply,0.9,a price change
",
    runs: &["calc forecast SERIES.csv --horizon 3 --adjustments KNOWN.csv"],
};

pub(crate) static PARTS: Format = Format {
    file: "PARTS.csv",
    holds: "Which series add up to which; sums that SERIES.csv has are checked, others are made.",
    parts: &[Part {
        at: "",
        fields: &[
            needed("part", "text: a series of SERIES.csv, or a whole that is itself a part"),
            needed("whole", "text: what it is a part of"),
        ],
    }],
    example: "\
part,whole
series,all
",
    runs: &["calc forecast SERIES.csv --horizon 3 --hierarchy PARTS.csv"],
};

pub(crate) static SEGMENTS: Format = Format {
    file: "SEGMENTS.csv",
    holds: "Who may take a new service up.",
    parts: &[Part {
        at: "",
        fields: &[
            needed("segment", "text"),
            needed("size", "number of people or customers"),
            needed("likelihood", "number from 0 to 1: the part of them that will in the end"),
        ],
    }],
    example: "\
segment,size,likelihood
under 30,420000,0.22
",
    runs: &["calc diffusion --segments SEGMENTS.csv --analogue average"],
};
