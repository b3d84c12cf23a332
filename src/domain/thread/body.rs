//! What a message shows, whether it was read from the provider or is still being written: one shape
//! for the thread and for the preview. Addresses and texts are the sender's; nothing here trusts them.

mod read;

use crate::domain::markup;

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

    /// The same without the words of others that it quotes, unless it says nothing else.
    pub fn own_words(&self) -> String {
        let own = |text: &str| Some(markup::own(text)).filter(|own| !own.trim().is_empty());
        let own = |text: &String| own(text).unwrap_or_else(|| text.clone());
        match self {
            Body::Text(text) => own(text),
            Body::Media(media) => joined([media.kind.label(), &media.filename, &own(&media.caption)]),
            Body::Interactive(interactive) => joined([interactive.header.as_str(), &own(&interactive.text)]),
            _ => self.words(),
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

/// The first as a heading of the others, leaving out what is empty.
fn joined<const N: usize>(parts: [&str; N]) -> String {
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(": ")
}

#[cfg(test)]
mod tests;
