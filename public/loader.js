// Starts the console. The content policy allows no inline script, so this is a module of its own;
// Trunk writes the hashed names of the start module into the tag that loads it.

// Leptos puts static mark-up on the page through a template's innerHTML. Under trusted types that
// goes through this policy, which refuses whatever could run.
const RUNS = /<script|[\s"'/]on[a-z]+\s*=|javascript:/i;

// The one script that is loaded by its address as a text.
const WORKER = new URL("sw.js", document.baseURI).href;

globalThis.trustedTypes?.createPolicy("default", {
  createScriptURL(address) {
    if (address !== WORKER) {
      throw new TypeError("Switchboard refuses to load a script from elsewhere.");
    }
    return address;
  },

  createHTML(markup) {
    if (RUNS.test(markup)) {
      throw new TypeError("Switchboard refuses mark-up that could run code.");
    }
    return markup;
  },
});

const { dataset } = document.querySelector("script[data-wasm]");

// The tag that preloads the start module knows its digest; asking with the same digest uses that
// very load.
const preloaded = document.querySelector(`link[rel="preload"][href="${dataset.wasm}"]`);

async function run(start) {
  try {
    await start();
  } catch (error) {
    // What goes on by itself, while the page is there, takes nothing away when it fails.
    if (document.body.dataset.handover === "unnoticed") {
      throw error;
    }
    const notice = document.createElement("p");
    notice.setAttribute("role", "alert");
    notice.textContent = `Switchboard could not load this page. Check the network and reload; if that does not help, use a current version of Chrome, Edge, Firefox or Safari. (${error.message})`;
    (document.querySelector("main") ?? document.body).replaceChildren(notice);
    throw error;
  }
}

function added(attributes) {
  const link = Object.assign(document.createElement("link"), attributes);
  return new Promise((loaded, failed) => {
    link.addEventListener("load", loaded);
    link.addEventListener("error", () => {
      link.remove();
      failed(new TypeError(`${link.href} did not come, or is of another build.`));
    });
    document.head.append(link);
  });
}

// Import has no digest of its own, but a module that was preloaded with one is not loaded again.
function checked(href, integrity) {
  const supported = document.createElement("link").relList.supports("modulepreload");
  return integrity && supported ? added({ rel: "modulepreload", href, integrity }) : undefined;
}

// The styles of every place but the start page.
function styled(href, integrity) {
  if (!integrity || document.querySelector(`link[rel="stylesheet"][href="${href}"]`)) {
    return undefined;
  }
  return added({ rel: "stylesheet", href, integrity });
}

// Asks for a module that the first load is without. Its files have fixed names, so the page names their
// digests, and they are asked for by these too: a cache between cannot answer with those of another build.
// A failed load is tried afresh at the next call: a browser remembers a failed import by its address.
const tries = { console: 0, sandbox: 0 };
function ask(name) {
  const retry = tries[name]++ ? `&try=${tries[name]}` : "";
  const [script = "", code = ""] = (dataset[name] ?? "").split(" ");
  const address = (file, digest) => new URL(`${file}?v=${encodeURIComponent(digest.slice(-8))}${retry}`, import.meta.url).href;
  const scriptAddress = address(`${name}.js`, script);
  const fetched = fetch(address(`${name}_bg.wasm`, code), { integrity: code });
  const styles = name === "console" && styled(address("console.css", dataset.styles ?? ""), dataset.styles);
  const ready = Promise.all([fetched, checked(scriptAddress, script), styles]);
  // Whoever starts it is told.
  ready.catch(() => undefined);
  return { scriptAddress, fetched, ready };
}

// Any place but the start page needs the console module. Where it is on the device it is asked for at once;
// over a line it would only keep back the start module, whose frame is to be seen first.
const elsewhere = location.pathname !== new URL(document.baseURI).pathname;
let early = elsewhere && navigator.serviceWorker?.controller ? ask("console") : undefined;

// Resolves once what was drawn is on the screen; a tab that nobody sees draws nothing.
const drawn = () =>
  new Promise((done) => {
    const look = (seen) => seen.getEntriesByName("first-contentful-paint").length && done();
    new PerformanceObserver(look).observe({ type: "paint", buffered: true });
    setTimeout(done, document.hidden ? 0 : 1000);
  });

// Loads and starts such a module.
async function later(name) {
  // The start module's frame is seen before the long work of the other begins.
  if (name === "console") await drawn();
  const asked = (name === "console" && early) || ask(name);
  early = name === "console" ? undefined : early;
  await asked.ready;
  const module = await import(asked.scriptAddress);
  await module.default({ module_or_path: asked.fetched });
  return module;
}

// The console module asks here for the sandbox.
globalThis.switchboard = { later };

// The start module calls for the console module when another place than the start page is opened.
let consoleModule;
addEventListener("switchboard:console", () => {
  consoleModule ??= run(() => later("console")).catch(() => {
    consoleModule = undefined;
  });
});

// Held as long as the page lives: its build is not removed meanwhile. Where there are no locks, nothing is kept.
if (dataset.build) {
  const lives = new Promise(() => {});
  navigator.locks?.request(`switchboard build ${dataset.build}`, { mode: "shared" }, () => lives).catch(() => {});
}

await run(async () => {
  const start = await import(dataset.js);
  await start.default({ module_or_path: fetch(dataset.wasm, { integrity: preloaded?.integrity }) });
});

// Keeps this build on the device, so that the console opens without a network, and asks before a newer one
// takes its place. What became of it stands in two attributes of the page, for its modules come and go:
// `data-offline` is "ready" or "failed", and `data-update` is there when a newer build is.
async function keepOnDevice(first) {
  const tell = (attribute, value = "") => {
    document.documentElement.setAttribute(attribute, value);
    dispatchEvent(new Event("switchboard:release"));
  };
  try {
    const { serviceWorker } = navigator;
    const registration = await serviceWorker.register(WORKER, { updateViaCache: "none" });
    // Another tab may have taken a newer build before this page came to look.
    if (first && first !== serviceWorker.controller) tell("data-update");
    let controlled = Boolean(serviceWorker.controller);
    let taking = false;
    const watch = (worker) => {
      const changed = () => {
        if (worker.state === "installed" && serviceWorker.controller) tell("data-update");
        // One that is only about to be active does not keep yet what the host declares.
        if (registration.active?.state === "activated") tell("data-offline", "ready");
        else if (worker.state === "redundant" && !registration.active) tell("data-offline", "failed");
      };
      worker?.addEventListener("statechange", changed);
      if (worker) changed();
    };
    const workers = [registration.installing, registration.waiting, registration.active];
    // One that had no room may be gone already.
    if (!workers.some(Boolean)) tell("data-offline", "failed");
    workers.forEach(watch);
    registration.addEventListener("updatefound", () => watch(registration.installing));
    serviceWorker.addEventListener("controllerchange", () => {
      if (taking) location.reload();
      // The first to come is of this build; another was taken in another tab.
      else if (controlled) tell("data-update");
      controlled = true;
    });
    addEventListener("switchboard:take", () => {
      taking = true;
      registration.waiting?.postMessage("take");
      // Without one that waits, or where the older one is still busy with an answer, it comes with the page.
      setTimeout(() => location.reload(), registration.waiting ? 4000 : 0);
    });
    // A page may stay open for weeks. A host that cannot be reached is asked again the next time.
    let asked = 0;
    const ask = () => {
      if (document.hidden || Date.now() - asked < 3_600_000) return;
      asked = Date.now();
      registration.active?.postMessage("opened");
      registration.update().catch(() => undefined);
    };
    document.addEventListener("visibilitychange", ask);
    ask();
  } catch {
    // An insecure address, a private window, a device without room: the page works without.
    tell("data-offline", "failed");
  }
}

// When there is nothing else to do, and some seconds later all the same; a build of `cargo xtask dev` has no
// id and is not kept.
if (dataset.build) {
  const keep = keepOnDevice.bind(null, navigator.serviceWorker?.controller);
  if (globalThis.requestIdleCallback) requestIdleCallback(keep, { timeout: 3000 });
  else setTimeout(keep);
}
