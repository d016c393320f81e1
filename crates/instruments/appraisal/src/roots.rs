//! Every rate at which a row of amounts is worth nothing: none is missed, none is guessed.
//!
//! With s = ln(1 + rate) the worth is an exponential sum f(s) = Σ aᵢ e^(−tᵢs). It has at most as many zeros
//! as its amounts, in order of time, change sign (Descartes for whole periods; E. Laguerre 1883 for any).
//! Multiplied by e^(t₀s) and differentiated it loses its first term; between two zeros of f lies one of what
//! remains (Rolle). So the zeros of the shortest sum that can have any are found first, and each longer sum
//! has at most one zero between neighbouring zeros of the next shorter one, which bisection finds.

/// An amount at a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Term {
    /// Years, or periods: the rate is per the same.
    pub(crate) years: f64,
    /// Out negative, in positive.
    pub(crate) amount: f64,
}

impl Term {
    pub(crate) fn at(period: u32, amount: f64) -> Term {
        Term { years: f64::from(period), amount }
    }
}

/// ln(1 + rate) beyond which no rate is looked for: e⁷⁰⁰ is about the largest number there is.
const FARTHEST: f64 = 700.0;
/// A value this small beside the sum of its parts is nought: rounding cannot tell it from there.
const NOUGHT: f64 = 16.0 * f64::EPSILON;
/// Two zeros nearer than this in ln(1 + rate) are one that only touches.
const SAME: f64 = 1e-7;

/// The rates above −100 %, rising. Terms may come in any order.
pub(crate) fn rates(terms: &[Term]) -> Vec<f64> {
    zeros(&gathered(terms)).into_iter().map(libm::expm1).filter(|rate| rate.is_finite()).collect()
}

/// How often the amounts change sign, noughts left out.
pub(crate) fn sign_changes(amounts: impl Iterator<Item = f64>) -> usize {
    let signs: Vec<bool> = amounts.filter(|amount| *amount != 0.0).map(|amount| amount > 0.0).collect();
    signs.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

/// In order of time, one term for each, without noughts.
fn gathered(terms: &[Term]) -> Vec<Term> {
    let mut sorted = terms.to_vec();
    sorted.sort_by(|a, b| a.years.total_cmp(&b.years));
    let mut gathered: Vec<Term> = Vec::with_capacity(sorted.len());
    for term in sorted {
        match gathered.last_mut() {
            Some(last) if last.years.total_cmp(&term.years).is_eq() => last.amount += term.amount,
            _ => gathered.push(term),
        }
    }
    gathered.retain(|term| term.amount != 0.0);
    gathered
}

/// The zeros of the sum in s, rising.
fn zeros(terms: &[Term]) -> Vec<f64> {
    let mut chain = vec![terms.to_vec()];
    while let Some(last) = chain.last().filter(|last| changes(last) > 0) {
        let shorter = differentiated(last);
        chain.push(shorter);
    }
    let mut found = Vec::new();
    // The shortest has no change of sign, hence no zero.
    for sum in chain.iter().rev().skip(1) {
        found = between(sum, &found);
    }
    found
}

fn changes(terms: &[Term]) -> usize {
    sign_changes(terms.iter().map(|term| term.amount))
}

/// (f·e^(t₀s))′ up to a constant: the first term gone, each other times its distance to it.
fn differentiated(terms: &[Term]) -> Vec<Term> {
    let Some((first, rest)) = terms.split_first() else { return Vec::new() };
    let times = |term: &Term| term.amount * (term.years - first.years);
    let largest = rest.iter().map(|term| times(term).abs()).fold(f64::MIN_POSITIVE, f64::max);
    rest.iter().map(|term| Term { years: term.years, amount: times(term) / largest }).collect()
}

/// The zeros of a sum, one at most between neighbours of `turns`, the zeros of the next shorter sum.
fn between(terms: &[Term], turns: &[f64]) -> Vec<f64> {
    let (low, high) = reach(terms);
    let inner = turns.iter().copied().filter(|turn| *turn > low && *turn < high);
    let ends: Vec<f64> = std::iter::once(low).chain(inner).chain([high]).collect();
    let mut found: Vec<f64> = Vec::new();
    for pair in ends.windows(2) {
        let (left, right) = (sign(terms, pair[0]), sign(terms, pair[1]));
        if left == 0 {
            found.push(pair[0]);
        } else if left * right < 0 {
            found.push(bisected(terms, pair[0], pair[1], left));
        }
    }
    found.dedup_by(|next, last| *next - *last < SAME);
    found
}

/// Where the zeros lie: outside, the first or the last term outweighs all others together.
fn reach(terms: &[Term]) -> (f64, f64) {
    let [first, second, ..] = terms else { return (0.0, 0.0) };
    let [.., before, last] = terms else { return (0.0, 0.0) };
    let all: f64 = terms.iter().map(|term| term.amount.abs()).sum();
    let outweighs = |term: &Term, gap: f64| (all / term.amount.abs()).ln().max(1e-3) / gap + 1e-3;
    let low = -outweighs(last, last.years - before.years);
    let high = outweighs(first, second.years - first.years);
    (low.max(-FARTHEST), high.min(FARTHEST))
}

/// The sign of the sum at s; 0 where rounding cannot tell it from nought.
fn sign(terms: &[Term], s: f64) -> i8 {
    let (value, size) = weighed(terms, s);
    match value {
        value if value.abs() <= NOUGHT * size => 0,
        value if value > 0.0 => 1,
        _ => -1,
    }
}

/// The sum and the sum of its sizes, both times a positive factor that keeps every exponent ≤ 0.
fn weighed(terms: &[Term], s: f64) -> (f64, f64) {
    let base = if s < 0.0 { terms.last() } else { terms.first() }.map_or(0.0, |term| term.years);
    terms.iter().fold((0.0, 0.0), |(value, size), term| {
        let part = term.amount * libm::exp(-s * (term.years - base));
        (value + part, size + part.abs())
    })
}

/// The zero between two points of opposite sign, to the last bit that the sum can tell.
fn bisected(terms: &[Term], mut low: f64, mut high: f64, left: i8) -> f64 {
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return middle;
        }
        let (value, _) = weighed(terms, middle);
        if value == 0.0 {
            return middle;
        }
        if (value > 0.0) == (left > 0) { low = middle } else { high = middle }
    }
}
