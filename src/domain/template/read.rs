//! Reading a template out of an answer, as far as it is there. What follows from it is not decided here.

use super::{Button, Header, Key, Medium, Template, needs::keys};
use serde_json::Value as Json;

impl Template {
    /// Reads one template; `None` for what has neither id nor name.
    pub fn read(json: &Json) -> Option<Template> {
        let mut template = Template {
            id: text(&json["id"]),
            name: text(&json["name"]),
            language: text(&json["language_code"]),
            category: text(&json["category"]),
            status: text(&json["status"]),
            body: text(&json["content"]),
            parameter_count: text(&json["parameter_count"]).parse().ok(),
            config_ids: rows(&json["whatsapp_config_ids"]).map(text).filter(|id| !id.is_empty()).collect(),
            ..Template::default()
        };
        for component in rows(&json["components"]) {
            template.add(component);
        }
        (!template.id.is_empty() || !template.name.is_empty()).then_some(template)
    }

    /// Reads the rows of a list, with or without the `data` around them.
    pub fn list(json: &Json) -> Vec<Template> {
        let list = json.get("data").unwrap_or(json);
        rows(list).filter_map(Template::read).collect()
    }

    /// A template has each of its components once; of two, the later counts.
    fn add(&mut self, component: &Json) {
        let words = text(&component["text"]);
        match text(&component["type"]).to_ascii_uppercase().as_str() {
            "HEADER" => {
                self.header = header(&text(&component["format"]), words);
                self.header_example = header_example(&component["example"]);
            }
            "BODY" => {
                self.examples = examples(&component["example"]);
                if !words.is_empty() {
                    self.body = words;
                }
            }
            "FOOTER" => self.footer = Some(words).filter(|words| !words.is_empty()),
            "BUTTONS" => self.buttons = rows(&component["buttons"]).filter_map(button).collect(),
            kind if wants_values(kind, component) => self.others.push(kind.to_owned()),
            _ => {}
        }
    }
}

/// Cards and offers take values even where no placeholder tells so.
fn wants_values(kind: &str, component: &Json) -> bool {
    matches!(kind, "CAROUSEL" | "LIMITED_TIME_OFFER") || !keys(&component.to_string()).is_empty()
}

fn header(format: &str, words: String) -> Option<Header> {
    let format = format.to_ascii_uppercase();
    let medium = Medium::ALL.into_iter().find(|medium| medium.value().eq_ignore_ascii_case(&format));
    match (medium, format.as_str()) {
        (Some(medium), _) => Some(Header::File(medium)),
        (None, "" | "TEXT") => Some(words).filter(|words| !words.is_empty()).map(Header::Text),
        (None, _) => Some(Header::Other(format)),
    }
}

fn button(json: &Json) -> Option<Button> {
    json.is_object().then(|| Button {
        kind: text(&json["type"]).to_ascii_uppercase(),
        text: text(&json["text"]),
        url: text(&json["url"]),
    })
}

/// Numbered ones are a row of rows, or in some copies the row itself; named ones say their name.
fn examples(json: &Json) -> Vec<(Key, String)> {
    let numbered = &json["body_text"];
    let first = if numbered[0].is_array() { &numbered[0] } else { numbered };
    let numbered = (1..).zip(rows(first)).map(|(number, example)| (Key::Number(number), text(example)));
    let named = rows(&json["body_text_named_params"])
        .map(|row| (Key::of(&text(&row["param_name"])), text(&row["example"])));
    numbered.chain(named).filter(|(_, example)| !example.is_empty()).collect()
}

fn header_example(json: &Json) -> String {
    let named = text(&json["header_text_named_params"][0]["example"]);
    if named.is_empty() { text(&json["header_text"][0]) } else { named }
}

fn rows(json: &Json) -> impl Iterator<Item = &Json> {
    json.as_array().into_iter().flatten()
}

/// A text, or a number where a text is documented.
fn text(json: &Json) -> String {
    match json {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
