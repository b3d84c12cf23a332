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
use std::collections::BTreeMap;

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
    /// The newest message that was read of the conversation: up to it nothing is missing, while what was
    /// sent from here since may stand alone.
    pub joined: Option<Place>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Newest {
    pub place: Place,
    pub words: String,
    pub inbound: bool,
    pub status: Status,
}

impl Summary {
    /// Brings it up to date after a change of these blocks, by their numbers.
    pub fn after(&self, head: &Head, changed: &BTreeMap<u32, Vec<Entry>>) -> Summary {
        let inbound = changed.values().flatten().filter(|entry| entry.inbound).map(|entry| &entry.place);
        let last_inbound = inbound.max().max(self.last_inbound.as_ref()).cloned();
        // Where many came, they fill several blocks.
        let newest_blocks = head.blocks.iter().rev().map_while(|block| changed.get(&block.number));
        let mut tail: Vec<&Entry> = newest_blocks.flat_map(|rows| rows.iter().rev()).collect();
        tail.reverse();
        if tail.is_empty() {
            return Summary { last_inbound, ..self.clone() };
        }
        Summary {
            newest: tail.iter().rev().find_map(|entry| newest(entry)).or_else(|| self.newest.clone()),
            last_inbound,
            unread: self.counted(head, &tail),
            ..self.clone()
        }
    }

    /// Whether nothing is missing between these messages and what is stored; `None` where it was never noted
    /// how far that goes.
    pub fn joins(&self, entries: &[Entry]) -> Option<bool> {
        let joined = self.joined.as_ref()?;
        Some(entries.iter().any(|entry| entry.place <= *joined))
    }

    /// Forgets what its messages said, for none of them is kept any more.
    pub fn forget_words(&mut self) {
        if let Some(newest) = &mut self.newest {
            newest.words.clear();
        }
    }

    /// Notes that everything up to a place was seen. `tail` are the newest messages, in their order.
    pub fn read(&mut self, to: Place, head: &Head, tail: &[Entry]) {
        let tail: Vec<&Entry> = tail.iter().collect();
        if self.read_to.as_ref().is_none_or(|before| *before < to) {
            self.read_to = Some(to);
            self.unread = self.counted(head, &tail);
        }
    }

