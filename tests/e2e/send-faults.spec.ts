// What can go wrong with a message to many: whatever it is, nobody gets it twice, nobody is lost, and of at
// most one request it is not known what became of it.
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { own } from "./support/connections.ts";
import { number, numbers, reached, SEND, Sending, sent, Sent } from "./support/sending.ts";
import { onDevice, sweep } from "./support/storage.ts";
import type { Page } from "@playwright/test";

test.beforeEach(({ watch }) => watch.allow(FAILED_CALL));

const refusal = (code: string) => ({ status: 400, body: JSON.stringify({ response: { code, description: "No.", transid: "t-9" } }) });

// A message to so many, with a request for each.
async function each(page: Page, sandbox: Sandbox, people: number, ...faults: object[]): Promise<Sent> {
  const sending = await Sending.open(page, sandbox.url);
  await sending.write(numbers(people), "Hello", true);
  await sandbox.control({ faults: faults.map((fault) => ({ operation: SEND, ...fault })) });
  return sending.send();
}

for (const code of ["7006", "7010", "7011", "7200"]) {
  test(`an error after which nobody knows whether it went out is unknown, not refused: ${code}`, async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const body = JSON.stringify({ response: { code, description: "?", transid: "t-1" } });
    const message = await each(page, sandbox, 2, { times: 1, answer: { status: 400, body } });
    await message.counts({ unknown: 1, refused: 0 });
    // What nobody knows of one may be so of the next.
    await message.press("Go on");
    await message.done();
    await message.counts({ queued: 1, unknown: 1, refused: 0 });
    expect(reached(await sent(sandbox))).toEqual(numbers(2));
  });
}

// A request is noted before it leaves: here the first is at the provider, and waits for its answer.
async function firstHangs(message: Sent, sandbox: Sandbox): Promise<void> {
  await expect(message.row(number(0))).toContainText("Sending…");
  await expect.poll(async () => reached(await sent(sandbox))).toEqual([number(0)]);
}

test("each answer has its result: queued, refused, unknown", async ({ page, sandbox }) => {
  const message = await each(page, sandbox, 4);
  await message.done();
  for (const [answer, when, word] of [
    [refusal("7004"), "before", "Refused"],
    [{ ...refusal("7004"), status: 200 }, "before", "Refused"],
    ["drop", "after", "Unknown"],
    ["garbage", "after", "Unknown"],
    ["truncated", "after", "Unknown"],
    [{ status: 500 }, "after", "Unknown"],
  ] as const) {
    const next = await each(page, sandbox, 1, { when, answer });
    await expect(next.row(number(0)), JSON.stringify(answer)).toContainText(word);
    await next.done();
  }
});

test("refused for one reason again and again: the last one is not tried, and the rest can be stopped for good", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.write(numbers(6), "Hello", true);
  await sending.text.fill("#7004");
  const message = await sending.send();
  // Refused all alike, the last one is not tried.
  await expect(message.why("all refused for the same reason")).toBeVisible();
  await message.counts({ refused: 5, waiting: 1 });
  await message.press("Stop the rest");
  await page.getByRole("dialog").getByRole("button", { name: "Stop the rest" }).click();
  await expect(message.standing).toContainText("Stopped");
  await expect(message.row(number(5))).toContainText("Not sent: stopped");
  expect(reached(await sent(sandbox))).toEqual(numbers(5));
});

test("those who are sent to again while a message is paused wait with the others", async ({ page, sandbox }) => {
  const message = await each(page, sandbox, 3, { when: "after", answer: "drop" });
  await expect(message.why("It is not known what became of the last request")).toBeVisible();
  await message.counts({ unknown: 1, waiting: 2 });
  await message.press("Send again to 1 unknown");
  await expect(page.getByRole("dialog")).toContainText("they wait with the others until it goes on");
  await message.press("Send again to 1 person");
  await message.counts({ unknown: 0, waiting: 3 });
  // Nothing was said of the others, so none of them is written to.
  await expect(page.getByRole("button", { name: "Go on", exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "Go on", exact: true })).toBeVisible();
  expect(reached(await sent(sandbox))).toEqual([number(0)]);
  await message.press("Go on");
  await message.done();
  await message.counts({ queued: 3 });
});

