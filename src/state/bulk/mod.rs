//! Messages to many, from the moment a person sends them off. How the requests leave is in `run`, what is
//! being composed in `composing`, how a batch is made of it in `making`, what a person says of one in
//! `deciding`, why one stands in `held`; what may become of a request is in `domain::bulk`.

mod answered;
mod composing;
mod deciding;
mod export;
mod held;
mod making;
mod run;

pub use composing::{Busy, Composing, Elsewhere, Source};
pub use export::Row;
pub use held::Held;
pub use making::Unmade;

use super::{App, notices::Notices};
use crate::{
    browser::{bulk as stored, page, tabs::Channel},
    domain::{
        bulk::{Batch, Progress, Standing, composed::Gone},
        retention::Retention,
    },
};
use answered::Answered;
use gloo_timers::future::TimeoutFuture;
use held::ToldHeld;
use leptos::{ev, prelude::*, task::spawn_local};
use run::Runner;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

/// A batch as lists show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub batch: Arc<Batch>,
    pub progress: Progress,
}

#[derive(Clone, Copy)]
pub struct Bulk {
    batches: RwSignal<BTreeMap<String, Shown>>,
    held: RwSignal<BTreeMap<String, Held>>,
    loaded: RwSignal<bool>,
    /// Counts up when results have changed, about once a second.
    changed: RwSignal<u32>,
    pub composing: Composing,
    runner: StoredValue<Option<Runner>, LocalStorage>,
    /// Whether what is not shown yet is going to be.
    soon: StoredValue<bool>,
    /// Batches that a tab had since this page was opened.
    known: StoredValue<HashSet<String>>,
    answered: Answered,
    told_at: StoredValue<f64>,
    counted_at: StoredValue<f64>,
    channel: StoredValue<Option<Channel>, LocalStorage>,
    notices: Notices,
}

/// What one tab tells the others.
#[derive(Serialize, Deserialize)]
enum Told {
    /// A batch stands elsewhere now, or is gone.
    Changed(String),
    /// Why the tab that has it does not send it.
    Held { id: String, held: Option<ToldHeld> },
    /// What the device had in the form has left it.
    SentOff(Gone),
}

const CHANNEL: &str = "switchboard.bulk";
/// Milliseconds between two tellings of what moves, and between two counts of changes.
const TELL: f64 = 200.0;
const COUNT: f64 = 1_000.0;

/// The place of a batch, below the site's base.
pub fn href(id: &str) -> String {
    format!("/send?batch={id}")
}

impl Bulk {
    pub fn new(notices: Notices) -> Bulk {
        Bulk {
            batches: RwSignal::new(BTreeMap::new()),
            held: RwSignal::new(BTreeMap::new()),
            loaded: RwSignal::new(false),
            changed: RwSignal::new(0),
            composing: Composing::default(),
            runner: StoredValue::new_local(None),
            soon: StoredValue::new(false),
            known: StoredValue::new(HashSet::new()),
            answered: Answered::default(),
            told_at: StoredValue::new(0.0),
            counted_at: StoredValue::new(0.0),
            channel: StoredValue::new_local(None),
            notices,
        }
    }

    /// Takes up what an earlier visit left, and listens to what lets a batch go on.
    pub fn start(app: App) {
        let bulk = app.bulk;
        bulk.listen(app);
        bulk.clear_away(app);
        spawn_local(async move {
            making::clear_away().await;
            bulk.refresh_all().await;
            bulk.loaded.try_set(true);
            bulk.run(app);
        });
        let ending = window_event_listener(ev::beforeunload, move |event| {
            if bulk.ends_with_the_page(app) {
                event.prevent_default();
            }
        });
        let online = window_event_listener(ev::online, move |_| bulk.go_on_all(app));
        on_cleanup(move || {
            ending.remove();
            online.remove();
        });
        Effect::new(move |before: Option<()>| {
            app.keys.track();
            if app.frame.connections.loaded() && before.is_some() {
                untrack(|| bulk.go_on_all(app));
            }
        });
    }

    fn listen(self, app: App) {
        let hear = move |text: String| match serde_json::from_str(&text) {
            Ok(Told::Changed(id)) => spawn_local(async move {
                self.know(&id);
                self.refresh(&id).await;
                self.count(true);
                self.run(app);
            }),
            Ok(Told::Held { id, held }) => self.set_held(&id, held.map(ToldHeld::heard)),
            Ok(Told::SentOff(gone)) => self.composing.went_elsewhere(app, &gone),
            Err(_) => {}
        };
        self.channel.set_value(Channel::open(CHANNEL, hear));
    }

    /// Whether something is lost when this page ends.
    fn ends_with_the_page(self, app: App) -> bool {
        let moving = self.batches.with_untracked(|all| all.values().any(|shown| shown.progress.moves()));
        let lasts = app.retention.keeps();
        moving && !lasts || self.answered.is_any()
    }

