// Following a number: its address alone resumes it, each state is asked for at its pace, by one tab,
// and what goes wrong in between is said and survived.
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { BADGES, CODE, ask, go, inState, NumberPage, sent, start, stop, type State } from "./support/numbers.ts";
import type { BrowserContext, Page } from "@playwright/test";

const GET = "vonage.get-deployment";

// Time on the page stands still from here on, but for `pass`.
async function freeze(page: Page): Promise<void> {
  await page.clock.pauseAt(new Date(Date.now() + 1000));
}

// Lets time on the page pass in steps, with each answer that is due read before the next step.
async function pass(page: Page, seconds: number, step = 1): Promise<void> {
  for (let at = 0; at < seconds; at += step) {
    await page.clock.runFor(step * 1000);
    await settled(page);
  }
}

// Waits until no call of the page is under way, and none is being noted before it leaves: its answer has
// to come at the moment of the clock at which it was asked for.
async function settled(page: Page): Promise<void> {
  await expect(page.getByText("Asking now…")).toHaveCount(0);
  await page.evaluate(async () => {
    while ((globalThis as any).underWay > 0) await new Promise((resolve) => (globalThis as any).whenDone(resolve));
  });
}

// Counts the calls of a page that are under way; timers of the page play no part in it.
async function countCalls(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const world = globalThis as any;
    const waiting: (() => void)[] = [];
    const send = world.fetch.bind(world);
    world.underWay = 0;
    world.whenDone = (then: () => void) => waiting.push(then);
    world.fetch = async (...call: any[]) => {
      world.underWay++;
      try {
        const answer = await send(...call);
        await answer.clone().arrayBuffer();
        return answer;
      } finally {
        world.underWay--;
        // After whoever asked has read the answer and set the next timer.
        const port = new MessageChannel();
        port.port1.onmessage = () => waiting.splice(0).forEach((then) => then());
        port.port2.postMessage(null);
      }
    };
  });
}

const reads = async (sandbox: Sandbox, id: string) =>
  (await sent(sandbox, GET)).filter((call) => call.path.endsWith(id)).length;

test.describe("its address alone leads back", () => {
  for (const state of Object.keys(BADGES) as State[]) {
    test(state, async ({ page, sandbox, context }) => {
      const id = await inState(sandbox, state);
      const number = await NumberPage.open(page, sandbox, id);
      await number.shows(state);
      await expect(number.seen.last()).toHaveText(state);
      await page.close();
      // The tab is gone; the same browser and another one both find it again.
      const again = await NumberPage.open(await context.newPage(), sandbox, id);
      await again.shows(state);
      const other = await context.browser()!.newContext();
      const elsewhere = await NumberPage.open(await other.newPage(), sandbox, id);
      await elsewhere.shows(state);
      await other.close();
    });
  }
});

test("every state on the way shows within one interval of its pace", async ({ page, sandbox }) => {
  await page.clock.install();
  await countCalls(page);
  await stop(sandbox);
  const id = await start(sandbox);
  const number = await NumberPage.open(page, sandbox, id);
  await number.shows("INITIALIZING");
  await freeze(page);
  for (const state of ["CREATING_CLUSTER", "CLUSTER_CREATED", "CODE_SENT"]) {
    await go(sandbox);
    await pass(page, 3);
    await expect(number.seen.last()).toHaveText(state);
  }
  await ask(sandbox, "POST", `/${id}/verify`, { code: CODE });
  await pass(page, 15);
  await expect(number.seen.last()).toHaveText("CODE_VERIFIED");
  // The longer a state lasts, the longer the interval: to at most 15 seconds.
  await go(sandbox);
  await pass(page, 15);
  await expect(number.seen.last()).toHaveText("FINALIZING");
  await go(sandbox);
  await pass(page, 15);
  await number.shows("READY");
  await expect(page).toHaveTitle(/^Ready · \+44 .* · Switchboard$/);
  // Nothing changes any more, so nothing is asked any more.
  const before = await reads(sandbox, id);
  await pass(page, 120, 5);
  expect(await reads(sandbox, id)).toBe(before);
});

test("ten minutes of waiting for a code take at most 45 questions", async ({ page, sandbox }) => {
  test.slow();
  await page.clock.install();
  await countCalls(page);
  const id = await inState(sandbox, "CODE_SENT");
  const before = await reads(sandbox, id);
  const number = await NumberPage.open(page, sandbox, id);
  await number.shows("CODE_SENT");
  await freeze(page);
  await pass(page, 600, 0.5);
  const questions = (await reads(sandbox, id)) - before;
  expect(questions).toBeLessThanOrEqual(45);
  expect(questions).toBeGreaterThan(35);
});

