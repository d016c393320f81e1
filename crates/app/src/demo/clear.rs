//! Clearing the demo. Its history may only be added to, and demo and real data never share a database: so it goes away
//! as it came, with its database, and no row of it is taken out.

use access::Done;
use kernel::{Fault, Refused};

use super::{IN_USE, NOT_DEMO};
use crate::export::schema;
use crate::{House, MIGRATIONS};

/// The name of the demo in a database.
///
/// # Errors
/// It holds another organisation, or none.
pub async fn name_of(house: &House) -> Result<String, Refused> {
    let mut tx = house.db.read().await?;
    let there = house.organisation(&mut tx).await?;
    if there.demo.is_none() {
        return Err(NOT_DEMO.with(&[&there.name]).into());
    }
    Ok(there.name)
}

/// Removes the demo's database, which stands at `url`: the file of SQLite, on PostgreSQL all that was made there, in one
/// transaction. `rehearsed`, only what would go is told. The house is closed in either case.
///
/// # Errors
/// It is no demo, or another process has its file open.
pub async fn clear(house: &House, url: &str, rehearsed: bool) -> Result<Done, Refused> {
    let name = name_of(house).await?;
    let says = match db::file_of(url) {
        Some(file) => {
            house.db.close().await;
            let at = file.display().to_string();
            if !db::is_alone(file).await? {
                return Err(IN_USE.with(&[&at]).into());
            }
            if !rehearsed {
                std::fs::remove_file(file).map_err(|error| Fault::new(format!("removing {at}"), error))?;
                db::discard(file);
            }
            format!("Cleared the demo {name}: {at} is removed.")
        }
        None => {
            let tables: Vec<String> =
                schema::tables(MIGRATIONS).into_iter().map(|table| table.name).collect();
            if !rehearsed {
                house.db.drop_made(&tables, MIGRATIONS).await?;
            }
            house.db.close().await;
            format!("Cleared the demo {name}: its {} tables in {} are dropped.", tables.len(), db::shown(url))
        }
    };
    let done = Done::changed("/", "demo", says);
    Ok(if rehearsed { done.never_kept() } else { done })
}
