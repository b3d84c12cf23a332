//! The table as it was agreed, and the figures that hang on it.

use super::*;
use proptest::prelude::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn situation(state: Option<&State>) -> Situation<'_> {
    Situation { state, unchanged: 1, failures: 0, failure: None, hidden: false, offline: false, chance: 0.0 }
}

fn failed(kind: FailureKind) -> Failure {
    Failure::of(kind)
}

#[test]
fn every_state_has_its_pace() {
    let unknown = State::Unknown("WAITING_FOR_META".into());
    for (state, first, later) in [
        (Some(&State::Initializing), 3_000, 15_000),
        (Some(&State::CreatingCluster), 3_000, 15_000),
        (Some(&State::ClusterCreated), 3_000, 15_000),
        (Some(&State::CodeVerified), 3_000, 15_000),
        (Some(&State::Finalizing), 3_000, 15_000),
        (Some(&State::CodeSent), 15_000, 15_000),
        (Some(&State::WrongCode), 15_000, 15_000),
        (Some(&unknown), 15_000, 15_000),
        (Some(&State::Deleting), 5_000, 5_000),
        (None, 3_000, 15_000),
    ] {
        assert_eq!(next(&situation(state)), Next::In(first), "{state:?}");
        assert_eq!(next(&Situation { unchanged: 50, ..situation(state) }), Next::In(later), "{state:?}");
        let hidden = next(&Situation { hidden: true, ..situation(state) });
        assert_eq!(hidden, Next::In(first * HIDDEN), "{state:?}");
        assert_eq!(next(&Situation { offline: true, ..situation(state) }), Next::Paused(Pause::Offline));
    }
    for state in [State::Ready, State::Error, State::Deleted] {
        assert_eq!(next(&situation(Some(&state))), Next::Never);
    }
}

#[test]
fn the_providers_own_wait_wins() {
    let (soon, late) = (
        failed(FailureKind::Throttled { seconds: Some(1) }),
        failed(FailureKind::Throttled { seconds: Some(600) }),
    );
    let unreadable = failed(FailureKind::Throttled { seconds: None });
    let asked = |failure| {
        next(&Situation { failures: 9, failure: Some(failure), ..situation(Some(&State::CodeSent)) })
    };
    assert_eq!(asked(&soon), Next::In(1_000));
    assert_eq!(asked(&late), Next::In(600_000));
    assert_eq!(asked(&unreadable), Next::In(THROTTLED));
}

#[test]
fn failures_make_it_slower_and_refusals_end_it() {
    let lost = failed(FailureKind::Unreachable);
    let wait =
        |failures| next(&Situation { failures, failure: Some(&lost), ..situation(Some(&State::CodeSent)) });
    assert_eq!(
        [wait(1), wait(2), wait(3), wait(4), wait(40)],
        [Next::In(15_000), Next::In(30_000), Next::In(60_000), Next::In(120_000), Next::In(120_000)]
    );
    for kind in
        [FailureKind::RefusedKey, FailureKind::Refused, FailureKind::NoCredential, FailureKind::SignInEnded]
    {
        let refused = failed(kind);
        let asked = next(&Situation { failures: 1, failure: Some(&refused), ..situation(None) });
        assert_eq!(asked, Next::Paused(Pause::Refused), "{kind:?}");
    }
    let offline = failed(FailureKind::Offline);
    let asked = next(&Situation { failures: 1, failure: Some(&offline), ..situation(None) });
    assert_eq!(asked, Next::Paused(Pause::Offline));
}

/// Questions in a ten-minute wait for a code, with the chance that makes them come soonest.
#[test]
fn ten_minutes_of_waiting_for_a_code_take_at_most_45_questions() {
    for chance in [0.0, 0.5, 1.0] {
        let (mut at, mut questions) = (0, 0);
        while at <= 600_000 {
            questions += 1;
            let Next::In(wait) =
                next(&Situation { unchanged: questions, chance, ..situation(Some(&State::CodeSent)) })
            else {
                panic!("it is followed");
            };
            assert!(wait <= 15_000);
            at += wait;
        }
        assert!((40..=45).contains(&questions), "{questions} questions");
    }
}

proptest! {
    /// Whenever questions come, no minute holds 30 of them.
    #[test]
    fn no_minute_holds_thirty_questions(gaps in proptest::collection::vec(0_u32..5_000, 1..200)) {
        let mut budget = Budget::new();
        let mut now = 0.0;
        let mut left = vec![];
        for gap in gaps {
            now += f64::from(gap);
            left.push(now + budget.take(now));
        }
        for start in &left {
            let within = left.iter().filter(|at| (*start..start + 60_000.0).contains(*at)).count();
            prop_assert!(within < 30, "{} in a minute", within);
        }
    }

    #[test]
    fn a_wait_is_never_nothing_and_never_forever(unchanged in 0_u32..1_000_000, failures in 0_u32..1_000_000, chance in -1.0_f64..2.0, hidden: bool) {
        let lost = failed(FailureKind::Unreachable);
        for state in State::ALL {
            let now = Situation { state: Some(&state), unchanged, failures, failure: (failures > 0).then_some(&lost), hidden, offline: false, chance };
            if let Next::In(wait) = next(&now) {
                prop_assert!((2_850..=240_000).contains(&wait), "{:?} {}", state, wait);
            }
        }
    }
}
