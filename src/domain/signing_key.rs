//! What tokens are signed with, as people have it: a private key in a file, or a secret in base64. It is
//! read into the bytes that the browser's cryptography takes, and refused with the reason where it is
//! something else.

#[cfg(test)]
mod tests;

use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use pkcs8::{
    AlgorithmIdentifierRef, ObjectIdentifier, PrivateKeyInfo,
    der::{
        Decode, Encode,
        asn1::{AnyRef, Null},
        zeroize::Zeroizing,
    },
};

/// Bytes that are wiped when they are let go.
pub type Bytes = Zeroizing<Vec<u8>>;

/// Larger files are no keys: RSA of 16,384 bits takes 13 kB.
pub const LARGEST: usize = 64 * 1024;
/// RS256 takes nothing shorter (RFC 7518, section 3.3).
const FEWEST_BITS: usize = 2048;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

/// Why something cannot sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Empty,
    TooLarge,
    NotAKey,
    /// Locked with a passphrase.
    Encrypted,
    PublicKey,
    Certificate,
    OpenSsh,
    /// A private key, but none of RSA.
    NotRsa,
    TooShort {
        bits: usize,
    },
    /// The beginning is that of a key, the rest is not.
    Damaged,
    NotBase64,
}

impl Fault {
    pub fn sentence(self) -> String {
        match self {
            Fault::Empty => "There is nothing in it.".into(),
            Fault::TooLarge => "This is too large for a key. Choose the file private.key.".into(),
            Fault::NotAKey => {
                "This is no private key: one begins with -----BEGIN PRIVATE KEY-----. Choose the file private.key."
                    .into()
            }
            Fault::Encrypted => {
                "This key is locked with a passphrase of its own. Ask for it without one, or make a new pair of keys."
                    .into()
            }
            Fault::PublicKey => "This is the public key. The private one is needed.".into(),
            Fault::Certificate => "This is a certificate. The private key is needed.".into(),
            Fault::OpenSsh => {
                "This is a key in the form of OpenSSH. The form PKCS#8 or PKCS#1 is needed.".into()
            }
            Fault::NotRsa => "This is not a key of RSA, which is what signs here.".into(),
            Fault::TooShort { bits } => {
                format!("This key has {bits} bits; {FEWEST_BITS} or more are needed. Make a new pair of keys.")
            }
            Fault::Damaged => {
                "This key is damaged or not complete. Choose the file again, as it was downloaded.".into()
            }
            Fault::NotBase64 => {
                "This is not in base64. Copy the secret again, as it is shown.".into()
            }
        }
    }
}

/// A private key of RSA as PKCS#8, from a file or a pasted text: PKCS#8 or PKCS#1, as text (PEM) or as
/// bytes (DER).
pub fn rsa(file: &[u8]) -> Result<Bytes, Fault> {
    if file.len() > LARGEST {
        return Err(Fault::TooLarge);
    }
    let (bytes, form) = match std::str::from_utf8(file) {
        Ok(text) if text.trim().is_empty() => return Err(Fault::Empty),
        Ok(text) => pem(text)?,
        // Not text, so it may be the bytes themselves.
        Err(_) => (Zeroizing::new(file.to_vec()), Form::Either),
    };
    let known = match form {
        Form::Pkcs8 => pkcs8(&bytes),
        Form::Pkcs1 => pkcs1(&bytes),
        Form::Either => pkcs8(&bytes).or_else(|first| match first {
            Fault::Damaged => pkcs1(&bytes).map_err(|_| Fault::NotAKey),
            known => Err(known),
        }),
    }?;
    Ok(known)
}

#[derive(Clone, Copy)]
enum Form {
    Pkcs8,
    Pkcs1,
    Either,
}

