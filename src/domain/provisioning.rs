//! A number on its way: what this device has seen of it, and what may be done next. Every change comes
//! in as an event with its time; what is asked of the provider and when is in `schedule`.

use crate::catalogue::{
    draft::Draft,
    vonage::{State, replies::Deployment},
};
use serde::{Deserialize, Serialize};

/// One deployment as this device knows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Track {
    pub id: String,
    /// Id of the connection that it belongs to.
    pub connection: String,
    pub country_code: String,
    pub number: String,
    pub waba_id: String,
    /// Unix milliseconds at which it became known here.
    pub known_since: u64,
    /// The states it was seen in, oldest first; the last one is the present one.
    pub seen: Vec<Sight>,
    /// The provider's words about the present state.
    pub detail: String,
    /// The provider's words when it failed: a deletion takes them away.
    #[serde(default)]
    pub failed_with: String,
    /// When the provider last answered about it.
    pub read_at: Option<u64>,
    /// When something was last done about it from here: an answer to an older question says less.
    pub acted_at: u64,
    /// The last code that was sent, as far as it is known here.
    pub code: Option<Sent>,
    /// Until when the provider wants to hear of no code.
    pub throttled_until: Option<u64>,
    /// The same where the provider said it to a code that was entered.
    #[serde(default)]
    pub verify_after: Option<u64>,
    /// How often in a row the provider did not know it.
    pub misses: u32,
    /// Counts up with every event: of two tabs, who has heard more.
    pub revision: u64,
    /// What it was started with, without secrets: to start again with the same values.
    pub draft: Option<Draft>,
}

/// A state, and when it was seen here first and last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sight {
    pub state: State,
    pub first: u64,
    pub last: u64,
}

/// A one-time code on its way to the number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sent {
    pub at: u64,
    /// `sms` or `voice`; empty where it was not asked for from here.
    pub method: String,
    /// How often it was asked for again.
    pub again: u32,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event<'a> {
    /// A read that left at `asked` was answered.
    Read { deployment: &'a Deployment, asked: u64 },
    /// A read was answered with *not found*.
    Missing,
    /// The code was accepted.
    Verified,
    /// The code was not accepted.
    CodeRefused,
    /// Another code is on its way, or may be.
    CodeResent { method: &'a str },
    /// The provider wants to hear of no code for a while: said to a code that was entered, or when
    /// another was asked for.
    Throttled { until: u64, verifying: bool },
    /// The deletion was accepted.
    Deleted,
}

/// What a state means to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nothing was read yet.
    Unread,
    /// Being set up: this step of three.
    Setup(u8),
    /// Waiting for the code; `true` after a wrong one.
    Code {
        wrong: bool,
    },
    /// The code was accepted, the number is being assigned.
    Finishing,
    Live,
    Failed,
    Leaving,
    Gone,
    /// A state that the provider does not document.
    New,
}

impl Stage {
    pub fn of(state: Option<&State>) -> Stage {
        let Some(state) = state else { return Stage::Unread };
        match state {
            State::Initializing => Stage::Setup(1),
            State::CreatingCluster => Stage::Setup(2),
            State::ClusterCreated => Stage::Setup(3),
            State::CodeSent => Stage::Code { wrong: false },
            State::WrongCode => Stage::Code { wrong: true },
            State::CodeVerified | State::Finalizing => Stage::Finishing,
            State::Ready => Stage::Live,
            State::Error => Stage::Failed,
            State::Deleting => Stage::Leaving,
            State::Deleted => Stage::Gone,
            State::Unknown(_) => Stage::New,
        }
    }

