//! The messages of one conversation in blocks, so that a hundred thousand of them are read and changed
//! a few hundred at a time. Which blocks a change needs, and what becomes of them; storing them is done
//! by whoever asks.

use super::entry::{Entry, Place};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Messages of a block that is made anew.
const BLOCK: usize = 128;
/// A block is divided when it has more messages than this,
const MOST: usize = 2 * BLOCK;
/// or takes more room than this, in bytes.
const LARGEST: usize = 256 * 1024;

/// The table of contents of a conversation. Its blocks follow each other in time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Head {
    pub blocks: Vec<Block>,
    /// The number of the next block that is made.
    next: u32,
    /// Grows with every change, so that a tab knows whether it has heard of all.
    pub version: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// What it is stored by; it says nothing of the order.
    #[serde(rename = "n")]
    pub number: u32,
    #[serde(rename = "c")]
    pub count: usize,
    #[serde(rename = "f")]
    pub first: Place,
    #[serde(rename = "l")]
    pub last: Place,
}

/// What a merge comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// Blocks to store, with all their messages.
    pub blocks: BTreeMap<u32, Vec<Entry>>,
    /// Blocks to forget.
    pub gone: BTreeSet<u32>,
    /// New messages, as rows among all of the changed conversation, in their order.
    pub added: Vec<usize>,
    /// Places of those that were there and say something else now.
    pub changed: Vec<Place>,
    /// Ids to remember, with where each message stands: Kapso's own, and WhatsApp's where it has one.
    pub ids: Vec<(String, Place)>,
}

impl Change {
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }
}

/// What an id of WhatsApp is remembered by, beside Kapso's own ids.
pub fn wamid_key(wamid: &str) -> String {
    format!("w:{wamid}")
}

/// What an id of Kapso is remembered by.
pub fn id_key(id: &str) -> String {
    format!("i:{id}")
}

impl Head {
    /// How many messages there are.
    pub fn len(&self) -> usize {
        self.blocks.iter().map(|block| block.count).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The first row of a block, by its position.
    pub fn row_of(&self, position: usize) -> usize {
        self.blocks.iter().take(position).map(|block| block.count).sum()
    }

    /// The position of the block that a row is in, and its place there.
    pub fn block_at(&self, row: usize) -> Option<(usize, usize)> {
        let mut before = 0;
        for (position, block) in self.blocks.iter().enumerate() {
            if row < before + block.count {
                return Some((position, row - before));
            }
            before += block.count;
        }
        None
    }

    /// The position of the block where a message stands or would stand; `None` in an empty one.
    pub fn position_of(&self, place: &Place) -> Option<usize> {
        let after = self.blocks.partition_point(|block| block.first <= *place);
        (!self.blocks.is_empty()).then(|| after.saturating_sub(1))
    }

    /// The numbers of the blocks that hold the newest messages, at least so many if there are.
    pub fn newest(&self, messages: usize) -> Vec<u32> {
        let mut missing = messages;
        let newest = self.blocks.iter().rev().take_while(|block| {
            let needed = missing > 0;
            missing = missing.saturating_sub(block.count);
            needed
        });
        newest.map(|block| block.number).collect()
    }

    /// The numbers of the block that a place is in, and of those beside it.
    pub fn around(&self, place: &Place) -> Vec<u32> {
        let Some(position) = self.position_of(place) else { return vec![] };
        let beside = position.saturating_sub(1)..(position + 2).min(self.blocks.len());
        self.blocks[beside].iter().map(|block| block.number).collect()
    }

    /// The numbers of the blocks that merging these messages needs.
    pub fn needs(&self, incoming: &[Entry]) -> BTreeSet<u32> {
        let position = |entry: &Entry| self.position_of(&entry.place);
        incoming.iter().filter_map(position).map(|position| self.blocks[position].number).collect()
    }

    /// Merges messages of an answer, which were [`placed`]. `blocks` are those that
    /// [`needs`](Head::needs) named, as they are stored; one that is missing counts as lost, and its
    /// messages come again with the pages they stand on.
    pub fn merge(&mut self, incoming: Vec<Entry>, mut blocks: BTreeMap<u32, Vec<Entry>>) -> Change {
        let mut change = Change::default();
        let mut touched = BTreeSet::new();
        let mut new = vec![];
        for entry in incoming {
            let number = self.number_for(&entry.place, &mut blocks);
            let rows = blocks.entry(number).or_default();
            match rows.binary_search_by(|row| row.place.cmp(&entry.place)) {
                Ok(at) => {
                    let then = rows[at].then(&entry);
                    if then == rows[at] {
                        continue;
                    }
                    if then.wamid != rows[at].wamid {
                        change.ids.push((wamid_key(&then.wamid), then.place.clone()));
                    }
                    change.changed.push(then.place.clone());
                    rows[at] = then;
                }
                Err(at) => {
                    change.ids.push((id_key(&entry.place.id), entry.place.clone()));
                    if !entry.wamid.is_empty() {
                        change.ids.push((wamid_key(&entry.wamid), entry.place.clone()));
                    }
                    new.push(entry.place.clone());
                    rows.insert(at, entry);
                }
            }
            touched.insert(number);
            self.measure(number, &blocks);
        }
        for number in touched {
            self.store(number, blocks.remove(&number).unwrap_or_default(), &mut change);
        }
        if !change.is_empty() {
            self.version += 1;
        }
        change.added = new.iter().filter_map(|place| self.row_in(place, &change.blocks)).collect();
        change.added.sort_unstable();
        change
    }

    /// The number of the block for a place; the first message makes the first block.
    fn number_for(&mut self, place: &Place, blocks: &mut BTreeMap<u32, Vec<Entry>>) -> u32 {
        if let Some(position) = self.position_of(place) {
            return self.blocks[position].number;
        }
        let number = self.next;
        self.next += 1;
        self.blocks.push(Block { number, count: 0, first: place.clone(), last: place.clone() });
        blocks.insert(number, vec![]);
        number
    }

    /// Brings the table up to date with a block's messages.
    fn measure(&mut self, number: u32, blocks: &BTreeMap<u32, Vec<Entry>>) {
        let Some(rows) = blocks.get(&number) else { return };
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return };
        if let Some(block) = self.blocks.iter_mut().find(|block| block.number == number) {
            block.count = rows.len();
            block.first = first.place.clone();
            block.last = last.place.clone();
        }
    }

