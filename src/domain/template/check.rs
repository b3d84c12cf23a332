//! Whether values fit a template: the request's own check, in its own words, and what only the template
//! can tell. No limit is stated here.

use super::{HeaderNeed, Template, Values, assemble, needs, to_message};
use crate::catalogue::{
    draft::Draft,
    kapso::SEND_MESSAGE,
    limit::Limit,
    problem::{Fault, Problem},
    read,
    value::Value,
    whatsapp::{HEADER_PARAMETER, HEADER_TEXT, PARAMETER, PARAMETER_ADVICE},
};
use serde_json::json;
use std::collections::BTreeSet;

/// Where the request has what a template is filled in with.
pub const NAME: &str = "message.template_name";
pub const PARAMETERS: &str = "message.template_params";
pub const HEADER: &str = "message.header_params";
pub const FILENAME: &str = "message.header_filename";

/// What a sentence is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// The template itself, such as a name that cannot be sent.
    Template,
    Header,
    Filename,
    /// A value, by its place in [`Needs::body`](super::Needs).
    Value(usize),
    /// The text with all its values.
    Text,
}

impl Slot {
    /// Where the request has it; the text with its values has no field of its own.
    fn path(self) -> String {
        match self {
            Slot::Template => NAME.into(),
            Slot::Header => HEADER.into(),
            Slot::Filename => FILENAME.into(),
            Slot::Value(at) => format!("{PARAMETERS}.{at}"),
            Slot::Text => PARAMETERS.into(),
        }
    }

    /// `None` for what has nothing to do with the template, such as the conversation.
    fn of(path: &str) -> Option<Slot> {
        path.strip_prefix("message.")?;
        let row = path.strip_prefix(PARAMETERS).and_then(|row| row.strip_prefix('.')).map(str::parse);
        Some(match (path, row) {
            (_, Some(Ok(at))) => Slot::Value(at),
            (HEADER, _) => Slot::Header,
            (FILENAME, _) => Slot::Filename,
            _ => Slot::Template,
        })
    }

    /// Whether a person fills it in.
    pub fn is_field(self) -> bool {
        !matches!(self, Slot::Template | Slot::Text)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Complaint {
    pub slot: Slot,
    pub problem: Problem,
}

impl Complaint {
    fn new(slot: Slot, problem: Problem) -> Complaint {
        Complaint { slot, problem: Problem { path: slot.path(), ..problem } }
    }
}

/// Everything that is wrong with the values, in the order of the slots. What is wrong with the template is
/// in [`needs()`].
pub fn check(template: &Template, values: &Values) -> Vec<Complaint> {
    let empty = empty(template, values);
    let missing = |slot: &Slot| {
        let problem = Problem::new("", Fault::Missing, PARAMETER.evidence);
        Complaint::new(*slot, Problem { blocks: true, ..problem })
    };
    let mut found: Vec<Complaint> = empty.iter().map(missing).collect();
    for problem in problems(template, values) {
        // The request does not know what the template asks for: of that, it says less.
        if let Some(slot) = Slot::of(&problem.path).filter(|slot| !empty.contains(slot)) {
            found.push(Complaint::new(slot, problem));
        }
    }
    if empty.is_empty() {
        let said: BTreeSet<Slot> = found.iter().map(|complaint| complaint.slot).collect();
        found.extend(too_long(template, values).into_iter().filter(|more| !said.contains(&more.slot)));
    }
    found.sort_by_key(|complaint| complaint.slot);
    found
}

/// What the request finds in its fields, with what the template knows of them in its place.
pub fn corrected(found: Vec<Problem>, complaints: Vec<Complaint>) -> Vec<Problem> {
    let is_of_others = |problem: &Problem| !Slot::of(&problem.path).is_some_and(Slot::is_field);
    let of_fields = complaints.into_iter().filter(|complaint| complaint.slot.is_field());
    found.into_iter().filter(is_of_others).chain(of_fields.map(|complaint| complaint.problem)).collect()
}

/// What the template asks for and nobody filled in.
fn empty(template: &Template, values: &Values) -> BTreeSet<Slot> {
    let needs = needs(template);
    let header = needs.header.filter(|_| values.header.is_empty()).map(|_| Slot::Header);
    let body = (0..needs.body.len()).filter(|at| values.at(*at).is_empty()).map(Slot::Value);
    header.into_iter().chain(body).collect()
}

/// What the request itself finds.
fn problems(template: &Template, values: &Values) -> Vec<Problem> {
    let request = json!({ "message": to_message(template, values) });
    let mut problems = read::draft(&SEND_MESSAGE, &Draft::from_json(&SEND_MESSAGE, &request)).problems;
    // The request does not know the template; its advice is for those that are more than a text.
    problems.retain(|problem| problem.evidence != PARAMETER_ADVICE.evidence || !template.is_body_alone());
    problems
}

/// What only the texts with their values in them tell. That a header's length is meant so is deduced.
fn too_long(template: &Template, values: &Values) -> Vec<Complaint> {
    let needs = needs(template);
    let assembled = assemble(template, values);
    let mut found = vec![];
    if let (Some(HeaderNeed::Text(_)), Some(text)) = (needs.header, assembled.header) {
        let limit = Limit::new(HEADER_TEXT.bound, HEADER_PARAMETER.evidence);
        found.extend(broken(Slot::Header, &limit, text));
    }
    if !needs.body.is_empty() {
        let limit = if template.is_body_alone() { PARAMETER } else { PARAMETER_ADVICE };
        found.extend(broken(Slot::Text, &limit, assembled.body));
    }
    found
}

fn broken(slot: Slot, limit: &Limit, text: String) -> Option<Complaint> {
    let (fault, certain) = limit.check(&Value::Text(text))?;
    let blocks = certain && limit.evidence.blocks();
    Some(Complaint::new(slot, Problem { blocks, ..Problem::new("", fault, limit.evidence) }))
}
