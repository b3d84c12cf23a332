// The vault: keys that stay on this device, sealed with a passphrase; what locks it, and what goes wrong.
import { card, own, place } from "./support/connections.ts";
import { expect, test, type Sandbox } from "./support/fixtures.ts";
import { last, Request } from "./support/form.ts";
import { pair } from "./support/openssl.ts";
import { sweep } from "./support/storage.ts";
import { keepInNewVault, opened, panel, passphrase, PASSPHRASE, settings, store, stored, twice, unlock } from "./support/vault.ts";
import { BASES } from "./support/world.ts";
import type { Locator, Page } from "@playwright/test";

const KEY = "a-key-of-ours-918273";
const SECRETS = [KEY, "918273", PASSPHRASE];

const mine = (page: Page): Locator => card(page, "kapso", "Mine");

// A connection whose key is in a new vault, which is open.
async function keep(page: Page, sandbox: Sandbox): Promise<void> {
  await own(page, sandbox.url, "kapso");
  await mine(page).locator("input[type=password]").first().fill(KEY);
  await keepInNewVault(mine(page));
  await mine(page).getByRole("button", { name: "Use this key" }).click();
  await expect(mine(page)).toContainText("ends in 8273, kept in the vault on this device.");
}

// Sends a request that reads, by the frame, and answers how it ended.
async function call(page: Page): Promise<Locator> {
  const form = await Request.on(page).go("kapso.list-customers");
  await form.send();
  return form.outcome;
}

async function withoutSecrets(page: Page): Promise<void> {
  const everything = (await sweep(page)) + (await page.content());
  for (const secret of SECRETS) expect(everything).not.toContain(secret);
}

test("a key in the vault is there after a reload, once it is unlocked, and nowhere to be read", async ({ page, sandbox }) => {
  await keep(page, sandbox);
  await withoutSecrets(page);
  await page.reload();
  await expect(mine(page)).toContainText("The vault with its key is locked.");
  await withoutSecrets(page);
  await expect(await call(page)).toHaveText("Vault locked");
  expect((await sandbox.log()).filter((one) => one.operation === "kapso.list-customers")).toEqual([]);
  // It is unlocked where it is missed, and the request is still there.
  await unlock(page.getByRole("main"));
  await expect(passphrase(page)).toHaveCount(0);
  const form = Request.on(page);
  await form.send();
  await form.succeeded(200);
  expect((await last(sandbox)).headers["x-api-key"]).toBe("8273");
  await withoutSecrets(page);
});

test("what is stored is sealed as it is said to be", async ({ page, sandbox }) => {
  await page.addInitScript(() => {
    const world = globalThis as any;
    world.imported = [];
    const take = SubtleCrypto.prototype.importKey as any;
    SubtleCrypto.prototype.importKey = function (this: SubtleCrypto, ...given: any[]) {
      world.imported.push({ format: given[0], extractable: given[3] });
      return take.apply(this, given);
    } as any;
    const derive = SubtleCrypto.prototype.deriveKey as any;
    SubtleCrypto.prototype.deriveKey = function (this: SubtleCrypto, ...given: any[]) {
      world.derived = { ...given[0], salt: given[0].salt.length, into: given[2], extractable: given[3] };
      return derive.apply(this, given);
    } as any;
  });
  await keep(page, sandbox);
  const derived = await page.evaluate(() => (globalThis as any).derived);
  expect(derived).toEqual({
    name: "PBKDF2", hash: "SHA-256", iterations: 600_000, salt: 16, into: { name: "AES-GCM", length: 256 }, extractable: false,
  });
  const imported = await page.evaluate(() => (globalThis as any).imported);
  expect(imported.map((one: any) => one.extractable)).not.toContain(true);
  const first = await stored(page);
  expect(Object.keys(first).sort()).toEqual(["data", "digest", "holds", "nonce", "rounds", "salt", "version"]);
  // Sealed anew, everything but the salt is another.
  await mine(page).getByRole("button", { name: "Forget it" }).click();
  await expect(mine(page).locator("input[type=password]").first()).toBeVisible();
  const second = await stored(page);
  expect(second.salt).toBe(first.salt);
  expect(second.nonce).not.toBe(first.nonce);
  expect(second.holds).toEqual([]);
});

