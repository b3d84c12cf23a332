//! How a batch is made of what was composed: all its requests are written to the device before any may
//! leave. A page that ends in between has sent nothing, and what it wrote is removed.

use super::{Bulk, Told, composing::Source};
use crate::{
    browser::{
        bulk as stored,
        desk::Keep,
        page,
        store::StoreFault,
        tabs::{self, Claim},
    },
    domain::{
        bulk::{
            Batch, Part, Person, Progress, Standing, State,
            fill::Filler,
            id, pace,
            people::{Checked, Entry},
            request,
        },
        connection::Connection,
        sheet::Sheet,
    },
    state::App,
};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use std::sync::Arc;

const LOCK: &str = "switchboard.bulk.making";
/// Requests that are written together.
const TOGETHER: usize = 250;
/// Without locks another tab may still write a batch that is as young as that, in milliseconds.
const YOUNG: u64 = 10 * 60 * 1000;

/// Why nothing could be sent off.
#[derive(Clone, Debug, PartialEq)]
pub enum Unmade {
    /// Something is missing or still being looked at; the page says what.
    NotReady,
    /// Another tab has sent off what the device had; the form says which.
    Elsewhere,
    /// The device does not take it.
    Storage(StoreFault),
}

/// Removes batches that a page was still writing when it ended.
pub(super) async fn clear_away() {
    let Some(_turn) = tabs::try_claim(LOCK).await else { return };
    for (id, (batch, progress)) in stored::all().await.unwrap_or_default() {
        let young = page::now().saturating_sub(batch.made) < YOUNG;
        if progress.standing == Standing::Written && (tabs::has_locks() || !young) {
            // It is in nobody's way, and is looked at again at the next visit.
            drop(stored::remove(&id).await);
        }
    }
}

/// Who gets what, before it is written down.
struct Made {
    batch: Batch,
    sheet: Arc<Sheet>,
    checked: Arc<Checked>,
    filler: Filler,
    doubtful: bool,
}

impl Bulk {
    /// What would be sent off through a connection, as it stands.
    fn made(self, connection: &Connection) -> Option<Made> {
        let composing = self.composing;
        let filler = composing.filler().ok()?;
        let (sheet, checked) = (composing.sheet.get()?, composing.checked.get()?);
        let request = composing.options.draft.with(request::common)?;
        let doubtful = composing.doubtful.get();
        let people = checked.people(doubtful).count() as u32;
        let own = filler.has_columns() || composing.each.get();
        let text = if filler.has_columns() { composing.text.get() } else { filler.fill(&[]) };
        let blocked = |problem: crate::catalogue::problem::Problem| problem.blocks;
        let unfit = !filler.has_columns() && request::problem(request::TEXT, &text).is_some_and(blocked);
        if people == 0 || unfit || sheet.unclosed.is_some() {
            return None;
        }
        let now = page::now();
        let file = composing.file.get().filter(|_| composing.source.get() == Source::File);
        let batch = Batch {
            id: id(now, (js_sys::Math::random() * f64::from(u32::MAX)) as u32),
            connection: connection.id.clone(),
            label: connection.label.clone(),
            made: now,
            file: file.map(|file| file.name).unwrap_or_default(),
            text,
            request,
            people,
            per: if own { 1 } else { request::most_people() },
            interval: pace::interval(composing.rate.get(), connection.is_sandbox()),
        };
        Some(Made { batch, sheet, checked, filler, doubtful })
    }

    /// The batch as it would be sent off, for a review; `None` where something stands in the way.
    pub fn planned(self, connection: &Connection) -> Option<Batch> {
        self.made(connection).map(|made| made.batch)
    }

    /// Sends off what was composed; answers the id of the batch.
    pub async fn send_off(self, app: App, connection: Connection) -> Result<String, Unmade> {
        let made = untrack(|| self.made(&connection)).ok_or(Unmade::NotReady)?;
        let id = made.batch.id.clone();
        // As it stands now: another tab may empty the form while this one waits for its turn.
        let (gone, known) = untrack(|| self.composing.going(&id));
        let _turn: Option<Claim> = tabs::wait(LOCK).await;
        let keep = untrack(|| app.inbox.keep(app));
        let people = made.batch.people;
        let begun = async {
            stored::put(keep, &made.batch, &Progress::new(people)).await?;
            made.write(keep).await?;
            self.composing.begin(&gone, known.as_deref()).await
        };
        let not_begun = match begun.await {
            Ok(None) => None,
            Ok(Some(other)) => {
                self.composing.went_elsewhere(app, &other);
                Some(Unmade::Elsewhere)
            }
            Err(fault) => Some(Unmade::Storage(fault)),
        };
        if let Some(why) = not_begun {
            // Nothing has left; what was written is removed here, or at the next visit.
            drop(stored::remove(&id).await);
            return Err(why);
        }
        if keep == Keep::Device {
            self.composing.went(&id);
            self.tell(&Told::SentOff(gone));
        }
        self.know(&id);
        self.composing.sent(app).await;
        self.refresh_all().await;
        self.tell_changed(&id);
        self.run(app);
        Ok(id)
    }
}

impl Made {
    /// Writes all requests down, some at a time.
    async fn write(&self, keep: Keep) -> Result<(), StoreFault> {
        let entries: Vec<&Entry> = self.checked.people(self.doubtful).collect();
        let per = self.batch.per.max(1) as usize;
        let together = (TOGETHER / per).max(1);
        let mut parts: Vec<Part> = Vec::with_capacity(together);
        for (number, entries) in entries.chunks(per).enumerate() {
            parts.push(self.part(number, entries));
            if parts.len() == together {
                stored::put_parts(keep, &self.batch.id, &parts).await?;
                parts.clear();
                // The page has its turn.
                TimeoutFuture::new(0).await;
            }
        }
        stored::put_parts(keep, &self.batch.id, &parts).await
    }

    fn person(&self, entry: &Entry) -> Person {
        let line = self.sheet.line(entry.row as usize);
        Person { row: entry.row + 1, line, number: entry.number.clone() }
    }

    fn part(&self, number: usize, entries: &[&Entry]) -> Part {
        let text = match (self.filler.has_columns(), entries.first()) {
            (true, Some(entry)) => self.filler.fill(&self.sheet.cells(entry.row as usize)),
            _ => String::new(),
        };
        Part {
            number: number as u32,
            people: entries.iter().map(|entry| self.person(entry)).collect(),
            text,
            attempt: 1,
            state: State::Waiting,
        }
    }
}
