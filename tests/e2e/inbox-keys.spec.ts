// The inbox by keyboard: from conversation to conversation, from message to message, and the map of it.
import { expect, FAILED_CALL, test } from "./support/fixtures.ts";
import { calls } from "./support/form.ts";
import { Details, idOf, list, MESSAGES, messages, named, open, rows, side, thread, title } from "./support/conversations.ts";
import { Composer, leaving, SEND, sent } from "./support/writing.ts";
import type { Page } from "@playwright/test";

const map = (page: Page) => page.getByRole("dialog", { name: "Keys in the inbox" });
const focused = (page: Page) => page.locator(".message:focus");
const search = (page: Page) => list(page).getByRole("searchbox");

test.beforeEach(({ watch }) => watch.allow(/example\.com/));

test("a question mark shows the keys wherever no text is typed, and gives the focus back", async ({ page, sandbox }) => {
  await open(page, sandbox, "Amelia Clarke");
  await expect(title(page)).toBeFocused();
  await page.keyboard.press("?");
  await expect(map(page)).toBeVisible();
  for (const words of ["The message before", "Reply: quote", "React to", "Find in the conversation", "The conversation below"]) {
    await expect(map(page)).toContainText(words);
  }
  await page.keyboard.press("Escape");
  await expect(map(page)).toBeHidden();
  await expect(title(page)).toBeFocused();
  await thread(page).focus();
  await page.keyboard.press("?");
  await map(page).getByRole("button", { name: "Close" }).click();
  await expect(thread(page)).toBeFocused();
  await search(page).focus();
  await page.keyboard.press("?");
  await expect(search(page)).toHaveValue("?");
  await expect(map(page)).toBeHidden();
  // Not with other keys held, and not from another part of the page.
  await page.getByRole("link", { name: "Activity" }).focus();
  await page.keyboard.press("?");
  await expect(map(page)).toBeHidden();
  await list(page).getByRole("button", { name: "Keys in the inbox" }).click();
  await expect(map(page)).toBeVisible();
});

test("Alt with an arrow goes through the conversations as the list shows them", async ({ page, sandbox }) => {
  await page.goto(`${sandbox.url}/inbox`);
  await expect(rows(page).first()).toBeVisible();
  const names = await page.locator(".conversation-name").allInnerTexts();
  await page.keyboard.press("Alt+ArrowDown");
  for (const name of names.slice(0, 3)) {
    await expect(title(page)).toHaveText(name);
    await expect(title(page)).toBeFocused();
    await expect(named(page, name)).toHaveAttribute("aria-current", "true");
    await page.keyboard.press("Alt+ArrowDown");
  }
  await expect(title(page)).toHaveText(names[3]);
  await page.keyboard.press("Alt+ArrowUp");
  await expect(title(page)).toHaveText(names[2]);
  // Where texts are typed as well; the list as it is filtered, and no further than its ends.
  await search(page).fill("a");
  const fitting = await page.locator(".conversation-name").allInnerTexts();
  expect(fitting.length).toBeGreaterThan(1);
  expect(fitting.length).toBeLessThan(names.length);
  await named(page, fitting[0]).click();
  await expect(title(page)).toHaveText(fitting[0]);
  for (const name of [...fitting.slice(1), fitting.at(-1)!]) {
    await search(page).focus();
    await page.keyboard.press("Alt+ArrowDown");
    await expect(title(page)).toHaveText(name);
  }
  await page.keyboard.press("Control+Alt+ArrowUp");
  await expect(title(page)).toHaveText(fitting.at(-1)!);
});

