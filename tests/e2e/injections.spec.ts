// Hundreds of strings that want to run, in every field that a provider or a customer controls: they are
// text. Nothing runs, nothing is asked for, the content policy has nothing to refuse.
import { DOCUMENTED } from "./support/documented.ts";
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { Request } from "./support/form.ts";
import { INJECTIONS } from "./support/injections.ts";
import { ids, read } from "./support/world.ts";
import type { Page } from "@playwright/test";

// What the page itself never has.
const FOREIGN = "iframe, object, embed, base[href^='//'], marquee, portal, math, xss, form[action^='javascript'], [srcdoc], [onerror], [onload], [onfocus], [onclick], [ontoggle], [onbegin], [onmouseover]";

test.beforeEach(async ({ page, watch }) => {
  // Addresses of media that are not allowed, or that nobody answers, are said on the page.
  watch.allow(FAILED_CALL);
  await page.addInitScript(() => {
    const world = globalThis as any;
    world.ran = 0;
    world.owned = world.alert = () => world.ran++;
  });
});

// One look at the page: it is looked at after every step.
async function unharmed(page: Page, asked: string[]): Promise<void> {
  const found = await page.evaluate((foreign) => {
    const links = (within: string) => [...document.querySelectorAll<HTMLAnchorElement>(within)];
    const count = (selector: string) => document.querySelectorAll(selector).length;
    return {
      ran: (globalThis as any).ran,
      foreign: count(foreign),
      moved: count("body script, main style, main link, main meta, main template[onload]"),
      protocols: links("a").map((link) => link.protocol).filter((protocol) => !["http:", "https:"].includes(protocol)),
      telling: links("main a[target=_blank]").filter((link) => !link.relList.contains("noreferrer")).map((link) => link.outerHTML),
      mains: count("main"),
      titles: count("h1"),
    };
  }, FOREIGN);
  expect(found).toEqual({ ran: 0, foreign: 0, moved: 0, protocols: [], telling: [], mains: 1, titles: 1 });
  expect(asked.filter((url) => !/^(http:\/\/127\.0\.0\.1|https:\/\/(example\.com|injected\.invalid)\/)/.test(url))).toEqual([]);
}

function requests(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  return asked;
}

// Every text of an answer replaced, one string after the other; what is told apart by, and what a page has
// to understand to show anything, stays.
const STAYS = /^(id|.*_id|deployment_id|status|state|current_state|direction|message_type|type|kind|.*_at|created|updated|namespace|code|iso_code)$/;

function injected(value: any, next: () => string, key = ""): any {
  if (Array.isArray(value)) return value.map((one) => injected(one, next, key));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, injected(one, next, name)]));
  }
  return typeof value === "string" && !STAYS.test(key) ? next() : value;
}

const inTurn = () => {
  let at = 0;
  return () => INJECTIONS[at++ % INJECTIONS.length];
};

const always = (operation: string, status: number, body: unknown) => ({ operation, times: 1_000, when: "before", answer: { status, body: JSON.stringify(body) } });

test("there are some hundreds of them, each once", () => {
  expect(INJECTIONS.length).toBeGreaterThan(300);
  expect(new Set(INJECTIONS).size).toBe(INJECTIONS.length);
});

test("what is looked for would be found", async ({ page, sandbox }) => {
  await page.goto(sandbox.url);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await unharmed(page, []);
  for (const harm of [
    () => document.querySelector("main")!.append(document.createElement("marquee")),
    () => document.querySelector("main")!.append(document.createElement("iframe")),
    () => document.querySelector("main")!.append(Object.assign(document.createElement("a"), { href: "javascript:x" })),
    () => void (globalThis as any).owned(1),
  ]) {
    await page.reload();
    await expect(page.getByRole("main")).toHaveCount(1);
    await page.evaluate(harm);
    await expect(unharmed(page, [])).rejects.toThrow();
  }
  await expect(unharmed(page, ["https://evil.example/"])).rejects.toThrow();
});

