// The console without a network, and what the browser keeps of it for that: the files of one build, and
// nothing that a provider said. A newer build is taken when the person says so.
import { readdirSync } from "node:fs";
import { bar, build, cacheNames, caches, kept, notKept, publish, renew } from "./support/builds.ts";
import { own, place } from "./support/connections.ts";
import { dist, fromXtask } from "./support/environment.ts";
import { expect, FAILED_CALL, test } from "./support/fixtures.ts";
import { Request } from "./support/form.ts";
import type { Page } from "@playwright/test";

test.use({ serviceWorkers: "allow" });

const version = (page: Page) => page.getByRole("region", { name: "About", exact: true });
// The site that was built with `--base`.
const BELOW = () => ({ folder: fromXtask("SWITCHBOARD_BELOW"), base: fromXtask("SWITCHBOARD_BASE") });
const missing = (_: unknown, response: any) => void response.writeHead(404).end("Not here.");

test("exactly the files of the build are kept", async ({ page, host }) => {
  const site = await host();
  await page.goto(site.url);
  await kept(page);
  const files = readdirSync(dist()).filter((name) => !/\.(br|gz)$/.test(name) && !["sw.js", "switchboard.json"].includes(name));
  const addresses = files.map((name) => (name === "index.html" ? "" : name)).sort();
  const found = Object.entries(await caches(page));
  const own = found.find(([name]) => !name.endsWith("host"))!;
  expect(own[1].map((url) => new URL(url).pathname.slice(1)).sort()).toEqual(addresses);
  expect(own[0]).toContain(` ${await build(page)} `);
  expect(found.find(([name]) => name.endsWith("host"))?.[1]).toEqual([`${site.url}switchboard.json`]);
  expect(found).toHaveLength(2);
});

test("every place opens without a network, also by its address, and says what fails", async ({ page, host, watch }) => {
  watch.allow(FAILED_CALL);
  const connection = { id: "a", provider: "kapso", label: "Declared", base_url: "/relay/kapso", credential: "relay" };
  const site = await host({ instead: { "/switchboard.json": JSON.stringify({ connections: [connection] }) } });
  await page.goto(site.url);
  await kept(page);
  const links = await page.getByRole("navigation", { name: "Places" }).getByRole("link").evaluateAll((all) =>
    all.map((link) => [(link as HTMLAnchorElement).href, link.querySelector("span")!.textContent!]));
  expect(links.length).toBeGreaterThan(8);
  await site.stop();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Home");
  for (const [address, name] of links) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 }), address).toHaveText(name);
  }
  for (const address of ["numbers/new", "inbox/no-such-conversation", "numbers/a.b"]) {
    await page.goto(site.url + address);
    await expect(page.locator("main h1"), address).toBeVisible();
  }
  const form = await Request.open(page, site.url, "kapso.list-customers");
  await form.send();
  await expect(form.outcome).toBeVisible();
  await expect(page.locator(".form-panel .world")).toHaveText("Live: this site");
  // What is none of the console's is not answered for it.
  await expect(page.goto(`${site.url}somewhere/else`)).rejects.toThrow(/ERR_CONNECTION_REFUSED/);
});

test("the sandbox in the page works without a network", async ({ page, host, watch }) => {
  watch.allow(FAILED_CALL);
  const site = await host();
  await page.goto(site.url);
  await kept(page);
  await site.stop();
  const form = await Request.open(page, site.url, "kapso.create-customer");
  await form.fill({ Name: "Made offline" });
  await form.send();
  await form.succeeded(201);
});

test("no answer of a provider is kept or given, and no secret", async ({ page, sandbox }) => {
  const key = "a-live-key-of-ours-4711";
  await page.goto(sandbox.url);
  await kept(page);
  const answered: [string, boolean][] = [];
  page.on("response", (response) => answered.push([new URL(response.url()).pathname, response.fromServiceWorker()]));
  await own(page, sandbox.url, "kapso", { key });
  const form = await Request.on(page).go("kapso.list-customers");
  await form.send();
  await form.succeeded(200);
  await place(page, "Inbox");
  await expect(page.locator(".conversation").first()).toBeVisible();
  await page.goto(`${sandbox.url}/sandbox/_log`);
  await expect(page.locator("body")).toContainText("kapso.list-customers");
  const ofProviders = answered.filter(([path]) => path.startsWith("/sandbox/"));
  expect(ofProviders.length).toBeGreaterThan(2);
  expect(ofProviders.filter(([, byWorker]) => byWorker)).toEqual([]);
  expect(answered.some(([path, byWorker]) => path === "/console.js" && byWorker)).toBe(true);
  await page.goto(sandbox.url);
  for (const [name, addresses] of Object.entries(await caches(page))) {
    expect(addresses.filter((address) => address.includes("/sandbox/") || address.includes(key)), name).toEqual([]);
  }
});

