//! Stretches of time held against the clocks of several places, and counts against the records.

use super::*;
use crate::domain::activity::{
    calendar::tests::{BACK, FORWARD, HOUR, beirut, berlin},
    filter::Filter,
    sample,
};
use proptest::{prelude::*, test_runner::RngSeed};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn count(records: &[Record], filter: &Filter, now: u64, offset: Offset) -> Requests {
    let sieve = filter.sieve(now, offset);
    let fits = records.iter().filter(|record| sieve.fits(record));
    Requests::count(fits, &sieve, filter.span, now, offset)
}

#[test]
fn a_day_has_as_many_bars_as_hours() {
    for (now, hours) in [(FORWARD, 23), (BACK, 25), (BACK + 48 * HOUR, 24)] {
        let buckets = Buckets::of(Span::Today, now, now, now, &berlin);
        assert_eq!((buckets.len(), buckets.step), (hours, Step::Minutes(60)));
        assert!(buckets.edges.windows(2).all(|pair| pair[1] - pair[0] == HOUR));
    }
    let week = Buckets::of(Span::Week, 0, 0, BACK + 24 * HOUR, &berlin);
    assert_eq!((week.len(), week.step), (7, Step::Days(1)));
    let hours: Vec<u64> = week.edges.windows(2).map(|pair| (pair[1] - pair[0]) / HOUR).collect();
    assert_eq!(hours, [24, 24, 24, 24, 24, 25, 24]);
}

#[test]
fn the_last_hour_begins_an_hour_ago() {
    let now = FORWARD + 7 * MINUTE + 30_000;
    let buckets = Buckets::of(Span::Hour, 0, 0, now, &berlin);
    assert_eq!(buckets.step, Step::Minutes(5));
    assert_eq!((buckets.edges[0], buckets.edges[buckets.len()]), (now - HOUR, now + 1));
    assert!(buckets.edges[1..buckets.len()].iter().all(|edge| edge % (5 * MINUTE) == 0));
}

#[test]
fn one_record_is_one_bar_that_is_not_alone() {
    let now = 1_780_000_000_000;
    let record = sample("kapso.list-customers", now - 3 * HOUR, Ending::Failed, 20);
    let requests = count(&[record], &Filter::default(), now, &berlin);
    assert_eq!((requests.total.all(), requests.total.failed(), requests.most()), (1, 1, 1));
    let busiest = requests.busiest().unwrap();
    assert!(busiest.from <= now - 3 * HOUR && now - 3 * HOUR < busiest.until);
    assert_eq!(count(&[], &Filter::default(), now, &berlin).busiest(), None);
}

#[test]
fn folded_reads_count_as_often_as_they_were() {
    let mut record = sample("kapso.list-customers", 9_000_000, Ending::Succeeded, 20);
    record.times = 7;
    let requests = count(&[record], &Filter::default(), 9_000_001, &berlin);
    assert_eq!(requests.total.layers(), [7, 0, 0]);
}

fn any_span() -> impl Strategy<Value = Span> {
    prop_oneof![
        prop::sample::select(Span::NAMED.to_vec()),
        (20_000_i64..21_000, 0_i64..4_000).prop_map(|(first, days)| Span::Days(first, first + days)),
        (1_700_000_000_000_u64..1_800_000_000_000, 1_u64..99_000_000_000)
            .prop_map(|(from, long)| Span::Moments(from, from + long)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn stretches_follow_each_other_and_are_few(
        span in any_span(), now in 1_700_000_000_000_u64..1_900_000_000_000, age in 0_u64..1_800_000_000_000, zone in -840_i64..=840,
    ) {
        let fixed = move |_: u64| zone * 60_000;
        for offset in [&fixed as Offset, &berlin, &beirut] {
            let buckets = Buckets::of(span, now.saturating_sub(age), now, now, offset);
            prop_assert!((1..=MOST).contains(&buckets.len()), "{} of {:?}", buckets.len(), buckets.step);
            prop_assert!(buckets.edges.windows(2).all(|pair| pair[0] < pair[1]));
            let (from, until) = if span == Span::All { (now.saturating_sub(age), now + 1) } else { span.bounds(now, offset) };
            prop_assert_eq!(buckets.at(from), Some(0));
            prop_assert_eq!(buckets.at(until - 1), Some(buckets.len() - 1));
            if span != Span::All {
                prop_assert_eq!((buckets.edges[0], buckets.edges[buckets.len()]), (from, until));
            }
        }
    }

    #[test]
    fn nothing_is_lost_or_counted_twice(
        ages in prop::collection::vec((0_u64..9_000_000_000, 0_usize..5, 1_u32..9), 0..60), span in any_span(),
    ) {
        let now = BACK + 5 * HOUR;
        let records: Vec<Record> = ages
            .iter()
            .map(|(age, ending, times)| Record { times: *times, ..sample("kapso.list-customers", now - age, Ending::ALL[*ending], 20) })
            .collect();
        let filter = Filter { span, ..Filter::default() };
        let requests = count(&records, &filter, now, &berlin);
        let sieve = filter.sieve(now, &berlin);
        let want: u32 = records.iter().filter(|record| sieve.fits(record)).map(|record| record.times).sum();
        prop_assert_eq!(requests.total.all(), want);
        prop_assert_eq!(requests.tallies.iter().map(Tally::all).sum::<u32>(), want);
        // A bar shows what is left when one looks at its time alone.
        for one in requests.stretches() {
            let within = Filter { span: Span::Moments(one.from, one.until), ..filter.clone() };
            prop_assert_eq!(count(&records, &within, now, &berlin).total, one.tally);
        }
    }

    #[test]
    fn no_clock_breaks_it(oldest in any::<u64>(), newest in any::<u64>(), now in any::<u64>()) {
        let buckets = Buckets::of(Span::All, oldest.min(newest), newest, now % (1 << 53), &berlin);
        prop_assert!(buckets.len() <= MOST + 1);
    }
}
