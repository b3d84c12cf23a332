// What is written and not sent yet: it belongs to its conversation, outlives the page, and is kept where
// WhatsApp takes only a template.
import { expect, FAILED_CALL, test } from "./support/fixtures.ts";
import { countCalls, pass } from "./support/time.ts";
import { arrived, atProvider, Composer, go, idOf, MESSAGES, named, open, sent, side, TEMPLATES, texts } from "./support/writing.ts";

test("texts, attachments and quotes of two conversations do not meet", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Amelia Clarke");
  const row = arrived(page).filter({ hasText: "Her name is Ruby Clarke" });
  await row.hover();
  await row.getByRole("button", { name: "Quote" }).click();
  await composer.text.fill("For Amelia");
  await composer.kind("Document");
  await composer.fill({ "Media address": "https://example.com/amelia.pdf", "File name": "amelia.pdf" });
  await go(page, "Ana Souza");
  await expect(composer.text).toHaveValue("");
  await expect(composer.quoting).toHaveCount(0);
  await composer.text.fill("Para Ana");
  await go(page, "Amelia Clarke");
  const isAmelias = async () => {
    await expect(composer.field("Media address")).toHaveValue("https://example.com/amelia.pdf");
    await expect(composer.field("File name")).toHaveValue("amelia.pdf");
    await expect(composer.quoting).toContainText("Quoting Amelia Clarke");
  };
  await isAmelias();
  await expect(named(page, "Amelia Clarke")).toContainText("Draft:");
  await expect(named(page, "Ana Souza")).toContainText("Draft: Para Ana");
  await page.reload();
  await isAmelias();
  await expect(named(page, "Amelia Clarke")).toContainText("Draft:");
  await expect(named(page, "Ana Souza")).toContainText("Draft: Para Ana");
  await composer.tool("Back to a text").click();
  await expect(composer.text).toHaveValue("For Amelia");
  await go(page, "Ana Souza");
  await expect(composer.text).toHaveValue("Para Ana");
  await composer.text.press("Enter");
  await expect.poll(() => texts(sandbox)).toEqual(["Para Ana"]);
  await expect(named(page, "Ana Souza")).not.toContainText("Draft:");
  await go(page, "Amelia Clarke");
  await expect(composer.text).toHaveValue("For Amelia");
  await composer.text.press("Enter");
  await expect.poll(() => texts(sandbox)).toEqual(["Para Ana", "> Yes please! Her name is Ruby Clarke\nFor Amelia"]);
  expect((await sent(sandbox))[0].path).toContain(await idOf(sandbox, "Ana Souza"));
  expect((await sent(sandbox))[1].path).toContain(await idOf(sandbox, "Amelia Clarke"));
  await page.reload();
  // The attachment was not sent, and is still there.
  await expect(named(page, "Amelia Clarke")).toContainText("Draft: not finished");
  await composer.kind("Document");
  await expect(composer.field("File name")).toHaveValue("amelia.pdf");
});

test("a draft that is emptied is gone for good", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Amelia Clarke");
  await composer.text.fill("Never mind");
  await expect(named(page, "Amelia Clarke")).toContainText("Draft: Never mind");
  await composer.text.fill("");
  await expect(named(page, "Amelia Clarke")).not.toContainText("Draft:");
  await page.reload();
  await expect(arrived(page).last()).toBeVisible();
  await expect(composer.text).toHaveValue("");
  await expect(named(page, "Amelia Clarke")).not.toContainText("Draft:");
});

