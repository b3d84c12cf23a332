//! The site and the sandbox over HTTP, for `cargo xtask run` and the tests. What is served stands in
//! `site` and `sandbox`; nothing here knows of a provider.

mod arguments;
mod connection;
mod sandbox;
mod site;

use arguments::Arguments;
use axum::Router;
use std::{io::Write, process::ExitCode, sync::Arc};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> ExitCode {
    match serve().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

async fn serve() -> Result<(), String> {
    let arguments = Arguments::read(std::env::args().skip(1))?;
    let mut router = sandbox::routes(Arc::default());
    if let Some(dist) = &arguments.dist {
        if !dist.join("index.html").is_file() {
            return Err(format!(
                "There is no site in {}. Build it with `cargo xtask build`, or name its folder with --dist.",
                dist.display()
            ));
        }
        router = router.merge(site::routes(dist));
    }
    let listener = TcpListener::bind(&arguments.addr).await.map_err(|problem| {
        format!(
            "Cannot listen on {}: {problem}. Choose another address with --addr HOST:PORT.",
            arguments.addr
        )
    })?;
    let address = listener.local_addr().map_err(|problem| format!("No address to listen on: {problem}."))?;
    announce(&format!("Switchboard is ready at http://{address}"));
    until_stopped(listener, router).await;
    Ok(())
}

/// Tests wait for this line, so it must not stay in a buffer.
fn announce(line: &str) {
    println!("{line}");
    let _ = std::io::stdout().flush();
}

async fn until_stopped(listener: TcpListener, router: Router) {
    tokio::select! {
        () = connection::accept(listener, router) => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
