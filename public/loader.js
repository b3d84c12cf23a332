// Starts the console. The content policy allows no inline script, so this is a module of its own;
// Trunk writes the hashed names of the start module into the tag that loads it.

// Leptos puts static mark-up on the page through a template's innerHTML. Under trusted types that
// goes through this policy, which refuses whatever could run.
const RUNS = /<script|[\s"'/]on[a-z]+\s*=|javascript:/i;

globalThis.trustedTypes?.createPolicy("default", {
  createHTML(markup) {
    if (RUNS.test(markup)) {
      throw new TypeError("Switchboard refuses mark-up that could run code.");
    }
    return markup;
  },
});

const { js, wasm, version = "" } = document.querySelector("script[data-wasm]").dataset;

// The tag that preloads the start module knows its digest; asking with the same digest uses that
// very load.
const preload = document.querySelector(`link[rel="preload"][href="${wasm}"]`);
const integrity = preload?.integrity || undefined;

async function run(start) {
  try {
    await start();
  } catch (error) {
    const notice = document.createElement("p");
    notice.setAttribute("role", "alert");
    notice.textContent = `Switchboard could not load this page. Check the network and reload; if that does not help, use a current version of Chrome, Edge, Firefox or Safari. (${error.message})`;
    (document.querySelector("main") ?? document.body).replaceChildren(notice);
    throw error;
  }
}

// The start module calls for the console module when another place than the start page is opened. A
// failed load is tried afresh at the next call: a browser remembers a failed import by its address.
let tries = 0;
let consoleModule;
addEventListener("switchboard:console", () => {
  consoleModule ??= run(async () => {
    const retry = tries++ ? `&try=${tries}` : "";
    const module = await import(`./console.js?v=${version}${retry}`);
    await module.default({ module_or_path: new URL(`console_bg.wasm?v=${version}`, import.meta.url) });
  }).catch(() => {
    consoleModule = undefined;
  });
});

await run(async () => (await import(js)).default({ module_or_path: fetch(wasm, { integrity }) }));
