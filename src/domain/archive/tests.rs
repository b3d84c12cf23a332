//! The file written and read back, every way in which it can be wrong, and that nothing it brings could send.

use super::*;
use crate::catalogue;
use crate::{
    catalogue::vonage::replies::Deployment,
    domain::{
        bulk::{self, Counts, Person, Standing},
        ledger::{self, Act, Outcome},
        outbox::{Came, Leaving, READINGS, Refusal, State, next},
        thread::entry::Place,
    },
};
use proptest::{prelude::*, test_runner::RngSeed};
use serde_json::json;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const NOW: u64 = 1_700_000_000_000;

fn header() -> Header {
    Header::new("0.1.0", "https://a.example", "2026-11-20T12:00:00.000Z".into())
}

fn file(entries: &[Entry]) -> String {
    let mut text = head(&header());
    for (at, entry) in entries.iter().enumerate() {
        text += &line(entry, at == 0).unwrap();
    }
    text + &foot(entries.len())
}

fn read(text: &str) -> Result<(Vec<Entry>, Header, Tally), Problem> {
    let (mut reader, mut entries) = (Reader::default(), vec![]);
    for line in text.lines() {
        entries.extend(reader.read(line)?);
    }
    let (header, tally) = reader.end()?;
    Ok((entries, header, tally))
}

fn message(at: u64, words: &str) -> Message {
    let row = json!({
        "id": format!("m{at}"), "message_type": "text", "content": words, "status": "received",
        "created_at": crate::catalogue::time::iso(at), "direction": "inbound",
    });
    Message::read(&row, at).unwrap()
}

fn item(state: State) -> Item {
    Item {
        key: format!("{NOW:015} 00000001"),
        connection: "kapso".into(),
        conversation: "c1".into(),
        request: json!({"conversation_id": "c1", "message": {"content": "Half past three"}}),
        to: String::new(),
        template: String::new(),
        released: NOW,
        state,
    }
}

fn batch(words: &str) -> Batch {
    let (id, connection, request) = ("b1".into(), "webex".into(), json!({"appid": "a"}));
    Batch { id, connection, made: NOW, text: words.into(), request, people: 2, per: 1, ..Batch::default() }
}

fn part(number: u32, state: bulk::State) -> Part {
    let people = vec![Person { row: number + 1, line: number + 1, number: format!("44770090000{number}") }];
    Part { number, people, text: String::new(), attempt: 1, state }
}

fn spent(outcome: Outcome, at: u64) -> ledger::Entry {
    let (method, connection) = ("sms".into(), "vonage".into());
    ledger::Entry { act: Act::Create, at, nonce: 1, method, connection, outcome, ended: None }
}

