// The inbox as tests see it, and time that passes in it step by step.
import { expect, type Sandbox } from "./fixtures.ts";
import { read } from "./world.ts";
import type { Locator, Page } from "@playwright/test";

export const LIST = "kapso.list-conversations";
export const MESSAGES = "kapso.list-messages";
export const MARK = "kapso.mark-as-read";

export const rows = (page: Page): Locator => page.locator(".conversation");
export const named = (page: Page, name: string): Locator => rows(page).filter({ hasText: name });
export const thread = (page: Page): Locator => page.getByRole("log", { name: "Messages" });
export const messages = (page: Page): Locator => thread(page).getByRole("article");
export const list = (page: Page): Locator => page.getByRole("region", { name: "Conversations" });
export const side = (page: Page): Locator => page.getByRole("region", { name: "Conversation", exact: true });
// How old the list is, and why where it is not new.
export const freshness = (page: Page): Locator => page.locator(".fresh");

export async function open(page: Page, sandbox: Sandbox, name: string): Promise<string> {
  await page.goto(`${sandbox.url}/inbox`);
  await named(page, name).click();
  await expect(side(page).getByRole("heading", { level: 2 })).toContainText(name);
  await expect(messages(page).last()).toBeVisible();
  return new URL(page.url()).pathname.split("/").pop()!;
}

export const receive = (sandbox: Sandbox, conversation_id: string, content: string) =>
  sandbox.control({ receive: { conversation_id, content } });

// What the provider answers to the first page of a conversation, or of the list.
export async function answer(sandbox: Sandbox, conversation?: string): Promise<string> {
  const of = conversation ? `/whatsapp_conversations/${conversation}/whatsapp_messages` : "/whatsapp_conversations";
  return JSON.stringify(await read(sandbox, "kapso", `${of}?page=1&per_page=100`));
}
