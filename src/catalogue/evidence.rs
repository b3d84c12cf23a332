//! Where a fact comes from, and how far it can be trusted.
//! A documented fact blocks a request that breaks it; an inferred one only warns.

/// The origin of one field, limit or rule. The text names the publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Stated by the provider, or by the WhatsApp platform and its SDKs in agreement.
    Documented(&'static str),
    /// Deduced, or stated by a single third party.
    Inferred(&'static str),
}

impl Evidence {
    /// Whether breaking the fact keeps a request from being sent.
    pub const fn blocks(self) -> bool {
        matches!(self, Evidence::Documented(_))
    }

    /// The publication, as named to the reader.
    pub const fn source(self) -> &'static str {
        match self {
            Evidence::Documented(source) | Evidence::Inferred(source) => source,
        }
    }

    /// One word for the screen.
    pub const fn word(self) -> &'static str {
        match self {
            Evidence::Documented(_) => "documented",
            Evidence::Inferred(_) => "inferred",
        }
    }
}
