//! The formats as people read them: `quarterdeck help formats`.

use super::{Field, Format, Need, Part};

const HEAD: &str = "\
Files that quarterdeck calc reads. Each has its fields, with type and unit, and a small example with the words that run
on it.

CSV files are UTF-8, comma-separated, with a heading line. Columns may stand in any order, capitals in their names do
not count, and columns that are not named here are left alone. Numbers have a dot and no separators: 12500.5. Where a
column is told as --time, the file may call it anything and the words say its name.

JSON files are objects with the fields told here; others are refused. A number is a whole one (12) or a decimal in
quotes (\"12.5\"), so that no reader takes it for a float. lines[] is each object of the list lines.

Verbs that read no file take their numbers as words: quarterdeck calc npv --help.
";

/// How wide the text is.
const WIDE: usize = 118;

/// All formats: each with the names of the verbs that read it.
pub(crate) fn text<'a>(formats: impl IntoIterator<Item = (&'a Format, Vec<String>)>) -> String {
    let one = |(format, verbs): (&Format, Vec<String>)| told(format, &verbs);
    std::iter::once(HEAD.to_owned()).chain(formats.into_iter().map(one)).collect::<Vec<_>>().join("\n")
}

fn told(format: &Format, verbs: &[String]) -> String {
    let parts: String = format.parts.iter().map(part).collect();
    let verbs = verbs.join(", ");
    let runs: String = format.runs.iter().map(|words| format!("    quarterdeck {words}\n")).collect();
    let example: String = format.example.lines().map(|line| format!("    {line}\n")).collect();
    let holds = wrapped(format.holds, 0);
    format!("{} (calc {verbs})\n{holds}\n{parts}\n  Example:\n\n{example}\n{runs}", format.file)
}

fn part(part: &Part) -> String {
    let at = if part.at.is_empty() { String::new() } else { format!("\n  {}\n", part.at) };
    let indent = if part.at.is_empty() { 2 } else { 4 };
    let name = part.fields.iter().map(|field| field.name.len()).max().unwrap_or_default();
    at + &part.fields.iter().map(|one| field(one, indent, name)).collect::<String>()
}

fn field(field: &Field, indent: usize, name: usize) -> String {
    let need = match field.need {
        Need::Yes => "needed",
        Need::No => "optional",
        Need::When(need) => need,
    };
    let says = wrapped(&format!("{need}; {}", field.is), indent + name + 2);
    format!("{:indent$}{:name$}  {}\n", "", field.name, says.trim_start())
}

/// Words in lines that begin `indent` in.
fn wrapped(words: &str, indent: usize) -> String {
    let mut lines = vec![String::new()];
    for word in words.split_whitespace() {
        let last = lines.last().map_or(0, |line| line.chars().count());
        if last > 0 && indent + last + 1 + word.chars().count() > WIDE {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.iter().map(|line| format!("{:indent$}{line}", "")).collect::<Vec<_>>().join("\n")
}
