// The inbox on screen: its list, the open conversation, and the details beside it.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Sandbox } from "./sandbox.ts";

export const LIST = "kapso.list-conversations";
export const MESSAGES = "kapso.list-messages";

export const rows = (page: Page): Locator => page.locator(".conversation");
export const named = (page: Page, name: string): Locator => rows(page).filter({ hasText: name });
export const list = (page: Page): Locator => page.getByRole("region", { name: "Conversations" });
export const side = (page: Page): Locator => page.getByRole("region", { name: "Conversation", exact: true });
export const title = (page: Page): Locator => side(page).getByRole("heading", { level: 2 }).first();
export const thread = (page: Page): Locator => page.getByRole("log", { name: "Messages" });
export const messages = (page: Page): Locator => thread(page).getByRole("article");
export const idOf = (page: Page): string => new URL(page.url()).pathname.split("/").pop()!;

// Opens a conversation of the list by its name.
export async function open(page: Page, sandbox: Sandbox, name: string): Promise<void> {
  await page.goto(`${sandbox.url}/inbox`);
  await named(page, name).click();
  await expect(title(page)).toContainText(name);
  await expect(messages(page).last()).toBeVisible();
}

// The details of a conversation.
export class Details {
  readonly pane: Locator;
  readonly button: Locator;

  constructor(readonly page: Page) {
    this.pane = page.getByRole("region", { name: "Details", exact: true });
    this.button = side(page).getByRole("button", { name: "Details", exact: true }).first();
  }

  static async open(page: Page, sandbox: Sandbox, name: string): Promise<Details> {
    await open(page, sandbox, name);
    const details = new Details(page);
    await details.button.click();
    await expect(details.pane).toBeVisible();
    return details;
  }

  part(name: string): Locator {
    return this.pane.getByRole("region", { name, exact: true });
  }

  // What the provider tells of a name, such as `Status`.
  fact(name: string): Locator {
    return this.pane.locator(".facts > dt", { hasText: name }).locator("xpath=following-sibling::dd[1]");
  }
}

// Headless tabs are never hidden; the page is told so.
export const hide = (page: Page, hidden: boolean): Promise<void> =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    dispatchEvent(new Event("visibilitychange"));
  }, hidden);
