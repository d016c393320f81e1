//! Units as FOCUS writes them. Pure.

/// Times that a unit may be counted over: `GB-Hours`.
const TIMES: [&str; 6] = ["Years", "Months", "Days", "Hours", "Minutes", "Seconds"];

/// `1,000 minutes` → `1000 minutes`, `top-ups` → `top ups`: words without marks, a number before them without
/// grouping, a hyphen before a time alone.
pub fn unit(ours: &str) -> String {
    let whole = match ours.rsplit_once('-') {
        Some((before, time)) if TIMES.contains(&time) => return format!("{}-{time}", unit(before)),
        _ => ours.replace('-', " "),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || b",.'".contains(&byte));
    let word = |word: &str| if digits(word) { word.replace([',', '.', '\''], "") } else { word.to_owned() };
    whole.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_unit_is_words_and_at_most_one_number_before_them() {
        for (ours, focus) in [
            ("seats", "seats"),
            ("1,000 minutes", "1000 minutes"),
            ("top-ups", "top ups"),
            ("GB-Hours", "GB-Hours"),
            ("on-call person-Days", "on call person-Days"),
            ("GB/Month", "GB/Month"),
        ] {
            assert_eq!(super::unit(ours), focus);
        }
    }
}
