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

// Counts the calls of a page that are under way, and what it reads and writes on the device around them;
// timers of the page play no part in it.
export async function countCalls(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const world = globalThis as any;
    let underWay = 0;
    const send = world.fetch.bind(world);
    world.fetch = async (...call: any[]) => {
      underWay++;
      try {
        const answer = await send(...call);
        await answer.clone().arrayBuffer();
        return answer;
      } finally {
        underWay--;
      }
    };
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...of: any) {
      const transaction = begin.apply(this, of);
      underWay++;
      for (const end of ["complete", "abort"]) transaction.addEventListener(end, () => underWay--);
      return transaction;
    };
    const soon = () => new Promise((resolve) => {
      const port = new MessageChannel();
      port.port1.onmessage = resolve;
      port.port2.postMessage(null);
    });
    world.settled = async (hanging: number) => {
      for (let quiet = 0; quiet < 20; quiet++) {
        await soon();
        if (underWay > hanging) quiet = 0;
      }
    };
  });
}

const settled = (page: Page, hanging: number) => page.evaluate((hanging) => (globalThis as any).settled(hanging), hanging);

interface Passing {
  // Runs before each second.
  each?: (second: number) => Promise<unknown>;
  // Calls that never end, and are not waited for.
  hanging?: number;
}

// Time on every page of the browser stands still from here on, but for `pass`.
export async function freeze(page: Page): Promise<void> {
  await page.clock.pauseAt(new Date(await page.evaluate(() => Date.now() + 1_000)));
}

// Lets time pass second by second, with every answer that is due read before the next. One clock runs in
// all pages of a browser.
export async function pass(pages: Page | Page[], seconds: number, { each, hanging = 0 }: Passing = {}): Promise<void> {
  const all = Array.isArray(pages) ? pages : [pages];
  for (let second = 0; second < seconds; second++) {
    await each?.(second);
    await all[0].clock.runFor(1_000);
    for (const page of all) await settled(page, hanging);
  }
}

// Lets time pass until something is seen.
export async function until(pages: Page | Page[], seen: Locator, most = 30): Promise<void> {
  for (let second = 0; second < most && !(await seen.first().isVisible()); second++) await pass(pages, 1);
  await expect(seen.first()).toBeVisible();
}
