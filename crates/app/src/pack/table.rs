//! A file of a pack, read with its derived columns. What is handed on to an import is the file as it
//! came, each row on its own line, with the derived columns behind; a row left out leaves its lines blank,
//! so that a line of a batch is the line of the file.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Fault, Refused};
use serde_json::{Value, json};
use sheets::{Dialect, Formats, Reader, RowClass, Source};

use super::bytes_of;
use super::error::{NO_PACK, NOT_DERIVED};
use super::fill::Names;
use super::manifest::{Pack, Step};

/// A file with its derived columns.
pub(super) struct Table {
    columns: Vec<String>,
    rows: Vec<Row>,
}

/// One row of it.
struct Row {
    line: u64,
    cells: Vec<String>,
    /// Why it is left out, if it is.
    left_out: Option<String>,
    /// Whether it is data: blank lines and totals are handed on as they are.
    data: bool,
}

impl Table {
    /// Reads the file of `step`; its first line names the columns.
    pub(super) fn read(pack: &Pack, step: &Step, file: &str) -> Result<Table, Refused> {
        let source = Source::of_bytes(bytes_of(&pack.folder, file)?);
        let formats = Formats::iso();
        let dialect = Dialect { header_line: Some(1), ..sheets::propose(&source)?.dialect };
        let mut reader = Reader::open(&source, &dialect, &formats)?;
        let mut columns: Vec<String> = reader.columns().iter().map(|column| column.name.clone()).collect();
        let width = columns.len();
        columns.extend(step.derive.iter().map(|derive| derive.column.clone()));
        let twice = columns.iter().enumerate().find(|(at, name)| columns[..*at].contains(name));
        if let Some((_, name)) = twice {
            let says = format!("{file} has the column “{name}” twice");
            return Err(NO_PACK.with(&[&pack.folder.display().to_string(), &says]).into());
        }
        let mut table = Table { columns, rows: Vec::new() };
        let mut seen = BTreeSet::new();
        for raw in &mut reader {
            let raw = raw?;
            let data = raw.class == RowClass::Data;
            let mut cells: Vec<String> =
                (0..width.max(raw.cells.len())).map(|at| raw.cell(at).text().into_owned()).collect();
            let mut left_out = None;
            if data {
                cells.truncate(width);
                table.derive(pack, step, file, raw.line, &mut cells)?;
                left_out = table.left_out(step, &cells, &mut seen);
            }
            table.rows.push(Row { line: raw.line, cells, left_out, data });
        }
        Ok(table)
    }

    fn derive(
        &self,
        pack: &Pack,
        step: &Step,
        file: &str,
        line: u64,
        cells: &mut Vec<String>,
    ) -> Result<(), Refused> {
        for derive in &step.derive {
            let made = derive.of(&self.names(pack, cells));
            let wrong = |why: String| NOT_DERIVED.with(&[file, &line.to_string(), &derive.column, &why]);
            cells.push(made.map_err(wrong)?);
        }
        Ok(())
    }

    /// The columns of a row by name, as far as they are made yet.
    fn names<'p>(&self, pack: &'p Pack, cells: &[String]) -> Names<'p> {
        let row = self.columns.iter().cloned().zip(cells.iter().cloned()).collect();
        Names { row, values: Some(&pack.values) }
    }

    fn left_out(&self, step: &Step, cells: &[String], seen: &mut BTreeSet<Vec<String>>) -> Option<String> {
        let cell = |name: &String| {
            let at = self.columns.iter().position(|column| column == name);
            at.and_then(|at| cells.get(at)).map_or("", |cell| cell.trim()).to_owned()
        };
        let blank = step.leave_out.blank.iter().find(|name| cell(name).is_empty());
        if let Some(name) = blank {
            return Some(format!("{name} is blank"));
        }
        let again = &step.leave_out.again;
        let before = !again.is_empty() && !seen.insert(again.iter().map(cell).collect());
        before.then(|| format!("{} stood in a row before", again.join(" and ")))
    }

    /// Rows that are handed on, by name.
    pub(super) fn rows<'t>(&'t self, pack: &'t Pack) -> impl Iterator<Item = (u64, Names<'t>)> {
        let kept = self.rows.iter().filter(|row| row.data && row.left_out.is_none());
        kept.map(|row| (row.line, self.names(pack, &row.cells)))
    }

    /// The file as it is handed on.
    pub(super) fn file(&self) -> Result<Vec<u8>, Fault> {
        let mut out = Vec::new();
        sheets::write_line(&mut out, &self.columns, ',')?;
        let mut line = 2;
        for row in self.rows.iter().filter(|row| row.left_out.is_none()) {
            while line < row.line {
                out.extend_from_slice(b"\r\n");
                line += 1;
            }
            sheets::write_line(&mut out, &row.cells, ',')?;
            let inner = row.cells.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
            line += 1 + u64::try_from(inner).unwrap_or(0);
        }
        Ok(out)
    }

    /// How many rows of data there are, and how many were left out, by why.
    pub(super) fn counts(&self) -> Value {
        let mut left_out: BTreeMap<&str, usize> = BTreeMap::new();
        for why in self.rows.iter().filter_map(|row| row.left_out.as_deref()) {
            *left_out.entry(why).or_default() += 1;
        }
        let rows = self.rows.iter().filter(|row| row.data).count();
        json!({ "in_file": rows, "left_out": left_out })
    }

    /// The same as a sentence.
    pub(super) fn says(&self, file: &str) -> String {
        let counts = self.counts();
        let mut says = format!("{} rows in {file}", counts["in_file"]);
        for (why, rows) in counts["left_out"].as_object().into_iter().flatten() {
            says.push_str(&format!("; {rows} left out, {why}"));
        }
        says
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOML: &str = "name = \"x\"\nas = \"ana\"\nkind = \"customers\"\nfile = \"a.csv\"\n\
        [[derive]]\ncolumn = \"key\"\nfrom = \"bureau\"\nkeep = \"letters and digits\"\n\
        [leave_out]\nblank = [\"bureau\"]\nagain = [\"bureau\"]\n";

    #[test]
    fn rows_keep_their_lines_whatever_is_left_out() {
        let folder = std::env::temp_dir().join(format!("quarterdeck-table-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let text = "id,bureau,says\n1,,none\n2,Fda,\"two\nlines\"\n3,Fda,again\n4,Cms,one\n";
        std::fs::write(folder.join("a.csv"), text).unwrap();
        let step: Step = toml::from_str(TOML).unwrap();
        let pack: Pack = toml::from_str("name = \"p\"\nstep = []").unwrap();
        let pack = Pack { folder, ..pack };
        let table = Table::read(&pack, &step, "a.csv").unwrap();
        let file = String::from_utf8(table.file().unwrap()).unwrap();
        assert_eq!(
            file.replace("\r\n", "\n"),
            "id,bureau,says,key\n\n2,Fda,\"two\nlines\",FDA\n\n4,Cms,one,CMS\n"
        );
        assert_eq!(
            table.says("a.csv"),
            "4 rows in a.csv; 1 left out, bureau is blank; 1 left out, bureau stood in a row before"
        );
        let lines: Vec<u64> = table.rows(&pack).map(|(line, _)| line).collect();
        assert_eq!(lines, [3, 6]);
    }
}
