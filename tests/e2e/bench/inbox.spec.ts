// The inbox with a hundred, ten thousand and a hundred thousand messages of one conversation on the
// device: opened, scrolled, searched, written in, and with older messages coming. What is timed is the
// median of five runs, each in a newly started browser; what must never be is the worst of them.
import type { Page } from "@playwright/test";
import { expect, test } from "../support/fixtures.ts";
import { Device } from "../support/device.ts";
import { median, percentile, Sizes } from "../support/figures.ts";
import { type, UNLIMITED, watchKeys } from "../support/keys.ts";
import { follow, followed, frames, memory, painted, prepare, watchFor, wheel } from "../support/painting.ts";

const SIZES = (process.env.SIZES ?? "100,10000,100000").split(",").map(Number);
const TIMES = 5;
// Seconds that the wheel is turned, and pixels a second: twenty notches of most wheels.
const SECONDS = 3;
const SPEED = 2_000;
const KEYS = 100;
const MEGABYTE = 1_000_000;

// What the oldest message of a conversation of the sandbox says, and no other.
const OLDEST = "a neighbour recommended";
// Each text begins with its number, which is a list marker.
const numbered = (number: number): string => `.message li[value="${number}"]`;
const places = (size: number) => ({ oldest: [OLDEST, 1], middle: [`${size / 2}.`, size / 2], newest: [`${size}.`, size] }) as const;

interface Run {
  opened: number;
  elements: number;
  frames: number[];
  blank: number;
  found: Record<keyof ReturnType<typeof places>, number>;
  bytes: number;
}

// Opens a conversation, turns the wheel, and finds what is oldest, in the middle and newest.
async function read(page: Page, device: Device, id: string, size: number): Promise<Run> {
  const cdp = await page.context().newCDPSession(page);
  await page.goto(`${device.sandbox.url}/inbox`);
  const row = page.locator(`.conversation[href$="/${id}"]`);
  await expect(row).toBeVisible();
  await expect(page.locator(".fresh")).toContainText("Updated");
  await prepare(page);
  const newest = page.waitForResponse(/whatsapp_messages/);
  await watchFor(page, "click", numbered(size));
  await row.click();
  const opened = await painted(page);
  await newest;
  const elements = await page.locator("*").count();
  const turned = await wheel(page, cdp, SECONDS, SPEED);
  expect(turned.moved, "pixels that the wheel moved").toBeGreaterThan((SECONDS * SPEED) / 2);
  const found = await search(page, size);
  return {
    opened,
    elements: Math.max(elements, turned.elements),
    frames: turned.frames,
    blank: turned.blank,
    found,
    bytes: await memory(cdp),
  };
}

async function search(page: Page, size: number): Promise<Run["found"]> {
  await page.locator(".thread-scroll").focus();
  await page.keyboard.press("f");
  const field = page.getByRole("searchbox", { name: "Words to find" });
  const said = page.getByRole("search", { name: "Find in this conversation" }).getByRole("status");
  await expect(field).toBeFocused();
  const found = { oldest: 0, middle: 0, newest: 0 };
  for (const place of ["oldest", "middle", "newest"] as const) {
    const [words, number] = places(size)[place];
    // With a letter too many before it, so that no part of it is found before the last key.
    await field.fill("");
    await page.keyboard.type(`x${words}`, { delay: 30 });
    await expect(said).toHaveText("Not found");
    await page.keyboard.press("Home");
    await watchFor(page, "input", `.hit${numbered(number)}`);
    await page.keyboard.press("Delete");
    found[place] = await painted(page);
    await expect(said).toHaveText(/^1 of 1\. /);
  }
  return found;
}

// Milliseconds from keystrokes in the composer to the next frame, in rounds.
async function write(page: Page, device: Device, id: string, size: number): Promise<number[][]> {
  await page.goto(`${device.sandbox.url}/inbox/${id}`);
  await expect(page.locator(numbered(size))).toBeVisible();
  await watchKeys(page);
  await page.locator('textarea[name="message.content"]').focus();
  const rounds: number[][] = [];
  for (let time = 0; time < TIMES; time++) rounds.push(await type(page, KEYS));
  return rounds;
}

