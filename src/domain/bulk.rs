//! One text to many people: who they are, which requests carry it, and what may become of each. A request
//! is noted before it leaves and leaves once; where no answer came, only a person may send it again.

pub mod composed;
pub mod drawn;
pub mod fill;
pub mod pace;
pub mod partial;
pub mod people;
mod progress;
pub mod request;
pub mod results;

pub use progress::{Counts, Pause, Progress, Standing, Wants};

use super::outbox::Refusal;
use crate::catalogue::{
    failure::{CarriedOut, Failure, FailureKind},
    reply,
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What a person has sent off; it does not change any more.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    /// Sorts by the time at which it was made.
    pub id: String,
    /// Id of the connection, and what it was called.
    pub connection: String,
    pub label: String,
    /// Unix milliseconds.
    pub made: u64,
    /// The file that the people came from; empty where they were typed.
    pub file: String,
    /// The text; with its placeholders where it differs from person to person.
    pub text: String,
    /// The rest of the request, as JSON.
    pub request: Json,
    pub people: u32,
    /// People of one request; the last may have fewer.
    pub per: u32,
    /// Milliseconds from one request to the next, at the least.
    pub interval: u64,
}

impl Batch {
    /// How many requests carry it.
    pub fn parts(&self) -> u32 {
        self.people.div_ceil(self.per.max(1))
    }

    /// The request that carries the text to somebody, and the place in it; people are counted from 0.
    pub fn place_of(&self, person: u32) -> (u32, usize) {
        let per = self.per.max(1);
        (person / per, (person % per) as usize)
    }

    /// The first words, for lists.
    pub fn title(&self) -> String {
        const MOST: usize = 60;
        let line = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(MOST) {
            Some((end, _)) => format!("{}…", line[..end].trim_end()),
            None => line,
        }
    }
}

/// One request of a batch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Counted from 0.
    pub number: u32,
    pub people: Vec<Person>,
    /// The filled text where it is not that of the batch.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// How often it was released: 1, and one more each time a person said so.
    pub attempt: u32,
    pub state: State,
}

/// Somebody who gets the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Place among the people of the list, counted from 1.
    pub row: u32,
    /// Line of the file or list.
    pub line: u32,
    /// As the provider gets it.
    pub number: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Waiting,
    Leaving,
    /// The provider has put it into its queue.
    Queued {
        transaction: String,
    },
    /// Nothing was sent.
    Refused {
        refusal: Refusal,
        transaction: String,
    },
    /// No usable answer came; why, in a sentence.
    Unknown {
        reason: String,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// It leaves now, at a time in Unix milliseconds.
    Left {
        at: u64,
    },
    Taken {
        transaction: String,
    },
    Refused {
        refusal: Refusal,
        transaction: String,
    },
    /// It did not get there, or was turned away unread.
    Postponed,
    /// No usable answer came, or whoever waited for it is gone.
    Lost {
        reason: String,
    },
    /// On the person's word alone: it is to be sent once more.
    Again,
}

/// What becomes of a request and of its batch; tells whether anything does. What cannot happen changes
/// nothing.
pub fn step(progress: &mut Progress, part: &mut Part, event: Event) -> bool {
    let under_way = progress.leaving == Some(part.number) && part.state == State::Leaving;
    let after = match event {
        Event::Left { at } => {
            let free = progress.standing == Standing::Running && progress.leaving.is_none();
            if !free || part.state != State::Waiting {
                return false;
            }
            progress.leaving = Some(part.number);
            progress.left_at = at;
            if progress.next == part.number {
                progress.next += 1;
            }
            State::Leaving
        }
        Event::Again => {
            let may = !matches!(progress.standing, Standing::Written | Standing::Stopped);
            if !may || !matches!(part.state, State::Refused { .. } | State::Unknown { .. }) {
                return false;
            }
            part.attempt += 1;
            progress.next = progress.next.min(part.number);
            State::Waiting
        }
        _ if !under_way => return false,
        Event::Taken { transaction } => State::Queued { transaction },
        Event::Refused { refusal, transaction } => State::Refused { refusal, transaction },
        Event::Lost { reason } => State::Unknown { reason },
        Event::Postponed => {
            progress.next = progress.next.min(part.number);
            State::Waiting
        }
    };
    if after != State::Leaving && under_way {
        progress.leaving = None;
        progress.learn(&after);
    }
    progress.settled = false;
    let people = part.people.len() as u32;
    *progress.counts.of(&part.state) -= people;
    *progress.counts.of(&after) += people;
    part.state = after;
    true
}

/// What the answer to a request means for it.
pub fn heard(answer: Result<&Json, &Failure>) -> Event {
    let failure = match answer {
        Ok(json) => {
            let first = match &json["response"] {
                Json::Array(rows) => rows.first().unwrap_or(&Json::Null),
                other => other,
            };
            return match first.is_object() {
                true => Event::Taken { transaction: reply::text(&first["transid"]) },
                false => Event::Lost { reason: Failure::of(FailureKind::Unreadable).sentence() },
            };
        }
        Err(failure) => failure,
    };
    match failure.kind {
        FailureKind::Refused => {
            Event::Refused { refusal: Refusal::of(failure), transaction: failure.said.trace.clone() }
        }
        _ if failure.carried_out() == CarriedOut::Maybe => Event::Lost { reason: failure.sentence() },
        _ => Event::Postponed,
    }
}

/// An id that sorts by time; the nonce keeps two tabs apart. It is short, for it is a part of references.
pub fn id(now: u64, nonce: u32) -> String {
    const SIGNS: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let digits = |mut number: u64, length: usize| {
        let mut text = vec![b'0'; length];
        for place in text.iter_mut().rev() {
            *place = SIGNS[(number % 36) as usize];
            number /= 36;
        }
        String::from_utf8_lossy(&text).into_owned()
    };
    format!("{}{}", digits(now, 9), digits(u64::from(nonce), 4))
}

#[cfg(test)]
mod tests;
