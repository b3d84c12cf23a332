//! How many calls left in each stretch of time, and how they ended. The stretches fit what is looked at
//! and the reader's calendar; drawing them is not done here.

use super::{
    Record,
    calendar::{self, DAY, Offset},
    ending::Ending,
    filter::Sieve,
    span::Span,
};

const MINUTE: u64 = 60_000;

/// Lengths of time and the step that fits, both in minutes. A day of which clocks are put back has 25 hours.
const SHORT: [(u64, u64); 4] = [(31, 1), (150, 5), (25 * 60, 60), (4 * 24 * 60, 360)];

/// More bars than this are too thin to be told apart on a telephone.
pub const MOST: usize = 36;

/// How long one stretch is; the first and the last may be cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Minutes(u64),
    Days(i64),
}

/// Stretches of time one after the other: each lasts from one edge to right before the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Buckets {
    pub edges: Vec<u64>,
    pub step: Step,
}

impl Buckets {
    /// Those that fit a span; of all time, what lies between the oldest and the newest record and now.
    pub fn of(span: Span, oldest: u64, newest: u64, now: u64, offset: Offset) -> Buckets {
        if span == Span::All {
            return Buckets::fitting(oldest.min(now), newest.max(now).saturating_add(1), offset);
        }
        let (from, until) = span.bounds(now, offset);
        let mut buckets = Buckets::fitting(from, until, offset);
        for edge in &mut buckets.edges {
            *edge = (*edge).clamp(from, until);
        }
        buckets.edges.dedup();
        buckets
    }

    /// Whole stretches that hold everything from a moment to right before another.
    fn fitting(from: u64, until: u64, offset: Offset) -> Buckets {
        let until = until.max(from.saturating_add(1));
        let step = step(until - from);
        let edges = match step {
            Step::Minutes(minutes) => by_minutes(from, until, minutes * MINUTE, offset),
            Step::Days(days) => by_days(from, until, days, offset),
        };
        Buckets { edges, step }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.edges.len().saturating_sub(1)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The one that a moment is in.
    pub fn at(&self, at: u64) -> Option<usize> {
        let after = self.edges.partition_point(|edge| *edge <= at);
        after.checked_sub(1).filter(|bucket| *bucket < self.len())
    }
}

/// The shortest step of which few enough make up a length.
fn step(length: u64) -> Step {
    if let Some((_, minutes)) = SHORT.iter().find(|(longest, _)| length <= longest * MINUTE) {
        return Step::Minutes(*minutes);
    }
    // Two more may be begun at the ends.
    let fits = |days: i64| length.div_ceil(days.unsigned_abs() * DAY.unsigned_abs()) <= MOST as u64 - 2;
    let mut days = [1, 7, 28, 364].into_iter().find(|days| fits(*days)).unwrap_or(728);
    while !fits(days) {
        days *= 2;
    }
    Step::Days(days)
}

/// Edges counted from the beginning of each day; where clocks change, its last stretch is another.
fn by_minutes(from: u64, until: u64, step: u64, offset: Offset) -> Vec<u64> {
    let mut day = calendar::day_of(from, offset);
    let mut begins = calendar::begins(day, offset);
    let mut edges = vec![begins + from.saturating_sub(begins) / step * step];
    loop {
        let last = edges[edges.len() - 1];
        if last >= until {
            return edges;
        }
        let ends = calendar::begins(day + 1, offset);
        if last + step < ends {
            edges.push(last + step);
        } else {
            (day, begins) = (day + 1, ends.max(last + 1));
            edges.push(begins);
        }
    }
}

/// Edges counted back from the last day, so that the newest stretch is a whole one.
fn by_days(from: u64, until: u64, step: i64, offset: Offset) -> Vec<u64> {
    let first = calendar::day_of(from, offset);
    let end = calendar::day_of(until.saturating_sub(1), offset).saturating_add(1);
    let mut days = vec![end];
    while days[days.len() - 1] > first {
        days.push(days[days.len() - 1].saturating_sub(step));
    }
    let mut edges: Vec<u64> = days.iter().rev().map(|day| calendar::begins(*day, offset)).collect();
    edges.dedup();
    edges
}

/// Calls by how they ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tally([u32; Ending::ALL.len()]);

impl Tally {
    pub fn add(&mut self, ending: Ending, count: u32) {
        let place = &mut self.0[ending as usize];
        *place = place.saturating_add(count);
    }

    pub const fn of(&self, ending: Ending) -> u32 {
        self.0[ending as usize]
    }

    pub fn all(&self) -> u32 {
        self.0.iter().fold(0, |all, count| all.saturating_add(*count))
    }

    /// What was refused or failed.
    pub const fn failed(&self) -> u32 {
        self.of(Ending::Refused).saturating_add(self.of(Ending::Failed))
    }

    /// Of what it is not known what became.
    pub const fn unknown(&self) -> u32 {
        self.of(Ending::Maybe).saturating_add(self.of(Ending::Unanswered))
    }

    /// The three that a bar is made of, from its foot to its top.
    pub const fn layers(&self) -> [u32; 3] {
        [self.of(Ending::Succeeded), self.failed(), self.unknown()]
    }
}

/// One stretch of time, and the calls in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stretch {
    /// Its place among all, and how many there are.
    pub at: usize,
    pub of: usize,
    /// Its first moment, and the first after it.
    pub from: u64,
    pub until: u64,
    pub tally: Tally,
}

/// Calls in stretches of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Requests {
    pub buckets: Buckets,
    pub tallies: Vec<Tally>,
    pub total: Tally,
}

impl Requests {
    /// Counts what a sieve lets through; records that it does not are not to be among them.
    pub fn count<'r>(
        records: impl Iterator<Item = &'r Record> + Clone,
        sieve: &Sieve,
        span: Span,
        now: u64,
        offset: Offset,
    ) -> Requests {
        let times = records.clone().map(|record| record.at);
        let (oldest, newest) = (times.clone().min().unwrap_or(now), times.max().unwrap_or(now));
        let buckets = Buckets::of(span, oldest, newest, now, offset);
        let mut tallies = vec![Tally::default(); buckets.len()];
        let mut total = Tally::default();
        for record in records {
            let Some(tally) = buckets.at(record.at).and_then(|bucket| tallies.get_mut(bucket)) else {
                continue;
            };
            for part in sieve.parts(record) {
                tally.add(part.ending, part.count);
                total.add(part.ending, part.count);
            }
        }
        Requests { buckets, tallies, total }
    }

    pub fn stretches(&self) -> impl Iterator<Item = Stretch> {
        let of = self.tallies.len();
        let edges = self.buckets.edges.windows(2).map(|pair| (pair[0], pair[1]));
        let stretch = move |(at, ((from, until), tally)): (usize, ((u64, u64), &Tally))| Stretch {
            at,
            of,
            from,
            until,
            tally: *tally,
        };
        edges.zip(&self.tallies).enumerate().map(stretch)
    }

    /// The stretch with the most calls, the newest of several; `None` where there is none.
    pub fn busiest(&self) -> Option<Stretch> {
        self.stretches().filter(|one| one.tally.all() > 0).max_by_key(|one| one.tally.all())
    }

    /// The most calls in one stretch.
    pub fn most(&self) -> u32 {
        self.tallies.iter().map(Tally::all).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests;
