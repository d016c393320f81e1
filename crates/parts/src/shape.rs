//! Drawn shapes: 13 px SVG, never a typed glyph, whose size would differ by font. They carry no
//! meaning alone: a word always stands beside them, so they are hidden from screen readers.

use maud::{Markup, html};

/// A drawn mark beside a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// ○
    Circle,
    /// ◔
    Quarter,
    /// ◑
    Half,
    /// ◕
    ThreeQuarters,
    /// ●
    Full,
    /// ▷
    PlayOutline,
    /// ▶
    Play,
    /// ■
    Square,
    /// ◪
    HalfSquare,
    /// □
    SquareOutline,
    /// ✕
    Cross,
    /// ‖
    Pause,
    /// ⤳
    Merge,
    /// ⊘
    Slash,
    /// ▲
    Triangle,
    /// ▼
    TriangleDown,
    /// ◆
    Diamond,
    /// ✓
    Check,
    /// ?
    Question,
    /// A closed lock: frozen.
    Lock,
    /// A small triangle that points down: opens a menu.
    Caret,
    /// A bell: what waits for the reader.
    Bell,
}

/// The shape as an inline SVG that takes the colour of the text around it.
pub fn shape(shape: Shape) -> Markup {
    html! {
        svg .shape viewBox="0 0 13 13" width="13" height="13" aria-hidden="true" focusable="false" {
            (drawn(shape))
        }
    }
}

fn drawn(shape: Shape) -> Markup {
    match shape {
        Shape::Circle => ring(None),
        Shape::Quarter => ring(Some("M6.5 6.5V1a5.5 5.5 0 0 1 5.5 5.5z")),
        Shape::Half => ring(Some("M6.5 1a5.5 5.5 0 0 1 0 11z")),
        Shape::ThreeQuarters => ring(Some("M6.5 6.5H1A5.5 5.5 0 1 0 6.5 1z")),
        Shape::Full => html! { circle .fill cx="6.5" cy="6.5" r="5.75" {} },
        Shape::PlayOutline => line("M2.8 1.6v9.8L11 6.5z"),
        Shape::Play => fill("M2 .8v11.4l9.8-5.7z"),
        Shape::Square => fill("M1 1h11v11H1z"),
        Shape::HalfSquare => html! { (line("M1.75 1.75h9.5v9.5h-9.5z")) (fill("M1.75 1.75H6.5v9.5H1.75z")) },
        Shape::SquareOutline => line("M1.75 1.75h9.5v9.5h-9.5z"),
        Shape::Cross => thick("M2.5 2.5l8 8M10.5 2.5l-8 8"),
        Shape::Pause => thick("M4.4 2v9M8.6 2v9"),
        Shape::Merge => line("M1 3h3.5c2 0 2 6.5 4 6.5h3M9.2 7l2.5 2.5L9.2 12"),
        Shape::Slash => html! { (ring(None)) (line("M2.6 2.6l7.8 7.8")) },
        Shape::Triangle => fill("M6.5 1.2l6 10.3H.5z"),
        Shape::TriangleDown => fill("M6.5 11.8l6-10.3H.5z"),
        Shape::Diamond => fill("M6.5.6l5.9 5.9-5.9 5.9L.6 6.5z"),
        Shape::Check => thick("M1.8 6.9l3.2 3.3 6.2-7.6"),
        Shape::Question => {
            html! { (thick("M3.6 4.2C3.6 .8 9.4.8 9.4 4.2c0 2.1-2.9 2.2-2.9 4.2")) circle .fill cx="6.5" cy="11.4" r="1.2" {} }
        }
        Shape::Lock => html! {
            (line("M4 6V4.2a2.5 2.5 0 0 1 5 0V6")) (fill("M2 6h9v6.2H2z"))
        },
        Shape::Caret => fill("M2.8 3.6h7.4L6.5 10z"),
        Shape::Bell => line("M1.6 9.8h9.8L9.9 7.9V5a3.4 3.4 0 0 0-6.8 0v2.9zM5.4 11.8h2.2"),
    }
}

fn ring(filled: Option<&str>) -> Markup {
    html! {
        circle .line cx="6.5" cy="6.5" r="5.4" {}
        @if let Some(path) = filled { path .fill d=(path) {} }
    }
}

fn fill(path: &str) -> Markup {
    html! { path .fill d=(path) {} }
}

fn line(path: &str) -> Markup {
    html! { path .line d=(path) {} }
}

fn thick(path: &str) -> Markup {
    html! { path .thick d=(path) {} }
}
