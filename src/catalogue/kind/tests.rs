//! Texts as people type them and JSON as it arrives, in tables: what each kind takes and what it says
//! of the rest.

use super::*;
use crate::catalogue::{
    evidence::Evidence,
    field::{Choice, Cover, Lines},
};
use serde_json::json;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const TEST: Evidence = Evidence::Documented("a test");
const INTEGER: Field = Field::integer("n", "N", TEST);
const DECIMAL: Field = Field::decimal("n", "N", TEST);
const DIGITS: Field = Field::digits("n", "N", TEST);
const TEXT: Field = Field::text("t", "T", TEST);
const URL: Field = Field::url("u", "U", TEST);
const EMAIL: Field = Field::email("e", "E", TEST);
const EMOJI: Field = Field::emoji("e", "E", TEST);
const CHOICE: Field =
    Field::choice("c", "C", &[Choice::named("sms"), Choice::named("Beauty, Spa and Salon")], TEST);
const SECRET: Field = Field::secret("s", "S", Cover::Hidden, TEST);
const YES: Field = Field::toggle("y", "Y", Wire::Bool, TEST);
const YES_TEXT: Field = Field::toggle("y", "Y", Wire::Text, TEST);
const PLUS: Field = Field::phone("p", "P", Plus::Always, TEST);
const NO_PLUS: Field = Field::phone("p", "P", Plus::Never, TEST);

fn text(text: &str) -> Result<Value, Fault> {
    Ok(Value::Text(text.to_owned()))
}

/// The number as it is written in the request.
fn number(field: &Field, text: &str) -> Result<String, Fault> {
    typed(field, text).map(|value| value.revealed().to_string())
}

#[test]
fn whole_numbers() {
    let power = "18446744073709551616";
    let thirty_zeros = format!("1{}", "0".repeat(30));
    let sixty_nines = "9".repeat(60);
    let below = format!("-{sixty_nines}");
    for (text, wanted) in [
        ("30", Ok("30")),
        (" 30 ", Ok("30")),
        ("\t30\n", Ok("30")),
        ("030", Ok("30")),
        ("-030", Ok("-30")),
        ("0", Ok("0")),
        ("-0", Ok("0")),
        ("000", Ok("0")),
        ("-1", Ok("-1")),
        // Every digit is kept, however many there are: limits are for `limit`.
        (power, Ok(power)),
        (&thirty_zeros, Ok(&thirty_zeros)),
        (&sixty_nines, Ok(&sixty_nines)),
        (&below, Ok(&below)),
        ("1.5", Err(Fault::NotWhole)),
        ("30.0", Err(Fault::NotWhole)),
        ("1,5", Err(Fault::NotWhole)),
        ("1e3", Err(Fault::NotPlainNumber)),
        ("+30", Err(Fault::NotPlainNumber)),
        ("--30", Err(Fault::NotPlainNumber)),
        ("3 0", Err(Fault::NotPlainNumber)),
        ("0x1e", Err(Fault::NotPlainNumber)),
        ("thirty", Err(Fault::NotPlainNumber)),
        ("-", Err(Fault::NotPlainNumber)),
        ("٣٠", Err(Fault::ForeignDigits)),
        ("３０", Err(Fault::ForeignDigits)),
        ("-٣٠", Err(Fault::ForeignDigits)),
        ("3\0", Err(Fault::Nul)),
    ] {
        assert_eq!(number(&INTEGER, text), wanted.map(str::to_owned), "{text:?}");
    }
}

#[test]
fn decimal_numbers() {
    for (text, wanted) in [
        ("51.5", Ok("51.5")),
        (" -0.12 ", Ok("-0.12")),
        ("90", Ok("90")),
        ("-90", Ok("-90")),
        ("007.50", Ok("7.50")),
        ("0.1234567890123456789", Ok("0.1234567890123456789")),
        ("51,5", Err(Fault::DecimalComma)),
        ("1,000.5", Err(Fault::DecimalComma)),
        ("٥١.٥", Err(Fault::ForeignDigits)),
        (".5", Err(Fault::NotPlainNumber)),
        ("5.", Err(Fault::NotPlainNumber)),
        ("1.2.3", Err(Fault::NotPlainNumber)),
        ("1e3", Err(Fault::NotPlainNumber)),
        ("-", Err(Fault::NotPlainNumber)),
        ("+5", Err(Fault::NotPlainNumber)),
        ("NaN", Err(Fault::NotPlainNumber)),
        ("inf", Err(Fault::NotPlainNumber)),
        ("51° 30′", Err(Fault::NotPlainNumber)),
    ] {
        assert_eq!(number(&DECIMAL, text), wanted.map(str::to_owned), "{text:?}");
    }
}

