//! Messages on their way out: what may become of one, and when the next may leave. Each is stored before
//! it is sent and is sent once; where no answer came, only a reading or a person settles it.

mod came;
pub mod pace;

pub use came::Came;

use super::{
    phone::bare,
    server_clock::RESOLUTION,
    thread::{body::Body, entry::Entry},
    written::{FROM, request},
};
use crate::catalogue::{
    failure::{CarriedOut, Failure, FailureKind},
    operation::Operation,
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// A message that a person has sent off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Sorts by the time of writing, and is like no other of its conversation: see [`next_key`].
    pub key: String,
    /// Ids; a conversation that this message is to begin has none.
    pub connection: String,
    pub conversation: String,
    /// The request, with the fields of every place at its top.
    pub request: Json,
    /// The figures of the number of whom it is for, where a conversation's is known.
    #[serde(default)]
    pub to: String,
    /// The text of the template with its values, for messages that are one.
    #[serde(default)]
    pub template: String,
    /// When the person sent it off, or said that it is still to be sent, in Unix milliseconds.
    pub released: u64,
    pub state: State,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum State {
    /// Not left yet.
    Waiting,
    Sending(Leaving),
    /// The provider has taken it, under this id.
    Sent {
        id: String,
    },
    /// It was refused: nothing was sent.
    Failed(Refusal),
    /// The provider answered that it did not take it. It goes out again once a reading of the conversation
    /// does not show it: who answers so may have taken it all the same.
    TurnedAway(Leaving),
    /// No answer came that tells.
    Unknown {
        left: Leaving,
        #[serde(default)]
        came: Came,
        /// Readings of the conversation since, up to [`READINGS`].
        readings: u8,
        /// Messages of the conversation that it may be, by their ids.
        candidates: Vec<String>,
    },
}

/// How it stood when a message left.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Leaving {
    /// Unix milliseconds, by this device's clock.
    pub at: u64,
    /// What the provider's clock showed at the least, where that is known.
    pub after: Option<u64>,
    /// Ids of the conversation's messages that were known and may not be told apart by their time.
    #[serde(default)]
    pub seen: Vec<String>,
}

/// How far this device's clock may be ahead of a provider's that nobody knows.
const SKEW: u64 = 5 * 60 * 1000;

impl Leaving {
    /// No message that was made by it is older than this, by the provider's clock.
    pub fn floor(&self) -> u64 {
        self.after.unwrap_or(self.at.saturating_sub(SKEW)).saturating_sub(RESOLUTION)
    }
}

/// Why a message was refused, in words that outlive the page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    pub sentence: String,
    pub next: String,
    /// The provider's own words.
    #[serde(default)]
    pub said: String,
}

/// Readings after which nothing more is to be learned by waiting.
pub const READINGS: u8 = 3;

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// It leaves now.
    Left(Leaving),
    /// The provider took it, and gave it an id.
    Answered {
        id: String,
    },
    Refused(Refusal),
    /// It did not get there: offline, or a locked vault.
    Postponed,
    /// The provider looked no further than at the key, or had too many requests.
    TurnedAway,
    /// No usable answer came, or whoever waited for it is gone.
    Lost(Came),
    /// The conversation was read: these of its messages may be this one.
    Read {
        candidates: Vec<String>,
    },
    /// On the person's word alone: it is to be sent once more.
    SendAgain,
    /// On the person's word: that message is this one.
    IsThat {
        id: String,
    },
    /// On the person's word: it is to be forgotten.
    Discard,
}

