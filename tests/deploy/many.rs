//! Many people on one key: how many open inboxes stay under Kapso's 100 requests a minute, measured at the
//! sandbox's log behind the real recipe. When an inbox asks is said by the console's own functions.

use crate::{
    nginx::{install_all, run},
    promises::LIST,
    recipe::{Form, change, write},
    stack::{Shows, Stack},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;
use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};
use switchboard::domain::freshness::{DOCUMENTED, Due, LIST as LIST_PACE, Pace, Situation, due, thread_pace};

/// What `deploy/README.md` says stays under the limit: past the relay's cache, each inbox on a thread of
/// its own, and all on the same one.
pub const WITHOUT_CACHE: usize = 16;
pub const OWN_THREADS: usize = 34;
pub const SAME_THREAD: usize = 200;

/// How long a provider takes to answer: reads that come meanwhile must not leave as well.
const AWAY: Duration = Duration::from_millis(300);

#[derive(Clone, Copy)]
struct Inboxes {
    count: usize,
    /// Whether all look at one conversation.
    same_thread: bool,
    /// Whether their reads say that an answer of two seconds will do.
    shared: bool,
    seed: u64,
}

/// One thing that an inbox asks for again and again.
struct Asked {
    path: String,
    pace: Pace,
    last: Option<Instant>,
    first: Instant,
}

impl Asked {
    /// Milliseconds until it is due; before the first time the inbox is not open yet.
    fn wait(&self) -> f64 {
        let Some(last) = self.last else {
            return self.first.saturating_duration_since(Instant::now()).as_secs_f64() * 1000.0;
        };
        let age = Some(last.elapsed().as_secs_f64() * 1000.0);
        match due(self.pace, &Situation { age, ..Situation::default() }) {
            Due::In(wait) => wait,
            Due::Paused(pause) => panic!("nothing pauses it: {pause:?}"),
        }
    }
}

/// What came of a run.
#[derive(Debug)]
struct Counted {
    /// Calls that came to nothing, as where this machine stood still for longer than the relay waits.
    failed: usize,
    /// Calls that left the inboxes in a minute.
    left: usize,
    /// The most calls that arrived at the provider in any minute.
    arrived: usize,
}

fn open(inboxes: Inboxes, name: &str) -> (Stack, Vec<String>) {
    let mut stack = Stack::as_far_away(name, Shows::Itself, AWAY);
    install_all(&stack, Form::Basic);
    let site = stack.folder.join("nginx/sites-enabled/switchboard");
    // Without TLS, so that so many inboxes do not keep this machine busy with what is not measured.
    change(
        &site,
        &format!("listen 127.0.0.1:{} ssl;", stack.https_port),
        &format!("listen 127.0.0.1:{};", stack.https_port),
    );
    let people: String = (0..inboxes.count).map(|person| format!("p{person}:{{PLAIN}}x\n")).collect();
    write(&stack.folder.join("console/people"), &people);
    run(&mut stack);
    let conversations = if inboxes.same_thread { 1 } else { inboxes.count };
    let ids = (0..conversations).map(|_| {
        let made = stack.control(&json!({"conversation": {"messages": 1}}));
        made["conversation_id"].as_str().expect("an id").to_owned()
    });
    let ids = ids.collect();
    (stack, ids)
}

