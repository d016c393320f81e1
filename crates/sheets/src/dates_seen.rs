//! What the dates of a file prove about their order.

use crate::detect_formats::Tally;
use crate::evidence::{About, Evidence, counted};
use crate::formats::{DateOrder, Formats};
use crate::shape::DateShape;

/// Dates of all columns of dates.
#[derive(Clone, Debug, Default)]
pub(crate) struct DatesSeen {
    year_first: Tally,
    compact: Tally,
    letters: Tally,
    no_year: Tally,
    two_digits: Tally,
    day_first: Tally,
    month_first: Tally,
    year_in_front: Tally,
    either: Tally,
    first_places: u128,
    last_places: u128,
}

impl DatesSeen {
    pub(crate) fn add(&mut self, line: u64, text: &str, shape: DateShape) {
        match shape {
            DateShape::YearFirst => self.year_first.add(line, text),
            DateShape::Compact => self.compact.add(line, text),
            DateShape::Letters => self.letters.add(line, text),
            DateShape::NoYear => self.no_year.add(line, text),
            DateShape::Places(a, b, c, short_year) => {
                if short_year {
                    self.two_digits.add(line, text);
                    self.first_places |= 1 << a.min(127);
                    self.last_places |= 1 << c.min(127);
                }
                match (a, b) {
                    (32.., _) | (0, _) => self.year_in_front.add(line, text),
                    (13.., 1..=12) => self.day_first.add(line, text),
                    (_, 13..) => self.month_first.add(line, text),
                    _ => self.either.add(line, text),
                }
            }
        }
    }

    pub(crate) fn merge(&mut self, other: DatesSeen) {
        self.year_first.merge(other.year_first);
        self.compact.merge(other.compact);
        self.letters.merge(other.letters);
        self.no_year.merge(other.no_year);
        self.two_digits.merge(other.two_digits);
        self.day_first.merge(other.day_first);
        self.month_first.merge(other.month_first);
        self.year_in_front.merge(other.year_in_front);
        self.either.merge(other.either);
        self.first_places |= other.first_places;
        self.last_places |= other.last_places;
    }

    pub(crate) fn propose(&self, formats: &mut Formats, evidence: &mut Evidence) {
        for (tally, what) in [
            (&self.year_first, "with the year first"),
            (&self.compact, "as YYYYMMDD"),
            (&self.letters, "with the month in letters"),
        ] {
            if tally.count > 0 {
                let dates = counted(tally.count, "date is", "dates are");
                evidence.found(About::Dates, format!("{dates} written {what}: {}.", tally.example()));
            }
        }
        let places =
            self.day_first.count + self.month_first.count + self.either.count + self.year_in_front.count;
        if places > 0 {
            self.propose_order(places, formats, evidence);
        } else if self.compact.count > 0 {
            formats.date_order = DateOrder::Compact;
        }
        if places > 0 && self.compact.count > 0 {
            let asks = format!("Dates are written in two ways: {} too.", self.compact.example());
            evidence.ask(About::Dates, asks, &["D/M/Y", "M/D/Y", "YYYYMMDD"], true);
        }
        if self.two_digits.count > 0 {
            let says = format!(
                "{} have a two-digit year ({}): up to {:02} is read as 20xx, later as 19xx.",
                counted(self.two_digits.count, "date", "dates"),
                self.two_digits.example(),
                formats.two_digit_years_to
            );
            evidence.found(About::Dates, says);
        }
        if self.no_year.count > 0 {
            let asks = format!(
                "{} without a year: {}. Which year is meant?",
                counted(self.no_year.count, "date is", "dates are"),
                self.no_year.example()
            );
            evidence.ask(About::Dates, asks, &[], true);
        }
    }

    fn propose_order(&self, places: u64, formats: &mut Formats, evidence: &mut Evidence) {
        let options = ["D/M/Y", "M/D/Y", "Y-M-D"];
        let (day, month, year) = (self.day_first.count, self.month_first.count, self.year_in_front.count);
        let proven = [day, month, year].iter().filter(|count| **count > 0).count();
        formats.date_order = match (day, month, year) {
            (_, 0, 0) => DateOrder::DayMonthYear,
            (_, _, 0) if month >= day => DateOrder::MonthDayYear,
            (_, _, 0) => DateOrder::DayMonthYear,
            _ => DateOrder::YearMonthDay,
        };
        if proven > 1 {
            let examples: Vec<String> = [&self.day_first, &self.month_first, &self.year_in_front]
                .iter()
                .filter(|tally| tally.count > 0)
                .map(|tally| tally.example())
                .collect();
            let asks = format!("Dates are written in more than one order: {}.", examples.join("; "));
            return evidence.ask(About::Dates, asks, &options, true);
        }
        if proven == 0 {
            let asks = format!(
                "{} could be day/month or month/day, {} for one. Which is it?",
                if places == 1 { "The only date".to_owned() } else { format!("All {places} dates") },
                self.either.example()
            );
            return evidence.ask(About::Dates, asks, &options, true);
        }
        let (tally, place, part) = match formats.date_order {
            DateOrder::DayMonthYear => (&self.day_first, "first", "day"),
            DateOrder::MonthDayYear => (&self.month_first, "second", "day"),
            _ => (&self.year_in_front, "first", "year"),
        };
        let tokens = crate::date::tokens_of(tally.text());
        let token = tokens.get(usize::from(place == "second")).copied().unwrap_or_default();
        let says = format!(
            "“{token}” in the {place} place of {} can only be a {part}: {}. {} of {places} dates could be \
             read either way.",
            tally.example(),
            formats.date_order.word(),
            self.either.count
        );
        evidence.found(About::Dates, says);
        if self.two_digits.count > 0 && formats.date_order == DateOrder::DayMonthYear {
            self.settle_two_digit_years(tally.example(), evidence);
        }
    }

    /// With two digits a year may stand in front: settled only where the last place holds few
    /// values and the first one many.
    fn settle_two_digit_years(&self, example: String, evidence: &mut Evidence) {
        let (first, last) = (self.first_places.count_ones(), self.last_places.count_ones());
        if last <= 3 && first >= 8 {
            let says = format!(
                "The last place of {example} and the others holds {last} different values, the first {first}: \
                 the year stands last."
            );
            evidence.found(About::Dates, says);
        } else {
            let asks = format!("Is {example} day-month-year, or year-month-day?");
            evidence.ask(About::Dates, asks, &["D/M/Y", "Y-M-D"], true);
        }
    }
}