    /// Messages of the contact that nobody has read or answered.
    fn counted(&self, head: &Head, tail: &[&Entry]) -> usize {
        let answered = tail.iter().rev().find(|entry| !entry.inbound).map(|entry| &entry.place);
        let floor = answered.max(self.read_to.as_ref());
        let unread = |entry: &&&Entry| {
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
    let words: String = body.own_words().chars().take(PREVIEW).collect();
    Some(Newest { place: entry.place.clone(), words, inbound: entry.inbound, status: entry.status })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn entry(at: u64, inbound: bool) -> Entry {
        let raw = json!({"id": format!("m{at}"), "message_type": "text", "content": format!("Message {at}")})
            .to_string();
        let status = if inbound { Status::Received } else { Status::Sent };
        Entry { place: Place { at, id: format!("m{at}") }, status, wamid: String::new(), inbound, raw }
    }

    type Blocks = BTreeMap<u32, Vec<Entry>>;

    fn stored(entries: &[Entry]) -> (Head, Blocks) {
        let mut head = Head::default();
        let change = head.merge(entries.to_vec(), BTreeMap::new());
        (head, change.blocks)
    }

    #[test]
    fn the_newest_words_and_what_is_unread() {
        let entries = [entry(1, true), entry(2, false), entry(3, true), entry(4, true)];
        let (head, blocks) = stored(&entries);
        let mut summary = Summary::default().after(&head, &blocks);
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
        assert_eq!(Summary::default().after(&head, &stored(&seen).1).unread, 1, "read by somebody else");
    }

    #[test]
    fn the_newest_words_are_the_writers_own() {
        let quoting = |content: String| {
            let raw = json!({"id": "m1", "message_type": "text", "content": content}).to_string();
            let (head, blocks) = stored(&[Entry { raw, ..entry(1, false) }]);
            Summary::default().after(&head, &blocks).newest.unwrap().words
        };
        // The quote alone is longer than what is kept.
        assert_eq!(quoting(format!("> {}\nYes we can", "a".repeat(199))), "Yes we can");
        assert_eq!(quoting("> Yes".to_owned()), "> Yes");
    }

    #[test]
    fn more_unread_than_the_tail_shows_are_not_forgotten() {
        let entries: Vec<Entry> = (0..300).map(|at| entry(at, true)).collect();
        let (head, blocks) = stored(&entries);
        let whole = Summary::default().after(&head, &blocks);
        assert_eq!(whole.unread, MOST_UNREAD + 1);
        let (number, tail) = blocks.last_key_value().unwrap();
        assert!(tail.len() < MOST_UNREAD);
        let last = Blocks::from([(*number, tail.clone())]);
        assert_eq!(whole.after(&head, &last).unread, MOST_UNREAD + 1);
        let mut read = whole.clone();
        read.read(entries[295].place.clone(), &head, tail);
        assert_eq!(read.unread, 4);
    }

    #[test]
    fn an_older_page_changes_nothing_of_the_newest() {
        let entries = [entry(5, true), entry(6, false)];
        let (head, blocks) = stored(&entries);
        let summary = Summary::default().after(&head, &blocks);
        let all = [entry(1, true), entry(5, true), entry(6, false)];
        let (head, blocks) = stored(&all);
        assert_eq!(summary.after(&head, &blocks), summary);
    }

    #[test]
    fn what_comes_while_blocks_are_divided_counts_wherever_it_stands() {
        // As many as a block takes, none of them of the contact.
        let before: Vec<Entry> = (0..255).map(|at| entry(at, false)).collect();
        let (mut head, blocks) = stored(&before);
        let summary = Summary::default().after(&head, &blocks);
        assert_eq!(summary.last_inbound, None);
        let last = blocks.keys().max().copied().unwrap();
        let incoming = vec![entry(300, true), entry(301, true), entry(302, false)];
        let change = head.merge(incoming, BTreeMap::from([(last, blocks[&last].clone())]));
        let after = summary.after(&head, &change.blocks);
        assert_eq!(after.last_inbound, Some(entry(301, true).place));
        assert_eq!(after.newest.unwrap().words, "Message 302");
        assert_eq!(after.unread, 0, "answered");

        // Three hundred at once, in several blocks.
        let (mut head, blocks) = stored(&before);
        let last = blocks.keys().max().copied().unwrap();
        let many = (300..600).map(|at| entry(at, at < 350)).collect();
        let change = head.merge(many, BTreeMap::from([(last, blocks[&last].clone())]));
        assert_eq!(summary.after(&head, &change.blocks).last_inbound, Some(entry(349, true).place));
        // An older page, none of whose messages is among the newest.
        let older = vec![entry(3, true)];
        let first = head.needs(&older);
        let rows: Blocks = change
            .blocks
            .iter()
            .filter(|(number, _)| first.contains(number))
            .map(|(n, rows)| (*n, rows.clone()))
            .collect();
        let change = head.merge(older, rows);
        assert_eq!(Summary::default().after(&head, &change.blocks).last_inbound, Some(entry(3, true).place));
    }

    #[test]
    fn a_page_joins_what_was_read_and_not_what_was_sent_alone() {
        let summary = Summary { joined: Some(entry(5, true).place), ..Summary::default() };
        assert_eq!(summary.joins(&[entry(9, false), entry(8, true)]), Some(false));
        assert_eq!(summary.joins(&[entry(9, false), entry(5, true)]), Some(true));
        assert_eq!(Summary::default().joins(&[entry(9, false)]), None);
    }
}
