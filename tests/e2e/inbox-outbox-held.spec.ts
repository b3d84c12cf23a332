// Messages that were turned away unread, or refused: what goes on by itself, what waits for somebody, and
// that the order of a conversation is kept meanwhile.
import { expect, FAILED_CALL, test } from "./support/fixtures.ts";
import { own } from "./support/connections.ts";
import { freeze, pass } from "./support/time.ts";
import { arrived, Composer, copies, go, idOf, leaving, named, open, SEND, sent, texts } from "./support/writing.ts";

const NAME = "Amelia Clarke";

test("too many requests: it waits as long as it was asked to, in sight, and then goes by itself", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await page.clock.install();
  const composer = await open(page, sandbox, NAME);
  const id = await idOf(sandbox, NAME);
  const answer = { status: 429, headers: { "Retry-After": "20" } };
  await sandbox.control({ faults: [{ operation: SEND, answer }] });
  await composer.write("First");
  const first = leaving(page).filter({ hasText: "First" });
  await expect(first).toContainText(/Goes out by itself in (1\d|20) seconds/);
  await composer.write("Another");
  await expect(leaving(page).filter({ hasText: "Another" })).toContainText("Goes out after the one above.");
  await pass(page, 15);
  expect(await texts(sandbox)).toEqual(["First"]);
  await pass(page, 15, { done: async () => (await leaving(page).count()) === 0 });
  await expect(leaving(page)).toHaveCount(0);
  expect(await texts(sandbox)).toEqual(["First", "First", "Another"]);
  expect(await copies(sandbox, id, "First")).toBe(1);
  expect(await copies(sandbox, id, "Another")).toBe(1);
});

test("too many requests, and nobody says how long: it waits a minute", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await page.clock.install();
  const composer = await open(page, sandbox, NAME);
  await sandbox.control({ faults: [{ operation: SEND, answer: { status: 429 } }] });
  await composer.write("Patience");
  await expect(leaving(page)).toContainText(/Goes out by itself in/);
  await pass(page, 50);
  expect(await texts(sandbox)).toEqual(["Patience"]);
  await pass(page, 20, { done: async () => (await leaving(page).count()) === 0 });
  await expect(leaving(page)).toHaveCount(0);
  expect(await texts(sandbox)).toEqual(["Patience", "Patience"]);
  expect(await copies(sandbox, await idOf(sandbox, NAME), "Patience")).toBe(1);
});

test("a wait that was begun outlives a reload, and nothing is lost or doubled by it", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await page.clock.install();
  const composer = await open(page, sandbox, NAME);
  const answer = { status: 429, headers: { "Retry-After": "60" } };
  await sandbox.control({ faults: [{ operation: SEND, answer }] });
  await composer.write("Still here");
  await expect(leaving(page)).toContainText("Goes out by itself");
  await page.reload();
  await expect(leaving(page)).toContainText("The provider had too many requests and asked to wait.");
  // It was asked of everybody who writes with this key.
  const other = await go(page, "Ben O");
  await other.write("Meanwhile");
  await expect(leaving(page)).toContainText("asked to wait");
  await freeze(page);
  await pass(page, 40);
  expect(await texts(sandbox)).toEqual(["Still here"]);
  await pass(page, 40, { done: async () => (await sent(sandbox)).length === 3 });
  expect((await texts(sandbox)).sort()).toEqual(["Meanwhile", "Still here", "Still here"]);
  await go(page, NAME);
  await expect(arrived(page).last()).toContainText("Still here");
  await expect(leaving(page)).toHaveCount(0);
  expect(await copies(sandbox, await idOf(sandbox, NAME), "Still here")).toBe(1);
});

// The provider's word that it took nothing is not enough to send a second one.
for (const { name, answer, goesOn } of [
  { name: "too many requests", answer: { status: 429, headers: { "Retry-After": "20" } }, goesOn: null },
  { name: "a refused key", answer: { status: 401 }, goesOn: "Try again" },
]) {
  test(`${name}, though the message was taken: it is found in the conversation and not sent again`, async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL, /example\.com/);
    await page.clock.install();
    const composer = await open(page, sandbox, NAME);
    await sandbox.control({ faults: [{ operation: SEND, when: "after", answer }] });
    await composer.write("Taken all the same");
    const row = leaving(page).filter({ hasText: "Taken all the same" });
    await expect(row).toContainText(goesOn === null ? "Goes out by itself" : "did not accept the key");
    if (goesOn !== null) await row.getByRole("button", { name: goesOn }).click();
    await pass(page, 40, { done: async () => (await leaving(page).count()) === 0 });
    await expect(leaving(page)).toHaveCount(0);
    await expect(arrived(page).filter({ hasText: "Taken all the same" })).toHaveCount(1);
    await pass(page, 60);
    expect(await texts(sandbox)).toEqual(["Taken all the same"]);
    expect(await copies(sandbox, await idOf(sandbox, NAME), "Taken all the same")).toBe(1);
  });
}

