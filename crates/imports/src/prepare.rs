//! How a file is to be read before anybody said so: by a profile that fits, or proposed from what the
//! file itself shows, with the questions it leaves open.

use access::Cx;
use kernel::{Refusal, Refused};
use sheets::{About, Dialect, Evidence, Formats, Profile, Reader, Source};

use crate::batch::Settings;
use crate::profile;
use crate::reading::waiting;
use crate::report::Asked;
use crate::{FieldSpec, Target};

/// A file ready to be read.
pub(crate) struct Prepared {
    pub profile: Profile,
    /// The saved profile it came from.
    pub profile_name: Option<String>,
    /// Questions not answered yet.
    pub questions: Vec<Asked>,
    pub findings: Vec<String>,
    pub control_total: Option<String>,
}

impl Prepared {
    /// Whether nothing is open that only a person can answer.
    pub(crate) fn settled(&self) -> bool {
        !self.questions.iter().any(|question| question.must_answer)
    }
}

/// Settles how `source` is read: by the profile the settings name, with `recognise` by a saved one
/// whose columns the file has, else as proposed; then as the settings say.
pub(crate) async fn prepare(
    cx: &mut Cx,
    target: &'static Target,
    source: &Source,
    settings: &Settings,
    recognise: bool,
) -> Result<Prepared, Refused> {
    let saved = match chosen(cx, target, settings).await? {
        Some(profile) => Some(fit(source.clone(), profile).await?),
        None if recognise => recognised(cx, target, source).await?,
        None => None,
    };
    let mut prepared = match saved {
        Some(profile) => {
            let profile_name = Some(profile.name.clone()).filter(|name| !name.is_empty());
            Prepared {
                profile,
                profile_name,
                questions: Vec::new(),
                findings: Vec::new(),
                control_total: None,
            }
        }
        None => {
            let (source, settings) = (source.clone(), settings.clone());
            waiting(move || proposed(target, &source, &settings)).await?
        }
    };
    let mut wrong = Vec::new();
    settings.cut(&mut prepared.profile.dialect, &mut wrong);
    settings.format(&mut prepared.profile.formats, &mut wrong);
    settings.mean(target, &mut prepared.profile, &mut wrong);
    prepared.control_total = settings.control(&mut wrong);
    if !wrong.is_empty() {
        return Err(Refusal::invalid(wrong).into());
    }
    Ok(prepared)
}

/// The profile the settings name or hold.
async fn chosen(cx: &mut Cx, target: &Target, settings: &Settings) -> Result<Option<Profile>, Refused> {
    let profile = match (settings.profile_name(), settings.profile_text()) {
        (Some(name), _) => profile::load(&mut cx.tx, name).await?.profile,
        (None, Some(text)) => Profile::from_toml(text)?,
        (None, None) => return Ok(None),
    };
    if profile.kind != target.kind {
        return Err(profile::error::OTHER_KIND.with(&[&profile.name, &profile.kind, target.kind]).into());
    }
    Ok(Some(profile))
}

/// The saved profile that reads most columns, of those whose columns the file has.
async fn recognised(cx: &mut Cx, target: &Target, source: &Source) -> Result<Option<Profile>, Refused> {
    let mut saved = profile::of_kind(&mut cx.tx, target.kind).await?;
    saved.sort_by_key(|saved| std::cmp::Reverse(saved.profile.columns.len()));
    for saved in saved.into_iter().filter(|saved| !saved.profile.columns.is_empty()) {
        if let Ok(profile) = fit(source.clone(), saved.profile).await {
            return Ok(Some(profile));
        }
    }
    Ok(None)
}

/// The profile for this very file: where its header stands elsewhere (another line, sheet or
/// delimiter: a file of rejected lines), the file is cut as proposed and keeps the profile's meanings
/// and formats.
async fn fit(source: Source, profile: Profile) -> Result<Profile, Refused> {
    waiting(move || {
        let fits = |dialect: &Dialect| {
            let reader = Reader::open(&source, dialect, &profile.formats)?;
            profile.bind(reader.columns()).map(drop)
        };
        let Err(refused) = fits(&profile.dialect) else { return Ok(profile) };
        let mut dialect = sheets::propose(&source)?.dialect;
        dialect.skip = profile.dialect.skip.clone();
        match fits(&dialect) {
            Ok(()) => Ok(Profile { dialect, ..profile }),
            Err(_) => Err(refused),
        }
    })
    .await
}

