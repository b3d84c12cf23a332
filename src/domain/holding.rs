//! What is kept on a device, in kinds that a person knows: what each is called, what is in it, and what it means
//! to erase it. Where it is stored and how much there is of it is not known here.

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Drafts,
    Conversations,
    Leaving,
    Sendings,
    Replies,
    Numbers,
    Calls,
    Settings,
    Vault,
    Sandbox,
}

impl Kind {
    /// In the order in which they are listed.
    pub const ALL: [Kind; 10] = [
        Kind::Drafts,
        Kind::Conversations,
        Kind::Leaving,
        Kind::Sendings,
        Kind::Replies,
        Kind::Numbers,
        Kind::Calls,
        Kind::Settings,
        Kind::Vault,
        Kind::Sandbox,
    ];

    pub const fn id(self) -> &'static str {
        match self {
            Kind::Drafts => "drafts",
            Kind::Conversations => "conversations",
            Kind::Leaving => "leaving",
            Kind::Sendings => "sendings",
            Kind::Replies => "replies",
            Kind::Numbers => "numbers",
            Kind::Calls => "calls",
            Kind::Settings => "settings",
            Kind::Vault => "vault",
            Kind::Sandbox => "sandbox",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Kind::Drafts => "Drafts",
            Kind::Conversations => "Conversations and messages",
            Kind::Leaving => "Messages on their way out",
            Kind::Sendings => "Messages to many",
            Kind::Replies => "Saved replies",
            Kind::Numbers => "Numbers and attempts",
            Kind::Calls => "History of calls",
            Kind::Settings => "Connections and settings",
            Kind::Vault => "Vault",
            Kind::Sandbox => "Sandbox",
        }
    }

    /// How long it stays, where that is the same for everybody.
    pub const fn stays(self) -> &'static str {
        match self {
            Kind::Drafts => "Until they are sent or cleared",
            Kind::Conversations => "As chosen under Inbox",
            Kind::Leaving => "Until they are sent or discarded",
            Kind::Sendings | Kind::Replies | Kind::Settings => "Until they are deleted",
            Kind::Numbers => "Until they are forgotten",
            Kind::Calls => "The newest only",
            Kind::Vault => "Until it is destroyed",
            Kind::Sandbox => "Until it is reset",
        }
    }

    /// What it means to erase it, as the end of a question.
    pub const fn erased(self) -> &'static str {
        match self {
            Kind::Drafts => "What was typed into forms and conversations and not sent is lost.",
            Kind::Conversations => {
                "They are read again from the provider when somebody looks. What you had read, and users that were seen, is forgotten."
            }
            Kind::Leaving => "Messages that were not sent are lost.",
            Kind::Sendings => {
                "What has not left yet is not sent, and what became of the rest is forgotten. Results that were exported stay."
            }
            Kind::Replies => "They are lost, unless they were exported.",
            Kind::Numbers => {
                "Nothing changes at the provider. This device forgets which numbers it knew, and how often a code or a start was asked for; Meta goes on counting."
            }
            Kind::Calls => "The list under Activity is empty afterwards.",
            Kind::Settings => {
                "Connections that you added are gone, with their keys in this tab, and all settings of this page are as at the beginning."
            }
            Kind::Vault => "The keys in it are lost and have to be entered again.",
            Kind::Sandbox => "It begins with its sample data anew.",
        }
    }

    /// What an import does with what is here already.
    pub const fn joins(self) -> &'static str {
        match self {
            Kind::Drafts => "A draft of the file takes the place of the one in the same form.",
            Kind::Conversations => {
                "Joined with what is here: nothing is lost, and no message stands twice. Where messages between are missing, what is here stays."
            }
            Kind::Leaving => {
                "None of them is sent by the import, nor later without your word: each waits in its conversation until you decide."
            }
            Kind::Sendings => {
                "Those that are not here are added. What had not left when the file was made arrives as unknown: it is never sent without your word."
            }
            Kind::Replies => "Joined with those here; the file's text wins where both have one.",
            Kind::Numbers => {
                "Joined with what is here; the newer knowledge wins. Nothing is asked for or sent."
            }
            Kind::Calls => "Those that are not here are added; the newest stay.",
            Kind::Settings => {
                "They take the place of those here. Keys are not in the file: enter them again. Which connection is in use does not change."
            }
            Kind::Vault => "It is never in a file.",
            Kind::Sandbox => "It takes the place of the one here.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn every_kind_is_listed_once_and_has_its_words() {
        for (at, kind) in Kind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, at, "{kind:?}");
            for sentence in [kind.erased(), kind.joins()] {
                assert!(sentence.ends_with('.') && !sentence.contains('!'), "{sentence}");
            }
        }
        let mut ids: Vec<&str> = Kind::ALL.into_iter().map(Kind::id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), Kind::ALL.len());
    }
}
