//! Whether an entry of a file is one that a console could have written. A file may come from anybody: what would
//! make a page hang or fail later is found here, before anything is stored.

use super::{BESIDE, Entry};
use crate::{
    catalogue::{self, draft::Draft},
    domain::{
        activity::Record,
        bulk::composed::{LARGEST, PIECE},
        bulk::{Batch, Part, Progress},
        connection,
        ledger::Ledger,
        outbox::{Item, Leaving, State},
        provisioning::Track,
        saved_reply::LONGEST_ID,
        thread::{
            entry::{Entry as Message, Place},
            summary::{MOST_UNREAD, Summary},
        },
    },
};

/// Unix milliseconds at the end of the year 9999, after which no date can be written.
const LATEST: u64 = 253_402_300_799_999;
/// Characters of an id that a provider gave.
const LONGEST: usize = 500;
/// Rows of a list in a form; the longest documented one has a thousand.
const MOST_ROWS: usize = 10_000;
/// People of one text; a list of them is no longer.
const MOST_PEOPLE: u32 = 1_000_000;
/// Milliseconds between two requests: a day.
const LONGEST_INTERVAL: u64 = 86_400_000;
/// How often something may have happened, for what counts on from there.
const MOST_TIMES: u64 = 1 << 40;

/// What is wrong with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Id,
    Moment,
    Form,
    TooMany,
    Message,
    Reply,
    Address,
    Requests,
    World,
}

impl Fault {
    /// As a part of a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            Fault::Id => "an id is empty or too long, or has signs that no id has",
            Fault::Moment => "a time is none",
            Fault::Form => "a draft is of no form that is known",
            Fault::TooMany => "something is counted that cannot be so many",
            Fault::Message => "a message cannot be read",
            Fault::Reply => "a saved reply breaks its limits",
            Fault::Address => "a connection's address or scheme cannot be used",
            Fault::Requests => "the people or requests of a message to many are not each there once",
            Fault::World => "the sandbox cannot be read",
        }
    }
}

type Verdict = Result<(), Fault>;

fn that(holds: bool, fault: Fault) -> Verdict {
    if holds { Ok(()) } else { Err(fault) }
}

/// A part of a stored key; the parts are set apart by control characters.
fn id(text: &str) -> Verdict {
    let plain = !text.is_empty() && text.chars().count() <= LONGEST && !text.chars().any(char::is_control);
    that(plain, Fault::Id)
}

fn moment(at: u64) -> Verdict {
    that(at <= LATEST, Fault::Moment)
}

fn moments(all: impl IntoIterator<Item = Option<u64>>) -> Verdict {
    all.into_iter().flatten().try_for_each(moment)
}

fn place(place: &Place) -> Verdict {
    id(&place.id)?;
    moment(place.at)
}

fn draft(draft: &Draft) -> Verdict {
    that(draft.most_rows() <= MOST_ROWS, Fault::TooMany)
}

impl Entry {
    /// As much of it as is sound, so that a file has nothing that is refused where it is read.
    pub fn sound_part(self) -> Option<Entry> {
        let entry = match self {
            Entry::Messages { connection, conversation, mut messages } => {
                messages.retain(|one| message(one).is_ok());
                Entry::Messages { connection, conversation, messages }
            }
            entry => entry,
        };
        entry.check().is_ok().then_some(entry)
    }

    pub(super) fn check(&self) -> Verdict {
        match self {
            Entry::Draft { key, draft: typed } => {
                let beside = key.starts_with(BESIDE) && key.len() <= 3 * LONGEST;
                that(beside || catalogue::find(key).is_some(), Fault::Form)?;
                draft(typed)
            }
            Entry::Composed(composed) => {
                draft(&composed.options)?;
                let file = composed.file.as_ref();
                let name = file.map_or(0, |file| file.name.chars().count() + file.encoding.chars().count());
                that(name <= 2 * LONGEST, Fault::TooMany)?;
                let length = file.map_or(0, |file| file.length);
                that(length <= LARGEST && composed.typed.len() <= LARGEST, Fault::TooMany)
            }
            Entry::ComposedFile { piece, text } => {
                let last = LARGEST.div_ceil(PIECE - 4) as u32;
                that(*piece <= last && text.len() <= PIECE, Fault::TooMany)
            }
            Entry::Written { connection, conversation, written } => {
                of_conversation(connection, conversation)?;
                written.iter().try_for_each(|written| draft(&written.draft))
            }
            Entry::Conversation { connection, conversation, summary } => {
                id(connection)?;
                id(conversation)?;
                summed(summary)
            }
            Entry::Messages { connection, conversation, messages } => {
                id(connection)?;
                id(conversation)?;
                that(!messages.is_empty(), Fault::Message)?;
                messages.iter().try_for_each(message)
            }
            Entry::Leaving(item) => leaving(item),
            Entry::Sending { batch, progress } => sending(batch, progress),
            Entry::Requests { sending, parts } => {
                id(sending)?;
                parts.iter().try_for_each(request)
            }
            Entry::Reply(reply) => {
                let named = !reply.id.trim().is_empty() && reply.id.chars().count() <= LONGEST_ID;
                that(named && reply.problems().is_empty(), Fault::Reply)
            }
            Entry::Number(track) => number(track),
            Entry::Attempts { subject, ledger } => {
                id(subject)?;
                attempts(ledger)
            }
            Entry::Call(record) => call(record),
            Entry::Connection(one) => {
                id(&one.id)?;
                that(one.label.chars().count() <= LONGEST, Fault::Id)?;
                connection::usable(one).map_err(|_| Fault::Address)
            }
            Entry::Setting { name, .. } => id(name),
            // Whether the sandbox can read it is the sandbox's own word.
            Entry::World(world) => that(world.is_object(), Fault::World),
        }
    }
}