/// What becomes of a message; `None` when it is forgotten. What cannot happen changes nothing.
pub fn step(state: &State, event: Event) -> Option<State> {
    let stays = || Some(state.clone());
    match (state, event) {
        (State::Waiting, Event::Left(left)) => Some(State::Sending(left)),
        (
            State::Waiting | State::TurnedAway(_) | State::Failed(_) | State::Unknown { .. },
            Event::Discard,
        ) => None,
        (State::Sending(_) | State::Unknown { .. }, Event::Answered { id }) => Some(State::Sent { id }),
        (State::Sending(_) | State::Unknown { .. }, Event::Refused(refusal)) => Some(State::Failed(refusal)),
        (State::Sending(_), Event::Postponed) => Some(State::Waiting),
        (State::Sending(left), Event::TurnedAway) => Some(State::TurnedAway(left.clone())),
        (State::Sending(left), Event::Lost(came)) => {
            Some(State::Unknown { left: left.clone(), came, readings: 0, candidates: vec![] })
        }
        (State::Unknown { left, came, readings, .. }, Event::Read { mut candidates }) => {
            match candidates.len() {
                1 => Some(State::Sent { id: candidates.remove(0) }),
                _ => Some(State::Unknown {
                    left: left.clone(),
                    came: *came,
                    readings: (readings + 1).min(READINGS),
                    candidates,
                }),
            }
        }
        (State::TurnedAway(left), Event::Read { mut candidates }) => match candidates.len() {
            0 => Some(State::Waiting),
            1 => Some(State::Sent { id: candidates.remove(0) }),
            _ => Some(State::Unknown {
                left: left.clone(),
                came: Came::TurnedAway,
                readings: READINGS,
                candidates,
            }),
        },
        (State::Unknown { .. }, Event::IsThat { id }) => Some(State::Sent { id }),
        (State::Unknown { .. } | State::Failed(_), Event::SendAgain) => Some(State::Waiting),
        _ => stays(),
    }
}

impl State {
    /// Whether those written later to the same person have to wait for it.
    pub fn holds_back(&self) -> bool {
        matches!(self, State::Waiting | State::Sending(_) | State::TurnedAway(_) | State::Unknown { .. })
    }

    /// Whether a person has to decide.
    pub fn needs_a_hand(&self) -> bool {
        match self {
            State::Failed(_) => true,
            State::Unknown { readings, candidates, .. } => *readings >= READINGS || candidates.len() > 1,
            _ => false,
        }
    }

    /// Whether only a person can say what became of it.
    pub fn is_in_doubt(&self) -> bool {
        matches!(self, State::Unknown { .. }) && self.needs_a_hand()
    }

    /// Whether another reading may settle it.
    pub fn wants_reading(&self) -> bool {
        self.to_be_read().is_some() && !self.needs_a_hand()
    }

    /// Why only a person can say what became of it.
    pub fn doubt(&self) -> Option<String> {
        match self {
            State::Unknown { came, candidates, .. } if self.is_in_doubt() => {
                Some(came.doubt(candidates.len()))
            }
            _ => None,
        }
    }

    /// How it stood when one left that the conversation may show.
    pub fn to_be_read(&self) -> Option<&Leaving> {
        match self {
            State::TurnedAway(left) | State::Unknown { left, .. } => Some(left),
            _ => None,
        }
    }
}

impl Item {
    /// Whether it has waited so long that a person has to say whether it is still to be sent.
    pub fn is_stale(&self, now: u64) -> bool {
        self.state == State::Waiting && now.saturating_sub(self.released) >= STALE
    }

    pub fn is_sent(&self) -> bool {
        matches!(self.state, State::Sent { .. })
    }

    /// The request that sends it.
    pub fn operation(&self) -> &'static Operation {
        request(&self.conversation)
    }

    /// The number that it is sent to, where it begins a conversation.
    pub fn recipient(&self) -> &str {
        self.request["message"]["phone_number"].as_str().unwrap_or_default()
    }

    /// The config that it is sent with, where it names one.
    pub fn config(&self) -> &str {
        self.request[FROM].as_str().unwrap_or_default()
    }

    /// Who gets it, as far as they can be told apart: a person may have several conversations.
    pub fn person(&self) -> String {
        match (self.to.is_empty(), self.conversation.is_empty()) {
            (false, _) => self.to.clone(),
            (true, true) => bare(self.recipient()),
            (true, false) => self.conversation.clone(),
        }
    }

    /// What it shows.
    pub fn body(&self) -> Body {
        Body::of_request(&self.request["message"], &self.template)
    }
}

