//! What may happen to a statement.

use super::*;

fn issued() -> Statement {
    Statement {
        id: StatementId::new(Default::default()),
        version: 1,
        number: "STM-1".into(),
        period: "2026-08".parse().unwrap(),
        customer: CustomerId::new(Default::default()),
        state: StatementState::Issued,
        currency: Currency::EUR,
        total: 0,
        previous_total: None,
        lines: 0,
        digest: String::new(),
        issued: None,
        accept_by: NaiveDate::from_ymd_opt(2026, 10, 4),
        accepted_by: None,
        accepted_at: None,
        lapsed: false,
        note: None,
    }
}

fn somebody() -> PersonId {
    PersonId::new(Default::default())
}

/// The mock: issued 4 September, accept by 4 October.
#[test]
fn the_window_is_thirty_days_from_the_day_of_issue() {
    let mut statement = Statement { state: StatementState::Draft, accept_by: None, ..issued() };
    let day = NaiveDate::from_ymd_opt(2026, 9, 4).unwrap();
    assert!(statement.issue(somebody(), String::new(), day));
    assert_eq!(statement.accept_by, NaiveDate::from_ymd_opt(2026, 10, 4));
    assert!(!statement.issue(somebody(), String::new(), day), "issued once");
}

#[test]
fn it_lapses_the_day_after_the_window_and_never_when_it_was_answered() {
    for (state, day, lapses) in [
        (StatementState::Issued, 4, false),
        (StatementState::Issued, 5, true),
        (StatementState::Accepted, 5, false),
        (StatementState::Draft, 5, false),
    ] {
        let mut statement = Statement { state, ..issued() };
        let today = NaiveDate::from_ymd_opt(2026, 10, day).unwrap();
        assert_eq!(statement.lapse(String::new(), today), lapses, "{state:?} on {today}");
        assert_eq!((statement.lapsed, statement.accepted_by), (lapses, None));
    }
}

#[test]
fn only_what_was_issued_is_accepted_and_once() {
    let mut statement = issued();
    assert_eq!(statement.accept(somebody(), String::new(), None), Ok(true));
    assert_eq!(statement.accept(somebody(), String::new(), Some("again".into())), Ok(false));
    assert_eq!(statement.note, None);
    let mut draft = Statement { state: StatementState::Draft, ..issued() };
    let refused = draft.accept(somebody(), String::new(), None).unwrap_err();
    assert_eq!(refused.kind.code, "statement_not_issued");
}
