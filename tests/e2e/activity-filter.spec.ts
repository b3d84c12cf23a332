// Which calls are looked at: by provider, request, outcome, time and words; in the address, which keeps it.
import { expect, test } from "./support/fixtures.ts";
import { place } from "./support/connections.ts";
import { done, doubtful, failed, field, openWith, put, refused, rows, shows, tick, type Call } from "./support/history.ts";
import { Request } from "./support/form.ts";

const NOW = Date.parse("2026-11-20T12:00:30Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const CALLS: Call[] = [
  { operation: "kapso.create-customer", at: NOW - 1_000, outcome: done(40, '{"id": "cus-918"}'), body: { name: "Acme" } },
  { operation: "kapso.create-customer", at: NOW - 2 * HOUR, outcome: refused() },
  { operation: "kapso.list-customers", at: NOW - 3 * HOUR, outcome: failed },
  { operation: "vonage.get-profile", at: NOW - 2 * DAY, outcome: done(900) },
  { operation: "webex.send-text", at: NOW - 30 * DAY, outcome: doubtful },
  { operation: "vonage.verify", at: NOW - 40 * DAY, outcome: "Open" },
];

test.use({ timezoneId: "Europe/Berlin" });
test.beforeEach(async ({ page }) => page.clock.setFixedTime(NOW));

const query = (page: { url(): string }) => new URL(page.url()).search;

test("each filter goes into the address, which keeps it and leads back", async ({ page, sandbox }) => {
  await openWith(page, sandbox.url, CALLS);
  await expect(shows(page)).toHaveText("All of 6 entries");
  await field(page, "Provider").selectOption("Kapso");
  await expect(shows(page)).toHaveText("3 of 6 entries");
  await tick(page, "Refused").check();
  await tick(page, "Failed").check();
  await expect(shows(page)).toHaveText("2 of 6 entries");
  expect(query(page)).toBe("?provider=kapso&outcome=refused,failed");
  await field(page, "Request").selectOption("Kapso: List customers");
  await expect(rows(page)).toHaveCount(1);
  expect(query(page)).toContain("operation=kapso.list-customers");
  await page.reload();
  await expect(rows(page)).toHaveCount(1);
  await expect(field(page, "Request")).toHaveValue("kapso.list-customers");
  await expect(tick(page, "Failed")).toBeChecked();
  // Another provider has no such request.
  await field(page, "Provider").selectOption("Vonage");
  expect(query(page)).toBe("?provider=vonage&outcome=refused,failed");
  await expect(field(page, "Request")).toHaveValue("");
  await page.goBack();
  await expect(rows(page)).toHaveCount(1);
  await expect(field(page, "Provider")).toHaveValue("kapso");
  await page.getByRole("button", { name: "Lift all filters" }).click();
  await expect(shows(page)).toHaveText("All of 6 entries");
  expect(query(page)).toBe("");
});

test("times are those of the reader, and a range of days has both its ends", async ({ page, sandbox }) => {
  await openWith(page, sandbox.url, CALLS, "/activity?time=hour");
  await expect(shows(page)).toHaveText("1 of 6 entries");
  for (const [name, count] of [["Today", 3], ["Last 7 days", 4]] as const) {
    await field(page, "Time").selectOption(name);
    await expect(shows(page)).toHaveText(`${count} of 6 entries`);
  }
  await field(page, "Time").selectOption("A range of days");
  await expect(field(page, "First day")).toHaveValue("2026-10-22");
  await expect(field(page, "Last day")).toHaveValue("2026-11-20");
  await field(page, "First day").fill("2026-10-11");
  await field(page, "Last day").fill("2026-10-21");
  await expect(shows(page)).toHaveText("2 of 6 entries");
  expect(query(page)).toBe("?from=2026-10-11&to=2026-10-21");
  // The last day before the first is a range of one day.
  await field(page, "Last day").fill("2026-10-01");
  await expect(field(page, "First day")).toHaveValue("2026-10-01");
  await expect(shows(page)).toHaveText("0 of 6 entries");
});

test("midnight is that of the reader, and comes while the page is open", async ({ page, sandbox }) => {
  // 23:30 in Berlin, 22:30 in Greenwich.
  const evening = Date.parse("2026-11-20T22:30:00Z");
  await page.clock.install({ time: evening });
  const calls = [0, HOUR].map((later) => ({ operation: "kapso.create-customer", at: evening - 23 * HOUR - 45 * 60_000 + later, outcome: done() }));
  await openWith(page, sandbox.url, calls, "/activity?time=today");
  await expect(shows(page)).toHaveText("1 of 2 entries");
  await page.clock.runFor(31 * 60_000);
  await expect(shows(page)).toHaveText("0 of 2 entries");
});

