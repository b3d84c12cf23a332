//! One number that is being looked at: who asks for it, when, and how the last questions ended.

use super::super::is_missing;
use crate::{
    browser::{page, tabs::Claim, transport::Abort},
    catalogue::{failure::Failure, vonage::State},
    domain::{
        provisioning::Track,
        schedule::{self, Next, Situation},
    },
    state::send::Exchange,
};
use gloo_timers::callback::Timeout;

#[derive(Default)]
pub struct One {
    pub watchers: u32,
    pub claim: Option<Claim>,
    pub leads: bool,
    /// Rings until it is dropped.
    pub timer: Option<Timeout>,
    pub reading: Option<Abort>,
    /// Number of the question that is under way: an answer to an older one is nobody's.
    pub question: u32,
    /// Ticks of the last answer, or of the last failure.
    pub last: Option<f64>,
    state: Option<State>,
    /// Answers in that state.
    unchanged: u32,
    pub failures: u32,
    pub failure: Option<Failure>,
    /// Whether the newest answer came from another tab.
    pub heard: bool,
}

impl One {
    /// Takes in how a question ended.
    pub fn answered(&mut self, exchange: &Exchange) {
        self.reading = None;
        self.heard = false;
        self.last = Some(page::ticks());
        self.failure = exchange.result.as_ref().err().filter(|failure| !is_missing(failure)).cloned();
        self.failures = if self.failure.is_some() { self.failures + 1 } else { 0 };
        if self.failure.is_none() {
            self.unchanged += 1;
        }
    }

    /// When the next question is due.
    pub fn next(&mut self, track: &Track) -> Next {
        if track.is_missing() {
            return Next::Never;
        }
        if self.state.as_ref() != track.state() {
            self.state = track.state().cloned();
            self.unchanged = 1;
        }
        // Before the first answer of this visit it is not known whether the state still holds.
        let state = track.state().filter(|_| self.last.is_some());
        schedule::next(&Situation {
            state,
            unchanged: self.unchanged,
            failures: self.failures,
            failure: self.failure.as_ref(),
            hidden: page::document().hidden(),
            offline: !page::is_online(),
            chance: js_sys::Math::random(),
        })
    }
}
