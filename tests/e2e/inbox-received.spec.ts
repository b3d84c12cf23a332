// What customers send, as the conversation shows it: every kind, replies and reactions whose message is
// here, comes later or is nowhere, and what counts as new.
import { hide } from "./support/conversations.ts";
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { onDevice } from "./support/storage.ts";
import { calls } from "./support/form.ts";
import { countCalls, freeze, pass, until } from "./support/time.ts";
import { arrived, atProvider, Composer, go, idOf, messages, MESSAGES, named, open, side, thread } from "./support/writing.ts";
import type { Locator, Page } from "@playwright/test";

const NAME = "Ana Souza";

test.beforeEach(({ watch }) => watch.allow(FAILED_CALL, /example\.com/));

interface Receiving {
  content?: string;
  message_type?: string;
  message_type_data?: unknown;
}

const receive = (sandbox: Sandbox, conversation_id: string, message: Receiving) =>
  sandbox.control({ receive: { conversation_id, content: "", ...message } });

const KINDS: { name: string; message: Receiving; shows: string[] }[] = [
  {
    name: "a location",
    message: { message_type: "location", message_type_data: { latitude: 47.37, longitude: 8.54, name: "Main station", address: "Bahnhofplatz 1" } },
    shows: ["Location", "Main station", "Bahnhofplatz 1", "47.37, 8.54", "Open on a map"],
  },
  {
    name: "a contact",
    message: {
      message_type: "contacts",
      message_type_data: { contacts: [{ name: { formatted_name: "Ben Ito" }, phones: [{ phone: "+81 90 1234 5678" }], emails: [{ email: "ben@mail.example" }] }] },
    },
    shows: ["Contact", "Ben Ito", "+81 90 1234 5678", "ben@mail.example"],
  },
  {
    name: "a chosen button",
    message: { message_type: "interactive", message_type_data: { type: "button_reply", button_reply: { id: "y", title: "Yes, please" } } },
    shows: ["Chosen", "Yes, please"],
  },
  {
    name: "a chosen row of a list",
    message: { message_type: "interactive", message_type_data: { type: "list_reply", list_reply: { id: "2", title: "Lentil soup", description: "with mint" } } },
    shows: ["Chosen", "Lentil soup", "with mint"],
  },
  { name: "a button of a template", message: { message_type: "button", message_type_data: { text: "Stop", payload: "stop" } }, shows: ["Chosen", "Stop"] },
  {
    name: "a document",
    message: { message_type: "document", message_type_data: { id: "77", filename: "plan.pdf", caption: "The plan" } },
    shows: ["Document with the media ID 77", "The plan"],
  },
  { name: "an order, which this console does not know", message: { message_type: "order", content: "3 chairs" }, shows: ["Message of type order", "3 chairs", "What Kapso says of it"] },
];

for (const { name, message, shows } of KINDS) {
  test(`${name} is shown for what it is`, async ({ page, sandbox }) => {
    await receive(sandbox, await idOf(sandbox, NAME), message);
    await open(page, sandbox, NAME);
    for (const words of shows) await expect(messages(page).last()).toContainText(words);
  });
}

// Opens the conversation with a message that has just come.
async function withMessage(page: Page, sandbox: Sandbox, message: Receiving): Promise<Locator> {
  await receive(sandbox, await idOf(sandbox, NAME), message);
  await open(page, sandbox, NAME);
  return messages(page).last();
}

const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

