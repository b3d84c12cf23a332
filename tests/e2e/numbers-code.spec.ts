// The one-time code: read out of whatever is typed or pasted, never guessed, sent once, kept nowhere; and
// another one asked for no sooner than makes sense.
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { enter, own, place } from "./support/connections.ts";
import { paste } from "./support/keyboard.ts";
import { ask, CODE, fault, go, inState, ledger, NumberPage, problem, sent, start, stop, typeCode } from "./support/numbers.ts";
import { sweep } from "./support/storage.ts";
import type { Page } from "@playwright/test";

const VERIFY = "vonage.verify";
const RESEND = "vonage.resend-otp";

const codes = async (sandbox: Sandbox) => (await sent(sandbox, VERIFY)).map((call) => call.body);
const panel = (page: Page) => page.locator(".code-panel");

// A number that waits for its code, on screen.
async function waiting(page: Page, sandbox: Sandbox): Promise<NumberPage> {
  const number = await NumberPage.open(page, sandbox, await inState(sandbox, "CODE_SENT"));
  await expect(number.code).toBeVisible();
  return number;
}

const REFUSED: [string, RegExp][] = [
  ["", /Fill in the code from the text message or the call\./],
  ["   ", /Fill in the code from the text message or the call\./],
  ["7", /This is 1 digit; the code has six\./],
  ["12345", /These are 5 digits; the code has six\./],
  ["1234567", /These are 7 digits; the code has only six\./],
  ["abcdef", /There is no code of six digits in this text\./],
  ["12 34 56 78", /These are 8 digits; the code has only six\./],
  ["Call +447700900042 now", /There is no code of six digits in this text\./],
  ["Your code is 111111. Your other code is 222222.", /There is more than one code of six digits: 111111, 222222\. Fill in the right one\./],
  ["111-111 (or 222 222)", /There is more than one code of six digits: 111111, 222222\./],
];

test("what is no code is refused with its reason, stays, and is not sent", async ({ page, sandbox }) => {
  const number = await waiting(page, sandbox);
  for (const [typed, reason] of REFUSED) {
    await number.code.fill(typed);
    await number.code.press("Enter");
    await expect(number.code, typed).toHaveAccessibleDescription(reason);
    await expect(number.code, typed).toHaveAttribute("aria-invalid", "true");
    await expect(number.code, typed).toHaveValue(typed);
    await expect(number.code, typed).toBeFocused();
    await number.verify.click();
    await expect(number.code, typed).toHaveAttribute("aria-invalid", "true");
  }
  await number.code.fill(CODE);
  await expect(number.code).not.toHaveAttribute("aria-invalid", "true");
  expect(await codes(sandbox)).toEqual([]);
  await number.verify.click();
  await number.shows("CODE_VERIFIED");
  expect(await codes(sandbox)).toEqual([{ code: CODE }]);
});

// A code is text: its zeros at the beginning belong to it.
const TAKEN: [string, string][] = [
  ["123 456", "123456"],
  ["123-456", "123456"],
  ["012345", "012345"],
  [" 123456 \n", "123456"],
  ["１２３４５６", "123456"],
  ["١٢٣٤٥٦", "123456"],
  ["1 2 3 4 5 6", "123456"],
  ["\u200E123\u2011456\u202C", "123456"],
  ["Your WhatsApp code: 123-456\n\nYou can also tap on this link to verify your phone: v.whatsapp.com/123456\n\nDon't share this code with others", "123456"],
  ["<#> 123456 is your WhatsApp Business code. Sent to +44 7700 900042 in 2026. 4sgLq1p5sV6", "123456"],
  ["Code: 123456. Again: 123456.", "123456"],
];

for (const [text, code] of TAKEN) {
  test(`${JSON.stringify(text.slice(0, 40))}, pasted, is sent as ${code}`, async ({ page, sandbox }) => {
    await sandbox.control({ code });
    const number = await waiting(page, sandbox);
    await paste(page, number.code, text);
    await number.verify.click();
    await number.shows("CODE_VERIFIED");
    expect(await codes(sandbox)).toEqual([{ code }]);
  });
}

