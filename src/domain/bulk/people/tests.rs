use super::*;
use crate::domain::sheet::{Format, Separator};
use proptest::prelude::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn checked(table: &str, text: &str, part: usize) -> (Sheet, Checked) {
    let sheet = Sheet::read(table, Format::guess(table));
    let filler = Filler::new(text, sheet.columns()).unwrap();
    let mut check = Check::new(sheet.likely_numbers(), filler);
    while !check.advance(&sheet, part) {}
    (sheet, check.found())
}

fn lines(sheet: &Sheet, issues: &[Issue]) -> Vec<(u32, String)> {
    let told = |issue: &Issue| (sheet.line(issue.row as usize), issue.flaw.sentence(sheet));
    issues.iter().map(told).collect()
}

#[test]
fn numbers_are_brought_into_one_form() {
    for (typed, number, doubt) in [
        ("+44 7700 900001", "447700900001", None),
        ("0044 (0)7700-900001", "447700900001", None),
        ("tel:+447700900001", "447700900001", None),
        ("447700900001", "447700900001", None),
        ("'+447700900001", "447700900001", None),
        ("\u{202A}+44 7700 900001\u{202C}", "447700900001", None),
        ("447700900001.0", "447700900001", None),
        ("44 (0)7700 900002", "447700900002", None),
        ("IN.2149abc", "IN.2149abc", None),
        ("07700 900001", "07700900001", Some(Flaw::Open(Doubt::National))),
        ("8 (912) 345-67-89", "89123456789", Some(Flaw::Open(Doubt::NoCode))),
        ("4.47701E+11", "4.47701E+11", Some(Flaw::Shortened)),
        ("4,477E+11", "4,477E+11", Some(Flaw::Shortened)),
        ("Ana", "Ana", None),
        (" ", "", None),
    ] {
        assert_eq!(normalised(typed), (number.to_owned(), doubt), "{typed}");
    }
}

#[test]
fn every_row_is_taken_or_told_with_its_line() {
    let table = "name,phone\nAna,+44 7700 900001\nBen,\nCy,Cy\n,447700900002\nDora,0044 7700 900001\nEmil,07700900003\nFay,447700900004,more\n\"G\" x,447700900005\n";
    for part in [1, 100] {
        let (sheet, found) = checked(table, "Hello {name}", part);
        let sure: Vec<&str> = found.people(false).map(|entry| entry.number.as_str()).collect();
        assert_eq!(sure, ["447700900001"]);
        assert_eq!((found.doubtful(), found.people(true).count()), (5, 6));
        let told = lines(&sheet, &found.out);
        assert_eq!(told[0], (3, "There is no number on this line.".into()));
        assert_eq!(told[1], (6, "The same number stands on line 2; it gets the text once.".into()));
        assert_eq!(told.len(), 2);
        let doubted: Vec<u32> = lines(&sheet, &found.doubts).iter().map(|(line, _)| *line).collect();
        assert_eq!(doubted, [4, 5, 7, 8, 9]);
    }
}

