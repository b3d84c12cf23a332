// Connections: which addresses are taken, how long a key lives and where it goes, and what a host's
// own file may do wrong.
import { add, card, enter, own, place, section } from "./support/connections.ts";
import { expect, FAILED_CALL, test } from "./support/fixtures.ts";
import { last, Request } from "./support/form.ts";
import { Passing } from "./support/passing.ts";
import { keys, sweep } from "./support/storage.ts";
import { BASES, read } from "./support/world.ts";
import { go, leaving, texts } from "./support/writing.ts";
import type { Page } from "@playwright/test";

const KEY = "a-key-of-ours-918273";

async function open(page: Page, url: string): Promise<void> {
  await page.goto(`${url.replace(/\/$/, "")}/connections`);
  await expect(section(page, "kapso")).toBeVisible();
}

test("a connection is added, used, changed and removed", async ({ page, sandbox }) => {
  await own(page, sandbox.url, "kapso", { key: KEY });
  const form = await Request.on(page).go("kapso.list-customers");
  await form.send();
  await form.succeeded(200);
  expect((await last(sandbox)).headers["x-api-key"]).toBe("8273");

  await place(page, "Connections");
  await page.getByRole("button", { name: "Edit Mine" }).click();
  await section(page, "kapso").getByLabel("Name").fill("Renamed");
  await page.getByRole("button", { name: "Save the connection" }).click();
  await expect(card(page, "kapso", "Renamed")).toContainText("In use");
  // The same address: the key is still there.
  await expect(card(page, "kapso", "Renamed")).toContainText("ends in 8273");

  await page.getByRole("button", { name: "Remove Renamed" }).click();
  // It asks first: the key goes with the connection.
  await page.getByRole("button", { name: "Remove it" }).click();
  await expect(card(page, "kapso", "Renamed")).toHaveCount(0);
  await expect(card(page, "kapso", "Sandbox (HTTP)")).toContainText("In use");
});

test("who removes a connection is told of messages that are lost with it, and none of them leaves", async ({ page, context, sandbox, watch }) => {
  watch.allow(/example\.com/, FAILED_CALL);
  await own(page, sandbox.url, "kapso", { key: KEY });
  await place(page, "Inbox");
  const composer = await go(page, "Ana Souza");
  await context.setOffline(true);
  await composer.write("Never to be sent");
  await composer.write("Nor this one");
  await expect(leaving(page)).toHaveCount(2);
  await expect.poll(async () => (await keys(page, "outbox")).filter((key) => !key.startsWith("\n")).length).toBe(2);
  await place(page, "Connections");
  await page.getByRole("button", { name: "Remove Mine" }).click();
  await expect(card(page, "kapso", "Mine")).toContainText("2 messages that were not sent are lost with it.");
  await page.getByRole("button", { name: "Remove it" }).click();
  await expect(card(page, "kapso", "Mine")).toHaveCount(0);
  await expect.poll(async () => (await keys(page, "outbox")).filter((key) => !key.startsWith("\n"))).toEqual([]);
  await context.setOffline(false);
  await page.goto(`${sandbox.url}/inbox`);
  await go(page, "Ana Souza");
  expect(await texts(sandbox)).toEqual([]);
});

test("a connection, but not its key, is there after a reload", async ({ page, sandbox }) => {
  await own(page, sandbox.url, "kapso", { key: KEY });
  expect(await sweep(page)).toContain("Mine");
  expect(await sweep(page)).not.toContain("918273");
  await page.reload();
  await expect(card(page, "kapso", "Mine")).toContainText("In use");
  await expect(card(page, "kapso", "Mine").locator("input[type=password]")).toHaveValue("");
});

test("a key leaves no trace in storage, history or address after it was used", async ({ page, sandbox }) => {
  await own(page, sandbox.url, "kapso", { key: KEY });
  const form = await Request.on(page).go("kapso.create-customer");
  await form.fill({ Name: "Acme" });
  await form.send();
  await form.succeeded(201);
  await place(page, "Activity");
  await expect(page.locator(".record").filter({ hasText: "Create a customer" })).toBeVisible();
  expect(await sweep(page)).not.toContain("918273");
  expect(await page.content()).not.toContain("918273");
});