test("codes are kept nowhere, neither a wrong one nor the right one", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const [wrong, right] = ["918273", "482913"];
  await sandbox.control({ code: right });
  const number = await waiting(page, sandbox);
  const nowhere = async (where: string) => {
    const all = [await sweep(page), page.url(), await page.title(), await page.content()].join("\n");
    // So that the sweep is known to see what is kept.
    expect(all, where).toContain(number.id);
    for (const code of [wrong, right]) expect(all, where).not.toContain(code);
  };
  await typeCode(number, wrong);
  await nowhere("typed");
  await number.verify.click();
  await number.shows("WRONG_CODE");
  await expect(panel(page).getByLabel("The provider's words")).toBeVisible();
  await nowhere("refused");
  await typeCode(number, right);
  await number.verify.click();
  await number.shows("CODE_VERIFIED");
  await expect(ledger(page).getByRole("listitem")).toHaveText([/Code entered: accepted$/, /Code entered: refused: verification-failed$/]);
  await page.getByText("Report for Vonage's support").click();
  await expect(page.getByLabel("Report", { exact: true })).toContainText("Code entered: accepted");
  await nowhere("accepted");
  await place(page, "Activity");
  const rows = page.locator(".record", { hasText: "Verify the code" });
  await expect(rows).toHaveCount(2);
  for (const row of await rows.all()) {
    await row.locator("summary").click();
    await expect(row.getByLabel("Sent", { exact: true })).toContainText('"code": "••••••"');
  }
  await nowhere("activity");
  await page.reload();
  await expect(rows).toHaveCount(2);
  await nowhere("after a reload");
  expect(await codes(sandbox)).toEqual([{ code: wrong }, { code: right }]);
});

test("a half-typed code stays while the state is read again", async ({ page, sandbox }) => {
  const number = await waiting(page, sandbox);
  await number.code.fill("123");
  const read = page.waitForResponse((response) => response.url().endsWith(number.id));
  await number.look();
  await read;
  await expect(page.getByText("Read just now.")).toBeVisible();
  await expect(number.code).toHaveValue("123");
});

// The state is the same after the second, so nothing else on the page changes.
test("that a second code is wrong is told as well", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await page.clock.install();
  const number = await waiting(page, sandbox);
  const told = panel(page).locator("p.unseen[role=status]");
  for (const wrong of ["918273", "918274"]) {
    await expect(told).toBeEmpty();
    await number.enter(wrong);
    await expect(told).toHaveText("The code was wrong, or there were too many attempts.");
    // The field is what it is about, as long as that code stands there.
    await expect(number.code).toHaveAttribute("aria-invalid", "true");
    await expect(number.code).toHaveAccessibleDescription(/The code was wrong, or there were too many attempts\./);
    // Half a code, some time later, takes back what was said of the last one.
    await page.clock.fastForward(1000);
    await number.code.fill("1");
    await expect(number.code).not.toHaveAttribute("aria-invalid");
    await number.code.press("Enter");
  }
});

test("a refused code is not sent a second time as it is", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await page.clock.install();
  const number = await waiting(page, sandbox);
  await number.code.fill("000000");
  await number.code.press("Enter");
  await number.code.press("Enter");
  await expect(panel(page)).toContainText("The code was wrong, or there were too many attempts.");
  await expect(number.code).toHaveValue("000000");
  for (const again of ["000000", "000-000"]) {
    await page.clock.fastForward(1000);
    await number.code.fill(again);
    await number.code.press("Enter");
    await expect(number.code, again).toHaveAccessibleDescription(/Vonage refused this very code\. Enter the newest one, or ask for another\./);
  }
  expect(await codes(sandbox)).toEqual([{ code: "000000" }]);
  // After another one was sent, the same digits are another code.
  await page.clock.fastForward(61_000);
  await number.resend("sms").click();
  await expect(panel(page)).toContainText("Another code is on its way.");
  await page.clock.fastForward(1000);
  await number.enter("000000");
  await number.shows("WRONG_CODE");
  expect(await codes(sandbox)).toEqual([{ code: "000000" }, { code: "000000" }]);
});

test("the focus is not lost when the code was accepted", async ({ page, sandbox }) => {
  const number = await waiting(page, sandbox);
  await number.code.focus();
  await page.keyboard.type(CODE);
  await page.keyboard.press("Enter");
  await number.shows("CODE_VERIFIED");
  await expect(page.locator("main :focus, main:focus")).toHaveCount(1);
});

