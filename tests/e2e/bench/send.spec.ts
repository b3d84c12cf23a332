// A text to 10,000 people in the sandbox, with a request for each and a reload in the middle: how long the
// page stands still at most, what it holds in memory, and that nobody is twice or lost. The sandbox has no
// quota, so nothing is held back.
import { writeFile } from "node:fs/promises";
import { expect, test } from "../support/fixtures.ts";
import { report } from "../support/figures.ts";
import { memory } from "../support/painting.ts";
import { numbers, reached, Sending, sent, Sent } from "../support/sending.ts";
import type { Page } from "@playwright/test";

const PEOPLE = Number(process.env.PEOPLE ?? 10_000);
const LONGEST = 100;
const MEGABYTE = 1_000_000;

// Notes the longest frame from here on, on this page.
const watchFrames = (page: Page) =>
  page.evaluate(() => {
    const world = globalThis as any;
    world.longest = 0;
    let last = performance.now();
    const look = (now: number) => {
      world.longest = Math.max(world.longest, now - last);
      last = now;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });

const longest = (page: Page): Promise<number> => page.evaluate(() => (globalThis as any).longest);

const answered = async (page: Page): Promise<number> =>
  Number(await page.getByRole("progressbar", { name: "Answered" }).getAttribute("aria-valuenow"));

const until = (page: Page, count: number) =>
  expect.poll(() => answered(page), { timeout: 600_000, intervals: [500] }).toBeGreaterThanOrEqual(count);

test("bulk", async ({ page, sandbox }) => {
  test.setTimeout(1_200_000);
  const cdp = await page.context().newCDPSession(page);
  const people = numbers(PEOPLE);
  const sending = await Sending.open(page, sandbox.url);
  await sending.file(["name;phone", ...people.map((one, at) => `Person ${at};${one}`)].join("\r\n"));
  await sending.text.fill("Hello {name}, we are open until 6 today.");
  await sending.app();
  await expect(sending.button).toContainText(`Send to ${PEOPLE.toLocaleString("en")}`);
  await watchFrames(page);
  const message: Sent = await sending.send();
  const begun = Date.now();
  // Each time before the collection of garbage, in which the page stands still.
  const worst: number[] = [];
  await until(page, PEOPLE / 10);
  worst.push(await longest(page));
  const early = await memory(cdp);
  await watchFrames(page);
  await until(page, PEOPLE / 2);
  worst.push(await longest(page));
  await page.reload();
  await expect(message.bar).toBeVisible();
  await watchFrames(page);
  await until(page, PEOPLE * 0.95);
  worst.push(await longest(page));
  const late = await memory(cdp);
  await watchFrames(page);
  await message.done(600_000);
  worst.push(await longest(page));
  const seconds = (Date.now() - begun) / 1_000;
  const unknown = Number(await page.locator(".send-counts .unknown strong").innerText());
  const all = reached(await sent(sandbox));
  report(`bulk of ${PEOPLE} people, the longest frame`, `${Math.max(...worst).toFixed(0)} ms`, `less than ${LONGEST}`);
  report("the same, memory after a tenth and at its end", `${(early / MEGABYTE).toFixed(1)}, ${(late / MEGABYTE).toFixed(1)} MB`, "flat");
  report("the same, in all", `${seconds.toFixed(0)} s`, `${unknown} unknown after a reload, nobody twice or lost`);
  expect(new Set(all).size, "nobody twice").toBe(all.length);
  expect(unknown, "the one under way").toBeLessThanOrEqual(1);
  expect(all.length, "nobody lost").toBeGreaterThanOrEqual(PEOPLE - unknown);
  await message.counts({ queued: PEOPLE - unknown, refused: 0, waiting: 0 });
  expect(late - early, "memory grows").toBeLessThan(3 * MEGABYTE);
  expect(Math.max(...worst)).toBeLessThan(LONGEST);
});

test("bulk in the sandbox of the page", async ({ page, host }) => {
  test.setTimeout(600_000);
  const site = await host();
  const sending = await Sending.open(page, site.url);
  await sending.write(numbers(PEOPLE), "Hello");
  await watchFrames(page);
  const message = await sending.send();
  await message.done(300_000);
  await message.counts({ queued: PEOPLE });
  const frame = await longest(page);
  report(`one text to ${PEOPLE} people, in the page's sandbox`, `${frame.toFixed(0)} ms`, `the longest frame, less than ${LONGEST}`);
  expect(frame).toBeLessThan(LONGEST);
});

test("a table of 100,000 rows", async ({ page, sandbox }) => {
  const rows = Array.from({ length: 100_000 }, (_, at) => `Person ${at};${447_700_000_000 + at};"Street ${at}, ""Town"""`);
  const path = test.info().outputPath("people.csv");
  await writeFile(path, ["name;phone;address", ...rows].join("\r\n"));
  const sending = await Sending.open(page, sandbox.url);
  await sending.text.fill("Hello {name}");
  await page.getByLabel("A file (CSV)").check();
  await watchFrames(page);
  await page.locator("#people-file").setInputFiles(path);
  await expect(sending.found).toHaveText("100,000 people can be written to.", { timeout: 60_000 });
  const frame = await longest(page);
  report("a table of 100,000 rows read and checked", `${frame.toFixed(0)} ms`, `the longest frame, less than ${LONGEST}`);
  expect(frame).toBeLessThan(LONGEST);
});
