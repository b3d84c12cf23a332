//! Finding out what became of a request whose answer was lost: from the state before and the state
//! that was read afterwards. Nothing is offered again before this has been asked.

use super::ledger::{Act, Outcome, subject_of_number};
use crate::catalogue::vonage::{State, replies::Deployment};
use serde_json::Value as Json;

/// What became of a code or a deletion. `before` is the state when it left, `after` the one read since;
/// `None` for *not found*.
pub fn settle(act: Act, before: Option<&State>, after: Option<&State>) -> Outcome {
    let accepted = Outcome::Accepted { deployment: String::new() };
    match (act, after) {
        (Act::Delete, None | Some(State::Deleting | State::Deleted)) => accepted,
        (Act::Delete, Some(_)) => Outcome::NotCarriedOut,
        (Act::Verify, Some(State::CodeVerified | State::Finalizing | State::Ready)) => accepted,
        // A wrong code leads here; that an earlier one had led here already does not make this one right.
        (Act::Verify, Some(State::WrongCode)) => Outcome::Refused { code: "verification-failed".into() },
        (Act::Verify, Some(State::CodeSent)) if before == Some(&State::CodeSent) => Outcome::NotCarriedOut,
        (Act::Resend, Some(State::CodeSent)) if before == Some(&State::WrongCode) => accepted,
        (Act::Resend, Some(State::WrongCode)) => Outcome::NotCarriedOut,
        // The state is the same whether another code was sent or not, or the way went on.
        _ => Outcome::NeverKnown,
    }
}

/// What became of a start, by what the provider lists now; `None` where the list does not tell. `known`
/// are the deployments that earlier starts of the number were answered with.
pub fn settle_start(subject: &str, list: &Json, known: &[&str]) -> Option<Outcome> {
    let listed = Deployment::list(list);
    let same = |one: &&Deployment| {
        subject_of_number(&one.country_code, &one.number) == subject && !one.id.is_empty()
    };
    let gone = |state: &State| matches!(state, State::Deleting | State::Deleted);
    let active = |one: &&Deployment| !gone(&one.state) && one.state != State::Error;
    // One that failed spent an attempt too, unless it is from an earlier start.
    let failed = |one: &&Deployment| one.state == State::Error && !known.contains(&one.id.as_str());
    let found = listed.iter().filter(same).rfind(active).or(listed.iter().filter(same).rfind(failed));
    if let Some(found) = found {
        return Some(Outcome::Accepted { deployment: found.id.clone() });
    }
    // Only a whole list tells that something is not in it; one version of the guide shows a single object.
    let whole = list.as_array().is_some_and(|rows| rows.len() == listed.len());
    let numbered = listed.iter().all(|one| !one.number.is_empty());
    (whole && numbered).then_some(Outcome::NotCarriedOut)
}

/// What a person is told about it.
pub fn sentence(act: Act, outcome: &Outcome) -> &'static str {
    match (act, outcome) {
        (Act::Create, Outcome::Accepted { .. }) => "No answer came to the start, but Vonage had started it.",
        (Act::Create, Outcome::NotCarriedOut) => {
            "No answer came to the start. Vonage lists no deployment of this number, so nothing was started. You can start it now."
        }
        (Act::Verify, Outcome::Accepted { .. }) => "Vonage had accepted the code.",
        (Act::Verify, Outcome::Refused { .. }) => {
            "Vonage is waiting for another code: the one you entered was not accepted."
        }
        (Act::Verify, Outcome::NotCarriedOut) => {
            "The code did not reach Vonage. You can enter the same one again."
        }
        (Act::Resend, Outcome::Accepted { .. }) => "Vonage had sent another code.",
        (Act::Resend, Outcome::NotCarriedOut) => "No other code was sent. You can ask for one again.",
        (Act::Resend, _) => {
            "Vonage does not tell whether another code was sent. Wait for it first; you can ask again after the countdown."
        }
        (Act::Delete, Outcome::Accepted { .. }) => "Vonage had deleted it.",
        (Act::Delete, Outcome::NotCarriedOut) => "It was not deleted. You can delete it again.",
        _ => "Its state does not tell what became of the request. Look at the state before you do it again.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    /// Every act, from every state that allows it, to every state that may be read afterwards: an act
    /// that visibly took effect is never called undone, for then it would be done twice.
    #[test]
    fn what_took_effect_is_never_called_undone() {
        for before in [State::CodeSent, State::WrongCode] {
            for after in State::ALL {
                let further = matches!(after, State::CodeVerified | State::Finalizing | State::Ready);
                let verify = settle(Act::Verify, Some(&before), Some(&after));
                assert_eq!(further, matches!(verify, Outcome::Accepted { .. }), "{before:?} {after:?}");
                let resend = settle(Act::Resend, Some(&before), Some(&after));
                if after != State::WrongCode {
                    assert_ne!(resend, Outcome::NotCarriedOut, "{before:?} {after:?}");
                }
            }
        }
        for after in State::ALL {
            let gone = matches!(after, State::Deleting | State::Deleted);
            let delete = settle(Act::Delete, Some(&State::Ready), Some(&after));
            assert_eq!(gone, matches!(delete, Outcome::Accepted { .. }), "{after:?}");
        }
        assert!(matches!(settle(Act::Delete, Some(&State::Ready), None), Outcome::Accepted { .. }));
        assert_eq!(settle(Act::Verify, Some(&State::CodeSent), None), Outcome::NeverKnown);
    }

    fn row(id: &str, number: &str, state: &str) -> Json {
        json!({ "deployment_id": id, "country_code": "44", "number": number, "current_state": { "title": state } })
    }

    #[test]
    fn a_start_is_found_in_the_list_by_its_number() {
        let find = |rows: &[Json], known: &[&str]| settle_start("+447700900000", &json!(rows), known);
        let accepted = |id: &str| Some(Outcome::Accepted { deployment: id.into() });
        let deleted = row("old", "7700900000", "DELETED");
        let failed = row("failed", "7700900000", "ERROR");
        let other = row("other", "7700900001", "INITIALIZING");
        let new = row("new", "07700900000", "INITIALIZING");
        assert_eq!(find(&[], &[]), Some(Outcome::NotCarriedOut));
        assert_eq!(find(&[deleted.clone(), other.clone()], &[]), Some(Outcome::NotCarriedOut));
        assert_eq!(find(&[deleted, failed.clone(), other.clone(), new.clone()], &[]), accepted("new"));
        assert_eq!(find(&[failed.clone(), other.clone()], &[]), accepted("failed"));
        assert_eq!(find(&[failed, other], &["failed"]), Some(Outcome::NotCarriedOut));
        assert_eq!(find(&[new], &["new"]), accepted("new"));
    }

    #[test]
    fn a_list_that_is_not_whole_does_not_tell_that_nothing_was_started() {
        for list in [
            json!({}),
            row("other", "7700900001", "READY"),
            json!({ "deployments": [] }),
            json!([{ "deployment_id": "d", "current_state": { "title": "READY" } }]),
            json!([row("other", "7700900001", "READY"), {}]),
        ] {
            assert_eq!(settle_start("+447700900000", &list, &[]), None, "{list}");
        }
    }
}
