//! What a deployment of an assistant shows and hands on: its values by the names of the request that
//! creates one. Options are free pairs, so what sounds like a credential among them is treated as one.

use crate::catalogue::{
    draft::Draft,
    field::Kind,
    rapida::CREATE_WHATSAPP_DEPLOYMENT,
    reply::text,
    value::{MASK, names_credential},
};
use serde_json::Value as Json;

const OPTIONS: &str = "whatsappOptions";
const ASSISTANT: &str = "assistantId";
fn options(row: &Json) -> impl Iterator<Item = (String, String)> {
    let rows = row[OPTIONS].as_array().map_or(&[][..], Vec::as_slice);
    rows.iter().map(|option| (text(&option["key"]), text(&option["value"])))
}

/// Its filled values, by the labels of the request, without what names the assistant.
pub fn values(row: &Json) -> Vec<(&'static str, String)> {
    let value = |(path, field): (String, &'static crate::catalogue::field::Field)| {
        let shown = match field.kind {
            Kind::List(_) => {
                let pair = |(key, value): (String, String)| {
                    let value =
                        if names_credential(&key) && !value.is_empty() { MASK.to_owned() } else { value };
                    format!("{key}: {value}")
                };
                options(row).map(pair).collect::<Vec<_>>().join("\n")
            }
            _ => text(&row[path.as_str()]),
        };
        (path != ASSISTANT && !shown.is_empty()).then_some((field.label, shown))
    };
    CREATE_WHATSAPP_DEPLOYMENT.body_fields().into_iter().filter_map(value).collect()
}

/// What a new one begins with: all of it but for credentials.
pub fn beginning(row: &Json) -> Draft {
    Draft::from_json(&CREATE_WHATSAPP_DEPLOYMENT, row).without_secrets()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn row() -> Json {
        json!({
            "id": "9", "assistantId": "12", "greeting": "Hi", "mistake": null, "idealTimeout": 30,
            "whatsappProviderName": "gupshup", "status": "ACTIVE",
            "whatsappOptions": [{"key": "template", "value": "welcome"}, {"key": "API-Key", "value": "s3cr3t"}],
        })
    }

    #[test]
    fn what_it_has_is_shown_by_the_labels_of_the_request_without_credentials() {
        assert_eq!(
            values(&row()),
            [
                ("WhatsApp provider", "gupshup".to_owned()),
                ("Greeting", "Hi".to_owned()),
                ("Idle timeout (seconds)", "30".to_owned()),
                ("WhatsApp options", format!("template: welcome\nAPI-Key: {MASK}")),
            ]
        );
        assert_eq!(values(&json!({"id": "9"})), []);
        assert_eq!(values(&json!(null)), []);
    }

    #[test]
    fn a_new_one_begins_with_it_but_for_credentials() {
        let draft = beginning(&row());
        let values = ["assistantId", "greeting", "idealTimeout", "whatsappOptions.0.value"];
        assert_eq!(values.map(|path| draft.text(path)), ["12", "Hi", "30", "welcome"]);
        assert_eq!((draft.rows(OPTIONS), draft.text("whatsappOptions.1.value")), (2, ""));
        assert!(!format!("{draft:?}").contains("s3cr3t"));
    }
}
