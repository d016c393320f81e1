//! The retention verbs on files: figures as R, lifetimes and the papers print them, and what is said of wrong files.

mod said;

use said::{near, number, refused, rows};
use serde_json::Value;

const EXAMPLES: &str = "crates/instruments/retention/examples";

/// R 4.2.2, `survival` 3.5-3.
#[test]
fn survival_by_group_with_the_log_rank_test() {
    let words = format!("calc survival {EXAMPLES}/leukaemia.csv --time weeks --event event --group group");
    let (answer, rows) = rows(&words);
    let json = &answer.json;
    assert_eq!(json["schema"], "quarterdeck.survival.v1");
    near(&json["log_rank"]["chi_square"], 16.7929409892165, 1e-11);
    assert_eq!(
        (&json["groups"][0]["median"]["time"], &json["groups"][1]["median"]["time"]),
        (&23.0.into(), &8.0.into())
    );
    assert_eq!(json["groups"][0]["median"]["upper"], Value::Null);
    near(&json["groups"][0]["restricted_mean"]["mean"], 17.90924369747899, 1e-12);
    let sixth = &rows[0];
    assert_eq!((&sixth["group"], &sixth["time"], &sixth["left"]), (&"6-MP".into(), &6.0.into(), &3.into()));
    near(&sixth["lower"], 0.619717955265984, 1e-12);
    assert_eq!(
        answer.notes,
        [
            "6-MP: median 23 (13 to not reached); mean time up to 23: 17.9092 (standard error 1.5532)",
            "placebo: median 8 (4 to 11); mean time up to 23: 8.6667 (standard error 1.3774)",
            "log-rank: chi-square 16.7929, 1 degrees of freedom, p 4.1688e-5",
        ]
    );
}

#[test]
fn survival_of_cohorts_that_come_as_counts() {
    let words = format!(
        "calc survival {EXAMPLES}/renewals.csv --time renewal --at-risk at_risk --left left --group segment"
    );
    let (answer, rows) = rows(&words);
    let last =
        rows.iter().filter(|row| row["time"] == 7.0).map(|row| number(&row["survival"])).collect::<Vec<_>>();
    assert!((last[0] - 0.491).abs() < 1e-12 && (last[1] - 0.241).abs() < 1e-12, "{last:?}");
    assert_eq!(answer.json["groups"][0]["group"], "high end");
}

#[test]
fn cox_with_its_check() {
    let words = format!("calc cox {EXAMPLES}/rossi.csv --time week --event arrest --covariates fin,age,prio");
    let (answer, rows) = rows(&words);
    for (row, (name, estimate, error, p)) in rows.iter().zip([
        ("fin", -0.3469544624, 0.1902472655, 0.80052412),
        ("age", -0.0671053293, 0.0208505462, 0.01190163),
        ("prio", 0.0968931991, 0.0272533758, 0.47139223),
    ]) {
        assert_eq!(row["covariate"], name);
        near(&row["coefficient"], estimate, 1e-8);
        near(&row["standard_error"], error, 1e-8);
        near(&row["proportional_p"], p, 1e-7);
    }
    near(&answer.json["proportional_hazards"]["global"]["chi_square"], 7.13673939, 1e-6);
    assert_eq!(answer.json["left"], 114);
    assert_eq!(
        answer.notes[1],
        "Effects that change with time: age (p 0.0119); all together p 0.0677. Read their ratios as averages"
    );
}

/// Fader and Hardie 2007; scipy for the lifetime.
#[test]
fn renewals_by_segment() {
    let (answer, rows) = rows(&format!("calc renewal {EXAMPLES}/renewals.csv --horizon 12 --discount 0.1"));
    let segments = answer.json["segments"].as_array().unwrap();
    for (segment, (name, alpha, beta, lifetime)) in
        segments.iter().zip([("high end", 0.668, 3.806, 5.92225362), ("regular", 0.704, 1.182, 3.6949084)])
    {
        assert_eq!(segment["segment"], name);
        near(&segment["alpha"], alpha, 0.0005);
        near(&segment["beta"], beta, 0.0005);
        near(&segment["discounted_lifetime"], lifetime, 1e-5);
        near(
            &segment["renewals"][7]["discounted_residual_lifetime"],
            if name == "regular" { 6.84231 } else { 7.52963 },
            1e-4,
        );
    }
    assert_eq!(rows.len(), 24);
    near(&rows[0]["rate_seen"], 0.869, 1e-12);
    assert_eq!(rows[7]["rate_seen"], Value::Null, "nobody has seen the eighth renewal");
    near(&rows[11]["still_there"], 0.377999083723, 1e-6);
}

