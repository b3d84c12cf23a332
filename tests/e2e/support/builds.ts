// Builds of the site that differ, and what a browser keeps of them.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { fromXtask } from "./environment.ts";

const digest = (file: string) => `sha384-${createHash("sha384").update(readFileSync(file)).digest("base64")}`;

// Writes the list of the service worker again, as a build does at its end.
export const list = (folder: string) => execFileSync(fromXtask("SWITCHBOARD_XTASK"), ["policy", "--dist", folder]);

// Changes a file of a built site as a build with other sources would: with its digest in the page, and a
// build's name of its own.
export function renew(folder: string, build: string, file = "console.js", code = "\n// Of a newer build.\n"): void {
  const [page, changed] = [join(folder, "index.html"), join(folder, file)];
  const before = digest(changed);
  appendFileSync(changed, code);
  const text = readFileSync(page, "utf8").replaceAll(before, digest(changed));
  writeFileSync(page, text.replace(/data-build="[^"]*"/, `data-build="${build}"`));
  list(folder);
}

// Puts one build in the place of another, as a host does.
export const publish = (build: string, folder: string) => cpSync(build, folder, { recursive: true });

// The name of the build that a page is of.
export const build = (page: Page) => page.locator("script[data-wasm]").getAttribute("data-build");

// Waits until the browser keeps the build.
export const kept = (page: Page) => expect(page.locator("html")).toHaveAttribute("data-offline", "ready");
export const notKept = (page: Page) => expect(page.locator("html")).toHaveAttribute("data-offline", "failed");

// The names of the caches. Safe at any time, where `caches` would make one anew that is removed meanwhile.
export const cacheNames = (page: Page): Promise<string[]> => page.evaluate(() => globalThis.caches.keys());

// What is kept, once nothing is on its way: the addresses by the names of the caches.
export async function caches(page: Page): Promise<Record<string, string[]>> {
  const addresses = (name: string) =>
    page.evaluate(async (name) => (await (await globalThis.caches.open(name)).keys()).map(({ url }) => url), name);
  const all: Record<string, string[]> = {};
  for (const name of await cacheNames(page)) all[name] = await addresses(name);
  return all;
}

// The bar that offers a newer build.
export const bar = (page: Page) => page.locator(".notice.newer");
