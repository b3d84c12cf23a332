//! The start module: what the browser loads first. See `ui::app` for what is in it.

#[cfg(target_arch = "wasm32")]
fn main() {
    switchboard::ui::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The console runs in a browser. Start it with `cargo xtask run`.");
}
