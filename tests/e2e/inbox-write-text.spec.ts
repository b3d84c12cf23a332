// Writing a text: the keys that send and break, an input method, marks, quotes, and what is refused.
import { expect, test } from "./support/fixtures.ts";
import { arrived, leaving, named, open, sent, texts, thread } from "./support/writing.ts";
import { freeze } from "./support/time.ts";
import type { Locator, Page } from "@playwright/test";

// The focus is on what is wrong, or on the list of it.
async function onTheProblem(page: Page): Promise<void> {
  const focused = page.locator(".composer :is([aria-invalid=true], .summary):focus");
  await expect(focused).toHaveCount(1);
}

test("Enter sends, Shift and Enter break the line, and the preview shows it while it is typed", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Amelia Clarke");
  await expect(composer.preview).toHaveCount(0);
  await composer.text.pressSequentially("See *you*");
  await expect(composer.preview.locator("strong")).toHaveText("you");
  await composer.text.press("Shift+Enter");
  await composer.text.pressSequentially("on Tuesday");
  await expect(composer.text).toHaveValue("See *you*\non Tuesday");
  await expect(composer.preview).toContainText(/See you\s*on Tuesday/);
  expect(await sent(sandbox)).toEqual([]);
  await composer.text.press("Enter");
  await expect.poll(() => texts(sandbox)).toEqual(["See *you*\non Tuesday"]);
  await expect(composer.text).toHaveValue("");
  await expect(composer.text).toBeFocused();
  await expect(composer.preview).toHaveCount(0);
  await expect(arrived(page).last()).toContainText("on Tuesday");
});

test("nothing is sent of nothing", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Amelia Clarke");
  for (const nothing of ["", "   ", "\n \n"]) {
    await composer.text.fill(nothing);
    await composer.text.press("Enter");
    await expect(composer.text).toHaveValue(nothing);
  }
  await composer.text.fill("");
  await composer.send();
  await onTheProblem(page);
  await expect(leaving(page)).toHaveCount(0);
  expect(await sent(sandbox)).toEqual([]);
});

test("an Enter that is held down, or pressed twice, sends once", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Amelia Clarke");
  await composer.text.fill("Only once");
  await page.keyboard.down("Enter");
  for (let repeat = 0; repeat < 5; repeat++) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await page.keyboard.press("Enter");
  await expect(arrived(page).last()).toContainText("Only once");
  await composer.write("And then this");
  await expect.poll(() => texts(sandbox)).toEqual(["Only once", "And then this"]);
});

test("the Enter of an input method neither sends nor breaks", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Amelia Clarke");
  const input = await page.context().newCDPSession(page);
  await composer.text.focus();
  await input.send("Input.imeSetComposition", { text: "にほん", selectionStart: 3, selectionEnd: 3 });
  await expect(composer.text).toHaveValue("にほん");
  // What browsers report while an input method composes: that it does, or only that it took the key.
  await composer.text.evaluate((area) => {
    const press = (init: KeyboardEventInit) => area.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...init }));
    press({ isComposing: true });
    press({ keyCode: 229 });
  });
  await input.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Process", code: "Enter", windowsVirtualKeyCode: 229 });
  await expect(composer.text).toHaveValue("にほん");
  await input.send("Input.insertText", { text: "日本" });
  await expect(composer.text).toHaveValue("日本");
  await expect(composer.preview).toContainText("日本");
  expect(await sent(sandbox)).toEqual([]);
  await expect(leaving(page)).toHaveCount(0);
  await composer.text.press("Enter");
  await expect.poll(() => texts(sandbox)).toEqual(["日本"]);
});

test("marks are put around what is selected, by keys and by buttons", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Amelia Clarke");
  await composer.text.fill("hello");
  await composer.text.selectText();
  await composer.text.press("Control+b");
  await expect(composer.text).toHaveValue("*hello*");
  await composer.text.press("Control+b");
  await expect(composer.text).toHaveValue("hello");
  await composer.text.press("Control+i");
  await expect(composer.text).toHaveValue("_hello_");
  await composer.text.press("Control+i");
  for (const [name, marked] of [["Bold", "*hello*"], ["Italic", "_hello_"], ["Strikethrough", "~hello~"], ["Code", "`hello`"]]) {
    await composer.tool(name).click();
    await expect(composer.text).toHaveValue(marked);
    await expect(composer.text).toBeFocused();
    await composer.tool(name).click();
    await expect(composer.text).toHaveValue("hello");
  }
  await composer.tool("Bold").click();
  await composer.text.press("Enter");
  await expect.poll(() => texts(sandbox)).toEqual(["*hello*"]);
});

