//! Cases as files: what they say, and what is said of files that are wrong.

use appraisal::{Amounts, Shape, parse_case, run_case, run_simulation};
use serde_json::Value;

const UNCERTAIN: &str = include_str!("../examples/uncertain.json");
const FOUR_G: &str = include_str!("../examples/four_g.json");

fn refused(from: &str, to: &str) -> String {
    assert!(UNCERTAIN.contains(from), "{from}");
    parse_case(&UNCERTAIN.replacen(from, to, 1)).unwrap_err().to_string()
}

#[test]
fn a_file_says_what_people_wrote() {
    let case = parse_case(UNCERTAIN).unwrap();
    let names: Vec<String> = case.inputs().into_iter().map(|input| input.name).collect();
    assert_eq!(
        names,
        [
            "build@FY27",
            "running@first",
            "running@growth",
            "sales@first",
            "sales@growth",
            "calls@FY28",
            "delay"
        ]
    );
    assert!(case.lines.iter().all(|line| line.moves == (line.side == appraisal::Side::Benefit)));
    let Amounts::Growing { from, first, .. } = &case.lines[2].amounts else { panic!("{:?}", case.lines[2]) };
    assert_eq!((*from, *first), (1, Shape::Pert { low: 400.0, mode: 700.0, high: 900.0 }));
}

#[test]
fn growth_and_the_end_are_settled_at_the_most_likely() {
    let rows = parse_case(UNCERTAIN).unwrap().rows();
    let near = |row: usize, told: [f64; 5]| {
        let amounts = &rows.rows[row].amounts;
        assert!(amounts.iter().zip(told).all(|(amount, told)| (amount - told).abs() < 1e-9), "{amounts:?}");
    };
    near(0, [-1_000.0, -250.5, 0.0, 0.0, 0.0]);
    // The middle of 1 % and 4 %.
    near(1, [-200.0, -205.0, -210.125, -215.378_125, -220.762_578_125]);
    near(2, [0.0, 700.0, 721.0, 742.63, 764.908_9]);
    near(4, [0.0, 0.0, 0.0, 0.0, -80.0]);
}

/// What is written, what is written instead, and how what is then said begins.
const WRONG: &[(&str, &str, &str)] = &[
    (
        "\"low\": -1400,",
        "\"low\": -700,",
        "input build@FY27: -700 stands before -1000, and is larger: give the lowest first; of costs that is the one furthest below 0.",
    ),
    (
        "\"-250.5\"",
        "-250.5",
        "line 14, column 89: invalid type: floating point `-250.5`, expected a whole number, a decimal in quotes such as \"12.5\", or an object with one of fixed, triangular, pert, uniform, normal, lognormal.",
    ),
    (
        "\"-250.5\"",
        "\"1.000,5\"",
        "line build, FY28: “1.000,5” is no decimal number: write it like -12500 or 0.09.",
    ),
    ("\"-250.5\", 0", "\"-250.5\"", "line build: 4 amounts for 5 periods."),
    ("\"from\": \"FY28\"", "\"from\": \"FY99\"", "line sales, from: there is no period FY99."),
    (
        "\"at_end\": { \"fixed\": -80 }",
        "\"first\": 1, \"at_end\": -80",
        "line exit: give either amounts, or first (with growth and from if need be), or at_end.",
    ),
    (
        "\"sales@growth\", \"running",
        "\"sales@grow\", \"running",
        "correlation, inputs: there is no input sales@grow; inputs are named LINE@PERIOD, LINE@first, LINE@growth, LINE@end, delay.",
    ),
    (
        "[1, \"0.4\"",
        "[1, \"0.5\"",
        "correlation, row 2, column 1: 0.4, and 0.5 the other way round: make them equal.",
    ),
    ("\"weight\": \"0.6\"", "\"weight\": \"0.7\"", "scenarios: the weights add up to 1.1, not to 1."),
    ("\"line\": \"sales\"", "\"line\": \"sale\"", "scenario slow: there is no line sale."),
    ("\"low\": 0, \"mode\": 2", "\"low\": -1, \"mode\": 2", "delay: a delay of less than 0 months is none."),
    (
        "\"value\": \"0.08\"",
        "\"value\": -1",
        "A rate of -1 does not discount: give a number above -1, such as 0.09 for 9 %.",
    ),
    ("2026-09-01", "1 Sep 2026", "rate, date: “1 Sep 2026” is no day: write it like 2026-09-30."),
    ("case.v1", "case.v2", "schema: “quarterdeck.case.v2” is not “quarterdeck.case.v1”."),
    ("\"tax\"", "\"tex\"", "line 7, column 7: unknown field `tex`"),
    ("\"key\": \"exit\"", "\"key\": \"build\"", "lines: build is there twice."),
    ("\"mean\": 60", "\"mean\": 0", "input calls@FY28: a log-normal amount has a mean other than 0."),
];

