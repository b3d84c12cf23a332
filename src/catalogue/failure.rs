//! Why no usable reply came: one type for everything between the button and the provider's words.
//! Each kind has one sentence, one next step, and says whether the request may have been carried out.

use super::{
    errors,
    operation::{Explained, Operation},
};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    pub kind: FailureKind,
    /// The provider's own words, if it said any.
    pub said: Box<Said>,
    /// The documented meaning of what it said.
    pub explained: Option<&'static Explained>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FailureKind {
    /// The connection has no credential in this tab.
    NoCredential,
    /// Its credential is in the vault, which is locked.
    VaultLocked,
    /// Its token has ended, or has not begun.
    TokenEnded,
    /// The site's content policy does not let the page call this address.
    OutsidePolicy,
    /// The page is not on a secure address, so a live credential is not used.
    Insecure,
    /// The same request is leaving already, from this tab or another.
    UnderWay,
    /// It is not known what became of the same request before.
    Unsettled,
    Offline,
    TimedOut {
        seconds: u32,
    },
    /// Refused connection, unknown host, CORS or a dropped answer: a browser does not tell which.
    Unreachable,
    /// The relay answered with a redirect: the company's own sign-in has ended.
    SignInEnded,
    /// The relay did not reach the provider, or did not trust its certificate.
    RelayUnreachable,
    /// The relay did not forward the request.
    RelayRefused,
    /// The provider refused the key that the relay adds.
    RelayKeyRefused,
    /// The sandbox in this page could not be loaded or could not keep its world.
    Sandbox,
    RefusedKey,
    Refused,
    Throttled {
        seconds: Option<u32>,
    },
    ProviderError,
    Unreadable,
}

/// The provider's words in an error, as far as they could be found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Said {
    pub code: String,
    pub title: String,
    pub detail: String,
    /// An id that the provider's support asks for.
    pub trace: String,
    /// Path of a field and what is said of it.
    pub fields: Vec<(String, String)>,
}

impl Said {
    /// Whether it says nothing that a person could read.
    fn is_wordless(&self) -> bool {
        self.title.is_empty() && self.detail.is_empty() && self.fields.is_empty()
    }
}

