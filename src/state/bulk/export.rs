//! The results of a batch: a page of them to look at, or all of them as a file. Only what is asked for is
//! read from the device.

use super::{Bulk, Shown};
use crate::{
    browser::{bulk as stored, download, store::StoreFault},
    domain::{
        bulk::{
            Part, Person,
            results::{self, Kind},
        },
        csv,
    },
};

/// One person's result.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub row: u32,
    pub line: u32,
    pub number: String,
    pub kind: Kind,
    pub word: &'static str,
    pub reason: String,
    pub said: String,
    pub transaction: String,
    /// How often it was released.
    pub attempt: u32,
}

impl Row {
    fn of(shown: &Shown, part: &Part, person: &Person) -> Row {
        Row {
            row: person.row,
            line: person.line,
            number: person.number.clone(),
            kind: part.state.kind(),
            word: part.state.word(&shown.progress.standing),
            reason: part.state.reason(),
            said: part.state.said().to_owned(),
            transaction: part.state.transaction().to_owned(),
            attempt: part.attempt,
        }
    }
}

/// Requests that are read together.
const TOGETHER: u32 = 500;

impl Bulk {
    /// People with a result, from the `first` such person on.
    pub async fn results(
        self,
        shown: &Shown,
        kind: Kind,
        first: usize,
        most: usize,
    ) -> Result<Vec<Row>, StoreFault> {
        let id = &shown.batch.id;
        let mut found = vec![];
        // Without a choice it is known where they are; otherwise all before them have to be looked at.
        let (mut from, mut skip) = match kind {
            Kind::All => shown.batch.place_of(first as u32),
            _ => (0, first),
        };
        let together = (TOGETHER / shown.batch.per.max(1)).max(1);
        while found.len() < most {
            let parts = stored::parts(id, from, together).await?;
            let Some(last) = parts.last() else { break };
            from = last.number + 1;
            for part in parts.into_iter().filter(|part| kind.fits(&part.state)) {
                let skipped = skip.min(part.people.len());
                skip -= skipped;
                let row = |person: &Person| Row::of(shown, &part, person);
                found.extend(part.people.iter().skip(skipped).take(most - found.len()).map(row));
            }
        }
        Ok(found)
    }

    /// Hands all results over as a table for spreadsheets; tells whether that went well.
    pub async fn export(self, shown: &Shown) -> Result<bool, StoreFault> {
        let mut rows = vec![];
        let mut from = 0;
        loop {
            let parts = stored::parts(&shown.batch.id, from, TOGETHER).await?;
            let Some(last) = parts.last() else { break };
            from = last.number + 1;
            for part in &parts {
                let row = |person| results::row(&shown.batch, &shown.progress.standing, part, person);
                rows.extend(part.people.iter().map(row));
            }
        }
        let text = csv::written(&results::HEAD, rows);
        let file = download::text_file(&text, "text/csv");
        let name = format!("results-{}.csv", shown.batch.id);
        Ok(file.is_some_and(|file| download::save(&name, &file)))
    }
}