for (const when of ["before", "after"] as const) {
  test(`a lost answer, ${when} it took effect: unknown, and repeated on a person's word alone`, async ({ page, sandbox }) => {
    const message = await each(page, sandbox, 3, { when, answer: "drop" });
    // The first request is a probe: where it gets no answer, the others are not risked.
    await expect(message.why("It is not known what became of the last request")).toBeVisible();
    await message.counts({ unknown: 1, waiting: 2 });
    await message.press("Go on");
    await message.done();
    await message.counts({ unknown: 1, queued: 2 });
    expect(reached(await sent(sandbox))).toEqual(numbers(3));
    await page.reload();
    await message.counts({ unknown: 1, queued: 2 });
    await message.press("Send again to 1 unknown");
    await expect(page.getByRole("dialog")).toContainText("Whoever did gets it twice");
    await message.press("Send again to 1 person");
    await message.counts({ unknown: 0, queued: 3 });
    const calls = await sent(sandbox);
    expect(reached(calls)).toEqual([...numbers(3), number(0)]);
    expect(calls[3].body.correlationid).toBe(`${calls[0].body.correlationid}-2`);
  });

  test(`a page that dies in mid-send, ${when} it took effect: one is unknown, all others go out exactly once`, async ({ page, sandbox }) => {
    const message = await each(page, sandbox, 40);
    await message.done();
    await sandbox.control({ reset: true });
    const next = await each(page, sandbox, 40, { times: 1, when, answer: "hang" });
    await firstHangs(next, sandbox);
    await page.reload();
    await next.done();
    await next.counts({ unknown: 1, queued: 39 });
    await expect(next.row(number(0))).toContainText("The page was closed before the answer came.");
    expect(reached(await sent(sandbox)).sort()).toEqual(numbers(40));
  });
}

test("too many requests: it waits in sight as long as it is asked to, and goes on by itself", async ({ page, sandbox }) => {
  const message = await each(page, sandbox, 3, { answer: { ...refusal("7020"), status: 429, headers: { "Retry-After": "3" } } });
  await expect(message.why(/asked to wait\. It goes on by itself in [123] second/)).toBeVisible();
  expect(reached(await sent(sandbox))).toEqual([number(0)]);
  await message.done();
  await message.counts({ queued: 3 });
  expect(reached(await sent(sandbox))).toEqual([number(0), ...numbers(3)]);
});

test("the account's limit comes as a code: it is obeyed as well", async ({ page, sandbox }) => {
  const message = await each(page, sandbox, 2, { answer: refusal("7020") });
  await expect(message.why(/asked to wait/)).toBeVisible();
  await message.done();
  await message.counts({ queued: 2, refused: 0 });
});

test("a refused key holds the message, nobody is lost, and with the right one it goes on", async ({ page, sandbox }) => {
  await own(page, sandbox.url, "webex", { key: "k-wrong-0001" });
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Send" }).click();
  const sending = new Sending(page);
  await sending.write(numbers(2), "Hello");
  await sandbox.control({ faults: [{ operation: SEND, times: 99, answer: { ...refusal("7001"), status: 401 } }] });
  const message = await sending.send();
  await expect(message.why("did not accept")).toBeVisible();
  await message.counts({ waiting: 2, queued: 0, refused: 0, unknown: 0 });
  await sandbox.control({ faults: [] });
  await page.getByRole("button", { name: "Forget it" }).click();
  await expect(message.why("has no key in this tab")).toBeVisible();
  await page.locator("input[type=password]").fill("k-right-0002");
  await page.getByRole("button", { name: "Use this key" }).click();
  await message.done();
  await message.counts({ queued: 2 });
});

