// Messages and the pages that send them: a page that is loaded again or closed in mid-send, and two pages
// that write in one conversation.
import { expect, FAILED_CALL, test } from "./support/fixtures.ts";
import { arrived, copies, go, idOf, leaving, named, open, SEND, sent, texts } from "./support/writing.ts";
import { sweep } from "./support/storage.ts";
import { pass } from "./support/time.ts";
import type { Page } from "@playwright/test";

const NAME = "Amelia Clarke";
const TEXT = "Until Friday";

const doubtful = (page: Page) => leaving(page).filter({ hasText: "Not known whether it was sent." });

for (const when of ["before", "after"] as const) {
  test(`a reload in mid-send, ${when} it took effect: sent once at most, and told`, async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL, /example\.com/);
    await page.clock.install();
    const composer = await open(page, sandbox, NAME);
    await sandbox.control({ faults: [{ operation: SEND, when, answer: "hang" }] });
    await composer.write(TEXT);
    await composer.write("And then this");
    await expect.poll(async () => (await sent(sandbox)).length).toBe(1);
    await expect.poll(() => sweep(page)).toContain("And then this");
    await page.reload();
    const told = when === "after" ? arrived(page).filter({ hasText: TEXT }) : doubtful(page);
    await pass(page, 60, { done: async () => (await told.count()) === 1 });
    await expect(told).toHaveCount(1);
    await pass(page, 30);
    expect(await copies(sandbox, await idOf(sandbox, NAME), TEXT)).toBe(when === "after" ? 1 : 0);
    // What was written after it goes out after it, and only then.
    expect(await texts(sandbox)).toEqual(when === "after" ? [TEXT, "And then this"] : [TEXT]);
    await expect(leaving(page)).toHaveCount(when === "after" ? 0 : 2);
  });

  test(`a page that is closed in mid-send, ${when} it took effect: another settles it`, async ({ page, context, sandbox, watch }) => {
    watch.allow(FAILED_CALL, /example\.com/);
    const other = await context.newPage();
    await other.clock.install();
    await open(other, sandbox, NAME);
    const composer = await open(page, sandbox, NAME);
    await sandbox.control({ faults: [{ operation: SEND, when, answer: "hang" }] });
    await composer.write(TEXT);
    await expect.poll(async () => (await sent(sandbox)).length).toBe(1);
    await expect(leaving(other).filter({ hasText: TEXT })).toContainText("Sending…");
    await page.close();
    const told = when === "after" ? arrived(other).filter({ hasText: TEXT }) : doubtful(other);
    await pass(other, 60, { done: async () => (await told.count()) === 1 });
    await expect(told).toHaveCount(1);
    await pass(other, 30);
    expect(await texts(sandbox)).toEqual([TEXT]);
    expect(await copies(sandbox, await idOf(sandbox, NAME), TEXT)).toBe(when === "after" ? 1 : 0);
  });
}

test("a page that is closed right after Enter: the message is there at the next visit, and goes out once", async ({ page, context, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  const composer = await open(page, sandbox, NAME);
  await context.setOffline(true);
  await composer.write(TEXT);
  await expect(leaving(page)).toHaveCount(1);
  await expect(leaving(page)).toContainText("offline");
  await page.close();
  await context.setOffline(false);
  const next = await context.newPage();
  await open(next, sandbox, NAME);
  await expect(arrived(next).last()).toContainText(TEXT);
  expect(await texts(sandbox)).toEqual([TEXT]);
});

// The message stays below the conversation as "Sent" for good, beside itself.
test("a page that is closed between the answer and the end of the errand leaves nothing behind", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  // What such a page does not come to: it takes nothing out of the outbox any more.
  await page.addInitScript(() => {
    const remove = IDBObjectStore.prototype.delete;
    IDBObjectStore.prototype.delete = function (...given) {
      const gone = sessionStorage.getItem("gone") !== null && this.name === "outbox";
      if (gone) throw new DOMException("The page is closing.", "AbortError");
      return remove.apply(this, given);
    };
  });
  const composer = await open(page, sandbox, NAME);
  await page.evaluate(() => sessionStorage.setItem("gone", ""));
  await composer.write(TEXT);
  await expect.poll(() => texts(sandbox)).toEqual([TEXT]);
  await expect(arrived(page).filter({ hasText: TEXT })).toHaveCount(1);
  await page.evaluate(() => sessionStorage.removeItem("gone"));
  await page.reload();
  await expect(arrived(page).filter({ hasText: TEXT })).toHaveCount(1);
  await expect(leaving(page)).toHaveCount(0);
  expect(await texts(sandbox)).toEqual([TEXT]);
});

