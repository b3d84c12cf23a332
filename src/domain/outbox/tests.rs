use super::*;
use crate::domain::thread::{entry::Place, status::Status};
use serde_json::json;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn left() -> Leaving {
    Leaving { at: 10_000_000, after: Some(5_000), seen: vec!["known".into()] }
}

fn refusal() -> Refusal {
    Refusal { sentence: "No.".into(), ..Refusal::default() }
}

fn unknown(readings: u8, candidates: &[&str]) -> State {
    State::Unknown {
        left: left(),
        came: Came::Error { status: 500 },
        readings,
        candidates: candidates.iter().map(|id| (*id).to_owned()).collect(),
    }
}

fn states() -> Vec<State> {
    vec![
        State::Waiting,
        State::Sending(left()),
        State::TurnedAway(left()),
        State::Sent { id: "a".into() },
        State::Failed(refusal()),
        unknown(0, &[]),
        unknown(READINGS, &[]),
        unknown(1, &["a", "b"]),
    ]
}

fn events() -> Vec<Event> {
    vec![
        Event::Left(left()),
        Event::Answered { id: "b".into() },
        Event::Refused(refusal()),
        Event::Postponed,
        Event::TurnedAway,
        Event::Lost(Came::Nothing),
        Event::Read { candidates: vec![] },
        Event::Read { candidates: vec!["c".into()] },
        Event::Read { candidates: vec!["c".into(), "d".into()] },
        Event::SendAgain,
        Event::IsThat { id: "a".into() },
        Event::Discard,
    ]
}

/// The whole table: what each state comes to, in the order of the events above; `=` where it stays.
#[test]
fn every_state_and_event() {
    let word = |state: &Option<State>| match state {
        None => "gone".to_owned(),
        Some(State::Waiting) => "waiting".to_owned(),
        Some(State::Sending(_)) => "sending".to_owned(),
        Some(State::TurnedAway(_)) => "turned away".to_owned(),
        Some(State::Sent { id }) => format!("sent {id}"),
        Some(State::Failed(_)) => "failed".to_owned(),
        Some(State::Unknown { readings, candidates, .. }) => {
            format!("unknown {readings} {}", candidates.len())
        }
    };
    let table = [
        ["sending", "=", "=", "=", "=", "=", "=", "=", "=", "=", "=", "gone"],
        ["=", "sent b", "failed", "waiting", "turned away", "unknown 0 0", "=", "=", "=", "=", "=", "="],
        ["=", "=", "=", "=", "=", "=", "waiting", "sent c", "unknown 3 2", "=", "=", "gone"],
        ["=", "=", "=", "=", "=", "=", "=", "=", "=", "=", "=", "="],
        ["=", "=", "=", "=", "=", "=", "=", "=", "=", "waiting", "=", "gone"],
        [
            "=",
            "sent b",
            "failed",
            "=",
            "=",
            "=",
            "unknown 1 0",
            "sent c",
            "unknown 1 2",
            "waiting",
            "sent a",
            "gone",
        ],
        [
            "=",
            "sent b",
            "failed",
            "=",
            "=",
            "=",
            "unknown 3 0",
            "sent c",
            "unknown 3 2",
            "waiting",
            "sent a",
            "gone",
        ],
        [
            "=",
            "sent b",
            "failed",
            "=",
            "=",
            "=",
            "unknown 2 0",
            "sent c",
            "unknown 2 2",
            "waiting",
            "sent a",
            "gone",
        ],
    ];
    for (state, row) in states().iter().zip(table) {
        for (event, expected) in events().into_iter().zip(row) {
            let then = step(state, event.clone());
            let expected = if expected == "=" { word(&Some(state.clone())) } else { expected.to_owned() };
            assert_eq!(word(&then), expected, "{state:?} and {event:?}");
        }
    }
}

#[test]
fn only_a_persons_word_sends_again() {
    for state in states().into_iter().filter(|state| *state != State::Waiting) {
        for event in events().into_iter().filter(|event| *event != Event::SendAgain) {
            // One that was postponed has not been sent, nor one that was turned away and is not there.
            let not_sent = event == Event::Postponed
                || matches!(state, State::TurnedAway(_)) && event == Event::Read { candidates: vec![] };
            let again = step(&state, event.clone()) == Some(State::Waiting);
            assert!(!again || not_sent, "{state:?} and {event:?}");
        }
    }
}

