//! What came in place of an answer that gives a message its id, and how it is said. What follows from it
//! is in `domain::outbox`.

use serde::{Deserialize, Serialize};

/// What came in place of an answer that gives the message its id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Came {
    /// Nothing, as far as a page can tell. Older consoles did not note what it was.
    #[default]
    Nothing,
    /// An error of the provider, with its HTTP status.
    Error { status: u16 },
    /// Something that the provider does not document, or an answer without the id.
    Unreadable,
    /// The word that the provider did not take it.
    TurnedAway,
}

impl Came {
    /// As the beginning of a sentence.
    pub fn words(self) -> String {
        match self {
            Came::Nothing => "No answer came".to_owned(),
            Came::Error { status } => format!("Kapso answered with an error ({status})"),
            Came::Unreadable => "Kapso's answer could not be read".to_owned(),
            Came::TurnedAway => "Kapso answered that it did not take the message".to_owned(),
        }
    }

    /// Why nobody knows whether the message was sent, once the conversation was read: so many of its
    /// messages may be this one.
    pub fn doubt(self, candidates: usize) -> String {
        let came = self.words();
        match (candidates, self) {
            (0, Came::Nothing) => {
                format!("{came}, and the conversation does not show the message. It may still arrive.")
            }
            (0, _) => {
                format!(
                    "{came}, and the conversation does not show the message. It may have been sent all the same."
                )
            }
            (count, _) => format!("{came}, and {count} messages of the conversation may be this one."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn an_answer_that_came_is_not_called_missing() {
        for came in [Came::Error { status: 500 }, Came::Unreadable, Came::TurnedAway] {
            for candidates in [0, 2] {
                let doubt = came.doubt(candidates);
                assert!(!doubt.contains("No answer came") && doubt.starts_with("Kapso"), "{doubt}");
            }
        }
        assert!(Came::Error { status: 502 }.doubt(0).contains("502"));
        assert!(Came::Nothing.doubt(0).starts_with("No answer came"));
        assert!(Came::Nothing.doubt(2).contains("2 messages of the conversation"));
    }
}