test("a wrong passphrase is said, keeps what was typed, and slows down, also after a reload", async ({ page, sandbox }) => {
  await page.clock.install();
  await keep(page, sandbox);
  await page.reload();
  const part = await settings(page);
  await unlock(part, "a wrong one here");
  await expect(passphrase(part)).toHaveAccessibleDescription(/This is not the passphrase of the vault\./);
  await expect(passphrase(part)).toHaveValue("a wrong one here");
  await page.clock.pauseAt(new Date(await page.evaluate(() => Date.now() + 1_000)));
  const button = part.getByRole("button", { name: "Unlock", exact: true });
  for (const wait of ["1 second", "2 seconds", "4 seconds"]) {
    await passphrase(part).press("Enter");
    await expect(part).toContainText(`Wait ${wait} before the next try.`);
    await expect(button).toBeDisabled();
    await page.clock.runFor(parseInt(wait) * 1_000 + 1_000);
    await expect(button).toBeEnabled();
  }
  await passphrase(part).press("Enter");
  await expect(part).toContainText("Wait 8 seconds before the next try.");
  await page.reload();
  await page.clock.runFor(1_000);
  await passphrase(panel(page)).fill(PASSPHRASE);
  await expect(panel(page).getByRole("button", { name: "Unlock", exact: true })).toBeDisabled();
  await expect(passphrase(panel(page))).toHaveAccessibleDescription(/Wait \d seconds before the next try\./);
  await page.clock.runFor(9_000);
  await unlock(panel(page));
  await opened(page, "with the key of one connection");
  await withoutSecrets(page);
});

