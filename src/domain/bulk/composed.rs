//! A message to many that is being composed, as it is kept until it is sent off.

use crate::{catalogue::draft::Draft, domain::sheet::Format};
use serde::{Deserialize, Serialize};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Where the people come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    #[default]
    Typed,
    File,
}

/// A file that was chosen; its text is held apart, in pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    pub name: String,
    pub encoding: String,
    /// Bytes of its text, by which a copy is known to be whole.
    pub length: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Composed {
    pub source: Source,
    pub typed: String,
    pub file: Option<File>,
    /// What the person has said of the table; otherwise it is guessed.
    pub format: Option<Format>,
    pub column: Option<usize>,
    pub text: String,
    pub each: bool,
    pub doubtful: bool,
    pub rate: Option<u32>,
    pub options: Draft,
}

impl Composed {
    /// What is no message of anybody: it is of use the next time.
    pub fn bare(&self) -> Composed {
        let Composed { rate, each, options, .. } = self;
        Composed { rate: *rate, each: *each, options: options.clone(), ..Composed::default() }
    }

    /// Whether there is nothing in it that somebody typed or chose for a message.
    pub fn is_empty(&self) -> bool {
        *self == Composed { rate: self.rate, ..Composed::default() }
    }

    /// Tells messages apart by who gets them and what they say; `file` is the text of their file. Those that are
    /// alike have the same mark in all tabs of one build.
    pub fn mark(&self, file: &str) -> u64 {
        let message = Composed { rate: None, each: false, options: Draft::default(), ..self.clone() };
        let mut hasher = DefaultHasher::new();
        // What is kept as JSON can be written as JSON.
        serde_json::to_string(&message).unwrap_or_default().hash(&mut hasher);
        file.hash(&mut hasher);
        hasher.finish()
    }
}

/// The message that left the form last. By it a tab knows that what it still shows was sent off from another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// The id of its batch.
    pub batch: String,
    /// The [mark](Composed::mark) of what stood in the form.
    pub mark: u64,
}

impl Gone {
    /// Whether it is news to a tab that knows of another as the last, or of none.
    pub fn is_news(&self, known: Option<&str>) -> bool {
        known != Some(self.batch.as_str())
    }
}

/// The most bytes that a file may have: several times a hundred thousand people.
pub const LARGEST: usize = 20_000_000;
/// Bytes of a piece of its text.
pub const PIECE: usize = 256 * 1024;

/// The keys among drafts: of what is composed, and what those of its file's pieces begin with.
pub const KEY: &str = "send";
pub const PIECES: &str = "send.file";

pub fn piece_key(number: u32) -> String {
    format!("{PIECES} {number:04}")
}

/// The number of a piece, by its key.
pub fn piece_number(key: &str) -> Option<u32> {
    key.strip_prefix(PIECES)?.strip_prefix(' ')?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn pieces_sort_in_their_order_and_are_known_by_their_keys() {
        let keys: Vec<String> = [0, 9, 10, 100].map(piece_key).to_vec();
        assert!(keys.is_sorted());
        assert_eq!(keys.iter().map(|key| piece_number(key)).collect::<Vec<_>>(), [0, 9, 10, 100].map(Some));
        assert_eq!(
            (piece_number(KEY), piece_number("send.file"), piece_number("send.file x")),
            (None, None, None)
        );
    }

    #[test]
    fn a_mark_is_that_of_people_and_text() {
        let composed = Composed { typed: "447700900000".into(), text: "Hello".into(), ..Composed::default() };
        let mut options = Draft::default();
        options.set(crate::domain::bulk::request::OPERATION, "appid", "a_1".into());
        let around = Composed { rate: Some(5), each: true, options, ..composed.clone() };
        assert_eq!(composed.mark(""), around.mark(""), "what stays in the form is no part of it");
        for other in [
            Composed { text: "Hello.".into(), ..composed.clone() },
            Composed { typed: "447700900001".into(), ..composed.clone() },
            Composed { column: Some(1), ..composed.clone() },
            Composed { doubtful: true, ..composed.clone() },
            composed.bare(),
        ] {
            assert_ne!(composed.mark(""), other.mark(""), "{other:?}");
        }
        assert_ne!(composed.mark("a"), composed.mark("b"), "files of one name and length");
    }

    #[test]
    fn what_left_last_is_news_to_whoever_knows_of_another() {
        let gone = Gone { batch: "b2".into(), mark: u64::MAX };
        assert!(gone.is_news(None) && gone.is_news(Some("b1")) && !gone.is_news(Some("b2")));
        let kept = serde_json::to_string(&gone).unwrap();
        assert_eq!(serde_json::from_str::<Gone>(&kept).unwrap(), gone, "as it is kept and told");
    }

    #[test]
    fn what_is_left_of_it_names_nobody() {
        let composed = Composed {
            typed: "+44 7700 900000".into(),
            text: "Half past three".into(),
            file: Some(File { name: "people.csv".into(), ..File::default() }),
            each: true,
            rate: Some(5),
            ..Composed::default()
        };
        let bare = composed.bare();
        assert_eq!(bare, Composed { each: true, rate: Some(5), ..Composed::default() });
        assert!(!composed.is_empty() && Composed { rate: Some(5), ..Composed::default() }.is_empty());
    }
}
