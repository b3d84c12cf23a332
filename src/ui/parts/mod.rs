//! Small components that more than one page uses; each takes props and knows no page.

mod announce;
mod attempts;
mod copy;
mod dialog;
mod guard;
mod icon;
mod key_entry;
mod no_connection;
mod open_as_form;
mod outcome;
mod page_head;
mod refusal;
mod refused;
mod seconds;
mod stage_badge;
mod trouble;
mod world;

pub use announce::Announce;
pub use attempts::{Attempts, ledger};
pub use copy::Copy;
pub use dialog::Dialog;
pub use guard::Guard;
pub use icon::Icon;
pub use key_entry::KeyEntry;
pub use no_connection::NoConnection;
pub use open_as_form::OpenAsForm;
pub use outcome::{Outcome, OutcomeLine};
pub use page_head::PageHead;
pub use refusal::Refusal;
pub use refused::Refused;
pub use seconds::seconds;
pub use stage_badge::StageBadge;
pub use trouble::Trouble;
pub use world::World;