/// One of every kind.
fn everything(words: &str) -> Vec<Entry> {
    let operation = catalogue::find("kapso.create-customer").unwrap();
    let draft = Draft::from_json(operation, &json!({"customer": {"name": words}}));
    let (connection, conversation) = ("kapso".to_owned(), "c1".to_owned());
    let messages = vec![message(NOW, words), message(NOW + 1, "Second")];
    let deployment =
        Deployment::read(&json!({"deployment_id": "d1", "current_state": {"title": "READY"}})).unwrap();
    let mut track = Track::new("d1", "vonage", NOW);
    track.step(&crate::domain::provisioning::Event::Read { deployment: &deployment, asked: NOW }, NOW);
    let connected =
        json!({"id": "mine", "provider": "kapso", "label": words, "base_url": "/relay", "credential": "ask"});
    vec![
        Entry::Draft { key: operation.id.into(), draft: draft.clone() },
        Entry::Draft { key: format!("{BESIDE}note\u{2}kapso\nc1"), draft: draft.clone() },
        Entry::Written {
            connection: connection.clone(),
            conversation: String::new(),
            written: vec![Written { draft, quote: None }],
        },
        Entry::Conversation {
            connection: connection.clone(),
            conversation: conversation.clone(),
            summary: Box::new(Summary { unread: 2, complete: true, ..Summary::default() }),
        },
        Entry::Messages { connection, conversation, messages },
        Entry::Leaving(item(State::Waiting)),
        Entry::Sending { batch: Box::new(batch(words)), progress: Box::new(Progress::new(2)) },
        Entry::Requests {
            sending: "b1".into(),
            parts: [0, 1].map(|number| part(number, bulk::State::Waiting)).into(),
        },
        Entry::Reply(SavedReply { id: "r".into(), title: "Greeting".into(), text: format!("x{words}") }),
        Entry::Number(Box::new(track)),
        Entry::Attempts {
            subject: "live +44".into(),
            ledger: Ledger { entries: vec![spent(Outcome::Unknown, NOW)] },
        },
        Entry::Connection(serde_json::from_value(connected).unwrap()),
        Entry::Setting { name: "theme".into(), value: json!("dark") },
        Entry::World(
            serde_json::from_str(r#"{"seed":1,"much":[1.50,123456789012345678901234567890]}"#).unwrap(),
        ),
    ]
}

#[test]
fn everything_comes_back_and_is_counted() {
    let entries = everything("É 👋🏽 \u{2028} \"quoted\" \\ \n line");
    let text = file(&entries);
    assert!(serde_json::from_str::<Json>(&text).is_ok(), "the file is JSON as a whole");
    let (back, from, tally) = read(&text).unwrap();
    assert_eq!(back, entries);
    assert_eq!(from, header());
    assert_eq!((tally.messages, tally.of(Kind::Drafts), tally.of(Kind::Conversations)), (2, 3, 1));
    assert_eq!([Kind::Sendings, Kind::Vault].map(|kind| tally.of(kind)), [1, 0]);
    let span = &tally.spans[&("kapso".to_owned(), "c1".to_owned())];
    assert_eq!((span.first.at, span.last.at, span.count), (NOW, NOW + 1, 2));
    assert_eq!(tally.connections.len(), 1);
    assert_eq!(tally.settings["theme"], "dark");
    assert!(read(&text.replace('\n', "\r\n")).is_ok(), "lines may end as on Windows");
    assert!(read(&format!("\u{FEFF}{text}\n\n")).is_ok());
    assert!(read(&file(&[])).is_ok(), "an empty device is one, too");
}

#[test]
fn a_bad_file_is_refused_with_the_reason() {
    let good = file(&everything("Hello"));
    let lines: Vec<&str> = good.lines().collect();
    let without = |at: usize| [&lines[..at], &lines[at + 1..]].concat().join("\n");
    let replies = crate::domain::saved_reply::export(&[]);
    let newer = good.replacen("\"format\":1", "\"format\":2", 1);
    let pretty = serde_json::to_string_pretty(&serde_json::from_str::<Json>(&good).unwrap()).unwrap();
    for (what, text, expected) in [
        ("nothing", String::new(), Problem::Empty),
        ("a page", "<!doctype html>".into(), Problem::Other),
        ("another JSON", "{\"connections\":[]}".into(), Problem::Other),
        ("saved replies", replies.replace('\n', ""), Problem::Replies),
        ("a newer one", newer, Problem::Newer { product: "0.1.0".into() }),
        ("laid out anew", pretty, Problem::Rewritten),
        ("no foot", without(lines.len() - 1), Problem::Truncated),
        ("the head alone", lines[0].into(), Problem::Truncated),
        ("half a head", good[..40].into(), Problem::Truncated),
        ("half", good[..good.len() / 2].into(), Problem::Truncated),
        ("a line less", without(2), Problem::Damaged { line: lines.len() - 1 }),
        ("something after it", format!("{good}{{}}"), Problem::Damaged { line: lines.len() + 1 }),
        ("a broken line", good.replacen("\"reply\"", "\"reply", 1), Problem::Damaged { line: 10 }),
        ("an unknown kind", good.replacen("{\"reply\"", "{\"vault\"", 1), Problem::Damaged { line: 10 }),
    ] {
        let problem = read(&text).expect_err(what);
        assert_eq!(problem, expected, "{what}");
        assert!(problem.sentence().ends_with('.') && problem.sentence().len() > 15, "{what}");
    }
}

#[test]
fn what_would_break_a_page_is_unsound() {
    let mut rows = json!({"texts": {}, "rows": {"destination": 4_000_000_000_u64}});
    let huge: Draft = serde_json::from_value(rows.take()).unwrap();
    let mut late = message(NOW, "x");
    late.place.at = u64::MAX;
    let mut other = message(NOW, "x");
    other.place.id = "m\n2".into();
    let mut lie = message(NOW, "x");
    lie.place.id = "not-mine".into();
    let of = |messages| Entry::Messages { connection: "k".into(), conversation: "c".into(), messages };
    let mut counted = Track::new("d", "v", NOW);
    counted.revision = u64::MAX;
    let connection: Connection = serde_json::from_value(
        json!({"id": "a", "provider": "kapso", "label": "A", "base_url": "http://evil.example", "credential": "ask"}),
    )
    .unwrap();
    for (entry, fault) in [
        (Entry::Draft { key: "webex.send-text".into(), draft: huge }, Fault::TooMany),
        (Entry::Draft { key: "no.such-form".into(), draft: Draft::default() }, Fault::Form),
        (of(vec![late]), Fault::Moment),
        (of(vec![other]), Fault::Id),
        (of(vec![lie]), Fault::Message),
        (of(vec![]), Fault::Message),
        (Entry::Number(Box::new(counted)), Fault::TooMany),
        (Entry::Leaving(Item { key: format!("{} 1", u64::MAX), ..item(State::Waiting) }), Fault::Moment),
        (Entry::Leaving(Item { connection: "a\nb".into(), ..item(State::Waiting) }), Fault::Id),
        (
            Entry::Sending {
                batch: Box::new(Batch { people: u32::MAX, ..batch("x") }),
                progress: Box::default(),
            },
            Fault::TooMany,
        ),
        (
            Entry::Sending {
                batch: Box::new(Batch { id: "b\nprogress".into(), ..batch("x") }),
                progress: Box::default(),
            },
            Fault::Id,
        ),
        (
            Entry::Requests { sending: "b1".into(), parts: vec![part(u32::MAX - 1, bulk::State::Waiting)] },
            Fault::TooMany,
        ),
        (Entry::Connection(connection), Fault::Address),
        (Entry::Reply(SavedReply { id: "r".into(), title: " ".into(), text: "x".into() }), Fault::Reply),
        (Entry::World(json!("x")), Fault::World),
        (Entry::Setting { name: String::new(), value: Json::Null }, Fault::Id),
    ] {
        assert_eq!(entry.check(), Err(fault), "{entry:?}");
        assert_eq!(read(&file(&[entry])).expect_err("unsound"), Problem::Unsound { line: 2, fault });
    }
}

#[test]
fn nothing_that_arrives_is_sent_by_itself() {
    let left = Leaving { at: NOW, after: Some(NOW), seen: vec!["a".into()] };
    let unknown = State::Unknown { left: left.clone(), came: Came::Nothing, readings: 0, candidates: vec![] };
    let turned_away = State::TurnedAway(left.clone());
    let failed = State::Failed(Refusal::default());
    for state in [State::Waiting, State::Sending(left), turned_away, unknown, failed] {
        let Some(Entry::Leaving(item)) = landed(Entry::Leaving(item(state)), Keeping::Messages) else {
            panic!("it stays, for a person to decide")
        };
        assert!(item.state.needs_a_hand() && !item.state.wants_reading(), "{item:?}");
        assert_eq!(next(std::slice::from_ref(&item), NOW + 1), None, "nothing leaves by itself");
    }
    let sent = item(State::Sent { id: "a".into() });
    assert_eq!(landed(Entry::Leaving(sent), Keeping::Messages), None);
    let State::Unknown { readings, .. } = stopped_state(State::Waiting) else {
        panic!("its outcome is unknown")
    };
    assert_eq!(readings, READINGS);
    let open = Ledger { entries: vec![spent(Outcome::Open, NOW)] };
    let entry = Entry::Attempts { subject: "s".into(), ledger: open.clone() };
    let Some(Entry::Attempts { ledger, .. }) = landed(entry, Keeping::NoMessages) else { panic!("it stays") };
    assert!(ledger.open(Act::Create).is_none() && ledger.unsettled(Act::Create).is_some());
    // What is under way here goes on.
    assert!(joined_ledger(open, ledger).open(Act::Create).is_some());
}

#[test]
fn of_a_text_to_many_nothing_leaves_by_itself_and_each_person_is_counted_once() {
    let all = [
        bulk::State::Waiting,
        bulk::State::Leaving,
        bulk::State::Queued { transaction: "t".into() },
        bulk::State::Refused { refusal: Refusal::default(), transaction: String::new() },
        bulk::State::Unknown { reason: "No answer.".into() },
    ];
    let was = |standing| Progress { standing, leaving: Some(1), settled: true, ..Progress::new(5) };
    let land = |standing| {
        let mut landed = Landed::new(batch("Hello"), was(standing));
        let parts = all.iter().enumerate().map(|(at, state)| part(at as u32, state.clone()));
        let parts: Vec<Part> = parts.collect::<Vec<_>>().into_iter().map(|part| landed.take(part)).collect();
        (landed, parts)
    };
    for standing in [Standing::Running, Standing::Paused(bulk::Pause::Asked)] {
        let (Landed { batch, progress }, mut parts) = land(standing);
        assert_eq!(progress.counts, Counts { waiting: 0, queued: 1, refused: 1, unknown: 3 });
        assert_eq!((batch.people, progress.leaving), (5, None));
        assert!(!progress.moves() && progress.is_done() && !progress.settled);
        // On a person's word it goes on from here.
        let mut progress = progress;
        assert!(bulk::step(&mut progress, &mut parts[0], bulk::Event::Again) && progress.moves());
        assert_eq!(progress.next, 0);
    }
    let (Landed { progress, .. }, parts) = land(Standing::Stopped);
    assert_eq!(progress.counts, Counts { waiting: 2, queued: 1, refused: 1, unknown: 1 });
    assert!(parts[..2].iter().all(|part| part.state == bulk::State::Waiting));
    assert!(!progress.moves() && progress.settled && progress.leaving.is_none());
}

fn stopped_state(state: State) -> State {
    match landed(Entry::Leaving(item(state)), Keeping::Messages) {
        Some(Entry::Leaving(item)) => item.state,
        _ => State::Sent { id: String::new() },
    }
}

#[test]
fn where_no_messages_may_be_kept_none_come() {
    let call = crate::domain::activity::Record {
        key: "1".into(),
        at: NOW,
        connection: "Kapso".into(),
        host: "h".into(),
        operation: "kapso.send-message".into(),
        method: "POST".into(),
        path: "/x".into(),
        draft: Draft::default(),
        body: Some(json!({"message": {"content": "a secret word"}})),
        outcome: crate::domain::activity::Outcome::Open,
        times: 1,
        base: String::new(),
        earlier: vec![],
    };
    let mut all = everything("a secret word");
    all.push(Entry::Call(Box::new(call)));
    let send = catalogue::find("kapso.send-message").unwrap();
    let draft = Draft::from_json(send, &json!({"message": {"content": "a secret word"}}));
    all.push(Entry::Draft { key: send.id.into(), draft });
    let kept: Vec<Entry> = all.into_iter().filter_map(|entry| landed(entry, Keeping::NoMessages)).collect();
    let of = |kind: Kind| kept.iter().filter(|entry| entry.kind() == kind).count();
    assert_eq!([Kind::Conversations, Kind::Leaving, Kind::Sendings].map(of), [0, 0, 0]);
    assert_eq!([Kind::Drafts, Kind::Calls].map(of), [1, 1]);
    let messages = kept.iter().filter(|entry| matches!(entry.kind(), Kind::Calls | Kind::Conversations));
    assert!(messages.into_iter().all(|entry| !line(entry, true).unwrap().contains("a secret word")));
}

#[test]
fn stretches_of_a_conversation_meet_or_leave_a_gap() {
    let place = |at| Place { at, id: "a".into() };
    let span = Span { first: place(10), last: place(20), count: 3 };
    for (first, last, meets) in
        [(1, 9, false), (1, 10, true), (12, 13, true), (20, 30, true), (21, 30, false), (1, 90, true)]
    {
        assert_eq!(span.meets(&place(first), &place(last)), meets, "{first} to {last}");
    }
}

#[test]
fn no_secret_is_in_it() {
    let operation = catalogue::find("kapso.create-whatsapp-config").unwrap();
    let draft = Draft::from_json(
        operation,
        &json!({"whatsapp_config": {"access_token": "EAAG-918273", "name": "n"}}),
    );
    assert!(!file(&[Entry::Draft { key: operation.id.into(), draft }]).contains("918273"));
}

fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::with_cases(128)
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_round_trip_is_lossless(words in "(?s).{0,60}") {
        let entries = everything(&words);
        prop_assert_eq!(read(&file(&entries)).map(|(entries, ..)| entries), Ok(entries));
    }

    #[test]
    fn a_hostile_file_never_panics(text in "(?s).{0,200}", cut in 0_usize..4_000, at in 0_usize..4_000, byte in 0_u8..127) {
        let _ = read(&text);
        let good = file(&everything("Ana"));
        let cut: String = good.chars().take(cut.min(good.len() - 3)).collect();
        prop_assert!(read(&cut).is_err());
        // One sign changed: it is refused, or it is an entry that a console could have written.
        let mut bytes = good.into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(text) = String::from_utf8(bytes) && let Ok((entries, ..)) = read(&text) {
            for entry in entries {
                prop_assert!(entry.check().is_ok());
                landed(entry.clone(), Keeping::NoMessages);
                landed(entry, Keeping::Messages);
            }
        }
    }
}
