//! What became of each message, in words and as a table for spreadsheets. The provider offers no way to
//! read more than its first answer, so nothing is ever called sent.

use super::{Batch, Part, Person, Standing, State, request::reference};
use std::borrow::Cow;

/// What one can look at alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    All,
    Waiting,
    Queued,
    Refused,
    Unknown,
}

impl Kind {
    pub const ALL: [Kind; 5] = [Kind::All, Kind::Waiting, Kind::Queued, Kind::Refused, Kind::Unknown];

    pub const fn id(self) -> &'static str {
        match self {
            Kind::All => "all",
            Kind::Waiting => "waiting",
            Kind::Queued => "queued",
            Kind::Refused => "refused",
            Kind::Unknown => "unknown",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Kind::All => "All",
            Kind::Waiting => "Waiting",
            Kind::Queued => "Queued",
            Kind::Refused => "Refused",
            Kind::Unknown => "Unknown",
        }
    }

    pub fn from_id(id: &str) -> Kind {
        Kind::ALL.into_iter().find(|kind| kind.id() == id).unwrap_or_default()
    }

    pub fn fits(self, state: &State) -> bool {
        self == Kind::All || self == state.kind()
    }
}

/// What the words mean, for whoever reads them.
pub const MEANING: &str = "Queued: Webex Connect has taken the message. Refused: nothing was sent. Unknown: no usable answer came, so it may have been sent. Whether a message arrives is told only to the receipts address of your service.";

impl State {
    pub fn kind(&self) -> Kind {
        match self {
            State::Waiting | State::Leaving => Kind::Waiting,
            State::Queued { .. } => Kind::Queued,
            State::Refused { .. } => Kind::Refused,
            State::Unknown { .. } => Kind::Unknown,
        }
    }

    /// The result in a word or two.
    pub fn word(&self, standing: &Standing) -> &'static str {
        match self {
            State::Waiting if *standing == Standing::Stopped => "Not sent: stopped",
            State::Waiting => "Waiting",
            State::Leaving => "Sending…",
            State::Queued { .. } => "Queued",
            State::Refused { .. } => "Refused",
            State::Unknown { .. } => "Unknown",
        }
    }

    /// Why, in sentences; empty where there is nothing to say.
    pub fn reason(&self) -> String {
        match self {
            State::Refused { refusal, .. } => {
                let parts = [refusal.sentence.as_str(), refusal.next.as_str()];
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
            }
            State::Unknown { reason } => reason.clone(),
            _ => String::new(),
        }
    }

    /// The provider's own words.
    pub fn said(&self) -> &str {
        match self {
            State::Refused { refusal, .. } => &refusal.said,
            _ => "",
        }
    }

    pub fn transaction(&self) -> &str {
        match self {
            State::Queued { transaction } | State::Refused { transaction, .. } => transaction,
            _ => "",
        }
    }
}

/// The head of the table of results.
pub const HEAD: [&str; 8] =
    ["Line", "Number", "Result", "Reason", "Provider's words", "Transaction ID", "Reference", "Attempts"];

/// One row of that table.
pub fn row(batch: &Batch, standing: &Standing, part: &Part, person: &Person) -> Vec<Cow<'static, str>> {
    vec![
        person.line.to_string().into(),
        person.number.clone().into(),
        part.state.word(standing).into(),
        part.state.reason().into(),
        part.state.said().to_owned().into(),
        part.state.transaction().to_owned().into(),
        reference(batch, part).into(),
        part.attempt.to_string().into(),
    ]
}
