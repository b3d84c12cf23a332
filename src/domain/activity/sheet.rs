//! Calls as a table for spreadsheets, one row an entry. The head of each column names its unit; what is in
//! it holds no credential and no secret.

use super::{Outcome, Record, har};
use crate::{
    catalogue::{self, provider::Provider, time},
    domain::csv,
};
use std::borrow::Cow;

/// The table's kind of media.
pub const KIND: &str = "text/csv;charset=utf-8";

const HEAD: [&str; 16] = [
    "Started (UTC)",
    "Provider",
    "Connection",
    "Request",
    "Request ID",
    "Method",
    "Address",
    "Outcome",
    "What went wrong",
    "HTTP status",
    "Answer took (ms)",
    "Calls (folded reads)",
    "Of them refused or failed",
    "Of them unknown",
    "Sent (secrets masked)",
    "Answered (secrets masked)",
];

/// The records in their order; `origin` is the page's own, below which relays are.
pub fn table<'r>(records: impl Iterator<Item = &'r Record>, origin: &str) -> String {
    csv::written(&HEAD, records.map(|record| row(record, origin)))
}

fn row<'r>(record: &'r Record, origin: &str) -> Vec<Cow<'r, str>> {
    let (status, word, answer) = match &record.outcome {
        Outcome::Open => (None, "", ""),
        Outcome::Succeeded { status, answer, .. } => (Some(*status), "", answer.as_str()),
        Outcome::Failed { status, word, answer, .. } => (*status, word.as_str(), answer.as_str()),
    };
    let mut tally = super::requests::Tally::default();
    for part in record.parts() {
        tally.add(part.ending, part.count);
    }
    let title = catalogue::find(&record.operation).map_or("", |operation| operation.title);
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    vec![
        time::iso(record.at).into(),
        record.provider().map_or("", Provider::name).into(),
        record.connection.as_str().into(),
        title.into(),
        record.operation.as_str().into(),
        record.method.as_str().into(),
        har::address(record, origin).into(),
        record.ending().label().into(),
        word.into(),
        number(status.map(u32::from)).into(),
        number(record.milliseconds()).into(),
        record.times.to_string().into(),
        tally.failed().to_string().into(),
        tally.unknown().to_string().into(),
        record.body.as_ref().map(ToString::to_string).unwrap_or_default().into(),
        answer.into(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::activity::{ending::Ending, sample};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn every_column_has_its_head_and_no_cell_is_a_formula() {
        let mut record = sample("kapso.create-customer", 1_000, Ending::Succeeded, 30);
        record.connection = "=cmd()".into();
        let text = table([&record].into_iter(), "https://console.example");
        let mut reader = ::csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
        let head = reader.headers().unwrap().clone();
        let row = reader.records().next().unwrap().unwrap();
        assert_eq!((head.len(), row.len()), (HEAD.len(), HEAD.len()));
        let cell = |name: &str| row.get(head.iter().position(|head| head == name).unwrap()).unwrap();
        assert_eq!(cell("Connection"), "'=cmd()");
        assert_eq!(cell("Answer took (ms)"), "30");
        assert_eq!(cell("Started (UTC)"), "1970-01-01T00:00:01.000Z");
        assert_eq!(cell("Outcome"), "Succeeded");
    }
}
