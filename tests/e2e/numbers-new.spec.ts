// The steps to a new number: what is typed or pasted is understood, what looks wrong is said before an
// attempt is spent, nothing typed is lost on the way, and a start is sent once.
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { enter, own, place } from "./support/connections.ts";
import { Request } from "./support/form.ts";
import { paste } from "./support/keyboard.ts";
import { ask, fault, ledger, NumberPage, problem, sent, VALUES, Wizard } from "./support/numbers.ts";
import { keys, sweep } from "./support/storage.ts";
import { freeze } from "./support/time.ts";
import type { Page } from "@playwright/test";

const CREATE = "vonage.create-deployment";
const PIN = "918273";
const BODY = { ...VALUES, method: "sms" };

const LINES = {
  mobile: "A mobile number with its SIM card at hand",
  landline: "A landline or office phone that a person answers",
  menu: "A number that a recorded menu or a queue answers",
  virtual: "A virtual number of a phone provider",
};

const starts = (sandbox: Sandbox) => sent(sandbox, CREATE);
const summary = (page: Page) => page.locator(".summary");
const kept = (page: Page) => expect(page.locator(".kept")).toHaveText(/^Kept on this device/);
// The number as it results from both fields, with the countries of its code and what looks wrong.
const whole = (page: Page) => page.locator(".whole-number");
const leaving = (page: Page) => page.getByRole("dialog", { name: "Leave this page?" });

// Goes to the step that asks for the number.
async function atNumber(page: Page, sandbox: Sandbox): Promise<Wizard> {
  const wizard = await Wizard.open(page, sandbox);
  await page.getByLabel(LINES.mobile).check();
  await wizard.next();
  await wizard.at("Number");
  return wizard;
}

async function atAccount(page: Page, sandbox: Sandbox): Promise<Wizard> {
  const wizard = await atNumber(page, sandbox);
  for (const name of ["country_code", "number"] as const) await wizard.input(name).fill(VALUES[name]);
  await wizard.next();
  await wizard.at("Certificate and account");
  return wizard;
}

async function atReview(page: Page, sandbox: Sandbox, values: Parameters<Wizard["toReview"]>[0] = {}): Promise<Wizard> {
  const wizard = await Wizard.open(page, sandbox);
  await wizard.toReview(values);
  return wizard;
}

test.describe("how the code gets there", () => {
  test("each kind of line has its advice and its method", async ({ page, sandbox }) => {
    const wizard = await Wizard.open(page, sandbox);
    const advised: [string, string, RegExp][] = [
      [LINES.mobile, "sms", /A text message is surest/],
      [LINES.landline, "voice", /Landlines receive no text messages, so let Vonage call/],
      [LINES.menu, "voice", /a menu swallows it/],
      [LINES.virtual, "sms", /Ask its provider before you spend an attempt/],
    ];
    await expect(wizard.input("method")).toHaveValue("");
    for (const [line, method, advice] of advised) {
      await page.getByLabel(line).check();
      await expect(wizard.input("method"), line).toHaveValue(method);
      await expect(page.locator(".advice"), line).toHaveText(advice);
    }
  });

  const BY_HAND: [string, (string | { method: string })[], string][] = [
    ["before the line", [{ method: "voice" }, LINES.mobile], "voice"],
    ["against the advice, then another line", [LINES.mobile, { method: "voice" }, LINES.virtual], "voice"],
    ["against the advice, then lines of both kinds", [LINES.mobile, { method: "voice" }, LINES.landline, LINES.virtual], "voice"],
  ];
  for (const [name, steps, method] of BY_HAND) {
    test(`a method chosen by hand is kept: ${name}`, async ({ page, sandbox }) => {
      const wizard = await Wizard.open(page, sandbox);
      for (const step of steps) {
        if (typeof step === "string") await page.getByLabel(step).check();
        else await wizard.input("method").selectOption(step.method);
      }
      await expect(wizard.input("method")).toHaveValue(method);
    });
  }
});