impl FailureKind {
    /// Whether another key, or the vault unlocked, is what it takes.
    pub fn is_about_the_key(self) -> bool {
        matches!(
            self,
            FailureKind::RefusedKey
                | FailureKind::NoCredential
                | FailureKind::VaultLocked
                | FailureKind::TokenEnded
        )
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CarriedOut {
    No,
    Maybe,
}

impl Failure {
    /// A failure without any words of the provider.
    pub fn of(kind: FailureKind) -> Failure {
        Failure { kind, said: Box::default(), explained: None }
    }

    /// Whether the request may have had its effect although no usable reply came.
    pub fn carried_out(&self) -> CarriedOut {
        match self.kind {
            FailureKind::TimedOut { .. }
            | FailureKind::Unreachable
            | FailureKind::ProviderError
            | FailureKind::Unreadable => CarriedOut::Maybe,
            _ => CarriedOut::No,
        }
    }

    /// A few words for lists and badges.
    pub fn word(&self) -> &'static str {
        match self.kind {
            FailureKind::NoCredential => "No key",
            FailureKind::VaultLocked => "Vault locked",
            FailureKind::TokenEnded => "Token ended",
            FailureKind::OutsidePolicy => "Address not allowed",
            FailureKind::Insecure => "Page not secure",
            FailureKind::UnderWay => "Already on its way",
            FailureKind::Unsettled => "Not sent",
            FailureKind::Offline => "Offline",
            FailureKind::TimedOut { .. } => "Timed out",
            FailureKind::Unreachable => "Blocked or unreachable",
            FailureKind::SignInEnded => "Sign-in ended",
            FailureKind::RelayUnreachable => "Relay reached nobody",
            FailureKind::RelayRefused => "Refused by the relay",
            FailureKind::RelayKeyRefused => "Relay's key refused",
            FailureKind::Sandbox => "Sandbox failed",
            FailureKind::RefusedKey => "Key refused",
            FailureKind::Refused => "Refused",
            FailureKind::Throttled { .. } => "Too many requests",
            FailureKind::ProviderError => "Provider error",
            FailureKind::Unreadable => "Answer not readable",
        }
    }

    pub fn sentence(&self) -> String {
        if let Some(explained) = self.explained {
            return explained.meaning.into();
        }
        match self.kind {
            FailureKind::NoCredential => "This connection has no key in this tab.".into(),
            FailureKind::VaultLocked => "The key of this connection is in the vault, which is locked.".into(),
            FailureKind::TokenEnded => "The token of this connection has ended, or has not begun.".into(),
            FailureKind::OutsidePolicy => {
                "This address is outside the site's content policy, so the browser would not call it.".into()
            }
            FailureKind::Insecure => {
                "This page was not opened over https, so a live key is not used here.".into()
            }
            FailureKind::UnderWay => {
                "The same request is on its way already, from here or from another tab.".into()
            }
            FailureKind::Unsettled => {
                "It is not known yet what became of the same request before.".into()
            }
            FailureKind::Offline => "This computer is offline.".into(),
            FailureKind::TimedOut { seconds } => format!("No answer came within {seconds} seconds."),
            FailureKind::Unreachable => {
                "The address could not be reached, or the browser was not allowed to read its answer. A page cannot tell the two apart.".into()
            }
            FailureKind::SignInEnded => "Your company's sign-in for this address has ended.".into(),
            FailureKind::RelayUnreachable => {
                "This site's relay did not reach the provider, or did not trust its certificate. Nothing was sent.".into()
            }
            FailureKind::RelayRefused => "This site's relay did not forward the request.".into(),
            FailureKind::RelayKeyRefused => "The provider did not accept the key that the relay adds.".into(),
            FailureKind::Sandbox => "The sandbox in this page could not answer.".into(),
            FailureKind::RefusedKey => "The provider did not accept the key.".into(),
            FailureKind::Refused => "The provider refused the request.".into(),
            FailureKind::Throttled { seconds: Some(seconds) } => {
                format!("Too many requests; the provider asks to wait {seconds} seconds.")
            }
            FailureKind::Throttled { seconds: None } => "Too many requests.".into(),
            FailureKind::ProviderError => "Something went wrong at the provider.".into(),
            FailureKind::Unreadable => "An answer came, but it is not one that the provider documents.".into(),
        }
    }

    /// What to do next, after a request that only reads.
    pub fn next_for_read(&self) -> &'static str {
        let by_status = self.explained.is_none_or(|explained| explained.code.is_empty());
        match self.kind {
            // What is documented of a status is said with what changes something in mind.
            FailureKind::ProviderError if by_status => "Try again in a moment.",
            // The values may not be a person's.
            _ if self.is_about_values() => "Check what was asked for, then try again.",
            _ if self.explained.is_some() => self.next(),
            FailureKind::TimedOut { .. } => "Try again in a moment.",
            FailureKind::Throttled { .. } => "Wait a moment, then try again.",
            FailureKind::Offline => "Check the network, then try again.",
            FailureKind::Refused if self.said.is_wordless() => "It gives no reason. Try again later.",
            FailureKind::Refused => "Read what the provider says below, then try again.",
            FailureKind::Unreadable => {
                "Try again. If it stays, check that the address under Connections is the provider's."
            }
            _ => self.next(),
        }
    }

    /// Whether no more is known than that the values, or the present state, do not allow it.
    fn is_about_values(&self) -> bool {
        self.explained.is_some_and(|explained| explained.code.is_empty() && explained.status == 422)
    }

