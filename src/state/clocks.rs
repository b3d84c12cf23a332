//! What the providers' clocks show, as far as their answers tell: by connection, for as long as the page.

use crate::domain::{
    connection::{Connection, Home},
    server_clock::Ahead,
};
use leptos::prelude::*;
use std::collections::HashMap;

#[derive(Clone, Copy)]
pub struct Clocks {
    ahead: StoredValue<HashMap<String, Ahead>>,
}

impl Default for Clocks {
    fn default() -> Clocks {
        Clocks { ahead: StoredValue::new(HashMap::new()) }
    }
}

impl Clocks {
    /// The provider's clock showed `told` between two moments of this device's; all in Unix milliseconds.
    pub fn hear(self, connection: &Connection, told: u64, from: u64, to: u64) {
        self.ahead.update_value(|all| all.entry(connection.id.clone()).or_default().hear(told, from, to));
    }

    pub fn of(self, connection: &Connection) -> Ahead {
        match connection.home {
            Home::Page => Ahead::NONE,
            _ => self.ahead.with_value(|all| all.get(&connection.id).copied().unwrap_or_default()),
        }
    }
}
