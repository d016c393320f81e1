//! Small cells: what is hidden, and that totals do not give it away.

use perception::Shown::{self, Count, Hidden};
use perception::{Reader, Rule, Survey, suppress, suppress_table};
use proptest::prelude::*;

const ANONYMOUS: Rule = Rule::new(Survey::Anonymous, Reader::Manager, false);

/// `–` is hidden.
fn shown(cells: &[u64], rule: Rule) -> String {
    let text = |cell: &Shown| match cell {
        Count(count) => count.to_string(),
        Hidden => "–".to_owned(),
    };
    suppress(cells, rule).iter().map(text).collect::<Vec<_>>().join(" ")
}

#[test]
fn who_may_see_cells_of_which_size() {
    for (survey, reader, demographic, fewest) in [
        (Survey::Attributed, Reader::Manager, false, 0),
        (Survey::Attributed, Reader::Manager, true, 0),
        (Survey::Attributed, Reader::Other, false, 5),
        (Survey::Attributed, Reader::Other, true, 10),
        (Survey::Anonymous, Reader::Manager, false, 5),
        (Survey::Anonymous, Reader::Manager, true, 10),
        (Survey::Anonymous, Reader::Other, false, 5),
        (Survey::Anonymous, Reader::Other, true, 10),
    ] {
        assert_eq!(
            Rule::new(survey, reader, demographic).fewest,
            fewest,
            "{survey:?} {reader:?} {demographic}"
        );
    }
}

#[test]
fn a_line_hides_small_cells_and_where_subtraction_would_tell_the_next_smallest() {
    for (why, cells, expected) in [
        ("nothing is small", &[5, 9, 12][..], "5 9 12"),
        ("one small cell takes the next smallest along", &[3, 9, 12, 7], "– 9 12 –"),
        ("of equal ones the first", &[3, 7, 12, 7], "– – 12 7"),
        ("two small cells that together are enough", &[3, 9, 12, 4], "– 9 12 –"),
        ("two small cells that together are still too few", &[1, 9, 12, 2], "– – 12 –"),
        ("nobody is a small cell too", &[0, 9, 12], "– – 12"),
        ("nothing to hide it behind", &[3], "–"),
        ("all too small", &[1, 1, 1], "– – –"),
        ("no cells", &[], ""),
    ] {
        assert_eq!(shown(cells, ANONYMOUS), expected, "{why}");
    }
    let demographic = Rule::new(Survey::Anonymous, Reader::Other, true);
    assert_eq!(shown(&[9, 15, 40], demographic), "– – 40");
    let manager = Rule::new(Survey::Attributed, Reader::Manager, false);
    assert_eq!(shown(&[1, 0, 40], manager), "1 0 40");
}

#[test]
fn totals_leave_hidden_cells_out() {
    assert_eq!(Shown::total(&suppress(&[3, 9, 12, 7], ANONYMOUS)), 21);
}

/// The 3 needs a second hidden cell in its row and in its column, and those need one each: a rectangle.
#[test]
fn a_table_is_protected_along_rows_and_columns() {
    let table = suppress_table(&[vec![3, 8, 9], vec![7, 20, 30], vec![11, 40, 50]], ANONYMOUS).unwrap();
    assert_eq!(
        table,
        [
            vec![Hidden, Hidden, Count(9)],
            vec![Hidden, Hidden, Count(30)],
            vec![Count(11), Count(40), Count(50)]
        ]
    );
}

#[test]
fn a_ragged_table_is_refused() {
    let error = suppress_table(&[vec![5, 6], vec![7]], ANONYMOUS).unwrap_err();
    assert_eq!(error.to_string(), "Row 2 has 1 cells and the first row 2: write 0 where nobody answered.");
    assert_eq!(suppress_table(&[], ANONYMOUS), Ok(Vec::new()));
}

/// Two rectangles of hidden cells joined by one cell: each row and column hides two, and still the joint follows from
/// the totals, so another cell is hidden.
#[test]
fn a_cell_that_rows_and_columns_together_give_away_is_covered() {
    let rows = [vec![4, 4, 50, 50], vec![4, 4, 1, 50], vec![50, 50, 4, 4], vec![50, 50, 4, 4]];
    let table = suppress_table(&rows, ANONYMOUS).unwrap();
    let extra = table.iter().zip(&rows).flat_map(|(shown, row)| shown.iter().zip(row));
    let extra = extra.filter(|(shown, count)| **shown == Hidden && **count == 50).count();
    assert!(extra >= 1, "{table:?}");
    assert!(undetermined(&table));
}

/// Whether no hidden cell follows from the totals of rows and columns: seen from its row, its column can be reached over
/// other hidden cells.
fn undetermined(table: &[Vec<Shown>]) -> bool {
    let hidden: Vec<(usize, usize)> = (0..table.len())
        .flat_map(|row| (0..table[row].len()).map(move |column| (row, column)))
        .filter(|(row, column)| table[*row][*column] == Hidden)
        .collect();
    hidden.iter().all(|cell| {
        let (mut rows, mut columns) = (vec![cell.0], Vec::new());
        for _ in 0..hidden.len() {
            for (row, column) in hidden.iter().filter(|other| *other != cell) {
                if rows.contains(row) && !columns.contains(column) {
                    columns.push(*column);
                } else if columns.contains(column) && !rows.contains(row) {
                    rows.push(*row);
                }
            }
        }
        columns.contains(&cell.1)
    })
}

proptest! {
    #[test]
    fn no_line_shows_a_small_cell_or_lets_one_be_reckoned(cells in prop::collection::vec(0_u64..40, 2..9)) {
        let shown = suppress(&cells, ANONYMOUS);
        let hidden: Vec<u64> =
            shown.iter().zip(&cells).filter(|(cell, _)| **cell == Hidden).map(|(_, count)| *count).collect();
        for (cell, count) in shown.iter().zip(&cells) {
            match cell {
                Count(told) => prop_assert!(told == count && *count >= 5),
                Hidden => {}
            }
        }
        let enough = hidden.len() >= 2 && hidden.iter().sum::<u64>() >= 5;
        prop_assert!(hidden.is_empty() || enough || hidden.len() == cells.len());
    }

    #[test]
    fn no_table_gives_a_hidden_cell_away(
        rows in prop::collection::vec(prop::collection::vec(0_u64..25, 4), 2..6),
    ) {
        let table = suppress_table(&rows, ANONYMOUS).unwrap();
        prop_assert!(undetermined(&table), "{rows:?}: {table:?}");
    }
}
