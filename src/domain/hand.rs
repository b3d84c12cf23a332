//! What waits for a person, wherever in the console it is: in words, with the place where it is attended
//! to, the most urgent first. Who finds out is in `state::hands`.

#[cfg(test)]
mod tests;

use super::{
    connection::Connection,
    connection_check::{Check, Mark},
    outbox::{Item, State},
    phone,
    provisioning::{Stage, Track},
};
use crate::catalogue::call::encode;
use serde::{Deserialize, Serialize};

/// One matter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hand {
    pub need: Need,
    /// What lists call it: a number, a contact, a connection, a sending.
    pub about: String,
    /// Path below the base of the site.
    pub place: String,
    /// Since when, in Unix milliseconds, where that is known.
    pub since: Option<u64>,
}

/// What is needed. The first in this list are the most urgent: a code lasts for minutes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    Code,
    /// The code that was entered was not accepted.
    OtherCode,
    /// Nobody knows whether these messages were sent.
    Unknown(usize),
    /// Nobody knows whether one of these was created, such as a `customer`.
    Creation(String),
    /// These messages were refused.
    Refused(usize),
    /// Messages do not leave until something is done.
    Held,
    /// A message to many waits, for this reason.
    Sending(String),
    /// A token cannot be used any more.
    Token,
    /// What the last check of a connection found, in its words.
    Connection(String),
    /// A number could not be brought live.
    Number,
}

/// Everything that waits, and whether something goes on by itself that a person looks forward to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    pub hands: Vec<Hand>,
    /// Something is under way: messages leave, a number is being set up.
    pub going: bool,
}

impl Waiting {
    pub fn is_idle(&self) -> bool {
        self.hands.is_empty() && !self.going
    }

    /// Puts the most urgent first, and what waits longest before what came later.
    pub fn sort(&mut self) {
        self.hands.sort_by(|a, b| (&a.need, a.since, &a.place).cmp(&(&b.need, b.since, &b.place)));
    }

    /// What a later visit is told: keys live in one tab, and what is about messages is kept where they are.
    pub fn kept(&self, messages: bool) -> Waiting {
        let keeps = |hand: &&Hand| hand.need != Need::Token && (messages || !hand.need.is_about_messages());
        Waiting { hands: self.hands.iter().filter(keeps).cloned().collect(), going: self.going }
    }
}

impl Need {
    fn is_about_messages(&self) -> bool {
        matches!(self, Need::Unknown(_) | Need::Refused(_) | Need::Held | Need::Sending(_))
    }
}

impl Hand {
    /// What a number waits for.
    pub fn of_number(track: &Track) -> Option<Hand> {
        let need = match track.stage() {
            Stage::Code { wrong: false } => Need::Code,
            Stage::Code { wrong: true } => Need::OtherCode,
            Stage::Failed => Need::Number,
            _ => return None,
        };
        let sent = track.code.as_ref().filter(|_| need == Need::Code).map(|code| code.at);
        Some(Hand {
            need,
            about: phone::display(&track.country_code, &track.number),
            place: format!("/numbers/{}", encode(&track.id)),
            since: sent.or(track.since()),
        })
    }

    /// What a conversation's messages on their way out wait for, a line for each matter. Messages that are to
    /// begin a conversation stand in one queue and go to several people, of whom each has lines of their own.
    /// `contact` is what lists call the one of the conversation; `held` is whether something beside the
    /// messages keeps them from leaving.
    pub fn of_queue(items: &[Item], held: bool, contact: Option<&str>, now: u64) -> Vec<Hand> {
        let mut people: Vec<(String, Vec<&Item>)> = vec![];
        for item in items {
            let person = if item.conversation.is_empty() { item.person() } else { String::new() };
            match people.iter_mut().find(|(known, _)| *known == person) {
                Some((_, of_them)) => of_them.push(item),
                None => people.push((person, vec![item])),
            }
        }
        let hands = people.into_iter().flat_map(|(_, items)| {
            let about = contact.map_or_else(|| called(&items), str::to_owned);
            Hand::of_messages(&items, held, &about, now)
        });
        hands.collect()
    }

    fn of_messages(items: &[&Item], held: bool, about: &str, now: u64) -> Vec<Hand> {
        let Some(first) = items.first() else { return vec![] };
        let hand = |need, since| Hand {
            need,
            about: about.to_owned(),
            place: match first.conversation.as_str() {
                "" => "/inbox?new".to_owned(),
                id => format!("/inbox/{}", encode(id)),
            },
            since,
        };
        let group = |fits: &dyn Fn(&&Item) -> bool, need: fn(usize) -> Need| {
            let of_it: Vec<&Item> = items.iter().copied().filter(fits).collect();
            let since = of_it.iter().map(|item| item.released).min();
            (!of_it.is_empty()).then(|| hand(need(of_it.len()), since))
        };
        let unknown = |item: &&Item| item.state.is_in_doubt();
        let refused = |item: &&Item| matches!(item.state, State::Failed(_));
        let stale = items.iter().any(|item| item.is_stale(now));
        let held = (held || stale).then(|| hand(Need::Held, Some(first.released)));
        [group(&unknown, Need::Unknown), group(&refused, Need::Refused), held].into_iter().flatten().collect()
    }

