//! Rows of a list by their keys, each drawn once and left where it is in the page while others come and go
//! before and after it. The framework's own list takes a row out and puts it back where several come before
//! it, and whatever plays in it stops.

use leptos::{
    html,
    prelude::*,
    tachys::view::{Mountable, any_view::AnyViewState},
};
use std::collections::{HashSet, VecDeque};

/// A row that is in the page. What it holds lives as long as it does.
struct Row {
    key: String,
    view: AnyViewState,
    _owner: Owner,
}

impl Row {
    fn remove(mut self) {
        self.view.unmount();
    }
}

/// Draws the items in an element, from now on and whenever they change. Of those with one key the first is
/// drawn, once: what changes in it is its own matter.
pub fn keyed<T>(
    items: Memo<Vec<T>>,
    within: NodeRef<html::Div>,
    key: impl Fn(&T) -> String + 'static,
    draw: impl Fn(T) -> AnyView + 'static,
) where
    T: Clone + Send + Sync + 'static,
{
    let Some(parent) = Owner::current() else { return };
    let drawn = StoredValue::new_local(VecDeque::<Row>::new());
    // The element itself may be taken over by the list that comes after this one.
    on_cleanup(move || {
        let all = drawn.try_update_value(std::mem::take).unwrap_or_default();
        all.into_iter().for_each(Row::remove);
    });
    Effect::new(move |_| {
        let (items, within) = (items.get(), within.get());
        let Some(within) = within else { return };
        let items: Vec<(String, T)> = items.into_iter().map(|item| (key(&item), item)).collect();
        let wanted: HashSet<String> = items.iter().map(|(key, _)| key.clone()).collect();
        let before = drawn.try_update_value(std::mem::take).unwrap_or_default();
        let (mut before, gone): (VecDeque<Row>, VecDeque<Row>) =
            before.into_iter().partition(|row| wanted.contains(&row.key));
        gone.into_iter().for_each(Row::remove);
        let mut now = VecDeque::with_capacity(items.len());
        let mut seen = HashSet::new();
        for (key, item) in items.into_iter().filter(|(key, _)| seen.insert(key.clone())) {
            // Messages keep their order; where they do not, what stands in the way is drawn anew.
            if let Some(at) = before.iter().position(|row| row.key == key) {
                before.drain(..at).for_each(Row::remove);
                now.extend(before.pop_front());
                continue;
            }
            let owner = parent.child();
            let mut view = owner.with(|| untrack(|| draw(item).build()));
            match before.front() {
                Some(next) => next.view.insert_before_this_or_marker(&within, &mut view, None),
                None => view.mount(&within, None),
            }
            now.push_back(Row { key, view, _owner: owner });
        }
        drawn.try_set_value(now);
    });
}
