use super::*;
use crate::{
    catalogue::provider::Provider,
    domain::connection::{Credential, Home},
};
use proptest::prelude::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn connection(base_url: &str, scheme: &str) -> Connection {
    Connection {
        id: "own-1".into(),
        provider: Provider::Webex,
        label: "Ours".into(),
        base_url: base_url.into(),
        credential: Credential::Ask,
        scheme: scheme.into(),
        home: Home::Own,
    }
}

fn contents() -> Contents {
    let there = connection("/relay/webex", "key");
    let text = Kept::new(&there, What::Text(Secret::new("a-key-of-ours")));
    let key = SigningKey(Zeroizing::new(vec![1, 2, 250]));
    let signer = Kept::new(&there, What::Signer { issuer: "78d3".into(), lifetime: 900, key });
    Contents { keys: [("own-1".to_owned(), text), ("own-2".to_owned(), signer)].into() }
}

fn stored() -> Sealed {
    let stretch = Stretch { rounds: ROUNDS, salt: vec![7; SALT] };
    Sealed { data: vec![1; 64], digest: vec![2; 32], ..Sealed::new(&stretch, vec![9; NONCE], &contents()) }
}

#[test]
fn what_is_kept_is_read_again() {
    let text = contents().text().unwrap();
    assert_eq!(Contents::read(&text), Some(contents()));
    assert_eq!(Contents::read(b"{}"), None);
    assert_eq!(Contents::read(b""), None);
}

#[test]
fn keys_are_never_printed() {
    let printed = format!("{:?}", contents());
    assert!(!printed.contains("a-key-of-ours") && !printed.contains("250"), "{printed}");
}

#[test]
fn what_is_stored_names_connections_and_no_keys() {
    let text = serde_json::to_string(&stored()).unwrap();
    assert!(text.contains("own-1") && !text.contains("78d3"), "{text}");
    assert_eq!(Sealed::read(&text), Some(stored()));
}

#[test]
fn what_is_no_vault_any_more_is_told() {
    let text = serde_json::to_string(&stored()).unwrap();
    let spoilt = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        Sealed::read(&text.replacen(from, to, 1))
    };
    for (from, to) in [
        ("\"version\":1", "\"version\":2"),
        ("600000", "0"),
        ("600000", "4000000000"),
        ("BwcHBw", "Bwc"),
        ("CQkJCQ", "!"),
        ("\"holds\"", "\"other\""),
        ("}", ""),
    ] {
        assert_eq!(spoilt(from, to), None, "{from} {to}");
    }
    assert_eq!(Sealed::read(""), None);
}

#[test]
fn the_head_is_another_wherever_anything_in_it_is() {
    let head = stored().head();
    for other in [
        Sealed { rounds: 1, ..stored() },
        Sealed { salt: vec![8; SALT], ..stored() },
        Sealed { nonce: vec![8; NONCE], ..stored() },
        Sealed { holds: vec![], ..stored() },
    ] {
        assert_ne!(other.head(), head);
    }
    assert_ne!(Sealed { data: vec![], ..stored() }.summed(), stored().summed());
}

#[test]
fn a_key_is_for_one_address_and_header() {
    let kept = Kept::new(&connection("/relay/webex", "key"), What::Text(Secret::new("k")));
    assert!(kept.is_for(&connection("/relay/webex", "key")));
    // The first scheme is meant where none is named.
    assert!(kept.is_for(&connection("/relay/webex", "")));
    assert!(!kept.is_for(&connection("/relay/webex", "bearer")));
    assert!(!kept.is_for(&connection("https://api.us.webexconnect.io/resources/v1", "key")));
}

#[test]
fn a_passphrase_is_long_enough_varied_and_typed_twice() {
    for (passphrase, again, verdict) in [
        ("correct horse battery", "correct horse battery", Ok(())),
        ("пароль из многих слов", "пароль из многих слов", Ok(())),
        ("fourteen signs", "fourteen signs", Err(Weak::TooShort)),
        ("", "", Err(Weak::TooShort)),
        ("aaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaa", Err(Weak::Monotonous)),
        ("123123123123123", "123123123123123", Err(Weak::Monotonous)),
        ("passwordpassword", "passwordpassword", Err(Weak::Monotonous)),
        ("123456789012345", "123456789012345", Err(Weak::Monotonous)),
        ("abcdefghijklmnop", "abcdefghijklmnop", Err(Weak::Monotonous)),
        ("correct horse battery", "correct horse bettery", Err(Weak::Differs)),
    ] {
        assert_eq!(check(passphrase, again), verdict, "{passphrase}");
    }
}

proptest! {
    #[test]
    fn nothing_stored_panics(text in "\\PC*", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        drop(Sealed::read(&text));
        drop(Contents::read(&bytes));
    }
}