#[test]
fn of_two_rows_the_one_without_a_doubt_stays() {
    let (sheet, found) =
        checked("name,phone\n,447700900001\nAna,447700900001\nBen,447700900001", "Hello {name}", 10);
    let sure: Vec<u32> = found.people(false).map(|entry| sheet.line(entry.row as usize)).collect();
    assert_eq!(sure, [3]);
    let out: Vec<u32> = lines(&sheet, &found.out).iter().map(|(line, _)| *line).collect();
    assert_eq!(out, [2, 4]);
    assert_eq!(found.doubts, []);
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn many_that_give_way_take_no_longer_than_as_many_others() {
    const ROWS: u32 = 100_000;
    let begun = std::time::Instant::now();
    let mut check = Check::new(0, Filler::default());
    for row in 0..2 * ROWS {
        let doubtful = row < ROWS;
        let number = (447_700_000_000 + u64::from(row % ROWS)).to_string();
        let flaws = if doubtful { vec![Flaw::Quotes, Flaw::Empty { column: 0 }] } else { vec![] };
        check.enter(Entry { row, number, doubtful }, flaws);
    }
    let found = check.found();
    assert_eq!((found.people(false).count(), found.doubts.len(), found.out.len()), (100_000, 0, 100_000));
    // It is a second where each row is looked at once, and minutes where all of them are for each.
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

#[test]
fn the_filled_text_is_what_is_measured() {
    let long = "x".repeat(4_090);
    let (sheet, found) = checked(
        &format!("name,phone\nAna,447700900001\nBartholomew,447700900002\n{},447700900003", "é".repeat(6)),
        &format!("{long}{{name}}"),
        10,
    );
    assert_eq!(found.people(true).count(), 2);
    let told = lines(&sheet, &found.out);
    assert_eq!(told[0].0, 3);
    assert!(told[0].1.contains("at most 4096 characters long; this has 4101"), "{}", told[0].1);
    assert_eq!(found.longest, Some((4_101, 1)));
}

proptest! {
    /// However numbers are put on lines, everybody is in the list, with the line.
    #[test]
    fn a_pasted_list_loses_nobody(
        lines in prop::collection::vec(prop::collection::vec(0u32..1_000_000, 0..5), 1..20),
        between in "[,;|\t]",
    ) {
        let write = |numbers: &Vec<u32>| {
            numbers.iter().map(|number| format!("447700{number:06}")).collect::<Vec<_>>().join(&between)
        };
        let text = lines.iter().map(write).collect::<Vec<_>>().join("\n");
        let (sheet, found) = checked(&text, "Hello", 7);
        let mut wanted = std::collections::BTreeMap::new();
        for (line, numbers) in (1..).zip(&lines) {
            for number in numbers {
                wanted.entry(format!("447700{number:06}")).or_insert(line);
            }
        }
        let people = found.people(false).map(|entry| (entry.number.clone(), sheet.line(entry.row as usize)));
        prop_assert_eq!(people.collect::<std::collections::BTreeMap<_, _>>(), wanted);
    }

    /// Nobody is in the list twice, and every row is in the list or told of.
    #[test]
    fn nobody_twice_and_nobody_lost(
        rows in prop::collection::vec(("[ab]{0,1}", "(\\+|00|)44(0|\\(0\\)|)77009000[0-9]{2}(\\.0|/2|)|[0-9]{0,9}|x"), 0..40),
        part in 1usize..7,
    ) {
        let mut table = String::from("name;phone\n");
        for (name, number) in &rows {
            table += &format!("n{name};{number}\n");
        }
        let format = Format { separator: Separator::Semicolon, headers: true, quotes: true };
        let sheet = Sheet::read(&table, format);
        let mut check = Check::new(1, Filler::new("{name}", sheet.columns()).unwrap());
        while !check.advance(&sheet, part) {}
        let found = check.found();
        let mut numbers: Vec<&str> = found.people(true).map(|entry| entry.number.as_str()).collect();
        let people = numbers.len();
        numbers.sort_unstable();
        numbers.dedup();
        prop_assert_eq!(numbers.len(), people);
        let mut all: Vec<u32> =
            found.entries.iter().map(|entry| entry.row).chain(found.out.iter().map(|issue| issue.row)).collect();
        all.sort_unstable();
        prop_assert_eq!(all, (0..sheet.rows() as u32).collect::<Vec<_>>());
        // Only who is in the list and said to be doubtful has doubts, and each of those has.
        let doubted: Vec<u32> = found.entries.iter().filter(|entry| entry.doubtful).map(|entry| entry.row).collect();
        prop_assert!(doubted.iter().all(|row| found.doubts.iter().any(|issue| issue.row == *row)));
        prop_assert!(found.doubts.iter().all(|issue| doubted.contains(&issue.row)));
        // Whoever is sent to without a word has the number that was typed, but what is certainly no part of it.
        for entry in found.people(false) {
            let typed = rows[entry.row as usize].1.replacen("(0)", "", 1);
            let typed = typed.trim_start_matches(['+', '0']);
            prop_assert_eq!(typed.strip_suffix(".0").unwrap_or(typed), &entry.number);
        }
        prop_assert_eq!(sheet.rows(), rows.len());
    }
}
