//! The formula guard (OWASP, CSV injection): a text a spreadsheet would run gets an apostrophe,
//! and the reader takes it off again. Numbers are never texts here, so no minus sign is touched.

/// Whether a spreadsheet may take `text` for a formula.
fn is_dangerous(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '−', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// A text with its guard, where it needs one. A text that looks guarded already gets one more, so
/// that [`unguarded`] gives every text back.
pub(crate) fn guarded(text: &str) -> String {
    if is_dangerous(text.trim_start_matches('\'')) { format!("'{text}") } else { text.to_owned() }
}

/// A text without its guard; `None` where it has none.
pub(crate) fn unguarded(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('\'')?;
    is_dangerous(rest.trim_start_matches('\'')).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_back_as_it_was() {
        for (text, written) in [
            ("=2+5", "'=2+5"),
            ("-1+2", "'-1+2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+49 30 1", "'+49 30 1"),
            ("\tname", "'\tname"),
            ("'=x", "''=x"),
            ("'quoted", "'quoted"),
            ("plain", "plain"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), written);
            assert_eq!(unguarded(written).unwrap_or(written), text);
        }
    }
}
