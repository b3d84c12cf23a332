// The preview is the very call that leaves, as JSON and as commands, with its secrets left out.
import { expect, test } from "./support/fixtures.ts";
import { last, Request } from "./support/form.ts";
import { own } from "./support/connections.ts";
import { ids } from "./support/world.ts";

const TABS = ["JSON", "bash", "PowerShell", "cmd"];

const CONFIG = {
  Name: "Reception",
  "Phone number ID": "1234567890",
  "Business account ID": "98765432109",
};
const SECRETS = { "Webhook verify token": "verify-918273", "Access token": "EAAG-918273-token" };

test("the JSON preview is the body that arrives", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "webex.send-text");
  await form.fill({ "App ID": "a_1", Message: 'Two\nlines, "quoted" \\ 👋', "Callback data": "<b>" });
  await form.add("destination");
  await form.add("destination.0.waid");
  await form.fill({ "Phone number or WhatsApp ID 1": "447700900000" });
  const shown = JSON.parse(await form.preview.innerText());
  await form.send();
  await form.succeeded(200);
  expect((await last(sandbox)).body).toEqual(shown);
});

test("the line above the preview is the method and address of the call", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.list-messages");
  const line = page.locator("p.line");
  const base = `${sandbox.url}/sandbox/kapso/api/v1`;
  await expect(line).toHaveText(`GET ${base}/whatsapp_conversations/{conversation_id}/whatsapp_messages`);
  await form.fill({ "Conversation ID": "a/b", Page: "2" });
  await expect(line).toHaveText(`GET ${base}/whatsapp_conversations/a%2Fb/whatsapp_messages?page=2`);
  await expect(form.preview).toHaveText("This request has no body.");
});

test("secrets are masked in every tab, key included, and arrive all the same", async ({ page, sandbox }) => {
  const { customer } = await ids(sandbox);
  await own(page, sandbox.url, "kapso", { key: "key-918273-kapso" });
  const form = await Request.on(page).go("kapso.create-whatsapp-config");
  await form.fill({ "Customer ID": customer, ...CONFIG, ...SECRETS });
  for (const tab of TABS) {
    await page.getByRole("tab", { name: tab, exact: true }).click();
    await expect(form.preview).toContainText("1234567890");
    expect(await form.preview.innerText(), tab).not.toContain("918273");
    expect(await page.locator("main").innerHTML(), tab).not.toContain("918273");
  }
  await form.send();
  await form.succeeded(201);
  const { body, headers } = await last(sandbox);
  expect(body.whatsapp_config).toMatchObject({
    access_token: "EAAG-918273-token",
    webhook_verify_token: "verify-918273",
  });
  expect(headers["x-api-key"]).toBe("apso");
});

test("commands name variables where secrets go", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.create-whatsapp-config");
  await form.fill({ "Customer ID": "customer-1", ...CONFIG, ...SECRETS });
  const variables = ["KAPSO_API_KEY", "WEBHOOK_VERIFY_TOKEN", "ACCESS_TOKEN"];
  const write = { bash: (name: string) => `$${name}`, PowerShell: (name: string) => `$env:${name}`, cmd: (name: string) => `%${name}%` };
  for (const [tab, variable] of Object.entries(write)) {
    await page.getByRole("tab", { name: tab, exact: true }).click();
    await expect(form.preview).toContainText("curl");
    await expect(form.preview).toContainText(`Set first: ${variables.join(", ")}`);
    for (const name of variables) await expect(form.preview, tab).toContainText(variable(name));
  }
});

test("what is copied is what is shown", async ({ page, context, sandbox }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const form = await Request.open(page, sandbox.url, "kapso.create-whatsapp-config");
  await form.fill({ "Customer ID": "customer-1", ...CONFIG, ...SECRETS });
  for (const tab of TABS) {
    await page.getByRole("tab", { name: tab, exact: true }).click();
    await page.getByRole("button", { name: "Copy the preview" }).click();
    const shown = (await form.preview.innerText()).trim();
    const copied = () => page.evaluate(() => navigator.clipboard.readText().then((text) => text.trim()));
    await expect.poll(copied, tab).toBe(shown);
    expect(shown).not.toContain("918273");
  }
});

test("a copy is said for three seconds, each for its own", async ({ page, context, sandbox }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.clock.install();
  await Request.open(page, sandbox.url, "kapso.create-customer");
  const copy = page.getByRole("button", { name: "Copy the preview" });
  const said = page.locator(".copying").filter({ has: copy }).getByRole("status");
  await page.clock.pauseAt(Date.now() + 60_000);
  await copy.click();
  await expect(said).toHaveText("Copied");
  await page.clock.runFor(2_000);
  // Nothing tells the second copy from the first but its text in the clipboard.
  await page.evaluate(() => navigator.clipboard.writeText("something else"));
  await copy.click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).not.toBe("something else");
  await page.clock.runFor(1_500);
  await expect(said).toHaveText("Copied");
  await page.clock.runFor(3_000);
  await expect(said).toHaveText("");
});

test("tabs are changed by arrows, Home and End", async ({ page, sandbox }) => {
  await Request.open(page, sandbox.url, "vonage.get-deployment");
  const tab = (name: string) => page.getByRole("tab", { name, exact: true });
  const expectTab = async (name: string) => {
    await expect(tab(name)).toHaveAttribute("aria-selected", "true");
    await expect(tab(name)).toBeFocused();
    await expect(page.getByRole("tab", { selected: true })).toHaveCount(1);
    await expect(page.locator("[role=tab][tabindex='0']")).toHaveText(name);
    await expect(page.getByRole("tabpanel", { name })).toBeVisible();
  };
  await tab("JSON").focus();
  for (const [key, name] of [
    ["ArrowRight", "bash"],
    ["ArrowRight", "PowerShell"],
    ["End", "cmd"],
    ["ArrowRight", "JSON"],
    ["ArrowLeft", "cmd"],
    ["Home", "JSON"],
  ]) {
    await page.keyboard.press(key);
    await expectTab(name);
  }
});

test("the line of a field with a problem is marked, that of a doubtful one otherwise", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "rapida.create-whatsapp-deployment");
  await form.fill({ "Assistant ID": "1", "WhatsApp provider": "gupshup", "Idle timeout (seconds)": "12" });
  const bad = page.locator(".code .bad");
  await expect(bad).toHaveText(/^\s*"idealTimeout": 12\s*$/);
  const colour = (locator: typeof bad) => locator.evaluate((line) => getComputedStyle(line).color);
  expect(await colour(bad)).not.toBe(await colour(page.locator(".code")));
  await form.fill({ "Idle timeout (seconds)": "15" });
  await expect(bad).toHaveCount(0);

  const profile = await Request.open(page, sandbox.url, "vonage.update-profile");
  await profile.fill({ About: "🧑".repeat(100) });
  await expect(page.locator(".code .doubtful")).toHaveText(/^\s*"about": "/);
});

test("the command of a relay connection carries no credential", async ({ page, sandbox }) => {
  await own(page, sandbox.url, "kapso", { relay: true });
  const form = await Request.on(page).go("kapso.get-customer");
  await page.getByRole("tab", { name: "bash", exact: true }).click();
  await expect(form.preview).toContainText("curl --request GET");
  await expect(form.preview).not.toContainText("KAPSO_API_KEY");
  await expect(form.preview).not.toContainText("X-API-Key");
});
