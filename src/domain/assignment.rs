//! Who looks after a conversation: read from the list of its assignments, and whether a change of it
//! took effect. How it is asked for and shown is not known here.

use crate::catalogue::kapso::replies::Assignment;

/// The assignment in force. Kapso keeps one at a time; of several the newest counts.
pub fn in_force(rows: &[Assignment]) -> Option<&Assignment> {
    rows.iter().filter(|row| row.active).max_by_key(|row| row.created_at)
}

/// What somebody asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    Assign {
        user: String,
    },
    /// The assignment in force goes to another user.
    HandOver {
        id: String,
        user: String,
    },
    Unassign {
        id: String,
    },
}

impl Wish {
    /// Whether a list that was read afterwards shows it.
    pub fn took_effect(&self, rows: &[Assignment]) -> bool {
        match self {
            Wish::Assign { user } => in_force(rows).is_some_and(|row| row.user_id == *user),
            Wish::HandOver { id, user } => {
                rows.iter().any(|row| row.id == *id && row.active && row.user_id == *user)
            }
            Wish::Unassign { id } => !rows.iter().any(|row| row.id == *id && row.active),
        }
    }
}

/// Users that were seen, the newest first, each once; at most `most` are kept.
pub fn seen(known: &[String], newer: impl IntoIterator<Item = String>, most: usize) -> Vec<String> {
    let mut all: Vec<String> = vec![];
    for user in newer.into_iter().chain(known.iter().cloned()) {
        if !user.is_empty() && !all.contains(&user) && all.len() < most {
            all.push(user);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn row(id: &str, user: &str, active: bool, at: u64) -> Assignment {
        Assignment { id: id.into(), user_id: user.into(), notes: String::new(), active, created_at: Some(at) }
    }

    #[test]
    fn the_newest_active_one_is_in_force_wherever_it_stands() {
        let rows = [row("a", "ann", false, 9), row("b", "ben", true, 3), row("c", "cy", true, 5)];
        assert_eq!(in_force(&rows).unwrap().id, "c");
        assert_eq!(in_force(&rows[..1]), None);
        assert_eq!(in_force(&[]), None);
    }

    #[test]
    fn a_wish_is_found_in_what_was_read_afterwards() {
        let assign = Wish::Assign { user: "ben".into() };
        assert!(!assign.took_effect(&[]));
        assert!(!assign.took_effect(&[row("a", "ben", false, 1)]), "an earlier one is over");
        assert!(!assign.took_effect(&[row("a", "ann", true, 1)]), "somebody else was quicker");
        assert!(assign.took_effect(&[row("a", "ben", true, 1)]));
        let hand = Wish::HandOver { id: "a".into(), user: "ben".into() };
        assert!(!hand.took_effect(&[row("a", "ann", true, 1)]));
        assert!(!hand.took_effect(&[row("a", "ann", false, 1), row("b", "ben", true, 2)]), "not this one");
        assert!(hand.took_effect(&[row("a", "ben", true, 1)]));
        let end = Wish::Unassign { id: "a".into() };
        assert!(!end.took_effect(&[row("a", "ann", true, 1)]));
        assert!(end.took_effect(&[row("a", "ann", false, 1), row("b", "ben", true, 2)]));
        assert!(end.took_effect(&[]));
    }

    #[test]
    fn users_are_remembered_once_and_not_without_end() {
        let known = ["ann".to_owned(), "ben".into()];
        assert_eq!(seen(&known, ["ben".to_owned(), String::new(), "cy".into()], 9), ["ben", "cy", "ann"]);
        assert_eq!(seen(&known, ["cy".to_owned()], 2), ["cy", "ann"]);
    }
}
