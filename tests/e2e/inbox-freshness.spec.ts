// How often the inbox asks: what is left of the provider's quota, one ration for all tabs of a browser, and
// what the tab that asks tells the others.
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { card, enter, own } from "./support/connections.ts";
import { calls } from "./support/form.ts";
import { answer, freshness, list, LIST, MESSAGES, messages, open, receive, side, thread } from "./support/inbox.ts";
import { countCalls, freeze, pass, until } from "./support/time.ts";
import type { BrowserContext, Page } from "@playwright/test";

const KAPSO = [LIST, MESSAGES, "kapso.mark-as-read"];
const asked = async (sandbox: Sandbox) => (await sandbox.log()).filter((call) => KAPSO.includes(call.operation!)).length;

// The list and the conversation answer as ever, and say that so much is left.
async function left(sandbox: Sandbox, conversation: string, headers: Record<string, string>): Promise<void> {
  const fault = async (operation: string, of?: string) =>
    ({ operation, times: 200, answer: { status: 200, headers, body: await answer(sandbox, of) } });
  await sandbox.control({ faults: [await fault(LIST), await fault(MESSAGES, conversation)] });
}

async function begin(page: Page, sandbox: Sandbox): Promise<string> {
  await page.clock.install();
  await countCalls(page);
  const id = await open(page, sandbox, "Amelia Clarke");
  await freeze(page);
  await pass(page, 1);
  return id;
}

test.describe("the provider's quota", () => {
  test("slows the asking as it shrinks, and is said", async ({ page, sandbox }) => {
    const id = await begin(page, sandbox);
    await pass(page, 60);
    expect((await calls(sandbox, LIST)).length, "in a minute as usual").toBeGreaterThanOrEqual(4);
    await left(sandbox, id, { "X-RateLimit-Limit": "100", "X-RateLimit-Remaining": "12" });
    await pass(page, 15);
    await expect(freshness(page)).toHaveText(/^Updated (just now|\d+ seconds? ago), slower: 12 of 100 requests left in this minute$/);
    const before = [(await calls(sandbox, LIST)).length, (await calls(sandbox, MESSAGES)).length];
    await pass(page, 120);
    // Four times as slow; half a minute and two without.
    expect((await calls(sandbox, LIST)).length - before[0]).toBeLessThanOrEqual(2);
    expect((await calls(sandbox, MESSAGES)).length - before[1]).toBeLessThanOrEqual(3);
    await sandbox.control({ faults: [] });
    await pass(page, 60);
    await expect(freshness(page)).toHaveText(/^Updated (just now|\d+ seconds? ago)$/);
  });

  test("stops it when it is used up, until the minute ends", async ({ page, sandbox }) => {
    const id = await begin(page, sandbox);
    await left(sandbox, id, { "X-RateLimit-Limit": "100", "X-RateLimit-Remaining": "0" });
    await pass(page, 15);
    const said = /, waiting: no request is left in this minute; goes on within (\d+) s$/;
    await expect(freshness(page)).toContainText(said);
    const rest = Number(said.exec(await freshness(page).innerText())![1]);
    expect(rest).toBeGreaterThan(20);
    const before = await asked(sandbox);
    await page.getByRole("button", { name: "Refresh the conversations" }).click();
    await receive(sandbox, id, "Not yet");
    await pass(page, rest - 4);
    expect(await asked(sandbox), "asked in the rest of the minute").toBe(before);
    await sandbox.control({ faults: [] });
    await pass(page, 20);
    expect(await asked(sandbox)).toBeGreaterThan(before);
    await expect(messages(page).last()).toContainText("Not yet");
    await expect(freshness(page)).toHaveText(/^Updated (just now|\d+ seconds? ago)$/);
  });

  test("holds back older messages too, and says until when", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    await page.clock.install();
    await countCalls(page);
    const { conversation_id } = await sandbox.control({ conversation: { messages: 1_000 } });
    await page.goto(`${sandbox.url}/inbox/${conversation_id}`);
    await expect(messages(page).last()).toBeVisible();
    await freeze(page);
    await sandbox.control({ faults: [{ operation: LIST, times: 1, answer: { status: 429, headers: { "Retry-After": "40" } } }] });
    await pass(page, 17);
    await expect(list(page).locator(".trouble")).toContainText("Too many requests in this minute.");
    const before = await asked(sandbox);
    await thread(page).evaluate((element) => element.scrollTo(0, 0));
    await pass(page, 5);
    await expect(side(page)).toContainText("Older messages could not be read.");
    await expect(side(page)).toContainText(/the provider asks to wait 3\d seconds/);
    expect(await asked(sandbox)).toBe(before);
    await pass(page, 40);
    await side(page).locator(".trouble").getByRole("button", { name: "Try again" }).click();
    await pass(page, 2);
    await expect(side(page)).not.toContainText("Older messages could not be read.");
  });
});

