//! What a person has to fill in before a template can be sent, and what keeps it from being sent at all.
//! What was filled in is for `check` and `fill`.

use super::{
    Button, Header, Medium, Template,
    placeholder::{Key, Piece, pieces},
};
use crate::catalogue::evidence::Evidence;
use std::collections::{HashMap, HashSet};

/// Named values are sent as a list in the order in which their names first appear. The request has a
/// list of texts; an object by name is documented only for `template_parameters` of another request.
pub const NAMED_ORDER: Evidence =
    Evidence::Inferred("Kapso API v1, Send a new WhatsApp message; its page Sending templates");

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Needs {
    pub header: Option<HeaderNeed>,
    /// Each once, in the order in which their values are sent.
    pub body: Vec<Placeholder>,
    /// Parts of the template for which the request has no field.
    pub unsupported: Vec<String>,
    /// Why it is unknown which values the template takes.
    pub problems: Vec<String>,
    /// What looks wrong, though it can be sent.
    pub warnings: Vec<String>,
}

impl Needs {
    /// Whether this request can carry the template at all.
    pub fn can_be_met(&self) -> bool {
        self.unsupported.is_empty() && self.problems.is_empty()
    }

    /// Whether there is anything to fill in.
    pub fn is_nothing(&self) -> bool {
        self.header.is_none() && self.body.is_empty()
    }

    /// Whether the order of its values is only inferred: see [`NAMED_ORDER`].
    pub fn is_named(&self) -> bool {
        self.body.iter().any(|placeholder| matches!(placeholder.key, Key::Name(_)))
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum HeaderNeed {
    /// The value of its one placeholder.
    Text(Placeholder),
    /// The address of a file; of a document also its name, if one likes.
    File(Medium),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Placeholder {
    pub key: Key,
    /// A sample value; empty where none was told.
    pub example: String,
}

pub fn needs(template: &Template) -> Needs {
    let keys = keys(&template.body);
    let mut needs = Needs { problems: problems(template, &keys), ..Needs::default() };
    header(template, &mut needs);
    needs.unsupported.extend(template.buttons.iter().filter_map(button));
    needs.unsupported.extend(template.others.iter().map(|kind| {
        format!("This template has a part of the type {kind} that takes values of its own, and this request has none for it.")
    }));
    needs.warnings.extend(count(template, keys.len(), needs.header.as_ref()));
    let examples: HashMap<&Key, &String> = template.examples.iter().map(|(key, text)| (key, text)).collect();
    let placeholder = |key: Key| {
        let example = examples.get(&key).map(|text| (*text).clone()).unwrap_or_default();
        Placeholder { key, example }
    };
    needs.body = keys.into_iter().map(placeholder).collect();
    needs
}

/// The placeholders of a text, each once: numbers in their order, because WhatsApp counts them so, and
/// names as they first appear.
pub(super) fn keys(text: &str) -> Vec<Key> {
    let mut seen = HashSet::new();
    let gaps = pieces(text).into_iter().filter_map(|piece| match piece {
        Piece::Gap { key, .. } => Some(key),
        Piece::Text(_) => None,
    });
    let mut keys: Vec<Key> = gaps.filter(|key| seen.insert(key.clone())).collect();
    if keys.iter().all(|key| matches!(key, Key::Number(_))) {
        keys.sort();
    }
    keys
}

/// Mixing and gaps: WhatsApp SDKs agree that no template has them, so what would be sent is unknown.
fn problems(template: &Template, keys: &[Key]) -> Vec<String> {
    let numbers: Vec<u32> = keys.iter().filter_map(number).collect();
    let counted = template.parameter_count.unwrap_or(0);
    let missing = (1..).zip(&numbers).find(|(wanted, number)| wanted != *number);
    let sentence = if template.body.is_empty() && counted > 0 {
        format!("Kapso lists no text for this template, so what its values ({counted}) are for is unknown.")
    } else if !numbers.is_empty() && numbers.len() < keys.len() {
        "The text mixes numbered and named placeholders, so the order of the values is unknown.".into()
    } else if let Some((wanted, number)) = missing {
        format!(
            "The text has {} but not {}, so the order of the values is unknown.",
            Key::Number(*number),
            Key::Number(wanted)
        )
    } else {
        return vec![];
    };
    vec![sentence]
}

fn number(key: &Key) -> Option<u32> {
    match key {
        Key::Number(number) => Some(*number),
        Key::Name(_) => None,
    }
}

fn header(template: &Template, needs: &mut Needs) {
    match &template.header {
        None => {}
        Some(Header::File(medium)) => needs.header = Some(HeaderNeed::File(*medium)),
        Some(Header::Other(format)) => needs.unsupported.push(format!(
            "This template has a header of the type {format}, which this request cannot carry."
        )),
        Some(Header::Text(text)) => match keys(text).as_slice() {
            [] => {}
            [key] => {
                let example = template.header_example.clone();
                needs.header = Some(HeaderNeed::Text(Placeholder { key: key.clone(), example }));
            }
            keys => needs.unsupported.push(format!(
                "The header of this template takes {} values, and this request carries one.",
                keys.len()
            )),
        },
    }
}

/// What a button wants that the request has no field for.
fn button(button: &Button) -> Option<String> {
    let wants = match button.kind.as_str() {
        "COPY_CODE" | "OTP" => "a code",
        _ if !keys(&button.url).is_empty() => "the end of its address",
        _ => return None,
    };
    Some(format!("The button “{}” takes {wants}, which this request cannot carry.", button.text))
}

/// Kapso does not tell whether it counts a header's value too.
fn count(template: &Template, of_body: usize, header: Option<&HeaderNeed>) -> Option<String> {
    let counted = template.parameter_count?;
    let with_header = of_body + usize::from(matches!(header, Some(HeaderNeed::Text(_))));
    let agrees = [of_body, with_header].iter().any(|count| u64::try_from(*count) == Ok(counted));
    (!agrees && !template.body.is_empty()).then(|| {
        format!(
            "Kapso counts {counted} values for this template, and its text has {of_body}. WhatsApp refuses another number of values than it counts itself."
        )
    })
}
