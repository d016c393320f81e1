//! Knapsacks and capital budgets from the literature come out as printed.

mod made;

use made::{best, knapsack};

/// Budget, costs, values; set and value.
const KNAPSACKS: [(i64, &[i64], &[i64], &str, i64); 8] = [
    (
        165,
        &[23, 31, 29, 44, 53, 38, 63, 85, 89, 82],
        &[92, 57, 49, 68, 60, 43, 67, 84, 87, 72],
        "A B C D F",
        309,
    ),
    (26, &[12, 7, 11, 8, 9], &[24, 13, 23, 15, 16], "B C D", 51),
    (190, &[56, 59, 80, 64, 75, 17], &[50, 50, 64, 46, 50, 5], "A B E", 150),
    (50, &[31, 10, 20, 19, 4, 3, 6], &[70, 20, 39, 37, 7, 5, 10], "A D", 107),
    (104, &[25, 35, 45, 5, 25, 3, 2, 2], &[350, 400, 450, 20, 70, 8, 5, 5], "A C D E G H", 900),
    (170, &[41, 50, 49, 59, 55, 57, 60], &[442, 525, 511, 593, 546, 564, 617], "B D G", 1_735),
    (
        750,
        &[70, 73, 77, 80, 82, 87, 90, 94, 98, 106, 110, 113, 115, 118, 120],
        &[135, 139, 149, 150, 156, 163, 173, 184, 192, 201, 210, 214, 221, 229, 240],
        "A C E G H I N O",
        1_458,
    ),
    (
        6_404_180,
        &[
            382_745, 799_601, 909_247, 729_069, 467_902, 44_328, 34_610, 698_150, 823_460, 903_959, 853_665,
            551_830, 610_856, 670_702, 488_960, 951_111, 323_046, 446_298, 931_161, 31_385, 496_951, 264_724,
            224_916, 169_684,
        ],
        &[
            825_594, 1_677_009, 1_676_628, 1_523_970, 943_972, 97_426, 69_666, 1_296_457, 1_679_693,
            1_902_996, 1_844_992, 1_049_289, 1_252_836, 1_319_836, 953_277, 2_067_538, 675_367, 853_655,
            1_826_027, 65_731, 901_489, 577_243, 466_257, 369_261,
        ],
        "A B D E F J K M P V W X",
        13_549_094,
    ),
];

/// The collection KNAPSACK_01 (John Burkardt, Florida State University), problems P01 to P08: P04 is example 2.1 of
/// Martello and Toth (1990), P06 and P07 are of Kreher and Stinson (1999), as is P08. Each with its printed set.
#[test]
fn one_budget() {
    for (budget, costs, values, set, value) in KNAPSACKS {
        assert_eq!(best(&knapsack(values, &[costs], &[budget])), (set.to_owned(), value));
    }
}

/// Lorie and Savage (1955), *Three problems in rationing capital*, Journal of Business 28: nine projects, two years.
/// The best whole set as Weingartner (1963), *Mathematical Programming and the Analysis of Capital Budgeting
/// Problems*, gives it: projects 1, 3, 4, 6 and 9, worth 70.
#[test]
fn two_years_of_capital() {
    let problem = knapsack(
        &[14, 17, 17, 15, 40, 12, 14, 10, 12],
        &[&[12, 54, 6, 6, 30, 6, 48, 36, 18], &[3, 7, 6, 2, 35, 6, 4, 3, 3]],
        &[50, 20],
    );
    assert_eq!(best(&problem), ("A C D F I".to_owned(), 70));
}

/// Petersen (1967), *Computational experience with variants of the Balas algorithm*, problem 1: six projects, ten
/// limits; OR-Library mknap1 gives 3800.
#[test]
fn ten_limits() {
    let problem = knapsack(
        &[100, 600, 1_200, 2_400, 500, 2_000],
        &[
            &[8, 12, 13, 64, 22, 41],
            &[8, 12, 13, 75, 22, 41],
            &[3, 6, 4, 18, 6, 4],
            &[5, 10, 8, 32, 6, 12],
            &[5, 13, 8, 42, 6, 20],
            &[5, 13, 8, 48, 6, 20],
            &[0, 0, 0, 0, 8, 0],
            &[3, 0, 4, 0, 8, 0],
            &[3, 2, 4, 0, 8, 4],
            &[3, 2, 4, 8, 8, 4],
        ],
        &[80, 96, 20, 36, 44, 48, 10, 18, 22, 24],
    );
    assert_eq!(best(&problem).1, 3_800);
}
