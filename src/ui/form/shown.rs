//! One sentence under a field, and what the button beside it does. Where it comes from is the form's
//! matter, how it is drawn that of `problems`.

use super::LONGEST_PASTE;
use crate::catalogue::problem::Problem;

/// One sentence under a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub sentence: String,
    pub blocks: bool,
    pub mend: Option<Mend>,
}

/// What a press on the button beside a sentence does.
#[derive(Clone, Debug, PartialEq)]
pub enum Mend {
    /// Puts this text, which has no spaces around it, into the field.
    Trim(String),
    /// Puts back what the record has.
    PutBack,
}

impl Shown {
    pub(super) fn problem(problem: &Problem) -> Shown {
        Shown {
            sentence: problem.sentence(),
            blocks: problem.blocks,
            mend: problem.fault.mended().map(|text| Mend::Trim(text.to_owned())),
        }
    }

    pub(super) fn said(reason: &str) -> Shown {
        Shown { sentence: format!("The provider says: {reason}"), blocks: true, mend: None }
    }

    pub(super) fn cleared() -> Shown {
        Shown {
            sentence: "An empty field is not sent: what was there stays.".to_owned(),
            blocks: false,
            mend: Some(Mend::PutBack),
        }
    }

    pub(super) fn refused_paste(length: usize) -> Shown {
        Shown {
            sentence: format!(
                "The pasted text has {length} characters; at most {LONGEST_PASTE} can be pasted here. Nothing was changed."
            ),
            blocks: true,
            mend: None,
        }
    }
}
