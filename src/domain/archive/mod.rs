//! The file in which a device's data move to another: what one entry can be, when it is sound, and what becomes of
//! it where it arrives. There is no key in it and nothing that could send by itself. Where entries are read from
//! and put is not known here.

mod file;
mod landing;
mod sendings;
mod settings;
mod sound;
mod tally;

pub use file::{FORMAT, Header, LONGEST_LINE, Problem, Reader, entry, foot, head, line};
pub use landing::{Keeping, Landed, joined_ledger, joined_summary, joined_written, kept, landed};
pub use sendings::Sendings;
pub use settings::{LeftOut, Sifted};
pub use sound::Fault;
pub use tally::{Span, Tally};

use super::{
    activity::Record,
    bulk::{Batch, Part, Progress, composed::Composed},
    connection::Connection,
    holding::Kind,
    ledger::Ledger,
    outbox::Item,
    provisioning::Track,
    saved_reply::SavedReply,
    thread::{entry::Entry as Message, summary::Summary},
    written::Written,
};
use crate::catalogue::draft::Draft;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What keys of drafts begin with that stand beside a conversation, such as notes.
pub const BESIDE: &str = "inbox ";

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Entry {
    /// What was typed into a form, by its operation, or beside a conversation.
    Draft {
        key: String,
        draft: Draft,
    },
    /// A text to many that is being composed. The pieces of its file follow.
    Composed(Box<Composed>),
    ComposedFile {
        piece: u32,
        text: String,
    },
    /// What is being written in a conversation.
    Written {
        connection: String,
        conversation: String,
        written: Vec<Written>,
    },
    /// What lists show of a conversation.
    Conversation {
        connection: String,
        conversation: String,
        summary: Box<Summary>,
    },
    /// Messages of a conversation that follow each other.
    Messages {
        connection: String,
        conversation: String,
        messages: Vec<Message>,
    },
    Leaving(Item),
    /// A text to many and where it stands; its requests follow.
    Sending {
        batch: Box<Batch>,
        progress: Box<Progress>,
    },
    /// Requests of a text to many, by its id.
    Requests {
        sending: String,
        parts: Vec<Part>,
    },
    Reply(SavedReply),
    Number(Box<Track>),
    /// The ledger of a number or a deployment, by the key it is stored by.
    Attempts {
        subject: String,
        ledger: Ledger,
    },
    Call(Box<Record>),
    Connection(Connection),
    Setting {
        name: String,
        value: Json,
    },
    /// The world of the sandbox.
    World(Json),
}

impl Entry {
    /// Whether it is one thing that a person counts, and not a block of many.
    pub const fn counts(&self) -> bool {
        !matches!(self, Entry::Messages { .. } | Entry::Requests { .. } | Entry::ComposedFile { .. })
    }

    pub const fn kind(&self) -> Kind {
        match self {
            Entry::Draft { .. } | Entry::Composed(_) | Entry::ComposedFile { .. } | Entry::Written { .. } => {
                Kind::Drafts
            }
            Entry::Conversation { .. } | Entry::Messages { .. } => Kind::Conversations,
            Entry::Leaving(_) => Kind::Leaving,
            Entry::Sending { .. } | Entry::Requests { .. } => Kind::Sendings,
            Entry::Reply(_) => Kind::Replies,
            Entry::Number(_) | Entry::Attempts { .. } => Kind::Numbers,
            Entry::Call(_) => Kind::Calls,
            Entry::Connection(_) | Entry::Setting { .. } => Kind::Settings,
            Entry::World(_) => Kind::Sandbox,
        }
    }
}

#[cfg(test)]
mod tests;
