//! How a provider documents the tokens it takes, JSON Web Tokens: who is named in them, what signs them
//! and how long they last. Making and reading them is `domain::token`'s.

use super::evidence::Evidence;
use std::ops::RangeInclusive;

/// What a provider documents of its tokens.
#[derive(Debug)]
pub struct TokenRule {
    pub algorithm: Algorithm,
    /// Claim that names whose key signs.
    pub issuer_claim: &'static str,
    /// What that is called on the screen, and where it is found.
    pub issuer: Wanted,
    /// What signs.
    pub key: Wanted,
    /// Whether a token carries an id of its own (`jti`) and says when it ends (`exp`).
    pub numbered: bool,
    /// Seconds a token may last.
    pub lifetime: RangeInclusive<u32>,
    /// Seconds it lasts where it does not say, and where nobody chooses.
    pub default_lifetime: u32,
    pub evidence: Evidence,
}

/// Something that a person brings.
#[derive(Debug)]
pub struct Wanted {
    pub label: &'static str,
    pub help: &'static str,
}

/// How a token is signed (RFC 7518).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// RSA with SHA-256: a private key, kept in a file.
    Rs256,
    /// HMAC with SHA-256: a shared secret, in base64.
    Hs256,
}

impl Algorithm {
    /// As the header of a token says it.
    pub const fn name(self) -> &'static str {
        match self {
            Algorithm::Rs256 => "RS256",
            Algorithm::Hs256 => "HS256",
        }
    }
}