test("a key is forgotten on request", async ({ page, sandbox }) => {
  await own(page, sandbox.url, "kapso", { key: KEY });
  await page.getByRole("button", { name: "Forget it" }).click();
  await expect(card(page, "kapso", "Mine").locator("input[type=password]")).toHaveValue("");
});

test("another address asks for the key again", async ({ page, sandbox }) => {
  await own(page, sandbox.url, "kapso", { key: KEY });
  await page.getByRole("button", { name: "Edit Mine" }).click();
  await section(page, "kapso").getByLabel("Base address").fill("https://app.kapso.ai/api/v1");
  await page.getByRole("button", { name: "Save the connection" }).click();
  await expect(card(page, "kapso", "Mine")).toContainText("https://app.kapso.ai/api/v1");
  await expect(card(page, "kapso", "Mine").locator("input[type=password]")).toBeVisible();
});

test("the focus is not taken from a field that was entered before the editor was drawn", async ({ page, sandbox }) => {
  await own(page, sandbox.url, "kapso");
  const focused = await card(page, "kapso", "Mine").evaluate(async (made: Element) => {
    const address = new Promise<HTMLElement>((found) => {
      // Runs as soon as the editor is there, which is before the next frame.
      new MutationObserver((_, self) => {
        const field = made.querySelector<HTMLElement>(".editor [name=base_url]");
        if (field === null) return;
        self.disconnect();
        found(field);
      }).observe(made, { childList: true, subtree: true });
    });
    made.querySelector<HTMLElement>("button[aria-label='Edit Mine']")?.click();
    (await address).focus();
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    await frame();
    await frame();
    return document.activeElement?.getAttribute("name");
  });
  expect(focused).toBe("base_url");
});

test("addresses that would lose a key, or cannot be called, are refused with the reason", async ({ page, sandbox }) => {
  await open(page, sandbox.url);
  const editor = await add(page, "kapso");
  const address = editor.getByLabel("Base address");
  const table = {
    "": /Fill in the base address\./,
    " https://app.kapso.ai/api/v1": /There is a space before or after the address\./,
    "http://app.kapso.ai/api/v1": /Use https, or an address on this computer: a key must not travel unprotected\./,
    "https://example.com/api": /content policy does not allow calls to this host.*--connect/,
    "https://user:word@app.kapso.ai/api/v1": /Remove the user name or password from the address\./,
    "https://app.kapso.ai/api/v1?a=b": /Remove everything from \? or # on/,
    "app.kapso.ai": /not a complete web address/,
    "//app.kapso.ai": /not a complete web address/,
    "javascript:alert(1)": /not a complete web address/,
  };
  for (const [typed, sentence] of Object.entries(table)) {
    await address.fill(typed);
    await editor.getByRole("button", { name: "Add the connection" }).press("Enter");
    await expect(address, typed).toHaveAccessibleDescription(sentence);
    await expect(address, typed).toHaveAttribute("aria-invalid", "true");
    await expect(address, typed).toBeFocused();
  }
  await address.fill("https://app.kapso.ai/api/v1");
  await expect(editor.locator(".problem")).toHaveCount(0);
  await editor.getByRole("button", { name: "Add the connection" }).click();
  await expect(card(page, "kapso", "My Kapso")).toContainText("In use");
});

test("Enter in the address adds a connection, and saves it", async ({ page, sandbox }) => {
  await open(page, sandbox.url);
  const editor = await add(page, "kapso");
  await editor.getByLabel("Base address").fill(BASES.kapso);
  await editor.getByLabel("Base address").press("Enter");
  const made = card(page, "kapso", "My Kapso");
  await expect(made).toContainText("In use");
  const edit = page.getByRole("button", { name: "Edit My Kapso" });
  await edit.click();
  await made.getByLabel("Base address").press("Enter");
  await expect(made.locator("form.editor")).toHaveCount(0);
  await expect(edit).toBeFocused();
});

