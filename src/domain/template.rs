//! WhatsApp templates as Kapso lists them: what a person has to fill in, whether it fits, how it reads
//! then and what is sent. How the request is made is in `catalogue`; nothing is asked or drawn here.
//!
//! The answer is described on Kapso's pages "List WhatsApp templates" and "Get WhatsApp template details",
//! what is in a component on Meta's page "Template components". Nothing in it is documented as required,
//! and whatever is added later does no harm.

mod check;
mod fill;
mod needs;
mod placeholder;
mod read;

pub use check::{Complaint, FILENAME, HEADER, NAME, PARAMETERS, Slot, check, corrected};
pub use fill::{Assembled, Values, assemble, to_message};
pub use needs::{HeaderNeed, NAMED_ORDER, Needs, Placeholder, needs};
pub use placeholder::{Key, Piece, pieces};

/// One template in one language. Texts that were not told are empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Template {
    pub id: String,
    pub name: String,
    /// Such as `en` or `pt_BR`.
    pub language: String,
    /// `MARKETING`, `UTILITY`, `AUTHENTICATION`, or what is added later.
    pub category: String,
    /// `draft`, `submitted`, `approved`, `rejected`, `disabled`, or what is added later.
    pub status: String,
    pub header: Option<Header>,
    /// With its placeholders. The text of the component: values fill that one, and `content` is Kapso's own
    /// rendering, which counts only where no component was told.
    pub body: String,
    pub footer: Option<String>,
    pub buttons: Vec<Button>,
    /// Types of components beside these four that want values of their own.
    pub others: Vec<String>,
    /// How many values Kapso counts; not told whether a header's is among them.
    pub parameter_count: Option<u64>,
    /// The numbers it can be sent from; empty in early copies of the documentation.
    pub config_ids: Vec<String>,
    /// Sample values that went into the review, by placeholder.
    pub examples: Vec<(Key, String)>,
    pub header_example: String,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Header {
    Text(String),
    File(Medium),
    /// `LOCATION`, or what is added later.
    Other(String),
}

/// The files that a header can have in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    Image,
    Video,
    Document,
}

impl Medium {
    pub const ALL: [Medium; 3] = [Medium::Image, Medium::Video, Medium::Document];

    /// As the request's `header_type` has it.
    pub const fn value(self) -> &'static str {
        match self {
            Medium::Image => "image",
            Medium::Video => "video",
            Medium::Document => "document",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Button {
    /// `QUICK_REPLY`, `URL`, `PHONE_NUMBER`, `COPY_CODE`, or what is added later.
    pub kind: String,
    pub text: String,
    /// Empty where the button opens none.
    pub url: String,
}

impl Template {
    /// Whether WhatsApp takes it. What is in another status is refused with 132001.
    pub fn is_approved(&self) -> bool {
        self.status.eq_ignore_ascii_case("approved")
    }

    /// Whether it can be sent from a number; one that tells of no numbers may be.
    pub fn is_for(&self, config_id: &str) -> bool {
        self.config_ids.is_empty() || self.config_ids.iter().any(|id| id == config_id)
    }

    /// Why it cannot be sent from a number of the business, in words to go after a name; `None` where it can.
    /// An empty number is one that nobody knows yet.
    pub fn withheld(&self, config_id: &str) -> Option<String> {
        if !self.is_approved() {
            let status = if self.status.is_empty() { "without a status" } else { &self.status };
            return Some(format!("{status}, so it cannot be sent"));
        }
        let elsewhere = !config_id.is_empty() && !self.is_for(config_id);
        elsewhere.then(|| "of another number, so it cannot be sent from this one".to_owned())
    }

    /// Whether the text is all there is, which may then be longer.
    fn is_body_alone(&self) -> bool {
        let Template { header, footer, buttons, others, .. } = self;
        header.is_none() && footer.is_none() && buttons.is_empty() && others.is_empty()
    }
}

/// Where the templates are that contain every word in name, text or language, in any case; those that
/// can be sent from a number first, otherwise in their order.
pub fn search(templates: &[Template], text: &str, config_id: &str) -> Vec<usize> {
    let words = text.to_lowercase();
    let fits = |template: &Template| {
        let said = [&*template.name, &template.body, &template.language].join("\n").to_lowercase();
        words.split_whitespace().all(|word| said.contains(word))
    };
    let mut found: Vec<usize> = (0..templates.len()).filter(|at| fits(&templates[*at])).collect();
    found.sort_by_key(|at| templates[*at].withheld(config_id).is_some());
    found
}

#[cfg(test)]
mod tests;
