//! Numbers: bringing one live, following it, and everything about it afterwards.

mod list;
mod new;
mod one;

pub use list::NumbersPage;
pub use new::NewNumberPage;
pub use one::NumberPage;
