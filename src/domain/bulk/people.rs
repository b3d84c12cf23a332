//! Who gets the text: each row of a table is looked at before anything leaves. Numbers are brought into the
//! form that is sent; what is wrong with a row is told with it, and nobody is in the list twice.

use super::{
    fill::Filler,
    request::{self, NUMBER, TEXT},
};
use crate::{
    catalogue::problem::Problem,
    domain::{
        digit,
        phone::{self, Doubt},
        sheet::{QuoteFault, Sheet},
    },
};
use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Flaw {
    NoNumber,
    /// The same number stands in another row, which is the one that is sent to.
    Twice {
        row: u32,
    },
    /// The catalogue's word about the number, or about the filled text.
    Number(Problem),
    Text(Problem),
    /// It is left open whose number it is.
    Open(Doubt),
    /// A spreadsheet has written the number with fewer digits, such as `4.477E+11`.
    Shortened,
    /// The row has another number of cells than there are columns.
    Cells {
        is: usize,
        want: usize,
    },
    Quotes,
    /// A column of the text that the row has nothing for.
    Empty {
        column: usize,
    },
}

impl Flaw {
    /// Whether nothing can be sent because of it; otherwise the person decides.
    pub fn blocks(&self) -> bool {
        match self {
            Flaw::NoNumber | Flaw::Twice { .. } => true,
            Flaw::Number(problem) | Flaw::Text(problem) => problem.blocks,
            _ => false,
        }
    }

    pub fn sentence(&self, sheet: &Sheet) -> String {
        match self {
            Flaw::Twice { row } => {
                format!(
                    "The same number stands on line {}; it gets the text once.",
                    sheet.line(*row as usize)
                )
            }
            Flaw::NoNumber => "There is no number on this line.".into(),
            Flaw::Number(problem) => problem.sentence(),
            Flaw::Text(problem) => format!("The text for this row: {}", problem.sentence()),
            Flaw::Open(doubt) => doubt.sentence(),
            Flaw::Shortened => {
                "A spreadsheet has shortened this number. Format its column as text there and save again."
                    .into()
            }
            Flaw::Cells { is, want } => format!("This line has {is} cells, and there are {want} columns."),
            Flaw::Quotes => {
                "The quotes of this line are broken: something stands after a closing quote.".into()
            }
            Flaw::Empty { column } => {
                let name = sheet.columns().get(*column).map_or("", String::as_str);
                format!("The column “{name}” is empty on this line.")
            }
        }
    }
}

/// A row that is not simply sent to.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    pub row: u32,
    pub flaw: Flaw,
}

/// A row that may be sent to.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub row: u32,
    pub number: String,
    /// Whether the person has to say that it is meant.
    pub doubtful: bool,
}

/// What a look at all rows has found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checked {
    pub entries: Vec<Entry>,
    /// Rows that nothing can be sent to, and rows that look doubtful, in the order of the table.
    pub out: Vec<Issue>,
    pub doubts: Vec<Issue>,
    /// Characters of the longest filled text, and its row.
    pub longest: Option<(usize, u32)>,
}

impl Checked {
    /// How many rows look doubtful.
    pub fn doubtful(&self) -> usize {
        self.entries.iter().filter(|entry| entry.doubtful).count()
    }

    /// Who gets the text, with or without the doubtful ones.
    pub fn people(&self, doubtful: bool) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| doubtful || !entry.doubtful)
    }
}

/// A look at the rows of a table, a number of them at a time.
pub struct Check {
    column: usize,
    filler: Filler,
    /// What is wrong with the text where it is the same for all.
    shared: Option<Problem>,
    row: usize,
    /// Where a number stands among the entries.
    seen: HashMap<String, usize>,
    /// Doubtful rows that gave way to another.
    superseded: HashSet<u32>,
    found: Checked,
}

impl Check {
    /// `column` holds the numbers.
    pub fn new(column: usize, filler: Filler) -> Check {
        let shared = (!filler.has_columns()).then(|| request::problem(TEXT, &filler.fill(&[]))).flatten();
        let (seen, superseded) = (HashMap::new(), HashSet::new());
        Check { column, filler, shared, row: 0, seen, superseded, found: Checked::default() }
    }

    /// Rows that were looked at so far.
    pub fn row(&self) -> usize {
        self.row
    }

    /// Looks at up to so many rows more; tells whether that was all.
    pub fn advance(&mut self, sheet: &Sheet, rows: usize) -> bool {
        let until = sheet.rows().min(self.row + rows);
        while self.row < until {
            self.look(sheet);
            self.row += 1;
        }
        self.row >= sheet.rows()
    }

