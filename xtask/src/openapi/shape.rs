//! The shapes of texts as regular expressions. In the catalogue a shape is a function, because the browser
//! would carry an engine for expressions otherwise; here each has one beside it, and a test tries both on
//! the same texts.

use switchboard::catalogue::limit::Pattern;

/// By the sentence that says the shape.
const SHAPES: &[(&str, &str)] = &[
    ("Must not be zero.", r"[^0]"),
    ("There is a space before or after the text.", r"^(?!\s)[\s\S]*(?<!\s)$"),
    ("Must be six digits.", r"^[0-9]{6}$"),
    (
        "Remove line breaks, tabs and five or more spaces in a row: templates do not take them.",
        r"^(?![\s\S]* {5})[^\n\r\t]*$",
    ),
    ("Must contain only small letters a to z, digits and underscores.", r"^[a-z0-9_]*$"),
    (
        "Must be a language code such as en or pt_BR: small letters, then an underscore and the country in capitals.",
        r"^[a-z]{2,3}(_[A-Z]{2})?$",
    ),
    ("Must be 1 to 3 digits, such as 44, without + or 00.", r"^[0-9]{1,3}$"),
    (
        "Must be like https://itunes.apple.com/app/id3133333: nothing before, and only the digits after id.",
        r"^https://itunes\.apple\.com/app/id[0-9]+$",
    ),
    (
        "Must be like https://play.google.com/store/apps/details?id=com.example: nothing before, and only the package name after id=.",
        r"^https://play\.google\.com/store/apps/details\?id=[0-9A-Za-z_]+(\.[0-9A-Za-z_]+)*$",
    ),
];

/// Those that no keyword says, and why they need none: they are told in words.
#[cfg(test)]
const IN_WORDS: &[&str] = &["Must be the address of a .png or .jpg file."];

pub fn of(pattern: &Pattern) -> Option<&'static str> {
    SHAPES.iter().find(|(sentence, _)| *sentence == pattern.sentence).map(|(_, shape)| *shape)
}

#[cfg(test)]
mod tests {
    use super::{IN_WORDS, SHAPES, of};
    use fancy_regex::Regex;
    use std::collections::BTreeMap;
    use switchboard::catalogue::{
        all,
        limit::{Bound, Pattern},
    };

    /// The shapes that are documented, by their sentences.
    fn documented() -> BTreeMap<&'static str, &'static Pattern> {
        let mut found = BTreeMap::new();
        for operation in all() {
            operation.walk(&mut |_, field| {
                for limit in field.limits.iter().filter(|limit| limit.evidence.blocks()) {
                    if let Bound::Pattern(pattern) = limit.bound {
                        found.insert(pattern.sentence, pattern);
                    }
                }
            });
        }
        found
    }

    #[test]
    fn every_documented_shape_is_a_keyword_or_known_not_to_be() {
        for (sentence, pattern) in documented() {
            assert_ne!(of(pattern).is_some(), IN_WORDS.contains(&sentence), "{sentence}");
        }
    }

    #[test]
    fn an_expression_takes_what_the_shape_takes() {
        let pieces = [
            "",
            " ",
            "\n",
            "\t",
            "0",
            "1",
            "42",
            "674639",
            "6746390",
            "a",
            "en",
            "pt_BR",
            "PT_br",
            "_",
            ".",
            "é",
            "😀",
            "     ",
            "a b",
            "x\u{a0}",
            "https://itunes.apple.com/app/id",
            "com.example",
            "com..example",
            "https://play.google.com/store/apps/details?id=",
            "?",
        ];
        for (sentence, pattern) in documented() {
            let Some(shape) = of(pattern) else { continue };
            let shape = Regex::new(shape).unwrap();
            for one in pieces {
                for two in pieces {
                    for three in ["", "0", " ", "b"] {
                        let text = format!("{one}{two}{three}");
                        let taken = shape.is_match(&text).unwrap();
                        assert_eq!(taken, (pattern.fits)(&text), "{sentence} {text:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn no_expression_is_left_over() {
        let known = documented();
        let left: Vec<_> = SHAPES.iter().filter(|(sentence, _)| !known.contains_key(sentence)).collect();
        assert_eq!(left, Vec::<&(&str, &str)>::new());
    }
}
