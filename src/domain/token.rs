//! JSON Web Tokens: reading one that somebody pasted, and what goes into one that is made here. Whether a
//! signature is right is the provider's to judge, and signing is the browser's.

#[cfg(test)]
mod tests;

use super::duration;
use crate::catalogue::token::TokenRule;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Map, Value as Json, json};

/// Longer texts are no tokens: headers of a request are refused well below.
const LONGEST: usize = 16 * 1024;
/// What a clock may be behind without a token counting as one of the future.
const LEEWAY: u64 = 60_000;

/// What a token says of itself. Times are Unix milliseconds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Token {
    pub algorithm: String,
    /// Whose key signed it.
    pub issuer: String,
    issued: Option<u64>,
    begins: Option<u64>,
    ends: Option<u64>,
}

/// Why a token cannot be used now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It ended so many milliseconds ago.
    Ended(u64),
    /// It begins in so many milliseconds.
    Early(u64),
}

/// Why a provider is unlikely to take a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It is no token at all.
    NotAToken,
    /// It is signed in another way.
    Algorithm(String),
    /// It does not say whose key signed it.
    NoIssuer,
}

/// Reads a token; `None` where the text is none.
pub fn read(text: &str, rule: &TokenRule) -> Option<Token> {
    if text.len() > LONGEST {
        return None;
    }
    let mut parts = text.split('.');
    let (header, claims) = (part(parts.next()?)?, part(parts.next()?)?);
    let signature = parts.next()?;
    if parts.next().is_some() || signature.is_empty() {
        return None;
    }
    let text = |of: &Map<String, Json>, name: &str| of.get(name).and_then(Json::as_str).map(str::to_owned);
    Some(Token {
        algorithm: text(&header, "alg")?,
        issuer: text(&claims, rule.issuer_claim).unwrap_or_default(),
        issued: moment(&claims, "iat"),
        begins: moment(&claims, "nbf"),
        ends: moment(&claims, "exp"),
    })
}

fn part(text: &str) -> Option<Map<String, Json>> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// Seconds since 1970, possibly with a fraction (RFC 7519), as milliseconds.
fn moment(claims: &Map<String, Json>, name: &str) -> Option<u64> {
    let seconds = claims.get(name)?.as_f64()?;
    // Beyond the year 9999 nobody means a date; a number out of range is cut, not wrapped.
    Some((seconds.clamp(0.0, 253_402_300_799.0) * 1000.0) as u64)
}

impl Token {
    /// When it ends, by itself or by what is documented of tokens that do not say.
    pub fn ends(&self, rule: &TokenRule) -> Option<u64> {
        let documented = || Some(self.issued? + u64::from(rule.default_lifetime) * 1000);
        self.ends.or_else(documented)
    }

    /// Why it cannot be used at `now`, in Unix milliseconds.
    pub fn fault(&self, rule: &TokenRule, now: u64) -> Option<Fault> {
        let begins = self.begins.max(self.issued);
        if let Some(ends) = self.ends(rule).filter(|ends| *ends <= now) {
            return Some(Fault::Ended(now - ends));
        }
        begins.filter(|begins| *begins > now + LEEWAY).map(|begins| Fault::Early(begins - now))
    }
}

/// Why a provider is unlikely to take a text as its token.
pub fn doubt(token: Option<&Token>, rule: &TokenRule) -> Option<Doubt> {
    let Some(token) = token else { return Some(Doubt::NotAToken) };
    if token.algorithm != rule.algorithm.name() {
        return Some(Doubt::Algorithm(token.algorithm.chars().take(20).collect()));
    }
    token.issuer.is_empty().then_some(Doubt::NoIssuer)
}

impl Fault {
    pub fn sentence(self) -> String {
        match self {
            Fault::Ended(ago) => format!("This token ended {} ago. Make a new one.", duration::words(ago)),
            Fault::Early(left) => format!(
                "This token begins only in {}. Check the clocks of this computer and of the one that made it.",
                duration::words(left)
            ),
        }
    }
}

impl Doubt {
    pub fn sentence(&self, rule: &TokenRule) -> String {
        match self {
            Doubt::NotAToken => {
                "This does not read as a JSON Web Token, which is three parts with dots between them.".into()
            }
            Doubt::Algorithm(found) => {
                format!("This token is signed with {found}; {} is documented.", rule.algorithm.name())
            }
            Doubt::NoIssuer => {
                format!("This token does not name its {}, which is documented.", rule.issuer.label)
            }
        }
    }
}

/// What a token that is made here is to say.
#[derive(Clone, Debug, PartialEq)]
pub struct Claims<'a> {
    pub issuer: &'a str,
    /// Unix milliseconds.
    pub issued: u64,
    /// Seconds it lasts.
    pub lifetime: u32,
    /// Unlike that of every other token.
    pub id: &'a str,
}

/// The text that is signed: header and claims.
pub fn unsigned(rule: &TokenRule, claims: &Claims) -> String {
    let issued = claims.issued / 1000;
    let mut body = Map::new();
    body.insert(rule.issuer_claim.into(), claims.issuer.into());
    body.insert("iat".into(), issued.into());
    if rule.numbered {
        body.insert("exp".into(), (issued + u64::from(claims.lifetime)).into());
        body.insert("jti".into(), claims.id.into());
    }
    let header = json!({ "alg": rule.algorithm.name(), "typ": "JWT" });
    [header, Json::Object(body)].map(|part| BASE64_URL_SAFE_NO_PAD.encode(part.to_string())).join(".")
}

/// The token.
pub fn signed(unsigned: &str, signature: &[u8]) -> String {
    format!("{unsigned}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature))
}

/// Whether a token that lasts so many seconds and ends at `ends` is to be made anew at `now`: while a
/// request is on its way it must not end.
pub fn is_due(ends: u64, lifetime: u32, now: u64) -> bool {
    let margin = u64::from(lifetime) * 1000 / 4;
    now + margin.min(60_000) >= ends
}

/// The lifetime nearest to a wish that a provider takes, in seconds.
pub fn lifetime(rule: &TokenRule, wish: u32) -> u32 {
    wish.clamp(*rule.lifetime.start(), *rule.lifetime.end())
}
