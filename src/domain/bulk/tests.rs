use super::{progress::AWAY, *};
use crate::catalogue::{
    reply::{Reply, judge},
    webex::SEND_TEXT,
};
use proptest::prelude::*;
use std::collections::HashMap;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn refusal(sentence: &str) -> Refusal {
    Refusal { sentence: sentence.into(), ..Refusal::default() }
}

fn parts(people: u32, per: u32) -> Vec<Part> {
    let person = |row: u32| Person { row, line: row + 1, number: format!("44770090{row:04}") };
    (0..people.div_ceil(per))
        .map(|number| Part {
            number,
            people: (number * per + 1..=people.min((number + 1) * per)).map(person).collect(),
            text: String::new(),
            attempt: 1,
            state: State::Waiting,
        })
        .collect()
}

fn running(people: u32) -> Progress {
    let mut progress = Progress::new(people);
    progress.begin();
    progress
}

/// One request that was taken on its way.
fn under_way() -> (Progress, Part) {
    let (mut progress, mut part) = (running(4), parts(4, 2).remove(0));
    assert!(step(&mut progress, &mut part, Event::Left { at: 7 }));
    (progress, part)
}

#[test]
fn each_answer_has_its_result() {
    let lost = || Event::Lost { reason: "No answer.".into() };
    let refused = || Event::Refused { refusal: refusal("No."), transaction: "t".into() };
    for (event, word, counts) in [
        (Event::Taken { transaction: "t".into() }, "Queued", [2, 2, 0, 0]),
        (refused(), "Refused", [2, 0, 2, 0]),
        (lost(), "Unknown", [2, 0, 0, 2]),
        (Event::Postponed, "Waiting", [4, 0, 0, 0]),
    ] {
        let (mut progress, mut part) = under_way();
        assert_eq!((progress.next, progress.leaving, progress.left_at), (1, Some(0), 7));
        assert!(step(&mut progress, &mut part, event));
        let Counts { waiting, queued, refused, unknown } = progress.counts;
        assert_eq!(
            (part.state.word(&progress.standing), [waiting, queued, refused, unknown]),
            (word, counts)
        );
        assert_eq!(progress.leaving, None);
        assert_eq!(progress.next, u32::from(word != "Waiting"));
    }
}

#[test]
fn what_cannot_happen_changes_nothing() {
    let (progress, part) = under_way();
    let still = |progress: &Progress, part: &Part, event: Event| {
        let (mut after, mut changed) = (progress.clone(), part.clone());
        !step(&mut after, &mut changed, event) && (&after, &changed) == (progress, part)
    };
    assert!(still(&progress, &part, Event::Left { at: 9 }), "it leaves once");
    assert!(still(&progress, &part, Event::Again), "it is under way");
    let other = parts(4, 2).remove(1);
    assert!(still(&progress, &other, Event::Left { at: 9 }), "one at a time");
    assert!(still(&progress, &other, Event::Taken { transaction: String::new() }), "it never left");
    let fresh = Progress::new(4);
    assert!(still(&fresh, &other, Event::Left { at: 9 }), "it is not on the device yet");
    let mut paused = running(4);
    paused.pause_on_request();
    assert!(still(&paused, &other, Event::Left { at: 9 }));
    let mut stopped = running(4);
    stopped.stop();
    stopped.go_on(0);
    assert!(still(&stopped, &other, Event::Left { at: 9 }), "stopped for good");
}

#[test]
fn one_refusal_again_and_again_pauses() {
    let mut progress = running(20);
    let mut all = parts(20, 1);
    let mut refuse = |progress: &mut Progress, at: usize, sentence: &str| {
        assert!(step(progress, &mut all[at], Event::Left { at: 1 }), "{at}");
        let event = Event::Refused { refusal: refusal(sentence), transaction: String::new() };
        assert!(step(progress, &mut all[at], event));
    };
    for at in 0..6 {
        refuse(&mut progress, at, ["One.", "Two."][at % 2]);
    }
    assert_eq!(progress.standing, Standing::Running, "different reasons are those of different people");
    for at in 6..10 {
        refuse(&mut progress, at, "Two.");
    }
    assert_eq!(progress.standing, Standing::Paused(Pause::Alike { reason: "Two.".into() }));
    assert_eq!(progress.wants(), Some(Wants::GoingOn));
    progress.go_on(0);
    refuse(&mut progress, 10, "Two.");
    assert_eq!(progress.standing, Standing::Running, "the person has said so");
}

#[test]
fn lost_answers_pause_at_once_where_none_came_before() {
    let mut progress = running(20);
    let mut all = parts(20, 1);
    let mut go = |progress: &mut Progress, at: usize, event: Event| {
        assert!(step(progress, &mut all[at], Event::Left { at: 1 }), "{at}");
        assert!(step(progress, &mut all[at], event));
        matches!(progress.standing, Standing::Paused(Pause::Lost { .. }))
    };
    let lost = || Event::Lost { reason: "No answer.".into() };
    let taken = || Event::Taken { transaction: String::new() };
    assert!(go(&mut progress, 0, lost()), "an address that gives no answers");
    progress.go_on(0);
    assert!(!go(&mut progress, 1, taken()));
    assert!(!go(&mut progress, 2, lost()), "one was lost");
    assert!(!go(&mut progress, 3, taken()));
    assert!(!go(&mut progress, 4, lost()));
    assert!(go(&mut progress, 5, lost()), "and another right after it");
}

