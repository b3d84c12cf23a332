//! Calls as an HTTP archive (HAR 1.2), which developers' tools and providers' support read. It is made of
//! records alone, and so holds no credential and no secret; what a page does not see is said to be so.

use super::{Outcome, Record};
use crate::catalogue::{
    self, call,
    field::{Field, Place},
    time,
};
use serde_json::{Value as Json, json};

/// The archive's kind of media.
pub const KIND: &str = "application/json";

/// The host that stands for the sandbox of the page, which has none: nobody can own it.
const SANDBOX: &str = "https://sandbox.invalid";

const REDACTED: &str = "Made by Switchboard from its own history. Credentials and headers that carry them are left out, \
    secrets within bodies and answers are masked. HTTP versions, sizes and the phases of a call are not known to a page: \
    they are empty, -1, or all of the time in “wait”.";

/// An archive of records; `origin` is the page's own, below which relays are.
pub fn archive<'r>(records: impl Iterator<Item = &'r Record>, origin: &str) -> Json {
    let mut records: Vec<&Record> = records.collect();
    // The standard prefers the oldest first.
    records.sort_by(|one, other| one.at.cmp(&other.at).then_with(|| one.key.cmp(&other.key)));
    let entries: Vec<Json> = records.into_iter().map(|record| entry(record, origin)).collect();
    json!({
        "log": {
            "version": "1.2",
            "creator": { "name": "Switchboard", "version": env!("CARGO_PKG_VERSION") },
            "entries": entries,
            "comment": REDACTED,
        }
    })
}

fn entry(record: &Record, origin: &str) -> Json {
    let milliseconds = record.milliseconds();
    let mut entry = json!({
        "startedDateTime": time::iso(record.at),
        "time": milliseconds.unwrap_or(0),
        "request": request(record, origin),
        "response": response(record),
        "cache": {},
        "timings": { "send": 0, "wait": milliseconds.unwrap_or(0), "receive": 0 },
        "_operation": record.operation,
        "_connection": record.connection,
        "_outcome": record.ending().id(),
    });
    let mut comments = vec![];
    if record.times > 1 {
        entry["_times"] = record.times.into();
        comments.push(format!("The newest of {} reads of this address within one minute.", record.times));
    }
    if milliseconds.is_none() {
        comments.push("No answer was seen: its time is not known.".into());
    }
    if record.host == "this page" {
        comments.push("Answered by the sandbox in the page: nothing left it.".into());
    }
    if !comments.is_empty() {
        entry["comment"] = comments.join(" ").into();
    }
    entry
}

fn request(record: &Record, origin: &str) -> Json {
    let mut request = json!({
        "method": record.method,
        "url": address(record, origin),
        "httpVersion": "",
        "cookies": [],
        "headers": headers(record),
        "queryString": query(&record.path),
        "headersSize": -1,
        "bodySize": -1,
    });
    if let Some(body) = &record.body {
        request["postData"] = json!({
            "mimeType": KIND,
            "text": body.to_string(),
            "comment": "Secrets are masked.",
        });
    }
    request
}

/// The whole address. Records of before it was kept have their host, below which the documented path is.
pub fn address(record: &Record, origin: &str) -> String {
    let Record { base, host, path, .. } = record;
    let documented = || record.provider().map_or("", |provider| provider.base_path());
    let base = base.trim_end_matches('/');
    match (base, host.as_str()) {
        ("", "this page") => format!("{SANDBOX}{}{path}", documented()),
        ("", "this site") => format!("{origin}{path}"),
        ("", host) => format!("https://{host}{}{path}", documented()),
        (base, _) if base.starts_with('/') => format!("{origin}{base}{path}"),
        (base, _) => format!("{base}{path}"),
    }
}

