//! The file as text: one line of head, one line an entry, one line of foot, and JSON as a whole. So it is written
//! and read piece by piece, however long it is, and one that ends too early is known as such.

use super::{Entry, Fault, Sendings, Tally};
use serde::{Deserialize, Serialize};

const KIND: &str = "device";
/// Of the file; a newer one is refused.
pub const FORMAT: u32 = 1;
/// What the head's line ends with.
const OPENS: &str = ",\"entries\":[";
/// What the foot's line begins with.
const CLOSES: &str = "],\"count\":";
/// Bytes of a line; a block of messages is a few hundred thousand, a world a few million.
pub const LONGEST_LINE: usize = 64 << 20;

/// Where a file comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    switchboard: String,
    pub format: u32,
    /// Version of the console that wrote it.
    pub product: String,
    /// Scheme, host and port of the site that wrote it.
    pub origin: String,
    /// When, as ISO 8601 in UTC.
    pub made: String,
}

impl Header {
    pub fn new(product: &str, origin: &str, made: String) -> Header {
        let [product, origin] = [product, origin].map(str::to_owned);
        Header { switchboard: KIND.to_owned(), format: FORMAT, product, origin, made }
    }
}

/// The first line.
pub fn head(header: &Header) -> String {
    // Texts and a number, which JSON always takes.
    let json = serde_json::to_string(header).unwrap_or_default();
    format!("{}{OPENS}\n", json.trim_end_matches('}'))
}

/// The line of an entry; `first` where none stands before it. `None` for what JSON cannot hold.
pub fn line(entry: &Entry, first: bool) -> Option<String> {
    let json = serde_json::to_string(entry).ok()?;
    Some(if first { json } else { format!(",\n{json}") })
}

/// The entry of a line that was read before.
pub fn entry(line: &str) -> Option<Entry> {
    let line = line.trim();
    serde_json::from_str(line.strip_suffix(',').unwrap_or(line)).ok()
}

/// The last line, after so many entries.
pub fn foot(count: usize) -> String {
    format!("\n{CLOSES}{count}}}\n")
}

/// Why a file was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    Empty,
    /// No export of a device.
    Other,
    /// A file of saved replies, which are imported elsewhere.
    Replies,
    Newer {
        product: String,
    },
    /// Another program has laid it out anew.
    Rewritten,
    /// It ends too early.
    Truncated,
    /// Lines count from 1.
    Damaged {
        line: usize,
    },
    Unsound {
        line: usize,
        fault: Fault,
    },
}

impl Problem {
    pub fn sentence(&self) -> String {
        match self {
            Problem::Empty => "This file is empty.".into(),
            Problem::Other => "This is not a file that “Export to a file” has made. Choose one that it made, in this browser or another.".into(),
            Problem::Replies => "This is a file of saved replies. Import it in the inbox, under Saved replies.".into(),
            Problem::Newer { product } => format!(
                "This file was made by a newer version, {product}. Load this page again; if that does not help, ask whoever hosts the site to update it."
            ),
            Problem::Rewritten => {
                "This file was saved by another program, which has changed its lines. Export it again and leave it as it is.".into()
            }
            Problem::Truncated => "This file is not complete: its end is missing. Copy or download it again.".into(),
            Problem::Damaged { line } => format!("This file is damaged: line {line} cannot be read. Export it again."),
            Problem::Unsound { line, fault } => {
                format!("This file is damaged: in line {line}, {}. Export it again.", fault.words())
            }
        }
    }
}

/// Where the reading stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Head,
    Entries,
    Foot,
}

/// Reads a file line by line and counts what is in it. It is sound once [`end`](Reader::end) has said so.
#[derive(Debug)]
pub struct Reader {
    at: At,
    header: Option<Header>,
    line: usize,
    entries: usize,
    /// Whether the entry before ended with a comma; none does before the first.
    comma: bool,
    sendings: Sendings,
    pub tally: Tally,
}

impl Default for Reader {
    fn default() -> Reader {
        Reader {
            at: At::Head,
            header: None,
            line: 0,
            entries: 0,
            comma: true,
            sendings: Sendings::default(),
            tally: Tally::default(),
        }
    }
}

