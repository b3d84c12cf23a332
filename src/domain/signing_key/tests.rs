//! The keys here are made of numbers that belong to no key. Those of a real tool are in `tests/openssl.rs`.

use super::*;
use pkcs8::der::asn1::UintRef;
use proptest::prelude::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A key of the form PKCS#1 whose modulus has so many bytes.
fn numbers(modulus: usize) -> Vec<u8> {
    let modulus = vec![0xc5; modulus];
    let number = UintRef::new(&[0xa7; 128]).unwrap();
    let key = pkcs1::RsaPrivateKey {
        modulus: UintRef::new(&modulus).unwrap(),
        public_exponent: UintRef::new(&[1, 0, 1]).unwrap(),
        private_exponent: number,
        prime1: number,
        prime2: number,
        exponent1: number,
        exponent2: number,
        coefficient: number,
        other_prime_infos: None,
    };
    key.to_der().unwrap()
}

fn of_kind(oid: ObjectIdentifier, key: &[u8]) -> Vec<u8> {
    let algorithm = AlgorithmIdentifierRef { oid, parameters: Some(AnyRef::from(Null)) };
    PrivateKeyInfo::new(algorithm, key).to_der().unwrap()
}

fn pem(label: &str, der: &[u8]) -> String {
    let body = base64::prelude::BASE64_STANDARD.encode(der);
    let lines: Vec<&str> =
        body.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

#[test]
fn both_forms_come_to_the_same() {
    let pkcs1 = numbers(256);
    let pkcs8 = of_kind(RSA, &pkcs1);
    for file in [pem("PRIVATE KEY", &pkcs8), pem("RSA PRIVATE KEY", &pkcs1)] {
        for file in [
            file.clone(),
            file.replace('\n', "\r\n"),
            file.replace('\n', "\\n"),
            file.replace('\n', ""),
            file.replace('\n', "\n  "),
            format!("\u{feff}{file}"),
            format!("Bag Attributes\n    friendlyName: ours\n{file}{}", pem("PUBLIC KEY", b"public")),
        ] {
            assert_eq!(rsa(file.as_bytes()).as_deref(), Ok(&pkcs8), "{file}");
        }
    }
    for bytes in [&pkcs8, &pkcs1] {
        assert_eq!(rsa(bytes).as_deref(), Ok(&pkcs8));
    }
}

#[test]
fn what_is_no_key_is_refused_with_the_reason() {
    let elliptic = of_kind(ObjectIdentifier::new_unwrap("1.2.840.10045.2.1"), b"a point");
    let key = pem("PRIVATE KEY", &of_kind(RSA, &numbers(256)));
    let half = &key[..key.len() / 2];
    let torn = key.replace("-----END", "!-----END");
    let less = key.replacen("MII", "MIB", 1);
    let old = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----";
    for (file, fault) in [
        ("", Fault::Empty),
        (" \n", Fault::Empty),
        ("private.key", Fault::NotAKey),
        ("{\"private_key\": \"\"}", Fault::NotAKey),
        (&pem("ENCRYPTED PRIVATE KEY", b"locked"), Fault::Encrypted),
        (old, Fault::Encrypted),
        (&pem("PUBLIC KEY", b"public"), Fault::PublicKey),
        (&pem("RSA PUBLIC KEY", b"public"), Fault::PublicKey),
        (&pem("CERTIFICATE", b"certificate"), Fault::Certificate),
        (&pem("OPENSSH PRIVATE KEY", b"ssh"), Fault::OpenSsh),
        (&pem("EC PRIVATE KEY", b"ec"), Fault::NotRsa),
        (&pem("PRIVATE KEY", &elliptic), Fault::NotRsa),
        (&pem("PRIVATE KEY", &of_kind(RSA, &numbers(128))), Fault::TooShort { bits: 1024 }),
        (&pem("PRIVATE KEY", b"nothing of the kind"), Fault::Damaged),
        (&pem("RSA PRIVATE KEY", &of_kind(RSA, &numbers(256))), Fault::Damaged),
        (half, Fault::Damaged),
        (&torn, Fault::Damaged),
        (&less, Fault::Damaged),
        (&"x".repeat(LARGEST + 1), Fault::TooLarge),
    ] {
        assert_eq!(rsa(file.as_bytes()), Err(fault), "{file:.80}");
        assert!(fault.sentence().ends_with('.'));
    }
    assert_eq!(rsa(&elliptic), Err(Fault::NotRsa));
    assert_eq!(rsa(&[0x30, 0xff, 0x00]), Err(Fault::NotAKey));
}

#[test]
fn a_secret_is_read_in_either_alphabet() {
    let bytes = vec![0xfb, 0xff, 0x00, 0x10];
    for text in ["+/8AEA==", "+/8AEA", "-_8AEA", " +/8A\nEA== "] {
        assert_eq!(secret(text).as_deref(), Ok(&bytes), "{text:?}");
    }
    assert_eq!(secret(" "), Err(Fault::Empty));
    for text in ["=", "a", "not base64!", "a.b.c"] {
        assert_eq!(secret(text), Err(Fault::NotBase64), "{text:?}");
    }
}

proptest! {
    #[test]
    fn no_file_panics(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "\\PC*", at in 0_usize..1400, byte: u8) {
        let mut spoilt = of_kind(RSA, &numbers(256));
        if let Some(place) = spoilt.get_mut(at) {
            *place = byte;
        }
        for der in [&bytes, &spoilt] {
            drop(rsa(der));
            for label in ["PRIVATE KEY", "RSA PRIVATE KEY"] {
                drop(rsa(pem(label, der).as_bytes()));
            }
        }
        drop(rsa(format!("-----BEGIN PRIVATE KEY-----{text}-----END PRIVATE KEY-----").as_bytes()));
        drop(rsa(text.as_bytes()));
        drop(secret(&text));
    }
}
