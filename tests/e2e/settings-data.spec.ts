// What is on this device: counted, erased by kind, exported, and imported as a whole or not at all.
import { own, place } from "./support/connections.ts";
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { Request } from "./support/form.ts";
import { choose, data, dump, exported, file, imported, leaving, message, messagesOf, moving, review, row, type Dump } from "./support/holding.ts";
import { inState, NumberPage } from "./support/numbers.ts";
import { countCalls, settled } from "./support/time.ts";
import { number, numbers, reached, SEND, Sending, sent, Sent } from "./support/sending.ts";
import { sweep } from "./support/storage.ts";
import * as vault from "./support/vault.ts";
import * as write from "./support/writing.ts";
import { closeAtOnce, storesBeforeLeaving } from "./support/storing.ts";
import type { Page } from "@playwright/test";

const KAPSO = "sandbox-kapso";

// A device with something of every kind.
async function fill(page: Page, sandbox: Sandbox): Promise<void> {
  await own(page, sandbox.url, "webex", { label: "Acme campaigns", key: "a-key-of-webex-918273" });
  await page.goto(`${sandbox.url}/connections`);
  const form = await Request.open(page, sandbox.url, "kapso.create-customer");
  await form.fill({ Name: "Half typed" });
  await form.send();
  await form.succeeded(201);
  await form.fill({ Name: "Half typed again" });
  await form.kept("yes");
  const config = await Request.open(page, sandbox.url, "kapso.create-whatsapp-config");
  await config.fill({ Name: "Reception", "Access token": "EAAG-918273-token" });
  await config.kept("yes");
  const composer = await write.open(page, sandbox, "Amelia Clarke");
  await composer.text.fill("A draft to Amelia");
  await write.go(page, "Ana Souza");
  await composer.tool("Saved replies").click();
  const dialog = page.getByRole("dialog", { name: "Saved replies" });
  await dialog.getByRole("button", { name: "New reply" }).click();
  await dialog.getByLabel("Title").fill("Greeting");
  await dialog.getByLabel("Text", { exact: true }).fill("Hi {first_name} 👋🏽");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("button", { name: "New reply" })).toBeVisible();
  await page.keyboard.press("Escape");
  await settled(page);
  await NumberPage.open(page, sandbox, await inState(sandbox, "READY"));
  await settled(page);
  const resend = await Request.open(page, sandbox.url, "vonage.resend-otp");
  await resend.fill({ "Deployment ID": await inState(sandbox, "CODE_SENT") });
  await resend.choose({ "Send the code by": "Text message (SMS)" }).catch(() => undefined);
  await resend.send();
  await expect(resend.outcome).toBeVisible();
  await place(page, "Settings");
  await page.getByLabel("Dark").check();
  await page.getByLabel("Write dates, times and numbers as in").selectOption("en-GB");
}

// What a file can move of a device: not what goes on at every moment, nor what follows from the rest.
function movable(all: Dump): object {
  const { theme, language, connections } = all.settings;
  const sorted = (shelf: object) => Object.fromEntries(Object.entries(shelf).sort(([a], [b]) => (a < b ? -1 : 1)));
  const { drafts, unsent, replies, numbers, attempts, conversations, writes, reads, words, places } = all;
  const shelves = { drafts, unsent, replies, numbers, attempts, conversations, writes, reads, words, places };
  const kept = Object.fromEntries(Object.entries(shelves).map(([name, shelf]) => [name, sorted(shelf)]));
  return { ...kept, messages: messagesOf(all), settings: { theme, language, connections } };
}

test("each kind is told with how much there is of it, how much room it takes and how long it stays", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await fill(page, sandbox);
  await page.reload();
  const all = await dump(page);
  const messages = messagesOf(all).length;
  await expect(row(page, "conversations")).toContainText(`2 conversations, ${messages} messages`);
  await expect(row(page, "conversations")).toContainText("90 days");
  await expect(row(page, "conversations")).toContainText(/\d kB/);
  await expect(row(page, "replies")).toContainText("1 entry");
  await expect(row(page, "drafts")).toContainText(`${Object.keys(all.drafts).length + Object.keys(all.unsent).length} entries`);
  await expect(row(page, "calls")).toContainText(`${Object.keys(all.writes).length + Object.keys(all.reads).length} entries`);
  await expect(row(page, "calls")).toContainText("The newest 2,000");
  await expect(row(page, "settings")).toContainText("1 connection, settings");
  await expect(row(page, "vault")).toContainText("None");
  await expect(row(page, "vault").getByRole("button")).toBeDisabled();
  await expect(data(page)).toContainText(/The browser counts .* for this site, of .* that it allows/);
  await page.getByRole("group", { name: "Keep messages on this device" }).getByRole("radio", { name: "30 days" }).check();
  await expect(row(page, "conversations")).toContainText("30 days");
});

