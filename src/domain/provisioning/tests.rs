//! The step machine against every state and every event, and the whole way.

use super::*;
use crate::catalogue::vonage::CREATE_DEPLOYMENT;
use proptest::prelude::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const NOW: u64 = 1_800_000_000_000;

fn answer(state: State) -> Deployment {
    Deployment {
        id: "d".into(),
        waba_id: "12".into(),
        country_code: "44".into(),
        number: "7700900000".into(),
        detail: format!("about {}", state.title()),
        state,
    }
}

fn all() -> Vec<State> {
    State::ALL
        .into_iter()
        .chain([State::Unknown("WAITING_FOR_META".into()), State::Unknown(String::new())])
        .collect()
}

/// A deployment that was read in a state.
fn in_state(state: &State) -> Track {
    let mut track = Track::new("d", "c", NOW);
    track.step(&Event::Read { deployment: &answer(state.clone()), asked: NOW }, NOW);
    track
}

#[test]
fn whatever_was_known_a_newer_answer_counts() {
    for before in all() {
        for after in all() {
            let mut track = in_state(&before);
            track.step(&Event::Read { deployment: &answer(after.clone()), asked: NOW + 1 }, NOW + 2);
            assert_eq!(track.state(), Some(&after), "{before:?}");
            assert_eq!(track.detail, format!("about {}", after.title()));
            assert_eq!(track.seen.len(), if before == after { 1 } else { 2 });
            assert_eq!((track.read_at, track.seen[0].last), (Some(NOW + 2), NOW + 2));
        }
    }
}

#[test]
fn what_was_done_leads_on_only_from_where_it_can() {
    for before in all() {
        let waits = matches!(before, State::CodeSent | State::WrongCode);
        for (event, leads_to, from_here) in [
            (Event::Verified, State::CodeVerified, waits),
            (Event::CodeRefused, State::WrongCode, waits),
            (Event::CodeResent { method: "voice" }, State::CodeSent, waits),
            (Event::Deleted, State::Deleting, before != State::Deleted),
        ] {
            let mut track = in_state(&before);
            track.step(&event, NOW + 9);
            let expected = if from_here { &leads_to } else { &before };
            assert_eq!(track.state(), Some(expected), "{event:?} in {before:?}");
            assert_eq!(track.acted_at, NOW + 9);
        }
        for event in [Event::Missing, Event::Throttled { until: NOW + 60_000, verifying: true }] {
            let mut track = in_state(&before);
            track.step(&event, NOW + 9);
            assert_eq!(track.state(), Some(&before), "{event:?} in {before:?}");
            let deleted = matches!(before, State::Deleting | State::Deleted);
            let gone = before == State::Deleted || (event == Event::Missing && deleted);
            assert_eq!(track.stage() == Stage::Gone, gone, "{event:?} in {before:?}");
            if event == Event::Missing {
                track.step(&event, NOW + 10);
                assert_eq!(track.stage(), Stage::Gone);
                track.step(&Event::Read { deployment: &answer(State::Ready), asked: NOW + 11 }, NOW + 11);
                assert_eq!(track.stage(), Stage::Live);
            }
        }
    }
}

#[test]
fn an_answer_to_an_older_question_does_not_undo_what_was_done() {
    let mut track = in_state(&State::CodeSent);
    track.step(&Event::Verified, NOW + 10);
    track.step(&Event::Read { deployment: &answer(State::CodeSent), asked: NOW + 9 }, NOW + 11);
    assert_eq!(track.state(), Some(&State::CodeVerified));
    track.step(&Event::Read { deployment: &answer(State::WrongCode), asked: NOW + 12 }, NOW + 13);
    assert_eq!(track.state(), Some(&State::WrongCode));
}

#[test]
fn a_clock_that_was_set_back_does_not_hide_answers() {
    let mut track = in_state(&State::CodeSent);
    track.step(&Event::Verified, NOW + 10);
    let before = NOW - 300_000;
    track.step(&Event::Read { deployment: &answer(State::Ready), asked: before }, before);
    assert_eq!(track.state(), Some(&State::Ready));
}

#[test]
fn what_is_offered_follows_the_state() {
    let offered = |state: &State| {
        let stage = in_state(state).stage();
        (stage.takes_code(), stage.can_be_deleted(), stage.can_start_again(), stage.needs_a_hand())
    };
    for state in all() {
        let expected = match state {
            State::CodeSent | State::WrongCode => (true, true, false, true),
            State::Ready => (false, true, false, false),
            State::Error => (false, true, false, true),
            State::Deleted => (false, false, true, false),
            _ => (false, false, false, false),
        };
        assert_eq!(offered(&state), expected, "{state:?}");
    }
}

