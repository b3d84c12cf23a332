//! The browser's cryptography: keys as handles that give their bytes to nobody, signing, and sealing with
//! a passphrase. What is signed or sealed is not known here.

use super::page;
use crate::{
    catalogue::token::Algorithm,
    domain::{
        signing_key::Bytes,
        vault::{Sealed, Stretch},
    },
};
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Crypto, CryptoKey, SubtleCrypto};

/// Why the browser's cryptography did not do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CryptoFault {
    /// There is none, as on an insecure address.
    Missing,
    /// What it was given is not what it takes: a key that is none, a seal that does not open.
    Refused,
}

type Result<T> = std::result::Result<T, CryptoFault>;

fn crypto() -> Result<Crypto> {
    page::window().crypto().map_err(|_| CryptoFault::Missing)
}

fn subtle() -> Result<SubtleCrypto> {
    // On an insecure address it is there, and this part of it is not.
    if page::is_secure() { crypto().map(|crypto| crypto.subtle()) } else { Err(CryptoFault::Missing) }
}

async fn done<T: JsCast>(begun: std::result::Result<Promise, JsValue>) -> Result<T> {
    let promise = begun.map_err(|_| CryptoFault::Refused)?;
    let value = JsFuture::from(promise).await.map_err(|_| CryptoFault::Refused)?;
    value.dyn_into().map_err(|_| CryptoFault::Refused)
}

async fn bytes(begun: std::result::Result<Promise, JsValue>) -> Result<Vec<u8>> {
    done::<js_sys::ArrayBuffer>(begun).await.map(|buffer| Uint8Array::new(&buffer).to_vec())
}

fn object(members: &[(&str, &JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        // A plain object takes any member.
        drop(Reflect::set(&object, &(*name).into(), value));
    }
    object
}

fn uses(names: &[&str]) -> JsValue {
    names.iter().map(|name| JsValue::from_str(name)).collect::<Array>().into()
}

/// Bytes that nobody can foretell.
pub fn random(count: usize) -> Result<Vec<u8>> {
    let mut bytes = vec![0; count];
    crypto()?.get_random_values_with_u8_array(&mut bytes).map_err(|_| CryptoFault::Refused)?;
    Ok(bytes)
}

/// An id unlike every other.
pub fn unique() -> Result<String> {
    subtle().and_then(|_| crypto()).map(|crypto| crypto.random_uuid())
}

/// SHA-256.
pub async fn digest(data: &[u8]) -> Result<Vec<u8>> {
    bytes(subtle()?.digest_with_str_and_u8_array("SHA-256", data)).await
}

/// Takes bytes in as a key that can be used for this and never be read again.
async fn import(format: &str, key: &[u8], algorithm: &Object, used_for: &[&str]) -> Result<CryptoKey> {
    let copy = Uint8Array::from(key);
    let handle =
        done(subtle()?.import_key_with_object(format, &copy, algorithm, false, &uses(used_for))).await;
    copy.fill(0, 0, copy.length());
    handle
}

/// A key that signs tokens: PKCS#8 for RSA, the secret's bytes for HMAC.
pub async fn signing_key(algorithm: Algorithm, key: &Bytes) -> Result<CryptoKey> {
    let named = |name: &str| object(&[("name", &name.into()), ("hash", &"SHA-256".into())]);
    match algorithm {
        Algorithm::Rs256 => import("pkcs8", key, &named(RSA), &["sign"]).await,
        Algorithm::Hs256 => import("raw", key, &named(HMAC), &["sign"]).await,
    }
}

const RSA: &str = "RSASSA-PKCS1-v1_5";
const HMAC: &str = "HMAC";

pub async fn sign(algorithm: Algorithm, key: &CryptoKey, text: &str) -> Result<Vec<u8>> {
    let name = match algorithm {
        Algorithm::Rs256 => RSA,
        Algorithm::Hs256 => HMAC,
    };
    bytes(subtle()?.sign_with_str_and_u8_array(name, key, text.as_bytes())).await
}

/// The key that a passphrase makes. Different keyboards write the same letters in different ways, so the
/// text is brought to one form first.
pub async fn stretched(passphrase: &str, stretch: &Stretch) -> Result<CryptoKey> {
    let text = js_sys::JsString::from(passphrase).normalize("NFKC");
    let text = text.as_string().map(|text| Bytes::new(text.into_bytes())).ok_or(CryptoFault::Refused)?;
    let weak = import("raw", &text, &object(&[("name", &PBKDF2.into())]), &["deriveKey"]).await?;
    let how = object(&[
        ("name", &PBKDF2.into()),
        ("hash", &"SHA-256".into()),
        ("iterations", &stretch.rounds.into()),
        ("salt", &Uint8Array::from(&stretch.salt[..])),
    ]);
    let what = object(&[("name", &AES.into()), ("length", &256.into())]);
    let used_for = uses(&["encrypt", "decrypt"]);
    done(subtle()?.derive_key_with_object_and_object(&how, &weak, &what, false, &used_for)).await
}

const PBKDF2: &str = "PBKDF2";
const AES: &str = "AES-GCM";

fn aes(sealed: &Sealed) -> Object {
    let (nonce, head) = (Uint8Array::from(&sealed.nonce[..]), Uint8Array::from(&sealed.head()[..]));
    object(&[("name", &AES.into()), ("iv", &nonce), ("additionalData", &head)])
}

/// Seals bytes into what is otherwise ready to be stored.
pub async fn seal(mut sealed: Sealed, key: &CryptoKey, text: &[u8]) -> Result<Sealed> {
    sealed.data = bytes(subtle()?.encrypt_with_object_and_u8_array(&aes(&sealed), key, text)).await?;
    sealed.digest = digest(&sealed.summed()).await?;
    Ok(sealed)
}

/// What was sealed; refused where the key is another, or something was changed.
pub async fn open(sealed: &Sealed, key: &CryptoKey) -> Result<Bytes> {
    let opened = subtle()?.decrypt_with_object_and_u8_array(&aes(sealed), key, &sealed.data);
    bytes(opened).await.map(Bytes::new)
}
