// Lists: rows are added, removed and put in order by mouse and by keyboard; the focus stays where the
// person works, and what was typed goes with its row.
import { expect, test } from "./support/fixtures.ts";
import { last, Request } from "./support/form.ts";
import { ids } from "./support/world.ts";
import type { Page } from "@playwright/test";

const TITLES = ["One", "Two", "Three"];

// A message with three buttons.
async function buttons(page: Page, site: string, conversation: string): Promise<Request> {
  const form = await Request.open(page, site, "kapso.send-message");
  await form.fill({ "Conversation ID": conversation });
  await form.choose({ Type: "Buttons or list", "Answers as": "Buttons" });
  await form.fill({ Text: "Which?" });
  for (const [at, title] of TITLES.entries()) {
    await form.adder("message.buttons").click();
    await expect(form.row(`Button ${at + 1}`).field("ID")).toBeFocused();
    await form.row(`Button ${at + 1}`).fill({ ID: title.toLowerCase(), Title: title });
  }
  return form;
}

async function expectTitles(form: Request, titles: string[]): Promise<void> {
  for (const [at, title] of titles.entries()) {
    await expect(form.row(`Button ${at + 1}`).field("ID")).toHaveValue(title.toLowerCase());
    await expect(form.row(`Button ${at + 1}`).field("Title")).toHaveValue(title);
  }
  await expect(form.row(`Button ${titles.length + 1}`).field("Title")).toHaveCount(0);
}

test("rows are put in order by mouse, and sent in it", async ({ page, sandbox }) => {
  const form = await buttons(page, sandbox.url, (await ids(sandbox)).conversation);
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  await expectTitles(form, TITLES);
  await expect(page.getByRole("button", { name: "Move Button 1 up" })).toBeDisabled();
  await expect(page.getByRole("button", { name: "Move Button 3 down" })).toBeDisabled();

  await press("Move Button 3 up");
  await expectTitles(form, ["One", "Three", "Two"]);
  await expect(page.getByRole("button", { name: "Move Button 2 up" })).toBeFocused();
  await press("Move Button 2 up");
  await expectTitles(form, ["Three", "One", "Two"]);
  // At the top there is no way up any more; the focus stays with the row.
  await expect(page.getByRole("button", { name: "Move Button 1 down" })).toBeFocused();
  await press("Move Button 2 down");
  await expectTitles(form, ["Three", "Two", "One"]);
  await expect(page.getByRole("button", { name: "Move Button 3 up" })).toBeFocused();

  await form.send();
  await form.succeeded(201);
  expect((await last(sandbox)).body.message.buttons).toEqual([
    { id: "three", title: "Three" },
    { id: "two", title: "Two" },
    { id: "one", title: "One" },
  ]);
});

test("rows are put in order by keyboard, and sent in it", async ({ page, sandbox }) => {
  const form = await buttons(page, sandbox.url, (await ids(sandbox)).conversation);
  await form.row("Button 1").field("ID").focus();
  await page.keyboard.press("Alt+ArrowDown");
  await expectTitles(form, ["Two", "One", "Three"]);
  await expect(form.row("Button 2").field("ID")).toBeFocused();
  await page.keyboard.press("Alt+ArrowDown");
  await expectTitles(form, ["Two", "Three", "One"]);
  await expect(form.row("Button 3").field("ID")).toBeFocused();
  // There is nothing below.
  await page.keyboard.press("Alt+ArrowDown");
  await expectTitles(form, ["Two", "Three", "One"]);
  await page.keyboard.press("Alt+ArrowUp");
  await expectTitles(form, ["Two", "One", "Three"]);

  const up = page.getByRole("button", { name: "Move Button 3 up" });
  await up.focus();
  await page.keyboard.press("Enter");
  await expectTitles(form, ["Two", "Three", "One"]);
  await expect(page.getByRole("button", { name: "Move Button 2 up" })).toBeFocused();

  await form.send();
  await form.succeeded(201);
  expect((await last(sandbox)).body.message.buttons.map((button: any) => button.id)).toEqual(["two", "three", "one"]);
});

test("Alt and an arrow leave the focus in the field that is being typed in", async ({ page, sandbox }) => {
  const form = await buttons(page, sandbox.url, "c");
  await form.row("Button 1").field("Title").focus();
  await page.keyboard.press("Alt+ArrowDown");
  await expect(form.row("Button 2").field("Title")).toBeFocused();
});

test("a removed row takes its own text along, and the focus goes to its neighbour", async ({ page, sandbox }) => {
  const form = await buttons(page, sandbox.url, (await ids(sandbox)).conversation);
  await page.getByRole("button", { name: "Remove Button 2" }).click();
  await expectTitles(form, ["One", "Three"]);
  await expect(page.getByRole("button", { name: "Remove Button 2" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expectTitles(form, ["One"]);
  await expect(page.getByRole("button", { name: "Remove Button 1" })).toBeFocused();
  await page.keyboard.press("Space");
  await expectTitles(form, []);
  await expect(form.adder("message.buttons")).toBeFocused();
  // A new row is empty.
  await page.keyboard.press("Enter");
  await expect(form.row("Button 1").field("Title")).toHaveValue("");
});

test("nothing can be added beyond the documented number of rows", async ({ page, sandbox }) => {
  const form = await buttons(page, sandbox.url, "c");
  await expect(form.adder("message.buttons")).toBeDisabled();
  await page.getByRole("button", { name: "Remove Button 3" }).click();
  await expect(form.adder("message.buttons")).toBeEnabled();
});

test("rows inside rows follow the row they are in", async ({ page, sandbox }) => {
  const { conversation } = await ids(sandbox);
  const form = await Request.open(page, sandbox.url, "kapso.send-message");
  await form.fill({ "Conversation ID": conversation });
  await form.choose({ Type: "Buttons or list", "Answers as": "List" });
  await form.fill({ Text: "When?", "Button that opens the list": "Choose" });
  await form.add("message.sections", 2);
  for (const [at, day] of ["Monday", "Tuesday"].entries()) {
    const section = form.row(`Section ${at + 1}`);
    await section.fill({ Title: day });
    await form.add(`message.sections.${at}.rows`, 2);
    await section.row("Row 1").fill({ ID: `${day}-9`, Title: "At 9" });
    await section.row("Row 2").fill({ ID: `${day}-11`, Title: "At 11" });
  }
  await page.getByRole("button", { name: "Move Section 2 up" }).click();
  await expect(form.row("Section 1").field("Title").first()).toHaveValue("Tuesday");
  await page.getByRole("button", { name: "Remove Row 1" }).first().click();
  await form.send();
  await form.succeeded(201);
  expect((await last(sandbox)).body.message.sections).toEqual([
    { title: "Tuesday", rows: [{ id: "Tuesday-11", title: "At 11" }] },
    {
      title: "Monday",
      rows: [
        { id: "Monday-9", title: "At 9" },
        { id: "Monday-11", title: "At 11" },
      ],
    },
  ]);
});

test("a problem stays with its row when rows change places", async ({ page, sandbox }) => {
  const form = await buttons(page, sandbox.url, "c");
  await form.row("Button 1").fill({ Title: "Longer than twenty characters" });
  await form.row("Button 1").field("Title").blur();
  await page.getByRole("button", { name: "Move Button 1 down" }).click();
  await expect(form.row("Button 2").field("Title")).toHaveAttribute("aria-invalid", "true");
  await expect(form.row("Button 1").field("Title")).not.toHaveAttribute("aria-invalid");
  await page.getByRole("button", { name: "Remove Button 2" }).click();
  await expect(page.locator(".problem")).toHaveCount(0);
});