test("a picture that does not come says so beside its caption, comes at another try, and is asked for without a referrer", async ({ page, sandbox, watch }) => {
  watch.allow(/media\.example/);
  let lost = true;
  const referrers: (string | undefined)[] = [];
  await page.route("https://media.example/**", async (route) => {
    referrers.push((await route.request().allHeaders()).referer);
    if (lost) await route.fulfill({ status: 403 });
    else await route.fulfill({ contentType: "image/png", body: PIXEL });
  });
  const message = await withMessage(page, sandbox, { message_type: "image", message_type_data: { url: "https://media.example/1.png", caption: "The terrace" } });
  await expect(message).toContainText("The image could not be loaded from media.example.");
  await expect(message).toContainText("The terrace");
  await expect(message.getByRole("link", { name: "Open the address" })).toHaveAttribute("href", "https://media.example/1.png");
  lost = false;
  await message.getByRole("button", { name: "Try again" }).click();
  await expect.poll(() => message.locator("img").evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  await expect(message).not.toContainText("could not be loaded");
  expect(referrers.length).toBeGreaterThan(1);
  expect(referrers.filter(Boolean)).toEqual([]);
});

for (const [type, words] of [["video", "The pool"], ["audio", ""]]) {
  test(`${type} loads nothing before it is played, says when it cannot be, and comes at another try`, async ({ page, sandbox, watch }) => {
    watch.allow(/media\.example/);
    let asked = 0;
    await page.route("https://media.example/**", async (route) => {
      asked++;
      await route.fulfill({ status: 403 });
    });
    const message = await withMessage(page, sandbox, { message_type: type, message_type_data: { url: "https://media.example/1", caption: words } });
    const player = message.locator(type);
    await expect(player).toBeVisible();
    expect(await player.evaluate((player: HTMLMediaElement) => [player.paused, player.autoplay, player.preload])).toEqual([true, false, "none"]);
    expect(asked).toBe(0);
    const play = () => player.evaluate((player: HTMLMediaElement) => player.play().catch(() => undefined));
    await play();
    const lost = `The ${type} could not be loaded from media.example.`;
    await expect(message).toContainText(lost);
    const before = asked;
    await message.getByRole("button", { name: "Try again" }).click();
    await expect(message).not.toContainText(lost);
    await play();
    await expect(message).toContainText(`${lost} Kapso has no other address for it: the file has to be sent again.`);
    expect(asked).toBeGreaterThan(before);
  });
}

test("what plays goes on while its message is read, answered and no longer the last, and what is open beside it stays open", async ({ page, sandbox }) => {
  // All of them stay in sight.
  await page.setViewportSize({ width: 1280, height: 1600 });
  await page.clock.install();
  await page.route("https://media.example/**", (route) => route.fulfill({ contentType: "image/png", body: PIXEL }));
  const id = await idOf(sandbox, NAME);
  await sandbox.control({ faults: [{ operation: "kapso.mark-as-read", times: 1, answer: { status: 500 } }] });
  await receive(sandbox, id, { message_type: "image", message_type_data: { url: "https://media.example/1.png", caption: "The terrace" } });
  await receive(sandbox, id, { message_type: "video", message_type_data: { url: "https://media.example/1", caption: "The pool" } });
  await open(page, sandbox, NAME);
  await freeze(page);
  const [picture, player] = [messages(page).filter({ hasText: "The terrace" }).locator("img"), messages(page).filter({ hasText: "The pool" }).locator("video")];
  // One that was taken out of the page and put back is the same element, and plays no more.
  for (const file of [picture, player]) {
    await file.evaluate((element: any) => {
      element.isThisOne = true;
      const row = element.closest("article");
      new MutationObserver((all) => {
        if (all.some((one) => [...one.removedNodes].includes(row))) element.isThisOne = false;
      }).observe(row.parentElement, { childList: true });
    });
  }
  const details = messages(page).filter({ hasText: "The pool" }).getByRole("button", { name: "Details" });
  await details.click();
  const raw = messages(page).filter({ hasText: "The pool" }).locator("pre.raw");
  await expect(raw).toContainText('"status": "received"');
  // Another file of the same kind, one that reacts to it, and the mark that was refused at first.
  const stored = (await atProvider(sandbox, id)).find((message) => JSON.stringify(message).includes("The pool"))!;
  await receive(sandbox, id, { message_type: "reaction", message_type_data: { emoji: "👍", message_id: stored.whatsapp_message_id } });
  await receive(sandbox, id, { content: "And one more" });
  await until(page, messages(page).filter({ hasText: "And one more" }), 60);
  await until(page, raw.filter({ hasText: '"status": "read"' }), 60);
  await expect(messages(page).filter({ hasText: "The pool" })).toContainText("👍");
  for (const file of [picture, player]) expect(await file.evaluate((element: any) => element.isThisOne)).toBe(true);
});

test("a file whose address has expired is told from one that does not come, and the message is read for a new address", async ({ page, sandbox }) => {
  const OLD = "https://media.example/1.png?X-Amz-Date=20260503T113000Z&X-Amz-Expires=1800&X-Amz-Signature=0f";
  const NEW = "https://media.example/1.png?X-Amz-Date=20260503T113000Z&X-Amz-Expires=999999999&X-Amz-Signature=1e";
  await page.route("https://media.example/**", (route) =>
    route.request().url() === NEW ? route.fulfill({ contentType: "image/png", body: PIXEL }) : route.fulfill({ status: 403 }));
  const id = await idOf(sandbox, NAME);
  await receive(sandbox, id, { message_type: "image", message_type_data: { url: OLD, caption: "The terrace" } });
  // So many that it is on the provider's second page.
  for (let at = 1; at <= 110; at++) await receive(sandbox, id, { content: `Number ${at}` });
  await open(page, sandbox, NAME);
  const message = messages(page).filter({ hasText: "The terrace" });
  // Older pages come as they are scrolled to.
  await expect.poll(async () => (await thread(page).evaluate((element) => element.scrollTo(0, element.scrollTop - 1_000)), message.count())).toBe(1);
  await message.scrollIntoViewIfNeeded();
  const expired = /The address of the image has expired: it was good until .*2026/;
  await expect(message).toContainText(expired);
  const again = message.getByRole("button", { name: "Try again" });
  await again.click();
  await expect(message).toContainText("Kapso has no other address for it: the file has to be sent again.");
  await sandbox.control({ faults: [{ operation: MESSAGES, times: 1, answer: { status: 500 } }] });
  await again.click();
  await expect(message).toContainText("The message could not be read anew. Something went wrong at Kapso.");
  await expect(message).toContainText(expired);
  await page.route("**/whatsapp_messages?*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll(OLD, NEW) });
  });
  await again.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => message.locator("img").evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  await expect(message).not.toContainText("expired");
  // The keys go on from the message.
  await expect(message).toBeFocused();
  const pages = (await calls(sandbox, MESSAGES)).map((call) => new URLSearchParams(call.query).get("page"));
  expect(pages.slice(-3)).toEqual(["2", "2", "2"]);
});

