//! Upload a file: it is kept, and how it may be read is proposed. Nothing is written.

use std::sync::Arc;

use access::{Cx, Done, Event, Params, Snapshot, history};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::{BatchId, Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use sheets::Source;

use super::entity::{Counts, Deed, period_of};
use super::error::{FILE_TOO_LARGE, MENDS_OTHER, UNKNOWN_KIND};
use super::{Batch, NOUN, Settings, State, repo};
use crate::prepare::{Prepared, prepare};
use crate::{Report, Target};

/// The largest file taken, in MB: 200,000 lines have about 30.
pub const LARGEST_MB: usize = 64;

/// A file to import.
#[derive(Deserialize, JsonSchema)]
pub struct UploadInput {
    /// What it holds: `gl`, `customers` …
    #[schemars(extend("enum" = crate::target::kinds()))]
    pub kind: String,
    /// Its bytes in base64.
    pub file: String,
    /// Its name.
    pub file_name: String,
    /// The batch whose rejected lines it brings in mended: `B-0231`.
    #[serde(default)]
    pub mends: Option<String>,
    /// How it is read, where that is known already.
    #[serde(flatten)]
    pub settings: Settings,
}

/// The target of that kind, or the refusal that names what there is.
pub(crate) fn target_of(kind: &str) -> Result<&'static Target, Refusal> {
    let known = || crate::targets().iter().map(|target| target.kind).collect::<Vec<_>>().join(", ");
    crate::find(kind).ok_or_else(|| UNKNOWN_KIND.with(&[kind, &known()]))
}

/// Keeps a file and proposes how it is read.
pub async fn upload(cx: &mut Cx, _: &Params, input: UploadInput) -> Result<Done, Refused> {
    let target = target_of(&input.kind)?;
    cx.require_all(target.action)?;
    if input.file.trim().is_empty() && input.file_name.trim().is_empty() {
        return Err(Refusal::field("file", "Choose a file.").into());
    }
    let bytes: Arc<[u8]> = decoded(&input.file)?.into();
    let mends = mended(cx, target, input.mends.as_deref()).await?;
    let source = Source::of_bytes(bytes.clone());
    let prepared = prepare(cx, target, &source, &input.settings, true).await?;
    let file = File { name: input.file_name, digest: digest(&bytes), bytes };
    let batch = open(cx, target, &file, &prepared, mends).await?;
    let report = Report {
        kind: target.kind.into(),
        file_name: batch.file_name.clone(),
        file_digest: batch.file_digest.clone(),
        batch: Some(batch.label()),
        ..prepared.told()
    };
    repo::keep_report(&mut cx.tx, batch.number, &report).await?;
    told(cx, &batch, "uploaded", None, &Snapshot::none()).await?;
    let says = format!("Uploaded {} as {}; nothing is written yet.", batch.file_name, batch.label());
    Ok(Done::changed(batch.location(), batch.label(), says).at_version(batch.version))
}

/// A file handed in; its bytes are shared with who reads them, as a large one is held once.
pub(super) struct File {
    pub name: String,
    pub digest: String,
    pub bytes: Arc<[u8]>,
}

pub(super) fn decoded(base64: &str) -> Result<Vec<u8>, Refusal> {
    let bytes = STANDARD.decode(base64.trim());
    let bytes = bytes.map_err(|error| Refusal::field("file", format!("The file is not base64: {error}.")))?;
    not_too_large(&bytes)?;
    Ok(bytes)
}

pub(super) fn not_too_large(bytes: &[u8]) -> Result<(), Refusal> {
    const MB: usize = 1_000_000;
    let size = bytes.len().div_ceil(MB);
    if size > LARGEST_MB {
        Err(FILE_TOO_LARGE.with(&[&size.to_string(), &LARGEST_MB.to_string()]))
    } else {
        Ok(())
    }
}

pub(super) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The batch to be mended: written, of the same kind, with open rejected lines.
pub(super) async fn mended(
    cx: &mut Cx,
    target: &Target,
    label: Option<&str>,
) -> Result<Option<BatchId>, Refused> {
    let Some(label) = label.map(str::trim).filter(|label| !label.is_empty()) else { return Ok(None) };
    let batch = repo::load(&mut cx.tx, label).await?;
    let why = if batch.kind != target.kind {
        format!("it brought in {}", batch.kind)
    } else if batch.state != State::Written {
        format!("it is {}", batch.state.word())
    } else if repo::open_lines(&mut cx.tx, batch.number).await? == 0 {
        "none of its rejected lines is open".to_owned()
    } else {
        return Ok(Some(batch.id));
    };
    Err(MENDS_OTHER.with(&[&batch.label(), &why]).into())
}

/// Stores a batch under the next number.
pub(super) async fn open(
    cx: &mut Cx,
    target: &Target,
    file: &File,
    prepared: &Prepared,
    mends: Option<BatchId>,
) -> Result<Batch, Refused> {
    repo::keep_file(&mut cx.tx, &file.digest, &file.bytes).await?;
    let number = repo::next_number(&mut cx.tx).await?;
    let batch = Batch { number, mends, ..Batch::unwritten(cx, target, &file.name, &file.digest, prepared) };
    repo::insert(cx, &batch).await?;
    Ok(batch)
}

impl Batch {
    /// A batch of a file nothing was done with yet.
    pub(super) fn unwritten(
        cx: &Cx,
        target: &Target,
        name: &str,
        digest: &str,
        prepared: &Prepared,
    ) -> Batch {
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
        Batch {
            id: BatchId::new(cx.uuid()),
            version: 1,
            number: 0,
            kind: target.kind.to_owned(),
            file_name: if name.is_empty() { "a file without name".to_owned() } else { name.to_owned() },
            file_digest: digest.to_owned(),
            profile: prepared.profile.clone(),
            profile_name: prepared.profile_name.clone(),
            settled: prepared.settled(),
            state: State::Uploaded,
            lines: 0,
            counts: Counts::default(),
            total: None,
            currency: None,
            control_total: prepared.control_total.clone(),
            period: period_of(target, &prepared.profile),
            digest: None,
            mends: None,
            uploaded: Deed { by: cx.person(), at: cx.stamp() },
            written: None,
            reverted: None,
            reason: None,
        }
    }
}

/// Tells the history.
pub(super) async fn told(
    cx: &mut Cx,
    batch: &Batch,
    action: &str,
    why: Option<&str>,
    before: &Snapshot,
) -> Result<(), Refused> {
    let event =
        Event { noun: &NOUN, id: batch.id.to_string(), key: batch.label(), action, why, customer: None };
    Ok(history::record(cx, event, before).await?)
}