#[derive(Deserialize)]
struct Marked {
    switchboard: Option<String>,
    format: Option<u64>,
    product: Option<String>,
}

#[derive(Deserialize)]
struct Foot {
    count: usize,
}

impl Reader {
    /// Where the file comes from, once its first line was read.
    pub fn header(&self) -> Option<&Header> {
        self.header.as_ref()
    }

    /// Takes one line without its end; answers the entry that stands there.
    pub fn read(&mut self, text: &str) -> Result<Option<Entry>, Problem> {
        self.line += 1;
        let text = text.strip_prefix('\u{FEFF}').filter(|_| self.line == 1).unwrap_or(text).trim();
        match self.at {
            At::Head => self.read_head(text).map(|()| None),
            At::Entries if text.is_empty() => Ok(None),
            At::Entries if text.starts_with(']') => self.read_foot(text).map(|()| None),
            At::Entries => self.read_entry(text).map(Some),
            At::Foot if text.is_empty() => Ok(None),
            At::Foot => Err(Problem::Damaged { line: self.line }),
        }
    }

    fn read_head(&mut self, text: &str) -> Result<(), Problem> {
        let Some(json) = text.strip_suffix(OPENS) else { return Err(not_ours(text)) };
        let json = format!("{json}}}");
        let marked: Marked = serde_json::from_str(&json).map_err(|_| not_ours(text))?;
        if marked.switchboard.as_deref() != Some(KIND) {
            return Err(Problem::Other);
        }
        if marked.format.is_none_or(|format| format > u64::from(FORMAT)) {
            return Err(Problem::Newer {
                product: marked.product.unwrap_or_default().chars().take(40).collect(),
            });
        }
        let header: Header = serde_json::from_str(&json).map_err(|_| Problem::Damaged { line: self.line })?;
        self.header = Some(header);
        self.at = At::Entries;
        Ok(())
    }

    fn read_entry(&mut self, text: &str) -> Result<Entry, Problem> {
        let line = self.line;
        let json = text.strip_suffix(',');
        if !self.comma {
            return Err(Problem::Damaged { line });
        }
        self.comma = json.is_some();
        let entry: Entry =
            serde_json::from_str(json.unwrap_or(text)).map_err(|error| match error.is_eof() {
                // A line that ends in mid-word is the last one, as a rule; `end` is not reached then.
                true => Problem::Truncated,
                false => Problem::Damaged { line },
            })?;
        let sound = entry.check().and_then(|()| self.sendings.take(&entry));
        sound.map_err(|fault| Problem::Unsound { line, fault })?;
        self.entries += 1;
        self.tally.count(&entry);
        Ok(entry)
    }

    fn read_foot(&mut self, text: &str) -> Result<(), Problem> {
        let damaged = Problem::Damaged { line: self.line };
        let rest = text.strip_prefix("],").ok_or_else(|| damaged.clone())?;
        let foot: Foot = serde_json::from_str(&format!("{{{rest}")).map_err(|_| Problem::Truncated)?;
        if foot.count != self.entries || (self.comma && self.entries > 0) {
            return Err(damaged);
        }
        let line = self.line;
        self.sendings.end().map_err(|fault| Problem::Unsound { line, fault })?;
        self.at = At::Foot;
        Ok(())
    }

    /// The end of the file.
    pub fn end(self) -> Result<(Header, Tally), Problem> {
        match (self.at, self.header, self.line) {
            (At::Foot, Some(header), _) => Ok((header, self.tally)),
            (_, None, 0) => Err(Problem::Empty),
            _ => Err(Problem::Truncated),
        }
    }
}

/// What a first line is that does not open an export.
fn not_ours(text: &str) -> Problem {
    if text.is_empty() {
        return Problem::Empty;
    }
    let marked = |kind: &str| {
        let start: String = text.chars().take(200).filter(|sign| !sign.is_whitespace()).collect();
        start.starts_with(&format!("{{\"switchboard\":\"{kind}\""))
    };
    match () {
        () if marked("saved-replies") => Problem::Replies,
        () if marked(KIND) && !text.contains(OPENS) => Problem::Truncated,
        () if marked(KIND) || text == "{" => Problem::Rewritten,
        () => Problem::Other,
    }
}