test("the browser is asked to keep it, and what it says is told", async ({ page, sandbox }) => {
  await page.addInitScript(() => {
    let kept = false;
    StorageManager.prototype.persisted = async () => kept;
    StorageManager.prototype.persist = async () => (kept = true);
  });
  await page.goto(`${sandbox.url}/settings`);
  await data(page).getByRole("button", { name: "Ask the browser to keep it" }).click();
  await expect(data(page)).toContainText("The browser keeps it.");
  await expect(data(page)).toContainText("It has promised to remove nothing of it by itself.");
});

test("one kind is erased and nothing else, once it was asked", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await fill(page, sandbox);
  const before = await dump(page);
  const button = row(page, "replies").getByRole("button", { name: "Erase: Saved replies" });
  await button.click();
  await expect(data(page).getByText("They are lost, unless they were exported.")).toBeVisible();
  await data(page).getByRole("button", { name: "Keep it", exact: true }).click();
  await expect(button).toBeFocused();
  expect((await dump(page)).replies).toEqual(before.replies);
  await button.click();
  await data(page).getByRole("button", { name: "Erase it" }).click();
  await expect(data(page).locator(".said")).toHaveText("Saved replies: erased.");
  await expect(row(page, "replies")).toContainText("None");
  const after = await dump(page);
  expect(after.replies).toEqual({});
  expect(movable({ ...after, replies: before.replies })).toEqual(movable(before));
  for (const [kind, label, ...shelves] of [
    ["drafts", "Drafts", "drafts", "unsent"],
    ["conversations", "Conversations and messages", "conversations", "heads", "messages", "words", "places"],
    ["numbers", "Numbers and attempts", "numbers", "attempts"],
    ["calls", "History of calls", "writes", "reads"],
  ]) {
    await row(page, kind).getByRole("button").click();
    await data(page).getByRole("button", { name: "Erase it" }).click();
    await expect(data(page).locator(".said")).toHaveText(`${label}: erased.`);
    await expect(row(page, kind)).toContainText("None");
    const left = await dump(page);
    for (const shelf of shelves) expect(left[shelf], shelf).toEqual({});
    expect(left.settings.theme).toBe("dark");
  }
  await row(page, "settings").getByRole("button").click();
  await data(page).getByRole("button", { name: "Erase it" }).click();
  await expect(data(page).locator(".said")).toContainText("Connections and settings: erased.");
  await expect(page.getByLabel("Same as this device")).toBeChecked();
  await place(page, "Connections");
  await expect(page.getByRole("heading", { name: "Acme campaigns" })).toHaveCount(0);
});

test("messages that were not sent are named before they are erased, and are not sent then", async ({ page, context, sandbox, watch }) => {
  watch.allow(/example\.com/, FAILED_CALL);
  const composer = await write.open(page, sandbox, "Ana Souza");
  await context.setOffline(true);
  await composer.write("Never to be sent");
  await composer.write("Nor this one");
  await expect(write.leaving(page)).toHaveCount(2);
  await expect.poll(async () => Object.keys((await dump(page)).outbox).length).toBeGreaterThan(1);
  await place(page, "Settings");
  await row(page, "leaving").getByRole("button").click();
  await expect(data(page)).toContainText("2 messages that were not sent are lost.");
  await context.setOffline(false);
  await expect.poll(async () => (await write.sent(sandbox)).length).toBe(2);
});

test("what is exported, erased and imported is the same as before, without keys", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  test.slow();
  await fill(page, sandbox);
  const before = await dump(page);
  const text = await exported(page);
  expect(JSON.parse(text).origin).toBe(sandbox.url);
  expect(text).not.toContain("918273");
  await data(page).getByRole("button", { name: "Erase the data on this device" }).click();
  await data(page).getByRole("button", { name: "Erase them" }).click();
  await expect(data(page).locator(".said")).toHaveText("Everything on this device was erased.");
  await expect(page.getByLabel("Same as this device")).toBeChecked();
  await choose(page, text);
  await expect(review(page).locator("h4")).toBeFocused();
  await expect(review(page)).toContainText(`with ${messagesOf(before).length} messages`);
  await expect(review(page)).toContainText("These settings change: Appearance, Language of dates and numbers");
  await expect(review(page)).not.toContainText("another site");
  const said = await imported(page, text);
  expect(said).toContain(`new messages: ${messagesOf(before).length}`);
  await expect(page.getByLabel("Dark")).toBeChecked();
  const after = await dump(page);
  expect(movable(after)).toEqual(movable(before));
  expect(after.incoming).toEqual({});
  await page.goto(`${sandbox.url}/connections`);
  await expect(page.getByRole("heading", { name: "Acme campaigns" })).toBeVisible();
  // The same once more changes nothing.
  await page.goto(`${sandbox.url}/settings`);
  await imported(page, text);
  expect(movable(await dump(page))).toEqual(movable(before));
  await page.goto(`${sandbox.url}/inbox`);
  await write.go(page, "Amelia Clarke");
  await expect(new write.Composer(page).text).toHaveValue("A draft to Amelia");
});