test("arrows move the focus from message to message, which are told as articles of a number", async ({ page, sandbox }) => {
  await open(page, sandbox, "Amelia Clarke");
  const all = await messages(page).count();
  await expect(messages(page).last()).toHaveAttribute("aria-setsize", /^\d+$/);
  const size = Number(await messages(page).last().getAttribute("aria-setsize"));
  expect(size).toBeGreaterThanOrEqual(all);
  await expect(messages(page).last()).toHaveAttribute("aria-posinset", String(size));
  await thread(page).focus();
  await page.keyboard.press("ArrowUp");
  await expect(focused(page)).toContainText("Noted. See you both on Tuesday");
  await expect(focused(page)).toHaveAttribute("data-message-id", /./);
  await page.keyboard.press("ArrowUp");
  await expect(focused(page)).toContainText("Yes please! Her name is Ruby Clarke");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(focused(page)).toContainText("Noted. See you both on Tuesday");
  await page.keyboard.press("Home");
  await expect(focused(page)).toHaveAttribute("aria-posinset", "1");
  await expect(focused(page)).toBeInViewport();
  // Every message in turn, each in sight, and no reaction that shows on another one.
  const seen: number[] = [];
  for (let step = 0; step < size; step++) {
    const at = Number(await focused(page).getAttribute("aria-posinset"));
    if (seen.at(-1) === at) break;
    seen.push(at);
    await expect(focused(page).locator(".bubble")).toBeInViewport({ ratio: 0.3 });
    await page.keyboard.press("ArrowDown");
  }
  expect(seen.at(-1)).toBe(size);
  expect(new Set(seen).size).toBe(seen.length);
  // From the buttons of a message back to it, from it back to where one writes.
  await page.keyboard.press("Tab");
  await expect(focused(page)).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(focused(page)).toHaveAttribute("aria-posinset", String(size));
  await page.keyboard.press("Escape");
  await expect(page.locator("textarea[name='message.content']")).toBeFocused();
  await thread(page).focus();
  await page.keyboard.press("End");
  await expect(focused(page)).toHaveAttribute("aria-posinset", String(size));
  await page.keyboard.press("f");
  await expect(page.getByRole("search", { name: "Find in this conversation" }).getByRole("searchbox")).toBeFocused();
});

test("Tab goes through the controls of the message that has the focus, and on to where one writes", async ({ page, sandbox }) => {
  await open(page, sandbox, "Amelia Clarke");
  const stops = thread(page).locator(":is(a[href], button, summary, audio, video, [tabindex='0']):not([tabindex='-1'])");
  const inMessages = thread(page).locator(":focus");
  const writing = page.locator("form.composer :focus");
  await expect(thread(page).locator("button").first()).toBeAttached();
  await expect(new Composer(page).text).toBeVisible();
  await expect(stops).toHaveCount(0);
  await thread(page).focus();
  await page.keyboard.press("Tab");
  await expect(writing).toHaveCount(1);
  await page.keyboard.press("Shift+Tab");
  await expect(thread(page)).toBeFocused();
  for (const _ of [1, 2]) {
    await page.keyboard.press("ArrowUp");
    const row = page.locator(`[data-message-id="${await focused(page).getAttribute("data-message-id")}"]`);
    const own = await stops.count();
    expect(own).toBeGreaterThan(1);
    await expect(row.locator("button, a[href]")).toHaveCount(own);
    for (let stop = 0; stop < own; stop++) {
      await page.keyboard.press("Tab");
      await expect(row.locator(":focus")).toHaveCount(1);
    }
    // What is opened in it is one of them.
    await row.getByRole("button", { name: "Details" }).press("Enter");
    await expect(row.locator("pre.raw")).toBeVisible();
    await expect(stops).toHaveCount(own + (await row.locator(".message-ids button, pre.raw").count()));
    await row.getByRole("button", { name: "Less" }).press("Enter");
    await expect(stops).toHaveCount(own);
    await row.getByRole("button", { name: "Details" }).focus();
    await page.keyboard.press("Escape");
    await expect(row).toBeFocused();
  }
  for (let stop = await stops.count(); stop > 0; stop--) await page.keyboard.press("Tab");
  await expect(inMessages).toHaveCount(1);
  await page.keyboard.press("Tab");
  await expect(writing).toHaveCount(1);
  await expect(stops).toHaveCount(0);
});