    /// Removes what is too old, or takes everything from the device where nothing may be kept there.
    fn clear_away(self, app: App) {
        Effect::new(move |before: Option<Option<Retention>>| {
            let now = app.frame.connections.loaded().then(|| app.retention.get());
            if now.is_some() && before.flatten() != now {
                spawn_local(async move {
                    if app.retention.keeps() {
                        self.expire(app).await;
                    } else {
                        self.composing.leave_the_device().await;
                        self.notices.stored(stored::all_to_page().await);
                        self.refresh_all().await;
                        self.run(app);
                    }
                });
            }
            now
        });
    }

    async fn expire(self, app: App) {
        let Some(before) = app.retention.before(page::now()) else { return };
        let all = stored::all().await.unwrap_or_default();
        for (id, (batch, progress)) in all {
            let rests = progress.is_done() || progress.standing == Standing::Stopped;
            if batch.made < before && rests {
                self.remove(&id).await;
            }
        }
    }

    /// Notes that a tab had a batch since this page was opened; tells whether that is news.
    fn know(self, id: &str) -> bool {
        self.known.try_update_value(|known| known.insert(id.to_owned())).unwrap_or(false)
    }

    pub fn loaded(self) -> bool {
        self.loaded.get()
    }

    /// All batches, the newest first.
    pub fn list(self) -> Vec<Shown> {
        self.batches.with(|all| all.values().rev().cloned().collect())
    }

    pub fn get(self, id: &str) -> Option<Shown> {
        self.batches.with(|all| all.get(id).cloned())
    }

    /// Runs the present effect again when results have changed.
    pub fn track_results(self) {
        self.changed.track();
    }

    /// Whether one is on its way.
    pub fn moves(self) -> bool {
        self.batches.with(|all| all.values().any(|shown| shown.progress.moves()))
    }

    async fn refresh_all(self) {
        if let Some(all) = self.notices.stored(stored::all().await) {
            let shown = |(id, (batch, progress))| (id, Shown { batch: Arc::new(batch), progress });
            let written =
                |(_, (_, progress)): &(String, (Batch, Progress))| progress.standing != Standing::Written;
            self.batches.try_set(all.into_iter().filter(written).map(shown).collect());
        }
    }

    /// Reads again where a batch stands.
    async fn refresh(self, id: &str) {
        if self.batches.with_untracked(|all| !all.contains_key(id)) {
            return self.refresh_all().await;
        }
        match stored::change(id, |_| ()).await {
            Ok(Some((progress, ()))) => self.show(id, progress),
            Ok(None) => drop(self.batches.try_update(|all| all.remove(id))),
            Err(fault) => drop(self.notices.stored::<()>(Err(fault))),
        }
    }

    fn show(self, id: &str, progress: Progress) {
        if self.batches.with_untracked(|all| all.get(id).is_some_and(|shown| shown.progress != progress)) {
            self.batches.update(|all| {
                if let Some(shown) = all.get_mut(id) {
                    shown.progress = progress;
                }
            });
        }
    }

    /// Shows here and elsewhere where a batch stands that moves; not with each request.
    fn show_moving(self, id: &str, progress: &Progress) {
        let now = page::ticks();
        if progress.moves() {
            self.show_soon(id);
            if now - self.told_at.get_value() < TELL {
                return;
            }
        }
        self.told_at.set_value(now);
        self.show(id, progress.clone());
        self.count(!progress.moves());
        self.tell_changed(id);
    }

    /// What is not shown with its request is shown a little later: the next one may take its time.
    fn show_soon(self, id: &str) {
        let waits = self.soon.try_update_value(|soon| std::mem::replace(soon, true));
        if waits == Some(false) {
            let id = id.to_owned();
            spawn_local(async move {
                TimeoutFuture::new(COUNT as u32).await;
                self.soon.try_set_value(false);
                self.refresh(&id).await;
                self.count(true);
                self.tell_changed(&id);
            });
        }
    }

    fn count(self, at_once: bool) {
        let now = page::ticks();
        if at_once || now - self.counted_at.get_value() >= COUNT {
            self.counted_at.set_value(now);
            self.changed.update(|count| *count = count.wrapping_add(1));
        }
    }

    fn tell_changed(self, id: &str) {
        self.tell(&Told::Changed(id.to_owned()));
    }

    fn tell(self, told: &Told) {
        self.channel.with_value(|channel| {
            if let (Some(channel), Ok(text)) = (channel, serde_json::to_string(told)) {
                channel.tell(&text);
            }
        });
    }

    /// What was held may go on: the network is back, or a key was entered.
    fn go_on_all(self, app: App) {
        for id in self.held.with_untracked(|all| all.keys().cloned().collect::<Vec<_>>()) {
            self.hold(&id, None);
        }
        self.run(app);
    }
}
