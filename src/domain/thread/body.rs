//! What a message shows, whether it was read from the provider or is still being written: one shape
//! for the thread and for the preview. Addresses and texts are the sender's; nothing here trusts them.

use crate::catalogue::kapso::replies::Message;
use serde_json::Value as Json;

#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    Text(String),
    Media(Media),
    Location(Location),
    Contacts(Vec<Card>),
    Interactive(Interactive),
    /// What the contact chose of buttons or a list.
    Choice {
        title: String,
        description: String,
    },
    Template {
        name: String,
        language: String,
        text: String,
    },
    /// On another message, named by WhatsApp's id. An empty emoji takes a reaction back.
    Reaction {
        emoji: String,
        target: String,
    },
    /// A type that this console does not know: its word, and the text that came with it.
    Unknown {
        kind: String,
        content: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaKind {
    Image,
    Video,
    Audio,
    Document,
    Sticker,
}

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

    pub const fn label(self) -> &'static str {
        match self {
            MediaKind::Image => "Image",
            MediaKind::Video => "Video",
            MediaKind::Audio => "Audio",
            MediaKind::Document => "Document",
            MediaKind::Sticker => "Sticker",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Media {
    pub kind: MediaKind,
    /// Empty where there is none, or only an id.
    pub url: String,
    pub id: String,
    pub caption: String,
    pub filename: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Location {
    /// In degrees; `None` where it is missing or no number.
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub name: String,
    pub address: String,
}

/// A contact that was sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    pub name: String,
    pub phones: Vec<String>,
    pub emails: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Interactive {
    pub header: String,
    pub text: String,
    pub footer: String,
    pub buttons: Vec<String>,
    pub list: Option<List>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct List {
    pub button: String,
    pub sections: Vec<Section>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    pub title: String,
    /// Title and description.
    pub rows: Vec<(String, String)>,
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

    /// The text of it, in one piece: for previews, for search and to be quoted.
    pub fn words(&self) -> String {
        match self {
            Body::Text(text) => text.clone(),
            Body::Media(media) => joined([media.kind.label(), &media.filename, &media.caption]),
            Body::Location(location) => joined(["Location", &location.name, &location.address]),
            Body::Contacts(cards) => {
                let names: Vec<&str> = cards.iter().map(|card| card.name.as_str()).collect();
                joined(["Contact", &names.join(", ")])
            }
            Body::Interactive(interactive) => joined([interactive.header.as_str(), &interactive.text]),
            Body::Choice { title, .. } => title.clone(),
            Body::Template { name, text, .. } if text.is_empty() => joined(["Template", name]),
            Body::Template { text, .. } => text.clone(),
            Body::Reaction { emoji, .. } if emoji.is_empty() => "Reaction taken back".to_owned(),
            Body::Reaction { emoji, .. } => joined(["Reaction", emoji]),
            Body::Unknown { kind, content } if content.is_empty() => joined(["Message of type", kind]),
            Body::Unknown { content, .. } => content.clone(),
        }
    }

    /// All that is to be read in it, to be searched: nothing of what shows on another message, and no words
    /// of this console's own.
    pub fn searched(&self) -> String {
        let mut all: Vec<&str> = vec![];
        match self {
            Body::Text(text) => all.push(text),
            Body::Media(media) => all.extend([media.filename.as_str(), &media.caption]),
            Body::Location(location) => all.extend([location.name.as_str(), &location.address]),
            Body::Contacts(cards) => {
                for card in cards {
                    all.push(&card.name);
                    all.extend(card.phones.iter().chain(&card.emails).map(String::as_str));
                }
            }
            Body::Interactive(Interactive { header, text, footer, buttons, list }) => {
                all.extend([header.as_str(), text, footer]);
                all.extend(buttons.iter().map(String::as_str));
                if let Some(list) = list {
                    all.push(&list.button);
                    for section in &list.sections {
                        all.push(&section.title);
                        all.extend(section.rows.iter().flat_map(|(title, about)| [title.as_str(), about]));
                    }
                }
            }
            Body::Choice { title, description } => all.extend([title.as_str(), description]),
            Body::Template { name, text, .. } => all.extend([name.as_str(), text]),
            Body::Reaction { .. } => {}
            Body::Unknown { kind, content } => all.extend([kind.as_str(), content]),
        }
        all.retain(|text| !text.is_empty());
        all.join("\n")
    }

    /// Whether a message that was read can be the one that was sent: the same type and what the
    /// provider is known to tell of it again. Space around a text may be lost on the way, and what is not told
    /// of a file, a list or a template says nothing against it.
    pub fn is_that_of(&self, sent: &Body) -> bool {
        match (self, sent) {
            (Body::Text(told), Body::Text(sent)) => told.trim() == sent.trim(),
            (Body::Media(told), Body::Media(sent)) => {
                let same = |told: &str, sent: &str| told.is_empty() || sent.is_empty() || told == sent;
                let same_file = same(&told.url, &sent.url)
                    && same(&told.id, &sent.id)
                    && same(&told.filename, &sent.filename);
                told.kind == sent.kind && same_file && told.caption.trim() == sent.caption.trim()
            }
            (Body::Location(told), Body::Location(sent)) => {
                told.latitude == sent.latitude && told.longitude == sent.longitude
            }
            (Body::Contacts(told), Body::Contacts(sent)) => {
                let told = told.iter().map(|card| (&card.name, &card.phones));
                told.eq(sent.iter().map(|card| (&card.name, &card.phones)))
            }
            (Body::Interactive(told), Body::Interactive(sent)) => {
                let bare = told.buttons.is_empty() && told.list.is_none();
                let same_offer = told.buttons == sent.buttons && told.list == sent.list;
                told.text.trim() == sent.text.trim() && (bare || same_offer)
            }
            (Body::Template { name: told, text: a, .. }, Body::Template { name: sent, text: b, .. }) => {
                told == sent && (a.trim() == b.trim() || a.is_empty() || b.is_empty())
            }
            (Body::Reaction { emoji, target }, Body::Reaction { emoji: sent, target: to }) => {
                emoji == sent && (target == to || target.is_empty())
            }
            _ => false,
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

/// The first as a heading of the others, leaving out what is empty.
fn joined<const N: usize>(parts: [&str; N]) -> String {
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(": ")
}

#[cfg(test)]
mod tests;
