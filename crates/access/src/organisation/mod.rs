//! The organisation: one row, made at the start; `settings` holds what may be set later.

pub mod settings;

use db::Tx;
use kernel::{Currency, Fault, FiscalCalendar};

/// What every page and rule needs to know of the organisation.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// Currency of all reports.
    pub currency: Currency,
    /// When its year starts.
    pub calendar: FiscalCalendar,
    /// Whether customers also see total quantity and cost of a service with three or more customers.
    pub open_book: bool,
    /// The time zone whose days and months hold where a source writes moments; UTC where none is set.
    pub zone: Option<String>,
    /// The demo organisation: its story's start and the machine's time at loading.
    pub demo: Option<(String, String)>,
}

/// The settings; `None` before the database was set up.
pub async fn load(tx: &mut Tx) -> Result<Option<Organisation>, Fault> {
    let sql = "select o.name, o.currency, o.first_month, coalesce(s.open_book, o.open_book) as open_book, s.zone, \
               o.demo_story_at, o.demo_loaded_at from access_organisation o \
               left join access_settings s on s.id = 'organisation'";
    let Some(row) = tx.query(sql).row().await? else { return Ok(None) };
    let first_month = u32::try_from(row.get::<i64>("first_month")?).unwrap_or(1);
    let calendar = FiscalCalendar::starting_in(first_month)
        .ok_or_else(|| Fault::because(format!("the fiscal year starts in month {first_month}")))?;
    let demo = row.get::<Option<String>>("demo_story_at")?.zip(row.get::<Option<String>>("demo_loaded_at")?);
    Ok(Some(Organisation {
        name: row.get("name")?,
        currency: row.get("currency")?,
        calendar,
        open_book: row.get("open_book")?,
        zone: row.get("zone")?,
        demo,
    }))
}

/// Writes the one row.
pub async fn found(tx: &mut Tx, organisation: &Organisation, first_month: u32) -> Result<(), Fault> {
    let sql = "insert into access_organisation \
               (id, name, currency, first_month, open_book, demo_story_at, demo_loaded_at) \
               values (1, $1, $2, $3, $4, $5, $6)";
    let (story, loaded) = organisation.demo.clone().unzip();
    tx.query(sql)
        .bind(organisation.name.as_str())
        .bind(organisation.currency.code())
        .bind(first_month)
        .bind(organisation.open_book)
        .bind(story)
        .bind(loaded)
        .execute()
        .await?;
    Ok(())
}

/// Version of what was set; 0 where nothing was.
async fn version(tx: &mut Tx, id: &str) -> Result<i64, Fault> {
    let row = tx.query("select version from access_settings where id = $1").bind(id).row().await?;
    row.map_or(Ok(0), |row| row.get("version"))
}

/// Stores what was set.
async fn save(tx: &mut Tx, id: &str, version: i64, zone: Option<&str>, open_book: bool) -> Result<(), Fault> {
    let sql = "insert into access_settings (id, version, zone, open_book) values ($1, $2, $3, $4) \
               on conflict (id) do update set version = excluded.version, zone = excluded.zone, \
               open_book = excluded.open_book";
    tx.query(sql).bind(id).bind(version).bind(zone).bind(open_book).execute().await?;
    Ok(())
}
