//! What may leave twice and what may not, and what a ledger says of it.

use super::*;
use crate::catalogue::{self, draft::Draft, read};
use proptest::prelude::*;
use serde_json::json;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const NOW: u64 = 1_800_000_000_000;

fn entry(act: Act, at: u64) -> Entry {
    let (method, connection) = ("sms".into(), "c".into());
    Entry { act, at, nonce: 1, method, connection, outcome: Outcome::Open, ended: None }
}

fn accepted(id: &str) -> Outcome {
    Outcome::Accepted { deployment: id.into() }
}

fn spend(id: &str, request: serde_json::Value) -> Option<Spend> {
    let operation = catalogue::find(id).unwrap();
    Spend::of(read::draft(operation, &Draft::from_json(operation, &request)).sketch())
}

#[test]
fn only_what_costs_something_is_counted() {
    let create = json!({ "country_code": "44", "number": "07700900000", "method": "voice" });
    let spent = spend("vonage.create-deployment", create).unwrap();
    assert_eq!(
        (spent.act, spent.subject.as_str(), spent.method.as_str()),
        (Act::Create, "+447700900000", "voice")
    );
    for (id, act) in [
        ("vonage.verify", Act::Verify),
        ("vonage.resend-otp", Act::Resend),
        ("vonage.delete-deployment", Act::Delete),
    ] {
        let spent = spend(id, json!({ "deployment_id": "d", "code": "674639" })).unwrap();
        assert_eq!((spent.act, spent.subject.as_str()), (act, "d"), "{id}");
    }
    assert_eq!(spend("vonage.get-deployment", json!({ "deployment_id": "d" })), None);
    assert_eq!(spend("kapso.create-customer", json!({})), None);
}

#[test]
fn the_same_act_does_not_leave_twice_at_once() {
    for act in Act::ALL {
        let mut ledger = Ledger::default();
        assert_eq!(ledger.begin(entry(act, NOW), Doubt::FindOut), Ok(()));
        assert_eq!(ledger.begin(entry(act, NOW + 29_000), Doubt::FindOut), Err(NotNow::UnderWay));
        for other in Act::ALL.into_iter().filter(|other| *other != act) {
            assert_eq!(ledger.clone().begin(entry(other, NOW), Doubt::FindOut), Ok(()), "{act:?} {other:?}");
        }
        ledger.end(NOW, 1, accepted("d"), NOW);
        assert_eq!(ledger.begin(entry(act, NOW + 30_000), Doubt::FindOut), Ok(()));
    }
}

#[test]
fn what_was_never_answered_has_to_be_found_out() {
    let mut ledger = Ledger::default();
    ledger.begin(entry(Act::Create, NOW), Doubt::FindOut).unwrap();
    assert_eq!(ledger.unsettled(Act::Create), None);
    ledger.give_up_stale(NOW + STALE);
    assert_eq!(ledger.unsettled(Act::Create), None, "it may still be answered");
    ledger.give_up_stale(NOW + STALE + 1);
    assert_eq!(ledger.unsettled(Act::Create).map(|entry| entry.at), Some(NOW));
    assert_eq!(ledger.unsettled(Act::Verify), None);
    ledger.settle(Act::Create, &Outcome::NotCarriedOut, NOW + STALE + 1 + GRACE);
    assert_eq!(ledger.unsettled(Act::Create), None);
    assert_eq!(ledger.recent_starts(NOW), 0);
}

#[test]
fn a_sender_that_is_gone_and_a_clock_that_was_set_back_leave_the_outcome_unknown() {
    let mut ledger = Ledger::default();
    ledger.begin(entry(Act::Verify, NOW), Doubt::FindOut).unwrap();
    let mut gone = ledger.clone();
    gone.give_up(Act::Verify);
    assert!(gone.unsettled(Act::Verify).is_some());
    ledger.give_up_stale(NOW - STALE - 1);
    assert!(ledger.unsettled(Act::Verify).is_some());
}

#[test]
fn a_later_answer_makes_an_older_unknown_one_past() {
    let mut ledger = Ledger::default();
    ledger.begin(entry(Act::Resend, NOW), Doubt::FindOut).unwrap();
    ledger.end(NOW, 1, Outcome::Unknown, NOW);
    assert_eq!(ledger.begin(entry(Act::Resend, NOW + 1), Doubt::FindOut), Err(NotNow::Unsettled));
    ledger.begin(entry(Act::Resend, NOW + 1), Doubt::SendAnyway).unwrap();
    ledger.end(NOW + 1, 1, accepted(""), NOW + 1);
    assert_eq!(ledger.unsettled(Act::Resend), None);
}

