// Send: who gets a text, what they get, and what leaves for it.
import { readFile } from "node:fs/promises";
import { expect, FAILED_CALL, test } from "./support/fixtures.ts";
import { own } from "./support/connections.ts";
import { number, numbers, reached, SEND, Sending, sent, Sent, TEXT, textOf } from "./support/sending.ts";
import { onDevice, sweep } from "./support/storage.ts";

test("one person, one text: it is reviewed, queued, and never called sent", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await expect(sending.button).toContainText("in the sandbox");
  await sending.people.fill("+44 (0)7700 900001");
  await sending.text.fill("Your order is *ready*.");
  await sending.app("a_7");
  await expect(sending.found).toHaveText("1 person can be written to.");
  await expect(sending.preview.locator("strong")).toHaveText("ready");
  const review = page.locator(".send-review");
  await expect(review).toContainText("1 person");
  await expect(review).toContainText("1 request");
  await expect(review).toContainText("Sandbox");
  const message = await sending.send();
  await message.done();
  await message.counts({ queued: 1, refused: 0, unknown: 0, waiting: 0 });
  await expect(message.row("447700900001")).toContainText(/Queued.*[0-9a-f]{8}-/s);
  const said = await page.locator("main").innerText();
  expect(said.replace(/nothing was sent|may have been sent/gi, ""), "no word of sending").not.toMatch(/\bsent\b/i);
  const calls = await sent(sandbox);
  expect(reached(calls)).toEqual(["447700900001"]);
  expect(calls[0].body).toMatchObject({ appid: "a_7", deliverychannel: "whatsapp" });
  expect(calls[0].body.correlationid.length).toBeLessThanOrEqual(50);
});

test("the same text to 2,500: three requests of up to 1,000, a result for each, nobody twice and nobody lost", async ({ page, sandbox }) => {
  const people = numbers(2_500);
  const sending = await Sending.open(page, sandbox.url);
  await sending.write(people, "Hello");
  await expect(page.locator(".send-review")).toContainText("3 requests, a result for each request of up to 1,000 people");
  const message = await sending.send();
  await message.done();
  await message.counts({ queued: 2_500, waiting: 0 });
  const calls = await sent(sandbox);
  expect(calls.map((call) => call.body.destination.length)).toEqual([1_000, 1_000, 500]);
  expect(reached(calls)).toEqual(people);
  expect(new Set(calls.map((call) => call.body.correlationid)).size).toBe(3);
  await expect(message.rows).toHaveCount(50);
  await page.getByRole("button", { name: "After" }).click();
  await expect(message.rows.first()).toContainText(number(50));
});

test("a text with columns: each person gets their own, with a reference of their own", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.file("name;phone;due\r\nAna;+44 7700 900001;3 May\r\nBen;0044 7700 900002;4 May\r\nAna;447700900001;5 May\r\nCy;;6 May\r\nDora;447700900004;\r\n");
  await sending.text.fill("Hello , your bill is due.");
  await sending.text.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(6, 6));
  await page.getByRole("button", { name: "{name}" }).click();
  await expect(sending.text).toHaveValue("Hello {name}, your bill is due.");
  await sending.text.fill("Hello {name}, your bill is due on {DUE}.");
  await sending.app();
  await expect(sending.found).toHaveText("2 people can be written to. 1 row looks doubtful. 2 rows are left out.");
  await expect(sending.issues("Left out")).toHaveText([/^4447700900001The same number stands on line 2/, /^5\(empty\)There is no number/]);
  await expect(sending.issues("Doubtful")).toHaveText([/^6447700900004The column “due” is empty/]);
  await expect(sending.preview).toContainText("To 447700900001, line 2");
  await expect(sending.preview).toContainText("Hello Ana, your bill is due on 3 May.");
  await sending.preview.getByRole("button", { name: "The next person" }).click();
  await expect(sending.preview).toContainText("Hello Ben, your bill is due on 4 May.");
  const message = await sending.send();
  await message.done();
  const calls = await sent(sandbox);
  expect(calls.map(textOf)).toEqual(["Hello Ana, your bill is due on 3 May.", "Hello Ben, your bill is due on 4 May."]);
  expect(reached(calls)).toEqual(["447700900001", "447700900002"]);
  const references = calls.map((call) => call.body.correlationid as string);
  const id = new URL(page.url()).searchParams.get("batch");
  expect(references).toEqual([`${id}-1`, `${id}-2`]);
});

