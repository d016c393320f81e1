//! Writes a made-up organisation as an import pack.

use std::path::Path;
use std::process::ExitCode;

use seed::Size;

const USAGE: &str = "seed FOLDER [--services N] [--customers N] [--lines N] [--months N]";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match asked(&words) {
        Ok((folder, size)) => match seed::write(Path::new(&folder), &size) {
            Ok(()) => {
                println!("Wrote {size:?}. Next: quarterdeck --db seed.db import pack {folder}");
                ExitCode::SUCCESS
            }
            Err(error) => failed(&format!("{folder}: {error}")),
        },
        Err(says) => failed(&format!("{says}\n{USAGE}")),
    }
}

fn failed(says: &str) -> ExitCode {
    eprintln!("{says}");
    ExitCode::from(2)
}

fn asked(words: &[String]) -> Result<(String, Size), String> {
    let (folder, options) = words.split_first().ok_or("Name the folder to write.")?;
    let mut size = Size::HELD_TO;
    for pair in options.chunks(2) {
        let [name, value] = pair else { return Err(format!("{} needs a number.", pair[0])) };
        let value =
            value.parse().ok().filter(|n| *n > 0).ok_or(format!("{name} {value}: no count above 0"))?;
        match name.as_str() {
            "--services" => size.services = value,
            "--customers" => size.customers = value,
            "--lines" => size.lines = value,
            "--months" => size.months = value,
            _ => return Err(format!("{name} is not known.")),
        }
    }
    Ok((folder.clone(), size))
}
