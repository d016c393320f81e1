//! An engine that sends its plans to a scheduler.

use std::sync::Arc;

use ballista::prelude::{SessionConfigExt, SessionContextExt};
use calc::Stop;
use datafusion::execution::SessionStateBuilder;
use datafusion::prelude::{SessionConfig, SessionContext};
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
    let unreachable = |error| Stop::Failed(format!("The scheduler {host}:{port} cannot be reached: {error}"));
    TcpStream::connect((host.as_str(), port)).await.map_err(unreachable)?;
    let config = SessionConfig::new_with_ballista()
        .with_target_partitions(parts)
        .with_batch_size(batch_rows)
        .with_ballista_logical_extension_codec(Arc::new(Logical::default()))
        .with_ballista_physical_extension_codec(Arc::new(Physical::default()));
    let state = SessionStateBuilder::new().with_config(config).with_default_features().build();
    let context = SessionContext::remote_with_state(&format!("df://{host}:{port}"), state).await;
    context.map_err(|error| stop(&error))
}