test("a file that does not come for want of a network says so", async ({ page, context, sandbox, watch }) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED/);
  const message = await withMessage(page, sandbox, { message_type: "audio", message_type_data: { url: "https://media.example/1" } });
  await context.setOffline(true);
  await message.locator("audio").evaluate((player: HTMLMediaElement) => player.play().catch(() => undefined));
  await expect(message).toContainText("There is no network, so the audio could not be loaded.");
});

test("media at an http address are a link, and nothing is asked for", async ({ page, sandbox }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  for (const message_type of ["image", "video", "audio", "sticker"]) {
    await receive(sandbox, await idOf(sandbox, NAME), { message_type, message_type_data: { url: `http://media.example/${message_type}` } });
  }
  await open(page, sandbox, NAME);
  for (const type of ["image", "video", "audio", "sticker"]) {
    await expect(messages(page).locator(`a[href="http://media.example/${type}"]`)).toBeVisible();
  }
  await expect(messages(page).locator("[src^='http://media.example']")).toHaveCount(0);
  expect(asked.filter((url) => url.includes("media.example"))).toEqual([]);
});

test("what one side says within five minutes of a day stands together", async ({ page, sandbox }) => {
  const seen = { together: 0, apart: 0 };
  for (const name of ["Amelia Clarke", "Ana Souza", "Javier Morales"]) {
    await open(page, sandbox, name);
    const shown = await messages(page).evaluateAll((rows) => rows.map((row) => [(row as HTMLElement).dataset.messageId, row.classList.contains("together")]));
    const stored = await atProvider(sandbox, await idOf(sandbox, name));
    const at = (id: unknown) => stored.findIndex((message) => message.id === id);
    for (const [id, together] of shown.filter(([id]) => at(id) > 0)) {
      const [before, message] = [stored[at(id) - 1], stored[at(id)]];
      const [from, to] = [new Date(before.created_at), new Date(message.created_at)];
      const near = to.getTime() - from.getTime() < 5 * 60_000 && from.toDateString() === to.toDateString();
      expect(together, `${name}: ${message.content}`).toBe(near && before.direction === message.direction);
      seen[together ? "together" : "apart"]++;
    }
  }
  expect(seen.together).toBeGreaterThan(0);
  expect(seen.apart).toBeGreaterThan(5);
});

