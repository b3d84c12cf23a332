// A long form filled in and sent by keyboard alone, with the focus in sight at every step.
import { expect, test } from "./support/fixtures.ts";
import { last, Request } from "./support/form.ts";
import { choose, seen, tab, type } from "./support/keyboard.ts";
import { ids } from "./support/world.ts";

test("a list message is filled in and sent without a mouse", async ({ page, sandbox }) => {
  const { conversation } = await ids(sandbox);
  const form = await Request.open(page, sandbox.url, "kapso.send-message");
  const input = (path: string) => form.input(`message.${path}`);
  const add = async (list: string) => {
    await tab(page, form.adder(`message.${list}`));
    await page.keyboard.press("Enter");
    await expect(form.adder(`message.${list}`)).not.toBeFocused();
    expect(await seen(page)).toBe("visible");
  };

  await type(page, form.input("conversation_id"), conversation);
  await choose(page, input("message_type"), "interactive");
  await choose(page, input("interactive_type"), "list");
  await type(page, input("body_text"), "When?");
  for (const [at, day] of ["Monday", "Tuesday"].entries()) {
    await add("sections");
    await expect(input(`sections.${at}.title`)).toBeFocused();
    await page.keyboard.type(day);
    for (const [row, hour] of ["9", "11"].entries()) {
      await add(`sections.${at}.rows`);
      await expect(input(`sections.${at}.rows.${row}.id`)).toBeFocused();
      await page.keyboard.type(`${day}-${hour}`);
      await type(page, input(`sections.${at}.rows.${row}.title`), `At ${hour}`);
    }
  }
  await type(page, input("list_button_text"), "Choose a time");

  // Back, to set something right.
  await tab(page, input("sections.0.rows.1.title"), "Shift+Tab");
  await page.keyboard.press("End");
  await page.keyboard.type(" o'clock");
  await tab(page, form.button);
  await page.keyboard.press("Space");
  await form.succeeded(201);
  expect((await last(sandbox)).body.message).toEqual({
    message_type: "interactive",
    interactive_type: "list",
    body_text: "When?",
    list_button_text: "Choose a time",
    sections: [
      {
        title: "Monday",
        rows: [
          { id: "Monday-9", title: "At 9" },
          { id: "Monday-11", title: "At 11 o'clock" },
        ],
      },
      {
        title: "Tuesday",
        rows: [
          { id: "Tuesday-9", title: "At 9" },
          { id: "Tuesday-11", title: "At 11" },
        ],
      },
    ],
  });
});

test("Enter in a field sends; a refused sending leads back by its links", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "rapida.create-whatsapp-deployment");
  await type(page, form.input("assistantId"), "12a");
  await page.keyboard.press("Enter");
  await expect(page.locator(".summary")).toBeFocused();
  expect(await seen(page)).toBe("visible");
  await tab(page, page.getByRole("link", { name: /^Assistant ID/ }));
  await page.keyboard.press("Enter");
  await expect(form.input("assistantId")).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.press("Backspace");
  await type(page, form.input("whatsappProviderName"), "gupshup");
  await page.keyboard.press("Enter");
  await form.succeeded(200);
  expect((await last(sandbox)).body).toEqual({ assistantId: "12", whatsappProviderName: "gupshup" });
});

test("the first stop skips the frame", async ({ page, sandbox }) => {
  await page.goto(sandbox.url);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the page" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
});

test("every place of the frame is reached and opened by keyboard", async ({ page, sandbox }) => {
  await page.goto(sandbox.url);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  for (const place of ["Activity", "Connections", "Settings", "Requests"]) {
    const link = page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: place });
    await tab(page, page.getByRole("link", { name: "Skip to the page" }));
    await tab(page, link);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(place);
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  }
});
