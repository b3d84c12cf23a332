//! What becomes of an entry where it arrives: what may not be kept is left out, and nothing is brought along that
//! would leave by itself. A message that was waiting elsewhere may have been sent there since, so it is one whose
//! outcome nobody knows.

use super::{BESIDE, Entry};
use crate::domain::{
    activity::carries_messages,
    bulk::{Batch, Part, Progress, Standing, State as PartState},
    ledger::{Act, Ledger},
    outbox::{Came, Item, Leaving, READINGS, State},
    thread::summary::{Newest, Summary},
    written::Written,
};

/// Whether messages of customers may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    Messages,
    NoMessages,
}

/// The entry, as far as it may be kept.
pub fn kept(entry: Entry, keeping: Keeping) -> Option<Entry> {
    if keeping == Keeping::Messages {
        return Some(entry);
    }
    match entry {
        Entry::Draft { ref key, .. } => (!key.starts_with(BESIDE) && !carries_messages(key)).then_some(entry),
        Entry::Written { .. } | Entry::Conversation { .. } | Entry::Messages { .. } | Entry::Leaving(_) => {
            None
        }
        Entry::Sending { .. } | Entry::Requests { .. } | Entry::ComposedFile { .. } => None,
        Entry::Composed(composed) => Some(Entry::Composed(Box::new(composed.bare()))),
        Entry::Call(record) => Some(Entry::Call(Box::new(record.without_messages()))),
        entry => Some(entry),
    }
}

/// The entry as it is stored where it arrives; `None` where it may not be kept, or is nothing any more.
pub fn landed(entry: Entry, keeping: Keeping) -> Option<Entry> {
    let entry = match entry {
        Entry::Leaving(item) => Entry::Leaving(stopped(item)?),
        Entry::Attempts { subject, ledger } => Entry::Attempts { subject, ledger: given_up(ledger) },
        entry => entry,
    };
    kept(entry, keeping)
}

/// A message on its way that goes no further without a person's word.
fn stopped(item: Item) -> Option<Item> {
    let unknown = |left, came| State::Unknown { left, came, readings: READINGS, candidates: vec![] };
    let state = match item.state {
        // It has not left the device that the file is of, as far as the file knows.
        State::Waiting => unknown(Leaving { at: item.released, after: None, seen: vec![] }, Came::Nothing),
        State::Sending(left) => unknown(left, Came::Nothing),
        State::TurnedAway(left) => unknown(left, Came::TurnedAway),
        State::Unknown { left, came, candidates, .. } => {
            State::Unknown { left, came, readings: READINGS, candidates }
        }
        State::Failed(refusal) => State::Failed(refusal),
        // The conversation has it.
        State::Sent { .. } => return None,
    };
    Some(Item { state, ..item })
}

/// A text to many that landed, as its requests come after it: none of them waits any more, for it may have
/// left since. One that a person had stopped stays as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Landed {
    pub batch: Batch,
    pub progress: Progress,
}

impl Landed {
    pub fn new(batch: Batch, progress: Progress) -> Landed {
        let standing = match progress.standing {
            Standing::Stopped => Standing::Stopped,
            _ => Standing::Running,
        };
        let (left_at, settled) = (progress.left_at, progress.settled);
        let progress = Progress { standing, left_at, settled, next: batch.parts(), ..Progress::default() };
        Landed { batch: Batch { people: 0, ..batch }, progress }
    }

    /// A request of it as it is stored here.
    pub fn take(&mut self, mut part: Part) -> Part {
        let waits = matches!(part.state, PartState::Waiting | PartState::Leaving);
        if waits && self.progress.standing != Standing::Stopped {
            part.state = PartState::Unknown { reason: MAYBE_SINCE.to_owned() };
            self.progress.settled = false;
        } else if waits {
            part.state = PartState::Waiting;
        }
        self.batch.people += part.people.len() as u32;
        self.progress.counts.add(&part);
        part
    }
}

/// Why nobody here knows what became of a request that had not left when the file was made.
const MAYBE_SINCE: &str =
    "It was still to leave when the file was made, and may have left from the other browser since.";

/// Nobody here sees the answer to what was leaving there.
fn given_up(mut ledger: Ledger) -> Ledger {
    for act in Act::ALL {
        ledger.give_up(act);
    }
    ledger
}

/// The ledger of this device with one of a file. What is here wins, for its outcomes were seen here.
pub fn joined_ledger(here: Ledger, file: Ledger) -> Ledger {
    let mut all = here.merged(file);
    all.shorten();
    all
}

/// What lists show of a conversation, here and in a file whose messages join those here.
pub fn joined_summary(here: Summary, file: Summary) -> Summary {
    let newer = |one: &Option<Newest>| one.as_ref().map(|newest| newest.place.clone());
    let (newest, unread) = match newer(&file.newest) > newer(&here.newest) {
        true => (file.newest, file.unread),
        false => (here.newest, here.unread),
    };
    Summary {
        newest,
        unread,
        last_inbound: here.last_inbound.max(file.last_inbound),
        read_to: here.read_to.max(file.read_to),
        complete: here.complete || file.complete,
        joined: here.joined.max(file.joined),
    }
}

/// What is being written in one conversation: what is here is shown first, as the last one is.
pub fn joined_written(here: Vec<Written>, mut file: Vec<Written>) -> Vec<Written> {
    file.retain(|written| !written.is_empty() && !here.contains(written));
    file.extend(here);
    file
}
