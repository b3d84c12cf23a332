// What goes wrong while the inbox is read: what is on the screen stays, why nothing is new is said with what
// to do next, and it goes on by itself or at a press.
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { calls } from "./support/form.ts";
import { answer, freshness, list, LIST, MARK, MESSAGES, messages, named, open, receive, side, thread } from "./support/inbox.ts";
import { countCalls, freeze, pass, until } from "./support/time.ts";
import { Composer, TEMPLATES } from "./support/writing.ts";
import type { Locator, Page } from "@playwright/test";

interface Fault {
  answer: unknown;
  // What is said, and what is advised.
  why: string;
  next: string;
  // Seconds of silence that are asked for, or documented.
  silence?: number;
  // Whether it is tried again by itself.
  passes: boolean;
}

const HANGING_LIST = /^GET .*\/whatsapp_conversations\?/;
const HANGING_MESSAGES = /^GET .*\/whatsapp_messages/;
const HANGING_MARK = /^PATCH .*typing_indicator=false/;
const AGAIN = "Try again in a moment.";
// What somebody is writing meanwhile.
const TYPED = "We could also meet on";
const FAULTS: Record<string, Fault> = {
  "an answer that is nonsense": { answer: "garbage", why: "not one that the provider documents", next: "Try again. If it stays", passes: true },
  "half an answer": { answer: "truncated", why: "not one that the provider documents", next: "Try again. If it stays", passes: true },
  "an error of the server": { answer: { status: 500 }, why: "Something went wrong at Kapso", next: AGAIN, passes: true },
  "an error of what stands before it": { answer: { status: 503, body: "<h1>No server is available</h1>" }, why: "Something went wrong at the provider", next: AGAIN, passes: true },
  "no answer but a closed line": { answer: "drop", why: "could not be reached", next: "Check the address under Connections", passes: true },
  "too many requests, and how long to wait": { answer: { status: 429, headers: { "Retry-After": "20" } }, why: "Too many requests in this minute", next: "Wait a minute", silence: 20, passes: true },
  "too many requests, and not how long": { answer: { status: 429 }, why: "Too many requests in this minute", next: "Wait a minute", silence: 60, passes: true },
  "a key that is refused": { answer: { status: 401 }, why: "Kapso did not accept the key", next: "Check the API key", passes: false },
};

async function begin(page: Page, sandbox: Sandbox): Promise<string> {
  await page.clock.install();
  await countCalls(page);
  const id = await open(page, sandbox, "Amelia Clarke");
  await new Composer(page).text.fill(TYPED);
  await freeze(page);
  await pass(page, 1);
  return id;
}

const order = (sandbox: Sandbox, operation: string, answer: unknown, times = 50) =>
  sandbox.control({ faults: [{ operation, times, answer }] });

// Everything that was there is there.
async function stays(page: Page): Promise<void> {
  await expect(messages(page).filter({ hasText: "Noted. See you both on Tuesday" })).toBeVisible();
  await expect(named(page, "Amelia Clarke")).not.toContainText("Not read here yet");
  await expect(named(page, "Ana Souza")).toBeVisible();
  await expect(new Composer(page).text).toHaveValue(TYPED);
}

const again = (place: Locator): Locator => place.locator(".trouble").getByRole("button", { name: "Try again" });

async function says(place: Locator, fault: Fault): Promise<void> {
  await expect(place.locator(".trouble")).toContainText(fault.why);
  await expect(place.locator(".trouble")).toContainText(fault.next);
  await expect(again(place)).toBeVisible();
}

// Goes on by itself where it may be over, and at a press where asking again changes nothing.
async function recovers(page: Page, sandbox: Sandbox, fault: Fault, place: Locator): Promise<void> {
  await sandbox.control({ faults: [] });
  // After two failures a conversation is asked for once a minute.
  if (!fault.passes) await again(place).click();
  await pass(page, 62);
  await expect(place).not.toContainText(fault.why);
}

