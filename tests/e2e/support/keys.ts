// How long keystrokes take in a field, from the input event to the end of the next frame. Meant for a
// browser without its frame rate limit: otherwise half of what is measured is waiting for the screen.
import type { Page } from "@playwright/test";

export const UNLIMITED = ["--disable-frame-rate-limit", "--disable-gpu-vsync"];

declare global {
  // When the key was seen on the page, in milliseconds since it was pressed.
  var seen: PromiseWithResolvers<number>;
}

// To be called once on a page.
export async function watchKeys(page: Page): Promise<void> {
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
}

// Types so many letters into the field that has the focus.
export async function type(page: Page, keys: number): Promise<number[]> {
  const times: number[] = [];
  for (let key = 1; key <= keys; key++) {
    // Not by polling for each frame: that keeps frames coming at the screen's own pace.
    await page.evaluate(() => {
      globalThis.seen = Promise.withResolvers<number>();
    });
    await page.keyboard.press("a");
    times.push(await page.evaluate(() => seen.promise));
  }
  return times;
}
