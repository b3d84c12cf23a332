// The inbox as it is read: what the provider has, what is kept here of it, and that what somebody reads
// stays where it is while more comes.
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { calls } from "./support/form.ts";
import { sweep } from "./support/storage.ts";
import { countCalls, freeze, pass, until } from "./support/time.ts";
import { ids } from "./support/world.ts";
import type { Locator, Page } from "@playwright/test";

const LIST = "kapso.list-conversations";
const MESSAGES = "kapso.list-messages";
const MARK = "kapso.mark-as-read";

const rows = (page: Page): Locator => page.locator(".conversation");
const named = (page: Page, name: string): Locator => rows(page).filter({ hasText: name });
const thread = (page: Page): Locator => page.getByRole("log", { name: "Messages" });
const messages = (page: Page): Locator => thread(page).getByRole("article");
const title = (page: Page): Locator => page.getByRole("region", { name: "Conversation", exact: true }).getByRole("heading", { level: 2 });

async function open(page: Page, sandbox: Sandbox, name: string): Promise<void> {
  await page.goto(`${sandbox.url}/inbox`);
  await named(page, name).click();
  await expect(title(page)).toContainText(name);
  await expect(messages(page).last()).toBeVisible();
}

const receive = (sandbox: Sandbox, conversation_id: string, content: string) =>
  sandbox.control({ receive: { conversation_id, content } });

const idOf = (page: Page) => new URL(page.url()).pathname.split("/").pop()!;

test("conversations are listed, and one opens at its newest message", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await open(page, sandbox, "Amelia Clarke");
  await expect(title(page)).toBeFocused();
  await expect(messages(page).last()).toContainText("Noted. See you both on Tuesday");
  await expect(messages(page).last()).toBeInViewport();
  await expect(named(page, "Amelia Clarke")).toHaveAttribute("aria-current", "true");
  // What is stored now shows in the list.
  await expect(named(page, "Amelia Clarke")).toContainText("You: Noted. See you both");
  await expect(named(page, "Ana Souza")).toContainText("Not read here yet");
  await named(page, "Ana Souza").click();
  await expect(title(page)).toHaveText("Ana Souza");
  await expect(messages(page).last()).toContainText("Vocês são ótimos");
});

test("a reload shows what is stored, also where the provider cannot be reached", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  watch.allow(/example\.com/);
  await open(page, sandbox, "Amelia Clarke");
  const faults = [LIST, MESSAGES].map((operation) => ({ operation, times: 50, answer: "drop" }));
  await sandbox.control({ faults });
  await page.reload();
  await expect(messages(page).last()).toContainText("Noted. See you both on Tuesday");
  await expect(named(page, "Amelia Clarke")).toBeVisible();
  const list = page.getByRole("region", { name: "Conversations" });
  await expect(list).toContainText("could not be reached");
  await sandbox.control({ faults: [] });
  await list.getByRole("button", { name: "Try again" }).click();
  await expect(list).not.toContainText("could not be reached");
});

test("a new message shows at once where somebody reads the newest, and waits for who reads older ones", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await page.clock.install();
  await open(page, sandbox, "Amelia Clarke");
  const id = idOf(page);
  await receive(sandbox, id, "Are you there?");
  await page.clock.runFor(16_000);
  await expect(messages(page).last()).toContainText("Are you there?");
  await expect(messages(page).last()).toBeInViewport();
  await thread(page).evaluate((element) => element.scrollBy(0, -500));
  const read = messages(page).filter({ hasText: "Great, thank you" });
  await expect(read).toBeInViewport();
  const before = (await read.boundingBox())!.y;
  await receive(sandbox, id, "Hello?");
  await page.clock.runFor(16_000);
  const more = page.getByRole("button", { name: "1 new message" });
  await expect(more).toBeVisible();
  expect((await read.boundingBox())!.y).toBe(before);
  await more.click();
  await expect(messages(page).last()).toContainText("Hello?");
  await expect(messages(page).last()).toBeInViewport();
  await expect(more).toHaveCount(0);
});

