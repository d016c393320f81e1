//! What answers under a page's address without being a page: a list's file, the way on from a job, or the way to a record.

use axum::response::{IntoResponse, Response};

use crate::find::twin;
use crate::page::PageCx;
use crate::{answer, jobs, list, search};

/// What answers instead of a page: a list's file, where a job ended, or where the record of an id is.
pub(crate) async fn answer(page: &mut PageCx) -> Option<Response> {
    match file_of(page).await {
        Some(file) => Some(file),
        None => match jobs::ended(page).await {
            Some(ended) => Some(ended),
            None => search::opened(page).await,
        },
    }
}

/// `/customers.csv?…`: the file of the list whose page is `/customers`.
async fn file_of(page: &mut PageCx) -> Option<Response> {
    let (path, format) = page.path.rsplit_once('.')?;
    let format = ["csv", "xlsx", "json"].into_iter().find(|known| *known == format)?;
    let (reading, mut params) = twin(path)?;
    let mut asked = list::asked(reading, &page.query, &mut params);
    // A file holds all that match, not the page shown.
    asked.per = None;
    let may = page.cx.require(reading.action).map(drop).and_then(|()| app::takes_day(reading, &asked));
    if let Err(refusal) = may {
        return Some(answer::json(refusal.into()));
    }
    if let Err(refused) = app::look_back(&mut page.cx, reading, &params).await {
        return Some(answer::json(refused));
    }
    match (reading.run)(&mut page.cx, params, asked).await {
        Ok(access::View::List(listing)) => {
            // Without its mark Excel takes UTF-8 for the letters of the machine it runs on.
            let format = if format == "csv" { "marked-csv" } else { format };
            list::file(&listing, format).unwrap_or_else(|no| Some(answer::json(no)))
        }
        Ok(access::View::Record(record)) => {
            Some(list::text_file(&record).unwrap_or_else(|| axum::Json(record).into_response()))
        }
        Err(refused) => Some(answer::json(refused)),
    }
}
