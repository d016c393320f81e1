//! Rules on words and days, by hand and against the plain way.

use super::*;
use crate::rules::{Condition, Field};

fn rule(service: u32, when: &[(usize, &[Test])], from: Option<i32>, to: Option<i32>) -> Rule {
    let when = when.iter().map(|(field, any)| Condition { field: *field, any: any.to_vec() });
    Rule { when: when.collect(), from, to, service }
}

/// What the rules say of a row, the plain way: one rule after the other.
fn plainly(rules: &Rules, words: &[Option<&str>], day: i32) -> u32 {
    let met = |rule: &&Rule| {
        let holds =
            |condition: &Condition| condition.any.iter().any(|test| test.holds(words[condition.field]));
        rule.when.iter().all(holds)
            && rule.from.is_none_or(|from| from <= day)
            && rule.to.is_none_or(|to| day <= to)
    };
    rules.rules.iter().find(met).map_or(rules.unmatched, |rule| rule.service)
}

fn looked_up(lookup: &Lookup, words: &[Option<&str>], day: i32) -> u32 {
    let said: Vec<Said> =
        words.iter().enumerate().map(|(field, word)| lookup.said(field, [*word].into_iter())).collect();
    let none = lookup.none();
    let first = said.iter().map(|said| said.first(0)).min().unwrap_or(none);
    let said: Vec<(&Said, usize)> = said.iter().map(|said| (said, 0)).collect();
    lookup.service(lookup.first_joint(first, i64::from(day), &said))
}

fn fields() -> Vec<Field> {
    ["a", "b"].map(|name| Field::Column(name.to_owned())).to_vec()
}

/// Worked by hand.
#[test]
fn the_first_rule_that_is_met_decides() {
    let is = |word: &str| Test::Is(word.to_owned());
    let rules = vec![
        rule(0, &[(0, &[is("x")]), (1, &[Test::Exists])], None, Some(9)),
        rule(1, &[(0, &[is("x"), is("y")])], None, None),
        rule(2, &[(1, &[Test::Begins("web".to_owned())])], Some(5), None),
        rule(3, &[(1, &[is("web")])], None, None),
    ];
    let lookup = Lookup::new(&Rules { services: 4, unmatched: 4, fields: fields(), rules });
    for (words, day, service) in [
        ([Some("x"), Some("p")], 9, 0),
        ([Some("x"), Some("p")], 10, 1),
        ([Some("x"), None], 9, 1),
        ([Some("y"), Some("web")], 7, 1),
        ([Some("z"), Some("web")], 4, 3),
        ([Some("z"), Some("web")], 5, 2),
        ([None, Some("web-1")], 5, 2),
        ([None, Some("web-1")], 4, 4),
        ([None, None], 5, 4),
    ] {
        assert_eq!(looked_up(&lookup, &words, day), service, "{words:?} {day}");
    }
}

const WORDS: [&str; 6] = ["a", "ab", "abc", "b", "ba", "c"];

/// More rules than bits are held together, of every kind.
fn many() -> Rules {
    let mut chance = 7_u64;
    let mut below = |end: u64| {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (chance >> 33) % end
    };
    let mut rules = Rules { services: 200, unmatched: 200, fields: fields(), rules: Vec::new() };
    for service in 0..200 {
        let any = |below: &mut dyn FnMut(u64) -> u64| -> Vec<Test> {
            let word = |number: u64| WORDS[number as usize].to_owned();
            (0..=below(2))
                .map(|_| match below(8) {
                    0 => Test::Begins(word(below(6))),
                    1 if below(4) == 0 => Test::Exists,
                    _ => Test::Is(word(below(6))),
                })
                .collect()
        };
        let mut when = vec![Condition { field: below(2) as usize, any: any(&mut below) }];
        if below(2) == 0 {
            when.push(Condition { field: below(2) as usize, any: any(&mut below) });
        }
        let from = (below(3) == 0).then(|| below(30) as i32);
        let to = (below(3) > 0).then(|| below(30) as i32 + from.unwrap_or(0));
        rules.rules.push(Rule { when, from, to, service });
    }
    // Seldom met rules first, so that not the first few decide everything.
    rules.rules.sort_by_key(|rule| std::cmp::Reverse(rule.when.len()));
    rules
}

#[test]
fn any_rules_decide_as_one_after_the_other_does() {
    let rules = many();
    let lookup = Lookup::new(&rules);
    let words: Vec<Option<&str>> = WORDS.iter().copied().map(Some).chain([None, Some("d")]).collect();
    let mut met = std::collections::BTreeSet::new();
    for (a, b) in words.iter().flat_map(|a| words.iter().map(move |b| (*a, *b))) {
        for day in -1..62 {
            let service = looked_up(&lookup, &[a, b], day);
            assert_eq!(service, plainly(&rules, &[a, b], day), "{a:?} {b:?} {day}");
            met.insert(service);
        }
    }
    assert!(met.len() > 40, "{}", met.len());
}