test("what is on the screen counts as read, once, and nobody is said to be typing", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await page.clock.install();
  await countCalls(page);
  await open(page, sandbox, "Ana Souza");
  await expect.poll(async () => (await calls(sandbox, MARK)).length).toBe(1);
  const [mark] = await calls(sandbox, MARK);
  expect(mark.query).toBe("typing_indicator=false");
  await expect(named(page, "Ana Souza").locator(".unread")).toHaveCount(0);
  await page.clock.runFor(60_000);
  await page.reload();
  await expect(messages(page).last()).toBeVisible();
  await page.clock.runFor(20_000);
  expect(await calls(sandbox, MARK)).toHaveLength(1);
  // What comes while another conversation is open is counted when it is stored, and read when it is opened.
  const id = idOf(page);
  await named(page, "Amelia Clarke").click();
  await expect(title(page)).toHaveText("Amelia Clarke");
  await receive(sandbox, id, "One more thing");
  await until(page, named(page, "Ana Souza").locator(".moved"));
  await named(page, "Ana Souza").click();
  await expect(messages(page).last()).toContainText("One more thing");
  await expect(messages(page).last().locator(".unread-line")).toHaveText("New");
  await expect.poll(async () => (await calls(sandbox, MARK)).length).toBeGreaterThan(1);
});

test("ten thousand messages: few elements, and older ones come without moving what is read", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const { conversation_id } = await sandbox.control({ conversation: { messages: 10_000 } });
  await page.goto(`${sandbox.url}/inbox/${conversation_id}`);
  // The numbers are list markers: each text begins with its own.
  const numbered = (number: number) => messages(page).filter({ has: page.locator(`li[value="${number}"]`) });
  await expect(numbered(10_000)).toBeVisible();
  await expect(messages(page).last()).toBeInViewport();
  expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThanOrEqual(600);
  // Nearly at the top of the first page: the next one is read.
  const scroller = thread(page);
  await scroller.evaluate((element) => element.scrollTo(0, 900));
  await expect(numbered(9_918)).toBeInViewport();
  const seen = numbered(9_918);
  const before = await seen.evaluate((element) => element.getBoundingClientRect().top);
  await expect.poll(async () => (await calls(sandbox, MESSAGES)).length).toBeGreaterThan(1);
  await expect(page.getByText("Reading older messages…")).toHaveCount(0);
  const after = await seen.evaluate((element) => element.getBoundingClientRect().top);
  expect(Math.abs(after - before)).toBeLessThanOrEqual(1);
  expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThanOrEqual(600);
  // Nothing is blank that is seen.
  await expect(page.locator(".message.waiting")).toHaveCount(0);
});

test("what a customer writes is text, whatever it looks like", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await page.clock.install();
  await open(page, sandbox, "Ben O’Connor");
  const id = idOf(page);
  const hostile = [
    `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`,
    "[here](javascript:alert(1)) javascript:alert(1) data:text/html,<b>x</b>",
    "\u202Egnirts\u202C \u200B\u200B\u200B *bold* _it_ ~no~ `code`",
    "*".repeat(500) + "😀".repeat(500),
    `visit https://example.com/<b>&"'`,
  ];
  for (const content of hostile) await receive(sandbox, id, content);
  await page.clock.runFor(16_000);
  await expect(messages(page).last()).toContainText("visit https://example.com/");
  expect(await page.title()).not.toContain("owned");
  expect(await thread(page).locator("script, .text img, .text b").count()).toBe(0);
  const links = await thread(page).locator("a").evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).protocol));
  expect(links.every((protocol) => protocol === "https:" || protocol === "http:")).toBe(true);
  await expect(messages(page).filter({ hasText: "<img src=x onerror=" })).toHaveCount(1);
  await expect(messages(page).filter({ hasText: "javascript:alert(1)" })).toHaveCount(1);
});

test("rows that lack everything are still shown", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  // The provider knows no such message to be marked as read.
  watch.allow(FAILED_CALL);
  const { conversation } = await ids(sandbox);
  const data = [
    { id: "a", message_type: "text", content: "Fine", direction: "inbound", created_at: "2026-11-01T10:00:00Z" },
    { id: "b", message_type: null, content: null, direction: null, created_at: "yesterday", metadata: "x", message_type_data: [] },
    { id: "c", message_type: "order", message_type_data: { catalog: 5 }, direction: "inbound", created_at: "2026-11-01T10:01:00Z" },
    { id: "a", message_type: "text", content: "Twice", direction: "inbound", created_at: "2026-11-01T12:00:00Z" },
    { content: "no id" },
    null,
  ];
  await sandbox.control({ faults: [{ operation: MESSAGES, times: 50, when: "before", answer: { status: 200, body: JSON.stringify({ data, meta: { total_pages: 9999, total_count: -3 } }) } }] });
  await page.goto(`${sandbox.url}/inbox/${conversation}`);
  await expect(messages(page)).toHaveCount(3);
  await expect(messages(page).filter({ hasText: "Message of type order" })).toBeVisible();
  await expect(messages(page).filter({ hasText: "Twice" })).toHaveCount(1);
  await expect(messages(page).filter({ hasText: "Fine" })).toHaveCount(0);
});

