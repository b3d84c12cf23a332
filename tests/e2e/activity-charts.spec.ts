// Charts of the history: the question, the answer in words, the drawing, and a table of the same; by
// keyboard too, and right where clocks are put forward or back.
import { expect, test } from "./support/fixtures.ts";
import { done, doubtful, failed, field, openWith, put, refused, rows, shows, type Call } from "./support/history.ts";
import { Request } from "./support/form.ts";
import type { Locator, Page } from "@playwright/test";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
// A Tuesday, noon in Berlin.
const NOW = Date.parse("2026-11-17T11:00:00Z");

test.use({ timezoneId: "Europe/Berlin", locale: "en-GB" });

const asked = (page: Page): Locator => page.getByRole("region", { name: "How many requests were sent, and how many failed?", exact: true });
const answers = (page: Page): Locator => page.getByRole("region", { name: "How long do answers take?", exact: true });
const sentence = (chart: Locator): Locator => chart.locator("> p").first();
const bars = (page: Page): Locator => asked(page).locator("a.bar");
const layers = (page: Page, layer: string): Locator => asked(page).locator(`.plot rect.${layer}:not(pattern *)`);

// The table as texts: its rows without its head.
async function table(chart: Locator): Promise<string[][]> {
  await chart.getByText("The same as a table").click();
  const rows = await chart.locator("tbody tr").all();
  return Promise.all(rows.map((row) => row.locator("th, td").allTextContents()));
}

const at = (time: string, outcome: Call["outcome"], operation = "kapso.create-customer"): Call => ({
  operation,
  at: Date.parse(time),
  outcome,
});

test("a day of calls: in words, in bars and in a table, with failures told apart", async ({ page, sandbox }) => {
  await page.clock.setFixedTime(NOW);
  const calls = [
    at("2026-11-17T08:10:00Z", done(), "kapso.list-customers"),
    at("2026-11-17T08:20:00Z", refused()),
    at("2026-11-17T08:59:59.999Z", failed),
    at("2026-11-17T09:00:00Z", done()),
    at("2026-11-17T10:30:00Z", doubtful),
    at("2026-11-17T10:31:00Z", "Open"),
    // The day before.
    at("2026-11-16T22:59:59Z", refused()),
  ];
  calls[0].times = 5;
  await openWith(page, sandbox.url, calls, "/activity?time=today");
  await expect(sentence(asked(page))).toHaveText(
    "10 requests were sent, and 2 of them were refused or failed; what became of 2 is not known. The most in one hour: 7 (17 Nov, 09:00 to 10:00).",
  );
  await expect(layers(page, "good")).toHaveCount(2);
  await expect(layers(page, "failed")).toHaveCount(1);
  await expect(layers(page, "unknown")).toHaveCount(1);
  await expect(bars(page)).toHaveCount(3);
  await expect(bars(page).first()).toHaveAccessibleName("17 Nov, 09:00 to 10:00: 7 requests, 2 refused or failed");
  // Not by its colour alone: each kind has a pattern of its own.
  const fill = (layer: string) => layers(page, layer).first().evaluate((rect) => getComputedStyle(rect).fill);
  expect(new Set([await fill("good"), await fill("failed"), await fill("unknown")]).size).toBe(3);
  for (const layer of ["failed", "unknown"]) expect(await fill(layer)).toContain(`#chart-${layer}`);
  const filled = (await table(asked(page))).filter((row) => row[1] !== "0");
  expect(filled).toEqual([
    ["17 Nov, 09:00 to 10:00", "7", "5", "1", "1", "0", "0"],
    ["17 Nov, 10:00 to 11:00", "1", "1", "0", "0", "0", "0"],
    ["17 Nov, 11:00 to 12:00", "2", "0", "0", "0", "1", "1"],
  ]);
  await expect(asked(page).locator("tbody tr")).toHaveCount(24);
  await expect(asked(page).locator("tfoot th, tfoot td")).toHaveText(["All", "10", "6", "1", "1", "1", "1"]);
});

