//! A table as people have it: a file of a spreadsheet, or a list that was typed or pasted. What stands in
//! its cells is found here with the line it stands on; what the cells mean is not known.

pub mod encoding;
mod guess;
mod quote;
mod separator;

pub use quote::QuoteFault;
pub use separator::Separator;

use csv::{ByteRecord, Reader, ReaderBuilder};
use separator::Declared;
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, collections::HashSet, io::Cursor, sync::Arc};

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Format {
    pub separator: Separator,
    /// Whether the first row holds the names of the columns.
    pub headers: bool,
    /// Whether quotes hold a cell together; otherwise they are signs like others.
    pub quotes: bool,
}

impl Format {
    /// What a text looks like; the person has the last word.
    pub fn guess(text: &str) -> Format {
        guess::format(text)
    }
}

/// What stands between the entries of a list.
const BETWEEN: [char; 4] = [',', ';', '\t', '|'];

/// Where a row is in the text, without the line end after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Row {
    start: u32,
    end: u32,
    line: u32,
}

/// A table that was read to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    text: Arc<str>,
    pub format: Format,
    rows: Vec<Row>,
    columns: Vec<String>,
    /// A quote that is never closed: whatever comes after it is one cell.
    pub unclosed: Option<u32>,
}

impl Sheet {
    /// Reads a whole table at once.
    pub fn read(text: &str, format: Format) -> Sheet {
        let mut reading = Reading::new(text.into(), format);
        while !reading.advance(1_000) {}
        reading.sheet()
    }

    /// Rows without the one that names the columns, and without empty lines.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Names of the columns, no two alike and none empty.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The line of the text on which a row begins, counted from 1.
    pub fn line(&self, row: usize) -> u32 {
        self.rows.get(row).map_or(0, |row| row.line)
    }

    /// The cells of a row, without the spaces around them.
    pub fn cells(&self, row: usize) -> Vec<Cow<'_, str>> {
        self.rows.get(row).map_or_else(Vec::new, |row| cells(self.raw(row), self.format))
    }

    /// What is wrong with the quotes of a row.
    pub fn quote_fault(&self, row: usize) -> Option<QuoteFault> {
        let row = self.rows.get(row)?;
        self.format.quotes.then(|| quote::fault(self.raw(row), self.format.separator.byte())).flatten()
    }

    fn raw(&self, row: &Row) -> &str {
        &self.text[row.start as usize..row.end as usize]
    }

    /// The column that is most likely to hold phone numbers.
    pub fn likely_numbers(&self) -> usize {
        guess::numbers(self)
    }
}

/// An entry of a list, without the quotes around it.
fn unquoted(entry: &str) -> &str {
    let entry = entry.trim();
    entry.strip_prefix('"').and_then(|entry| entry.strip_suffix('"')).map_or(entry, str::trim)
}

/// The cells of one row as it stands in the text.
fn cells(raw: &str, format: Format) -> Vec<Cow<'_, str>> {
    if format.separator == Separator::List {
        return vec![unquoted(raw).into()];
    }
    if !format.quotes || !raw.contains('"') {
        return raw.split(char::from(format.separator.byte())).map(|cell| cell.trim().into()).collect();
    }
    let mut record = ByteRecord::new();
    let mut reader = builder(format).buffer_capacity(raw.len().max(1)).from_reader(raw.as_bytes());
    // Memory can always be read.
    drop(reader.read_byte_record(&mut record));
    record.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned().into()).collect()
}

fn builder(format: Format) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).quoting(format.quotes).delimiter(format.separator.byte());
    builder
}