#[test]
fn bgnbd_of_the_cdnow_customers() {
    let (answer, parameters) = rows(&format!("calc bgnbd {EXAMPLES}/cdnow.csv"));
    for (row, (name, estimate)) in
        parameters.iter().zip([("r", 0.243), ("alpha", 4.414), ("a", 0.793), ("b", 2.426)])
    {
        assert_eq!(row["parameter"], name);
        near(&row["estimate"], estimate, 0.0005);
    }
    near(&answer.json["log_likelihood"], -9582.4, 0.05);
    assert_eq!(answer.json["customers"], 2357);
    let (answer, histories) = rows(&format!("calc bgnbd {EXAMPLES}/cdnow.csv --horizon 39"));
    let first =
        histories.iter().find(|row| row["recency"] == 30.43 && row["T"] == 38.86 && row["frequency"] == 2);
    near(&first.unwrap()["expected_uses"], 1.2259, 0.00005);
    near(&answer.json["expected_uses_of_a_new_customer"], 1.19501623, 1e-6);
}

#[test]
fn gamma_gamma_shows_its_independence_check() {
    let (answer, parameters) = rows(&format!("calc gamma-gamma {EXAMPLES}/cdnow.csv"));
    for (row, (name, estimate)) in
        parameters.iter().zip([("p", 6.248802493), ("q", 3.744588452), ("gamma", 15.447747996)])
    {
        assert_eq!(row["parameter"], name);
        near(&row["estimate"], estimate, 1e-6);
    }
    near(&answer.json["independence"]["correlation"], 0.11388391, 1e-8);
    assert_eq!(answer.json["independence"]["refuted"], true);
    assert!(
        answer.notes[0]
            .starts_with("Correlation of frequency and value 0.114 (0.051 to 0.176): not independent")
    );
    assert_eq!(answer.notes[1], "1411 customers without a repeat use are left out");
}

/// Verb, file, words after it, and what is said.
const WRONG: &[(&str, &str, &str, &str)] = &[
    (
        "survival",
        "t,e\n1,1\nx,0\n",
        "--time t --event e",
        "FILE, line 3, column t: “x” is no number; write it as 12.5",
    ),
    (
        "survival",
        "t,e\n1,1\n2,\n",
        "--time t --event e",
        "FILE, line 3, column e: an empty cell is neither; write 1 for left and 0 for still there",
    ),
    (
        "survival",
        "g,t,e\nb,1,1\na,1,1\nb,-2,0\n",
        "--time t --event e --group g",
        "FILE, line 4, column t: a time is a number that is not negative",
    ),
    (
        "survival",
        "t,e\n",
        "--time t --event e",
        "FILE: There are no customers: a curve needs at least one row.",
    ),
    ("survival", "t,e\n1,1\n", "--time weeks --event e", "FILE has no column weeks; its columns are t, e"),
    (
        "survival",
        "m,n,l\n1,3,4\n",
        "--time m --at-risk n --left l",
        "FILE, line 2, column l: 4 of 3 at risk cannot leave",
    ),
    (
        "cox",
        "t,e,x\n1,1,2\n2,1,2\n",
        "--time t --event e --covariates x",
        "FILE: x is the same for everyone: leave it out.",
    ),
    (
        "cox",
        "t,e,x\n1,0,2\n2,0,1\n",
        "--time t --event e --covariates x",
        "FILE: Nobody has left yet: there is nothing to learn what makes customers leave.",
    ),
    (
        "renewal",
        "renewal,at_risk,left\n1,10,2\n1.5,8,1\n",
        "",
        "FILE, line 3, column renewal: renewals are counted 1, 2, 3 and so on",
    ),
    (
        "renewal",
        "segment,renewal,at_risk,left\nA,1,10,2\n",
        "",
        "Segment A: The shifted-beta-geometric model does not fit: it takes at least two renewals to see how the \
         rate changes with age.",
    ),
    (
        "bgnbd",
        "frequency,recency,T\n1,9,5\n",
        "",
        "FILE, line 2, column recency: the last use lies between the first, 0, and now, T",
    ),
    (
        "gamma-gamma",
        "frequency,value\n0,0\n2,-1\n",
        "",
        "FILE, line 3, column value: the mean value of a use is a number above 0",
    ),
    (
        "gamma-gamma",
        "frequency,price\n2,1\n",
        "",
        "FILE has no column monetary_value; its columns are frequency, price",
    ),
];

#[test]
fn a_wrong_file_is_refused_with_line_and_column() {
    for (verb, text, words, says) in WRONG {
        assert_eq!(refused(verb, text, words), *says);
    }
}
