//! What a list shows of a conversation beside the provider's own row: the newest words, what is unread
//! and until when one may write. The provider's list has none of these, so they are as good as what is
//! stored.

use super::{
    body::Body,
    book::Head,
    entry::{Entry, Place},
    status::Status,
};
use serde::{Deserialize, Serialize};

/// More unread messages than this are not counted.
pub const MOST_UNREAD: usize = 99;
/// Characters of a preview that are kept.
const PREVIEW: usize = 160;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Summary {
    /// The newest message.
    pub newest: Option<Newest>,
    /// The contact's newest message.
    pub last_inbound: Option<Place>,
    /// Up to where somebody has read here.
    pub read_to: Option<Place>,
    /// Messages of the contact after that and after the last answer, up to one more than [`MOST_UNREAD`].
    pub unread: usize,
    /// Whether the oldest message of the conversation is stored.
    pub complete: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Newest {
    pub place: Place,
    pub words: String,
    pub inbound: bool,
    pub status: Status,
}

impl Summary {
    /// Brings it up to date after a change. `tail` are the newest messages, the last of them the newest;
    /// `head` tells whether there are more before them.
    pub fn after(&self, head: &Head, tail: &[Entry]) -> Summary {
        let newest = tail.iter().rev().find_map(newest);
        let inbound = tail.iter().rev().find(|entry| entry.inbound).map(|entry| entry.place.clone());
        Summary {
            newest: newest.or_else(|| self.newest.clone()),
            last_inbound: inbound.max(self.last_inbound.clone()),
            unread: self.counted(head, tail),
            ..self.clone()
        }
    }

    /// Notes that everything up to a place was seen.
    pub fn read(&mut self, to: Place, head: &Head, tail: &[Entry]) {
        if self.read_to.as_ref().is_none_or(|before| *before < to) {
            self.read_to = Some(to);
            self.unread = self.counted(head, tail);
        }
    }

    /// Messages of the contact that nobody has read or answered.
    fn counted(&self, head: &Head, tail: &[Entry]) -> usize {
        let answered = tail.iter().rev().find(|entry| !entry.inbound).map(|entry| &entry.place);
        let floor = answered.max(self.read_to.as_ref());
        let unread = |entry: &&Entry| {
            entry.inbound && entry.status < Status::Read && floor.is_none_or(|floor| entry.place > *floor)
        };
        let counted = tail.iter().filter(unread).count();
        let whole = tail.len() >= head.len() || tail.first().is_some_and(|first| Some(&first.place) <= floor);
        // What lies before the tail was counted when it came.
        if whole { counted } else { counted.max(self.unread) }.min(MOST_UNREAD + 1)
    }
}

fn newest(entry: &Entry) -> Option<Newest> {
    let body = Body::of_message(&entry.message()?);
    let words: String = body.words().chars().take(PREVIEW).collect();
    Some(Newest { place: entry.place.clone(), words, inbound: entry.inbound, status: entry.status })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::BTreeMap;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn entry(at: u64, inbound: bool) -> Entry {
        let raw = json!({"id": format!("m{at}"), "message_type": "text", "content": format!("Message {at}")})
            .to_string();
        let status = if inbound { Status::Received } else { Status::Sent };
        Entry { place: Place { at, id: format!("m{at}") }, status, wamid: String::new(), inbound, raw }
    }

    fn head(entries: &[Entry]) -> Head {
        let mut head = Head::default();
        head.merge(entries.to_vec(), BTreeMap::new());
        head
    }

    #[test]
    fn the_newest_words_and_what_is_unread() {
        let entries = [entry(1, true), entry(2, false), entry(3, true), entry(4, true)];
        let head = head(&entries);
        let mut summary = Summary::default().after(&head, &entries);
        assert_eq!(summary.newest.as_ref().unwrap().words, "Message 4");
        assert_eq!(summary.last_inbound, Some(entries[3].place.clone()));
        assert_eq!(summary.unread, 2, "the first was answered");
        summary.read(entries[2].place.clone(), &head, &entries);
        assert_eq!(summary.unread, 1);
        summary.read(entries[0].place.clone(), &head, &entries);
        assert_eq!(summary.unread, 1, "reading does not go back");
        summary.read(entries[3].place.clone(), &head, &entries);
        assert_eq!(summary.unread, 0);
        let mut seen = entries.clone();
        seen[3].status = Status::Read;
        assert_eq!(Summary::default().after(&head, &seen).unread, 1, "read by somebody else");
    }

    #[test]
    fn more_unread_than_the_tail_shows_are_not_forgotten() {
        let entries: Vec<Entry> = (0..300).map(|at| entry(at, true)).collect();
        let head = head(&entries);
        let whole = Summary::default().after(&head, &entries);
        assert_eq!(whole.unread, MOST_UNREAD + 1);
        let tail = &entries[290..];
        assert_eq!(whole.after(&head, tail).unread, MOST_UNREAD + 1);
        let mut read = whole.clone();
        read.read(entries[295].place.clone(), &head, tail);
        assert_eq!(read.unread, 4);
    }

    #[test]
    fn an_older_page_changes_nothing_of_the_newest() {
        let entries = [entry(5, true), entry(6, false)];
        let summary = Summary::default().after(&head(&entries), &entries);
        let all = [entry(1, true), entry(5, true), entry(6, false)];
        assert_eq!(summary.after(&head(&all), &all), summary);
    }
}
