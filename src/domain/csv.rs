//! Tables for spreadsheets: what is exported, so that no cell of it is taken for a formula.

use csv::{Terminator, WriterBuilder};
use std::borrow::Cow;

/// What begins a formula in the spreadsheets there are, or is skipped before one.
const BEGINS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// A table as CSV by RFC 4180, with the mark by which spreadsheets know UTF-8.
pub fn written<'a>(head: &[&str], rows: impl IntoIterator<Item = Vec<Cow<'a, str>>>) -> String {
    let mut writer = WriterBuilder::new().flexible(true).terminator(Terminator::CRLF).from_writer(vec![]);
    // Memory takes whatever is written.
    drop(writer.write_record(head));
    for row in rows {
        drop(writer.write_record(row.iter().map(|cell| defused(cell).into_owned())));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{FEFF}{}", String::from_utf8_lossy(&bytes))
}

/// What separates cells somewhere: a spreadsheet may take a comma for a part of a text, and one of these for the
/// end of a cell.
const SEPARATES: [char; 5] = [';', '\t', '|', '\r', '\n'];

/// A cell that no spreadsheet computes: a quote before what would be a formula, there or after a separator. A
/// number with its sign is none.
pub fn defused(cell: &str) -> Cow<'_, str> {
    let digits = cell.strip_prefix(['+', '-']).unwrap_or(cell);
    let number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if number || !cell.contains(BEGINS) {
        return cell.into();
    }
    let mut safe = String::with_capacity(cell.len() + 2);
    let mut begins = true;
    for letter in cell.chars() {
        if begins && BEGINS.contains(&letter) {
            safe.push('\'');
        }
        safe.push(letter);
        // Spaces and quotes before a formula are skipped.
        begins = SEPARATES.contains(&letter) || begins && matches!(letter, ' ' | '"');
    }
    safe.into()
}

#[cfg(test)]
mod tests {
    use super::{defused, written};
    use proptest::prelude::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_formula_is_defused_and_a_number_is_not() {
        for formula in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "+"] {
            assert_eq!(defused(formula), format!("'{formula}"));
        }
        // Where a spreadsheet separates by something else than a comma.
        for (cell, safe) in [
            ("hi;=1+1;bye", "hi;'=1+1;bye"),
            ("a\t@SUM(A1)", "a\t'@SUM(A1)"),
            ("a\n=1", "a\n'=1"),
            ("\t=1", "'\t'=1"),
            (" =1", " '=1"),
            ("a; \"=1", "a; \"'=1"),
        ] {
            assert_eq!(defused(cell), safe);
        }
        for harmless in ["+447700900000", "-12", "Ana", "", "a=b", "1-2; 3+4"] {
            assert_eq!(defused(harmless), harmless);
        }
    }

    proptest! {
        #[test]
        fn no_separator_makes_a_formula(cell in "[=+@a;|\t\n \"-]{0,12}", separator in "[;|\t\n]") {
            for part in defused(&cell).split(&separator) {
                let begins = part.trim_start_matches([' ', '"']);
                let number = begins.strip_prefix(['+', '-']).is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
                prop_assert!(number || !begins.starts_with(['=', '+', '-', '@']), "{cell:?} {part:?}");
            }
        }

        #[test]
        fn what_was_written_is_read_again(rows in prop::collection::vec(prop::collection::vec(".*", 2), 0..5)) {
            let table = rows.iter().map(|row| row.iter().map(|cell| cell.as_str().into()).collect());
            let text = written(&["one", "two"], table);
            let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
            let read: Vec<Vec<String>> =
                reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
            let want: Vec<Vec<String>> =
                rows.iter().map(|row| row.iter().map(|cell| defused(cell).into_owned()).collect()).collect();
            prop_assert_eq!(read, want);
        }
    }
}
