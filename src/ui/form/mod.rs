//! The form of any operation, generated from its constant. The draft is the one truth: inputs show
//! it, every change is read again, and problems come from that reading.

mod field;
mod input;
mod kept;
mod list;
mod path;
mod problems;
mod record;
mod shown;
mod submit;
mod summary;

pub use field::{Fields, Hints, Look, Mark, draw, draw_as};
pub use input::when_left;
pub use kept::KeptWords;
pub use path::{body_root, element_id, label, said};
pub use problems::Problems;
pub use shown::{Mend, Shown};
pub use submit::{SendButton, Sending, once_a_click, once_a_press, submit, submit_noting};
pub use summary::{SENDING, Summary, summary_id, to_fix};

use crate::{
    catalogue::{
        draft::{Draft, moved, renumbered},
        field::Place,
        operation::Operation,
        problem::Problem,
        read::{self, Reading},
    },
    domain::connection::Connection,
    state::{
        App,
        drafts::{Drafts, Entry},
    },
};
use leptos::prelude::*;
use path::top;
use std::collections::BTreeSet;

/// One open form.
#[derive(Clone, Copy)]
pub struct Form {
    pub operation: &'static Operation,
    pub entry: Entry,
    pub reading: Memo<Reading>,
    /// Whether sources of facts are shown.
    pub sources: RwSignal<bool>,
    /// Whether it works on a sandbox.
    pub sandbox: Memo<bool>,
    /// Whether conditional fields say why they are there.
    pub reasons: bool,
    keeping: Keeping,
    /// The record that the form changes, where it does: only what differs from it is read and sent.
    record: Option<RwSignal<Draft>>,
    /// The fields of a step, where the form is drawn in steps: only their problems stand in the way.
    step: Option<&'static [&'static str]>,
    aid: Aid,
    /// Paths whose input was left, so that their problems may show.
    left: RwSignal<BTreeSet<String>>,
    /// Whether sending was tried: then every problem shows.
    attempted: RwSignal<bool>,
    /// What the provider said of fields, until they change.
    said: RwSignal<Vec<(String, String)>>,
    /// A paste that was refused: its path, and how long it was.
    refused_paste: RwSignal<Option<(String, usize)>>,
}

/// What keeps a form's draft on the device.
#[derive(Clone, Copy)]
enum Keeping {
    Nothing,
    /// By its operation.
    Drafts(Drafts),
    /// Whoever it belongs to.
    Owner(Callback<()>),
}

/// What a page adds to the inputs of its form.
#[derive(Clone, Copy)]
pub struct Aid {
    /// Id of the list of suggestions for the input of a path.
    pub list: fn(&str) -> Option<&'static str>,
    /// Puts what was typed or pasted at a path into the form.
    pub take: fn(Form, &str, &str),
}

impl Aid {
    pub const NONE: Aid = Aid { list: |_| None, take: |form, path, text| form.set(path, text.to_owned()) };
}

/// The longest text that is taken at one paste; far beyond every documented limit.
pub const LONGEST_PASTE: usize = 100_000;

impl Form {
    /// The form of an operation with its kept draft, for the active connection.
    pub fn new(app: App, operation: &'static Operation) -> Form {
        let entry = app.drafts.entry(operation);
        let active = Memo::new(move |_| app.frame.connections.active(operation.provider));
        let sandbox =
            Memo::new(move |_| active.with(|active| active.as_ref().is_some_and(Connection::is_sandbox)));
        let reading = Memo::new(move |_| entry.draft.with(|draft| read::draft(operation, draft)));
        Form { keeping: Keeping::Drafts(app.drafts), ..Form::over(operation, entry, reading, sandbox) }
    }

    /// A form whose draft is not kept: it shows a record of the provider, or takes a secret.
    pub fn loose(operation: &'static Operation, draft: Draft, connection: &Connection) -> Form {
        let sandbox = connection.is_sandbox();
        let entry = Drafts::loose(draft);
        let reading = Memo::new(move |_| entry.draft.with(|draft| read::draft(operation, draft)));
        Form::over(operation, entry, reading, Memo::new(move |_| sandbox))
    }

    /// A form over a draft that belongs to something else, which says how it reads, keeps it, and shows
    /// what each field depends on.
    pub fn of_owner(
        operation: &'static Operation,
        entry: Entry,
        reading: Memo<Reading>,
        sandbox: bool,
        save: Callback<()>,
    ) -> Form {
        let sandbox = Memo::new(move |_| sandbox);
        Form {
            keeping: Keeping::Owner(save),
            reasons: false,
            ..Form::over(operation, entry, reading, sandbox)
        }
    }