/// A text that several may hold, for whoever reads bytes.
struct Shared(Arc<str>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// A table that is being read, a number of rows at a time, so that a page stays awake over a long one.
pub struct Reading {
    text: Arc<str>,
    format: Format,
    reader: Reader<Cursor<Shared>>,
    record: ByteRecord,
    lines: Lines,
    rows: Vec<Row>,
    unclosed: Option<u32>,
}

/// Counts lines up to a place that only moves forward; an end of line is `\n`, `\r\n` or `\r`.
#[derive(Default)]
struct Lines {
    at: usize,
    ended: u32,
    return_before: bool,
}

impl Lines {
    fn number_at(&mut self, text: &[u8], place: usize) -> u32 {
        for byte in &text[self.at..place] {
            let half = *byte == b'\n' && self.return_before;
            self.ended += u32::from(matches!(byte, b'\n' | b'\r') && !half);
            self.return_before = *byte == b'\r';
        }
        self.at = place;
        self.ended + 1
    }
}

impl Reading {
    pub fn new(text: Arc<str>, format: Format) -> Reading {
        Reading {
            reader: builder(format).from_reader(Cursor::new(Shared(text.clone()))),
            text,
            format,
            record: ByteRecord::new(),
            lines: Lines::default(),
            rows: vec![],
            unclosed: None,
        }
    }

    /// Rows that were read so far.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Reads up to so many rows more; tells whether that was all.
    pub fn advance(&mut self, rows: usize) -> bool {
        for _ in 0..rows {
            let from = self.reader.position().byte() as usize;
            // Memory can always be read, and a row may have any number of cells.
            if !self.reader.read_byte_record(&mut self.record).unwrap_or(false) {
                return true;
            }
            let to = self.reader.position().byte() as usize;
            self.take(from, to);
        }
        false
    }

    /// Takes up a row that the text has between two places, with the line ends around it.
    fn take(&mut self, from: usize, to: usize) {
        let bytes = self.text.as_bytes();
        let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let open = self.format.quotes
            && to == bytes.len()
            && quote::fault(&self.text[from..to], self.format.separator.byte()) == Some(QuoteFault::Unclosed);
        let start = bytes[from..to].iter().position(|byte| !is_end(byte)).map_or(to, |at| from + at);
        let end = bytes[start..to].iter().rposition(|byte| !is_end(byte)).map_or(start, |at| start + at + 1);
        // A line that says what separates says nothing else, whatever separates.
        let says_how = start == 0 && Declared::of(&self.text).is_some();
        if says_how || self.text[start..end].trim().is_empty() {
            return;
        }
        let line = self.lines.number_at(bytes, start);
        if open {
            self.unclosed = Some(line);
        }
        if self.format.separator == Separator::List {
            return self.take_entries(start, end, line);
        }
        self.rows.push(Row { start: start as u32, end: end as u32, line });
    }

    /// A line of a list has one entry or several.
    fn take_entries(&mut self, start: usize, end: usize, line: u32) {
        let line_text = &self.text[start..end];
        let mut from = start;
        for entry in line_text.split(BETWEEN) {
            if !entry.trim().is_empty() {
                self.rows.push(Row { start: from as u32, end: (from + entry.len()) as u32, line });
            }
            from += entry.len() + 1;
        }
    }

    /// The table, as far as it was read.
    pub fn sheet(mut self) -> Sheet {
        let first = self.rows.first().copied().filter(|_| self.format.headers);
        if first.is_some() {
            self.rows.remove(0);
        }
        let cells_of = |row: &Row| cells(&self.text[row.start as usize..row.end as usize], self.format);
        let columns = match &first {
            Some(row) => named_apart(&cells_of(row)),
            None => {
                let width = self.rows.iter().take(guess::SAMPLE).map(|row| cells_of(row).len()).max();
                (1..=width.unwrap_or(0)).map(nameless).collect()
            }
        };
        Sheet { columns, format: self.format, rows: self.rows, unclosed: self.unclosed, text: self.text }
    }
}

fn nameless(number: usize) -> String {
    format!("Column {number}")
}

/// A column's name as it is compared with others: without regard to case.
pub fn compared(name: &str) -> String {
    name.to_lowercase()
}

/// Names for columns, as they stand where they are there and alone.
fn named_apart(headers: &[Cow<'_, str>]) -> Vec<String> {
    let mut names: Vec<String> = vec![];
    let mut taken = HashSet::new();
    for (at, header) in headers.iter().enumerate() {
        // Braces would end a placeholder.
        let header = header.replace(['{', '}'], "");
        let name = if header.trim().is_empty() { nameless(at + 1) } else { header.trim().to_owned() };
        let more = (2..).map(|number| format!("{name} ({number})"));
        let apart = std::iter::once(name.clone()).chain(more).find(|name| taken.insert(compared(name)));
        names.push(apart.unwrap_or(name));
    }
    names
}

#[cfg(test)]
mod tests;