    /// Notes a changed block, divided where it has grown too large.
    fn store(&mut self, number: u32, rows: Vec<Entry>, change: &mut Change) {
        let size: usize = rows.iter().map(Entry::size).sum();
        if rows.len() <= 1 || (rows.len() <= MOST && size <= LARGEST) {
            change.blocks.insert(number, rows);
            return;
        }
        let Some(position) = self.blocks.iter().position(|block| block.number == number) else { return };
        let parts = divided(rows);
        let mut made = vec![];
        for (at, rows) in parts.into_iter().enumerate() {
            let number = if at == 0 { number } else { self.next + at as u32 - 1 };
            let (Some(first), Some(last)) = (rows.first(), rows.last()) else { continue };
            let (first, last) = (first.place.clone(), last.place.clone());
            made.push(Block { number, count: rows.len(), first, last });
            change.blocks.insert(number, rows);
        }
        self.next += made.len() as u32 - 1;
        self.blocks.splice(position..=position, made);
    }

    /// The row of a message that is in one of these blocks.
    fn row_in(&self, place: &Place, blocks: &BTreeMap<u32, Vec<Entry>>) -> Option<usize> {
        let position = self.position_of(place)?;
        let rows = blocks.get(&self.blocks[position].number)?;
        let at = rows.binary_search_by(|row| row.place.cmp(place)).ok()?;
        Some(self.row_of(position) + at)
    }

    /// The number of the oldest block, if it has messages older than a moment.
    pub fn expiring(&self, before: u64) -> Option<u32> {
        let oldest = self.blocks.first()?;
        (oldest.first.at < before).then_some(oldest.number)
    }

    /// Forgets those messages of the oldest block that are older than a moment. `rows` is the block as it
    /// is stored; one that is lost is forgotten as a whole, for it holds nothing.
    pub fn expire(&mut self, before: u64, rows: Vec<Entry>) -> Expired {
        let (gone, kept): (Vec<Entry>, Vec<Entry>) =
            rows.into_iter().partition(|entry| entry.place.at < before);
        match (self.blocks.first_mut(), kept.first(), kept.last()) {
            (Some(block), Some(first), Some(last)) => {
                block.count = kept.len();
                block.first = first.place.clone();
                block.last = last.place.clone();
            }
            (Some(_), ..) => drop(self.blocks.remove(0)),
            (None, ..) => {}
        }
        self.version += 1;
        Expired { kept, gone }
    }
}

/// What becomes of a block some of whose messages are too old.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expired {
    /// What is left of it; nothing where the block is to be forgotten.
    pub kept: Vec<Entry>,
    pub gone: Vec<Entry>,
}

/// The same messages, each where its id is known to stand, or else where it stands first among these:
/// an id has one place, whatever dates its answers carry.
pub fn placed(incoming: Vec<Entry>, known: &HashMap<String, Place>) -> Vec<Entry> {
    let mut first: HashMap<String, Place> = HashMap::new();
    incoming
        .into_iter()
        .map(|mut entry| {
            if let Some(place) = known.get(&entry.place.id).or(first.get(&entry.place.id)) {
                entry.place = place.clone();
            } else {
                first.insert(entry.place.id.clone(), entry.place.clone());
            }
            entry
        })
        .collect()
}

/// Parts of at most a block's messages, and of at most its room unless one alone takes more.
fn divided(rows: Vec<Entry>) -> Vec<Vec<Entry>> {
    let mut parts: Vec<Vec<Entry>> = vec![];
    let mut size = 0;
    for row in rows {
        let fits = parts.last().is_some_and(|part| part.len() < BLOCK) && size + row.size() <= LARGEST;
        if !fits {
            parts.push(vec![]);
            size = 0;
        }
        size += row.size();
        if let Some(part) = parts.last_mut() {
            part.push(row);
        }
    }
    parts
}

#[cfg(test)]
mod tests;
