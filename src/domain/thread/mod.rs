//! A conversation as it is kept on this device: which messages it has and in which order, how far each
//! has come, and until when the business may write. Nothing here reads, stores or draws.

pub mod body;
pub mod book;
pub mod entry;
pub mod news;
pub mod reactions;
pub mod signed;
pub mod status;
pub mod summary;
pub mod told;
pub mod window;
