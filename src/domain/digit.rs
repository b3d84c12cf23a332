//! Digits as people copy them: in any script, with the marks that stand between and around them.
//! What a row of digits means, a number or a code, is decided by who reads it.

/// The zero of every script that counts in tens, ASCII aside; its nine other digits follow it. These
/// are Unicode's decimal numbers (Nd), and a test compares them.
const ZEROS: [u32; 76] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0,
    0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
    0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x10D40, 0x11066,
    0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x116D0, 0x116DA, 0x11730,
    0x118E0, 0x11950, 0x11BF0, 0x11C50, 0x11D50, 0x11DA0, 0x11DE0, 0x11F50, 0x16130, 0x16A60, 0x16AC0,
    0x16B50, 0x16D70, 0x1CCF0, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0,
    0x1E5F1, 0x1E950, 0x1FBF0,
];

/// `5` for `5`, `５`, `٥` and `५`.
pub fn decimal(c: char) -> Option<char> {
    if c.is_ascii() {
        return c.is_ascii_digit().then_some(c);
    }
    let code = u32::from(c);
    let zero = ZEROS[..ZEROS.partition_point(|zero| *zero <= code)].last()?;
    char::from_digit(code - zero, 10)
}

/// Marks that cannot be seen: contact apps put them around a number so that it reads left to right.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'
            | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
    )
}

/// `-` in all its widths and lengths.
pub fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'
            ..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{30FC}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}'
    )
}

/// What people put between the groups of a number, brackets and dots included. Follows
/// libphonenumber's `VALID_PUNCTUATION`.
pub fn is_separator(c: char) -> bool {
    let mark = matches!(c, '.' | '/' | '(' | ')' | '[' | ']' | '~' | '\u{B7}')
        || matches!(c, '．' | '／' | '（' | '）' | '［' | '］' | '～' | '\u{2053}' | '\u{223C}');
    mark || c.is_whitespace() || is_hyphen(c) || is_invisible(c)
}

/// A separator that may as well stand between two numbers, or before what is no part of one.
pub fn is_parting(c: char) -> bool {
    let breaks = c.is_whitespace() && (c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
    breaks || matches!(c, '/' | '／' | '~' | '～' | '\u{2053}' | '\u{223C}')
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn a_digit_is_what_unicode_calls_a_decimal_number() {
        use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
        let mut decimals = vec![];
        for c in char::MIN..=char::MAX {
            if c.general_category() == GeneralCategory::DecimalNumber {
                decimals.push(u32::from(c));
            }
        }
        let zeros: Vec<u32> = decimals.iter().copied().step_by(10).collect();
        assert!(decimals.chunks(10).all(|ten| ten[9] - ten[0] == 9));
        assert_eq!(zeros[1..], ZEROS, "{zeros:#x?}");
    }

    #[test]
    fn digits_of_any_script_are_read_and_no_others() {
        for five in ['5', '５', '٥', '۵', '५', '๕', '𝟓'] {
            assert_eq!(decimal(five), Some('5'), "{five}");
        }
        for other in ['a', '²', '五', '½', '٪', 'Ⅴ', '⑤'] {
            assert_eq!(decimal(other), None, "{other}");
        }
    }

    #[test]
    fn no_mark_is_a_digit_or_a_letter() {
        for c in (char::MIN..=char::MAX).filter(|c| is_separator(*c)) {
            // The Japanese sign for a long vowel is a letter, and stands for a hyphen in numbers.
            assert!(!c.is_alphanumeric() || c == 'ー', "{c:?}");
        }
        assert!((char::MIN..=char::MAX).filter(|c| is_parting(*c)).all(is_separator));
    }
}
