//! From the fields of a send request to what is kept of the message: a text rendering of every type,
//! and `message_type_data` in the shapes that WhatsApp's own payloads have.

use super::{
    super::{ask::Ask, world::World},
    NO_TEMPLATE,
};
use serde_json::{Map, Value as Json, json};

pub(super) struct Rendered {
    pub(super) kind: String,
    pub(super) content: String,
    pub(super) media_url: Json,
    pub(super) data: Json,
}

pub(super) fn message(world: &World, ask: &Ask) -> Result<Rendered, String> {
    let text = |name: &str| ask.text(&format!("message.{name}"));
    let kind = text("message_type");
    let kind = if kind.is_empty() { "text".to_owned() } else { kind };
    let (content, data) = match kind.as_str() {
        "text" => (text("content"), json!({"text": text("content")})),
        "image" | "video" | "audio" | "document" => media(ask, &kind),
        "location" => location(ask),
        "interactive" => (text("body_text"), interactive(ask)),
        "template" => template(world, ask)?.ok_or(NO_TEMPLATE)?,
        "reaction" => {
            let emoji = text("reaction_emoji");
            (emoji.clone(), json!({"message_id": text("reacted_to_message_id"), "emoji": emoji}))
        }
        "contacts" => contacts(ask),
        _ => (text("content"), json!({})),
    };
    let media_url = match text("media_url") {
        url if url.is_empty() => Json::Null,
        url => url.into(),
    };
    Ok(Rendered { kind, content, media_url, data })
}

/// The members that were given, under the names they have in the payload.
fn renamed(ask: &Ask, names: &[(&str, &str)]) -> Map<String, Json> {
    let value = |from: &str| ask.at(&format!("message.{from}")).clone();
    names
        .iter()
        .map(|(from, to)| ((*to).to_owned(), value(from)))
        .filter(|(_, value)| !value.is_null())
        .collect()
}

/// Guides put the caption into `content`, the reference has a field for it.
fn media(ask: &Ask, kind: &str) -> (String, Json) {
    let mut data = renamed(ask, &[("caption", "caption"), ("filename", "filename"), ("media_id", "id")]);
    let given = [ask.text("message.caption"), ask.text("message.content")];
    let caption = given.into_iter().find(|text| !text.is_empty() && kind != "audio");
    if let Some(caption) = &caption {
        data.insert("caption".into(), caption.clone().into());
    }
    let name = ask.text("message.filename");
    let word = match kind {
        "image" => "Image",
        "video" => "Video",
        "audio" => "Audio",
        _ => "Document",
    };
    let named =
        if name.is_empty() { format!("{word} attached") } else { format!("{word} attached ({name})") };
    (caption.unwrap_or(named), Json::Object(data))
}

fn location(ask: &Ask) -> (String, Json) {
    let data = renamed(
        ask,
        &[
            ("latitude", "latitude"),
            ("longitude", "longitude"),
            ("location_name", "name"),
            ("location_address", "address"),
        ],
    );
    let text = |name: &str| ask.text(&format!("message.{name}"));
    let place: Vec<String> = [text("location_name"), text("location_address")]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let point = format!("({}, {})", text("latitude"), text("longitude"));
    let words = [place.join(", "), point].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    (format!("Location: {}", words.join(" ")), Json::Object(data))
}

fn interactive(ask: &Ask) -> Json {
    let text = |name: &str| ask.text(&format!("message.{name}"));
    let list = text("interactive_type") == "list";
    let mut data = json!({"type": if list { "list" } else { "button" }});
    if !text("header_text").is_empty() {
        data["header"] = json!({"type": "text", "text": text("header_text")});
    }
    data["body"] = json!({"text": text("body_text")});
    if !text("footer_text").is_empty() {
        data["footer"] = json!({"text": text("footer_text")});
    }
    data["action"] = if list {
        json!({"button": text("list_button_text"), "sections": ask.at("message.sections")})
    } else {
        let buttons = ask.at("message.buttons").as_array().into_iter().flatten();
        json!({"buttons": buttons.map(|button| json!({"type": "reply", "reply": button})).collect::<Vec<_>>()})
    };
    data
}

