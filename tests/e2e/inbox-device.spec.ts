// What of the inbox stays on this device, for how long, and what is loaded from elsewhere: as the person
// chose, under what the site's host allows.
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { LIST, MESSAGES, messages, named, open, receive, side } from "./support/inbox.ts";
import { place } from "./support/connections.ts";
import { onDevice, sweep } from "./support/storage.ts";
import { countCalls, freeze, pass, until } from "./support/time.ts";
import * as write from "./support/writing.ts";
import type { Locator, Page } from "@playwright/test";

const DAY = 24 * 60 * 60_000;
const OLD = "Great, thank you";

const keep = (page: Page, label: string): Locator =>
  page.getByRole("group", { name: "Keep messages on this device" }).getByRole("radio", { name: label, exact: true });

// The keys and texts of some shelves, as one text.
async function stored(page: Page, ...names: string[]): Promise<string> {
  const { shelves } = await onDevice(page);
  return JSON.stringify(names.flatMap((name) => [shelves[name].map(([key]) => key), shelves[name].map(([, text]) => text)]));
}

const texts = (page: Page) => stored(page, "messages", "words");

async function read(page: Page, sandbox: Sandbox): Promise<string> {
  await countCalls(page);
  const id = await open(page, sandbox, "Amelia Clarke");
  await expect.poll(() => texts(page)).toContain(OLD);
  return id;
}

test.describe("how long messages stay", () => {
  test("is 90 days unless chosen otherwise: what is older goes when the console starts", async ({ page, sandbox }) => {
    await page.clock.install();
    await read(page, sandbox);
    await page.goto(`${sandbox.url}/settings`);
    await expect(keep(page, "90 days")).toBeChecked();
    await page.clock.fastForward(80 * DAY);
    await page.goto(`${sandbox.url}/settings`);
    await freeze(page);
    await pass(page, 5);
    expect(await texts(page)).toContain(OLD);
    await page.clock.fastForward(20 * DAY);
    await page.goto(`${sandbox.url}/settings`);
    await pass(page, 5);
    await expect.poll(() => texts(page)).not.toContain(OLD);
    expect(JSON.parse(await stored(page, "places"))).toEqual([[], []]);
    // That there was a conversation stays; what was said in it does not.
    const listed = await stored(page, "conversations");
    expect(listed).toContain("last_inbound");
    expect(listed).not.toContain("Noted. See you both on Tuesday");
    // And what went comes again where somebody looks.
    await page.goto(`${sandbox.url}/inbox`);
    await until(page, named(page, "Amelia Clarke"));
    await named(page, "Amelia Clarke").click();
    await until(page, messages(page).filter({ hasText: OLD }));
  });

  test("and once a day while it runs", async ({ page, sandbox }) => {
    await page.clock.install();
    await read(page, sandbox);
    await page.goto(`${sandbox.url}/settings`);
    await freeze(page);
    await pass(page, 5);
    expect(await texts(page)).toContain(OLD);
    await page.clock.fastForward(100 * DAY);
    await pass(page, 2);
    await expect.poll(() => texts(page)).not.toContain(OLD);
  });

  test("a shorter time holds at once, and parts what is old from what is new", async ({ page, sandbox, watch }) => {
    // The provider knows no such message to be marked as read.
    watch.allow(FAILED_CALL, /example\.com/);
    await page.clock.install();
    const id = await read(page, sandbox);
    await page.clock.fastForward(10 * DAY);
    // The provider's clock does not follow, so the message bears the page's time.
    const message = { id: "new", message_type: "text", content: "Today", direction: "inbound", created_at: new Date(await page.evaluate(() => Date.now())).toISOString() };
    await sandbox.control({ faults: [{ operation: MESSAGES, times: 1, answer: { status: 200, body: JSON.stringify({ data: [message] }) } }] });
    await page.getByRole("button", { name: "Refresh the conversations" }).click();
    await expect(messages(page).last()).toContainText("Today");
    await page.goto(`${sandbox.url}/settings`);
    expect(await texts(page)).toContain(OLD);
    await keep(page, "7 days").check();
    await expect(page.getByText("Messages older than 7 days are removed from now on.")).toBeVisible();
    await expect.poll(() => texts(page)).not.toContain(OLD);
    expect(await texts(page)).toContain("Today");
    await page.reload();
    await expect(keep(page, "7 days")).toBeChecked();
    await sandbox.control({ faults: [LIST, MESSAGES].map((operation) => ({ operation, times: 50, answer: "hang" })) });
    await page.goto(`${sandbox.url}/inbox/${id}`);
    await expect(messages(page)).toHaveCount(1);
    await expect(messages(page)).toContainText("Today");
  });

  test("a long conversation goes in steps, between which the page answers", async ({ page, sandbox }) => {
    test.slow();
    await page.clock.install();
    await countCalls(page);
    const { conversation_id } = await sandbox.control({ conversation: { messages: 2_000 } });
    await page.goto(`${sandbox.url}/inbox/${conversation_id}`);
    await expect(messages(page).last()).toBeVisible();
    await freeze(page);
    const scroll = () => page.evaluate(() => document.querySelector("[role=log]")!.scrollTo(0, 0));
    await pass(page, 60, { each: scroll });
    const blocks = async () => (JSON.parse(await stored(page, "messages"))[0] as string[]).length;
    expect(await blocks()).toBeGreaterThan(8);
    await page.goto(`${sandbox.url}/settings`);
    await pass(page, 5);
    await page.clock.fastForward(100 * DAY);
    // A step for each block, with a rest of 20 ms after it.
    const left: number[] = [];
    for (let at = 0; at < 400 && (left.at(-1) ?? 1) > 0; at++) {
      await page.clock.runFor(20);
      left.push(await blocks());
    }
    expect(left.at(-1)).toBe(0);
    expect(new Set(left).size, "sizes seen on the way").toBeGreaterThan(4);
  });
});