test("offline: it is held, and goes on by itself when the network is back", async ({ page, context, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.write(numbers(3), "Hello", true);
  await context.setOffline(true);
  const message = await sending.send();
  await expect(message.why("offline")).toBeVisible();
  await message.counts({ waiting: 3 });
  expect(await sent(sandbox)).toEqual([]);
  await context.setOffline(false);
  await message.done();
  expect(reached(await sent(sandbox))).toEqual(numbers(3));
});

test("an address that the browser blocks: one is risked, and all others wait for a person", async ({ page, context, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.write(numbers(30), "Hello", true);
  await context.route("**/resources/v1/messaging", (route) => route.abort());
  const message = await sending.send();
  await expect(message.why("a browser may not be allowed to call this address")).toBeVisible();
  await message.counts({ unknown: 1, waiting: 29 });
  await context.unroute("**/resources/v1/messaging");
  await message.press("Go on");
  await message.done();
  await message.counts({ unknown: 1, queued: 29 });
});

test("paused and gone on: nobody twice and nobody lost", async ({ page, sandbox }) => {
  const message = await each(page, sandbox, 200);
  await message.press("Pause");
  await expect(message.standing).toContainText("Paused.");
  // The one under way still gets its answer.
  await expect(page.locator(".send-table")).not.toContainText("Sending…");
  const before = (await sent(sandbox)).length;
  await page.reload();
  await expect(message.standing).toContainText("Paused.");
  expect((await sent(sandbox)).length).toBe(before);
  await message.press("Go on");
  await message.done();
  await message.counts({ queued: 200 });
  expect(reached(await sent(sandbox))).toEqual(numbers(200));
});

test("two tabs: one sends, the other shows it and takes it over when the first is closed", async ({ page, context, sandbox }) => {
  await each(page, sandbox, 400);
  const other = await context.newPage();
  await other.goto(page.url());
  const there = new Sent(other);
  await expect(there.bar).toBeVisible();
  // What the one sends is seen in the other.
  await expect(there.page.locator(".send-counts .queued strong")).not.toHaveText("0");
  await page.close();
  await there.done();
  const unknown = Number(await other.locator(".send-counts .unknown strong").innerText());
  expect(unknown, "what was under way when the first was closed").toBeLessThanOrEqual(1);
  await there.counts({ queued: 400 - unknown });
  const all = reached(await sent(sandbox));
  expect(new Set(all).size, "each once").toBe(all.length);
  expect(all.length).toBeGreaterThanOrEqual(400 - unknown);
});

// Two tabs that show the same message to so many people; the second may hear nothing of the first.
async function twice(page: Page, sandbox: Sandbox, people: number, deaf = false): Promise<[Sending, Sending]> {
  const here = await Sending.open(page, sandbox.url);
  await here.write(numbers(people), "Hello", true);
  await expect(page.locator('[data-kept="yes"]')).toBeVisible();
  const other = await page.context().newPage();
  if (deaf) {
    await other.addInitScript(() => {
      (globalThis as any).BroadcastChannel = class extends EventTarget {
        postMessage() {}
        close() {}
      };
    });
  }
  const there = await Sending.open(other, sandbox.url);
  await expect(there.button).toContainText(`Send to ${people}`);
  return [here, there];
}

const elsewhere = (sending: Sending, text: string) => sending.page.getByRole("alert").filter({ hasText: text });
const SAME = "This message was sent off from another tab, so the form is empty again.";
const ANOTHER = "A message was sent off from another tab since this one was begun.";

test("two tabs with the same message, and both are pressed: each person gets it once", async ({ page, sandbox }) => {
  const both = await twice(page, sandbox, 30);
  await Promise.all(both.map((sending) => sending.button.click()));
  const told = () => Promise.all(both.map((sending) => elsewhere(sending, SAME).count()));
  await expect.poll(async () => (await told()).sort()).toEqual([0, 1]);
  const loser = (await told()).indexOf(1);
  await new Sent(both[1 - loser].page).done();
  await expect(both[loser].people).toHaveValue("");
  await expect(both[loser].text).toHaveValue("");
  await both[loser].page.getByRole("link", { name: "Look how far it is" }).click();
  await new Sent(both[loser].page).counts({ queued: 30 });
  expect(reached(await sent(sandbox)).sort()).toEqual(numbers(30));
});

test("a tab that heard nothing of it sends nothing of what another has sent off", async ({ page, sandbox }) => {
  const [here, there] = await twice(page, sandbox, 3, true);
  await (await here.send()).done();
  await expect(there.text).toHaveValue("Hello");
  await there.button.dblclick();
  await expect(elsewhere(there, SAME)).toBeVisible();
  await expect(there.text).toHaveValue("");
  await there.page.reload();
  await expect(there.button).toBeVisible();
  await expect(there.people).toHaveValue("");
  await expect(there.page.getByRole("region", { name: "Earlier messages" }).getByRole("listitem")).toHaveCount(1);
  expect(reached(await sent(sandbox))).toEqual(numbers(3));
});

test("a tab that shows what another sends off is emptied, and may be used for the next", async ({ page, sandbox }) => {
  const [here, there] = await twice(page, sandbox, 2);
  await (await here.send()).done();
  await expect(elsewhere(there, SAME)).toBeVisible();
  await expect(there.text).toHaveValue("");
  await there.write(numbers(1), "The next", true);
  await (await there.send()).done();
  expect(reached(await sent(sandbox))).toEqual([...numbers(2), number(0)]);
});

for (const deaf of [false, true]) {
  test(`what was typed in a tab since stays there, is kept, and leaves at a person's word${deaf ? ", heard of or not" : ""}`, async ({ page, sandbox }) => {
    const [here, there] = await twice(page, sandbox, 2, deaf);
    await there.text.fill("Hello again");
    await (await here.send()).done();
    await expect(there.button).not.toHaveAttribute("aria-disabled", "true");
    if (deaf) await there.button.click();
    await expect(elsewhere(there, ANOTHER)).toBeVisible();
    await expect(there.text).toHaveValue("Hello again");
    expect(reached(await sent(sandbox))).toEqual(numbers(2));
    await expect.poll(async () => JSON.stringify((await onDevice(page)).shelves.drafts)).toContain("Hello again");
    await there.page.reload();
    await expect(there.text).toHaveValue("Hello again");
    await (await there.send()).done();
    expect(reached(await sent(sandbox))).toEqual([...numbers(2), ...numbers(2)]);
  });
}

// Storage that takes nothing more, from now on.
const fill = (page: Page, names: string[]) =>
  page.evaluate((names) => {
    const world = globalThis as any;
    world.put ??= IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given: any) {
      if (names.includes(this.name)) throw new DOMException("No room.", "QuotaExceededError");
      return world.put.apply(this, given);
    };
  }, names);

test("storage full in mid-batch: it stops before the next leaves, says so, and nobody is lost", async ({ page, sandbox }) => {
  const message = await each(page, sandbox, 300);
  await expect(page.locator(".send-counts .queued strong")).not.toHaveText("0");
  await fill(page, ["batches", "parts"]);
  await expect(message.why("storage is full, so nothing more leaves")).toBeVisible();
  const before = reached(await sent(sandbox));
  expect(before).toEqual(numbers(before.length));
  await fill(page, []);
  await message.press("Go on");
  await message.done();
  await message.counts({ queued: 300, unknown: 0 });
  expect(reached(await sent(sandbox))).toEqual(numbers(300));
});

test("storage full before it began: nothing leaves, and what was composed is still there", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.write(numbers(2), "Hello");
  await fill(page, ["parts"]);
  await sending.button.click();
  await expect(page.getByText("Nothing was sent, because the list of requests could not be stored.")).toBeVisible();
  await expect(sending.text).toHaveValue("Hello");
  expect(await sent(sandbox)).toEqual([]);
  await fill(page, []);
  await page.reload();
  await expect(page.getByRole("region", { name: "On its way, or to look at" })).toHaveCount(0);
  expect(await sent(sandbox)).toEqual([]);
});