test("a reaction is seen before it is sent", async ({ page, sandbox }) => {
  const composer = await open(page, sandbox, NAME);
  await composer.kind("Reaction");
  await expect(composer.preview).toHaveCount(0);
  await composer.root.getByRole("button", { name: "🙏" }).click();
  await expect(composer.preview).toHaveText("🙏");
  await page.getByRole("textbox", { name: "Emoji" }).fill("🎉");
  await expect(composer.preview).toHaveText("🎉");
});

// Opens the conversation with time standing still.
async function still(page: Page, sandbox: Sandbox, name = NAME): Promise<string> {
  await page.clock.install();
  await open(page, sandbox, name);
  await freeze(page);
  await pass(page, 2);
  return idOf(sandbox, name);
}

// The conversation of so many messages, with WhatsApp's ids of its oldest and its newest.
async function long(sandbox: Sandbox, count: number): Promise<{ id: string; oldest: any; newest: any }> {
  const { conversation_id: id } = await sandbox.control({ conversation: { messages: count } });
  const of = async (page: number) => {
    const url = `${sandbox.url}/sandbox/kapso/api/v1/whatsapp_conversations/${id}/whatsapp_messages?per_page=100&page=${page}`;
    return (await (await fetch(url, { headers: { "x-api-key": "test" } })).json()).data;
  };
  return { id, newest: (await of(1))[0], oldest: (await of(Math.ceil(count / 100))).at(-1) };
}

async function show(page: Page, sandbox: Sandbox, id: string): Promise<void> {
  await countCalls(page);
  await page.goto(`${sandbox.url}/inbox/${id}`);
  await expect(arrived(page).last()).toBeVisible();
  await expect(side(page)).toContainText("24-hour window: ");
}

const reaction = (to: string, emoji = "🎉"): Receiving => ({
  message_type: "reaction",
  content: emoji,
  message_type_data: { message_id: to, emoji },
});