    /// The same form, drawn and sent in steps: this one asks for these fields.
    pub fn step(self, fields: &'static [&'static str]) -> Form {
        Form { step: Some(fields), ..self }
    }

    /// The same form, with help of the page.
    pub fn with(self, aid: Aid) -> Form {
        Form { aid, ..self }
    }

    /// Takes what was typed or pasted into an input.
    pub fn take(self, path: &str, text: &str) {
        (self.aid.take)(self, path, text);
    }

    fn over(
        operation: &'static Operation,
        entry: Entry,
        reading: Memo<Reading>,
        sandbox: Memo<bool>,
    ) -> Form {
        Form {
            operation,
            entry,
            reading,
            sources: RwSignal::new(false),
            sandbox,
            reasons: true,
            keeping: Keeping::Nothing,
            record: None,
            step: None,
            aid: Aid::NONE,
            left: RwSignal::new(BTreeSet::new()),
            attempted: RwSignal::new(false),
            said: RwSignal::new(vec![]),
            refused_paste: RwSignal::new(None),
        }
    }

    pub fn text(self, path: &str) -> String {
        self.entry.draft.with(|draft| draft.text(path).to_owned())
    }

    pub fn rows(self, list: &str) -> usize {
        self.entry.draft.with(|draft| draft.rows(list))
    }

    /// Whether anything is there that the body would carry.
    pub fn has_body(self) -> bool {
        let mut fields = self.operation.fields_in(Place::Body);
        self.entry.draft.with(|draft| fields.any(|field| draft.holds(field.name)))
    }

    pub fn set(self, path: &str, text: String) {
        self.entry.draft.update(|draft| draft.set(self.operation, path, text));
        if self.said.with_untracked(|said| said.iter().any(|(other, _)| other == path)) {
            self.said.update(|said| said.retain(|(other, _)| other != path));
        }
        if self.refused_paste.with_untracked(Option::is_some) {
            self.refused_paste.set(None);
        }
        self.save();
    }

    /// Notes that an input was left, if anything was done there.
    pub fn leave(self, path: &str) {
        // The form may be gone when a press ends.
        if self.left.try_with_untracked(|left| left.contains(path)) == Some(false) {
            self.left.update(|left| {
                left.insert(path.to_owned());
            });
        }
    }

    pub fn add_row(self, list: &str) {
        self.entry.draft.update(|draft| draft.add_row(list));
        self.save();
    }

    pub fn remove_row(self, list: &str, row: usize) {
        self.entry.draft.update(|draft| draft.remove_row(list, row));
        self.renumber(list, &|at| match at.cmp(&row) {
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Less => Some(at),
            std::cmp::Ordering::Greater => Some(at - 1),
        });
    }

    pub fn move_row(self, list: &str, from: usize, to: usize) {
        self.entry.draft.update(|draft| draft.move_row(list, from, to));
        self.renumber(list, &|at| Some(moved(at, from, to)));
    }

    fn renumber(self, list: &str, to: &dyn Fn(usize) -> Option<usize>) {
        let stay = |path: &String| renumbered(path, list, to);
        self.left.update(|left| *left = left.iter().filter_map(stay).collect());
        self.said.update(|said| {
            said.retain_mut(|(path, _)| stay(path).map(|renumbered| *path = renumbered).is_some());
        });
        self.save();
    }

    /// Empties the form.
    pub fn clear(self) {
        self.entry.draft.set(Default::default());
        self.left.set(BTreeSet::new());
        self.attempted.set(false);
        self.said.set(vec![]);
        self.refused_paste.set(None);
        self.save();
    }

    fn save(self) {
        match self.keeping {
            Keeping::Nothing => {}
            Keeping::Drafts(drafts) => drafts.save(self.operation),
            Keeping::Owner(save) => save.run(()),
        }
    }

    /// Shows every problem from now on.
    pub fn attempt(self) {
        self.attempted.set(true);
    }

    pub fn refuse_paste(self, path: &str, length: usize) {
        self.refused_paste.set(Some((path.to_owned(), length)));
    }

    pub fn hear(self, said: Vec<(String, String)>) {
        self.said.set(said);
    }

    /// Shows no problem before something is done again.
    pub fn calm(self) {
        self.attempted.set(false);
        self.left.set(BTreeSet::new());
        self.said.set(vec![]);
    }

    /// After a success: nothing is pending any more, and the stored copy is not needed.
    pub fn sent(self) {
        self.calm();
        if let Keeping::Drafts(drafts) = self.keeping {
            drafts.sent(self.operation);
        }
    }

    /// What is shown under a field.
    pub fn watch(self, path: &str) -> Memo<Vec<Shown>> {
        let path = path.to_owned();
        Memo::new(move |_| self.shown(&path))
    }

    fn shown(self, path: &str) -> Vec<Shown> {
        let show = self.attempted.get() || self.left.with(|left| left.contains(path));
        let mut shown: Vec<Shown> = self.refused_paste.with(|paste| match paste {
            Some((other, length)) if other == path => vec![Shown::refused_paste(*length)],
            _ => vec![],
        });
        if self.is_cleared(path) {
            shown.push(Shown::cleared());
        }
        self.said.with(|said| {
            let of_path = said.iter().filter(|(other, reason)| other == path && !reason.is_empty());
            shown.extend(of_path.map(|(_, reason)| Shown::said(reason)));
        });
        if show {
            self.reading.with(|reading| {
                let of_path = reading.problems.iter().filter(|problem| problem.path == path);
                shown.extend(of_path.map(Shown::problem));
            });
        }
        shown
    }

    /// What heads the form after a refused sending, in the order of the form.
    pub fn blocking(self) -> Vec<Problem> {
        // Of a record that is as it was there is nothing to send.
        if !self.attempted.get() || self.is_unchanged() {
            return vec![];
        }
        self.reading.with(|reading| self.in_the_way(reading).cloned().collect())
    }

    /// What looks wrong but does not stand in the way.
    pub fn doubtful(self) -> Vec<Problem> {
        self.reading
            .with(|reading| reading.problems.iter().filter(|problem| !problem.blocks).cloned().collect())
    }

    /// Whether nothing of this form, or of this step of it, stands in the way.
    pub fn is_done(self) -> bool {
        self.reading.with(|reading| self.in_the_way(reading).next().is_none())
    }

    fn in_the_way(self, reading: &Reading) -> impl Iterator<Item = &Problem> {
        let asked = move |problem: &&Problem| {
            problem.blocks && self.step.is_none_or(|fields| fields.contains(&top(&problem.path)))
        };
        reading.problems.iter().filter(asked)
    }
}
