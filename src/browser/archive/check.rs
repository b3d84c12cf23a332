//! Reading a file wholly and checking every line of it, before anything is stored. Its bytes stay outside the
//! page's own memory.

use super::Breath;
use crate::{
    browser::{file::FileFault, sandbox},
    catalogue::failure::Failure,
    domain::{
        archive::{Entry, Fault, Header, LONGEST_LINE, Problem, Reader, Tally, entry},
        holding::Kind,
    },
};
use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// Bytes of the largest file: several hundred thousand messages.
pub const MOST: usize = 512 << 20;
/// Bytes that are looked at together.
const WINDOW: u32 = 1 << 20;

/// Why a file was refused. Nothing was changed by it.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    File(FileFault),
    Format(Problem),
    /// The sandbox did not come, which has to say whether it can read its world.
    Sandbox(Failure),
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Refused {
        Refused::Format(problem)
    }
}

/// A file that was read wholly and is sound.
#[derive(Clone)]
pub struct Candidate {
    bytes: Uint8Array,
    lines: Vec<Line>,
    pub header: Header,
    pub tally: Tally,
}

#[derive(Clone, Copy)]
struct Line {
    start: u32,
    end: u32,
    kind: Kind,
}

impl Candidate {
    /// Its entries of some kinds, in their order, read again one by one.
    pub(super) fn entries(&self, wanted: impl Fn(Kind) -> bool) -> impl Iterator<Item = Option<Entry>> {
        let lines = self.lines.iter().filter(move |line| wanted(line.kind));
        lines.map(|line| entry(&text(&self.bytes, line.start, line.end)?))
    }
}

fn text(bytes: &Uint8Array, start: u32, end: u32) -> Option<String> {
    String::from_utf8(bytes.subarray(start, end).to_vec()).ok()
}

/// Reads and checks a file; `told` hears how much of it was read, of one.
pub async fn check(file: &File, told: impl Fn(f64)) -> Result<Candidate, Refused> {
    let size = file.size() as usize;
    if size > MOST {
        return Err(Refused::File(FileFault::TooLarge { bytes: size, most: MOST }));
    }
    let buffer = JsFuture::from(file.array_buffer()).await;
    let bytes = Uint8Array::new(&buffer.map_err(|_| Refused::File(FileFault::Closed))?);
    let (length, mut breath) = (bytes.length(), Breath::new());
    let mut reading = Reading { reader: Reader::default(), lines: vec![], number: 0 };
    let (mut start, mut scanned) = (0, 0);
    while scanned < length {
        let until = scanned.saturating_add(WINDOW).min(length);
        let window = bytes.subarray(scanned, until).to_vec();
        for at in window.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at as u32) {
            reading.take(&bytes, start, scanned + at).await?;
            start = scanned + at + 1;
            breath.take().await;
        }
        scanned = until;
        told(f64::from(scanned) / f64::from(length));
        if (scanned - start) as usize > LONGEST_LINE {
            return Err(reading.unreadable().into());
        }
    }
    if start < length {
        reading.take(&bytes, start, length).await?;
    }
    let (header, tally) = reading.reader.end()?;
    Ok(Candidate { bytes, lines: reading.lines, header, tally })
}

struct Reading {
    reader: Reader,
    lines: Vec<Line>,
    number: usize,
}

impl Reading {
    async fn take(&mut self, bytes: &Uint8Array, start: u32, end: u32) -> Result<(), Refused> {
        self.number += 1;
        let text = text(bytes, start, end).ok_or_else(|| self.unreadable())?;
        if let Some(entry) = self.reader.read(&text)? {
            if let Entry::World(world) = &entry
                && !sandbox::reads(&world.to_string()).await.map_err(Refused::Sandbox)?
            {
                return Err(Problem::Unsound { line: self.number, fault: Fault::World }.into());
            }
            self.lines.push(Line { start, end, kind: entry.kind() });
        }
        Ok(())
    }

    /// A line that is no text, or has no end.
    fn unreadable(&self) -> Problem {
        if self.number <= 1 { Problem::Other } else { Problem::Damaged { line: self.number } }
    }
}
