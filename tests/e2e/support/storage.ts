// What the browser has stored for the site, wherever it may.
import type { Page } from "@playwright/test";

// The device of the console: the keys and texts of each shelf, and the settings as they are stored.
export interface Stored {
  // Of its database.
  version: number;
  settings: Record<string, string>;
  shelves: Record<string, [string, string][]>;
}

// Read past the page.
export function onDevice(page: Page): Promise<Stored> {
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

// The keys of a shelf.
export const keys = async (page: Page, shelf: string): Promise<string[]> =>
  (await onDevice(page)).shelves[shelf].map(([key]) => key);

// Removes an entry past the page.
export function forget(page: Page, shelf: string, key: string): Promise<void> {
  return page.evaluate(
    ([shelf, key]) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open("switchboard");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const transaction = opening.result.transaction(shelf, "readwrite");
          transaction.objectStore(shelf).delete(key);
          transaction.oncomplete = () => resolve(opening.result.close());
          transaction.onabort = () => reject(transaction.error);
        };
      }),
    [shelf, key],
  );
}

// Keeps everybody else from a shelf until it is given back, as another tab does that is writing there.
export async function occupy(page: Page, shelf: string): Promise<() => Promise<void>> {
  await page.evaluate(
    (shelf) =>
      new Promise<void>((resolve, reject) => {
        const world = globalThis as any;
        world.occupied = true;
        const opening = indexedDB.open("switchboard");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const store = opening.result.transaction(shelf, "readwrite").objectStore(shelf);
          // It lasts as long as it is asked something.
          const ask = () => {
            store.count().onsuccess = () => {
              resolve();
              if (world.occupied) ask();
              else opening.result.close();
            };
          };
          ask();
        };
      }),
    shelf,
  );
  return () => page.evaluate(() => void ((globalThis as any).occupied = false));
}

// Everything stored, as one text, but for these shelves: to prove that a secret is nowhere in it.
export function sweep(page: Page, except: string[] = []): Promise<string> {
  return page.evaluate(async (except) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const found: unknown[] = [{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href];
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name!));
      for (const store of database.objectStoreNames) {
        if (except.includes(store)) continue;
        const all = database.transaction(store).objectStore(store);
        found.push(name, store, await done(all.getAllKeys()), await done(all.getAll()));
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      for (const request of await (await caches.open(name)).keys()) {
        found.push(request.url, await (await caches.match(request))?.text());
      }
    }
    return JSON.stringify(found);
  }, except);
}