test("a refusal is told with its reason, holds nothing up, and can be mended", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  const composer = await open(page, sandbox, NAME);
  const id = await idOf(sandbox, NAME);
  const answer = { status: 422, body: JSON.stringify({ error: "An automation is still running." }) };
  await sandbox.control({ faults: [{ operation: SEND, answer }] });
  await composer.write("Not this one");
  const row = leaving(page).filter({ hasText: "Not this one" });
  await expect(row).toContainText("Not sent.");
  await expect(row).toContainText("An automation is still running.");
  await expect(row).toContainText("end the automation before you write yourself");
  await expect(named(page, NAME)).toContainText("Not sent");
  // Those after it go out.
  await composer.write("But this one");
  await expect.poll(() => texts(sandbox)).toEqual(["Not this one", "But this one"]);
  await page.reload();
  await expect(row).toContainText("Not sent.");
  // What is being written is not overwritten by it.
  await composer.text.fill("Something else");
  await row.getByRole("button", { name: "Edit" }).click({ force: true });
  await expect(composer.text).toHaveValue("Something else");
  await composer.text.fill("");
  await row.getByRole("button", { name: "Edit" }).click();
  await expect(composer.text).toHaveValue("Not this one");
  await expect(row).toHaveCount(0);
  await composer.write("Mended");
  await expect.poll(() => texts(sandbox)).toEqual(["Not this one", "But this one", "Mended"]);
  expect(await copies(sandbox, id, "Not this one")).toBe(0);
});

test("a refusal can be sent again or discarded, each at a word", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  const composer = await open(page, sandbox, NAME);
  await sandbox.control({ faults: [{ operation: SEND, times: 2, answer: { status: 422 } }] });
  await composer.write("Once more");
  const row = leaving(page).filter({ hasText: "Once more" });
  await row.getByRole("button", { name: "Send again" }).click();
  await expect.poll(async () => (await sent(sandbox)).length).toBe(2);
  await expect(row).toContainText("Not sent.");
  await row.getByRole("button", { name: "Discard" }).click();
  await expect(row).toHaveCount(0);
  await page.reload();
  await expect(arrived(page).last()).toBeVisible();
  await expect(row).toHaveCount(0);
  expect(await texts(sandbox)).toEqual(["Once more", "Once more"]);
});

test("a failure that comes later stands beside the message", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await page.clock.install();
  const composer = await open(page, sandbox, NAME);
  // The sandbox lets a text of a code fail with it.
  await composer.write("#131047");
  await expect(leaving(page)).toHaveCount(0);
  await sandbox.control({ advance: 10_000 });
  await pass(page, 40, { done: async () => (await arrived(page).last().getByText("Not delivered:").count()) === 1 });
  await expect(arrived(page).last()).toContainText("Not delivered:");
  await expect(arrived(page).last()).toContainText(/24 hours/);
  expect(await texts(sandbox)).toEqual(["#131047"]);
});

