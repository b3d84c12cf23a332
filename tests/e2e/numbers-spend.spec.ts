// Nothing is spent twice: whatever happens to an answer, what became of the request is found out by
// reading before anything is offered again. The provider's own log is the proof.
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { ask, CODE, inState, NumberPage, sent, stop, VALUES, Wizard, type State } from "./support/numbers.ts";
import type { Page } from "@playwright/test";

// How an answer may get lost or spoilt.
const LOSSES = ["drop", "hang", "garbage", "truncated", { status: 502 }] as const;
// Half an answer to nothing is no case, nor is half of a success without a body.
const WHOLE = LOSSES.filter((loss) => loss !== "truncated");
const name = (loss: (typeof LOSSES)[number]) => (typeof loss === "string" ? loss : String(loss.status));

// A call that hangs is given up after 30 seconds.
const GIVEN_UP = 31_000;

async function lose(sandbox: Sandbox, operation: string, when: "before" | "after", answer: unknown): Promise<void> {
  await sandbox.control({ faults: [{ operation, times: 1, when, answer }] });
}

// Presses, and lets the call that hangs be given up.
async function press(page: Page, then: () => Promise<void>, sandbox: Sandbox, operation: string, loss: unknown): Promise<void> {
  await then();
  if (loss === "hang") {
    await expect.poll(async () => (await sent(sandbox, operation)).length).toBe(1);
    await page.clock.fastForward(GIVEN_UP);
  }
}

test.beforeEach(async ({ page, watch }) => {
  watch.allow(FAILED_CALL);
  await page.clock.install();
});

const CREATE = "vonage.create-deployment";

for (const loss of LOSSES) {
  test(`a start that took effect, answer lost (${name(loss)}): found in the list, started once`, async ({ page, sandbox }) => {
    await stop(sandbox);
    const wizard = await Wizard.open(page, sandbox);
    await wizard.toReview();
    await lose(sandbox, CREATE, "after", loss);
    await press(page, () => wizard.start.click(), sandbox, CREATE, loss);
    await expect(page.getByText("No answer came to the start, but Vonage had started it.")).toBeVisible();
    await expect(wizard.start).toHaveCount(0);
    await page.getByRole("button", { name: "Open the deployment" }).click();
    await NumberPage.on(page).shows("INITIALIZING");
    expect(await sent(sandbox, CREATE)).toHaveLength(1);
  });
}

for (const loss of WHOLE) {
  test(`a start that never arrived (${name(loss)}): said so, and started on the second word`, async ({ page, sandbox }) => {
    await stop(sandbox);
    const wizard = await Wizard.open(page, sandbox);
    await wizard.toReview();
    await lose(sandbox, CREATE, "before", loss);
    await press(page, () => wizard.start.click(), sandbox, CREATE, loss);
    await expect(page.getByText("so nothing was started. You can start it now.")).toBeVisible();
    expect(await sent(sandbox, CREATE)).toHaveLength(1);
    await page.clock.fastForward(1000);
    await wizard.start.click();
    await NumberPage.on(page).shows("INITIALIZING");
    expect(await sent(sandbox, CREATE)).toHaveLength(2);
    const made = (await ask(sandbox, "GET", "")).filter((one: any) => one.number === VALUES.number);
    expect(made).toHaveLength(1);
  });
}

test("a reload in mid-start: what became of it is found out, and it is not started again", async ({ page, sandbox }) => {
  await stop(sandbox);
  const wizard = await Wizard.open(page, sandbox);
  await wizard.toReview();
  await lose(sandbox, CREATE, "after", "hang");
  await wizard.start.click();
  await expect.poll(async () => (await sent(sandbox, CREATE)).length).toBe(1);
  page.on("dialog", (dialog) => dialog.accept());
  await page.reload();
  await expect(page.getByText("No answer came to the start, but Vonage had started it.")).toBeVisible();
  await page.getByRole("button", { name: "Open the deployment" }).click();
  await NumberPage.on(page).shows("INITIALIZING");
  expect(await sent(sandbox, CREATE)).toHaveLength(1);
});

