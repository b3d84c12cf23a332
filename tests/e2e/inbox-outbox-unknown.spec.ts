// Messages of which nobody knows whether they were sent: what settles them, and what is left to a person.
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { pass } from "./support/time.ts";
import { arrived, colleague, Composer, copies, HANGING_SEND, idOf, leaving, MESSAGES, named, open, SEND, sent, texts } from "./support/writing.ts";
import type { Page } from "@playwright/test";

const NAME = "Amelia Clarke";
const TEXT = "Until Friday";
const DROP_BEFORE = { operation: SEND, when: "before", answer: "drop" };
const DROP_AFTER = { operation: SEND, when: "after", answer: "drop" };

const saying = (page: Page, text: string) => arrived(page).filter({ has: page.getByText(text, { exact: true }) });
const doubtful = (page: Page) => leaving(page).filter({ hasText: "Not known whether it was sent." });

// A message that the provider never got, after as many readings as there are.
async function unknown(page: Page, sandbox: Sandbox): Promise<Composer> {
  await page.clock.install();
  const composer = await open(page, sandbox, NAME);
  await sandbox.control({ faults: [DROP_BEFORE] });
  await composer.write(TEXT);
  await pass(page, 60, { done: async () => (await doubtful(page).count()) === 1 });
  await expect(doubtful(page)).toHaveCount(1);
  expect(await texts(sandbox)).toEqual([TEXT]);
  return composer;
}

test("two equal texts, and the second answer is lost after it took effect: each is there once", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await page.clock.install();
  const composer = await open(page, sandbox, NAME);
  const id = await idOf(sandbox, NAME);
  await composer.write("Yes");
  await expect(leaving(page)).toHaveCount(0);
  await sandbox.control({ faults: [DROP_AFTER] });
  await composer.write("Yes");
  await pass(page, 30, { done: async () => (await sent(sandbox)).length === 2 && (await leaving(page).count()) === 0 });
  await expect(leaving(page)).toHaveCount(0);
  await expect(saying(page, "Yes")).toHaveCount(2);
  expect(await texts(sandbox)).toEqual(["Yes", "Yes"]);
  expect(await copies(sandbox, id, "Yes")).toBe(2);
});

test("two equal texts, and the second never arrives: the first is not taken for it", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await page.clock.install();
  const composer = await open(page, sandbox, NAME);
  await composer.write("Yes");
  await expect(leaving(page)).toHaveCount(0);
  await sandbox.control({ faults: [DROP_BEFORE] });
  await composer.write("Yes");
  await pass(page, 60, { done: async () => (await doubtful(page).count()) === 1 });
  await expect(doubtful(page)).toContainText("the conversation does not show the message");
  await pass(page, 60);
  await expect(doubtful(page)).toHaveCount(1);
  expect(await texts(sandbox)).toEqual(["Yes", "Yes"]);
  expect(await copies(sandbox, await idOf(sandbox, NAME), "Yes")).toBe(1);
});

test("two equal texts, and both answers are lost: the second waits for the first, and each is there once", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  const composer = await open(page, sandbox, NAME);
  const id = await idOf(sandbox, NAME);
  await sandbox.control({ faults: [{ ...DROP_AFTER, times: 2 }] });
  await composer.write("Yes");
  await composer.write("Yes");
  await expect(saying(page, "Yes")).toHaveCount(2, { timeout: 20_000 });
  await expect(leaving(page)).toHaveCount(0);
  expect(await texts(sandbox)).toEqual(["Yes", "Yes"]);
  expect(await copies(sandbox, id, "Yes")).toBe(2);
  await expect(saying(page, "Yes")).toHaveCount(2);
});

// The word is taken, and the message stays below the conversation as "Sent", beside the one that it is.
test("a colleague's equal text makes two of them: it stays unknown until a person says which", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await page.clock.install();
  const composer = await open(page, sandbox, NAME);
  const id = await idOf(sandbox, NAME);
  await sandbox.control({ faults: [{ operation: SEND, when: "after", answer: "hang" }] });
  await composer.write(TEXT);
  await expect.poll(async () => (await sent(sandbox)).length).toBe(1);
  await colleague(sandbox, id, TEXT);
  await pass(page, 45, { done: async () => (await doubtful(page).count()) === 1, hanging: HANGING_SEND });
  await expect(doubtful(page)).toContainText("2 messages of the conversation may be this one");
  await pass(page, 60);
  await expect(doubtful(page)).toHaveCount(1);
  expect(await texts(sandbox)).toEqual([TEXT]);
  // Both say the same; when they were made tells them apart, or which came first within a second.
  const one = doubtful(page).getByRole("button", { name: /^It is the one of \d/ });
  await expect(one).toHaveCount(2);
  expect(new Set(await one.allTextContents()).size).toBe(2);
  await one.last().click();
  await expect(leaving(page)).toHaveCount(0);
  await page.reload();
  await expect(arrived(page).last()).toContainText(TEXT);
  await expect(leaving(page)).toHaveCount(0);
  await pass(page, 60);
  expect(await texts(sandbox)).toEqual([TEXT]);
  expect(await copies(sandbox, id, TEXT)).toBe(2);
});

