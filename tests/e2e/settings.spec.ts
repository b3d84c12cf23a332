// The settings as a page: sections that have an address, and the language in which dates and numbers are written.
import { place } from "./support/connections.ts";
import { expect, test } from "./support/fixtures.ts";
import { Request } from "./support/form.ts";
import { choose, data, file, review, row } from "./support/holding.ts";
import type { Page } from "@playwright/test";

const sections = (page: Page) => page.getByRole("navigation", { name: "Sections of the settings" });
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 2, name, exact: true });
const example = (page: Page) => page.locator("#language .example");

test("a section has an address, and the list of sections leads to each", async ({ page, sandbox }) => {
  await page.goto(`${sandbox.url}/settings#vault`);
  await expect(heading(page, "Vault")).toBeFocused();
  await expect(heading(page, "Vault")).toBeInViewport();
  const links = sections(page).getByRole("link");
  const names = await links.allInnerTexts();
  expect(names.length).toBeGreaterThan(8);
  for (const name of names) {
    await links.getByText(name, { exact: true }).click();
    const title = page.locator("main h2:focus");
    await expect(title).toBeInViewport();
    expect(await title.innerText()).toContain(name);
  }
  // The same once more, after the page was scrolled away.
  await page.evaluate(() => scrollTo(0, 0));
  await links.last().click();
  await expect(page.locator("main h2:focus")).toBeInViewport();
  // What is no section leaves the page at its title.
  await page.goto(`${sandbox.url}/settings#nothing"><b>`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");
});

test("where the site's host wants no sandbox, none is offered here", async ({ page, context, sandbox }) => {
  const served = await (await fetch(`${sandbox.url}/switchboard.json`)).json();
  await context.route("**/switchboard.json", (route) => route.fulfill({ json: { ...served, sandbox: false } }));
  await page.goto(`${sandbox.url}/settings`);
  await expect(sections(page).getByRole("link", { name: "Vault" })).toBeVisible();
  await expect(sections(page).getByRole("link", { name: "Sandbox" })).toHaveCount(0);
  await expect(heading(page, "Sandbox")).toHaveCount(0);
  await expect(page.locator("tr[data-kind=sandbox]")).toHaveCount(0);
  await expect(page.locator("input[name=export-kind][value=sandbox]")).toHaveCount(0);
});

test("dates and numbers are written as in the chosen language, on every page, and the choice is kept", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.create-customer");
  await form.fill({ Name: "Acme" });
  await form.send();
  await form.succeeded(201);
  await place(page, "Settings");
  await expect(example(page)).toContainText("1,234,567");
  const choice = page.getByLabel("Write dates, times and numbers as in");
  await expect(choice.locator("option[value='de-DE']")).toHaveText(/^Deutsch/);
  await expect(choice.locator("option[value='ja-JP']")).toHaveText(/^日本語/);
  await choice.selectOption("de-DE");
  const weekday = await page.evaluate(() => new Intl.DateTimeFormat("de-DE", { weekday: "long" }).format());
  await expect(example(page)).toContainText("1.234.567");
  await expect(example(page)).toContainText(weekday);
  await expect(example(page)).toHaveAttribute("lang", "de-DE");
  // The words of the page stay.
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await place(page, "Activity");
  await expect(page.locator(".record time").first()).toHaveAttribute("title", new RegExp(weekday));
  await page.reload();
  await expect(page.locator(".record time").first()).toHaveAttribute("title", new RegExp(weekday));
  await place(page, "Settings");
  await expect(page.locator("#history")).toContainText("2.000");
  await choice.selectOption("hi-IN");
  await expect(example(page)).toContainText("12,34,567");
  await choice.selectOption("");
  await expect(example(page)).toContainText("1,234,567");
  await page.reload();
  await expect(choice).toHaveValue("");
});

test("a chosen language holds from the moment it is made, in every section of the page", async ({ page, sandbox }) => {
  await page.goto(`${sandbox.url}/settings`);
  const export_ = file(sandbox.url, [{ reply: { id: "r", title: "Greeting", text: "Hello" } }]);
  await choose(page, export_);
  await expect(review(page)).toContainText("Saved replies1 in the file.");
  const held = [page.locator("#history"), row(page, "calls"), page.locator("[data-holds]"), data(page).getByText(/^The browser counts/), review(page)];
  // What is counted comes after the page.
  await expect(row(page, "settings").locator("[data-label='Takes about']")).not.toBeEmpty();
  for (const [tag, digits, others] of [["fa-IR", /[۰-۹]/, /2,000/], ["en-GB", /[0-9]/, /[۰-۹]/]] as const) {
    await page.getByLabel("Write dates, times and numbers as in").selectOption(tag);
    for (const part of held) {
      await expect(part).toContainText(digits);
      await expect(part).not.toContainText(others);
    }
  }
});

test("every language that is offered writes a date and a number", async ({ page, sandbox }) => {
  await page.goto(`${sandbox.url}/settings`);
  const choice = page.getByLabel("Write dates, times and numbers as in");
  await expect(choice).toBeVisible();
  const tags = await choice.locator("option").evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
  expect(tags.length).toBeGreaterThan(30);
  const shown = new Set<string>();
  for (const tag of tags.filter(Boolean)) {
    await choice.selectOption(tag);
    await expect(example(page)).toHaveAttribute("lang", tag);
    shown.add(await example(page).innerText());
    await expect(choice.locator(`option[value="${tag}"]`)).not.toHaveText(new RegExp(`^${tag}`));
  }
  expect(shown.size).toBeGreaterThan(30);
});

test("a stored language that nobody offers is as none", async ({ page, sandbox }) => {
  await page.addInitScript(() => localStorage.setItem("switchboard.language", '"x-not a tag"'));
  await page.goto(`${sandbox.url}/settings`);
  await expect(example(page)).toContainText("1,234,567");
});

test("the version is told", async ({ page, sandbox }) => {
  await page.goto(`${sandbox.url}/settings#about`);
  await expect(page.getByRole("region", { name: "About" })).toContainText(/Switchboard \d+\.\d+\.\d+, build [0-9a-f]{12}/);
  await expect(page.getByRole("region", { name: "About" })).toContainText(sandbox.url);
});
