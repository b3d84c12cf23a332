//! What calls are signed with, in memory: a key as it is sent, or what makes tokens.

use crate::{
    browser::{
        crypto::{self, CryptoFault},
        page,
    },
    catalogue::{provider::Scheme, token::TokenRule, value::Secret},
    domain::{
        server_clock::Ahead,
        token::{self, Claims, Token},
        vault::What,
    },
};
use web_sys::CryptoKey;

#[derive(Clone)]
pub(super) enum Held {
    /// As it is sent. A token says when it ends.
    Text {
        secret: Secret,
        token: Option<Token>,
    },
    Signer(Signer),
}

/// What makes tokens.
#[derive(Clone)]
pub(super) struct Signer {
    pub(super) rule: &'static TokenRule,
    pub(super) issuer: String,
    /// Seconds.
    pub(super) lifetime: u32,
    pub(super) key: CryptoKey,
    /// Tells two keys apart.
    pub(super) print: Vec<u8>,
    pub(super) made: Option<Made>,
}

/// A token that was made here.
#[derive(Clone)]
pub(super) struct Made {
    pub(super) token: Secret,
    /// By the provider's clock, as is everything that a token says.
    pub(super) ends: u64,
    /// What the provider's clock was taken to be ahead.
    pub(super) ahead: i64,
}

/// Takes in what was entered: a signing key becomes a handle that gives its bytes to nobody.
pub(super) async fn held(scheme: &'static Scheme, what: &What) -> Result<Held, CryptoFault> {
    Ok(match (what, scheme.token) {
        (What::Text(secret), rule) => Held::Text {
            secret: secret.clone(),
            token: rule.and_then(|rule| token::read(secret.reveal(), rule)),
        },
        (What::Signer { issuer, lifetime, key }, Some(rule)) => {
            let print = crypto::digest(&key.0).await?;
            let key = crypto::signing_key(rule.algorithm, &key.0).await?;
            let (issuer, lifetime) = (issuer.clone(), *lifetime);
            Held::Signer(Signer { rule, issuer, lifetime, key, print, made: None })
        }
        (What::Signer { .. }, None) => return Err(CryptoFault::Refused),
    })
}

impl Held {
    /// Whether it is the same key.
    pub(super) fn is(&self, other: &Held) -> bool {
        match (self, other) {
            (Held::Text { secret, .. }, Held::Text { secret: same, .. }) => secret == same,
            (Held::Signer(one), Held::Signer(other)) => {
                one.issuer == other.issuer && one.lifetime == other.lifetime && one.print == other.print
            }
            _ => false,
        }
    }
}

impl Signer {
    pub(super) async fn make(&self, ahead: Ahead) -> Result<Made, CryptoFault> {
        // Rather too early than too late: a token of the future is refused.
        let issued = ahead.at_least(page::now()).unwrap_or_else(page::now);
        let lifetime = token::lifetime(self.rule, self.lifetime);
        let id = crypto::unique()?;
        let unsigned =
            token::unsigned(self.rule, &Claims { issuer: &self.issuer, issued, lifetime, id: &id });
        let signature = crypto::sign(self.rule.algorithm, &self.key, &unsigned).await?;
        Ok(Made {
            token: Secret::new(token::signed(&unsigned, &signature)),
            ends: (issued / 1000 + u64::from(lifetime)) * 1000,
            ahead: ahead.about().unwrap_or_default(),
        })
    }
}

/// The last four signs; none of a key that has few more.
pub(super) fn tail(secret: &Secret) -> String {
    let signs: Vec<char> = secret.reveal().chars().collect();
    match signs.len() {
        ..7 => String::new(),
        count => signs[count - 4..].iter().collect(),
    }
}