test.describe("one ration for everything that is open", () => {
  // Two tabs of one browser, each at the end of a long conversation.
  async function two(context: BrowserContext, sandbox: Sandbox, prepare?: (page: Page) => Promise<unknown>): Promise<Page[]> {
    await context.clock.install();
    const pages: Page[] = [];
    for (let tab = 0; tab < 2; tab++) {
      const page = await context.newPage();
      await prepare?.(page);
      await countCalls(page);
      const { conversation_id } = await sandbox.control({ conversation: { messages: 20_000 } });
      await page.goto(`${sandbox.url}/inbox/${conversation_id}`);
      await expect(messages(page).last()).toBeVisible();
      pages.push(page);
    }
    await freeze(pages[0]);
    return pages;
  }

  // Scrolls both as far up as they go, again and again; answers the most that left in any minute.
  async function scroll(pages: Page[], sandbox: Sandbox, seconds: number, each?: (second: number) => Promise<unknown>) {
    const counts = [0];
    await pass(pages, seconds, {
      each: async (second) => {
        await each?.(second);
        // A tab that was reloaded shows its messages after a moment.
        for (const page of pages) await page.evaluate(() => document.querySelector("[role=log]")?.scrollTo(0, 0));
        counts.push(await asked(sandbox));
      },
    });
    counts.push(await asked(sandbox));
    const most = Math.max(...counts.map((count, at) => count - counts[Math.max(0, at - 60)]));
    return { most, all: counts.at(-1)! };
  }

  const pagesOf = async (sandbox: Sandbox) => {
    const older = (await calls(sandbox, MESSAGES)).filter((call) => !/\bpage=1&/.test(call.query));
    return new Set(older.map((call) => call.path)).size;
  };

  test("two tabs that scroll at once", async ({ context, sandbox, watch }) => {
    test.slow();
    watch.allow(FAILED_CALL);
    const pages = await two(context, sandbox);
    const { most, all } = await scroll(pages, sandbox, 120);
    console.log(`two tabs that scroll: at most ${most} requests in a minute, ${all} in two minutes`);
    expect(most).toBeLessThanOrEqual(30);
    expect(all).toBeGreaterThan(35);
    expect(await pagesOf(sandbox), "conversations of which older pages were read").toBe(2);
  });

  test("also where one of them is reloaded again and again", async ({ context, sandbox, watch }) => {
    test.slow();
    watch.allow(FAILED_CALL);
    const pages = await two(context, sandbox);
    const { most } = await scroll(pages, sandbox, 70, async (second) => {
      if (second % 10 !== 5) return;
      await pages[1].reload();
    });
    expect(most).toBeLessThanOrEqual(30);
  });

  for (const [name, jump] of [["forward", 26 * 60 * 60_000], ["back", -26 * 60 * 60_000]] as const) {
    test(`also where the clock is put ${name}`, async ({ context, sandbox, watch }) => {
      test.slow();
      watch.allow(FAILED_CALL);
      const pages = await two(context, sandbox);
      const { most, all } = await scroll(pages, sandbox, 70, async (second) => {
        if (second !== 30) return;
        await context.clock.setSystemTime((await pages[0].evaluate(() => Date.now())) + jump);
      });
      expect(most).toBeLessThanOrEqual(30);
      expect(all, "it goes on").toBeGreaterThan(18);
    });
  }

  test("also where the browser has no locks, and each tab asks for its own", async ({ context, sandbox, watch }) => {
    test.slow();
    watch.allow(FAILED_CALL);
    const bare = (page: Page) => page.addInitScript(() => Object.defineProperty(Navigator.prototype, "locks", { value: undefined }));
    const { most } = await scroll(await two(context, sandbox, bare), sandbox, 70);
    expect(most).toBeLessThanOrEqual(30);
  });

  test("also where the browser stores nothing, as far as the tabs hear each other", async ({ context, sandbox, watch }) => {
    test.slow();
    watch.allow(FAILED_CALL);
    const bare = (page: Page) => page.addInitScript(() => {
      IDBFactory.prototype.open = () => { throw new DOMException("No storage here", "SecurityError"); };
    });
    const { most, all } = await scroll(await two(context, sandbox, bare), sandbox, 70);
    console.log(`two tabs without storage: at most ${most} requests in a minute`);
    expect(most).toBeLessThanOrEqual(30);
    expect(all).toBeGreaterThan(18);
  });

  test("what somebody sends is never held back, and is made up for", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    await page.clock.install();
    await countCalls(page);
    const id = await open(page, sandbox, "Amelia Clarke");
    await page.goto(`${sandbox.url}/requests/kapso.list-conversations`);
    const button = page.locator("button[type=submit]");
    for (let press = 1; press <= 12; press++) {
      await button.click();
      await expect.poll(async () => (await calls(sandbox, LIST)).length).toBe(press + 1);
      await expect(button).toBeEnabled();
    }
    const before = await asked(sandbox);
    await page.goto(`${sandbox.url}/inbox/${id}`);
    await expect(messages(page).last()).toBeVisible();
    await freeze(page);
    await pass(page, 10);
    expect(await asked(sandbox), "asked although so much was sent").toBe(before);
    await pass(page, 40);
    expect(await asked(sandbox)).toBeGreaterThan(before);
  });
});

