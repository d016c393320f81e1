//! An engine that sends its plans to a scheduler.

use std::sync::Arc;

use ballista::prelude::{SessionConfigExt, SessionContextExt};
use calc::Stop;
use datafusion::execution::SessionStateBuilder;
use datafusion::prelude::{SessionConfig, SessionContext};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::address;
use super::codec::{Logical, Physical};
use crate::wrong::stop;

/// An engine whose plans run on the executors of the scheduler at `url`, in that many parts.
///
/// # Errors
/// The address is none, or nobody is there.
pub(crate) async fn context(url: &str, parts: usize, batch_rows: usize) -> Result<SessionContext, Stop> {
    let (host, port) = address("cluster", url)?;
    let said = readiness(&host, port).await;
    let said = said
        .map_err(|error| Stop::Failed(format!("The scheduler {host}:{port} cannot be reached: {error}.")))?;
    // A plan that nobody does would wait for ever.
    if !said.contains("200 OK") {
        return Err(Stop::Failed(format!(
            "The scheduler {host}:{port} has no executors. Start some: quarterdeck costs executor --scheduler {host}:{port}"
        )));
    }
    let config = SessionConfig::new_with_ballista()
        .with_target_partitions(parts)
        .with_batch_size(batch_rows)
        .with_ballista_logical_extension_codec(Arc::new(Logical::default()))
        .with_ballista_physical_extension_codec(Arc::new(Physical::default()));
    let state = SessionStateBuilder::new().with_config(config).with_default_features().build();
    let context = SessionContext::remote_with_state(&format!("df://{host}:{port}"), state).await;
    context.map_err(|error| stop(&error))
}

/// What the scheduler says of itself: OK where it has executors.
async fn readiness(host: &str, port: u16) -> std::io::Result<String> {
    let mut stream = TcpStream::connect((host, port)).await?;
    stream.write_all(b"GET /readyz HTTP/1.0\r\n\r\n").await?;
    let mut said = Vec::new();
    stream.read_to_end(&mut said).await?;
    Ok(String::from_utf8_lossy(&said).into_owned())
}
