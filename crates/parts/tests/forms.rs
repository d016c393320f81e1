//! Forms: errors said twice, answers kept.

mod html;

use html::read;
use kernel::FieldError;
use parts::{Choice, Field, Form, PostAction};

fn form() -> Form {
    Form::new("/orders", "t0ken")
        .version("7")
        .field(Field::text("what", "What?").value("old"))
        .field(Field::date_parts("from", "From when?"))
        .field(Field::radios(
            "mode",
            "How?",
            vec![Choice::new("memo", "Memo"), Choice::new("recharge", "Recharge")],
        ))
        .field(Field::checkboxes("who", "Who?", vec![Choice::new("a", "A").on(true), Choice::new("b", "B")]))
        .field(Field::checkbox("shown", "Show it").value("yes"))
        .field(Field::hidden("next", "/orders"))
}

#[test]
fn an_error_is_said_on_top_with_a_link_and_again_at_its_field() {
    let errors = [("from", "Enter a day"), ("mode", "Choose how"), ("total", "The total does not tie")];
    let errors = errors.map(|(field, says)| FieldError { field: field.into(), says: says.into() }).to_vec();
    let html = form().errors(errors).render().into_string();
    let elements = read(&html).unwrap();
    let linked: Vec<&str> =
        elements.iter().filter(|e| e.name == "a").map(|e| e.attributes["href"].as_str()).collect();
    assert_eq!(linked, ["#f-from-day", "#f-mode-0"], "an error of no field has no link");
    assert_eq!(html.matches("Enter a day").count(), 2);
    assert_eq!(html.matches("From when? Enter a day").count(), 1, "the summary says which question");
    assert_eq!(html.matches("The total does not tie").count(), 1);
    assert!(!html.contains("disabled"));
}

#[test]
fn a_stored_day_stands_as_people_write_it_and_what_was_typed_as_it_was() {
    for (value, stands) in [("2026-09-03", "3 Sep 2026"), ("soon", "soon"), ("3 Sep 2026", "3 Sep 2026")] {
        let html = Form::new("/", "t").field(Field::date("from", "From").value(value)).render().into_string();
        assert!(html.contains(&format!("value=\"{stands}\"")), "{html}");
    }
}

#[test]
fn answers_are_kept_whatever_the_question() {
    let answers = [
        ("what", "<new>"),
        ("from-day", "3"),
        ("from-year", "2026"),
        ("mode", "recharge"),
        ("who", "b"),
        ("next", "https://elsewhere"),
    ];
    let html = form().answers(answers.into_iter()).render().into_string();
    let elements = read(&html).unwrap();
    let values = |name: &str| {
        let named = elements.iter().filter(|e| e.attributes.get("name").is_some_and(|n| n == name));
        named
            .map(|e| (e.attributes["value"].clone(), e.attributes.contains_key("checked")))
            .collect::<Vec<_>>()
    };
    assert_eq!(values("what"), [("&lt;new&gt;".to_owned(), false)]);
    assert_eq!(values("from-day"), [("3".to_owned(), false)]);
    assert_eq!(values("from-month"), [(String::new(), false)]);
    assert_eq!(values("mode"), [("memo".to_owned(), false), ("recharge".to_owned(), true)]);
    assert_eq!(values("who"), [("a".to_owned(), false), ("b".to_owned(), true)]);
    assert_eq!(values("shown"), [("yes".to_owned(), false)], "a box not ticked is not posted");
    assert_eq!(values("next"), [("/orders".to_owned(), false)], "a hidden value is ours");
    assert_eq!(values("_token"), [("t0ken".to_owned(), false)]);
    assert_eq!(values("_version"), [("7".to_owned(), false)]);
}

#[test]
fn a_file_makes_the_form_a_multipart_one() {
    let plain = form().render().into_string();
    assert!(!plain.contains("multipart"));
    let upload =
        Form::new("/imports", "t").field(Field::file("file", "File", ".csv,.xlsx")).render().into_string();
    assert!(upload.contains("enctype=\"multipart/form-data\"") && upload.contains("accept=\".csv,.xlsx\""));
}

#[test]
fn a_button_posts_its_token_and_its_fields() {
    let html = PostAction::new("/sign-out", "t\"k").with("a", "1").button("Sign out").into_string();
    let elements = read(&html).unwrap();
    assert_eq!(elements[1].attributes["value"], "t&quot;k");
    assert_eq!(
        (elements[2].attributes["name"].as_str(), elements[2].attributes["value"].as_str()),
        ("a", "1")
    );
}
