// What is kept on a device: read past the page, shown under Settings, and moved in a file.
import { expect, type Locator, type Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { onDevice } from "./storage.ts";

export const data = (page: Page): Locator => page.getByRole("region", { name: "Data on this device" });
export const row = (page: Page, kind: string): Locator => data(page).locator(`tr[data-kind=${kind}]`).first();
export const moving = (page: Page): Locator => page.getByRole("region", { name: "Export and import" });
export const review = (page: Page): Locator => moving(page).locator("#import-review");

// Every entry of every shelf, by its key, and the settings.
export type Dump = Record<string, Record<string, any>>;

export async function dump(page: Page): Promise<Dump> {
  const { settings, shelves } = await onDevice(page);
  const found: Dump = { settings: {} };
  for (const [name, entries] of Object.entries(shelves)) {
    const read = (text: string) => (name === "words" ? text : JSON.parse(text));
    found[name] = Object.fromEntries(entries.map(([key, text]) => [key, read(text)]));
  }
  for (const [key, text] of Object.entries(settings)) found.settings[key.replace("switchboard.", "")] = JSON.parse(text);
  return found;
}

// All messages that are stored, in their order, whatever blocks they stand in.
export const messagesOf = (all: Dump): any[] =>
  Object.values(all.messages).flat().sort((a, b) => a.p.at - b.p.at || (a.p.id < b.p.id ? -1 : 1));

// Exports, and answers the file's text.
export async function exported(page: Page): Promise<string> {
  const saved = page.waitForEvent("download");
  await moving(page).getByRole("button", { name: "Export to a file" }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toMatch(/^switchboard-export-\d{4}-\d\d-\d\d\.json$/);
  await expect(moving(page).getByText("The file was handed to the browser.")).toBeVisible();
  return readFileSync(await download.path(), "utf8");
}

export async function choose(page: Page, content: string | Buffer): Promise<void> {
  const buffer = typeof content === "string" ? Buffer.from(content) : content;
  const file = { name: "switchboard-export.json", mimeType: "application/json", buffer };
  await moving(page).getByLabel("File of an export").setInputFiles(file);
}

// Chooses a file and takes it; answers what is said then.
export async function imported(page: Page, content: string): Promise<string> {
  await choose(page, content);
  // The page begins anew; what was said before is not what is said then.
  const loaded = page.waitForEvent("load");
  await review(page).getByRole("button", { name: /^Import/ }).click();
  await loaded;
  await expect(data(page).locator(".said")).toContainText(/^Imported|^Nothing in the file/);
  return data(page).locator(".said").innerText();
}

// A file as the console writes it.
export function file(origin: string, entries: object[], head: object = {}): string {
  const header = { switchboard: "device", format: 1, product: "0.1.0", origin, made: "2026-11-20T12:00:00.000Z", ...head };
  const lines = entries.map((entry) => JSON.stringify(entry)).join(",\n");
  return `${JSON.stringify(header).slice(0, -1)},"entries":[\n${lines}\n],"count":${entries.length}}\n`;
}

// One message as it is stored.
export const message = (at: number, words: string, id = `m${at}`): object => {
  const raw = { id, message_type: "text", content: words, direction: "inbound", status: "received", created_at: new Date(at).toISOString() };
  return { p: { at, id }, s: "Received", w: "", i: true, r: JSON.stringify(raw) };
};

export const leaving = (connection: string, conversation: string, content: string, state: unknown = "Waiting"): object => {
  const released = Date.now();
  const key = `${String(released).padStart(15, "0")} 00000001`;
  return { leaving: { key, connection, conversation, request: { conversation_id: conversation, message: { content } }, template: "", released, state } };
};
