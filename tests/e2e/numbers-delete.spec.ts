// Deleting a number: typed to confirm, sent once, found out where no answer came, and the way back. And
// the report about it all, for the provider's support.
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { ask, fault, go, inState, ledger, NumberPage, problem, sent, stop, VALUES, Wizard, type State } from "./support/numbers.ts";
import type { Locator, Page } from "@playwright/test";

const DELETE = "vonage.delete-deployment";
const GET = "vonage.get-deployment";

class Deletion {
  private constructor(
    readonly number: NumberPage,
    // The last four digits of the number.
    readonly digits: string,
  ) {}

  static async open(page: Page, sandbox: Sandbox, id: string): Promise<Deletion> {
    const { number } = await ask(sandbox, "GET", `/${id}`);
    const shown = await NumberPage.open(page, sandbox, id);
    // It asks more than once at the beginning; what a test sets up is not meant for that.
    const side = page.getByRole("region", { name: "Reading the state" });
    await expect(side).toContainText(/Asks again after|Nothing changes by itself any more/);
    return new Deletion(shown, number.slice(-4));
  }

  get panel(): Locator {
    return this.number.page.getByRole("region", { name: "Delete", exact: true });
  }

  get opener(): Locator {
    return this.panel.getByRole("button", { name: "Delete this number…" });
  }

  get field(): Locator {
    return this.panel.getByLabel(/^Type the last four digits of .* to confirm$/);
  }

  get button(): Locator {
    return this.panel.getByRole("button", { name: /^Delete \+|^Deleting/ });
  }

  get keep(): Locator {
    return this.panel.getByRole("button", { name: "Keep it" });
  }

  async confirm(digits = this.digits): Promise<void> {
    await this.opener.click();
    await this.field.fill(digits);
    await this.button.click();
  }
}

// Loses the answer to the next deletion; `unread` says that the state cannot be read then either.
const lose = (sandbox: Sandbox, when: "before" | "after", unread = false) => {
  const lost = { operation: DELETE, times: 1, when, answer: "drop" };
  const unreadable = { operation: GET, times: 1, answer: { status: 502 } };
  return sandbox.control({ faults: unread ? [lost, unreadable] : [lost] });
};

const reads = async (sandbox: Sandbox) => (await sent(sandbox, GET)).length;

for (const state of ["READY", "CODE_SENT", "ERROR"] as State[]) {
  test(`${state}: the right digits delete it, once`, async ({ page, sandbox }) => {
    const id = await inState(sandbox, state);
    const deletion = await Deletion.open(page, sandbox, id);
    await deletion.opener.click();
    await expect(deletion.field).toBeFocused();
    await deletion.field.fill(deletion.digits);
    await deletion.button.dblclick();
    await deletion.number.shows("DELETING");
    await expect(page.getByRole("heading", { name: "Being deleted" })).toBeVisible();
    await expect(deletion.panel).toHaveCount(0);
    await go(sandbox);
    await deletion.number.look();
    await deletion.number.shows("DELETED");
    expect((await sent(sandbox, DELETE)).map((call) => call.path)).toEqual([`/deployments/${id}`]);
  });
}

// Vonage refuses it in these.
for (const state of ["INITIALIZING", "CODE_VERIFIED", "DELETING", "DELETED"] as State[]) {
  test(`${state}: deleting is not offered`, async ({ page, sandbox }) => {
    const deletion = await Deletion.open(page, sandbox, await inState(sandbox, state));
    await deletion.number.shows(state);
    await expect(deletion.panel).toHaveCount(0);
  });
}

test("what it costs is said before", async ({ page, sandbox }) => {
  const deletion = await Deletion.open(page, sandbox, await inState(sandbox, "READY"));
  await expect(deletion.panel).toContainText("If you delete this number, customers can no longer write to it on WhatsApp");
  await expect(deletion.panel).toContainText("Meta's limit of ten in 72 hours");
});

for (const [name, typed] of [
  ["wrong digits", (digits: string) => digits.split("").reverse().join("") + "9"],
  ["too few digits", (digits: string) => digits.slice(1)],
  ["no digits", () => ""],
] as const) {
  test(`${name} delete nothing`, async ({ page, sandbox }) => {
    const deletion = await Deletion.open(page, sandbox, await inState(sandbox, "READY"));
    await deletion.confirm(typed(deletion.digits));
    await expect(deletion.panel.locator(".problem")).toHaveText(
      `These are not the last four digits, ${deletion.digits}.`,
    );
    await expect(deletion.field).toBeFocused();
    await expect(deletion.field).toHaveAttribute("aria-invalid", "true");
    await deletion.field.press("Enter");
    expect(await sent(sandbox, DELETE)).toEqual([]);
    await deletion.number.shows("READY");
    // Put right, it goes.
    await deletion.field.fill(deletion.digits);
    await deletion.field.press("Enter");
    await deletion.number.shows("DELETING");
  });
}

