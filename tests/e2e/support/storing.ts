// What a page shows it stores a moment later. A person takes longer than that to leave; a test does not.
import type { BrowserContext, Page } from "@playwright/test";

// Makes every page of the context wait, before one of them is left or opened, until all have stored what
// they have begun to. What waits for its time before it is stored is waited for by whoever knows of it.
export async function storesBeforeLeaving(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    if (typeof IDBDatabase === "undefined") return;
    const begun = new Set<IDBTransaction>();
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...of: Parameters<typeof begin>) {
      const transaction = begin.apply(this, of);
      begun.add(transaction);
      for (const end of ["complete", "abort"]) transaction.addEventListener(end, () => begun.delete(transaction));
      return transaction;
    };
    // How the device is asked at the moment.
    (globalThis as any).transactions = () => [...begun].map(({ mode }) => mode);
  });
  const wait = async () => {
    await Promise.all(context.pages().map(stored));
  };
  const over = (page: Page) => {
    const { goto, reload, close } = page;
    page.goto = async (...all) => (await wait(), goto.apply(page, all));
    page.reload = async (...all) => (await wait(), reload.apply(page, all));
    page.close = async (...all) => (await wait(), close.apply(page, all));
  };
  context.pages().forEach(over);
  context.on("page", over);
}

// Milliseconds after which something is wrong with what is being stored.
const ENDLESS = 30_000;

// Waits until nothing is being stored, twice: one transaction may lead to the next.
async function stored(page: Page): Promise<void> {
  const begun = Date.now();
  for (let quiet = 0; quiet < 2; ) {
    if (Date.now() - begun > ENDLESS) throw new Error(`${page.url()} goes on storing, and cannot be left`);
    // A page that is gone, or on its way, has nothing to wait for.
    const busy = await page.evaluate(() => (globalThis as any).transactions?.().includes("readwrite") ?? false).catch(() => false);
    quiet = busy ? 0 : quiet + 1;
  }
}

// Closes a page whatever it is storing.
export const closeAtOnce = (page: Page): Promise<void> => (Object.getPrototypeOf(page) as Page).close.call(page);
