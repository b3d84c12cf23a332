// What customers and providers send that nobody should: it is shown as text, costs no more than text, and
// never moves, widens or stops the page.
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { calls } from "./support/form.ts";
import { ids } from "./support/world.ts";
import type { Locator, Page } from "@playwright/test";

const LIST = "kapso.list-conversations";
const MESSAGES = "kapso.list-messages";

const thread = (page: Page): Locator => page.getByRole("log", { name: "Messages" });
const messages = (page: Page): Locator => thread(page).getByRole("article");
const always = (operation: string, data: unknown[], meta = {}) => ({
  operation, times: 1000, when: "before", answer: { status: 200, body: JSON.stringify({ data, meta }) },
});

const said = (id: string, content: unknown, minute = 0) => ({
  id, message_type: "text", content, direction: "inbound", status: "received",
  // So new that one may still write.
  created_at: new Date(Date.now() - 6 * 3_600_000 + minute * 60_000).toISOString(),
});

async function show(page: Page, sandbox: Sandbox, data: unknown[]): Promise<void> {
  const { conversation } = await ids(sandbox);
  await sandbox.control({ faults: [always(MESSAGES, data)] });
  await page.goto(`${sandbox.url}/inbox/${conversation}`);
  await expect(messages(page).last()).toBeVisible();
}

const FLOODS: Record<string, string> = {
  "65 kB without a space": "a".repeat(65_000),
  "65 kB of lines": "line\n".repeat(13_000),
  "4,096 emoji": "👩🏽‍🚀".repeat(4_096),
  "zero-width signs": "\u200B\u200D\u2060\uFEFF".repeat(8_000) + "end",
  "combining marks": "e" + "\u0301".repeat(20_000),
  "right-to-left overrides": "\u202E\u2067".repeat(2_000) + "gnirts\u202C",
  "marks that open and never close": "*_~`".repeat(8_000),
  "nested marks": "*".repeat(3_000) + "x" + "*".repeat(3_000),
  "quotes of quotes": "> ".repeat(5_000) + "x",
  "fences": "```".repeat(5_000),
  "addresses": "https://a.example/" + "a/".repeat(20_000) + " javascript:alert(1) data:text/html,x vbscript:x",
};

for (const [name, content] of Object.entries(FLOODS)) {
  test(`a message of ${name} is read like any other`, async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    await show(page, sandbox, [said("before", "Before it"), said("flood", content, 1), said("after", "After it", 2)]);
    await expect(messages(page).last()).toContainText("After it");
    await expect(messages(page).last()).toBeInViewport();
    // The page answers at once, and is no wider than its window.
    const written = page.getByRole("textbox", { name: /^Message to/ });
    await written.fill("Still here");
    const wide = await page.evaluate(() => {
      const scroller = document.querySelector(".thread-scroll")!;
      return [document.documentElement.scrollWidth - innerWidth, scroller.scrollWidth - scroller.clientWidth];
    });
    expect(wide).toEqual([0, 0]);
    const links = await thread(page).locator("a").evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).protocol));
    expect(links.every((protocol) => protocol === "https:" || protocol === "http:")).toBe(true);
    // It is all there: nothing that was written is lost.
    await expect(thread(page).locator('[data-message-id="flood"]')).toBeAttached();
    const shown = await thread(page).locator(`[data-message-id="flood"] .text`).evaluateAll((all) => all.map((one) => one.textContent).join(""));
    const letters = (text: string) => text.replace(/[\s*_~`>]/g, "").length;
    expect(letters(shown)).toBe(letters(content));
    await expect(written).toHaveValue("Still here");
  });
}

test("names are text too, and stay in their row", async ({ page, sandbox }) => {
  const names = [`<img src=x onerror="document.title='owned'">`, "\u202Eevil\u202E", "n".repeat(3_000), "\u200B".repeat(500), "", null, 7, { a: 1 }];
  const data = names.map((contact_name, at) => ({ id: `c${at}`, contact_name, phone_number: `+44770090${at}`, status: "active", last_active_at: "2026-11-01T10:00:00Z" }));
  await sandbox.control({ faults: [always(LIST, data)] });
  await page.goto(`${sandbox.url}/inbox`);
  const rows = page.locator(".conversation");
  await expect(rows).toHaveCount(names.length);
  for (const row of await rows.all()) expect((await row.boundingBox())!.height).toBeLessThan(100);
  await expect(rows.filter({ hasText: "<img src=x" })).toHaveCount(1);
  await expect(rows.filter({ hasText: /^\+44 770 0903/ })).toHaveCount(1);
  expect(await page.title()).not.toContain("owned");
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
});

test("dates that nobody can read stand where they were seen, and the page goes on", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const odd = ["", "tomorrow", "2026-13-45T99:99:99Z", 0, -1, 1e300, null, "0000-00-00", "+275760-09-13T00:00:00.001Z"];
  await show(page, sandbox, odd.map((created_at, at) => ({ ...said(`m${at}`, `Message ${at}`), created_at })));
  await expect(messages(page)).toHaveCount(odd.length);
  await expect(page.locator(".message time").filter({ hasText: /Invalid|NaN/ })).toHaveCount(0);
});

test("a provider whose pages repeat is not asked for ever", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await page.clock.install();
  const data = Array.from({ length: 100 }, (_, at) => said(`m${at}`, `Message ${at}`, at));
  const { conversation } = await ids(sandbox);
  await sandbox.control({ faults: [always(MESSAGES, data, { total_pages: 1e9, total_count: -1 })] });
  await page.goto(`${sandbox.url}/inbox/${conversation}`);
  await expect(messages(page).last()).toContainText("Message 99");
  await thread(page).focus();
  await page.keyboard.press("f");
  await page.getByRole("textbox", { name: "Day", exact: true }).fill("2020-01-01");
  for (let second = 0; second < 20; second++) await page.clock.runFor(1_000);
  await expect(page.getByText("Reading older messages until that day…")).toHaveCount(0);
  await expect(messages(page).first()).toContainText("Message 0");
  await expect(messages(page).first()).toBeInViewport();
  expect((await calls(sandbox, MESSAGES)).length).toBeLessThan(12);
});

test("a day is gone to, through the pages that lead there", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await page.clock.install();
  const { conversation_id } = await sandbox.control({ conversation: { messages: 700 } });
  const oldest = (await (await fetch(`${sandbox.url}/sandbox/kapso/api/v1/whatsapp_conversations/${conversation_id}/whatsapp_messages?per_page=100&page=4`, { headers: { "X-API-Key": "sandbox" } })).json()).data;
  const day = new Date(oldest[50].created_at);
  const written = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  await page.goto(`${sandbox.url}/inbox/${conversation_id}`);
  await expect(messages(page).last()).toBeVisible();
  await thread(page).focus();
  await page.keyboard.press("f");
  await page.getByRole("textbox", { name: "Day", exact: true }).fill(written);
  for (let second = 0; second < 30; second++) await page.clock.runFor(500);
  await expect(page.getByText("Reading older messages until that day…")).toHaveCount(0);
  const top = messages(page).filter({ has: page.locator(".day") });
  const words = await page.evaluate((day) => new Intl.DateTimeFormat(undefined, { day: "numeric" }).format(new Date(`${day}T12:00`)), written);
  await expect(top.first()).toContainText(words);
  await expect(top.first()).toBeInViewport();
});