#[test]
fn what_is_wrong_is_said_with_its_place() {
    assert_eq!(
        refused(r#""times": "0.8""#, r#""amounts": [0, 1, 2, 3, 4]"#),
        "scenario slow, correlation, inputs: there is no input sales@first; inputs are named LINE@PERIOD, \
         LINE@first, LINE@growth, LINE@end, delay."
    );
    for (from, to, says) in WRONG {
        let said = refused(from, to);
        assert!(said.starts_with(says), "{from} → {to}\n  said {said}\n  told {says}");
    }
}

#[test]
fn costs_without_their_minus_are_remarked_on() {
    let text = FOUR_G.replacen("-7000, -3900", "7000, -3900", 1);
    let json = run_case(&text).unwrap();
    let says = "Line running is a cost and has amounts above 0, which count as income: write what is spent with a minus.";
    assert_eq!(json["remarks"][0], says);
    assert_eq!(run_case(FOUR_G).unwrap()["remarks"], serde_json::json!([]));
}

#[test]
fn several_rates_of_a_case_are_remarked_on() {
    let text = FOUR_G.replacen(
        "[-4800, -7400, -1200, -900, -900, -900]",
        "[-4800, -7400, -1200, -900, -900, -20000]",
        1,
    );
    let json = run_case(&text).unwrap();
    assert_eq!(json["irr"]["status"], "many");
    assert!(json["remarks"][0].as_str().unwrap().contains("none of them is the rate of return"));
}

#[test]
fn a_repaired_correlation_is_told_in_the_result() {
    let text = UNCERTAIN
        .replace("[1, \"0.4\", \"-0.3\", \"-0.5\"]", "[1, \"0.9\", \"-0.9\", \"-0.5\"]")
        .replace("[\"0.4\", 1, 0,", "[\"0.9\", 1, \"0.9\",")
        .replace("[\"-0.3\", 0, 1, 0]", "[\"-0.9\", \"0.9\", 1, 0]");
    let run = appraisal::Run { trials: 500, seed: 1, threads: std::num::NonZeroUsize::MIN };
    let json = run_simulation(&text, None, run).unwrap();
    assert!(json["correlation_repair"]["distance"].as_f64().unwrap() > 0.9);
    assert!(json["remarks"][0].as_str().unwrap().starts_with("No amounts can have the correlations given"));
    assert_eq!(run_simulation(UNCERTAIN, None, run).unwrap()["correlation_repair"], Value::Null);
}

/// Months instead of years: the same money on the same days is worth the same.
#[test]
fn periods_of_months_discount_by_the_same_yearly_rate() {
    let yearly = run_case(&lines(12, &["Y1", "Y2"], "[-1000, 1210]")).unwrap();
    let halves = run_case(&lines(6, &["H1", "H2", "H3"], "[-1000, 0, 1210]")).unwrap();
    for figure in ["npv", "mirr"] {
        let (year, half) = (yearly[figure].as_f64().unwrap(), halves[figure].as_f64().unwrap());
        assert!((year - half).abs() < 1e-9, "{figure}: {year} {half}");
    }
    assert!((halves["irr"]["rates"][0].as_f64().unwrap() - 0.21).abs() < 1e-12);
    assert!((halves["payback"]["years"].as_f64().unwrap() - (0.5 + 0.5 * 1000.0 / 1210.0)).abs() < 1e-12);
}

fn lines(months: u32, periods: &[&str], amounts: &str) -> String {
    format!(
        "{{\"schema\": \"quarterdeck.case.v1\", \"name\": \"n\", \"unit\": \"EUR\", \"prices\": \"real\", \
         \"tax\": \"after\", \"rate\": {{\"value\": \"0.1\", \"source\": \"s\", \"date\": \"2026-01-01\"}}, \
         \"timing\": \"start\", \"months\": {months}, \"periods\": {periods:?}, \
         \"lines\": [{{\"key\": \"net\", \"side\": \"benefit\", \"amounts\": {amounts}}}]}}"
    )
}
