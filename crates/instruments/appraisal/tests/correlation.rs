//! Correlations that can be, that cannot, and what is done then.

use appraisal::{Correlation, Kind, Matrix, nearest_correlation};
use proptest::prelude::*;

fn matrix<const N: usize>(rows: [[f64; N]; N]) -> Matrix {
    Matrix::from_fn(N, |row, column| rows[row][column])
}

fn correlation<const N: usize>(kind: Kind, rows: [[f64; N]; N]) -> Correlation {
    Correlation { kind, inputs: (0..N).map(|number| format!("x{number}")).collect(), matrix: matrix(rows) }
}

/// N. J. Higham, "What is a nearest correlation matrix?" (2020), and his paper of 2002 §1: the matrix with one
/// impossible nought, its nearest 0.7607 and 0.1573, at distance 0.5278.
#[test]
fn higham_s_three_by_three_has_the_published_nearest_matrix() {
    let given = matrix([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0], [0.0, 1.0, 1.0]]);
    let nearest = nearest_correlation(&given);
    let told = [[1.0, 0.7607, 0.1573], [0.7607, 1.0, 0.7607], [0.1573, 0.7607, 1.0]];
    assert!(matrix(told).distance(&nearest) < 3.0 * 5e-5, "{nearest:?}");
    assert_eq!(format!("{:.4}", given.distance(&nearest)), "0.5278");
}

#[test]
fn a_repair_is_said_with_its_distance_and_its_largest_change() {
    let given = correlation(Kind::Normal, [[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]]);
    let (nearest, repair) = given.possible();
    let repair = repair.unwrap();
    // By symmetry every pair moves to ±0.5, the nearest that a third can have: √(6 × 0.4²) = 0.9798.
    assert!((nearest.get(0, 1) - 0.5).abs() < 1e-6 && (nearest.get(0, 2) + 0.5).abs() < 1e-6, "{nearest:?}");
    assert_eq!(format!("{:.4}", repair.distance), "0.9798");
    assert!(repair.remark().starts_with("No amounts can have the correlations given together"));
    assert!(repair.remark().contains("at distance 0.9798"), "{}", repair.remark());
}

#[test]
fn what_can_be_is_left_alone_even_at_its_limit() {
    for rows in [[[1.0, 1.0], [1.0, 1.0]], [[1.0, -1.0], [-1.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]] {
        for kind in [Kind::Rank, Kind::Normal] {
            let (used, repair) = correlation(kind, rows).possible();
            assert_eq!((used, repair), (matrix(rows), None));
        }
    }
}

#[test]
fn what_is_no_matrix_of_correlations_is_refused_with_its_place() {
    let says = |rows| correlation(Kind::Rank, rows).check().unwrap_err().to_string();
    assert_eq!(
        says([[1.0, 0.2], [0.3, 1.0]]),
        "correlation, row 2, column 1: 0.3, and 0.2 the other way round: make them equal."
    );
    assert_eq!(
        says([[1.0, 1.2], [1.2, 1.0]]),
        "correlation, row 2, column 1: 1.2 is no correlation: give one from -1 to 1."
    );
    assert_eq!(
        says([[0.9, 0.0], [0.0, 1.0]]),
        "correlation, row 1, column 1: 0.9 stands on the diagonal, where only 1 can."
    );
}

/// v·M·v, which no correlation matrix makes negative.
fn quadratic(of: &Matrix, with: &[f64]) -> f64 {
    let pairs = (0..with.len()).flat_map(|row| (0..with.len()).map(move |column| (row, column)));
    pairs.map(|(row, column)| with[row] * of.get(row, column) * with[column]).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    /// The nearest point of a convex set: no other possible matrix is nearer, tried with the mixture towards
    /// independence and with a one-factor matrix.
    #[test]
    fn the_repaired_matrix_is_possible_and_none_tried_is_nearer(
        cells in prop::collection::vec(-1.0..1.0_f64, 10),
        factors in prop::collection::vec(-1.0..1.0_f64, 5),
        direction in prop::collection::vec(-1.0..1.0_f64, 5),
    ) {
        let place = |row: usize, column: usize| row.max(column) * (row.max(column) - 1) / 2 + row.min(column);
        let entry = |row: usize, column: usize| if row == column { 1.0 } else { cells[place(row, column)] };
        let given = Matrix::from_fn(5, entry);
        let nearest = nearest_correlation(&given);
        prop_assert!(quadratic(&nearest, &direction) > -1e-7);
        for step in 0..=20 {
            let share = f64::from(step) / 20.0;
            let factor = Matrix::from_fn(5, |row, column| {
                if row == column { 1.0 } else { share * factors[row] * factors[column] }
            });
            prop_assert!(given.distance(&nearest) <= given.distance(&factor) + 1e-6);
        }
    }
}
