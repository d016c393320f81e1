//! Files by what they hold: a bill is known again wherever its files are.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use calc::Stop;
use sha2::{Digest, Sha256};

/// Bytes read at once.
const PIECE: usize = 1 << 20;

/// SHA-256 of a file's bytes.
pub(super) fn sha256(path: &Path) -> Result<String, Stop> {
    let cannot = |error: std::io::Error| Stop::Usage(format!("{} cannot be read: {error}", path.display()));
    let mut file = File::open(path).map_err(cannot)?;
    let (mut hash, mut piece) = (Sha256::new(), vec![0; PIECE]);
    loop {
        match file.read(&mut piece).map_err(cannot)? {
            0 => break,
            read => hash.update(&piece[..read]),
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Of the files at hand those that hold the bytes of each digest, in their order; the digest that none holds.
pub(super) fn found(at_hand: &[PathBuf], digests: &[&str]) -> Result<Vec<PathBuf>, Missing> {
    let there: Vec<&PathBuf> = at_hand.iter().filter(|path| path.is_file()).collect();
    let known = digested(&there).map_err(Missing::Stopped)?;
    let find = |(at, digest): (usize, &&str)| {
        let path = known.iter().find(|(other, _)| other == digest);
        path.map(|(_, path)| (*path).clone()).ok_or(Missing::File(at))
    };
    digests.iter().enumerate().map(find).collect()
}

/// The digest of each file, by as many threads as there are processors.
fn digested<'f>(files: &[&'f PathBuf]) -> Result<Vec<(String, &'f PathBuf)>, Stop> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let part = |files: &[&'f PathBuf]| -> Result<Vec<(String, &'f PathBuf)>, Stop> {
        files.iter().map(|path| Ok((sha256(path)?, *path))).collect()
    };
    std::thread::scope(|scope| {
        let parts: Vec<_> = files
            .chunks(files.len().div_ceil(threads).max(1))
            .map(|files| scope.spawn(move || part(files)))
            .collect();
        let mut known = Vec::new();
        for part in parts {
            known.extend(part.join().map_err(|_| Stop::Failed("a file could not be digested".into()))??);
        }
        Ok(known)
    })
}

/// What is in the way.
#[derive(Debug)]
pub(super) enum Missing {
    /// No file holds the bytes of the digest at that place.
    File(usize),
    /// A file cannot be read.
    Stopped(Stop),
}
