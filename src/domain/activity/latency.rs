//! How long answers took, by request: the median, and what 95 of 100 stayed under. Calls without an
//! answer are not among them.

use super::{Record, filter::Sieve};
use std::collections::BTreeMap;

/// From this many answers on, what 95 of 100 stayed under is another than the slowest.
pub const ENOUGH: usize = 20;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Latency {
    /// Id of the request; empty for all together.
    pub operation: String,
    /// How many answers came.
    pub answers: usize,
    /// Milliseconds, as all of these: half of the answers took no longer.
    pub median: u32,
    /// 95 of 100 took no longer.
    pub high: u32,
    pub slowest: u32,
}

/// By request, the slowest first; and all together where there is any.
pub fn measure<'r>(
    records: impl Iterator<Item = &'r Record>,
    sieve: &Sieve,
) -> (Vec<Latency>, Option<Latency>) {
    let mut times: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    let mut all = vec![];
    for record in records {
        let took = sieve.parts(record).filter_map(|part| part.milliseconds);
        let of_it = times.entry(&record.operation).or_default();
        for milliseconds in took {
            of_it.push(milliseconds);
            all.push(milliseconds);
        }
    }
    let mut rows: Vec<Latency> =
        times.into_iter().filter_map(|(operation, times)| of(operation, times)).collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.median, row.high)));
    (rows, of("", all))
}

fn of(operation: &str, mut times: Vec<u32>) -> Option<Latency> {
    times.sort_unstable();
    Some(Latency {
        operation: operation.into(),
        answers: times.len(),
        median: percentile(&times, 50)?,
        high: percentile(&times, 95)?,
        slowest: *times.last()?,
    })
}

/// By the nearest rank: a time that was measured, which so many of a hundred did not exceed.
fn percentile(sorted: &[u32], percent: usize) -> Option<u32> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

/// Milliseconds as people write them: `84 ms`, `1.24 s`, `31 s`. `write` makes a text of a number with so many digits
/// of its fraction.
pub fn text(milliseconds: u32, write: &dyn Fn(f64, usize) -> String) -> String {
    let (milliseconds, seconds) = (f64::from(milliseconds), f64::from(milliseconds) / 1_000.0);
    match milliseconds {
        ..1_000.0 => format!("{} ms", write(milliseconds, 0)),
        ..10_000.0 => format!("{} s", write(seconds, 2)),
        _ => format!("{} s", write(seconds, 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::activity::{Earlier, ending::Ending, filter::Filter, sample};
    use proptest::{prelude::*, test_runner::RngSeed};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn measured(records: &[Record]) -> (Vec<Latency>, Option<Latency>) {
        let filter = Filter::default();
        measure(records.iter(), &filter.sieve(0, &|_| 0))
    }

    #[test]
    fn only_answers_count_and_the_slowest_come_first() {
        let records = [
            sample("kapso.list-customers", 1, Ending::Succeeded, 30),
            sample("kapso.list-customers", 2, Ending::Refused, 10),
            sample("kapso.list-customers", 3, Ending::Unanswered, 9_999),
            sample("vonage.get-profile", 4, Ending::Succeeded, 500),
        ];
        let (rows, all) = measured(&records);
        let row = |operation: &str, answers, median, high| Latency {
            operation: operation.into(),
            answers,
            median,
            high,
            slowest: high,
        };
        assert_eq!(rows, [row("vonage.get-profile", 1, 500, 500), row("kapso.list-customers", 2, 10, 30)]);
        assert_eq!(all, Some(row("", 3, 30, 500)));
        assert_eq!(measured(&records[2..3]), (vec![], None));
    }

    #[test]
    fn each_of_folded_reads_has_its_own_time() {
        let mut record = sample("kapso.list-customers", 9, Ending::Succeeded, 30);
        record.times = 4;
        record.earlier = [Some(10), None]
            .map(|milliseconds| Earlier { at: 8, ending: Ending::Succeeded, milliseconds })
            .into();
        let (_, all) = measured(&[record]);
        assert_eq!(all.map(|all| (all.answers, all.median, all.slowest)), Some((2, 10, 30)));
    }

    #[test]
    fn a_time_is_short_to_read() {
        let write = |number: f64, digits: usize| format!("{number:.digits$}").replace('.', ",");
        let texts = [0, 999, 1_240, 9_999, 30_500].map(|milliseconds| text(milliseconds, &write));
        assert_eq!(texts, ["0 ms", "999 ms", "1,24 s", "10,00 s", "30 s"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

        #[test]
        fn so_many_stay_under(times in prop::collection::vec(0_u32..60_000, 1..300)) {
            let row = of("", times.clone()).unwrap();
            let under = |limit: u32| times.iter().filter(|time| **time <= limit).count();
            let below = |limit: u32| times.iter().filter(|time| **time < limit).count();
            prop_assert!(under(row.median) * 2 >= times.len() && below(row.median) * 2 < times.len().max(1) * 2);
            prop_assert!(below(row.median) * 100 < times.len() * 50);
            prop_assert!(under(row.high) * 100 >= times.len() * 95 && below(row.high) * 100 < times.len() * 95);
            prop_assert!(row.median <= row.high && row.high <= row.slowest);
            prop_assert!(times.len() >= ENOUGH || row.high == row.slowest);
        }
    }
}
