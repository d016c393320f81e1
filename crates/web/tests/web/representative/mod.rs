//! What a customer's representative can find out: of another customer nothing, by no door, and of their own
//! nothing that is ours.

mod finds;
mod twins;