test("a text to many that is being composed moves with its table, and so do the smaller settings", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.file(`name,phone\n${numbers(30_000).map((number, at) => `Person ${at},${number}`).join("\n")}\n`);
  await sending.text.fill("Hi {name}");
  await expect(sending.found).toHaveText("30,000 people can be written to.");
  await expect.poll(async () => (await dump(page)).drafts.send?.text).toBe("Hi {name}");
  await page.goto(`${sandbox.url}/settings`);
  const month = page.locator("input[name=history-stay][value=month]");
  await month.check();
  await expect(row(page, "calls")).toContainText("30 days");
  const before = await dump(page);
  expect(Object.keys(before.drafts).length).toBeGreaterThan(3);
  const text = await exported(page);
  await data(page).getByRole("button", { name: "Erase the data on this device" }).click();
  await data(page).getByRole("button", { name: "Erase them" }).click();
  await expect(data(page).locator(".said")).toHaveText("Everything on this device was erased.");
  await expect(month).not.toBeChecked();
  await imported(page, text);
  expect((await dump(page)).drafts).toEqual(before.drafts);
  await expect(month).toBeChecked();
  await page.goto(`${sandbox.url}/send`);
  await expect(sending.found).toHaveText("30,000 people can be written to.");
  await expect(sending.preview).toContainText("Hi Person 0");
});

test("only the kinds that are ticked are in the file, and are taken; the sandbox's world is one on request", async ({ page, host }) => {
  const site = await host();
  const form = await Request.open(page, site.url, "kapso.create-customer");
  await form.fill({ Name: "Of this world" });
  await form.send();
  await form.succeeded(201);
  await form.fill({ Name: "A draft" });
  await form.kept("yes");
  await page.goto(`${site.url}settings`);
  expect(await exported(page)).not.toContain('{"world":');
  await moving(page).getByRole("checkbox", { name: /^Sandbox/ }).check();
  await moving(page).getByRole("checkbox", { name: /^History of calls/ }).uncheck();
  const text = await exported(page);
  expect(text).toContain('{"world":');
  expect(text).not.toContain('{"call":');
  await page.getByRole("button", { name: "Erase the data on this device" }).click();
  await page.getByRole("button", { name: "Erase them" }).click();
  await expect(data(page).locator(".said")).toBeVisible();
  await choose(page, text);
  await review(page).getByRole("checkbox", { name: /^Drafts/ }).uncheck();
  await review(page).getByRole("button", { name: "Import", exact: true }).click();
  await expect(data(page).locator(".said")).toContainText("Sandbox: 1");
  expect(Object.keys((await dump(page)).drafts)).toEqual([]);
  const list = await Request.open(page, site.url, "kapso.list-customers");
  await list.send();
  await list.succeeded(200);
  await expect(page.locator("[data-answer-body]")).toContainText("Of this world");
});

// A text to so many, and its requests by number and person.
const sendingOf = (people: number): object => {
  const batch = { id: "b1", connection: "sandbox-webex", label: "Sandbox", made: 1_700_000_000_000, file: "", text: "Hello", request: {}, people, per: 1, interval: 0 };
  const counts = { waiting: people, queued: 0, refused: 0, unknown: 0 };
  const progress = { standing: "running", next: 0, leaving: null, left_at: 0, counts, heard: false, lost: 0, alike: 0, reason: "", settled: false };
  return { sending: { batch, progress } };
};
const requestsOf = (...parts: [number, number][]): object => ({
  requests: {
    sending: "b1",
    parts: parts.map(([number, row]) => ({ number, people: [{ row, line: row, number: `44770090000${row}` }], attempt: 1, state: "waiting" })),
  },
});

