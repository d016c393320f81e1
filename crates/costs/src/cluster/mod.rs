//! The plan on Apache DataFusion Ballista: a scheduler, executors, and who asks them, all in this program.
//!
//! What is read is named by its path: scheduler, executors and who asks have to see the files under the same one.
//!
//! | file | holds |
//! | --- | --- |
//! | `wire` | the parts of the plan that are ours, as bytes |
//! | `codec` | where Ballista asks for them |
//! | `scheduler`, `executor` | the two programs: `costs scheduler`, `costs executor` |
//! | `client` | an engine that sends its plans to a scheduler |

pub(crate) mod client;
mod codec;
pub(crate) mod executor;
pub(crate) mod scheduler;
mod wire;

use calc::Stop;

/// `127.0.0.1:50050` as host and port.
fn address(word: &str, text: &str) -> Result<(String, u16), Stop> {
    let wrong =
        || Stop::Usage(format!("--{word} takes a host and a port, such as 127.0.0.1:50050, not “{text}”"));
    let bare = text.trim_start_matches("http://").trim_start_matches("df://").trim_end_matches('/');
    let (host, port) = bare.rsplit_once(':').ok_or_else(wrong)?;
    let port = port.parse().ok().filter(|port| *port > 0).ok_or_else(wrong)?;
    if host.is_empty() { Err(wrong()) } else { Ok((host.to_owned(), port)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_host_and_a_port() {
        for text in ["10.0.0.1:50050", "http://10.0.0.1:50050/", "df://10.0.0.1:50050"] {
            assert_eq!(address("scheduler", text), Ok(("10.0.0.1".to_owned(), 50_050)), "{text}");
        }
        for text in ["10.0.0.1", ":50050", "host:0", "host:70000", ""] {
            assert!(address("scheduler", text).is_err(), "{text}");
        }
    }
}
