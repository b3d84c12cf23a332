//! The sandbox as the four providers behind TLS, and a folder of one test in which everything stands:
//! certificates, the site, what is started. Recipes are started by the modules that test them.

use crate::{
    answer::Answer,
    given::{certificates, site},
    network::{behind, free_ports},
};
use serde_json::Value as Json;
use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use switchboard::catalogue::provider::Provider;

/// Where the recipes' console is.
pub const CONSOLE: &str = "console.example.com";

/// A program that ends with its test.
pub struct Started(Child);

impl Started {
    pub fn new(command: &mut Command) -> Started {
        let name = command.get_program().to_string_lossy().into_owned();
        let missing = format!("{name} starts: `cargo xtask test --native` installs it");
        Started(command.spawn().unwrap_or_else(|problem| panic!("{missing} ({problem})")))
    }

    /// Waits until it takes connections.
    pub fn listening(mut self, port: u16, log: &Path) -> Started {
        let until = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = self.0.try_wait().expect("it can be asked");
            let said = || fs::read_to_string(log).unwrap_or_default();
            assert!(ended.is_none() && Instant::now() < until, "it listens: {}", said());
            thread::sleep(Duration::from_millis(10));
        }
        self
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        // Asked to end, not killed: a master process that is killed leaves its workers behind.
        if matches!(self.0.try_wait(), Ok(None)) {
            let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        }
        let _ = self.0.wait();
    }
}

/// What the provider's side shows when it is called.
#[derive(Clone, Copy, Default)]
pub enum Shows {
    /// A certificate of its name, by the authority that is trusted.
    #[default]
    Itself,
    /// One of another name, by that authority.
    AnotherName,
    /// One of its name, by nobody.
    NoAuthority,
    /// Nothing: nobody listens there.
    Nobody,
}

pub struct Stack {
    pub folder: PathBuf,
    sandbox: String,
    /// Where the providers are called.
    pub provider_port: u16,
    /// Stands for an oauth2-proxy.
    pub sign_in_port: u16,
    pub https_port: u16,
    pub http_port: u16,
    running: Vec<Started>,
}

impl Stack {
    /// Everything but the recipe.
    pub fn new(name: &str, shows: Shows) -> Stack {
        Stack::as_far_away(name, shows, Duration::ZERO)
    }

