//! How much of a table is drawn: a quote that is never closed makes a whole file one cell, and a table may
//! have thousands of columns. What is used of it, by name or for sending, is the whole.

use std::borrow::Cow;

/// Characters of a cell, or of the name of a column, that are drawn at most.
pub const LONGEST: usize = 300;
/// Columns that are drawn at most.
pub const COLUMNS: usize = 30;

/// What is drawn of a text: all of it, or its beginning with an ellipsis.
pub fn cut(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

/// Which of so many columns are drawn, in their order: the first ones, and the one that holds the numbers.
pub fn columns(all: usize, numbers: usize) -> Vec<usize> {
    let first = 0..all.min(COLUMNS);
    if numbers < first.end || numbers >= all {
        return first.collect();
    }
    first.take(COLUMNS - 1).chain([numbers]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_giant_cell_is_cut_and_another_is_not() {
        let fits = "é".repeat(LONGEST);
        assert_eq!(cut(&fits), fits.as_str());
        let cell = format!("{fits}\"\nBen,447700900001");
        assert_eq!(cut(&cell), format!("{fits}…").as_str());
        assert_eq!(cut(""), "");
    }

    #[test]
    fn of_many_columns_the_first_are_drawn_and_the_one_with_the_numbers() {
        assert_eq!(columns(0, 0), [0; 0]);
        assert_eq!(columns(3, 2), [0, 1, 2]);
        assert_eq!(columns(COLUMNS, COLUMNS - 1), (0..COLUMNS).collect::<Vec<_>>());
        let many = columns(3_001, 2_000);
        assert_eq!(
            (many.len(), many[0], many[COLUMNS - 2], many[COLUMNS - 1]),
            (COLUMNS, 0, COLUMNS - 2, 2_000)
        );
        assert_eq!(columns(3_001, 4), (0..COLUMNS).collect::<Vec<_>>());
        assert_eq!(columns(3_001, 9_000), (0..COLUMNS).collect::<Vec<_>>(), "no such column");
    }

    proptest! {
        #[test]
        fn no_more_is_drawn_than_is_there_or_fits(all in 0..200_usize, numbers in 0..200_usize) {
            let drawn = columns(all, numbers);
            prop_assert_eq!(drawn.len(), all.min(COLUMNS));
            prop_assert!(drawn.is_sorted_by(|a, b| a < b) && drawn.iter().all(|at| *at < all));
            prop_assert!(numbers >= all || drawn.contains(&numbers));
        }
    }
}