/// One that is yet to begin has no id.
fn of_conversation(connection: &str, conversation: &str) -> Verdict {
    id(connection)?;
    if conversation.is_empty() { Ok(()) } else { id(conversation) }
}

fn summed(summary: &Summary) -> Verdict {
    that(summary.unread <= MOST_UNREAD + 1, Fault::TooMany)?;
    let newest = summary.newest.as_ref().map(|newest| &newest.place);
    let places = [newest, summary.last_inbound.as_ref(), summary.read_to.as_ref(), summary.joined.as_ref()];
    places.into_iter().flatten().try_for_each(place)
}

fn message(message: &Message) -> Verdict {
    place(&message.place)?;
    that(!message.wamid.chars().any(char::is_control), Fault::Id)?;
    let read = message.message().ok_or(Fault::Message)?;
    that(read.id == message.place.id, Fault::Message)
}

fn leaving(item: &Item) -> Verdict {
    of_conversation(&item.connection, &item.conversation)?;
    id(&item.key)?;
    // The next one is put after it.
    let at = item.key.split(' ').next().and_then(|at| at.parse().ok());
    moment(at.ok_or(Fault::Id)?)?;
    moment(item.released)?;
    that(item.request.is_object(), Fault::Message)?;
    let left = |left: &Leaving| moments([Some(left.at), left.after]);
    match &item.state {
        State::Sending(was) | State::TurnedAway(was) | State::Unknown { left: was, .. } => left(was),
        State::Waiting | State::Sent { .. } | State::Failed(_) => Ok(()),
    }
}

fn sending(batch: &Batch, progress: &Progress) -> Verdict {
    id(&batch.id)?;
    id(&batch.connection)?;
    that(batch.label.chars().count() <= LONGEST, Fault::Id)?;
    moments([batch.made, progress.left_at, progress.gone_on_at].map(Some))?;
    that(batch.request.is_object(), Fault::Message)?;
    that(batch.people <= MOST_PEOPLE && batch.interval <= LONGEST_INTERVAL, Fault::TooMany)
}

fn request(part: &Part) -> Verdict {
    let many = part.people.len() > MOST_ROWS || part.number > MOST_PEOPLE || part.attempt > MOST_PEOPLE;
    that(!many, Fault::TooMany)?;
    part.people.iter().try_for_each(|person| id(&person.number))
}

fn number(track: &Track) -> Verdict {
    id(&track.id)?;
    id(&track.connection)?;
    let code = track.code.as_ref();
    moments([
        Some(track.known_since),
        Some(track.acted_at),
        track.read_at,
        track.throttled_until,
        track.verify_after,
        code.map(|code| code.at),
    ])?;
    moments(track.seen.iter().flat_map(|sight| [Some(sight.first), Some(sight.last)]))?;
    let often = [track.revision, u64::from(track.misses), code.map_or(0, |code| u64::from(code.again))];
    that(
        often[0] <= MOST_TIMES && often[1..].iter().all(|times| *times <= MOST_ROWS as u64),
        Fault::TooMany,
    )?;
    track.draft.as_ref().map_or(Ok(()), draft)
}

fn attempts(ledger: &Ledger) -> Verdict {
    that(ledger.entries.len() <= MOST_ROWS, Fault::TooMany)?;
    ledger.entries.iter().try_for_each(|entry| {
        id(&entry.connection)?;
        moments([Some(entry.at), entry.ended])
    })
}

fn call(record: &Record) -> Verdict {
    // Its address is part of the key of a read, and may be long.
    that(!record.key.is_empty() && record.key.len() <= 100 * LONGEST, Fault::Id)?;
    that(record.times <= MOST_ROWS as u32 * 100, Fault::TooMany)?;
    moment(record.at)?;
    draft(&record.draft)
}
