//! Secrets handed out once: sessions, API tokens, one-time links. Only their digest is stored.

use kernel::Chance;

use crate::history::sha256;

/// A new secret of 256 bits, in hexadecimal.
pub fn new(chance: &dyn Chance) -> String {
    let mut bytes = [0_u8; 32];
    chance.fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is stored of it.
pub fn digest(secret: &str) -> String {
    sha256(&[secret])
}