    /// The same, with providers whose answers take so much longer.
    pub fn as_far_away(name: &str, shows: Shows, away: Duration) -> Stack {
        let folder = std::env::temp_dir().join(format!("switchboard-deploy-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("log")).expect("a folder of the test");
        certificates(&folder);
        site(&folder.join("site"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_serve"));
        command.args(["--addr", "127.0.0.1:0", "--no-dist"]).stdout(Stdio::piped());
        let mut serve = Started::new(&mut command);
        let mut line = String::new();
        BufReader::new(serve.0.stdout.take().expect("it is piped")).read_line(&mut line).expect("a line");
        let sandbox = line.trim().strip_prefix("Switchboard is ready at http://").expect("it").to_owned();
        let [itself, other, nobody, unused, sign_in_port, https_port, http_port] = free_ports();
        let provider_port = match shows {
            Shows::Itself => itself,
            Shows::AnotherName => other,
            Shows::NoAuthority => nobody,
            Shows::Nobody => unused,
        };
        let running = vec![serve];
        let mut stack =
            Stack { folder, sandbox, provider_port, sign_in_port, https_port, http_port, running };
        let sandbox = if away.is_zero() { stack.sandbox.clone() } else { behind(&stack.sandbox, away) };
        let providers = providers(&stack, &sandbox, [itself, other, nobody]);
        stack.start_nginx("providers", &providers, itself);
        stack
    }

    /// Starts an nginx of its own with that main configuration.
    pub fn start_nginx(&mut self, name: &str, main: &str, port: u16) {
        let folder = self.folder.join(name);
        fs::create_dir_all(&folder).expect("a folder");
        let (file, log) = (folder.join("nginx.conf"), self.folder.join("log").join(name));
        fs::write(&file, main).expect("it can be written");
        let mut command = Command::new("nginx");
        command.arg("-c").arg(&file).args(["-g", "daemon off;", "-e"]).arg(&log);
        command.stderr(Stdio::null());
        self.keep(&mut command, port, &log);
    }

    /// Starts a program that listens there, and ends it with this.
    pub fn keep(&mut self, command: &mut Command, port: u16, log: &Path) {
        self.running.push(Started::new(command).listening(port, log));
    }

    /// A request to the console's host, as curl sends it.
    pub fn ask(&self, options: &[&str], path: &str) -> Answer {
        let port = self.https_port;
        let mut command = Command::new("curl");
        command
            .args(["--silent", "--show-error", "--include", "--path-as-is", "--http1.1", "--max-time", "40"])
            .args(["--noproxy", "*", "--resolve", &format!("{CONSOLE}:{port}:127.0.0.1"), "--cacert"])
            .arg(self.folder.join("authority.pem"))
            .args(options)
            .arg(format!("https://{CONSOLE}:{port}{path}"));
        Answer::of(&mut command)
    }

    /// Calls that arrived at the sandbox, oldest first.
    pub fn log(&self) -> Vec<Json> {
        let text = self.at_sandbox(&[], "/sandbox/_log?after=0");
        serde_json::from_str(&text.body()).expect("a log in JSON")
    }

    /// When the calls to the providers were answered, in Unix seconds, oldest first.
    pub fn times(&self) -> Vec<f64> {
        let text = fs::read_to_string(self.folder.join("providers/times")).expect("a log of their front end");
        text.lines().map(|line| line.parse().expect("seconds")).collect()
    }

    /// What the sandbox answers is the state it is in.
    pub fn control(&self, orders: &Json) -> Json {
        let answer = self.at_sandbox(&["--data", &orders.to_string()], "/sandbox/_control");
        assert_eq!(answer.status(), 200, "{}", answer.body());
        serde_json::from_str(&answer.body()).expect("JSON")
    }

    fn at_sandbox(&self, options: &[&str], path: &str) -> Answer {
        let mut command = Command::new("curl");
        command.args(["--silent", "--show-error", "--include", "--noproxy", "*"]).args(options);
        Answer::of(command.arg(format!("http://{}{path}", self.sandbox)))
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        self.running.clear();
        if thread::panicking() {
            eprintln!("What was started has left its logs in {}.", self.folder.display());
        } else {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// The host of a provider's first base address.
pub fn host(provider: Provider) -> &'static str {
    let url = provider.bases()[0].url;
    url.trim_start_matches("https://").split('/').next().expect("a host")
}

/// The providers as another machine would show them, and something that answers as an oauth2-proxy.
fn providers(stack: &Stack, sandbox: &str, [itself, other, nobody]: [u16; 3]) -> String {
    let (folder, sign_in) = (stack.folder.display(), stack.sign_in_port);
    let names: String =
        Provider::ALL.map(|provider| format!("{} {};", host(provider), provider.id())).concat();
    let server = |port: u16, certificate: &str| {
        format!(
            "server {{
                listen 127.0.0.1:{port} ssl;
                ssl_certificate {folder}/{certificate}.pem;
                ssl_certificate_key {folder}/{certificate}.key;
                location / {{
                    proxy_pass http://{sandbox}/sandbox/$provider$request_uri;
                    proxy_set_header Host $http_host;
                    proxy_pass_header Date;
                    proxy_pass_header Server;
                    # What the sandbox drops is dropped here as well.
                    error_page 502 = @drop;
                }}
                location @drop {{ return 444; }}
            }}"
        )
    };
    format!(
        "{}
        http {{
            {}
            log_format times $msec;
            access_log {folder}/providers/times times;
            map $http_host $provider {{ {names} }}
            {} {} {}
            map $http_cookie $known {{ ~_oauth2_proxy=(?<person>[a-z]+) $person; }}
            server {{
                listen 127.0.0.1:{sign_in};
                access_log off;
                location = /oauth2/auth {{
                    add_header X-Auth-Request-User $known always;
                    if ($known = stranger) {{ return 403; }}
                    if ($known = '') {{ return 401; }}
                    return 202;
                }}
                location /oauth2/ {{ return 200 'sign in here, then go to $arg_rd'; }}
            }}
        }}",
        main(stack, "providers"),
        own_folders(stack, "providers"),
        server(itself, "provider"),
        server(other, "other"),
        server(nobody, "nobody"),
    )
}

/// What Debian's own nginx.conf has outside `http`.
pub fn main(stack: &Stack, name: &str) -> String {
    let user = if am_root() { "user www-data;" } else { "" };
    let folder = stack.folder.join(name);
    format!(
        "{user} worker_processes 2; pid {}/pid; include /etc/nginx/modules-enabled/*.conf;
        events {{ worker_connections 768; }}",
        folder.display()
    )
}

/// What it has inside, and folders of the test in place of the system's.
pub fn own_folders(stack: &Stack, name: &str) -> String {
    let folder = stack.folder.join(name);
    let folder = folder.display();
    let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let kinds: String = kinds.iter().map(|kind| format!("{kind}_temp_path {folder}/{kind};")).collect();
    format!(
        "sendfile on; tcp_nopush on; types_hash_max_size 2048; gzip on; include /etc/nginx/mime.types;
        default_type application/octet-stream; access_log {folder}/access.log; {kinds}"
    )
}

pub fn am_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id is everywhere");
    id.stdout.starts_with(b"0")
}
