// What is read out to somebody who does not see the conversation, and what is counted for somebody who reads
// further up.
import { expect, FAILED_CALL, test } from "./support/fixtures.ts";
import { receive, thread } from "./support/inbox.ts";
import { follow, followed, frames, prepare } from "./support/painting.ts";
import { freeze, pass } from "./support/time.ts";
import { arrived, idOf, leaving, open, SEND, side } from "./support/writing.ts";
import type { Page } from "@playwright/test";

const NAME = "Amelia Clarke";

test.beforeEach(({ watch }) => watch.allow(FAILED_CALL, /example\.com/));

// Records what regions that are read out say from here on: each sentence as often as it comes.
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const world = globalThis as any;
    world.told = [];
    const observer = new MutationObserver((changes) => {
      for (const { target, addedNodes } of changes) {
        const region = (target instanceof Element ? target : target.parentElement)?.closest("[role=status]");
        for (const node of region ? addedNodes : []) if (node.textContent) world.told.push(node.textContent);
      }
    });
    observer.observe(document.querySelector(".thread-side")!, { childList: true, subtree: true });
  });
  return () => page.evaluate(() => (globalThis as any).told);
}

test("what comes is read out once, with who wrote it; the same words again are read out again", async ({ page, sandbox }) => {
  await page.clock.install();
  await open(page, sandbox, NAME);
  const id = await idOf(sandbox, NAME);
  await freeze(page);
  const told = await listen(page);
  for (let time = 1; time <= 2; time++) {
    await receive(sandbox, id, "Are you *there*?");
    await pass(page, 40, { done: async () => (await told()).length === time });
    await expect.poll(told).toEqual(Array(time).fill(`${NAME}: Are you there?`));
  }
  for (const text of ["One", "Two", "Three"]) await receive(sandbox, id, text);
  await pass(page, 40, { done: async () => (await told()).length === 3 });
  expect((await told()).slice(2)).toEqual([`3 new messages from ${NAME}.`]);
  await pass(page, 60);
  expect((await told()).length).toBe(3);
});

test("what a search leaves is told, in the list and among the templates", async ({ page, sandbox }) => {
  const composer = await open(page, sandbox, NAME);
  const list = page.getByRole("region", { name: "Conversations" });
  const search = page.getByRole("searchbox", { name: "Search names and numbers" });
  for (const [words, told] of [["amelia", "1 conversation fits."], ["zzz", "No conversation that is known here fits."], ["", ""]]) {
    await search.fill(words);
    await expect(list.locator("p.unseen[role=status]")).toHaveText(told);
  }
  await composer.tool("Template").click();
  for (const [words, told] of [["rechnung", "1 template has these words."], ["zzz", "No template has these words."], ["", ""]]) {
    await page.getByRole("searchbox", { name: "Search templates" }).fill(words);
    await expect(composer.root.locator("p.unseen[role=status]")).toHaveText(told);
  }
});

test("what becomes of each message that was written is read out", async ({ page, sandbox }) => {
  await page.clock.install();
  const composer = await open(page, sandbox, NAME);
  const told = await listen(page);
  for (const text of ["One", "Two"]) {
    await composer.write(text);
    await expect(arrived(page).last()).toContainText(text);
  }
  await sandbox.control({ faults: [{ operation: SEND, answer: { status: 422 } }] });
  await composer.write("Three");
  await expect(leaving(page)).toContainText("Not sent.");
  await sandbox.control({ faults: [{ operation: SEND, when: "after", answer: "drop" }] });
  await composer.write("Four");
  await pass(page, 30, { done: async () => (await leaving(page).count()) === 1 });
  const lost = "No answer came. It is being found out whether the message was sent.";
  const words = ["Sent.", "Sent.", expect.stringMatching(/^Not sent\. ./), lost, "Sent."];
  await expect.poll(told).toEqual(words);
});

