//! The request that carries a part of a batch, and the limits of it that a batch has to keep: all of them
//! are read from the catalogue.

use super::{Batch, Part};
use crate::catalogue::{
    draft::Draft,
    field::Field,
    limit::Bound,
    operation::Operation,
    problem::{Fault, Problem},
    read::{self, Reading},
    value::Value,
    webex::SEND_TEXT,
};
use serde_json::{Value as Json, json};

pub const OPERATION: &Operation = &SEND_TEXT;

pub const PEOPLE: &str = "destination";
pub const NUMBER: &str = "destination.*.waid.*";
pub const TEXT: &str = "channels.OTT-Messaging.wa.text.body";
pub const REFERENCE: &str = "correlationid";
pub const APP: &str = "appid";

/// People of one request at the most.
pub fn most_people() -> u32 {
    let count = |limit: &crate::catalogue::limit::Limit| match limit.bound {
        Bound::Count { max, .. } => u32::try_from(max).ok(),
        _ => None,
    };
    OPERATION.field(PEOPLE).and_then(|field| field.limits.iter().find_map(count)).unwrap_or(1)
}

pub fn text_field() -> Option<&'static Field> {
    OPERATION.field(TEXT)
}

/// What the catalogue finds wrong with a value of a field: the first that blocks, or else the first doubt.
pub fn problem(path: &str, value: &str) -> Option<Problem> {
    let field = OPERATION.field(path)?;
    if value.is_empty() {
        return field.required.map(|evidence| Problem::new(path, Fault::Missing, evidence));
    }
    let value = Value::Text(value.to_owned());
    let found = field.limits.iter().filter_map(|limit| {
        let (fault, certain) = limit.check(&value)?;
        Some(match certain {
            true => Problem::new(path, fault, limit.evidence),
            false => Problem::warning(path, fault, limit.evidence),
        })
    });
    let found: Vec<Problem> = found.collect();
    found.iter().find(|problem| problem.blocks).or(found.first()).cloned()
}

/// The same for what is typed around the text, with somebody and something in the places of what each
/// request brings itself.
pub fn reading(options: &Draft) -> Reading {
    let mut draft = options.clone();
    draft.add_row(PEOPLE);
    draft.add_row("destination.0.waid");
    let example = |path: &str| OPERATION.field(path).map_or("", |field| field.example).to_owned();
    draft.set(OPERATION, "destination.0.waid.0", example(NUMBER));
    draft.set(OPERATION, TEXT, example(TEXT));
    read::draft(OPERATION, &draft)
}

/// What is the same in all requests of a batch; `None` where something stands in the way.
pub fn common(options: &Draft) -> Option<Json> {
    // Nothing in a text is a secret.
    let mut request = reading(options).ready()?.values().masked();
    let members = request.as_object_mut()?;
    members.remove(PEOPLE);
    members.remove(REFERENCE);
    Some(request)
}

/// The request of one part.
pub fn request(batch: &Batch, part: &Part) -> Json {
    let mut request = batch.request.clone();
    let text = if part.text.is_empty() { &batch.text } else { &part.text };
    if let Some(body) = request.pointer_mut(&format!("/{}", TEXT.replace('.', "/"))) {
        *body = text.as_str().into();
    }
    request[PEOPLE] = part.people.iter().map(|person| json!({"waid": [person.number]})).collect();
    request[REFERENCE] = reference(batch, part).into();
    request
}

/// The reference of a request, which names batch and row, or batch and request where it carries the text to
/// many. Each attempt has its own, so that receipts tell them apart.
pub fn reference(batch: &Batch, part: &Part) -> String {
    let what = match (batch.per, part.people.first()) {
        (1, Some(person)) => person.row.to_string(),
        _ => format!("r{}", part.number + 1),
    };
    match part.attempt {
        0 | 1 => format!("{}-{what}", batch.id),
        attempt => format!("{}-{what}-{attempt}", batch.id),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Person, State, id},
        *,
    };
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn options() -> Draft {
        let mut draft = Draft::default();
        draft.set(OPERATION, APP, "a_1".into());
        draft.set(OPERATION, "callbackData", "mine".into());
        draft
    }

    fn part(number: u32, people: u32, text: &str) -> Part {
        let person = |row: u32| Person { row, line: row + 1, number: format!("4477009{row:05}") };
        Part {
            number,
            people: (1..=people).map(person).collect(),
            text: text.into(),
            attempt: 1,
            state: State::Waiting,
        }
    }

    fn batch(per: u32) -> Batch {
        let request = common(&options()).unwrap();
        Batch { id: id(u64::MAX / 2, u32::MAX), text: "Hello".into(), request, per, ..Batch::default() }
    }

    #[test]
    fn a_full_request_is_one_that_may_be_sent() {
        assert_eq!(most_people(), 1_000, "as documented");
        let request = request(&batch(1_000), &part(6, most_people(), ""));
        let reading = read::json(OPERATION, &request);
        assert_eq!(reading.problems, []);
        let body = reading.ready().unwrap().body().unwrap();
        assert_eq!(body.text_at(TEXT), "Hello");
        assert_eq!(body.text_at("destination.999.waid.0"), "447700901000");
        assert_eq!(body.text_at("callbackData"), "mine");
        assert!(body.text_at(REFERENCE).ends_with("-r7"), "{}", body.text_at(REFERENCE));
    }

    #[test]
    fn a_text_of_its_own_goes_before_that_of_the_batch() {
        let batch = batch(1);
        let mut one = part(0, 1, "Hello Ana");
        let sent = request(&batch, &one);
        assert_eq!(sent.pointer("/channels/OTT-Messaging/wa/text/body").unwrap(), "Hello Ana");
        assert_eq!(reference(&batch, &one), format!("{}-1", batch.id));
        one.attempt = 2;
        assert_eq!(reference(&batch, &one), format!("{}-1-2", batch.id));
        assert_eq!(problem(REFERENCE, &reference(&batch, &part(u32::MAX - 1, 1, ""))), None);
    }

    #[test]
    fn what_stands_in_the_way_is_the_catalogues_word() {
        assert_eq!(common(&Draft::default()), None, "the app is missing");
        let text = |length: usize| problem(TEXT, &"a".repeat(length));
        assert!(text(4_097).unwrap().blocks);
        assert_eq!(text(4_096), None);
        assert!(problem(TEXT, "").unwrap().blocks);
        assert!(!problem(TEXT, " ").unwrap().blocks);
        assert!(!problem(NUMBER, "Ana").unwrap().blocks);
        assert_eq!(problem(NUMBER, "447700900001"), None);
    }
}