for (let from = 0; from < INJECTIONS.length; from += 100) {
  test(`names and numbers in the list of conversations, from ${from + 1} on`, async ({ page, sandbox }) => {
    const asked = requests(page);
    const { conversation } = await ids(sandbox);
    const data = INJECTIONS.slice(from, from + 100).map((words, at) => ({
      id: at === 0 ? conversation : `c-${at}`, contact_name: words, phone_number: words, display_phone_number: words, status: "active",
      last_active_at: new Date(Date.now() - at * 60_000).toISOString(), whatsapp_config_name: words, metadata: { name: words },
    }));
    await sandbox.control({ faults: [always("kapso.list-conversations", 200, { data, meta: {} })] });
    await page.goto(`${sandbox.url}/inbox`);
    const first = page.locator(".conversation").first();
    await expect(first).toContainText(INJECTIONS[from].trim().slice(0, 12));
    await first.click();
    await expect(page.getByRole("region", { name: "Conversation", exact: true }).getByRole("heading", { level: 2 })).toContainText(INJECTIONS[from].trim().slice(0, 12));
    await unharmed(page, asked);
  });
}

const KINDS: Record<string, (words: string) => object> = {
  text: (words) => ({ content: words }),
  image: (words) => ({ content: words, message_type_data: { image: { link: words, caption: words } }, media_url: words, media_data: { url: words, filename: words, content_type: words } }),
  document: (words) => ({ content: words, message_type_data: { filename: words, link: words, caption: words } }),
  location: (words) => ({ message_type_data: { latitude: words, longitude: words, name: words, address: words } }),
  contacts: (words) => ({ message_type_data: { contacts: [{ name: { formatted_name: words }, phones: [{ phone: words }], emails: [{ email: words }], urls: [{ url: words }] }] } }),
  interactive: (words) => ({ content: words, message_type_data: { type: "button", header: { text: words }, body: { text: words }, footer: { text: words }, action: { buttons: [{ reply: { id: words, title: words } }] } } }),
  template: (words) => ({ content: words, message_type_data: { name: words, language: words, components: [{ type: "body", text: words }] } }),
  reaction: (words) => ({ message_type_data: { emoji: words, message_id: words } }),
  order: (words) => ({ content: words, message_type_data: { catalog_id: words, text: words } }),
};

for (const [kind, made] of Object.entries(KINDS)) {
  test(`messages of the kind ${kind}`, async ({ page, sandbox }) => {
    const asked = requests(page);
    const conversations = (await read(sandbox, "kapso", "/whatsapp_conversations")).data.map((row: any) => row.id);
    for (let from = 0; from < INJECTIONS.length; from += 100) {
      const conversation = conversations[from / 100];
      const data = INJECTIONS.slice(from, from + 100).map((words, at) => ({
        id: `m-${from + at}`, message_type: kind, direction: at % 2 ? "inbound" : "outbound", status: at % 3 ? "read" : "failed",
        created_at: new Date(Date.now() - 3_600_000 + at * 1_000).toISOString(), error_message: words, errors: [{ title: words, message: words }], ...made(words),
      }));
      // What a reaction is on, and what shows where it is not there.
      const created_at = new Date(Date.now() - 1_000).toISOString();
      data.push({ ...data[0], id: `m-${from}-last`, message_type: "text", content: "The last", created_at } as (typeof data)[0]);
      await sandbox.control({ reset: true });
      await sandbox.control({ faults: [always("kapso.list-messages", 200, { data, meta: {} })] });
      await page.goto(`${sandbox.url}/inbox/${conversation}`);
      const thread = page.getByRole("log", { name: "Messages" });
      await expect(thread.locator(`[data-message-id="m-${from}-last"]`)).toBeVisible();
      // Each is drawn once: the thread is read from its end to its beginning.
      const seen = new Set<string>();
      for (let top = 1; top > 0; ) {
        const drawn = await thread.getByRole("article").evaluateAll((all) => all.map((one) => one.dataset.messageId!));
        drawn.forEach((id) => seen.add(id));
        await unharmed(page, asked);
        top = await thread.evaluate(async (element) => {
          element.scrollBy(0, -element.clientHeight * 0.8);
          await new Promise(requestAnimationFrame);
          return element.scrollTop;
        });
      }
      if (kind !== "reaction") expect(data.filter((row) => !seen.has(row.id)).length).toBeLessThan(data.length / 10);
    }
  });
}

