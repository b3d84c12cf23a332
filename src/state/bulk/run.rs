//! How the requests of batches leave: from one tab at a time, one after the other, each noted in one
//! transaction before it does. Whoever has the turn knows that nobody waits for one that is noted already.

use super::{Bulk, Held, Shown};
use crate::{
    browser::{
        bulk as stored, page,
        store::StoreFault,
        tabs::{self, Claim},
        transport::{Abort, TIMEOUT},
    },
    catalogue::failure::{Failure, FailureKind},
    domain::{
        bulk::{Batch, Event, Part, Progress, State, heard, pace, request, step},
        connection::Connection,
    },
    state::{App, send},
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use std::{collections::VecDeque, sync::Arc};

/// The turn of this tab, or its place in the queue for it.
pub(super) struct Runner {
    _claim: Option<Claim>,
    /// Whether something may go on since it last looked.
    again: bool,
}

const LOCK: &str = "switchboard.bulk";
/// Requests that are read ahead.
const AHEAD: u32 = 50;
/// Milliseconds of a long wait after which it looks whether it is still to wait.
const LOOK: u64 = 500;

/// Where the sending of a batch ended.
enum End {
    /// It moves no further for now.
    Rests,
    Held(Held),
}

/// What came of the wish to send a request.
enum Left {
    /// It is not its turn any more.
    Not,
    /// An answer came or was lost; where the batch stands since.
    Answered(Option<Progress>),
    /// It was not looked at.
    Postponed(Failure),
}

impl Bulk {
    /// Lets batches go on as soon as it is this tab's turn.
    pub(super) fn run(self, app: App) {
        let ready = untrack(|| app.frame.connections.loaded()) && self.loaded.get_untracked();
        if !ready || self.next().is_none() && !self.answered.is_any() {
            return;
        }
        let mut runs = false;
        self.runner.update_value(|runner| match runner {
            Some(runner) => {
                runner.again = true;
                runs = true;
            }
            None => *runner = Some(Runner { _claim: None, again: false }),
        });
        if runs {
            return;
        }
        let claim = tabs::claim(LOCK, move || spawn_local(async move { self.turn(app).await }));
        self.runner.update_value(|runner| {
            if let Some(runner) = runner {
                runner._claim = Some(claim);
            }
        });
    }

    /// The oldest batch that may move.
    fn next(self) -> Option<Shown> {
        let free = |shown: &&Shown| {
            let held = self.held.with_untracked(|held| held.contains_key(&shown.batch.id));
            !held && shown.progress.moves()
        };
        self.batches.with_untracked(|all| all.values().find(free).cloned())
    }

    async fn turn(self, app: App) {
        loop {
            self.runner.update_value(|runner| {
                if let Some(runner) = runner {
                    runner.again = false;
                }
            });
            self.pass(app).await;
            // Nothing is awaited from here on, so nothing is missed.
            let mut again = false;
            self.runner.update_value(|runner| {
                again = runner.as_ref().is_some_and(|runner| runner.again);
                if !again {
                    *runner = None;
                }
            });
            if !again {
                return;
            }
        }
    }

    async fn pass(self, app: App) {
        self.refresh_all().await;
        if let Err((id, fault)) = self.answered.retry().await {
            return self.hold(&id, Some(Held::Storage(fault)));
        }
        while let Some(shown) = self.next() {
            let id = shown.batch.id.clone();
            if let Err(fault) = self.take_up(&shown).await {
                self.hold(&id, Some(Held::Storage(fault)));
                continue;
            }
            let end = self.send_batch(app, shown.batch).await;
            self.refresh(&id).await;
            self.count(true);
            self.tell_changed(&id);
            if let End::Held(held) = end {
                self.hold(&id, Some(held));
            }
        }
    }

    /// A request that was leaving when its tab went away: nobody knows what became of it. Without locks
    /// another tab may still wait for the answer, for as long as one may take.
    async fn take_up(self, shown: &Shown) -> Result<(), StoreFault> {
        let id = &shown.batch.id;
        if let Some(number) = shown.progress.leaving.filter(|number| !self.answered.has(id, *number)) {
            let patience = TIMEOUT.as_millis() as u64 + 5_000;
            let waited = page::now().saturating_sub(shown.progress.left_at);
            if !tabs::has_locks() && waited < patience {
                TimeoutFuture::new((patience - waited) as u32).await;
            }
            let reason = "The page was closed before the answer came.".to_owned();
            let change = |progress: &mut Progress, part: &mut Part| {
                // It says nothing of the provider.
                let (heard, lost) = (progress.heard, progress.lost);
                progress.heard = true;
                let changed = step(progress, part, Event::Lost { reason: reason.clone() });
                (progress.heard, progress.lost) = (heard, lost);
                changed
            };
            stored::change_parts(id, &[number], change).await?;
        }
        if self.know(id) {
            stored::change(id, |progress| progress.taken_up(shown.batch.made, page::now())).await?;
        }
        self.refresh(id).await;
        Ok(())
    }

    async fn send_batch(self, app: App, batch: Arc<Batch>) -> End {
        let mut ahead: VecDeque<Part> = VecDeque::new();
        let mut throttled = 0;
        let mut known = None;
        loop {
            let progress = match known.take() {
                Some(progress) => progress,
                None => match stored::change(&batch.id, |progress| progress.clone()).await {
                    Ok(Some((progress, _))) => progress,
                    Ok(None) => return End::Rests,
                    Err(fault) => return End::Held(Held::Storage(fault)),
                },
            };
            if !progress.moves() {
                return End::Rests;
            }
            let Some(connection) = untrack(|| app.frame.connections.find(&batch.connection)) else {
                return End::Held(Held::Gone);
            };
            let wait = pace::wait(progress.left_at, batch.interval, page::now());
            if wait > 0 {
                TimeoutFuture::new(wait as u32).await;
            }
            let part = match self.waiting(&batch.id, progress.next, &mut ahead).await {
                Ok(Some(part)) => part,
                Ok(None) => return End::Rests,
                Err(fault) => return End::Held(Held::Storage(fault)),
            };
            match self.leave(app, &batch, &connection, (part, progress.next)).await {
                Ok(Left::Not) => ahead.clear(),
                Ok(Left::Answered(progress)) => {
                    throttled = 0;
                    known = progress;
                }
                Ok(Left::Postponed(failure)) => {
                    ahead.clear();
                    let FailureKind::Throttled { seconds } = failure.kind else {
                        return End::Held(Held::Failure(failure));
                    };
                    throttled += 1;
                    let wait = seconds
                        .map_or(pace::back_off(throttled), |seconds| u64::from(seconds.max(1)) * 1_000);
                    self.rest(&batch.id, wait).await;
                }
                Err(fault) => return End::Held(Held::Storage(fault)),
            }
        }
    }

    /// The first request that waits, from a number on.
    async fn waiting(
        self,
        id: &str,
        next: u32,
        ahead: &mut VecDeque<Part>,
    ) -> Result<Option<Part>, StoreFault> {
        // A person's word may have put an earlier one back.
        if ahead.front().is_some_and(|part| part.number != next) {
            ahead.clear();
        }
        let mut from = next;
        loop {
            while let Some(part) = ahead.pop_front() {
                from = part.number + 1;
                if part.state == State::Waiting {
                    return Ok(Some(part));
                }
            }
            ahead.extend(stored::parts(id, from, AHEAD).await?);
            if ahead.is_empty() {
                return Ok(None);
            }
        }
    }

    /// Sends one request that was found to be the first that waits, from a number on.
    async fn leave(
        self,
        app: App,
        batch: &Batch,
        connection: &Connection,
        (part, from): (Part, u32),
    ) -> Result<Left, StoreFault> {
        let (id, number) = (&batch.id, part.number);
        let at = page::now();
        let left = |progress: &mut Progress, part: &mut Part| {
            // Since then a person's word may have put an earlier one back, or stopped it all.
            if progress.next != from || !step(progress, part, Event::Left { at }) {
                return false;
            }
            progress.next = number + 1;
            true
        };
        let Some((progress, true)) = stored::change_parts(id, &[number], left).await? else {
            return Ok(Left::Not);
        };
        self.show_moving(id, &progress);
        let request = request::request(batch, &part);
        let result = match Abort::new() {
            Ok(abort) => send::ask(app, connection.clone(), request::OPERATION, request, abort).await.result,
            Err(failure) => Err(failure),
        };
        let event = heard(result.as_ref());
        let postponed = event == Event::Postponed;
        let progress = self.answered.store(id, number, event).await?;
        if let Some(progress) = &progress {
            self.show_moving(id, progress);
        }
        Ok(match result {
            Err(failure) if postponed => Left::Postponed(failure),
            _ => Left::Answered(progress),
        })
    }

    /// Waits in sight, and no longer than the person wants it to go on.
    async fn rest(self, id: &str, wait: u64) {
        let until = page::now() + wait;
        self.hold(id, Some(Held::Throttled { until }));
        loop {
            let left = until.saturating_sub(page::now()).min(wait);
            let moves =
                || self.batches.with_untracked(|all| all.get(id).is_some_and(|one| one.progress.moves()));
            if left == 0 || !moves() {
                break;
            }
            TimeoutFuture::new(left.min(LOOK) as u32).await;
        }
        self.hold(id, None);
    }
}