test("a newer build waits for the person's word, and another tab goes on with its own", async ({ page, context, siteAllowing, host }) => {
  const [folder, newer] = [siteAllowing(), siteAllowing()];
  renew(newer, "fedcba987654");
  const site = await host({ folder });
  await page.goto(site.url);
  await kept(page);
  const before = await build(page);
  const second = await context.newPage();
  await second.goto(site.url);
  await expect(second.locator("main h1")).toBeVisible();

  publish(newer, folder);
  await page.reload();
  await expect(bar(page)).toContainText("A new version is ready.");
  expect(await build(page)).toBe(before);
  // Nothing changes by itself.
  await page.reload();
  await expect(bar(page)).toBeVisible();
  expect(await build(page)).toBe(before);

  await bar(page).getByRole("button", { name: "Reload now" }).click();
  await expect.poll(() => build(page)).toBe("fedcba987654");
  await expect(page.locator("main h1")).toBeVisible();
  await expect(bar(page)).toHaveCount(0);
  await place(page, "Inbox");

  // The host has the older build no more, and the tab loads the rest of it all the same.
  await expect(bar(second)).toContainText("A new version is ready.");
  const modules: string[] = [];
  second.on("response", async (response) => {
    if (response.url().includes("/console.js")) modules.push(await response.text());
  });
  await place(second, "Settings");
  await expect(version(second)).toContainText(`build ${before}`);
  // Its text comes after the module was run.
  await expect.poll(() => modules).toHaveLength(1);
  expect(modules[0]).not.toContain("Of a newer build.");
  expect((await cacheNames(page)).filter((name) => name.includes(before!))).toHaveLength(1);

  await bar(second).getByRole("button", { name: "Reload now" }).click();
  await expect.poll(() => build(second)).toBe("fedcba987654");
  // Nobody is of the older one any more.
  await page.reload();
  await expect.poll(async () => (await cacheNames(page)).filter((name) => name.includes(before!))).toEqual([]);
  await expect(bar(page)).toHaveCount(0);
});

test("a newer build can be put off, and what is being written is still there after it", async ({ page, siteAllowing, host }) => {
  const [folder, newer] = [siteAllowing(), siteAllowing()];
  renew(newer, "fedcba987654");
  const site = await host({ folder });
  await page.goto(site.url);
  await kept(page);
  publish(newer, folder);
  const form = await Request.open(page, site.url, "kapso.create-customer");
  await expect(bar(page)).toBeVisible();
  await bar(page).getByRole("button", { name: "Later" }).click();
  await expect(bar(page)).toHaveCount(0);
  await form.fill({ Name: "Half a name" });
  await form.kept("yes");
  await page.reload();
  await bar(page).getByRole("button", { name: "Reload now" }).click();
  await expect.poll(() => build(page)).toBe("fedcba987654");
  await expect(form.field("Name")).toHaveValue("Half a name");
});

