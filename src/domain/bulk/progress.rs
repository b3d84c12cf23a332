//! Where a batch stands: how many people are where, whether it goes on, and why it waits for a person. What
//! becomes of a single request is decided beside this module.

use super::{Part, State};
use serde::{Deserialize, Serialize};

/// Where a batch stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    pub standing: Standing,
    /// No request before this one waits.
    pub next: u32,
    /// The one request that is under way.
    pub leaving: Option<u32>,
    /// When the last one left, in Unix milliseconds.
    pub left_at: u64,
    /// When a person let it go on, in Unix milliseconds.
    #[serde(default)]
    pub gone_on_at: u64,
    pub counts: Counts,
    /// Whether a usable answer came since the batch began or went on.
    pub heard: bool,
    /// Answers that were lost one after the other.
    pub lost: u32,
    /// Refusals for the same reason one after the other, and the reason.
    pub alike: u32,
    pub reason: String,
    /// Whether a person has looked at what was refused or is unknown, and leaves it at that.
    pub settled: bool,
}

/// People by what became of their message. Who is in a request under way still waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub waiting: u32,
    pub queued: u32,
    pub refused: u32,
    pub unknown: u32,
}

impl Counts {
    pub fn all(&self) -> u32 {
        self.waiting + self.queued + self.refused + self.unknown
    }

    /// Counts the people of one more request.
    pub fn add(&mut self, part: &Part) {
        *self.of(&part.state) += part.people.len() as u32;
    }

    pub(super) fn of(&mut self, state: &State) -> &mut u32 {
        match state {
            State::Waiting | State::Leaving => &mut self.waiting,
            State::Queued { .. } => &mut self.queued,
            State::Refused { .. } => &mut self.refused,
            State::Unknown { .. } => &mut self.unknown,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Its requests are still being written to the device: none of them may leave.
    #[default]
    Written,
    Running,
    Paused(Pause),
    /// For good, on the person's word.
    Stopped,
}

/// Why a batch waits for a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pause {
    /// The person said so.
    Asked,
    /// No tab was open for so long that the person may not want it any more.
    Away,
    /// The same reason was given again and again.
    Alike { reason: String },
    /// No usable answers came.
    Lost { reason: String },
}

/// Refusals for one reason after which the others are not tried as well.
pub const ALIKE: u32 = 5;
/// Lost answers one after the other after which the others are not risked; where none had come at all, one.
pub const LOST: u32 = 2;
/// A batch of which nothing has left for so long, in milliseconds, goes on only on the person's word.
pub const AWAY: u64 = 10 * 60 * 1000;

impl Progress {
    /// A batch of so many people, none of which has left.
    pub fn new(people: u32) -> Progress {
        Progress { counts: Counts { waiting: people, ..Counts::default() }, ..Progress::default() }
    }

    /// Pauses where going on would do harm.
    pub(super) fn learn(&mut self, after: &State) {
        match after {
            State::Queued { .. } => {
                (self.heard, self.lost, self.alike) = (true, 0, 0);
            }
            State::Refused { refusal, .. } => {
                (self.heard, self.lost) = (true, 0);
                self.alike = if self.reason == refusal.sentence { self.alike + 1 } else { 1 };
                self.reason.clone_from(&refusal.sentence);
                if self.alike >= ALIKE {
                    self.pause(Pause::Alike { reason: refusal.sentence.clone() });
                }
            }
            State::Unknown { reason } => {
                self.lost += 1;
                if self.lost >= LOST || !self.heard {
                    self.pause(Pause::Lost { reason: reason.clone() });
                }
            }
            State::Waiting | State::Leaving => {}
        }
    }

    fn pause(&mut self, why: Pause) {
        // With nobody left there is nothing to hold back.
        if self.standing == Standing::Running && self.counts.waiting > 0 {
            self.standing = Standing::Paused(why);
        }
    }

    /// All requests are on the device: they may leave.
    pub fn begin(&mut self) {
        if self.standing == Standing::Written {
            self.standing = Standing::Running;
        }
    }

    pub fn pause_on_request(&mut self) {
        self.pause(Pause::Asked);
    }

    /// On the person's word, at a time in Unix milliseconds: whoever waits is written to, also where some were
    /// put back in line after all had been.
    pub fn go_on(&mut self, now: u64) {
        if self.is_paused() || self.standing == Standing::Running {
            self.standing = Standing::Running;
            (self.heard, self.lost, self.alike) = (false, 0, 0);
            self.gone_on_at = now;
        }
    }

    /// For good: whoever still waits gets nothing.
    pub fn stop(&mut self) {
        if !self.is_done() && self.standing != Standing::Written {
            self.standing = Standing::Stopped;
        }
    }

    /// A tab takes the batch up that nobody had. `made` and `now` in Unix milliseconds.
    pub fn taken_up(&mut self, made: u64, now: u64) {
        if now.saturating_sub(self.left_at.max(made).max(self.gone_on_at)) >= AWAY {
            self.pause(Pause::Away);
        }
    }

    pub fn is_paused(&self) -> bool {
        matches!(self.standing, Standing::Paused(_))
    }

    /// Whether a request may leave now or later, without a person.
    pub fn moves(&self) -> bool {
        self.standing == Standing::Running && !self.is_done()
    }

    pub fn is_done(&self) -> bool {
        self.counts.waiting == 0 && self.leaving.is_none()
    }

    /// Why a person should look at it.
    pub fn wants(&self) -> Option<Wants> {
        let Counts { refused, unknown, .. } = self.counts;
        match &self.standing {
            Standing::Paused(_) if !self.is_done() => Some(Wants::GoingOn),
            _ if self.settled || !(self.is_done() || self.standing == Standing::Stopped) => None,
            _ => (refused + unknown > 0).then_some(Wants::Looking { refused, unknown }),
        }
    }
}

/// What a person has to do about a text to many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// It is paused.
    GoingOn,
    /// So many requests were not done, or may not have been.
    Looking { refused: u32, unknown: u32 },
}

impl Wants {
    /// In a few words; `number` writes a number as the reader does.
    pub fn words(self, number: impl Fn(usize) -> String) -> String {
        let Wants::Looking { refused, unknown } = self else { return "paused".to_owned() };
        let part = |count: u32, word: &str| (count > 0).then(|| format!("{} {word}", number(count as usize)));
        [part(refused, "refused"), part(unknown, "unknown")]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ")
    }
}