test("fifty numbers on one page stay under 30 questions a minute", async ({ page, sandbox }) => {
  test.slow();
  await page.clock.install();
  await countCalls(page);
  await stop(sandbox);
  const ids: string[] = [];
  for (let number = 0; number < 50; number++) ids.push(await start(sandbox));
  await page.goto(`${sandbox.url}/numbers`);
  const listed = page.locator(".numbers.listed li");
  await expect(listed.first()).toBeVisible();
  // Each is known once it was opened.
  await page.evaluate(async (all) => {
    const open = indexedDB.open("switchboard");
    const database: IDBDatabase = await new Promise((resolve) => (open.onsuccess = () => resolve(open.result)));
    const transaction = database.transaction("numbers", "readwrite");
    for (const id of all) {
      const track = { id, connection: "sandbox-vonage", country_code: "44", number: "1", waba_id: "", known_since: 1, seen: [], detail: "", read_at: null, acted_at: 0, code: null, throttled_until: null, misses: 0, revision: 0, draft: null };
      transaction.objectStore("numbers").put(JSON.stringify(track), `sandbox-vonage/${id}`);
    }
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    database.close();
  }, ids);
  const from = (await sandbox.log()).length;
  await page.reload();
  await expect(page.locator(".numbers:not(.listed) li")).toHaveCount(50);
  await freeze(page);
  await pass(page, 60, 0.5);
  const minute = (await sandbox.log()).slice(from).length;
  expect(minute).toBeLessThan(30);
  await pass(page, 120, 0.5);
  const asked = new Set((await sent(sandbox, GET)).map((call) => call.path));
  expect(asked.size, "numbers that were asked for in three minutes").toBe(50);
});

test.describe("several tabs", () => {
  async function passAll(pages: Page[], seconds: number) {
    for (let at = 0; at < seconds; at++) {
      await pages[0].clock.runFor(1000);
      for (const page of pages) await settled(page);
    }
  }

  async function two(context: BrowserContext, sandbox: Sandbox, id: string) {
    await context.clock.install();
    const pages = [await context.newPage(), await context.newPage()];
    const tabs: NumberPage[] = [];
    for (const page of pages) {
      await countCalls(page);
      tabs.push(await NumberPage.open(page, sandbox, id));
    }
    return { pages, tabs };
  }

  test("one of them asks, all of them show", async ({ context, sandbox }) => {
    const id = await inState(sandbox, "CODE_SENT");
    const { pages, tabs } = await two(context, sandbox, id);
    for (const tab of tabs) await tab.shows("CODE_SENT");
    const before = await reads(sandbox, id);
    // One clock for the whole browser.
    await freeze(pages[1]);
    await passAll(pages, 60);
    const questions = (await reads(sandbox, id)) - before;
    expect(questions, "questions in a minute").toBeLessThanOrEqual(5);
    expect(questions).toBeGreaterThanOrEqual(3);
    await ask(sandbox, "POST", `/${id}/verify`, { code: CODE });
    // One interval, and a step of the clock for the answer.
    await passAll(pages, 17);
    for (const tab of tabs) await tab.shows("CODE_VERIFIED");
  });

  test("when the one that asks is closed, another goes on", async ({ context, sandbox }) => {
    const id = await inState(sandbox, "CODE_SENT");
    const { pages, tabs } = await two(context, sandbox, id);
    await pages[0].close();
    await ask(sandbox, "POST", `/${id}/verify`, { code: CODE });
    await freeze(pages[1]);
    await pass(pages[1], 16);
    await tabs[1].shows("CODE_VERIFIED");
  });

  test("a code entered in one is accepted in the other, and sent once", async ({ context, sandbox }) => {
    const id = await inState(sandbox, "CODE_SENT");
    const tabs = [await NumberPage.open(await context.newPage(), sandbox, id), await NumberPage.open(await context.newPage(), sandbox, id)];
    for (const tab of tabs) await tab.code.fill(CODE);
    // A tab in the background draws nothing, so it is not clicked as a visible one is. And the button is gone
    // where the other was faster.
    const press = (tab: NumberPage) =>
      tab.page.evaluate(() => document.querySelector<HTMLElement>(".code-panel button[type=submit]")?.click());
    await Promise.all(tabs.map(press));
    for (const tab of tabs) await tab.shows("CODE_VERIFIED");
    expect(await sent(sandbox, "vonage.verify")).toHaveLength(1);
  });
});

