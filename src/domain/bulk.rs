//! One text to many people: who they are, which requests carry it, and what may become of each. A request
//! is noted before it leaves and leaves once; where no answer came, only a person may send it again.

pub mod composed;
pub mod fill;
pub mod pace;
pub mod people;
pub mod request;
pub mod results;

use super::outbox::Refusal;
use crate::catalogue::{
    failure::{CarriedOut, Failure, FailureKind},
    reply,
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What a person has sent off; it does not change any more.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    /// Sorts by the time at which it was made.
    pub id: String,
    /// Id of the connection, and what it was called.
    pub connection: String,
    pub label: String,
    /// Unix milliseconds.
    pub made: u64,
    /// The file that the people came from; empty where they were typed.
    pub file: String,
    /// The text; with its placeholders where it differs from person to person.
    pub text: String,
    /// The rest of the request, as JSON.
    pub request: Json,
    pub people: u32,
    /// People of one request; the last may have fewer.
    pub per: u32,
    /// Milliseconds from one request to the next, at the least.
    pub interval: u64,
}

impl Batch {
    /// How many requests carry it.
    pub fn parts(&self) -> u32 {
        self.people.div_ceil(self.per.max(1))
    }

    /// The request that carries the text to somebody, and the place in it; people are counted from 0.
    pub fn place_of(&self, person: u32) -> (u32, usize) {
        let per = self.per.max(1);
        (person / per, (person % per) as usize)
    }

    /// The first words, for lists.
    pub fn title(&self) -> String {
        const MOST: usize = 60;
        let line = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(MOST) {
            Some((end, _)) => format!("{}…", line[..end].trim_end()),
            None => line,
        }
    }
}

/// One request of a batch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Counted from 0.
    pub number: u32,
    pub people: Vec<Person>,
    /// The filled text where it is not that of the batch.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// How often it was released: 1, and one more each time a person said so.
    pub attempt: u32,
    pub state: State,
}

/// Somebody who gets the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Place among the people of the list, counted from 1.
    pub row: u32,
    /// Line of the file or list.
    pub line: u32,
    /// As the provider gets it.
    pub number: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Waiting,
    Leaving,
    /// The provider has put it into its queue.
    Queued {
        transaction: String,
    },
    /// Nothing was sent.
    Refused {
        refusal: Refusal,
        transaction: String,
    },
    /// No usable answer came; why, in a sentence.
    Unknown {
        reason: String,
    },
}

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

    fn of(&mut self, state: &State) -> &mut u32 {
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

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// It leaves now, at a time in Unix milliseconds.
    Left {
        at: u64,
    },
    Taken {
        transaction: String,
    },
    Refused {
        refusal: Refusal,
        transaction: String,
    },
    /// It did not get there, or was turned away unread.
    Postponed,
    /// No usable answer came, or whoever waited for it is gone.
    Lost {
        reason: String,
    },
    /// On the person's word alone: it is to be sent once more.
    Again,
}

/// What becomes of a request and of its batch; tells whether anything does. What cannot happen changes
/// nothing.
pub fn step(progress: &mut Progress, part: &mut Part, event: Event) -> bool {
    let under_way = progress.leaving == Some(part.number) && part.state == State::Leaving;
    let after = match event {
        Event::Left { at } => {
            let free = progress.standing == Standing::Running && progress.leaving.is_none();
            if !free || part.state != State::Waiting {
                return false;
            }
            progress.leaving = Some(part.number);
            progress.left_at = at;
            if progress.next == part.number {
                progress.next += 1;
            }
            State::Leaving
        }
        Event::Again => {
            let may = !matches!(progress.standing, Standing::Written | Standing::Stopped);
            if !may || !matches!(part.state, State::Refused { .. } | State::Unknown { .. }) {
                return false;
            }
            part.attempt += 1;
            progress.next = progress.next.min(part.number);
            State::Waiting
        }
        _ if !under_way => return false,
        Event::Taken { transaction } => State::Queued { transaction },
        Event::Refused { refusal, transaction } => State::Refused { refusal, transaction },
        Event::Lost { reason } => State::Unknown { reason },
        Event::Postponed => {
            progress.next = progress.next.min(part.number);
            State::Waiting
        }
    };
    if after != State::Leaving && under_way {
        progress.leaving = None;
        progress.learn(&after);
    }
    progress.settled = false;
    let people = part.people.len() as u32;
    *progress.counts.of(&part.state) -= people;
    *progress.counts.of(&after) += people;
    part.state = after;
    true
}

impl Progress {
    /// A batch of so many people, none of which has left.
    pub fn new(people: u32) -> Progress {
        Progress { counts: Counts { waiting: people, ..Counts::default() }, ..Progress::default() }
    }

    /// Pauses where going on would do harm.
    fn learn(&mut self, after: &State) {
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

    /// Why a person should look at it, in a few words.
    pub fn wants(&self) -> Option<String> {
        let Counts { refused, unknown, .. } = self.counts;
        match &self.standing {
            Standing::Paused(_) if !self.is_done() => Some("paused".into()),
            _ if self.settled || !(self.is_done() || self.standing == Standing::Stopped) => None,
            _ => {
                let part = |count: u32, word: &str| (count > 0).then(|| format!("{count} {word}"));
                let words: Vec<String> =
                    [part(refused, "refused"), part(unknown, "unknown")].into_iter().flatten().collect();
                (!words.is_empty()).then(|| words.join(", "))
            }
        }
    }
}

/// What the answer to a request means for it.
pub fn heard(answer: Result<&Json, &Failure>) -> Event {
    let failure = match answer {
        Ok(json) => {
            let first = match &json["response"] {
                Json::Array(rows) => rows.first().unwrap_or(&Json::Null),
                other => other,
            };
            return match first.is_object() {
                true => Event::Taken { transaction: reply::text(&first["transid"]) },
                false => Event::Lost { reason: Failure::of(FailureKind::Unreadable).sentence() },
            };
        }
        Err(failure) => failure,
    };
    match failure.kind {
        FailureKind::Refused => {
            Event::Refused { refusal: Refusal::of(failure), transaction: failure.said.trace.clone() }
        }
        _ if failure.carried_out() == CarriedOut::Maybe => Event::Lost { reason: failure.sentence() },
        _ => Event::Postponed,
    }
}

/// An id that sorts by time; the nonce keeps two tabs apart. It is short, for it is a part of references.
pub fn id(now: u64, nonce: u32) -> String {
    const SIGNS: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let digits = |mut number: u64, length: usize| {
        let mut text = vec![b'0'; length];
        for place in text.iter_mut().rev() {
            *place = SIGNS[(number % 36) as usize];
            number /= 36;
        }
        String::from_utf8_lossy(&text).into_owned()
    };
    format!("{}{}", digits(now, 9), digits(u64::from(nonce), 4))
}

#[cfg(test)]
mod tests;
