//! What is being composed for many: where the people come from, the text, and what goes around it. It is
//! kept on the device until it is sent off. Long tables are read and looked at in slices, so that the page
//! stays awake.

mod elsewhere;
mod kept;

pub use elsewhere::Elsewhere;

pub use crate::domain::bulk::composed::{File, Source};

use crate::{
    browser::{
        file::{self, Decoder, FileFault},
        page,
    },
    catalogue::draft::Draft,
    domain::{
        bulk::{
            composed::{Composed, LARGEST},
            fill::{Broken, Filler},
            pace,
            partial::{self, Piece},
            people::{Check, Checked},
        },
        sheet::{
            Format, Reading, Sheet,
            encoding::{Decoding, Encoding, OTHERS},
        },
    },
    state::{
        App,
        drafts::{Drafts, Entry, Kept},
    },
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

/// Milliseconds of work after which the page has its turn.
const SLICE: f64 = 12.0;
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

    /// Takes up a file that was chosen or dropped.
    pub fn take_file(self, app: App, files: Option<web_sys::FileList>) {
        self.file_fault.set(None);
        match file::only(files) {
            Ok(file) => self.open(app, file, None),
            Err(fault) => self.file_fault.set(Some(fault)),
        }
    }

    /// Whether a person may say how the chosen file is written. A page that was opened anew has its text alone.
    pub fn may_read_as(self) -> bool {
        self.doubted.with(Option::is_some)
    }

    /// Reads the chosen file as one that is written in another way.
    pub fn read_as(self, app: App, written: &str) {
        let known = OTHERS.into_iter().find(|(name, _)| *name == written);
        if let (Some((name, _)), Some(file)) = (known, self.doubted.get_untracked()) {
            self.open(app, file, Some(name));
        }
    }

    fn open(self, app: App, file: web_sys::File, written: Option<&'static str>) {
        let turn = self.begin_reading();
        self.busy.set(Some(Busy::Opening));
        spawn_local(async move {
            let name = file.name();
            let bytes = match file::bytes(&file, LARGEST).await {
                Ok(bytes) => bytes,
                Err(fault) => {
                    self.busy.set(None);
                    return self.file_fault.set(Some(fault));
                }
            };
            const PART: usize = 64 * 1024;
            let by_browser =
                written.and_then(|written| Some((Decoder::new(bytes.clone(), written)?, written)));
            let (text, encoding) = match by_browser {
                Some((mut decoder, written)) => {
                    if !self.in_slices(turn, || decoder.advance(PART)).await {
                        return;
                    }
                    (decoder.text(), written.to_owned())
                }
                None => {
                    let mut decoding = Decoding::new(bytes);
                    if !self.in_slices(turn, || decoding.advance(PART)).await {
                        return;
                    }
                    let encoding = decoding.encoding;
                    self.doubted.set((encoding == Encoding::Windows1252).then_some(file));
                    (decoding.text(), encoding.label().to_owned())
                }
            };
            let length = text.len();
            self.file_text.set_value(text.into());
            self.forget_choices();
            self.file.set(Some(File { name, encoding, length }));
            self.keep_file(app).await;
            self.save(app);
            self.read(0);
        });
    }

    pub fn remove_file(self, app: App) {
        self.file.set(None);
        self.doubted.set(None);
        self.file_fault.set(None);
        self.file_text.set_value("".into());
        self.forget_choices();
        spawn_local(async move { self.keep_file(app).await });
        self.save(app);
        self.read(0);
    }

    fn begin_reading(self) -> u32 {
        self.readings.update_value(|readings| *readings = readings.wrapping_add(1));
        self.checks.update_value(|checks| *checks = checks.wrapping_add(1));
        self.checked.set(None);
        self.readings.get_value()
    }

    /// Reads the table again, once typing has rested for so many milliseconds.
    pub fn read(self, rest: u32) {
        let turn = self.begin_reading();
        self.busy.set(Some(Busy::Reading(0)));
        spawn_local(async move {
            TimeoutFuture::new(rest).await;
            if self.readings.get_value() != turn {
                return;
            }
            let text: Arc<str> = match self.source.get_untracked() {
                Source::Typed => self.typed.with_untracked(|typed| typed.as_str().into()),
                Source::File => self.file_text.get_value(),
            };
            let format = self.format.get_untracked().unwrap_or_else(|| Format::guess(&text));
            let mut reading = Reading::new(text, format);
            let read = self
                .in_slices(turn, || {
                    let done = reading.advance(200);
                    self.busy.set(Some(Busy::Reading(reading.rows())));
                    done
                })
                .await;
            if read {
                self.sheet.set(Some(Arc::new(reading.sheet())));
                self.check(0);
            }
        });
    }

    /// Looks at all rows again, once typing has rested for so many milliseconds.
    pub fn check(self, rest: u32) {
        self.checks.update_value(|checks| *checks = checks.wrapping_add(1));
        let turn = self.checks.get_value();
        self.checked.set(None);
        self.busy.set(Some(Busy::Checking(0)));
        spawn_local(async move {
            TimeoutFuture::new(rest).await;
            let (Some(sheet), true) = (self.sheet.get_untracked(), self.checks.get_value() == turn) else {
                return;
            };
            // What is wrong with the text is told beside it; the numbers are looked at all the same.
            let filler = untrack(|| self.filler()).unwrap_or_default();
            let mut check = Check::new(untrack(|| self.numbers()), filler);
            loop {
                let begun = page::ticks();
                let mut done = false;
                while !done && page::ticks() - begun < SLICE {
                    done = check.advance(&sheet, 50);
                }
                if self.checks.get_value() != turn {
                    return;
                }
                if done {
                    break;
                }
                self.busy.set(Some(Busy::Checking(check.row())));
                TimeoutFuture::new(0).await;
            }
            self.checked.set(Some(Arc::new(check.found())));
            self.busy.set(None);
        });
    }

    /// Works in slices until `work` says that it is done; tells whether it was, before another reading began.
    async fn in_slices(self, turn: u32, mut work: impl FnMut() -> bool) -> bool {
        loop {
            let begun = page::ticks();
            let mut done = false;
            while !done && page::ticks() - begun < SLICE {
                done = work();
            }
            if self.readings.get_value() != turn {
                return false;
            }
            if done {
                return true;
            }
            TimeoutFuture::new(0).await;
        }
    }

    /// Whether nothing is there that a person has typed or chosen for this message.
    pub fn is_empty(self) -> bool {
        let no_file = self.file.with(Option::is_none);
        no_file && self.typed.with(String::is_empty) && self.text.with(String::is_empty)
    }
}