// How far a row moves while a hundred older messages come before it: in the end, and in the worst frame.
async function prepend(page: Page, device: Device, id: string, newest: number): Promise<[number, number]> {
  await page.goto(`${device.sandbox.url}/inbox/${id}`);
  await expect(page.locator(numbered(newest))).toBeVisible();
  await prepare(page);
  const scroller = page.locator(".thread-scroll");
  const reading = page.getByText("Reading older messages…");
  let [rest, worst] = [0, 0];
  for (let time = 0; time < TIMES; time++) {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(/whatsapp_messages\?/, async (route) => {
      await held;
      await route.continue();
    });
    // A long conversation is shown a stretch at a time, so the top of it takes several turns.
    while (!(await reading.isVisible())) {
      await scroller.evaluate((element) => element.scrollTo(0, 0));
      await frames(page, 2);
    }
    await scroller.evaluate((element) => element.scrollTo(0, 1_000));
    await frames(page, 20);
    // Rows that come from the device grow, whatever is prepended.
    await expect(scroller.locator(".waiting")).toHaveCount(0);
    const eye = await underTheEye(page);
    await follow(page.locator(numbered(eye)));
    await frames(page, 10);
    const before = await scroller.evaluate((element) => element.scrollTop);
    release();
    await expect(reading).toHaveCount(0);
    await frames(page, 60);
    const tops = await followed(page);
    const after = await scroller.evaluate((element) => element.scrollTop);
    expect(after - before, "pixels that came above").toBeGreaterThan(2_000);
    rest = Math.max(rest, Math.abs(tops.at(-1)! - tops[0]));
    worst = Math.max(worst, ...tops.map((top) => Math.abs(top - tops[0])));
    await page.unroute(/whatsapp_messages\?/);
  }
  return [rest, worst];
}

// The number of a message in the middle of what is seen.
const underTheEye = (page: Page): Promise<number> =>
  page.locator(".thread-scroll").evaluate((element) => {
    const { top, height } = element.getBoundingClientRect();
    const numbers = [...element.querySelectorAll<HTMLLIElement>(".message ol > li")];
    return numbers.find((number) => number.getBoundingClientRect().top > top + height / 3)!.value;
  });

async function measure(device: Device, size: number, sizes: Sizes): Promise<void> {
  const id = await device.fill(size);
  const runs: Run[] = [];
  for (let time = 0; time < TIMES; time++) runs.push(await device.browse((page) => read(page, device, id, size)));
  const typical = (of: (run: Run) => number) => median(runs.map(of));
  const worst = (of: (run: Run) => number) => Math.max(...runs.map(of));
  const add = (what: string, figure: number, most: number, unit: string, digits = 0) => sizes.add(what, size, figure, { most, unit, digits });
  add("click on the conversation to the newest message painted", typical((run) => run.opened), 100, "ms");
  add("elements on the page, also while it is scrolled", worst((run) => run.elements), 600, "");
  add("JS heap, document and wasm memory after all that is listed here", typical((run) => run.bytes) / MEGABYTE, 40, "MB", 1);
  const rounds = await device.browse((page) => write(page, device, id, size), ...UNLIMITED);
  for (const [what, most, of] of [
    ["keystroke in the composer to the next frame", 6, median],
    ["the same, slowest of 20", 10, (times: number[]) => percentile(times, 95)],
  ] as const) {
    add(what, median(rounds.map(of)), most, "ms", 1);
  }
  add(`frame while the wheel is turned for ${SECONDS} s`, typical((run) => median(run.frames)), 17.5, "ms", 1);
  add("the longest of them", worst((run) => Math.max(...run.frames)), 50, "ms", 1);
  add("of them with a blank row", worst((run) => run.blank), 0, "");
  for (const place of ["oldest", "middle", "newest"] as const) {
    add(`find words in all messages, the hit is the ${place}`, typical((run) => run.found[place]), 300, "ms");
  }
  const older = TIMES * 100;
  const more = await device.fill(size, older);
  const [rest, moved] = await device.browse((page) => prepend(page, device, more, size + older));
  add("100 older messages come: the row that is read moves", rest, 0, "px", 2);
  add("the same, in the worst frame", moved, 1, "px", 2);
}

test("inbox", async ({ launchOptions }) => {
  test.setTimeout(1_800_000);
  const sizes = new Sizes(SIZES);
  const device = await Device.start(launchOptions);
  try {
    for (const size of SIZES) await measure(device, size, sizes);
  } finally {
    sizes.report("What");
    await device.stop();
  }
  expect(sizes.missed).toEqual([]);
});