const REPLY = { reply: { id: "r", title: "Greeting", text: "Hello" } };
const good = file("https://a.example", [REPLY, { setting: { name: "theme", value: "dark" } }]);
const BAD: [string, string | Buffer, RegExp][] = [
  ["nothing", "", /is empty/],
  ["a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe]), /not a file that “Export to a file” has made/],
  ["UTF-16", Buffer.from(good, "utf16le"), /not a file that “Export to a file” has made/],
  ["a page", "<!doctype html>\n<p>", /not a file that “Export to a file” has made/],
  ["another JSON", '{"connections":[]}', /not a file that “Export to a file” has made/],
  ["saved replies", '{\n  "switchboard": "saved-replies"', /file of saved replies|another program|not a file/],
  ["a newer one", file("https://a.example", [REPLY], { format: 2, product: "9.0.0" }), /newer version, 9\.0\.0/],
  ["one without its end", good.slice(0, -20), /end is missing|damaged/],
  ["half of one", good.slice(0, good.length / 2), /end is missing/],
  ["one with a line less", good.replace(/^\{"reply.*\n/m, ""), /damaged/],
  ["a broken line", good.replace('"title"', '"title'), /line 2 cannot be read/],
  ["one laid out anew", JSON.stringify(JSON.parse(good), null, 2), /saved by another program/],
  ["an unknown kind", file("https://a.example", [{ vault: {} }]), /damaged/],
  ["a list without an end", file("https://a.example", [{ draft: { key: "webex.send-text", draft: { texts: {}, rows: { destination: 4_000_000_000 } } } }]), /cannot be so many/],
  ["a time that is none", file("https://a.example", [{ messages: { connection: "k", conversation: "c", messages: [message(8e15, "x", "m")] } }].map((one) => JSON.parse(JSON.stringify(one).replace("8000000000000000", "9000000000000000")))), /a time is none|cannot be read/],
  ["requests twice and beyond", file("https://a.example", [sendingOf(2), requestsOf([0, 1], [0, 2], [5, 3])]), /the people or requests of a message to many are not each there once/],
  ["somebody twice", file("https://a.example", [sendingOf(2), requestsOf([0, 1], [1, 1])]), /the people or requests of a message to many/],
  ["a request that is missing", file("https://a.example", [sendingOf(2), requestsOf([0, 1])]), /the people or requests of a message to many/],
  ["a world that is none", file("https://a.example", [REPLY, { world: { a: 1 } }]), /in line 3, the sandbox cannot be read/],
  ["a connection over http", file("https://a.example", [{ connection: { id: "a", provider: "kapso", label: "A", base_url: "http://evil.example", credential: "ask" } }]), /address or scheme/],
];

test("a bad file is refused with the reason, and nothing changes", async ({ page, sandbox }) => {
  await page.goto(`${sandbox.url}/settings`);
  await imported(page, file(sandbox.url, [{ reply: { id: "mine", title: "Mine", text: "Stays" } }]));
  const before = await dump(page);
  for (const [what, content, says] of BAD) {
    await choose(page, content);
    await expect(moving(page).getByRole("alert"), what).toContainText(says);
    await expect(moving(page).getByRole("alert"), what).toContainText("Nothing was imported.");
    await expect(review(page), what).toHaveCount(0);
    const { settings, replies, world, batches, parts } = await dump(page);
    expect({ settings, replies, world, batches, parts }, what).toEqual({
      settings: before.settings,
      replies: before.replies,
      world: before.world,
      batches: before.batches,
      parts: before.parts,
    });
  }
  // A good one after it is taken all the same.
  await choose(page, good);
  await expect(review(page)).toContainText("Saved replies");
  await expect(moving(page).getByRole("alert")).toBeEmpty();
});

test("a file with a world that is none leaves the sandbox in the page as it is", async ({ page, host }) => {
  const site = await host();
  const form = await Request.open(page, site.url, "kapso.create-customer");
  await form.fill({ Name: "Of this world" });
  await form.send();
  await form.succeeded(201);
  await page.goto(`${site.url}settings`);
  const { world } = await dump(page);
  await choose(page, file(site.url, [{ world: { a: 1 } }]));
  await expect(moving(page).getByRole("alert")).toContainText("This file is damaged: in line 2, the sandbox cannot be read.");
  await expect(moving(page).getByRole("alert")).toContainText("Nothing was imported.");
  await expect(review(page)).toHaveCount(0);
  expect((await dump(page)).world).toEqual(world);
});

test("settings that cannot be taken are named as left out, and not counted", async ({ page, sandbox }) => {
  await page.goto(`${sandbox.url}/settings`);
  const unknown = { setting: { name: "__proto__", value: { theme: "dark" } } };
  const wrong = { setting: { name: "theme", value: 42 } };
  await choose(page, file(sandbox.url, [unknown, wrong]));
  await expect(review(page)).toContainText("The setting “__proto__” is left out. This version has no such setting.");
  await expect(review(page)).toContainText("The setting “Appearance” is left out. Its value is not one that this setting can have.");
  await expect(review(page)).toContainText("There is nothing in it that could be imported here.");
  await expect(review(page).getByRole("checkbox")).toHaveCount(0);
  const connection = { provider: "webex", label: "Not allowed", base_url: "https://not-allowed.example/v1", credential: "ask", id: "x" };
  const more = file(sandbox.url, [unknown, wrong, { connection }, { setting: { name: "inbox-notify", value: true } }]);
  await choose(page, more);
  await expect(review(page)).toContainText("The connection “Not allowed” is left out.");
  await expect(review(page).getByRole("checkbox", { name: /^Connections and settings/ })).toHaveAccessibleName(/^Connections and settings\s*1 in the file\./);
  expect(await imported(page, more)).toBe("Imported. Connections and settings: 1.");
});

test("messages that have left leave nothing behind that could be erased", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await write.open(page, sandbox, "Ana Souza");
  await composer.write("Half past three");
  await expect.poll(async () => write.texts(sandbox)).toEqual(["Half past three"]);
  await expect(write.leaving(page)).toHaveCount(0);
  // How fast it left is kept, and is no message.
  await expect.poll(async () => Object.keys((await dump(page)).outbox)).toEqual([`\n${KAPSO}`]);
  await place(page, "Settings");
  await expect(row(page, "leaving").locator("td")).toHaveText(["None", "–", "Until they are sent or discarded", "Erase"]);
  await expect(row(page, "leaving").getByRole("button")).toBeDisabled();
});

test("a file that is too large is not even read", async ({ page, sandbox }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Blob.prototype, "size", { get: () => 600 * 2 ** 20 });
    Blob.prototype.arrayBuffer = () => Promise.reject(new Error("It was read."));
  });
  await page.goto(`${sandbox.url}/settings`);
  await choose(page, good);
  await expect(moving(page).getByRole("alert")).toContainText("This file has 629 MB; the largest that is read has 537 MB.");
});

