// Sending much at once, sending where the device stores nothing, and how far a message has come.
import { expect, FAILED_CALL, test } from "./support/fixtures.ts";
import { calls } from "./support/form.ts";
import { answer, LIST, receive } from "./support/inbox.ts";
import { onDevice } from "./support/storage.ts";
import { freeze, pass, until } from "./support/time.ts";
import { arrived, atProvider, copies, go, idOf, leaving, MESSAGES, open, SEND, sent, texts } from "./support/writing.ts";
import type { Page } from "@playwright/test";

const NAME = "Amelia Clarke";

test("sixty messages at once: not more leave than WhatsApp and Kapso take, in order, and it is said why", async ({ page, sandbox, watch }) => {
  test.slow();
  watch.allow(/example\.com/);
  await page.clock.install();
  const composer = await open(page, sandbox, NAME);
  const wanted = Array.from({ length: 60 }, (_, at) => `Number ${at}`);
  const began = await page.evaluate(() => Date.now());
  for (const text of wanted) {
    await composer.text.fill(text);
    await composer.text.press("Enter");
  }
  await expect(leaving(page).last()).toContainText("Goes out after the one above.");
  // Kapso takes 100 requests a minute in all; a person gets one in six seconds, and a burst of 45.
  let waits = "";
  for (let second = 0; second < 200 && (await sent(sandbox)).length < 60; second++) {
    const minutes = ((await page.evaluate(() => Date.now())) - began) / 60_000;
    expect((await sent(sandbox)).length).toBeLessThanOrEqual(45 + Math.ceil(minutes * 10));
    waits += await leaving(page).allTextContents();
    await page.clock.runFor(1_000);
  }
  // From about the fifty-third on it is the person's pace that tells.
  expect(waits).toContain("WhatsApp takes one message in six seconds for one person.");
  expect(((await page.evaluate(() => Date.now())) - began) / 1_000).toBeGreaterThanOrEqual((60 - 45) * 6 - 2);
  await pass(page, 10, { done: async () => (await leaving(page).count()) === 0 });
  expect(await texts(sandbox)).toEqual(wanted);
  const id = await idOf(sandbox, NAME);
  const stored = (await atProvider(sandbox, id)).map((message) => message.content);
  expect(stored.slice(-60)).toEqual(wanted);
});

test("what waits for its turn says so, and why", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await page.clock.install();
  const composer = await open(page, sandbox, NAME);
  // From here on only the test moves the clock.
  await page.clock.pauseAt(Date.now() + 5_000);
  for (let at = 1; at <= 13; at++) {
    await composer.text.fill(`Number ${at}`);
    await composer.text.press("Enter");
    await page.clock.runFor(20);
  }
  // What comes with the next frame needs some time, too; a second is not over before it is done.
  const both = async () => {
    await page.clock.runFor(4);
    return [(await sent(sandbox)).length, await leaving(page).count()];
  };
  await expect.poll(both, { intervals: [100] }).toEqual([10, 3]);
  await expect(leaving(page).first()).toContainText("Goes out by itself in 1 second. That leaves enough of the provider’s requests of this minute for others.");
  for (const at of [1, 2]) await expect(leaving(page).nth(at)).toContainText("Goes out after the one above.");
  // Each needs a few answers of the device, which come in real time.
  await pass(page, 60, { done: async () => (await leaving(page).count()) === 0 });
  expect((await texts(sandbox)).at(-1)).toBe("Number 13");
  await expect(leaving(page)).toHaveCount(0);
});

// The last of many messages has its ticks looked for four times, and each of these takes a place in the budget of
// questions even where none is asked: the places are used up for minutes.
test("many messages at once do not keep another conversation from being read", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, NAME);
  for (let at = 0; at < 15; at++) {
    await composer.text.fill(`Number ${at}`);
    await composer.text.press("Enter");
  }
  await expect.poll(async () => (await sent(sandbox)).length, { timeout: 20_000 }).toBe(15);
  // How far they have come is looked for at once, and again later.
  await expect.poll(async () => (await calls(sandbox, MESSAGES)).length, { timeout: 20_000 }).toBeGreaterThan(1);
  await go(page, "Ana Souza");
});

