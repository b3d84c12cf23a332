//! The chosen template and its values, as they stand in the draft of the request. What a template asks for
//! is `domain::template`'s matter.

use crate::{
    catalogue::{draft::Draft, kapso::SEND_MESSAGE},
    domain::template::{HeaderNeed, Template, Values, needs},
};

pub use crate::domain::template::{FILENAME, HEADER, NAME, PARAMETERS};

pub const LANGUAGE: &str = "message.template_language";
pub const HEADER_TYPE: &str = "message.header_type";

/// Name and language of the template in a draft.
pub fn named(draft: &Draft) -> (String, String) {
    (draft.text(NAME).to_owned(), draft.text(LANGUAGE).to_owned())
}

/// What was filled in for a template.
pub fn of(draft: &Draft, template: &Template) -> Values {
    let body = 0..needs(template).body.len();
    Values {
        header: draft.text(HEADER).to_owned(),
        filename: draft.text(FILENAME).to_owned(),
        body: body.map(|at| draft.text(&format!("{PARAMETERS}.{at}")).to_owned()).collect(),
    }
}

/// What the value at a path of the request is for a template.
pub fn called(template: &Template, path: &str) -> Option<String> {
    let needs = needs(template);
    if path == HEADER {
        return needs.header.map(|header| match header {
            HeaderNeed::Text(placeholder) => format!("Header: value for {}", placeholder.key),
            HeaderNeed::File(medium) => format!("Header: {}", medium.value()),
        });
    }
    let at: usize = path.strip_prefix(PARAMETERS)?.strip_prefix('.')?.parse().ok()?;
    needs.body.get(at).map(|placeholder| format!("Value for {}", placeholder.key))
}

/// Chooses a template: its values are empty then. Without one, nothing of a template remains.
pub fn choose(draft: &mut Draft, template: Option<&Template>) {
    for path in [NAME, LANGUAGE, PARAMETERS, HEADER_TYPE, HEADER, FILENAME] {
        draft.take(path, &Draft::default());
    }
    let Some(template) = template else { return };
    let needs = needs(template);
    let header = match needs.header {
        None => "",
        Some(HeaderNeed::Text(_)) => "text",
        Some(HeaderNeed::File(medium)) => medium.value(),
    };
    for (path, text) in
        [(NAME, template.name.as_str()), (LANGUAGE, &template.language), (HEADER_TYPE, header)]
    {
        draft.set(&SEND_MESSAGE, path, text.to_owned());
    }
    for _ in &needs.body {
        draft.add_row(PARAMETERS);
    }
}
