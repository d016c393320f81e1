//! `calc forecast`, `calc backtest`, `calc diffusion`: series into the future, and how well that went before.
//!
//! | file | holds |
//! | --- | --- |
//! | `table` | series out of a table |
//! | `words` | what the verbs share: season, horizon, levels, threads |
//! | `ahead` | `calc forecast` |
//! | `past` | `calc backtest` |
//! | `spread` | `calc diffusion` |

mod ahead;
mod past;
mod spread;
mod table;
mod words;

use crate::Verb;

pub(crate) const VERBS: &[Verb] = &[ahead::VERB, past::VERB, spread::VERB];
