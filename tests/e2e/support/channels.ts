// Channels as tests see them, and what the providers have behind the page's back.
import { expect, type Sandbox } from "./fixtures.ts";
import { Part } from "./form.ts";
import { BASES, read, type Provider } from "./world.ts";
import type { Locator, Page } from "@playwright/test";

export const ASSISTANT = "2227823180112723968";

export const kapso = (page: Page): Locator => page.getByRole("region", { name: "Customers at Kapso" });
export const rapida = (page: Page): Locator => page.getByRole("region", { name: "Assistants at Rapida" });
export const region = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });
export const list = (page: Page, name: string): Locator => page.getByRole("list", { name, exact: true }).locator("> li");
export const title = (page: Page): Locator => page.getByRole("heading", { level: 1 });
// What was done on the way here.
export const told = (page: Page): Locator => page.locator(".channels-told");
export const query = (page: Page): string => decodeURIComponent(new URL(page.url()).search);

// Opens a place and waits until its title says so.
export async function open(page: Page, sandbox: Sandbox, search: string, named: string | RegExp): Promise<void> {
  await page.goto(`${sandbox.url}/channels${search}`);
  await expect(title(page)).toHaveText(named);
}

// The form that creates something.
export class Making extends Part {
  constructor(readonly page: Page) {
    super(page.locator("form.make"));
  }

  get button(): Locator {
    return this.root.locator("button[type=submit]");
  }

  get outcome(): Locator {
    return this.root.locator(".outcome-line");
  }

  get form(): Locator {
    return this.root;
  }
}

// The change of a config.
export class Change extends Part {
  constructor(readonly page: Page) {
    super(region(page, "Change"));
  }

  get panel(): Locator {
    return this.root;
  }

  get dialog(): Locator {
    return this.page.getByRole("dialog", { name: "Review the changes" });
  }

  get outcome(): Locator {
    return this.root.locator(".outcome-line");
  }

  async review(): Promise<void> {
    await this.root.getByRole("button", { name: "Review the changes" }).click();
    await expect(this.dialog).toBeVisible();
  }

  async save(): Promise<void> {
    await this.review();
    await this.dialog.getByRole("button", { name: /^Save the changes/ }).click();
  }
}

// Sends one request past the page.
export async function post(sandbox: Sandbox, provider: Provider, path: string, body: object): Promise<any> {
  const headers = { "content-type": "application/json", "x-api-key": "a-test" };
  const answer = await fetch(sandbox.url + BASES[provider] + path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

export interface Known {
  // Hotel Mirante, which has two configs, and the newer of them.
  customer: string;
  config: string;
}

export async function known(sandbox: Sandbox): Promise<Known> {
  const customers = await read(sandbox, "kapso", "/customers");
  const customer = customers.data.find((one: any) => one.name === "Hotel Mirante").id;
  return { customer, config: (await configs(sandbox, customer))[0].id };
}

export const configs = async (sandbox: Sandbox, customer: string): Promise<any[]> =>
  (await read(sandbox, "kapso", `/customers/${customer}/whatsapp_configs`)).data;

export const deployments = async (sandbox: Sandbox, assistant = ASSISTANT): Promise<any[]> =>
  (await read(sandbox, "rapida", `/get-all-whatsapp-deployment/${assistant}`)).data;

// The next call of an operation loses its answer, before or after it took effect.
export const lose = (sandbox: Sandbox, operation: string, when: "before" | "after", more: object[] = []) =>
  sandbox.control({ faults: [{ operation, times: 1, when, answer: "drop" }, ...more] });