test.describe("no message stays on the device", () => {
  test("where the person wants none: what is kept goes at once, and every tab goes on from memory", async ({ page, context, sandbox, watch }) => {
    watch.allow(/example\.com/);
    await page.clock.install();
    const id = await read(page, sandbox);
    // A draft and a call that carry a message.
    const form = await context.newPage();
    await form.goto(`${sandbox.url}/requests/kapso.send-message`);
    await form.locator("[name=conversation_id]").fill(id);
    await form.locator("[name='message.content']").fill("Typed in a form");
    await form.locator("button[type=submit]").click();
    await expect(form.locator("[data-answer-status]")).toContainText("201");
    await form.locator("[name='message.content']").fill("Typed after it");
    await expect.poll(() => sweep(form)).toContain("Typed after it");
    expect(await sweep(form)).toContain("Typed in a form");
    await form.goto(`${sandbox.url}/settings`);
    await keep(form, "Not at all").check();
    await expect(form.getByText("Messages were removed from this device")).toBeVisible();
    for (const words of [OLD, "Noted. See you both", "Typed in a form", "Typed after it"]) {
      await expect.poll(() => sweep(form)).not.toContain(words);
    }
    // The other tab reads anew, shows what there is, and keeps nothing.
    await expect(messages(page).filter({ hasText: "Noted. See you both on Tuesday" })).toBeVisible();
    await receive(sandbox, id, "From memory");
    await page.getByRole("button", { name: "Refresh the conversations" }).click();
    await expect(messages(page).last()).toContainText("From memory");
    await page.reload();
    await expect(messages(page).last()).toContainText("From memory");
    await freeze(page);
    await pass(page, 20);
    const all = await sweep(page);
    for (const words of [OLD, "From memory", "Typed in a form"]) expect(all).not.toContain(words);
    await keep(form, "30 days").check();
    await pass(page, 20);
    await expect(messages(page).last()).toContainText("From memory");
    await expect.poll(() => texts(page)).toContain("From memory");
  });

  test("and what is unfinished is not lost by it, as long as the page lasts", async ({ page, context, sandbox, watch }) => {
    watch.allow(/example\.com/, FAILED_CALL);
    const composer = await write.open(page, sandbox, "Amelia Clarke");
    await composer.text.fill("Half a sen");
    await write.go(page, "Ana Souza");
    await context.setOffline(true);
    await composer.write("As soon as there is a network");
    await expect(write.leaving(page)).toContainText("As soon as there is a network");
    await expect.poll(() => stored(page, "outbox", "unsent")).toContain("Half a sen");
    await expect.poll(() => stored(page, "outbox", "unsent")).toContain("As soon as");
    await place(page, "Settings");
    await keep(page, "Not at all").check();
    for (const words of ["Half a sen", "As soon as"]) await expect.poll(() => sweep(page)).not.toContain(words);
    await context.setOffline(false);
    await place(page, "Inbox");
    await write.go(page, "Amelia Clarke");
    await expect(composer.text).toHaveValue("Half a sen");
    const id = await write.idOf(sandbox, "Ana Souza");
    await expect.poll(() => write.copies(sandbox, id, "As soon as there is a network")).toBe(1);
    await write.go(page, "Ana Souza");
    await expect(messages(page).last()).toContainText("As soon as there is a network");
    await expect(write.leaving(page)).toHaveCount(0);
    expect(await write.sent(sandbox)).toHaveLength(1);
    for (const words of ["Half a sen", "As soon as"]) expect(await sweep(page)).not.toContain(words);
  });

  test("where the site's host wants none, whatever is chosen, and it is said", async ({ page, context, sandbox, watch }) => {
    watch.allow(/example\.com/);
    await read(page, sandbox);
    const served = await (await fetch(`${sandbox.url}/switchboard.json`)).json();
    await context.route("**/switchboard.json", (route) => route.fulfill({ json: { ...served, keep_messages: false } }));
    await page.goto(`${sandbox.url}/settings`);
    await expect(page.getByText("This site keeps no messages of customers on any device")).toBeVisible();
    await expect(keep(page, "90 days")).toHaveCount(0);
    // What an earlier visit left, before the host decided so, goes as well.
    await expect.poll(() => sweep(page)).not.toContain(OLD);
    await page.goto(`${sandbox.url}/inbox`);
    await named(page, "Amelia Clarke").click();
    await expect(messages(page).last()).toContainText("Noted. See you both");
    expect(await sweep(page)).not.toContain(OLD);
  });
});