test("messages that were not sent are reached, named and counted as all others, and the focus stays with them", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await open(page, sandbox, "Amelia Clarke");
  const composer = new Composer(page);
  const size = Number(await messages(page).last().getAttribute("aria-setsize"));
  await sandbox.control({ faults: [{ operation: SEND, times: 3, answer: { status: 422 } }] });
  await composer.write("Once more");
  const row = leaving(page).filter({ hasText: "Once more" });
  await expect(row).toContainText("Not sent.");
  await expect(row).toHaveAccessibleName(/^From you, .+\. Not sent: Once more$/);
  await expect(row).toHaveAttribute("aria-posinset", String(size + 1));
  for (const one of [messages(page).first(), row]) await expect(one).toHaveAttribute("aria-setsize", String(size + 1));
  await thread(page).focus();
  await page.keyboard.press("End");
  await expect(row).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(focused(page)).toContainText("Noted. See you both on Tuesday");
  await page.keyboard.press("ArrowDown");
  await expect(row).toBeFocused();
  // It has not arrived, so it cannot be answered.
  for (const letter of ["r", "e"]) await page.keyboard.press(letter);
  await expect(row).toBeFocused();
  await expect(composer.quoting).toHaveCount(0);
  await page.keyboard.press("Tab");
  await expect(row.getByRole("button", { name: "Edit" })).toBeFocused();
  // It fails again, and is another row than before.
  await row.getByRole("button", { name: "Send again" }).press("Enter");
  await expect.poll(async () => (await sent(sandbox)).length).toBe(2);
  await expect(row).toContainText("Not sent.");
  await expect(row).toBeFocused();
  await composer.write("Another");
  const other = leaving(page).filter({ hasText: "Another" });
  await expect(other).toContainText("Not sent.");
  await other.getByRole("button", { name: "Discard" }).press("Enter");
  await expect(other).toHaveCount(0);
  await expect(composer.text).toBeFocused();
  // It arrives at last: the focus is on what it is then.
  await row.getByRole("button", { name: "Send again" }).press("Enter");
  await expect(leaving(page)).toHaveCount(0);
  await expect(messages(page).last()).toContainText("Once more");
  await expect(messages(page).last()).toBeFocused();
});

