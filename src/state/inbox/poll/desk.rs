//! What is known of one connection while somebody looks at it: each thing that is asked for, who looks
//! at it, and how the last questions ended. When they leave is decided beside this.

use crate::{
    browser::{page, tabs::Claim},
    catalogue::{
        failure::{Failure, FailureKind},
        kapso::replies::Conversation,
    },
    domain::freshness::{self, Due, Pace, Quota, Situation},
};
use gloo_timers::callback::Timeout;
use std::collections::HashMap;

/// One thing that is asked for.
#[derive(Default)]
pub struct Thing {
    /// How many parts of this page look at it.
    pub watchers: u32,
    /// Ticks until which another tab is believed to look at it.
    pub elsewhere: f64,
    /// Ticks at which it was asked for last.
    pub asked: f64,
    /// Ticks of the last answer or failure.
    pub last: Option<f64>,
    pub failures: u32,
    pub failure: Option<Failure>,
    pub reading: bool,
    /// Whether it is to be asked for at once.
    pub at_once: bool,
    /// The conversation's `last_active_at` when it was last asked for.
    pub moved: Option<u64>,
}

/// What decides about everything of a desk alike.
#[derive(Clone, Copy)]
pub struct Moment {
    pub ticks: f64,
    /// Whether nobody has touched anything lately.
    pub idle: bool,
    /// What the provider still takes.
    pub quota: Option<Quota>,
}

#[derive(Default)]
pub struct Desk {
    pub watchers: u32,
    pub claim: Option<Claim>,
    pub leads: bool,
    pub list: Thing,
    pub threads: HashMap<String, Thing>,
    pub timer: Option<Timeout>,
    pub said: Option<f64>,
    /// How many messages were sent to conversations, by their ids.
    pub sent: HashMap<String, u32>,
}

impl Thing {
    pub fn is_looked_at(&self, now: f64) -> bool {
        self.watchers > 0 || self.elsewhere > now
    }

    /// Seconds since the last answer or failure.
    pub fn age(&self) -> u32 {
        self.last.map_or(0, |last| ((page::ticks() - last) / 1000.0) as u32)
    }

    pub fn due(&self, pace: Pace, now: &Moment) -> Due {
        // While an answer is awaited nothing else is.
        if self.reading {
            return Due::In(pace.usual);
        }
        // A provider that asked to wait is not asked sooner, whoever comes back.
        let throttled = |failure: &Failure| matches!(failure.kind, FailureKind::Throttled { .. });
        let at_once = self.at_once && !self.failure.as_ref().is_some_and(throttled);
        let age = if at_once { None } else { self.last.map(|last| now.ticks - last) };
        freshness::due(
            pace,
            &Situation {
                age,
                failures: self.failures,
                failure: self.failure.as_ref(),
                hidden: page::document().hidden(),
                idle: now.idle,
                offline: !page::is_online(),
                quota: now.quota.as_ref(),
                now: now.ticks,
            },
        )
    }

    fn ask(&mut self, now: &Moment) {
        self.reading = true;
        self.at_once = false;
        self.asked = now.ticks;
    }

    pub fn answered(&mut self, failure: Option<Failure>) {
        self.reading = false;
        // An answer is new enough for whoever wanted one meanwhile; a failure is not one.
        self.at_once &= failure.is_some();
        self.last = Some(page::ticks());
        self.failures = if failure.is_some() { self.failures + 1 } else { 0 };
        self.failure = failure;
    }
}

/// What is asked for next.
pub enum What {
    List,
    Thread(String),
}

impl Desk {
    pub fn things(&mut self) -> impl Iterator<Item = &mut Thing> {
        std::iter::once(&mut self.list).chain(self.threads.values_mut())
    }

    fn thread_pace(&self, now: &Moment) -> Pace {
        let open = self.threads.values().filter(|thread| thread.is_looked_at(now.ticks));
        freshness::thread_pace(open.count())
    }

    /// When the first of all that is looked at is due.
    pub fn soonest(&mut self, now: &Moment) -> Due {
        self.threads.retain(|_, thread| thread.is_looked_at(now.ticks) || thread.reading);
        let pace = self.thread_pace(now);
        let threads = self.threads.values().filter(|thread| thread.is_looked_at(now.ticks));
        threads.map(|thread| thread.due(pace, now)).fold(self.list.due(freshness::LIST, now), sooner)
    }

    /// Takes up the one thing that is due first. What somebody reads comes before the list, unless the
    /// list was never read.
    pub fn take(&mut self, now: &Moment) -> Option<What> {
        let ready = |due: Due| matches!(due, Due::In(wait) if wait < 1.0);
        let pace = self.thread_pace(now);
        let list = !self.list.reading && ready(self.list.due(freshness::LIST, now));
        if list && self.list.last.is_none() {
            self.list.ask(now);
            return Some(What::List);
        }
        let fits = |thread: &Thing| {
            thread.is_looked_at(now.ticks) && !thread.reading && ready(thread.due(pace, now))
        };
        if let Some((id, thread)) = self.threads.iter_mut().find(|(_, thread)| fits(thread)) {
            thread.ask(now);
            return Some(What::Thread(id.clone()));
        }
        list.then(|| {
            self.list.ask(now);
            What::List
        })
    }

    /// Takes in when conversations were active last, by an answer of the list: those that have moved since
    /// they were read are read at once.
    pub fn moved(&mut self, rows: &[Conversation]) {
        for row in rows {
            let Some(thread) = self.threads.get_mut(&row.id) else { continue };
            // Read after the list was asked for, it has all that the list knows of.
            if thread.moved.is_none() && thread.asked >= self.list.asked {
                thread.moved = row.last_active_at;
            }
            let has_moved = thread.last.is_some() && thread.moved < row.last_active_at;
            thread.at_once |= has_moved && !thread.reading;
        }
    }
}

fn sooner(one: Due, other: Due) -> Due {
    match (one, other) {
        (Due::In(a), Due::In(b)) => Due::In(a.min(b)),
        (Due::In(a), Due::Paused(_)) | (Due::Paused(_), Due::In(a)) => Due::In(a),
        (paused, _) => paused,
    }
}
