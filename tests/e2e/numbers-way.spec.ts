// The whole way of a number, from the list to ready, in every manner a person may go it: nothing is sent
// twice, nothing else is sent, and what was typed is what arrives.
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { choose, seen, tab, type } from "./support/keyboard.ts";
import { ask, CODE, inState, NumberPage, sent, typeCode, VALUES, Wizard } from "./support/numbers.ts";
import { countCalls, settled } from "./support/time.ts";
import type { Locator, Page } from "@playwright/test";

const CREATE = "vonage.create-deployment";
const VERIFY = "vonage.verify";
const RESEND = "vonage.resend-otp";
const DELETE = "vonage.delete-deployment";
// What a start by text message without a PIN sends, and nothing more.
const BODY = { ...VALUES, method: "sms" };

// At the provider a step takes no time worth waiting for.
const hurry = (sandbox: Sandbox) => sandbox.control({ speed: 1000 });

// Everything that could change something at the provider: one start and one code.
async function spentOnce(sandbox: Sandbox, body: object = BODY): Promise<void> {
  const log = await sandbox.log();
  const writes = log.filter((call) => call.method !== "GET");
  expect(writes.map((call) => call.operation)).toEqual([CREATE, VERIFY]);
  const [create, verify] = writes;
  expect(create.method).toBe("POST");
  expect(create.path).toBe("/deployments");
  expect(create.query).toBe("");
  expect(create.headers["content-type"]).toBe("application/json");
  expect(create.body).toEqual(body);
  expect(verify.path).toMatch(/^\/deployments\/[0-9a-f-]{36}\/verify$/);
  expect(verify.body).toEqual({ code: CODE });
}

// The page is no wider than its screen.
const fits = async (page: Page) =>
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), "pixels beyond the screen").toBeLessThanOrEqual(0);

// From the list to ready, with one way to press things.
async function bringLive(page: Page, site: string, press: (to: Locator) => Promise<void>): Promise<void> {
  const wizard = new Wizard(page);
  const next = () => press(page.getByRole("button", { name: "Continue" }));
  await page.goto(`${site}/numbers`);
  await fits(page);
  await press(page.getByRole("link", { name: "New number" }));
  await wizard.at("Before you start");
  await press(page.getByText("A mobile number with its SIM card at hand"));
  await fits(page);
  await next();
  await wizard.at("Number");
  for (const name of ["country_code", "number"] as const) {
    await press(wizard.input(name));
    await page.keyboard.insertText(VALUES[name]);
  }
  await fits(page);
  await next();
  await wizard.at("Certificate and account");
  for (const name of ["waba_id", "vname_certificate"] as const) {
    await press(wizard.input(name));
    await page.keyboard.insertText(VALUES[name]);
  }
  await fits(page);
  await next();
  await wizard.at("Review");
  await fits(page);
  await press(wizard.start);
  const number = NumberPage.on(page);
  await number.shows("CODE_SENT");
  await expect(page).toHaveURL(/\/numbers\/[0-9a-f-]{36}$/);
  await fits(page);
  await press(number.code);
  await page.keyboard.insertText(CODE);
  await press(number.verify);
  await number.shows("READY");
  await expect(page.getByRole("heading", { name: "The number is live" })).toBeVisible();
  await expect(page).toHaveTitle("Ready · +44 770 090 0042 · Switchboard");
  await fits(page);
}

test("by mouse, on a desk", async ({ page, sandbox }) => {
  await hurry(sandbox);
  await bringLive(page, sandbox.url, (to) => to.click());
  await spentOnce(sandbox);
});

test.describe("on a telephone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("by touch", async ({ page, sandbox }) => {
    await hurry(sandbox);
    await bringLive(page, sandbox.url, (to) => to.tap());
    await spentOnce(sandbox);
  });
});