test("a file of another site says so, and what its connections come to", async ({ page, host, sandbox }) => {
  const elsewhere = await host({ name: "localhost" });
  await own(page, elsewhere.url, "kapso", { address: "/relay/kapso", label: "Through the relay", relay: true });
  await page.goto(`${elsewhere.url}settings`);
  await page.getByLabel("Dark").check();
  const text = await exported(page);
  const connection = { provider: "webex", label: "Not allowed", base_url: "https://not-allowed.example/v1", credential: "ask", id: "x" };
  const declared = { provider: "kapso", label: "Of the host", base_url: "https://app.kapso.ai/api/v1", credential: "ask", id: KAPSO };
  const pretends = { provider: "kapso", label: "Pretends", base_url: "https://app.kapso.ai/api/v1", credential: "sandbox", id: "p" };
  const lines = text.trimEnd().split("\n");
  const more = [connection, declared, pretends].map((one) => JSON.stringify({ connection: one }));
  const count = JSON.parse(text).count + more.length;
  const whole = [...lines.slice(0, -2), `${lines.at(-2)},`, more.join(",\n"), `],"count":${count}}`, ""].join("\n");
  await page.goto(`${sandbox.url}/settings`);
  await choose(page, whole);
  await expect(review(page)).toContainText(`This file was made on another site, ${new URL(elsewhere.url).origin}.`);
  await expect(review(page)).toContainText("The connection “Not allowed” is left out. This site's content policy does not allow calls to this host.");
  await expect(review(page)).toContainText("The connection “Of the host” is left out. This site has one of the same id already.");
  await expect(review(page)).toContainText("The connection “Pretends” is left out. Only whoever hosts a site can say that an address is a sandbox.");
  await expect(review(page)).toContainText("The connection “Through the relay” has a path as its address, which leads to this site from here on.");
  await review(page).getByRole("button", { name: "Do not import" }).click();
  await expect(review(page)).toHaveCount(0);
  expect((await dump(page)).settings.connections).toBeUndefined();
  await choose(page, whole);
  await review(page).getByRole("button", { name: "Import it all the same" }).click();
  await expect(data(page).locator(".said")).toContainText("Imported.");
  const { settings } = await dump(page);
  expect(settings.connections.map((one: any) => one.label)).toEqual(["Through the relay"]);
  expect(settings.theme).toBe("dark");
  // Which one is in use is as it was.
  await expect(page.getByRole("region", { name: "Active connections" }).getByLabel("Kapso").locator("option:checked")).toHaveText("Sandbox (HTTP)");
});

test("a connection whose address a file changes loses its key", async ({ page, sandbox }) => {
  await own(page, sandbox.url, "kapso", { label: "Mine", key: "a-key-of-kapso-918273" });
  await place(page, "Settings");
  const { connections } = (await dump(page)).settings;
  const moved = { ...connections[0], base_url: "/elsewhere" };
  await imported(page, file(sandbox.url, [{ connection: moved }]));
  await place(page, "Connections");
  await expect(page.locator("main")).not.toContainText("ends in 8273");
  expect(await sweep(page)).not.toContain("918273");
});

