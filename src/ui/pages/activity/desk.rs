//! What the parts of the page share: the calls that are kept, the filter of the address, and the calls
//! that it lets through. How they are shown is each part's matter.

use crate::{
    browser::{locale, page},
    domain::activity::{
        Record,
        filter::{Filter, Sieve},
    },
    state::activity::{Activity, Kept},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use std::{sync::Arc, time::Duration};

/// How often it is looked what the last hour and today are.
const BEAT: Duration = Duration::from_secs(20);

/// Whether a change of the filter is a step of its own in the browser's history.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Own,
    /// As with words that are being typed.
    Same,
}

/// Calls that a filter let through, newest first. The same ones again draw nothing anew.
#[derive(Clone)]
pub struct Found(Arc<[Arc<Record>]>);

impl PartialEq for Found {
    fn eq(&self, other: &Found) -> bool {
        self.0.len() == other.0.len() && self.0.iter().zip(&*other.0).all(|(a, b)| Arc::ptr_eq(a, b))
    }
}

impl Found {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn records(&self) -> impl Iterator<Item = &Record> + Clone {
        self.0.iter().map(Arc::as_ref)
    }

    /// At most so many of the newest.
    pub fn first(&self, most: usize) -> Vec<Arc<Record>> {
        self.0.iter().take(most).cloned().collect()
    }
}

#[derive(Clone, Copy)]
pub struct Desk {
    pub kept: Kept,
    pub filter: Memo<Filter>,
    pub now: RwSignal<u64>,
    /// Of the filter's span.
    pub bounds: Memo<(u64, u64)>,
    pub found: Memo<Found>,
    show: StoredValue<Show, LocalStorage>,
}

type Show = Box<dyn Fn(&Filter, Step)>;

impl Desk {
    pub fn open(activity: Activity) -> Desk {
        let kept = Kept::follow(activity);
        let query = use_query_map();
        let filter = Memo::new(move |_| query.with(|query| Filter::read(|part| query.get(part))));
        let now = RwSignal::new(page::now());
        let beat = set_interval_with_handle(move || _ = now.try_set(page::now()), BEAT);
        on_cleanup(move || {
            beat.inspect(|beat| beat.clear()).ok();
        });
        Effect::new(move |_| {
            kept.records.track();
            now.try_set(page::now());
        });
        let bounds = Memo::new(move |_| filter.with(|filter| filter.span.bounds(now.get(), &locale::offset)));
        let found = Memo::new(move |_| Found(found(kept, &filter.read(), bounds.get())));
        let navigate = use_navigate();
        let show: Show = Box::new(move |filter, step| {
            let options =
                NavigateOptions { replace: step == Step::Same, scroll: false, ..NavigateOptions::default() };
            navigate(&filter.place(), options);
        });
        Desk { kept, filter, now, bounds, found, show: StoredValue::new_local(show) }
    }

    /// Makes another filter the one of the address.
    pub fn show(self, filter: &Filter, step: Step) {
        // Whoever asks late may ask when the page is gone.
        if self.filter.try_with_untracked(|shown| shown != filter) == Some(true) {
            self.show.try_with_value(|show| show(filter, step));
        }
    }

    /// Changes the filter of the address.
    pub fn change(self, change: impl FnOnce(Filter) -> Filter) {
        if let Some(filter) = self.filter.try_get_untracked() {
            self.show(&change(filter), Step::Own);
        }
    }

    /// How many entries there are, filtered or not.
    pub fn count(self) -> usize {
        self.kept.records.with(|kept| match kept {
            Some(Ok(records)) => records.len(),
            _ => 0,
        })
    }

    /// What is made of the calls that were found, by the filter that found them.
    pub fn of_found<R>(self, make: impl FnOnce(&Found, &Filter, &Sieve) -> R) -> R {
        let bounds = self.bounds.get();
        self.filter.with(|filter| self.found.with(|found| make(found, filter, &filter.sieve_within(bounds))))
    }
}

fn found(kept: Kept, filter: &Filter, bounds: (u64, u64)) -> Arc<[Arc<Record>]> {
    let sieve = filter.sieve_within(bounds);
    kept.records.with(|kept| match kept {
        Some(Ok(records)) => records.iter().filter(|record| sieve.fits(record)).cloned().collect(),
        _ => Arc::from([]),
    })
}

/// Where a filter is shown, as a link.
pub fn link(filter: &Filter) -> String {
    page::place(&filter.place())
}