test("words are looked for in all of a call, while they are typed", async ({ page, sandbox }) => {
  await openWith(page, sandbox.url, CALLS);
  const words = field(page, "Words");
  for (const [typed, count] of [["cus-918", 1], ["ACME", 1], ["customer refused", 1], ["example.com", 6], ["timed out", 1]] as const) {
    await words.fill(typed);
    await expect(shows(page)).toHaveText(count === 6 ? "All of 6 entries" : `${count} of 6 entries`);
  }
  await words.fill("");
  await words.pressSequentially("cus-918 acme", { delay: 30 });
  await expect(shows(page)).toHaveText("1 of 6 entries");
  await expect(words).toHaveValue("cus-918 acme");
  await expect(page).toHaveURL(/\?words=cus-918%20acme$/);
  // Words are no step of their own.
  await page.goBack();
  await expect(page).not.toHaveURL(/words/);
});

test("where nothing fits, it is said which filter hides everything", async ({ page, sandbox }) => {
  await openWith(page, sandbox.url, CALLS, "/activity?provider=vonage&outcome=maybe&time=all");
  const nothing = page.locator(".empty");
  await expect(nothing).toContainText("No call fits all of the filters. Lift one of them:");
  await expect(nothing.getByRole("button")).toHaveText(["Any provider (1)", "Any outcome (2)", "Show all calls"]);
  await nothing.getByRole("button", { name: "Any outcome (2)" }).click();
  await expect(rows(page)).toHaveCount(2);
  await page.goto(`${sandbox.url}/activity?provider=vonage&operation=vonage.verify&time=hour`);
  await expect(nothing).toContainText("No call fits. What hides all of them is the time.");
  await page.goto(`${sandbox.url}/activity?time=hour&provider=webex&words=nowhere`);
  await expect(nothing).toContainText("to lift one of them is not enough");
  await nothing.getByRole("button", { name: "Show all calls" }).click();
  await expect(shows(page)).toHaveText("All of 6 entries");
});

test("an address that makes no sense filters nothing", async ({ page, sandbox }) => {
  await openWith(page, sandbox.url, CALLS, "/activity?provider=nobody&outcome=x,,&time=never&from=2026-99-01&to=%00");
  await expect(shows(page)).toHaveText("All of 6 entries");
});

test("an earlier failure within folded reads is found, and said on the row", async ({ page, sandbox, watch }) => {
  watch.allow(/^Failed to load resource: /);
  const form = await Request.open(page, sandbox.url, "kapso.list-customers");
  await sandbox.control({ faults: [{ operation: "kapso.list-customers", times: 1, when: "before", answer: { status: 422 } }] });
  await form.send();
  await expect(form.outcome).toContainText("Refused");
  await form.send();
  await form.succeeded(200);
  await place(page, "Activity");
  await expect(rows(page).locator(".times")).toHaveText("2 times, 1 failed");
  await tick(page, "Refused").check();
  await expect(rows(page)).toHaveCount(1);
  await tick(page, "Refused").uncheck();
  await tick(page, "Failed").check();
  await expect(page.locator(".empty")).toContainText("What hides all of them is the outcome.");
});

test("thousands of calls draw a hundred rows, and what comes new leaves an open one open", async ({ page, context, sandbox }) => {
  const calls = Array.from({ length: 4_000 }, (_, n): Call => ({
    operation: n % 2 ? "kapso.create-customer" : "kapso.list-customers",
    at: NOW - DAY - n * 7_000,
    outcome: n % 10 ? done(n) : refused(n),
    body: n % 2 ? { name: `Customer ${n}` } : undefined,
  }));
  await openWith(page, sandbox.url, calls);
  await expect(shows(page)).toHaveText("All of 4,000 entries");
  await expect(rows(page)).toHaveCount(100);
  expect(await page.evaluate(() => document.querySelectorAll("*").length)).toBeLessThan(3_000);
  await page.getByRole("button", { name: "Show 100 older" }).click();
  await expect(rows(page)).toHaveCount(200);
  await expect(rows(page).nth(100).locator("summary")).toBeFocused();
  const opened = rows(page).nth(1);
  await opened.locator("summary").click();
  await expect(opened.getByLabel("Sent", { exact: true })).toContainText("Customer 1");
  // From another tab.
  const other = await context.newPage();
  await other.clock.setFixedTime(NOW);
  const form = await Request.open(other, sandbox.url, "kapso.create-customer");
  await form.fill({ Name: "Newest" });
  await form.send();
  await form.succeeded(201);
  await expect(rows(page).first()).toContainText("201");
  await expect(shows(page)).toHaveText("All of 4,001 entries");
  await expect(rows(page).nth(2).getByLabel("Sent", { exact: true })).toContainText("Customer 1");
  await field(page, "Words").fill("Customer 3999");
  await expect(rows(page)).toHaveCount(1);
});

test("a record that cannot be understood is left out", async ({ page, sandbox }) => {
  await openWith(page, sandbox.url, CALLS);
  await put(page, [{ operation: "kapso.create-customer", at: NOW - 5, outcome: "Nonsense" as "Open" }]);
  await page.reload();
  await expect(shows(page)).toHaveText("All of 6 entries");
});
