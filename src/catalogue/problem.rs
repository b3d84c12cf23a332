//! Why a draft cannot be sent, or should be looked at again: which field, which limit, the sentence.
//! Every sentence about a value stands here, so that form, summary and sandbox say the same words.

use super::evidence::Evidence;

/// One thing to mend. Problems that do not block are warnings.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Path of the field, such as `message.buttons.0.title`.
    pub path: String,
    pub fault: Fault,
    /// Where the broken limit comes from.
    pub evidence: Evidence,
    /// Whether the draft cannot be sent with it.
    pub blocks: bool,
}

impl Problem {
    pub fn new(path: impl Into<String>, fault: Fault, evidence: Evidence) -> Problem {
        Problem { path: path.into(), fault, evidence, blocks: evidence.blocks() }
    }

    pub fn warning(path: impl Into<String>, fault: Fault, evidence: Evidence) -> Problem {
        Problem { blocks: false, ..Problem::new(path, fault, evidence) }
    }

    pub fn sentence(&self) -> String {
        match self.fault {
            Fault::Missing if !self.blocks => "This is probably needed.".into(),
            _ => self.fault.sentence(),
        }
    }
}

/// What is wrong with one value.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    Missing,
    EmptyRow,
    /// A JSON value of another type than the documented one.
    WrongType {
        wants: &'static str,
    },
    NotDigits,
    NotWhole,
    NotPlainNumber,
    ForeignDigits,
    DecimalComma,
    NotAChoice,
    Below(i64),
    Above(i64),
    TooShort {
        is: usize,
        min: usize,
    },
    TooLong {
        is: usize,
        max: usize,
    },
    /// Fits in code points, but not when counted as UTF-16 units.
    TooManyUnits {
        is: usize,
        max: usize,
    },
    TooManyBytes {
        is: usize,
        max: usize,
    },
    TooFew {
        min: usize,
    },
    TooMany {
        is: usize,
        max: usize,
    },
    /// The text without the spaces around it.
    EdgeSpaces(String),
    Nul,
    NotHeaderText,
    NotPathSegment,
    NoScheme,
    WrongScheme,
    NoHost,
    NotUrl,
    UrlCredentials,
    NotEmail,
    NotPhone,
    NotOneEmoji,
    Shape(&'static str),
    /// A rule over several fields, with its own sentence.
    Rule(String),
}

impl Fault {
    /// The text that would mend it, where that is certain.
    pub fn mended(&self) -> Option<&str> {
        match self {
            Fault::EdgeSpaces(mended) => Some(mended),
            _ => None,
        }
    }

    pub fn sentence(&self) -> String {
        match self {
            Fault::Missing => "Fill this in.".into(),
            Fault::EmptyRow => "Fill this in: no value of a list may be empty.".into(),
            Fault::WrongType { wants } => format!("Must be {wants}."),
            Fault::NotDigits => "Must contain digits only.".into(),
            Fault::NotWhole => "Must be a whole number.".into(),
            Fault::NotPlainNumber => "Write the number in plain digits, such as 30.".into(),
            Fault::ForeignDigits => "Use the digits 0 to 9.".into(),
            Fault::DecimalComma => "Use a point for decimals, such as 51.5.".into(),
            Fault::NotAChoice => "Choose one of the values offered.".into(),
            Fault::Below(min) => format!("Must be {min} or more."),
            Fault::Above(max) => format!("Must be {max} or less."),
            Fault::TooShort { is, min } => {
                format!("Must be at least {min} characters long; this has {is}.")
            }
            Fault::TooLong { is, max } => {
                format!("Must be at most {max} characters long; this has {is}.")
            }
            Fault::TooManyUnits { is, max } => format!(
                "Some systems count emoji and rare letters double. Counted that way this has {is} characters, more than {max}, and may be refused."
            ),
            Fault::TooManyBytes { is, max } => format!(
                "Must be at most {max} bytes; this has {is}. Letters outside English take two to four bytes."
            ),
            Fault::TooFew { min: 1 } => "Add at least one.".into(),
            Fault::TooFew { min } => format!("Add at least {min}."),
            Fault::TooMany { is, max } => format!("At most {max} are allowed; there are {is}."),
            Fault::EdgeSpaces(_) => "There is a space or line break before or after the text.".into(),
            Fault::Nul => "Contains a NUL character, which cannot be sent as text.".into(),
            Fault::NotHeaderText => {
                "This is sent as an HTTP header: use letters, digits and signs of the English keyboard only."
                    .into()
            }
            Fault::NotPathSegment => "This is part of an address: “.” and “..” are not ids.".into(),
            Fault::NoScheme => "Must begin with https:// or http://.".into(),
            Fault::WrongScheme => "Only https:// and http:// addresses can be used.".into(),
            Fault::NoHost => "The address has no host name.".into(),
            Fault::NotUrl => "This is not a complete web address.".into(),
            Fault::UrlCredentials => {
                "Remove the user name or password from the address: everyone who sees it could use them."
                    .into()
            }
            Fault::NotEmail => "Must be an e-mail address, such as name@example.com.".into(),
            Fault::NotPhone => {
                "Must be a phone number with its country code: 7 to 15 digits, not beginning with 0.".into()
            }
            Fault::NotOneEmoji => "Must be exactly one emoji.".into(),
            Fault::Shape(sentence) => (*sentence).into(),
            Fault::Rule(sentence) => sentence.clone(),
        }
    }
}
