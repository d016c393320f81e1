//! How a file is to be read before anybody said so: by a profile that fits, or proposed from what the
//! file itself shows, with the questions it leaves open.

use access::Cx;
use kernel::{Refusal, Refused};
use sheets::{About, Dialect, Evidence, Formats, Profile, Reader, Source};

use crate::Target;
use crate::batch::Settings;
use crate::profile;
use crate::propose::{Meanings, meanings, named, unnamed};
use crate::reading::waiting;
use crate::report::{Asked, Report, Unnamed};

/// A file ready to be read.
pub(crate) struct Prepared {
    pub profile: Profile,
    /// The saved profile it came from.
    pub profile_name: Option<String>,
    /// Questions not answered yet.
    pub questions: Vec<Asked>,
    pub findings: Vec<String>,
    /// Columns without a name that hold something.
    pub unnamed: Vec<Unnamed>,
    pub control_total: Option<String>,
}

impl Prepared {
    /// Whether nothing is open that only a person can answer.
    pub(crate) fn settled(&self) -> bool {
        !self.questions.iter().any(|question| question.must_answer)
    }

    /// What is told of the file before its lines are looked at.
    pub(crate) fn told(&self) -> Report {
        let (questions, findings) = (self.questions.clone(), self.findings.clone());
        Report { questions, findings, unnamed: self.unnamed.clone(), ..Report::default() }
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
                unnamed: Vec::new(),
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
    ask_period(target, &prepared.profile, &mut prepared.questions);
    Ok(prepared)
}

/// The period is asked where the lines of a file need a day or a month and no column or value for the
/// whole file gives one, and nowhere else.
pub(crate) fn ask_period(target: &Target, profile: &Profile, questions: &mut Vec<Asked>) {
    let told = questions.iter().position(|question| question.setting == PERIOD);
    let told = told.map(|place| questions.remove(place));
    let given = |key: &&str| {
        profile.columns.values().any(|field| field == key) || profile.constants.contains_key(*key)
    };
    if target.hints.one_of.is_empty() || target.hints.one_of.iter().any(given) {
        return;
    }
    let asks = || "No column is read as a day or a month: which period is it?".to_owned();
    let (asks, options) = told.map_or_else(|| (asks(), Vec::new()), |told| (told.asks, told.options));
    questions.push(Asked { setting: PERIOD.into(), asks, options, must_answer: true });
}

/// The setting that gives the one period of a file.
const PERIOD: &str = "period";

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
    let Meanings { columns, asked } = meanings(target, &seen.columns);
    let questions = evidence.questions.iter().map(|question| Asked {
        setting: setting(question.about).to_owned(),
        asks: question.asks.clone(),
        options: question.options.clone(),
        must_answer: question.must_answer,
    });
    let questions = questions.chain(asked).filter(|question| !settings.answers(&question.setting)).collect();
    let (name, kind) = (String::new(), target.kind.to_owned());
    let constants = std::collections::BTreeMap::new();
    Ok(Prepared {
        profile: Profile { name, kind, dialect, formats, columns, constants },
        profile_name: None,
        questions,
        findings: evidence.findings.into_iter().map(|finding| finding.says).collect(),
        unnamed: unnamed(&seen.columns),
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
        let mapping = sheets::propose_mapping(&fields, reader.columns(), &|_, _| true);
        Ok(mapping.missing.is_empty() && !mapping.matched.is_empty())
    };
    let first = Dialect { header_line: Some(1), group_row: false, ..dialect.clone() };
    Ok(dialect.header_line != Some(1) && !names_all(dialect)? && names_all(&first)?)
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
        About::Period => PERIOD,
        About::NullWords => "null_words",
        About::Rows => "skip_totals",
    }
}