for (const [name, fault] of Object.entries(FAULTS)) {
  test.describe(name, () => {
    test.beforeEach(({ watch }) => watch.allow(FAILED_CALL));

    test("for the list", async ({ page, sandbox }) => {
      const id = await begin(page, sandbox);
      await order(sandbox, LIST, fault.answer);
      await until(page, list(page).locator(".trouble"));
      await says(list(page), fault);
      await stays(page);
      if (fault.silence) {
        const before = (await sandbox.log()).length;
        await pass(page, fault.silence - 4);
        expect((await sandbox.log()).length, "asked although the provider takes nothing").toBe(before);
        await again(list(page)).click();
        await pass(page, 1);
        expect((await sandbox.log()).length, "nor at a press").toBe(before);
      } else {
        // The conversation goes on, whatever becomes of the list.
        await receive(sandbox, id, "Meanwhile");
        await pass(page, 31);
        await expect(messages(page).last()).toContainText("Meanwhile");
      }
      await recovers(page, sandbox, fault, list(page));
      await stays(page);
      await expect(freshness(page)).toContainText(/^Updated (just now|\d+ seconds? ago)$/);
    });

    test("for the messages", async ({ page, sandbox }) => {
      const id = await begin(page, sandbox);
      await order(sandbox, MESSAGES, fault.answer);
      await receive(sandbox, id, "Not to be missed");
      await until(page, side(page).locator(".trouble"));
      await says(side(page), fault);
      await expect(side(page)).toContainText("The newest messages could not be read. What is shown ends at");
      await stays(page);
      if (!fault.silence) {
        // The list goes on, whatever becomes of the conversation.
        const before = (await calls(sandbox, LIST)).length;
        await pass(page, 33);
        expect((await calls(sandbox, LIST)).length).toBeGreaterThanOrEqual(before + 2);
        await expect(freshness(page)).toContainText("Updated");
      }
      await recovers(page, sandbox, fault, side(page));
      await pass(page, 1);
      await expect(messages(page).last()).toContainText("Not to be missed");
      await stays(page);
    });

    test("for the templates", async ({ page, sandbox }) => {
      await begin(page, sandbox);
      const composer = new Composer(page);
      await order(sandbox, TEMPLATES, fault.answer);
      await composer.tool("Template").click();
      await until(page, composer.root.locator(".trouble"));
      await says(composer.root, fault);
      await sandbox.control({ faults: [] });
      // Before that, nothing is asked for.
      await pass(page, fault.silence ?? 0);
      await again(composer.root).click();
      await until(page, page.locator("button.template"));
      await expect(page.locator("button.template").first()).toBeVisible();
      await expect(composer.root.locator(".trouble")).toHaveCount(0);
      await composer.root.getByRole("button", { name: "Back to a text" }).click();
      await expect(composer.text).toHaveValue(TYPED);
    });

    test("for the business's numbers", async ({ page, sandbox }) => {
      await order(sandbox, "kapso.list-configs", fault.answer);
      await page.goto(`${sandbox.url}/inbox`);
      await page.getByRole("button", { name: "New conversation" }).click();
      await page.locator('[name="message.phone_number"]').fill("+447700900321");
      const from = page.getByLabel("From (config ID)");
      await from.fill("0f0f0f0f-0000-4000-8000-000000000000");
      await expect(page.locator("button.template").first()).toBeVisible();
      await expect(page.locator('[name="message.phone_number"]')).toHaveValue("+447700900321");
      await expect(from).toHaveValue("0f0f0f0f-0000-4000-8000-000000000000");
    });

    test("for telling that it was read", async ({ page, sandbox }) => {
      const id = await begin(page, sandbox);
      await order(sandbox, MARK, fault.answer, 1);
      const before = (await calls(sandbox, MARK)).length;
      await receive(sandbox, id, "Read this");
      await until(page, side(page).locator(".trouble"));
      await expect(messages(page).last()).toContainText("Read this");
      await says(side(page), fault);
      await expect(side(page)).toContainText("Kapso could not be told that you have read this");
      await stays(page);
      await recovers(page, sandbox, fault, side(page));
      const marks = (await calls(sandbox, MARK)).slice(before);
      expect(marks.map((mark) => [mark.path, mark.query])).toEqual([marks[0], marks[0]].map((mark) => [mark.path, "typing_indicator=false"]));
    });
  });
}