test("after sending, the conversation is read at once, and not only when it is due", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await page.clock.install();
  const composer = await open(page, sandbox, NAME);
  await freeze(page);
  await pass(page, 1);
  const before = (await calls(sandbox, MESSAGES)).length;
  await receive(sandbox, await idOf(sandbox, NAME), "Our words have crossed");
  await composer.write("Are you there?");
  await pass(page, 1, { done: async () => (await sent(sandbox)).length === 1 });
  await pass(page, 1);
  expect((await calls(sandbox, MESSAGES)).length).toBe(before + 1);
  await expect(arrived(page).filter({ hasText: "Our words have crossed" })).toBeVisible();
});

test("where no request is left in this minute, a message waits, says so, and goes out after it", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await page.clock.install();
  const composer = await open(page, sandbox, NAME);
  await freeze(page);
  const headers = { "X-RateLimit-Limit": "100", "X-RateLimit-Remaining": "0" };
  await sandbox.control({ faults: [{ operation: LIST, times: 1, answer: { status: 200, headers, body: await answer(sandbox) } }] });
  await pass(page, 16);
  await composer.write("Later");
  await pass(page, 2);
  const waiting = leaving(page).last();
  await expect(waiting).toContainText(/Goes out by itself in \d+ seconds\. The provider takes no more requests in this minute\./);
  await pass(page, 40);
  expect(await sent(sandbox)).toEqual([]);
  await until(page, arrived(page).filter({ hasText: "Later" }));
  expect(await texts(sandbox)).toEqual(["Later"]);
});

// From now on the device stores nothing.
const fill = (page: Page) => page.evaluate(() => ((globalThis as any).full = true));

async function mayFill(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
      if ("full" in globalThis) throw new DOMException("The storage is full.", "QuotaExceededError");
      return put.apply(this, given);
    };
  });
}

test("a device that is full: what comes is shown in the conversation that is open", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await mayFill(page);
  await page.clock.install();
  await open(page, sandbox, NAME);
  const conversation_id = await idOf(sandbox, NAME);
  await fill(page);
  for (const content of ["Came without room", "And one more"]) {
    await sandbox.control({ receive: { conversation_id, content } });
    await pass(page, 40, { done: async () => (await arrived(page).last().getByText(content).count()) === 1 });
    await expect(arrived(page).last()).toContainText(content);
  }
});

test("a device that is full: it is told, the message goes out once, and what is shown stays", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await mayFill(page);
  const composer = await open(page, sandbox, NAME);
  await fill(page);
  await composer.text.fill("Through all the same");
  await expect(page.getByText("storage is full")).toBeVisible();
  await composer.text.press("Enter");
  await expect.poll(() => texts(sandbox)).toEqual(["Through all the same"]);
  await expect(leaving(page)).toHaveCount(0);
  await expect(arrived(page).last()).toContainText("Through all the same");
  // Those before it are still there.
  await expect(arrived(page).filter({ hasText: "Noted. See you both on Tuesday" })).toHaveCount(1);
  await composer.text.fill("Typed after it");
  await go(page, "Ana Souza");
  await go(page, NAME);
  await expect(composer.text).toHaveValue("Typed after it");
  expect(await copies(sandbox, await idOf(sandbox, NAME), "Through all the same")).toBe(1);
});

test("a device that is full, and an answer that is lost: still once, and found", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await page.clock.install();
  await mayFill(page);
  const composer = await open(page, sandbox, NAME);
  await fill(page);
  await sandbox.control({ faults: [{ operation: SEND, when: "after", answer: "drop" }] });
  await composer.write("Through all the same");
  await expect.poll(async () => (await sent(sandbox)).length).toBe(1);
  await pass(page, 30, { done: async () => (await leaving(page).count()) === 0 });
  await expect(leaving(page)).toHaveCount(0);
  await expect(arrived(page).last()).toContainText("Through all the same");
  await pass(page, 30);
  expect(await texts(sandbox)).toEqual(["Through all the same"]);
});

test("a device that becomes full while a message waits: it goes out once all the same", async ({ page, context, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await mayFill(page);
  const composer = await open(page, sandbox, NAME);
  await context.setOffline(true);
  await composer.write("Waiting");
  await expect(leaving(page)).toContainText("offline");
  await fill(page);
  await context.setOffline(false);
  await expect(page.getByText("storage is full")).toBeVisible();
  // What the device cannot mark as leaving is kept by the page alone, which can.
  await expect.poll(() => texts(sandbox)).toEqual(["Waiting"]);
  await page.evaluate(() => delete (globalThis as any).full);
  await page.reload();
  await expect(arrived(page).last()).toContainText("Waiting");
  expect(await texts(sandbox)).toEqual(["Waiting"]);
});

// Nothing of the storing took place, so the draft of an earlier moment is still on the device.
test("what was sent while the device was full is not a draft at the next visit", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await mayFill(page);
  const composer = await open(page, sandbox, NAME);
  await composer.text.fill("Only once");
  await expect(page.locator(".conversation").filter({ hasText: NAME })).toContainText("Draft: Only once");
  await fill(page);
  await composer.text.press("Enter");
  await expect.poll(() => texts(sandbox)).toEqual(["Only once"]);
  await expect(arrived(page).last()).toContainText("Only once");
  await page.reload();
  await expect(arrived(page).last()).toContainText("Only once");
  await expect(composer.text).toHaveValue("");
});

