//! What is wrong with a file, on its way through the engine to the person.

use std::error::Error;
use std::fmt;

use calc::Stop;
use datafusion::error::DataFusionError;

/// What is wrong, where, and what to do: a whole sentence.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Wrong(pub(crate) String);

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        // Between marks, by which it is found again in what an executor far away says in one text.
        write!(f, "{OPENS}{}{CLOSES}", self.0)
    }
}

const OPENS: char = '⟦';
const CLOSES: char = '⟧';

impl fmt::Debug for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Error for Wrong {}

impl From<Wrong> for DataFusionError {
    fn from(wrong: Wrong) -> DataFusionError {
        DataFusionError::External(Box::new(wrong))
    }
}

impl From<Stop> for Wrong {
    fn from(stop: Stop) -> Wrong {
        let (Stop::Usage(says) | Stop::Unclean(says) | Stop::Failed(says)) = stop;
        Wrong(says)
    }
}

impl From<Wrong> for Stop {
    fn from(wrong: Wrong) -> Stop {
        Stop::Unclean(wrong.0)
    }
}

/// An error of the engine: a [`Wrong`] that went through it, else a fault of the engine or of ours.
pub(crate) fn stop(error: &DataFusionError) -> Stop {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(inner) = cause {
        if let Some(wrong) = inner.downcast_ref::<Wrong>() {
            return Stop::Unclean(wrong.0.clone());
        }
        cause = match inner.downcast_ref::<DataFusionError>() {
            Some(DataFusionError::Shared(shared)) => Some(shared.as_ref()),
            Some(DataFusionError::External(external)) => Some(external.as_ref()),
            _ => inner.source(),
        };
    }
    let text = error.to_string();
    match marked(&text) {
        Some(says) => Stop::Unclean(says),
        None => Stop::Failed(text),
    }
}

/// What stands between the innermost marks.
fn marked(text: &str) -> Option<String> {
    let (before, _) = text.split_once(CLOSES)?;
    let (_, says) = before.rsplit_once(OPENS)?;
    Some(says.replace("\\\"", "\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_found_again_however_it_was_wrapped() {
        let wrong = Wrong("a.csv, row 1: “x” is no cost (--usage \"*\").".into());
        let stopped = Stop::Unclean(wrong.0.clone());
        let inner: DataFusionError = wrong.clone().into();
        let far = DataFusionError::Execution(format!("Job 7 failed: Task 3: {inner:?} after 1 of 4"));
        let near = DataFusionError::Context("scan".into(), Box::new(DataFusionError::Shared(inner.into())));
        assert_eq!((stop(&near), stop(&far)), (stopped.clone(), stopped));
        let ours = DataFusionError::Execution("disk full".into());
        assert_eq!(stop(&ours), Stop::Failed("Execution error: disk full".into()));
    }
}