test("a doubtful row is sent to on the person's word", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.people.fill("447700900001\n07700900002");
  await sending.text.fill("Hello");
  await sending.app();
  await expect(sending.issues("Doubtful")).toHaveText([/country code may be missing/]);
  await expect(sending.button).toContainText("Send to 1 person");
  await page.getByLabel("Send to the doubtful row as well").check();
  await expect(sending.button).toContainText("Send to 2 people");
  await (await sending.send()).done();
  expect(reached(await sent(sandbox))).toEqual(["447700900001", "07700900002"]);
});

test("the limit of 4,096 is kept by the filled text, and an unknown column is told", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.people.fill(`name\tphone\nAna\t447700900001\nBartholomew\t447700900002`);
  const long = "x".repeat(4_090);
  await sending.text.fill(`${long}{name}`);
  await expect(page.locator("#message-count")).toContainText("4,093 of 4,096 characters. The longest has 4,101 (line 3).");
  await expect(sending.issues("Left out")).toHaveText([/^3447700900002The text for this row: Must be at most 4096 characters long; this has 4101/]);
  await sending.text.fill("Hello {nmae}");
  await sending.app();
  await sending.button.click();
  const problems = page.locator("#send-problems");
  await expect(problems).toBeFocused();
  await expect(problems).toContainText("There is no column “nmae”");
  await problems.getByRole("link").first().click();
  await expect(sending.text).toBeFocused();
  // For all the same text, the limit stands beside it.
  await sending.people.fill(number(1));
  await sending.text.fill("x".repeat(4_097));
  await expect(page.locator(".problem", { hasText: "at most 4096 characters" })).toBeVisible();
  expect(await sent(sandbox)).toEqual([]);
});

test("a text with an unknown column is shown as it stands and counted, with what is wrong, also after a reload", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.people.fill("name\tphone\nAna\t447700900001");
  await sending.text.fill("Hello {name}, see {Typo}.");
  const shown = async () => {
    await expect(sending.preview.locator(".bubble")).toHaveText("Hello Ana, see {Typo}.");
    await expect(sending.preview.locator("mark")).toHaveText("{Typo}");
    await expect(page.locator("#message-count")).toHaveText("22 of 4,096 characters.");
  };
  await shown();
  await expect(page.locator('[data-kept="yes"]')).toBeVisible();
  await page.reload();
  await shown();
  await expect(page.locator(".problem", { hasText: "There is no column “Typo”." })).toBeVisible();
});

test("the first press on the button counts, though the field that it leaves has a problem to show", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.people.fill(number(1));
  await sending.app();
  await sending.text.fill("Hello {Typo}");
  await expect(sending.preview.locator("mark")).toHaveText("{Typo}");
  await expect(sending.button).not.toHaveAttribute("aria-disabled", "true");
  await sending.button.scrollIntoViewIfNeeded();
  const box = (await sending.button.boundingBox())!;
  await page.mouse.move(box.x + 20, box.y + box.height - 2);
  await page.mouse.down();
  await expect(sending.text).not.toBeFocused();
  // What the field has to say would move the button from under the press.
  await expect(page.locator(".problem", { hasText: "There is no column" })).toHaveCount(0);
  expect(await sending.button.boundingBox()).toEqual(box);
  await page.mouse.up();
  await expect(page.locator("#send-problems")).toBeFocused();
  await expect(page.locator(".problem", { hasText: "There is no column" })).toBeVisible();
});