test("it can be kept, and the focus goes back to where it began", async ({ page, sandbox }) => {
  const deletion = await Deletion.open(page, sandbox, await inState(sandbox, "READY"));
  await deletion.opener.click();
  await deletion.field.fill(deletion.digits);
  await deletion.keep.click();
  await expect(deletion.field).toHaveCount(0);
  await deletion.number.shows("READY");
  expect(await sent(sandbox, DELETE)).toEqual([]);
  await expect(deletion.opener).toBeFocused();
});

test("after it was kept, it has to be confirmed anew", async ({ page, sandbox }) => {
  const deletion = await Deletion.open(page, sandbox, await inState(sandbox, "READY"));
  await deletion.confirm("12");
  await expect(deletion.panel.locator(".problem")).toBeVisible();
  await deletion.field.fill(deletion.digits);
  await deletion.keep.click();
  await deletion.opener.click();
  await expect(deletion.field).toHaveValue("");
  await expect(deletion.panel.locator(".problem")).toHaveCount(0);
});

// A number that changes its state meanwhile is not deleted by Vonage.
const CONFLICT = problem(
  409,
  "conflict-deployment-state",
  "Conflict",
  "Deployment cannot be deleted because it is in the FINALIZING state.",
);

test("a refusal says what to do next, and the state is read again", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const deletion = await Deletion.open(page, sandbox, await inState(sandbox, "READY"));
  const before = await reads(sandbox);
  await fault(sandbox, DELETE, CONFLICT);
  await deletion.confirm();
  await expect(deletion.panel).toContainText("The deployment is changing its state and cannot be modified now.");
  await expect(deletion.panel.locator(".next")).toHaveText(
    "If it is being deleted, there is nothing to do; otherwise wait until the change is over and try again.",
  );
  await expect(deletion.panel).toContainText("It was not carried out.");
  await expect(deletion.panel).toContainText("because it is in the FINALIZING state");
  await expect.poll(() => reads(sandbox)).toBeGreaterThan(before);
  expect(await sent(sandbox, DELETE)).toHaveLength(1);
  // What was wrong is over.
  await deletion.button.click();
  await deletion.number.shows("DELETING");
  expect(await sent(sandbox, DELETE)).toHaveLength(2);
});

test.describe("no answer came", () => {
  test("it is being deleted: reading shows it, and nothing is sent twice", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const deletion = await Deletion.open(page, sandbox, await inState(sandbox, "READY"));
    await lose(sandbox, "after");
    await deletion.confirm();
    await deletion.number.shows("DELETING");
    await expect(ledger(page)).toContainText("Deleted: accepted");
    expect(await sent(sandbox, DELETE)).toHaveLength(1);
  });

  test("it is not: it is deleted when the person asks again, not before", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const deletion = await Deletion.open(page, sandbox, await inState(sandbox, "READY"));
    await lose(sandbox, "before");
    await deletion.confirm();
    await expect(deletion.panel.getByRole("status")).toHaveText("It was not deleted. You can delete it again.");
    await deletion.number.shows("READY");
    expect(await sent(sandbox, DELETE)).toHaveLength(1);
    await deletion.button.click();
    await deletion.number.shows("DELETING");
    expect(await sent(sandbox, DELETE)).toHaveLength(2);
  });

  for (const [when, then] of [
    ["after", "DELETING"],
    ["before", "READY"],
  ] as const) {
    test(`the state cannot be read either: nothing is sent until it could; then ${then}`, async ({ page, sandbox, watch }) => {
      watch.allow(FAILED_CALL);
      const deletion = await Deletion.open(page, sandbox, await inState(sandbox, "READY"));
      await lose(sandbox, when, true);
      await deletion.confirm();
      await expect(deletion.panel).toContainText("it is not known whether it was deleted");
      await expect(deletion.button).toHaveAttribute("aria-disabled", "true");
      await deletion.button.click({ force: true });
      await deletion.field.press("Enter");
      expect(await sent(sandbox, DELETE)).toHaveLength(1);
      await deletion.panel.getByRole("button", { name: "Try again" }).click();
      if (then === "READY") {
        await expect(deletion.panel).toContainText("It was not deleted. You can delete it again.");
        await expect(deletion.button).not.toHaveAttribute("aria-disabled");
      }
      await deletion.number.shows(then);
      expect(await sent(sandbox, DELETE)).toHaveLength(1);
    });
  }

  test("after a reload too, it is found out before it is offered again", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const id = await inState(sandbox, "READY");
    const deletion = await Deletion.open(page, sandbox, id);
    await lose(sandbox, "after", true);
    await deletion.confirm();
    await expect(deletion.panel).toContainText("it is not known whether it was deleted");
    await page.reload();
    await deletion.number.shows("DELETING");
    await expect(ledger(page)).toContainText("Deleted: accepted");
    expect(await sent(sandbox, DELETE)).toHaveLength(1);
  });
});

