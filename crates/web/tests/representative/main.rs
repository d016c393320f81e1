//! What a customer's representative can find out: of another customer nothing, by no door, and of their own
//! nothing that is ours.

#[path = "../doors/mod.rs"]
mod doors;
mod finds;
mod twins;
#[path = "../walk/mod.rs"]
mod walk;
