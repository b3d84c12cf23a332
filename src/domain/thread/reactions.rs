//! Reactions of a conversation by the message they are on, which need not be loaded or even be stored.
//! Contact and business have at most one each on a message, and the newest of each counts.

use super::{
    body::Body,
    entry::{Entry, Place},
    status::Status,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// By WhatsApp's id of the message that they are on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reactions(BTreeMap<String, Both>);

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Both {
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub theirs: Option<Reaction>,
    #[serde(rename = "o", default, skip_serializing_if = "Option::is_none")]
    pub ours: Option<Reaction>,
    /// Whether the message that they are on is not stored.
    #[serde(rename = "l", default, skip_serializing_if = "std::ops::Not::not")]
    pub loose: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reaction {
    /// Where the reaction itself stands.
    #[serde(rename = "p")]
    pub place: Place,
    /// Empty where it was taken back.
    #[serde(rename = "e")]
    pub emoji: String,
    #[serde(rename = "s")]
    pub status: Status,
}

impl Reactions {
    /// Takes in messages that came or changed; tells whether any was a reaction.
    pub fn hear<'a>(&mut self, entries: impl IntoIterator<Item = &'a Entry>) -> bool {
        let mut any = false;
        for entry in entries {
            let Some(Body::Reaction { emoji, target }) =
                entry.message().map(|message| Body::of_message(&message))
            else {
                continue;
            };
            if target.is_empty() {
                continue;
            }
            let both = self.0.entry(target).or_insert_with(|| Both { loose: true, ..Both::default() });
            let side = if entry.inbound { &mut both.theirs } else { &mut both.ours };
            if side.as_ref().is_none_or(|known| known.place <= entry.place) {
                *side = Some(Reaction { place: entry.place.clone(), emoji, status: entry.status });
                any = true;
            }
        }
        any
    }

    /// The messages that are not known to be stored.
    pub fn loose(&self) -> Vec<String> {
        self.0.iter().filter(|(_, both)| both.loose).map(|(target, _)| target.clone()).collect()
    }

    /// Notes that messages are stored now, or are no longer; tells whether that changes anything.
    pub fn place<'a>(&mut self, targets: impl IntoIterator<Item = &'a str>, stored: bool) -> bool {
        let mut any = false;
        for target in targets {
            if let Some(both) = self.0.get_mut(target).filter(|both| both.loose == stored) {
                both.loose = !stored;
                any = true;
            }
        }
        any
    }

    /// Forgets what was said before a moment.
    pub fn expire(&mut self, before: u64) {
        let stays = |side: &mut Option<Reaction>| {
            side.take_if(|reaction| reaction.place.at < before);
            side.is_some()
        };
        self.0.retain(|_, both| {
            let theirs = stays(&mut both.theirs);
            stays(&mut both.ours) || theirs
        });
    }

    /// What stands on a message.
    pub fn on(&self, wamid: &str) -> Option<&Both> {
        self.0.get(wamid).filter(|_| !wamid.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn reaction(at: u64, inbound: bool, emoji: &str, target: &str) -> Entry {
        let id = format!("r{at}");
        let raw = json!({"id": id, "message_type": "reaction", "message_type_data": {"message_id": target, "emoji": emoji}}).to_string();
        Entry { place: Place { at, id }, status: Status::Sent, wamid: String::new(), inbound, raw }
    }

    fn emoji(reactions: &Reactions, target: &str) -> (Option<String>, Option<String>) {
        let of = |side: &Option<Reaction>| side.as_ref().map(|reaction| reaction.emoji.clone());
        reactions.on(target).map_or((None, None), |both| (of(&both.theirs), of(&both.ours)))
    }

    #[test]
    fn the_newest_of_each_side_counts_in_whatever_order_they_come() {
        let mut reactions = Reactions::default();
        assert!(reactions.hear(&[
            reaction(5, true, "❤️", "w1"),
            reaction(3, true, "👍", "w1"),
            reaction(4, false, "🎉", "w1")
        ]));
        assert_eq!(emoji(&reactions, "w1"), (Some("❤️".into()), Some("🎉".into())));
        reactions.hear(&[reaction(6, true, "", "w1")]);
        assert_eq!(emoji(&reactions, "w1"), (Some(String::new()), Some("🎉".into())), "taken back");
        assert!(!reactions.hear(&[reaction(2, true, "👍", "w1")]));
        assert_eq!(emoji(&reactions, "w2"), (None, None));
    }

    #[test]
    fn what_they_are_on_may_come_later_or_go() {
        let mut reactions = Reactions::default();
        reactions.hear(&[reaction(5, true, "❤️", "w1"), reaction(6, false, "👍", "w2")]);
        assert_eq!(reactions.loose(), ["w1", "w2"]);
        assert!(reactions.place(["w1", "w9"], true));
        assert!(!reactions.place(["w1"], true), "known already");
        reactions.hear(&[reaction(7, true, "🎉", "w1")]);
        assert_eq!(reactions.loose(), ["w2"], "another reaction changes nothing of that");
        assert!(reactions.place(["w1"], false));
        assert_eq!(reactions.loose(), ["w1", "w2"]);
        let kept = serde_json::to_string(&reactions).unwrap();
        assert_eq!(serde_json::from_str::<Reactions>(&kept).unwrap(), reactions);
        reactions.expire(7);
        assert_eq!(emoji(&reactions, "w1"), (Some("🎉".into()), None));
        assert!(reactions.on("w2").is_none(), "forgotten with its message");
    }

    #[test]
    fn what_is_no_reaction_or_on_nothing_is_left_out() {
        let text = json!({"id": "t", "message_type": "text", "content": "👍"}).to_string();
        let text = Entry { raw: text, ..reaction(1, true, "", "w") };
        let mut reactions = Reactions::default();
        assert!(!reactions.hear(&[text, reaction(2, true, "👍", "")]));
        assert!(reactions.on("").is_none());
        let kept = serde_json::to_string(&reactions).unwrap();
        assert_eq!(serde_json::from_str::<Reactions>(&kept).unwrap(), reactions);
    }
}