test.describe("a request that hangs", () => {
  test.beforeEach(({ watch }) => watch.allow(FAILED_CALL));

  test("of the list does not stop the conversation", async ({ page, sandbox }) => {
    const id = await begin(page, sandbox);
    await order(sandbox, LIST, "hang", 1);
    await pass(page, 15, { hanging: HANGING_LIST });
    await receive(sandbox, id, "Past the one that hangs");
    await pass(page, 22, { hanging: HANGING_LIST });
    await expect(messages(page).last()).toContainText("Past the one that hangs");
    await pass(page, 10, { hanging: HANGING_LIST });
    await expect(list(page)).toContainText("No answer came within 30 seconds.");
    await expect(list(page)).toContainText(AGAIN);
    await stays(page);
    await pass(page, 16);
    await expect(list(page)).not.toContainText("No answer came");
  });

  test("of the messages does not stop the list", async ({ page, sandbox }) => {
    const id = await begin(page, sandbox);
    await order(sandbox, MESSAGES, "hang", 1);
    await receive(sandbox, id, "Later");
    await pass(page, 16, { hanging: HANGING_MESSAGES });
    const before = (await calls(sandbox, LIST)).length;
    await pass(page, 32, { hanging: HANGING_MESSAGES });
    expect((await calls(sandbox, LIST)).length).toBeGreaterThanOrEqual(before + 2);
    await expect(freshness(page)).toContainText("Updated");
    await expect(side(page)).toContainText("No answer came within 30 seconds.");
    await stays(page);
    await pass(page, 31);
    await expect(messages(page).last()).toContainText("Later");
    await expect(side(page)).not.toContainText("No answer came");
  });

  test("of telling that it was read stops nothing, and it is told again", async ({ page, sandbox }) => {
    const id = await begin(page, sandbox);
    await order(sandbox, MARK, "hang", 1);
    const before = (await calls(sandbox, MARK)).length;
    await receive(sandbox, id, "Read this");
    await pass(page, 20, { hanging: HANGING_MARK });
    await expect(messages(page).last()).toContainText("Read this");
    await receive(sandbox, id, "And this");
    await pass(page, 20, { hanging: HANGING_MARK });
    await expect(messages(page).last()).toContainText("And this");
    await pass(page, 120, { hanging: HANGING_MARK });
    await stays(page);
    await expect(side(page)).not.toContainText("could not be told");
    const marks = (await calls(sandbox, MARK)).slice(before);
    expect(marks.map((mark) => mark.status)).toEqual([null, 200]);
  });

  test("when older messages are read leaves what is there", async ({ page, sandbox }) => {
    await page.clock.install();
    await countCalls(page);
    const { conversation_id } = await sandbox.control({ conversation: { messages: 1_000 } });
    await page.goto(`${sandbox.url}/inbox/${conversation_id}`);
    await expect(messages(page).last()).toBeVisible();
    await freeze(page);
    await order(sandbox, MESSAGES, "hang", 1);
    await thread(page).evaluate((element) => element.scrollTo(0, 0));
    await pass(page, 32, { hanging: HANGING_MESSAGES });
    await expect(side(page)).toContainText("Older messages could not be read.");
    await expect(side(page)).toContainText("No answer came within 30 seconds.");
    const shown = await messages(page).first().innerText();
    expect(shown.length).toBeGreaterThan(20);
    const pages = async () => (await calls(sandbox, MESSAGES)).map((call) => [/page=(\d+)/.exec(call.query)![1], call.status]);
    expect((await pages()).filter(([page]) => page === "2")).toEqual([["2", null]]);
    await again(side(page)).click();
    await pass(page, 3);
    await expect(side(page)).not.toContainText("could not be read");
    expect((await pages()).filter(([page]) => page === "2")).toEqual([["2", null], ["2", 200]]);
  });
});

