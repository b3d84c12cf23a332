// A device as an earlier version of the console left it. `cargo xtask freeze` writes the present one to
// `stores/`, named after the version of its database; do so before that version is raised, and never change
// an older file: it stands for what people have.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Stored } from "./storage.ts";
import type { Page } from "@playwright/test";

export const STORES = join(import.meta.dirname, "../stores");

export interface Frozen extends Stored {
  // When it was left, as an ISO time.
  at: string;
}

export const versions = (): string[] => readdirSync(STORES).filter((name) => name.endsWith(".json")).sort();

export const frozen = (name: string): Frozen => JSON.parse(readFileSync(join(STORES, name), "utf8"));

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

// The first version with texts to many.
export const WITH_MANY = 6;

// What was done on the device before it was left.
export const LEFT = {
  number: "7700900321",
  customer: "Kept since long ago",
  draft: "Half a name",
  written: "Sent before the update",
  unsent: "Not sent before the update",
  // A text to so many, paused after some.
  many: { text: "To many before the update", people: 60 },
  reply: { title: "Opening hours", text: "We are open from 9 to 5." },
  connection: "Our own relay",
  key: "a-key-of-long-ago-5150",
};
