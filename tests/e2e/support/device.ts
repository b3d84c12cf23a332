// A device of its own for one benchmark: a server, and browsers one after the other whose profile lies
// on the disk, so that what one stored is there for the next. It is filled by the app's own store.
import { chromium, expect, type LaunchOptions, type Page } from "@playwright/test";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dist, fromXtask } from "./environment.ts";
import { Sandbox } from "./sandbox.ts";
import { Copy } from "./static-host.ts";
import { BASES } from "./world.ts";

// Messages of an answer, and answers that the inbox stores together at most.
const PAGE = 100;
const TOGETHER = 10;
// Pictures of messages are of a host that is not asked: no figure shall wait for a network.
const ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1";

export class Device {
  private constructor(
    readonly sandbox: Sandbox,
    private readonly site: Copy,
    private readonly launch: LaunchOptions,
    private readonly profile = mkdtempSync(join(tmpdir(), "switchboard-")),
  ) {}

  static async start(launch: LaunchOptions): Promise<Device> {
    // Never in the built site itself: what fills a device is no part of it.
    const site = new Copy(dist(), []);
    cpSync(fromXtask("SWITCHBOARD_FILL"), site.folder, { recursive: true });
    const device = new Device(await Sandbox.start(site.folder), site, launch);
    await device.browse((page) => keepAll(page, device.sandbox.url));
    return device;
  }

  // Lets a page of a newly started browser be used.
  async browse<R>(use: (page: Page) => Promise<R>, ...args: string[]): Promise<R> {
    const context = await chromium.launchPersistentContext(this.profile, {
      ...this.launch,
      viewport: { width: 1280, height: 800 },
      // What it fetches once a page is idle would be measured along.
      serviceWorkers: "block",
      args: [...(this.launch.args ?? []), ALONE, ...args],
    });
    try {
      return await use(context.pages()[0] ?? (await context.newPage()));
    } finally {
      await context.close();
    }
  }

  // Makes a conversation of so many messages, and `older` before them that are not stored here; answers
  // its id.
  async fill(messages: number, older = 0): Promise<string> {
    const made = await this.sandbox.control({ conversation: { messages: messages + older } });
    const conversation: string = made.conversation_id;
    await this.browse(async (page) => {
      await page.goto(this.sandbox.url);
      const stored = await page.evaluate(store, {
        messages: `${BASES.kapso}/whatsapp_conversations/${conversation}/whatsapp_messages?per_page=${PAGE}&page=`,
        conversation,
        pages: messages / PAGE,
        together: TOGETHER,
        complete: older === 0,
        module: "/fill.js",
      });
      if (stored !== messages) throw new Error(`${stored} of ${messages} messages were stored.`);
    });
    return conversation;
  }

  async stop(): Promise<void> {
    await this.sandbox.stop();
    this.site.remove();
    rmSync(this.profile, { recursive: true, force: true });
  }
}

// A long conversation began before what is usually kept.
async function keepAll(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/settings`);
  await page.getByLabel("Until they are erased").check();
  await expect(page.getByText("Messages are kept until they are erased.")).toBeVisible();
}

interface Wanted {
  // The address of a page of messages, but for its number.
  messages: string;
  conversation: string;
  pages: number;
  together: number;
  complete: boolean;
  module: string;
}

// Runs on the page: reads the conversation as the inbox does, the newest first, and stores it.
async function store({ messages, conversation, pages, together, complete, module }: Wanted): Promise<number> {
  const fill = await import(module);
  await fill.default({ module_or_path: "/fill_bg.wasm" });
  // Not the key of the inbox, which heeds how many requests are left to it.
  const headers = { "x-api-key": "fill" };
  let stored = 0;
  for (let first = 1; first <= pages; first += together) {
    const numbers = Array.from({ length: Math.min(together, pages + 1 - first) }, (_, at) => first + at);
    const answers = numbers.map(async (number) => (await fetch(messages + number, { headers })).text());
    const last = first + together > pages;
    stored += await fill.store("sandbox-kapso", conversation, await Promise.all(answers), complete && last);
  }
  return stored;
}
