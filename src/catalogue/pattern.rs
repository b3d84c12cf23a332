//! Named shapes of texts that more than one provider or field asks for.
//! A pattern is a hint, a sentence and a test; which field has it, and why, stands with the field.

use super::limit::Pattern;

pub const NOT_BLANK: Pattern =
    Pattern { hint: "", sentence: "Must contain more than spaces.", fits: |text| !text.trim().is_empty() };

pub const NOT_ZERO: Pattern = Pattern {
    hint: "not zero",
    sentence: "Must not be zero.",
    fits: |text| text.bytes().any(|byte| byte != b'0'),
};

pub const NO_EDGE_SPACE: Pattern = Pattern {
    hint: "no space before or after",
    sentence: "There is a space before or after the text.",
    fits: |text| text.trim() == text,
};

pub const SIX_DIGITS: Pattern = Pattern {
    hint: "six digits",
    sentence: "Must be six digits.",
    fits: |text| text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit()),
};

/// Template parameters: the platform refuses line breaks, tabs and five spaces in a row.
pub const TEMPLATE_PARAMETER: Pattern = Pattern {
    hint: "no line break, no tab, at most 4 spaces in a row",
    sentence: "Remove line breaks, tabs and five or more spaces in a row: templates do not take them.",
    fits: |text| !text.contains(['\n', '\r', '\t']) && !text.contains("     "),
};

pub const TEMPLATE_NAME: Pattern = Pattern {
    hint: "small letters, digits and _",
    sentence: "Must contain only small letters a to z, digits and underscores.",
    fits: |text| text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'),
};

/// `^[a-z]{2,3}(_[A-Z]{2})?$`
pub const LANGUAGE: Pattern = Pattern {
    hint: "such as en or pt_BR",
    sentence: "Must be a language code such as en or pt_BR: small letters, then an underscore and the country in capitals.",
    fits: |text| {
        let (language, country) = text.split_once('_').map_or((text, None), |(l, c)| (l, Some(c)));
        (2..=3).contains(&language.len())
            && language.bytes().all(|byte| byte.is_ascii_lowercase())
            && country.is_none_or(|country| {
                country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase())
            })
    },
};