test("what was sent off names where it went, and leads to the next message", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.write([number(1)], "Hello");
  const message = await sending.send();
  await message.done();
  await expect(page.locator("main .under-title .world.sandbox")).toContainText("Sandbox");
  const actions = page.locator(".send-tools").locator("a, button");
  await expect(actions).toHaveText(["Write another message", "Delete from this device"]);
  await actions.first().click();
  await expect(sending.button).toBeVisible();
  await expect(sending.people).toHaveValue("");
});

test("by keyboard the focus stays where one is, and what changes is read out once", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.people.fill(numbers(2).join("\n"));
  await expect(sending.found).toHaveText("2 people can be written to.");
  // Nothing of it is said again while the text is typed.
  await sending.found.evaluate((element) => {
    const world = globalThis as any;
    world.said = [];
    new MutationObserver(() => world.said.push(element.textContent)).observe(element, { childList: true, characterData: true, subtree: true });
  });
  await sending.text.pressSequentially("Hello, it is done.");
  const next = sending.preview.getByRole("button", { name: "The next person" });
  await expect(sending.preview).toContainText("Hello, it is done.");
  await next.focus();
  await page.keyboard.press("Enter");
  await expect(sending.preview.getByRole("status")).toHaveText(`To ${number(1)}, line 2`);
  await expect(next).toHaveAttribute("aria-disabled", "true");
  await expect(next).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(sending.preview.getByRole("status")).toHaveText(`To ${number(1)}, line 2`);
  expect(await page.evaluate(() => (globalThis as any).said)).toEqual([]);
  await page.getByRole("button", { name: "Clear" }).press("Enter");
  await expect(sending.people).toBeFocused();
  await expect(sending.people).toHaveValue("");
});

test("nothing typed: what is missing is told, and each leads to its field", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.button.click();
  const links = page.locator("#send-problems").getByRole("link");
  await expect(links).toHaveText([/^People: add at least one/, /^Message: Fill this in/, /^App ID: Fill this in/]);
  await links.nth(2).click();
  await expect(page.locator('[name="appid"]')).toBeFocused();
  expect(await sent(sandbox)).toEqual([]);
});

test("a form that was sent off is empty on the device before anything leaves", async ({ page, sandbox }) => {
  await page.clock.install();
  const sending = await Sending.open(page, sandbox.url);
  await sending.write(numbers(2), "Once and no more", true);
  const drafts = async () => JSON.stringify((await onDevice(page)).shelves.drafts);
  await expect.poll(drafts).toContain("Once and no more");
  await page.clock.pauseAt(Date.now() + 60_000);
  await sending.button.click();
  await page.clock.runFor(50);
  await expect.poll(async () => (await sent(sandbox)).length).toBeGreaterThan(0);
  expect(await drafts()).not.toContain("Once and no more");
});

test("every option of the request is within reach, with its own limits, and is sent", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.write([number(1)], "See https://example.org");
  await page.getByText("More options").click();
  await page.locator('[name="channels.OTT-Messaging.wa.preview_url"]').selectOption("true");
  await page.locator('[name="options.shortenLinks"]').selectOption("true");
  await page.locator('[name="callbackData"]').fill("mine");
  await sending.button.click();
  await expect(page.locator("#send-problems")).toContainText("Domain: Fill this in: “Shorten links” needs it.");
  await page.locator('[name="options.domain"]').fill("https://s.imiconnect.co");
  await (await sending.send()).done();
  const [call] = await sent(sandbox);
  expect(call.body).toMatchObject({ callbackData: "mine", options: { domain: "https://s.imiconnect.co", shortenLinks: "true" } });
  expect(call.body.channels["OTT-Messaging"].wa.preview_url).toBe("true");
  // The app and the options are there the next time, the people and the text are not.
  const next = await Sending.open(page, sandbox.url);
  await expect(page.locator('[name="appid"]')).toHaveValue("a_1");
  await expect(next.text).toHaveValue("");
  await expect(next.people).toHaveValue("");
});

test("what is typed and the file survive a reload", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.file("name,phone\nJürgen,447700900001");
  await sending.text.fill("Hello {name}");
  await sending.app("a_9");
  await expect(page.locator('[data-kept="yes"]')).toBeVisible();
  await page.reload();
  await expect(sending.text).toHaveValue("Hello {name}");
  await expect(page.locator(".send-file")).toContainText("people.csv");
  await expect(sending.preview).toContainText("Hello Jürgen");
  await expect(page.locator('[name="appid"]')).toHaveValue("a_9");
});