for (const [name, headers, seconds] of [
  ["with Retry-After", { "retry-after": "90" }, 90],
  ["without Retry-After", {}, 60],
] as const) {
  test(`too many codes, ${name}: nothing is sent for ${seconds} seconds, the code stays`, async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    await page.clock.install();
    const number = await waiting(page, sandbox);
    // Our own countdown is over, so what is waited for afterwards is the provider's.
    await page.clock.fastForward(61_000);
    await expect(number.resend("sms")).toBeEnabled();
    await fault(sandbox, VERIFY, problem(429, "throttled", "Throttled", "Exceeded rate limit for this API, please wait and try again", headers));
    await number.enter(CODE);
    await expect(panel(page)).toContainText("There were too many of these requests in a short time.");
    await expect(panel(page)).toContainText("Wait a moment and try again.");
    await expect(number.code).toHaveValue(CODE);
    const left = seconds === 90 ? /You can ask for another one in 1:(30|2\d)\./ : /You can ask for another one in (1:00|0:5\d)\./;
    await expect(panel(page)).toContainText(left);
    await page.clock.fastForward((seconds - 15) * 1000);
    for (const way of ["sms", "voice"] as const) {
      await expect(number.resend(way)).toBeDisabled();
      await number.resend(way).click({ force: true });
    }
    await page.clock.fastForward(16_000);
    await expect(number.resend("sms")).toBeEnabled();
    expect(await sent(sandbox, RESEND)).toHaveLength(0);
    expect(await codes(sandbox)).toHaveLength(1);
    await number.verify.click();
    await number.shows("CODE_VERIFIED");
    expect(await codes(sandbox)).toEqual([{ code: CODE }, { code: CODE }]);
  });
}

test("no code is sent before the provider takes one, be it by Enter", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await page.clock.install();
  const number = await waiting(page, sandbox);
  await fault(sandbox, VERIFY, problem(429, "throttled", "Throttled", "Exceeded rate limit for this API", { "retry-after": "90" }));
  await number.enter(CODE);
  await expect(panel(page)).toContainText("There were too many of these requests in a short time.");
  await page.clock.fastForward(60_000);
  await number.code.press("Enter");
  await number.verify.click({ force: true });
  await page.clock.fastForward(31_000);
  await expect(number.verify).toBeEnabled();
  await number.verify.click();
  await number.shows("CODE_VERIFIED");
  expect(await codes(sandbox)).toEqual([{ code: CODE }, { code: CODE }]);
  const [early, late] = await sent(sandbox, VERIFY);
  expect([early.status, late.status]).toEqual([429, 201]);
});

test("another code: after one minute, then two, then five", async ({ page, sandbox }) => {
  await page.clock.install();
  const number = await waiting(page, sandbox);
  const ways = ["sms", "voice"] as const;
  const rounds: [number, RegExp, "sms" | "voice"][] = [
    [60, /in (1:00|0:5\d)\./, "sms"],
    [120, /in (2:00|1:5\d)\./, "voice"],
    [300, /in (5:00|4:5\d)\./, "sms"],
    [300, /in (5:00|4:5\d)\./, "voice"],
  ];
  const asked: object[] = [];
  for (const [seconds, left, way] of rounds) {
    await expect(page.locator("#resend-wait")).toHaveText(left);
    // Real time runs too: far enough from the end that it cannot come in between.
    await page.clock.fastForward((seconds - 20) * 1000);
    await expect(page.locator("#resend-wait")).toHaveText(/in 0:(20|1\d)\./);
    for (const early of ways) {
      await expect(number.resend(early)).toBeDisabled();
      await number.resend(early).click({ force: true });
    }
    await page.clock.fastForward(20_000);
    for (const ready of ways) await expect(number.resend(ready)).toBeEnabled();
    await expect(page.locator("#resend-wait")).toHaveText("You can ask for another one. It makes the one before it invalid.");
    expect((await sent(sandbox, RESEND)).map((call) => call.body)).toEqual(asked);
    // The second click of a double click asks for nothing.
    await number.resend(way).dblclick({ force: true });
    asked.push({ method: way });
    await expect(panel(page)).toContainText("Another code is on its way.");
    await expect(panel(page)).toContainText(way === "sms" ? "Sent by text message to" : "Sent by a call to");
  }
  expect((await sent(sandbox, RESEND)).map((call) => call.body)).toEqual(asked);
});