    /// What lists call it.
    pub fn word(self) -> &'static str {
        match self {
            Stage::Unread => "Not read yet",
            Stage::Setup(_) => "Setting up",
            Stage::Code { wrong: false } => "Enter the code",
            Stage::Code { wrong: true } => "Wrong code, enter it again",
            Stage::Finishing => "Finishing",
            Stage::Live => "Ready",
            Stage::Failed => "Failed",
            Stage::Leaving => "Being deleted",
            Stage::Gone => "Deleted",
            Stage::New => "New state",
        }
    }

    /// Whether a person has to do something.
    pub fn needs_a_hand(self) -> bool {
        matches!(self, Stage::Code { .. } | Stage::Failed)
    }

    /// Whether a code can be verified or asked for again.
    pub fn takes_code(self) -> bool {
        matches!(self, Stage::Code { .. })
    }

    /// Whether deleting is offered: Vonage refuses it while a state changes by itself.
    pub fn can_be_deleted(self) -> bool {
        matches!(self, Stage::Code { .. } | Stage::Live | Stage::Failed)
    }

    /// Whether starting again with the same values is offered.
    pub fn can_start_again(self) -> bool {
        self == Stage::Gone
    }
}

/// Seconds that a person waits before a code may be asked for again: the first time, the second, and
/// from then on. No provider publishes a figure; these are ours.
pub const WAITS: [u64; 3] = [60, 120, 300];
/// Seconds after which Vonage advises to ask for another code.
pub const ADVISED: u64 = 300;

/// Milliseconds that a question may be under way. What seems older was asked before the clock was set.
const LONGEST_QUESTION: u64 = 45_000;
/// The longest wait in milliseconds that is believed after *too many requests*: an hour.
const LONGEST_THROTTLE: u64 = 60 * 60 * 1000;

impl Track {
    /// A deployment that became known here.
    /// What one is stored by.
    pub fn key(connection: &str, id: &str) -> String {
        format!("{connection}/{id}")
    }

    pub fn new(id: &str, connection: &str, now: u64) -> Track {
        Track {
            id: id.to_owned(),
            connection: connection.to_owned(),
            country_code: String::new(),
            number: String::new(),
            waba_id: String::new(),
            known_since: now,
            seen: vec![],
            detail: String::new(),
            failed_with: String::new(),
            read_at: None,
            acted_at: 0,
            code: None,
            throttled_until: None,
            verify_after: None,
            misses: 0,
            revision: 0,
            draft: None,
        }
    }

    /// Keeps what it was started with: the values, and how the code will be sent.
    pub fn started_with(mut self, draft: &Draft, method: &str, now: u64) -> Track {
        self.revision += 1;
        self.draft = Some(draft.without_secrets());
        let at = self.code.map_or(now, |code| code.at);
        self.code = Some(Sent { at, method: method.to_owned(), again: 0 });
        self
    }

    /// The state that was last seen.
    pub fn state(&self) -> Option<&State> {
        self.seen.last().map(|sight| &sight.state)
    }

    /// The state that it was last seen in at a moment.
    pub fn state_at(&self, at: u64) -> Option<&State> {
        self.seen.iter().rfind(|sight| sight.first <= at).map(|sight| &sight.state)
    }

    pub fn stage(&self) -> Stage {
        if self.is_missing() { Stage::Gone } else { Stage::of(self.state()) }
    }

    /// When the present state was first seen.
    pub fn since(&self) -> Option<u64> {
        self.seen.last().map(|sight| sight.first)
    }

    /// Whether the provider no longer knows it. Once may be the key of another account, or a question that
    /// came too soon; after a deletion it is what was waited for.
    pub fn is_missing(&self) -> bool {
        let deleted = matches!(self.state(), Some(State::Deleting | State::Deleted));
        self.misses >= if deleted { 1 } else { 2 }
    }

    /// Takes in what happened.
    pub fn step(&mut self, event: &Event, now: u64) {
        self.revision += 1;
        match event {
            Event::Read { deployment, asked } => self.read(deployment, *asked, now),
            Event::Missing => self.misses = self.misses.saturating_add(1),
            Event::Verified => self.acted(State::CodeVerified, Stage::takes_code, now),
            Event::CodeRefused => self.acted(State::WrongCode, Stage::takes_code, now),
            Event::CodeResent { method } => {
                self.acted(State::CodeSent, Stage::takes_code, now);
                let again = self.code.as_ref().map_or(0, |code| code.again) + 1;
                self.code = Some(Sent { at: now, method: (*method).to_owned(), again });
            }
            Event::Throttled { until, verifying } => {
                self.throttled_until = Some(*until);
                if *verifying {
                    self.verify_after = Some(*until);
                }
            }
            Event::Deleted => self.acted(State::Deleting, |stage| stage != Stage::Gone, now),
        }
    }

