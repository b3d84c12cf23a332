//! Numbers: bringing one live, following it, and everything about it afterwards.

mod one;

pub use one::NumberPage;
