// The start page: what waits for a person, one click from its place; what is connected; the first steps.
import { SignJWT } from "jose";
import { add, card, enter, own, place } from "./support/connections.ts";
import { expect, FAILED_CALL, test } from "./support/fixtures.ts";
import { hold, letIn } from "./support/modules.ts";
import { ask, CODE, go, inState, NumberPage, start, stop } from "./support/numbers.ts";
import { numbers, Sending } from "./support/sending.ts";
import { pass } from "./support/time.ts";
import { atProvider, idOf, leaving, open, SEND, texts } from "./support/writing.ts";
import { BASES } from "./support/world.ts";
import type { Locator, Page } from "@playwright/test";

const waiting = (page: Page): Locator => page.getByRole("region", { name: "Waiting for you" }).getByRole("listitem");
const badge = (page: Page, name: string): Locator =>
  page.getByRole("navigation", { name: "Places" }).getByRole("link", { name }).locator(".hands");
const steps = (page: Page): Locator => page.getByRole("region", { name: "First steps" });
const step = (page: Page, title: string): Locator => steps(page).getByRole("listitem").filter({ hasText: title });

test("somebody new is led into the sandbox, and a step that was made is marked", async ({ page, host }) => {
  const site = await host();
  await page.goto(site.url);
  await expect(steps(page).getByRole("listitem")).toHaveCount(4);
  await expect(waiting(page)).toHaveCount(0);
  await expect(page.getByText("Run WhatsApp for your business from here")).toBeVisible();
  await step(page, "Look around in the sandbox").getByRole("link").click();
  await expect(page.locator(".conversation").first()).toBeVisible();
  await place(page, "Home");
  await expect(step(page, "Look around in the sandbox")).toContainText(", done");
  await expect(step(page, "Answer a message")).not.toContainText(", done");

  await own(page, site.url, "kapso", { address: "https://app.kapso.ai/api/v1", label: "Ours" });
  await place(page, "Home");
  await expect(step(page, "Connect a provider")).toContainText(", done");
  await expect(page.getByText("Nothing waits for you.")).toBeVisible();
  const kapso = page.getByRole("region", { name: "Providers" }).getByRole("listitem").filter({ hasText: "Kapso" });
  await expect(kapso).toContainText("Live: app.kapso.ai");
  await kapso.getByRole("link", { name: "Not checked yet" }).click();
  await expect(card(page, "kapso", "Ours")).toBeFocused();

  await place(page, "Home");
  await steps(page).getByRole("button", { name: "Hide these" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await page.reload();
  await expect(page.getByRole("region", { name: "Providers" })).toBeVisible();
  await expect(steps(page)).toBeHidden();
});

test("looking around leads into the sandbox, though a live connection is in use", async ({ page, host }) => {
  const site = await host();
  await own(page, site.url, "kapso", { address: "https://app.kapso.ai/api/v1", label: "Ours" });
  await place(page, "Home");
  await step(page, "Look around in the sandbox").getByRole("link").click();
  await expect(page.locator(".conversation").first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Active connections" }).getByLabel("Kapso").locator("option:checked")).toHaveText("Sandbox");
  await place(page, "Home");
  await expect(step(page, "Look around in the sandbox")).toContainText(", done");
});

test("a code is asked for as soon as it was sent, and no longer than until it was entered", async ({ page, sandbox }) => {
  await stop(sandbox);
  const id = await start(sandbox);
  const number = await NumberPage.open(page, sandbox, id);
  await number.shows("INITIALIZING");
  await place(page, "Home");
  await expect(page.getByRole("region", { name: "Providers" })).toBeVisible();
  await expect(waiting(page)).toHaveCount(0);
  await go(sandbox, 3);
  await expect(waiting(page)).toContainText("waits for its one-time code.", { timeout: 30_000 });
  await expect(badge(page, "Numbers")).toHaveText(/^1/);
  await waiting(page).getByRole("link").click();
  await number.enter(CODE);
  await place(page, "Home");
  await expect(page.getByRole("region", { name: "Providers" })).toBeVisible();
  await expect(waiting(page)).toHaveCount(0);
  await expect(badge(page, "Numbers")).toHaveCount(0);
});

test("the word of an earlier visit shows before the console is there, and is renewed by it", async ({ page, sandbox }) => {
  const number = await NumberPage.open(page, sandbox, await inState(sandbox, "CODE_SENT"));
  await expect(badge(page, "Numbers")).toHaveText(/^1/);
  await number.keeps("CODE_SENT");
  const arrive = await hold(page);
  await page.goto(sandbox.url);
  await expect(waiting(page)).toContainText("waits for its one-time code.");
  const link = waiting(page).getByRole("link");
  await link.focus();
  // A colleague has entered it meanwhile.
  await ask(sandbox, "POST", `/${number.id}/verify`, { code: CODE });
  const asked = page.waitForResponse((response) => response.url().endsWith(number.id));
  await letIn(page, arrive);
  expect((await (await asked).json()).current_state.title).not.toBe("CODE_SENT");
  await expect(waiting(page)).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Home");
});

test("who reads the start page by keyboard stays where they are when the console takes over", async ({ page, sandbox }) => {
  await NumberPage.open(page, sandbox, await inState(sandbox, "CODE_SENT"));
  await expect(badge(page, "Numbers")).toHaveText(/^1/);
  const arrive = await hold(page);
  await page.goto(sandbox.url);
  const settings = page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Settings" });
  await settings.focus();
  await letIn(page, arrive);
  await expect(settings).toBeFocused();
});

test("who goes from the start page to another place begins at its title", async ({ page, sandbox }) => {
  for (const name of ["Inbox", "Channels", "Send"]) {
    await page.goto("about:blank");
    const arrive = await hold(page);
    await page.goto(sandbox.url);
    await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name }).press("Enter");
    await letIn(page, arrive);
    await expect(page.locator("main .skeleton, main [aria-busy]").first()).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1, name })).toBeFocused();
    await page.unrouteAll();
  }
});

