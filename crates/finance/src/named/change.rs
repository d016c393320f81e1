//! Change the name of one.

use access::{Cx, Done, Event, history};
use kernel::Refused;

use super::{Kind, repo};
use crate::input::{all_fine, read_words};

/// Gives it another name; unchanged if every answer is what it was.
pub(crate) async fn change(
    cx: &mut Cx,
    kind: &Kind,
    key: &str,
    name: Option<String>,
) -> Result<Done, Refused> {
    let mut one = repo::load(&mut cx.tx, kind, key).await?;
    cx.require_version(one.version)?;
    let mut wrong = Vec::new();
    let name = name.map_or_else(|| one.name.clone(), |name| read_words("name", &name, &mut wrong));
    all_fine(wrong)?;
    let page = kind.page_of(&one);
    if name == one.name {
        let says = format!("{} {} is as it was.", kind.begins, one.key);
        return Ok(Done::unchanged(page, one.key, says).at_version(one.version));
    }
    let before = history::snapshot(&mut cx.tx, kind.noun, &one.id).await?;
    one.name = name;
    repo::update(cx, kind, &mut one).await?;
    history::record(cx, Event::of(kind.noun, &one.id, &one.key, "changed"), &before).await?;
    let says = format!("Changed {} {}.", kind.noun.name, one.key);
    Ok(Done::changed(page, one.key, says).at_version(one.version))
}
