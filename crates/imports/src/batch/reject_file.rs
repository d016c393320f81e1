//! Rejected lines as a file: the columns of the file they came in, then their line and the reason. It
//! is mended and imported again with the same profile; the line tells which rejected one it mends.

use access::{Cx, Params, View};
use kernel::Refused;
use kernel::listing::Asked;
use serde_json::json;

use super::view::readable;
use super::{State, repo};
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
        State::Written | State::Reverted => repo::open_rejected(&mut cx.tx, &batch).await?,
        State::Uploaded | State::Checked => report.rejects,
    };
    let text = render(&report.columns, &rejects);
    Ok(View::Record(json!({
        "schema": "quarterdeck.reject-file.v1",
        "file_name": format!("{}-rejected.csv", batch.label()),
        "lines": rejects.len(),
        "text": text,
    })))
}

/// Comma-separated text with every cell as it stood; a text that a spreadsheet would run is guarded by
/// an apostrophe, which reading takes off again. Figures are left alone.
pub fn render(columns: &[String], rejects: &[RejectedLine]) -> String {
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
        let cell =
            |place: &usize| reject.cells.get(*place).map(|cell| quoted(&guarded(cell))).unwrap_or_default();
        line(&mut text, kept.iter().map(cell).chain([reject.line.to_string(), quoted(&reject.reason)]));
    }
    text
}

fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    text.push_str(&cells.collect::<Vec<_>>().join(","));
    text.push_str("\r\n");
}

fn guarded(text: &str) -> String {
    let runs = text.trim_start_matches('\'').starts_with(['=', '+', '-', '−', '@', '\t', '\r']);
    let figure = text
        .trim_start_matches(['-', '+', '−'])
        .chars()
        .all(|c| c.is_ascii_digit() || " .,'\u{a0}\u{202f}".contains(c));
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
        assert_eq!(
            render(&columns, &rejects),
            "Account,Amount,rejected_line,rejected_because\r\n\
             7719,\"-1,234.50\",5,cost centre 7719 unknown\r\n\
             '=2+5,\"say \"\"no\"\"\",9,\"amount \"\"say\"\" is no number\"\r\n"
        );
    }
}