test("the countdown goes on over a reload", async ({ page, sandbox }) => {
  await page.clock.install();
  const number = await waiting(page, sandbox);
  await page.clock.fastForward(61_000);
  await number.resend("voice").click();
  await expect(page.locator("#resend-wait")).toHaveText(/in (2:00|1:5\d)\./);
  await page.reload();
  await expect(page.locator("#resend-wait")).toHaveText(/in (2:00|1:[45]\d)\./);
  await expect(panel(page)).toContainText("Sent by a call to");
  await number.resend("sms").click({ force: true });
  expect(await sent(sandbox, RESEND)).toHaveLength(1);
});

test("another code that the state does not allow has a next step of its own", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await page.clock.install();
  const number = await waiting(page, sandbox);
  await page.clock.fastForward(61_000);
  await fault(sandbox, RESEND, problem(409, "conflict-resend-otp", "Deployment Completed, Resend Failed", "OTP not required."));
  await number.resend("sms").click();
  await expect(panel(page)).toContainText("No code can be sent in this state: the deployment is finished or has failed.");
  await expect(panel(page)).toContainText("Look at its state; if that is ERROR, delete the deployment and start again.");
  await expect(panel(page).getByLabel("The provider's words")).toContainText("OTP not required.");
  // Nothing was sent, so there is nothing to wait for.
  await expect(number.resend("voice")).toBeEnabled();
});

test("a token that is refused with the code is replaced there, and the code stays", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await stop(sandbox);
  const id = await start(sandbox);
  await go(sandbox, 3);
  await own(page, sandbox.url, "vonage", { key: "an-old-token-1111" });
  // Through the frame, for a key lives in the memory of its tab.
  await place(page, "Numbers");
  await page.getByLabel("Deployment ID").fill(id);
  await page.locator("form.by-id").getByRole("button", { name: "Open" }).click();
  const number = NumberPage.on(page, id);
  await number.shows("CODE_SENT");
  const refusal = problem(401, "unauthorized", "You did not provide correct credentials.", "Check that you're using the correct credentials");
  await fault(sandbox, VERIFY, refusal);
  await number.enter(CODE);
  await expect(panel(page)).toContainText("Vonage did not accept the token of this connection.");
  await expect(number.code).toHaveValue(CODE);
  await panel(page).getByRole("button", { name: "Forget it" }).click();
  await expect(panel(page).getByLabel("Make tokens here")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  const field = panel(page).locator("input[type=password]");
  await page.keyboard.press("Tab");
  await expect(field).toBeFocused();
  await field.pressSequentially("a-new-token-2222", { delay: 50 });
  await panel(page).getByRole("button", { name: "Use this key" }).click();
  await expect(panel(page)).toContainText("ends in 2222");
  await expect(number.code).toHaveValue(CODE);
  await number.verify.click();
  await number.shows("CODE_VERIFIED");
  const verified = await sent(sandbox, VERIFY);
  expect(verified.map((call) => [call.status, call.headers.authorization])).toEqual([[401, "1111"], [201, "2222"]]);
  expect(verified[1].body).toEqual({ code: CODE });
});

test("after five minutes another code is advised", async ({ page, sandbox }) => {
  await page.clock.install();
  const number = await waiting(page, sandbox);
  const advice = page.getByText("Nothing arrived after five minutes? Vonage advises to ask for another code, perhaps the other way.");
  await page.clock.fastForward("04:40");
  await expect(panel(page)).toContainText(/, at least 4:[45]\d ago\./);
  await expect(advice).toHaveCount(0);
  await page.clock.fastForward("00:20");
  await expect(advice).toBeVisible();
  await number.resend("voice").click();
  await expect(advice).toHaveCount(0);
});

test("a live number has no code to enter", async ({ page, sandbox }) => {
  const number = await waiting(page, sandbox);
  await ask(sandbox, "POST", `/${number.id}/verify`, { code: CODE });
  await go(sandbox, 2);
  await number.look();
  await number.shows("READY");
  await expect(number.code).toHaveCount(0);
});