test("who reads on a telephone is told how old it is, and why", async ({ page, context, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /ERR_INTERNET_DISCONNECTED/);
  await page.clock.install();
  await countCalls(page);
  await open(page, sandbox, "Amelia Clarke");
  const told = side(page).locator(".thread-age");
  // Beside the list it would be said twice.
  await expect(told).toBeHidden();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(freshness(page)).toBeHidden();
  await expect(told).toHaveText(/^Updated /);
  // Beside the name there is no room for it.
  const [name, age] = [(await side(page).getByRole("heading", { level: 2 }).boundingBox())!, (await told.boundingBox())!];
  expect(age.y).toBeGreaterThan(name.y + name.height);
  expect(name.height).toBeLessThan(40);
  await context.setOffline(true);
  await expect(told).toHaveText(/^Offline\. Read .* ago\.|^Offline\. Read just now\.$/);
  await context.setOffline(false);
  await expect(told).toHaveText(/^Updated /);
});

test("where nobody touches anything it is asked less often, and at once when somebody does", async ({ page, sandbox }) => {
  test.slow();
  await begin(page, sandbox);
  const lists = async () => (await calls(sandbox, LIST)).length;
  await pass(page, 301);
  const before = await lists();
  await pass(page, 121);
  expect((await lists()) - before, "in two minutes").toBeLessThanOrEqual(3);
  expect((await lists()) - before).toBeGreaterThanOrEqual(1);
  await pass(page, 20);
  const idle = await lists();
  await page.keyboard.press("Shift");
  await pass(page, 1);
  expect(await lists()).toBe(idle + 1);
  await pass(page, 60);
  expect(await lists()).toBeGreaterThanOrEqual(idle + 4);
});

test("who presses while it is being asked is not told of a failure from before", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await begin(page, sandbox);
  const again = list(page).locator(".trouble").getByRole("button", { name: "Try again" });
  await sandbox.control({ faults: [{ operation: LIST, times: 1, answer: { status: 500 } }] });
  await pass(page, 16);
  await expect(again).toBeVisible();
  let refuse: () => Promise<void> = () => Promise.reject(new Error("The list was not asked for."));
  const asked = new Promise<void>((resolve) => page.route("**/whatsapp_conversations?*", (route) => {
    refuse = () => route.fulfill({ status: 500, body: "{}" });
    resolve();
  }, { times: 1 }));
  await again.click();
  await page.clock.runFor(1_000);
  await asked;
  await again.click();
  await refuse();
  await pass(page, 3);
  await expect(list(page).locator(".trouble")).toHaveCount(0);
});