test.describe("answers that are no answers", () => {
  const fault = (sandbox: Sandbox, answer: unknown, times = 1) =>
    sandbox.control({ faults: [{ operation: GET, times, when: "before", answer }] });

  test("a new state is named, and followed until it is a known one", async ({ page, sandbox }) => {
    const id = await inState(sandbox, "CODE_SENT");
    const number = await NumberPage.open(page, sandbox, id);
    await fault(sandbox, { status: 200, body: JSON.stringify({ deployment_id: id, current_state: { title: "WAITING_FOR_META" } }) });
    await number.look();
    await expect(page.getByRole("heading", { name: "New state from Vonage: WAITING_FOR_META" })).toBeVisible();
    await expect(page.getByText("Asks again after 15 seconds")).toBeVisible();
    await number.look();
    await number.shows("CODE_SENT");
  });

  test("an answer without a state says so and harms nothing", async ({ page, sandbox }) => {
    const id = await inState(sandbox, "CODE_SENT");
    const number = await NumberPage.open(page, sandbox, id);
    await fault(sandbox, { status: 200, body: JSON.stringify({ deployment_id: id }) });
    await number.look();
    await expect(page.getByRole("heading", { name: "Vonage's answer names no state." })).toBeVisible();
    await number.look();
    await number.shows("CODE_SENT");
  });

  for (const [name, answer, words] of [
    ["HTML from a gateway", { status: 502, headers: { "content-type": "text/html" }, body: "<h1>Bad gateway</h1>" }, "Something went wrong at the provider."],
    ["an empty success", { status: 200, body: "" }, "An answer came, but it is not one that the provider documents."],
    ["half an answer", "truncated", "An answer came, but it is not one that the provider documents."],
    ["a dropped connection", "drop", "could not be reached"],
  ] as const) {
    test(`${name}: the last state stays, with the reason and another try`, async ({ page, sandbox, watch }) => {
      watch.allow(FAILED_CALL);
      const id = await inState(sandbox, "CODE_SENT");
      const number = await NumberPage.open(page, sandbox, id);
      await number.code.fill("123");
      await fault(sandbox, answer);
      await number.look();
      const interrupted = page.getByRole("region", { name: "The state cannot be read just now" });
      await expect(interrupted).toContainText(words);
      await expect(interrupted).toContainText(/What is shown below was read \d+ seconds? ago\./);
      // Above everything else, so that nobody waits for what is not asked any more.
      const top = await interrupted.evaluate((element) => element.getBoundingClientRect().top);
      expect(top).toBeLessThan(await page.locator(".code-panel").evaluate((panel) => panel.getBoundingClientRect().top));
      await number.shows("CODE_SENT");
      await interrupted.getByRole("button", { name: "Try again" }).click();
      await expect(interrupted).toHaveCount(0);
      await expect(number.code).toHaveValue("123");
    });
  }

  for (const [headers, wait] of [
    [{ "retry-after": "40" }, 40],
    [{}, 60],
  ] as const) {
    test(`429 ${wait === 40 ? "with" : "without"} Retry-After: ${wait} seconds of silence`, async ({ page, sandbox, watch }) => {
      watch.allow(FAILED_CALL);
      await page.clock.install();
      await countCalls(page);
      const id = await inState(sandbox, "INITIALIZING");
      const number = await NumberPage.open(page, sandbox, id);
      await fault(sandbox, { status: 429, headers });
      await number.look();
      await expect(page.getByRole("region", { name: "The state cannot be read just now" })).toContainText("Too many");
      await freeze(page);
      const before = await reads(sandbox, id);
      await pass(page, wait - 3);
      expect(await reads(sandbox, id)).toBe(before);
      await pass(page, 5);
      await expect.poll(() => reads(sandbox, id)).toBe(before + 1);
    });
  }
});

test("without a network nothing is asked; when it is back, at once", async ({ page, context, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await page.clock.install();
  await countCalls(page);
  const id = await inState(sandbox, "CODE_SENT");
  const number = await NumberPage.open(page, sandbox, id);
  await freeze(page);
  await context.setOffline(true);
  const side = page.getByRole("region", { name: "Reading the state" });
  await expect(side).toContainText("Paused: this computer is offline.");
  const interrupted = page.getByRole("region", { name: "The state cannot be read just now" });
  await expect(interrupted).toContainText("It goes on by itself when the network is back.");
  const before = await reads(sandbox, id);
  await pass(page, 60, 5);
  expect(await reads(sandbox, id)).toBe(before);
  await ask(sandbox, "POST", `/${id}/verify`, { code: CODE });
  await context.setOffline(false);
  await pass(page, 1);
  await number.shows("CODE_VERIFIED");
});

// Headless tabs are never hidden; the page is told so.
const hide = (page: Page, hidden: boolean) =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    dispatchEvent(new Event("visibilitychange"));
  }, hidden);