    pub fn found(mut self) -> Checked {
        // Once for all of them: long lists have many.
        self.found.doubts.retain(|issue| !self.superseded.contains(&issue.row));
        self.found.out.sort_by_key(|issue| issue.row);
        self.found
    }

    fn look(&mut self, sheet: &Sheet) {
        let row = self.row as u32;
        let cells = sheet.cells(self.row);
        let typed = cells.get(self.column).map_or("", Cow::as_ref);
        let (number, doubt) = normalised(typed);
        let mut flaws: Vec<Flaw> = doubt.into_iter().collect();
        if flaws.is_empty() {
            flaws.extend(number_flaw(&number));
        }
        flaws.extend(self.text_flaws(&cells, row));
        if sheet.quote_fault(self.row) == Some(QuoteFault::Followed) {
            flaws.push(Flaw::Quotes);
        }
        let want = sheet.columns().len();
        if cells.len() != want {
            flaws.push(Flaw::Cells { is: cells.len(), want });
        }
        if let Some(at) = flaws.iter().position(Flaw::blocks) {
            self.found.out.push(Issue { row, flaw: flaws.swap_remove(at) });
            return;
        }
        self.enter(Entry { row, number, doubtful: !flaws.is_empty() }, flaws);
    }

    /// Puts somebody into the list who is not in it. Of two rows, one without a doubt is the one that stays.
    fn enter(&mut self, entry: Entry, flaws: Vec<Flaw>) {
        let row = entry.row;
        match self.seen.get(&entry.number).copied() {
            None => {
                self.seen.insert(entry.number.clone(), self.found.entries.len());
                self.found.entries.push(entry);
            }
            Some(at) if self.found.entries[at].doubtful && !entry.doubtful => {
                let before = self.found.entries[at].row;
                self.superseded.insert(before);
                self.found.out.push(Issue { row: before, flaw: Flaw::Twice { row } });
                self.found.entries[at] = entry;
            }
            Some(at) => {
                let before = self.found.entries[at].row;
                self.found.out.push(Issue { row, flaw: Flaw::Twice { row: before } });
                return;
            }
        }
        self.found.doubts.extend(flaws.into_iter().map(|flaw| Issue { row, flaw }));
    }

    fn text_flaws(&mut self, cells: &[Cow<'_, str>], row: u32) -> Vec<Flaw> {
        // What is wrong with a text for all is said once, beside it.
        if !self.filler.has_columns() {
            return vec![];
        }
        let text = self.filler.fill(cells);
        let length = text.chars().count();
        if self.found.longest.is_none_or(|(longest, _)| length > longest) {
            self.found.longest = Some((length, row));
        }
        let empty = self.filler.empty(cells).map(|column| Flaw::Empty { column });
        let problem = request::problem(TEXT, &text).map(Flaw::Text);
        empty.into_iter().chain(problem).collect()
    }

    /// What is wrong with the text itself.
    pub fn shared(&self) -> Option<&Problem> {
        self.shared.as_ref()
    }
}

/// The catalogue's word about a number; without one there is nobody.
fn number_flaw(number: &str) -> Option<Flaw> {
    if number.is_empty() {
        return Some(Flaw::NoNumber);
    }
    request::problem(NUMBER, number).map(Flaw::Number)
}

/// A number as it is sent, from what people paste: `+44 (0)7700 900001`, `0044…`, a user ID; and what looks
/// wrong about it. What is no number comes back as it stands.
pub fn normalised(typed: &str) -> (String, Option<Flaw>) {
    let seen: String = typed.chars().filter(|c| !digit::is_invisible(*c)).collect();
    // Spreadsheets mark texts by a quote, which some write out.
    let seen = seen.trim().trim_start_matches('\'');
    if is_shortened(seen) {
        return (seen.to_owned(), Some(Flaw::Shortened));
    }
    match phone::whole(seen) {
        Some(whole) => (whole.digits, whole.doubt.map(Flaw::Open)),
        None => (seen.to_owned(), None),
    }
}

/// `4.47701E+11`, with a point or a comma.
fn is_shortened(text: &str) -> bool {
    text.split_once(['E', 'e']).is_some_and(|(number, power)| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits(&number.replacen(['.', ','], "", 1)) && digits(power.trim_start_matches('+'))
    })
}

#[cfg(test)]
mod tests;
