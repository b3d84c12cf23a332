//! A body from the JSON that it comes in: an answer of the provider, in whichever of the shapes that were
//! seen, or a request that is being filled in.

use super::{Body, Card, Interactive, List, Location, Media, MediaKind, Section};
use crate::catalogue::kapso::replies::Message;
use serde_json::Value as Json;

impl MediaKind {
    fn of(kind: &str) -> Option<MediaKind> {
        Some(match kind {
            "image" => MediaKind::Image,
            "video" => MediaKind::Video,
            "audio" | "voice" => MediaKind::Audio,
            "document" => MediaKind::Document,
            "sticker" => MediaKind::Sticker,
            _ => return None,
        })
    }
}

impl Body {
    /// Of a message that was read.
    pub fn of_message(message: &Message) -> Body {
        let (data, content) = (&message.data, message.content.as_str());
        if let Some(kind) = MediaKind::of(&message.kind) {
            return Body::Media(received_media(kind, message));
        }
        match message.kind.as_str() {
            "text" => {
                Body::Text(first([data["text"].as_str(), data["text"]["body"].as_str(), Some(content)]))
            }
            "location" => Body::Location(location(data, "name", "address")),
            "contacts" => Body::Contacts(rows(&data["contacts"]).chain(rows(data)).map(card).collect()),
            "interactive" => interactive(data, content),
            "button" => Body::Choice {
                title: first([data["text"].as_str(), Some(content)]),
                description: String::new(),
            },
            "template" => Body::Template {
                name: text(&data["name"]),
                language: first([data["language"]["code"].as_str(), data["language"].as_str()]),
                text: content.to_owned(),
            },
            "reaction" => Body::Reaction {
                emoji: first([data["emoji"].as_str(), Some(content)]),
                target: text(&data["message_id"]),
            },
            // The type is an open word: guides leave it out for texts.
            "" if !content.is_empty() => Body::Text(content.to_owned()),
            kind => Body::Unknown { kind: kind.to_owned(), content: content.to_owned() },
        }
    }

    /// Of the `message` of a request, as far as it has been filled in. `template` is the text of the
    /// chosen template with its values.
    pub fn of_request(message: &Json, template: &str) -> Body {
        let of = |name: &str| text(&message[name]);
        let kind = of("message_type");
        if let Some(kind) = MediaKind::of(&kind) {
            let caption = if kind == MediaKind::Audio { String::new() } else { of("caption") };
            return Body::Media(Media {
                kind,
                url: of("media_url"),
                id: of("media_id"),
                caption,
                filename: of("filename"),
            });
        }
        match kind.as_str() {
            "location" => Body::Location(location(message, "location_name", "location_address")),
            "contacts" => Body::Contacts(rows(&message["contacts"]).map(card).collect()),
            "interactive" => Body::Interactive(Interactive {
                header: of("header_text"),
                text: of("body_text"),
                footer: of("footer_text"),
                buttons: rows(&message["buttons"]).map(|button| text(&button["title"])).collect(),
                list: (message["interactive_type"] == "list").then(|| List {
                    button: of("list_button_text"),
                    sections: rows(&message["sections"]).map(section).collect(),
                }),
            }),
            "template" => Body::Template {
                name: of("template_name"),
                language: of("template_language"),
                text: template.to_owned(),
            },
            "reaction" => Body::Reaction { emoji: of("reaction_emoji"), target: of("reacted_to_message_id") },
            _ => Body::Text(of("content")),
        }
    }
}

fn received_media(kind: MediaKind, message: &Message) -> Media {
    let data = &message.data;
    let filename = first([data["filename"].as_str(), data["file_name"].as_str()]);
    // The content is the caption, or else the provider's own rendering of the file.
    let caption = match data["caption"].as_str() {
        Some(caption) => caption.to_owned(),
        None if is_rendering(&message.content, kind) || kind == MediaKind::Audio => String::new(),
        None => message.content.clone(),
    };
    let url = first([Some(message.media_url.as_str()), data["url"].as_str(), data["link"].as_str()]);
    Media { kind, url, id: text(&data["id"]), caption, filename }
}

/// Such as `Image attached (photo.jpg)`.
fn is_rendering(content: &str, kind: MediaKind) -> bool {
    content.strip_prefix(kind.label()).is_some_and(|rest| rest.starts_with(" attached"))
}

fn location(json: &Json, name: &str, address: &str) -> Location {
    let degrees = |member: &Json| member.as_f64().or_else(|| member.as_str()?.trim().parse().ok());
    Location {
        latitude: degrees(&json["latitude"]).filter(|latitude| latitude.abs() <= 90.0),
        longitude: degrees(&json["longitude"]).filter(|longitude| longitude.abs() <= 180.0),
        name: text(&json[name]),
        address: text(&json[address]),
    }
}

/// In the request the name's parts stand beside the rest, in WhatsApp's payload below `name`.
fn card(json: &Json) -> Card {
    let list = |name: &str, member: &str| {
        rows(&json[name]).map(|row| text(&row[member])).filter(|text| !text.is_empty()).collect()
    };
    Card {
        name: first([json["name"]["formatted_name"].as_str(), json["formatted_name"].as_str()]),
        phones: list("phones", "phone"),
        emails: list("emails", "email"),
    }
}

/// Either what the business offered, or what the contact chose of it.
fn interactive(data: &Json, content: &str) -> Body {
    let data = if data["interactive"].is_object() { &data["interactive"] } else { data };
    for reply in ["button_reply", "list_reply"] {
        if data[reply].is_object() {
            let title = first([data[reply]["title"].as_str(), Some(content)]);
            return Body::Choice { title, description: text(&data[reply]["description"]) };
        }
    }
    let action = &data["action"];
    Body::Interactive(Interactive {
        header: text(&data["header"]["text"]),
        text: first([data["body"]["text"].as_str(), Some(content)]),
        footer: text(&data["footer"]["text"]),
        buttons: rows(&action["buttons"]).map(|button| text(&button["reply"]["title"])).collect(),
        list: action["sections"].is_array().then(|| List {
            button: text(&action["button"]),
            sections: rows(&action["sections"]).map(section).collect(),
        }),
    })
}

fn section(json: &Json) -> Section {
    let rows = rows(&json["rows"]).map(|row| (text(&row["title"]), text(&row["description"]))).collect();
    Section { title: text(&json["title"]), rows }
}

fn rows(json: &Json) -> impl Iterator<Item = &Json> {
    json.as_array().into_iter().flatten()
}

fn text(json: &Json) -> String {
    json.as_str().unwrap_or_default().to_owned()
}

/// The first that says anything.
fn first<const N: usize>(texts: [Option<&str>; N]) -> String {
    texts.into_iter().flatten().find(|text| !text.is_empty()).unwrap_or_default().to_owned()
}
