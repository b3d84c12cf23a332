// Saved replies: made on one device, used in a conversation, and moved to another device as a file.
import { expect, test } from "./support/fixtures.ts";
import { Composer, go, open, sent, texts } from "./support/writing.ts";
import { storesBeforeLeaving } from "./support/storing.ts";
import type { Locator, Page } from "@playwright/test";
import { readFileSync } from "node:fs";

async function replies(page: Page): Promise<Locator> {
  await new Composer(page).tool("Saved replies").click();
  const dialog = page.getByRole("dialog", { name: "Saved replies" });
  await expect(dialog).toBeVisible();
  return dialog;
}

async function make(page: Page, title: string, text: string): Promise<Locator> {
  const dialog = await replies(page);
  await dialog.getByRole("button", { name: "New reply" }).click();
  await dialog.getByLabel("Title").fill(title);
  await dialog.getByLabel("Text", { exact: true }).fill(text);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("button", { name: "New reply" })).toBeVisible();
  return dialog;
}

const choose = (dialog: Locator, title: string) => dialog.locator("button.template").filter({ hasText: title }).click();

async function importFile(dialog: Locator, buffer: Buffer): Promise<void> {
  const file = { name: "replies.json", mimeType: "application/json", buffer };
  await dialog.getByLabel("File of saved replies").setInputFiles(file);
}

const fileOf = (replies: unknown, version: unknown = 1) =>
  Buffer.from(JSON.stringify({ switchboard: "saved-replies", version, replies }));

test("a reply is made once and used in every conversation, with the contact's name", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Amelia Clarke");
  const dialog = await make(page, "Greeting", "Hi {first_name}, this is {name}’s line.\nWhat {else}?");
  await choose(dialog, "Greeting");
  await expect(dialog).toBeHidden();
  await expect(composer.text).toHaveValue("Hi Amelia, this is Amelia Clarke’s line.\nWhat {else}?");
  // It is put in, not sent.
  expect(await sent(sandbox)).toEqual([]);
  await page.reload();
  await go(page, "Ana Souza");
  await composer.text.fill("First");
  await choose(await replies(page), "Greeting");
  await expect(composer.text).toHaveValue("First\nHi Ana, this is Ana Souza’s line.\nWhat {else}?");
});

// The dialog gives the focus back to its button, and the text does not get it.
test("a reply that was put in can be sent at once by Enter", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Amelia Clarke");
  await choose(await make(page, "Greeting", "Hello"), "Greeting");
  await expect(composer.text).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(() => texts(sandbox)).toEqual(["Hello"]);
});

test("a reply without a title or a text is not saved, and what was typed stays", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await open(page, sandbox, "Amelia Clarke");
  const dialog = await replies(page);
  await dialog.getByRole("button", { name: "New reply" }).click();
  await dialog.getByLabel("Text", { exact: true }).fill("a".repeat(4097));
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toContainText("Give the reply a title.");
  await expect(dialog).toContainText("at most 4096 characters long; this has 4097");
  await expect(dialog.getByLabel("Text", { exact: true })).toHaveValue("a".repeat(4097));
});

test("a reply is changed and deleted", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await open(page, sandbox, "Amelia Clarke");
  const dialog = await make(page, "Greeting", "Hello");
  await dialog.getByRole("button", { name: "Change “Greeting”" }).click();
  await dialog.getByLabel("Text", { exact: true }).fill("Good morning");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.locator("button.template")).toHaveCount(1);
  await expect(dialog.locator("button.template")).toContainText("Good morning");
  await dialog.getByRole("button", { name: "Change “Greeting”" }).click();
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(dialog).toContainText("No reply is saved on this device.");
});

test("replies go to another device as a file", async ({ page, sandbox, browser, watch }) => {
  watch.allow(/example\.com/);
  await open(page, sandbox, "Amelia Clarke");
  await make(page, "Greeting", "Hi {first_name} 👋🏽\n“quoted” \\ <b>");
  await page.keyboard.press("Escape");
  const dialog = await make(page, "Bye", "See you");
  const saved = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Export" }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe("switchboard-replies.json");
  const file = readFileSync(await download.path());
  const other = await browser.newContext();
  await storesBeforeLeaving(other);
  const there = await other.newPage();
  const composer = await open(there, sandbox, "Amelia Clarke");
  const empty = await replies(there);
  await expect(empty).toContainText("No reply is saved on this device.");
  await importFile(empty, file);
  await expect(empty.getByRole("status")).toHaveText("2 replies were read from the file.");
  // The same once more changes nothing.
  await importFile(empty, file);
  await expect(empty.locator("button.template")).toHaveCount(2);
  await there.reload();
  await expect(composer.text).toBeVisible();
  await choose(await replies(there), "Greeting");
  await expect(composer.text).toHaveValue("Hi Amelia 👋🏽\n“quoted” \\ <b>");
  await other.close();
});

const BAD: [string, Buffer, RegExp][] = [
  ["no JSON", Buffer.from("<!doctype html>"), /it is not JSON/],
  ["nothing", Buffer.from(""), /it is not JSON/],
  ["no text", Buffer.from([0xff, 0xfe, 0x00, 0x7b]), /it is not JSON/],
  ["another JSON", Buffer.from('{"connections":[]}'), /not a file of saved replies/],
  ["a newer version", fileOf([], 99), /newer version/],
  ["no list", fileOf("x"), /no list of replies/],
  ["one without a text", fileOf([{ id: "1", title: "A", text: "a" }, { id: "2", title: "B" }]), /Reply 2 /],
  ["one that is too long", fileOf([{ id: "1", title: "A", text: "a".repeat(4097) }]), /Reply 1 .*4096/],
  ["too many", fileOf(Array.from({ length: 501 }, (_, at) => ({ id: `${at}`, title: "A", text: "a" }))), /500/],
  ["far too much", Buffer.alloc(17 * 1024 * 1024, 0x20), /nothing was imported/i],
];

test("of a bad file nothing is taken, and what is there stays", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await open(page, sandbox, "Amelia Clarke");
  const dialog = await make(page, "Greeting", "Hello");
  for (const [what, buffer, says] of BAD) {
    await importFile(dialog, buffer);
    await expect(dialog.getByRole("status"), what).toContainText(says);
    await expect(dialog.getByRole("status"), what).toContainText(/nothing was imported/i);
    await expect(dialog.locator("button.template"), what).toHaveCount(1);
  }
  await expect(dialog.locator("button.template")).toContainText("Hello");
});