test("a tab that nobody looks at asks less often, and at once when somebody does", async ({ page, sandbox }) => {
  await page.clock.install();
  await countCalls(page);
  const id = await inState(sandbox, "CODE_SENT");
  const number = await NumberPage.open(page, sandbox, id);
  await freeze(page);
  await hide(page, true);
  const before = await reads(sandbox, id);
  // Not to the full minute, that the last answer is not so new that nobody has to ask at once.
  await pass(page, 165, 5);
  expect((await reads(sandbox, id)) - before).toBeLessThanOrEqual(3);
  await ask(sandbox, "POST", `/${id}/verify`, { code: CODE });
  await hide(page, false);
  await pass(page, 1);
  await number.shows("CODE_VERIFIED");
});

test("an hour of sleep: it asks at once, and goes on", async ({ page, sandbox }) => {
  await page.clock.install();
  const id = await inState(sandbox, "CODE_SENT");
  const number = await NumberPage.open(page, sandbox, id);
  await ask(sandbox, "POST", `/${id}/verify`, { code: CODE });
  await page.clock.fastForward("01:00:00");
  await number.shows("CODE_VERIFIED");
  await go(sandbox, 2);
  await page.clock.fastForward("00:10");
  await number.shows("READY");
});

test("a clock that is set back five minutes hides no answer", async ({ page, sandbox }) => {
  const id = await inState(sandbox, "CODE_SENT");
  const number = await NumberPage.open(page, sandbox, id);
  await number.enter(CODE);
  await number.shows("CODE_VERIFIED");
  await page.evaluate(() => {
    const now = Date.now;
    Date.now = () => now() - 5 * 60 * 1000;
  });
  await go(sandbox, 2);
  await number.look();
  await number.shows("READY");
});

test("leaving the page ends the asking", async ({ page, sandbox }) => {
  await page.clock.install();
  await countCalls(page);
  const id = await inState(sandbox, "INITIALIZING");
  await NumberPage.open(page, sandbox, id);
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Requests" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Requests");
  const before = await reads(sandbox, id);
  await freeze(page);
  await pass(page, 60, 5);
  expect(await reads(sandbox, id)).toBe(before);
});

test("without locks, as on an insecure address, tabs put their questions off for each other", async ({ context, sandbox }) => {
  const id = await inState(sandbox, "CODE_SENT");
  await context.clock.install();
  await context.addInitScript(() => Object.defineProperty(navigator, "locks", { value: undefined }));
  const pages = [await context.newPage(), await context.newPage()];
  for (const page of pages) {
    await countCalls(page);
    await (await NumberPage.open(page, sandbox, id)).shows("CODE_SENT");
  }
  const before = await reads(sandbox, id);
  await freeze(pages[1]);
  for (let at = 0; at < 240; at++) {
    await pages[0].clock.runFor(250);
    for (const page of pages) await settled(page);
  }
  // Whoever heard an answer lets its asker go first again: not each its own four.
  expect((await reads(sandbox, id)) - before).toBeLessThanOrEqual(5);
});

test("a person who looks elsewhere is told when the code is due and when the number is live", async ({ page, context, sandbox }) => {
  await context.grantPermissions(["notifications"], { origin: sandbox.url });
  await page.addInitScript(() => {
    const world = globalThis as any;
    world.told = [];
    world.Notification = class {
      static permission = "granted";
      constructor(title: string, { body }: NotificationOptions) {
        world.told.push(`${title}: ${body}`);
      }
    };
  });
  await page.clock.install();
  await countCalls(page);
  const id = await inState(sandbox, "CLUSTER_CREATED");
  const number = await NumberPage.open(page, sandbox, id);
  await expect(page.getByText("You are notified when the code is due")).toBeVisible();
  await freeze(page);
  const told = () => page.evaluate(() => (globalThis as any).told);
  await hide(page, true);
  await go(sandbox);
  await pass(page, 60, 5);
  expect(await told()).toEqual([expect.stringMatching(/^\+44 .*: The code is on its way\. Enter it in Switchboard\.$/)]);
  await ask(sandbox, "POST", `/${id}/verify`, { code: CODE });
  await go(sandbox, 2);
  await pass(page, 120, 5);
  expect(await told()).toHaveLength(2);
  expect((await told())[1]).toMatch(/: The number is live\.$/);
  await number.shows("READY");
});