// What one tab sends takes the other's draft from the device: it is gone with the page.
test("two tabs write in one conversation, and neither takes the other's words", async ({ page, context, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Amelia Clarke");
  const other = await context.newPage();
  const there = await open(other, sandbox, "Amelia Clarke");
  await composer.text.fill("From the first");
  await expect(named(page, "Amelia Clarke")).toContainText("Draft: From the first");
  await there.write("From the second");
  await expect.poll(() => texts(sandbox)).toEqual(["From the second"]);
  await expect(composer.text).toHaveValue("From the first");
  await expect(arrived(page).last()).toContainText("From the second");
  await page.reload();
  await expect(arrived(page).last()).toContainText("From the second");
  await expect(composer.text).toHaveValue("From the first");
});

test("where the window is closed only a template can be written, and what was typed is kept", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  // The contact's last message is from almost a day ago.
  const id = await idOf(sandbox, "Javier Morales");
  const last = (await atProvider(sandbox, id)).find((message) => message.direction === "inbound");
  last.created_at = new Date(Date.now() + 12_000 - 24 * 60 * 60 * 1000).toISOString();
  const answer = { status: 200, body: JSON.stringify({ data: [last], meta: {} }) };
  await sandbox.control({ faults: [{ operation: MESSAGES, times: 99, answer }] });
  const composer = await open(page, sandbox, "Javier Morales");
  await composer.text.fill("¿Nos vemos?");
  await expect(page.locator(".composer-window")).toContainText(/closes in \d+ second/);
  await expect(composer.tool("Template")).toBeVisible();
  // And then it closes.
  await expect(page.locator(".composer-window")).toContainText("WhatsApp takes only a template now", { timeout: 30_000 });
  await expect(page.locator(".composer-window")).toContainText("What you typed is kept.");
  await expect(side(page)).toContainText("Closed: only a template can be sent");
  await expect(composer.text).toHaveCount(0);
  await expect(page.getByRole("searchbox", { name: "Search templates" })).toBeVisible();
  const open_kinds = page.getByLabel("What to send").locator("option:enabled");
  await expect(open_kinds).toHaveText(["Template"]);
  await page.locator("button.template").filter({ hasText: "confirmacao_reserva" }).click();
  for (const [at, value] of ["Javier", "B-7", "sábado"].entries()) await composer.input(`message.template_params.${at}`).fill(value);
  await composer.send();
  await expect.poll(async () => (await sent(sandbox)).length).toBe(1);
  expect((await sent(sandbox))[0].body.message.message_type).toBe("template");
  // The contact writes: now the text can go.
  await sandbox.control({ faults: [], receive: { conversation_id: id, content: "¡Hola!" } });
  await expect(composer.text).toHaveValue("¿Nos vemos?", { timeout: 30_000 });
  await composer.text.press("Enter");
  await expect.poll(() => texts(sandbox)).toContain("¿Nos vemos?");
});

test("the end of the window is told before it comes", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await open(page, sandbox, "Javier Morales");
  await expect(page.locator(".composer-window")).toContainText(/The 24-hour window closes in 1 h/);
  await expect(named(page, "Javier Morales")).toContainText(/1 h.* left/);
  await go(page, "Amelia Clarke");
  await expect(page.locator(".composer-window")).toHaveCount(0);
});

test("a contact who never wrote, or not for a day, can only be sent a template", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Jonas Becker");
  await expect(page.locator(".composer-window")).toContainText("Jonas Becker last wrote more than 24 hours ago");
  await expect(composer.text).toHaveCount(0);
  await expect(page.locator("button.template").filter({ hasText: "appointment" })).toBeVisible();
  await named(page, "415").first().click();
  await expect(page.locator(".composer-window")).toContainText("has not written yet, so WhatsApp takes only a template.");
  await expect(composer.text).toHaveCount(0);
});

test("a clock that is three hours ahead closes no window", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  await page.clock.install({ time: Date.now() + 3 * 60 * 60 * 1000 });
  const composer = await open(page, sandbox, "Javier Morales");
  await expect(page.locator(".composer-window")).toContainText(/closes in 1 h/);
  await composer.write("Hasta luego");
  await expect.poll(() => texts(sandbox)).toEqual(["Hasta luego"]);
});

test("as long as nothing proves it, the window is unknown and a text can be written", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await page.clock.install();
  await countCalls(page);
  await sandbox.control({ faults: [{ operation: MESSAGES, times: 99, answer: { status: 502 } }] });
  const id = await idOf(sandbox, "Jonas Becker");
  await page.goto(`${sandbox.url}/inbox/${id}`);
  const composer = new Composer(page);
  await expect(page.locator(".composer-window")).toContainText("It is not known yet whether the 24-hour window is open.");
  await expect(side(page)).toContainText("24-hour window: Not known yet");
  await composer.text.fill("Guten Tag");
  await expect(composer.button).toBeEnabled();
  await sandbox.control({ faults: [] });
  await pass(page, 130, { done: async () => (await composer.text.count()) === 0 });
  await expect(page.locator(".composer-window")).toContainText("last wrote more than 24 hours ago");
  expect(await sent(sandbox)).toEqual([]);
});

test("what nobody knows is no conversation, and nothing can be written to it", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await page.goto(`${sandbox.url}/inbox/no-such-conversation`);
  await expect(side(page)).toContainText("Conversation not found");
  await expect(page.locator("form.composer")).toHaveCount(0);
});

test("the templates that cannot be read are told of, and read at another try", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await sandbox.control({ faults: [{ operation: TEMPLATES, times: 1, answer: { status: 502 } }] });
  const composer = await open(page, sandbox, "Amelia Clarke");
  await composer.text.fill("Kept");
  await composer.tool("Template").click();
  await page.locator(".composer").getByRole("button", { name: "Try again" }).click();
  await expect(page.locator("button.template").first()).toBeVisible();
  await composer.tool("Back to a text").click();
  await expect(composer.text).toHaveValue("Kept");
});
