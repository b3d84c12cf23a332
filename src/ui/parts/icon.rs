//! An icon of the sprite. It is decoration: the word beside it, or the button's label, says it.

use crate::browser::release;
use leptos::prelude::*;

#[component]
pub fn Icon(
    /// Id of the symbol in `icons.svg`.
    name: &'static str,
) -> impl IntoView {
    let href = release::sprite(name);
    view! { <svg class="icon" aria-hidden="true" focusable="false"><use href=href/></svg> }
}
