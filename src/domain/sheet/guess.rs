//! What a table looks like: what separates its cells, whether its first row names the columns, and which
//! of them holds phone numbers. All of it is a guess that the person can mend.

use super::{BETWEEN, Format, Reading, Separator, Sheet};
use crate::domain::phone;

/// Rows that are looked at.
pub const SAMPLE: usize = 50;
/// Bytes that are looked at: more than that many rows of most tables.
const LOOK: usize = 64 * 1024;

/// Parts of the names that columns of phone numbers have, in lower case.
const NAMES: [&str; 14] = [
    "whatsapp",
    "waid",
    "phone",
    "mobile",
    "msisdn",
    "number",
    "telefon",
    "téléphone",
    "handy",
    "mobil",
    "nummer",
    "numero",
    "número",
    "celular",
];

pub fn format(text: &str) -> Format {
    let look = &text[..text.floor_char_boundary(LOOK)];
    let single = [Separator::Comma, Separator::Semicolon, Separator::Tab, Separator::Pipe];
    let plain = |separator| Format { separator, headers: false, quotes: true };
    // The sort is stable: of two that fit as well, the first stays first.
    let mut fits: Vec<(usize, usize, Separator)> = single
        .into_iter()
        .map(|separator| {
            let (alike, width) = regular(look, plain(separator));
            (if width > 1 { alike } else { 0 }, width, separator)
        })
        .collect();
    fits.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.cmp(&a.1)));
    let (alike, _, separator) = fits[0];
    let found = plain(if alike == 0 { Separator::Comma } else { separator });
    if is_list(look) {
        return Format { quotes: false, ..plain(Separator::List) };
    }
    Format { headers: has_headers(look, found), ..found }
}

/// How many rows have as many cells as most, and how many cells that is.
fn regular(look: &str, format: Format) -> (usize, usize) {
    let sheet = sample(look, format);
    let widths: Vec<usize> = (0..sheet.rows().min(SAMPLE)).map(|row| sheet.cells(row).len()).collect();
    let alike = |width: usize| widths.iter().filter(|other| **other == width).count();
    widths.iter().map(|width| (alike(*width), *width)).max().unwrap_or((0, 0))
}

fn sample(look: &str, format: Format) -> Sheet {
    let mut reading = Reading::new(look.into(), format);
    reading.advance(SAMPLE);
    reading.sheet()
}

/// Whether what stands between separators is the number of somebody, with few exceptions. Lines of the same width are a
/// table, whose other columns may hold numbers of another kind.
fn is_list(look: &str) -> bool {
    let lines = look.lines().filter(|line| !line.trim().is_empty()).take(SAMPLE);
    let lines: Vec<Vec<&str>> = lines
        .map(|line| line.split(BETWEEN).map(str::trim).filter(|entry| !entry.is_empty()).collect())
        .collect();
    let width = lines.first().map_or(0, Vec::len);
    let table = lines.len() > 1 && lines.iter().all(|line: &Vec<&str>| line.len() == width);
    let several = lines.iter().any(|line| line.len() > 1);
    let entries = lines.iter().map(Vec::len).sum::<usize>();
    let numbers = lines.iter().flatten().filter(|entry| is_number(entry)).count();
    // One that is no number makes no table of it; in one line alone every second may be none.
    let begins = lines.first().and_then(|line| line.first()).is_some_and(|entry| is_number(entry));
    let alone = lines.len() == 1 && begins && numbers * 2 > entries;
    several && !table && (alone || numbers * 4 >= entries * 3)
}

/// The first row has no number in a column where a later one has.
fn has_headers(look: &str, format: Format) -> bool {
    let sheet = sample(look, format);
    let first = sheet.cells(0);
    if first.is_empty() || first.iter().any(|cell| is_number(cell)) {
        return false;
    }
    let later = (1..sheet.rows().min(SAMPLE)).any(|row| sheet.cells(row).iter().any(|cell| is_number(cell)));
    later || first.iter().any(|cell| is_named(cell))
}

fn is_named(cell: &str) -> bool {
    let cell = cell.to_lowercase();
    NAMES.iter().any(|name| cell.contains(name))
}

/// Whether a cell may be somebody's number.
pub fn is_number(cell: &str) -> bool {
    phone::sought(cell).is_some() || phone::bare(cell).len() >= 7 && phone::part(cell).is_some()
}

pub fn numbers(sheet: &Sheet) -> usize {
    let width = sheet.columns().len();
    let mut found = vec![0_usize; width];
    for row in 0..sheet.rows().min(SAMPLE) {
        for (at, cell) in sheet.cells(row).iter().enumerate().take(width) {
            found[at] += usize::from(is_number(cell)) * 2;
        }
    }
    for (at, name) in sheet.columns().iter().enumerate() {
        // A name alone decides where two columns have as many numbers, such as a customer's own.
        found[at] += usize::from(sheet.format.headers && is_named(name)) * (SAMPLE + 1);
    }
    let best = found.iter().max().copied().unwrap_or(0);
    found.iter().position(|count| *count == best).unwrap_or(0)
}