test("a colleague's equal text that was there before is not taken for it", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await page.clock.install();
  const id = await idOf(sandbox, NAME);
  const composer = await open(page, sandbox, NAME);
  await colleague(sandbox, id, TEXT);
  await page.reload();
  await expect(arrived(page).last()).toContainText(TEXT);
  await sandbox.control({ faults: [DROP_BEFORE] });
  await composer.write(TEXT);
  await pass(page, 60, { done: async () => (await doubtful(page).count()) === 1 });
  await expect(doubtful(page)).toContainText("the conversation does not show the message");
});

test("what the contact writes is never taken for it", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await page.clock.install();
  const composer = await open(page, sandbox, NAME);
  await sandbox.control({ faults: [DROP_BEFORE] });
  await composer.write(TEXT);
  await sandbox.control({ receive: { conversation_id: await idOf(sandbox, NAME), content: TEXT } });
  await pass(page, 60, { done: async () => (await doubtful(page).count()) === 1 });
  await expect(doubtful(page)).toContainText("the conversation does not show the message");
});

test("looking again finds what came late, and sends nothing", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await unknown(page, sandbox);
  const id = await idOf(sandbox, NAME);
  await doubtful(page).getByRole("button", { name: "Look again" }).click();
  await pass(page, 5);
  await expect(doubtful(page)).toHaveCount(1);
  // The provider shows it in the end.
  await colleague(sandbox, id, TEXT);
  await doubtful(page).getByRole("button", { name: "Look again" }).click();
  await pass(page, 5, { done: async () => (await leaving(page).count()) === 0 });
  await expect(leaving(page)).toHaveCount(0);
  await expect(arrived(page).last()).toContainText(TEXT);
  await pass(page, 30);
  expect(await texts(sandbox)).toEqual([TEXT]);
  expect(await copies(sandbox, id, TEXT)).toBe(1);
});

test("sending again, at a word, sends once", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await unknown(page, sandbox);
  await expect(named(page, NAME)).toContainText("Not known whether sent");
  await doubtful(page).getByRole("button", { name: "Send again" }).dblclick();
  await pass(page, 5, { done: async () => (await leaving(page).count()) === 0 });
  await expect(arrived(page).last()).toContainText(TEXT);
  await pass(page, 30);
  expect(await texts(sandbox)).toEqual([TEXT, TEXT]);
  expect(await copies(sandbox, await idOf(sandbox, NAME), TEXT)).toBe(1);
  await expect(named(page, NAME)).not.toContainText("Not known");
});

test("discarding, at a word, forgets it and lets the next one go", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  const composer = await unknown(page, sandbox);
  await composer.write("The next one");
  await expect(leaving(page)).toHaveCount(2);
  await pass(page, 20);
  expect(await texts(sandbox)).toEqual([TEXT]);
  await doubtful(page).getByRole("button", { name: "Discard" }).click();
  await pass(page, 5, { done: async () => (await leaving(page).count()) === 0 });
  await expect(arrived(page).last()).toContainText("The next one");
  await page.reload();
  await expect(arrived(page).last()).toContainText("The next one");
  await expect(leaving(page)).toHaveCount(0);
  expect(await texts(sandbox)).toEqual([TEXT, "The next one"]);
});

test("what a person has to decide is there after a reload, and not asked of the provider again", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await unknown(page, sandbox);
  await page.reload();
  await expect(doubtful(page)).toHaveCount(1);
  await expect(named(page, NAME)).toContainText("Not known whether sent");
  await pass(page, 60);
  await expect(doubtful(page)).toHaveCount(1);
  expect(await texts(sandbox)).toEqual([TEXT]);
});

