//! Why access says no.

use kernel::{RefusalKind, Status};

/// Nobody is signed in.
pub static SIGN_IN_NEEDED: RefusalKind = RefusalKind {
    code: "sign_in_needed",
    status: Status::SignIn,
    says: "You are not signed in.",
    way_out: "Sign in, or send an API token as “Authorization: Bearer …”.",
};

/// Signed in, but the role does not allow it.
pub static NOT_ALLOWED: RefusalKind = RefusalKind {
    code: "not_allowed",
    status: Status::Forbidden,
    says: "Your roles do not let you {0}.",
    way_out: "Ask somebody who may: {1}.",
};

/// The same person may not do both halves.
pub static SAME_PERSON: RefusalKind = RefusalKind {
    code: "same_person",
    status: Status::OtherPerson,
    says: "You {0} it yourself, so somebody else has to {1}.",
    way_out: "Ask another person with the role.",
};

/// A sign-in too long ago for what is asked.
pub static SIGN_IN_AGAIN: RefusalKind = RefusalKind {
    code: "sign_in_again",
    status: Status::SignIn,
    says: "This needs a sign-in within the last ten minutes.",
    way_out: "Sign in again, then repeat it.",
};

/// The record changed since it was read.
pub static STALE: RefusalKind = RefusalKind {
    code: "stale",
    status: Status::Stale,
    says: "Somebody changed this since you opened it (you have version {0}, it is now {1}).",
    way_out: "Look at both values and decide; nothing you typed is lost.",
};

/// The request does not say which version it changes.
pub static VERSION_NEEDED: RefusalKind = RefusalKind {
    code: "version_needed",
    status: Status::VersionNeeded,
    says: "A change must say which version of the record it changes.",
    way_out: "Read the record first and send its ETag as If-Match.",
};

/// One idempotency key with two bodies.
pub static KEY_REUSED: RefusalKind = RefusalKind {
    code: "idempotency_key_reused",
    status: Status::Unclean,
    says: "This idempotency key was used for another request.",
    way_out: "Use a new key for a new request.",
};

/// A POST without an idempotency key.
pub static KEY_NEEDED: RefusalKind = RefusalKind {
    code: "idempotency_key_needed",
    status: Status::Unclean,
    says: "A POST must carry an Idempotency-Key, so that a retry does not do it twice.",
    way_out: "Send a new random Idempotency-Key header with every new request.",
};

/// A secret asked of a job, which would have to keep it.
pub static TOLD_ONCE: RefusalKind = RefusalKind {
    code: "told_once",
    status: Status::Rule,
    says: "The answer holds a secret that is told once, and a job keeps its answer.",
    way_out: "Ask for it without “Prefer: respond-async”.",
};

/// A past day asked of what is only known as it is today.
pub static AS_OF_NOT_TAKEN: RefusalKind = RefusalKind {
    code: "as_of_not_taken",
    status: Status::Unclean,
    says: "“{0}” cannot be shown as of a past day.",
    way_out: "Leave the day out. These take one: {1}.",
};

/// All refusals of this module, for the catalogue.
pub static ALL: &[&RefusalKind] = &[
    &SIGN_IN_NEEDED,
    &NOT_ALLOWED,
    &SAME_PERSON,
    &SIGN_IN_AGAIN,
    &STALE,
    &VERSION_NEEDED,
    &KEY_REUSED,
    &KEY_NEEDED,
    &TOLD_ONCE,
    &AS_OF_NOT_TAKEN,
];
