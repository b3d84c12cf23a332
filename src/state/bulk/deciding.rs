//! What a person says of a batch: that it is to pause, go on or stop, that some are to be sent again, that it
//! is to be forgotten. Nothing leaves from here.

use super::Bulk;
use crate::{
    browser::{bulk as stored, page},
    domain::bulk::{Event, Part, Progress, results::Kind, step},
    state::App,
};
use leptos::{prelude::untrack, task::spawn_local};

impl Bulk {
    /// A person has paused a batch.
    pub fn pause(self, id: &str) {
        self.decide(id, Progress::pause_on_request);
    }

    pub fn stop(self, id: &str) {
        self.decide(id, Progress::stop);
    }

    /// A person has looked at what was refused or is unknown, and leaves it at that.
    pub fn settle(self, id: &str) {
        self.decide(id, |progress| progress.settled = true);
    }

    fn decide(self, id: &str, change: impl FnOnce(&mut Progress) + 'static) {
        let id = id.to_owned();
        spawn_local(async move {
            if let Some(Some((progress, ()))) = self.notices.stored(stored::change(&id, change).await) {
                self.show(&id, progress);
                self.count(true);
            }
            self.tell_changed(&id);
        });
    }

    /// A person lets a batch go on that was paused or is held.
    pub fn go_on(self, app: App, id: &str) {
        let id = id.to_owned();
        spawn_local(async move {
            let change = stored::change(&id, |progress| progress.go_on(page::now())).await;
            if let Some(Some((progress, ()))) = self.notices.stored(change) {
                self.show(&id, progress);
            }
            self.hold(&id, None);
            self.tell_changed(&id);
            self.run(app);
        });
    }

    /// On the person's word: those with this result are sent once more. Where the batch is paused they wait like
    /// the others, for whom nothing was said.
    pub async fn again(self, app: App, id: &str, kind: Kind) {
        const STEP: u32 = 200;
        let mut from = 0;
        loop {
            let Some(parts) = self.notices.stored(stored::parts(id, from, STEP).await) else { break };
            let Some(last) = parts.last() else { break };
            from = last.number + 1;
            let fits = |part: &&Part| kind.fits(&part.state);
            let numbers: Vec<u32> = parts.iter().filter(fits).map(|part| part.number).collect();
            if numbers.is_empty() {
                continue;
            }
            // It may be another by now.
            let change = |progress: &mut Progress, part: &mut Part| {
                kind.fits(&part.state) && step(progress, part, Event::Again)
            };
            if self.notices.stored(stored::change_parts(id, &numbers, change).await).is_none() {
                break;
            }
        }
        self.refresh(id).await;
        self.count(true);
        if untrack(|| self.get(id)).is_some_and(|shown| shown.progress.is_paused()) {
            return self.tell_changed(id);
        }
        self.go_on(app, id);
    }

    /// Forgets a batch; what of it waits is not sent.
    pub async fn remove(self, id: &str) {
        self.notices.stored(stored::remove(id).await);
        self.refresh(id).await;
        self.hold(id, None);
        self.tell_changed(id);
    }
}
