//! Private keys as a real tool writes them: both forms, and those that cannot be used.

use std::{
    io::Write,
    process::{Command, Stdio},
};
use switchboard::domain::signing_key::{Fault, rsa};

/// What `openssl` writes for these words, given this input.
fn openssl(words: &str, input: &[u8]) -> Vec<u8> {
    let mut child = Command::new("openssl")
        .args(words.split(' '))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("openssl is installed");
    child.stdin.take().unwrap().write_all(input).unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success(), "openssl {words}");
    done.stdout
}

#[test]
fn every_form_of_a_key_is_the_same_key() {
    let pkcs8 = openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048", b"");
    let der = openssl("pkcs8 -topk8 -nocrypt -outform DER", &pkcs8);
    for words in
        ["pkey", "pkey -traditional", "pkey -outform DER", "pkey -traditional -outform DER", "pkey -text"]
    {
        let key = openssl(words, &pkcs8);
        assert_eq!(rsa(&key).as_deref(), Ok(&der), "openssl {words}");
    }
    for (words, fault) in [
        ("pkey -aes256 -passout pass:secret", Fault::Encrypted),
        ("rsa -traditional -aes256 -passout pass:secret", Fault::Encrypted),
        ("pkey -pubout", Fault::PublicKey),
        ("req -x509 -new -key /dev/stdin -subj /CN=a -days 1", Fault::Certificate),
    ] {
        assert_eq!(rsa(&openssl(words, &pkcs8)), Err(fault), "openssl {words}");
    }
}

#[test]
fn keys_that_do_not_sign_with_rs256_are_refused() {
    let short = openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024", b"");
    assert_eq!(rsa(&short), Err(Fault::TooShort { bits: 1024 }));
    for words in ["genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256", "genpkey -algorithm ED25519"] {
        assert_eq!(rsa(&openssl(words, b"")), Err(Fault::NotRsa), "openssl {words}");
    }
    assert_eq!(rsa(&openssl("ecparam -name prime256v1 -genkey -noout", b"")), Err(Fault::NotRsa));
}
