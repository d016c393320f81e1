//! `calc nps` and `calc csat`: what customers say, with how certain it is.

use clap::{Arg, ArgMatches, Command};
use perception::{FEWEST_ANSWERS, Proportion, Recommendation};
use serde_json::json;

use crate::answer::{Answer, Stop};
use crate::survival::{level, level_of};
use crate::{Run, Verb};

pub(crate) const VERBS: &[Verb] = &[
    Verb { words: nps_words, reads: &[], run: Run::Short(nps) },
    Verb { words: csat_words, reads: &[], run: Run::Short(csat) },
];

const NPS_HELP: &str = "\
Example:
  quarterdeck calc nps --promoters 8 --passives 4 --detractors 3

Score and interval (adjusted Wald) are points from -100 to 100. Fewer than ten answers give no score.";

const CSAT_HELP: &str = "\
Example:
  quarterdeck calc csat --satisfied 9 --answers 10

The share of satisfied answers and its interval (Wilson) are parts of 1.";

fn counted(name: &'static str, help: &'static str) -> Arg {
    // So that sums stay whole numbers of 64 bits.
    let count = clap::value_parser!(u64).range(..=1_000_000_000_000);
    Arg::new(name).long(name).value_name("COUNT").required(true).value_parser(count).help(help)
}

fn nps_words() -> Command {
    Command::new("nps")
        .about("Net promoter score with its interval")
        .before_help(NPS_HELP)
        .arg(counted("promoters", "Answers of 9 and 10"))
        .arg(counted("passives", "Answers of 7 and 8"))
        .arg(counted("detractors", "Answers of 0 to 6; who skipped the question is not counted"))
        .arg(level())
}

fn csat_words() -> Command {
    Command::new("csat")
        .about("Share of satisfied customers with its interval")
        .before_help(CSAT_HELP)
        .arg(counted("satisfied", "Answers of 4 and 5 of 5"))
        .arg(counted("answers", "All answers"))
        .arg(level())
}

fn count(words: &ArgMatches, name: &str) -> u64 {
    words.get_one(name).copied().unwrap_or_default()
}

fn nps(words: &ArgMatches) -> Result<Answer, Stop> {
    let [promoters, passives, detractors] =
        ["promoters", "passives", "detractors"].map(|name| count(words, name));
    let recommend = Recommendation::of_groups(promoters, passives, detractors);
    let score = recommend.score(level_of(words));
    let json = json!({
        "schema": "quarterdeck.nps.v1",
        "answers": recommend.answers(),
        "promoters": promoters,
        "passives": passives,
        "detractors": detractors,
        "level": level_of(words).part(),
        "score": score.map(|score| score.points),
        "lower": score.map(|score| score.interval.lower),
        "upper": score.map(|score| score.interval.upper),
    });
    let few = format!("{} answers: counts, and no score below {FEWEST_ANSWERS}", recommend.answers());
    Ok(Answer::record(json).noting(score.is_none().then_some(few)))
}

fn csat(words: &ArgMatches) -> Result<Answer, Stop> {
    let share = Proportion::new(count(words, "satisfied"), count(words, "answers"))
        .map_err(|error| Stop::Usage(error.to_string()))?;
    let interval = share.wilson(level_of(words));
    Ok(Answer::record(json!({
        "schema": "quarterdeck.csat.v1",
        "answers": share.all(),
        "satisfied": share.some(),
        "level": level_of(words).part(),
        "share": share.share(),
        "lower": interval.lower,
        "upper": interval.upper,
    })))
}
