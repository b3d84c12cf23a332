//! The way of somebody who is new here: four steps, each done once and for all.

use crate::catalogue::{kapso::SEND_MESSAGE, operation::Operation};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// In the sandbox.
    LookAround,
    Connect,
    GoLive,
    Answer,
}

impl Step {
    pub const ALL: [Step; 4] = [Step::LookAround, Step::Connect, Step::GoLive, Step::Answer];

    pub const fn title(self) -> &'static str {
        match self {
            Step::LookAround => "Look around in the sandbox",
            Step::Connect => "Connect a provider",
            Step::GoLive => "Bring a number live",
            Step::Answer => "Answer a message",
        }
    }

    pub const fn about(self) -> &'static str {
        match self {
            Step::LookAround => {
                "It stands in for the providers inside this page: read its conversations, answer, try any request. Nothing leaves the browser."
            }
            Step::Connect => {
                "Enter the address and the key that your provider gave you. The check tells what works before anything is sent."
            }
            Step::GoLive => {
                "Four steps take a number to WhatsApp. Have its certificate at hand, and somebody who can receive the one-time code."
            }
            Step::Answer => {
                "Conversations are in the inbox. A customer who wrote can be answered freely for 24 hours, and by a template afterwards."
            }
        }
    }

    /// Path below the base of the site.
    pub const fn place(self) -> &'static str {
        match self {
            Step::LookAround | Step::Answer => "/inbox",
            Step::Connect => "/connections",
            Step::GoLive => "/numbers/new",
        }
    }
}

/// How far somebody has come on this device.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FirstSteps {
    pub done: BTreeSet<Step>,
    /// Whether the person does not want to see them any more.
    pub hidden: bool,
}

impl FirstSteps {
    pub fn are_shown(&self) -> bool {
        !self.hidden && Step::ALL.iter().any(|step| !self.done.contains(step))
    }

    /// The first that is not done.
    pub fn next(&self) -> Option<Step> {
        Step::ALL.into_iter().find(|step| !self.done.contains(step))
    }
}

/// The step that is done with a request that succeeded.
pub fn done_with(operation: &Operation, sandbox: bool) -> Option<Step> {
    match sandbox {
        true => Some(Step::LookAround),
        false => (operation.id == SEND_MESSAGE.id).then_some(Step::Answer),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{
        kapso::{LIST_CONVERSATIONS, SEND_STANDALONE},
        webex::SEND_TEXT,
    };
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_message_counts_where_somebody_gets_it() {
        assert_eq!(done_with(&SEND_MESSAGE, false), Some(Step::Answer));
        assert_eq!(done_with(&SEND_MESSAGE, true), Some(Step::LookAround));
        for other in [&LIST_CONVERSATIONS, &SEND_STANDALONE, &SEND_TEXT] {
            assert_eq!(done_with(other, false), None, "{} answers nobody", other.id);
        }
    }

    #[test]
    fn they_are_over_when_all_are_done_or_nobody_wants_them() {
        let mut steps = FirstSteps::default();
        assert_eq!((steps.are_shown(), steps.next()), (true, Some(Step::LookAround)));
        steps.done = [Step::LookAround, Step::GoLive].into();
        assert_eq!((steps.are_shown(), steps.next()), (true, Some(Step::Connect)));
        assert!(!FirstSteps { hidden: true, ..steps.clone() }.are_shown());
        steps.done = Step::ALL.into();
        assert_eq!((steps.are_shown(), steps.next()), (false, None));
    }
}