test("a page that ends while the requests are written down has sent nothing, and leaves nothing behind", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.write(numbers(2), "Hello", true);
  // What such a page does not come to: to say that all is written, and to take anything back.
  await page.evaluate(() => {
    const [put, remove] = [IDBObjectStore.prototype.put, IDBObjectStore.prototype.delete];
    const closing = () => new DOMException("The page is closing.", "AbortError");
    IDBObjectStore.prototype.put = function (...given: any) {
      if (String(given[0]).includes('"standing":"running"')) throw closing();
      return put.apply(this, given);
    };
    IDBObjectStore.prototype.delete = function (...given: any) {
      if (["batches", "parts"].includes(this.name)) throw closing();
      return remove.apply(this, given);
    };
  });
  await sending.button.click();
  await expect(page.getByText("Nothing was sent")).toBeVisible();
  await expect.poll(() => sweep(page, ["drafts"])).toContain(number(1));
  await page.reload();
  await expect(sending.text).toHaveValue("Hello");
  await expect(sending.button).toContainText("Send to 2");
  await expect.poll(() => sweep(page, ["drafts"])).not.toContain(number(1));
  expect(await sent(sandbox)).toEqual([]);
});

test("after more than ten minutes without a page it waits for a person's word", async ({ page, sandbox }) => {
  await page.clock.install();
  const message = await each(page, sandbox, 3, { when: "before", answer: "hang" });
  await firstHangs(message, sandbox);
  const url = page.url();
  await page.goto("about:blank");
  await page.clock.fastForward("15:00");
  await page.goto(url);
  await expect(message.why("for more than ten minutes")).toBeVisible();
  await message.counts({ unknown: 1, waiting: 2 });
  await message.press("Go on");
  await message.done();
  expect(reached(await sent(sandbox))).toEqual(numbers(3));
});