test("by keyboard alone", async ({ page, sandbox }) => {
  await hurry(sandbox);
  const wizard = new Wizard(page);
  const heading = page.getByRole("heading", { level: 1 });
  const next = async () => {
    await tab(page, page.getByRole("button", { name: "Continue" }));
    await page.keyboard.press("Enter");
  };
  // A step begins at its heading, for the next Tab and for screen readers.
  const at = async (step: string) => {
    await wizard.at(step);
    await expect(page.locator("#step-heading")).toBeFocused();
  };
  await page.goto(`${sandbox.url}/numbers`);
  await expect(heading).toHaveText("Numbers");
  await tab(page, page.getByRole("link", { name: "New number" }));
  await page.keyboard.press("Enter");
  await expect(heading).toHaveText("New number");
  await expect(heading).toBeFocused();

  await tab(page, page.getByLabel("A mobile number with its SIM card at hand"));
  await page.keyboard.press("Space");
  await tab(page, wizard.input("method"));
  await expect(wizard.input("method")).toHaveValue("sms");
  await next();
  await at("Number");
  await type(page, wizard.input("country_code"), VALUES.country_code);
  await type(page, wizard.input("number"), VALUES.number);
  // Enter in a field goes on, too.
  await page.keyboard.press("Enter");
  await at("Certificate and account");
  await type(page, wizard.input("waba_id"), VALUES.waba_id);
  await type(page, wizard.input("vname_certificate"), VALUES.vname_certificate);
  await next();
  await at("Review");
  await tab(page, wizard.start);
  await page.keyboard.press("Enter");

  const number = NumberPage.on(page);
  await number.shows("CODE_SENT");
  // The one thing to do here has the focus already.
  await expect(number.code).toBeFocused();
  expect(await seen(page)).toBe("visible");
  await page.keyboard.type(CODE);
  await page.keyboard.press("Enter");
  await number.shows("READY");
  await spentOnce(sandbox);
});

test("the arrows choose the line and the way of the code", async ({ page, sandbox }) => {
  const wizard = await Wizard.open(page, sandbox);
  const mobile = page.getByLabel("A mobile number with its SIM card at hand");
  await tab(page, mobile);
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  const landline = page.getByLabel("A landline or office phone that a person answers");
  await expect(landline).toBeChecked();
  await expect(landline).toBeFocused();
  await expect(wizard.input("method")).toHaveValue("voice");
  await choose(page, wizard.input("method"), "voice");
});

test("by a call, after a text message did not come", async ({ page, sandbox }) => {
  await page.clock.install();
  await hurry(sandbox);
  const wizard = await Wizard.open(page, sandbox);
  await wizard.toReview();
  await wizard.start.click();
  const number = NumberPage.on(page);
  await number.shows("CODE_SENT");
  const panel = page.locator(".code-panel");
  await expect(panel).toContainText(/Sent by text message to \+44 770 090 0042, \d:\d\d ago\./);
  // Before the countdown is over a press asks for nothing.
  await expect(panel).toContainText(/You can ask for another one in (1:00|0:5\d)\./);
  await number.resend("voice").click({ force: true });
  await page.clock.fastForward(60_000);
  await expect(number.resend("voice")).toBeEnabled();
  expect(await sent(sandbox, RESEND)).toHaveLength(0);
  await number.resend("voice").click();
  await expect(panel).toContainText("Another code is on its way.");
  await expect(panel).toContainText("Sent by a call to +44 770 090 0042");
  const resent = await sent(sandbox, RESEND);
  expect(resent.map((call) => call.body)).toEqual([{ method: "voice" }]);
  await typeCode(number, CODE);
  await number.verify.click();
  await number.shows("READY");
  expect(await sent(sandbox, CREATE)).toHaveLength(1);
  expect((await sent(sandbox, VERIFY)).map((call) => call.body)).toEqual([{ code: CODE }]);
});

test("three wrong codes, then the right one", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const id = await inState(sandbox, "CODE_SENT");
  const number = await NumberPage.open(page, sandbox, id);
  const wrong = ["000000", "111111", "222222"];
  for (const code of wrong) {
    const answered = page.waitForResponse(/\/verify$/);
    // What the field holds is selected after a refusal, so that typing replaces it.
    if (code === wrong[0]) await number.code.focus();
    await page.keyboard.type(code, { delay: 140 });
    await page.keyboard.press("Enter");
    expect((await answered).status()).toBe(422);
    await number.shows("WRONG_CODE");
    await expect(page.getByRole("heading", { name: "That code was not accepted" })).toBeVisible();
    const panel = page.locator(".code-panel");
    await expect(panel).toContainText("The code was wrong, or there were too many attempts.");
    await expect(panel).toContainText("Enter the code from the newest message or call, or ask for a new code.");
    await expect(number.code).toBeFocused();
    await expect(number.code).toHaveValue(code);
    const selected = () => number.code.evaluate((input: HTMLInputElement) => input.value.slice(input.selectionStart!, input.selectionEnd!));
    await expect.poll(selected).toBe(code);
  }
  await page.keyboard.type(CODE, { delay: 140 });
  await page.keyboard.press("Enter");
  await number.shows("CODE_VERIFIED");
  const codes = (await sent(sandbox, VERIFY)).map((call) => call.body.code);
  expect(codes).toEqual([...wrong, CODE]);
});

