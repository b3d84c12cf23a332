//! How far a message has come, as it is known after several readings. Answers may come out of order, so
//! what is known is the furthest that any of them told.

use serde::{Deserialize, Serialize};

/// In the order in which they follow each other. A message that failed on one device may still be
/// delivered on another, and one that was delivered does not fail any more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// Nothing was told, or in a word that is not known here.
    #[default]
    Untold,
    /// Taken, and not on its way yet.
    Accepted,
    /// From the contact.
    Received,
    Sent,
    Failed,
    Delivered,
    Read,
    /// A voice message that was listened to.
    Played,
    /// The contact deleted it.
    Deleted,
}

impl Status {
    /// From the word of an answer, which may be one of WhatsApp's, of Kapso's or of neither.
    pub fn read(word: &str) -> Status {
        match word.trim().to_ascii_lowercase().as_str() {
            "accepted" | "pending" | "queued" | "sending" | "paused" | "held_for_quality_assessment" => {
                Status::Accepted
            }
            "received" => Status::Received,
            "sent" => Status::Sent,
            "failed" | "undelivered" | "undeliverable" | "rejected" => Status::Failed,
            "delivered" => Status::Delivered,
            "read" | "seen" => Status::Read,
            "played" => Status::Played,
            "deleted" => Status::Deleted,
            _ => Status::Untold,
        }
    }

    /// What is known after another reading.
    pub fn then(self, told: Status) -> Status {
        self.max(told)
    }

    /// As it stands beside a message.
    pub const fn label(self) -> &'static str {
        match self {
            Status::Untold => "",
            Status::Accepted => "sending",
            Status::Received => "received",
            Status::Sent => "sent",
            Status::Failed => "failed",
            Status::Delivered => "delivered",
            Status::Read => "read",
            Status::Played => "played",
            Status::Deleted => "deleted by the contact",
        }
    }

    pub const ALL: [Status; 9] = [
        Status::Untold,
        Status::Accepted,
        Status::Received,
        Status::Sent,
        Status::Failed,
        Status::Delivered,
        Status::Read,
        Status::Played,
        Status::Deleted,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn no_answer_takes_a_message_back() {
        for known in Status::ALL {
            for told in Status::ALL {
                let then = known.then(told);
                assert!(then >= known, "{known:?} then {told:?} gives {then:?}");
                assert_eq!(then, told.then(known));
            }
        }
        assert_eq!(Status::Sent.then(Status::Failed), Status::Failed);
        assert_eq!(Status::Failed.then(Status::Delivered), Status::Delivered);
        assert_eq!(Status::Delivered.then(Status::Failed), Status::Delivered);
        assert_eq!(Status::Sent.then(Status::Read), Status::Read);
        assert_eq!(Status::Read.then(Status::Untold), Status::Read);
        assert_eq!(Status::Received.then(Status::Read), Status::Read);
    }

    #[test]
    fn words_are_read_whoever_wrote_them() {
        for (word, status) in [
            ("sent", Status::Sent),
            (" Read ", Status::Read),
            ("pending", Status::Accepted),
            ("undeliverable", Status::Failed),
            ("played", Status::Played),
            ("", Status::Untold),
            ("on its way", Status::Untold),
        ] {
            assert_eq!(Status::read(word), status, "{word}");
        }
    }
}