#[test]
fn digits_stay_a_text() {
    for (given, wanted) in [
        ("2227823180112723968", text("2227823180112723968")),
        ("007", text("007")),
        (" 44 ", text("44")),
        ("+44", Err(Fault::NotDigits)),
        ("4 4", Err(Fault::NotDigits)),
        ("1.0", Err(Fault::NotDigits)),
        ("12a", Err(Fault::NotDigits)),
        ("١٢", Err(Fault::ForeignDigits)),
    ] {
        assert_eq!(typed(&DIGITS, given), wanted, "{given:?}");
    }
    assert_eq!(arrived(&DIGITS, &json!("")), Err(Fault::NotDigits));
    assert_eq!(arrived(&DIGITS, &json!(" 44 ")), Err(Fault::NotDigits));
    assert_eq!(arrived(&DIGITS, &json!(44)), Err(Fault::WrongType { wants: "a text" }));
}

#[test]
fn addresses() {
    let edges = |mended: &str| Err(Fault::EdgeSpaces(mended.to_owned()));
    for (url, wanted) in [
        ("https://a.b", Ok(())),
        ("http://a.b/", Ok(())),
        ("HTTPS://A.B", Ok(())),
        ("https://localhost:3000/hook", Ok(())),
        ("https://a.b:8443/c?d=e&f=%20#g", Ok(())),
        ("https://a.b?c", Ok(())),
        ("https://bücher.example/ü?ö=ä#ß", Ok(())),
        ("https://例え.jp/パス", Ok(())),
        ("https://xn--bcher-kva.example", Ok(())),
        ("https://192.0.2.1/a", Ok(())),
        ("https://[2001:db8::1]:8443/a", Ok(())),
        ("https://a.b/🐥", Ok(())),
        ("javascript:alert(1)", Err(Fault::WrongScheme)),
        ("JavaScript:alert(1)//https://a.b", Err(Fault::WrongScheme)),
        ("data:text/html,x", Err(Fault::WrongScheme)),
        ("mailto:a@b.c", Err(Fault::WrongScheme)),
        ("ftp://x", Err(Fault::WrongScheme)),
        ("//x", Err(Fault::NoScheme)),
        ("/x", Err(Fault::NoScheme)),
        ("a.b", Err(Fault::NoScheme)),
        ("a.b:80/c", Err(Fault::NoScheme)),
        ("https", Err(Fault::NoScheme)),
        (":", Err(Fault::WrongScheme)),
        ("https://", Err(Fault::NoHost)),
        ("http://", Err(Fault::NoHost)),
        ("https:", Err(Fault::NoHost)),
        ("https:/a.b", Err(Fault::NoHost)),
        ("https:a.b", Err(Fault::NoHost)),
        ("https:///x", Err(Fault::NoHost)),
        ("https://:443/x", Err(Fault::NoHost)),
        ("https://?x", Err(Fault::NoHost)),
        ("https://u:p@a.b", Err(Fault::UrlCredentials)),
        ("https://u@a.b", Err(Fault::UrlCredentials)),
        ("https://a.b@evil.example", Err(Fault::UrlCredentials)),
        ("https://a b.c", Err(Fault::NotUrl)),
        ("https://a.b/c d", Err(Fault::NotUrl)),
        ("https://a.b/%zz", Err(Fault::NotUrl)),
        ("https://a.b\\c", Err(Fault::NotUrl)),
        ("https://[2001:db8::1", Err(Fault::NotUrl)),
        ("https://a.b:port", Err(Fault::NotUrl)),
        ("https://a.b/<x>", Err(Fault::NotUrl)),
        ("https://a.b\nhttps://c.d", Err(Fault::NotUrl)),
        (" https://a.b", edges("https://a.b")),
        ("https://a.b ", edges("https://a.b")),
        ("https://a.b\r\n", edges("https://a.b")),
        ("\u{a0}https://a.b", edges("https://a.b")),
        ("https://a.b/\0", Err(Fault::Nul)),
    ] {
        let wanted = wanted.and_then(|()| text(url));
        assert_eq!(typed(&URL, url), wanted, "{url:?}");
        assert_eq!(arrived(&URL, &json!(url)), wanted, "{url:?}");
    }
}