test("a lost start where the account has no list: another is offered only as what it is", async ({ page, sandbox }) => {
  await stop(sandbox);
  const wizard = await Wizard.open(page, sandbox);
  await wizard.toReview();
  await sandbox.control({
    faults: [
      { operation: CREATE, times: 1, when: "after", answer: "drop" },
      { operation: "vonage.list-deployments", times: 9, when: "before", answer: { status: 404 } },
    ],
  });
  await wizard.start.click();
  await expect(page.getByText("Vonage refuses the second and names its deployment")).toBeVisible();
  await expect(wizard.start).toHaveCount(0);
  expect(await sent(sandbox, CREATE)).toHaveLength(1);
  await page.getByRole("button", { name: "Let me start again" }).click();
  await page.clock.fastForward(1000);
  await wizard.start.click();
  await page.getByRole("link", { name: "Open the existing deployment" }).click();
  await page.getByRole("button", { name: "Leave the page" }).click();
  await NumberPage.on(page).shows("INITIALIZING");
});

test("two tabs start the same number at once: one start leaves", async ({ page, context, sandbox }) => {
  await stop(sandbox);
  const first = await Wizard.open(page, sandbox);
  await first.toReview();
  const other = await context.newPage();
  await other.goto(`${sandbox.url}/numbers/new?step=review`);
  const second = new Wizard(other);
  await second.at("Review");
  await lose(sandbox, CREATE, "after", "hang");
  await first.start.click();
  await expect.poll(async () => (await sent(sandbox, CREATE)).length).toBe(1);
  await second.start.click();
  await expect(other.getByText("The same request is on its way already")).toBeVisible();
  expect(await sent(sandbox, CREATE)).toHaveLength(1);
});

// One request to a number that is there.
interface Act {
  operation: string;
  // What it is done in, and what the state is afterwards if it took effect.
  from: State;
  to: State;
  press(number: NumberPage): Promise<void>;
  undone: string;
  done: string;
}

const ACTS: Record<string, Act> = {
  verify: {
    operation: "vonage.verify",
    from: "CODE_SENT",
    to: "CODE_VERIFIED",
    press: (number) => number.enter(CODE),
    undone: "The code did not reach Vonage. You can enter the same one again.",
    done: "",
  },
  resend: {
    operation: "vonage.resend-otp",
    from: "WRONG_CODE",
    to: "CODE_SENT",
    press: (number) => number.resend("voice").click(),
    undone: "No other code was sent. You can ask for one again.",
    done: "Vonage had sent another code.",
  },
  delete: {
    operation: "vonage.delete-deployment",
    from: "READY",
    to: "DELETING",
    press: async (number) => {
      const button = number.page.getByRole("button", { name: "Delete this number…" });
      if (await button.isVisible()) await button.click();
      const { number: digits } = await ask({ url: new URL(number.page.url()).origin } as Sandbox, "GET", `/${number.id}`);
      await number.page.getByLabel(/^Type the last four digits/).fill(digits.slice(-4));
      await number.page.getByRole("button", { name: /^Delete \+/ }).click();
    },
    undone: "It was not deleted. You can delete it again.",
    done: "",
  },
};