test("a quote goes along as WhatsApp's own markup", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Amelia Clarke");
  const row = arrived(page).filter({ hasText: "Her name is Ruby Clarke" });
  await row.hover();
  await row.getByRole("button", { name: "Quote" }).click();
  await expect(composer.quoting).toContainText("Quoting Amelia Clarke");
  await expect(composer.quoting).toContainText("Yes please! Her name is Ruby Clarke");
  await expect(composer.text).toBeFocused();
  // A quote alone says nothing.
  await composer.text.press("Enter");
  await composer.send();
  await page.keyboard.type("She is welcome");
  await expect(composer.preview.locator("blockquote")).toContainText("Her name is Ruby Clarke");
  await page.keyboard.press("Enter");
  await expect.poll(() => texts(sandbox)).toEqual(["> Yes please! Her name is Ruby Clarke\nShe is welcome"]);
  await expect(composer.quoting).toHaveCount(0);
  await expect(arrived(page).last().locator("blockquote")).toContainText("Her name is Ruby Clarke");
  // Where there is one line of it, it has the words that were typed, and not those of the contact.
  await expect(named(page, "Amelia Clarke")).toContainText("You: She is welcome");
  await expect(arrived(page).last()).toHaveAccessibleName(/^From you, .+: She is welcome$/);
  // And it can be left out again.
  await row.first().hover();
  await row.first().getByRole("button", { name: "Quote" }).click();
  await composer.quoting.getByRole("button", { name: "Leave the quote out" }).click();
  await expect(composer.quoting).toHaveCount(0);
  await composer.write("Without it");
  await expect.poll(() => texts(sandbox)).toContain("Without it");
});

test("a quote waits where the kind carries none, and goes with the caption where it has one", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Amelia Clarke");
  const row = arrived(page).filter({ hasText: "Her name is Ruby Clarke" });
  await row.hover();
  await row.getByRole("button", { name: "Quote" }).click();
  await composer.kind("Location");
  await expect(composer.quoting).toContainText("carries no quote");
  await composer.fill({ "Coordinates or a map link": "51.5, -0.12" });
  await composer.send();
  await expect.poll(async () => (await sent(sandbox)).length).toBe(1);
  await expect(composer.quoting).toContainText("Quoting Amelia Clarke");
  await composer.kind("Image");
  await composer.fill({ "Media address": "https://example.com/a.png", Caption: "Her room" });
  await composer.send();
  await expect.poll(async () => (await sent(sandbox)).length).toBe(2);
  const [place, image] = (await sent(sandbox)).map((call) => call.body.message);
  expect(place).toEqual({ message_type: "location", latitude: 51.5, longitude: -0.12 });
  expect(image).toEqual({
    message_type: "image",
    media_url: "https://example.com/a.png",
    caption: "> Yes please! Her name is Ruby Clarke\nHer room",
  });
  await expect(composer.quoting).toHaveCount(0);
});

test("a text that is too long is refused and kept", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Amelia Clarke");
  // Code points, of which each of these has one.
  const long = "🦷".repeat(4097);
  await composer.text.fill(long);
  await composer.text.press("Enter");
  await expect(composer.text).toHaveValue(long);
  await expect(composer.text).toBeFocused();
  await expect(composer.text).toHaveAttribute("aria-invalid", "true");
  await expect(composer.text).toHaveAccessibleDescription(/4096/);
  await expect(composer.root.locator(".problem")).toBeInViewport();
  await composer.send();
  await onTheProblem(page);
  await expect(leaving(page)).toHaveCount(0);
  expect(await sent(sandbox)).toEqual([]);
  await composer.write("🦷".repeat(4096));
  await expect.poll(() => texts(sandbox)).toEqual(["🦷".repeat(4096)]);
});

test("the limit counts the quote as well", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Amelia Clarke");
  const row = arrived(page).filter({ hasText: "Her name is Ruby Clarke" });
  await row.hover();
  await row.getByRole("button", { name: "Quote" }).click();
  await composer.write("a".repeat(4090));
  await expect(composer.text).toHaveAttribute("aria-invalid", "true");
  await expect(composer.text).toBeFocused();
  expect(await sent(sandbox)).toEqual([]);
  await composer.quoting.getByRole("button", { name: "Leave the quote out" }).click();
  await composer.text.press("Enter");
  await expect.poll(() => texts(sandbox)).toEqual(["a".repeat(4090)]);
});

test("buttons: not more than three, and no two alike", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Amelia Clarke");
  await composer.kind("Buttons or list");
  await composer.fill({ Text: "Which one?" });
  await composer.add("message.buttons", 3);
  await expect(composer.adder("message.buttons")).toBeDisabled();
  for (const [row, id, title] of [[1, "a", "Yes"], [2, "b", "Yes"], [3, "c", "No"]] as const) {
    await composer.row(`Button ${row}`).fill({ ID: id, Title: title });
  }
  await composer.send();
  await onTheProblem(page);
  expect(await sent(sandbox)).toEqual([]);
  await expect(leaving(page)).toHaveCount(0);
  await expect(composer.row("Button 2").field("Title")).toHaveValue("Yes");
  await composer.row("Button 2").fill({ Title: "Perhaps" });
  await composer.send();
  await expect.poll(async () => (await sent(sandbox)).length).toBe(1);
  const [call] = await sent(sandbox);
  expect(call.body.message.buttons.map((button: any) => button.title)).toEqual(["Yes", "Perhaps", "No"]);
});