/// One request as the console sends it, and whether it was answered. The relay closes the connection.
fn ask(port: u16, person: usize, path: &str, shared: bool) -> bool {
    let who = STANDARD.encode(format!("p{person}:x"));
    let how = if shared { "max-age=2" } else { "no-cache" };
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the relay listens");
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nhost: console.example.com\r\nauthorization: Basic {who}\r\nsec-fetch-site: same-origin\r\naccept: */*\r\ncache-control: {how}\r\n\r\n"
    )
    .expect("it reads");
    let mut answer = vec![];
    stream.read_to_end(&mut answer).expect("a whole answer");
    answer.starts_with(b"HTTP/1.1 200 ")
}

/// Numbers from 0 to 1 that are the same in every run of a seed.
fn chance(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 11) as f64 / (1_u64 << 53) as f64
}

/// Runs them for so long after all are open, and counts.
fn count(inboxes: Inboxes, name: &str, minutes: f64) -> Counted {
    let (stack, ids) = open(inboxes, name);
    let (port, stop) = (stack.https_port, AtomicBool::new(false));
    let (left, failed) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let mut dice = inboxes.seed;
    let started = Instant::now();
    let opening = Duration::from_millis(LIST_PACE.usual as u64);
    thread::scope(|scope| {
        for person in 0..inboxes.count {
            let id = &ids[if inboxes.same_thread { 0 } else { person }];
            let mut first = || started + opening.mul_f64(chance(&mut dice));
            let mut things = [
                Asked {
                    path: format!("{LIST}?page=1&per_page=100"),
                    pace: LIST_PACE,
                    last: None,
                    first: first(),
                },
                Asked {
                    path: format!("{LIST}/{id}/whatsapp_messages?page=1&per_page=100"),
                    pace: thread_pace(1),
                    last: None,
                    first: first(),
                },
            ];
            let (stop, left, failed) = (&stop, &left, &failed);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let next = things.iter_mut().min_by(|a, b| a.wait().total_cmp(&b.wait())).expect("two");
                    let wait = next.wait();
                    if wait > 0.0 {
                        // In short steps, to hear of the end.
                        thread::sleep(Duration::from_secs_f64(wait.min(200.0) / 1000.0));
                        continue;
                    }
                    if !ask(port, person, &next.path, inboxes.shared) {
                        failed.fetch_add(1, Ordering::Relaxed);
                    }
                    next.last = Some(Instant::now());
                    left.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        // From the first moment: that somebody opens an inbox counts as well.
        thread::sleep(opening);
        let before = left.load(Ordering::Relaxed);
        thread::sleep(Duration::from_secs_f64(minutes * 60.0));
        let left = (left.load(Ordering::Relaxed) - before) as f64 / minutes;
        stop.store(true, Ordering::Relaxed);
        let failed = failed.load(Ordering::Relaxed);
        Counted { failed, left: left as usize, arrived: most_in_a_minute(&stack.times()) }
    })
}

/// The most of these times that lie within any minute.
fn most_in_a_minute(times: &[f64]) -> usize {
    let within = |from: &f64| times.iter().filter(|at| (*from..from + 60.0).contains(*at)).count();
    times.iter().map(within).max().unwrap_or_default()
}

/// A minute of each, side by side, from the moment the first opens. With some fewer than the guide states: a
/// machine that stands still for a moment has many of them ask together afterwards.
#[test]
fn the_stated_numbers_of_inboxes_stay_under_the_limit() {
    let modes = [
        ("many-uncached", Inboxes { count: WITHOUT_CACHE - 1, same_thread: false, shared: false, seed: 1 }),
        ("many-own", Inboxes { count: OWN_THREADS - 2, same_thread: false, shared: true, seed: 2 }),
        ("many-same", Inboxes { count: SAME_THREAD, same_thread: true, shared: true, seed: 3 }),
    ];
    thread::scope(|scope| {
        let runs = modes.map(|(name, inboxes)| (inboxes, scope.spawn(move || count(inboxes, name, 0.75))));
        for (inboxes, run) in runs {
            let counted = run.join().expect("it counted");
            let told = format!("{} inboxes: {counted:?}", inboxes.count);
            println!("{told}");
            assert!(counted.arrived < DOCUMENTED as usize, "{told}");
            assert!(counted.failed * 100 < counted.left, "{told}");
            // They did ask at their pace: four times a minute for the list, twice for the thread.
            assert!(counted.left > inboxes.count * 4, "{told}");
        }
    });
}

/// The table behind the numbers in the guide, in four minutes.
#[test]
#[ignore = "for the numbers of the guide; takes four and a half minutes"]
fn how_many_inboxes_stay_under_the_limit() {
    let mode = |count, same_thread, shared| [1, 2].map(|seed| Inboxes { count, same_thread, shared, seed });
    let runs = [16, 17].map(|count| mode(count, false, false)).concat();
    let runs = [runs, [34, 36].map(|count| mode(count, false, true)).concat()].concat();
    let runs = [runs, [50, 100, 200].map(|count| mode(count, true, true)).concat()].concat();
    thread::scope(|scope| {
        let runs: Vec<_> = runs
            .into_iter()
            .enumerate()
            .map(|(at, inboxes)| (inboxes, scope.spawn(move || count(inboxes, &format!("table-{at}"), 4.0))))
            .collect();
        println!(
            "| Inboxes | Thread | Relay's cache | Left the inboxes in a minute | Arrived, most in any minute | Failed in all |"
        );
        for (Inboxes { count, same_thread, shared, .. }, run) in runs {
            let Counted { left, arrived, failed } = run.join().expect("it counted");
            let thread = if same_thread { "the same" } else { "each its own" };
            println!(
                "| {count} | {thread} | {} | {left} | {arrived} | {failed} |",
                if shared { "used" } else { "gone past" }
            );
        }
    });
}
