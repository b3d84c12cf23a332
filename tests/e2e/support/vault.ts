// The vault on this device, as a person meets it under Settings.
import { expect, type Locator, type Page } from "@playwright/test";
import { place } from "./connections.ts";

export const PASSPHRASE = "correct horse battery";

export const panel = (page: Page): Locator => page.getByRole("region", { name: "Vault" });
export const passphrase = (part: Page | Locator): Locator => part.getByLabel("Passphrase of the vault");

export async function settings(page: Page): Promise<Locator> {
  await place(page, "Settings");
  return panel(page);
}

// Types a new passphrase twice.
export async function twice(part: Locator, words: string): Promise<void> {
  await part.getByLabel("New passphrase").fill(words);
  await part.getByLabel("The same again").fill(words);
}

// Keeps the key that is being entered in the vault, which is made on the way.
export async function keepInNewVault(card: Locator, words = PASSPHRASE): Promise<void> {
  await card.getByLabel("Keep it in the vault on this device").check();
  await twice(card, words);
}

// Unlocks by the form that is shown in a part of a page.
export async function unlock(part: Locator, words = PASSPHRASE): Promise<void> {
  const button = part.getByRole("button", { name: "Unlock the vault" });
  await expect(button.or(passphrase(part)).first()).toBeVisible();
  if (await button.isVisible()) await button.click();
  await passphrase(part).fill(words);
  await part.getByRole("button", { name: "Unlock", exact: true }).click();
}

// What is stored of the vault.
export const stored = (page: Page): Promise<any> => entry(page);

// Puts something else in its place.
export const store = (page: Page, text: string): Promise<any> => entry(page, text);

function entry(page: Page, text?: string): Promise<any> {
  return page.evaluate(async (text) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open("switchboard"));
    const shelf = database.transaction("vault", "readwrite").objectStore("vault");
    const found = text === undefined ? await done(shelf.get("vault")) : await done(shelf.put(text, "vault"));
    database.close();
    return text === undefined && found !== undefined ? JSON.parse(found) : found;
  }, text);
}

export async function opened(page: Page, held: string | RegExp = "It is open in this tab"): Promise<void> {
  await expect(panel(page)).toContainText(held);
}