test.describe("the number", () => {
  const PASTED = [
    "+44 7700 900000",
    "0044 7700-900000",
    "tel:+447700900000",
    "+44 (0)7700 900000",
    "＋４４ ７７００ ９０００００",
    // As contact apps wrap it so that it reads left to right.
    "\u202A+44 7700\u00A0900000\u202C",
  ];
  for (const field of ["country_code", "number"]) {
    test(`pasted whole into ${field}, it fills both fields`, async ({ page, sandbox }) => {
      const wizard = await atNumber(page, sandbox);
      for (const text of PASTED) {
        await wizard.input("country_code").fill("");
        await wizard.input("number").fill("");
        await paste(page, wizard.input(field), text);
        await expect(wizard.input("country_code"), text).toHaveValue("44");
        await expect(wizard.input("number"), text).toHaveValue("7700900000");
        await expect(whole(page), text).toContainText("+447700900000");
        await expect(whole(page).locator(".warning"), text).toHaveCount(0);
      }
    });
  }

  test("what comes of it is read out when nobody has typed for a moment, not with every digit", async ({ page, sandbox }) => {
    await page.clock.install();
    const wizard = await atNumber(page, sandbox);
    await freeze(page);
    const told = page.locator("form p.unseen[role=status]").filter({ hasText: /abroad|stands/ });
    await wizard.input("country_code").fill("44");
    await wizard.input("number").pressSequentially("7700900042");
    await expect(whole(page)).toContainText("+447700900042");
    await page.clock.runFor(900);
    await expect(told).toHaveCount(0);
    await page.clock.runFor(200);
    await expect(told).toHaveText(/^The whole number, as it is dialled from abroad: \+447700900042 United Kingdom/);
  });

  test("the whole of it shows as it is typed, with the countries of its code", async ({ page, sandbox }) => {
    const wizard = await atNumber(page, sandbox);
    const [code, number] = [wizard.input("country_code"), wizard.input("number")];
    await expect(whole(page)).toContainText("Fill in both parts");
    await code.pressSequentially("1");
    await expect(whole(page)).toContainText(/United States.* and \d+ more/);
    await code.fill("");
    await code.pressSequentially("55");
    await expect(whole(page)).toContainText("Brazil");
    await number.pressSequentially("１１ 99999-0000");
    await expect(number).toHaveValue("11999990000");
    await expect(whole(page).locator("strong")).toHaveText("+5511999990000");
    await expect(whole(page)).toContainText("Brazil");
    for (const typed of ["+44", "0044", "44"]) {
      await code.fill(typed);
      await expect(code, typed).toHaveValue("44");
    }
  });

  test("country codes are suggested with their names", async ({ page, sandbox }) => {
    const wizard = await atNumber(page, sandbox);
    const list = await wizard.input("country_code").getAttribute("list");
    const options = page.locator(`datalist#${list} option`);
    for (const [code, name] of [["55", "Brazil"], ["44", "United Kingdom"], ["49", "Germany"]]) {
      const option = page.locator(`datalist#${list} option[value="${code}"][label^="${name}"]`);
      await expect(option, name).toHaveCount(1);
    }
    expect(await options.count()).toBeGreaterThan(200);
  });

  test("with its country code once more, it warns, and one press mends it", async ({ page, sandbox }) => {
    const wizard = await atNumber(page, sandbox);
    await wizard.input("country_code").fill("44");
    for (const typed of ["447700900042", "4407700900042"]) {
      await wizard.input("number").fill(typed);
      const warning = whole(page).locator(".warning");
      await expect(warning, typed).toContainText("The number seems to begin with the country code 44 again. Without it, the number is 7700900042.");
      await warning.getByRole("button", { name: "Remove it" }).click();
      await expect(wizard.input("number"), typed).toHaveValue("7700900042");
      await expect(warning, typed).toHaveCount(0);
    }
  });

  // Country code, number, what is said of them; none of it is certain, so none keeps from going on.
  const DOUBTED: [string, string, string, RegExp][] = [
    ["a leading zero", "44", "07700900042", /Begins with 0: in most countries that zero is left out/],
    ["too few digits", "44", "1234", /have 6 digits together\. An international number has 7 at the least/],
    ["too many digits", "44", "77009000421234", /have 16 digits together\. An international number has 15 at the most/],
    ["an unknown country code", "999", "7700900042", /999 is not a known country code\./],
  ];
  for (const [name, code, digits, warning] of DOUBTED) {
    test(`${name} warns and lets pass`, async ({ page, sandbox }) => {
      const wizard = await atNumber(page, sandbox);
      await wizard.input("country_code").fill(code);
      await wizard.input("number").fill(digits);
      await wizard.input("number").blur();
      await expect(page.locator(".step-panel .warning", { hasText: warning })).toHaveCount(1);
      await wizard.next();
      await wizard.at("Certificate and account");
    });
  }

  test("what is no number does not pass", async ({ page, sandbox }) => {
    const wizard = await atNumber(page, sandbox);
    for (const [name, typed, sentence] of [
      ["number", "call me", /Must contain digits only\./],
      ["country_code", "4455", /Must be 1 to 3 digits, such as 44/],
    ] as const) {
      await wizard.input("country_code").fill("44");
      await wizard.input("number").fill(VALUES.number);
      await wizard.input(name).fill(typed);
      await wizard.next();
      await expect(summary(page).getByRole("listitem"), typed).toHaveText(sentence);
      await wizard.at("Number");
      await expect(wizard.input(name)).toHaveAttribute("aria-invalid", "true");
    }
  });
});