fn proposed(target: &Target, source: &Source, settings: &Settings) -> Result<Prepared, Refused> {
    let proposal = sheets::propose(source)?;
    let (mut dialect, mut formats, mut evidence) = (proposal.dialect, proposal.formats, proposal.evidence);
    if !settings.cuts() && headed_by_first_line(target, source, &dialect, &formats)? {
        dialect.header_line = Some(1);
        evidence = Evidence::default();
        formats = sheets::propose_formats(source, &dialect, &mut evidence)?;
    }
    if settings.cuts() {
        let mut wrong = Vec::new();
        settings.cut(&mut dialect, &mut wrong);
        if !wrong.is_empty() {
            return Err(Refusal::invalid(wrong).into());
        }
        evidence = Evidence::default();
        formats = sheets::propose_formats(source, &dialect, &mut evidence)?;
    }
    let seen = sheets::preview(source, &dialect, &formats)?;
    evidence.findings.extend(seen.evidence.findings);
    evidence.questions.extend(seen.evidence.questions);
    let (columns, close) = meanings(target, source, &dialect, &formats)?;
    let questions = evidence.questions.iter().map(|question| Asked {
        setting: setting(question.about).to_owned(),
        asks: question.asks.clone(),
        options: question.options.clone(),
        must_answer: question.must_answer,
    });
    let questions = questions.chain(close).filter(|question| !settings.answers(&question.setting)).collect();
    let (name, kind) = (String::new(), target.kind.to_owned());
    let constants = std::collections::BTreeMap::new();
    Ok(Prepared {
        profile: Profile { name, kind, dialect, formats, columns, constants },
        profile_name: None,
        questions,
        findings: evidence.findings.into_iter().map(|finding| finding.says).collect(),
        control_total: None,
    })
}

/// Whether the first line names every field that a row needs, and the line that was proposed does not:
/// a template filled in with few, mixed rows looks like words over words.
fn headed_by_first_line(
    target: &Target,
    source: &Source,
    dialect: &Dialect,
    formats: &Formats,
) -> Result<bool, Refused> {
    let names_all = |dialect: &Dialect| -> Result<bool, Refused> {
        let reader = Reader::open(source, dialect, formats)?;
        let fields: Vec<sheets::FieldSpec> = target.fields.iter().map(named).collect();
        let mapping = sheets::propose_mapping(&fields, reader.columns());
        Ok(mapping.missing.is_empty() && !mapping.matched.is_empty())
    };
    let first = Dialect { header_line: Some(1), group_row: false, ..dialect.clone() };
    Ok(dialect.header_line != Some(1) && !names_all(dialect)? && names_all(&first)?)
}

type Columns = std::collections::BTreeMap<String, String>;

/// Columns → fields by their names; where a name is only close, it is asked.
fn meanings(
    target: &Target,
    source: &Source,
    dialect: &Dialect,
    formats: &Formats,
) -> Result<(Columns, Vec<Asked>), Refused> {
    let reader = Reader::open(source, dialect, formats)?;
    let fields: Vec<sheets::FieldSpec> = target.fields.iter().map(named).collect();
    let mapping = sheets::propose_mapping(&fields, reader.columns());
    let asked = mapping.suggested.iter().map(|(column, field)| {
        let label = target.field(field).map_or(*field, |field| field.label);
        Asked {
            setting: "columns".into(),
            asks: format!("Is “{column}” the field {label}?"),
            options: vec!["yes".into(), "no".into()],
            must_answer: true,
        }
    });
    let asked = asked.collect();
    let both = mapping.matched.into_iter().chain(mapping.suggested);
    Ok((both.map(|(column, field)| (column, field.to_owned())).collect(), asked))
}

fn named(field: &FieldSpec) -> sheets::FieldSpec {
    sheets::FieldSpec { key: field.key, label: field.label, aliases: field.aliases, required: field.required }
}

/// The setting that answers a question.
const fn setting(about: About) -> &'static str {
    match about {
        About::Encoding => "encoding",
        About::Delimiter => "delimiter",
        About::Quote => "quote",
        About::Sheet => "sheet",
        About::Header => "header_line",
        About::Columns => "columns",
        About::NumberMarks => "decimal_mark",
        About::Negatives => "brackets_negative",
        About::Dates => "date_order",
        About::NullWords => "null_words",
        About::Rows => "skip_totals",
    }
}
