//! What waits for a person, wherever in the console it is: in words, with the place where it is attended
//! to, the most urgent first. Who finds out is in `state::hands`.

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

    /// What the messages on their way to somebody wait for; `held` is whether something beside them keeps
    /// them from leaving.
    pub fn of_messages(items: &[Item], held: bool, about: &str, now: u64) -> Vec<Hand> {
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
            let of_it: Vec<&Item> = items.iter().filter(fits).collect();
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

    /// The matter in a sentence.
    pub fn sentence(&self) -> String {
        let about = &self.about;
        match &self.need {
            Need::Code => format!("{about} waits for its one-time code."),
            Need::OtherCode => format!("The code for {about} was not accepted."),
            Need::Unknown(1) => format!("It is not known whether a message to {about} was sent."),
            Need::Unknown(count) => format!("It is not known whether {count} messages to {about} were sent."),
            Need::Refused(1) => format!("A message to {about} was not sent."),
            Need::Refused(count) => format!("{count} messages to {about} were not sent."),
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
            Need::Unknown(_) => "Settle it",
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

fn lower(word: &str) -> String {
    let mut signs = word.chars();
    signs.next().map_or_else(String::new, |first| first.to_lowercase().chain(signs).collect())
}

/// Whether a number goes on by itself.
pub fn is_moving(track: &Track) -> bool {
    matches!(track.stage(), Stage::Setup(_) | Stage::Finishing | Stage::Leaving)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalogue::vonage,
        domain::outbox::{Came, Leaving, READINGS, Refusal},
    };
    use serde_json::json;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn item(state: State, released: u64) -> Item {
        Item {
            key: format!("{released}"),
            connection: "k".into(),
            conversation: "c/1".into(),
            request: json!({}),
            to: String::new(),
            template: String::new(),
            released,
            state,
        }
    }

    fn unknown(readings: u8) -> State {
        State::Unknown { left: Leaving::default(), came: Came::Nothing, readings, candidates: vec![] }
    }

    #[test]
    fn messages_that_wait_are_counted_by_what_became_of_them() {
        let items = [
            item(unknown(READINGS), 7),
            item(State::Failed(Refusal::default()), 5),
            item(State::Failed(Refusal::default()), 4),
            item(unknown(0), 3),
            item(State::Waiting, 2),
        ];
        let hands = Hand::of_messages(&items, false, "Ana", 8);
        let said: Vec<String> = hands.iter().map(Hand::sentence).collect();
        assert_eq!(
            said,
            ["It is not known whether a message to Ana was sent.", "2 messages to Ana were not sent."]
        );
        assert_eq!((hands[1].since, hands[1].place.as_str()), (Some(4), "/inbox/c%2F1"));
        assert_eq!(Hand::of_messages(&items[4..], true, "Ana", 8)[0].need, Need::Held);
        assert!(Hand::of_messages(&items[3..], false, "Ana", 8).is_empty());
    }

    #[test]
    fn a_number_asks_for_its_code_and_tells_its_failure() {
        let mut track = Track::new("d 1", "v", 1);
        (track.country_code, track.number) = ("44".into(), "7700900000".into());
        assert_eq!(Hand::of_number(&track), None);
        for (state, need) in [
            (vonage::State::CodeSent, Need::Code),
            (vonage::State::WrongCode, Need::OtherCode),
            (vonage::State::Error, Need::Number),
        ] {
            track.seen = vec![crate::domain::provisioning::Sight { state, first: 9, last: 9 }];
            let hand = Hand::of_number(&track).unwrap();
            assert_eq!(
                (hand.need.clone(), hand.since, hand.place.as_str()),
                (need, Some(9), "/numbers/d%201")
            );
            assert!(hand.is_at("/numbers") && !hand.is_at("/number"));
        }
    }

    #[test]
    fn what_is_urgent_comes_first_and_keys_stay_in_their_tab() {
        let hand = |need, since| Hand { need, about: "x".into(), place: "/".into(), since: Some(since) };
        let hands = [
            hand(Need::Number, 1),
            hand(Need::Token, 2),
            hand(Need::Refused(1), 9),
            hand(Need::Refused(1), 3),
            hand(Need::Code, 5),
        ];
        let mut waiting = Waiting { hands: hands.to_vec(), going: true };
        waiting.sort();
        let order = |waiting: &Waiting| waiting.hands.iter().map(|hand| hand.since).collect::<Vec<_>>();
        assert_eq!(order(&waiting), [5, 3, 9, 2, 1].map(Some));
        assert_eq!(order(&waiting.kept(true)), [5, 3, 9, 1].map(Some));
        assert_eq!(order(&waiting.kept(false)), [5, 1].map(Some));
        assert!(!waiting.kept(false).is_idle());
    }
}
