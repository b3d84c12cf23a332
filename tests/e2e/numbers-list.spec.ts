// The list of numbers: what this device knows beside what the provider lists, and every way a number
// gets into the one or out of it.
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { own, place } from "./support/connections.ts";
import { ask, CODE, inState, ledger, NumberPage, sent, start, Wizard, type State } from "./support/numbers.ts";
import type { Locator, Page } from "@playwright/test";

const LIST = "vonage.list-deployments";

const known = (page: Page): Locator => page.getByRole("list", { name: "Numbers known on this device" }).getByRole("listitem");
const atVonage = (page: Page): Locator => page.getByRole("region", { name: "At Vonage" });
const listed = (page: Page): Locator => atVonage(page).getByRole("listitem");

interface Deployment {
  deployment_id: string;
  country_code: string;
  number: string;
  current_state: { title: State };
}

const deployments = async (sandbox: Sandbox): Promise<Deployment[]> => [await ask(sandbox, "GET", "")].flat();

// The digits of a number as they are shown, whatever stands between them.
const digits = (text: string) => text.replace(/\D/g, "");

async function open(page: Page, sandbox: Sandbox): Promise<void> {
  await page.goto(`${sandbox.url}/numbers`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Numbers");
  // What Vonage lists, that it lists nothing, or why it could not be read.
  await expect(atVonage(page).locator("ul, .note, .refusal").first()).toBeVisible();
}

async function byId(page: Page, id: string): Promise<void> {
  await page.getByLabel("Deployment ID").fill(id);
  await page.locator("form.by-id").getByRole("button", { name: "Open" }).click();
}

for (const shape of ["array", "single"]) {
  test(`what Vonage lists shows with its state, and opening one makes it known (${shape})`, async ({ page, sandbox }) => {
    await sandbox.control({ list_shape: shape });
    const all = await deployments(sandbox);
    if (shape === "array") expect(all.length).toBeGreaterThan(1);
    await open(page, sandbox);
    await expect(page.getByText("No number is followed on this device yet.")).toBeVisible();
    await expect(listed(page)).toHaveCount(all.length);
    const names = await listed(page).locator(".number-name").allInnerTexts();
    expect(names.map(digits).sort()).toEqual(all.map((one) => digits(one.country_code + one.number)).sort());

    const [first] = all;
    const row = listed(page).nth(names.findIndex((name) => digits(name) === digits(first.country_code + first.number)));
    await row.getByRole("button", { name: /^Open \+/ }).click();
    await expect(page).toHaveURL(`${sandbox.url}/numbers/${first.deployment_id}`);
    await NumberPage.on(page).shows(first.current_state.title);
    await place(page, "Numbers");
    await expect(known(page)).toHaveCount(1);
    await expect(listed(page)).toHaveCount(all.length - 1);
    if (shape === "single") await expect(atVonage(page)).toContainText("Every deployment that Vonage lists is known on this device.");
    // It is known to the next visit, too.
    await page.reload();
    await expect(known(page)).toHaveCount(1);
    await expect(known(page).getByRole("link")).toHaveAttribute("href", new RegExp(`/numbers/${first.deployment_id}$`));
  });
}

test("an account without numbers is told so", async ({ page, sandbox }) => {
  await sandbox.control({ faults: [{ operation: LIST, times: 1, when: "before", answer: { status: 200, body: "[]" } }] });
  await open(page, sandbox);
  await expect(atVonage(page)).toContainText("Vonage lists no deployment of this account.");
});

test("what needs a hand comes first, and the navigation counts it", async ({ page, sandbox }) => {
  for (const state of ["READY", "CODE_SENT", "INITIALIZING", "ERROR"] as const) {
    const number = await NumberPage.open(page, sandbox, await inState(sandbox, state));
    await number.shows(state);
    await number.keeps(state);
  }
  await open(page, sandbox);
  await expect(known(page)).toHaveCount(4);
  const badges = await known(page).locator(".stage-badge").allInnerTexts();
  expect(new Set(badges.slice(0, 2))).toEqual(new Set(["Enter the code", "Failed"]));
  const link = page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: /^Numbers/ });
  await expect(link).toHaveAccessibleName(/^Numbers\s?2?, 2 to look at$/);

  await known(page).filter({ hasText: "Enter the code" }).getByRole("link").click();
  const number = NumberPage.on(page);
  await number.enter(CODE);
  await number.shows("CODE_VERIFIED");
  await expect(link).toHaveAccessibleName(/, 1 to look at$/);
  // It is counted on every page, and after a reload.
  await page.goto(`${sandbox.url}/settings`);
  await expect(link).toHaveAccessibleName(/, 1 to look at$/);
});