// Pages that show what a provider answers, by what they ask for.
const PAGES: [string, (known: Awaited<ReturnType<typeof ids>>) => string, [string, "vonage" | "kapso", (known: Awaited<ReturnType<typeof ids>>) => string][]][] = [
  ["a number with its profile, photo and stickers", ({ ready }) => `/numbers/${ready}`, [
    ["vonage.get-deployment", "vonage", ({ ready }) => `/deployments/${ready}`],
    ["vonage.get-profile", "vonage", ({ ready }) => `/deployments/${ready}/profile`],
    ["vonage.get-photo", "vonage", ({ ready }) => `/deployments/${ready}/profile/photo`],
    ["vonage.list-stickerpacks", "vonage", ({ ready }) => `/deployments/${ready}/stickerpacks`],
  ]],
  ["a number that is being set up", ({ waiting }) => `/numbers/${waiting}`, [
    ["vonage.get-deployment", "vonage", ({ waiting }) => `/deployments/${waiting}`],
  ]],
  ["the list of numbers", () => "/numbers", [["vonage.list-deployments", "vonage", () => "/deployments"]]],
  ["templates and details of a conversation", ({ conversation }) => `/inbox/${conversation}`, [
    ["kapso.list-templates", "kapso", () => "/whatsapp_templates"],
    ["kapso.list-conversations", "kapso", () => "/whatsapp_conversations"],
  ]],
];

for (const [name, address, answers] of PAGES) {
  test(name, async ({ page, sandbox }) => {
    const asked = requests(page);
    const known = await ids(sandbox);
    const next = inTurn();
    const genuine: [string, any][] = [];
    for (const [operation, provider, path] of answers) genuine.push([operation, await read(sandbox, provider, path(known)).catch(() => ({ url: "x" }))]);
    // Often enough that each string was in some field.
    for (let round = 0; round < 8; round++) {
      await sandbox.control({ faults: genuine.map(([operation, answer]) => always(operation, 200, injected(answer, next))) });
      await page.goto(sandbox.url + address(known));
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      for (const details of await page.locator("main details:not([open]) > summary").all()) if (await details.isVisible()) await details.click();
      await unharmed(page, asked);
    }
  });
}

test("answers and errors of every request", async ({ page, sandbox }) => {
  test.slow();
  const asked = requests(page);
  const known = await ids(sandbox);
  const next = inTurn();
  for (const { id, fill } of DOCUMENTED) {
    const answer = {
      data: Object.fromEntries(Array.from({ length: 40 }, (_, at) => [next() + at, next()])), id: next(),
      type: `https://x/#${next()}`, title: next(), detail: next(), instance: next(), error: next(), message: next(),
      invalid_parameters: [{ name: next(), reason: next() }],
      response: { code: next(), description: next(), transid: next() },
    };
    await sandbox.control({ reset: true });
    await sandbox.control({ faults: [{ ...always(id, 422, answer), times: 1 }, { ...always(id, 200, { data: answer.data }), times: 1 }] });
    const form = await Request.open(page, sandbox.url, id);
    await fill(form, known);
    for (let turn = 0; turn < 2; turn++) {
      const answered = page.waitForResponse((response) => response.url().includes("/sandbox/"));
      await form.send();
      await answered;
      await expect(form.outcome).toBeVisible();
      await unharmed(page, asked);
    }
  }
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Activity" }).click();
  await expect(page.locator(".record").first()).toBeVisible();
  for (const record of (await page.locator(".record > summary").all()).slice(0, 10)) await record.click();
  await unharmed(page, asked);
});