test("a passphrase that is too easy is not taken, and the key stays typed", async ({ page, sandbox }) => {
  await own(page, sandbox.url, "kapso");
  await mine(page).locator("input[type=password]").first().fill(KEY);
  await mine(page).getByLabel("Keep it in the vault on this device").check();
  const use = mine(page).getByRole("button", { name: "Use this key" });
  const again = mine(page).getByLabel("The same again");
  for (const [first, second, why] of [
    ["", "", "Use 15 signs or more."],
    ["too short", "too short", "Use 15 signs or more."],
    ["aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "This repeats few signs"],
    ["123456789012345", "123456789012345", "This repeats few signs"],
    [PASSPHRASE, "correct horse bettery", "The two are not the same."],
  ]) {
    await mine(page).getByLabel("New passphrase").fill(first);
    await again.fill(second);
    await use.click();
    await expect(again).toHaveAccessibleDescription(new RegExp(why));
    await expect(mine(page).locator("input[type=password]").first()).toHaveValue(KEY);
  }
  expect(await stored(page)).toBeUndefined();
});

for (const [name, spoil] of Object.entries({
  "one sign of what is sealed": (vault: any) => ({ ...vault, data: vault.data.replace(/./, (sign: string) => (sign === "A" ? "B" : "A")) }),
  "fewer rounds": (vault: any) => ({ ...vault, rounds: 1 }),
  "another version": (vault: any) => ({ ...vault, version: 2 }),
  "half of it": (vault: any) => JSON.stringify(vault).slice(0, 100),
})) {
  test(`a damaged vault says so, harms nothing else, and gives way to a new one: ${name}`, async ({ page, sandbox }) => {
    await keep(page, sandbox);
    const spoilt = spoil(await stored(page));
    await store(page, typeof spoilt === "string" ? spoilt : JSON.stringify(spoilt));
    await page.reload();
    // The connection is there, and takes a key for this tab.
    await expect(mine(page)).toContainText("In use");
    await mine(page).locator("input[type=password]").fill(KEY);
    await mine(page).getByRole("button", { name: "Use this key" }).click();
    await expect(mine(page)).toContainText("kept in this tab only.");
    const part = await settings(page);
    await expect(part).toContainText("is damaged, and cannot be opened any more");
    await part.getByRole("button", { name: "Destroy the vault" }).click();
    await part.getByRole("button", { name: "Destroy it" }).click();
    await part.getByRole("button", { name: "Make a vault" }).click();
    await twice(part, "another passphrase");
    await part.getByRole("button", { name: "Make the vault" }).click();
    await opened(page, "It is open in this tab, and empty.");
  });
}

test("tabs unlock for themselves, know of each other's changes, and are locked together", async ({ page, context, sandbox }) => {
  await keep(page, sandbox);
  const other = await context.newPage();
  await other.goto(`${sandbox.url}/connections`);
  await expect(mine(other)).toContainText("The vault with its key is locked.");
  await unlock(mine(other));
  await expect(mine(other)).toContainText("ends in 8273, kept in the vault");
  // What one forgets, and what it enters then, the other has.
  await mine(page).getByRole("button", { name: "Forget it" }).click();
  await expect(mine(other).locator("input[type=password]")).toBeVisible();
  await mine(page).locator("input[type=password]").fill("another-key-555777");
  await mine(page).getByLabel("Keep it in the vault on this device").check();
  await mine(page).getByRole("button", { name: "Use this key" }).click();
  await expect(mine(other)).toContainText("ends in 5777, kept in the vault");
  await (await settings(page)).getByRole("button", { name: "Lock it in every tab" }).click();
  await expect(panel(page)).toContainText("It is locked in this tab.");
  await expect(mine(other)).toContainText("The vault with its key is locked.");
});

test("the passphrase is changed by whoever knows it; the old one opens nothing, and other tabs ask again", async ({ page, context, sandbox }) => {
  await keep(page, sandbox);
  const other = await context.newPage();
  await other.goto(`${sandbox.url}/connections`);
  await unlock(mine(other));
  await expect(mine(other)).toContainText("ends in 8273");
  const part = await settings(page);
  await part.getByRole("button", { name: "Change the passphrase" }).click();
  await part.getByLabel("Present passphrase").fill("not this one at all");
  await twice(part, "a second passphrase");
  await part.getByRole("button", { name: "Change it" }).click();
  await expect(part.getByLabel("Present passphrase")).toHaveAccessibleDescription("This is not the passphrase of the vault.");
  // The right one is not called wrong only because it comes too soon after many that were.
  const tries = (wrong: number) =>
    page.evaluate((wrong) => localStorage.setItem("switchboard.vault-tries", JSON.stringify({ wrong, at: Date.now() })), wrong);
  await tries(9);
  await part.getByLabel("Present passphrase").fill(PASSPHRASE);
  await part.getByRole("button", { name: "Change it" }).click();
  await expect(part.getByLabel("Present passphrase")).toHaveAccessibleDescription(/was not tried, because others were wrong just before\. Wait \d+ (seconds|minute)/);
  await tries(0);
  await part.getByLabel("Present passphrase").fill(PASSPHRASE);
  await part.getByRole("button", { name: "Change it" }).click();
  await expect(part.getByLabel("Present passphrase")).toHaveCount(0);
  await expect(mine(other)).toContainText("The vault with its key is locked.");
  await unlock(mine(other));
  await expect(passphrase(other)).toHaveAccessibleDescription(/This is not the passphrase/);
  await unlock(mine(other), "a second passphrase");
  await expect(mine(other)).toContainText("ends in 8273");
});

test("it locks when nobody has been there for as long as chosen, in any tab", async ({ page, context, sandbox }) => {
  await page.clock.install();
  await keep(page, sandbox);
  const other = await context.newPage();
  await other.goto(`${sandbox.url}/settings`);
  await unlock(panel(other));
  await opened(other);
  await page.clock.pauseAt(new Date(await page.evaluate(() => Date.now() + 1_000)));
  await page.keyboard.press("Shift");
  const pass = async (minutes: number) => {
    for (let at = 0; at < minutes; at++) await page.clock.runFor(60_000);
  };
  await pass(14);
  await opened(other);
  // Somebody is at one of them.
  await page.keyboard.press("Shift");
  await pass(14);
  await opened(other);
  await expect(mine(page)).toContainText("kept in the vault");
  await pass(2);
  await expect(panel(other)).toContainText("It locked itself after 15 minutes without a key or a click.");
  await expect(mine(page)).toContainText("The vault with its key is locked.");
  await unlock(panel(other));
  await panel(other).getByLabel("1 hour").check();
  await pass(40);
  await opened(other);
  await pass(22);
  await expect(panel(other)).toContainText("It locked itself after 1 hour");
});

test("it locks when the computer slept", async ({ page, sandbox }) => {
  await page.clock.install();
  await keep(page, sandbox);
  await settings(page);
  await opened(page);
  // Timers fire once for all the time that went by, as after a sleep.
  await page.clock.fastForward(5 * 60_000);
  await expect(panel(page)).toContainText("It locked itself because this computer slept, or its clock was set.");
});

test("it locks when the browser freezes the page", async ({ page, sandbox }) => {
  await keep(page, sandbox);
  await settings(page);
  await opened(page);
  await page.evaluate(() => document.dispatchEvent(new Event("freeze")));
  await expect(panel(page)).toContainText("It locked itself because this computer slept");
});

test("a lock holds although a change of another tab is being read", async ({ page, context, sandbox }) => {
  await keep(page, sandbox);
  const other = await context.newPage();
  // The other tab reads what has changed as slowly as the test wants.
  await other.addInitScript(() => {
    const world = globalThis as any;
    const decrypt = SubtleCrypto.prototype.decrypt as any;
    world.waiting = [];
    SubtleCrypto.prototype.decrypt = async function (this: SubtleCrypto, ...given: any[]) {
      if (world.slow) await new Promise((go) => world.waiting.push(go));
      return decrypt.apply(this, given);
    } as any;
  });
  await other.goto(`${sandbox.url}/connections`);
  await unlock(mine(other));
  await expect(mine(other)).toContainText("ends in 8273");
  await other.evaluate(() => ((globalThis as any).slow = true));
  await mine(page).getByRole("button", { name: "Forget it" }).click();
  await expect.poll(() => other.evaluate(() => (globalThis as any).waiting.length)).toBe(1);
  await (await settings(page)).getByRole("button", { name: "Lock it in every tab" }).click();
  await expect(mine(other).getByRole("button", { name: "Use this key" }).or(mine(other).getByText("The vault with its key is locked."))).toBeVisible();
  await other.evaluate(() => {
    (globalThis as any).slow = false;
    (globalThis as any).waiting.forEach((go: () => void) => go());
  });
  const part = await settings(other);
  await expect(part).toContainText("It is locked in this tab.");
  await expect(await call(other)).toHaveText(/No key|Vault locked/);
});

test("a key entered in place of one in the locked vault replaces it, and is not lost by unlocking", async ({ page, sandbox }) => {
  await keep(page, sandbox);
  await page.reload();
  await mine(page).getByRole("button", { name: "Enter another key" }).click();
  const input = mine(page).getByLabel("API key");
  await input.fill("another-key-555777");
  await unlock(mine(page));
  await expect(passphrase(mine(page))).toHaveCount(0);
  await expect(input).toHaveValue("another-key-555777");
  await mine(page).getByRole("button", { name: "Use this key" }).click();
  await expect(mine(page)).toContainText("ends in 5777, kept in the vault");
  await page.reload();
  await unlock(mine(page));
  await expect(mine(page)).toContainText("ends in 5777, kept in the vault");
});

test("the key of a connection that is removed while the vault is locked goes when it is unlocked", async ({ page, sandbox }) => {
  await keep(page, sandbox);
  await page.reload();
  await page.getByRole("button", { name: "Remove Mine" }).click();
  await expect(page.getByRole("button", { name: "Keep it" })).toBeFocused();
  await page.getByRole("button", { name: "Remove it" }).click();
  await expect(mine(page)).toHaveCount(0);
  const part = await settings(page);
  await unlock(part);
  await opened(page, "It is open in this tab, and empty.");
  await expect(part.getByRole("button", { name: "Lock it in every tab" })).toBeFocused();
  await expect.poll(async () => (await stored(page)).holds).toEqual([]);
});

test("whoever is quick, or leaves at once, harms nothing", async ({ page, sandbox }) => {
  await keep(page, sandbox);
  await mine(page).getByRole("button", { name: "Forget it" }).click();
  await mine(page).locator("input[type=password]").fill("another-key-555777");
  await mine(page).getByLabel("Keep it in the vault on this device").check();
  await mine(page).getByRole("button", { name: "Use this key" }).dblclick();
  await expect(mine(page)).toContainText("ends in 5777, kept in the vault");
  await page.reload();
  // The page is left while its passphrase is looked at: a wrong one, and the right one.
  for (const words of ["a wrong one this time", PASSPHRASE]) {
    await unlock(mine(page), words);
    await place(page, "Activity");
    await place(page, "Connections");
  }
  await expect(mine(page)).toContainText("ends in 5777, kept in the vault");
});

test("another address asks for the key again, and the vault does not give it to that address", async ({ page, sandbox }) => {
  await keep(page, sandbox);
  await page.getByRole("button", { name: "Edit Mine" }).click();
  await mine(page).getByLabel("Base address").fill(`${BASES.kapso}/`);
  await page.getByRole("button", { name: "Save the connection" }).click();
  await expect(mine(page).locator("input[type=password]")).toBeVisible();
  await page.reload();
  await expect(mine(page).locator("input[type=password]")).toBeVisible();
  expect((await stored(page)).holds).toEqual([]);
  await expect(await call(page)).toHaveText("No key");
});

test("a connection whose address was changed while the vault was locked asks for its key", async ({ page, sandbox }) => {
  await keep(page, sandbox);
  await page.reload();
  await page.getByRole("button", { name: "Edit Mine" }).click();
  await mine(page).getByLabel("Base address").fill(`${BASES.kapso}/`);
  await page.getByRole("button", { name: "Save the connection" }).click();
  await unlock(mine(page));
  await expect(mine(page).getByRole("button", { name: "Use this key" })).toBeVisible();
  await expect(await call(page)).toHaveText("No key");
  expect(await sandbox.log()).toEqual([]);
});

test("what makes tokens stays in the vault as well", async ({ page, sandbox }) => {
  const { pkcs8 } = await pair();
  await own(page, sandbox.url, "vonage");
  const made = card(page, "vonage", "Mine");
  await made.getByLabel("Application ID").fill("78d335fa-323d-0114-9c3d-d6f0d48968cf");
  await made.locator("input[type=file]").setInputFiles({ name: "private.key", mimeType: "", buffer: Buffer.from(pkcs8) });
  await keepInNewVault(made);
  await made.getByRole("button", { name: "Use this key" }).click();
  await expect(made).toContainText("kept in the vault on this device.");
  const piece = pkcs8.split("\n")[3];
  expect(await sweep(page)).not.toContain(piece);
  await page.reload();
  await unlock(made);
  await expect(made).toContainText("Tokens are made here");
  const form = await Request.on(page).go("vonage.list-deployments");
  await form.send();
  await form.succeeded(200);
  expect(await sweep(page)).not.toContain(piece);
});

test("where nothing can be stored, the key is not lost and it is said", async ({ page, sandbox }) => {
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...given) {
      if (this.name === "vault" && "full" in globalThis) throw new DOMException("The storage is full.", "QuotaExceededError");
      return put.apply(this, given);
    };
  });
  await own(page, sandbox.url, "kapso");
  await page.evaluate(() => ((globalThis as any).full = true));
  await mine(page).locator("input[type=password]").first().fill(KEY);
  await keepInNewVault(mine(page));
  await mine(page).getByRole("button", { name: "Use this key" }).click();
  await expect(mine(page)).toContainText("The browser's storage is full, so the vault could not take it.");
  await expect(mine(page).locator("input[type=password]").first()).toHaveValue(KEY);
  await mine(page).getByLabel("Keep it in the vault on this device").uncheck();
  await mine(page).getByRole("button", { name: "Use this key" }).click();
  await expect(mine(page)).toContainText("kept in this tab only.");
});

