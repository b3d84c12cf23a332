//! What was spent on a number from this device: every start, code and deletion, with how it ended.
//! It is written before a request leaves, so that a page that dies leaves a trace; who writes it where
//! is not decided here.

use crate::catalogue::{
    call::Call,
    failure::{CarriedOut, Failure, FailureKind},
    vonage,
};
use serde::{Deserialize, Serialize};

/// A request that costs something, or cannot be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    Create,
    Verify,
    Resend,
    Delete,
}

impl Act {
    pub const ALL: [Act; 4] = [Act::Create, Act::Verify, Act::Resend, Act::Delete];

    /// What the ledger calls it.
    pub const fn word(self) -> &'static str {
        match self {
            Act::Create => "Started",
            Act::Verify => "Code entered",
            Act::Resend => "Code asked for again",
            Act::Delete => "Deleted",
        }
    }

    const fn operation(self) -> &'static str {
        match self {
            Act::Create => vonage::CREATE_DEPLOYMENT.id,
            Act::Verify => vonage::VERIFY.id,
            Act::Resend => vonage::RESEND_OTP.id,
            Act::Delete => vonage::DELETE_DEPLOYMENT.id,
        }
    }
}

/// What a call spends, and on what: a number by its digits, or a deployment by its id.
#[derive(Clone, Debug, PartialEq)]
pub struct Spend {
    pub act: Act,
    pub subject: String,
    /// `sms` or `voice`, where the act sends a code.
    pub method: String,
}

impl Spend {
    pub fn of(call: &Call) -> Option<Spend> {
        let act = Act::ALL.into_iter().find(|act| act.operation() == call.operation.id)?;
        let text = |name: &str| call.values().text_at(name);
        let subject = match act {
            Act::Create => subject_of_number(&text("country_code"), &text("number")),
            _ => text("deployment_id"),
        };
        Some(Spend { act, subject, method: text("method") })
    }
}

/// A number's own part of the ledger's key: its digits, the same for `44 0770…` and `44 770…`.
pub fn subject_of_number(country_code: &str, number: &str) -> String {
    let plain = |text: &str| text.trim_start_matches('0').to_owned();
    format!("+{}{}", plain(country_code), plain(number))
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub act: Act,
    /// Unix milliseconds at which it left.
    pub at: u64,
    /// Tells apart what left in the same millisecond.
    pub nonce: u32,
    pub method: String,
    /// Id of the connection that it left by: what became of it can only be read there.
    pub connection: String,
    pub outcome: Outcome,
    /// When the outcome was noted: an answer to a question that was asked before says nothing of it.
    pub ended: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// Left, and no answer was seen yet.
    Open,
    /// `deployment` is the id that a start was answered with; empty otherwise.
    Accepted { deployment: String },
    /// `code` is the provider's own word for the reason, or the console's.
    Refused { code: String },
    /// No usable answer came: it may have been carried out.
    Unknown,
    /// It turned out that it never took effect.
    NotCarriedOut,
    /// Nothing that can be read tells whether it took effect.
    NeverKnown,
}

impl Outcome {
    /// How a request ended, as far as its answer tells.
    pub fn of(act: Act, result: &Result<serde_json::Value, Failure>) -> Outcome {
        match result {
            Ok(json) => match json["deployment_id"].as_str().unwrap_or_default() {
                // Something was started, but which one it is has to be found out.
                "" if act == Act::Create => Outcome::Unknown,
                id => Outcome::Accepted { deployment: id.to_owned() },
            },
            Err(failure) if failure.carried_out() == CarriedOut::Maybe => Outcome::Unknown,
            Err(failure) if never_got_there(failure.kind) => Outcome::NotCarriedOut,
            // Turned away before anybody at Meta heard of it.
            Err(Failure { kind: FailureKind::Throttled { .. }, .. }) if act == Act::Create => {
                Outcome::NotCarriedOut
            }
            Err(failure) => {
                let code = if failure.said.code.is_empty() { failure.word() } else { &failure.said.code };
                Outcome::Refused { code: code.to_owned() }
            }
        }
    }

    pub fn word(&self) -> String {
        match self {
            Outcome::Open => "no answer seen yet".into(),
            Outcome::Accepted { .. } => "accepted".into(),
            // Where a provider has no word for it, its code is an address.
            Outcome::Refused { code } if code.contains("://") => "refused".into(),
            Outcome::Refused { code } => format!("refused: {code}"),
            Outcome::Unknown => "outcome unknown".into(),
            Outcome::NotCarriedOut => "did not take effect".into(),
            Outcome::NeverKnown => "outcome never known".into(),
        }
    }

    /// Whether it may count against a limit of attempts.
    fn may_count(&self) -> bool {
        !matches!(self, Outcome::NotCarriedOut)
    }
}

/// Whether a failure is one of the way there.
fn never_got_there(kind: FailureKind) -> bool {
    kind.is_about_the_key()
        || matches!(
            kind,
            FailureKind::Offline
                | FailureKind::OutsidePolicy
                | FailureKind::Insecure
                | FailureKind::SignInEnded
                | FailureKind::RelayRefused
                | FailureKind::RelayUnreachable
                | FailureKind::RelayKeyRefused
        )
}

/// Meta's window for attempts to register a number, in milliseconds: 72 hours.
pub const WINDOW: u64 = 72 * 60 * 60 * 1000;
/// Attempts in that window after which Meta locks the number for another 72 hours.
pub const ATTEMPTS: usize = 10;

/// Longer than any request may take; what is open for longer was never answered.
const STALE: u64 = 45_000;
/// Entries that are kept of one subject.
const KEEP: usize = 100;