test("a certificate that is no longer valid: delete, start again with a new one, ready", async ({ page, sandbox }) => {
  await page.clock.install();
  await hurry(sandbox);
  const wizard = await Wizard.open(page, sandbox);
  await wizard.toReview({ vname_certificate: "INVALID-certificate" });
  await wizard.start.click();
  const number = NumberPage.on(page);
  await number.shows("ERROR");
  await expect(page.getByLabel("Vonage's words")).toHaveText("Invalid vname certificate");
  await expect(page.getByText(/only the newest is valid/)).toBeVisible();

  await page.getByRole("button", { name: "Delete this number…" }).click();
  const confirmation = page.getByLabel("Type the last four digits of +44 770 090 0042 to confirm");
  await expect(confirmation).toBeFocused();
  for (const digits of ["", "0043", "42"]) {
    await confirmation.fill(digits);
    await page.getByRole("button", { name: "Delete +44" }).click();
    await expect(confirmation).toHaveAccessibleDescription("These are not the last four digits, 0042.");
  }
  expect(await sent(sandbox, DELETE)).toHaveLength(0);
  await confirmation.fill("0042");
  await page.getByRole("button", { name: "Delete +44" }).click();
  await expect(number.badge).toHaveText(/^(Being deleted|Deleted)$/);
  await page.clock.fastForward(5_000);
  await number.shows("DELETED");
  expect(await sent(sandbox, DELETE)).toHaveLength(1);

  await page.getByRole("button", { name: "Start again with a new certificate" }).click();
  await wizard.at("Certificate and account");
  await expect(wizard.input("waba_id")).toHaveValue(VALUES.waba_id);
  await expect(wizard.input("vname_certificate")).toHaveValue("");
  await wizard.input("vname_certificate").fill(VALUES.vname_certificate);
  await wizard.next();
  await wizard.at("Review");
  await wizard.start.click();
  await number.shows("CODE_SENT");
  await number.enter(CODE);
  await number.shows("READY");
  const created = await sent(sandbox, CREATE);
  expect(created.map((call) => call.body)).toEqual([
    { ...BODY, vname_certificate: "INVALID-certificate" },
    BODY,
  ]);
  expect(await sent(sandbox, VERIFY)).toHaveLength(1);
});

test("starting again fills in everything but the PIN, and the certificate is as old as it is", async ({ page, sandbox }) => {
  await page.clock.install();
  await countCalls(page);
  await hurry(sandbox);
  const wizard = await Wizard.open(page, sandbox);
  await wizard.toReview({ pin: "918273" });
  await wizard.start.click();
  const number = NumberPage.on(page);
  await number.shows("CODE_SENT");
  await page.clock.fastForward(30 * 60_000);
  // It asks by itself now, and while it does it does not ask again.
  await settled(page);
  await ask(sandbox, "DELETE", new URL(page.url()).pathname.replace("/numbers", ""));
  await number.look();
  await number.shows("DELETED");
  await page.getByRole("button", { name: "Start again with the same values" }).click();
  await wizard.at("Certificate and account");
  await expect(wizard.input("vname_certificate")).toHaveValue(VALUES.vname_certificate);
  await expect(wizard.input("pin")).toHaveValue("");
  await expect(page.getByText(/^The certificate was pasted 3\d minutes ago\.$/)).toBeVisible();
});

