// How long a visitor waits: for the start page, and for a form that can be typed into. The median of
// five, each in a browser profile of its own, so that nothing is cached.
import type { Browser, Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.ts";
import { median, report } from "../support/figures.ts";

const TIMES = 5;

async function load(browser: Browser, url: string, usable: (page: Page) => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(url, { waitUntil: "commit" });
    await usable(page);
    // On the page's own clock, which starts with the navigation.
    times.push(await page.evaluate(() => performance.now()));
    await context.close();
  }
  return median(times);
}

test("first load", async ({ browser, sandbox }) => {
  test.setTimeout(120_000);
  const start = await load(browser, sandbox.url, async (page) => {
    await expect(page.getByRole("link", { name: "Create a deployment" })).toBeVisible();
  });
  report("first load to the list of requests", `${start.toFixed(0)} ms`, `median of ${TIMES}`);
  const form = await load(browser, `${sandbox.url}/requests/kapso.send-message`, async (page) => {
    await page.locator('[name="message.content"]').fill("typed");
    await expect(page.getByLabel("JSON body")).toContainText("typed");
  });
  report("first load to a usable form", `${form.toFixed(0)} ms`, `median of ${TIMES}, at most 1000`);
  expect(form).toBeLessThanOrEqual(1000);
});