test.describe("pictures and media", () => {
  const HOST = "https://example.com";
  const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

  async function media(page: Page, sandbox: Sandbox): Promise<{ id: string; loaded: string[] }> {
    const loaded: string[] = [];
    await page.route(`${HOST}/**`, (route) => {
      loaded.push(new URL(route.request().url()).pathname);
      return route.fulfill({ contentType: "image/png", body: PIXEL });
    });
    const { data } = await (await fetch(`${sandbox.url}/sandbox/kapso/api/v1/whatsapp_conversations?per_page=100`, { headers: { "x-api-key": "a-test" } })).json();
    const { id } = data.find((one: any) => one.contact_name === "Ana Souza");
    const kinds = [["image", "seen.png", "A picture"], ["sticker", "stuck.webp", ""], ["video", "clip.mp4", "A clip"], ["audio", "voice.ogg", ""]];
    for (const [message_type, file, caption] of kinds) {
      await sandbox.control({ receive: { conversation_id: id, content: "", message_type, media_url: `${HOST}/${file}`, message_type_data: { caption } } });
    }
    return { id, loaded };
  }

  test("are loaded when they are seen, unless chosen otherwise; nothing plays", async ({ page, sandbox }) => {
    const { id, loaded } = await media(page, sandbox);
    await page.goto(`${sandbox.url}/settings`);
    await expect(page.getByRole("radio", { name: "When they are seen" })).toBeChecked();
    await page.goto(`${sandbox.url}/inbox/${id}`);
    await expect(messages(page).last().locator("audio")).toBeVisible();
    await expect.poll(() => loaded).toContain("/seen.png");
    expect(loaded.filter((path) => path.endsWith(".mp4") || path.endsWith(".ogg"))).toEqual([]);
  });

  test("are loaded on a click alone, by a button that says what and from whom", async ({ page, sandbox }) => {
    const { id, loaded } = await media(page, sandbox);
    await page.goto(`${sandbox.url}/settings`);
    await page.getByRole("radio", { name: "On a click" }).check();
    await page.goto(`${sandbox.url}/inbox/${id}`);
    const last = (at: number) => messages(page).nth(-at);
    await expect(last(4).getByText("A picture")).toBeVisible();
    await expect(last(2).getByText("A clip")).toBeVisible();
    const kinds = ["audio", "video", "sticker", "image"];
    for (const [at, kind] of kinds.entries()) {
      await expect(last(at + 1).getByRole("button", { name: `Load the ${kind} from example.com` })).toBeVisible();
    }
    await expect(page.locator(".message img, .message video, .message audio")).toHaveCount(0);
    // All of the conversation is looked at.
    await page.getByRole("log", { name: "Messages" }).evaluate((element) => element.scrollTo(0, 0));
    await page.getByRole("log", { name: "Messages" }).press("End");
    expect(loaded).toEqual([]);
    await last(4).getByRole("button", { name: "Load the image from example.com" }).click();
    await expect(last(4).locator("img")).toBeVisible();
    await expect.poll(() => loaded).toEqual(["/seen.png"]);
    // A player loads nothing before it is played.
    await last(2).getByRole("button", { name: "Load the video from example.com" }).press("Enter");
    await expect(last(2).locator("video")).toBeVisible();
    // The keys stay among the messages.
    await expect(page.locator(".thread-scroll:focus, .thread-scroll :focus")).toHaveCount(1);
    // It stays so while the page lasts, and is asked again at the next visit.
    await named(page, "Ben").click();
    await expect(side(page).getByRole("heading", { level: 2 })).toContainText("Ben");
    await named(page, "Ana Souza").click();
    await expect(last(4).locator("img")).toBeVisible();
    await page.reload();
    await expect(last(4).getByRole("button", { name: "Load the image from example.com" })).toBeVisible();
    expect(new Set(loaded)).toEqual(new Set(["/seen.png"]));
  });
});
