//! Which page belongs to which address of the API: the whole table of `architecture.md` §2.

/// First part of an API path → what pages say instead.
const PREFIXES: [(&str, &str); 6] = [
    ("/relationships", ""),
    ("/portfolio", ""),
    ("/finance", "/money"),
    ("/ledger", "/money/ledger"),
    ("/access", "/records"),
    ("/imports", "/records"),
];

/// The page twin of an API path: `/relationships/customers/{key}` → `/customers/{key}`.
pub(crate) fn page_of(api: &str) -> String {
    let twin = PREFIXES.iter().find_map(|(from, to)| {
        let rest = api.strip_prefix(from)?;
        (rest.is_empty() || rest.starts_with('/')).then(|| format!("{to}{rest}"))
    });
    twin.unwrap_or_else(|| api.to_owned())
}

/// The blanks of `template` filled from `path`, if it fits: `/customers/{key}` and `/customers/CARE`.
pub(crate) fn fit(template: &str, path: &str) -> Option<access::Params> {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    let mut params = access::Params::default();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(params),
            (Some(want), Some(have)) => {
                match want.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                    Some(name) => drop(params.0.insert(name.to_owned(), decode(have))),
                    None if want == have => {}
                    None => return None,
                }
            }
            _ => return None,
        }
    }
}

/// Percent-decoding of one path part.
pub(crate) fn decode(part: &str) -> String {
    String::from_utf8_lossy(&decoded(part)).into_owned()
}

/// The bytes a part stands for.
pub(crate) fn decoded(part: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(part.len());
    let mut bytes = part.bytes();
    while let Some(byte) = bytes.next() {
        let pair = (byte == b'%').then(|| bytes.clone().take(2).collect::<Vec<u8>>());
        let decoded = pair.and_then(|pair| u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok());
        match decoded {
            Some(decoded) => {
                out.push(decoded);
                bytes.nth(1);
            }
            None => out.push(byte),
        }
    }
    out
}

/// The pairs of a query or of a form: `a=1&b=two+words`.
pub(crate) fn pairs(query: &str) -> Vec<(String, String)> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            (decode(&name.replace('+', " ")), decode(&value.replace('+', " ")))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_api_path_has_a_page_twin() {
        for (api, page) in [
            ("/relationships/customers/{key}", "/customers/{key}"),
            ("/portfolio/services", "/services"),
            ("/finance/statements/{id}/issue", "/money/statements/{id}/issue"),
            ("/access/people", "/records/people"),
        ] {
            assert_eq!(page_of(api), page);
        }
    }

    #[test]
    fn paths_and_queries_are_read_as_browsers_write_them() {
        assert_eq!(fit("/customers/{key}", "/customers/A%20B").unwrap().get("key"), "A B");
        assert!(fit("/customers/{key}", "/customers").is_none());
        assert!(fit("/customers/new", "/customers/CARE").is_none());
        assert_eq!(pairs("q=a+b%26&x=%C3%A9"), [("q".into(), "a b&".into()), ("x".into(), "é".into())]);
        assert_eq!(decode("100%"), "100%");
    }
}