test("below a path of its host it works, and keeps and answers for that path alone", async ({ page, host, watch }) => {
  watch.allow(FAILED_CALL);
  const site = await host(BELOW());
  await page.goto(site.url);
  await kept(page);
  const all = Object.values(await caches(page)).flat();
  expect(all.length).toBeGreaterThan(20);
  expect(all.filter((address) => !address.startsWith(site.url))).toEqual([]);
  const places = page.getByRole("navigation", { name: "Places" }).getByRole("link");
  for (const path of await places.evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))) {
    expect(path.startsWith(site.url), path).toBe(true);
  }
  // By a click, by an address within it, and by the keys.
  await place(page, "Inbox");
  await page.locator(".conversation").first().click();
  await expect(page.getByRole("log", { name: "Messages" }).getByRole("article").last()).toBeVisible();
  expect(page.url()).toMatch(new RegExp(`^${site.url}inbox/.`));
  await page.reload();
  await expect(page.getByRole("log", { name: "Messages" }).getByRole("article").last()).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("kapso list templates");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${site.url}requests/kapso.list-templates`);
  await site.stop();
  await page.goto(`${site.url}requests/kapso.send-message`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Send a message");
  await place(page, "Activity");
  await expect(page).toHaveURL(`${site.url}activity`);
  await expect(page.goto(new URL("/inbox", site.url).href)).rejects.toThrow(/ERR_CONNECTION_REFUSED/);
});

test("a sign-in that the host wants comes before the page that is kept", async ({ page, host }) => {
  let signedIn = true;
  const site = await host({
    instead: {
      "/inbox": (_, response) => {
        if (signedIn) response.writeHead(404).end();
        else response.writeHead(302, { location: "/oauth2/start" }).end();
      },
      "/oauth2/start": (_, response) => void response.writeHead(200, { "content-type": "text/html" }).end("<h1>Sign in</h1>"),
    },
  });
  await page.goto(site.url);
  await kept(page);
  await page.goto(`${site.url}inbox`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Inbox");
  signedIn = false;
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
});

test("a host that is silent is not waited for long", async ({ page, host }) => {
  let silent = false;
  const site = await host({
    instead: { "/inbox": (_, response) => void (silent || response.writeHead(404).end()) },
  });
  await page.goto(site.url);
  await kept(page);
  silent = true;
  await page.goto(`${site.url}inbox`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Inbox");
});

test("a host that takes the service worker away is heard", async ({ page, host, watch }) => {
  watch.allow(FAILED_CALL, /^A bad HTTP response code \(404\)/);
  const instead: Record<string, any> = {};
  const site = await host({ instead });
  await page.goto(site.url);
  await kept(page);
  instead["/sw.js"] = missing;
  await page.reload();
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  await expect.poll(() => cacheNames(page)).toEqual([]);
  // From here on it is a site like any other.
  await page.reload();
  await notKept(page);
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
});

for (const [how, spoil] of [
  ["is missing", missing],
  ["is of another build", (_: unknown, response: any) => void response.writeHead(200, { "content-type": "image/svg+xml" }).end("<svg/>")],
] as const) {
  test(`where one file ${how}, nothing is kept, and the page works`, async ({ page, host, watch }) => {
    watch.allow(FAILED_CALL, /integrity/);
    const site = await host({ instead: { "/icon-512.png": spoil } });
    await page.goto(site.url);
    await notKept(page);
    expect(await cacheNames(page)).toEqual([]);
    await place(page, "Settings");
    await expect(version(page)).toContainText("This browser keeps no copy of the console here");
    const form = await Request.on(page).go("kapso.list-customers");
    await form.send();
    await form.succeeded(200);
  });
}

test("a newer build that does not come whole leaves the older one as it is", async ({ page, siteAllowing, host, watch }) => {
  watch.allow(FAILED_CALL);
  const [folder, newer] = [siteAllowing(), siteAllowing()];
  renew(newer, "fedcba987654");
  const instead: Record<string, any> = {};
  const site = await host({ folder, instead });
  await page.goto(site.url);
  await kept(page);
  const before = await caches(page);
  let asked = 0;
  instead["/icon-512.png"] = (...given: [unknown, any]) => (asked++, missing(...given));
  publish(newer, folder);
  await page.reload();
  await expect.poll(() => asked).toBe(1);
  await expect.poll(() => cacheNames(page)).toEqual(Object.keys(before));
  expect(await caches(page)).toEqual(before);
  await expect(bar(page)).toHaveCount(0);
  await site.stop();
  await page.goto(`${site.url}inbox`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Inbox");
});

test("a device without room keeps nothing, and the page works", async ({ page, context, host, watch }) => {
  watch.allow(FAILED_CALL);
  const site = await host();
  const device = await context.newCDPSession(page);
  await device.send("Storage.overrideQuotaForOrigin", { origin: new URL(site.url).origin, quotaSize: 100_000 });
  await page.goto(site.url);
  await notKept(page);
  await place(page, "Settings");
  await expect(version(page)).toContainText("This browser keeps no copy of the console here");
});

test("a browser that lets no service worker be, as in some private windows, is not complained of", async ({ page, host }) => {
  await page.addInitScript(() => {
    ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException("Not here.", "SecurityError"));
  });
  const site = await host();
  await page.goto(site.url);
  await notKept(page);
  await expect(page.locator(".notice")).toHaveCount(0);
  await place(page, "Settings");
  await expect(version(page)).toContainText("This browser keeps no copy of the console here");
});

test("no other script than the service worker passes as an address", async ({ page, host, watch }) => {
  watch.allow(/trusted|Trusted/);
  const site = await host();
  await page.goto(site.url);
  await kept(page);
  const refused = await page.evaluate(async () => {
    const names: string[] = [];
    for (const address of ["loader.js", "sw.js?x", "https://example.com/sw.js", "data:text/javascript,1"]) {
      try {
        new Worker(address);
        names.push("passed");
      } catch (error) {
        names.push((error as Error).name);
      }
    }
    return names;
  });
  expect(refused).toEqual(["TypeError", "TypeError", "TypeError", "TypeError"]);
});

test("the manifest and its icons are what an installation needs", async ({ page, host }) => {
  const site = await host();
  await page.goto(`${site.url}`);
  const address = await page.locator("link[rel=manifest]").evaluate((link: HTMLLinkElement) => link.href);
  const manifest = await (await fetch(address)).json();
  const device = await page.context().newCDPSession(page);
  const { errors } = await device.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  for (const { src, sizes, type } of manifest.icons) {
    const answer = await fetch(new URL(src, address));
    expect(answer.headers.get("content-type"), src).toBe(type);
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (type === "image/png") expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, src).toBe(sizes);
  }
  for (const { url } of manifest.shortcuts) {
    await page.goto(new URL(url, address).href);
    await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Not found");
  }
  // Relative, so that it is right below any path.
  expect([manifest.start_url, manifest.scope]).toEqual(["./", "./"]);
});
