// Connections that a person makes on the page.
import { expect, type Locator, type Page } from "@playwright/test";
import { BASES, type Provider } from "./world.ts";

export const NAMES: Record<Provider, string> = {
  vonage: "Vonage",
  kapso: "Kapso",
  webex: "Webex Connect",
  rapida: "Rapida",
};

// The part of `/connections` that is about one provider.
export const section = (page: Page, provider: Provider): Locator =>
  page.getByRole("region", { name: NAMES[provider], exact: true });

// The card of one connection, by its name.
export const card = (page: Page, provider: Provider, label: string): Locator =>
  section(page, provider)
    .locator("li.card")
    .filter({ has: page.getByRole("heading", { name: label, exact: true }) });

// Goes to a place by the frame, which keeps what is in memory.
export async function place(page: Page, name: string): Promise<void> {
  const places = page.getByRole("navigation", { name: "Places" });
  const link = places.getByRole("link", { name });
  // Where there is no room, some come with *More*.
  const more = places.getByRole("button", { name: "More" });
  await expect(link.or(more).first()).toBeVisible();
  if (!(await link.isVisible())) await more.click();
  await link.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
}

// Opens the editor of a new connection.
export async function add(page: Page, provider: Provider): Promise<Locator> {
  await section(page, provider).getByRole("button", { name: `Add a ${NAMES[provider]} connection` }).click();
  return section(page, provider).locator("form.editor");
}

interface Own {
  // The sandbox of the same server unless named.
  address?: string;
  label?: string;
  key?: string;
  relay?: boolean;
}

// Adds a connection, which is then in use; with a key, it can be sent through at once.
export async function own(page: Page, site: string, provider: Provider, options: Own = {}): Promise<void> {
  const { address = BASES[provider], label = "Mine", key, relay = false } = options;
  await page.goto(`${site.replace(/\/$/, "")}/connections`);
  const editor = await add(page, provider);
  await editor.getByLabel("Name").fill(label);
  await editor.getByLabel("Base address").fill(address);
  if (relay) await editor.getByLabel("The address is a relay").check();
  await editor.getByRole("button", { name: "Add the connection" }).click();
  const made = card(page, provider, label);
  await expect(made).toContainText("In use");
  if (key === undefined) return;
  await enter(made, key);
}

// Enters a key into a card.
export async function enter(made: Locator, key: string): Promise<void> {
  const paste = made.getByLabel("Paste a token");
  await expect(made.locator("input[type=password]").or(paste).first()).toBeVisible();
  if (await paste.isVisible()) await paste.check();
  await made.locator("input[type=password]").fill(key);
  await made.getByRole("button", { name: "Use this key" }).click();
  await expect(made).toContainText(`ends in ${key.slice(-4)}`);
}
