//! Which conversations somebody who is not looking has to be told of. A list names only when each was
//! last active, so what is new in it has to be read first; whether it is anything is said here.

use std::collections::BTreeMap;

/// What is known of a connection's conversations, by their ids. Times are Unix milliseconds of the
/// provider's clock alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct News {
    /// Up to when each was seen or told.
    known: BTreeMap<String, u64>,
    /// The newest activity of any, when the list was last read; `None` before.
    newest: Option<u64>,
    /// Those that have to be read, and up to when they were known.
    asked: BTreeMap<String, u64>,
}

impl News {
    /// Takes in the newest rows of the list: ids, and when each was last active. Answers those that were
    /// active since, if nobody is looking; somebody who looks sees them.
    pub fn listed(&mut self, rows: &[(String, u64)], looking: bool) -> Vec<String> {
        let before = self.newest;
        self.newest = rows.iter().map(|(_, at)| *at).max().max(before);
        let mut moved = vec![];
        for (id, at) in rows {
            // A row that was not among the first so far has moved there, or began.
            let known = self.known.insert(id.clone(), *at).or(before).unwrap_or(*at);
            if looking {
                self.asked.remove(id);
            } else if *at > known {
                self.asked.entry(id.clone()).or_insert(known);
                moved.push(id.clone());
            }
        }
        moved
    }

    /// Takes in when the contact last wrote, once a conversation was read; answers whether somebody has
    /// to be told. The same is told once.
    pub fn read(&mut self, id: &str, last_inbound: Option<u64>) -> bool {
        let is_new = self.asked.get(id).is_some_and(|known| last_inbound > Some(*known));
        if is_new {
            self.asked.remove(id);
        }
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn rows(rows: &[(&str, u64)]) -> Vec<(String, u64)> {
        rows.iter().map(|(id, at)| ((*id).to_owned(), *at)).collect()
    }

    #[test]
    fn what_was_there_at_first_is_no_news() {
        let mut news = News::default();
        assert_eq!(news.listed(&rows(&[("a", 5), ("b", 3)]), false), Vec::<String>::new());
        assert!(!news.read("a", Some(5)));
    }

    #[test]
    fn a_contact_who_writes_while_nobody_looks_is_told_once() {
        let mut news = News::default();
        news.listed(&rows(&[("a", 5), ("b", 3)]), true);
        assert_eq!(news.listed(&rows(&[("b", 8), ("a", 5)]), false), ["b"]);
        assert!(news.read("b", Some(8)));
        assert!(!news.read("b", Some(8)), "once");
        assert_eq!(news.listed(&rows(&[("b", 8), ("a", 5)]), false), Vec::<String>::new());
        assert_eq!(news.listed(&rows(&[("b", 9)]), false), ["b"], "and again for the next");
    }

    #[test]
    fn what_a_colleague_wrote_is_not_told() {
        let mut news = News::default();
        news.listed(&rows(&[("a", 5)]), false);
        assert_eq!(news.listed(&rows(&[("a", 9)]), false), ["a"]);
        assert!(!news.read("a", Some(4)), "the contact's newest is older");
        assert!(!news.read("a", None));
        // The contact answers after that.
        assert_eq!(news.listed(&rows(&[("a", 12)]), false), ["a"]);
        assert!(news.read("a", Some(12)));
    }

    #[test]
    fn a_conversation_that_begins_or_comes_back_is_news() {
        let mut news = News::default();
        news.listed(&rows(&[("a", 5)]), true);
        assert_eq!(news.listed(&rows(&[("new", 7), ("old", 4), ("a", 5)]), false), ["new"]);
        assert!(news.read("new", Some(7)));
        assert!(!news.read("old", Some(4)));
    }

    #[test]
    fn who_looks_sees_it() {
        let mut news = News::default();
        news.listed(&rows(&[("a", 5)]), true);
        assert_eq!(news.listed(&rows(&[("a", 9)]), true), Vec::<String>::new());
        assert_eq!(news.listed(&rows(&[("a", 9)]), false), Vec::<String>::new());
        // Moved while hidden, and looked at before it was read.
        assert_eq!(news.listed(&rows(&[("a", 12)]), false), ["a"]);
        news.listed(&rows(&[("a", 12)]), true);
        assert!(!news.read("a", Some(12)));
    }
}