test("a reaction stands on its message; one whose message is not stored is said, until that is read", async ({ page, sandbox }) => {
  const { id, oldest, newest } = await long(sandbox, 230);
  await receive(sandbox, id, reaction(newest.whatsapp_message_id));
  await receive(sandbox, id, reaction(oldest.whatsapp_message_id, "👍"));
  await show(page, sandbox, id);
  await expect(page.locator(`[data-message-id="${newest.id}"]`)).toContainText("🎉");
  const loose = messages(page).filter({ hasText: "Reacted 👍 to a message that is not stored here." });
  await expect(loose).toBeVisible();
  // Reading on, its message comes, and has it.
  const target = page.locator(`[data-message-id="${oldest.id}"]`);
  await expect(async () => {
    await thread(page).evaluate((scroller) => scroller.scrollTo(0, 0));
    await expect(target).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(target).toContainText("👍");
  await thread(page).evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
  await expect(page.locator(`[data-message-id="${newest.id}"]`)).toContainText("🎉");
  await expect(loose).toHaveCount(0);
});

test("a reply shows what it replies to as soon as that is stored", async ({ page, sandbox }) => {
  const { id, oldest } = await long(sandbox, 130);
  await receive(sandbox, id, { content: "About that", message_type_data: { text: "About that", context: { message_id: oldest.whatsapp_message_id } } });
  await show(page, sandbox, id);
  const reply = messages(page).last();
  await expect(reply.locator(".quoted")).toHaveText("A message that is not stored here");
  const find = page.getByRole("search", { name: "Find in this conversation" });
  await thread(page).focus();
  await page.keyboard.press("f");
  await find.getByRole("button", { name: "Read older messages" }).click();
  await expect(reply.locator(".quoted")).toHaveText(oldest.content);
});

test("words are found in older messages once they are read, and whoever reads a hit stays at it", async ({ page, sandbox }) => {
  const { id, oldest } = await long(sandbox, 130);
  await page.clock.install();
  await show(page, sandbox, id);
  await freeze(page);
  await pass(page, 2);
  await thread(page).focus();
  await page.keyboard.press("f");
  const find = page.getByRole("search", { name: "Find in this conversation" });
  const say = find.getByRole("status").first();
  const words: string = oldest.content;
  await find.getByRole("searchbox").fill(words);
  await pass(page, 1);
  const before = await say.textContent();
  await find.getByRole("button", { name: "Read older messages" }).click();
  await pass(page, 5, { done: async () => (await say.textContent()) !== before });
  expect(await say.textContent()).not.toBe(before);
  // The oldest of all has them.
  await find.getByRole("button", { name: "Newer message" }).click();
  await pass(page, 1);
  await expect(page.locator(".message.hit")).toHaveAttribute("data-message-id", oldest.id);
  const top = await thread(page).evaluate((scroller) => scroller.scrollTop);
  await receive(sandbox, id, { content: `${words} again` });
  const count = /of (\d+)/.exec((await say.textContent())!)![1];
  await pass(page, 60, { done: async () => !(await say.textContent())!.includes(`of ${count}.`) });
  await expect(say).toHaveText(new RegExp(`of ${Number(count) + 1}\\.`));
  await expect(page.locator(".message.hit")).toHaveAttribute("data-message-id", oldest.id);
  expect(await thread(page).evaluate((scroller) => scroller.scrollTop)).toBe(top);
});

test("what is no message of the contact is not counted as a new one", async ({ page, sandbox }) => {
  const id = await still(page, sandbox);
  const last = (await atProvider(sandbox, id)).at(-1);
  await thread(page).evaluate((scroller) => scroller.scrollTo(0, 0));
  await pass(page, 1);
  await receive(sandbox, id, reaction(last.whatsapp_message_id));
  await receive(sandbox, id, { content: "One" });
  await until(page, page.getByRole("button", { name: /new message/ }), 60);
  await expect(page.getByRole("button", { name: "1 new message", exact: true })).toBeVisible();
});

test("what a contact wrote in another conversation with the same number of the business opens the window here too", async ({ page, sandbox }) => {
  await page.route("**/whatsapp_conversations?*", async (route) => {
    const response = await route.fetch();
    const json = await response.json();
    const by = (name: string) => json.data.find((row: any) => row.contact_name === name);
    by("Jonas Becker").phone_number = by("Amelia Clarke").phone_number;
    await route.fulfill({ response, json });
  });
  await open(page, sandbox, "Jonas Becker");
  await expect(side(page).locator(".thread-window")).toContainText("Closed: only a template can be sent");
  await go(page, "Amelia Clarke");
  await expect(side(page).locator(".thread-window")).toContainText("Open for");
  const composer = await go(page, "Jonas Becker");
  await expect(side(page).locator(".thread-window")).toContainText("Open for");
  await expect(composer.text).toBeVisible();
});

test("a window that was closed is not called closed where the newest messages cannot be read", async ({ page, sandbox }) => {
  const id = await idOf(sandbox, "Jonas Becker");
  await page.clock.install();
  await open(page, sandbox, "Jonas Becker");
  await expect(page.locator(".composer-window")).toContainText("last wrote more than 24 hours ago");
  await page.goto("about:blank");
  await sandbox.control({ faults: [{ operation: MESSAGES, times: 99, answer: { status: 502 } }] });
  await page.goto(`${sandbox.url}/inbox/${id}`);
  await expect(messages(page).last()).toBeVisible();
  await expect(side(page)).toContainText("The newest messages could not be read.");
  await expect(page.locator(".composer-window")).toContainText("It is not known yet whether the 24-hour window is open.");
  await expect(new Composer(page).text).toBeVisible();
});

test("a window that comes to the front is read at once, and a hidden one less often", async ({ page, sandbox }) => {
  const id = await still(page, sandbox);
  await pass(page, 5);
  await receive(sandbox, id, { content: "While you were away" });
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await pass(page, 2);
  await expect(messages(page).last()).toContainText("While you were away");
  await hide(page, true);
  const asked = async () => (await sandbox.log()).length;
  await pass(page, 2);
  const before = await asked();
  await pass(page, 40);
  expect(await asked()).toBe(before);
  await hide(page, false);
  await pass(page, 2);
  expect(await asked()).toBeGreaterThan(before);
});

test("in the bar that finds words, Enter is the button's own; and the kinds are gone through by arrows", async ({ page, sandbox }) => {
  await open(page, sandbox, NAME);
  await thread(page).focus();
  await page.keyboard.press("f");
  const find = page.getByRole("search", { name: "Find in this conversation" });
  const say = find.getByRole("status").first();
  await find.getByRole("searchbox").fill("a");
  await expect(say).toHaveText(/^1 of \d+\. From (you|the contact), .+: ./);
  await page.keyboard.press("Enter");
  await expect(say).toHaveText(/^2 of/);
  await find.getByRole("button", { name: "Newer message" }).press("Enter");
  await expect(say).toHaveText(/^1 of/);
  await find.getByRole("button", { name: "Close" }).press("Enter");
  await expect(find).toHaveCount(0);
  const kind = page.getByLabel("What to send");
  await kind.focus();
  for (const label of ["Image", "Video"]) {
    await kind.selectOption({ label });
    await expect(page.locator(".composer-panel-head")).toContainText(label);
    await expect(kind).toBeFocused();
  }
  // Each message has a name of its own, with who wrote it and the words.
  await expect(messages(page).last()).toHaveAccessibleName(/^From (you|the contact), .+: ./);
});

test("a message is quoted and reacted to by keyboard alone, from the list on", async ({ page, sandbox }) => {
  const id = await idOf(sandbox, NAME);
  await receive(sandbox, id, { content: "Is it ready?" });
  await page.goto(`${sandbox.url}/inbox`);
  await named(page, NAME).focus();
  await page.keyboard.press("Enter");
  await expect(messages(page).last()).toContainText("Is it ready?");
  await thread(page).focus();
  await page.keyboard.press("ArrowUp");
  await expect(messages(page).last()).toBeFocused();
  await page.keyboard.press("r");
  const composer = new Composer(page);
  await expect(composer.text).toBeFocused();
  await expect(composer.quoting).toContainText("Is it ready?");
  await expect(composer.text).toHaveAccessibleDescription(/^Quoting Ana Souza Is it ready\?/);
  await page.keyboard.type("It is.");
  await page.keyboard.press("Enter");
  await expect(arrived(page).last()).toContainText("It is.");
  expect((await atProvider(sandbox, id)).at(-1).content).toBe("> Is it ready?\nIt is.");
  const theirs = messages(page).filter({ hasText: "From the contact: Is it ready?" });
  await theirs.focus();
  await page.keyboard.press("e");
  await expect(page.getByRole("textbox", { name: "Emoji" })).toBeFocused();
  // Which one it is for stands there in its words, beside the ID that the request takes.
  await expect(composer.root.locator(".composer-panel blockquote")).toHaveText("Is it ready?");
});

test("words of messages that are too old do not stay in the list", async ({ page, sandbox }) => {
  const id = await idOf(sandbox, "Jonas Becker");
  await page.clock.install();
  await open(page, sandbox, "Jonas Becker");
  const words: string = (await atProvider(sandbox, id)).at(-1).content;
  await expect.poll(async () => JSON.stringify((await onDevice(page)).shelves)).toContain(words);
  await page.goto("about:blank");
  await page.clock.fastForward(100 * 24 * 3_600_000);
  await sandbox.control({ faults: [{ operation: MESSAGES, times: 99, answer: { status: 502 } }] });
  await page.goto(`${sandbox.url}/inbox`);
  await expect(named(page, "Jonas Becker")).toContainText("No longer kept here");
  const { shelves } = await onDevice(page);
  const kept = ["conversations", "heads", "messages", "words"].map((shelf) => shelves[shelf]);
  expect(JSON.stringify(kept)).not.toContain(words);
});
