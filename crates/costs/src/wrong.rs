//! What is wrong with a file, on its way through the engine to the person.

use std::error::Error;
use std::fmt;

use calc::Stop;
use datafusion::error::DataFusionError;

/// What is wrong, where, and what to do: a whole sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrong(pub(crate) String);

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Wrong {}

impl From<Wrong> for DataFusionError {
    fn from(wrong: Wrong) -> DataFusionError {
        DataFusionError::External(Box::new(wrong))
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
    Stop::Failed(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_found_again_however_it_was_wrapped() {
        let wrong = Wrong("a.csv, row 1: “x” is no cost (--usage \"*\").".into());
        let stopped = Stop::Unclean(wrong.0.clone());
        let inner: DataFusionError = wrong.clone().into();
        let near = DataFusionError::Context("scan".into(), Box::new(DataFusionError::Shared(inner.into())));
        assert_eq!(stop(&near), stopped);
        let ours = DataFusionError::Execution("disk full".into());
        assert_eq!(stop(&ours), Stop::Failed("Execution error: disk full".into()));
    }
}
