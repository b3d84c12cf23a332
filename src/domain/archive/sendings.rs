//! Whether the requests of a text to many are all in a file: each once and in its order, with nobody twice. They
//! stand in lines of their own, so a line alone cannot tell; what is wrong with one line is `sound`'s matter.

use super::{Entry, Fault};
use crate::domain::bulk::{Batch, Part};
use std::collections::{BTreeSet, HashSet};

/// Follows the texts to many of a file, entry by entry.
#[derive(Debug, Default)]
pub struct Sendings {
    /// Ids of those that began.
    begun: BTreeSet<String>,
    /// The one whose requests come now.
    current: Option<Current>,
}

#[derive(Debug)]
struct Current {
    id: String,
    /// People of one request; the last may have fewer.
    per: u32,
    /// People that are still to come.
    left: u32,
    /// The request that comes next.
    next: u32,
    /// Who is in it, by number.
    people: HashSet<String>,
}

impl Sendings {
    /// Takes the entry that stands next in the file.
    pub fn take(&mut self, entry: &Entry) -> Result<(), Fault> {
        match entry {
            Entry::Sending { batch, .. } => {
                self.end()?;
                if !self.begun.insert(batch.id.clone()) {
                    return Err(Fault::Requests);
                }
                self.current = Some(Current::new(batch));
                Ok(())
            }
            Entry::Requests { sending, parts } => {
                let current = self.current.as_mut().filter(|current| current.id == *sending);
                let current = current.ok_or(Fault::Requests)?;
                parts.iter().try_for_each(|part| current.take(part))
            }
            _ => Ok(()),
        }
    }

    /// No more requests follow.
    pub fn end(&self) -> Result<(), Fault> {
        match &self.current {
            Some(current) if current.left > 0 => Err(Fault::Requests),
            _ => Ok(()),
        }
    }
}

impl Current {
    fn new(batch: &Batch) -> Current {
        Current {
            id: batch.id.clone(),
            per: batch.per.max(1),
            left: batch.people,
            next: 0,
            people: HashSet::new(),
        }
    }

    fn take(&mut self, part: &Part) -> Result<(), Fault> {
        let size = self.per.min(self.left);
        let fits = size > 0 && part.number == self.next && part.people.len() == size as usize;
        let new = fits && part.people.iter().all(|person| self.people.insert(person.number.clone()));
        if !new {
            return Err(Fault::Requests);
        }
        self.left -= size;
        self.next += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        archive::{Problem, Reader, foot, head, line},
        bulk::{Person, Progress, State},
    };
    use serde_json::json;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn sending(id: &str, people: u32, per: u32) -> Entry {
        let (id, connection, request) = (id.to_owned(), "webex".to_owned(), json!({"appid": "a"}));
        let batch = Batch { id, connection, request, people, per, ..Batch::default() };
        Entry::Sending { batch: Box::new(batch), progress: Box::new(Progress::new(people)) }
    }

    /// A request with people of these rows; a person's number follows from the row.
    fn part(number: u32, rows: &[u32]) -> Part {
        let person = |row: &u32| Person { row: *row, line: *row, number: format!("4477009{row:05}") };
        let people = rows.iter().map(person).collect();
        Part { number, people, text: String::new(), attempt: 1, state: State::Waiting }
    }

    fn requests(id: &str, parts: &[(u32, &[u32])]) -> Entry {
        let parts = parts.iter().map(|(number, rows)| part(*number, rows)).collect();
        Entry::Requests { sending: id.to_owned(), parts }
    }

    fn read(entries: &[Entry]) -> Result<(), Problem> {
        let mut text =
            head(&crate::domain::archive::Header::new("0.1.0", "https://a.example", String::new()));
        for (at, entry) in entries.iter().enumerate() {
            text += &line(entry, at == 0).unwrap();
        }
        text += &foot(entries.len());
        let mut reader = Reader::default();
        text.lines().try_for_each(|line| reader.read(line).map(drop))?;
        reader.end().map(drop)
    }

    #[test]
    fn a_text_whose_requests_are_each_there_once_is_taken() {
        for entries in [
            vec![],
            vec![sending("a", 2, 1), requests("a", &[(0, &[1]), (1, &[2])])],
            // In several lines, with people left out of the list, and the last request with fewer.
            vec![sending("a", 3, 2), requests("a", &[(0, &[1, 4])]), requests("a", &[(1, &[9])])],
            vec![
                sending("a", 1, 1000),
                requests("a", &[(0, &[1])]),
                sending("b", 1, 1),
                requests("b", &[(0, &[1])]),
            ],
        ] {
            assert_eq!(read(&entries), Ok(()), "{entries:?}");
        }
    }

    #[test]
    fn a_request_twice_or_missing_and_a_person_twice_are_damage() {
        for (what, entries) in [
            (
                "a number twice, and one beyond",
                vec![sending("a", 2, 1), requests("a", &[(0, &[1]), (0, &[2]), (5, &[3])])],
            ),
            ("a number beyond", vec![sending("a", 2, 1), requests("a", &[(0, &[1]), (5, &[2])])]),
            ("a person twice", vec![sending("a", 2, 1), requests("a", &[(0, &[1]), (1, &[1])])]),
            ("a person twice in one", vec![sending("a", 2, 2), requests("a", &[(0, &[1, 1])])]),
            ("one too many", vec![sending("a", 1, 1), requests("a", &[(0, &[1]), (1, &[2])])]),
            ("one without people", vec![sending("a", 1, 1), requests("a", &[(0, &[])])]),
            ("too many people in one", vec![sending("a", 2, 1), requests("a", &[(0, &[1, 2])])]),
            ("one missing at the end", vec![sending("a", 2, 1), requests("a", &[(0, &[1])])]),
            (
                "one missing before another text",
                vec![sending("a", 1, 1), sending("b", 1, 1), requests("b", &[(0, &[1])])],
            ),
            ("of no text", vec![requests("a", &[(0, &[1])])]),
            ("of another text", vec![sending("a", 1, 1), requests("b", &[(0, &[1])])]),
            (
                "a text twice",
                vec![
                    sending("a", 1, 1),
                    requests("a", &[(0, &[1])]),
                    sending("a", 1, 1),
                    requests("a", &[(0, &[1])]),
                ],
            ),
        ] {
            let problem = read(&entries).expect_err(what);
            assert!(
                matches!(problem, Problem::Unsound { fault: Fault::Requests, .. }),
                "{what}: {problem:?}"
            );
            assert!(problem.sentence().starts_with("This file is damaged: in line "), "{what}");
        }
    }
}
