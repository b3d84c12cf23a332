// The page by keyboard alone, with the focus in sight at every step.
import { expect, type Locator, type Page } from "@playwright/test";

// More stops than any page here has.
const STOPS = 80;

// How the focus is seen; after the last stop of the page it is with the browser itself.
export const seen = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement!;
    if (element === document.body) return "visible";
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    const visible = outlineStyle !== "none" && parseFloat(outlineWidth) > 0 && width > 0 && height > 0;
    return visible ? "visible" : `no outline on ${element.outerHTML.slice(0, 120)}`;
  });

// Presses Tab until the focus is there.
export async function tab(page: Page, to: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  for (let stop = 0; stop < STOPS; stop++) {
    await page.keyboard.press(key);
    expect(await seen(page)).toBe("visible");
    if (await to.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${key} does not lead to ${to}`);
}

export async function type(page: Page, to: Locator, text: string): Promise<void> {
  await tab(page, to);
  await page.keyboard.type(text);
}

// Goes down in a list of choices until this one is chosen.
export async function choose(page: Page, to: Locator, value: string): Promise<void> {
  await tab(page, to);
  for (let press = 0; press < 20; press++) {
    if ((await to.inputValue()) === value) return;
    await page.keyboard.press("ArrowDown");
  }
  throw new Error(`The arrows do not lead to ${value}.`);
}

// Puts a text into a field the way a copy of it gets there: through the clipboard, in place of what
// was there.
export async function paste(page: Page, to: Locator, text: string): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await to.selectText();
  // The browser fetches the text from elsewhere, so it may arrive after the keys did.
  const arrived = await to.evaluateHandle((input) => ({
    event: new Promise<void>((done) => input.addEventListener("input", () => done(), { once: true })),
  }));
  await to.press("Control+V");
  await arrived.evaluate(({ event }) => event);
}
