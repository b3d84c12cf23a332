//! Whole numbers in a row, and their sums from the first one on, in one Fenwick tree without anything
//! beside it. What the numbers measure is for `extent` to say.

/// Node `i` holds the sum of the numbers from `i & (i + 1)` up to `i`: eight bytes a number.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    tree: Vec<u64>,
}

impl Sums {
    pub fn len(&self) -> usize {
        self.tree.len()
    }

    /// The sum of the first `count` numbers.
    pub fn of_first(&self, count: usize) -> u64 {
        ends(count.min(self.len()), 0).map(|node| self.tree[node]).sum()
    }

    /// The number at a place; 0 where there is none.
    pub fn get(&self, at: usize) -> u64 {
        if at < self.len() { self.tree[at] - self.below(at) } else { 0 }
    }

    /// Nothing happens where there is no such place.
    pub fn set(&mut self, at: usize, number: u64) {
        let before = self.get(at);
        let mut node = at;
        while node < self.len() {
            self.tree[node] = self.tree[node] - before + number;
            node |= node + 1;
        }
    }

    /// How many numbers from the first one on are together no more than `sum`.
    pub fn within(&self, sum: u64) -> usize {
        let (mut count, mut left) = (0, sum);
        let mut step = self.len().checked_ilog2().map_or(0, |log| 1 << log);
        while step > 0 {
            if let Some(node) = self.tree.get(count + step - 1).filter(|node| **node <= left) {
                count += step;
                left -= node;
            }
            step /= 2;
        }
        count
    }

    /// Puts one number `count` times before the place `at`. Costs what comes after that place.
    pub fn insert(&mut self, at: usize, count: usize, number: u64) {
        if self.tree.is_empty() {
            // A node of equal numbers is as many times the number as it covers.
            let node = |end: usize| (end & end.wrapping_neg()) as u64 * number;
            self.tree = (1..=count).map(node).collect();
            return;
        }
        let at = at.min(self.len());
        self.take_apart(at);
        self.tree.splice(at..at, std::iter::repeat_n(number, count));
        self.put_together(at);
    }

    /// Takes away `count` numbers from the place `at` on. Costs what comes after that place.
    pub fn remove(&mut self, at: usize, count: usize) {
        let at = at.min(self.len());
        let end = at.saturating_add(count).min(self.len());
        self.take_apart(at);
        self.tree.drain(at..end);
        self.put_together(at);
    }

    /// What of the sum in a node is in the nodes just below it; less than two of them on average.
    fn below(&self, node: usize) -> u64 {
        let first = node & (node + 1);
        ends(node, first).map(|below| self.tree[below]).sum()
    }

    /// Makes the nodes from a place on into plain numbers. Those before it hold no sum of what changes.
    fn take_apart(&mut self, from: usize) {
        for node in (from..self.len()).rev().chain(ends(from, 0)) {
            let sum = self.tree[node];
            if let Some(above) = self.tree.get_mut(node | (node + 1)) {
                *above -= sum;
            }
        }
    }

    fn put_together(&mut self, from: usize) {
        for node in ends(from, 0).chain(from..self.len()) {
            let sum = self.tree[node];
            if let Some(above) = self.tree.get_mut(node | (node + 1)) {
                *above += sum;
            }
        }
    }
}

/// The nodes that together hold the numbers from `first` up to before `end`, if nodes end there.
fn ends(end: usize, first: usize) -> impl Iterator<Item = usize> {
    let next = |end: &usize| Some(end & end.wrapping_sub(1));
    std::iter::successors(Some(end), next).take_while(move |end| *end > first).map(|end| end - 1)
}