// Brings a number to its code by the steps of the page.
async function begun(page: Page, sandbox: Sandbox): Promise<NumberPage> {
  await stop(sandbox);
  const wizard = await Wizard.open(page, sandbox);
  await wizard.toReview({ pin: "918273" });
  await wizard.start.click();
  await page.waitForURL(/\/numbers\/[0-9a-f-]{36}$/);
  const number = NumberPage.on(page, page.url().split("/").at(-1));
  await number.shows("INITIALIZING");
  await go(sandbox, 3);
  await number.look();
  await number.shows("CODE_SENT");
  return number;
}

test("a number that was deleted can be started again with the same values", async ({ page, sandbox }) => {
  const number = await begun(page, sandbox);
  await ask(sandbox, "DELETE", `/${number.id}`);
  await go(sandbox);
  await number.look();
  await number.shows("DELETED");
  await page.getByRole("button", { name: "Start again with the same values" }).click();
  await expect(page).toHaveURL(/\/numbers\/new/);
  const wizard = new Wizard(page);
  await wizard.at("Certificate and account");
  await expect(wizard.input("waba_id")).toHaveValue(VALUES.waba_id);
  await expect(wizard.input("vname_certificate")).toHaveValue(VALUES.vname_certificate);
  await page.getByRole("link", { name: /Number$/ }).last().click();
  await wizard.at("Number");
  await expect(wizard.input("country_code")).toHaveValue(VALUES.country_code);
  await expect(wizard.input("number")).toHaveValue(VALUES.number);
  // Nothing is started by going there.
  expect(await sent(sandbox, "vonage.create-deployment")).toHaveLength(1);
});

test.describe("the report", () => {
  const report = (page: Page) => page.getByLabel("Report", { exact: true });
  const open = (page: Page) => page.getByText("Report for Vonage's support").click();

  test("it names ids and states, and no secret; it can be copied", async ({ page, context, sandbox }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const number = await begun(page, sandbox);
    const { api_key } = await ask(sandbox, "GET", `/${number.id}`);
    await open(page);
    for (const part of [
      number.id,
      `+${VALUES.country_code} ${VALUES.number}`,
      VALUES.waba_id,
      "State: CODE_SENT",
      /\dZ\s+INITIALIZING/,
      "Started: accepted",
    ]) {
      await expect(report(page)).toContainText(part);
    }
    const text = (await report(page).textContent())!;
    // The key of the deployment, the certificate, the PIN, the word that sandboxes take for a token.
    for (const secret of [api_key, VALUES.vname_certificate, "918273", "dbox"]) expect(text).not.toContain(secret);
    await page.getByRole("button", { name: "Copy the report" }).click();
    await expect(page.locator(".report .copying")).toContainText("Copied");
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(number.id);
    // Each is made when it is asked for.
    const timeless = (text: string) => text.replace(/^Made: .*$/m, "");
    expect(timeless(copied)).toBe(timeless(text));
  });

  test("it names the code and the trace of what was refused", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const deletion = await Deletion.open(page, sandbox, await inState(sandbox, "READY"));
    await fault(sandbox, DELETE, CONFLICT);
    await deletion.confirm();
    await expect(deletion.panel).toContainText("It was not carried out.");
    await open(page);
    await expect(report(page)).toContainText("Error: conflict-deployment-state");
    await expect(report(page)).toContainText("bf0ca0bf927b3b52e3cb03217e1a1ddf");
    await expect(report(page)).toContainText("Deleted: refused: conflict-deployment-state");
  });
});
