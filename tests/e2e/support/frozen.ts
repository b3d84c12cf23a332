// A device as an earlier version of the console left it. `cargo xtask freeze` writes the present one to
// `stores/`, named after the version of its database; do so before that version is raised, and never change
// an older file: it stands for what people have.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";

export const STORES = join(import.meta.dirname, "../stores");

export interface Frozen {
  // The version of the database.
  version: number;
  // When it was left, as an ISO time.
  at: string;
  settings: Record<string, string>;
  // Keys and texts by shelf.
  shelves: Record<string, [string, string][]>;
}

export const versions = (): string[] => readdirSync(STORES).filter((name) => name.endsWith(".json")).sort();

export const frozen = (name: string): Frozen => JSON.parse(readFileSync(join(STORES, name), "utf8"));

// What a page of the site has stored.
export function freeze(page: Page): Promise<Omit<Frozen, "at">> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await done(indexedDB.open("switchboard"));
    const shelves: Record<string, [string, string][]> = {};
    for (const name of database.objectStoreNames) {
      const shelf = database.transaction(name).objectStore(name);
      const [keys, texts] = [await done(shelf.getAllKeys()), await done(shelf.getAll())];
      shelves[name] = keys.map((key, at) => [key as string, texts[at]]);
    }
    const { version } = database;
    database.close();
    return { version, settings: { ...localStorage }, shelves };
  });
}

// Puts it on the device of a page that is of the site, and not yet of the console.
export async function thaw(page: Page, { version, settings, shelves }: Frozen): Promise<void> {
  await page.evaluate(
    async ({ version, settings, shelves }) => {
      Object.entries(settings).forEach(([name, text]) => localStorage.setItem(name, text));
      await new Promise<void>((resolve, reject) => {
        const request = indexedDB.open("switchboard", version);
        request.onupgradeneeded = () => {
          for (const [name, entries] of Object.entries(shelves)) {
            const shelf = request.result.createObjectStore(name);
            entries.forEach(([key, text]) => shelf.put(text, key));
          }
        };
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          request.result.close();
          resolve();
        };
      });
    },
    { version, settings, shelves },
  );
}

// What was done on the device before it was left.
export const LEFT = {
  number: "7700900321",
  customer: "Kept since long ago",
  draft: "Half a name",
  written: "Sent before the update",
  unsent: "Not sent before the update",
  reply: { title: "Opening hours", text: "We are open from 9 to 5." },
  connection: "Our own relay",
  key: "a-key-of-long-ago-5150",
};