test("a console that cannot be loaded by itself takes nothing away; one that was asked for says so", async ({ page, sandbox, watch }) => {
  watch.allow(/ERR_FAILED/, /of another build/, /Failed to fetch/);
  await NumberPage.open(page, sandbox, await inState(sandbox, "CODE_SENT"));
  await expect(badge(page, "Numbers")).toHaveText(/^1/);
  await page.route("**/console.js*", (route) => route.abort());
  const failed = page.waitForEvent("requestfailed");
  await page.goto(sandbox.url);
  await failed;
  await expect(waiting(page)).toContainText("waits for its one-time code.");
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Activity" }).click();
  await expect(page.getByRole("alert")).toContainText("Switchboard could not load this page.");
});

test("a message of which nobody knows waits, one click from its conversation", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await page.clock.install();
  const composer = await open(page, sandbox, "Amelia Clarke");
  await sandbox.control({ faults: [{ operation: SEND, when: "before", answer: "drop" }] });
  await composer.write("Lost");
  await pass(page, 60, { done: () => leaving(page).getByRole("button", { name: "Send again" }).isVisible() });
  await place(page, "Home");
  await expect(waiting(page)).toContainText("It is not known whether a message to Amelia Clarke was sent.");
  await expect(badge(page, "Inbox")).toHaveText(/^1/);
  await waiting(page).getByRole("link").click();
  await expect(leaving(page)).toContainText("Not known whether it was sent.");
});

test("a text to many that is paused waits, and one of which not all is known, each one click from it", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const sending = await Sending.open(page, sandbox.url);
  await sending.write(numbers(3), "We are open until 6 today.", true);
  await sandbox.control({ faults: [{ operation: "webex.send-text", when: "before", answer: "drop" }] });
  const message = await sending.send();
  await expect(message.why("It is not known what became of the last request")).toBeVisible();
  await place(page, "Home");
  const text = waiting(page).filter({ hasText: "“We are open until 6 today.” to 3 people" });
  await expect(text).toContainText("paused");
  await expect(badge(page, "Send")).toHaveText(/^1/);
  // The connection waits as well, for it did not answer.
  await expect(waiting(page).filter({ hasText: "Sandbox (HTTP)" })).toContainText("blocked or unreachable");
  await expect(waiting(page)).toHaveCount(2);
  await text.getByRole("link").click();
  await message.press("Go on");
  await message.done();
  await place(page, "Home");
  await expect(waiting(page)).toHaveCount(1);
  await expect(text).toContainText("1 unknown");
  await text.getByRole("link").click();
  await message.press("Leave it at that");
  await place(page, "Home");
  await expect(page.getByRole("region", { name: "Providers" })).toBeVisible();
  await expect(waiting(page)).toHaveCount(0);
});

