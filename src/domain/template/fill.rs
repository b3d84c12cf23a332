//! A template with its values: how it reads, and what is sent. Whether the values fit is for `check`.

use super::{
    Header, HeaderNeed, Medium, Template,
    needs::{keys, needs},
    placeholder::{Key, Piece, pieces},
};
use serde_json::{Value as Json, json};
use std::collections::HashMap;

/// What a person filled in, as typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values {
    /// The header's word, or the address of its file.
    pub header: String,
    /// The name under which a document is seen.
    pub filename: String,
    /// One for each of [`Needs::body`](super::Needs), in its order; what is not there is empty.
    pub body: Vec<String>,
}

impl Values {
    pub(super) fn at(&self, at: usize) -> &str {
        self.body.get(at).map_or("", String::as_str)
    }
}

/// A template as its recipient reads it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assembled {
    /// A text, or the address of a file.
    pub header: Option<String>,
    pub body: String,
    pub footer: Option<String>,
    pub buttons: Vec<String>,
}

/// Puts the values into the text. Placeholders without a value stay as they are written; what looks like
/// one inside a value is left alone.
pub fn assemble(template: &Template, values: &Values) -> Assembled {
    let header = match &template.header {
        // Of several placeholders, the one value of the request fills none.
        Some(Header::Text(text)) if keys(text).len() > 1 => Some(text.clone()),
        Some(Header::Text(text)) => Some(filled(text, |_| values.header.as_str())),
        Some(Header::File(_)) => Some(values.header.clone()).filter(|address| !address.is_empty()),
        Some(Header::Other(_)) | None => None,
    };
    let keys = keys(&template.body);
    let places: HashMap<&Key, usize> = keys.iter().zip(0..).collect();
    let value = |key: &Key| places.get(key).map_or("", |at| values.at(*at));
    Assembled {
        header,
        body: filled(&template.body, value),
        footer: template.footer.clone(),
        buttons: template.buttons.iter().map(|button| button.text.clone()).collect(),
    }
}

fn filled<'a>(text: &'a str, value: impl Fn(&Key) -> &'a str) -> String {
    let shown = |piece| match piece {
        Piece::Text(text) => text,
        Piece::Gap { key, written } => Some(value(&key)).filter(|value| !value.is_empty()).unwrap_or(written),
    };
    pieces(text).into_iter().map(shown).collect()
}

/// The `message` of the request that sends it, without what is empty. A value that is missing between
/// others stays as an empty text, so that the others keep their places.
pub fn to_message(template: &Template, values: &Values) -> Json {
    let needs = needs(template);
    let (header_type, header) = match needs.header {
        _ if values.header.is_empty() => ("", ""),
        None => ("", ""),
        Some(HeaderNeed::Text(_)) => ("text", values.header.as_str()),
        Some(HeaderNeed::File(medium)) => (medium.value(), values.header.as_str()),
    };
    let filename = if header_type == Medium::Document.value() { values.filename.as_str() } else { "" };
    let params: Vec<&str> = (0..needs.body.len()).map(|at| values.at(at)).collect();
    let members: [(&str, Json); 7] = [
        ("message_type", "template".into()),
        ("template_name", template.name.as_str().into()),
        ("template_language", template.language.as_str().into()),
        ("template_params", params.into()),
        ("header_type", header_type.into()),
        ("header_params", header.into()),
        ("header_filename", filename.into()),
    ];
    let given = members.into_iter().filter(|(_, value)| *value != json!("") && *value != json!([]));
    Json::Object(given.map(|(name, value)| (name.to_owned(), value)).collect())
}
