//! `PROBLEM.json` of `calc select` and `calc frontier`.

use super::{ABOUT, Field, Format, KEY, NAME, Part, needed, optional, when};

const WORTH: [Field; 4] = [
    when("value", "or outcomes", "amount: what it is worth"),
    when("outcomes", "or value", "list of amounts, one for each scenario"),
    optional("costs", "object of amounts by key of a budget: {\"FY27\": 145000}"),
    optional("uses", "object of quantities by key of a capacity"),
];

pub(crate) static PROBLEM: Format = Format {
    file: "PROBLEM.json",
    holds: "Candidates for money and the limits within which the most valuable set is looked for. Amounts are in whole \
            units of the currency that the file names, with its decimals. A candidate is named by its key, one of its \
            options as KEY/option.",
    parts: &[
        Part {
            at: "",
            fields: &[
                needed("schema", "\"quarterdeck.selection-problem.v1\""),
                needed("currency", "ISO 4217 code: EUR"),
                ABOUT,
                needed("candidates", "list of objects"),
                optional("budgets", "list of objects"),
                optional("capacities", "list of objects"),
                optional("mandatory", "list of texts: candidates or options that are in any set"),
                optional("requires", "list of objects"),
                optional("excludes", "list of lists of texts: of each list at most one is chosen"),
                optional("shares", "list of objects"),
                when(
                    "risk",
                    "optional; needed by calc frontier",
                    "object; outcomes are then of its scenarios",
                ),
            ],
        },
        Part {
            at: "candidates[]",
            fields: &[
                KEY,
                NAME,
                optional("tags", "object of texts: {\"class\": \"grow\"}"),
                WORTH[0],
                WORTH[1],
                WORTH[2],
                WORTH[3],
                when(
                    "options",
                    "in place of value, outcomes, costs and uses",
                    "list of objects, of which at most one is chosen",
                ),
            ],
        },
        Part { at: "candidates[].options[]", fields: &[KEY, WORTH[0], WORTH[1], WORTH[2], WORTH[3]] },
        Part { at: "budgets[]", fields: &[KEY, needed("amount", "amount that there is")] },
        Part {
            at: "capacities[]",
            fields: &[
                KEY,
                needed("unit", "text for people: person days"),
                needed("amount", "quantity that there is"),
            ],
        },
        Part {
            at: "requires[]",
            fields: &[
                needed("from", "text: candidate or option"),
                needed("needs", "text: candidate or option without which it is not chosen"),
            ],
        },
        Part {
            at: "shares[]",
            fields: &[
                KEY,
                needed("tag", "text: a tag of candidates"),
                needed("value", "text: its value whose cost counts"),
                optional("budget", "text: key of the budget looked at; else all together"),
                optional("of", "\"budget\" or \"spent\": of what it is a share; else budget"),
                optional("at_least", "number from 0 to 1"),
                optional("at_most", "number from 0 to 1"),
            ],
        },
        Part {
            at: "risk",
            fields: &[
                needed("tail", "number above 0 and at most 1: 0.05 is the worst 5 %"),
                optional("weights", "list of whole numbers, one for each scenario; else all are alike"),
                optional("at_least", "amount: the least acceptable mean of that tail (CVaR)"),
            ],
        },
    ],
    example: r#"{
  "schema": "quarterdeck.selection-problem.v1",
  "currency": "EUR",
  "budgets": [{"key": "FY27", "amount": 300000}],
  "candidates": [
    {"key": "PORTAL", "outcomes": [90000, 250000, -40000], "costs": {"FY27": 180000}},
    {"key": "NET", "outcomes": [60000, 70000, 65000], "costs": {"FY27": 120000}},
    {"key": "MAIL", "value": 50000, "costs": {"FY27": "100000.00"}}
  ],
  "risk": {"tail": "0.34"}
}
"#,
    runs: &["calc select PROBLEM.json", "calc frontier PROBLEM.json --points 3"],
};
