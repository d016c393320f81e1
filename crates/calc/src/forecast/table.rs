//! Series out of a table, and what the instrument finds wrong with it.

use forecast::Error;
use forecast::series::{Row, Series, read};
use forecast::time::Calendar;

use crate::answer::Stop;
use crate::table::Table;

/// Series of the columns `id` (may be left out where there is one series), `t` and `y` (empty: missing).
pub(super) fn series(table: &Table) -> Result<(Calendar, Vec<Series>), Stop> {
    let (id, time, value) = (table.optional("id"), table.column("t")?, table.column("y")?);
    let mut rows = Vec::with_capacity(table.len());
    for row in 0..table.len() {
        let name = id.map_or("series", |id| table.text(row, id));
        if let Some(id) = id.filter(|_| name.is_empty()) {
            return Err(table.wrong(row, id, "it is empty; write the name of the series"));
        }
        let (time, value) = (table.text(row, time).to_owned(), table.number_if_any(row, value)?);
        rows.push(Row { line: table.line(row), id: name.to_owned(), time, value });
    }
    read(&rows).map_err(|error| refused(table, &error))
}

/// What the instrument found wrong.
pub(super) fn refused(table: &Table, error: &Error) -> Stop {
    table.unclean(error)
}
