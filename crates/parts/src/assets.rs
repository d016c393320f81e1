//! The style sheets, the script and the icon: text inside the program, served under a name that
//! changes with the content, so that browsers may keep them for ever.

/// `quarterdeck.css`.
pub const CSS: &str = include_str!("../assets/quarterdeck.css");
/// `paper.css`: the same pages on paper.
pub const PAPER: &str = include_str!("../assets/paper.css");
/// `quarterdeck.js`: only speeds up what works without it.
pub const JS: &str = include_str!("../assets/quarterdeck.js");
/// `favicon.svg`.
pub const FAVICON: &str = include_str!("../assets/favicon.svg");

/// Every asset by the path it is served under, its media type and its text.
pub const ASSETS: &[(&str, &str, &str)] = &[
    ("/assets/quarterdeck.css", "text/css; charset=utf-8", CSS),
    ("/assets/paper.css", "text/css; charset=utf-8", PAPER),
    ("/assets/quarterdeck.js", "text/javascript; charset=utf-8", JS),
    ("/assets/favicon.svg", "image/svg+xml", FAVICON),
];

/// Where pages fetch `path` from: with a mark of its content.
pub fn address(path: &str) -> String {
    let text = ASSETS.iter().find(|asset| asset.0 == path).map_or("", |asset| asset.2);
    format!("{path}?v={:016x}", fnv1a(text))
}

/// FNV-1a, 64 bits (Fowler, Noll & Vo): a mark of content, not a seal against forgery.
fn fnv1a(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test vectors of the authors' reference code.
    #[test]
    fn the_mark_is_fnv_1a() {
        for (text, hash) in
            [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)]
        {
            assert_eq!(fnv1a(text), hash, "{text:?}");
        }
    }

    #[test]
    fn the_script_stays_small() {
        assert!(JS.len() <= 20_480, "{} bytes", JS.len());
    }
}
