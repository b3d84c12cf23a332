//! What a call has found wrong with a connection: a key that was refused, an address that was not reached; in
//! words, with what to do about it where the connection stands. Who hears of it is in `state::troubles`.

use super::connection::{Connection, Credential};
use crate::catalogue::failure::{Failure, FailureKind};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trouble {
    pub kind: FailureKind,
    /// When it was found first, in Unix milliseconds.
    pub since: u64,
    /// The address that was called.
    pub base_url: String,
    /// The key of this tab that was refused, by its number.
    #[serde(skip)]
    pub key: Option<u32>,
}

impl Trouble {
    /// In the few words that lists use.
    pub fn word(&self) -> &'static str {
        Failure::of(self.kind).word()
    }

    pub fn sentence(&self) -> String {
        Failure::of(self.kind).sentence()
    }

    /// Whether another key is what it takes, and one can be entered for the connection.
    pub fn asks_for_a_key(&self, connection: &Connection) -> bool {
        connection.asks_again(&Failure::of(self.kind))
    }

    /// What to do next, beside the connection's key and its check.
    pub fn next(&self, connection: &Connection) -> &'static str {
        match (self.kind, connection.credential) {
            (FailureKind::RefusedKey, Credential::Ask) => {
                "Check whether it was copied whole and is of the right project, and enter it again."
            }
            (FailureKind::RefusedKey, _) => {
                "Check the address: something else than a sandbox may stand there."
            }
            (FailureKind::SignInEnded, _) => "Reload the page and sign in.",
            (FailureKind::RelayUnreachable, _) => {
                "Check the connection in a moment. If it stays, tell whoever hosts the site."
            }
            (FailureKind::RelayRefused | FailureKind::RelayKeyRefused, _) => "Tell whoever hosts the site.",
            _ => "Check the address, then check the connection: that tells more.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalogue::provider::Provider, domain::connection::Home};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn found(kind: FailureKind, credential: Credential) -> (Trouble, Connection) {
        let connection = Connection {
            id: "own".into(),
            provider: Provider::Kapso,
            label: "Ours".into(),
            base_url: "/relay/kapso".into(),
            credential,
            scheme: String::new(),
            home: Home::Own,
        };
        (Trouble { kind, since: 5, base_url: connection.base_url.clone(), key: None }, connection)
    }

    #[test]
    fn a_refused_key_is_asked_for_again_where_one_is_entered() {
        let (trouble, connection) = found(FailureKind::RefusedKey, Credential::Ask);
        assert_eq!((trouble.word(), trouble.asks_for_a_key(&connection)), ("Key refused", true));
        assert!(trouble.next(&connection).contains("enter it again"));
        for (kind, credential) in [
            (FailureKind::RefusedKey, Credential::Sandbox),
            (FailureKind::RelayKeyRefused, Credential::Relay),
            (FailureKind::Unreachable, Credential::Ask),
        ] {
            let (trouble, connection) = found(kind, credential);
            assert!(!trouble.asks_for_a_key(&connection), "{kind:?}");
            assert!(!trouble.next(&connection).contains("enter it"), "{kind:?}");
        }
    }

    #[test]
    fn what_is_stored_holds_no_key() {
        let (trouble, _) = found(FailureKind::Unreachable, Credential::Ask);
        let text = serde_json::to_string(&Trouble { key: Some(7), ..trouble.clone() }).unwrap();
        assert_eq!(serde_json::from_str::<Trouble>(&text).unwrap(), trouble);
    }
}
