//! What is being composed for many: where the people come from, the text, and what goes around it. It is
//! kept on the device until it is sent off.

mod chosen;
mod elsewhere;
mod kept;
mod slices;

pub use elsewhere::Elsewhere;

pub use crate::domain::bulk::composed::{File, Source};

use crate::{
    browser::file::FileFault,
    catalogue::draft::Draft,
    domain::{
        bulk::{
            composed::Composed,
            fill::{Broken, Filler},
            pace,
            partial::{self, Piece},
            people::Checked,
        },
        sheet::{Format, Sheet},
    },
    state::{
        App,
        drafts::{Drafts, Entry, Kept},
    },
};
use leptos::prelude::*;
use std::sync::Arc;

/// Milliseconds for which typing has to rest before everything is looked at again.
const REST: u32 = 250;

/// What is under way, and how many rows are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Busy {
    Opening,
    Reading(usize),
    Checking(usize),
}

#[derive(Clone, Copy)]
pub struct Composing {
    pub source: RwSignal<Source>,
    pub typed: RwSignal<String>,
    pub file: RwSignal<Option<File>>,
    pub file_fault: RwSignal<Option<FileFault>>,
    /// The chosen file itself, where only a person can tell how it is written.
    doubted: RwSignal<Option<web_sys::File>, LocalStorage>,
    file_text: StoredValue<Arc<str>>,
    /// What the person has said of the table; otherwise it is guessed.
    pub format: RwSignal<Option<Format>>,
    pub column: RwSignal<Option<usize>>,
    pub text: RwSignal<String>,
    /// Whether each person gets a request of their own, though the text is the same.
    pub each: RwSignal<bool>,
    /// Whether rows that look doubtful are sent to as well.
    pub doubtful: RwSignal<bool>,
    /// Requests per second.
    pub rate: RwSignal<u32>,
    /// What goes around the text.
    pub options: Entry,
    pub sheet: RwSignal<Option<Arc<Sheet>>>,
    pub checked: RwSignal<Option<Arc<Checked>>>,
    pub busy: RwSignal<Option<Busy>>,
    pub loaded: RwSignal<bool>,
    pub kept: RwSignal<Kept>,
    /// What another tab has sent off, until the person has seen it.
    pub elsewhere: RwSignal<Option<Elsewhere>>,
    /// The batch that left the form last, in whichever tab, as far as this one knows.
    last: StoredValue<Option<String>>,
    /// What the device has by this tab: it is not written again, for another tab may have put its own there since.
    stored: StoredValue<Option<Composed>>,
    /// The mark of what was taken from the device.
    taken: StoredValue<Option<u64>>,
    /// Whether what stands here is leaving at this moment.
    leaving: StoredValue<bool>,
    /// Counts readings of tables and looks at their rows, so that an older one ends when another begins.
    readings: StoredValue<u32>,
    checks: StoredValue<u32>,
    keeping: StoredValue<bool>,
}

impl Default for Composing {
    fn default() -> Composing {
        Composing {
            source: RwSignal::new(Source::Typed),
            typed: RwSignal::new(String::new()),
            file: RwSignal::new(None),
            file_fault: RwSignal::new(None),
            doubted: RwSignal::new_local(None),
            file_text: StoredValue::new("".into()),
            format: RwSignal::new(None),
            column: RwSignal::new(None),
            text: RwSignal::new(String::new()),
            each: RwSignal::new(false),
            doubtful: RwSignal::new(false),
            rate: RwSignal::new(pace::RATES[0]),
            options: Drafts::loose(Draft::default()),
            sheet: RwSignal::new(None),
            checked: RwSignal::new(None),
            busy: RwSignal::new(None),
            loaded: RwSignal::new(false),
            kept: RwSignal::new(Kept::Empty),
            elsewhere: RwSignal::new(None),
            last: StoredValue::new(None),
            stored: StoredValue::new(None),
            taken: StoredValue::new(None),
            leaving: StoredValue::new(false),
            readings: StoredValue::new(0),
            checks: StoredValue::new(0),
            keeping: StoredValue::new(false),
        }
    }
}

impl Composing {
    /// The column that holds the numbers: the person's choice, or the likeliest.
    pub fn numbers(self) -> usize {
        let sheet = self.sheet.get();
        let likely = || sheet.as_ref().map_or(0, |sheet| sheet.likely_numbers());
        let chosen = self.column.get();
        let there = |at: &usize| sheet.as_ref().is_some_and(|sheet| *at < sheet.columns().len());
        chosen.filter(there).unwrap_or_else(likely)
    }

    /// The text, taken apart for the columns that there are.
    pub fn filler(self) -> Result<Filler, Broken> {
        let sheet = self.sheet.get();
        let columns = sheet.as_ref().map_or(&[][..], |sheet| sheet.columns());
        self.text.with(|text| Filler::new(text, columns))
    }

    /// The text of one row, or of none, as far as it can be filled.
    pub fn pieces(self, row: Option<usize>) -> Vec<Piece> {
        let sheet = self.sheet.get();
        let columns = sheet.as_ref().map_or(&[][..], |sheet| sheet.columns());
        let cells = sheet.as_ref().zip(row).map_or(vec![], |(sheet, row)| sheet.cells(row));
        self.text.with(|text| partial::pieces(text, columns, &cells))
    }

    pub fn set_typed(self, app: App, text: String) {
        self.typed.set(text);
        self.save(app);
        self.read(REST);
    }

    pub fn set_text(self, app: App, text: String) {
        self.text.set(text);
        self.save(app);
        self.check(REST);
    }

    pub fn choose_source(self, app: App, source: Source) {
        self.source.set(source);
        self.forget_choices();
        self.save(app);
        self.read(0);
    }

    pub fn choose_format(self, app: App, format: Format) {
        self.format.set(Some(format));
        self.save(app);
        self.read(0);
    }

    pub fn choose_column(self, app: App, column: usize) {
        self.column.set(Some(column));
        self.save(app);
        self.check(0);
    }

    fn forget_choices(self) {
        self.format.set(None);
        self.column.set(None);
    }

    /// Whether nothing is there that a person has typed or chosen for this message.
    pub fn is_empty(self) -> bool {
        let no_file = self.file.with(Option::is_none);
        no_file && self.typed.with(String::is_empty) && self.text.with(String::is_empty)
    }
}