test.describe("the certificate", () => {
  test("is trimmed at its ends, and doubted if it is broken inside", async ({ page, sandbox }) => {
    const wizard = await atAccount(page, sandbox);
    const certificate = wizard.input("vname_certificate");
    await wizard.input("waba_id").fill(VALUES.waba_id);
    await paste(page, certificate, `\n \t${VALUES.vname_certificate} \r\n\n`);
    await expect(certificate).toHaveValue(VALUES.vname_certificate);
    await certificate.blur();
    await expect(page.locator(".step-panel .warning")).toHaveCount(0);

    await paste(page, certificate, "AbCdEFGH\niJK123456\n");
    await expect(certificate).toHaveValue("AbCdEFGH\niJK123456");
    await certificate.blur();
    await expect(certificate).toHaveAccessibleDescription(/There are line breaks or spaces inside/);
    await wizard.next();
    await wizard.at("Review");
  });

  test("tells its age, and is doubted after an hour", async ({ page, sandbox }) => {
    await page.clock.install();
    const wizard = await atAccount(page, sandbox);
    const certificate = wizard.input("vname_certificate");
    const doubt = page.getByText(/If anybody has viewed the certificate since, it is no longer valid/);
    await wizard.input("waba_id").fill(VALUES.waba_id);
    await paste(page, certificate, "AnOldCertificate");
    await expect(page.getByText(/^The certificate was pasted \d+ seconds? ago\.$/)).toBeVisible();
    await page.clock.fastForward("59:00");
    await expect(page.getByText("The certificate was pasted 59 minutes ago.")).toBeVisible();
    await expect(doubt).toHaveCount(0);
    await page.clock.fastForward("01:30");
    await expect(page.getByText("The certificate was pasted 1 hour ago.")).toBeVisible();
    await expect(doubt).toBeVisible();
    await wizard.next();
    await wizard.at("Review");
    await expect(page.getByText("The certificate was pasted 1 hour ago.")).toBeVisible();
    await expect(doubt).toBeVisible();

    // Another one is as new as its pasting.
    await page.getByRole("button", { name: "Back" }).click();
    await paste(page, certificate, VALUES.vname_certificate);
    await expect(page.getByText(/^The certificate was pasted \d+ seconds? ago\.$/)).toBeVisible();
    await expect(doubt).toHaveCount(0);
  });

  test("keeps its age over a reload", async ({ page, sandbox }) => {
    const before = new Date("2026-11-20T12:00:00Z");
    await page.clock.setFixedTime(before);
    const wizard = await atAccount(page, sandbox);
    await wizard.input("vname_certificate").fill(VALUES.vname_certificate);
    await kept(page);
    await page.clock.setFixedTime(new Date(before.getTime() + 2 * 60 * 60 * 1000));
    await page.reload();
    await wizard.at("Certificate and account");
    await expect(page.getByText("The certificate was pasted 2 hours ago.")).toBeVisible();
  });
});

