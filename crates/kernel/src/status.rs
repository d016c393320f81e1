//! What kind of no a refusal is, and the numbers that follow from it.

/// What kind of no it is; HTTP status and exit code follow from it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// Input cannot be read or is incomplete. HTTP 422, exit 6.
    Unclean,
    /// Nobody is signed in. HTTP 401, exit 4.
    SignIn,
    /// Signed in, but not allowed. HTTP 403, exit 4.
    Forbidden,
    /// Allowed, but another person has to. HTTP 403, exit 5: a rule, whatever one's roles.
    OtherPerson,
    /// Not there, or not theirs to see: the same answer. HTTP 404, exit 3.
    NotFound,
    /// A rule of the domain says no. HTTP 409, exit 5.
    Rule,
    /// The record changed since it was read. HTTP 412, exit 5.
    Stale,
    /// The request must say which version it changes. HTTP 428, exit 5.
    VersionNeeded,
    /// There, but not for that method. HTTP 405, exit 2.
    NoMethod,
    /// Too large to take. HTTP 413, exit 6.
    TooLarge,
    /// Too many requests. HTTP 429, exit 8.
    TooMany,
}

impl Status {
    /// The HTTP status code.
    pub const fn http(self) -> u16 {
        match self {
            Status::Unclean => 422,
            Status::SignIn => 401,
            Status::Forbidden | Status::OtherPerson => 403,
            Status::NotFound => 404,
            Status::NoMethod => 405,
            Status::Rule => 409,
            Status::Stale => 412,
            Status::VersionNeeded => 428,
            Status::TooLarge => 413,
            Status::TooMany => 429,
        }
    }

    /// The exit code of the command line (`quarterdeck help exit-codes`).
    pub const fn exit(self) -> u8 {
        match self {
            Status::Unclean | Status::TooLarge => 6,
            Status::SignIn | Status::Forbidden => 4,
            Status::NotFound => 3,
            Status::NoMethod => 2,
            Status::Rule | Status::OtherPerson | Status::Stale | Status::VersionNeeded => 5,
            Status::TooMany => 8,
        }
    }
}
