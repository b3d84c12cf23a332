// One conversation of the inbox: its messages, those that are on their way, and what is written to it.
import { expect, type Locator, type Page } from "@playwright/test";
import { calls, Part } from "./form.ts";
import type { Logged, Sandbox } from "./sandbox.ts";
import { countCalls } from "./time.ts";
import { BASES, read } from "./world.ts";

export const SEND = "kapso.send-message";
export const MESSAGES = "kapso.list-messages";
// A message that is sent and has no answer.
export const HANGING_SEND = /^POST .*\/whatsapp_messages$/;
export const TEMPLATES = "kapso.list-templates";

export const named = (page: Page, name: string): Locator => page.locator(".conversation").filter({ hasText: name });
export const side = (page: Page): Locator => page.getByRole("region", { name: "Conversation", exact: true });
export const thread = (page: Page): Locator => page.getByRole("log", { name: "Messages" });
export const messages = (page: Page): Locator => thread(page).getByRole("article");
// Messages that the provider does not have, as far as is known.
export const leaving = (page: Page): Locator => thread(page).locator("article.leaving");
// Messages that the provider has.
export const arrived = (page: Page): Locator => thread(page).locator("article.message:not(.leaving)");

// What is written in the conversation that is open.
export class Composer extends Part {
  constructor(readonly page: Page) {
    super(page.locator("form.composer"));
  }

  get text(): Locator {
    return this.input("message.content");
  }

  get button(): Locator {
    return this.root.locator("button[type=submit]");
  }

  get preview(): Locator {
    return this.root.getByRole("group", { name: "Preview" });
  }

  get quoting(): Locator {
    return this.root.locator(".quoting");
  }

  tool(name: string): Locator {
    return this.root.getByRole("button", { name, exact: true });
  }

  // Chooses what to send, by its words.
  async kind(label: string): Promise<void> {
    await this.root.getByLabel("What to send").selectOption({ label });
  }

  async write(text: string): Promise<void> {
    await this.text.fill(text);
    await this.text.press("Enter");
  }

  async send(): Promise<void> {
    await this.button.focus();
    await this.button.click();
  }
}

// Opens a conversation by the name of its contact, and waits for its newest message.
export async function open(page: Page, sandbox: Sandbox, name: string): Promise<Composer> {
  await countCalls(page);
  await page.goto(`${sandbox.url}/inbox`);
  return go(page, name);
}

// Goes to a conversation by the list, which keeps what is in memory.
export async function go(page: Page, name: string): Promise<Composer> {
  await named(page, name).click();
  await expect(side(page).getByRole("heading", { level: 2 })).toContainText(name);
  await expect(messages(page).last()).toBeVisible();
  return new Composer(page);
}

// The conversations that the provider lists; the id of one by the name of its contact.
export async function idOf(sandbox: Sandbox, name: string): Promise<string> {
  const { data } = await read(sandbox, "kapso", "/whatsapp_conversations?per_page=100");
  return data.find((conversation: any) => conversation.contact_name === name).id;
}

// What the provider has of a conversation, the oldest first.
export async function atProvider(sandbox: Sandbox, id: string): Promise<any[]> {
  const { data } = await read(sandbox, "kapso", `/whatsapp_conversations/${id}/whatsapp_messages?per_page=100`);
  return data.reverse();
}

// How often the provider has a text of the business in a conversation.
export async function copies(sandbox: Sandbox, id: string, content: string): Promise<number> {
  const all = await atProvider(sandbox, id);
  return all.filter((message) => message.direction === "outbound" && message.content === content).length;
}

// A colleague writes to a conversation, with another key and past this browser.
export async function colleague(sandbox: Sandbox, id: string, content: string): Promise<void> {
  const answer = await fetch(`${sandbox.url}${BASES.kapso}/whatsapp_conversations/${id}/whatsapp_messages`, {
    method: "POST",
    headers: { "x-api-key": "a-test", "content-type": "application/json" },
    body: JSON.stringify({ message: { content } }),
  });
  expect(answer.status).toBe(201);
}

// The requests to send that the provider received from this browser.
export const sent = async (sandbox: Sandbox): Promise<Logged[]> =>
  (await calls(sandbox, SEND)).filter((call) => call.headers["x-api-key"] !== "test");

// Their texts, in the order in which they came.
export const texts = async (sandbox: Sandbox): Promise<string[]> =>
  (await sent(sandbox)).map((call) => call.body.message.content);
