// Lives on a device for a while, with the sandbox in the page, and writes down what it then holds: the
// fixture of `frozen-store.spec.ts`.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { card, own, place } from "../support/connections.ts";
import { expect, test } from "../support/fixtures.ts";
import { Request } from "../support/form.ts";
import { LEFT, STORES } from "../support/frozen.ts";
import { numbers, Sending } from "../support/sending.ts";
import { onDevice } from "../support/storage.ts";
import { countCalls, settled } from "../support/time.ts";
import { keepInNewVault } from "../support/vault.ts";
import { arrived, Composer, go } from "../support/writing.ts";

test("store", async ({ page, host, watch }) => {
  watch.allow(/example\.com/);
  test.setTimeout(180_000);
  await countCalls(page);
  const site = await host();

  // Activity and the sandbox's world: a call that went well, one that did not, and one that is half typed.
  const form = await Request.open(page, site.url, "kapso.create-customer");
  await form.fill({ Name: LEFT.customer });
  await form.send();
  await form.succeeded(201);
  await form.fill({ Name: "#422" });
  await form.send();
  await expect(form.outcome).toContainText("422");
  await form.fill({ Name: LEFT.draft });
  await form.kept("yes");

  // A start of a number, which counts against the provider's limit.
  const start = await Request.open(page, site.url, "vonage.create-deployment");
  await start.fill({ "Country code": "44", Number: LEFT.number, Certificate: "AbCdEFGHiJK123456" });
  await start.fill({ "WhatsApp Business account ID": "1048" });
  await start.choose({ "Send the code by": "Voice call" });
  await start.send();
  await expect(start.outcome).toContainText(/20\d/);
  await settled(page);

  // Numbers, the started one among them.
  await page.goto(`${site.url}numbers`);
  const open = page.getByRole("button", { name: /^Open \+/ });
  await expect(open.first()).toBeVisible();
  const known = page.getByRole("list", { name: "Numbers known on this device" }).getByRole("listitem");
  const listed = await open.count();
  const before = await known.count();
  for (let left = listed; left > 0; left--) {
    await open.first().click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("+");
    await settled(page);
    await place(page, "Numbers");
    await expect(known).toHaveCount(before + listed - left + 1);
  }

  // Conversations: read, written to, and half written.
  await page.goto(`${site.url}inbox`);
  let composer: Composer = await go(page, "Amelia Clarke");
  await composer.write(LEFT.written);
  await expect(arrived(page).last()).toContainText(LEFT.written);
  await composer.tool("Saved replies").click();
  const dialog = page.getByRole("dialog", { name: "Saved replies" });
  await dialog.getByRole("button", { name: "New reply" }).click();
  await dialog.getByLabel("Title").fill(LEFT.reply.title);
  await dialog.getByLabel("Text", { exact: true }).fill(LEFT.reply.text);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("button", { name: "New reply" })).toBeVisible();
  await page.keyboard.press("Escape");
  composer = await go(page, "Ana Souza");
  await composer.text.fill(LEFT.unsent);
  await settled(page);

  // A text to many of whom some were sent to.
  const sending = await Sending.open(page, site.url);
  await sending.write(numbers(LEFT.many.people), LEFT.many.text, true);
  const many = await sending.send();
  await expect(many.page.locator(".send-counts .queued strong")).not.toHaveText("0");
  await many.press("Pause");
  await expect(many.standing).toContainText("Paused.");
  await expect(page.locator(".send-table")).not.toContainText("Sending…");
  await settled(page);

  // A connection of one's own with its key in the vault, and the appearance.
  await own(page, site.url, "kapso", { address: "/relay/kapso", label: LEFT.connection });
  const made = card(page, "kapso", LEFT.connection);
  await made.locator("input[type=password]").first().fill(LEFT.key);
  await keepInNewVault(made);
  await made.getByRole("button", { name: "Use this key" }).click();
  await expect(made).toContainText("kept in the vault");
  await page.getByRole("region", { name: "Active connections" }).getByLabel("Kapso").selectOption({ label: "Sandbox" });
  await place(page, "Settings");
  await page.getByLabel("Dark").check();
  await settled(page);

  await page.goto(`${site.url}switchboard.json`);
  const store = await onDevice(page);
  mkdirSync(STORES, { recursive: true });
  const file = join(STORES, `version-${store.version}.json`);
  writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...store }, null, 1)}\n`);
});
