//! The body of a call as indented JSON, line by line, each with the path it shows, so that a line can
//! be marked when its field has a problem. Secrets are masks.

use super::value::{MASK, Value};
use serde_json::Value as Json;

#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub text: String,
    /// Path of the field whose value begins on this line; empty on the outermost braces.
    pub path: String,
}

/// The lines of a body; joined by line breaks they are its JSON.
pub fn lines(body: &Value) -> Vec<Line> {
    let mut lines = vec![];
    write(body, "", "", "", 0, &mut lines);
    lines
}

fn write(value: &Value, path: &str, before: &str, after: &str, depth: usize, lines: &mut Vec<Line>) {
    let children: Vec<(String, String, &Value)> = match value {
        Value::Group(members) => members
            .iter()
            .map(|(name, value)| ((*name).to_owned(), format!("{}: ", quote(name)), value))
            .collect(),
        Value::List(rows) => {
            rows.iter().enumerate().map(|(row, value)| (row.to_string(), String::new(), value)).collect()
        }
        _ => vec![],
    };
    let (open, close) = match value {
        Value::Group(_) => ("{", "}"),
        Value::List(_) => ("[", "]"),
        _ => ("", ""),
    };
    let line = |text: String| Line { text: format!("{}{text}", "  ".repeat(depth)), path: path.to_owned() };
    if children.is_empty() {
        lines.push(line(format!(
            "{before}{}{after}",
            scalar(value).unwrap_or_else(|| format!("{open}{close}"))
        )));
        return;
    }
    lines.push(line(format!("{before}{open}")));
    let last = children.len() - 1;
    for (at, (part, before, child)) in children.iter().enumerate() {
        let path = if path.is_empty() { part.clone() } else { format!("{path}.{part}") };
        write(child, &path, before, if at == last { "" } else { "," }, depth + 1, lines);
    }
    lines.push(Line { text: format!("{}{close}{after}", "  ".repeat(depth)), path: String::new() });
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(quote(text)),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Secret(_) => Some(quote(MASK)),
        // Shown as typed: it is not JSON yet, and its line is marked.
        Value::Unread(text) => Some(text.clone()),
        Value::List(_) | Value::Group(_) => None,
    }
}

fn quote(text: &str) -> String {
    Json::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{draft::Draft, rapida, read};
    use serde_json::json;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_lines_are_the_body_and_know_their_fields() {
        let request = json!({
            "assistantId": "2227823180112723968", "whatsappProviderName": "gup\"shup", "idealTimeout": 30,
            "whatsappOptions": [{ "key": "template", "value": "welcome" }, { "key": "b", "value": "c" }],
        });
        let operation = &rapida::CREATE_WHATSAPP_DEPLOYMENT;
        let reading = read::draft(operation, &Draft::from_json(operation, &request));
        let body = reading.sketch().body().unwrap();
        let lines = lines(&body);
        let text: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(serde_json::from_str::<Json>(&text.join("\n")).unwrap(), request);
        assert_eq!(text.join("\n"), serde_json::to_string_pretty(&request).unwrap());
        let marked = lines.iter().find(|line| line.text.contains("\"c\"")).unwrap();
        assert_eq!(marked.path, "whatsappOptions.1.value");
    }
}
