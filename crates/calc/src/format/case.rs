//! `CASE.json` of `calc case` and `calc simulate`.

use super::{ABOUT, Field, Format, KEY, NAME, ONE, Part, needed, optional, when};

const WAYS: &str = "one of amounts, first, at_end";
const AMOUNTS: Field = when("amounts", WAYS, "list of amounts, one for each period");
const FIRST: Field = when("first", WAYS, "amount of the first period; the next ones grow from it");
const GROWTH: Field = when("growth", "optional with first", "fraction per period: \"0.03\" is 3 %; else 0");
const FROM: Field =
    when("from", "optional with first", "text: the period that first is of; else the first one");
const AT_END: Field = when("at_end", WAYS, "amount once, at the end: residual value, cost of the exit");

pub(crate) static CASE: Format = Format {
    file: "CASE.json",
    holds: "A business case: what changes against doing nothing, by line and period. Amounts are cash in the unit that \
            the file names, what is spent with a minus. Any amount, growth or delay is a number, or a shape where it is \
            not certain.",
    parts: &[
        Part {
            at: "",
            fields: &[
                needed("schema", "\"quarterdeck.case.v1\""),
                ABOUT,
                needed("name", "text"),
                needed("unit", "text for people: EUR k"),
                needed("prices", "\"nominal\" or \"real\""),
                needed("tax", "\"before\" or \"after\""),
                needed("rate", "object: the discount rate"),
                optional(
                    "reinvest",
                    "fraction per year at which inflows are reinvested (MIRR); else the rate",
                ),
                optional(
                    "timing",
                    "\"end\", \"mid\" or \"start\": when in its period an amount falls; else end",
                ),
                optional("months", "whole number from 1 to 12: months in a period; else 12"),
                needed("periods", "list of texts: their names, first to last"),
                needed("lines", "list of objects"),
                optional("correlation", "object: which uncertain inputs go together"),
                optional("delay", "object: how much later it may begin"),
                optional("scenarios", "list of objects"),
            ],
        },
        Part {
            at: "rate",
            fields: &[
                needed("value", "fraction per year: \"0.09\" is 9 %"),
                needed("source", "text: who set it"),
                needed("date", "day it was set, as 2026-09-30"),
            ],
        },
        Part {
            at: "lines[]",
            fields: &[
                needed("key", "text without @"),
                NAME,
                needed("side", "\"benefit\", \"capital\" or \"running\""),
                optional("moves", "true or false: whether it moves with a delayed launch; else benefits do"),
                AMOUNTS,
                FIRST,
                GROWTH,
                FROM,
                AT_END,
            ],
        },
        Part {
            at: "correlation",
            fields: &[
                optional(
                    "kind",
                    "\"rank\" or \"normal\": of ranks, or of the normals behind them; else rank",
                ),
                needed("inputs", "list of texts: LINE@PERIOD, LINE@first, LINE@growth, LINE@end or delay"),
                needed("matrix", "list of lists of numbers from -1 to 1, a row and a column for each input"),
            ],
        },
        Part {
            at: "delay",
            fields: &[
                needed("months", "number or bounded shape: months"),
                optional(
                    "end",
                    "\"fixed\" or \"moves\": whether the last period stays, or as many years of benefit do; else fixed",
                ),
            ],
        },
        Part {
            at: "scenarios[]",
            fields: &[
                KEY,
                optional("weight", "fraction; of all scenarios or of none, together 1"),
                optional("rate", "fraction per year in place of the case's"),
                optional("delay_months", "number of months in place of the case's delay"),
                optional("lines", "list of objects: what is other than in the case"),
            ],
        },
        Part {
            at: "scenarios[].lines[]",
            fields: &[
                needed("line", "text: key of a line"),
                when("times", "or other amounts", "number by which all its amounts are multiplied"),
                AMOUNTS,
                FIRST,
                GROWTH,
                FROM,
                AT_END,
            ],
        },
        Part {
            at: "a shape: an object with one of",
            fields: &[
                when("fixed", ONE, "number: certain after all"),
                when("triangular", ONE, "object of low, mode, high"),
                when("pert", ONE, "object of low, mode, high"),
                when("uniform", ONE, "object of low, high"),
                when("normal", ONE, "object of mean, sd"),
                when("lognormal", ONE, "object of mean, sd of the amount itself"),
            ],
        },
        Part {
            at: "of triangular and pert",
            fields: &[
                needed("low", "number in the unit of what it stands for, as are all of a shape"),
                needed("mode", "number: the most likely"),
                needed("high", "number"),
            ],
        },
        Part { at: "of uniform", fields: &[needed("low", "number"), needed("high", "number")] },
        Part {
            at: "of normal and lognormal",
            fields: &[needed("mean", "number"), needed("sd", "number: standard deviation")],
        },
    ],
    example: r#"{
  "schema": "quarterdeck.case.v1",
  "name": "New portal",
  "unit": "EUR k",
  "prices": "nominal",
  "tax": "before",
  "rate": {"value": "0.09", "source": "Treasury note", "date": "2026-09-01"},
  "periods": ["FY27", "FY28", "FY29"],
  "lines": [
    {"key": "build", "side": "capital", "amounts": [-800, "-150.5", 0]},
    {"key": "sales", "side": "benefit", "from": "FY28",
     "first": {"triangular": {"low": 400, "mode": 600, "high": 700}}, "growth": "0.05"}
  ]
}
"#,
    runs: &["calc case CASE.json", "calc simulate CASE.json --trials 10000 --seed 7"],
};