test("a bar leads to its own time, by mouse, keyboard and table, and back", async ({ page, sandbox }) => {
  await page.clock.setFixedTime(NOW);
  const hours = [2, 2.5, 5, 9].map((hours): Call => ({ operation: "kapso.create-customer", at: NOW - hours * HOUR, outcome: done() }));
  await openWith(page, sandbox.url, hours, "/activity?provider=kapso&time=today");
  await bars(page).last().click();
  await expect(page).toHaveURL(/\?provider=kapso&from=2026-11-17T09%3A00%3A00.000Z&to=2026-11-17T10%3A00%3A00.000Z$/);
  await expect(shows(page)).toHaveText("1 of 4 entries");
  await expect(field(page, "Time")).toHaveValue("part");
  await expect(asked(page).getByRole("heading")).toBeFocused();
  await expect(bars(page)).toHaveCount(1);
  await page.reload();
  await expect(shows(page)).toHaveText("1 of 4 entries");
  await page.goBack();
  await expect(bars(page)).toHaveCount(4);
  // One stop of the Tab key, arrows between the bars.
  await expect(asked(page).locator("a.bar[tabindex='0']")).toHaveCount(1);
  await bars(page).last().focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Home");
  await expect(bars(page).first()).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(bars(page).first()).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(bars(page).nth(1)).toBeFocused();
  await expect(asked(page).locator("a.bar[tabindex='0']")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/from=2026-11-17T06%3A00/);
  await asked(page).getByRole("button", { name: "Show all times" }).click();
  await expect(shows(page)).toHaveText("All of 4 entries");
  await asked(page).getByText("The same as a table").click();
  await asked(page).locator("tbody a").first().click();
  await expect(shows(page)).toHaveText("1 of 4 entries");
});

test("what comes new leaves the focus on its bar, and counts at once", async ({ page, context, sandbox }) => {
  await page.clock.setFixedTime(NOW);
  const hours = [2, 5].map((hours): Call => ({ operation: "kapso.create-customer", at: NOW - hours * HOUR, outcome: done() }));
  await openWith(page, sandbox.url, hours, "/activity?time=today");
  await bars(page).first().focus();
  const other = await context.newPage();
  await other.clock.setFixedTime(NOW);
  const form = await Request.open(other, sandbox.url, "kapso.create-customer");
  await form.fill({ Name: "Acme" });
  await form.send();
  await form.succeeded(201);
  await expect(bars(page)).toHaveCount(3);
  await expect(sentence(asked(page))).toContainText("3 requests were sent");
  await expect(bars(page).first()).toBeFocused();
  await expect(asked(page).locator("a.bar[tabindex='0']")).toHaveCount(1);
});