test("one of two tabs asks, and both show what comes", async ({ page, context, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await page.clock.install();
  const other = await context.newPage();
  for (const one of [page, other]) await countCalls(one);
  await open(page, sandbox, "Amelia Clarke");
  const id = idOf(page);
  await other.goto(`${sandbox.url}/inbox/${id}`);
  await expect(messages(other).last()).toContainText("Noted. See you both on Tuesday");
  await freeze(page);
  const asked = async () => [(await calls(sandbox, LIST)).length, (await calls(sandbox, MESSAGES)).length];
  const before = await asked();
  await pass([page, other], 120);
  const [lists, threads] = (await asked()).map((count, at) => count - before[at]);
  // Every 15 and every 30 seconds, whichever tab does; two that asked would ask twice as often.
  for (const [count, usual] of [[lists, 8], [threads, 4]]) expect(Math.abs(count - usual), `${count} of ${usual}`).toBeLessThanOrEqual(1);
  await receive(sandbox, id, "To both of you");
  await pass([page, other], 20);
  for (const one of [page, other]) await expect(messages(one).last()).toContainText("To both of you");
});

test("a person never asks more than thirty times in a minute", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await page.clock.install();
  const { conversation_id } = await sandbox.control({ conversation: { messages: 20_000 } });
  await page.goto(`${sandbox.url}/inbox/${conversation_id}`);
  await expect(messages(page).last()).toBeVisible();
  const before = (await sandbox.log()).length;
  for (let second = 0; second < 60; second++) {
    await thread(page).evaluate((element) => element.scrollTo(0, 0));
    await page.clock.runFor(1_000);
  }
  expect((await sandbox.log()).length - before).toBeLessThanOrEqual(30);
});

test("on a phone the conversation takes the place of the list, and leads back to it", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, sandbox, "Ana Souza");
  await expect(rows(page).first()).toBeHidden();
  await page.getByRole("link", { name: "Back to the conversations" }).click();
  await expect(rows(page).first()).toBeVisible();
  await expect(thread(page)).toHaveCount(0);
});

test("where the newest messages cannot be read, what is stored stays, and says until when it is", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  watch.allow(/example\.com/);
  await page.clock.install();
  await open(page, sandbox, "Amelia Clarke");
  const id = idOf(page);
  await sandbox.control({ faults: [{ operation: MESSAGES, times: 1, answer: { status: 502 } }], receive: { conversation_id: id, content: "Missed at first" } });
  await page.clock.runFor(16_000);
  const side = page.getByRole("region", { name: "Conversation", exact: true });
  await expect(side).toContainText("The newest messages could not be read. What is shown ends at");
  await expect(messages(page).last()).toContainText("Noted. See you both on Tuesday");
  await side.locator(".thread-trouble").getByRole("button", { name: "Try again" }).click();
  await expect(messages(page).last()).toContainText("Missed at first");
  await expect(side).not.toContainText("could not be read");
});

test("words are found in everything that is stored, and older messages can be read to find more", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await page.clock.install();
  await open(page, sandbox, "Amelia Clarke");
  await receive(sandbox, idOf(page), "Café à Zürich, TUESDAY?");
  await page.clock.runFor(16_000);
  await expect(messages(page).last()).toContainText("Café à Zürich");
  await thread(page).focus();
  await page.keyboard.press("f");
  const find = page.getByRole("search", { name: "Find in this conversation" });
  await expect(find.getByRole("searchbox")).toBeFocused();
  const say = find.getByRole("status");
  await page.keyboard.type("cafe a zurich");
  await page.clock.runFor(500);
  await expect(say).toHaveText(/^1 of 1\. From the contact, .+: Café à Zürich, TUESDAY\?$/);
  await expect(page.locator(".message.hit")).toContainText("Café à Zürich");
  await find.getByRole("searchbox").fill("tuesday");
  await page.clock.runFor(500);
  await expect(say).toHaveText(/^1 of [4-9]\. From .+ Tuesday/i);
  await page.keyboard.press("Enter");
  await expect(say).toHaveText(/^2 of/);
  await expect(page.locator(".message.hit")).toBeInViewport();
  await page.keyboard.press("Shift+Enter");
  await expect(say).toHaveText(/^1 of/);
  await find.getByRole("searchbox").fill("nothing of the kind");
  await page.clock.runFor(500);
  await expect(say).toHaveText("Not found");
  await page.keyboard.press("Escape");
  await expect(find).toHaveCount(0);
  await expect(thread(page)).toBeFocused();
});

