//! Small components that more than one page uses; each takes props and knows no page.

mod copy;
mod dialog;
mod guard;
mod icon;
mod key_entry;
mod outcome;
mod page_head;
mod refusal;
mod trouble;
mod world;

pub use copy::Copy;
pub use dialog::Dialog;
pub use guard::Guard;
pub use icon::Icon;
pub use key_entry::KeyEntry;
pub use outcome::{Outcome, OutcomeLine};
pub use page_head::PageHead;
pub use refusal::Refusal;
pub use trouble::Trouble;
pub use world::World;
