// Channels where an answer is lost, the key is refused or the page dies: what was done is found out by
// reading, nothing is done twice, and nothing that was typed is lost.
import { ASSISTANT, Change, configs, deployments, kapso, known, list, lose, Making, open, query, rapida, title, told } from "./support/channels.ts";
import { own, place } from "./support/connections.ts";
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { calls } from "./support/form.ts";
import { countCalls, settled } from "./support/time.ts";
import { BASES } from "./support/world.ts";
import type { Page } from "@playwright/test";

const CREATE = "kapso.create-whatsapp-config";
const CONFIGS = "kapso.list-customer-configs";
const UPDATE = "kapso.update-config";
const DELETE = "kapso.delete-config";
const DEPLOY = "rapida.create-whatsapp-deployment";

const TOKEN = "EAAG-token-of-the-test";
const VALUES = { Name: "Front desk", "Phone number ID": "5550001", "Business account ID": "5550002", "Access token": TOKEN };

test.beforeEach(({ watch }) => watch.allow(FAILED_CALL));

// Opens a form that creates something, once the page knows what is there already.
async function make(page: Page, sandbox: Sandbox, search: string, named: string): Promise<Making> {
  await countCalls(page);
  await open(page, sandbox, search, named);
  await settled(page);
  return new Making(page);
}

test.describe("a creation that lost its answer", () => {
  test("and took effect leads to what it made", async ({ page, sandbox }) => {
    const { customer } = await known(sandbox);
    const making = await make(page, sandbox, `?customer=${customer}&new=config`, "New WhatsApp config");
    await lose(sandbox, CREATE, "after");
    await making.fill(VALUES);
    await making.button.click();
    await expect(title(page)).toHaveText(/^Front desk/);
    await expect(told(page)).toHaveText("No usable answer came. Kapso's list was read again: the config was created.");
    expect(await calls(sandbox, CREATE)).toHaveLength(1);
    expect((await configs(sandbox, customer)).filter((config) => config.name === "Front desk")).toHaveLength(1);
  });

  test("and did not take effect is said to be that, with everything still typed", async ({ page, sandbox }) => {
    const { customer } = await known(sandbox);
    const making = await make(page, sandbox, `?customer=${customer}&new=config`, "New WhatsApp config");
    await lose(sandbox, CREATE, "before");
    await making.fill(VALUES);
    await making.button.click();
    await expect(making.outcome).toHaveText("No usable answer came. Kapso's list was read again: the config was not created. What you typed is still in the form.");
    await expect(making.field("Access token")).toHaveValue(TOKEN);
    await making.button.click();
    await expect(title(page)).toHaveText(/^Front desk/);
    expect(await configs(sandbox, customer)).toHaveLength(3);
  });

  test("is not offered again before it was found out", async ({ page, sandbox }) => {
    const { customer } = await known(sandbox);
    const making = await make(page, sandbox, `?customer=${customer}&new=config`, "New WhatsApp config");
    await making.fill(VALUES);
    await lose(sandbox, CREATE, "after", [{ operation: CONFIGS, times: 1, answer: { status: 500 } }]);
    await making.button.click();
    await expect(making.outcome).toHaveText("It is not known whether it was created, and that could not be read again.");
    await expect(making.button).toHaveAttribute("aria-disabled", "true");
    await making.button.press("Enter");
    await making.field("Name").press("Enter");
    await making.form.getByRole("button", { name: "Try again" }).click();
    await expect(title(page)).toHaveText(/^Front desk/);
    expect(await calls(sandbox, CREATE)).toHaveLength(1);
  });

  test("waits on Home until it was found out", async ({ page, sandbox }) => {
    const { customer } = await known(sandbox);
    const making = await make(page, sandbox, `?customer=${customer}&new=config`, "New WhatsApp config");
    await making.fill(VALUES);
    await lose(sandbox, CREATE, "after", [{ operation: CONFIGS, times: 1, answer: { status: 500 } }]);
    await making.button.click();
    await expect(making.outcome).toContainText("It is not known whether it was created");
    await place(page, "Home");
    const waiting = page.getByRole("region", { name: "Waiting for you" }).getByRole("listitem");
    await expect(waiting).toContainText("It is not known whether a config was created at Sandbox (HTTP).");
    // Also at the next visit.
    await page.reload();
    await waiting.getByRole("link", { name: "Settle it" }).click();
    await expect(title(page)).toHaveText(/^Front desk/);
    await place(page, "Home");
    await expect(waiting).toHaveCount(0);
    expect(await calls(sandbox, CREATE)).toHaveLength(1);
  });

  test("and whose page died is found out when somebody comes again", async ({ page, sandbox }) => {
    const { customer } = await known(sandbox);
    const making = await make(page, sandbox, `?customer=${customer}&new=config`, "New WhatsApp config");
    await making.fill(VALUES);
    await sandbox.control({ faults: [{ operation: CREATE, times: 1, when: "after", answer: "hang" }] });
    await making.button.click();
    await expect.poll(async () => (await calls(sandbox, CREATE)).length).toBe(1);
    await page.reload();
    await expect(title(page)).toHaveText(/^Front desk/);
    await expect(told(page)).toContainText("the config was created");
    expect(await calls(sandbox, CREATE)).toHaveLength(1);
    expect(query(page)).toMatch(/^\?config=/);
  });

  test("of a config like one that was there is not taken for it", async ({ page, sandbox }) => {
    const { customer } = await known(sandbox);
    const values = { ...VALUES, Name: "Mirante events", "Phone number ID": "551150280044", "Business account ID": "104857600002" };
    const making = await make(page, sandbox, `?customer=${customer}&new=config`, "New WhatsApp config");
    await making.fill(values);
    await lose(sandbox, CREATE, "before");
    await making.button.click();
    await expect(making.outcome).toContainText("the config was not created");
    // Where it was not known what was there before, nobody can tell. This page has still to read something.
    const url = page.url();
    await page.goto("about:blank");
    await sandbox.control({ faults: [{ operation: CONFIGS, times: 1, answer: { status: 500 } }] });
    await page.goto(url);
    await expect(making.field("Name")).toHaveValue("Mirante events");
    await settled(page);
    await making.fill({ "Access token": TOKEN });
    await lose(sandbox, CREATE, "before");
    await making.button.click();
    await expect(making.outcome).toContainText("it may be an older one");
    await expect(making.form.getByRole("link", { name: "Look at the config that is there" })).toBeVisible();
  });

  test("of a deployment leads to its assistant", async ({ page, sandbox }) => {
    const making = await make(page, sandbox, `?assistant=${ASSISTANT}&new=deployment`, "New deployment");
    await expect(making.field("Greeting")).toHaveValue("Welcome back. What can I do for you?");
    await making.fill({ Greeting: "Hello there" });
    await lose(sandbox, DEPLOY, "after");
    await making.button.click();
    await expect(title(page)).toHaveText(`Assistant ${ASSISTANT}`);
    await expect(told(page)).toContainText("the deployment was created");
    expect((await deployments(sandbox)).map((one) => one.greeting)).toEqual(["Hello there", "Welcome back. What can I do for you?", "Hi, how can I help you today?"]);
  });
});