test("where nothing may be kept, each of two tabs reads for itself, and the device holds no message", async ({ page, context, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const served = await (await fetch(`${sandbox.url}/switchboard.json`)).json();
  await context.route("**/switchboard.json", (route) => route.fulfill({ json: { ...served, keep_messages: false } }));
  await page.clock.install();
  await open(page, sandbox, "Amelia Clarke");
  const id = idOf(page);
  const other = await context.newPage();
  await other.goto(`${sandbox.url}/inbox/${id}`);
  for (const one of [page, other]) await expect(messages(one).last()).toContainText("Noted. See you both on Tuesday");
  await receive(sandbox, id, "Not to be kept");
  await page.clock.runFor(16_000);
  for (const one of [page, other]) await expect(messages(one).last()).toContainText("Not to be kept");
  for (const one of [page, other]) await expect(messages(one).first()).toBeVisible();
  expect(await sweep(page)).not.toContain("Not to be kept");
  expect(await sweep(page)).not.toContain("See you both on Tuesday");
});

test("older conversations that cannot be read say so, and come at another try", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const data = Array.from({ length: 100 }, (_, at) => ({ id: `c${at}`, phone_number: `+4477009${at}`, contact_name: `Contact ${at}`, status: "active", last_active_at: new Date(1_700_000_000_000 - at * 60_000).toISOString() }));
  // Every page is full, so that there is always another.
  const full = { operation: LIST, when: "before", answer: { status: 200, body: JSON.stringify({ data, meta: {} }) } };
  const faults = [{ ...full, times: 1 }, { operation: LIST, times: 1, answer: { status: 502 } }, { ...full, times: 50 }];
  await sandbox.control({ faults });
  await page.goto(`${sandbox.url}/inbox`);
  await expect(rows(page)).toHaveCount(60);
  const more = page.getByRole("button", { name: "Show older conversations" });
  await more.click();
  await expect(rows(page)).toHaveCount(100);
  await more.click();
  const list = page.getByRole("region", { name: "Conversations" });
  await expect(list).toContainText("Older conversations could not be read.");
  await list.getByRole("button", { name: "Try again" }).last().click();
  await expect(list).not.toContainText("Older conversations could not be read.");
});

test("conversations of older pages are there again without the provider, and a page that skips some does not end the list", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const row = (at: number) => ({ id: `c${at}`, phone_number: `+4477009${at}`, contact_name: `Contact ${at}.`, status: "active", last_active_at: new Date(1_700_000_000_000 - at * 60_000).toISOString() });
  const answer = (rows: number[], pages: number) => ({ operation: LIST, when: "before", answer: { status: 200, body: JSON.stringify({ data: rows.map(row), meta: { total_pages: pages } }) } });
  const first = Array.from({ length: 99 }, (_, at) => at);
  const second = Array.from({ length: 30 }, (_, at) => 100 + at);
  const gone = { operation: LIST, times: 99, answer: { status: 502 } };
  await sandbox.control({ faults: [{ ...answer(first, 2), times: 1 }, { ...answer(second, 2), times: 1 }, gone] });
  await page.goto(`${sandbox.url}/inbox`);
  await expect(rows(page)).toHaveCount(60);
  const more = page.getByRole("button", { name: "Show older conversations" });
  await more.click();
  await expect(rows(page)).toHaveCount(99);
  await more.click();
  await expect(named(page, "Contact 129.")).toBeVisible();
  await expect(more).toHaveCount(0);
  await page.reload();
  await expect(rows(page)).toHaveCount(60);
  await more.click();
  await more.click();
  await expect(rows(page)).toHaveCount(129);
});