test("that nobody knows what became of a message is read out, and what waits behind it, and what another look finds", async ({ page, sandbox }) => {
  await page.clock.install();
  const composer = await open(page, sandbox, NAME);
  const told = await listen(page);
  await sandbox.control({ faults: [{ operation: SEND, when: "before", answer: { status: 500 } }] });
  await composer.write("One");
  const one = leaving(page).filter({ hasText: "Not known whether it was sent." });
  await pass(page, 60, { done: async () => (await one.count()) === 1 });
  const came = "Kapso answered with an error (500)";
  const doubt = `Not known whether it was sent. ${came}, and the conversation does not show the message. It may have been sent all the same.`;
  const words = [`${came}. It is being found out whether the message was sent.`, doubt];
  await expect.poll(told).toEqual(words);
  await composer.write("Two");
  words.push("It waits until the message before it is sent or discarded.");
  await expect.poll(told).toEqual(words);
  for (let look = 0; look < 2; look++) {
    await one.getByRole("button", { name: "Look again" }).click();
    words.push(`Looked again. ${doubt}`);
    await pass(page, 5, { done: async () => (await told()).length === words.length });
    await expect.poll(told).toEqual(words);
  }
  await pass(page, 30);
  expect(await told()).toEqual(words);
});

test("a message that does not get through is read out once, however often it is tried", async ({ page, context, sandbox }) => {
  const composer = await open(page, sandbox, NAME);
  const told = await listen(page);
  await context.setOffline(true);
  await composer.write("One");
  const offline = "Not sent yet. This computer is offline.";
  await expect.poll(told).toEqual([offline]);
  await composer.write("Two");
  const waits = "It waits until the message before it is sent or discarded.";
  await expect.poll(told).toEqual([offline, waits]);
  await expect(leaving(page)).toHaveCount(2);
  await leaving(page).first().getByRole("button", { name: "Try again" }).click();
  await expect.poll(told).toEqual([offline, waits, offline]);
  await expect(leaving(page).first()).toBeFocused();
  await context.setOffline(false);
  await expect.poll(told).toEqual([offline, waits, offline, "Sent.", "Sent."]);
});

for (const which of ["the tab that asks", "another tab"]) {
  test(`whoever reads further up in ${which} is shown how many came, and stays there`, async ({ context, sandbox }) => {
    await context.clock.install();
    const asks = await context.newPage();
    await open(asks, sandbox, "Ana Souza");
    const other = await context.newPage();
    await open(other, sandbox, "Ana Souza");
    const id = await idOf(sandbox, "Ana Souza");
    const both = [asks, other];
    await freeze(asks);
    await pass(both, 2);
    const page = which === "another tab" ? other : asks;
    await page.bringToFront();
    await thread(page).evaluate((scroller) => scroller.scrollTo(0, 0));
    await pass(both, 1);
    const top = await thread(page).evaluate((scroller) => scroller.scrollTop);
    for (const text of ["One", "Two", "Three"]) await receive(sandbox, id, text);
    const news = page.getByRole("button", { name: "3 new messages" });
    await pass(both, 40, { done: () => news.isVisible() });
    await expect(news).toBeVisible();
    expect(await thread(page).evaluate((scroller) => scroller.scrollTop)).toBe(top);
    await news.click();
    await expect(side(page).getByText("Three", { exact: true })).toBeInViewport();
    await expect(news).toHaveCount(0);
  });
}

test("older messages that another tab reads come without moving what is read here", async ({ context, sandbox }) => {
  const { conversation_id: id } = await sandbox.control({ conversation: { messages: 300 } });
  const [page, other] = [await context.newPage(), await context.newPage()];
  for (const tab of [page, other]) {
    await tab.goto(`${sandbox.url}/inbox/${id}`);
    await expect(arrived(tab).last()).toBeVisible();
    await expect(side(tab)).toContainText("24-hour window: ");
  }
  await prepare(page);
  const scroller = thread(page);
  await scroller.evaluate((element) => element.scrollTo(0, 1_500));
  await expect(scroller.locator(".waiting")).toHaveCount(0);
  await frames(page, 5);
  const before = await scroller.evaluate((element) => element.scrollTop);
  const read = await scroller.evaluate((element) => {
    const { top, height } = element.getBoundingClientRect();
    const rows = [...element.querySelectorAll<HTMLElement>("[data-message-id]")];
    return rows.find((row) => row.getBoundingClientRect().top > top + height / 3)!.dataset.messageId!;
  });
  await follow(page.locator(`[data-message-id="${read}"]`));
  await thread(other).evaluate((element) => element.scrollTo(0, 0));
  await expect.poll(() => scroller.evaluate((element) => element.scrollTop)).toBeGreaterThan(before + 2_000);
  await frames(page, 20);
  const tops = await followed(page);
  expect(Math.max(...tops.map((top) => Math.abs(top - tops[0])))).toBeLessThanOrEqual(1);
});