// What lasts only as long as the page goes with it, and nobody is asked.
test("where nothing may be kept, a page with something unsent is not closed without a question", async ({ page, context, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  const served = await (await fetch(`${sandbox.url}/switchboard.json`)).json();
  await context.route("**/switchboard.json", (route) => route.fulfill({ json: { ...served, keep_messages: false } }));
  const questions: string[] = [];
  page.on("dialog", async (dialog) => {
    questions.push(dialog.type());
    await dialog.accept();
  });
  const composer = await open(page, sandbox, NAME);
  await composer.text.fill("Half a sentence");
  await page.reload();
  expect(questions).toEqual(["beforeunload"]);
  await expect(arrived(page).last()).toBeVisible();
  await sandbox.control({ faults: [{ operation: SEND, when: "after", answer: "hang" }] });
  await composer.write(TEXT);
  await expect(leaving(page)).toContainText("Sending…");
  await page.reload();
  expect(questions).toEqual(["beforeunload", "beforeunload"]);
});

test("what waits goes out from any place of the site", async ({ page, context, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  const composer = await open(page, sandbox, NAME);
  await context.setOffline(true);
  await composer.write(TEXT);
  await expect(leaving(page)).toContainText("offline");
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Requests" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Requests");
  await context.setOffline(false);
  await expect.poll(() => texts(sandbox)).toEqual([TEXT]);
});

// The start page comes without the rest of the console, and so without the outbox.
for (const path of ["/activity", "/connections"]) {
  test(`what waited when the page was closed goes out at the next visit, to ${path}`, async ({ page, context, sandbox, watch }) => {
    watch.allow(FAILED_CALL, /example\.com/);
    const composer = await open(page, sandbox, NAME);
    await context.setOffline(true);
    await composer.write(TEXT);
    await expect(leaving(page)).toContainText("offline");
    await page.close();
    await context.setOffline(false);
    const next = await context.newPage();
    await next.goto(sandbox.url + path);
    await expect.poll(() => texts(sandbox)).toEqual([TEXT]);
  });
}

test("two tabs send in one conversation: in the order in which it was written, each once", async ({ page, context, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  const first = await open(page, sandbox, NAME);
  const other = await context.newPage();
  const second = await open(other, sandbox, NAME);
  const wanted: string[] = [];
  for (let round = 0; round < 4; round++) {
    for (const [name, composer] of [["one", first], ["two", second]] as const) {
      const text = `${name} ${round}`;
      wanted.push(text);
      await composer.write(text);
    }
  }
  await expect.poll(() => texts(sandbox), { timeout: 20_000 }).toEqual(wanted);
  const id = await idOf(sandbox, NAME);
  for (const one of [page, other]) {
    await expect(leaving(one)).toHaveCount(0);
    for (const text of wanted) await expect(arrived(one).filter({ hasText: text })).toHaveCount(1);
  }
  for (const text of wanted) expect(await copies(sandbox, id, text)).toBe(1);
});

test("two tabs, and one of them waits: the other's goes after it", async ({ page, context, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  const first = await open(page, sandbox, NAME);
  const other = await context.newPage();
  const second = await open(other, sandbox, NAME);
  await sandbox.control({ faults: [{ operation: SEND, when: "after", answer: "drop" }] });
  await first.write("First");
  await expect(leaving(page)).toHaveCount(1);
  await second.write("Another");
  await expect(leaving(other)).toHaveCount(2);
  await expect.poll(() => texts(sandbox), { timeout: 20_000 }).toEqual(["First", "Another"]);
  for (const one of [page, other]) {
    await expect(leaving(one)).toHaveCount(0);
    await expect(arrived(one).last()).toContainText("Another");
  }
  const id = await idOf(sandbox, NAME);
  for (const text of ["First", "Another"]) expect(await copies(sandbox, id, text)).toBe(1);
});

test("a person decides in one tab, and the other shows it", async ({ page, context, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  const composer = await open(page, sandbox, NAME);
  const other = await context.newPage();
  await open(other, sandbox, NAME);
  await sandbox.control({ faults: [{ operation: SEND, answer: { status: 422 } }] });
  await composer.write(TEXT);
  for (const one of [page, other]) await expect(leaving(one)).toContainText("Not sent.");
  await leaving(other).getByRole("button", { name: "Send again" }).click();
  for (const one of [page, other]) {
    await expect(leaving(one)).toHaveCount(0);
    await expect(arrived(one).last()).toContainText(TEXT);
    await expect(named(one, NAME)).not.toContainText(/Not sent|Not known/);
  }
  expect(await texts(sandbox)).toEqual([TEXT, TEXT]);
});

test("both tabs decide at once, and it is sent once", async ({ page, context, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  const composer = await open(page, sandbox, NAME);
  const other = await context.newPage();
  await open(other, sandbox, NAME);
  await sandbox.control({ faults: [{ operation: SEND, answer: { status: 422 } }] });
  await composer.write(TEXT);
  for (const one of [page, other]) await expect(leaving(one)).toContainText("Not sent.");
  // At one moment, for the button of the one goes once the other has sent.
  const found = [page, other].map((one) => leaving(one).getByRole("button", { name: "Send again" }).elementHandle());
  const buttons = await Promise.all(found);
  await Promise.all(buttons.map((button) => button!.evaluate((button) => (button as HTMLElement).click())));
  for (const one of [page, other]) await expect(arrived(one).last()).toContainText(TEXT);
  expect(await copies(sandbox, await idOf(sandbox, NAME), TEXT)).toBe(1);
});

// Who has the turn is told only every 20 seconds what the others look at.
test("a conversation that is opened in the second tab is read at once", async ({ page, context, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await open(page, sandbox, NAME);
  const other = await context.newPage();
  await open(other, sandbox, NAME);
  await go(other, "Ana Souza");
});

test("two conversations in two tabs do not wait for each other", async ({ page, context, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await open(page, sandbox, "Ana Souza");
  const first = await go(page, NAME);
  const other = await context.newPage();
  const second = await open(other, sandbox, "Ana Souza");
  await sandbox.control({ faults: [{ operation: SEND, answer: "hang" }] });
  await first.write("Stuck");
  await expect(leaving(page)).toContainText("Sending…");
  await second.write("Not stuck");
  await expect(arrived(other).last()).toContainText("Not stuck");
  expect(await texts(sandbox)).toEqual(["Stuck", "Not stuck"]);
});