test("what was typed of a connection is there again, but for what is no address and may be a key", async ({ page, sandbox }) => {
  await open(page, sandbox.url);
  const editor = await add(page, "kapso");
  const [name, address] = [editor.getByLabel("Name"), editor.getByLabel("Base address")];
  await name.fill("Shop");
  await address.fill("/relay/kapso");
  await place(page, "Home");
  await page.goBack();
  await expect(name).toHaveValue("Shop");
  await expect(address).toHaveValue("/relay/kapso");
  await page.reload();
  await expect(name).toHaveValue("Shop");
  await address.fill(KEY);
  await place(page, "Home");
  expect(await sweep(page)).toContain("Shop");
  expect(await sweep(page)).not.toContain("918273");
  await page.goBack();
  await expect(address).toHaveValue("https://app.kapso.ai/api/v1");
  await editor.getByRole("button", { name: "Add the connection" }).click();
  await expect(card(page, "kapso", "Shop")).toContainText("In use");
  await page.reload();
  await expect(card(page, "kapso", "Shop")).toContainText("In use");
  await expect(editor).toHaveCount(0);
  // Given up, it is gone as well.
  await (await add(page, "kapso")).getByLabel("Name").fill("Another");
  await editor.getByRole("button", { name: "Cancel" }).click();
  await page.reload();
  await expect(page.getByRole("button", { name: "Add a Kapso connection" })).toBeVisible();
  expect(await sweep(page)).not.toContain("Another");
});

test("a connection needs a name", async ({ page, sandbox }) => {
  await open(page, sandbox.url);
  const editor = await add(page, "kapso");
  await editor.getByLabel("Name").fill(" ");
  await editor.getByRole("button", { name: "Add the connection" }).press("Enter");
  await expect(editor.getByLabel("Name")).toHaveAccessibleDescription("Give it a name.");
  await expect(editor.getByLabel("Name")).toBeFocused();
});

test("Webex Connect offers its regions, and the way back to the documented one", async ({ page, sandbox }) => {
  await open(page, sandbox.url);
  const editor = await add(page, "webex");
  const address = editor.getByLabel("Base address");
  await expect(address).toHaveValue("https://api.us.webexconnect.io/resources/v1");
  await editor.getByLabel("Region").selectOption({ label: "UK, London" });
  await expect(address).toHaveValue("https://api.uk.webexconnect.io/resources/v1");
  await address.fill("/relay/webex");
  await expect(editor.getByLabel("Region")).toHaveValue("");
  await address.fill("https://api.eu.webexconnect.io/resources/v1");
  await expect(editor.locator("select[name=region] option:checked")).toHaveText("EMEA, Ireland");
  await editor.getByRole("button", { name: "Use the documented one" }).click();
  await expect(address).toHaveValue("https://api.us.webexconnect.io/resources/v1");
  await expect(editor.locator("select[name=region] option:checked")).toHaveText("USA, Oregon (AWS)");
});

test("Webex Connect takes a token in place of a key, in its own header", async ({ page, sandbox }) => {
  await open(page, sandbox.url);
  const editor = await add(page, "webex");
  await editor.getByLabel("Base address").fill(BASES.webex);
  await editor.getByLabel("Authentication").selectOption({ label: "JSON Web Token (header authorization)" });
  await editor.getByRole("button", { name: "Add the connection" }).click();
  await enter(card(page, "webex", "My Webex Connect"), "a.json.web-token");
  const form = await Request.on(page).go("webex.send-text");
  await form.fill({ "App ID": "a_1", Message: "Hello" });
  await form.add("destination");
  await form.add("destination.0.waid");
  await form.fill({ "Phone number or WhatsApp ID 1": "447700900000" });
  await form.send();
  await form.succeeded(200);
  const { headers } = await last(sandbox);
  expect(headers.authorization).toBe("oken");
  expect(headers.key).toBeUndefined();
});

test("every page names the connections in use, and the side bar switches them", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.list-customers");
  const choice = page.getByRole("region", { name: "Active connections" }).getByLabel("Kapso");
  await expect(choice.locator("option:checked")).toHaveText("Sandbox (HTTP)");
  await form.send();
  await form.succeeded(200);
  const before = (await sandbox.log()).length;

  await choice.selectOption({ label: "Sandbox" });
  await expect(page.locator(".form-panel .world")).toHaveText("Sandbox, nothing leaves this page");
  await form.send();
  await form.succeeded(200);
  expect((await sandbox.log()).length).toBe(before);

  await page.reload();
  await expect(choice.locator("option:checked")).toHaveText("Sandbox");
  await place(page, "Connections");
  await page.getByRole("button", { name: "Use this: Sandbox (HTTP) for Kapso" }).click();
  await expect(choice.locator("option:checked")).toHaveText("Sandbox (HTTP)");
});