test("refused messages wait, one click from their conversation", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const composer = await open(page, sandbox, "Amelia Clarke");
  await sandbox.control({ faults: [{ operation: SEND, answer: { status: 422 } }] });
  await composer.write("Refused");
  await expect(leaving(page)).toContainText("Not sent.");
  await place(page, "Home");
  await expect(waiting(page)).toHaveCount(1);
  await expect(waiting(page)).toContainText("A message to Amelia Clarke was not sent.");
  await expect(badge(page, "Inbox")).toHaveText(/^1/);
  await waiting(page).getByRole("link").click();
  await expect(leaving(page)).toContainText("Not sent.");
  await leaving(page).getByRole("button", { name: /Discard|Forget|Remove/ }).first().click();
  await place(page, "Home");
  await expect(page.getByRole("region", { name: "Providers" })).toBeVisible();
  await expect(waiting(page)).toHaveCount(0);
});

test("a message that waits for the network leaves from the start page alone", async ({ page, context, sandbox, watch }) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED/);
  const id = await idOf(sandbox, "Amelia Clarke");
  const composer = await open(page, sandbox, "Amelia Clarke");
  await context.setOffline(true);
  await composer.write("From the start page");
  await expect(leaving(page)).toContainText("It goes out by itself when the network is back.");
  await expect.poll(() => page.evaluate(() => localStorage.getItem("switchboard.waiting"))).toContain('"going":true');
  // It is closed before the network is back: the message has not left.
  await page.close();
  await context.setOffline(false);

  const next = await context.newPage();
  await next.goto(sandbox.url);
  await expect.poll(() => texts(sandbox)).toEqual(["From the start page"]);
  const all = await atProvider(sandbox, id);
  expect(all.filter((message) => message.content === "From the start page")).toHaveLength(1);
});

test("an address that is not reached still waits at the next visit, until a call gets through", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await sandbox.control({ faults: [{ operation: "kapso.list-conversations", times: 50, answer: "drop" }] });
  await page.goto(`${sandbox.url}/inbox`);
  await expect(badge(page, "Connections")).toHaveText(/^1/);
  await page.goto(`${sandbox.url}/settings`);
  // The console has come, and has counted for itself.
  await expect(page.getByRole("button", { name: /^Erase the data/ })).toBeVisible();
  await expect(badge(page, "Connections")).toHaveText(/^1/);
  await place(page, "Home");
  await expect(waiting(page)).toHaveText([/Sandbox \(HTTP\): blocked or unreachable\./]);
  await sandbox.control({ faults: [] });
  await place(page, "Inbox");
  await expect(badge(page, "Connections")).toHaveCount(0);
  await page.goto(`${sandbox.url}/settings`);
  await expect(page.getByRole("button", { name: /^Erase the data/ })).toBeVisible();
  await expect(badge(page, "Connections")).toHaveCount(0);
});

