// The console module, which takes the page over from the start module.
import { expect, type Page } from "@playwright/test";

// Keeps the console module away until it is let in.
export async function hold(page: Page): Promise<() => void> {
  let arrive = () => {};
  const held = new Promise<void>((done) => (arrive = done));
  await page.route("**/console.js*", async (route) => {
    await held;
    await route.continue();
  });
  return () => arrive();
}

// Lets the console module in, and waits until the frame is the console's.
export async function letIn(page: Page, arrive: () => void): Promise<void> {
  const before = await page.locator(".frame").elementHandle();
  arrive();
  await expect.poll(() => before?.evaluate((frame) => frame.isConnected)).toBe(false);
  await expect(page.locator(".frame")).toHaveCount(1);
}