#[test]
fn a_question_settles_only_what_was_lost_before_it_was_asked() {
    let lost = || {
        let mut ledger = Ledger::default();
        ledger.begin(entry(Act::Verify, NOW), Doubt::FindOut).unwrap();
        ledger.end(NOW, 1, Outcome::Unknown, NOW + 100);
        ledger
    };
    for (outcome, asked, settled) in [
        (accepted(""), NOW + 99, false),
        (accepted(""), NOW + 100, true),
        (Outcome::NotCarriedOut, NOW + 100, false),
        (Outcome::NotCarriedOut, NOW + 100 + GRACE - 1, false),
        (Outcome::NotCarriedOut, NOW + 100 + GRACE, true),
        // The clock was set back by an hour meanwhile.
        (accepted(""), NOW - 3_600_000, true),
    ] {
        let mut ledger = lost();
        ledger.settle(Act::Verify, &outcome, asked);
        assert_eq!(ledger.unsettled(Act::Verify).is_none(), settled, "{outcome:?} {asked}");
    }
    let mut left = lost();
    left.leave_open(Act::Verify);
    assert_eq!(left.entries[0].outcome, Outcome::NeverKnown);
}

#[test]
fn starts_count_for_seventy_two_hours() {
    let mut ledger = Ledger::default();
    for (at, outcome) in [
        (NOW - WINDOW, accepted("a")),
        (NOW - WINDOW + 1, accepted("b")),
        (NOW - 3, Outcome::Refused { code: "number-in-use".into() }),
        (NOW - 2, Outcome::Unknown),
        (NOW - 1, Outcome::NotCarriedOut),
    ] {
        ledger.begin(entry(Act::Create, at), Doubt::SendAnyway).unwrap();
        ledger.end(at, 1, outcome, at);
    }
    assert_eq!(ledger.recent_starts(NOW), 3);
    assert_eq!(ledger.deployments().collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn how_a_request_ended_is_read_from_its_answer() {
    let failed = |kind| Outcome::of(Act::Verify, &Err(Failure::of(kind)));
    assert_eq!(Outcome::of(Act::Create, &Ok(json!({ "deployment_id": "d" }))), accepted("d"));
    assert_eq!(Outcome::of(Act::Delete, &Ok(json!(null))), accepted(""));
    assert_eq!(
        Outcome::of(Act::Create, &Ok(json!({}))),
        Outcome::Unknown,
        "which one was started is not told"
    );
    for kind in [
        FailureKind::TimedOut { seconds: 30 },
        FailureKind::Unreachable,
        FailureKind::ProviderError,
        FailureKind::Unreadable,
    ] {
        assert_eq!(failed(kind), Outcome::Unknown, "{kind:?}");
    }
    assert_eq!(failed(FailureKind::Refused), Outcome::Refused { code: "Refused".into() });
    assert_eq!(
        failed(FailureKind::Throttled { seconds: None }),
        Outcome::Refused { code: "Too many requests".into() }
    );
}

proptest! {
    /// Whatever happens, in whatever order: at most one of each act is open, and the ledger stays short.
    #[test]
    fn at_most_one_is_open(steps in proptest::collection::vec((0_usize..4, 0_u64..100_000, 0_u8..4), 0..300)) {
        let mut ledger = Ledger::default();
        let mut now = NOW;
        for (act, after, then) in steps {
            now += after;
            let act = Act::ALL[act];
            let begun = ledger.begin(entry(act, now), Doubt::FindOut).is_ok();
            match then {
                0 if begun => ledger.end(now, 1, Outcome::Unknown, now),
                1 if begun => ledger.end(now, 1, accepted("d"), now),
                2 => ledger.give_up(act),
                _ => {}
            }
            for act in Act::ALL {
                let open = ledger.entries.iter().filter(|entry| entry.act == act && entry.outcome == Outcome::Open);
                prop_assert!(open.count() <= 1);
            }
            prop_assert!(ledger.entries.len() <= KEEP);
        }
    }
}
