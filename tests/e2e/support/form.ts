// One request on screen: fields by their labels, rows of lists, the one button, and what came back.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Logged, Sandbox } from "./sandbox.ts";

// A part of the form: all of it, or one row of a list.
export class Part {
  constructor(readonly root: Locator) {}

  // The input with this label; a required one has a star behind it.
  field(label: string): Locator {
    const literal = label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return this.root.getByLabel(new RegExp(`^${literal}( \\*)?$`));
  }

  // Types into fields, by label.
  async fill(values: Record<string, string>): Promise<void> {
    for (const [label, value] of Object.entries(values)) await this.field(label).fill(value);
  }

  // Chooses from lists of choices, by label and by the words of the choice.
  async choose(choices: Record<string, string>): Promise<void> {
    for (const [label, choice] of Object.entries(choices)) {
      await this.field(label).selectOption({ label: choice });
    }
  }

  // One row of a list, such as `Button 1`.
  row(name: string): Part {
    return new Part(this.root.getByRole("group", { name, exact: true }));
  }

  // The input of a path such as `message.buttons.0.title`.
  input(path: string): Locator {
    return this.root.locator(`[name="${path}"]`);
  }

  adder(list: string): Locator {
    return this.root.locator(`[data-add="${list}"]`);
  }

  // Adds rows to the list at this path, and waits for each to take the focus.
  async add(list: string, rows = 1): Promise<void> {
    for (let row = 0; row < rows; row++) {
      const there = this.root.locator(`[data-row^="${list}."]`);
      const before = await there.count();
      await this.adder(list).press("Enter");
      await expect(there).toHaveCount(before + 1);
      await expect(there.last().locator(":focus")).toHaveCount(1);
    }
  }
}

// The page of one request.
export class Request extends Part {
  private constructor(readonly page: Page) {
    super(page.getByRole("region", { name: "Form" }));
  }

  // Opens the form at this address and waits until it can be filled in.
  static async open(page: Page, site: string, operation: string): Promise<Request> {
    await page.goto(`${site.replace(/\/$/, "")}/requests/${operation}`);
    const request = new Request(page);
    await expect(request.button).toBeVisible();
    return request;
  }

  // The page that is open already.
  static on(page: Page): Request {
    return new Request(page);
  }

  // Goes to a form by the list of requests, which keeps what is in memory.
  async go(operation: string): Promise<Request> {
    await this.page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Requests" }).click();
    await this.page.locator(`a[href$="/requests/${operation}"]`).click();
    await expect(this.button).toBeVisible();
    return this;
  }

  get button(): Locator {
    return this.page.locator("button[type=submit]");
  }

  // The focus goes first, so that what appears under the field it leaves has moved the button already.
  async send(): Promise<void> {
    await this.button.focus();
    await this.button.click();
  }

  get answer(): Locator {
    return this.page.getByRole("region", { name: "Answer" });
  }

  // `Done`, or what went wrong in a few words.
  get outcome(): Locator {
    return this.answer.locator(".status-line");
  }

  // Waits for a success of this status.
  async succeeded(status: number): Promise<void> {
    await expect(this.outcome).toContainText(new RegExp(`^Done\\s*${status} · \\d+ ms$`));
  }

  get preview(): Locator {
    return this.page.getByRole("tabpanel");
  }

  // The draft is on the device, or there is nothing to keep.
  async kept(state: "yes" | "empty"): Promise<void> {
    await expect(this.page.locator(`[data-kept="${state}"]`)).toHaveCount(1);
  }
}

// The newest call of the sandbox's log.
export async function last(sandbox: Sandbox): Promise<Logged> {
  const log = await sandbox.log();
  expect(log.length, "calls received").toBeGreaterThan(0);
  return log[log.length - 1];
}

// The calls of one operation in the sandbox's log.
export async function calls(sandbox: Sandbox, operation: string): Promise<Logged[]> {
  return (await sandbox.log()).filter((call) => call.operation === operation);
}