test("one fault after the other: everything is as before once they are over", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const id = await begin(page, sandbox);
  const spoilt = (operation: string, answers: unknown[]) => answers.map((answer) => ({ operation, times: 1, answer }));
  const faults = [
    ...spoilt(LIST, ["garbage", "drop", { status: 500 }]),
    ...spoilt(MESSAGES, ["truncated", { status: 502, body: "" }, "drop"]),
    // A mark is tried three times by itself.
    ...spoilt(MARK, ["drop", "garbage"]),
  ];
  await sandbox.control({ faults });
  await receive(sandbox, id, "Through all of it");
  const before = (await sandbox.log()).length;
  // Somebody is there.
  const touch = (second: number) => second % 60 === 0 ? page.keyboard.press("Shift") : Promise.resolve();
  await pass(page, 60, { each: touch });
  // Each failure is waited for longer.
  expect((await sandbox.log()).length - before).toBeLessThanOrEqual(10);
  await stays(page);
  await pass(page, 300, { each: touch });
  await expect(messages(page).last()).toContainText("Through all of it");
  await expect(page.locator(".trouble")).toHaveCount(0);
  await expect(freshness(page)).toContainText("Updated");
  const { faults: left } = await sandbox.control({});
  expect(left, "faults that nobody met").toEqual([]);
});

test("a message with a date from the future does not hide that others are missing", async ({ page, sandbox }) => {
  const id = await begin(page, sandbox);
  const first = JSON.parse(await answer(sandbox, id));
  first.data.unshift({ ...first.data[0], id: "from-the-future", content: "Hello from the future", message_type_data: {}, created_at: "2099-01-01T00:00:00Z" });
  await sandbox.control({ faults: [{ operation: MESSAGES, times: 1, answer: { status: 200, body: JSON.stringify(first) } }] });
  await until(page, messages(page).filter({ hasText: "Hello from the future" }), 40);
  await named(page, "Ana Souza").click();
  await pass(page, 1);
  for (let at = 1; at <= 150; at++) await receive(sandbox, id, `Number ${at}`);
  const pages = async () => (await calls(sandbox, MESSAGES)).filter((call) => call.path.includes(id)).map((call) => new URLSearchParams(call.query).get("page"));
  const before = (await pages()).length;
  await named(page, "Amelia Clarke").click();
  await until(page, messages(page).filter({ hasText: "Number 150" }), 10);
  expect((await pages()).slice(before, before + 2)).toEqual(["1", "2"]);
});

test("who missed a thousand messages is told that what is stored begins anew", async ({ page, sandbox }) => {
  test.slow();
  const id = await begin(page, sandbox);
  await named(page, "Ana Souza").click();
  await pass(page, 1);
  for (let at = 1; at <= 1_000; at++) await receive(sandbox, id, `Number ${at}`);
  await named(page, "Amelia Clarke").click();
  const told = side(page).getByRole("status").filter({ hasText: "1,000 or more messages came" });
  // Ten pages, at the pace of thirty requests a minute.
  await until(page, told, 60);
  await expect(messages(page).last()).toContainText("Number 1000");
  await told.getByRole("button", { name: "Dismiss" }).click();
  await expect(told).toHaveCount(0);
  await pass(page, 1);
  await expect(thread(page)).toBeFocused();
  // What was let go of is read again by whoever goes back so far.
  const old = messages(page).filter({ hasText: "Noted. See you both on Tuesday" });
  await pass(page, 60, { each: () => thread(page).evaluate((element) => element.scrollTo(0, 0)), done: async () => (await old.count()) === 1 });
  await expect(old).toHaveCount(1);
});
