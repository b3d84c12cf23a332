// The built site as nothing but a folder behind a plain file server: the sandbox in the page answers,
// and whatever the browser withholds is told, not suffered.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "./support/fixtures.ts";
import { card, own, place } from "./support/connections.ts";
import { Request } from "./support/form.ts";
import type { Page } from "@playwright/test";

const notice = (page: Page) => page.locator(".notice");

async function create(page: Page, url: string, name: string): Promise<void> {
  const form = await Request.open(page, url, "kapso.create-customer");
  await form.fill({ Name: name });
  await form.send();
  await form.succeeded(201);
}

async function list(page: Page, url: string): Promise<string> {
  const form = await Request.open(page, url, "kapso.list-customers");
  await form.send();
  await form.succeeded(200);
  return page.locator("[data-answer-body]").innerText();
}

test("the sandbox in the page answers, and asks nobody", async ({ page, host }) => {
  const site = await host();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.method()} ${new URL(request.url()).origin}`));
  await create(page, site.url, "Acme");
  await expect(page.locator(".form-panel .world")).toHaveText("Sandbox, nothing leaves this page");
  expect(new Set(asked)).toEqual(new Set([`GET ${new URL(site.url).origin}`]));
});

test("the sandbox's world survives a reload and is shared with a second tab", async ({ page, context, host }) => {
  const site = await host();
  await create(page, site.url, "Made in one tab");
  expect(await list(page, site.url)).toContain("Made in one tab");
  const second = await context.newPage();
  expect(await list(second, site.url)).toContain("Made in one tab");
  await create(second, site.url, "Made in the other");
  const listed = await list(page, site.url);
  expect(listed).toContain("Made in one tab");
  expect(listed).toContain("Made in the other");
});

test("two tabs that write at once lose nothing", async ({ page, context, host }) => {
  const site = await host();
  const second = await context.newPage();
  const forms = await Promise.all(
    [page, second].map(async (tab, at) => {
      const form = await Request.open(tab, site.url, "kapso.create-customer");
      await form.fill({ Name: `Tab ${at}` });
      return form;
    }),
  );
  await Promise.all(forms.map((form) => form.send()));
  await Promise.all(forms.map((form) => form.succeeded(201)));
  const listed = await list(page, site.url);
  expect(listed).toContain("Tab 0");
  expect(listed).toContain("Tab 1");
});

test("the sandbox can be started afresh, and the data on this device erased", async ({ page, host }) => {
  const site = await host();
  await create(page, site.url, "Acme");
  await place(page, "Settings");
  await page.getByRole("button", { name: "Reset the sandbox" }).click();
  await expect(page.getByText("The sandbox was reset.")).toBeVisible();
  expect(await list(page, site.url)).not.toContain("Acme");

  await create(page, site.url, "Again");
  await place(page, "Settings");
  await page.getByRole("button", { name: "Erase the data on this device" }).click();
  await page.getByRole("button", { name: "Erase them" }).click();
  await expect(page.getByRole("button", { name: "Erase the data on this device" })).toBeVisible();
  await place(page, "Activity");
  await expect(page.getByText("Nothing was sent from this device yet.")).toBeVisible();
  expect(await list(page, site.url)).not.toContain("Again");
});

test("the values that bring about errors are listed, and do so", async ({ page, host }) => {
  const site = await host();
  await page.goto(`${site.url}settings`);
  await page.getByText("Values that cause each documented error").click();
  const group = page.getByRole("rowgroup").filter({ has: page.getByRole("rowheader", { name: "Vonage: Get a deployment", exact: true }) });
  const row = group.getByRole("row", { name: /^deployment_id low-balance/ });
  await expect(row).toContainText("402 low-balance");
  const form = await Request.open(page, site.url, "vonage.get-deployment");
  await form.fill({ "Deployment ID": "low-balance" });
  await form.send();
  await expect(form.answer).toContainText("The balance of the Vonage account is too low.");
});

for (const path of ["no/such/place", "requests/vonage.no-such-request"]) {
  test(`/${path} is not found, and leads on`, async ({ page, host }) => {
    const site = await host();
    await page.goto(site.url + path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not found");
    await expect(page).toHaveTitle("Not found · Switchboard");
    await expect(page.getByRole("main").getByRole("link")).toHaveText(["Go to Home", "Go to Requests"]);
    await page.getByRole("link", { name: "Go to Requests" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Requests");
    await page.goBack();
    await page.getByRole("link", { name: "Go to Home" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Home");
  });
}

const BLOCKED: [string, () => void][] = [
  [
    "throws",
    () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("The operation is insecure.", "SecurityError");
      };
    },
  ],
  ["is not there", () => Object.defineProperty(globalThis, "indexedDB", { value: undefined })],
];

for (const [how, block] of BLOCKED) {
  test(`storage that ${how} is told, and a call still works`, async ({ page, host }) => {
    await page.addInitScript(block);
    const site = await host();
    await create(page, site.url, "Acme");
    await expect(notice(page)).toHaveText(/^This browser does not let the page store anything/);
    // The sandbox's world lasts as long as the tab.
    const form = await Request.on(page).go("kapso.list-customers");
    await form.send();
    await form.succeeded(200);
    await expect(page.locator("[data-answer-body]")).toContainText("Acme");
    await expect(page.locator("[data-kept='yes']")).toHaveCount(0);
    await place(page, "Activity");
    await expect(page.getByRole("alert")).toContainText("The history could not be read.");
    await notice(page).getByRole("button", { name: "Dismiss" }).click();
    await expect(notice(page)).toHaveCount(0);
  });
}

test("a draft that could not be kept says so", async ({ page, host }) => {
  await page.addInitScript(BLOCKED[0][1]);
  const site = await host();
  const form = await Request.open(page, site.url, "kapso.create-customer");
  await form.fill({ Name: "Acme" });
  await expect(page.locator("[data-kept='no']")).toHaveText("Draft not kept: storage failed");
});

test("full storage is told, and the sandbox goes on from where it was, each call counting once", async ({ page, host }) => {
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
      if ("full" in globalThis) throw new DOMException("The storage is full.", "QuotaExceededError");
      return put.apply(this, given);
    };
  });
  const site = await host();
  await create(page, site.url, "Made while there was room");
  await page.evaluate(() => Object.assign(globalThis, { full: true }));
  const form = await Request.on(page).go("kapso.create-customer");
  for (const name of ["First without room", "Second without room"]) {
    await form.fill({ Name: name });
    await form.send();
    await expect(page.locator("[data-answer-body]")).toContainText(name);
  }
  await expect(notice(page)).toHaveText(/^The browser's storage is full/);
  const read = await Request.on(page).go("kapso.list-customers");
  await read.send();
  await read.succeeded(200);
  const listed = await page.locator("[data-answer-body]").innerText();
  for (const name of ["Made while there was room", "First without room", "Second without room"]) {
    expect(listed.split(name), name).toHaveLength(2);
  }
});

test("data that another tab removes are let go, and a page that was open goes on storing", async ({ page, context, host }) => {
  const site = await host();
  const form = await Request.open(page, site.url, "kapso.create-customer");
  await form.fill({ Name: "Before" });
  await form.kept("yes");
  const other = await context.newPage();
  await other.goto(`${site.url}switchboard.json`);
  const removed = () => other.evaluate(() => new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase("switchboard");
    request.onsuccess = () => resolve("removed");
    request.onblocked = () => reject(new Error("blocked"));
  }));
  for (const name of ["After", "After that"]) {
    expect(await removed()).toBe("removed");
    await form.fill({ Name: name });
    await form.kept("yes");
  }
  await page.reload();
  await expect(form.field("Name")).toHaveValue("After that");
});

test("blocked settings are told, and a connection lasts as long as the tab", async ({ page, sandbox }) => {
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, "localStorage", {
      get() {
        throw new DOMException("The operation is insecure.", "SecurityError");
      },
    });
  });
  await own(page, sandbox.url, "kapso", { key: "a-key-0815" });
  await expect(notice(page)).toHaveText(/^This browser does not let the page store anything: connections/);
  const form = await Request.on(page).go("kapso.list-customers");
  await form.send();
  await form.succeeded(200);
  await place(page, "Settings");
  await page.getByLabel("Dark").check();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("at an insecure address the page says so, works with the sandbox, and uses no live key", async ({ page, host }) => {
  // What Chromium leaves out at an http address of a company network.
  await page.addInitScript(() => {
    const without = (owner: object, name: string, value?: unknown) =>
      Object.defineProperty(owner, name, { value, configurable: true });
    without(globalThis, "isSecureContext", false);
    without(globalThis, "caches");
    without(Navigator.prototype, "clipboard");
    without(Navigator.prototype, "locks");
    without(Navigator.prototype, "serviceWorker");
    without(Crypto.prototype, "subtle");
    without(Crypto.prototype, "randomUUID");
  });
  const connection = { id: "a", provider: "kapso", label: "Live", base_url: "/kapso", credential: "ask" };
  const answered: string[] = [];
  const site = await host({
    instead: {
      "/switchboard.json": JSON.stringify({ connections: [connection] }),
      "/kapso/customers": (request, response) => {
        answered.push(request.method!);
        response.end("{}");
      },
    },
  });
  await page.goto(`${site.url}connections`);
  await expect(notice(page)).toContainText("This page was not opened over https");
  // No key is asked for that could not be used.
  await expect(card(page, "kapso", "Live")).toContainText("so a live key is not used here");
  await expect(card(page, "kapso", "Live").locator("input")).toHaveCount(0);
  const form = await Request.on(page).go("kapso.list-customers");
  await form.send();
  await expect(form.outcome).toHaveText("Page not secure");
  await expect(form.answer).toContainText("Open the site over https, or use the sandbox.");
  expect(answered).toEqual([]);

  await page.getByRole("region", { name: "Active connections" }).getByLabel("Kapso").selectOption({ label: "Sandbox" });
  await form.send();
  await form.succeeded(200);
  await page.getByRole("button", { name: "Copy the answer" }).click();
  await expect(page.getByText("Not copied: select the text instead")).toBeVisible();
});

test("a page that has failed says what is kept, and offers to reload", async ({ page, host, watch }) => {
  watch.allow(/panicked|unreachable|recursive use|broken on purpose|RuntimeError/);
  const site = await host();
  const form = await Request.open(page, site.url, "kapso.create-customer");
  await form.fill({ Name: "Typed before" });
  await form.kept("yes");
  // Some extensions do no better.
  await page.evaluate(() => {
    const create = Document.prototype.createElement;
    let left = 1;
    Document.prototype.createElement = function (this: Document, ...given: [string]) {
      if (left-- > 0) throw new DOMException("broken on purpose");
      return create.apply(this, given);
    } as typeof create;
  });
  await page.getByRole("link", { name: "Activity" }).click();
  const panel = page.getByRole("alert");
  await expect(panel.getByRole("heading", { level: 1 })).toHaveText("Switchboard has stopped");
  await expect(panel).toContainText("What this browser could store is kept: your drafts, the history of calls and your connections.");
  await panel.getByRole("button", { name: "Reload the page" }).click();
  await expect(panel).toHaveCount(0);
  await expect(form.field("Name")).toHaveValue("Typed before");
});

test("below a path of its host, links, modules and icons are found there", async ({ page, host, siteAllowing }) => {
  // The same build with the addresses that `--base /sub/` writes into the page.
  const folder = siteAllowing();
  const index = join(folder, "index.html");
  writeFileSync(index, readFileSync(index, "utf8").replace(/(href|src|data-js|data-wasm)="\//g, '$1="/sub/'));
  const site = await host({ folder, base: "/sub/" });
  const missing: string[] = [];
  page.on("response", (response) => response.status() === 404 && missing.push(response.url()));
  await page.goto(site.url);
  await place(page, "Requests");
  await page.getByRole("link", { name: "Create a customer" }).click();
  await expect(page).toHaveURL(`${site.url}requests/kapso.create-customer`);
  const form = Request.on(page);
  await form.fill({ Name: "Ana" });
  await form.send();
  await form.succeeded(201);
  await place(page, "Activity");
  await expect(page).toHaveURL(`${site.url}activity`);
  await page.locator(".record summary").first().click();
  await page.getByRole("button", { name: "Open as a form" }).click();
  await expect(page).toHaveURL(`${site.url}requests/kapso.create-customer`);
  await page.goto(`${site.url}settings`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");
  expect(missing).toEqual([]);
});