fn contacts(ask: &Ask) -> (String, Json) {
    let rows = ask.at("message.contacts").as_array().cloned().unwrap_or_default();
    let names: Vec<&str> = rows.iter().filter_map(|row| row["formatted_name"].as_str()).collect();
    let cards: Vec<Json> = rows.iter().map(card).collect();
    (format!("Contact: {}", names.join(", ")), json!({"contacts": cards}))
}

/// WhatsApp groups the parts of a name.
fn card(row: &Json) -> Json {
    let mut name = Map::new();
    for part in ["formatted_name", "first_name", "last_name"] {
        if row[part].is_string() {
            name.insert(part.into(), row[part].clone());
        }
    }
    let mut card = json!({"name": name});
    for list in ["phones", "emails"] {
        if row[list].is_array() {
            card[list] = row[list].clone();
        }
    }
    card
}

/// The template as it is read, and its data; nothing for messages of another type.
pub(super) fn template(world: &World, ask: &Ask) -> Result<Option<(String, Json)>, String> {
    let text = |name: &str| ask.text(&format!("message.{name}"));
    if text("message_type") != "template" {
        return Ok(None);
    }
    let (name, language) = (text("template_name"), text("template_language"));
    let found = world.kapso.templates.iter().find(|template| {
        template["name"] == name.as_str()
            && template["language_code"] == language.as_str()
            && template["status"] == "approved"
    });
    let template = found.ok_or(NO_TEMPLATE)?;
    let params: Vec<String> = ask
        .at("message.template_params")
        .as_array()
        .into_iter()
        .flatten()
        .map(|param| param.as_str().unwrap_or_default().to_owned())
        .collect();
    let wanted = template["parameter_count"].as_u64().unwrap_or(0) as usize;
    if params.len() != wanted {
        return Err(format!(
            "(#132000) Number of parameters does not match the expected number of params: expected {wanted}, got {}.",
            params.len()
        ));
    }
    let mut components = vec![];
    components.extend(header(template, ask)?);
    let rows: Vec<Json> = params.iter().map(|param| json!({"type": "text", "text": param})).collect();
    components.push(json!({"type": "body", "parameters": rows}));
    let content = filled(template["content"].as_str().unwrap_or_default(), &params);
    let data = json!({"name": name, "language": {"code": language}, "components": components});
    Ok(Some((content, data)))
}

/// The header's value, which has to be of the template's kind.
fn header(template: &Json, ask: &Ask) -> Result<Option<Json>, String> {
    let given = ask.text("message.header_type");
    let components = template["components"].as_array();
    let own = components.into_iter().flatten().find(|component| component["type"] == "HEADER");
    let wanted = match own {
        Some(header) if header["format"] == "TEXT" => {
            let open = header["text"].as_str().is_some_and(|text| text.contains("{{"));
            if open { "text".to_owned() } else { String::new() }
        }
        Some(header) => header["format"].as_str().unwrap_or_default().to_lowercase(),
        None => String::new(),
    };
    if wanted != given {
        let expected = if wanted.is_empty() { "no header value" } else { wanted.as_str() };
        return Err(format!(
            "(#132012) Parameter format does not match format in the created template: header expects {expected}."
        ));
    }
    if wanted.is_empty() {
        return Ok(None);
    }
    let value = ask.at("message.header_params").clone();
    let parameter = match wanted.as_str() {
        "text" => json!({"type": "text", "text": value}),
        kind => {
            let mut parameter = json!({"type": kind});
            parameter[kind] = json!({"link": value});
            if kind == "document" && !ask.at("message.header_filename").is_null() {
                parameter[kind]["filename"] = ask.at("message.header_filename").clone();
            }
            parameter
        }
    };
    Ok(Some(json!({"type": "header", "parameters": [parameter]})))
}

/// The body with its placeholders, `{{1}}` or `{{name}}`, replaced in their order.
fn filled(body: &str, params: &[String]) -> String {
    let mut text = String::new();
    let mut rest = body;
    let mut params = params.iter();
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((slot, tail)) = after.split_once("}}") else { break };
        text += before;
        match params.next() {
            Some(param) => text += param,
            None => text += &format!("{{{{{slot}}}}}"),
        }
        rest = tail;
    }
    text + rest
}
