// How long a keystroke takes in the largest form, from the input event to the end of the next frame.
// The browser is started without its frame rate limit: otherwise half of what is measured is waiting
// for the screen.
import { chromium } from "@playwright/test";
import { expect, test } from "../support/fixtures.ts";
import { median, report } from "../support/figures.ts";

const KEYS = 200;

declare global {
  // When the key was seen on the page, in milliseconds since it was pressed.
  var seen: PromiseWithResolvers<number>;
}

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
    addEventListener(
      "beforeinput",
      () => {
        const from = performance.now();
        requestAnimationFrame(() => {
          // A message is delivered after the frame has been drawn.
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => seen.resolve(performance.now() - from);
          port2.postMessage(null);
        });
      },
      true,
    );
  });
  await page.locator('[name="message.body_text"]').focus();
  const times: number[] = [];
  for (let key = 1; key <= KEYS; key++) {
    // Not by polling for each frame: that keeps frames coming at the screen's own pace.
    await page.evaluate(() => {
      globalThis.seen = Promise.withResolvers<number>();
    });
    await page.keyboard.press("a");
    times.push(await page.evaluate(() => seen.promise));
  }
  await browser.close();
  const figure = median(times);
  report("keystroke to the next frame, largest form", `${figure.toFixed(1)} ms`, `median of ${KEYS}, at most 8`);
  expect(figure).toBeLessThanOrEqual(8);
});
