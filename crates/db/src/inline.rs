//! Rows computed here as the base query of a list, so that they filter, sort, page and total like
//! every other list. For short lists: a few hundred rows.

use kernel::listing::{Column, Kind};

use crate::Bind;

/// The base query and its binds: one row of `rows` per row, in the order of `columns`.
pub fn inline(columns: &[Column], rows: Vec<Vec<Bind>>) -> (String, Vec<Bind>) {
    // The first select gives the columns their names and types; it yields no row.
    let named: Vec<String> = columns
        .iter()
        .map(|column| {
            let kind = match column.kind {
                Kind::Money | Kind::Quantity | Kind::Count => "bigint",
                Kind::Bool => "boolean",
                _ => "text",
            };
            format!("cast(null as {kind}) as {}", column.key)
        })
        .collect();
    let mut sql = format!("select {} where false", named.join(", "));
    let mut binds = Vec::new();
    for row in rows {
        let blanks: Vec<String> =
            (binds.len() + 1..=binds.len() + row.len()).map(|place| format!("${place}")).collect();
        sql.push_str(&format!(" union all select {}", blanks.join(", ")));
        binds.extend(row);
    }
    (sql, binds)
}
