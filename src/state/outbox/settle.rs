//! What became of a message whose answer was lost: the conversation is read, up to three times, and what is
//! found there is believed only where it can be nothing else. Otherwise a person is asked.

use super::{Held, Outbox, pump::Then};
use crate::{
    browser::{
        outbox, page, threads,
        threads::Key,
        transport::{Abort, Age},
    },
    catalogue::failure::Failure,
    domain::{
        connection::Connection,
        outbox::{Event, Item, State, candidates, pace::Wait},
        schedule::passes,
    },
    state::App,
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

/// Milliseconds before each reading: a provider may take a while to show a message that it took.
const BEFORE: [u32; 3] = [1_500, 5_000, 15_000];
/// And before the next where one failed.
const AFTER_FAILURE: u32 = 10_000;

/// What is said of a message of which only a person can say what became of it.
pub const NOT_KNOWN: &str = "Not known whether it was sent";

impl Outbox {
    /// Reads the conversation once, and takes in what it shows. Where the provider asked to wait, it waits.
    pub(super) async fn settle(self, app: App, connection: &Connection, key: &Key, item: &Item) -> Then {
        let now = page::now() as f64;
        let asked = outbox::change(key, &item.key, |_, pace| {
            pace.settle(now);
            pace.asked(now)
        });
        if let Some(wait @ Wait::Asked(_)) = self.notices.stored(asked.await) {
            self.rest(key, wait).await;
            return Then::GoOn;
        }
        if let State::Unknown { readings, .. } = &item.state {
            TimeoutFuture::new(BEFORE[usize::from(*readings).min(BEFORE.len() - 1)]).await;
        }
        match self.look(app, connection, key, item).await {
            Ok(now) => {
                self.hold(key, None);
                if let Some(doubt) = now.and_then(|now| now.doubt()) {
                    self.say(key, &format!("{NOT_KNOWN}. {doubt}"));
                }
                Then::GoOn
            }
            Err(failure) if passes(failure.kind) => {
                self.hold(key, Some(Held::Failure(failure)));
                TimeoutFuture::new(AFTER_FAILURE).await;
                Then::GoOn
            }
            Err(failure) => self.postponed(key, item, failure).await,
        }
    }

    /// On a person's word, the conversation is read once more.
    pub fn look_again(self, app: App, key: &Key, item: &Item) {
        let (key, item) = (key.clone(), item.clone());
        spawn_local(async move {
            let Some(connection) = untrack(|| app.frame.connections.find(&key.connection)) else { return };
            match self.look(app, &connection, &key, &item).await {
                Ok(now) => {
                    self.hold(&key, None);
                    if let Some(doubt) = now.and_then(|now| now.doubt()) {
                        self.say(&key, &format!("Looked again. {NOT_KNOWN}. {doubt}"));
                    }
                }
                Err(failure) => {
                    let why = failure.sentence();
                    self.say(&key, &format!("The conversation could not be read. {why}"));
                    self.hold(&key, Some(Held::Failure(failure)));
                }
            }
            self.go_on(app, &key);
        });
    }

    /// When messages of a conversation were made, as far as they are stored.
    pub async fn times(self, app: App, key: &Key, ids: &[String]) -> Vec<Option<u64>> {
        let keep = untrack(|| app.inbox.keep(app));
        threads::times(keep, key, ids).await.unwrap_or_default()
    }

    /// Reads the conversation; answers what the message is then.
    async fn look(
        self,
        app: App,
        connection: &Connection,
        key: &Key,
        item: &Item,
    ) -> Result<Option<State>, Failure> {
        let Some(left) = item.state.to_be_read() else { return Ok(Some(item.state.clone())) };
        let place = match key.conversation.is_empty() {
            true => app.inbox.begun_by(app, connection, item).await?,
            false => Some(key.clone()),
        };
        let entries = match &place {
            None => vec![],
            Some(place) => {
                let abort = Abort::new()?;
                app.inbox.read_thread(app, connection, place, &abort, Age::Fresh).await?;
                let keep = untrack(|| app.inbox.keep(app));
                threads::since(keep, place, left.floor()).await.unwrap_or_default()
            }
        };
        let queue = self.queues.with_untracked(|all| all.get(key).cloned().unwrap_or_default());
        let taken = |id: &str| {
            self.answered.with_value(|ids| ids.contains(id))
                || queue.iter().any(|other| matches!(&other.state, State::Sent { id: sent } if sent == id))
        };
        let candidates = candidates(&item.body(), left, &entries, &taken);
        let found = candidates.len() == 1;
        let now = self.happens(key, &item.key, Event::Read { candidates }).await;
        if found {
            self.arrived(app, connection, key, item, None).await;
        }
        Ok(now)
    }
}
