//! What a person does with the field of the code, and what leaves because of it. How it looks is in the
//! modules beside this one.

use super::{super::Shown, ID};
use crate::{
    browser::{focus, page},
    catalogue::vonage,
    domain::{
        ledger::Act,
        one_time_code::{self, Code},
    },
    state::numbers::{Acted, act},
};
use leptos::{ev, prelude::*, task::spawn_local};
use serde_json::json;

/// What a person has done with the field.
#[derive(Clone, Copy)]
pub struct Entry {
    pub shown: Shown,
    pub typed: RwSignal<String>,
    /// Whether it was tried, so that what is wrong with it may show.
    pub tried: RwSignal<bool>,
    /// What is being waited for.
    pub pending: RwSignal<Option<Act>>,
    /// A code that was refused, and how many codes had been sent then: it is not sent again as it is.
    refused: RwSignal<Option<(String, u32)>>,
    /// Ticks of the last answer: a second press right after it was meant for the first.
    answered: StoredValue<f64>,
}

/// Milliseconds after an answer in which a press still belongs to what was asked before.
const PRESSED_TWICE: f64 = 700.0;

impl Entry {
    pub fn new(shown: Shown) -> Entry {
        Entry {
            shown,
            typed: RwSignal::new(String::new()),
            tried: RwSignal::new(false),
            pending: RwSignal::new(None),
            refused: RwSignal::new(None),
            answered: StoredValue::new(f64::NEG_INFINITY),
        }
    }

    /// Why what was typed cannot be sent, once that was tried.
    pub fn problem(self) -> Option<String> {
        if !self.tried.get() {
            return None;
        }
        match self.typed.with(|typed| one_time_code::read(typed)) {
            Code::Six(code) if self.was_refused(&code) => {
                Some("Vonage refused this very code. Enter the newest one, or ask for another.".to_owned())
            }
            code => code.sentence(),
        }
    }

    /// The code that will be sent, where it does not stand there as it is.
    pub fn understood(self) -> Option<String> {
        self.typed.with(|typed| match one_time_code::read(typed) {
            Code::Six(code) if code != *typed => Some(code),
            _ => None,
        })
    }

    /// Whether the field still has the code that was refused last.
    pub fn holds_refused(self) -> bool {
        let read = self.typed.with(|typed| one_time_code::read(typed));
        matches!(read, Code::Six(code) if self.was_refused(&code))
    }

    fn was_refused(self, code: &str) -> bool {
        let sent = self.sent();
        self.refused.with(|refused| refused.as_ref().is_some_and(|(old, then)| old == code && *then == sent))
    }

    /// How often a code was asked for again, as far as is known here.
    fn sent(self) -> u32 {
        self.shown.track.with_untracked(|track| track.code.as_ref().map_or(0, |code| code.again))
    }

    pub fn submit(self, event: ev::SubmitEvent) {
        event.prevent_default();
        let throttled = self.shown.track.with_untracked(|track| track.verify_in(page::now()) > 0);
        let twice = page::ticks() - self.answered.get_value() < PRESSED_TWICE;
        if self.pending.get_untracked().is_some() || throttled || twice {
            return;
        }
        self.tried.set(true);
        let read = one_time_code::read(&self.typed.get_untracked());
        match read {
            Code::Six(code) if !untrack(|| self.was_refused(&code)) => {
                let request = json!({ "code": code });
                self.go(Act::Verify, request, Some(code));
            }
            _ => {
                // What was said of the last one is not about this one.
                self.shown.acted.set(None);
                focus::soon(format!("#{ID}"));
            }
        }
    }

    pub fn resend(self, method: &str) {
        let wait = self.shown.track.with_untracked(|track| track.resend_in(page::now()));
        if self.pending.get_untracked().is_none() && wait == 0 {
            self.go(Act::Resend, json!({ "method": method }), None);
        }
    }

    fn go(self, what: Act, mut request: serde_json::Value, code: Option<String>) {
        let Shown { app, key, connection, acted, .. } = self.shown;
        let operation = if what == Act::Verify { &vonage::VERIFY } else { &vonage::RESEND_OTP };
        let (key, connection) = (key.get_value(), connection.get_value());
        request["deployment_id"] = key.id.clone().into();
        let sent = self.sent();
        self.pending.set(Some(what));
        acted.set(None);
        spawn_local(async move {
            let ended = act(app, &connection, &key, what, operation, request).await;
            // The state may have changed, and the field be gone.
            if self.pending.try_set(None).is_some() {
                return;
            }
            self.answered.set_value(page::ticks());
            if let (Some(code), Acted::Refused(failure)) = (code, &ended)
                && failure.said.code == "verification-failed"
            {
                self.refused.set(Some((code, sent)));
                self.tried.set(false);
                focus::select_soon(format!("#{ID}"));
            }
            // A refusal that is not about the code comes from a state that is not known here.
            if matches!(&ended, Acted::Refused(failure) if failure.said.code.starts_with("conflict")) {
                app.numbers.ask_now(&key);
            }
            acted.try_set(Some((what, ended)));
        });
    }
}