test("a token that has ended waits, and a blocked connection does, each one click from its card", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const soon = Math.floor(Date.now() / 1000) + 40;
  const token = await new SignJWT({ application_id: "78d335fa-323d-0114-9c3d-d6f0d48968cf", jti: "one" })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuedAt()
    .setExpirationTime(soon)
    .sign(Buffer.from("anything that is long enough, 1"));
  await page.clock.install();
  await own(page, sandbox.url, "vonage", { key: token });
  // A second one, made without leaving the page: the keys of this tab stay.
  const editor = await add(page, "kapso");
  await editor.getByLabel("Name").fill("Refusing");
  await editor.getByLabel("Base address").fill(BASES.kapso);
  await editor.getByRole("button", { name: "Add the connection" }).click();
  await enter(card(page, "kapso", "Refusing"), "refused");
  await card(page, "kapso", "Refusing").getByRole("button", { name: /^Check/ }).click();
  await expect(card(page, "kapso", "Refusing")).toContainText("Key refused");
  await place(page, "Home");
  await expect(waiting(page)).toHaveText([/Refusing: key refused\./]);
  await page.clock.runFor(65_000);
  await expect(waiting(page)).toHaveText([/The token of Mine has ended\./, /Refusing: key refused\./]);
  await waiting(page).first().getByRole("link").click();
  await expect(card(page, "vonage", "Mine")).toBeFocused();
  await place(page, "Home");
  await waiting(page).last().getByRole("link").click();
  await expect(card(page, "kapso", "Refusing")).toBeFocused();
});

test("a key that is refused in use waits, and no longer once another is accepted", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await own(page, sandbox.url, "kapso", { key: "refused" });
  await place(page, "Inbox");
  await expect(badge(page, "Connections")).toHaveText(/^1/);
  await place(page, "Home");
  await expect(waiting(page)).toHaveText([/Mine: key refused\./]);
  const kapso = page.getByRole("region", { name: "Providers" }).getByRole("listitem").filter({ hasText: "Kapso" });
  await expect(kapso.getByRole("link", { name: "Key refused" })).toBeVisible();
  await waiting(page).getByRole("link").click();
  const made = card(page, "kapso", "Mine");
  await expect(made).toBeFocused();
  await expect(made).toContainText("The provider did not accept the key.");
  await expect(made).toContainText("is of the right project, and enter it again.");
  await expect(made).toContainText(/Since .*\d.*\./);
  // The field for another stands there already.
  await enter(made, "another-key-1234");
  await expect(made).not.toContainText("did not accept");
  await expect(badge(page, "Connections")).toHaveCount(0);
  await place(page, "Home");
  await expect(kapso.getByRole("link", { name: "Not checked yet" })).toBeVisible();
});

test("of many things that wait the first are shown, and the others at a word", async ({ page, sandbox, watch }) => {
  watch.allow(/ERR_FAILED/, /Failed to fetch/, /of another build/);
  // The word of an earlier visit, which no console renews.
  const hands = Array.from({ length: 45 }, (_, at) => ({ need: { unknown: 2 }, about: `Person ${at}`, place: `/inbox/c${at}`, since: at }));
  await page.addInitScript((word) => localStorage.setItem("switchboard.waiting", word), JSON.stringify({ hands, going: false }));
  await page.route("**/console.js*", (route) => route.abort());
  await page.goto(sandbox.url);
  await expect(waiting(page)).toHaveCount(20);
  await expect(waiting(page).first()).toContainText("It is not known whether 2 messages to Person 0 were sent.");
  await expect(page.getByText("25 more")).toBeVisible();
  await page.getByRole("button", { name: "Show all" }).press("Enter");
  await expect(waiting(page)).toHaveCount(45);
  await expect(waiting(page).nth(20).getByRole("link")).toBeFocused();
});

// Links and choices of the start page and of its frame, and how high the lowest of them is.
async function lowest(page: Page): Promise<number> {
  await expect(page.locator(".first-steps h3 a").first()).toBeVisible();
  const targets = page.locator(".world-row select, .worlds-switch, .first-steps h3 a, .connected h3 a, .connected-how a");
  const heights = await targets.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height).filter((height) => height > 0));
  expect(heights.length).toBeGreaterThan(10);
  return Math.min(...heights);
}

test("what is clicked is high enough", async ({ page, sandbox }) => {
  await page.goto(sandbox.url);
  expect(await lowest(page)).toBeGreaterThanOrEqual(32);
});

test.describe("on a telephone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("what is tapped is high enough", async ({ page, sandbox }) => {
    await page.goto(sandbox.url);
    expect(await lowest(page)).toBeGreaterThanOrEqual(44);
  });
});
