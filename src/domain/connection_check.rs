//! What a check of a connection found: whether its address is reached, whether the key is accepted, and how
//! far the clocks are apart; each in words that say how sure it is.

#[cfg(test)]
mod tests;

use super::{
    connection::{Connection, Credential},
    duration,
};
use crate::catalogue::{
    failure::{Failure, FailureKind},
    probe::{self, Verdict},
    provider::Provider,
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What was found, and of what; it counts no more once that is another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Unix milliseconds.
    pub at: u64,
    pub base_url: String,
    pub scheme: String,
    pub credential: Credential,
    pub reach: Reach,
    pub key: Key,
    /// Milliseconds by which the provider's clock is ahead of this computer's, where it could be read.
    pub ahead: Option<i64>,
    /// How long the answer took.
    pub milliseconds: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    Answers,
    /// Something answers there, and the browser does not let the page read it.
    Blocked,
    Nothing,
    TimedOut,
    OutsidePolicy,
    Offline,
    SignInEnded,
    /// The relay is there, and does not reach the provider.
    RelayUnreachable,
    /// The relay is there, and does not forward this.
    RelayRefused,
    /// Nothing was sent, for want of a key.
    NoKey,
    /// Nothing was sent, because the token is over.
    TokenEnded,
    /// Nothing was sent, because the page was not opened over https.
    Insecure,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    Accepted,
    Probably,
    Refused,
    NotAllowed,
    Unclear,
    Unknown,
}

/// How a finding is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Good,
    Doubtful,
    Bad,
}

/// One finding: what, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub mark: Mark,
    pub what: String,
    pub why: String,
}

/// A difference of clocks that providers do not mind, in milliseconds.
const SKEW: u64 = 30_000;

impl Check {
    /// `answers` tells whether anything answers where the answer could not be read.
    pub fn new(
        connection: &Connection,
        at: u64,
        result: &Result<Json, Failure>,
        answers: Option<bool>,
        milliseconds: Option<u32>,
        ahead: Option<i64>,
    ) -> Check {
        let reach = match result.as_ref().map_err(|failure| failure.kind) {
            Err(FailureKind::Unreachable) if answers == Some(true) => Reach::Blocked,
            Err(FailureKind::Unreachable) => Reach::Nothing,
            Err(FailureKind::TimedOut { .. }) => Reach::TimedOut,
            Err(FailureKind::OutsidePolicy) => Reach::OutsidePolicy,
            Err(FailureKind::Offline) => Reach::Offline,
            Err(FailureKind::SignInEnded) => Reach::SignInEnded,
            Err(FailureKind::RelayUnreachable) => Reach::RelayUnreachable,
            Err(FailureKind::RelayRefused) => Reach::RelayRefused,
            Err(FailureKind::NoCredential | FailureKind::VaultLocked) => Reach::NoKey,
            Err(FailureKind::TokenEnded) => Reach::TokenEnded,
            Err(FailureKind::Insecure) => Reach::Insecure,
            _ => Reach::Answers,
        };
        let key = match reach {
            Reach::Answers => match probe::judge(connection.provider, result) {
                Verdict::Accepted => Key::Accepted,
                Verdict::Probably => Key::Probably,
                Verdict::Refused => Key::Refused,
                Verdict::NotAllowed => Key::NotAllowed,
                Verdict::Unclear => Key::Unclear,
            },
            _ => Key::Unknown,
        };
        Check {
            at,
            base_url: connection.base_url.clone(),
            scheme: connection.scheme().id.into(),
            credential: connection.credential,
            reach,
            key,
            ahead,
            milliseconds,
        }
    }

    /// Whether it was made of this connection as it is now.
    pub fn is_of(&self, connection: &Connection) -> bool {
        self.base_url == connection.base_url
            && self.scheme == connection.scheme().id
            && self.credential == connection.credential
    }

    /// In a few words, for lists.
    pub fn word(&self) -> (Mark, &'static str) {
        match (self.reach, self.key) {
            (Reach::Answers, Key::Accepted) => (Mark::Good, "Works"),
            (Reach::Answers, Key::Probably) => (Mark::Good, "Probably works"),
            (Reach::Answers, Key::Refused) => (Mark::Bad, "Key refused"),
            (Reach::Answers, Key::NotAllowed) => (Mark::Bad, "Key not allowed"),
            (Reach::Answers, _) => (Mark::Doubtful, "Not clear"),
            (Reach::Blocked, _) => (Mark::Bad, "Blocked by the browser"),
            (Reach::Nothing, _) => (Mark::Bad, "Not reached"),
            (Reach::TimedOut, _) => (Mark::Bad, "No answer in time"),
            (Reach::OutsidePolicy, _) => (Mark::Bad, "Address not allowed"),
            (Reach::Offline, _) => (Mark::Doubtful, "Offline"),
            (Reach::SignInEnded, _) => (Mark::Bad, "Sign-in ended"),
            (Reach::RelayUnreachable, _) => (Mark::Bad, "Relay reaches nobody"),
            (Reach::RelayRefused, _) => (Mark::Bad, "Refused by the relay"),
            (Reach::NoKey, _) => (Mark::Doubtful, "No key"),
            (Reach::TokenEnded, _) => (Mark::Bad, "Token ended"),
            (Reach::Insecure, _) => (Mark::Bad, "Page not secure"),
        }
    }

    pub fn lines(&self, connection: &Connection) -> Vec<Line> {
        let mut lines = vec![self.reached(connection)];
        lines.extend(self.accepted(connection));
        lines.extend(self.clocks());
        lines
    }

