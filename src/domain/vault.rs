//! The vault: what is kept of keys on this device, sealed with a passphrase. Here stand the form of what is
//! stored and what is in it; the rules of its lock are in `lock`, and sealing itself is the browser's.

mod lock;
#[cfg(test)]
mod tests;

pub use lock::{Idle, LOOK, Lock, Tries, locks};

use crate::{
    catalogue::{provider::Provider, value::Secret},
    domain::{
        connection::{Connection, provider_id},
        signing_key::Bytes,
    },
};
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use pkcs8::der::zeroize::Zeroizing;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Rounds of PBKDF2 with HMAC-SHA-256 that make a key of the passphrase: what OWASP's Password Storage
/// Cheat Sheet asks for since 2023.
pub const ROUNDS: u32 = 600_000;
/// More would hold up whoever opens a vault that was tampered with.
const MOST_ROUNDS: u32 = 10_000_000;
/// Bytes of the salt and of what makes each sealing unlike every other (NIST SP 800-132 and 800-38D).
pub const SALT: usize = 16;
pub const NONCE: usize = 12;
/// Signs of a passphrase, which is all that stands between a copy of the vault and its keys: what NIST SP
/// 800-63B asks for where nothing else is known.
pub const SHORTEST: usize = 15;
/// Different signs among them.
const FEWEST: usize = 8;

const VERSION: u8 = 1;

/// A vault as it is stored; no key can be read from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    version: u8,
    pub rounds: u32,
    #[serde(with = "base64_text")]
    pub salt: Vec<u8>,
    #[serde(with = "base64_text")]
    pub nonce: Vec<u8>,
    /// Connections whose keys are in it, so that it is known what to unlock it for.
    pub holds: Vec<String>,
    #[serde(with = "base64_text")]
    pub data: Vec<u8>,
    /// SHA-256 of everything else: tells a vault that was damaged from a passphrase that is wrong.
    #[serde(with = "base64_text")]
    pub digest: Vec<u8>,
}

/// What makes the key of a vault from its passphrase.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    pub rounds: u32,
    pub salt: Vec<u8>,
}

impl Sealed {
    pub fn new(stretch: &Stretch, nonce: Vec<u8>, contents: &Contents) -> Sealed {
        Sealed {
            version: VERSION,
            rounds: stretch.rounds,
            salt: stretch.salt.clone(),
            nonce,
            holds: contents.keys.keys().cloned().collect(),
            data: vec![],
            digest: vec![],
        }
    }

    /// Reads what is stored; `None` where it is no vault any more.
    pub fn read(text: &str) -> Option<Sealed> {
        let sealed: Sealed = serde_json::from_str(text).ok()?;
        let whole = sealed.version == VERSION
            && (1..=MOST_ROUNDS).contains(&sealed.rounds)
            && sealed.salt.len() == SALT
            && sealed.nonce.len() == NONCE;
        whole.then_some(sealed)
    }

    pub fn stretch(&self) -> Stretch {
        Stretch { rounds: self.rounds, salt: self.salt.clone() }
    }

    /// What is not secret, and must not be changed either: it is sealed along.
    pub fn head(&self) -> Vec<u8> {
        serde_json::json!([self.version, self.rounds, self.salt, self.nonce, self.holds])
            .to_string()
            .into_bytes()
    }

    /// What the digest is made of.
    pub fn summed(&self) -> Vec<u8> {
        [self.head(), self.data.clone()].concat()
    }
}

/// The keys in an open vault, by connection.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contents {
    pub keys: BTreeMap<String, Kept>,
}

/// A key, and the address and header it was entered for: it goes nowhere else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    #[serde(with = "provider_id")]
    pub provider: Provider,
    pub base_url: String,
    pub scheme: String,
    pub what: What,
}

/// What calls are signed with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum What {
    /// A key or a token, as it is sent.
    Text(#[serde(with = "secret_text")] Secret),
    /// What tokens are made with.
    Signer {
        issuer: String,
        /// Seconds.
        lifetime: u32,
        key: SigningKey,
    },
}

/// Bytes that sign. Never printed.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct SigningKey(#[serde(with = "key_text")] pub Bytes);

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(crate::catalogue::value::MASK)
    }
}

impl Kept {
    pub fn new(connection: &Connection, what: What) -> Kept {
        Kept {
            provider: connection.provider,
            base_url: connection.base_url.clone(),
            scheme: connection.scheme().id.into(),
            what,
        }
    }

    /// Whether it was entered for exactly this address and header.
    pub fn is_for(&self, connection: &Connection) -> bool {
        self.provider == connection.provider
            && self.base_url == connection.base_url
            && self.scheme == connection.scheme().id
    }
}

impl Contents {
    /// The text that is sealed: the one place where keys become one.
    pub fn text(&self) -> Option<Bytes> {
        serde_json::to_vec(self).ok().map(Zeroizing::new)
    }

    pub fn read(bytes: &[u8]) -> Option<Contents> {
        serde_json::from_slice(bytes).ok()
    }
}

/// Why a passphrase cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    TooShort,
    /// A few signs in turn, or signs in their order.
    Monotonous,
    Differs,
}

impl Weak {
    pub fn sentence(self) -> String {
        match self {
            Weak::TooShort => {
                format!(
                    "Use {SHORTEST} signs or more. Four or five words that do not belong together are good."
                )
            }
            Weak::Monotonous => {
                "This repeats few signs, or counts them up. Four or five words that do not belong together are good.".into()
            }
            Weak::Differs => "The two are not the same.".into(),
        }
    }
}

/// Whether a new passphrase will do; it is typed twice, since nobody can tell it again.
pub fn check(passphrase: &str, again: &str) -> Result<(), Weak> {
    let signs: Vec<char> = passphrase.chars().collect();
    if signs.len() < SHORTEST {
        return Err(Weak::TooShort);
    }
    let next = |pair: &&[char]| u32::from(pair[0]).abs_diff(u32::from(pair[1])) <= 1;
    let in_order = signs.windows(2).filter(next).count() * 2 >= signs.len();
    if in_order || signs.iter().collect::<BTreeSet<_>>().len() < FEWEST {
        return Err(Weak::Monotonous);
    }
    if passphrase == again { Ok(()) } else { Err(Weak::Differs) }
}

mod base64_text {
    use super::{BASE64_STANDARD_NO_PAD, Engine};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&BASE64_STANDARD_NO_PAD.encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        BASE64_STANDARD_NO_PAD.decode(String::deserialize(from)?).map_err(D::Error::custom)
    }
}

mod key_text {
    use super::{Bytes, Zeroizing, base64_text};
    use serde::{Deserializer, Serializer};

    pub fn serialize<S: Serializer>(bytes: &Bytes, to: S) -> Result<S::Ok, S::Error> {
        base64_text::serialize(bytes, to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Bytes, D::Error> {
        base64_text::deserialize(from).map(Zeroizing::new)
    }
}

mod secret_text {
    use super::Secret;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(secret: &Secret, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(secret.reveal())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
        String::deserialize(from).map(Secret::new)
    }
}
