//! Passwords: Argon2id with 19 MiB, two passes, one lane (OWASP's minimum; `quality.md` S5).

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use kernel::{Chance, Fault, Refusal, Refused};

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SHORTEST: usize = 12;

fn argon() -> Argon2<'static> {
    let params =
        Params::new(MEMORY_KIB, PASSES, LANES, None).expect("the parameters are within Argon2's limits");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Refuses a password under twelve characters (NIST SP 800-63B-4 asks for 15 without a second
/// factor, 8 with one; ASVS 5.0 for 8, 15 recommended).
pub fn require_good(password: &str) -> Result<(), Refusal> {
    if password.chars().count() < SHORTEST {
        return Err(Refusal::field(
            "password",
            format!("Choose a password of at least {SHORTEST} characters."),
        ));
    }
    Ok(())
}

/// The hash of a password somebody chose, if it is a good one. Takes as long as [`hash`].
pub fn chosen(password: &str, chance: &dyn Chance) -> Result<String, Refused> {
    require_good(password)?;
    Ok(hash(password, chance)?)
}

/// The hash to store. Takes some 20 ms of one core: call it where that may block.
pub fn hash(password: &str, chance: &dyn Chance) -> Result<String, Fault> {
    let mut salt = [0_u8; 16];
    chance.fill(&mut salt);
    let wrong = |error: argon2::password_hash::Error| Fault::because(format!("hashing a password: {error}"));
    let salt = SaltString::encode_b64(&salt).map_err(wrong)?;
    Ok(argon().hash_password(password.as_bytes(), &salt).map_err(wrong)?.to_string())
}

/// Whether `password` is the one hashed; costs the same where there is no hash, so that a name
/// that does not exist cannot be told by the time it takes.
pub fn verify(password: &str, hash: Option<&str>) -> bool {
    // Argon2id of a random password nobody has.
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IGF0IGFsbC4u$\
                          q8J0bW0k3r0d0m4a5ZkRk6l5tq1n8Zb1n3YbYk0mJ2A";
    let known = hash.and_then(|hash| PasswordHash::new(hash).ok());
    match known {
        Some(hash) => argon().verify_password(password.as_bytes(), &hash).is_ok(),
        None => {
            if let Ok(nobody) = PasswordHash::new(NOBODY) {
                let _ = argon().verify_password(password.as_bytes(), &nobody);
            }
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::SeededChance;

    #[test]
    fn a_password_is_told_from_another_and_the_parameters_are_the_minimum() {
        let hash = hash("correct horse battery", &SeededChance::new(1)).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("correct horse battery", Some(&hash)));
        assert!(!verify("correct horse batterx", Some(&hash)));
        assert!(!verify("correct horse battery", None));
    }

    #[test]
    fn a_short_password_is_refused() {
        assert!(require_good("eleven char").is_err());
        assert!(require_good("twelve chars").is_ok());
    }
}
