//! Rejected lines as a file: the columns of the file they came in, then their line and the reason. It
//! is mended and imported again with the same profile; the line tells which rejected one it mends.

use access::{Cx, Params, View};
use db::Tx;
use kernel::listing::Asked;
use kernel::{Fault, Refused};
use serde_json::json;
use sheets::Formats;

use super::view::readable;
use super::{Batch, State, repo};
use crate::report::RejectedLine;

/// The column that says which line of the batch it was.
pub const LINE: &str = "rejected_line";
/// The column that says why.
pub const REASON: &str = "rejected_because";

/// The file of a batch's rejected lines that are open; of one that is not written, of all found.
pub async fn reject_file(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let batch = readable(cx, params.get("number")).await?;
    let report = repo::report(&mut cx.tx, batch.number).await?.unwrap_or_default();
    let rejects = match batch.state {
        State::Written | State::Reverted => stored(&mut cx.tx, &batch).await?,
        State::Uploaded | State::Checked => report.rejects,
    };
    let text = render(&report.columns, &rejects, &batch.profile.formats);
    Ok(View::Record(json!({
        "schema": "quarterdeck.reject-file.v1",
        "file_name": format!("{}-rejected.csv", batch.label()),
        "lines": rejects.len(),
        "text": text,
    })))
}

async fn stored(tx: &mut Tx, batch: &Batch) -> Result<Vec<RejectedLine>, Fault> {
    let sql =
        "select line, cells, reason from imports_rejects where batch = $1 and state = 'open' order by line";
    let rows = tx.query(sql).bind(batch.number).rows().await?;
    let line = |row: &db::Row| {
        let cells: String = row.get("cells")?;
        let cells =
            serde_json::from_str(&cells).map_err(|error| Fault::new("reading a rejected line", error))?;
        Ok(RejectedLine { line: row.get("line")?, cells, reason: row.get("reason")? })
    };
    rows.iter().map(line).collect()
}

/// Comma-separated text with every cell as it stood; a text that a spreadsheet would run is guarded by
/// an apostrophe, which reading takes off again. Figures are left alone.
pub fn render(columns: &[String], rejects: &[RejectedLine], formats: &Formats) -> String {
    let widest = rejects.iter().map(|reject| reject.cells.len()).max().unwrap_or(0).max(columns.len());
    let mut names: Vec<String> = columns.to_vec();
    names.extend((names.len()..widest).map(|place| format!("column {}", place + 1)));
    // A file of rejected lines that is rejected again has the columns already.
    let kept: Vec<usize> =
        (0..names.len()).filter(|place| names[*place] != LINE && names[*place] != REASON).collect();
    let mut text = String::new();
    let header = kept.iter().map(|place| quoted(&names[*place])).chain([LINE.to_owned(), REASON.to_owned()]);
    line(&mut text, header);
    for reject in rejects {
        let cell = |place: &usize| {
            reject.cells.get(*place).map(|cell| quoted(&guarded(cell, formats))).unwrap_or_default()
        };
        line(&mut text, kept.iter().map(cell).chain([reject.line.to_string(), quoted(&reject.reason)]));
    }
    text
}

fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    text.push_str(&cells.collect::<Vec<_>>().join(","));
    text.push_str("\r\n");
}

fn guarded(text: &str, formats: &Formats) -> String {
    let runs = text.trim_start_matches('\'').starts_with(['=', '+', '-', '−', '@', '\t', '\r']);
    let figure = sheets::parse_decimal(text, formats).is_ok();
    if runs && !figure { format!("'{text}") } else { text.to_owned() }
}

fn quoted(text: &str) -> String {
    let needs = text.trim().len() < text.len() || text.contains([',', ';', '"', '\n', '\r', '\t']);
    if needs { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_as_they_were_with_line_and_reason_behind() {
        let columns = ["Account".to_owned(), "Amount".to_owned()];
        let reject = |line, cells: [&str; 2], reason: &str| RejectedLine {
            line,
            cells: cells.map(str::to_owned).to_vec(),
            reason: reason.to_owned(),
        };
        let rejects = [
            reject(5, ["7719", "-1,234.50"], "cost centre 7719 unknown"),
            reject(9, ["=2+5", "say \"no\""], "amount \"say\" is no number"),
        ];
        let formats = Formats { thousands_mark: sheets::formats::ThousandsMark::Comma, ..Formats::iso() };
        assert_eq!(
            render(&columns, &rejects, &formats),
            "Account,Amount,rejected_line,rejected_because\r\n\
             7719,\"-1,234.50\",5,cost centre 7719 unknown\r\n\
             '=2+5,\"say \"\"no\"\"\",9,\"amount \"\"say\"\" is no number\"\r\n"
        );
    }
}