    /// A question that was asked before something was done may be answered with how it was before.
    fn read(&mut self, deployment: &Deployment, asked: u64, now: u64) {
        let older = self.acted_at.saturating_sub(asked);
        if (1..=LONGEST_QUESTION).contains(&older) {
            return;
        }
        self.read_at = Some(now);
        self.misses = 0;
        self.detail.clone_from(&deployment.detail);
        if deployment.state == State::Error {
            self.failed_with.clone_from(&deployment.detail);
        }
        for (known, told) in [
            (&mut self.country_code, &deployment.country_code),
            (&mut self.number, &deployment.number),
            (&mut self.waba_id, &deployment.waba_id),
        ] {
            if !told.is_empty() {
                known.clone_from(told);
            }
        }
        self.see(deployment.state.clone(), now);
    }

    fn see(&mut self, state: State, now: u64) {
        if let Some(last) = self.seen.last_mut() {
            last.last = now.max(last.first);
            if last.state == state {
                return;
            }
        }
        if state == State::CodeSent {
            let method = self.code.take().map(|code| (code.method, code.again));
            let (method, again) = method.unwrap_or_default();
            self.code = Some(Sent { at: now, method, again });
        }
        self.seen.push(Sight { state, first: now, last: now });
    }

    /// Something was done and accepted: the state that follows, where the present one allows it.
    fn acted(&mut self, state: State, from: impl Fn(Stage) -> bool, now: u64) {
        self.acted_at = now;
        if from(self.stage()) {
            self.detail.clear();
            self.see(state, now);
        }
    }

    /// Milliseconds until a code may be asked for again; never longer than the whole wait, even if the
    /// clock was set back meanwhile.
    pub fn resend_in(&self, now: u64) -> u64 {
        let ours = self.code.as_ref().map_or(0, |code| {
            let wait = WAITS[(code.again as usize).min(WAITS.len() - 1)] * 1000;
            (code.at + wait).saturating_sub(now).min(wait)
        });
        left(self.throttled_until, now).max(ours)
    }

    /// Milliseconds until the provider takes a code again.
    pub fn verify_in(&self, now: u64) -> u64 {
        left(self.verify_after, now)
    }

    /// Whether the code may have been sent before this device first saw it.
    pub fn code_is_older(&self) -> bool {
        let resent = self.code.as_ref().is_some_and(|code| code.again > 0);
        !resent && self.seen.first().is_some_and(|sight| Stage::of(Some(&sight.state)).takes_code())
    }

    /// Whether the code has been on its way for so long that asking for another is advised.
    pub fn is_overdue(&self, now: u64) -> bool {
        self.stage().takes_code()
            && self.code.as_ref().is_some_and(|code| now.saturating_sub(code.at) >= ADVISED * 1000)
    }

    /// What is known of one deployment in two tabs, or stored and read: the newer of both.
    pub fn newer(self, other: Track) -> Track {
        let age = |track: &Track| (track.revision, track.read_at.unwrap_or(0).max(track.acted_at));
        let known_since = self.known_since.min(other.known_since);
        let (newer, older) = if age(&other) > age(&self) { (other, self) } else { (self, other) };
        Track { known_since, draft: newer.draft.or(older.draft), ..newer }
    }
}

/// Milliseconds that are left of a wait the provider asked for.
fn left(until: Option<u64>, now: u64) -> u64 {
    until.map_or(0, |until| until.saturating_sub(now).min(LONGEST_THROTTLE))
}

/// The way of a number, in the order of the documentation: what a timeline draws before it is seen.
pub const WAY: [State; 7] = [
    State::Initializing,
    State::CreatingCluster,
    State::ClusterCreated,
    State::CodeSent,
    State::CodeVerified,
    State::Finalizing,
    State::Ready,
];

#[cfg(test)]
mod tests;
