//! Records as calls make them: folded, ended, and without what may not be kept.

use super::*;
use crate::catalogue::{self, read};
use serde_json::json;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn record(id: &str, request: &Json, now: u64) -> (Call, Record) {
    let operation = catalogue::find(id).unwrap();
    let draft = Draft::from_json(operation, request);
    let call = read::draft(operation, &draft).ready().unwrap();
    let connection = Connection::in_page(operation.provider);
    let record = Record::begin(&call, &draft, &connection, now, 7);
    (call, record)
}

#[test]
fn reads_of_one_minute_are_one_row() {
    let list = |now| record("kapso.list-customers", &json!({}), now).1;
    let first = list(60_000);
    let second = list(119_999).folded(Some(first.clone()));
    assert_eq!((second.key == first.key, second.times, second.at), (true, 2, 119_999));
    assert_eq!(list(120_000).folded(Some(second)).times, 1);
}

#[test]
fn writes_are_never_folded() {
    let write = |now| record("kapso.create-customer", &json!({ "customer": { "name": "Ana" } }), now).1;
    assert_eq!(write(60_000).folded(Some(write(60_000))).times, 1);
}

#[test]
fn folded_reads_keep_how_each_ended() {
    let (call, first) = record("kapso.list-customers", &json!({}), 60_000);
    let second = record("kapso.list-customers", &json!({}), 61_000).1;
    let reply = |milliseconds| Reply { status: 200, headers: vec![], body: "{}".into(), milliseconds };
    // The second begins before the first has its answer, and has its own before it.
    let kept = second.clone().folded(Some(first.clone()));
    let kept = second.ended(&call, Some(&reply(20)), None).settled(Some(kept));
    let late = first.ended(&call, Some(&reply(900)), None);
    let kept = late.settled(Some(kept));
    assert_eq!((kept.times, kept.at, kept.milliseconds()), (2, 61_000, Some(20)));
    let first = Earlier { at: 60_000, ending: Ending::Succeeded, milliseconds: Some(900) };
    assert_eq!(kept.earlier, [first]);
}

#[test]
fn a_minute_of_many_reads_stays_small() {
    let mut kept = None;
    for at in 60_000..60_300 {
        kept = Some(record("kapso.list-customers", &json!({}), at).1.folded(kept));
    }
    let kept = kept.unwrap();
    assert_eq!((kept.times, kept.earlier.len()), (300, FOLDED));
    assert_eq!(kept.parts().map(|part| part.count).sum::<u32>(), 300);
}

#[test]
fn a_record_of_before_is_read() {
    let (_, record) = record("kapso.list-customers", &json!({}), 60_000);
    let mut json = serde_json::to_value(&record).unwrap();
    let members = json.as_object_mut().unwrap();
    assert!(members.remove("base").is_some() && members.remove("earlier").is_none());
    assert_eq!(serde_json::from_value::<Record>(json).unwrap(), record);
}

#[test]
fn messages_are_left_out_where_they_may_not_be_kept() {
    let request = json!({ "conversation_id": "c", "message": { "content": "see you at 3" } });
    let (call, record) = record("kapso.send-message", &request, 1);
    let reply = Reply { status: 201, headers: vec![], body: "see you at 3".into(), milliseconds: 1 };
    let record = record.ended(&call, Some(&reply), None).without_messages();
    assert!(!serde_json::to_string(&record).unwrap().contains("see you"));
    for id in MESSAGES {
        assert!(catalogue::find(id).is_some(), "{id}");
    }
}

/// A record of a request that ended like this, after so many milliseconds where an answer came.
pub fn sample(id: &str, at: u64, ending: Ending, milliseconds: u32) -> Record {
    let request = json!({ "customer": { "name": "Ana" }, "deployment_id": "d" });
    let (_, record) = record(id, &request, at);
    let answer = String::new();
    let failed = |status, word: &str, maybe| {
        let milliseconds = Some(milliseconds);
        Outcome::Failed {
            status: Some(status),
            milliseconds,
            word: word.into(),
            maybe,
            answer: String::new(),
        }
    };
    let outcome = match ending {
        Ending::Succeeded => Outcome::Succeeded { status: 200, milliseconds, answer },
        Ending::Refused => failed(422, "Refused", false),
        Ending::Failed => failed(500, "Provider error", false),
        Ending::Maybe => failed(500, "Provider error", true),
        Ending::Unanswered => Outcome::Open,
    };
    Record { outcome, ..record }
}