test.describe("a change that lost its answer", () => {
  for (const [when, words] of [
    ["after", "your changes are saved."],
    ["before", "your changes are not saved. They are still in the form."],
  ] as const) {
    test(`${when} it took effect`, async ({ page, sandbox }) => {
      const { config } = await known(sandbox);
      await open(page, sandbox, `?config=${config}`, /^Mirante events/);
      const change = new Change(page);
      await change.fill({ Name: "Banquets" });
      await lose(sandbox, UPDATE, when);
      await change.save();
      await expect(change.outcome).toContainText(`The config was read again: ${words}`);
      await expect(change.field("Name")).toHaveValue("Banquets");
      expect(await calls(sandbox, UPDATE)).toHaveLength(1);
    });
  }

  test("of a secret that took effect cannot be told, and is still there to be sent", async ({ page, sandbox }) => {
    const { config } = await known(sandbox);
    await open(page, sandbox, `?config=${config}`, /^Mirante events/);
    const change = new Change(page);
    await change.fill({ "Access token": TOKEN });
    await lose(sandbox, UPDATE, "after");
    await change.save();
    await expect(change.outcome).toContainText("it cannot be told whether it was saved");
    await expect(change.field("Access token")).toHaveValue(TOKEN);
    await change.save();
    await expect(change.outcome).toHaveText(/^Saved at /);
  });

  test("of a secret where nothing was changed at Kapso since was not saved", async ({ page, sandbox }) => {
    const { config } = await known(sandbox);
    await open(page, sandbox, `?config=${config}`, /^Mirante events/);
    const change = new Change(page);
    await change.fill({ "Access token": TOKEN });
    await lose(sandbox, UPDATE, "before");
    await change.save();
    await expect(change.outcome).toContainText("your changes are not saved");
  });
});

