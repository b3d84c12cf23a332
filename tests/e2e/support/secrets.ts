// Every secret that a test types or a provider answers, and every place where none may be: pages, storage,
// addresses, downloads, the clipboard, notifications and the console. Looked for after each test.
import { expect, type BrowserContext, type Page, type Response } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { sweep } from "./storage.ts";

// Members of answers and requests that are secret.
const MEMBERS = /^(api_key|access_token|webhook_verify_token)$/;
// Members of pairs that somebody names, and names that sound like a credential.
const NAMED = /token|secret|password|api[-_ ]?key|auth|credential/i;
// Shorter texts stand in a page for other reasons as well.
const SHORTEST = 8;
// Words that mean no secret, here or at a sandbox.
const WORDS = /^(sandbox|refused|password|••••••)$/;

export class Secrets {
  private readonly known = new Set<string>();
  // Where texts were seen, and the texts.
  private readonly seen: [string, string][] = [];
  private readonly reading: Promise<unknown>[] = [];
  private shown = false;

  // A test that has a secret shown on the page on purpose.
  maybeOnThePage(): void {
    this.shown = true;
  }

  async over(context: BrowserContext): Promise<void> {
    await context.exposeBinding("reportSecret", (_, text: string) => this.learn(text));
    await context.exposeBinding("reportText", (_, where: string, text: string) => void this.seen.push([where, text]));
    await context.addInitScript(() => {
      const world = globalThis as any;
      const typed = (event: Event) => {
        const input = event.target as HTMLInputElement;
        if (input.type === "password") world.reportSecret(input.value);
      };
      addEventListener("change", typed, true);
      addEventListener("input", typed, true);
      const copy = navigator.clipboard?.writeText;
      if (copy) {
        Clipboard.prototype.writeText = function (text: string) {
          world.reportText("the clipboard", text);
          return copy.call(this, text);
        };
      }
      if ("Notification" in globalThis) {
        const plain = Notification;
        world.Notification = new Proxy(plain, {
          construct(target, [title, options]) {
            world.reportText("a notification", `${title} ${JSON.stringify(options ?? {})}`);
            return new target(title, options);
          },
        });
      }
    });
    context.on("request", (request) => this.seen.push(["an address", request.url()]));
    context.on("response", (response) => this.reading.push(this.answered(response)));
    context.on("console", (message) => this.seen.push(["the console", message.text()]));
    const page = (page: Page) => {
      page.on("framenavigated", (frame) => this.seen.push(["the address of a page", frame.url()]));
      page.on("download", (download) => {
        const read = async () => this.seen.push(["a download", await readFile(await download.path(), "latin1")]);
        this.reading.push(read().catch(() => undefined));
      });
    };
    context.pages().forEach(page);
    context.on("page", page);
  }

  private learn(text: string): void {
    const plain = text.trim();
    if (plain.length >= SHORTEST && !WORDS.test(plain)) this.known.add(plain);
  }

  private async answered(response: Response): Promise<void> {
    if (!response.url().includes("/sandbox/")) return;
    // A page that is left takes its answers with it.
    const body = await response.json().catch(() => null);
    this.members(body);
  }

  private members(value: any): void {
    if (value === null || typeof value !== "object") return;
    if (typeof value.key === "string" && NAMED.test(value.key) && typeof value.value === "string") this.learn(value.value);
    for (const [name, member] of Object.entries(value)) {
      if (typeof member === "string" && MEMBERS.test(name)) this.learn(member);
      else this.members(member);
    }
  }

  // What was found, and where.
  async found(context: BrowserContext): Promise<string[]> {
    await Promise.all(this.reading);
    if (this.known.size === 0) return [];
    for (const page of context.pages()) {
      if (page.isClosed() || !/^https?:/.test(page.url())) continue;
      await page.waitForLoadState();
      this.seen.push(["the title of a page", await page.title()]);
      // A storage that fails on purpose holds nothing; the sandbox in the page is a provider, with what it
      // knows of its own.
      this.seen.push(["storage", await sweep(page, ["world"]).catch(() => "")]);
      if (!this.shown) this.seen.push(["a page", await page.content()]);
    }
    const found = new Set<string>();
    for (const secret of this.known) {
      const forms = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
      // Some are so short that they stand within longer words by chance.
      const whole = secret.length < 12 ? new RegExp(`(?<![0-9a-z])${secret.replace(/[^0-9a-z]/gi, "\\$&")}(?![0-9a-z])`, "i") : null;
      for (const [where, text] of this.seen) {
        if (whole ? whole.test(text) : forms.some((form) => text.includes(form))) found.add(`…${secret.slice(-4)} in ${where}`);
      }
    }
    return [...found];
  }
}

export const none = async (secrets: Secrets, context: BrowserContext) =>
  expect(await secrets.found(context), "secrets where none may be").toEqual([]);
