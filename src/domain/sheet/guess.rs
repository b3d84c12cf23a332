//! What a table looks like: what separates its cells, whether its first row names the columns, and which
//! of them holds phone numbers. All of it is a guess that the person can mend.

use super::{BETWEEN, Format, Reading, Separator, Sheet, separator::Declared, unquoted};
use crate::domain::{
    country::{self, dialling_code_of},
    phone,
};

/// Rows that are looked at.
pub const SAMPLE: usize = 50;
/// Bytes that are looked at: more than that many rows of most tables.
const LOOK: usize = 64 * 1024;
/// Digits that a whole number has in nearly every country; shorter ones are often those of customers.
const LONG: usize = 10;

/// Parts of the names that columns of phone numbers have, as [`country::fold`] writes them.
const PHONE: &[&str] = &[
    "whatsapp",
    "whats app",
    "waid",
    "wa id",
    "msisdn",
    "phone",
    "telef",
    "telep",
    "mobil",
    "mobiel",
    "movil",
    "handy",
    "celular",
    "cellular",
    "komork",
    "puhelin",
    "телефон",
    "мобил",
    "τηλέφων",
    "κινητ",
    "电话",
    "手机",
    "電話",
    "手機",
    "携帯",
    "전화",
    "휴대",
    "هاتف",
    "جوال",
    "موبايل",
    "טלפון",
    "נייד",
    "मोबाइल",
    "फोन",
    "โทร",
    "thoại",
];
/// Words that mean the same; as parts of others they mean something else.
const PHONE_WORDS: &[&str] = &["tel", "cell", "cel", "gsm", "portable", "cep", "hp", "тел"];
/// Parts of names of numbers of any kind, such as a customer's.
const NUMBER: &[&str] = &["number", "nummer", "numer", "nomor", "номер", "号码", "番号", "رقم"];

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
    let declared = Declared::of(look);
    let guessed = if alike == 0 { Separator::Comma } else { separator };
    let found = plain(declared.and_then(|declared| declared.separator).unwrap_or(guessed));
    let rows = match declared {
        Some(_) => look.split_once(['\r', '\n']).map_or("", |(_, rows)| rows),
        None => look,
    };
    if is_list(rows) {
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

/// Whether what stands between separators is the number of somebody, with few exceptions. Lines of the same width
/// are a table, unless each of their columns holds numbers of the same kind.
fn is_list(look: &str) -> bool {
    let lines = look.split(['\r', '\n']).filter(|line| !line.trim().is_empty()).take(SAMPLE);
    let lines: Vec<Vec<&str>> = lines
        .map(|line| line.split(BETWEEN).map(unquoted).filter(|entry| !entry.is_empty()).collect())
        .collect();
    let width = lines.first().map_or(0, Vec::len);
    let even = lines.len() > 1 && lines.iter().all(|line: &Vec<&str>| line.len() == width);
    let table = even && !is_all_alike(&lines, width);
    let several = lines.iter().any(|line| line.len() > 1);
    let entries = lines.iter().map(Vec::len).sum::<usize>();
    let numbers = lines.iter().flatten().filter(|entry| is_number(entry)).count();
    // One that is no number makes no table of it; in one line alone every second may be none.
    let begins = lines.first().and_then(|line| line.first()).is_some_and(|entry| is_number(entry));
    let alone = lines.len() == 1 && begins && numbers * 2 > entries;
    several && !table && (alone || numbers * 4 >= entries * 3)
}

/// What tells numbers of one kind from those of another, such as phone numbers from those of customers.
#[derive(PartialEq)]
enum Sort {
    International,
    /// Long enough to be a whole number, with this country code.
    Code(&'static str),
    National,
    /// Others, by their count of digits.
    Digits(usize),
}

fn sorts(cell: &str) -> Vec<Sort> {
    match phone::whole(cell) {
        Some(whole) if whole.international => {
            let code = dialling_code_of(&whole.digits).map(Sort::Code);
            code.into_iter().chain([Sort::International]).collect()
        }
        Some(whole) if whole.digits.starts_with('0') => vec![Sort::National],
        Some(whole) if whole.digits.len() >= LONG => {
            dialling_code_of(&whole.digits).map(Sort::Code).into_iter().collect()
        }
        _ if is_number(cell) => vec![Sort::Digits(phone::bare(cell).len())],
        _ => vec![],
    }
}

/// Whether every column has a number of the kind that the first one has, from the first line on: then none
/// of them is the customer's own number or a name.
fn is_all_alike(lines: &[Vec<&str>], width: usize) -> bool {
    let column = |at: usize| lines.iter().filter_map(move |line| line.get(at)).flat_map(|cell| sorts(cell));
    let first: Vec<Sort> = column(0).collect();
    let begins = lines.first().is_some_and(|line| line.iter().any(|cell| is_number(cell)));
    begins && (1..width).all(|at| column(at).any(|sort| first.contains(&sort)))
}

/// The first row has no number in a column where a later one has.
fn has_headers(look: &str, format: Format) -> bool {
    let sheet = sample(look, format);
    let first = sheet.cells(0);
    if first.is_empty() || first.iter().any(|cell| is_number(cell)) {
        return false;
    }
    let later = (1..sheet.rows().min(SAMPLE)).any(|row| sheet.cells(row).iter().any(|cell| is_number(cell)));
    later || first.iter().any(|cell| name_points(cell) > 0)
}

/// How much a column's name says that phone numbers are in it.
fn name_points(name: &str) -> usize {
    let name = country::fold(name);
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    let phone = has(PHONE) || name.split(' ').any(|word| PHONE_WORDS.contains(&word));
    match phone {
        true => 3,
        false => usize::from(has(NUMBER)),
    }
}

/// How much a cell looks like the phone number of somebody.
fn cell_points(cell: &str) -> usize {
    match phone::whole(cell) {
        Some(whole) if whole.doubt.is_none() && whole.international => 4,
        Some(whole) if whole.doubt.is_none() && whole.digits.len() >= LONG => 2,
        _ => usize::from(is_number(cell)),
    }
}

/// Whether a cell may be somebody's number.
fn is_number(cell: &str) -> bool {
    phone::sought(cell).is_some() || phone::bare(cell).len() >= 7 && phone::part(cell).is_some()
}

/// The column that is most likely to hold phone numbers. A name that means phone outweighs whole numbers
/// without a plus below a name that means any number; where there is no number at all, the name decides.
pub fn numbers(sheet: &Sheet) -> usize {
    let rows = sheet.rows().min(SAMPLE);
    let mut cells = vec![0; sheet.columns().len()];
    for row in 0..rows {
        for (points, cell) in cells.iter_mut().zip(sheet.cells(row)) {
            *points += cell_points(&cell);
        }
    }
    let named = |name: &String| if sheet.format.headers { name_points(name) } else { 0 };
    let scores = cells.into_iter().zip(sheet.columns()).map(|(points, name)| {
        let name = named(name);
        (if points > 0 { points + name * rows } else { 0 }, name)
    });
    // Of columns that are as likely, the first.
    let scores: Vec<_> = scores.collect();
    let best = scores.iter().max();
    scores.iter().position(|score| Some(score) == best).unwrap_or(0)
}