#[test]
fn another_code_may_be_asked_for_after_a_wait_that_grows() {
    let mut track = in_state(&State::CodeSent);
    let mut now = NOW;
    for wait in [60, 120, 300, 300] {
        assert_eq!(track.resend_in(now), wait * 1000);
        assert_eq!(track.resend_in(now + wait * 1000), 0);
        assert_eq!(track.resend_in(now - 300_000), wait * 1000, "the clock was set back");
        assert!(!track.is_overdue(now + 299_999));
        assert!(track.is_overdue(now + 300_000));
        now += wait * 1000;
        track.step(&Event::CodeResent { method: "voice" }, now);
        assert_eq!(track.code.as_ref().map(|code| code.method.as_str()), Some("voice"));
    }
    // Too many codes asked for says nothing about entering the one that is there.
    track.step(&Event::Throttled { until: now + 900_000, verifying: false }, now);
    assert_eq!((track.resend_in(now), track.verify_in(now)), (900_000, 0));
    track.step(&Event::Throttled { until: now + 900_000, verifying: true }, now);
    assert_eq!((track.resend_in(now), track.verify_in(now + 1)), (900_000, 899_999));
    assert_eq!(Track::new("d", "c", NOW).resend_in(NOW), 0);
}

#[test]
fn the_wait_begins_anew_when_a_code_was_sent_after_a_wrong_one() {
    let mut track = in_state(&State::WrongCode);
    assert_eq!(track.code, None);
    track.step(&Event::Read { deployment: &answer(State::CodeSent), asked: NOW + 5 }, NOW + 5);
    assert_eq!(track.code.as_ref().map(|code| code.at), Some(NOW + 5));
}

#[test]
fn the_state_at_a_moment_is_the_one_seen_last_before() {
    let mut track = in_state(&State::WrongCode);
    track.step(&Event::Read { deployment: &answer(State::CodeSent), asked: NOW + 20 }, NOW + 20);
    assert_eq!(track.state_at(NOW - 1), None);
    assert_eq!(track.state_at(NOW + 19), Some(&State::WrongCode));
    assert_eq!(track.state_at(NOW + 20), Some(&State::CodeSent));
}

#[test]
fn of_two_tabs_the_newer_knowledge_counts_and_nothing_is_lost() {
    let mut first = in_state(&State::CodeSent);
    first.draft = Some(Draft::default());
    let mut second = Track { draft: None, known_since: NOW + 50, ..first.clone() };
    second.step(&Event::Read { deployment: &answer(State::Ready), asked: NOW + 60 }, NOW + 60);
    let mut third = second.clone();
    third.step(&Event::Throttled { until: NOW + 90_000, verifying: false }, NOW + 61);
    for merged in [second.clone().newer(third.clone()), third.newer(second.clone())] {
        assert_eq!(merged.throttled_until, Some(NOW + 90_000));
    }
    for merged in [first.clone().newer(second.clone()), second.newer(first)] {
        assert_eq!((merged.state(), merged.known_since), (Some(&State::Ready), NOW));
        assert!(merged.draft.is_some());
    }
}

#[test]
fn what_it_was_started_with_is_kept_without_secrets() {
    let mut draft = Draft::default();
    draft.set(&CREATE_DEPLOYMENT, "number", "7700900000".into());
    draft.set(&CREATE_DEPLOYMENT, "pin", "918273".into());
    let track = in_state(&State::Initializing).started_with(&draft, "voice", NOW);
    let kept = track.draft.unwrap();
    assert_eq!((kept.text("number"), kept.text("pin")), ("7700900000", ""));
    assert_eq!(track.code.unwrap().method, "voice");
}

#[test]
fn a_stored_track_is_read_again_without_loss() {
    let mut track = in_state(&State::Unknown("NEW".into()));
    track.step(&Event::CodeResent { method: "sms" }, NOW + 1);
    let stored = serde_json::to_string(&track).unwrap();
    assert_eq!(serde_json::from_str::<Track>(&stored).unwrap(), track);
}

fn event() -> impl Strategy<Value = u8> {
    0..7_u8
}

proptest! {
    /// In whatever order things happen and whatever the clock does: times never cross, and two sights
    /// of one state never stand side by side.
    #[test]
    fn a_timeline_is_a_timeline(steps in proptest::collection::vec((event(), 0_usize..13, 0_u64..9_000), 1..60)) {
        let states = all();
        let mut track = Track::new("d", "c", NOW);
        for (kind, state, offset) in steps {
            let now = NOW + offset;
            let deployment = answer(states[state].clone());
            let event = match kind {
                0 => Event::Read { deployment: &deployment, asked: now },
                1 => Event::Missing,
                2 => Event::Verified,
                3 => Event::CodeRefused,
                4 => Event::CodeResent { method: "sms" },
                5 => Event::Throttled { until: now, verifying: now.is_multiple_of(2) },
                _ => Event::Deleted,
            };
            track.step(&event, now);
            for sight in &track.seen {
                prop_assert!(sight.first <= sight.last);
            }
            for pair in track.seen.windows(2) {
                prop_assert!(pair[0].state != pair[1].state);
            }
        }
    }
}