const AN_HOUR_AGO = Date.now() - 3_600_000;
const FILE = file("https://a.example", [
  { draft: { key: "kapso.create-customer", draft: { texts: { "customer.name": "Of the file" }, rows: {} } } },
  REPLY,
  { conversation: { connection: KAPSO, conversation: "c1", summary: { newest: null, last_inbound: null, read_to: null, unread: 0, complete: true } } },
  { messages: { connection: KAPSO, conversation: "c1", messages: Array.from({ length: 200 }, (_, at) => message(AN_HOUR_AGO + at, `Message ${at}`)) } },
  { setting: { name: "theme", value: "dark" } },
]);

// Lets so many writings go well, then ends them as told.
const ends = (how: "full" | "killed", after: number) => ({
  init: ([how, after]: [string, number]) => {
    const put = IDBObjectStore.prototype.put;
    let left = Infinity;
    (globalThis as any).arm = () => (left = after);
    IDBObjectStore.prototype.put = function (...given) {
      if (left-- <= 0) {
        if (how === "full") throw new DOMException("The storage is full.", "QuotaExceededError");
        left = Infinity;
        this.transaction.abort();
      }
      return put.apply(this, given);
    };
  },
  given: [how, after] as [string, number],
});

const SAYS = { full: "The browser's storage has no room for it.", killed: "Nothing was imported" };

for (const [how, after] of [["full", 0], ["full", 1], ["full", 3], ["full", 60], ["full", 205], ["killed", 60], ["killed", 205]] as const) {
  test(`an import that is ${how} after ${after} writings leaves everything as it was`, async ({ page, sandbox }) => {
    const { init, given } = ends(how, after);
    await page.addInitScript(init, given);
    await page.goto(`${sandbox.url}/settings`);
    await imported(page, file(sandbox.url, [{ reply: { id: "mine", title: "Mine", text: "Stays" } }]));
    await page.reload();
    await choose(page, FILE);
    await expect(review(page)).toContainText("200 messages");
    const before = await dump(page);
    await page.evaluate(() => (globalThis as any).arm());
    await review(page).getByRole("button", { name: /^Import/ }).click();
    await expect(moving(page).getByRole("alert")).toContainText(SAYS[how]);
    await expect(moving(page).getByRole("alert")).toContainText("Nothing was imported; what was here is as it was.");
    expect(movable(await dump(page))).toEqual(movable(before));
    expect((await dump(page)).incoming).toEqual({});
    // Once it can, it is taken as a whole.
    await page.reload();
    await imported(page, FILE);
    expect(messagesOf(await dump(page))).toHaveLength(200);
  });
}

// Messages of one conversation, minute by minute until now, in blocks.
function long(origin: string, many: number): string {
  const at = Date.now() - many * 60_000;
  const block = (first: number) =>
    Array.from({ length: 200 }, (_, step) => message(at + (first + step) * 60_000, `Message number ${first + step}, with some more words as people write them`));
  const blocks = Array.from({ length: many / 200 }, (_, number) => ({ messages: { connection: KAPSO, conversation: "long", messages: block(number * 200) } }));
  return file(origin, [REPLY, { setting: { name: "theme", value: "dark" } }, ...blocks]);
}

test("a tab that is closed in the middle of an import leaves nothing of it", async ({ page, context, sandbox }) => {
  await page.goto(`${sandbox.url}/settings`);
  await choose(page, long(sandbox.url, 20_000));
  await expect(review(page)).toBeVisible({ timeout: 30_000 });
  await review(page).getByRole("button", { name: /^Import/ }).click();
  await expect(moving(page).getByText(/^Importing… [1-9]/)).toBeVisible();
  await closeAtOnce(page);
  const other = await context.newPage();
  await other.goto(`${sandbox.url}/settings`);
  await expect(row(other, "conversations")).toContainText("None");
  const left = await dump(other);
  for (const shelf of ["replies", "messages", "heads", "words", "places", "incoming"]) expect(left[shelf], shelf).toEqual({});
  expect(left.settings.theme).toBeUndefined();
});

test("a page that ends between the data and the settings brings them in at the next visit", async ({ page, context, sandbox }) => {
  await page.goto(`${sandbox.url}/settings`);
  await choose(page, FILE);
  await expect(review(page)).toBeVisible();
  // Settings are not stored from here on, but for the try whether there is room; as if the page had ended.
  await page.evaluate(() => {
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (name, value) {
      if (name === "switchboard.theme") throw new Error("The page has ended.");
      return set.call(this, name, value);
    };
  });
  await review(page).getByRole("button", { name: /^Import/ }).click();
  // It loads anew, twice.
  await expect(async () => expect((await dump(page)).settings.theme).toBe("dark")).toPass();
  // Whatever is read while it does is lost with the page.
  await expect(async () => {
    const { replies, incoming } = await dump(page);
    expect(JSON.stringify(replies)).toContain("Greeting");
    expect(incoming).toEqual({});
  }).toPass();
  const other = await context.newPage();
  await other.goto(`${sandbox.url}/settings`);
  await expect(other.getByLabel("Dark")).toBeChecked();
});

