//! Notes about a contact: their order, and whether one that nobody answered for was written. How they
//! are asked for and shown is not known here.

use crate::catalogue::kapso::replies::Note;
use std::cmp::Reverse;

/// The newest first; those without a date come last.
pub fn newest_first(mut notes: Vec<Note>) -> Vec<Note> {
    notes.sort_by(|a, b| Reverse(a.created_at).cmp(&Reverse(b.created_at)).then_with(|| a.id.cmp(&b.id)));
    notes
}

/// Whether a note with these words is among `after` that was not among `before`. Spaces at the ends do
/// not count, for a provider may take them off.
pub fn was_written(before: &[Note], after: &[Note], name: &str, content: &str) -> bool {
    let is_it = |note: &&Note| note.content.trim() == content.trim() && note.name.trim() == name.trim();
    after.iter().filter(is_it).any(|note| before.iter().all(|known| known.id != note.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn note(id: &str, content: &str, at: Option<u64>) -> Note {
        Note { id: id.into(), name: "Title".into(), content: content.into(), created_at: at }
    }

    #[test]
    fn the_newest_stands_first_and_undated_ones_last() {
        let notes =
            vec![note("a", "", None), note("b", "", Some(5)), note("d", "", Some(9)), note("c", "", Some(9))];
        let ids: Vec<String> = newest_first(notes).into_iter().map(|note| note.id).collect();
        assert_eq!(ids, ["c", "d", "b", "a"]);
    }

    #[test]
    fn only_a_new_note_with_the_same_words_is_the_one() {
        let before = [note("a", "Same words", Some(1))];
        let with = |other: Note| [before[0].clone(), other];
        assert!(!was_written(&before, &before, "Title", "Same words"));
        assert!(!was_written(&before, &with(note("b", "Other words", Some(2))), "Title", "Same words"));
        assert!(!was_written(&before, &with(note("b", "Same words", Some(2))), "", "Same words"));
        assert!(was_written(&before, &with(note("b", "Same words", Some(2))), " Title", "Same words\n"));
    }
}
