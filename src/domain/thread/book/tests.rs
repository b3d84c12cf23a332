use super::{super::status::Status, *};
use proptest::{collection::vec, prelude::*, test_runner::RngSeed};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A device that stores what it is told to.
#[derive(Default)]
struct Shelf {
    head: Head,
    blocks: BTreeMap<u32, Vec<Entry>>,
    ids: HashMap<String, Place>,
}

impl Shelf {
    fn merge(&mut self, incoming: Vec<Entry>) -> Change {
        let known = incoming
            .iter()
            .filter_map(|entry| {
                let place = self.ids.get(&id_key(&entry.place.id))?;
                Some((entry.place.id.clone(), place.clone()))
            })
            .collect();
        let incoming = placed(incoming, &known);
        let needed = self.head.needs(&incoming);
        let blocks = needed.iter().map(|number| (*number, self.blocks[number].clone())).collect();
        let change = self.head.merge(incoming, blocks);
        self.blocks.extend(change.blocks.clone());
        self.ids.extend(change.ids.clone());
        change
    }

    /// All messages, in the order of the table of contents.
    fn all(&self) -> Vec<Entry> {
        self.head.blocks.iter().flat_map(|block| self.blocks[&block.number].clone()).collect()
    }

    fn check(&self) {
        let all = self.all();
        assert!(all.windows(2).all(|pair| pair[0].place < pair[1].place), "out of order");
        assert_eq!(all.len(), self.head.len());
        for (position, block) in self.head.blocks.iter().enumerate() {
            let rows = &self.blocks[&block.number];
            assert_eq!((block.count, &block.first), (rows.len(), &rows[0].place));
            assert_eq!(block.last, rows[rows.len() - 1].place);
            assert!(rows.len() <= MOST, "{} in one block", rows.len());
            let first = self.head.row_of(position);
            assert_eq!(self.head.block_at(first), Some((position, 0)));
            assert_eq!(self.head.block_at(first + block.count - 1), Some((position, block.count - 1)));
        }
        assert_eq!(self.head.block_at(self.head.len()), None);
        for (position, block) in self.head.blocks.iter().enumerate() {
            let beside = |at: Option<usize>| Some(self.head.blocks.get(at?)?.number);
            let wanted = [beside(position.checked_sub(1)), Some(block.number), beside(Some(position + 1))];
            for place in [&block.first, &block.last] {
                assert!(self.head.around(place).into_iter().eq(wanted.into_iter().flatten()));
            }
        }
        for wanted in [0, 1, all.len() / 2, all.len(), all.len() + 1] {
            let newest = self.head.newest(wanted);
            let last = self.head.blocks.iter().rev().take(newest.len());
            assert!(last.clone().map(|block| block.number).eq(newest.iter().copied()));
            let counts: Vec<usize> = last.map(|block| block.count).collect();
            let sum: usize = counts.iter().sum();
            assert!(sum >= wanted.min(all.len()), "{sum} of {wanted}");
            assert!(wanted > sum - counts.last().unwrap_or(&0) || counts.is_empty(), "more than {wanted}");
        }
        let ids: BTreeSet<&str> = all.iter().map(|entry| entry.place.id.as_str()).collect();
        assert_eq!(ids.len(), all.len(), "one id in two places");
    }
}

fn entry(at: u64, id: &str) -> Entry {
    let place = Place { at, id: id.into() };
    Entry {
        place,
        status: Status::Sent,
        wamid: format!("wamid.{id}"),
        inbound: false,
        raw: format!("{{\"id\":\"{id}\"}}"),
    }
}

fn numbered(range: std::ops::Range<u64>) -> Vec<Entry> {
    range.map(|at| entry(at, &format!("m{at}"))).collect()
}

#[test]
fn pages_from_the_newest_to_the_oldest_make_one_conversation() {
    let mut shelf = Shelf::default();
    for page in (0..100).rev() {
        let change = shelf.merge(numbered(page * 100..page * 100 + 100));
        assert_eq!(change.added, (0..100).collect::<Vec<_>>(), "older ones come first");
    }
    shelf.check();
    assert_eq!(shelf.head.len(), 10_000);
    // A few messages are stored again for one that is new, not all of them.
    let change = shelf.merge(vec![entry(10_000, "new")]);
    assert_eq!(change.added, [10_000]);
    assert!(change.blocks.values().map(Vec::len).sum::<usize>() <= MOST + 1);
    shelf.check();
}

#[test]
fn a_page_that_shifted_adds_only_what_is_new() {
    let mut shelf = Shelf::default();
    shelf.merge(numbered(100..200));
    let version = shelf.head.version;
    assert!(shelf.merge(numbered(100..200)).is_empty());
    assert_eq!(shelf.head.version, version, "nothing new is no change");
    let change = shelf.merge(numbered(50..150));
    assert_eq!(change.added, (0..50).collect::<Vec<_>>());
    assert!(change.changed.is_empty());
    shelf.check();
}