test.describe("the PIN", () => {
  test("has six digits or none", async ({ page, sandbox }) => {
    const wizard = await atAccount(page, sandbox);
    await wizard.input("waba_id").fill(VALUES.waba_id);
    await wizard.input("vname_certificate").fill(VALUES.vname_certificate);
    for (const pin of ["91827", "9182731", "91827a"]) {
      await wizard.input("pin").fill(pin);
      await wizard.next();
      await expect(summary(page).getByRole("link"), pin).toHaveText("PIN: Must be six digits.");
      await wizard.at("Certificate and account");
    }
    await wizard.input("pin").fill("");
    await wizard.next();
    await wizard.at("Review");
  });

  test("is sent, and kept nowhere", async ({ page, sandbox }) => {
    const wizard = await atReview(page, sandbox, { pin: PIN });
    await expect(page.locator("dl.values")).toContainText("PIN••••••");
    const places = async () => [await sweep(page), await page.content(), await page.title()].join("\n");
    expect(await places()).not.toContain(PIN);
    // So that the sweep is known to see what is kept.
    expect(await places()).toContain(VALUES.vname_certificate);

    await page.reload();
    await wizard.at("Review");
    await expect(page.locator("dl.values")).toContainText("PINNot set; a reload takes away what was typed");
    for (const value of Object.values(VALUES)) await expect(page.locator("dl.values")).toContainText(value);
    await page.getByRole("button", { name: "Back" }).click();
    await wizard.at("Certificate and account");
    await expect(wizard.input("pin")).toHaveValue("");
    await wizard.input("pin").fill(PIN);
    await wizard.next();
    await wizard.at("Review");
    await wizard.start.click();
    await expect(NumberPage.on(page).badge).toBeVisible();
    expect((await starts(sandbox)).map((call) => call.body)).toEqual([{ ...BODY, pin: PIN }]);
    expect(await places()).not.toContain(PIN);
    await place(page, "Activity");
    const row = page.locator(".record", { hasText: "Create a deployment" });
    await row.locator("summary").click();
    await expect(row.getByLabel("Sent", { exact: true })).toContainText('"pin": "••••••"');
    expect(await places()).not.toContain(PIN);
  });
});

test.describe("from step to step", () => {
  test("what is missing is named at the top, and each name leads to its field", async ({ page, sandbox }) => {
    const wizard = await Wizard.open(page, sandbox);
    const refused = async (missing: [string, string][]) => {
      await wizard.next();
      await expect(summary(page)).toBeFocused();
      await expect(summary(page).getByRole("link")).toHaveText(missing.map(([label]) => `${label}: Fill this in.`));
      for (const [label, name] of missing) {
        await summary(page).getByRole("link", { name: label }).click();
        await expect(wizard.input(name)).toBeFocused();
        await expect(wizard.input(name)).toHaveAttribute("aria-invalid", "true");
      }
    };
    await refused([["Send the code by", "method"]]);
    await wizard.at("Before you start");
    await page.getByLabel(LINES.mobile).check();
    await wizard.next();
    await wizard.at("Number");
    await expect(summary(page)).toHaveCount(0);
    await refused([["Country code", "country_code"], ["Number", "number"]]);
    await wizard.input("country_code").fill("44");
    await refused([["Number", "number"]]);
    await wizard.input("number").fill(VALUES.number);
    await wizard.next();
    await wizard.at("Certificate and account");
    await refused([["Certificate", "vname_certificate"], ["WhatsApp Business account ID", "waba_id"]]);
    expect(await starts(sandbox)).toHaveLength(0);
  });

  test("a later step opens only when those before it are done", async ({ page, sandbox }) => {
    const wizard = new Wizard(page);
    const steps = page.getByRole("list", { name: "Steps" });
    const by = async (step: string, shown: string, reached: number) => {
      await page.goto(`${sandbox.url}/numbers/new?step=${step}`);
      await wizard.at(shown);
      await expect(steps.getByRole("link")).toHaveCount(reached);
    };
    for (const step of ["number", "account", "review", "no-such-step"]) await by(step, "Before you start", 1);
    await page.getByLabel(LINES.landline).check();
    await kept(page);
    for (const step of ["account", "review"]) await by(step, "Number", 2);
    await by("before", "Before you start", 2);
    expect(await starts(sandbox)).toHaveLength(0);
  });

  test("back keeps everything, by button, by link and by the browser", async ({ page, sandbox }) => {
    const wizard = await atReview(page, sandbox, { pin: PIN });
    const filled = async (names: (keyof typeof VALUES | "pin")[]) => {
      for (const name of names) await expect(wizard.input(name)).toHaveValue(name === "pin" ? PIN : VALUES[name]);
    };
    await page.getByRole("button", { name: "Back" }).click();
    await wizard.at("Certificate and account");
    await filled(["waba_id", "vname_certificate", "pin"]);
    await page.getByRole("button", { name: "Back" }).click();
    await wizard.at("Number");
    await filled(["country_code", "number"]);
    await page.getByRole("button", { name: "Back" }).click();
    await wizard.at("Before you start");
    await expect(page.getByLabel(LINES.mobile)).toBeChecked();
    await expect(wizard.input("method")).toHaveValue("sms");
    // The steps at the top lead forth again, as far as one was.
    await page.getByRole("list", { name: "Steps" }).getByRole("link", { name: "Review" }).click();
    await wizard.at("Review");
    for (const step of ["Before you start", "Number", "Certificate and account"]) {
      await page.goBack();
      await wizard.at(step);
    }
    await filled(["waba_id", "vname_certificate", "pin"]);
    await page.goForward();
    await wizard.at("Number");
  });

  for (const [id, step] of [["number", "Number"], ["account", "Certificate and account"], ["review", "Review"]]) {
    test(`a reload comes back to “${step}”`, async ({ page, sandbox }) => {
      const wizard = await atReview(page, sandbox);
      if (id !== "review") await page.getByRole("list", { name: "Steps" }).getByRole("link", { name: step }).click();
      await wizard.at(step);
      await expect(page).toHaveURL(`${sandbox.url}/numbers/new?step=${id}`);
      await wizard.keeps(VALUES.vname_certificate);
      await page.reload();
      await wizard.at(step);
      await page.getByRole("list", { name: "Steps" }).getByRole("link", { name: "Review" }).click();
      for (const value of Object.values(VALUES)) await expect(page.locator("dl.values")).toContainText(value);
    });
  }
});

