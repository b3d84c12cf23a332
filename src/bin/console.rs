//! The console module: every place, loaded when the start page is left. See `ui::app`.

#[cfg(target_arch = "wasm32")]
fn main() {
    switchboard::ui::console();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The console runs in a browser. Start it with `cargo xtask run`.");
}
