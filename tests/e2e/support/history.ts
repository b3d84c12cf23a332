// The history of calls as tests fill it and look at it.
import { expect, type Locator, type Page } from "@playwright/test";

export const rows = (page: Page): Locator => page.locator(".record");
// How many of how many entries are shown.
export const shows = (page: Page): Locator => page.getByRole("search", { name: "Filter the calls" }).getByRole("status");
// A field of the filter, by its label.
export const field = (page: Page, label: string): Locator => page.locator(".filters").getByLabel(label, { exact: true });
export const tick = (page: Page, outcome: string): Locator =>
  page.getByRole("group", { name: "Outcome" }).getByLabel(outcome, { exact: true });

export type Outcome =
  | "Open"
  | { Succeeded: { status: number; milliseconds: number; answer: string } }
  | { Failed: { status: number | null; milliseconds: number | null; word: string; maybe: boolean; answer: string } };

export const done = (milliseconds = 50, answer = ""): Outcome => ({ Succeeded: { status: 200, milliseconds, answer } });
export const refused = (milliseconds = 50): Outcome => ({
  Failed: { status: 422, milliseconds, word: "Refused", maybe: false, answer: "" },
});
export const failed: Outcome = {
  Failed: { status: null, milliseconds: null, word: "Blocked or unreachable", maybe: false, answer: "" },
};
export const doubtful: Outcome = {
  Failed: { status: null, milliseconds: null, word: "Timed out", maybe: true, answer: "" },
};

export interface Call {
  operation: string;
  // Unix milliseconds.
  at: number;
  outcome: Outcome;
  body?: unknown;
  // Folded reads.
  times?: number;
}

// Puts calls into the history as the page stores them. One that it could not read would not be listed.
export async function put(page: Page, calls: Call[]): Promise<void> {
  const records = calls.map(({ operation, at, outcome, body = null, times = 1 }, n) => {
    const reads = /\.(get|list)-/.test(operation);
    const path = `/${operation.split(".")[1]}/${n}`;
    const time = (at: number) => String(at).padStart(15, "0");
    const key = reads ? `${time(at - (at % 60_000))}-host-${path}` : `${time(at)}-${String(n).padStart(8, "0")}`;
    const draft = { texts: {}, rows: {} };
    const method = reads ? "GET" : "POST";
    return { key, at, connection: "Mine", host: "example.com", operation, method, path, draft, body, outcome, times };
  });
  await page.evaluate(async (records) => {
    const opened = indexedDB.open("switchboard");
    await new Promise((resolve) => (opened.onsuccess = resolve));
    const transaction = opened.result.transaction(["writes", "reads"], "readwrite");
    for (const record of records) {
      transaction.objectStore(record.method === "GET" ? "reads" : "writes").put(JSON.stringify(record), record.key);
    }
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    opened.result.close();
  }, records);
}

// Opens the page with these calls in it, at an address such as `/activity?time=today`.
export async function openWith(page: Page, site: string, calls: Call[], address = "/activity"): Promise<void> {
  await page.goto(`${site}/activity`);
  await expect(page.locator(".empty")).toBeVisible();
  await put(page, calls);
  await page.goto(site + address);
  await expect(page.locator(".filters")).toBeVisible();
}
