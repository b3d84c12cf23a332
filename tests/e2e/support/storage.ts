// What the browser has stored for the site, wherever it may: to prove that a secret is nowhere in it.
import type { Page } from "@playwright/test";

// Everything stored, as one text, but for these shelves.
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
