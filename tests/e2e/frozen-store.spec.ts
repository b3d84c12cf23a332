// A newer console opens the data of an older one. What is shown comes from the device alone: the sandbox,
// which could tell it again, does not load.
import { card, place } from "./support/connections.ts";
import { expect, test } from "./support/fixtures.ts";
import { Request } from "./support/form.ts";
import { frozen, LEFT, thaw, versions, WITH_MANY, type Frozen } from "./support/frozen.ts";
import { ledger } from "./support/numbers.ts";
import { Sent } from "./support/sending.ts";
import { unlock } from "./support/vault.ts";
import { arrived, Composer, messages, named } from "./support/writing.ts";
import type { Page } from "@playwright/test";

// Puts the device to an hour after it was left, with its data, before the console opens.
async function comeBack(page: Page, url: string, store: Frozen): Promise<void> {
  await page.clock.install({ time: new Date(new Date(store.at).getTime() + 3_600_000) });
  await page.goto(`${url}switchboard.json`);
  await thaw(page, store);
}

const gone = (_: unknown, response: any) => void response.writeHead(404).end("Not here.");
const SILENT = { "/sandbox.js": gone, "/sandbox_bg.wasm": gone };

test("every version that people may have is tried", () => {
  expect(versions()).toEqual(expect.arrayContaining(["version-5.json", "version-6.json"]));
  for (const name of versions()) expect(name).toBe(`version-${frozen(name).version}.json`);
});

test("a database that a newer build has made newer is gone on with in a tab of this one", async ({ page, host, watch }) => {
  watch.allow(/^Failed to load resource/, /sandbox\.js/, /Failed to fetch/, /integrity/, /example\.com/);
  const store = frozen(versions().at(-1)!);
  const site = await host({ instead: SILENT });
  await comeBack(page, site.url, { ...store, version: 99, shelves: { ...store.shelves, later: [] } });
  const form = await Request.open(page, site.url, "kapso.create-customer");
  await expect(form.field("Name")).toHaveValue(LEFT.draft);
  await form.fill({ Name: "Typed in the older tab" });
  await form.kept("yes");
  await page.reload();
  await expect(form.field("Name")).toHaveValue("Typed in the older tab");
  await expect(page.getByText("does not let the page store anything")).toHaveCount(0);
});

for (const name of versions()) {
  const store = frozen(name);

  test(`${name}: numbers, conversations and what was being written are there`, async ({ page, host, watch }) => {
    watch.allow(/^Failed to load resource/, /sandbox\.js/, /Failed to fetch/, /integrity/, /example\.com/);
    const site = await host({ instead: SILENT });
    await comeBack(page, site.url, store);
    await page.goto(`${site.url}numbers`);
    const known = page.getByRole("list", { name: "Numbers known on this device" }).getByRole("listitem");
    expect(store.shelves.numbers.length).toBeGreaterThan(1);
    await expect(known).toHaveCount(store.shelves.numbers.length);

    // What was spent is counted on.
    const form = await Request.open(page, site.url, "vonage.create-deployment");
    await form.fill({ "Country code": "44", Number: LEFT.number });
    await expect(ledger(page)).toContainText("1 start from this device in the last 72 hours may count.");

    await page.goto(`${site.url}inbox`);
    await expect(named(page, "Ana Souza")).toContainText(`Draft: ${LEFT.unsent}`);
    await named(page, "Amelia Clarke").click();
    await expect(arrived(page).last()).toContainText(LEFT.written);
    expect(await messages(page).count()).toBeGreaterThan(3);
    await named(page, "Ana Souza").click();
    const composer = new Composer(page);
    await expect(composer.text).toHaveValue(LEFT.unsent);
    await composer.tool("Saved replies").click();
    const dialog = page.getByRole("dialog", { name: "Saved replies" });
    await expect(dialog).toContainText(LEFT.reply.title);
    await expect(dialog).toContainText(LEFT.reply.text);
  });

  test(`${name}: drafts, history, connections, the vault and the appearance are there`, async ({ page, host, watch }) => {
    watch.allow(/^Failed to load resource/, /sandbox\.js/, /Failed to fetch/, /integrity/);
    const site = await host({ instead: SILENT });
    await comeBack(page, site.url, store);
    const form = await Request.open(page, site.url, "kapso.create-customer");
    await expect(form.field("Name")).toHaveValue(LEFT.draft);
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await place(page, "Activity");
    await expect(page.locator("main")).toContainText("Create a customer");
    await expect(page.locator("main")).toContainText("422");
    await place(page, "Connections");
    const made = card(page, "kapso", LEFT.connection);
    await expect(made).toBeVisible();
    await unlock(made);
    await expect(made).toContainText(`ends in ${LEFT.key.slice(-4)}`);
  });

  if (store.version >= WITH_MANY) {
    test(`${name}: a text to many waits where it was paused, and goes on to those who are left`, async ({ page, host, watch }) => {
      watch.allow(/example\.com/);
      const site = await host();
      await comeBack(page, site.url, store);
      await page.goto(`${site.url}send`);
      const ongoing = page.getByRole("region", { name: "On its way, or to look at" });
      await ongoing.getByRole("link", { name: LEFT.many.text }).click();
      const message = new Sent(page);
      await expect(message.standing).toContainText("Paused.");
      const queued = Number(await page.locator(".send-counts .queued strong").innerText());
      expect(queued).toBeGreaterThan(0);
      await message.counts({ waiting: LEFT.many.people - queued, unknown: 0 });
      await message.press("Go on");
      await message.done();
      await message.counts({ queued: LEFT.many.people });
    });
  }

  test(`${name}: the sandbox goes on from where it was`, async ({ page, host }) => {
    const site = await host();
    await comeBack(page, site.url, store);
    const form = await Request.open(page, site.url, "kapso.list-customers");
    await form.send();
    await form.succeeded(200);
    await expect(page.locator("[data-answer-body]")).toContainText(LEFT.customer);
  });
}
