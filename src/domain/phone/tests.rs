//! What people paste into the two parts of a number, and what is said about it.
//! The texts are those of contact apps, web pages and hasty fingers.

use super::*;
use crate::domain::country::COUNTRIES;
use proptest::prelude::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn parts(pasted: &str) -> Option<(String, String)> {
    split(pasted).map(|split| (split.country_code, split.number))
}

#[test]
fn an_international_number_is_split_however_it_is_written() {
    for pasted in [
        "+447700900000",
        "+44 7700 900000",
        "0044 7700 900000",
        "00447700900000",
        "+44 (0)7700-900000",
        "+44(0) 7700 900 000",
        "+44 ( 0 ) 7700 900000",
        "(+44) 7700 900000",
        "tel:+447700900000",
        "TEL:+44-7700-900000",
        "＋４４　７７００　９０００００",
        "+٤٤ ٧٧٠٠ ٩٠٠٠٠٠",
        "+۴۴ ۷۷۰۰ ۹۰۰۰۰۰",
        "+४४ ७७०० ९०००००",
        "\u{202A}+44 7700\u{A0}900000\u{202C}",
        "\u{2066}+44\u{202F}7700\u{2011}900000\u{2069}\n",
        "\u{200E}+44.7700.900000",
        "+44–7700—900\u{2212}000",
    ] {
        assert_eq!(parts(pasted), Some(("44".into(), "7700900000".into())), "{pasted:?}");
    }
}

#[test]
fn other_texts_are_not_split() {
    for pasted in [
        "",
        "+",
        "00",
        "tel:",
        "7700900000",
        "07700 900000",
        "44 7700 900000",
        "+44",
        "+44 770",
        "+44 7700 900000 12345",
        "+999 7700 900000",
        "+044 7700 900000",
        "++44 7700 900000",
        "+44 7700 900000, +44 7700 900001",
        "+44 7700 900000 ext 5",
        "tel:+447700900000;ext=5",
        "+1 800 FLOWERS",
        "(0)7700 900000",
        "٪٪٪",
    ] {
        assert_eq!(parts(pasted), None, "{pasted:?}");
    }
}

#[test]
fn a_zero_in_brackets_stays_where_it_is_dialled_from_abroad() {
    assert_eq!(parts("+39 (0)6 6981 2345"), Some(("39".into(), "0669812345".into())));
    assert_eq!(parts("+49 (0)30 123456"), Some(("49".into(), "30123456".into())));
    assert_eq!(parts("+44 7700 9(0)0000"), Some(("44".into(), "7700900000".into())));
}

#[test]
fn a_national_number_is_reduced_to_its_digits_and_nothing_else_is_touched() {
    for (typed, digits_alone) in [
        ("7700 900000", "7700900000"),
        ("07700-900000", "07700900000"),
        ("(555) 123.4567", "5551234567"),
        ("７７００", "7700"),
        ("\u{200E}7700\u{A0}900000", "7700900000"),
        (" ", ""),
        ("7700x900", "7700x900"),
        ("+44 7700", "+44 7700"),
        ("7700 ext 5", "7700 ext 5"),
    ] {
        assert_eq!(digits(typed), digits_alone, "{typed:?}");
    }
}

#[test]
fn a_whole_number_is_made_of_two_sound_parts_alone() {
    assert_eq!(e164("44", "7700900000").as_deref(), Some("+447700900000"));
    assert_eq!(e164("354", "5551").as_deref(), Some("+3545551"));
    for (code, number) in [
        ("", "447700900000"),
        ("044", "7700900000"),
        ("4477", "900000"),
        ("44", ""),
        ("44", "7700"),
        ("44", "77009000001234"),
        ("+44", "7700900000"),
        ("44", "7700 900000"),
        ("４４", "7700900000"),
    ] {
        assert_eq!(e164(code, number), None, "{code} {number}");
    }
}

#[test]
fn a_number_is_shown_in_groups_and_a_missing_part_is_left_out() {
    for (code, number, shown) in [
        ("44", "7700900000", "+44 770 090 0000"),
        ("354", "5551234", "+354 555 1234"),
        ("47", "91234567", "+47 9123 4567"),
        ("33", "612345678", "+33 612 345 678"),
        ("86", "13812345678", "+86 138 1234 5678"),
        ("44", "77009", "+44 77009"),
        ("44", "", "+44"),
        ("", "7700900000", "770 090 0000"),
        ("", "", ""),
        ("0044", "abc 1", "0044 abc 1"),
    ] {
        assert_eq!(display(code, number), shown);
    }
}

#[test]
fn a_code_that_stands_in_the_number_too_is_noticed_and_mended() {
    for (code, number, mended) in [
        ("44", "447700900000", "7700900000"),
        ("44", "4407700900000", "7700900000"),
        ("44", "00447700900000", "7700900000"),
        ("1", "12015550123", "2015550123"),
        ("7", "77012345678", "7012345678"),
        ("39", "393921234567", "3921234567"),
        ("49", "4915123456789", "15123456789"),
        ("55", "5511912345678", "11912345678"),
        ("91", "919123456789", "9123456789"),
        ("62", "6281234567890", "81234567890"),
    ] {
        let found = warnings(code, number);
        assert_eq!(found.len(), 1, "{code} {number}");
        assert_eq!(found[0].mended().as_deref(), Some(mended), "{code} {number}");
        assert!(found[0].sentence().contains(mended));
        assert_eq!(warnings(code, mended), []);
    }
}

