//! `MODEL.json` of `calc allocate`.

use super::{ABOUT, Format, KEY, NAME, ONE, Part, needed, optional, when};

pub(crate) static MODEL: Format = Format {
    file: "MODEL.json",
    holds: "Who carries which cost: pools, layers of receivers, what they use, and one rule for each sender. Amounts are \
            in the currency that the file names, quantities in their driver's unit, with up to six digits after the dot.",
    parts: &[
        Part {
            at: "",
            fields: &[
                needed("schema", "\"quarterdeck.allocation-model.v1\""),
                ABOUT,
                needed("currency", "ISO 4217 code: EUR"),
                needed("layers", "list of objects, first receivers first"),
                needed("pools", "list of objects: the cost"),
                needed("nodes", "list of objects: who receives"),
                optional("drivers", "list of objects: what is used"),
                needed("rules", "list of objects"),
            ],
        },
        Part {
            at: "layers[]",
            fields: &[
                KEY,
                NAME,
                optional("sharing", "how its nodes share among themselves; else \"direct\""),
            ],
        },
        Part {
            at: "layers[].sharing, one of",
            fields: &[
                when("direct", ONE, "as the text \"direct\": not at all"),
                when("step-down", ONE, "as {\"step-down\": [keys]}: one after the other in that order"),
                when("reciprocal", ONE, "as the text \"reciprocal\": all at once"),
            ],
        },
        Part {
            at: "pools[]",
            fields: &[KEY, NAME, needed("amount", "amount in the currency; may be negative")],
        },
        Part {
            at: "nodes[]",
            fields: &[
                needed("key", "text; no pool has the same"),
                NAME,
                needed("layer", "text: key of its layer"),
            ],
        },
        Part {
            at: "drivers[]",
            fields: &[
                KEY,
                needed("unit", "text for people: hours"),
                optional("capacity", "quantity there is; what nobody used of it is named as unused"),
                needed("quantities", "object of quantities by key of a node: {\"SALES\": 122}"),
            ],
        },
        Part {
            at: "rules[]",
            fields: &[
                KEY,
                needed("from", "text: key of the pool or node that sends; one rule for each"),
                needed(
                    "method",
                    "\"even\", \"fixed\" (by weights), \"proportional\" (to what they hold), \"driver\", \"dual-rate\" \
                     (the actual cost in two parts), \"budgeted-rate\" (charges set beforehand) or \"central\" (to nobody)",
                ),
                when("to", "needed for even and proportional, optional for driver", "list of keys of nodes"),
                when("weights", "needed for fixed", "object of numbers by key of a node"),
                when("driver", "needed for driver", "text: key of a driver"),
                when("fixed", "needed for dual-rate; it or variable for budgeted-rate", "object"),
                when("variable", "needed for dual-rate; it or fixed for budgeted-rate", "object"),
            ],
        },
        Part {
            at: "of fixed and variable",
            fields: &[
                needed("driver", "text: key of the driver it goes by"),
                when("part", "needed for dual-rate", "number: its weight beside the other part"),
                when("budget", "needed in fixed for budgeted-rate", "amount in the currency"),
                when(
                    "over",
                    "optional in fixed for budgeted-rate",
                    "quantity: budget ÷ over is the rate of a unit",
                ),
                when("rate", "needed in variable for budgeted-rate", "amount for a unit of the driver"),
            ],
        },
    ],
    example: r#"{
  "schema": "quarterdeck.allocation-model.v1",
  "currency": "EUR",
  "layers": [{"key": "service"}, {"key": "customer"}],
  "pools": [{"key": "STAFF", "amount": "1200.50"}],
  "nodes": [
    {"key": "MAIL", "layer": "service"},
    {"key": "CARE", "layer": "customer"},
    {"key": "RETAIL", "layer": "customer"}
  ],
  "drivers": [{"key": "BOXES", "unit": "mailboxes", "quantities": {"CARE": 300, "RETAIL": 100}}],
  "rules": [
    {"key": "R-1", "from": "STAFF", "method": "even", "to": ["MAIL"]},
    {"key": "R-2", "from": "MAIL", "method": "driver", "driver": "BOXES"}
  ]
}
"#,
    runs: &["calc allocate MODEL.json"],
};
