//! The services, cost objects and customers that files name.

use std::collections::BTreeSet;

use access::Cx;
use kernel::{Fault, Scope};

/// Keys of all services (cost objects among them: they receive cost alike) and customers. Only for use cases whose action reaches every record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Receivers {
    pub(crate) services: BTreeSet<String>,
    pub(crate) customers: BTreeSet<String>,
}

impl Receivers {
    pub(crate) async fn load(cx: &mut Cx) -> Result<Receivers, Fault> {
        let services = portfolio::service::all_keys(&mut cx.tx).await?;
        let customers = relationships::customer::all_keys(&mut cx.tx, &Scope::All).await?;
        let objects = crate::cost_object::all_keys(&mut cx.tx).await?;
        let services = services.into_keys().chain(objects).collect();
        Ok(Receivers { services, customers: customers.into_keys().collect() })
    }

    /// The key of the service a file names, or why it is none.
    pub(crate) fn service(&self, named: Option<&str>) -> Result<Option<String>, String> {
        find(&self.services, "service", named)
    }

    /// The key of the customer a file names, or why it is none.
    pub(crate) fn customer(&self, named: Option<&str>) -> Result<Option<String>, String> {
        find(&self.customers, "customer", named)
    }
}

/// The key as written, else without what keys never hold: `009-000000704` is `009000000704`.
fn find(keys: &BTreeSet<String>, what: &str, named: Option<&str>) -> Result<Option<String>, String> {
    let Some(named) = named else { return Ok(None) };
    if let Some(key) = keys.get(named) {
        return Ok(Some(key.clone()));
    }
    let bare: String =
        named.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    keys.get(&bare).map(|key| Some(key.clone())).ok_or_else(|| format!("{what} {named} unknown"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_as_written_or_without_what_keys_never_hold() {
        let known =
            Receivers { services: ["CARE".into(), "009000000704".into()].into(), ..Receivers::default() };
        for (named, found) in [
            (None, Ok(None)),
            (Some("CARE"), Ok(Some("CARE"))),
            (Some("care"), Ok(Some("CARE"))),
            (Some("009-000000704"), Ok(Some("009000000704"))),
            (Some("CARF"), Err("service CARF unknown")),
        ] {
            let key = known.service(named);
            assert_eq!(key.as_ref().map(Option::as_deref).map_err(String::as_str), found);
        }
        assert_eq!(known.customer(Some("CARE")), Err("customer CARE unknown".into()));
    }
}
