//! Replies that are saved to be used again: their placeholders, their limits, and the file in which they
//! move to another device. Where they are kept and who they are sent to is not known here.

mod file;

pub use file::{EntryProblem, ImportProblem, export, import, merge};

use crate::catalogue::{
    limit::{Bound, Limit},
    whatsapp,
};
use serde::{Deserialize, Serialize};

/// What all of a device are stored by, together.
pub const STORED_BY: &str = "all";
/// In characters; a title stands in a menu.
pub const LONGEST_TITLE: usize = 60;
/// In characters; ids are made on a device, by whoever calls this.
pub const LONGEST_ID: usize = 100;
/// Replies on one device and in one file.
pub const MOST_REPLIES: usize = 500;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedReply {
    pub id: String,
    pub title: String,
    /// May hold placeholders.
    pub text: String,
}

/// Why a reply cannot be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyProblem {
    NoTitle,
    LongTitle { is: usize },
    NoText,
    LongText { is: usize, max: usize },
}

impl ReplyProblem {
    /// Whether it is about the title; else it is about the text.
    pub const fn is_of_title(self) -> bool {
        matches!(self, ReplyProblem::NoTitle | ReplyProblem::LongTitle { .. })
    }

    pub fn sentence(self) -> String {
        match self {
            ReplyProblem::NoTitle => "Give the reply a title.".into(),
            ReplyProblem::LongTitle { is } => {
                format!("The title must be at most {LONGEST_TITLE} characters long; this has {is}.")
            }
            ReplyProblem::NoText => "Fill in the text of the reply.".into(),
            ReplyProblem::LongText { is, max } => {
                format!("The text must be at most {max} characters long; this has {is}.")
            }
        }
    }
}

impl SavedReply {
    /// What keeps it from being saved, the title first.
    pub fn problems(&self) -> Vec<ReplyProblem> {
        let (title, text) = (self.title.chars().count(), self.text.chars().count());
        let longest_text = most(whatsapp::TEXT_BODY);
        let of_title = match title {
            _ if self.title.trim().is_empty() => Some(ReplyProblem::NoTitle),
            is if is > LONGEST_TITLE => Some(ReplyProblem::LongTitle { is }),
            _ => None,
        };
        let of_text = match (text, longest_text) {
            _ if self.text.trim().is_empty() => Some(ReplyProblem::NoText),
            (is, Some(max)) if is > max => Some(ReplyProblem::LongText { is, max }),
            _ => None,
        };
        of_title.into_iter().chain(of_text).collect()
    }
}

const fn most(limit: Limit) -> Option<usize> {
    match limit.bound {
        Bound::Length { max, .. } => Some(max),
        _ => None,
    }
}

/// What a reply can leave open until it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placeholder {
    Name,
    FirstName,
    Phone,
    Date,
    Time,
    Business,
}

impl Placeholder {
    pub const ALL: [Placeholder; 6] = [
        Placeholder::Name,
        Placeholder::FirstName,
        Placeholder::Phone,
        Placeholder::Date,
        Placeholder::Time,
        Placeholder::Business,
    ];

    /// As it stands in a text.
    pub const fn slot(self) -> &'static str {
        match self {
            Placeholder::Name => "{name}",
            Placeholder::FirstName => "{first_name}",
            Placeholder::Phone => "{phone}",
            Placeholder::Date => "{date}",
            Placeholder::Time => "{time}",
            Placeholder::Business => "{business}",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Placeholder::Name => "Name",
            Placeholder::FirstName => "First name",
            Placeholder::Phone => "Phone number",
            Placeholder::Date => "Today’s date",
            Placeholder::Time => "Time of day",
            Placeholder::Business => "Name of your business",
        }
    }
}

/// What placeholders stand for in one conversation, as text for people to read; the first three are the
/// customer's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    pub name: Option<String>,
    /// Where there is none, the first word of `name`.
    pub first_name: Option<String>,
    pub phone: Option<String>,
    pub date: Option<String>,
    pub time: Option<String>,
    pub business: Option<String>,
}

impl Values {
    /// On one line, because customers write their own names; `None` where nothing can be seen of it.
    fn get(&self, placeholder: Placeholder) -> Option<String> {
        let value = match placeholder {
            Placeholder::Name => &self.name,
            Placeholder::FirstName => &self.first_name,
            Placeholder::Phone => &self.phone,
            Placeholder::Date => &self.date,
            Placeholder::Time => &self.time,
            Placeholder::Business => &self.business,
        };
        let value = value.as_deref().map(one_line).filter(|value| !value.is_empty());
        match placeholder {
            Placeholder::FirstName => value.or_else(|| first_word(self.name.as_deref()?)),
            _ => value,
        }
    }
}

fn one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first word that has a letter: names on WhatsApp begin with emoji, too.
fn first_word(name: &str) -> Option<String> {
    name.split_whitespace().find(|word| word.contains(char::is_alphabetic)).map(str::to_owned)
}

/// A reply made ready for one conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    pub text: String,
    /// Labels of the placeholders that stay because they have no value, each once, in their order.
    pub missing: Vec<&'static str>,
}

/// Puts values in the place of placeholders. What else stands in braces stays, and so do braces that a
/// value brings in.
pub fn fill(text: &str, values: &Values) -> Filled {
    let mut filled = Filled { text: String::new(), missing: vec![] };
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        filled.text.push_str(before);
        let known = Placeholder::ALL.into_iter().find(|placeholder| from.starts_with(placeholder.slot()));
        let length = known.map_or(1, |placeholder| placeholder.slot().len());
        match known.map(|placeholder| (placeholder, values.get(placeholder))) {
            Some((_, Some(value))) => filled.text.push_str(&value),
            Some((placeholder, None)) => {
                filled.text.push_str(placeholder.slot());
                if !filled.missing.contains(&placeholder.label()) {
                    filled.missing.push(placeholder.label());
                }
            }
            None => filled.text.push('{'),
        }
        rest = &from[length..];
    }
    filled.text.push_str(rest);
    filled
}

#[cfg(test)]
mod tests;
