//! The file of saved replies, written and read, and how its replies join those of a device. A file is
//! taken as a whole or not at all; reading it changes nothing.

use super::{LONGEST_ID, LONGEST_TITLE, MOST_REPLIES, ReplyProblem, SavedReply};
use serde::Serialize;
use serde_json::{Map, Value};

const KIND: &str = "saved-replies";
const VERSION: u64 = 1;

#[derive(Serialize)]
struct File<'a> {
    switchboard: &'static str,
    version: u64,
    replies: &'a [SavedReply],
}

/// The file as JSON, for people to read as well.
pub fn export(replies: &[SavedReply]) -> String {
    let file = File { switchboard: KIND, version: VERSION, replies };
    // Three texts in a list: there is nothing that JSON cannot hold.
    serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
}

/// Why a file was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportProblem {
    NotJson,
    /// JSON, but no file of saved replies.
    OtherKind,
    /// Written by a version that is not known here.
    Newer,
    NoList,
    /// Replies in the file, or on the device with those of the file.
    TooMany {
        is: usize,
    },
    /// Entries count from 1.
    Entry {
        number: usize,
        problem: EntryProblem,
    },
}

/// What is wrong with one reply of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryProblem {
    NotAReply,
    /// A part is missing or is no text; its name as it stands in the file.
    NoPart(&'static str),
    LongId {
        is: usize,
    },
    /// Its id is that of an earlier entry.
    SameId {
        as_number: usize,
    },
    Reply(ReplyProblem),
}

impl ImportProblem {
    pub fn sentence(&self) -> String {
        match self {
            ImportProblem::NotJson => "This is not a file of saved replies: it is not JSON.".into(),
            ImportProblem::OtherKind => "This is JSON, but not a file of saved replies.".into(),
            ImportProblem::Newer => {
                "This file was written by a newer version. Load this page again, then try once more.".into()
            }
            ImportProblem::NoList => "This file has no list of replies.".into(),
            ImportProblem::TooMany { is } => {
                format!("These would be {is} replies; there can be {MOST_REPLIES} at the most.")
            }
            ImportProblem::Entry { number, problem } => format!("Reply {number} {}", problem.predicate()),
        }
    }
}

impl EntryProblem {
    /// The rest of a sentence about the entry.
    fn predicate(&self) -> String {
        let too_long = |part, is, most| format!("has {part} of {is} characters; {most} are allowed.");
        match *self {
            EntryProblem::NotAReply => "is not a reply with an id, a title and a text.".into(),
            EntryProblem::NoPart(part) => format!("has no {part}."),
            EntryProblem::Reply(ReplyProblem::NoTitle) => "has no title.".into(),
            EntryProblem::Reply(ReplyProblem::NoText) => "has no text.".into(),
            EntryProblem::LongId { is } => too_long("an id", is, LONGEST_ID),
            EntryProblem::Reply(ReplyProblem::LongTitle { is }) => too_long("a title", is, LONGEST_TITLE),
            EntryProblem::Reply(ReplyProblem::LongText { is, max }) => too_long("a text", is, max),
            EntryProblem::SameId { as_number } => format!("has the same id as reply {as_number}."),
        }
    }
}

/// The replies of a file, all of them sound and with ids of their own. Parts that are not known are
/// passed over.
pub fn import(text: &str) -> Result<Vec<SavedReply>, ImportProblem> {
    // Editors of some systems put a mark before the first sign.
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let file: Value = serde_json::from_str(text).map_err(|_| ImportProblem::NotJson)?;
    if file.get("switchboard").and_then(Value::as_str) != Some(KIND) {
        return Err(ImportProblem::OtherKind);
    }
    match file.get("version").and_then(Value::as_u64) {
        Some(VERSION) => {}
        Some(version) if version > VERSION => return Err(ImportProblem::Newer),
        _ => return Err(ImportProblem::OtherKind),
    }
    let entries = file.get("replies").and_then(Value::as_array).ok_or(ImportProblem::NoList)?;
    if entries.len() > MOST_REPLIES {
        return Err(ImportProblem::TooMany { is: entries.len() });
    }
    let mut replies: Vec<SavedReply> = vec![];
    for entry in entries {
        let reply = reply(entry, &replies)
            .map_err(|problem| ImportProblem::Entry { number: replies.len() + 1, problem })?;
        replies.push(reply);
    }
    Ok(replies)
}

fn reply(entry: &Value, earlier: &[SavedReply]) -> Result<SavedReply, EntryProblem> {
    let parts = entry.as_object().ok_or(EntryProblem::NotAReply)?;
    let reply =
        SavedReply { id: part(parts, "id")?, title: part(parts, "title")?, text: part(parts, "text")? };
    let length = reply.id.chars().count();
    if reply.id.trim().is_empty() {
        return Err(EntryProblem::NoPart("id"));
    }
    if length > LONGEST_ID {
        return Err(EntryProblem::LongId { is: length });
    }
    if let Some(at) = earlier.iter().position(|other| other.id == reply.id) {
        return Err(EntryProblem::SameId { as_number: at + 1 });
    }
    match reply.problems().first() {
        Some(problem) => Err(EntryProblem::Reply(*problem)),
        None => Ok(reply),
    }
}

fn part(parts: &Map<String, Value>, name: &'static str) -> Result<String, EntryProblem> {
    parts.get(name).and_then(Value::as_str).map(str::to_owned).ok_or(EntryProblem::NoPart(name))
}

/// The replies of a device with those of a file. One with an id that is there takes its place; one whose
/// title and text are there under another id is passed over; others come last, in their order.
pub fn merge(existing: &[SavedReply], imported: &[SavedReply]) -> Result<Vec<SavedReply>, ImportProblem> {
    let mut merged = existing.to_vec();
    for reply in imported {
        let same = |other: &SavedReply| other.title == reply.title && other.text == reply.text;
        match merged.iter().position(|other| other.id == reply.id) {
            Some(at) => merged[at].clone_from(reply),
            None if merged.iter().any(same) => {}
            None => merged.push(reply.clone()),
        }
    }
    match merged.len() {
        is if is > MOST_REPLIES => Err(ImportProblem::TooMany { is }),
        _ => Ok(merged),
    }
}