test("a template without one of its values is refused, and says which", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Amelia Clarke");
  await composer.tool("Template").click();
  await page.locator("button.template").filter({ hasText: "appointment" }).click();
  const [first, second] = [0, 1].map((at) => composer.input(`message.template_params.${at}`));
  await first.fill("Amelia");
  await composer.send();
  await onTheProblem(page);
  await expect(second).toHaveAttribute("aria-invalid", "true");
  await expect(first).toHaveValue("Amelia");
  await second.fill("with     five spaces");
  await composer.send();
  await onTheProblem(page);
  expect(await sent(sandbox)).toEqual([]);
  await expect(leaving(page)).toHaveCount(0);
  await second.fill("Tuesday");
  await composer.send();
  await expect.poll(async () => (await sent(sandbox)).length).toBe(1);
});

test("everything that a template asks for is marked, and all that is missing is said at once", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Amelia Clarke");
  await composer.tool("Template").click();
  await page.locator("button.template").filter({ hasText: "rechnung" }).click();
  const fields = ["message.header_params", "message.template_params.0", "message.template_params.1"].map((name) => composer.input(name));
  await expect(fields[0]).toBeFocused();
  for (const field of fields) await expect(field).toHaveAttribute("aria-required", "true");
  await fields[0].press("Tab");
  await fields[1].fill("Frau Clarke");
  await composer.send();
  await onTheProblem(page);
  await expect(composer.root.getByRole("group", { name: "2 things to fix before this can be sent" }).getByRole("link")).toHaveText([
    /^Header: document: /,
    /^Value for \{\{2\}\}: /,
  ]);
  for (const [at, is] of [[0, "true"], [1, null], [2, "true"]] as const) {
    if (is) await expect(fields[at]).toHaveAttribute("aria-invalid", is);
    else await expect(fields[at]).not.toHaveAttribute("aria-invalid");
  }
  expect(await sent(sandbox)).toEqual([]);
});

const inSight = (input: Locator): Promise<boolean> =>
  input.evaluate((input) => {
    const { left, bottom } = input.getBoundingClientRect();
    return document.elementFromPoint(left + 8, bottom - 4) === input;
  });

// The bar with the button stays in sight, and what is typed does too.
test("no field of a template that has the focus is below the bar", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Amelia Clarke");
  await composer.tool("Template").click();
  for (const size of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
    await page.setViewportSize(size);
    await page.locator("button.template").filter({ hasText: "rechnung" }).click();
    for (const name of ["message.header_params", "message.header_filename", "message.template_params.0", "message.template_params.1"]) {
      await expect(composer.input(name)).toBeFocused();
      await expect.poll(() => inSight(composer.input(name)), `${size.width}: ${name}`).toBe(true);
      await page.keyboard.press("Tab");
    }
    await composer.root.getByRole("button", { name: "Choose another" }).click();
  }
});

test("a preview that comes late does not push the field that has the focus below the bar", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await page.clock.install();
  const composer = await open(page, sandbox, "Amelia Clarke");
  await composer.tool("Template").click();
  const template = page.locator("button.template").filter({ hasText: "rechnung" });
  await expect(template).toBeVisible();
  await freeze(page);
  await template.click();
  await page.clock.runFor(20);
  await expect(composer.input("message.header_params")).toBeFocused();
  for (let tab = 0; tab < 2; tab++) await page.keyboard.press("Tab");
  const field = composer.input("message.template_params.0");
  await expect(field).toBeFocused();
  await expect(composer.preview).toHaveCount(0);
  await page.clock.runFor(1_000);
  await expect(composer.preview).toBeVisible();
  await expect.poll(() => inSight(field)).toBe(true);
});

test("what belongs to another kind stays while one is sent", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Amelia Clarke");
  await composer.text.fill("Half a sentence");
  await composer.kind("Image");
  await composer.fill({ "Media address": "https://example.com/a.png" });
  await composer.send();
  await expect.poll(async () => (await sent(sandbox)).length).toBe(1);
  const [call] = await sent(sandbox);
  expect(call.body).toEqual({ message: { message_type: "image", media_url: "https://example.com/a.png" } });
  await expect(composer.text).toHaveValue("Half a sentence");
  await expect(thread(page)).not.toContainText("Half a sentence");
});
