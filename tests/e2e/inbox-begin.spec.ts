// A conversation that is begun with a number: what leaves, and what becomes of it where its answer is lost.
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { calls } from "./support/form.ts";
import { called, LOSSES } from "./support/losses.ts";
import { occupy, onDevice } from "./support/storage.ts";
import { countCalls, pass } from "./support/time.ts";
import { arrived } from "./support/writing.ts";
import { read } from "./support/world.ts";
import type { Locator, Page } from "@playwright/test";

const STANDALONE = "kapso.send-standalone";
const NUMBER = "+447700900321";
// The address of a conversation.
const BEGUN = /\/inbox\/[^?]+$/;
const HANGING = /^POST .*whatsapp_messages/;
const SAYS = "Hello Zoë, your appointment is on Monday.";

// Before there is a conversation, what is on its way stands beside the form.
const leaving = (page: Page): Locator => page.locator("article.leaving");

test.beforeEach(({ watch }) => watch.allow(FAILED_CALL, /example\.com/));

async function begin(page: Page, sandbox: Sandbox): Promise<void> {
  await compose(page, sandbox);
  await send(page);
}

async function compose(page: Page, sandbox: Sandbox): Promise<void> {
  await page.clock.install();
  await countCalls(page);
  await page.goto(`${sandbox.url}/inbox`);
  await page.getByRole("button", { name: "New conversation" }).click();
  await expect(page.getByRole("heading", { name: "New conversation" })).toBeFocused();
  await fill(page);
}

async function fill(page: Page): Promise<void> {
  await page.locator('[name="message.phone_number"]').fill(NUMBER);
  await expect(page.getByRole("heading", { name: "New conversation" })).toBeVisible();
  await page.locator("button.template").filter({ hasText: "appointment" }).first().click();
  const values = page.locator('[name^="message.template_params"]');
  await expect(values.first()).toBeFocused();
  await values.first().fill("Zoë");
  await values.last().fill("Monday");
  await expect(page.getByRole("group", { name: "Preview" })).toContainText(SAYS);
}

test("who types a number before the device has answered chooses a template all the same", async ({ page, sandbox }) => {
  await page.goto(`${sandbox.url}/inbox`);
  await expect(page.locator(".conversation").first()).toBeVisible();
  const give = await occupy(page, "unsent");
  await page.getByRole("button", { name: "New conversation" }).click();
  const number = page.locator('[name="message.phone_number"]');
  await number.fill(NUMBER);
  await give();
  await expect(page.locator("button.template").first()).toBeVisible();
  await expect(number).toHaveValue(NUMBER);
});

test("who has left another kind of message unfinished there finds it again", async ({ page, sandbox }) => {
  await page.goto(`${sandbox.url}/inbox`);
  await page.getByRole("button", { name: "New conversation" }).click();
  const kind = page.getByLabel("What to send");
  await expect(kind).toHaveValue("template");
  await kind.selectOption("image");
  await page.locator('[name="message.phone_number"]').fill(NUMBER);
  await expect.poll(async () => JSON.stringify((await onDevice(page)).shelves.unsent)).toContain(NUMBER);
  await page.reload();
  await page.getByRole("button", { name: "New conversation" }).click();
  await expect(kind).toHaveValue("image");
});

const send = (page: Page): Promise<void> => page.locator(".composer button[type=submit]").click();

test("where the business's numbers cannot be read, the one to send from is typed", async ({ page, sandbox }) => {
  await sandbox.control({ faults: [{ operation: "kapso.list-configs", times: 9, answer: { status: 500 } }] });
  await compose(page, sandbox);
  const from = page.getByLabel("From (config ID)");
  await from.fill("0f0f0f0f-0000-4000-8000-000000000000");
  await send(page);
  await expect.poll(async () => (await calls(sandbox, STANDALONE)).length).toBe(1);
  const [call] = await calls(sandbox, STANDALONE);
  expect(call.query).toContain("whatsapp_config_id=0f0f0f0f-0000-4000-8000-000000000000");
});

// What the provider has of it.
async function atProvider(sandbox: Sandbox): Promise<any[]> {
  const { data } = await read(sandbox, "kapso", `/whatsapp_conversations?per_page=100`);
  const begun = data.filter((row: any) => row.phone_number.replace(/\D/g, "") === NUMBER.slice(1));
  const all = begun.map((row: any) => read(sandbox, "kapso", `/whatsapp_conversations/${row.id}/whatsapp_messages`));
  return (await Promise.all(all)).flatMap((page) => page.data);
}

test("what is written is what leaves, and leads to the conversation that it began", async ({ page, sandbox }) => {
  await begin(page, sandbox);
  await expect(page).toHaveURL(BEGUN);
  await expect(arrived(page).last()).toContainText(SAYS);
  const sent = await calls(sandbox, STANDALONE);
  expect(sent.map(({ body }) => body)).toEqual([
    { message: { phone_number: NUMBER, message_type: "template", template_name: "appointment", template_language: "en", template_params: ["Zoë", "Monday"] } },
  ]);
  expect(await atProvider(sandbox)).toHaveLength(1);
});

