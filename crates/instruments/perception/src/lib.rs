//! What customers say, with how certain it is: recommendation, satisfaction, mean scores, their change, and what
//! may be shown of small numbers.
//!
//! A pure library: counts go in, readings with intervals come out; no I/O, no clock, no chance.
//! `quarterdeck calc nps` and `quarterdeck calc csat` run it on counts.
//!
//! What binds (`domain.md` §5): every score stands beside its number of answers and its interval; fewer than ten
//! answers give counts and mean, no net promoter score; *rose* and *fell* are said only where the interval of the
//! change excludes zero; a trend never crosses a change of wording or scale; small cells are suppressed, and where
//! subtraction would tell, the next smallest too.
//!
//! | file | holds | source |
//! | --- | --- | --- |
//! | `question` | [`Question`]: what two readings must share to be compared | |
//! | `interval` | [`Level`], [`Interval`] | |
//! | `recommend` | [`Recommendation`]: net promoter score, adjusted Wald interval | Rocks 2016 |
//! | `proportion` | [`Proportion`]: a share such as satisfaction, Wilson interval | Wilson 1927 |
//! | `mean` | [`MeanScore`]: t interval, finite population correction | Cochran 1977 |
//! | `change` | [`Change`]: two readings, the interval of their difference, the word for it | Newcombe 1998, Welch 1947 |
//! | `suppression` | [`suppress`], [`suppress_table`]: which cells may be shown | Willenborg and de Waal 2001 |
//!
//! Units: net promoter scores are points from −100 to 100, shares are parts of 1, means are on the scale asked.
//!
//! ```
//! use perception::{Level, Proportion, Recommendation};
//!
//! let recommend = Recommendation::of_groups(8, 4, 3);
//! let score = recommend.score(Level::NINETY_FIVE).expect("fifteen answers are enough for a score");
//! assert!((score.points - 33.3).abs() < 0.05);
//! assert!(score.interval.lower < 0.0, "and yet it is not certain that promoters prevail");
//!
//! let satisfied = Proportion::new(9, 10)?.wilson(Level::NINETY_FIVE);
//! assert_eq!(format!("{:.4} to {:.4}", satisfied.lower, satisfied.upper), "0.5958 to 0.9821");
//! # Ok::<(), perception::Error>(())
//! ```

mod change;
mod error;
mod interval;
mod mean;
mod proportion;
mod question;
mod recommend;
mod suppression;

pub use change::{Change, Direction, share_change};
pub use error::Error;
pub use interval::{Interval, Level};
pub use mean::{Correction, MeanScore};
pub use proportion::{Proportion, newcombe};
pub use question::{Question, Scale};
pub use recommend::{FEWEST_ANSWERS, NetPromoterScore, Recommendation};
pub use suppression::{Reader, Rule, Shown, Survey, suppress, suppress_table};
