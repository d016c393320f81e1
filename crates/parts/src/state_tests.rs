//! The vocabulary of states: each word for its thing.

use super::*;

/// `screens.md` 3.11.
#[test]
fn the_same_word_is_drawn_for_the_thing_that_has_it() {
    for (thing, word, said, tone, mark) in [
        (Thing::Service, "approved", "Approved", Tone::Neutral, Some(Shape::ThreeQuarters)),
        (Thing::Decision, "approved", "Approved", Tone::Ok, Some(Shape::Check)),
        (Thing::Period, "in_review", "In review", Tone::Warn, Some(Shape::Triangle)),
        (Thing::Period, "soft_closed", "Soft-closed", Tone::Info, Some(Shape::ThreeQuarters)),
        (Thing::Promise, "Off track", "Off track", Tone::Bad, Some(Shape::Diamond)),
        (Thing::Service, "off_track", "Off track", Tone::Bad, Some(Shape::Diamond)),
        (Thing::Service, "proportional_rule", "Proportional rule", Tone::Neutral, None),
    ] {
        assert_eq!(State::of(thing, word), State { word: said.into(), tone, shape: mark }, "{word}");
    }
}

#[test]
fn no_word_stands_twice_for_one_thing() {
    for (i, a) in VOCABULARY.iter().enumerate() {
        assert!(VOCABULARY[i + 1..].iter().all(|b| (a.0, a.1) != (b.0, b.1)), "{}", a.1);
    }
}
