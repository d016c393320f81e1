//! A million amounts by random models: nothing is lost or made, and neither the order of rows, nor threads,
//! nor how rows come in files, nor a second run changes a byte.
//!
//! An operation is one line reckoned: each model is reckoned three times.
//!
//! `ALLOCATION_OPERATIONS=100000000 cargo test --release -p allocation --test million` asks for more.

mod random;

use std::collections::BTreeMap;

use allocation::{Allocation, Error, Line, Model, Reason, Summary, allocate, allocate_each};
use random::{Chance, Size, check, random_model, shuffled};

const OPERATIONS: usize = 1_000_000;
const LARGE: Size = Size { pools: 12, services: 24, customers: 160 };

/// What the models had between them, so that no kind of case is missing unseen.
#[derive(Default)]
struct Seen {
    lines: usize,
    loops: usize,
    negative: usize,
    solved: usize,
    reasons: BTreeMap<Reason, usize>,
    methods: BTreeMap<&'static str, usize>,
}

#[test]
fn a_million_amounts_are_in_out_and_named_to_the_cent_whatever_the_order_threads_and_files() {
    let asked = std::env::var("ALLOCATION_OPERATIONS").ok().map(|text| text.parse().expect("a whole number"));
    let asked = asked.unwrap_or(OPERATIONS);
    let mut chance = Chance(20_261_129);
    let mut seen = Seen::default();
    let mut number = 0;
    while seen.lines < asked {
        number += 1;
        let size = if number % 4 == 0 { LARGE } else { Size::SMALL };
        let model = random_model(&mut chance, size);
        let other = shuffled(&model, &mut chance);
        let [result, again] = on_two_threads(&model, &other);
        assert!(result == again, "the order of rows or the thread changed the result of model {number}");
        match result {
            Err(Error::ClosedLoop { .. }) => seen.loops += 1,
            Err(error) => panic!("model {number}: {error}"),
            Ok(result) => {
                check(&model, &result);
                streamed(&other, &result);
                seen.count(&model, &result);
            }
        }
    }
    assert!(seen.loops > 5 && seen.negative > 100 && seen.solved > 50, "{} {}", seen.loops, seen.negative);
    assert_eq!(seen.reasons.keys().copied().collect::<Vec<_>>(), Reason::ALL, "every reason occurs");
    let methods: Vec<&str> = seen.methods.keys().copied().collect();
    let all = ["budgeted-rate", "driver", "dual-rate", "even", "fixed", "proportional", "reciprocal"];
    assert_eq!(methods, all, "every method occurs");
}

fn on_two_threads(model: &Model, other: &Model) -> [Result<Allocation, Error>; 2] {
    std::thread::scope(|scope| {
        let one = scope.spawn(|| allocate(model));
        let two = allocate(other);
        [one.join().expect("allocating ends"), two]
    })
}

/// Line by line the same, with the same totals.
fn streamed(model: &Model, result: &Allocation) {
    let mut expected = result.lines.iter();
    let mut different = 0;
    let summary =
        allocate_each(model, |_, line: Line| different += usize::from(expected.next() != Some(&line)));
    assert_eq!((different, expected.next()), (0, None));
    let Allocation { currency, stages, residuals, control, solved, solutions, finals, .. } = result.clone();
    let lines = result.lines.len() as u64;
    let whole = Summary { currency, stages, lines, residuals, control, solved, solutions, finals };
    assert_eq!(summary.unwrap(), whole);
}

impl Seen {
    fn count(&mut self, model: &Model, result: &Allocation) {
        // In order, in another order on another thread, and one at a time.
        self.lines += 3 * result.lines.len();
        self.negative += usize::from(model.pools.iter().any(|pool| pool.amount < 0));
        self.solved += usize::from(!result.solved.is_empty());
        for residual in &result.residuals {
            *self.reasons.entry(residual.reason).or_default() += 1;
        }
        for line in &result.lines {
            *self.methods.entry(line.share.method.code()).or_default() += 1;
        }
    }
}
