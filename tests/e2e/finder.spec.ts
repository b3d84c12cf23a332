// Go anywhere: one field that leads to every place, number, conversation, request and action.
import { place } from "./support/connections.ts";
import { expect, test } from "./support/fixtures.ts";
import { inState, NumberPage } from "./support/numbers.ts";
import { read } from "./support/world.ts";
import type { Locator, Page } from "@playwright/test";

const field = (page: Page): Locator => page.getByRole("combobox", { name: /place, number, contact/i });
const options = (page: Page): Locator => page.getByRole("listbox", { name: "Go to" }).getByRole("option");
const heading = (page: Page): Locator => page.getByRole("heading", { level: 1 });

test("from the start page the keys call for it, and Enter goes to what is chosen", async ({ page, sandbox }) => {
  await page.goto(sandbox.url);
  await expect(heading(page)).toHaveText("Home");
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("activ");
  await expect(options(page).first()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText("Activity");
  await expect(field(page)).toBeHidden();
});

test("arrows choose, the field keeps the focus, and what is chosen is told", async ({ page, sandbox }) => {
  await page.goto(`${sandbox.url}/settings`);
  await expect(heading(page)).toHaveText("Settings");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("send");
  const told = () => field(page).getAttribute("aria-activedescendant");
  const first = await told();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  expect(await told()).not.toBe(first);
  await expect(page.locator(`#${await told()}`)).toHaveAttribute("aria-selected", "true");
  await expect(page.locator("[role=option][aria-selected=true]")).toHaveCount(1);
  for (let press = 0; press < 40; press++) await page.keyboard.press("ArrowDown");
  await expect(options(page).last()).toHaveAttribute("aria-selected", "true");
  for (let press = 0; press < 40; press++) await page.keyboard.press("ArrowUp");
  await expect(options(page).first()).toHaveAttribute("aria-selected", "true");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type("nothing of the kind");
  await expect(page.getByRole("status").filter({ hasText: "Nothing fits." })).toBeAttached();
  await page.keyboard.press("Enter");
  await expect(field(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(field(page)).toBeHidden();
  await expect(heading(page)).toHaveText("Settings");
});

test("numbers, contacts, requests and actions are found by what people type", async ({ page, sandbox }) => {
  const id = await inState(sandbox, "CODE_SENT");
  const number = await NumberPage.open(page, sandbox, id);
  await number.keeps("CODE_SENT");
  const digits = (await page.getByRole("heading", { level: 1 }).innerText()).replace(/\D/g, "");
  await page.goto(`${sandbox.url}/inbox`);
  await expect(page.locator(".conversation").first()).toBeVisible();
  await page.goto(`${sandbox.url}/connections`);
  await expect(heading(page)).toHaveText("Connections");
  const find = async (typed: string, name: RegExp) => {
    await page.keyboard.press("Control+k");
    await field(page).fill(typed);
    await options(page).filter({ hasText: name }).first().click();
  };
  await find(digits.slice(-7), /Enter the code/);
  await expect(number.badge).toBeVisible();
  expect(page.url()).toContain(id);
  await find("ana sou", /Ana Souza/);
  await expect(page.getByRole("region", { name: "Conversation", exact: true }).getByRole("heading", { level: 2 })).toContainText("Ana Souza");
  // The number of a contact who has a name, without the spaces that it is shown with.
  const { data } = await read(sandbox, "kapso", "/whatsapp_conversations?per_page=100");
  const { phone_number } = data.find((row: { contact_name: string }) => row.contact_name === "Ana Souza");
  await place(page, "Settings");
  await find(phone_number.slice(-7), /Ana Souza/);
  await expect(page.locator(".conversation", { hasText: "Ana Souza" })).toHaveAttribute("aria-current", "true");
  await find("kapso list templates", /templates/i);
  await expect(page).toHaveURL(/kapso\.list-templates$/);
  await find("new conv", /New conversation/);
  await expect(page.getByRole("heading", { name: "New conversation" })).toBeVisible();
  await find("connect rapida", /Connect Rapida/);
  await expect(page.locator("form.editor")).toBeVisible();
  await find("dark", /Appearance: dark/);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("a conversation of a connection that is not in use is found, and the inbox leads there", async ({ page, sandbox }) => {
  // The sandbox in the page has the same people, but for this one.
  const { conversation_id } = await sandbox.control({ conversation: { messages: 5 } });
  const { data } = await read(sandbox, "kapso", "/whatsapp_conversations?per_page=100");
  const { contact_name } = data.find((row: { id: string }) => row.id === conversation_id);
  await page.goto(`${sandbox.url}/inbox`);
  await expect(page.locator(".conversation", { hasText: contact_name })).toBeVisible();
  const before = (await sandbox.log()).length;
  await page.locator(".world-row").filter({ hasText: "Kapso" }).getByRole("combobox").selectOption({ label: "Sandbox" });
  await page.goto(sandbox.url);
  await place(page, "Settings");
  await page.keyboard.press("Control+k");
  await field(page).fill(`${contact_name} http`);
  await expect(options(page)).toHaveCount(1);
  await expect(options(page)).toContainText("on Sandbox (HTTP)");
  expect((await sandbox.log()).length, "found without a request").toBe(before);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Switch to Sandbox (HTTP)" }).click();
  await expect(page.getByRole("region", { name: "Conversation", exact: true }).getByRole("heading", { level: 2 })).toContainText(contact_name);
});

test("it does not stand before a question, and the keys close it again", async ({ page, sandbox }) => {
  await page.goto(`${sandbox.url}/inbox`);
  await expect(page.locator(".conversation").first()).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys in the inbox" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeHidden();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(field(page)).toBeHidden();
});

test("the button in the frame opens it, also on a telephone", async ({ page, sandbox }) => {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(sandbox.url);
    await page.getByRole("button", { name: "Go to…" }).click();
    await field(page).fill("numb");
    await options(page).filter({ hasText: "Numbers" }).first().click();
    await expect(heading(page)).toHaveText("Numbers");
  }
});
