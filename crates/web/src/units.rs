//! Quantities with their unit, as people say them: 1 seat, 1,140 seats.

use kernel::listing::{Listing, Value};
use parts::number;

/// What stands behind a quantity of a unit: ` seats`, or ` × 1,000 minutes` where the unit begins with a
/// number of its own.
pub(crate) fn after(quantity: &Value, unit: &str) -> String {
    if unit.starts_with(|first: char| first.is_ascii_digit()) {
        return format!(" × {unit}");
    }
    let one = number::exact(quantity).is_some_and(|quantity| quantity == 1.into());
    if one { format!(" {unit}") } else { format!(" {}", several(unit)) }
}

/// The unit of a quantity in a column of its own: `seats`, `1,000 minutes`.
pub(crate) fn beside(quantity: &Value, unit: &str) -> String {
    if unit.starts_with(|first: char| first.is_ascii_digit()) {
        return unit.to_owned();
    }
    after(quantity, unit).trim_start().to_owned()
}

/// The column of units of a list that has quantities, each in the number of its quantity.
pub(crate) fn in_rows(listing: &mut Listing) {
    let place = |key: &str| listing.columns.iter().position(|column| column.key == key);
    let (Some(quantity), Some(unit)) = (place("quantity"), place("unit")) else { return };
    for row in &mut listing.rows {
        if let Value::Text(word) = &row[unit] {
            row[unit] = Value::Text(beside(&row[quantity], word));
        }
    }
}

/// The plural of a unit: of its last word, unless it is measured in a symbol.
fn several(unit: &str) -> String {
    let symbol = unit.split(' ').any(|word| word.starts_with(|first: char| first.is_uppercase()));
    let last = unit.rsplit(' ').next().unwrap_or(unit);
    let before = &unit[..unit.len() - last.len()];
    match last {
        _ if symbol || last.is_empty() || last.ends_with('s') || last.ends_with('%') => unit.to_owned(),
        "person" => format!("{before}people"),
        _ => match last.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
            Some(stem) => format!("{before}{stem}ies"),
            None => format!("{unit}s"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_stands_in_the_number_of_its_quantity() {
        for (quantity, unit, said) in [
            (1, "seat", " seat"),
            (1_140, "seat", " seats"),
            (0, "seat", " seats"),
            (2, "report hour", " report hours"),
            (2, "identity", " identities"),
            (2, "key", " keys"),
            (3, "person", " people"),
            (4, "GB abroad", " GB abroad"),
            (5, "subscribers", " subscribers"),
            (6, "1,000 minutes", " × 1,000 minutes"),
        ] {
            assert_eq!(after(&Value::Count(quantity), unit), said, "{quantity} {unit}");
        }
    }
}