test.describe("what the tab that asks tells the others", () => {
  async function two(context: BrowserContext, sandbox: Sandbox): Promise<{ asks: Page; hears: Page; id: string }> {
    await context.clock.install();
    const asks = await context.newPage();
    await countCalls(asks);
    const id = await open(asks, sandbox, "Amelia Clarke");
    const hears = await context.newPage();
    await countCalls(hears);
    await hears.goto(`${sandbox.url}/inbox/${id}`);
    await expect(messages(hears).last()).toBeVisible();
    await freeze(asks);
    await pass([asks, hears], 1);
    return { asks, hears, id };
  }

  const FAULTS: [string, unknown, string[]][] = [
    ["a refused key", { status: 401 }, ["Kapso did not accept the key.", "Check the API key"]],
    ["too many requests", { status: 429, headers: { "Retry-After": "50" } }, ["Too many requests in this minute.", "s left"]],
    ["an error", { status: 500 }, ["Something went wrong at Kapso.", "Try again in a moment."]],
    ["nonsense", "garbage", ["not one that the provider documents"]],
  ];

  for (const [name, fault, words] of FAULTS) {
    test(`${name}, for the list and for a conversation`, async ({ context, sandbox, watch }) => {
      watch.allow(FAILED_CALL);
      const { asks, hears, id } = await two(context, sandbox);
      await receive(sandbox, id, "News");
      await sandbox.control({ faults: [LIST, MESSAGES].map((operation) => ({ operation, times: 50, answer: fault })) });
      await pass([asks, hears], 31);
      for (const page of [asks, hears]) {
        for (const word of words) await expect(list(page).locator(".trouble")).toContainText(word);
      }
      if (name !== "too many requests") {
        for (const page of [asks, hears]) {
          await expect(side(page)).toContainText("The newest messages could not be read.");
          for (const word of words) await expect(side(page).locator(".trouble")).toContainText(word);
        }
      }
      // Whoever comes later is told as well.
      const late = await context.newPage();
      await countCalls(late);
      const before = await asked(sandbox);
      await late.goto(`${sandbox.url}/inbox/${id}`);
      await pass([asks, hears, late], 2);
      for (const word of words) await expect(list(late).locator(".trouble")).toContainText(word);
      await expect(freshness(late)).toContainText(/\d+ seconds? ago/);
      expect(await asked(sandbox), "and asks nothing for it").toBe(before);
      await sandbox.control({ faults: [] });
      if (name === "too many requests") await pass([asks, hears, late], 40);
      else await list(hears).locator(".trouble").getByRole("button", { name: "Try again" }).click();
      const over = async () => (await Promise.all([asks, hears, late].map((page) => page.locator(".trouble").count()))).every((many) => many === 0);
      await pass([asks, hears, late], 5, { done: over });
      for (const page of [asks, hears, late]) {
        await expect(page.locator(".trouble")).toHaveCount(0);
        await expect(messages(page).last()).toContainText("News");
      }
    });
  }

  test("when it read, and that it is slower", async ({ context, sandbox }) => {
    const { asks, hears, id } = await two(context, sandbox);
    await left(sandbox, id, { "X-RateLimit-Remaining": "20" });
    await pass([asks, hears], 20);
    const said = /^Updated (?:just now|(\d+) seconds? ago), slower: 20 of 100 requests left in this minute$/;
    const ages: number[] = [];
    for (const page of [asks, hears]) ages.push(Number(said.exec(await freshness(page).innerText())![1] ?? 0));
    // Each tab has a beat of its own.
    expect(Math.abs(ages[0] - ages[1]), `${ages} seconds`).toBeLessThanOrEqual(1);
  });

  test("that the network is gone", async ({ context, sandbox, watch }) => {
    watch.allow(FAILED_CALL, /ERR_INTERNET_DISCONNECTED/);
    const { asks, hears, id } = await two(context, sandbox);
    await context.setOffline(true);
    await pass([asks, hears], 5);
    for (const page of [asks, hears]) await expect(freshness(page)).toContainText("Offline. Read");
    await sandbox.control({ receive: { conversation_id: id, content: "Are you there?" } });
    await context.setOffline(false);
    // At once, not when it is due.
    await pass([asks, hears], 2);
    for (const page of [asks, hears]) {
      await expect(freshness(page)).toContainText("Updated");
      await expect(messages(page).last()).toContainText("Are you there?");
    }
  });

  test("a tab whose key is refused leaves the asking to one whose key is right", async ({ context, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    await context.clock.install();
    const wrong = await context.newPage();
    await countCalls(wrong);
    await own(wrong, sandbox.url, "kapso", { key: "refused" });
    await wrong.getByRole("link", { name: "Inbox" }).first().click();
    await pass(wrong, 1);
    await expect(list(wrong).locator(".trouble")).toContainText("Kapso did not accept the key.");
    const right = await context.newPage();
    await right.goto(`${sandbox.url}/connections`);
    const mine = card(right, "kapso", "Mine");
    await enter(mine, "a-right-key");
    await right.getByRole("link", { name: "Inbox" }).first().click();
    await expect(right.locator(".conversation").first()).toBeVisible();
    // What the one reads the other shows, and it has nothing more to complain of.
    await expect(wrong.locator(".conversation").first()).toBeVisible();
    await expect(list(wrong).locator(".trouble")).toHaveCount(0);
  });
});
