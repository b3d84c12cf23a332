//! The recipes of `deploy/` as they are: started on loopback in front of the sandbox, with no more changed
//! than addresses, folders and certificates. Servers come from the distribution's packages.
#![cfg(feature = "serve")]

mod answer;
mod caddy;
mod catalogue;
mod given;
mod guide;
mod many;
mod network;
mod nginx;
mod promises;
mod recipe;
mod stack;