test("a message that was found by its words is where the keys go on", async ({ page, sandbox }) => {
  await open(page, sandbox, "Amelia Clarke");
  await thread(page).focus();
  await page.keyboard.press("f");
  const find = page.getByRole("search", { name: "Find in this conversation" });
  await expect(find.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("ruby clarke");
  await expect(find.getByRole("status")).toHaveText(/^1 of \d+\. From the contact, .+: Yes please! Her name is Ruby Clarke/);
  // From the messages while it is open, and from it once it is closed.
  await thread(page).focus();
  await page.keyboard.press("ArrowUp");
  await expect(focused(page)).toContainText("Her name is Ruby Clarke");
  await find.getByRole("searchbox").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(find).toHaveCount(0);
  await expect(focused(page)).toContainText("Her name is Ruby Clarke");
  await page.keyboard.press("ArrowDown");
  await expect(focused(page)).toContainText("Noted. See you both on Tuesday");
});

test("letters and arrows mean themselves while a text has the focus", async ({ page, sandbox }) => {
  await open(page, sandbox, "Amelia Clarke");
  await search(page).focus();
  await page.keyboard.type("fa");
  await expect(search(page)).toHaveValue("fa");
  await expect(page.getByRole("search", { name: "Find in this conversation" })).toHaveCount(0);
  await page.keyboard.press("ArrowUp");
  await expect(focused(page)).toHaveCount(0);
  await expect(search(page)).toBeFocused();
});

test("in ten thousand messages the focus stays with its message, however far they are scrolled", async ({ page, sandbox }) => {
  const { conversation_id } = await sandbox.control({ conversation: { messages: 10_000 } });
  await page.goto(`${sandbox.url}/inbox/${conversation_id}`);
  await expect(messages(page).last()).toBeVisible();
  // Nobody knows yet how many there are.
  await expect(messages(page).last()).toHaveAttribute("aria-setsize", "-1");
  await thread(page).focus();
  for (let step = 0; step < 40; step++) await page.keyboard.press("ArrowUp");
  const id = (await focused(page).getAttribute("data-message-id"))!;
  const row = page.locator(`[data-message-id="${id}"]`);
  await expect(row.locator(".bubble")).toBeInViewport({ ratio: 0.3 });
  // The row is gone, and the focus is kept for it.
  await thread(page).evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(row).toHaveCount(0);
  await expect(thread(page)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(focused(page)).toBeInViewport();
  await page.keyboard.press("ArrowDown");
  await expect(row).toBeFocused();
  // Older messages come above it.
  await expect.poll(async () => (await calls(sandbox, MESSAGES)).length).toBe(1);
  await page.keyboard.press("Home");
  await expect.poll(async () => (await calls(sandbox, MESSAGES)).length).toBeGreaterThan(1);
  const oldest = (await focused(page).getAttribute("data-message-id"))!;
  await expect(page.getByText("Reading older messages…")).toHaveCount(0);
  await expect(page.locator(`[data-message-id="${oldest}"]`)).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(focused(page)).not.toHaveAttribute("data-message-id", oldest);
  await page.keyboard.press("End");
  await expect(messages(page).last()).toBeFocused();
  expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThanOrEqual(600);
});

// The browser tells of a scroll with its next frame.
test("a key that comes right after a scroll counts from where the messages are", async ({ page, sandbox }) => {
  await open(page, sandbox, "Amelia Clarke");
  await thread(page).focus();
  await thread(page).evaluate((log) => {
    log.scrollTo(0, 0);
    log.dispatchEvent(new KeyboardEvent("keydown", { key: "End", bubbles: true, cancelable: true }));
  });
  await expect(messages(page).last()).toBeFocused();
  await expect(messages(page).last()).toContainText("Noted. See you both on Tuesday");
  await expect(messages(page).last()).toBeInViewport();
});

test("a message that changes, and one that comes, leave the focus where it is", async ({ page, sandbox }) => {
  await page.clock.install();
  await open(page, sandbox, "Amelia Clarke");
  await thread(page).focus();
  await page.keyboard.press("ArrowUp");
  await expect(focused(page)).toContainText("Noted. See you both on Tuesday");
  const id = (await focused(page).getAttribute("data-message-id"))!;
  const row = page.locator(`[data-message-id="${id}"]`);
  await row.evaluate((element) => element.setAttribute("data-old", ""));
  // The same message with another status stays the same row.
  const changed = { id, message_type: "text", content: "Noted. See you both on Tuesday 🦷", direction: "outbound", status: "played", created_at: new Date().toISOString() };
  await sandbox.control({ faults: [{ operation: MESSAGES, times: 1, when: "before", answer: { status: 200, body: JSON.stringify({ data: [changed], meta: {} }) } }] });
  await page.getByRole("button", { name: "Refresh the conversations" }).evaluate((button: HTMLElement) => button.click());
  await expect(row.locator(".ticks.read")).toBeVisible();
  await expect(row).toHaveAttribute("data-old", "");
  await expect(row).toBeFocused();
  await sandbox.control({ receive: { conversation_id: idOf(page), content: "Below the focus" } });
  for (let second = 0; second < 20; second++) await page.clock.runFor(1_000);
  await expect(messages(page).last()).toContainText("Below the focus");
  await expect(row).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(focused(page)).toContainText("Below the focus");
  // Somebody who goes elsewhere is left there.
  await search(page).focus();
  await sandbox.control({ receive: { conversation_id: idOf(page), content: "And another" } });
  for (let second = 0; second < 20; second++) await page.clock.runFor(1_000);
  await expect(messages(page).last()).toContainText("And another");
  await expect(search(page)).toBeFocused();
});

test("the details are opened, read and closed by keyboard alone", async ({ page, sandbox }) => {
  await open(page, sandbox, "Amelia Clarke");
  const details = new Details(page);
  await details.button.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Details", exact: true })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(details.pane.getByRole("button", { name: "Close the details" })).toBeFocused();
  await page.keyboard.press("?");
  await expect(map(page)).toBeVisible();
  await page.keyboard.press("Escape");
  // The map alone was closed.
  await expect(details.pane).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(details.pane).toHaveCount(0);
  await expect(side(page).getByRole("button", { name: "Details", exact: true }).first()).toBeFocused();
});