test("other tabs begin anew when something was imported or erased", async ({ page, context, sandbox }) => {
  const other = await context.newPage();
  await other.goto(`${sandbox.url}/settings`);
  await expect(row(other, "replies")).toContainText("None");
  await page.goto(`${sandbox.url}/settings`);
  await imported(page, file(sandbox.url, [REPLY, { setting: { name: "theme", value: "dark" } }]));
  await expect(row(other, "replies")).toContainText("1 entry");
  await expect(other.getByLabel("Dark")).toBeChecked();
  await row(page, "replies").getByRole("button").click();
  await data(page).getByRole("button", { name: "Erase it" }).click();
  await expect(row(other, "replies")).toContainText("None");
});

test("a message that was waiting elsewhere is never sent by an import, only on a person's word", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const id = await write.idOf(sandbox, "Ana Souza");
  await page.goto(`${sandbox.url}/settings`);
  const states = ["Waiting", { Sending: { at: Date.now(), after: null, seen: [] } }, { Unknown: { left: { at: Date.now(), after: null, seen: [] }, readings: 0, candidates: [] } }];
  const items = states.map((state, at) => {
    const one: any = leaving(KAPSO, id, `Waiting elsewhere ${at}`, state);
    one.leaving.key = one.leaving.key.replace(/1$/, `${at}`);
    return one;
  });
  // And attempts that were under way, which are found out by reading alone.
  const attempt = { attempts: { subject: "live +447700900123", ledger: { entries: [{ act: "Create", at: Date.now(), nonce: 1, method: "sms", connection: "sandbox-vonage", outcome: "Open", ended: null }] } } };
  await choose(page, file(sandbox.url, [...items, attempt]));
  await expect(review(page)).toContainText("None of them is sent by the import");
  await review(page).getByRole("button", { name: "Import", exact: true }).click();
  await expect(data(page).locator(".said")).toContainText("Messages on their way out: 3");
  const stored = await dump(page);
  for (const item of Object.values(stored.outbox).filter((one: any) => one.state)) expect(Object.keys((item as any).state)).toEqual(["Unknown"]);
  expect(stored.attempts["live +447700900123"].entries[0].outcome).toBe("Unknown");
  await page.goto(`${sandbox.url}/inbox`);
  await write.go(page, "Ana Souza");
  await expect(write.leaving(page)).toHaveCount(3);
  await page.reload();
  await expect(write.leaving(page)).toHaveCount(3);
  expect(await write.sent(sandbox)).toEqual([]);
  await write.leaving(page).first().getByRole("button", { name: /Send it again|Send again/ }).click();
  await expect.poll(async () => write.texts(sandbox)).toEqual(["Waiting elsewhere 0"]);
});

test("texts to many move with what became of each; what had not left is unknown, and leaves only on a person's word", async ({ page, sandbox, browser, watch }) => {
  watch.allow(FAILED_CALL);
  const sending = await Sending.open(page, sandbox.url);
  await sending.write(numbers(2), "All of it left", true);
  await (await sending.send()).done();
  await place(page, "Send");
  await sending.write(numbers(3), "Some of it left", true);
  await sandbox.control({ faults: [{ operation: SEND, answer: "drop" }] });
  const held = await sending.send();
  await held.counts({ unknown: 1, waiting: 2 });
  await place(page, "Settings");
  const text = await exported(page);
  const before = reached(await sent(sandbox));

  const context = await browser.newContext();
  await storesBeforeLeaving(context);
  const other = await context.newPage();
  await watch.over(context);
  await other.goto(`${sandbox.url}/settings`);
  await choose(other, text);
  await expect(review(other)).toContainText("it is never sent without your word");
  expect(await imported(other, text)).toContain("Messages to many: 2");
  // What is here stays as it is.
  expect(await imported(other, text)).not.toContain("Messages to many");
  await place(other, "Send");
  await expect(other.getByRole("region", { name: "Earlier messages" })).toContainText("2 people: 2 queued");
  await other.getByRole("region", { name: "On its way, or to look at" }).getByRole("link", { name: /Some of it left/ }).click();
  const message = new Sent(other);
  await message.counts({ unknown: 3, waiting: 0 });
  await expect(message.row(number(2))).toContainText("may have left from the other browser since");
  await other.reload();
  await message.done();
  expect(reached(await sent(sandbox))).toEqual(before);
  await message.press("Send again to 3 unknown");
  await message.press("Send again to 3 people");
  await message.counts({ queued: 3, unknown: 0 });
  expect(reached(await sent(sandbox))).toEqual([...before, ...numbers(3)]);
  await context.close();
});

