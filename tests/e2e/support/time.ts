// Time that passes on a page step by step, at the pace at which answers come.
import { expect, type Locator, type Page } from "@playwright/test";

// Counts the calls of a page that are under way, and what it reads and writes on the device around them;
// timers of the page play no part in it.
export async function countCalls(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const world = globalThis as any;
    const asked = new Set<{ line: string }>();
    const send = world.fetch.bind(world);
    world.fetch = async (...call: any[]) => {
      const one = { line: `${call[0].method ?? call[1]?.method ?? "GET"} ${call[0].url ?? call[0]}` };
      asked.add(one);
      try {
        const answer = await send(...call);
        await answer.clone().arrayBuffer();
        return answer;
      } finally {
        asked.delete(one);
      }
    };
    const soon = () => new Promise((resolve) => {
      const port = new MessageChannel();
      port.port1.onmessage = resolve;
      port.port2.postMessage(null);
    });
    world.settled = async (hanging: RegExp | null) => {
      const underWay = () => (world.transactions?.() ?? []).length > 0 || [...asked].some(({ line }) => !hanging?.test(line));
      for (let quiet = 0; quiet < 20; quiet++) {
        await soon();
        if (underWay()) quiet = 0;
      }
    };
  });
}

// Waits until calls have their answers, and the device has what it was given.
export const settled = (page: Page, hanging: RegExp | null = null): Promise<void> =>
  page.evaluate((hanging) => (globalThis as any).settled(hanging), hanging);

interface Passing {
  // Runs before each second.
  each?: (second: number) => Promise<unknown>;
  // Ends it early once this holds.
  done?: () => Promise<boolean>;
  // Calls that never end, by method and address, and are not waited for.
  hanging?: RegExp | null;
}

// Time on every page of the browser stands still from here on, but for `pass`.
export async function freeze(page: Page): Promise<void> {
  await page.clock.pauseAt(new Date(await page.evaluate(() => Date.now() + 1_000)));
}

// Lets time pass second by second, with every answer that is due read before the next. One clock runs in
// all pages of a browser.
export async function pass(pages: Page | Page[], seconds: number, { each, done, hanging = null }: Passing = {}): Promise<void> {
  const all = Array.isArray(pages) ? pages : [pages];
  for (let second = 0; second < seconds; second++) {
    if (await done?.()) return;
    await each?.(second);
    await all[0].clock.runFor(1_000);
    for (const page of all) await settled(page, hanging);
  }
}

// Lets time pass until something is seen.
export async function until(pages: Page | Page[], seen: Locator, most = 30): Promise<void> {
  await pass(pages, most, { done: () => seen.first().isVisible() });
  await expect(seen.first()).toBeVisible();
}