for (const loss of LOSSES) {
  test(`an answer that is lost ${loss.when} it took effect ${loss.found ? "is settled by what the provider has" : "leaves it to a person"}: ${called(loss)}`, async ({ page, sandbox }) => {
    const { when, answer, found } = loss;
    await sandbox.control({ faults: [{ operation: STANDALONE, times: 1, when, answer }] });
    await begin(page, sandbox);
    await expect.poll(async () => (await calls(sandbox, STANDALONE)).length).toBe(1);
    const again = page.getByRole("button", { name: "Send again" });
    const done = async () => (found ? BEGUN.test(page.url()) : again.isVisible());
    await pass(page, 100, { done, hanging: HANGING });
    if (found) {
      await expect(page).toHaveURL(BEGUN);
      await expect(arrived(page).last()).toContainText(SAYS);
      await expect(leaving(page)).toHaveCount(0);
    } else {
      await expect(leaving(page)).toContainText("Not known whether it was sent.");
      await expect(leaving(page)).toContainText(SAYS);
    }
    expect(await calls(sandbox, STANDALONE)).toHaveLength(1);
    expect(await atProvider(sandbox)).toHaveLength(found ? 1 : 0);
  });
}

test("two equal messages to a number, the second lost before it took effect: it is not taken for the first", async ({ page, context, sandbox, watch }) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED/);
  let posts = 0;
  await page.route(/whatsapp_messages/, async (route) => {
    const sends = route.request().method() === "POST";
    if (sends && ++posts === 2) await route.abort("connectionreset");
    else await route.continue();
  });
  await compose(page, sandbox);
  // Both wait, so that the second leaves right after the first.
  await context.setOffline(true);
  await send(page);
  await expect(leaving(page)).toHaveCount(1);
  await page.getByLabel("What to send").selectOption("template");
  await fill(page);
  await send(page);
  await expect(leaving(page)).toHaveCount(2);
  await context.setOffline(false);
  // The first leads to its conversation.
  await expect(page).toHaveURL(BEGUN);
  await expect.poll(() => posts).toBe(2);
  await page.getByRole("button", { name: "New conversation" }).click();
  const doubtful = leaving(page).filter({ hasText: "Not known whether it was sent." });
  await pass(page, 60, { done: async () => (await doubtful.count()) === 1 });
  await expect(doubtful).toHaveCount(1);
  expect(posts).toBe(2);
  expect(await atProvider(sandbox)).toHaveLength(1);
});

for (const [name, answer, words] of [
  ["a key that is refused", { status: 401 }, "Kapso did not accept the key"],
  ["too many requests", { status: 429, headers: { "Retry-After": "5" } }, "The provider had too many requests and asked to wait."],
] as const) {
  test(`${name}: it waits, and leaves once`, async ({ page, sandbox }) => {
    await sandbox.control({ faults: [{ operation: STANDALONE, times: 1, when: "before", answer }] });
    await begin(page, sandbox);
    await expect.poll(async () => (await calls(sandbox, STANDALONE)).length).toBe(1);
    await pass(page, 30, { done: async () => (await leaving(page).innerText()).includes(words) });
    await expect(leaving(page)).toContainText(words);
    await expect(leaving(page)).toContainText(SAYS);
    const again = leaving(page).getByRole("button", { name: "Try again" });
    await pass(page, 60, { each: async () => { if (await again.isVisible()) await again.click(); }, done: async () => BEGUN.test(page.url()) });
    await expect(arrived(page).last()).toContainText(SAYS);
    expect(await atProvider(sandbox)).toHaveLength(1);
  });
}

test("what stays unknown waits on the start page until a person says what is to be done", async ({ page, sandbox }) => {
  await sandbox.control({ faults: [{ operation: STANDALONE, when: "before", answer: "drop" }] });
  await begin(page, sandbox);
  const again = page.getByRole("button", { name: "Send again" });
  await pass(page, 60, { done: () => again.isVisible() });
  await expect(leaving(page)).toContainText("Not known whether it was sent.");
  // It waits on the start page, one click from here.
  await page.goto(sandbox.url);
  await pass(page, 30);
  const waiting = page.getByRole("region", { name: "Waiting for you" }).getByRole("listitem");
  await expect(waiting).toContainText("a message to +44 770 090 0321");
  await waiting.getByRole("link").click();
  await expect(leaving(page)).toContainText("Not known whether it was sent.");
  expect(await calls(sandbox, STANDALONE)).toHaveLength(1);
  await again.click();
  await expect(page).toHaveURL(BEGUN);
  expect(await atProvider(sandbox)).toHaveLength(1);
});

test("a refusal keeps what was typed, and is mended", async ({ page, sandbox }) => {
  const answer = { status: 422, body: JSON.stringify({ error: "The number is not on WhatsApp." }) };
  await sandbox.control({ faults: [{ operation: STANDALONE, answer }] });
  await begin(page, sandbox);
  await expect(leaving(page)).toContainText("The number is not on WhatsApp.");
  await leaving(page).getByRole("button", { name: "Edit" }).click();
  await expect(page.locator('[name="message.phone_number"]')).toHaveValue(NUMBER);
  await expect(page.locator('[name^="message.template_params"]').first()).toHaveValue("Zoë");
  await page.locator(".composer button[type=submit]").click();
  await expect(page).toHaveURL(BEGUN);
  expect(await atProvider(sandbox)).toHaveLength(1);
});

test("by keyboard, the focus stays with the message that is sent again, and then leads to its conversation", async ({ page, sandbox }) => {
  const answer = { status: 422, body: JSON.stringify({ error: "The number is not on WhatsApp." }) };
  await sandbox.control({ faults: [{ operation: STANDALONE, times: 2, answer }] });
  await begin(page, sandbox);
  const again = leaving(page).getByRole("button", { name: "Send again" });
  await again.press("Enter");
  await expect.poll(async () => (await calls(sandbox, STANDALONE)).length).toBe(2);
  await expect(again).toBeVisible();
  await expect(leaving(page)).toBeFocused();
  await again.press("Enter");
  await expect(page).toHaveURL(BEGUN);
  await expect(arrived(page).last()).toContainText(SAYS);
  // As on any arrival, at what the conversation is called.
  await expect(page.locator(".thread-head h2")).toBeFocused();
});
