//! The whole catalogue at once: what holds for every operation, field and limit, whoever documents it,
//! and the rules of the providers' own pages in tables. One module per question.

mod agreement;
mod limits;
mod sample;
mod secrets;
mod seeds;
mod shape;