#[test]
fn a_batch_that_nobody_had_for_long_waits_for_a_person() {
    let mut progress = running(4);
    progress.taken_up(1_000, 1_000 + AWAY - 1);
    assert_eq!(progress.standing, Standing::Running);
    progress.left_at = 5_000;
    progress.taken_up(1_000, 5_000 + AWAY);
    assert_eq!(progress.standing, Standing::Paused(Pause::Away));
}

#[test]
fn those_who_are_sent_to_again_go_out_however_long_ago_the_others_did() {
    let (mut progress, mut part) = under_way();
    progress.counts.waiting = 2;
    assert!(step(&mut progress, &mut part, Event::Lost { reason: "No answer.".into() }));
    progress.counts.waiting = 0;
    assert!(progress.is_done());
    let later = 7 + 2 * AWAY;
    assert!(step(&mut progress, &mut part, Event::Again));
    progress.go_on(later);
    progress.taken_up(1, later + 1);
    assert!(progress.moves(), "the person has just said so");
    // And where it was paused, its own going on counts as before.
    progress.pause_on_request();
    assert!(progress.is_paused());
}

#[test]
fn what_a_person_is_needed_for() {
    let mut progress = running(4);
    assert_eq!(progress.wants(), None);
    progress.counts = Counts { waiting: 0, queued: 1, refused: 2, unknown: 1 };
    assert_eq!(progress.wants(), Some(Wants::Looking { refused: 2, unknown: 1 }));
    let words = progress.wants().map(|wants| wants.words(|number| format!("<{number}>")));
    assert_eq!(words.as_deref(), Some("<2> refused, <1> unknown"));
    progress.settled = true;
    assert_eq!(progress.wants(), None);
}