/// All that is known here of one number or deployment, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    pub entries: Vec<Entry>,
}

impl Ledger {
    /// Notes what is about to leave; refused while the same act is on its way, and, unless the person
    /// wants it all the same, while it is not known what became of the one before.
    pub fn begin(&mut self, entry: Entry, doubt: Doubt) -> Result<(), NotNow> {
        self.give_up_stale(entry.at);
        if self.open(entry.act).is_some() {
            return Err(NotNow::UnderWay);
        }
        if doubt == Doubt::FindOut && self.unsettled(entry.act).is_some() {
            return Err(NotNow::Unsettled);
        }
        self.entries.push(entry);
        self.shorten();
        Ok(())
    }

    /// Forgets the oldest of more entries than are kept.
    pub fn shorten(&mut self) {
        let surplus = self.entries.len().saturating_sub(KEEP);
        self.entries.drain(..surplus);
    }

    /// Notes how it ended.
    pub fn end(&mut self, at: u64, nonce: u32, outcome: Outcome, now: u64) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| (entry.at, entry.nonce) == (at, nonce)) {
            entry.outcome = outcome;
            entry.ended = Some(now);
        }
    }

    /// What is on its way.
    pub fn open(&self, act: Act) -> Option<&Entry> {
        self.entries.iter().rfind(|entry| entry.act == act && entry.outcome == Outcome::Open)
    }

    /// Whoever sent it is gone: nobody will see its answer.
    pub fn give_up(&mut self, act: Act) {
        for entry in self.entries.iter_mut().filter(|entry| entry.act == act) {
            if entry.outcome == Outcome::Open {
                entry.outcome = Outcome::Unknown;
                // Nobody knows when it was lost; what was read since it left may tell already.
                entry.ended = Some(entry.at);
            }
        }
    }

    /// What has been open for too long to be answered still, or left in the future of a clock that was
    /// set back.
    pub fn give_up_stale(&mut self, now: u64) {
        for entry in &mut self.entries {
            let stale = now.abs_diff(entry.at) > STALE;
            if entry.outcome == Outcome::Open && stale {
                entry.outcome = Outcome::Unknown;
                entry.ended = Some(entry.at);
            }
        }
    }

    /// The newest one whose outcome has to be found out before the act is offered again.
    pub fn unsettled(&self, act: Act) -> Option<&Entry> {
        let newest = self.entries.iter().rfind(|entry| entry.act == act)?;
        (newest.outcome == Outcome::Unknown).then_some(newest)
    }

    /// Writes down what a question that was asked at `asked` found out about it.
    pub fn settle(&mut self, act: Act, outcome: &Outcome, asked: u64) {
        for entry in
            self.entries.iter_mut().filter(|entry| entry.act == act && entry.outcome == Outcome::Unknown)
        {
            if entry.may_be_settled(outcome, asked) {
                entry.outcome = outcome.clone();
            }
        }
    }

    /// The person wants to go on without knowing.
    pub fn leave_open(&mut self, act: Act) {
        for entry in self.entries.iter_mut().filter(|entry| entry.act == act) {
            if entry.outcome == Outcome::Unknown {
                entry.outcome = Outcome::NeverKnown;
            }
        }
    }

    /// Starts of the last 72 hours that may count at Meta.
    pub fn recent_starts(&self, now: u64) -> usize {
        let recent = |entry: &&Entry| {
            entry.act == Act::Create && entry.outcome.may_count() && now.saturating_sub(entry.at) < WINDOW
        };
        self.entries.iter().filter(recent).count()
    }

    /// The deployment of the newest start that was accepted.
    pub fn newest_deployment(&self) -> Option<&str> {
        let newest = self.entries.iter().rfind(|entry| entry.act == Act::Create)?;
        match &newest.outcome {
            Outcome::Accepted { deployment } => Some(deployment.as_str()).filter(|id| !id.is_empty()),
            _ => None,
        }
    }

    /// Deployments that were started for the number.
    pub fn deployments(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().filter_map(|entry| match &entry.outcome {
            Outcome::Accepted { deployment } if !deployment.is_empty() => Some(deployment.as_str()),
            _ => None,
        })
    }

    /// Both ledgers in one, by time; what stands in both stands once.
    pub fn merged(mut self, other: Ledger) -> Ledger {
        self.entries.extend(other.entries);
        self.entries.sort_by_key(|entry| (entry.at, entry.nonce));
        self.entries.dedup_by_key(|entry| (entry.at, entry.nonce));
        self
    }
}

impl Entry {
    /// Whether what a question found out is about this one. That it did not take effect is believed only
    /// some time after its answer was lost, for the provider may still be at work.
    pub fn may_be_settled(&self, outcome: &Outcome, asked: u64) -> bool {
        let grace = if *outcome == Outcome::NotCarriedOut { GRACE } else { 0 };
        // A clock that was set back by more than a request takes says nothing about the order.
        let ended = self.ended.filter(|ended| ended.saturating_sub(asked) <= STALE).unwrap_or(0);
        asked >= ended + grace
    }
}

/// Milliseconds after a lost answer in which the provider may still be at work.
pub const GRACE: u64 = 2_000;

/// What to do about an earlier one whose outcome is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It has to be found out first.
    FindOut,
    /// The person was told, and sends all the same.
    SendAnyway,
}

/// Why an act may not leave now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotNow {
    /// The same is on its way already.
    UnderWay,
    /// It is not known what became of the one before.
    Unsettled,
}

#[cfg(test)]
mod tests;