test("it is destroyed with what is in it, in every tab, and with all data of this device", async ({ page, context, sandbox }) => {
  await keep(page, sandbox);
  const other = await context.newPage();
  await other.goto(`${sandbox.url}/connections`);
  await unlock(mine(other));
  await expect(mine(other)).toContainText("ends in 8273");
  const part = await settings(page);
  await part.getByRole("button", { name: "Destroy the vault" }).click();
  await part.getByRole("button", { name: "Keep it" }).click();
  await opened(page);
  await part.getByRole("button", { name: "Destroy the vault" }).click();
  await part.getByRole("button", { name: "Destroy it" }).click();
  await expect(part.getByRole("button", { name: "Make a vault" })).toBeVisible();
  await expect(mine(other).locator("input[type=password]")).toBeVisible();
  expect(await stored(page)).toBeUndefined();

  await place(other, "Connections");
  await mine(other).locator("input[type=password]").first().fill(KEY);
  await keepInNewVault(mine(other));
  await mine(other).getByRole("button", { name: "Use this key" }).click();
  await expect(mine(other)).toContainText("kept in the vault");
  await page.getByRole("button", { name: "Erase the data on this device" }).click();
  const reloaded = page.waitForEvent("load");
  await page.getByRole("button", { name: "Erase them" }).click();
  await reloaded;
  await expect(part.getByRole("button", { name: "Make a vault" })).toBeVisible();
  expect(await stored(page)).toBeUndefined();
});