#[test]
fn answers_are_told_apart() {
    let answer = |status: u16, body: &str| {
        let reply = Reply { status, headers: vec![], body: body.into(), milliseconds: 1 };
        let result = judge(&SEND_TEXT, &reply);
        heard(result.as_ref())
    };
    let row = |code: &str| format!(r#"{{"code": "{code}", "transid": "t-1", "description": "So."}}"#);
    let queued = Event::Taken { transaction: "t-1".into() };
    assert_eq!(answer(200, &format!(r#"{{"response": [{}]}}"#, row("1001"))), queued);
    assert_eq!(answer(200, &format!(r#"{{"response": {}}}"#, row("1001"))), queued);
    for status in [200, 400] {
        let event = answer(status, &format!(r#"{{"response": {}}}"#, row("7004")));
        let Event::Refused { refusal, transaction } = event else { panic!("{event:?}") };
        assert_eq!((refusal.said.as_str(), transaction.as_str()), ("So.", "t-1"));
        assert_eq!(refusal.sentence, "A value is not valid.");
    }
    for (status, body) in
        [(200, "{}"), (200, "<p>"), (200, r#"{"response": []}"#), (502, ""), (500, &*row("7006"))]
    {
        assert!(matches!(answer(status, body), Event::Lost { .. }), "{status} {body}");
    }
    for (status, code) in [(400, "7020"), (400, "7001"), (401, "7002"), (429, "")] {
        assert_eq!(answer(status, &format!(r#"{{"response": {}}}"#, row(code))), Event::Postponed, "{code}");
    }
    assert_eq!(heard(Err(&Failure::of(FailureKind::Offline))), Event::Postponed);
}

#[test]
fn a_batch_knows_where_everybody_is() {
    let batch = Batch { people: 2_500, per: 1_000, text: "Hello\n  you ".repeat(20), ..Batch::default() };
    assert_eq!(batch.parts(), 3);
    assert_eq!(
        [0, 999, 1_000, 2_499].map(|person| batch.place_of(person)),
        [(0, 0), (0, 999), (1, 0), (2, 499)]
    );
    assert!(batch.title().starts_with("Hello you Hello") && batch.title().ends_with('…'));
    let ids = [id(0, 0), id(1_700_000_000_000, 5), id(1_700_000_000_001, 0), id(1_900_000_000_000, u32::MAX)];
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]) && ids.iter().all(|id| id.len() == 13), "{ids:?}");
}

/// What a provider that was sent to has: how often each person.
#[derive(Default)]
struct Provider(HashMap<u32, u32>);

/// What may happen between two looks.
#[derive(Clone, Debug)]
enum Turn {
    Leave,
    Answer(u8),
    /// The answer is lost, or the page dies: before it took effect, or after.
    Lose(bool),
    Crash,
    Pause,
    GoOn,
    Away(u32),
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let turn = prop_oneof![
        5 => Just(Turn::Leave),
        5 => (0u8..4).prop_map(Turn::Answer),
        1 => any::<bool>().prop_map(Turn::Lose),
        1 => Just(Turn::Crash),
        1 => Just(Turn::Pause),
        3 => Just(Turn::GoOn),
        1 => (0u32..1_000_000).prop_map(Turn::Away),
    ];
    prop::collection::vec(turn, 0..200)
}

proptest! {
    /// Whatever comes in whatever order, also a crash at any point: nobody gets it twice, nobody is lost, and
    /// of those whose answer is unknown each was in the one request under way.
    #[test]
    fn nobody_twice_and_nobody_lost(people in 1u32..9, per in 1u32..4, turns in turns()) {
        let mut all = parts(people, per);
        let mut progress = running(people);
        let mut provider = Provider::default();
        let mut lost_or_crashed = 0;
        // What only the page knows: the request that it waits for.
        let mut waits: Option<usize> = None;
        let mut end = vec![Turn::Crash];
        for _ in 0..all.len() + 1 {
            end.extend([Turn::GoOn, Turn::Leave, Turn::Answer(0)]);
        }
        for (at, turn) in turns.into_iter().chain(end).enumerate() {
            match (turn, waits) {
                (Turn::Leave, None) => {
                    let from = progress.next as usize;
                    prop_assert!(all[..from.min(all.len())].iter().all(|part| part.state != State::Waiting));
                    let next = all.iter_mut().skip(from).find(|part| part.state == State::Waiting);
                    if let Some(part) = next && step(&mut progress, part, Event::Left { at: at as u64 }) {
                        waits = Some(part.number as usize);
                    }
                }
                (Turn::Answer(kind), Some(number)) => {
                    let event = match kind {
                        0 | 1 => Event::Taken { transaction: "t".into() },
                        2 => Event::Refused { refusal: refusal("No."), transaction: String::new() },
                        _ => Event::Postponed,
                    };
                    if kind < 2 {
                        provider.take(&all[number]);
                    }
                    prop_assert!(step(&mut progress, &mut all[number], event));
                    waits = None;
                }
                (Turn::Lose(after), Some(number)) => {
                    if after {
                        provider.take(&all[number]);
                    }
                    lost_or_crashed += 1;
                    let lost = Event::Lost { reason: String::new() };
                    prop_assert!(step(&mut progress, &mut all[number], lost));
                    waits = None;
                }
                (Turn::Crash, underway) => {
                    // It may have got there. The next tab finds out from what is stored alone.
                    if let Some(number) = underway {
                        provider.take(&all[number]);
                    }
                    waits = None;
                    let stored = serde_json::to_string(&(&progress, &all)).unwrap();
                    (progress, all) = serde_json::from_str(&stored).unwrap();
                    if let Some(number) = progress.leaving {
                        lost_or_crashed += 1;
                        let event = Event::Lost { reason: "The page was closed.".into() };
                        prop_assert!(step(&mut progress, &mut all[number as usize], event));
                    }
                }
                (Turn::Pause, _) => progress.pause_on_request(),
                (Turn::GoOn, _) => progress.go_on(0),
                (Turn::Away(by), None) => progress.taken_up(0, progress.left_at + u64::from(by)),
                _ => {}
            }
            // The sums are those of the requests, whatever happened.
            let mut counts = Counts::default();
            for part in &all {
                *counts.of(&part.state) += part.people.len() as u32;
            }
            prop_assert_eq!(counts, progress.counts);
            prop_assert_eq!(counts.all(), people);
        }
        prop_assert!(progress.is_done(), "{:?}", progress);
        prop_assert!(provider.0.values().all(|times| *times == 1), "{:?}", provider.0);
        for part in &all {
            let taken = part.people.iter().all(|person| provider.0.contains_key(&person.row));
            let none = part.people.iter().all(|person| !provider.0.contains_key(&person.row));
            let right = match &part.state {
                State::Queued { .. } => taken,
                State::Refused { .. } => none,
                State::Unknown { .. } => true,
                _ => false,
            };
            prop_assert!(right, "{part:?}");
        }
        let unknown = all.iter().filter(|part| matches!(part.state, State::Unknown { .. })).count();
        prop_assert_eq!(unknown, lost_or_crashed);
    }

    /// A person's word sends once more, and once only.
    #[test]
    fn again_is_once_more(refused: bool, times in 1usize..4) {
        let (mut progress, mut part) = under_way();
        for attempt in 1..=times {
            let event = if refused {
                Event::Refused { refusal: refusal("No."), transaction: String::new() }
            } else {
                Event::Lost { reason: String::new() }
            };
            prop_assert!(step(&mut progress, &mut part, event));
            let by_itself = step(&mut progress, &mut part, Event::Left { at: 8 });
            prop_assert!(!by_itself);
            prop_assert!(step(&mut progress, &mut part, Event::Again));
            prop_assert!(!step(&mut progress, &mut part, Event::Again));
            prop_assert_eq!((part.attempt as usize, progress.next), (attempt + 1, 0));
            progress.go_on(0);
            let left = step(&mut progress, &mut part, Event::Left { at: 9 });
            prop_assert!(left);
        }
    }
}

impl Provider {
    fn take(&mut self, part: &Part) {
        for person in &part.people {
            *self.0.entry(person.row).or_default() += 1;
        }
    }
}
