//! How a call ended, in the five words that filters, charts and exports share. How an answer is judged
//! is decided where it is read.

use super::{Outcome, Record};
use crate::catalogue::failure::{Failure, FailureKind};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ending {
    Succeeded,
    /// The provider or the relay said no: nothing was done.
    Refused,
    /// It did not work, and had no effect.
    Failed,
    /// No usable answer came to something that changes something.
    Maybe,
    /// The page went away, or the answer is still to come.
    Unanswered,
}

impl Ending {
    pub const ALL: [Ending; 5] =
        [Ending::Succeeded, Ending::Refused, Ending::Failed, Ending::Maybe, Ending::Unanswered];

    /// Everything that somebody may have to look at.
    pub const TROUBLE: [Ending; 4] = [Ending::Refused, Ending::Failed, Ending::Maybe, Ending::Unanswered];

    /// The word in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Ending::Succeeded => "succeeded",
            Ending::Refused => "refused",
            Ending::Failed => "failed",
            Ending::Maybe => "maybe",
            Ending::Unanswered => "unanswered",
        }
    }

    pub fn from_id(id: &str) -> Option<Ending> {
        Ending::ALL.into_iter().find(|ending| ending.id() == id)
    }

    pub const fn label(self) -> &'static str {
        match self {
            Ending::Succeeded => "Succeeded",
            Ending::Refused => "Refused",
            Ending::Failed => "Failed",
            Ending::Maybe => "May have been carried out",
            Ending::Unanswered => "No answer seen",
        }
    }
}

/// Kinds of failure that are somebody's no.
const REFUSALS: [FailureKind; 5] = [
    FailureKind::Refused,
    FailureKind::RefusedKey,
    FailureKind::Throttled { seconds: None },
    FailureKind::RelayRefused,
    FailureKind::RelayKeyRefused,
];

/// Calls that ended alike, of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub ending: Ending,
    /// How long the answer took; `None` where none came, or where it is not known any more.
    pub milliseconds: Option<u32>,
    pub count: u32,
}

impl Record {
    /// How it ended; of folded reads the newest.
    pub fn ending(&self) -> Ending {
        match &self.outcome {
            Outcome::Open => Ending::Unanswered,
            Outcome::Succeeded { .. } => Ending::Succeeded,
            Outcome::Failed { maybe: true, .. } => Ending::Maybe,
            Outcome::Failed { word, .. } => {
                let is_refusal = REFUSALS.iter().any(|kind| Failure::of(*kind).word() == word);
                if is_refusal { Ending::Refused } else { Ending::Failed }
            }
        }
    }

    /// How long its answer took; of folded reads the newest's.
    pub fn milliseconds(&self) -> Option<u32> {
        match self.outcome {
            Outcome::Open => None,
            Outcome::Succeeded { milliseconds, .. } => Some(milliseconds),
            Outcome::Failed { milliseconds, .. } => milliseconds,
        }
    }

    /// Every call of the record. Of folded reads whose end is not known any more it is taken to be that
    /// of the newest.
    pub fn parts(&self) -> impl Iterator<Item = Part> {
        let newest = Part { ending: self.ending(), milliseconds: self.milliseconds(), count: 1 };
        let known = 1 + u32::try_from(self.earlier.len()).unwrap_or(u32::MAX);
        let rest = Part { milliseconds: None, count: self.times.saturating_sub(known), ..newest };
        let earlier = self.earlier.iter().map(|one| Part {
            ending: one.ending,
            milliseconds: one.milliseconds,
            count: 1,
        });
        earlier.chain([newest, rest]).filter(|part| part.count > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalogue::{
            self,
            draft::Draft,
            read,
            reply::{self, Reply},
        },
        domain::connection::Connection,
    };
    use serde_json::json;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn ended(id: &str, request: &serde_json::Value, status: u16, body: &str) -> Ending {
        let operation = catalogue::find(id).unwrap();
        let draft = Draft::from_json(operation, request);
        let call = read::draft(operation, &draft).ready().unwrap();
        let connection = Connection::in_page(operation.provider);
        let reply = Reply { status, headers: vec![], body: body.into(), milliseconds: 5 };
        let result = reply::judge(operation, &reply);
        Record::begin(&call, &draft, &connection, 1, 7)
            .ended(&call, Some(&reply), result.as_ref().err())
            .ending()
    }

    #[test]
    fn an_answer_is_a_success_a_refusal_or_a_failure() {
        let (read, write) = ("kapso.list-customers", "kapso.create-customer");
        let (none, name) = (json!({}), json!({ "customer": { "name": "Ana" } }));
        assert_eq!(ended(read, &none, 200, r#"{"data": []}"#), Ending::Succeeded);
        assert_eq!(ended(read, &none, 401, r#"{"error": "Invalid API key"}"#), Ending::Refused);
        assert_eq!(ended(read, &none, 429, ""), Ending::Refused);
        assert_eq!(ended(read, &none, 500, ""), Ending::Failed);
        assert_eq!(ended(read, &none, 200, "<p>"), Ending::Failed);
        assert_eq!(ended(write, &name, 422, r#"{"error": "Invalid"}"#), Ending::Refused);
        assert_eq!(ended(write, &name, 500, ""), Ending::Maybe);
        assert_eq!(ended(write, &name, 200, "<p>"), Ending::Maybe);
    }

    #[test]
    fn an_ending_is_found_by_its_id() {
        for ending in Ending::ALL {
            assert_eq!(Ending::from_id(ending.id()), Some(ending));
            assert_eq!(serde_json::to_value(ending).unwrap(), ending.id());
        }
    }
}
