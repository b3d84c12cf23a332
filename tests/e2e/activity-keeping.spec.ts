// Whether calls are noted and for how long: the person's choice, at once, in every tab and with time.
import { expect, test } from "./support/fixtures.ts";
import { place } from "./support/connections.ts";
import { done, field, openWith, rows, shows, type Call } from "./support/history.ts";
import { Request } from "./support/form.ts";
import { sweep } from "./support/storage.ts";
import type { Page } from "@playwright/test";

const NOW = Date.parse("2026-11-20T12:00:30Z");
const DAY = 24 * 3_600_000;

const aged = (...days: number[]): Call[] =>
  days.flatMap((days) =>
    ["kapso.create-customer", "kapso.list-customers"].map((operation) => ({ operation, at: NOW - days * DAY, outcome: done() })),
  );

async function settings(page: Page) {
  await page.getByText("History settings").click();
  return {
    on: page.getByLabel("Note the calls that leave this device"),
    stay: (name: string) => page.getByRole("group", { name: "Keep calls" }).getByLabel(name, { exact: true }),
  };
}

test("switched off, nothing is noted, in no tab, and everything else works", async ({ page, context, sandbox }) => {
  const other = await Request.open(await context.newPage(), sandbox.url, "kapso.create-customer");
  await page.goto(`${sandbox.url}/activity`);
  const { on } = await settings(page);
  await on.uncheck();
  await expect(page.getByText("Nothing is noted from now on.")).toBeVisible();
  await expect(page.locator(".empty")).toContainText("because the history is off");
  await other.fill({ Name: "Unnoted-918273" });
  await other.send();
  await other.succeeded(201);
  expect(await sandbox.log()).toHaveLength(1);
  await page.reload();
  await expect(page.getByText("The history is off: calls that leave now are not noted.")).toBeVisible();
  await expect(rows(page)).toHaveCount(0);
  expect(await sweep(page, ["drafts"])).not.toContain("Unnoted-918273");
  await (await settings(page)).on.check();
  await expect(page.getByText("The history is off")).toHaveCount(0);
  await other.send();
  await other.succeeded(201);
  await expect(rows(page)).toHaveCount(1);
});

test("a call that was noted as it left is ended also after the switch", async ({ page, context, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.create-customer");
  await form.fill({ Name: "Acme" });
  const gate: { open?: () => void } = {};
  const opened = new Promise<void>((resolve) => (gate.open = resolve));
  await page.route("**/customers", async (route) => {
    await opened;
    await route.continue();
  });
  await form.send();
  const history = await context.newPage();
  await history.goto(`${sandbox.url}/activity`);
  await expect(rows(history)).toContainText("No answer seen");
  await (await settings(history)).on.uncheck();
  await expect(history.getByText("Nothing is noted from now on.")).toBeVisible();
  gate.open!();
  await form.succeeded(201);
  await expect(rows(history).locator(".outcome")).toContainText("201");
});

test("a shorter time removes what is older at once, in every tab", async ({ page, context, sandbox }) => {
  await page.clock.setFixedTime(NOW);
  await openWith(page, sandbox.url, aged(0, 2, 10, 100));
  const other = await context.newPage();
  await other.clock.setFixedTime(NOW);
  await other.goto(`${sandbox.url}/activity`);
  await expect(shows(other)).toHaveText("All of 8 entries");
  const { stay } = await settings(page);
  await expect(stay("As long as there is room")).toBeChecked();
  for (const [name, left] of [["90 days", 6], ["7 days", 4], ["1 day", 2]] as const) {
    await stay(name).check();
    await expect(shows(page)).toHaveText(`All of ${left} entries`);
    await expect(shows(other)).toHaveText(`All of ${left} entries`);
  }
  await expect(page.getByText("Calls older than 1 day are removed from now on.")).toBeVisible();
  await expect((await settings(other)).stay("1 day")).toBeChecked();
  await page.reload();
  await expect(shows(page)).toHaveText("All of 2 entries");
});

test("what becomes too old while the page is open is removed, and when it opens", async ({ page, sandbox }) => {
  await page.clock.install({ time: NOW });
  await openWith(page, sandbox.url, aged(0, 6.99));
  const { stay } = await settings(page);
  await stay("7 days").check();
  await expect(shows(page)).toHaveText("All of 4 entries");
  await page.clock.runFor(61 * 60_000);
  await expect(shows(page)).toHaveText("All of 2 entries");
  await page.clock.setFixedTime(NOW + 8 * DAY);
  await page.goto(sandbox.url);
  await place(page, "Activity");
  await expect(page.locator(".empty")).toBeVisible();
});

test("messages stay out of the history where they are not kept, with or without it", async ({ page, sandbox }) => {
  await openWith(page, sandbox.url, [
    { operation: "kapso.send-message", at: NOW, outcome: done(5, "see-you-918273"), body: { message: { content: "see-you-918273" } } },
  ]);
  await page.goto(`${sandbox.url}/settings`);
  await page.getByRole("group", { name: "Keep messages on this device" }).getByLabel("Not at all").check();
  await expect(page.getByText("Messages were removed from this device")).toBeVisible();
  await expect(async () => expect(await sweep(page)).not.toContain("see-you-918273")).toPass();
  await place(page, "Activity");
  await expect(rows(page)).toHaveCount(1);
  await field(page, "Words").fill("see-you");
  await expect(page.locator(".empty")).toContainText("What hides all of them is the words.");
});
