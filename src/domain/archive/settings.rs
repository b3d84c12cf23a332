//! Which connections and settings of a file are taken, and which are left out and why. What is shown before an
//! import and what is said after it are the same figures. What may be one is for the caller to say.

use super::Tally;
use crate::domain::connection::Connection;
use serde_json::Value as Json;
use std::collections::{BTreeMap, HashMap};

/// What is not taken, by the name that a person knows it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeftOut {
    Connection(String),
    Setting(String),
}

/// The connections and settings of a file, sifted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sifted {
    /// The last of each id, in the place of the first.
    pub connections: Vec<Connection>,
    pub settings: BTreeMap<String, Json>,
    /// With the reason, as a sentence.
    pub left_out: Vec<(LeftOut, String)>,
}

impl Sifted {
    /// Each is taken where `connection` or `setting` has no reason against it.
    pub fn of(
        tally: &Tally,
        connection: impl Fn(&Connection) -> Result<(), String>,
        setting: impl Fn(&str, &Json) -> Result<(), String>,
    ) -> Sifted {
        let mut sifted = Sifted::default();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for one in &tally.connections {
            match connection(one) {
                Ok(()) => match places.get(one.id.as_str()) {
                    Some(at) => sifted.connections[*at] = one.clone(),
                    None => {
                        places.insert(&one.id, sifted.connections.len());
                        sifted.connections.push(one.clone());
                    }
                },
                Err(why) => sifted.left_out.push((LeftOut::Connection(one.label.clone()), why)),
            }
        }
        for (name, value) in &tally.settings {
            match setting(name, value) {
                Ok(()) => drop(sifted.settings.insert(name.clone(), value.clone())),
                Err(why) => sifted.left_out.push((LeftOut::Setting(name.clone()), why)),
            }
        }
        sifted
    }

    /// How many are taken.
    pub fn count(&self) -> usize {
        self.connections.len() + self.settings.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::archive::Entry;
    use serde_json::json;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn connection(id: &str, label: &str) -> Entry {
        let value =
            json!({"id": id, "provider": "kapso", "label": label, "base_url": "/relay", "credential": "ask"});
        Entry::Connection(serde_json::from_value(value).unwrap())
    }

    fn setting(name: &str, value: Json) -> Entry {
        Entry::Setting { name: name.to_owned(), value }
    }

    #[test]
    fn what_is_not_taken_is_named_and_not_counted() {
        let mut tally = Tally::default();
        for entry in [
            connection("a", "Mine"),
            connection("b", "Not this one"),
            connection("a", "Mine, later"),
            setting("__proto__", json!(1)),
            setting("theme", json!(42)),
            setting("rings", json!(true)),
        ] {
            tally.count(&entry);
        }
        let sifted = Sifted::of(
            &tally,
            |one| if one.id == "b" { Err("Not here.".to_owned()) } else { Ok(()) },
            |name, value| match name {
                "rings" | "theme" if value.is_boolean() => Ok(()),
                _ => Err("No.".to_owned()),
            },
        );
        assert_eq!(sifted.count(), 2);
        assert_eq!(
            sifted.connections.iter().map(|one| one.label.as_str()).collect::<Vec<_>>(),
            ["Mine, later"]
        );
        assert_eq!(sifted.settings.keys().collect::<Vec<_>>(), ["rings"]);
        let left_out = [
            (LeftOut::Connection("Not this one".into()), "Not here.".to_owned()),
            (LeftOut::Setting("__proto__".into()), "No.".to_owned()),
            (LeftOut::Setting("theme".into()), "No.".to_owned()),
        ];
        assert_eq!(sifted.left_out, left_out);
    }
}
