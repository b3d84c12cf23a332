// The page that sends to many, and what the provider got of it.
import { expect, type Sandbox } from "./fixtures.ts";
import type { Logged } from "./sandbox.ts";
import type { Locator, Page } from "@playwright/test";

export const SEND = "webex.send-text";
export const TEXT = "channels.OTT-Messaging.wa.text.body";

// Numbers of Ofcom's for drama: nobody has them.
export const number = (at: number): string => `447700${String(900_000 + at).padStart(6, "0")}`;
export const numbers = (count: number): string[] => Array.from({ length: count }, (_, at) => number(at));

export class Sending {
  constructor(readonly page: Page) {}

  static async open(page: Page, url: string): Promise<Sending> {
    await page.goto(`${url.replace(/\/$/, "")}/send`);
    const sending = new Sending(page);
    await expect(sending.button).toBeVisible();
    return sending;
  }

  get button(): Locator {
    return this.page.locator("form.send-parts button[type=submit]");
  }

  get people(): Locator {
    return this.page.locator('textarea[name="destination"]');
  }

  get text(): Locator {
    return this.page.locator(`textarea[name="${TEXT}"]`);
  }

  // How many people were found, and what of them.
  get found(): Locator {
    return this.page.locator(".send-found");
  }

  get preview(): Locator {
    return this.page.getByRole("group", { name: "Preview" });
  }

  // Rows of the list of those that are left out, or that look doubtful.
  issues(name: "Left out" | "Doubtful"): Locator {
    return this.page.getByRole("region", { name }).locator("tbody tr");
  }

  async app(id = "a_1"): Promise<void> {
    await this.page.locator('[name="appid"]').fill(id);
  }

  // Chooses a file of these bytes.
  async file(content: string | Buffer, name = "people.csv"): Promise<void> {
    await this.page.getByLabel("A file (CSV)").check();
    const buffer = typeof content === "string" ? Buffer.from(content) : content;
    await this.page.locator("#people-file").setInputFiles({ name, mimeType: "text/csv", buffer });
  }

  // A message that only has to be sent off: to so many people, with a request for each if wanted.
  async write(people: string[], text: string, each = false): Promise<void> {
    // A browser takes its time over thousands of lines that are typed into a field.
    if (people.length > 500) await this.file(people.join("\n"));
    else await this.people.fill(people.join("\n"));
    await this.text.fill(text);
    await this.app();
    if (each) await this.page.locator('[name="each"]').check();
    await expect(this.button).toContainText(`Send to ${people.length.toLocaleString("en")}`);
  }

  async send(): Promise<Sent> {
    await expect(this.button).not.toHaveAttribute("aria-disabled", "true");
    await this.button.click();
    const sent = new Sent(this.page);
    await expect(sent.bar).toBeVisible();
    return sent;
  }
}

// A message that was sent off.
export class Sent {
  constructor(readonly page: Page) {}

  get bar(): Locator {
    return this.page.getByRole("progressbar", { name: "Answered" });
  }

  get standing(): Locator {
    return this.page.locator(".send-standing");
  }

  get rows(): Locator {
    return this.page.locator(".send-table tbody tr");
  }

  row(number: string): Locator {
    return this.rows.filter({ hasText: number });
  }

  why(text: string | RegExp): Locator {
    return this.page.locator(".send-why, .send-why-failure").filter({ hasText: text });
  }

  press(name: string): Promise<void> {
    return this.page.getByRole("button", { name, exact: true }).click();
  }

  // Waits until so many have each result.
  async counts(wanted: Partial<Record<"queued" | "refused" | "unknown" | "waiting", number>>, timeout = 30_000): Promise<void> {
    for (const [kind, count] of Object.entries(wanted)) {
      const cell = this.page.locator(`.send-counts .${kind} strong`);
      await expect(cell, kind).toHaveText(count.toLocaleString("en"), { timeout });
    }
  }

  async done(timeout = 30_000): Promise<void> {
    await expect(this.standing).toContainText("Done: every request has left.", { timeout });
  }
}

// The calls of this operation.
export const sent = async (sandbox: Sandbox): Promise<Logged[]> =>
  (await sandbox.log()).filter((call) => call.operation === SEND);

// Who is named in calls, in their order.
export const reached = (calls: Logged[]): string[] =>
  calls.flatMap((call) => call.body.destination.flatMap((one: any) => one.waid as string[]));

export const textOf = (call: Logged): string => call.body.channels["OTT-Messaging"].wa.text.body;