/// What stands between the lines of a PEM text. Lines may have any length, or have been joined: keys are
/// copied from chats, and from settings that write `\n` for a line's end.
fn pem(text: &str) -> Result<(Bytes, Form), Fault> {
    const BEGIN: &str = "-----BEGIN ";
    const DASHES: &str = "-----";
    let starts = || text.match_indices(BEGIN).map(|(at, _)| &text[at + BEGIN.len()..]);
    let named = |name: &str| starts().find_map(|rest| rest.strip_prefix(name)?.strip_prefix(DASHES));
    let (body, form) = match (named("PRIVATE KEY"), named("RSA PRIVATE KEY")) {
        (Some(body), _) => (body, Form::Pkcs8),
        (None, Some(body)) => (body, Form::Pkcs1),
        (None, None) => return Err(other(starts().next())),
    };
    let body = body.split_once("-----END").ok_or(Fault::Damaged)?.0;
    // What older tools write into a locked key of the form PKCS#1.
    if body.contains("Proc-Type:") {
        return Err(Fault::Encrypted);
    }
    let lines = Zeroizing::new(body.replace("\\r", "").replace("\\n", ""));
    decoded(&lines).map(|bytes| (bytes, form)).ok_or(Fault::Damaged)
}

/// What a text is that holds no private key.
fn other(first: Option<&str>) -> Fault {
    match first {
        None => Fault::NotAKey,
        Some(rest) if rest.starts_with("ENCRYPTED PRIVATE KEY") => Fault::Encrypted,
        Some(rest) if rest.starts_with("OPENSSH PRIVATE KEY") => Fault::OpenSsh,
        Some(rest) if rest.starts_with("PUBLIC KEY") || rest.starts_with("RSA PUBLIC KEY") => {
            Fault::PublicKey
        }
        Some(rest) if rest.starts_with("CERTIFICATE") => Fault::Certificate,
        Some(rest) if rest.starts_with("EC ") || rest.starts_with("DSA ") => Fault::NotRsa,
        Some(_) => Fault::NotAKey,
    }
}

fn pkcs8(der: &[u8]) -> Result<Bytes, Fault> {
    let info = PrivateKeyInfo::from_der(der).map_err(|_| Fault::Damaged)?;
    if info.algorithm.oid != RSA {
        return Err(Fault::NotRsa);
    }
    long_enough(info.private_key)?;
    // Written anew: attributes that some tools add are of no use to the browser, and some refuse them.
    wrapped(info.private_key)
}

fn pkcs1(der: &[u8]) -> Result<Bytes, Fault> {
    long_enough(der)?;
    wrapped(der)
}

fn long_enough(pkcs1: &[u8]) -> Result<(), Fault> {
    let key = pkcs1::RsaPrivateKey::from_der(pkcs1).map_err(|_| Fault::Damaged)?;
    let bits = key.modulus.as_bytes().len() * 8;
    if bits < FEWEST_BITS { Err(Fault::TooShort { bits }) } else { Ok(()) }
}

fn wrapped(pkcs1: &[u8]) -> Result<Bytes, Fault> {
    let algorithm = AlgorithmIdentifierRef { oid: RSA, parameters: Some(AnyRef::from(Null)) };
    PrivateKeyInfo::new(algorithm, pkcs1).to_der().map(Zeroizing::new).map_err(|_| Fault::Damaged)
}

/// The bytes of a secret that is written in base64, in either alphabet, with or without its padding.
pub fn secret(text: &str) -> Result<Bytes, Fault> {
    if text.trim().is_empty() {
        return Err(Fault::Empty);
    }
    if text.len() > LARGEST {
        return Err(Fault::TooLarge);
    }
    decoded(text).filter(|bytes| !bytes.is_empty()).ok_or(Fault::NotBase64)
}

fn decoded(text: &str) -> Option<Bytes> {
    let plain = |c: char| match c {
        '-' => '+',
        '_' => '/',
        c => c,
    };
    let text: String = text.chars().filter(|c| !c.is_whitespace()).map(plain).collect();
    let text = Zeroizing::new(text);
    BASE64_STANDARD_NO_PAD.decode(text.trim_end_matches('=')).ok().map(Zeroizing::new)
}