test("in the sandbox of the page, without any server", async ({ page, host }) => {
  await page.clock.install();
  const site = await host();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.method()} ${new URL(request.url()).origin}`));
  await page.goto(`${site.url}numbers/new`);
  const wizard = new Wizard(page);
  await wizard.at("Before you start");
  await wizard.toReview();
  await expect(page.getByText("Sandbox, nothing leaves this page")).toBeVisible();
  await wizard.start.click();
  const number = NumberPage.on(page);
  await number.shows("INITIALIZING");
  // Three steps of four seconds each.
  await page.clock.fastForward(13_000);
  await number.shows("CODE_SENT");
  const told = /In the sandbox the code is (\d{6})/.exec(await page.locator(".code-panel").innerText());
  expect(told, "the code that no telephone receives").not.toBeNull();
  await number.enter(told![1]);
  await number.shows("CODE_VERIFIED");
  await page.clock.fastForward(9_000);
  await number.shows("READY");
  expect(new Set(asked)).toEqual(new Set([`GET ${new URL(site.url).origin}`]));
});

test("what a live number still needs is a jump away", async ({ page, sandbox }) => {
  await NumberPage.open(page, sandbox, await inState(sandbox, "READY"));
  for (const [link, heading] of [
    ["Share it by a link or a QR code", "Share"],
    ["Fill in the profile that customers see", "Profile"],
    ["Set the profile photo", "Profile photo"],
  ]) {
    await page.getByRole("link", { name: link }).click();
    const title = page.getByRole("heading", { name: heading, exact: true });
    await expect(title).toBeFocused();
    await expect(title).toBeInViewport();
  }
});

test("a start that is running leaves no other to be pressed, in this tab and in another", async ({ page, context, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await hurry(sandbox);
  const wizard = await Wizard.open(page, sandbox);
  await wizard.toReview();
  const other = await context.newPage();
  await other.goto(`${sandbox.url}/numbers/new?step=review`);
  const second = new Wizard(other);
  await expect(second.start).toBeVisible();
  await wizard.start.click();
  await expect(NumberPage.on(page).badge).toBeVisible();
  await expect(second.start).toHaveCount(0);
  await expect(other.getByText("This number was started already, from here or another tab.")).toBeVisible();
  await other.getByRole("button", { name: "Open the deployment" }).click();
  await expect(other).toHaveURL(page.url());
});

test("what looks wrong is said once more before an attempt is spent", async ({ page, sandbox }) => {
  const wizard = await Wizard.open(page, sandbox);
  await wizard.toReview({ number: "07700900125", vname_certificate: "AbCdEF\n123456", waba_id: "12 34" });
  const doubts = page.locator(".doubts li");
  await expect(doubts.filter({ hasText: "Number: " })).toHaveCount(1);
  await expect(doubts.filter({ hasText: "Certificate: " })).toHaveCount(1);
  // Spaces in an id are only a slip of copying.
  await expect(page.locator("dl.values")).toContainText("1234");
  await doubts.filter({ hasText: "Number: " }).getByRole("link", { name: "Change it" }).click();
  await wizard.at("Number");
});

test("the focus never falls off the page with what was deleted", async ({ page, sandbox }) => {
  await hurry(sandbox);
  await NumberPage.open(page, sandbox, await inState(sandbox, "READY"));
  await page.getByRole("button", { name: "Delete this number…" }).click();
  const digits = /(\d{4})\s*to confirm/.exec((await page.getByLabel(/to confirm$/).evaluate((input: HTMLInputElement) => input.labels![0].textContent)) ?? "")![1];
  await page.keyboard.type(digits);
  await page.keyboard.press("Enter");
  await expect(page.locator("#stage-heading")).toHaveText(/^(Being deleted|Deleted)$/);
  await expect(page.locator("#stage-heading")).toBeFocused();
});

test("the focus stays with what became of a start whose answer was lost", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const wizard = await Wizard.open(page, sandbox);
  await wizard.toReview();
  await sandbox.control({ faults: [{ operation: CREATE, times: 1, when: "after", answer: "drop" }] });
  await wizard.start.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("No answer came to the start, but Vonage had started it.")).toBeVisible();
  await expect(page.locator(".review-said")).toBeFocused();
});

test.describe("by touch", () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test("one tap is enough where leaving a field makes a problem appear", async ({ page, sandbox }) => {
    const wizard = await Wizard.open(page, sandbox);
    await page.getByLabel("A mobile number with its SIM card at hand").check();
    await wizard.next();
    await wizard.at("Number");
    await wizard.input("number").tap();
    await page.getByRole("button", { name: "Continue" }).tap();
    await expect(page.locator(".summary")).toBeFocused();
  });
});