#[test]
fn after_three_readings_it_is_a_persons_turn() {
    let mut state = unknown(0, &[]);
    for _ in 0..READINGS {
        assert!(state.wants_reading());
        state = step(&state, Event::Read { candidates: vec![] }).unwrap();
    }
    assert!(state.needs_a_hand() && !state.wants_reading());
    // One that shows up later is believed all the same.
    assert_eq!(
        step(&state, Event::Read { candidates: vec!["c".into()] }),
        Some(State::Sent { id: "c".into() })
    );
}

fn item(key: &str, state: State) -> Item {
    Item {
        key: key.into(),
        connection: "c".into(),
        conversation: "d".into(),
        request: json!({"conversation_id": "d", "message": {"message_type": "text", "content": "Hi"}}),
        to: String::new(),
        template: String::new(),
        released: 1,
        state,
    }
}

#[test]
fn of_those_that_begin_conversations_one_in_doubt_holds_back_nobody_else() {
    let begins = |key: &str, number: &str, state: State| Item {
        conversation: String::new(),
        request: json!({"message": {"message_type": "template", "phone_number": number}}),
        ..item(key, state)
    };
    let doubt =
        State::Unknown { left: Leaving::default(), came: Came::Nothing, readings: 9, candidates: vec![] };
    let items = [
        begins("1", "+49 1", doubt),
        begins("2", "491", State::Waiting),
        begins("3", "+49 2", State::Waiting),
    ];
    assert_eq!(next(&items, 2).map(|item| item.key.as_str()), Some("3"));
    assert!(is_held_back(&items, &items[1]) && !is_held_back(&items, &items[2]));
    // In a conversation the order is kept whoever is named.
    let named = |key: &str, to: &str, state: State| Item { to: to.into(), ..item(key, state) };
    let items = [named("1", "", State::TurnedAway(Leaving::default())), named("2", "491", State::Waiting)];
    assert_eq!(next(&items, 2), None);
}

#[test]
fn the_order_of_writing_is_kept() {
    let key = |items: &[Item]| next(items, 2).map(|item| item.key.clone());
    let waiting = || item("2", State::Waiting);
    assert_eq!(key(&[waiting(), item("3", State::Waiting)]).as_deref(), Some("2"));
    for before in states() {
        let goes = !before.holds_back();
        let first = item("1", before.clone());
        let expected = if before == State::Waiting { Some("1") } else { goes.then_some("2") };
        assert_eq!(key(&[first, waiting()]).as_deref(), expected, "{before:?}");
    }
    assert_eq!(key(&[]), None);
}

fn entry(at: u64, id: &str, content: &str, inbound: bool) -> Entry {
    let raw = json!({"id": id, "message_type": "text", "content": content}).to_string();
    Entry { place: Place { at, id: id.into() }, status: Status::Sent, wamid: String::new(), inbound, raw }
}

#[test]
fn only_a_new_message_of_the_same_content_can_be_it() {
    let sent = item("1", State::Waiting).body();
    let entries = [
        entry(3_999, "older", "Hi", false),
        entry(5_000, "known", "Hi", false),
        entry(6_000, "theirs", "Hi", true),
        entry(7_000, "other", "Hi!", false),
        entry(8_000, "it", "Hi", false),
    ];
    let nobody = |_: &str| false;
    assert_eq!(candidates(&sent, &left(), &entries, &nobody), ["it"]);
    // Of two equal texts in a row, the one that was answered is not the one that was lost.
    let twice = [entry(8_000, "first", "Hi", false), entry(9_000, "second", "Hi", false)];
    assert_eq!(candidates(&sent, &left(), &twice, &|id| id == "first"), ["second"]);
    // Times may come without what is less than a second.
    assert_eq!(candidates(&sent, &left(), &[entry(4_000, "it", "Hi", false)], &nobody), ["it"]);
}

#[test]
fn where_the_providers_time_is_unknown_this_clock_may_be_off_by_minutes() {
    let sent = item("1", State::Waiting).body();
    let timeless = Leaving { after: None, ..left() };
    let of_yesterday = entry(1_000, "old", "Hi", false);
    let found = |at: u64| {
        candidates(&sent, &timeless, &[of_yesterday.clone(), entry(at, "it", "Hi", false)], &|_| false)
    };
    assert_eq!(found(10_000_000), ["it"]);
    assert_eq!(found(10_000_000 - SKEW), ["it"]);
    assert!(found(10_000_000 - 2 * SKEW).is_empty());
}