test("the list follows what is on its way", async ({ page, sandbox }) => {
  const id = await inState(sandbox, "CODE_SENT");
  await (await NumberPage.open(page, sandbox, id)).keeps("CODE_SENT");
  await open(page, sandbox);
  await page.clock.install();
  await page.reload();
  await expect(known(page).locator(".stage-badge")).toHaveText("Enter the code");
  await ask(sandbox, "POST", `/${id}/verify`, { code: CODE });
  // The page itself is not touched; only its time passes, in steps as long as its pace in this state.
  const later = async () => {
    await page.clock.fastForward(15_000);
    return known(page).locator(".stage-badge").innerText();
  };
  await expect.poll(later).toBe("Finishing");
});

test("forgetting says what it does, changes nothing at Vonage, and can be undone", async ({ page, sandbox }) => {
  const id = await inState(sandbox, "READY");
  const number = await NumberPage.open(page, sandbox, id);
  await number.keeps("READY");
  await open(page, sandbox);
  const unknown = await listed(page).count();
  const forget = page.getByRole("button", { name: /^Forget \+44/ });
  await forget.click();
  await expect(known(page)).toContainText("At Vonage nothing changes: the number stays as it is, and its ID brings it back here. To take it out of WhatsApp, open it and delete it.");
  // Who does not read the question, or does not see it, forgets nothing.
  const keep = page.getByRole("group", { name: /^Forget it on this device\?/ }).getByRole("button", { name: "Keep it" });
  await expect(keep).toBeFocused();
  await expect(keep).toHaveAccessibleDescription(/^Forget it on this device\?/);
  await page.keyboard.press("Escape");
  await expect(keep).toHaveCount(0);
  await expect(forget).toBeFocused();
  await expect(known(page)).toHaveCount(1);
  await forget.click();
  await page.getByRole("button", { name: "Forget it" }).click();
  await expect(known(page)).toHaveCount(0);
  await expect(listed(page)).toHaveCount(unknown + 1);
  await expect(listed(page).filter({ has: page.getByText("Ready") }).first()).toBeVisible();
  await page.reload();
  await expect(listed(page)).toHaveCount(unknown + 1);
  await expect(known(page)).toHaveCount(0);
  const writes = (await sandbox.log()).filter((call) => call.method !== "GET");
  // Those of making it, past the page.
  expect(writes.map((call) => call.operation)).toEqual(["vonage.create-deployment", "vonage.verify"]);
  expect((await ask(sandbox, "GET", `/${id}`)).current_state.title).toBe("READY");
  await byId(page, id);
  await number.shows("READY");
});

test("a number is added by its ID, spaces around it and all", async ({ page, sandbox }) => {
  const id = await inState(sandbox, "CODE_SENT");
  await open(page, sandbox);
  await byId(page, "");
  await expect(page.getByLabel("Deployment ID")).toHaveAccessibleDescription("Enter the ID that the answer to the creation named.");
  await expect(page.getByLabel("Deployment ID")).toBeFocused();
  await byId(page, `  ${id} `);
  await NumberPage.on(page).shows("CODE_SENT");
  await expect(page).toHaveURL(`${sandbox.url}/numbers/${id}`);
  await place(page, "Numbers");
  await expect(known(page)).toHaveCount(1);
});

test("an ID that nobody knows is not found, by the form and by its address", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const id = "00000000-0000-4000-8000-000000000000";
  await open(page, sandbox);
  await byId(page, id);
  for (const by of ["the form", "its address"]) {
    const heading = page.getByRole("heading", { level: 1 });
    await expect(heading, by).toHaveText("Not found");
    // Whoever came by the form begins at it, and hears it.
    if (by === "the form") await expect(heading).toBeFocused();
    await expect(page.getByText(`No Vonage connection knows the deployment ${id}.`), by).toBeVisible();
    await expect(page.getByRole("button", { name: "Look again" }), by).toBeVisible();
    if (by === "the form") await page.reload();
  }
  await place(page, "Numbers");
  await expect(page.getByText("No number is followed on this device yet.")).toBeVisible();
});

