//! The demo company's two cases, against the figures of its story (4G: section 4.5; HOME4G: section 4.7),
//! which are printed in whole thousands.

use appraisal::{Case, End, Irr, Timing, parse_case};

const FOUR_G: &str = include_str!("../examples/four_g.json");
const HOME_4G: &str = include_str!("../examples/home_4g.json");

fn case(text: &str) -> Case {
    parse_case(text).unwrap()
}

/// In whole thousands, as the story prints it.
fn k(amount: f64) -> String {
    format!("{amount:.0}")
}

#[test]
fn four_g_is_worth_what_its_story_says_at_each_timing() {
    let figures = case(FOUR_G).figures().unwrap();
    assert_eq!(figures.net.map_k(), ["-11800", "-6900", "6000", "11200", "13600", "13800"]);
    assert_eq!(figures.npv.to_vec().map_k(), ["13002", "13574", "14172"]);
    assert_eq!(format!("{:.1}", figures.irr.rate().unwrap() * 100.0), "30.0");
    assert_eq!(format!("{:.1}", figures.roi.unwrap() * 100.0), "55.5");
    assert_eq!(k(figures.tco), "46700");
    assert_eq!(figures.break_even, None);
}

#[test]
fn four_g_pays_back_in_fy30_sooner_the_earlier_in_the_year_cash_falls() {
    let mut case = case(FOUR_G);
    for (timing, years) in [(Timing::Start, "3.1"), (Timing::Mid, "3.6"), (Timing::End, "4.1")] {
        case.discounting.timing = timing;
        let payback = case.figures().unwrap().payback.unwrap();
        assert_eq!(format!("{:.1}", payback.years), years, "{timing:?}");
        assert_eq!(case.periods[payback.period], "FY30");
    }
}

#[test]
fn four_g_swings_with_new_revenue_first() {
    let bars = case(FOUR_G).rows().tornado();
    let seen: Vec<(&str, String, String)> =
        bars.iter().map(|bar| (bar.key.as_str(), k(bar.smaller), k(bar.larger))).collect();
    let told = [
        ("new-revenue", "519", "27824"),
        ("running", "19207", "9137"),
        ("3g-lost", "18683", "9661"),
        ("capital", "17075", "11269"),
        ("3g-avoided", "12541", "15803"),
    ];
    assert_eq!(seen, told.map(|(key, smaller, larger)| (key, smaller.to_owned(), larger.to_owned())));
}

#[test]
fn four_g_a_year_late_loses_its_worth_or_keeps_some_by_where_it_ends() {
    let rows = case(FOUR_G).rows();
    assert_eq!(k(rows.delayed(12.0, End::Fixed).npv()), "-2082");
    assert_eq!(k(rows.delayed(12.0, End::Moves).npv()), "6147");
    // Counted apart in Python from the formula (1 − f)·xₜ + f·xₜ₋₁: 2, 6 and 18 months.
    for (months, fixed, moves) in [(2.0, "11463", "12834"), (6.0, "6045", "10159"), (18.0, "-9448", "2466")] {
        assert_eq!(k(rows.delayed(months, End::Fixed).npv()), fixed, "{months}");
        assert_eq!(k(rows.delayed(months, End::Moves).npv()), moves, "{months}");
    }
}

#[test]
fn four_g_at_the_start_of_fy27_leaves_what_is_sunk_out() {
    let to_go = case(FOUR_G).to_go(&[]);
    assert_eq!(
        (to_go[0].period, k(to_go[0].npv_to_go), k(to_go[0].npv_since_start)),
        (Some(1), "28309".into(), "14172".into())
    );
}

/// By hand, from the net of each year (-11800, -6900, 6000, 11200, 13600, 13800) at 9 %. Half a year into FY27:
/// cash at the start of a year is spent, 6000 ÷ 1.09^½ + 11200 ÷ 1.09^1½ + 13600 ÷ 1.09^2½ + 13800 ÷ 1.09^3½ = 36759.66;
/// cash through the year is half spent, -3450 ÷ 1.09^¼ + 6000 ÷ 1.09 + … + 13800 ÷ 1.09^4 = 31832.90;
/// cash at the end is all to come, -6900 ÷ 1.09^½ + 6000 ÷ 1.09^1½ + … + 13800 ÷ 1.09^4½ = 27115.46.
#[test]
fn four_g_may_be_decided_on_within_a_year() {
    let mut four_g = case(FOUR_G);
    for (timing, to_go) in [(Timing::Start, "36759.66"), (Timing::Mid, "31832.90"), (Timing::End, "27115.46")]
    {
        four_g.discounting.timing = timing;
        let at = four_g.to_go(&[18.0]);
        assert_eq!((at[1].period, at[1].months), (None, 18.0), "between the starts of FY27 and FY28");
        assert_eq!(format!("{:.2}", at[1].npv_to_go), to_go, "{timing:?}");
        // A moment after a year has begun, what falls at its start is gone, and nothing else.
        let (start, later) = (four_g.rows().npv_to_go(12.0), four_g.rows().npv_to_go(12.000_001));
        let gone = if timing == Timing::Start { -6_900.0 } else { 0.0 };
        assert!((start - later - gone).abs() < 0.01, "{timing:?}: {start} {later}");
    }
}

#[test]
fn home_4g_is_worth_what_the_board_reads() {
    let figures = case(HOME_4G).figures().unwrap();
    assert_eq!(k(figures.npv[2]), "3900");
    let Irr::One(rate) = figures.irr else { panic!("{:?}", figures.irr) };
    assert_eq!(format!("{:.1}", rate * 100.0), "30.5");
}

trait Thousands {
    fn map_k(&self) -> Vec<String>;
}

impl Thousands for Vec<f64> {
    fn map_k(&self) -> Vec<String> {
        self.iter().map(|amount| k(*amount)).collect()
    }
}