#[test]
fn e_mail_addresses() {
    for given in
        ["a@b.c", "you+tag@mail.example.com", "o'hara@example.com", "zoë@bücher.example", "a@localhost"]
    {
        assert_eq!(typed(&EMAIL, given), text(given), "{given}");
    }
    assert_eq!(typed(&EMAIL, " a@b.c\n"), text("a@b.c"));
    for given in [
        "a",
        "@",
        "a@",
        "@b.c",
        "a@b@c.d",
        "a b@c.d",
        "a@b c.d",
        "a@b..c",
        "a@.b",
        "a@b.",
        "a@-b.c",
        "a@b-.c",
        "a@b_c.d",
        ".a@b.c",
        "a.@b.c",
        "\"a\"@b.c",
        "a,b@c.d",
        "<a@b.c>",
        "A <a@b.c>",
        "a@[192.0.2.1]",
        "a@b.c,d@e.f",
        "mailto:a@b.c",
    ] {
        assert_eq!(typed(&EMAIL, given), Err(Fault::NotEmail), "{given}");
        assert_eq!(arrived(&EMAIL, &json!(given)), Err(Fault::NotEmail), "{given}");
    }
    assert_eq!(arrived(&EMAIL, &json!(" a@b.c")), Err(Fault::NotEmail));
}

#[test]
fn phone_numbers() {
    for (given, digits) in [
        ("+44 20 7946 0000", "442079460000"),
        ("0044 20 7946 0000", "442079460000"),
        ("442079460000", "442079460000"),
        (" (44) 20-7946.0000 ", "442079460000"),
        ("+44\u{a0}20/7946/0000", "442079460000"),
        ("1234567", "1234567"),
        ("123456789012345", "123456789012345"),
    ] {
        assert_eq!(typed(&PLUS, given), text(&format!("+{digits}")), "{given}");
        assert_eq!(typed(&NO_PLUS, given), text(digits), "{given}");
        assert_eq!(arrived(&PLUS, &json!(given.trim())), text(&format!("+{digits}")), "{given}");
    }
    for given in [
        "123456",
        "1234567890123456",
        "+123456",
        "020 7946 0000",
        "+0044 20 7946 0000",
        "++442079460000",
        "+",
        "00",
        "44 20 7946 000O",
        "tel:+442079460000",
        "٤٤٢٠٧٩٤٦٠٠٠٠",
        "442079460000,442079460001",
    ] {
        assert_eq!(typed(&PLUS, given), Err(Fault::NotPhone), "{given}");
    }
}

#[test]
fn one_emoji_and_no_more() {
    for (given, what) in [
        ("👍", "plain"),
        ("👍🏽", "with a skin tone"),
        ("👩‍👩‍👧", "a family of three"),
        ("👩🏽‍🚀", "a profession with a skin tone"),
        ("🇬🇧", "a flag"),
        ("🏳️‍🌈", "a flag of two"),
        ("🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}", "the flag of England"),
        ("1\u{fe0f}\u{20e3}", "a keycap"),
        ("#\u{fe0f}\u{20e3}", "a keycap of a sign"),
        ("❤\u{fe0f}", "a sign made an emoji"),
        ("❤", "the sign alone"),
        ("☎\u{fe0f}", "an old sign"),
    ] {
        assert!(is_one_emoji(given), "{what}");
        assert_eq!(typed(&EMOJI, given), text(given), "{what}");
    }
    for (given, what) in [
        ("", "nothing"),
        ("5", "a digit, which may begin a keycap"),
        ("5\u{fe0f}", "a digit without its keycap"),
        ("#", "a sign, which may begin a keycap"),
        ("👍👍", "two"),
        ("👍a", "with a letter"),
        ("a👍", "after a letter"),
        (" 👍", "after a space"),
        ("👍\n", "with a line break"),
        ("🇬", "half a flag"),
        ("🇬🇧🇫🇷", "two flags"),
        ("🇬a", "half a flag and a letter"),
        ("👩\u{200d}", "an open joiner"),
        ("\u{200d}👩", "a joiner first"),
        ("\u{fe0f}", "nothing but a selector"),
        ("👍\u{fe0e}", "an emoji made a text"),
        ("👍🏽🏽", "two skin tones"),
        ("🏴\u{e0067}\u{e0062}", "an open tag"),
        ("x", "a letter"),
        (":)", "a smiley of signs"),
        ("é", "an accent"),
        ("字", "a letter of another script"),
    ] {
        assert!(!is_one_emoji(given), "{what}");
        assert_eq!(arrived(&EMOJI, &json!(given)), Err(Fault::NotOneEmoji), "{what}");
    }
}