for (const [what, act] of Object.entries(ACTS)) {
  for (const loss of what === "delete" ? WHOLE : LOSSES) {
    test(`${what} that took effect, answer lost (${name(loss)}): found out, done once`, async ({ page, sandbox }) => {
      const id = await inState(sandbox, act.from);
      const before = (await sent(sandbox, act.operation)).length;
      const number = await NumberPage.open(page, sandbox, id);
      await lose(sandbox, act.operation, "after", loss);
      await act.press(number);
      await expect.poll(async () => (await sent(sandbox, act.operation)).length).toBe(before + 1);
      if (loss === "hang") await page.clock.fastForward(GIVEN_UP);
      await number.shows(act.to);
      if (act.done) await expect(page.getByText(act.done)).toBeVisible();
      expect(await sent(sandbox, act.operation)).toHaveLength(before + 1);
    });
  }

  for (const loss of WHOLE) {
    test(`${what} that never arrived (${name(loss)}): said so, and done on the second word`, async ({ page, sandbox }) => {
      const id = await inState(sandbox, act.from);
      const before = (await sent(sandbox, act.operation)).length;
      const number = await NumberPage.open(page, sandbox, id);
      await lose(sandbox, act.operation, "before", loss);
      await act.press(number);
      await expect.poll(async () => (await sent(sandbox, act.operation)).length).toBe(before + 1);
      if (loss === "hang") await page.clock.fastForward(GIVEN_UP);
      await expect(page.getByText(act.undone)).toBeVisible();
      await number.shows(act.from);
      await page.clock.fastForward(1000);
      await act.press(number);
      await number.shows(act.to);
      expect(await sent(sandbox, act.operation)).toHaveLength(before + 2);
    });
  }

  test(`${what}: a reload in mid-request finds out what became of it`, async ({ page, sandbox }) => {
    const id = await inState(sandbox, act.from);
    const before = (await sent(sandbox, act.operation)).length;
    const number = await NumberPage.open(page, sandbox, id);
    await lose(sandbox, act.operation, "after", "hang");
    await act.press(number);
    await expect.poll(async () => (await sent(sandbox, act.operation)).length).toBe(before + 1);
    await page.reload();
    await number.shows(act.to);
    await expect(page.getByRole("region", { name: "Attempts from this device" })).not.toContainText("no answer seen yet");
    await expect(page.getByRole("region", { name: "Attempts from this device" })).not.toContainText("unknown");
    expect(await sent(sandbox, act.operation)).toHaveLength(before + 1);
  });
}

test("a lost resend while the code was on its way: not known, so the wait begins anew", async ({ page, sandbox }) => {
  const id = await inState(sandbox, "CODE_SENT");
  const number = await NumberPage.open(page, sandbox, id);
  await page.clock.fastForward(61_000);
  await lose(sandbox, "vonage.resend-otp", "after", "drop");
  await number.resend("sms").click();
  await expect(page.getByText("Vonage does not tell whether another code was sent.")).toBeVisible();
  await expect(number.resend("sms")).toHaveAttribute("aria-disabled", "true");
  await expect(number.resend("voice")).toHaveAttribute("aria-disabled", "true");
  await page.clock.fastForward(121_000);
  await number.resend("voice").click();
  await expect(page.getByText("Another code is on its way.")).toBeVisible();
  expect((await sent(sandbox, "vonage.resend-otp")).map((call) => call.body.method)).toEqual(["sms", "voice"]);
});

test("while the state cannot be read, nothing is offered again", async ({ page, sandbox }) => {
  const id = await inState(sandbox, "CODE_SENT");
  const number = await NumberPage.open(page, sandbox, id);
  await sandbox.control({
    faults: [
      { operation: "vonage.verify", times: 1, when: "after", answer: "drop" },
      { operation: "vonage.get-deployment", times: 2, when: "before", answer: { status: 503 } },
    ],
  });
  await number.enter(CODE);
  await expect(page.getByText("It is found out before it is offered again.")).toBeVisible();
  await expect(number.verify).toHaveAttribute("aria-disabled", "true");
  const panel = page.getByRole("region", { name: "Enter the code" });
  await panel.getByRole("button", { name: "Try again" }).click();
  await expect(panel.getByText("It is found out before it is offered again.")).toBeVisible();
  await panel.getByRole("button", { name: "Try again" }).click();
  await number.shows("CODE_VERIFIED");
  expect(await sent(sandbox, "vonage.verify")).toHaveLength(1);
});

test("pressing twice, and Enter twice, verifies once", async ({ page, sandbox }) => {
  const id = await inState(sandbox, "CODE_SENT");
  const number = await NumberPage.open(page, sandbox, id);
  await number.code.fill(CODE);
  await number.verify.dblclick();
  await number.shows("CODE_VERIFIED");
  expect(await sent(sandbox, "vonage.verify")).toHaveLength(1);

  const other = await inState(sandbox, "CODE_SENT");
  const second = await NumberPage.open(page, sandbox, other);
  await second.code.fill("000000");
  await second.code.press("Enter");
  await second.code.press("Enter");
  await second.shows("WRONG_CODE");
  expect((await sent(sandbox, "vonage.verify")).filter((call) => call.path.includes(other))).toHaveLength(1);
});