test("numbers, sentences and axes are written as in the chosen language", async ({ page, sandbox }) => {
  await page.clock.setFixedTime(NOW);
  await page.addInitScript(() => localStorage.setItem("switchboard.language", '"fa-IR"'));
  const calls = Array.from({ length: 30 }, (_, n) => at(new Date(NOW - n * 60_000).toISOString(), n % 10 ? done(1_240) : refused(16)));
  await openWith(page, sandbox.url, calls, "/activity?time=today");
  await expect(sentence(asked(page))).toContainText("۳۰ requests were sent, and ۳ of them were refused or failed.");
  await expect(sentence(answers(page))).toContainText("Of ۳۰ answers half took no longer than ۱٫۲۴ s, and ۹۵ of ۱۰۰ no longer than ۱٫۲۴ s.");
  await expect(asked(page).locator(".axis span").first()).toHaveText("۰");
  for (const chart of [asked(page), answers(page)]) {
    await chart.getByText("The same as a table").click();
    // Digits of the page's own words would be of another language than those beside them.
    expect(await chart.innerText()).not.toMatch(/[0-9]/);
  }
  for (const name of await bars(page).evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")))) expect(name).not.toMatch(/[0-9]/);
});

test("days of 23 and 25 hours have as many bars", async ({ page, sandbox }) => {
  await page.clock.setFixedTime(Date.parse("2026-10-25T20:00:00Z"));
  // Half past two comes twice on this day.
  const calls = ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"].map((time) => at(time, done()));
  await openWith(page, sandbox.url, calls, "/activity?time=today");
  const rows = await table(asked(page));
  expect(rows).toHaveLength(25);
  expect(rows.filter((row) => row[1] === "1").map((row) => row[0])).toEqual(["25 Oct, 02:00 to 02:00", "25 Oct, 02:00 to 03:00"]);
  await page.goto(`${sandbox.url}/activity?from=2026-03-29&to=2026-03-29`);
  await put(page, [at("2026-03-29T10:00:00Z", done())]);
  await page.reload();
  expect(await table(asked(page))).toHaveLength(23);
  await page.goto(`${sandbox.url}/activity?from=2026-10-19&to=2026-10-25`);
  const days = await table(asked(page));
  expect(days).toHaveLength(7);
  expect(days[6].slice(0, 2)).toEqual(["25 Oct", "2"]);
});

test("one call is one bar, and has its words", async ({ page, sandbox }) => {
  await page.clock.setFixedTime(NOW);
  await openWith(page, sandbox.url, [at("2026-11-17T10:58:20Z", refused(80))]);
  await expect(sentence(asked(page))).toHaveText("1 request was sent, and it was refused or failed. The most in one minute: 1 (17 Nov, 11:58 to 11:59).");
  await expect(sentence(answers(page))).toHaveText("The one answer took 80 ms.");
  await expect(bars(page)).toHaveCount(1);
  await expect(layers(page, "failed")).toHaveCount(1);
  expect(Number(await layers(page, "failed").getAttribute("height"))).toBeGreaterThan(100);
});

test("how long answers take: only answers count, the slowest request stands first", async ({ page, sandbox }) => {
  await page.clock.setFixedTime(NOW);
  const times = (operation: string, milliseconds: number[]): Call[] =>
    milliseconds.map((one, n) => ({ operation, at: NOW - (n + 1) * HOUR, outcome: n === 0 ? refused(one) : done(one) }));
  const hundred = Array.from({ length: 100 }, (_, n) => n + 1);
  await openWith(page, sandbox.url, [
    ...times("kapso.create-customer", hundred),
    ...times("vonage.verify", [1_500, 12_000, 1_240]),
    ...Array.from({ length: 3 }, (_, n): Call => ({ operation: "webex.send-text", at: NOW - n * 1_000 - 1, outcome: n ? doubtful : "Open" })),
  ]);
  await expect(sentence(answers(page))).toHaveText(
    "Of 103 answers half took no longer than 52 ms, and 95 of 100 no longer than 98 ms. The slowest request by its median: Verify the code (1.50 s).",
  );
  await expect(answers(page).locator(".latencies li")).toHaveText([
    "Verify the code1.50 s · 95 of 100: 12 s · 3 answers",
    "Create a customer50 ms · 95 of 100: 95 ms · 100 answers",
  ]);
  expect(await table(answers(page))).toEqual([
    ["Verify the code", "3", "1,500", "12,000", "12,000"],
    ["Create a customer", "100", "50", "95", "100"],
  ]);
  await answers(page).getByRole("link", { name: "Verify the code" }).click();
  await expect(page).toHaveURL(/\?operation=vonage.verify$/);
  await expect(rows(page)).toHaveCount(3);
  await expect(sentence(answers(page))).toContainText("With fewer than 20 answers, 95 of 100 means the slowest one.");
  await field(page, "Request").selectOption("webex.send-text");
  await expect(sentence(answers(page))).toHaveText("No answer came to any of these calls.");
  await expect(answers(page).getByRole("table")).toHaveCount(0);
});

test("nothing is lost between bars, whatever the time that is looked at", async ({ page, sandbox }) => {
  await page.clock.setFixedTime(NOW);
  const calls = Array.from({ length: 300 }, (_, n): Call => ({
    operation: n % 3 ? "kapso.list-customers" : "kapso.create-customer",
    at: NOW - Math.floor(n ** 2.9 * 1_000),
    outcome: n % 7 ? done(n) : failed,
    times: n % 3 === 1 ? 3 : 1,
  }));
  await openWith(page, sandbox.url, calls);
  for (const time of ["hour", "today", "week", "all"]) {
    await page.goto(`${sandbox.url}/activity?time=${time}`);
    await expect(sentence(asked(page))).toBeVisible();
    const rows = await table(asked(page));
    const sum = (column: number) => rows.reduce((sum, row) => sum + Number(row[column]), 0);
    const all = (await asked(page).locator("tfoot td").allTextContents()).map(Number);
    expect([1, 2, 3, 4, 5, 6].map(sum)).toEqual(all);
    expect(rows.length).toBeLessThanOrEqual(36);
    await expect(bars(page)).toHaveCount(rows.filter((row) => row[1] !== "0").length);
    if (time === "all") expect(all[0]).toBe(calls.reduce((sum, { times = 1 }) => sum + times, 0));
  }
});

test("charts fit a telephone and the system's own colours", async ({ page, sandbox }) => {
  await page.clock.setFixedTime(NOW);
  const calls = Array.from({ length: 60 }, (_, n): Call => ({ operation: "kapso.create-customer", at: NOW - n * DAY / 2, outcome: n % 4 ? done(n * 900) : refused(n) }));
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ forcedColors: "active" });
  await openWith(page, sandbox.url, calls);
  await expect(bars(page).first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  // Words below the bars do not run into each other.
  const boxes = await asked(page).locator(".bar-marks span:visible").evaluateAll((marks) => marks.map((mark) => mark.getBoundingClientRect()).map(({ left, right }) => [left, right]));
  expect(boxes.length).toBeGreaterThan(1);
  boxes.slice(1).forEach(([left], n) => expect(left).toBeGreaterThan(boxes[n][1]));
  expect(boxes[boxes.length - 1][1]).toBeLessThanOrEqual(390);
  const colour = (layer: string) => layers(page, layer).first().evaluate((rect) => getComputedStyle(rect).fill);
  expect(await colour("good")).toBe("rgb(0, 0, 0)");
});