/// Those of a conversation's messages that may be one whose answer was lost: from the business, of the
/// same type and content, made since it left, and not known before. `taken` are the ids that other sent
/// messages have.
pub fn candidates(
    sent: &Body,
    left: &Leaving,
    entries: &[Entry],
    taken: &dyn Fn(&str) -> bool,
) -> Vec<String> {
    let since = |entry: &&Entry| entry.place.at >= left.floor();
    let taken = |id: &str| taken(id) || left.seen.iter().any(|seen| seen == id);
    let shows =
        |entry: &&Entry| entry.message().is_some_and(|message| Body::of_message(&message).is_that_of(sent));
    entries
        .iter()
        .filter(|entry| !entry.inbound && !taken(&entry.place.id))
        .filter(since)
        .filter(shows)
        .map(|entry| entry.place.id.clone())
        .collect()
}

/// Whether a message that is sent off after these waits for more than its turn: for one that is `held`, that
/// nobody knows the end of, or that a person has to decide about.
pub fn is_stuck(before: &[Item], held: bool, now: u64) -> bool {
    let first = before.iter().find(|item| item.state.holds_back());
    first.is_some_and(|first| held || first.state.to_be_read().is_some() || first.is_stale(now))
}

/// The key of the next message of a conversation after another one, at a time in Unix milliseconds. It comes
/// after that one, also where the clock was set back; the nonce keeps two tabs apart.
pub fn next_key(last: Option<&str>, now: u64, nonce: u32) -> String {
    let at = |key: &str| key.split(' ').next()?.parse::<u64>().ok();
    let after = last.and_then(at).map_or(0, |last| last + 1);
    format!("{:015} {nonce:08x}", now.max(after))
}

/// A message that has waited for so long, in milliseconds, is sent only on the person's word: what it says
/// may be out of date.
pub const STALE: u64 = 60 * 60 * 1000;

/// The message of one conversation that may leave now, in the order in which they were written: the
/// first that waits, unless an earlier one to the same person is not settled. Those that begin conversations
/// stand in one queue and go to several people.
pub fn next(items: &[Item], now: u64) -> Option<&Item> {
    let may = |item: &&Item| item.state == State::Waiting && !item.is_stale(now);
    items.iter().find(|item| may(item) && !is_held_back(items, item))
}

/// Whether an earlier message of a queue has to be settled before this one leaves.
pub fn is_held_back(items: &[Item], item: &Item) -> bool {
    let person = item.person();
    let alike = |other: &Item| !item.conversation.is_empty() || other.person() == person;
    let mut earlier = items.iter().take_while(|other| other.key != item.key);
    earlier.any(|other| other.state.holds_back() && alike(other))
}

/// What the answer to a message means for it; the id is that of the message in the answer, `status` that of
/// HTTP where anything came back. A failure on the way to the provider leaves it waiting.
pub fn heard(answer: Result<Option<String>, &Failure>, status: Option<u16>) -> Event {
    let failure = match answer {
        Ok(Some(id)) => return Event::Answered { id },
        Ok(None) => return Event::Lost(Came::Unreadable),
        Err(failure) => failure,
    };
    match failure.kind {
        FailureKind::Refused => Event::Refused(Refusal::of(failure)),
        FailureKind::RefusedKey | FailureKind::RelayKeyRefused | FailureKind::Throttled { .. } => {
            Event::TurnedAway
        }
        FailureKind::ProviderError => {
            Event::Lost(status.map_or(Came::Unreadable, |status| Came::Error { status }))
        }
        FailureKind::Unreadable => Event::Lost(Came::Unreadable),
        _ if failure.carried_out() == CarriedOut::Maybe => Event::Lost(Came::Nothing),
        _ => Event::Postponed,
    }
}

impl Refusal {
    pub fn of(failure: &Failure) -> Refusal {
        let said = [&failure.said.title, &failure.said.detail];
        let said: Vec<&str> = said.into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        Refusal { sentence: failure.sentence(), next: failure.next().to_owned(), said: said.join(": ") }
    }
}

#[cfg(test)]
mod tests;
