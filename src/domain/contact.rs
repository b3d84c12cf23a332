//! How a contact is called, in every place the same.

use super::phone;
use crate::catalogue::kapso::replies::Conversation;

/// The name of the contact; without one the number, grouped for the eye; without that the conversation's
/// id. Empty where there is none of them.
pub fn name(row: &Conversation) -> String {
    let name = row.contact_name.trim();
    if is_seen(name) {
        return name.to_owned();
    }
    let number = row.phone_number.trim();
    if is_seen(number) { phone::shown(number) } else { row.id.trim().to_owned() }
}

/// Whether there is a letter, a figure or a sign in it: what shows none is no name.
fn is_seen(name: &str) -> bool {
    name.chars().any(|c| !c.is_whitespace() && !is_unseen(c))
}

/// Marks that take no room: joiners, and those that turn the direction of what follows.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::{Conversation, name};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn row(contact_name: &str, phone_number: &str) -> Conversation {
        let (contact_name, phone_number) = (contact_name.into(), phone_number.into());
        Conversation { id: "c1".into(), contact_name, phone_number, ..Default::default() }
    }

    #[test]
    fn a_contact_without_a_name_that_shows_is_called_by_the_number_or_the_id() {
        for (row, called) in [
            (row(" Ana ", "+4915112345678"), "Ana"),
            (row(" ", "4915112345678"), "+49 151 1234 5678"),
            (row("\u{200B}\u{202E}", "+4915112345678"), "+49 151 1234 5678"),
            (row("", "a secret number"), "a secret number"),
            (row("", " \u{FEFF}"), "c1"),
        ] {
            assert_eq!(name(&row), called, "{row:?}");
        }
        assert_eq!(name(&Conversation::default()), "");
    }
}
