//! What people type and paste for a one-time code, and the messages it comes in.
//! Everything that is not one clear code of six digits has to be refused with its own sentence.

use super::*;
use proptest::prelude::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn six(code: &str) -> Code {
    Code::Six(code.into())
}

#[test]
fn a_typed_code_is_read_however_it_is_grouped() {
    for typed in [
        "123456",
        " 123456\n",
        "123-456",
        "123 456",
        "123–456",
        "123\u{2011}456",
        "123\u{A0}456",
        "１２３４５６",
        "１２３－４５６",
        "١٢٣٤٥٦",
        "\u{202A}123-456\u{202C}",
        "1 2 3 4 5 6",
        "12 34 56",
        "123.456",
        "123456 123456",
    ] {
        assert!(read(typed) == six("123456"), "{typed:?} {:?}", read(typed));
    }
    assert!(read("000042") == six("000042"));
}

#[test]
fn a_code_is_found_in_its_message() {
    for message in [
        "Your WhatsApp code: 123-456. Don't share this code",
        "Your WhatsApp code: 123-456\n\nYou can also tap on this link to verify your phone: v.whatsapp.com/123456\n\nDon't share this code with others\n4sgLq1p5sV6",
        "<#> 123-456 is your code\n4sgLq1p5sV6",
        "code 123456 valid for 10 min",
        "123456. 10 minutes left.",
        "123456 (10 min)",
        "Ihr WhatsApp-Code: 123-456. Hilfe unter +49 30 123 4567 oder 0800 123 1234.",
        "Votre code WhatsApp : 123 456, valable 5 min. Appelez le 01 23 45 67 89",
        "WhatsApp 验证码：123456，请勿告诉他人。",
        "验证码123456有效期10分钟",
        "رمز واتساب: ١٢٣-٤٥٦",
        "G-123456 is your code. Call +1 555 0123456.",
        "Code 123456\nCall +44 7700 900000",
        "Code: 123456 for +447700900000",
        "12.10.2026, 14:05: 123-456",
        "Call (555) 123-4567; code 123456",
    ] {
        assert!(read(message) == six("123456"), "{message:?} {:?}", read(message));
    }
}

#[test]
fn two_different_codes_are_listed_and_none_is_chosen() {
    for message in [
        "Code 123-456. Earlier code 654321.",
        "123456\n654321",
        "123456, 654321",
        "123456 654321",
        "123456 or 654 321, not 123-456",
    ] {
        assert!(read(message) == Code::Two(vec!["123456".into(), "654321".into()]), "{message:?}");
    }
    let sentence = read("123456 or 654321").sentence().unwrap();
    assert!(sentence.contains("123456, 654321"), "{sentence}");
}

#[test]
fn digits_alone_of_another_count_are_counted() {
    for (typed, code) in [
        ("1", Code::Few { digits: 1 }),
        ("12345", Code::Few { digits: 5 }),
        ("12-34", Code::Few { digits: 4 }),
        ("1234567", Code::Many { digits: 7 }),
        ("123-4567", Code::Many { digits: 7 }),
        ("07700 900000", Code::Many { digits: 11 }),
        ("123 456 789", Code::Many { digits: 9 }),
        ("１２３４５", Code::Few { digits: 5 }),
    ] {
        assert!(read(typed) == code, "{typed} {:?}", read(typed));
    }
}

#[test]
fn texts_without_a_code_are_refused() {
    for typed in [
        "abcdef",
        "12O456",
        "12345a",
        "code 12345",
        "code 1234567",
        "Call +44 7700 900000",
        "Call +44 20 123 456",
        "+123456",
        "+123 456",
        "Ring 07700 900000 or +1 (555) 123-4567",
        "on 2026-10-12 at 14:05",
        "---",
        "••••••",
        "²³¹²³¹",
    ] {
        assert!(read(typed) == Code::Letters, "{typed} {:?}", read(typed));
    }
    assert!(["", " \n", "\u{200E}"].iter().all(|typed| read(typed) == Code::Empty));
}

#[test]
fn every_refusal_has_its_sentence_and_a_code_has_none() {
    let mut sentences: Vec<String> = ["", "1", "12345", "1234567", "123456 654321", "abc"]
        .iter()
        .map(|typed| read(typed).sentence().unwrap())
        .collect();
    sentences.dedup();
    assert_eq!(sentences.len(), 6);
    assert_eq!(read("123456").sentence(), None);
}

#[test]
fn a_code_is_not_printed() {
    let printed = format!("{:?} {:?}", read("123456"), read("123456 654321"));
    assert!(!printed.contains("123456") && !printed.contains("654321"), "{printed}");
}

proptest! {
    #[test]
    fn any_text_is_taken(text in any::<String>(), digits in "[0-9 +().–\n-]{0,24}") {
        for text in [text, digits] {
            match read(&text) {
                Code::Six(code) => prop_assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())),
                Code::Two(codes) => prop_assert!(codes.len() > 1),
                other => prop_assert!(other.sentence().is_some()),
            }
        }
    }

    #[test]
    fn six_digits_among_letters_are_found(code in "[0-9]{6}", before in "[^\\d+＋]{0,20}", after in "[^\\d]{0,20}") {
        prop_assert_eq!(read(&format!("{before}{code}{after}")), six(&code));
    }

    #[test]
    fn every_way_of_writing_a_code_agrees(code in "[0-9]{6}") {
        let (first, last) = code.split_at(3);
        let wide: String = code.bytes().map(|byte| char::from_u32(0xFF10 + u32::from(byte - b'0')).unwrap()).collect();
        for written in [format!("{first}-{last}"), format!("{first} {last}"), format!("{first}\u{2011}{last}"), wide] {
            prop_assert_eq!(read(&written), six(&code));
            prop_assert_eq!(read(&format!("Code: {written}. Valid 10 min; {code}")), six(&code));
        }
    }

    #[test]
    fn a_longer_row_holds_no_code(digits in "[0-9]{7,20}") {
        prop_assert_eq!(read(&format!("Call {digits} now")), Code::Letters);
        prop_assert_eq!(read(&digits), Code::Many { digits: digits.len() });
    }
}