#[test]
fn what_an_answer_means_for_the_message() {
    let failure = |kind| Failure::of(kind);
    let of = |kind| heard(Err(&failure(kind)), Some(503));
    assert_eq!(heard(Ok(Some("m1".into())), Some(201)), Event::Answered { id: "m1".into() });
    // It was taken, but under which id is not told: a reading tells.
    assert_eq!(heard(Ok(None), Some(201)), Event::Lost(Came::Unreadable));
    for (kind, came) in [
        (FailureKind::TimedOut { seconds: 30 }, Came::Nothing),
        (FailureKind::Unreachable, Came::Nothing),
        (FailureKind::ProviderError, Came::Error { status: 503 }),
        (FailureKind::Unreadable, Came::Unreadable),
    ] {
        assert_eq!(of(kind), Event::Lost(came), "{kind:?}");
    }
    for kind in [
        FailureKind::Offline,
        FailureKind::NoCredential,
        FailureKind::RelayUnreachable,
        FailureKind::SignInEnded,
    ] {
        assert_eq!(of(kind), Event::Postponed, "{kind:?}");
    }
    for kind in
        [FailureKind::RefusedKey, FailureKind::RelayKeyRefused, FailureKind::Throttled { seconds: None }]
    {
        assert_eq!(of(kind), Event::TurnedAway, "{kind:?}");
    }
    let mut refused = failure(FailureKind::Refused);
    refused.said.title = "No".into();
    refused.said.detail = "The window is closed".into();
    let Event::Refused(refusal) = heard(Err(&refused), Some(422)) else { panic!() };
    assert_eq!(refusal.said, "No: The window is closed");
    assert!(!refusal.sentence.is_empty() && !refusal.next.is_empty());
}

#[test]
fn keys_are_in_the_order_of_writing_whatever_the_clock_does() {
    let first = next_key(None, 5_000, 9);
    let second = next_key(Some(&first), 5_000, 1);
    let third = next_key(Some(&second), 1_000, 0);
    assert!(first < second && second < third, "{first} {second} {third}");
    assert_ne!(next_key(Some(&first), 6_000, 1), next_key(Some(&first), 6_000, 2));
}

#[test]
fn what_waited_for_an_hour_asks_a_person() {
    let waiting = [item("1", State::Waiting), item("2", State::Waiting)];
    assert!(next(&waiting, STALE).is_some());
    assert!(next(&waiting, 1 + STALE).is_none());
    assert!(waiting[0].is_stale(1 + STALE));
}

#[test]
fn what_came_is_kept_until_a_person_decides() {
    let mut state = step(&State::Sending(left()), Event::Lost(Came::Error { status: 500 })).unwrap();
    assert_eq!(state.doubt(), None, "it is still being found out");
    for _ in 0..READINGS {
        state = step(&state, Event::Read { candidates: vec![] }).unwrap();
    }
    assert_eq!(state.doubt(), Some(Came::Error { status: 500 }.doubt(0)));
    let state = step(&state, Event::Read { candidates: vec!["a".into(), "b".into()] }).unwrap();
    assert_eq!(state.doubt(), Some(Came::Error { status: 500 }.doubt(2)));
    let two = Event::Read { candidates: vec!["a".into(), "b".into()] };
    let turned_away = step(&State::TurnedAway(left()), two).unwrap();
    assert_eq!(turned_away.doubt(), Some(Came::TurnedAway.doubt(2)));
    // What an older console left says nothing of it.
    let old = json!({"Unknown": {"left": {"at": 1, "after": null}, "readings": 3, "candidates": []}});
    let old: State = serde_json::from_value(old).unwrap();
    assert_eq!(old.doubt(), Some(Came::Nothing.doubt(0)));
}

#[test]
fn a_message_is_stuck_behind_one_that_does_not_go_on_at_once() {
    let stuck = |state: State, held| is_stuck(&[item("1", state)], held, 2);
    assert!(!is_stuck(&[], true, 2), "it is the first");
    assert!(!stuck(State::Waiting, false) && !stuck(State::Sending(left()), false));
    assert!(!stuck(State::Failed(refusal()), true), "one that was refused holds up nothing");
    assert!(stuck(State::Waiting, true) && stuck(unknown(0, &[]), false));
    assert!(stuck(unknown(READINGS, &[]), false) && stuck(State::TurnedAway(left()), false));
    assert!(is_stuck(&[item("1", State::Waiting)], false, 1 + STALE), "it asks a person first");
}

#[test]
fn what_is_kept_is_read_back() {
    for state in states() {
        let kept = item("1", state);
        let text = serde_json::to_string(&kept).unwrap();
        assert_eq!(serde_json::from_str::<Item>(&text).unwrap(), kept);
    }
}