    fn reached(&self, connection: &Connection) -> Line {
        let host = connection.host();
        let time = self.milliseconds.map(|time| format!(" in {time} ms")).unwrap_or_default();
        match self.reach {
            Reach::Answers => line(
                Mark::Good,
                format!("It is reached: {host} answered{time}."),
                "Certain: the answer was read.",
            ),
            Reach::Blocked => line(
                Mark::Bad,
                "The browser blocks it: use a relay on this site's own address.".into(),
                "Very likely: something answers at this address, and the browser does not let the page read it. That is so where a provider does not allow calls from a browser. Check again if the network was unsteady.",
            ),
            Reach::Nothing => line(
                Mark::Bad,
                format!("It is not reached: nothing answers at {host}."),
                "Likely a wrong address, a server that is down, or a network or browser extension that does not let it through. A page cannot tell these apart.",
            ),
            Reach::TimedOut => line(
                Mark::Bad,
                format!("No answer came from {host} in time."),
                "Certain. Whether the next one takes as long is not known: check again.",
            ),
            Reach::OutsidePolicy => line(
                Mark::Bad,
                "This site's content policy does not allow this address, so nothing was sent.".into(),
                "Certain. Use a relay on this site's own address, or ask whoever hosts the site to allow the host.",
            ),
            Reach::Offline => line(
                Mark::Doubtful,
                "This computer is offline, so nothing was sent.".into(),
                "So says the browser. Check again once the network is back.",
            ),
            Reach::SignInEnded => line(
                Mark::Bad,
                "The relay is reached, and asks for your company's sign-in.".into(),
                "Certain. Reload the page and sign in.",
            ),
            Reach::RelayUnreachable => line(
                Mark::Bad,
                "The relay is reached, and does not reach the provider.".into(),
                "Certain: the relay says so. Tell whoever hosts the site.",
            ),
            Reach::RelayRefused => line(
                Mark::Bad,
                "The relay is reached, and does not forward this request.".into(),
                "Certain: the relay says so. Tell whoever hosts the site.",
            ),
            Reach::NoKey => line(
                Mark::Doubtful,
                "Nothing was sent, because there is no key to send it with.".into(),
                "Enter the key, or unlock the vault, and check again.",
            ),
            Reach::TokenEnded => line(
                Mark::Bad,
                "Nothing was sent, because the token has ended, or has not begun.".into(),
                "So says the token. Enter a new one, and check again.",
            ),
            Reach::Insecure => line(
                Mark::Bad,
                "Nothing was sent, because this page was not opened over https.".into(),
                "Certain. Open the site over https.",
            ),
        }
    }

    fn accepted(&self, connection: &Connection) -> Option<Line> {
        let key = match connection.credential {
            Credential::Sandbox => return self.accepted_without_a_key(),
            Credential::Relay => "relay's key",
            Credential::Ask => connection.scheme().label,
        };
        Some(match self.key {
            Key::Accepted => line(
                Mark::Good,
                format!("The {key} is accepted."),
                "Certain for reading. Whether it may do everything shows when it is done.",
            ),
            Key::Probably => {
                line(Mark::Good, format!("The {key} is probably accepted."), probably(connection.provider))
            }
            Key::Refused => line(
                Mark::Bad,
                format!("The {key} is refused."),
                "Certain: the answer says so. Check whether it was copied whole, and is of the right project.",
            ),
            Key::NotAllowed => line(
                Mark::Bad,
                format!("The {key} is known, and may not do this."),
                "As good as certain: the provider's own answer says that access is missing.",
            ),
            Key::Unclear => line(
                Mark::Doubtful,
                format!("Whether the {key} is accepted is not known."),
                match connection.provider {
                    Provider::Webex => "The answer is not one that Webex Connect documents for this.",
                    _ => {
                        "The answer is not one that the provider documents: something else may stand at this address."
                    }
                },
            ),
            Key::Unknown => return None,
        })
    }

    /// A sandbox asks for none, so an answer that is about a key comes from something else.
    fn accepted_without_a_key(&self) -> Option<Line> {
        match self.key {
            Key::Unknown => None,
            Key::Accepted | Key::Probably => Some(line(
                Mark::Good,
                "No key is needed here.".into(),
                "Certain: a sandbox takes every call.",
            )),
            Key::Refused | Key::NotAllowed | Key::Unclear => Some(line(
                self.word().0,
                "This is not the answer of a sandbox.".into(),
                "Likely something else stands at this address.",
            )),
        }
    }

    fn clocks(&self) -> Option<Line> {
        let ahead = self.ahead?;
        let words = duration::words(ahead.unsigned_abs());
        Some(if ahead.unsigned_abs() <= SKEW {
            line(
                Mark::Good,
                "The clocks agree to within half a minute.".into(),
                "Certain: the answer tells the time.",
            )
        } else {
            let way = if ahead > 0 { "behind" } else { "ahead of" };
            line(
                Mark::Doubtful,
                format!("This computer's clock is {words} {way} the provider's."),
                "Certain: the answer tells the time. Tokens that are made here go by the provider's clock; pasted ones may be refused.",
            )
        })
    }
}

fn probably(provider: Provider) -> &'static str {
    match provider {
        Provider::Webex => {
            "A text without a recipient was refused for what is missing, not for its key. Webex Connect has no request that reads, so this is as much as can be known without sending."
        }
        _ => "The answer is one that comes after the key was looked at.",
    }
}

fn line(mark: Mark, what: String, why: &str) -> Line {
    Line { mark, what, why: why.to_owned() }
}
