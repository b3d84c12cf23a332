// How long a visitor waits: for the start page, on a good machine and on a poor one, and for a form that can
// be typed into. The median of seven, each in a browser profile of its own, so that nothing is cached.
import type { Browser, Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.ts";
import { median, report } from "../support/figures.ts";

const TIMES = 7;
const MEGABIT = 1_000_000 / 8;

// A machine and its line, next to which the one at hand is good.
interface Poor {
  // Times less processor.
  processor: number;
  // Bytes a second.
  line: number;
  // Milliseconds.
  latency: number;
}

// The median of the times, in milliseconds on the page's own clock, which starts with the navigation.
async function load(browser: Browser, usable: (page: Page) => Promise<number>, poor?: Poor): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    if (poor) {
      const cdp = await context.newCDPSession(page);
      const { processor: rate, line, latency } = poor;
      await cdp.send("Emulation.setCPUThrottlingRate", { rate });
      await cdp.send("Network.enable");
      await cdp.send("Network.emulateNetworkConditions", { offline: false, latency, downloadThroughput: line, uploadThroughput: line });
    }
    times.push(await usable(page));
    await context.close();
  }
  return median(times);
}

// When the frame is delivered that has the whole start page: its steps, its providers and the places.
async function startPage(page: Page, url: string): Promise<number> {
  await page.addInitScript(() => {
    const whole = () => [".first-steps a", ".connected a", "nav a[href$='/settings']"].every((part) => document.querySelector(part));
    const look = () => {
      if (!whole()) return requestAnimationFrame(look);
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => performance.mark("usable");
      port2.postMessage(null);
    };
    requestAnimationFrame(look);
  });
  await page.goto(url);
  const mark = () => page.evaluate(() => performance.getEntriesByName("usable")[0]?.startTime ?? 0);
  await expect.poll(mark).toBeGreaterThan(0);
  return mark();
}

async function form(page: Page, url: string): Promise<number> {
  await page.goto(`${url}/requests/kapso.send-message`, { waitUntil: "commit" });
  await page.locator('[name="message.content"]').fill("typed");
  await expect(page.getByLabel("JSON body")).toContainText("typed");
  return page.evaluate(() => performance.now());
}

const poor = { processor: 4, line: 10 * MEGABIT, latency: 40 };
for (const [name, limit, usable, machine] of [
  ["first load to the whole start page", 250, startPage, undefined],
  ["the same, a quarter of the processor, 10 Mbit/s, 40 ms", 750, startPage, poor],
  ["first load to a usable form", 1000, form, undefined],
] as const) {
  test(name, async ({ browser, sandbox }) => {
    test.setTimeout(120_000);
    const time = await load(browser, (page) => usable(page, sandbox.url), machine);
    report(name, `${time.toFixed(0)} ms`, `median of ${TIMES}, at most ${limit}`);
    expect(time).toBeLessThanOrEqual(limit);
  });
}