test.describe("leaving", () => {
  test("asks first: stay keeps the step, leave keeps the values", async ({ page, sandbox }) => {
    const wizard = await atAccount(page, sandbox);
    await wizard.input("pin").fill(PIN);
    const activity = page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Activity" });
    await activity.click();
    await expect(leaving(page)).toContainText("What you typed is kept on this device for when you come back, but the PIN is not.");
    await leaving(page).getByRole("button", { name: "Stay" }).click();
    await wizard.at("Certificate and account");
    await expect(wizard.input("pin")).toHaveValue(PIN);
    await activity.click();
    await page.keyboard.press("Escape");
    await expect(leaving(page)).toBeHidden();
    await wizard.at("Certificate and account");
    await activity.click();
    await leaving(page).getByRole("button", { name: "Leave the page" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Activity");
    await page.goBack();
    await wizard.at("Certificate and account");
    await page.getByRole("button", { name: "Back" }).click();
    await expect(wizard.input("number")).toHaveValue(VALUES.number);
  });

  test("asks nothing while nothing was typed, and nothing after the start", async ({ page, sandbox }) => {
    await Wizard.open(page, sandbox);
    await place(page, "Activity");
    const wizard = await atReview(page, sandbox);
    await wizard.start.click();
    await expect(NumberPage.on(page).badge).toBeVisible();
    await place(page, "Activity");
  });

  test("the end of the tab asks, once something was typed", async ({ page, sandbox }) => {
    await Wizard.open(page, sandbox);
    await page.getByLabel(LINES.mobile).check();
    const dialog = page.waitForEvent("dialog");
    await page.close({ runBeforeUnload: true });
    const question = await dialog;
    expect(question.type()).toBe("beforeunload");
    await question.dismiss();
    await expect(page.getByLabel(LINES.mobile)).toBeChecked();
  });
});

test("the review shows every value, the PIN covered", async ({ page, sandbox }) => {
  await atReview(page, sandbox, { pin: PIN });
  await expect(page.locator(".big-number")).toHaveText("+44 770 090 0042");
  const values = page.locator("dl.values");
  const rows: Record<string, string> = {
    "Country code": VALUES.country_code,
    Number: VALUES.number,
    Certificate: VALUES.vname_certificate,
    "Send the code by": "Text message (SMS)",
    "WhatsApp Business account ID": VALUES.waba_id,
    PIN: "••••••",
  };
  const shown = await values.locator("dt").allInnerTexts();
  expect(shown.sort()).toEqual(Object.keys(rows).sort());
  for (const [label, value] of Object.entries(rows)) {
    await expect(values.locator(`dt:text-is("${label}") + dd`), label).toHaveText(value);
  }
  expect(await starts(sandbox)).toHaveLength(0);
});

test.describe("a number that is in use", () => {
  test("is counted once, in the steps and in the request's own form alike", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    await ask(sandbox, "POST", "", BODY);
    const before = (await starts(sandbox)).length;
    const wizard = await atReview(page, sandbox);
    await expect(ledger(page)).toContainText("No start from this device in the last 72 hours.");
    await expect(ledger(page)).toContainText("Meta allows 10 in 72 hours");
    await wizard.start.click();
    await expect(page.getByText("Another deployment already uses this number.")).toBeVisible();
    await expect(ledger(page)).toContainText("1 start from this device in the last 72 hours may count.");
    await expect(ledger(page).getByRole("listitem")).toHaveText([/Started, by text message: refused: number-in-use$/]);

    // The same draft, and the same count, in the form of the request.
    const form = await Request.open(page, sandbox.url, CREATE);
    await expect(form.field("Number")).toHaveValue(VALUES.number);
    await expect(ledger(page)).toContainText("1 start from this device in the last 72 hours may count.");
    await form.send();
    await expect(form.outcome).toContainText("409");
    await expect(ledger(page)).toContainText("2 starts from this device in the last 72 hours may count.");
    await page.goto(`${sandbox.url}/numbers/new?step=review`);
    await wizard.at("Review");
    await expect(ledger(page).getByRole("listitem")).toHaveCount(2);
    // Another number has its own.
    await page.goto(`${sandbox.url}/numbers/new?step=number`);
    await wizard.input("number").fill("7700900043");
    await wizard.next();
    await wizard.next();
    await expect(ledger(page)).toContainText("No start from this device in the last 72 hours.");
    expect((await starts(sandbox)).length - before).toBe(2);
  });

  test("leads to its deployment", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const { deployment_id } = await ask(sandbox, "POST", "", BODY);
    const wizard = await atReview(page, sandbox);
    await wizard.start.click();
    await page.getByRole("link", { name: "Open the existing deployment" }).click();
    // What is typed here was not sent, so it asks.
    await leaving(page).getByRole("button", { name: "Leave the page" }).click();
    await expect(page).toHaveURL(`${sandbox.url}/numbers/${deployment_id}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("+44 770 090 0042");
  });
});

test.describe("a start is sent once", () => {
  const PRESSES: [string, (page: Page, wizard: Wizard) => Promise<void>][] = [
    ["double click", (_, wizard) => wizard.start.dblclick()],
    [
      "Enter twice",
      async (page, wizard) => {
        await wizard.start.focus();
        await page.keyboard.press("Enter");
        await page.keyboard.press("Enter");
      },
    ],
    [
      "Enter held down",
      async (page, wizard) => {
        await wizard.start.focus();
        for (let press = 0; press < 5; press++) await page.keyboard.down("Enter");
        await page.keyboard.up("Enter");
      },
    ],
  ];
  for (const [name, press] of PRESSES) {
    test(`${name}, accepted`, async ({ page, sandbox }) => {
      const wizard = await atReview(page, sandbox);
      await press(page, wizard);
      await expect(NumberPage.on(page).badge).toBeVisible();
      expect(await starts(sandbox)).toHaveLength(1);
    });

    // The button stays, so a second press has something to press.
    test(`${name}, refused`, async ({ page, sandbox, watch }) => {
      watch.allow(FAILED_CALL);
      const wizard = await atReview(page, sandbox, { waba_id: "4220000000" });
      await press(page, wizard);
      await expect(page.getByText("A value is missing or not in the expected form.")).toBeVisible();
      await expect(ledger(page).getByRole("listitem")).toHaveText([/refused: unprocessable$/]);
      expect(await starts(sandbox)).toHaveLength(1);
    });
  }
});

test("a token that is refused is replaced on the spot, and everything typed stays", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await page.clock.install();
  await own(page, sandbox.url, "vonage", { key: "refused" });
  await place(page, "Numbers");
  await page.getByRole("link", { name: "New number" }).click();
  const wizard = new Wizard(page);
  await wizard.at("Before you start");
  await wizard.toReview({ pin: PIN });
  await wizard.start.click();
  const review = page.locator(".step-panel");
  await expect(review).toContainText("Vonage did not accept the token of this connection.");
  await expect(review).toContainText("everything you typed stays");
  await expect(review).toContainText("It was not carried out.");
  await review.getByRole("button", { name: "Forget it" }).click();
  await enter(review, "a-new-token-4711");
  // Nobody is as fast as this test; a press right after an answer was meant for what was there before.
  await page.clock.fastForward(1000);
  await wizard.start.click();
  await expect(NumberPage.on(page).badge).toBeVisible();
  const [first, second, ...more] = await starts(sandbox);
  expect(more).toEqual([]);
  expect([first.status, second.status]).toEqual([401, 202]);
  expect(first.headers.authorization).toBe("used");
  expect(second.headers.authorization).toBe("4711");
  expect(second.body).toEqual({ ...BODY, pin: PIN });
});

test.describe("an account that may not have this API any more", () => {
  const RETIRED = /it is marked as deprecated, and may be switched off for this account/;
  const ANSWERS: [string, unknown, RegExp][] = [
    ["403", problem(403, "forbidden", "Forbidden", "Your account does not have permission"), /marked as deprecated, and may not be given to accounts any more/],
    ["404 as a problem", problem(404, "not-found", "Not Found", "Deployment does not exist or you do not have access."), RETIRED],
    ["404 as a page", { status: 404, headers: { "content-type": "text/html" }, body: "<h1>Not found</h1>" }, RETIRED],
    ["410 without a body", { status: 410, body: "" }, RETIRED],
  ];
  for (const [name, answer, sentence] of ANSWERS) {
    test(`${name}: says so, and that the values are not the reason`, async ({ page, sandbox, watch }) => {
      watch.allow(FAILED_CALL);
      const wizard = await atReview(page, sandbox);
      await fault(sandbox, CREATE, answer);
      await wizard.start.click();
      const said = page.locator(".review-said");
      await expect(said).toContainText(sentence);
      await expect(said).toContainText("Your values are not the reason.");
      await expect(said).toContainText("hosted sign-up (Channel Manager)");
      await expect(said).toContainText("It was not carried out.");
      await expect(said.locator(".said")).toHaveCount(0);
      expect(await starts(sandbox)).toHaveLength(1);
      // Nothing that was typed is lost by it.
      await page.getByRole("button", { name: "Back" }).click();
      await expect(wizard.input("vname_certificate")).toHaveValue(VALUES.vname_certificate);
      await expect(page.locator("[aria-invalid=true]")).toHaveCount(0);
    });
  }
});

test("a value that Vonage refuses is named with its reason, and can be mended", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const wizard = await atReview(page, sandbox, { waba_id: "4220000000" });
  await wizard.start.click();
  const said = page.locator(".review-said");
  await expect(said.locator(".said li")).toHaveText(["WhatsApp Business account ID: Unknown WhatsApp Business Account"]);
  await expect(said).toContainText("It was not carried out.");
  await page.getByRole("button", { name: "Back" }).click();
  await wizard.input("waba_id").fill(VALUES.waba_id);
  await wizard.next();
  await wizard.at("Review");
  await wizard.start.click();
  await expect(NumberPage.on(page).badge).toBeVisible();
  expect((await starts(sandbox)).map((call) => call.body.waba_id)).toEqual(["4220000000", VALUES.waba_id]);
});

test("too many requests: how long to wait is counted down", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await page.clock.install();
  const wizard = await atReview(page, sandbox);
  await fault(sandbox, CREATE, problem(429, "throttled", "Throttled", "Exceeded rate limit for this API", { "retry-after": "40" }));
  await wizard.start.click();
  const said = page.locator(".review-said");
  await expect(said).toContainText("There were too many of these requests in a short time.");
  await expect(said).toContainText("Wait a moment and try again.");
  await expect(said).toContainText("It was not carried out.");
  await expect(said.getByRole("timer")).toHaveText(/^(40|3\d) s left$/);
  await page.clock.runFor(41_000);
  await expect(said.getByRole("timer")).toHaveText("You can send again now.");
  await wizard.start.click();
  await expect(NumberPage.on(page).badge).toBeVisible();
  expect((await starts(sandbox)).map((call) => call.status)).toEqual([429, 202]);
});

test("a start that was accepted leaves the steps empty for the next number", async ({ page, sandbox }) => {
  const wizard = await atReview(page, sandbox);
  await wizard.start.click();
  await expect(NumberPage.on(page).badge).toBeVisible();
  // Nobody is as quick at the next number as the line after this one.
  await expect.poll(() => keys(page, "drafts")).not.toContain(CREATE);
  await page.goto(`${sandbox.url}/numbers/new?step=review`);
  await wizard.at("Before you start");
  await expect(page.locator("[name=line]:checked")).toHaveCount(0);
  await expect(wizard.input("method")).toHaveValue("");
});
