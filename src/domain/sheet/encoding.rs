//! From the bytes of a file to its text. Three ways to write text are known here, which is what spreadsheets
//! write; two of them are the standard library's, the third is a table of 27 signs, so no crate is needed. Of a
//! file that is in none of Unicode's ways only a person can tell in which: those that there are, the browser reads.

/// How a file writes its signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
}

impl Encoding {
    pub const fn label(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
            Encoding::Windows1252 => "Windows-1252",
        }
    }
}

/// Ways in which spreadsheets of a country write what is not Unicode, by the names that browsers have for them
/// (the Encoding Standard), and in words.
pub const OTHERS: [(&str, &str); 14] = [
    ("windows-1252", "Western Europe (Windows-1252)"),
    ("windows-1250", "Central Europe (Windows-1250)"),
    ("windows-1257", "Baltic (Windows-1257)"),
    ("windows-1251", "Cyrillic (Windows-1251)"),
    ("windows-1253", "Greek (Windows-1253)"),
    ("windows-1254", "Turkish (Windows-1254)"),
    ("windows-1255", "Hebrew (Windows-1255)"),
    ("windows-1256", "Arabic (Windows-1256)"),
    ("windows-874", "Thai (Windows-874)"),
    ("windows-1258", "Vietnamese (Windows-1258)"),
    ("gb18030", "Chinese, simplified (GB 18030)"),
    ("big5", "Chinese, traditional (Big5)"),
    ("shift_jis", "Japanese (Shift JIS)"),
    ("euc-kr", "Korean (EUC-KR)"),
];

/// How much of a file is looked at for the pattern that UTF-16 has.
const LOOK: usize = 4_096;

/// The way that a file is written, and how many bytes at its beginning only say so.
pub fn guess(bytes: &[u8]) -> (Encoding, usize) {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => return (Encoding::Utf8, 3),
        [0xFF, 0xFE, ..] => return (Encoding::Utf16Le, 2),
        [0xFE, 0xFF, ..] => return (Encoding::Utf16Be, 2),
        _ => {}
    }
    // Of the signs that numbers and separators are made of, UTF-16 has one byte of zero.
    let look = &bytes[..bytes.len().min(LOOK)];
    let zeros = |from: usize| look.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let many = look.len() / 8;
    match (zeros(0), zeros(1)) {
        (even, odd) if odd > many && odd > even * 4 => (Encoding::Utf16Le, 0),
        (even, odd) if even > many && even > odd * 4 => (Encoding::Utf16Be, 0),
        _ if std::str::from_utf8(bytes).is_ok() => (Encoding::Utf8, 0),
        _ => (Encoding::Windows1252, 0),
    }
}

/// A file that is being turned into text, a part at a time.
pub struct Decoding {
    bytes: Vec<u8>,
    pub encoding: Encoding,
    at: usize,
    text: String,
}

impl Decoding {
    pub fn new(bytes: Vec<u8>) -> Decoding {
        let (encoding, at) = guess(&bytes);
        Decoding { text: String::with_capacity(bytes.len()), bytes, encoding, at }
    }

    /// Goes on by up to so many bytes, four at the least; tells whether that was all.
    pub fn advance(&mut self, most: usize) -> bool {
        let rest = &self.bytes[self.at..];
        let mut part = &rest[..rest.len().min(most.max(4) & !1)];
        match self.encoding {
            // Of valid UTF-8 the standard library makes short work, and it knows what is left of the rest.
            Encoding::Utf8 => {
                part = rest;
                self.text.push_str(&String::from_utf8_lossy(rest));
            }
            Encoding::Windows1252 => self.text.extend(part.iter().map(|byte| windows(*byte))),
            Encoding::Utf16Le | Encoding::Utf16Be => {
                let whole = part.len() / 2 * 2;
                let ends_high = |part: &[u8]| {
                    let last = part.chunks_exact(2).next_back().map(|two| unit(two, self.encoding));
                    last.is_some_and(|unit| (0xD800..0xDC00).contains(&unit))
                };
                // The two halves of one sign stay together.
                if whole > 2 && whole < rest.len() && ends_high(&part[..whole]) {
                    part = &part[..whole - 2];
                }
                let units = part.chunks_exact(2).map(|two| unit(two, self.encoding));
                self.text.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
            }
        }
        self.at += part.len();
        self.at >= self.bytes.len()
    }

    pub fn text(self) -> String {
        self.text
    }
}

fn unit(two: &[u8], encoding: Encoding) -> u16 {
    let [first, second] = [two[0], two[1]];
    match encoding {
        Encoding::Utf16Be => u16::from_be_bytes([first, second]),
        _ => u16::from_le_bytes([first, second]),
    }
}

/// The signs from 0x80 to 0x9F as the WHATWG's table of windows-1252 has them; the others are those of
/// Latin-1.
const SIGNS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

fn windows(byte: u8) -> char {
    match byte {
        0x80..=0x9F => SIGNS[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The whole text of a file.
pub fn text(bytes: Vec<u8>) -> (String, Encoding) {
    let mut decoding = Decoding::new(bytes);
    while !decoding.advance(1 << 16) {}
    let encoding = decoding.encoding;
    (decoding.text(), encoding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const TEXT: &str = "name;number\r\nJürgen – “Ärzte” €;+49 151 000000\r\n";

    fn in_windows(text: &str) -> Vec<u8> {
        let byte = |c: char| (0..=255u8).find(|byte| windows(*byte) == c).unwrap();
        text.chars().map(byte).collect()
    }

    fn in_utf16(text: &str, big: bool) -> Vec<u8> {
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn each_way_to_write_is_known_and_read() {
        let with = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
        for (bytes, encoding) in [
            (TEXT.as_bytes().to_vec(), Encoding::Utf8),
            (with(b"\xEF\xBB\xBF", TEXT.into()), Encoding::Utf8),
            (with(b"\xFF\xFE", in_utf16(TEXT, false)), Encoding::Utf16Le),
            (with(b"\xFE\xFF", in_utf16(TEXT, true)), Encoding::Utf16Be),
            (in_utf16(TEXT, false), Encoding::Utf16Le),
            (in_utf16(TEXT, true), Encoding::Utf16Be),
            (in_windows(TEXT), Encoding::Windows1252),
        ] {
            assert_eq!(text(bytes), (TEXT.to_owned(), encoding));
        }
    }

    #[test]
    fn nothing_and_halves_are_no_trouble() {
        assert_eq!(text(vec![]), (String::new(), Encoding::Utf8));
        assert_eq!(text(vec![0xFF, 0xFE, 0x41]).0, "");
        assert_eq!(text(vec![0xFF, 0xFE, 0x00, 0xD8, 0x41, 0x00]).0, "\u{FFFD}A");
        assert_eq!(text(b"\xEF\xBB\xBFa\xFF".to_vec()).0, "a\u{FFFD}");
    }

    proptest! {
        #[test]
        fn a_part_at_a_time_is_as_all_at_once(given in "[a-z😀é\n]{0,60}", part in 1usize..9, big: bool) {
            let mark: &[u8] = if big { b"\xFE\xFF" } else { b"\xFF\xFE" };
            let mut decoding = Decoding::new([mark, &in_utf16(&given, big)].concat());
            let mut turns = 0;
            while !decoding.advance(part) {
                turns += 1;
                prop_assert!(turns < 1_000);
            }
            prop_assert_eq!(decoding.text(), given);
        }

        #[test]
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let (text, encoding) = text(bytes.clone());
            prop_assert!(encoding != Encoding::Windows1252 || text.chars().count() == bytes.len());
        }
    }
}