    /// A message to many that waits, for a reason in a few words.
    pub fn of_sending(about: String, why: String, place: String) -> Hand {
        Hand { need: Need::Sending(why), about, place, since: None }
    }

    /// Something whose creation was not answered, at a connection.
    pub fn of_creation(noun: &str, connection: &Connection, place: String, since: Option<u64>) -> Hand {
        Hand { need: Need::Creation(noun.to_owned()), about: connection.label.clone(), place, since }
    }

    /// A connection that the last check found wanting.
    pub fn of_check(connection: &Connection, check: &Check) -> Option<Hand> {
        let (mark, word) = check.word();
        (mark == Mark::Bad).then(|| Hand::of_trouble(connection, word, check.at))
    }

    /// A connection that did not serve, with the reason in a few words.
    pub fn of_trouble(connection: &Connection, word: &str, since: u64) -> Hand {
        Hand {
            need: Need::Connection(word.to_owned()),
            about: connection.label.clone(),
            place: connection_place(connection),
            since: Some(since),
        }
    }

    /// A token of this tab that is over.
    pub fn of_token(connection: &Connection, ended: u64) -> Hand {
        Hand {
            need: Need::Token,
            about: connection.label.clone(),
            place: connection_place(connection),
            since: Some(ended),
        }
    }

    /// What is wrong with a connection, in a few words, where that is the matter.
    pub fn fault_of(&self, connection: &Connection) -> Option<&str> {
        match &self.need {
            _ if self.place != connection_place(connection) => None,
            Need::Connection(word) => Some(word),
            Need::Token => Some("Token ended"),
            _ => None,
        }
    }

    /// The matter in a sentence; `number` writes a number as the reader does.
    pub fn sentence(&self, number: impl Fn(usize) -> String) -> String {
        let about = &self.about;
        match &self.need {
            Need::Code => format!("{about} waits for its one-time code."),
            Need::OtherCode => format!("The code for {about} was not accepted."),
            Need::Unknown(1) => format!("It is not known whether a message to {about} was sent."),
            Need::Unknown(count) => {
                format!("It is not known whether {} messages to {about} were sent.", number(*count))
            }
            Need::Creation(noun) => format!("It is not known whether a {noun} was created at {about}."),
            Need::Refused(1) => format!("A message to {about} was not sent."),
            Need::Refused(count) => format!("{} messages to {about} were not sent.", number(*count)),
            Need::Held => format!("Messages to {about} do not leave."),
            Need::Sending(why) => format!("{about}: {why}."),
            Need::Token => format!("The token of {about} has ended."),
            Need::Connection(word) => format!("{about}: {}.", lower(word)),
            Need::Number => format!("{about} could not be brought live."),
        }
    }

    /// What a click leads to.
    pub fn action(&self) -> &'static str {
        match self.need {
            Need::Code => "Enter the code",
            Need::OtherCode => "Enter it again",
            Need::Unknown(_) | Need::Creation(_) => "Settle it",
            Need::Refused(_) | Need::Held | Need::Number => "See why",
            Need::Sending(_) => "Look at it",
            Need::Token => "Enter another",
            Need::Connection(_) => "See what was found",
        }
    }

    /// Whether it belongs to a place such as `/numbers`, or to one below it. The start page is above all
    /// and has none of its own.
    pub fn is_at(&self, place: &str) -> bool {
        let rest = self.place.strip_prefix(place);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
    }
}

/// Where a connection stands in the list of all.
pub fn connection_place(connection: &Connection) -> String {
    format!("/connections#{}", anchor(&connection.id))
}

/// The id of a connection's card.
pub fn anchor(connection: &str) -> String {
    format!("connection-{}", encode(connection))
}

/// What messages say of whom they are for, where no list knows: a number, or else the conversation.
fn called(items: &[&Item]) -> String {
    let numbers = items.iter().flat_map(|item| [item.recipient(), item.to.as_str()]);
    let conversation = items.first().map(|item| item.conversation.as_str()).unwrap_or_default();
    match (numbers.into_iter().find(|number| !number.is_empty()), conversation) {
        (Some(number), _) => phone::shown(number),
        (None, "") => "a contact".to_owned(),
        (None, id) => format!("the conversation {id}"),
    }
}

fn lower(word: &str) -> String {
    let mut signs = word.chars();
    signs.next().map_or_else(String::new, |first| first.to_lowercase().chain(signs).collect())
}

/// Whether a number goes on by itself.
pub fn is_moving(track: &Track) -> bool {
    matches!(track.stage(), Stage::Setup(_) | Stage::Finishing | Stage::Leaving)
}
