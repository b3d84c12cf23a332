// What Lighthouse says of a page: its scores of a hundred, and what it found. A browser of its own, because
// it is spoken to over a port. As on a desk, where this console is used: a line of 10 Mbit/s and 40 ms.
import { chromium, type LaunchOptions } from "@playwright/test";
import lighthouse, { desktopConfig, type Result } from "lighthouse";
import { createServer, type AddressInfo } from "node:net";

export type Category = "performance" | "accessibility" | "best-practices";

// Places that differ: the start page, one that is full of forms, one that is full of rows.
export const DIFFERENT = ["/", "/requests/kapso.send-message", "/inbox"];

// Every place, and the largest form.
export const PLACES = [
  "/",
  "/numbers",
  "/inbox",
  "/channels",
  "/send",
  "/requests",
  "/requests/kapso.send-message",
  "/activity",
  "/connections",
  "/settings",
];
export const LEAST = 95;

export interface Judged {
  scores: Partial<Record<Category, number>>;
  // What cost points, such as `accessibility: target-size`.
  found: string[];
  audits: Result["audits"];
}

export async function judge(launch: LaunchOptions, url: string, categories: Category[]): Promise<Judged> {
  const port = await free();
  const browser = await chromium.launch({ ...launch, args: [...(launch.args ?? []), `--remote-debugging-port=${port}`] });
  try {
    const ran = await lighthouse(url, { port, logLevel: "error", output: "json", onlyCategories: categories }, desktopConfig);
    const { categories: judged, audits, runtimeError } = ran!.lhr;
    if (runtimeError) throw new Error(runtimeError.message);
    const scores = Object.fromEntries(Object.values(judged).map(({ id, score }) => [id, Math.round((score ?? 0) * 100)]));
    const cost = ({ id, auditRefs }: (typeof judged)[string]) =>
      auditRefs.filter((ref) => ref.weight > 0 && (audits[ref.id].score ?? 1) < 1).map((ref) => `${id}: ${ref.id}`);
    return { scores, found: Object.values(judged).flatMap(cost), audits };
  } finally {
    await browser.close();
  }
}

const free = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
