use super::*;
use crate::catalogue::{provider::Provider, vonage, webex};
use proptest::prelude::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const NOW: u64 = 1_763_800_000_000;

fn vonage() -> &'static TokenRule {
    vonage::SCHEMES[0].token.unwrap()
}

fn webex() -> &'static TokenRule {
    webex::SCHEMES[1].token.unwrap()
}

fn made(header: &str, claims: &str) -> String {
    signed(&[header, claims].map(|part| BASE64_URL_SAFE_NO_PAD.encode(part)).join("."), b"signature")
}

fn claims_of(text: &str) -> Json {
    let part = text.split('.').nth(1).unwrap();
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[test]
fn a_token_says_what_each_provider_documents_and_nothing_else() {
    let claims = Claims { issuer: "78d335fa", issued: NOW + 999, lifetime: 900, id: "one" };
    let for_vonage = unsigned(vonage(), &claims);
    assert_eq!(
        claims_of(&for_vonage),
        json!({ "application_id": "78d335fa", "iat": 1_763_800_000, "exp": 1_763_800_900, "jti": "one" })
    );
    let header = BASE64_URL_SAFE_NO_PAD.decode(for_vonage.split('.').next().unwrap()).unwrap();
    assert_eq!(serde_json::from_slice::<Json>(&header).unwrap(), json!({ "alg": "RS256", "typ": "JWT" }));
    let for_webex = unsigned(webex(), &claims);
    assert_eq!(claims_of(&for_webex), json!({ "iss": "78d335fa", "iat": 1_763_800_000 }));
}

// The signature of RFC 7515's example A.1, whose parts are given there byte by byte.
#[test]
fn the_example_of_the_standard_is_read() {
    let text = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let token = read(text, webex()).unwrap();
    assert_eq!((token.algorithm.as_str(), token.issuer.as_str()), ("HS256", "joe"));
    assert_eq!(token.ends(webex()), Some(1_300_819_380_000));
    assert_eq!(token.fault(webex(), 1_300_819_379_999), None);
    assert_eq!(token.fault(webex(), 1_300_819_380_000), Some(Fault::Ended(0)));
    assert_eq!(doubt(Some(&token), webex()), None);
    assert_eq!(doubt(Some(&token), vonage()), Some(Doubt::Algorithm("HS256".into())));
}

#[test]
fn a_token_that_does_not_say_its_end_lasts_as_long_as_documented() {
    let text = made(r#"{"alg":"RS256"}"#, r#"{"application_id":"a","iat":1763800000}"#);
    let token = read(&text, vonage()).unwrap();
    assert_eq!(token.ends(vonage()), Some(NOW + 900_000));
    assert_eq!(token.fault(vonage(), NOW + 899_999), None);
    assert_eq!(token.fault(vonage(), NOW + 900_000 + 7_200_000), Some(Fault::Ended(7_200_000)));
    assert_eq!(Fault::Ended(7_200_000).sentence(), "This token ended 2 hours ago. Make a new one.");
    // Made by a clock that is ahead.
    assert_eq!(token.fault(vonage(), NOW - 60_000), None);
    assert_eq!(token.fault(vonage(), NOW - 600_000), Some(Fault::Early(600_000)));
}

#[test]
fn the_later_of_two_beginnings_counts() {
    let text = made(r#"{"alg":"RS256"}"#, r#"{"iat":1763800000.5,"nbf":1763803600,"exp":1763890000}"#);
    let token = read(&text, vonage()).unwrap();
    assert_eq!(token.fault(vonage(), NOW), Some(Fault::Early(3_600_000)));
    assert_eq!(doubt(Some(&token), vonage()), Some(Doubt::NoIssuer));
}

#[test]
fn what_is_no_token_is_none() {
    let fine = made(r#"{"alg":"RS256"}"#, "{}");
    assert!(read(&fine, vonage()).is_some());
    let four = format!("{fine}.x");
    let unsigned = fine.rsplit_once('.').unwrap().0;
    let open = format!("{unsigned}.");
    let array = made("[]", "{}");
    let number = made(r#"{"alg":5}"#, "{}");
    let deep = made(r#"{"alg":"RS256"}"#, &format!("{{\"a\":{}{}}}", "[".repeat(3000), "]".repeat(3000)));
    let long = made(r#"{"alg":"RS256"}"#, &format!("{{\"a\":\"{}\"}}", "x".repeat(LONGEST)));
    for text in ["", ".", "..", "a.b.c", "ключ", &four, unsigned, &open, &array, &number, &deep, &long] {
        assert_eq!(read(text, vonage()), None, "{text:.60}");
    }
}

#[test]
fn times_that_are_none_and_times_out_of_range_do_no_harm() {
    for (claims, ends) in [
        (r#"{"exp":"1763800000"}"#, None),
        (r#"{"exp":null,"iat":true}"#, None),
        (r#"{"exp":-5}"#, Some(0)),
        (r#"{"exp":1e300}"#, Some(253_402_300_799_000)),
        (r#"{"iat":1e300}"#, Some(253_402_300_799_000 + 900_000)),
    ] {
        let token = read(&made(r#"{"alg":"RS256"}"#, claims), vonage()).unwrap();
        assert_eq!(token.ends(vonage()), ends, "{claims}");
        token.fault(vonage(), NOW).map(Fault::sentence);
    }
}

#[test]
fn a_token_is_renewed_before_it_ends() {
    assert!(!is_due(NOW + 900_000, 900, NOW));
    assert!(!is_due(NOW + 60_001, 900, NOW));
    assert!(is_due(NOW + 60_000, 900, NOW));
    // The shortest that Vonage takes would otherwise be due as soon as it is made.
    assert!(!is_due(NOW + 30_000, 30, NOW));
    assert!(is_due(NOW + 7_500, 30, NOW));
    assert!(is_due(NOW - 1, 900, NOW));
}

#[test]
fn a_lifetime_stays_within_what_is_documented() {
    let of = |wish| (lifetime(vonage(), wish), lifetime(webex(), wish));
    assert_eq!([0, 900, 1_000_000].map(of), [(30, 3600), (900, 3600), (86_400, 3600)]);
    for scheme in Provider::ALL.into_iter().flat_map(Provider::schemes) {
        if let Some(rule) = scheme.token {
            assert!(rule.lifetime.contains(&rule.default_lifetime), "{}", scheme.label);
        }
    }
}

proptest! {
    /// Whatever is pasted, reading and judging it comes to an end without a panic.
    #[test]
    fn nothing_pasted_panics(text in "\\PC*", header in "\\PC{0,40}", claims in "\\PC{0,80}", now: u64) {
        let now = now / 2;
        for text in [text, made(&header, &claims), format!("{header}.{claims}.x")] {
            for rule in [vonage(), webex()] {
                let token = read(&text, rule);
                if let Some(token) = &token {
                    token.fault(rule, now).map(Fault::sentence);
                }
                doubt(token.as_ref(), rule).map(|doubt| doubt.sentence(rule));
            }
        }
    }

    /// The same for what is a token, with claims of any kind.
    #[test]
    fn no_claims_panic(iat: f64, nbf: f64, exp: i64, issuer in "\\PC{0,20}", now in 0..u64::MAX / 2) {
        let claims = json!({ "iat": iat, "nbf": nbf, "exp": exp, "application_id": issuer }).to_string();
        let token = read(&made(r#"{"alg":"RS256"}"#, &claims), vonage()).unwrap();
        prop_assert_eq!(&token.issuer, &issuer);
        token.fault(vonage(), now).map(Fault::sentence);
    }

    /// What is made here reads as what it was made of, is good now, and ends when it is said to.
    #[test]
    fn what_is_made_is_read(issuer in "\\PC{1,40}", issued in NOW..NOW * 2, wish: u32, id in "[0-9a-f-]{1,36}") {
        for rule in [vonage(), webex()] {
            let life = lifetime(rule, wish);
            let claims = Claims { issuer: &issuer, issued, lifetime: life, id: &id };
            let token = read(&signed(&unsigned(rule, &claims), &[1, 2, 3]), rule).unwrap();
            prop_assert_eq!(&token.issuer, &issuer);
            prop_assert_eq!(doubt(Some(&token), rule), None);
            prop_assert_eq!(token.fault(rule, issued), None);
            prop_assert_eq!(token.ends(rule), Some((issued / 1000 + u64::from(life)) * 1000));
        }
    }
}