/// The headers that the request itself has; never one of its credential.
fn headers(record: &Record) -> Vec<Json> {
    let header = |name: &str, value: &str| json!({ "name": name, "value": value });
    let given = catalogue::find(&record.operation).into_iter().flat_map(|operation| {
        let of_it = operation.fields_in(Place::Header).filter(|field: &&Field| !field.is_secret());
        of_it.map(|field| (field.name, record.draft.text(field.name)))
    });
    let mut headers: Vec<Json> =
        given.filter(|(_, text)| !text.is_empty()).map(|(name, text)| header(name, text)).collect();
    if record.body.is_some() {
        headers.push(header("Content-Type", KIND));
    }
    headers
}

fn query(path: &str) -> Vec<Json> {
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let decoded = |text: &str| call::decode(text).unwrap_or_else(|| text.to_owned());
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        json!({ "name": decoded(name), "value": decoded(value) })
    };
    query.split('&').filter(|part| !part.is_empty()).map(pair).collect()
}

fn response(record: &Record) -> Json {
    let (status, word, answer) = match &record.outcome {
        Outcome::Open => (None, record.ending().label(), ""),
        Outcome::Succeeded { status, answer, .. } => (Some(*status), "", answer.as_str()),
        Outcome::Failed { status, word, answer, .. } => (*status, word.as_str(), answer.as_str()),
    };
    let is_json = serde_json::from_str::<Json>(answer).is_ok();
    let kind = match (answer, is_json) {
        ("", _) => "",
        (_, true) => KIND,
        (_, false) => "text/plain",
    };
    let mut response = json!({
        // What other archives have where no answer came.
        "status": status.unwrap_or(0),
        "statusText": "",
        "httpVersion": "",
        "cookies": [],
        "headers": [],
        "content": { "size": answer.len(), "mimeType": kind, "text": answer, "comment": "Secrets are masked." },
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": -1,
    });
    if !word.is_empty() {
        response["_error"] = word.into();
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::activity::{ending::Ending, sample};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_oldest_stands_first_and_no_answer_is_told() {
        let mut folded = sample("kapso.list-customers", 2_000, Ending::Succeeded, 30);
        folded.times = 3;
        let records = [folded, sample("kapso.create-customer", 1_000, Ending::Unanswered, 0)];
        let archive = archive(records.iter(), "https://console.example");
        let entries = archive["log"]["entries"].as_array().unwrap();
        assert_eq!(entries[0]["startedDateTime"], "1970-01-01T00:00:01.000Z");
        assert_eq!((&entries[0]["response"]["status"], &entries[0]["time"]), (&json!(0), &json!(0)));
        assert!(entries[0]["comment"].as_str().unwrap().contains("No answer was seen"));
        assert_eq!((&entries[1]["_times"], &entries[1]["timings"]["wait"]), (&json!(3), &json!(30)));
        assert_eq!(entries[0]["request"]["postData"]["text"], r#"{"customer":{"name":"Ana"}}"#);
        assert_eq!(entries[1]["request"].get("postData"), None);
    }

    #[test]
    fn every_address_is_whole() {
        let mut record = sample("kapso.list-customers", 1, Ending::Succeeded, 1);
        record.path = "/customers?page=2&name=a%20b".into();
        let of = |base: &str, host: &str| {
            address(
                &Record { base: base.into(), host: host.into(), ..record.clone() },
                "https://console.example",
            )
        };
        let path = &record.path;
        assert_eq!(of("", "this page"), format!("https://sandbox.invalid/api/v1{path}"));
        assert_eq!(
            of("https://app.kapso.ai/api/v1/", "app.kapso.ai"),
            format!("https://app.kapso.ai/api/v1{path}")
        );
        assert_eq!(of("/relay/kapso", "this site"), format!("https://console.example/relay/kapso{path}"));
        assert_eq!(of("", "app.kapso.ai"), format!("https://app.kapso.ai/api/v1{path}"));
        let pairs = json!([{ "name": "page", "value": "2" }, { "name": "name", "value": "a b" }]);
        assert_eq!(Json::from(query(path)), pairs);
    }
}