test("live and sandbox are told apart by word", async ({ page, sandbox }) => {
  await own(page, sandbox.url, "kapso", { address: "https://app.kapso.ai/api/v1" });
  const choice = page.getByRole("region", { name: "Active connections" }).getByLabel("Kapso");
  await expect(choice.locator("option:checked")).toHaveText("Live: Mine");
  const form = await Request.on(page).go("kapso.list-customers");
  await expect(form.button).toContainText("at app.kapso.ai");
  await expect(page.locator(".form-panel .world")).toHaveText("Live: app.kapso.ai");
});

test("through a relay goes no credential of the browser", async ({ page, sandbox, host, watch }) => {
  watch.allow(/^Failed to load resource: .* 401/);
  const passing = await Passing.start(sandbox.url);
  const relay = { "/relay/kapso/customers": (from: any, to: any) => passing.pass(from, to, `${BASES.kapso}/customers`) };
  const site = await host({ instead: { ...relay, "/switchboard.json": '{"connections": []}' } });
  await own(page, site.url, "kapso", { address: "/relay/kapso", relay: true });
  await expect(card(page, "kapso", "Mine")).toContainText("this browser never sees it");
  const form = await Request.on(page).go("kapso.list-customers");
  await form.send();
  // The relay of this test adds none either.
  await expect(form.outcome).toContainText("401");
  expect(passing.arrived).toHaveLength(1);
  const names = Object.keys(passing.arrived[0].headers);
  expect(names).not.toContain("x-api-key");
  expect(names).not.toContain("authorization");
  expect(names).not.toContain("key");
  await passing.stop();
});

test("a mistake in switchboard.json is named, and the rest works", async ({ page, host }) => {
  const site = await host({ instead: { "/switchboard.json": '{"connections": [], "sandbocks": true}' } });
  await open(page, site.url);
  await expect(page.getByRole("alert")).toContainText("sandbocks");
  await expect(card(page, "kapso", "Sandbox")).toContainText("In use");
  const form = await Request.on(page).go("kapso.list-customers");
  await form.send();
  await form.succeeded(200);
});

for (const [what, answer] of [
  ["missing", (_: any, to: any) => to.writeHead(404, { "content-type": "text/plain" }).end("Not here.")],
  ["HTML in its place", (_: any, to: any) => to.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><p>Hi")],
] as const) {
  test(`switchboard.json, ${what}: the sandbox in the page is in use`, async ({ page, host, watch }) => {
    watch.allow(/^Failed to load resource: .* 404/);
    const site = await host({ instead: { "/switchboard.json": answer } });
    await open(page, site.url);
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect(card(page, "vonage", "Sandbox")).toContainText("In use");
    const form = await Request.on(page).go("vonage.list-deployments");
    await expect(form.button).toContainText("in the sandbox");
    await form.send();
    await form.succeeded(200);
  });
}

test("a host can switch the sandbox off", async ({ page, host }) => {
  const site = await host({ instead: { "/switchboard.json": '{"connections": [], "sandbox": false}' } });
  await page.goto(`${site.url}requests/kapso.list-customers`);
  await expect(page.getByText("There is no connection to Kapso yet")).toBeVisible();
  await page.getByRole("link", { name: "Add a connection" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Connections");
});

test("a connection made in one tab is there in another", async ({ page, context, sandbox }) => {
  const other = await context.newPage();
  await open(other, sandbox.url);
  await own(page, sandbox.url, "kapso", { key: KEY });
  await expect(card(other, "kapso", "Mine")).toBeVisible();
  // The key stays in its tab.
  await expect(card(other, "kapso", "Mine").locator("input[type=password]")).toBeVisible();
  expect(await read(sandbox, "kapso", "/customers")).toHaveProperty("data");
});