test("results are exported, and no cell of them is a formula", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const sending = await Sending.open(page, sandbox.url);
  await sandbox.control({ faults: [{ operation: SEND, answer: { status: 400, body: JSON.stringify({ response: { code: "7004", description: "=1+1", transid: "t-1" } }) } }] });
  await sending.write(numbers(3), "Hello", true);
  const message = await sending.send();
  await message.done();
  await message.counts({ queued: 2, refused: 1 });
  const [download] = await Promise.all([page.waitForEvent("download"), message.press("Export as CSV")]);
  const lines = (await readFile(await download.path(), "utf8")).replace("\uFEFF", "").trim().split("\r\n");
  expect(lines).toHaveLength(4);
  expect(lines[0]).toBe("Line,Number,Result,Reason,Provider's words,Transaction ID,Reference,Attempts");
  expect(lines[1]).toMatch(/^1,447700900000,Refused,A value is not valid\..*,'=1\+1,t-1,/);
  expect(lines[2]).toMatch(/^2,447700900001,Queued,,,[0-9a-f-]{36},/);
  await page.locator("#results-kind").selectOption("refused");
  await expect(message.rows).toHaveCount(1);
});

test("a live connection is paced, and the button names it", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await own(page, sandbox.url, "webex", { key: "k-right-0002" });
  const sending = new Sending(page);
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Send" }).click();
  await expect(sending.button).toContainText("at this site");
  await expect(page.getByLabel("Requests per second, at most")).toHaveValue("1");
  await page.getByLabel("Requests per second, at most").selectOption("5");
  await sending.write(numbers(11), "Hello", true);
  await expect(page.locator(".send-review")).toContainText("2 seconds at least");
  const begun = Date.now();
  const message = await sending.send();
  await message.done();
  expect(Date.now() - begun, "ten pauses of 200 ms").toBeGreaterThanOrEqual(2_000);
  expect(reached(await sent(sandbox))).toEqual(numbers(11));
});

test("earlier messages are listed, opened and deleted with all that is kept of them", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.write(numbers(2), "Remember the milk");
  const message = await sending.send();
  await message.done();
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Send" }).click();
  const earlier = page.getByRole("region", { name: "Earlier messages" });
  await expect(earlier).toContainText("2 people: 2 queued");
  await earlier.getByRole("link", { name: /Remember the milk/ }).click();
  await expect(message.rows).toHaveCount(2);
  await message.press("Delete from this device");
  await message.press("Delete it");
  await expect(sending.button).toBeVisible();
  await expect(earlier).toHaveCount(0);
  expect(await sweep(page, ["writes", "world"])).not.toContain(number(1));
});

test("where nothing may be kept, no number and no text is on the device, and the page asks before it goes", async ({ page, context, sandbox }) => {
  const served = await (await fetch(`${sandbox.url}/switchboard.json`)).json();
  await context.route("**/switchboard.json", (route) => route.fulfill({ json: { ...served, keep_messages: false } }));
  const sending = await Sending.open(page, sandbox.url);
  await sending.write(numbers(3), "Something private", true);
  await expect(page.getByText("Nothing is kept on this device: keep this page open")).toBeVisible();
  await sandbox.control({ faults: [{ operation: SEND, when: "after", answer: "hang" }] });
  const message = await sending.send();
  await expect(message.row(number(0))).toContainText("Sending…");
  const stored = await sweep(page, ["world"]);
  expect(stored).not.toContain("Something private");
  expect(stored).not.toContain(number(1));
  const questions: string[] = [];
  page.on("dialog", async (dialog) => {
    questions.push(dialog.type());
    await dialog.accept();
  });
  await page.reload();
  expect(questions).toEqual(["beforeunload"]);
  await expect(page.getByText("This message is not on this device")).toBeVisible();
});