#[test]
fn texts_choices_and_secrets_stay_as_typed() {
    for given in [" a ", "a\nb", "שלום", "\u{202e}x", "😀", "  "] {
        assert_eq!(typed(&TEXT, given), text(given));
        assert_eq!(typed(&SECRET, given), Ok(Value::Secret(Secret::new(given))));
    }
    assert_eq!(typed(&CHOICE, "Beauty, Spa and Salon"), text("Beauty, Spa and Salon"));
    for given in ["SMS", "sms ", "Beauty", "voice"] {
        assert_eq!(typed(&CHOICE, given), Err(Fault::NotAChoice), "{given:?}");
    }
    for (field, yes) in [(YES, Value::Bool(true)), (YES_TEXT, Value::Text("true".into()))] {
        assert_eq!(typed(&field, "true"), Ok(yes));
        for given in ["True", "yes", "1", "on"] {
            assert_eq!(typed(&field, given), Err(Fault::NotAChoice), "{given}");
        }
    }
}

#[test]
fn no_kind_takes_nul() {
    for field in [INTEGER, DECIMAL, DIGITS, TEXT, URL, EMAIL, EMOJI, CHOICE, SECRET, YES, YES_TEXT, PLUS] {
        assert_eq!(typed(&field, "a\0"), Err(Fault::Nul), "{:?}", field.kind);
    }
    for field in [DIGITS, TEXT, URL, EMAIL, EMOJI, CHOICE, SECRET] {
        assert_eq!(arrived(&field, &json!("a\0")), Err(Fault::Nul), "{:?}", field.kind);
    }
}

#[test]
fn json_of_another_type_is_not_of_the_kind() {
    let many = Field { kind: Kind::Text(Lines::Many), ..TEXT };
    for (field, right, wrong) in [
        (INTEGER, vec![json!(30), json!(-1)], vec![json!("30"), json!(true), json!([30]), json!(1.5)]),
        (DECIMAL, vec![json!(1.5), json!(2)], vec![json!("1.5"), json!(false), json!({})]),
        (DIGITS, vec![json!("30")], vec![json!(30), json!(true)]),
        (TEXT, vec![json!("a")], vec![json!(1), json!(true), json!(["a"]), json!({})]),
        (many, vec![json!("a\nb")], vec![json!(1)]),
        (CHOICE, vec![json!("sms")], vec![json!(0), json!(["sms"])]),
        (YES, vec![json!(true), json!(false)], vec![json!("true"), json!(1)]),
        (YES_TEXT, vec![json!("true"), json!("false")], vec![json!(true), json!("yes")]),
        (SECRET, vec![json!("a")], vec![json!(123_456)]),
        (PLUS, vec![json!("+442079460000")], vec![json!(442_079_460_000_u64)]),
    ] {
        for json in right {
            assert!(arrived(&field, &json).is_ok(), "{:?} {json}", field.kind);
        }
        for json in wrong {
            assert!(arrived(&field, &json).is_err(), "{:?} {json}", field.kind);
        }
    }
}

/// Addresses carry nothing but text.
#[test]
fn queries_write_numbers_and_toggles_as_text() {
    assert_eq!(arrived(&INTEGER.in_query(), &json!("30")), Ok(Value::Number(30.into())));
    assert_eq!(arrived(&INTEGER.in_query(), &json!("x")), Err(Fault::NotPlainNumber));
    assert_eq!(arrived(&YES.in_query(), &json!("true")), Ok(Value::Bool(true)));
    assert_eq!(arrived(&YES.in_query(), &json!("yes")), Err(Fault::NotAChoice));
}
