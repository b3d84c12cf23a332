// How long a keystroke takes in the largest form, from the input event to the end of the next frame.
// The browser is started without its frame rate limit: otherwise half of what is measured is waiting
// for the screen.
import { chromium } from "@playwright/test";
import { expect, test } from "../support/fixtures.ts";
import { median, report } from "../support/figures.ts";

const KEYS = 200;

test("keystroke", async ({ sandbox, launchOptions }) => {
  test.setTimeout(120_000);
  const args = [...(launchOptions.args ?? []), "--disable-frame-rate-limit", "--disable-gpu-vsync"];
  const browser = await chromium.launch({ ...launchOptions, args });
  const page = await browser.newPage();
  await page.goto(`${sandbox.url}/requests/kapso.send-message`);
  await page.locator('[name="message.message_type"]').selectOption("interactive");
  await page.locator('[name="message.interactive_type"]').selectOption("list");
  await page.locator('[data-add="message.sections"]').click();
  for (let row = 0; row < 10; row++) {
    await page.locator('[data-add="message.sections.0.rows"]').click();
    await page.locator(`[name="message.sections.0.rows.${row}.id"]`).fill(`row-${row}`);
    await page.locator(`[name="message.sections.0.rows.${row}.title"]`).fill(`Title ${row}`);
  }
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(globalThis, { times });
    addEventListener(
      "beforeinput",
      () => {
        const from = performance.now();
        requestAnimationFrame(() => {
          // A message is delivered after the frame has been drawn.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => times.push(performance.now() - from);
          port2.postMessage(null);
        });
      },
      true,
    );
  });
  await page.locator('[name="message.body_text"]').focus();
  for (let key = 1; key <= KEYS; key++) {
    await page.keyboard.press("a");
    await page.waitForFunction((done) => (globalThis as unknown as { times: number[] }).times.length === done, key);
  }
  const times = await page.evaluate(() => (globalThis as unknown as { times: number[] }).times);
  await browser.close();
  const figure = median(times);
  report("keystroke to the next frame, largest form", `${figure.toFixed(1)} ms`, `median of ${KEYS}, at most 8`);
  expect(figure).toBeLessThanOrEqual(8);
});
