// What must not happen behind a person's back: another tab turning this one live, a key going
// somewhere nobody meant, a message kept where none may be, typed text being replaced.
import { card, enter, own, place } from "./support/connections.ts";
import { expect, test } from "./support/fixtures.ts";
import { calls, Request } from "./support/form.ts";
import { sweep } from "./support/storage.ts";
import { ids } from "./support/world.ts";

test("another tab's choice of connection does not reach this one, and its answer stays", async ({ page, context, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.list-customers");
  await form.send();
  await form.succeeded(200);

  const other = await context.newPage();
  await own(other, sandbox.url, "kapso", { label: "Relay", relay: true });
  await other.goto(`${sandbox.url}/settings`);
  await other.getByLabel("Dark").check();

  // The list of connections did arrive here, so what another tab stores is seen.
  const choice = page.getByRole("region", { name: "Active connections" }).getByLabel("Kapso");
  await expect(choice.locator("option", { hasText: "Relay" })).toHaveCount(1);
  await expect(choice.locator("option:checked")).toHaveText("Sandbox (HTTP)");
  await expect(form.button).toContainText("in the sandbox");
  await form.succeeded(200);
});

test("switching another provider leaves a form's answer where it is", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.list-customers");
  await form.send();
  await form.succeeded(200);
  const worlds = page.getByRole("region", { name: "Active connections" });
  await worlds.getByLabel("Vonage").selectOption({ label: "Sandbox" });
  await expect(worlds.getByLabel("Vonage").locator("option:checked")).toHaveText("Sandbox");
  await form.succeeded(200);
});

test("a key with a sign that no key has is refused where it is entered", async ({ page, sandbox }) => {
  await own(page, sandbox.url, "kapso");
  const mine = card(page, "kapso", "Mine");
  for (const key of ["abc\u200Bdef", "abc…", "two words", "schlüssel"]) {
    await mine.locator("input[type=password]").fill(key);
    await mine.getByRole("button", { name: "Use this key" }).click();
    await expect(mine.locator(".problem")).toContainText("Copy the key again");
  }
  // Around the key, spaces are only a slip of copying.
  await mine.locator("input[type=password]").fill("  good-key-4711 \n");
  await mine.getByRole("button", { name: "Use this key" }).click();
  await expect(mine).toContainText("ends in 4711");
});

test("a declared address that would send the key elsewhere is refused", async ({ page, host }) => {
  const connection = { id: "a", provider: "kapso", label: "Live", base_url: "app.kapso.ai/api/v1", credential: "ask" };
  const site = await host({ instead: { "/switchboard.json": JSON.stringify({ connections: [connection] }) } });
  await page.goto(`${site.url}connections`);
  await expect(page.getByRole("alert")).toContainText("the connection “a”: This is not a complete web address");
  await expect(card(page, "kapso", "Live")).toHaveCount(0);
  const form = await Request.on(page).go("kapso.list-customers");
  await form.send();
  await form.succeeded(200);
});

test("where messages may not be kept, none is", async ({ page, sandbox }) => {
  const served = await (await fetch(`${sandbox.url}/switchboard.json`)).json();
  await page.route("**/switchboard.json", (route) => route.fulfill({ json: { ...served, keep_messages: false } }));
  const { conversation } = await ids(sandbox);
  const form = await Request.open(page, sandbox.url, "kapso.send-message");
  await form.input("conversation_id").fill(conversation);
  await form.input("message.content").fill("for Ana's eyes only");
  await form.kept("empty");
  await form.send();
  await form.succeeded(201);
  await place(page, "Activity");
  await expect(page.locator(".record")).toHaveCount(1);
  expect(await sweep(page)).not.toContain("for Ana's eyes only");
  expect(await sweep(page)).toContain("kapso.send-message");
});

test("opening a call as a form does not replace what is typed there unasked", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.create-customer");
  await form.fill({ Name: "Sent" });
  await form.send();
  await form.succeeded(201);
  await form.fill({ Name: "Half-typed" });
  await form.kept("yes");
  await place(page, "Activity");
  await page.locator(".record summary").first().click();
  await page.getByRole("button", { name: "Open as a form" }).click();
  await page.getByRole("button", { name: "Keep it" }).click();
  await form.go("kapso.create-customer");
  await expect(form.field("Name")).toHaveValue("Half-typed");
  await place(page, "Activity");
  await page.locator(".record summary").first().click();
  await page.getByRole("button", { name: "Open as a form" }).click();
  await page.getByRole("button", { name: "Replace it" }).click();
  await expect(form.field("Name")).toHaveValue("Sent");
  expect(await calls(sandbox, "kapso.create-customer")).toHaveLength(1);
});

test("the sandbox tells the code that a telephone would receive", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "vonage.verify");
  await expect(page.getByRole("region", { name: "Form" })).toContainText("In the sandbox the code is 674639");
  await expect(form.input("code")).not.toHaveAttribute("placeholder", /./);
  await own(page, sandbox.url, "vonage");
  await enter(card(page, "vonage", "Mine"), "a-live-key-0815");
  await form.go("vonage.verify");
  await expect(page.getByRole("region", { name: "Form" })).not.toContainText("In the sandbox");
});
