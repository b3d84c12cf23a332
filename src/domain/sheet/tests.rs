use super::*;
use proptest::prelude::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn plain(separator: Separator) -> Format {
    Format { separator, headers: false, quotes: true }
}

fn read(text: &str) -> Sheet {
    Sheet::read(text, Format::guess(text))
}

fn table(sheet: &Sheet) -> Vec<(u32, Vec<String>)> {
    (0..sheet.rows())
        .map(|row| (sheet.line(row), sheet.cells(row).into_iter().map(Cow::into_owned).collect()))
        .collect()
}

fn row(line: u32, cells: &[&str]) -> (u32, Vec<String>) {
    (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
}

#[test]
fn a_table_is_taken_for_what_it_is() {
    use Separator::*;
    for (text, separator, headers) in [
        ("name,phone\nAna,+447700900001\nBen,+447700900002", Comma, true),
        ("name;phone\nAna, the first;+447700900001\nBen;+447700900002", Semicolon, true),
        ("Ana\t+447700900001\nBen\t+447700900002", Tab, false),
        ("who|number\nAna|447700900001", Pipe, true),
        ("phone\n447700900001\n447700900002", Comma, true),
        ("447700900001\n447700900002", Comma, false),
        ("447700900001, 447700900002;+44 7700 900003", List, false),
        ("447700900001,447700900002\n447700900003", List, false),
        ("447700900001;447700900002\n447700900003;447700900004\n", List, false),
        ("+447700900001,+33612345678\r+447700900003,+33612345679", List, false),
        ("07700 900001\t07700 900002\n07700 900003\t07700 900004", List, false),
        ("\"447700900001\", \"447700900002\"\n\"447700900003\", \"447700900004\"", List, false),
        // Numbers of another kind beside them: who is who is for the person to say.
        ("447700900001,12345678\n447700900003,12345679", Comma, false),
        ("447700900001,202400000017\n447700900003,202400000018", Comma, false),
        ("phone;mobile\n447700900001;447700900002\n447700900003;447700900004", Semicolon, true),
        ("id;phone\n447700900001;447700900002\n447700900003;447700900004", Semicolon, true),
        ("447700900001;447700900002;Ana\n447700900003;447700900004;Ben", Semicolon, false),
        ("sep=;\nphone;due, at\n447700900001;1,5", Semicolon, true),
        ("SEP=|\r\nAna,B|447700900001", Pipe, false),
        ("sep=^\nname;phone\nAna;447700900001", Semicolon, true),
        ("sep=;\n447700900001;447700900002\n447700900003;447700900004", List, false),
        ("\"Doe, Ana\",447700900001\n\"Roe, Ben\",447700900002", Comma, false),
        ("", Comma, false),
        ("\"\"\n|", Pipe, false),
        ("name,phone", Comma, true),
    ] {
        let found = Format::guess(text);
        assert_eq!((found.separator, found.headers), (separator, headers), "{text}");
    }
}

#[test]
fn lines_are_those_of_the_file_whatever_ends_them() {
    let sheet = read("name;phone\r\nAna;447700900001\n\n\r\nBen;447700900002\rCy;447700900003\n");
    let wanted =
        [row(2, &["Ana", "447700900001"]), row(5, &["Ben", "447700900002"]), row(6, &["Cy", "447700900003"])];
    assert_eq!(table(&sheet), wanted);
    assert_eq!(sheet.columns(), ["name", "phone"]);
    let sheet = read("phone,text\n447700900001,\"two\r\nlines\"\r\n447700900002,one\n");
    assert_eq!(table(&sheet)[0], row(2, &["447700900001", "two\r\nlines"]));
    assert_eq!(sheet.line(1), 4);
}

#[test]
fn a_list_has_its_entries_on_their_lines() {
    let sheet = read("447700900001, 447700900002\n\n447700900003;\n");
    assert_eq!(
        table(&sheet),
        [row(1, &["447700900001"]), row(1, &["447700900002"]), row(3, &["447700900003"])]
    );
    assert_eq!(sheet.columns(), ["Column 1"]);
    let sheet = read("447700900001;447700900002\n\n447700900003;447700900004\n");
    let lines: Vec<(u32, String)> =
        table(&sheet).into_iter().map(|(line, cells)| (line, cells.concat())).collect();
    let number = |at: u32| format!("44770090000{at}");
    assert_eq!(lines, [(1, number(1)), (1, number(2)), (3, number(3)), (3, number(4))]);
    assert_eq!(
        table(&read("\"447700900001\", \"447700900002\"")),
        [row(1, &["447700900001"]), row(1, &["447700900002"])]
    );
    let one_line = |text: &str| table(&read(text)).len();
    assert_eq!(one_line("447700900001, 447700900002, 12"), 3, "the short one is wrong, not a column");
    assert_eq!(one_line("447700900001,Ana"), 1, "one person, with a name");
    assert_eq!(one_line("Ana,447700900001,447700900002"), 1, "one person, with two numbers");
}

#[test]
fn a_line_that_says_what_separates_is_no_row() {
    let text = "sep=;\r\nname;phone\r\nAna, B;447700900001\r\n";
    let sheet = read(text);
    assert_eq!(sheet.columns(), ["name", "phone"]);
    assert_eq!(table(&sheet), [row(3, &["Ana, B", "447700900001"])]);
    // Nor where the person says something else.
    for separator in [Separator::Comma, Separator::List] {
        let sheet = Sheet::read(text, plain(separator));
        assert_eq!(sheet.line(0), 2, "{separator:?}");
    }
    let sheet = read("sep=\t\nAna, B\t447700900001");
    assert_eq!(table(&sheet), [row(2, &["Ana, B", "447700900001"])]);
    // A row like others.
    for text in
        ["sep=;;\n447700900001", "sep=\n447700900001", "\nsep=;\n447700900001", "September\n447700900001"]
    {
        assert_eq!(Sheet::read(text, plain(Separator::Pipe)).rows(), 2, "{text:?}");
    }
}

#[test]
fn names_of_columns_are_told_apart() {
    let sheet = read("name,Name,,phone,{x}\na,b,c,447700900001,d");
    assert_eq!(sheet.columns(), ["name", "Name (2)", "Column 3", "phone", "x"]);
    assert_eq!(sheet.likely_numbers(), 3);
    let sheet = read("phone;ÉTAT;état\n447700900001;a;b");
    assert_eq!(sheet.columns(), ["phone", "ÉTAT", "état (2)"]);
    let sheet = Sheet::read("a,b\nc", plain(Separator::Comma));
    assert_eq!(sheet.columns(), ["Column 1", "Column 2"]);
}

#[test]
fn the_column_of_numbers_is_found() {
    for (text, at) in [
        ("id,phone\n12345678,447700900001\n12345679,447700900002", 1),
        ("Ana,447700900001\nBen,447700900002", 1),
        ("mobile,name\n,Ana\n447700900002,Ben", 0),
        ("Customer number,Name,Phone\n20240001,Ana,+44 7700 900001\n20240002,Ben,", 2),
        ("Kundennummer;Name;Handynummer\n20240001;Ana;0151 23456789", 2),
        ("Order number;WhatsApp\n20240001;447700900001", 1),
        ("Número de cliente;Teléfono\n20240001;447700900001", 1),
        ("N° client;Numéro;Tél.\n447700900008;447700900009;0612345678", 2),
        ("Номер заказа;Телефон\n20240001;89123456789", 1),
        ("订单号码;手机\n20240001;8613812345678", 1),
        ("Order number;Number\n447700900008;+447700900001", 1),
        ("id;contact\n202400000017;+447700900001", 1),
        ("id;contact\n20240001;447700900001", 1),
        ("Phone type;Number\nmobile;447700900001", 1),
        ("Invoice number;Mobile phone\n", 1),
        ("a,b\nc,d", 0),
        ("", 0),
    ] {
        assert_eq!(read(text).likely_numbers(), at, "{text}");
    }
}

#[test]
fn broken_quotes_are_told_with_their_line() {
    let text = "name,phone\nAna,1234567\n\"Ben,7654321\nCy,2345678\n";
    let sheet = read(text);
    assert_eq!(sheet.unclosed, Some(3));
    // As signs like others they break nothing.
    let sheet = Sheet::read(text, Format { quotes: false, ..sheet.format });
    assert_eq!(sheet.unclosed, None);
    assert_eq!(table(&sheet)[1], row(3, &["\"Ben", "7654321"]));
    let sheet = read("name,phone\n\"Ana\" x,447700900001\n5\" pipe,447700900002\n\"B\"\"en\",447700900003");
    let faults: Vec<Option<QuoteFault>> = (0..sheet.rows()).map(|row| sheet.quote_fault(row)).collect();
    assert_eq!(faults, [Some(QuoteFault::Followed), None, None]);
    assert_eq!(sheet.cells(2)[0], "B\"en");
    assert_eq!(sheet.unclosed, None);
}

#[test]
fn nothing_is_a_table_without_rows() {
    for text in ["", "\n\r\n", "  ", "\u{FEFF}"] {
        let sheet = read(text.trim_start_matches('\u{FEFF}'));
        assert_eq!((sheet.rows(), sheet.unclosed), (0, None), "{text:?}");
    }
}

const SEPARATORS: [Separator; 4] = [Separator::Comma, Separator::Semicolon, Separator::Tab, Separator::Pipe];

proptest! {
    /// Whatever a spreadsheet writes is read as it was, a few rows at a time or at once.
    #[test]
    fn what_was_written_is_read(
        given in prop::collection::vec(prop::collection::vec("[a-z,;|\"\t\n\ré ]{0,6}", 2..4), 0..8),
        separator in 0usize..4,
        crlf: bool,
        part in 1usize..4,
    ) {
        let format = plain(SEPARATORS[separator]);
        let mut writer = csv::WriterBuilder::new()
            .flexible(true)
            .delimiter(format.separator.byte())
            .terminator(if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') })
            .from_writer(vec![]);
        for cells in &given {
            writer.write_record(cells).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let mut reading = Reading::new(text.as_str().into(), format);
        while !reading.advance(part) {}
        let sheet = reading.sheet();
        prop_assert_eq!(sheet.unclosed, None);
        let read: Vec<Vec<String>> = table(&sheet).into_iter().map(|(_, cells)| cells).collect();
        let blank = |cells: &&Vec<String>| {
            let mut alone = csv::WriterBuilder::new().delimiter(format.separator.byte()).from_writer(vec![]);
            alone.write_record(*cells).unwrap();
            !String::from_utf8(alone.into_inner().unwrap()).unwrap().trim().is_empty()
        };
        let trimmed = |cells: &Vec<String>| cells.iter().map(|cell| cell.trim().to_owned()).collect();
        let wanted: Vec<Vec<String>> = given.iter().filter(blank).map(trimmed).collect();
        prop_assert_eq!(read, wanted);
        // Each line is the one on which the row begins.
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for at in 0..sheet.rows() {
            let line = sheet.line(at) as usize;
            prop_assert!(line >= 1 && line <= text.len().max(1), "{line} of {lines:?}");
        }
    }

    #[test]
    fn no_text_is_too_strange(text in "[a1,;|\"\t\n\r 😀\0]{0,80}", headers: bool, quotes: bool, separator in 0usize..5) {
        Format::guess(&text);
        let sheet = Sheet::read(&text, Format { separator: Separator::ALL[separator], headers, quotes });
        for at in 0..sheet.rows() {
            sheet.cells(at);
            sheet.quote_fault(at);
        }
        let before = sheet.columns().len();
        let mut names = sheet.columns().to_vec();
        names.sort_unstable();
        names.dedup();
        prop_assert_eq!(names.len(), before);
        prop_assert!(names.iter().all(|name| !name.trim().is_empty()));
    }
}
