//! Columns of a list as one of its pages shows them: some left out, some first.

use kernel::listing::Listing;

/// Leaves these columns off the page: they would say the same in every row.
pub(crate) fn hide(listing: &mut Listing, keys: &[&str]) {
    for column in listing.columns.iter_mut().filter(|column| keys.contains(&column.key)) {
        column.hidden = true;
    }
}

/// Puts these columns first, in this order; a key that is no column is left out.
pub(crate) fn first(listing: &mut Listing, keys: &[&str]) {
    let place = |key: &&str| listing.columns.iter().position(|column| column.key == *key);
    let mut order: Vec<usize> = keys.iter().filter_map(place).collect();
    let rest: Vec<usize> = (0..listing.columns.len()).filter(|at| !order.contains(at)).collect();
    order.extend(rest);
    listing.columns = order.iter().map(|at| listing.columns[*at].clone()).collect();
    listing.totals = order.iter().map(|at| listing.totals.get(*at).cloned().flatten()).collect();
    for row in &mut listing.rows {
        *row = order.iter().map(|at| row[*at].clone()).collect();
    }
}

#[cfg(test)]
mod tests {
    use kernel::listing::{Asked, Column, Kind};

    use super::*;

    #[test]
    fn cells_and_totals_go_with_their_columns() {
        let mut listing = Listing {
            name: "service",
            caption: "Services".into(),
            columns: vec![
                Column::new("key", "Key", Kind::Code),
                Column::new("cost", "Cost", Kind::Count).summed(),
            ],
            rows: vec![vec!["A".into(), 1.into()], vec!["B".into(), 2.into()]],
            count: 2,
            totals: vec![None, Some(3.into())],
            asked: Asked::default(),
        };
        first(&mut listing, &["cost", "no such column"]);
        hide(&mut listing, &["key"]);
        assert_eq!(
            listing.columns.iter().map(|c| (c.key, c.hidden)).collect::<Vec<_>>(),
            [("cost", false), ("key", true)]
        );
        assert_eq!(listing.rows, [vec![1.into(), "A".into()], vec![2.into(), "B".into()]]);
        assert_eq!(listing.totals, [Some(3.into()), None]);
    }
}