#[test]
fn a_number_that_only_begins_like_its_code_is_left_alone() {
    for (code, number) in [
        ("39", "3921234567"),
        ("7", "7012345678"),
        ("49", "4919876543"),
        ("55", "55991234567"),
        ("91", "9123456789"),
        ("43", "4352123456"),
        ("44", "44"),
        ("44", "4"),
    ] {
        assert!(warnings(code, number).iter().all(|warning| warning.mended().is_none()), "{code} {number}");
    }
}

#[test]
fn lengths_and_unknown_codes_are_said() {
    assert_eq!(warnings("44", "7700"), [Warning::TooShort { digits: 6 }]);
    assert_eq!(warnings("354", "1234567890123"), [Warning::TooLong { digits: 16 }]);
    assert_eq!(warnings("999", ""), [Warning::UnknownCode { country_code: "999".into() }]);
    assert_eq!((warnings("883", "510012345"), warnings("44", "7700900000")), (vec![], vec![]));
    for (code, number) in [("", "7700"), ("44", ""), ("44", "abc"), ("+44", "7700"), ("", "")] {
        assert_eq!(warnings(code, number), [], "{code} {number}");
    }
}

/// The data set's own examples, of every country: landlines and mobiles.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn a_real_number_of_any_country_is_split_and_gets_no_warning() {
    use phonenumber::metadata::DATABASE;
    for country in COUNTRIES {
        let source = DATABASE.by_id(country.region).unwrap().descriptors();
        for number in
            [source.mobile(), source.fixed_line()].into_iter().flatten().filter_map(|line| line.example())
        {
            let code = country.dialling_code;
            assert_eq!(parts(&format!("+{code} {number}")), Some((code.into(), number.into())));
            assert_eq!(warnings(code, number), [], "{code} {number}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_taken(text in any::<String>(), other in "[0-9+() ]{0,20}") {
        for text in [&text, &other] {
            digits(text);
            display(text, &other);
            warnings(&other, text);
            if let Some(Split { country_code, number }) = split(text) {
                prop_assert!(e164(&country_code, &number).is_some());
            }
        }
    }

    #[test]
    fn a_number_is_the_same_after_writing_and_reading(index in 0..COUNTRIES.len(), number in "[1-9][0-9]{6,11}") {
        let code = COUNTRIES[index].dialling_code;
        let written = e164(code, &number).unwrap();
        let read = Some((code.to_owned(), number.clone()));
        prop_assert_eq!(parts(&written), read.clone());
        prop_assert_eq!(parts(&display(code, &number)), read.clone());
        prop_assert_eq!(parts(&written.replace('+', "00")), read);
        prop_assert_eq!(digits(&grouped(&number)), number);
    }

    #[test]
    fn groups_are_of_three_or_four(number in "[0-9]{6,15}") {
        prop_assert!(grouped(&number).split(' ').all(|group| (3..=4).contains(&group.len())));
    }

    #[test]
    fn what_mends_a_number_needs_no_mending(index in 0..COUNTRIES.len(), number in "[0-9]{0,14}") {
        let code = COUNTRIES[index].dialling_code;
        for typed in [format!("{code}{number}"), format!("00{code}{number}")] {
            for mended in warnings(code, &typed).iter().filter_map(Warning::mended) {
                prop_assert!(e164(code, &mended).is_some());
                prop_assert!(typed.ends_with(&mended));
            }
        }
    }
}

#[test]
fn a_number_is_looked_for_however_it_is_written() {
    for typed in
        ["+44 7700 900000", "447700900000", "0044 7700 900000", " 44-7700-900000 ", "+44 (0)7700 900000"]
    {
        assert_eq!(sought(typed).as_deref(), Some("+447700900000"), "{typed:?}");
    }
    // A code that is no country's is the provider's to judge.
    assert_eq!(sought("+999 1234567").as_deref(), Some("+9991234567"));
    for other in
        ["", "Ana", "+44", "123456", "07700 900000", "+447700900000 Ana", "1234567890123456", "+0123456789"]
    {
        assert_eq!(sought(other), None, "{other:?}");
    }
}

#[test]
fn a_part_of_a_number_is_told_from_a_name() {
    for typed in ["7700 900", "(7700) 900", "٧٧٠٠٩٠٠"] {
        assert_eq!(part(typed).as_deref(), Some("7700900"), "{typed:?}");
    }
    assert_eq!(part("+44 (0)7700 900000").as_deref(), Some("447700900000"));
    for other in ["", "+", "Ana", "Ana 7700", "7700 900 or so"] {
        assert_eq!(part(other), None, "{other:?}");
    }
    assert_eq!(bare("+44 7700-900000"), "447700900000");
    assert_eq!(bare("unknown"), "");
}