for (const [name, answer] of [
  ["404 as a page", { status: 404, headers: { "content-type": "text/html" }, body: "<h1>Not found</h1>" }],
  ["404 as a problem", { status: 404, body: JSON.stringify({ type: "https://developer.vonage.com/api-errors#not-found", title: "Not Found", detail: "This resource does not exist." }) }],
  ["410", { status: 410, body: "" }],
] as const) {
  test(`an account without a list (${name}): said so, and adding by ID works`, async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const id = await inState(sandbox, "READY");
    await sandbox.control({ faults: [{ operation: LIST, times: 9, when: "before", answer }] });
    await open(page, sandbox);
    await expect(atVonage(page)).toContainText("Vonage did not list the deployments of this account. The list is shown in a guide only, and not every account has it. Numbers can be added by their ID below.");
    await byId(page, id);
    await NumberPage.on(page).shows("READY");
    await place(page, "Numbers");
    await expect(known(page)).toHaveCount(1);
  });
}

test("a list that could not be read can be asked for again", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await sandbox.control({ faults: [{ operation: LIST, times: 1, when: "before", answer: { status: 503 } }] });
  await open(page, sandbox);
  await expect(atVonage(page)).toContainText("Something went wrong at the provider.");
  await atVonage(page).getByRole("button", { name: "Try again" }).click();
  await expect(listed(page).first()).toBeVisible();
});

test("refresh reads the list again, and only then", async ({ page, sandbox }) => {
  await open(page, sandbox);
  const before = await listed(page).count();
  await start(sandbox);
  const reads = (await sent(sandbox, LIST)).length;
  await atVonage(page).getByRole("button", { name: "Refresh" }).click();
  await expect(listed(page)).toHaveCount(before + 1);
  expect(await sent(sandbox, LIST)).toHaveLength(reads + 1);
});

test("a number of another connection than the one in use is found there, and it is said", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const id = await inState(sandbox, "READY");
  await open(page, sandbox);
  const choice = page.getByRole("region", { name: "Active connections" }).getByLabel("Vonage");
  await choice.selectOption({ label: "Sandbox" });
  await byId(page, id);
  await NumberPage.on(page).shows("READY");
  await expect(page.getByText("Found on this connection, which is not the one in use.")).toBeVisible();
  await expect(choice.locator("option:checked")).toHaveText("Sandbox");
  await place(page, "Numbers");
  await expect(known(page).locator(".number-connection")).toHaveText("Sandbox (HTTP)");
});

test("a connection that cannot be asked is named where nobody knows the ID", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  // In use, and the only one that could know it, but without a key.
  await own(page, sandbox.url, "vonage", { label: "Without a key" });
  const choice = page.getByRole("region", { name: "Active connections" }).getByLabel("Vonage");
  await choice.selectOption({ label: "Sandbox (HTTP)" });
  await page.goto(`${sandbox.url}/numbers/00000000-0000-4000-8000-000000000000`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Not found");
  await expect(page.getByText("These could not be asked:")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Without a key: This connection has no key in this tab." })).toHaveCount(1);
});

const BLOCKED: [string, () => void][] = [
  [
    "throws",
    () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("The operation is insecure.", "SecurityError");
      };
    },
  ],
  ["is not there", () => Object.defineProperty(globalThis, "indexedDB", { value: undefined })],
];

for (const [how, block] of BLOCKED) {
  test(`with storage that ${how} a number goes its way in this tab`, async ({ page, sandbox }) => {
    await page.addInitScript(block);
    await sandbox.control({ speed: 1000 });
    const wizard = await Wizard.open(page, sandbox);
    await wizard.toReview();
    await wizard.start.click();
    const number = NumberPage.on(page);
    await number.shows("CODE_SENT");
    await expect(page.locator(".notice")).toHaveText(/^This browser does not let the page store anything/);
    await expect(ledger(page)).toContainText("1 start from this device in the last 72 hours may count.");
    await number.enter(CODE);
    await number.shows("READY");
    await place(page, "Numbers");
    await expect(known(page).locator(".stage-badge")).toHaveText("Ready");
    await known(page).getByRole("link").click();
    await number.shows("READY");
    const writes = (await sandbox.log()).filter((call) => call.method !== "GET");
    expect(writes.map((call) => call.operation)).toEqual(["vonage.create-deployment", "vonage.verify"]);
  });
}
