//! Ports, and how far away something is.

use std::{
    net::{Shutdown, TcpListener, TcpStream},
    sync::atomic::{AtomicU16, Ordering},
    thread,
    time::Duration,
};

/// An address that leads to another, as far away as that.
pub fn behind(address: &str, away: Duration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let (here, there) = (listener.local_addr().expect("it is bound").to_string(), address.to_owned());
    thread::spawn(move || {
        for near in listener.incoming().flatten() {
            let there = there.clone();
            thread::spawn(move || {
                thread::sleep(away);
                let Ok(far) = TcpStream::connect(there) else { return };
                let (Ok(mut from), Ok(mut to)) = (near.try_clone(), far.try_clone()) else { return };
                thread::spawn(move || std::io::copy(&mut from, &mut to));
                let _ = std::io::copy(&mut &far, &mut &near);
                let _ = near.shutdown(Shutdown::Both);
            });
        }
    });
    here
}

/// Ports that nobody listens on, each given once. They lie below those that the system gives to whoever
/// connects, or one could be taken between here and there.
pub fn free_ports<const COUNT: usize>() -> [u16; COUNT] {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let start = (std::process::id() % 1_000) as u16 * 12;
    [(); COUNT].map(|()| {
        loop {
            let port = 20_000 + (start + NEXT.fetch_add(1, Ordering::Relaxed)) % 12_000;
            if TcpListener::bind(("127.0.0.1", port)).is_ok() {
                return port;
            }
        }
    })
}