test("messages of a conversation join those here without a gap, or stay away", async ({ page, sandbox }) => {
  const at = 1_700_000_000_000;
  const of = (first: number, last: number) => {
    const messages = Array.from({ length: last - first + 1 }, (_, step) => message(at + (first + step) * 1_000, `Number ${first + step}`));
    return file(sandbox.url, [{ messages: { connection: KAPSO, conversation: "c1", messages } }]);
  };
  const numbers = async () => messagesOf(await dump(page)).map((one) => Number(JSON.parse(one.r).content.split(" ")[1]));
  const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, step) => first + step);
  await page.goto(`${sandbox.url}/settings`);
  // Nothing may be too old here.
  await page.getByRole("radio", { name: "Until they are erased" }).check();
  await imported(page, of(100, 400));
  expect(await numbers()).toEqual(range(100, 400));
  await imported(page, of(50, 150));
  expect(await numbers()).toEqual(range(50, 400));
  const said = await imported(page, of(1, 20));
  expect(said).toContain("1 of its conversations stay as they are here, because messages between are missing");
  expect(await numbers()).toEqual(range(50, 400));
});

test("where no messages may be kept, none is exported and none is imported", async ({ page, context, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await fill(page, sandbox);
  const text = await exported(page);
  expect(text).toContain("Noted. See you both");
  const served = await (await fetch(`${sandbox.url}/switchboard.json`)).json();
  await context.route("**/switchboard.json", (route) => route.fulfill({ json: { ...served, keep_messages: false } }));
  await page.goto(`${sandbox.url}/settings`);
  await expect.poll(() => sweep(page, ["world"])).not.toContain("Noted. See you both");
  await expect(row(page, "conversations")).toContainText("Not on this site");
  const bare = await exported(page);
  expect(bare).not.toContain("A draft to Amelia");
  expect(bare).not.toContain("Noted. See you both");
  await choose(page, text);
  await expect(review(page)).toContainText("Messages of customers are left out");
  await expect(review(page).getByRole("checkbox", { name: /^Conversations/ })).toHaveCount(0);
  await review(page).getByRole("button", { name: "Import", exact: true }).click();
  await expect(data(page).locator(".said")).toContainText("Imported.");
  for (const words of ["Noted. See you both", "A draft to Amelia"]) expect(await sweep(page)).not.toContain(words);
});

test("the vault is never in a file, and stays through an import", async ({ page, sandbox }) => {
  await page.goto(`${sandbox.url}/settings`);
  await vault.panel(page).getByRole("button", { name: "Make a vault" }).click();
  await vault.twice(vault.panel(page), vault.PASSPHRASE);
  await vault.panel(page).getByRole("button", { name: "Make the vault" }).click();
  await vault.opened(page);
  const sealed = await vault.stored(page);
  const text = await exported(page);
  expect(text).not.toContain(sealed.sealed ?? JSON.stringify(sealed).slice(20, 60));
  await imported(page, file(sandbox.url, [REPLY]));
  expect(await vault.stored(page)).toEqual(sealed);
});

test("a file of many messages is written, read and taken while the page answers", async ({ page, sandbox }) => {
  test.slow();
  const many = 20_000;
  const text = long(sandbox.url, many);
  // The longest time in which nothing was drawn, while something goes on.
  await page.addInitScript(() => {
    const world = globalThis as any;
    world.longest = 0;
    let last = performance.now();
    const look = () => {
      const now = performance.now();
      world.longest = Math.max(world.longest, now - last);
      last = now;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    // Handing the file to the page is the test's own work.
    addEventListener("change", () => ((world.longest = 0), (last = performance.now())), true);
  });
  const longest = () => page.evaluate(() => {
    const { longest } = globalThis as any;
    (globalThis as any).longest = 0;
    return longest as number;
  });
  await page.goto(`${sandbox.url}/settings`);
  await page.getByRole("radio", { name: "Until they are erased" }).check();
  await longest();
  await choose(page, text);
  await expect(review(page)).toContainText("with 20,000 messages", { timeout: 30_000 });
  expect(await longest(), "while it was checked").toBeLessThan(500);
  await review(page).getByRole("button", { name: "Import", exact: true }).click();
  await expect(moving(page).getByText(/^Importing… \d/)).toBeVisible();
  await expect(data(page).locator(".said")).toContainText("new messages: 20,000", { timeout: 120_000 });
  await expect(row(page, "conversations")).toContainText("20,000 messages", { timeout: 30_000 });
  expect(await longest(), "while it was counted").toBeLessThan(500);
  const back = await exported(page);
  expect(await longest(), "while it was exported").toBeLessThan(500);
  expect(back.match(/"p":\{"at":/g)).toHaveLength(many);
});