    /// What to do next, after a request that changes something.
    pub fn next(&self) -> &'static str {
        if let Some(explained) = self.explained {
            return explained.next;
        }
        match self.kind {
            FailureKind::NoCredential => "Enter the key under Connections.",
            FailureKind::VaultLocked => "Unlock the vault.",
            FailureKind::TokenEnded => "Enter a new one under Connections, or let tokens be made there.",
            FailureKind::OutsidePolicy => {
                "Use a relay on this site's own address, or ask whoever hosts the site to allow this host."
            }
            FailureKind::Insecure => "Open the site over https, or use the sandbox.",
            FailureKind::UnderWay => "Wait for its answer; this one was not sent.",
            FailureKind::Unsettled => "It is found out first; this one was not sent.",
            FailureKind::Offline => "Check the network, then send again.",
            FailureKind::TimedOut { .. } | FailureKind::ProviderError => {
                "Look at the provider's side whether it took effect before you send it again."
            }
            FailureKind::Unreachable => {
                "Check the address under Connections. If it is right, the provider does not allow calls from a browser: use a relay, or copy the request as cURL."
            }
            FailureKind::SignInEnded => "Reload the page, sign in, and send again.",
            FailureKind::RelayUnreachable => {
                "Try again in a moment. If it stays, tell whoever hosts the site."
            }
            FailureKind::RelayRefused | FailureKind::RelayKeyRefused => {
                "Tell whoever hosts the site, with the word below; what you typed is kept."
            }
            FailureKind::Sandbox => "Reload the page; if it stays, use another browser.",
            FailureKind::RefusedKey => "Check the key under Connections; what you typed here is kept.",
            FailureKind::Refused if self.said.is_wordless() => {
                "It gives no reason. Check the values, then send again."
            }
            FailureKind::Refused => "Read what the provider says below, change it and send again.",
            FailureKind::Throttled { .. } => "Wait a moment, then send again.",
            FailureKind::Unreadable => {
                "Check that the address under Connections is the provider's, and look whether it took effect."
            }
        }
    }
}

/// A failure as one tab tells it to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    kind: FailureKind,
    said: Said,
    /// The status by which its documented meaning is found again.
    status: Option<u16>,
}

impl Failure {
    /// How it is told so many seconds after it happened.
    pub fn told(&self, seconds: u32) -> Told {
        let kind = match self.kind {
            FailureKind::Throttled { seconds: Some(wait) } => {
                FailureKind::Throttled { seconds: Some(wait.saturating_sub(seconds)) }
            }
            kind => kind,
        };
        let status = self.explained.map(|explained| explained.status);
        Told { kind, said: Said::clone(&self.said), status }
    }
}

impl Told {
    /// The failure of a request as it was heard.
    pub fn of(self, operation: &Operation) -> Failure {
        let Told { kind, said, status } = self;
        let explained = status.and_then(|status| errors::explain(operation, status, &said));
        Failure { kind, said: Box::new(said), explained }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{
        kapso::LIST_MESSAGES,
        reply::{Reply, judge},
    };
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn nobody_is_sent_to_words_that_are_not_there() {
        let mut refused = Failure::of(FailureKind::Refused);
        assert!(!refused.next().contains("below") && !refused.next_for_read().contains("below"));
        refused.said.title = "No".into();
        assert!(refused.next().contains("below") && refused.next_for_read().contains("below"));
    }

    #[test]
    fn what_is_told_is_what_is_heard() {
        let answer = |status: u16, body: &str| {
            let headers = vec![("retry-after".into(), "20".into())];
            let reply = Reply { status, headers, body: body.into(), milliseconds: 1 };
            judge(&LIST_MESSAGES, &reply).unwrap_err()
        };
        let failures = [
            answer(401, r#"{"error": "Invalid API key"}"#),
            answer(404, r#"{"error": "Conversation not found"}"#),
            answer(
                500,
                r#"{"error": "Internal server error", "message": "(#131047) Re-engagement message"}"#,
            ),
            answer(200, "<p>nonsense"),
            answer(502, ""),
            Failure::of(FailureKind::TimedOut { seconds: 30 }),
            Failure::of(FailureKind::NoCredential),
        ];
        for failure in failures {
            let text = serde_json::to_string(&failure.told(5)).unwrap();
            let heard = serde_json::from_str::<Told>(&text).unwrap().of(&LIST_MESSAGES);
            assert_eq!(heard, failure);
        }
        let throttled = answer(429, r#"{"error": "Rate limit exceeded"}"#).told(5).of(&LIST_MESSAGES);
        assert_eq!(throttled.kind, FailureKind::Throttled { seconds: Some(15) });
        assert!(throttled.explained.is_some());
    }
}