#[test]
fn an_id_that_comes_with_another_date_stays_where_it_was() {
    let mut shelf = Shelf::default();
    shelf.merge(numbered(0..10));
    let moved = Entry {
        raw: "{\"id\":\"m3\",\"content\":\"other\"}".into(),
        status: Status::Read,
        ..entry(99, "m3")
    };
    let change = shelf.merge(vec![moved, entry(98, "twice"), entry(97, "twice")]);
    assert_eq!(change.changed, [Place { at: 3, id: "m3".into() }]);
    assert_eq!(change.added, [10]);
    shelf.check();
    let third = &shelf.all()[3];
    assert_eq!((third.status, third.raw.contains("other")), (Status::Read, true));
}

#[test]
fn ids_lead_to_messages() {
    let mut shelf = Shelf::default();
    shelf.merge(vec![Entry { wamid: String::new(), ..entry(5, "a") }]);
    assert_eq!(shelf.ids.get(&wamid_key("")), None);
    let change = shelf.merge(vec![entry(5, "a")]);
    assert_eq!(change.ids, [(wamid_key("wamid.a"), Place { at: 5, id: "a".into() })]);
}

#[test]
fn very_long_messages_stand_alone() {
    let mut shelf = Shelf::default();
    let long = |at: u64| Entry { raw: "x".repeat(200_000), ..entry(at, &format!("long{at}")) };
    shelf.merge((0..5).map(long).collect());
    shelf.check();
    assert_eq!(shelf.head.blocks.len(), 5);
    shelf.merge(vec![Entry { raw: "x".repeat(2_000_000), ..entry(9, "longest") }]);
    shelf.check();
}

#[test]
fn a_block_that_is_lost_comes_again() {
    let mut shelf = Shelf::default();
    shelf.merge(numbered(0..300));
    let number = shelf.head.blocks[0].number;
    let incoming = numbered(0..300);
    let blocks = shelf.blocks.clone().into_iter().filter(|(other, _)| *other != number).collect();
    let change = shelf.head.merge(incoming, blocks);
    shelf.blocks.extend(change.blocks.clone());
    shelf.check();
    assert_eq!(shelf.head.len(), 300);
}

impl Shelf {
    /// Forgets step by step; answers how many steps it took.
    fn expire(&mut self, before: u64) -> usize {
        let mut steps = 0;
        while let Some(number) = self.head.expiring(before) {
            let rows = self.blocks.remove(&number).unwrap_or_default();
            let Expired { kept, gone } = self.head.expire(before, rows);
            assert!(!gone.is_empty() && gone.iter().all(|entry| entry.place.at < before));
            gone.iter().for_each(|entry| drop(self.ids.remove(&id_key(&entry.place.id))));
            if !kept.is_empty() {
                self.blocks.insert(number, kept);
            }
            steps += 1;
            self.check();
        }
        steps
    }
}

#[test]
fn old_messages_are_forgotten_block_by_block() {
    let mut shelf = Shelf::default();
    shelf.merge(numbered(0..1000));
    let (blocks, version) = (shelf.head.blocks.len(), shelf.head.version);
    assert_eq!(shelf.expire(0), 0);
    assert_eq!(shelf.head.version, version, "nothing was changed");
    let steps = shelf.expire(500);
    assert!(steps > 1 && steps < blocks);
    assert_eq!((shelf.head.len(), shelf.head.blocks[0].first.at), (500, 500));
    assert!(shelf.head.version > version);
    // What was forgotten may come again.
    shelf.merge(numbered(400..600));
    shelf.check();
    assert_eq!(shelf.head.len(), 600);
    shelf.expire(u64::MAX);
    assert!(shelf.head.is_empty());
    shelf.merge(numbered(0..10));
    shelf.check();
    // A block that was lost is no reason to go on for ever.
    shelf.blocks.clear();
    assert_eq!(shelf.head.expire(u64::MAX, vec![]), Expired::default());
    assert!(shelf.head.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::with_cases(64) })]

    #[test]
    fn any_pages_in_any_order_give_each_message_once(
        pages in vec(vec((0_u64..2_000, 0_u8..4, 0_usize..9), 0..400), 1..12)
    ) {
        let mut shelf = Shelf::default();
        let mut model: BTreeMap<String, (Place, Status)> = BTreeMap::new();
        for page in pages {
            let incoming: Vec<Entry> = page
                .iter()
                .map(|(id, jitter, status)| Entry {
                    status: Status::ALL[*status],
                    // The same id may come with several dates.
                    ..entry(id * 10 + u64::from(*jitter), &format!("{id}"))
                })
                .collect();
            let before = model.len();
            for entry in &incoming {
                let known = model.entry(entry.place.id.clone()).or_insert((entry.place.clone(), Status::Untold));
                known.1 = known.1.then(entry.status);
            }
            let change = shelf.merge(incoming);
            prop_assert_eq!(change.added.len(), model.len() - before);
            let all = shelf.all();
            for row in &change.added {
                prop_assert!(all.get(*row).is_some());
            }
        }
        shelf.check();
        let all = shelf.all();
        prop_assert_eq!(all.len(), model.len());
        for entry in all {
            let (place, status) = &model[&entry.place.id];
            prop_assert_eq!((&entry.place, entry.status), (place, *status));
        }
    }
}
