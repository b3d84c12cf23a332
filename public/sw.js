// The service worker: keeps the files of one build on the device, so that the console opens without a
// network. It holds nothing else: no answer of a provider, nothing of another origin, and of the host the
// one file that declares connections, which has no secret in it. What it answers with is of one build, or it
// does not answer.

// `cargo xtask build` writes the build here: its id, and the address of each file with its digest, the page
// first. Without it nothing is kept.
const BUILD = null;

// The first part of every address that is a place of the console; any other may be somebody else's.
const PLACES = ["", "numbers", "inbox", "channels", "send", "requests", "activity", "connections", "settings"];
// A file beside the page. What is asked of a relay or of the sandbox lies below a folder.
const FILE = /^[^/]+\.(?:css|js|png|svg|wasm|webmanifest)$/;
// How long a page waits for the network to say that it wants a sign-in, in milliseconds.
const PATIENCE = 2000;

const SCOPE = new URL("./", location.href);
const PREFIX = `switchboard ${SCOPE.pathname} `;
// Of this build; the same files with another content policy are another page.
const OWN = BUILD && `${PREFIX}${BUILD.id} ${BUILD.files[0][1].slice(-8)}`;
// What the host declares.
const HOST = `${PREFIX}host`;
const DECLARED = new URL("switchboard.json", SCOPE).href;

const match = (cacheName, address) => caches.match(address, { cacheName, ignoreVary: true });

// Set once this worker has let go of everything.
let left = false;

addEventListener("install", (event) => event.waitUntil(BUILD ? install() : undefined));

async function install() {
  // Anew, and so the latest in order: see `tidy`.
  await caches.delete(OWN);
  const cache = await caches.open(OWN);
  const [page, ...others] = BUILD.files;
  try {
    // Where a host writes something of its own into the page, nothing more is fetched.
    await keep(cache, page);
    const stop = new AbortController();
    const kept = others.map((file) => keep(cache, file, stop.signal));
    await Promise.all(kept).catch(() => stop.abort());
    // The cache is not removed under what is still being written into it.
    await Promise.allSettled(kept);
    await Promise.all(kept);
  } catch (error) {
    await caches.delete(OWN);
    throw error;
  }
}

async function keep(cache, [address, integrity], signal) {
  const answer = await fetch(new URL(address, SCOPE), { integrity, signal, cache: "no-cache" });
  if (!answer.ok) throw new TypeError(`${address} answered ${answer.status}.`);
  // A page may not be answered with what came by a redirect.
  const { status, headers } = answer;
  await cache.put(new URL(address, SCOPE), answer.redirected ? new Response(answer.body, { status, headers }) : answer);
}

addEventListener("activate", (event) => event.waitUntil(BUILD ? activate() : leave()));

async function activate() {
  await tidy();
  await clients.claim();
  // Asked for by the page before this worker was there.
  if (!(await match(HOST, DECLARED))) {
    await declared(new Request(DECLARED, { cache: "no-cache" }));
  }
}

// Removes earlier builds that no open page is of: each page holds a lock with the name of its build. Caches
// are told in the order in which they were made, and later ones are of builds that are on their way.
async function tidy() {
  const { held } = await navigator.locks.query();
  const lives = (name) => held.some((lock) => name.startsWith(`${PREFIX}${lock.name.replace(/^switchboard build /, "")} `));
  const names = await caches.keys();
  const earlier = names.slice(0, names.indexOf(OWN)).filter((name) => name.startsWith(PREFIX) && name !== HOST);
  await Promise.all(earlier.filter((name) => !lives(name)).map((name) => caches.delete(name)));
}

addEventListener("message", (event) => {
  // The person's word for this build.
  if (event.data === "take") event.waitUntil(skipWaiting());
  if (event.data === "opened" && BUILD) event.waitUntil(Promise.all([tidy(), leaveIfRemoved()]));
});

// A host that goes back to a site without a service worker would never be seen again otherwise.
async function leaveIfRemoved() {
  const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => undefined);
  if (answer?.status === 404 || answer?.status === 410) await leave();
}

// Lets go of everything; pages that are open go on from the network.
async function leave() {
  left = true;
  await registration.unregister();
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX)).map((name) => caches.delete(name)));
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (!BUILD || left || request.method !== "GET" || !address.href.startsWith(SCOPE.href)) return;
  const path = address.pathname.slice(SCOPE.pathname.length);
  if (request.mode === "navigate") {
    if (PLACES.includes(path.split("/")[0])) event.respondWith(page(request));
  } else if (address.href === DECLARED) {
    event.respondWith(declared(request));
  } else if (FILE.test(path)) {
    event.respondWith(file(request, address));
  }
});

// The page of this build, whatever the network has: a new one is taken on the person's word. The network is
// asked all the same, for it may want a sign-in first, and then its answer is what the person has to see.
async function page(request) {
  const kept = await match(OWN, SCOPE.href);
  if (!kept) return fetch(request);
  const asked = fetch(request).catch(() => undefined);
  const answer = await Promise.race([asked, new Promise((late) => setTimeout(late, PATIENCE))]);
  const wantsSignIn = answer && (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403);
  return wantsSignIn ? answer : kept;
}

// The address of a file has its digest in it, or is an icon's. So a page of an earlier build finds its own.
async function file(request, address) {
  // The loader's mark of a second try.
  address.searchParams.delete("try");
  const kept = (await match(OWN, address.href)) ?? (await caches.match(address.href, { ignoreVary: true }));
  return kept ?? fetch(request);
}

// What the host declares now, or, where it cannot be reached, what it declared last.
async function declared(request) {
  try {
    const answer = await fetch(request);
    if (!left && (answer.status === 200 || answer.status === 404)) {
      // A device without room for it has to do without.
      await (await caches.open(HOST)).put(DECLARED, answer.clone()).catch(() => undefined);
    }
    return answer;
  } catch {
    return (await match(HOST, DECLARED)) ?? Response.error();
  }
}
