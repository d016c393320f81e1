//! The catalogue: the menu card of a customer (`screens.md` S17). What they may have now, what is
//! ending, for what price, with what promise, how much of it they take and will take, and which of
//! their orders wait for an answer. Only complete services stand on it; a customer's representative
//! sees their own customer's card and no other.
//!
//! It lives above `portfolio` because it joins services with what a customer has agreed.

mod view;

pub use view::show;