test("offline: what is written waits, is told so, and goes out once when the network is back", async ({ page, context, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  const composer = await open(page, sandbox, NAME);
  const id = await idOf(sandbox, NAME);
  await context.setOffline(true);
  for (const text of ["One", "Two", "Three"]) await composer.write(text);
  await expect(leaving(page)).toHaveCount(3);
  await expect(leaving(page).first()).toContainText("offline");
  expect(await sent(sandbox)).toEqual([]);
  await context.setOffline(false);
  await expect.poll(() => texts(sandbox)).toEqual(["One", "Two", "Three"]);
  await expect(leaving(page)).toHaveCount(0);
  for (const text of ["One", "Two", "Three"]) expect(await copies(sandbox, id, text)).toBe(1);
});

test("a refused key: nothing is lost, and with the right one it goes out once", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await own(page, sandbox.url, "kapso", { key: "k-wrong-0001" });
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Inbox" }).click();
  const composer = await go(page, NAME);
  await expect(composer.button).toHaveText(`Send to ${NAME}`);
  await sandbox.control({ faults: [{ operation: SEND, times: 99, answer: { status: 401 } }] });
  await composer.write("With a key");
  const first = leaving(page).filter({ hasText: "With a key" });
  await expect(first).toContainText("did not accept the key");
  await composer.write("And after it");
  await expect(leaving(page).filter({ hasText: "And after it" })).toContainText("Goes out after the one above.");
  await expect(leaving(page)).toHaveCount(2);
  await composer.write("And one more");
  await expect(leaving(page)).toHaveCount(3);
  await composer.text.fill("Half a sentence");
  // The key is not tried again with each message.
  expect((await sent(sandbox)).length).toBe(1);
  await sandbox.control({ faults: [] });
  await first.getByRole("button", { name: "Forget it" }).click();
  await expect(first).toContainText("has no key in this tab");
  await first.locator("input[type=password]").fill("k-right-0002");
  await first.getByRole("button", { name: "Use this key" }).click();
  const taken = async () => (await sent(sandbox)).filter((call) => call.status === 201);
  await expect.poll(async () => (await taken()).map((call) => call.body.message.content)).toEqual(["With a key", "And after it", "And one more"]);
  expect((await taken())[0].headers["x-api-key"]).toBe("0002");
  await expect(composer.text).toHaveValue("Half a sentence");
  const id = await idOf(sandbox, NAME);
  expect(await copies(sandbox, id, "With a key")).toBe(1);
  expect(await copies(sandbox, id, "And after it")).toBe(1);
});

// The list has the newest message there, as if all was well.
test("a message that waits for somebody is marked in the list", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  const composer = await open(page, sandbox, NAME);
  await sandbox.control({ faults: [{ operation: SEND, times: 99, answer: { status: 401 } }] });
  await composer.write("With a key");
  await expect(leaving(page)).toContainText("did not accept the key");
  await expect(named(page, NAME)).toContainText("Not sent");
});

test("a message that waited for more than an hour goes out only at a word", async ({ page, context, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await page.clock.install();
  const composer = await open(page, sandbox, NAME);
  await context.setOffline(true);
  await composer.write("Are you coming now?");
  await expect(leaving(page)).toContainText("offline");
  await page.clock.fastForward("01:05:00");
  await context.setOffline(false);
  await expect(leaving(page)).toContainText("and not sent since");
  await pass(page, 30);
  expect(await sent(sandbox)).toEqual([]);
  await leaving(page).getByRole("button", { name: "Send it now" }).click();
  await expect.poll(() => texts(sandbox)).toEqual(["Are you coming now?"]);
});

// Keys of the queue are times: what is written after the clock was set back sorts before the rest.
test("a clock that is set back does not turn the order around", async ({ page, context, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await page.clock.install();
  const composer = await open(page, sandbox, NAME);
  await context.setOffline(true);
  await composer.write("One");
  await expect(leaving(page)).toContainText("offline");
  await page.clock.setSystemTime(Date.now() - 60 * 60 * 1000);
  await composer.write("Two");
  await composer.write("Three");
  await expect(leaving(page)).toContainText([/One/, /Two/, /Three/]);
  await context.setOffline(false);
  await expect.poll(async () => (await texts(sandbox))[0]).toBe("One");
  await pass(page, 60, { done: async () => (await leaving(page).count()) === 0 });
  expect(await texts(sandbox)).toEqual(["One", "Two", "Three"]);
});

// The pace says "6 seconds" again and again, until the clock is where it was.
test("a clock that is set back keeps nothing from leaving", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await page.clock.install();
  const composer = await open(page, sandbox, NAME);
  await composer.write("Before");
  await expect.poll(() => texts(sandbox)).toEqual(["Before"]);
  await page.clock.setSystemTime(Date.now() - 60 * 60 * 1000);
  await composer.write("After");
  await pass(page, 30, { done: async () => (await sent(sandbox)).length === 2 });
  expect(await texts(sandbox)).toEqual(["Before", "After"]);
});

test("what is on its way in one conversation does not hold up another", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  const composer = await open(page, sandbox, NAME);
  await sandbox.control({ faults: [{ operation: SEND, answer: "hang" }] });
  await composer.write("Stuck");
  await expect(leaving(page)).toContainText("Sending…");
  const there: Composer = await go(page, "Ana Souza");
  await there.write("Not stuck");
  await expect(arrived(page).last()).toContainText("Not stuck");
  // And reading goes on where one is stuck.
  await go(page, NAME);
  await sandbox.control({ receive: { conversation_id: await idOf(sandbox, NAME), content: "Are you there?" } });
  await expect(arrived(page).filter({ hasText: "Are you there?" })).toBeVisible({ timeout: 40_000 });
  expect(await texts(sandbox)).toEqual(["Stuck", "Not stuck"]);
});
