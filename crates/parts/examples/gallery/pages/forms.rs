//! A form that was refused: summary, errors beside the fields, answers kept.

use kernel::FieldError;
use parts::{Choice, Field, Form, Markup, PageHead, html};

use super::house::shell;

/// The page.
pub fn page() -> Markup {
    let wrong = |field: &str, says: &str| FieldError { field: field.into(), says: says.into() };
    let form = Form::new("/services", "token")
        .field(
            Field::text("name", "What is the service called?")
                .hint("As customers call it.")
                .value("Home Broadband over 4G"),
        )
        .field(Field::short("key", "Key", 14).hint("2 to 12 capital letters and digits. It never changes."))
        .field(Field::select(
            "owner",
            "Owner",
            vec![Choice::new("", "Choose a person"), Choice::new("1", "Rafael Pinto")],
        ))
        .field(
            Field::radios(
                "kind",
                "What kind of service is it?",
                vec![
                    Choice::new("core", "Core").hint("Customers take it for its own sake."),
                    Choice::new("enhancing", "Enhancing"),
                    Choice::new("supporting", "Supporting").hint("Other services need it."),
                ],
            )
            .value("core"),
        )
        .field(Field::amount("price", "Price per unit", "€").value("1.234,5x").optional())
        .field(Field::date_parts("first", "First day"))
        .field(
            Field::area("value", "What does it do for the customer?", 4)
                .hint("One sentence, in their words."),
        )
        .field(Field::file("file", "Agreement", ".pdf").optional())
        .field(Field::checkbox("shown", "Show it to customers"))
        .submit("Take it over")
        .second("Save draft", "draft", "yes")
        .cancel("/services")
        .errors(vec![
            wrong("key", "Enter a key, 2 to 12 capital letters and digits"),
            wrong("price", "“1.234,5x” is no amount; write it as 1,234.50"),
            wrong("first", "Enter the day on which it was first offered"),
        ]);
    let head = PageHead {
        has_errors: true,
        answer: Some(
            html! { "It is entered once, with the day it was first offered and where you know that from." },
        ),
        ..PageHead::new("Take over a service").crumb("Services", "/services").here("New")
    };
    parts::page(&shell("Yuki Lindqvist", "/services"), head, form.render())
}