test("what is typed while the device is full is there at the next visit, and what was kept before it is not", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await mayFill(page);
  const composer = await open(page, sandbox, NAME);
  const preview = page.locator(".conversation").filter({ hasText: NAME });
  await composer.text.fill("Half");
  await expect(preview).toContainText("Draft: Half");
  await fill(page);
  await composer.text.fill("Half a sentence");
  await expect(page.getByText("storage is full")).toBeVisible();
  page.once("dialog", (dialog) => void dialog.accept());
  await page.reload();
  await expect(composer.text).toHaveValue("Half a sentence");
  // What was sent is no draft, whichever version of it the device had.
  await composer.text.press("Enter");
  await expect.poll(() => texts(sandbox)).toEqual(["Half a sentence"]);
  await expect(arrived(page).last()).toContainText("Half a sentence");
  await page.reload();
  await expect(arrived(page).last()).toContainText("Half a sentence");
  await expect(composer.text).toHaveValue("");
});

test("a message that was noted as its tab ended, and has left from another since, does not leave again", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  const composer = await open(page, sandbox, NAME);
  await sandbox.control({ faults: [{ operation: SEND, answer: { status: 429, headers: { "Retry-After": "2" } } }] });
  await composer.write("Only once");
  await expect(leaving(page)).toHaveCount(1);
  const stored = (await onDevice(page)).shelves.outbox.map(([, text]) => text as string).find((text) => text.includes("Only once"))!;
  await expect(arrived(page).last()).toContainText("Only once", { timeout: 20_000 });
  const before = await texts(sandbox);
  await page.evaluate((item) => localStorage.setItem("switchboard.rescued", `{"items":[${item}],"written":[]}`), stored);
  await page.reload();
  await expect(arrived(page).last()).toContainText("Only once");
  await expect.poll(() => page.evaluate(() => localStorage.getItem("switchboard.rescued"))).toBeNull();
  await expect(leaving(page)).toHaveCount(0);
  expect(await texts(sandbox)).toEqual(before);
  expect(await copies(sandbox, await idOf(sandbox, NAME), "Only once")).toBe(1);
});

test("how far a message has come never goes back, whatever an answer says", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await page.clock.install();
  await sandbox.control({ speed: 0 });
  const composer = await open(page, sandbox, NAME);
  const id = await idOf(sandbox, NAME);
  const ticks = arrived(page).last().locator(".ticks");
  await composer.write("How far?");
  await expect(arrived(page).last()).toContainText("How far?");
  await expect(ticks).toHaveAttribute("title", "sent");
  const says = async (status: string) => {
    const data = (await atProvider(sandbox, id)).reverse();
    data[0].status = status;
    const before = (await sandbox.log()).filter((call) => call.operation === MESSAGES).length;
    const answer = { status: 200, body: JSON.stringify({ data, meta: {} }) };
    await sandbox.control({ faults: [{ operation: MESSAGES, times: 1, answer }], receive: { conversation_id: (await idOf(sandbox, "Ana Souza")), content: "x" } });
    await pass(page, 130, { done: async () => (await sandbox.log()).filter((call) => call.operation === MESSAGES).length > before });
    // The answer after it is the provider's own again, which still says `sent`.
    await pass(page, 2);
  };
  await says("delivered");
  await expect(ticks).toHaveAttribute("title", "delivered");
  await says("sent");
  await expect(ticks).toHaveAttribute("title", "delivered");
  await says("read");
  await expect(ticks).toHaveAttribute("title", "read");
  for (const older of ["delivered", "sent", "pending", "whatever"]) {
    await says(older);
    await expect(ticks).toHaveAttribute("title", "read");
  }
  await page.reload();
  await expect(arrived(page).last()).toContainText("How far?");
  await expect(ticks).toHaveAttribute("title", "read");
});