test.describe("a deletion that lost its answer", () => {
  test("and took effect is found out", async ({ page, sandbox }) => {
    const { customer, config } = await known(sandbox);
    await open(page, sandbox, `?config=${config}`, /^Mirante events/);
    await lose(sandbox, DELETE, "after");
    await page.getByRole("button", { name: "Delete this config…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: /^Delete the config/ }).click();
    await expect(told(page)).toHaveText("No usable answer came. Kapso was asked again: the config is deleted.");
    await expect(title(page)).toHaveText("Hotel Mirante");
    expect(query(page)).toBe(`?customer=${customer}`);
  });

  test("and did not is found out, and it can be deleted again", async ({ page, sandbox }) => {
    const { config } = await known(sandbox);
    await open(page, sandbox, `?config=${config}`, /^Mirante events/);
    await lose(sandbox, DELETE, "before");
    const remove = async () => {
      await page.getByRole("button", { name: "Delete this config…" }).click();
      await page.getByRole("dialog").getByRole("button", { name: /^Delete the config/ }).click();
    };
    await remove();
    await expect(page.locator(".config-delete .outcome-line")).toHaveText("No usable answer came. The config was read again: it is still there.");
    await remove();
    await expect(told(page)).toHaveText("The config was deleted.");
  });
});

test.describe("a key that is refused", () => {
  test("is asked for where the list is missing, and the list comes with the right one", async ({ page, sandbox }) => {
    await own(page, sandbox.url, "kapso", { key: "refused" });
    await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Channels" }).click();
    await expect(kapso(page).getByRole("link", { name: "Open Connections" })).toBeVisible();
    await kapso(page).getByRole("button", { name: /^Forget it/ }).click();
    await kapso(page).locator("input[type=password]").fill("a-good-key-of-ours");
    await kapso(page).getByRole("button", { name: "Use this key" }).click();
    await expect(list(page, "Customers")).toHaveCount(2);
  });

  test("on the way out loses nothing that was typed", async ({ page, sandbox }) => {
    const { customer } = await known(sandbox);
    const making = await make(page, sandbox, `?customer=${customer}&new=config`, "New WhatsApp config");
    await making.fill(VALUES);
    await sandbox.control({ faults: [{ operation: CREATE, times: 1, answer: { status: 401, body: { error: "Invalid API key" } } }] });
    await making.button.click();
    await expect(making.outcome).toContainText("Not created");
    await expect(making.form).toContainText("It was not carried out.");
    await expect(making.field("Access token")).toHaveValue(TOKEN);
    await making.button.click();
    await expect(title(page)).toHaveText(/^Front desk/);
    expect(await configs(sandbox, customer)).toHaveLength(3);
  });

  test("what Kapso says no to stays in the form, with its words", async ({ page, sandbox }) => {
    const { customer } = await known(sandbox);
    const making = await make(page, sandbox, `?customer=${customer}&new=config`, "New WhatsApp config");
    await making.fill(VALUES);
    await sandbox.control({ faults: [{ operation: CREATE, times: 1, answer: { status: 422, body: { error: "Unprocessable entity", message: "The number is attached already." } } }] });
    await making.button.click();
    await expect(making.form).toContainText("The number is attached already.");
    await expect(making.field("Name")).toHaveValue("Front desk");
  });
});

test("a provider that the browser may not ask is explained, and the other one goes on", async ({ page, sandbox, host, siteAllowing, watch }) => {
  watch.allow(/blocked by CORS policy/);
  const site = await host({ folder: siteAllowing(sandbox.url) });
  await sandbox.control({ cors: false });
  await own(page, site.url, "kapso", { address: sandbox.url + BASES.kapso, key: "a-live-key-of-ours-4711" });
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Channels" }).click();
  await expect(kapso(page)).toContainText("the provider does not allow calls from a browser");
  await expect(kapso(page).getByRole("button", { name: "Find out what is wrong" })).toBeVisible();
  await expect(kapso(page).getByRole("link", { name: "Open Connections" })).toBeVisible();
  await rapida(page).getByLabel(/^Assistant ID/).fill(ASSISTANT);
  await rapida(page).getByRole("button", { name: "Open the assistant" }).click();
  await expect(list(page, "Deployments")).toHaveCount(2);
});
