//! The least value of a smooth function of a few variables: quasi-Newton by Broyden, Fletcher, Goldfarb and
//! Shanno (Nocedal & Wright 2006, algorithm 6.1) with a step that is halved until it gains enough.

/// A function with its gradient: fills the gradient and gives the value, infinite where it is not defined.
pub(crate) trait Smooth {
    /// The value at `point`, with the gradient left in `gradient`.
    fn value(&mut self, point: &[f64], gradient: &mut [f64]) -> f64;
}

/// When to stop.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// Steps at most.
    pub steps: usize,
    /// A step that gains less than this is the last one.
    pub gain: f64,
}

/// The part of the expected gain that a step has to reach (Armijo).
const ENOUGH: f64 = 1e-4;
/// Halvings of a step before the search ends.
const HALVINGS: usize = 20;
/// No variable moves further than this in one step: all are of the order of one.
const LONGEST: f64 = 2.0;

/// Walks downhill from `point`, leaves the best point there and gives its value.
pub(crate) fn minimise(function: &mut impl Smooth, point: &mut [f64], patience: Patience) -> f64 {
    let count = point.len();
    let mut gradient = vec![0.0; count];
    let mut value = function.value(point, &mut gradient);
    let mut curvature = Curvature::new(count);
    let (mut next, mut next_gradient) = (point.to_vec(), vec![0.0; count]);
    let mut small = 0;
    for _ in 0..patience.steps {
        if !value.is_finite() {
            break;
        }
        let direction = curvature.direction(&gradient);
        let Some(reached) =
            search(function, point, value, &gradient, &direction, &mut next, &mut next_gradient)
        else {
            if curvature.fresh {
                break;
            }
            curvature = Curvature::new(count);
            continue;
        };
        curvature.learn(point, &next, &gradient, &next_gradient);
        // Two small gains in a row: one alone may be a bend of the valley.
        small = if value - reached < patience.gain { small + 1 } else { 0 };
        point.copy_from_slice(&next);
        gradient.copy_from_slice(&next_gradient);
        value = reached;
        if small == 2 {
            break;
        }
    }
    value
}

/// The first point along `direction` that gains enough, left in `next` with its gradient.
fn search(
    function: &mut impl Smooth,
    point: &[f64],
    value: f64,
    gradient: &[f64],
    direction: &[f64],
    next: &mut [f64],
    next_gradient: &mut [f64],
) -> Option<f64> {
    let slope = dot(gradient, direction);
    let longest = direction.iter().fold(0.0_f64, |longest, part| longest.max(part.abs()));
    if slope >= 0.0 || !longest.is_finite() || longest == 0.0 {
        return None;
    }
    let mut length = (LONGEST / longest).min(1.0);
    for _ in 0..HALVINGS {
        for ((next, at), part) in next.iter_mut().zip(point).zip(direction) {
            *next = at + length * part;
        }
        let reached = function.value(next, next_gradient);
        if reached <= value + ENOUGH * length * slope {
            return Some(reached);
        }
        length /= 2.0;
    }
    None
}

/// What the walk has learned of the function's inverse curvature.
struct Curvature {
    inverse: Vec<f64>,
    count: usize,
    /// Whether nothing has been learned yet.
    fresh: bool,
}

impl Curvature {
    fn new(count: usize) -> Curvature {
        let mut inverse = vec![0.0; count * count];
        inverse.iter_mut().step_by(count + 1).for_each(|cell| *cell = 1.0);
        Curvature { inverse, count, fresh: true }
    }

    fn times(&self, vector: &[f64]) -> Vec<f64> {
        self.inverse.chunks_exact(self.count).map(|row| dot(row, vector)).collect()
    }

    /// Where it goes down. The first step is short: nothing is known of the curvature.
    fn direction(&self, gradient: &[f64]) -> Vec<f64> {
        let size = if self.fresh { 0.1 / dot(gradient, gradient).sqrt().max(1e-12) } else { 1.0 };
        self.times(gradient).into_iter().map(|part| -size * part).collect()
    }

    fn learn(&mut self, point: &[f64], next: &[f64], gradient: &[f64], next_gradient: &[f64]) {
        let moved: Vec<f64> = next.iter().zip(point).map(|(next, at)| next - at).collect();
        let turned: Vec<f64> = next_gradient.iter().zip(gradient).map(|(next, at)| next - at).collect();
        let bent = dot(&moved, &turned);
        if bent <= 1e-12 * dot(&turned, &turned).sqrt() * dot(&moved, &moved).sqrt() {
            return;
        }
        if self.fresh {
            let size = bent / dot(&turned, &turned);
            self.inverse.iter_mut().for_each(|cell| *cell *= size);
            self.fresh = false;
        }
        let image = self.times(&turned);
        let factor = (1.0 + dot(&turned, &image) / bent) / bent;
        for (row, cells) in self.inverse.chunks_exact_mut(self.count).enumerate() {
            for (column, cell) in cells.iter_mut().enumerate() {
                *cell += factor * moved[row] * moved[column]
                    - (image[row] * moved[column] + moved[row] * image[column]) / bent;
            }
        }
    }
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rosenbrock's valley, whose least value is 0 at (1, 1).
    struct Valley;

    impl Smooth for Valley {
        fn value(&mut self, point: &[f64], gradient: &mut [f64]) -> f64 {
            let (x, y) = (point[0], point[1]);
            gradient[0] = -2.0 * (1.0 - x) - 400.0 * x * (y - x * x);
            gradient[1] = 200.0 * (y - x * x);
            (1.0 - x).powi(2) + 100.0 * (y - x * x).powi(2)
        }
    }

    #[test]
    fn the_valley_is_followed_to_its_lowest_point() {
        let mut point = [-1.2, 1.0];
        let value = minimise(&mut Valley, &mut point, Patience { steps: 200, gain: 1e-14 });
        assert!(value < 1e-12, "{value}");
        assert!((point[0] - 1.0).abs() < 1e-5 && (point[1] - 1.0).abs() < 1e-5, "{point:?}");
    }
}
