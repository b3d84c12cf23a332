//! How messages leave: one conversation's from one tab at a time, each in its turn and at the pace that
//! WhatsApp and the provider take. A message is marked as leaving before it does, in one transaction, so
//! it leaves once; whoever has the turn knows that nobody waits for one that is marked so already.

use super::{Held, Outbox, Pump};
use crate::{
    browser::{
        outbox, page,
        store::StoreFault,
        tabs, threads,
        threads::{Key, Reach},
        transport::{Abort, TIMEOUT},
    },
    catalogue::{
        failure::{Failure, FailureKind},
        kapso::replies,
    },
    domain::{
        connection::Connection,
        outbox::{Came, Event, Item, Leaving, State, heard, next, pace::Wait, step},
        schedule::THROTTLED,
        thread::entry::Entry,
    },
    state::{App, send},
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

/// What follows when one message has left, or has not.
pub(super) enum Then {
    GoOn,
    Stop,
}

/// What a look at the queue decides.
enum Turn {
    /// It is leaving.
    Leaves,
    Waits(Wait),
    /// Something else has become of it.
    Gone,
}

impl Outbox {
    /// Lets the messages of a conversation leave, as soon as it is this tab's turn.
    pub(super) fn pump(self, app: App, key: Key) {
        let mut runs = false;
        self.pumps.update_value(|pumps| {
            if let Some(pump) = pumps.get_mut(&key) {
                pump.again = true;
                runs = true;
            } else {
                pumps.insert(key.clone(), Pump { _claim: None, again: false });
            }
        });
        if runs {
            return;
        }
        let turn = key.clone();
        let claim = tabs::claim(&format!("switchboard.outbox.{}", key.text()), move || {
            spawn_local(async move { self.run(app, turn).await });
        });
        self.pumps.update_value(|pumps| {
            if let Some(pump) = pumps.get_mut(&key) {
                pump._claim = Some(claim);
            }
        });
    }

    async fn run(self, app: App, key: Key) {
        loop {
            self.pumps.update_value(|pumps| {
                if let Some(pump) = pumps.get_mut(&key) {
                    pump.again = false;
                }
            });
            self.hold(&key, None);
            self.pass(app, &key).await;
            // Nothing is awaited from here on, so nothing is queued unseen.
            let mut again = false;
            self.pumps.update_value(|pumps| {
                again = pumps.get(&key).is_some_and(|pump| pump.again);
                if !again {
                    pumps.remove(&key);
                }
            });
            if !again {
                return;
            }
        }
    }

    /// Sends and settles until nothing more can be done.
    async fn pass(self, app: App, key: &Key) {
        let Some(connection) = untrack(|| app.frame.connections.find(&key.connection)) else { return };
        self.give_up_the_abandoned(key).await;
        loop {
            let items = self.refresh(key).await;
            let then = match items.iter().find(|item| item.state.wants_reading()) {
                Some(item) => self.settle(app, &connection, key, item).await,
                None => match next(&items, page::now()) {
                    Some(item) => self.leave(app, &connection, key, item).await,
                    None => Then::Stop,
                },
            };
            if matches!(then, Then::Stop) {
                return;
            }
        }
    }

    /// Messages that were leaving when their tab went away: nobody knows what became of them. Without locks
    /// another tab may still wait for the answer, for as long as one may take.
    async fn give_up_the_abandoned(self, key: &Key) {
        for item in self.refresh(key).await {
            if item.is_sent() {
                self.change(key, &item.key, |_| None).await;
            }
            let State::Sending(left) = &item.state else { continue };
            let patience = TIMEOUT.as_millis() as u64 + 5_000;
            let waited = page::now().saturating_sub(left.at);
            if !tabs::has_locks() && waited < patience {
                TimeoutFuture::new((patience - waited) as u32).await;
            }
            self.happens(key, &item.key, Event::Lost(Came::Nothing)).await;
        }
    }

    /// Answers what the message is now, unless it is forgotten.
    pub(super) async fn happens(self, key: &Key, item: &str, event: Event) -> Option<State> {
        let mut now = None;
        self.change(key, item, |item| {
            item.state = step(&item.state, event)?;
            now = Some(item.state.clone());
            Some(())
        })
        .await;
        now
    }

    async fn leave(self, app: App, connection: &Connection, key: &Key, item: &Item) -> Then {
        match self.turn(app, connection, key, item).await {
            Err(fault) => return self.unmarked(key, item, fault).await,
            Ok(Turn::Leaves) => {}
            Ok(Turn::Gone) => return Then::GoOn,
            Ok(Turn::Waits(wait)) => {
                self.rest(key, wait).await;
                return Then::GoOn;
            }
        }
        self.refresh(key).await;
        self.tell(key);
        let Ok(abort) = Abort::new() else { return Then::Stop };
        let exchange =
            send::ask(app, connection.clone(), item.operation(), item.request.clone(), abort).await;
        let sent = exchange.result.as_ref().ok().map(replies::record);
        // Whatever the answer says of its direction, it is from here.
        let entry = sent
            .and_then(|json| Entry::read(json, page::now()))
            .map(|entry| Entry { inbound: false, ..entry });
        let id = entry.as_ref().map(|entry| entry.place.id.clone());
        let status = exchange.reply.as_ref().map(|reply| reply.status);
        let event = heard(exchange.result.as_ref().map(|_| id), status);
        let waits = matches!(event, Event::Postponed | Event::TurnedAway);
        match &event {
            Event::Refused(refusal) => self.say(key, &format!("Not sent. {}", refusal.sentence)),
            Event::Lost(came) => {
                let came = came.words();
                self.say(key, &format!("{came}. It is being found out whether the message was sent."));
            }
            _ => {}
        }
        self.happens(key, &item.key, event).await;
        if waits {
            self.give_back(key, item).await;
        }
        if let Some(entry) = entry {
            self.answered.update_value(|ids| {
                ids.insert(entry.place.id.clone());
            });
            app.clocks.hear(connection, entry.place.at, exchange.at, page::now());
            self.arrived(app, connection, key, item, Some(entry)).await;
        }
        match exchange.result {
            Err(failure) if waits => self.postponed(key, item, failure).await,
            _ => Then::GoOn,
        }
    }

    /// The provider has the message: from here on it is one of the conversation.
    pub(super) async fn arrived(
        self,
        app: App,
        connection: &Connection,
        key: &Key,
        item: &Item,
        entry: Option<Entry>,
    ) {
        self.say(key, "Sent.");
        // What began a conversation is one of it; until the provider lists it, it comes with the list.
        let begun = match key.conversation.is_empty() {
            true => app.inbox.begun_by(app, connection, item).await.ok().flatten(),
            false => Some(key.clone()),
        };
        if let Some(begun) = &begun {
            if let Some(entry) = entry {
                app.inbox.store(app, begun, vec![entry], Reach::default()).await;
            }
            app.inbox.after_sending(begun);
        }
        self.change(key, &item.key, |_| None).await;
        if key.conversation.is_empty() {
            self.begun.set(begun);
        }
    }

    /// Marks a message as leaving, if it still waits and the pace allows it.
    async fn turn(
        self,
        app: App,
        connection: &Connection,
        key: &Key,
        item: &Item,
    ) -> Result<Turn, StoreFault> {
        let shut = untrack(|| app.inbox.quota(&connection.id)).map_or(0.0, |quota| quota.shut(page::ticks()));
        let left = leaving(app, connection, key, item).await;
        let now = page::now();
        let turn = outbox::change(key, &item.key, |item, pace| {
            let Some(item) = item.as_mut().filter(|item| item.state == State::Waiting) else {
                return Turn::Gone;
            };
            pace.settle(now as f64);
            match pace.wait(&item.person(), now as f64) {
                Wait::No if shut > 0.0 => Turn::Waits(Wait::UsedUp(shut)),
                Wait::No => {
                    pace.take(&item.person(), now as f64);
                    item.state = State::Sending(left);
                    Turn::Leaves
                }
                wait => Turn::Waits(wait),
            }
        });
        turn.await
    }

    /// The device does not take the note that a message leaves: the page does, unless the device cannot even
    /// let go of it.
    async fn unmarked(self, key: &Key, item: &Item, fault: StoreFault) -> Then {
        self.notices.stored::<()>(Err(fault.clone()));
        if outbox::to_page(key, &item.key).await.is_ok() {
            self.in_page.set_value(true);
            return Then::GoOn;
        }
        self.hold(key, Some(Held::Storage(fault)));
        Then::Stop
    }

    /// One that did not leave takes no place among those that did.
    async fn give_back(self, key: &Key, item: &Item) {
        let given = outbox::change(key, &item.key, |_, pace| pace.give_back(&item.person()));
        self.notices.stored(given.await);
    }

    pub(super) async fn rest(self, key: &Key, wait: Wait) {
        let milliseconds = match wait {
            Wait::No => return,
            Wait::Person(left) | Wait::Key(left) | Wait::Asked(left) | Wait::UsedUp(left) => left,
        };
        let until = page::now() + milliseconds as u64;
        self.hold(key, Some(Held::Pace { until, by: wait }));
        TimeoutFuture::new(milliseconds.ceil() as u32).await;
        self.hold(key, None);
    }

    /// It did not get through: it goes on by itself after a while, or when somebody mends it. A wait that the
    /// provider asked for is that of all its messages, and outlives the page.
    pub(super) async fn postponed(self, key: &Key, item: &Item, failure: Failure) -> Then {
        let what = match item.state {
            State::Unknown { .. } => "The conversation could not be read.",
            _ => "Not sent yet.",
        };
        self.say_once(key, item, &format!("{what} {}", failure.sentence()));
        let FailureKind::Throttled { seconds } = failure.kind else {
            self.hold(key, Some(Held::Failure(failure)));
            return Then::Stop;
        };
        let wait = seconds.map_or(THROTTLED, |seconds| u64::from(seconds.max(1)) * 1_000);
        let now = page::now() as f64;
        let put_off = outbox::change(key, &item.key, |_, pace| pace.put_off(wait as f64, now)).await;
        if self.notices.stored(put_off).is_none() {
            // What is not kept is waited for here.
            self.rest(key, Wait::Asked(wait as f64)).await;
        }
        Then::GoOn
    }
}

/// How it stands as a message leaves.
async fn leaving(app: App, connection: &Connection, key: &Key, item: &Item) -> Leaving {
    let at = page::now();
    let mut left = Leaving { at, after: app.clocks.of(connection).at_least(at), seen: vec![] };
    let keep = untrack(|| app.inbox.keep(app));
    let shown_in = match key.conversation.is_empty() {
        true => app.inbox.known_with_number(&connection.id, item.recipient()),
        false => vec![key.clone()],
    };
    for key in shown_in {
        let known = threads::since(keep, &key, left.floor()).await.unwrap_or_default();
        left.seen.extend(known.into_iter().map(|entry| entry.place.id));
    }
    left
}