test("while the conversation cannot be read either, it stays unknown, and is settled when it can", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await page.clock.install();
  const composer = await open(page, sandbox, NAME);
  await sandbox.control({ faults: [DROP_AFTER, { operation: MESSAGES, times: 200, answer: "drop" }] });
  await composer.write(TEXT);
  await pass(page, 60);
  await expect(leaving(page)).toHaveCount(1);
  expect(await texts(sandbox)).toEqual([TEXT]);
  await sandbox.control({ faults: [] });
  await pass(page, 30, { done: async () => (await leaving(page).count()) === 0 });
  await expect(leaving(page)).toHaveCount(0);
  await expect(arrived(page).last()).toContainText(TEXT);
  expect(await texts(sandbox)).toEqual([TEXT]);
  expect(await copies(sandbox, await idOf(sandbox, NAME), TEXT)).toBe(1);
});

test("where the provider asks to wait before it is read, it waits, and is settled then", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await page.clock.install();
  const composer = await open(page, sandbox, NAME);
  const answer = { status: 429, headers: { "Retry-After": "20" } };
  await sandbox.control({ faults: [DROP_AFTER, { operation: MESSAGES, times: 1, answer }] });
  await composer.write(TEXT);
  await expect(leaving(page).filter({ hasText: TEXT })).toBeVisible();
  await pass(page, 40, { done: async () => (await leaving(page).count()) === 0 });
  await expect(leaving(page)).toHaveCount(0);
  await expect(arrived(page).last()).toContainText(TEXT);
  expect(await texts(sandbox)).toEqual([TEXT]);
});

test("reading and writing elsewhere go on while one is unknown", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await unknown(page, sandbox);
  await sandbox.control({ receive: { conversation_id: await idOf(sandbox, NAME), content: "Are you there?" } });
  await pass(page, 40, { done: async () => (await arrived(page).filter({ hasText: "Are you there?" }).count()) === 1 });
  await expect(arrived(page).last()).toContainText("Are you there?");
  await expect(doubtful(page)).toHaveCount(1);
});

const KINDS: [string, (composer: Composer) => Promise<void>][] = [
  ["an image", async (composer) => {
    await composer.kind("Image");
    await composer.fill({ "Media address": "https://example.com/a.png", Caption: "Here" });
  }],
  ["a document by its media ID, without a caption", async (composer) => {
    await composer.kind("Document");
    await composer.fill({ "Media ID": "1037543291543636", "File name": "bill.pdf" });
  }],
  ["a place", async (composer) => {
    await composer.kind("Location");
    await composer.fill({ "Coordinates or a map link": "-23.5631, -46.6544" });
  }],
  ["buttons", async (composer) => {
    await composer.kind("Buttons or list");
    await composer.fill({ Text: "Shall we?" });
    await composer.add("message.buttons");
    await composer.row("Button 1").fill({ ID: "yes", Title: "Yes" });
  }],
  ["contacts", async (composer) => {
    await composer.kind("Contacts");
    await composer.add("message.contacts");
    await composer.row("Contact 1").fill({ "Full name": "Ruby Clarke", "First name": "Ruby" });
  }],
  ["a template", async (composer) => {
    await composer.tool("Template").click();
    await composer.page.locator("button.template").filter({ hasText: "thank_you" }).click();
  }],
  ["a text with space around it", (composer) => composer.text.fill("  Hello there \n")],
];

for (const [name, fill] of KINDS) {
  test(`${name} is found in the conversation where its answer was lost`, async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL, /example\.com/);
    await page.clock.install();
    const composer = await open(page, sandbox, NAME);
    await sandbox.control({ faults: [DROP_AFTER] });
    await fill(composer);
    await composer.send();
    await expect(leaving(page)).toHaveCount(1);
    await pass(page, 30, { done: async () => (await leaving(page).count()) === 0 });
    await expect(leaving(page)).toHaveCount(0);
    expect(await sent(sandbox)).toHaveLength(1);
  });
}

test("a reaction is found on its message where its answer was lost", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await page.clock.install();
  const composer = await open(page, sandbox, NAME);
  await sandbox.control({ faults: [DROP_AFTER] });
  const row = arrived(page).filter({ hasText: "Her name is Ruby Clarke" });
  await row.hover();
  await row.getByRole("button", { name: "React" }).click();
  await composer.tool("❤️").click();
  await composer.send();
  await pass(page, 30, { done: async () => (await row.locator(".reaction").count()) === 1 });
  await expect(row.locator(".reaction")).toHaveText("Your reaction: ❤️");
  await expect(leaving(page)).toHaveCount(0);
  expect(await sent(sandbox)).toHaveLength(1);
});
