// The controls of the sandbox in the page: what each does is seen where a person would see it.
import { expect, FAILED_CALL, test, type StaticHost } from "./support/fixtures.ts";
import { Request } from "./support/form.ts";
import { Composer } from "./support/writing.ts";
import type { Locator, Page } from "@playwright/test";

const panel = (page: Page): Locator => page.getByRole("region", { name: "Sandbox", exact: true });
const inForce = (page: Page): Locator => panel(page).getByRole("list", { name: "Faults in force" }).getByRole("listitem");

async function controls(page: Page, site: StaticHost): Promise<Locator> {
  await page.goto(`${site.url}settings#sandbox`);
  await expect(panel(page).getByLabel("Request that fails")).toBeVisible();
  return panel(page);
}

interface Fault {
  operation: string;
  answer: string;
  times?: string;
  status?: string;
  after?: boolean;
}

async function fail(page: Page, { operation, answer, times = "1", status, after = false }: Fault): Promise<void> {
  const part = panel(page);
  const before = await inForce(page).count();
  await part.getByLabel("Request that fails").selectOption(operation);
  await part.getByLabel("How many times").fill(times);
  await part.getByLabel("Answered with").selectOption({ label: answer });
  if (status) await part.getByLabel("HTTP status").fill(status);
  await part.getByRole("radio", { name: after ? /^After/ : /^Before/ }).check();
  await part.getByRole("button", { name: "Add this fault" }).click();
  await expect(inForce(page)).toHaveCount(before + 1);
}

async function create(page: Page, site: StaticHost, name: string): Promise<Request> {
  const form = await Request.open(page, site.url, "kapso.create-customer");
  await form.fill({ Name: name });
  await form.send();
  return form;
}

async function customers(page: Page, site: StaticHost): Promise<string> {
  const form = await Request.open(page, site.url, "kapso.list-customers");
  await form.send();
  await form.succeeded(200);
  return page.locator("[data-answer-body]").innerText();
}

const ANSWERS: [string, string, string][] = [
  ["An error with an HTTP status", "503", "Provider error"],
  ["An error with an HTTP status", "429", "Too many requests"],
  ["The connection is closed without an answer", "", "Blocked or unreachable"],
  ["No answer ever comes", "", "Timed out"],
  ["An answer that is not JSON", "", "Answer not readable"],
  ["An answer that is cut off", "", "Answer not readable"],
];

for (const [answer, status, word] of ANSWERS) {
  test(`a fault: ${answer} ${status}`, async ({ page, host }) => {
    const site = await host();
    await controls(page, site);
    await fail(page, { operation: "kapso.create-customer", answer, status, times: "1" });
    await expect(inForce(page)).toContainText("Create a customer, the next time");
    const form = await create(page, site, "Never made");
    await expect(form.outcome).toContainText(word);
    // It was met once, and nothing had happened at the provider.
    expect(await customers(page, site)).not.toContain("Never made");
    await (await create(page, site, "Made")).succeeded(201);
    await controls(page, site);
    await expect(panel(page).getByText("Nothing is set to fail now.")).toBeVisible();
  });
}

test("a fault after it took effect loses the answer alone", async ({ page, host }) => {
  const site = await host();
  await controls(page, site);
  await fail(page, { operation: "kapso.create-customer", answer: "The connection is closed without an answer", after: true });
  const form = await create(page, site, "Made all the same");
  await expect(form.outcome).toContainText("Blocked or unreachable");
  expect(await customers(page, site)).toContain("Made all the same");
});

test("a message that the sandbox refuses is shown as not sent", async ({ page, host, watch }) => {
  watch.allow(/example\.com/, FAILED_CALL);
  const site = await host();
  await controls(page, site);
  await fail(page, { operation: "kapso.send-message", answer: "An error with an HTTP status", status: "422" });
  await page.goto(`${site.url}inbox`);
  await page.locator(".conversation").filter({ hasText: "Amelia Clarke" }).click();
  const composer = new Composer(page);
  await composer.write("Can you come?");
  await expect(page.locator("article.leaving")).toContainText("Not sent");
});

test("faults are taken back one by one, and another tab sees what is in force", async ({ page, context, host }) => {
  const site = await host();
  const part = await controls(page, site);
  await fail(page, { operation: "kapso.create-customer", answer: "No answer ever comes", times: "3" });
  await fail(page, { operation: "vonage.verify", answer: "An error with an HTTP status", status: "402" });
  const other = await context.newPage();
  await controls(other, site);
  await expect(inForce(other)).toHaveText([/Create a customer, the next 3 times: no answer ever comes/, /HTTP status 402/]);
  await part.getByRole("button", { name: /^Take back: Create a customer/ }).click();
  await expect(inForce(page)).toHaveText([/HTTP status 402/]);
  await (await create(page, site, "Made")).succeeded(201);
});

test("what is no fault, code or number is not taken, and says why", async ({ page, host }) => {
  const site = await host();
  const part = await controls(page, site);
  await part.getByLabel("How many times").fill("0");
  await part.getByRole("button", { name: "Add this fault" }).click();
  await expect(part.getByText("Give a whole number from 1 to 1,000.")).toBeVisible();
  await expect(part.getByLabel("How many times")).toBeFocused();
  await part.getByLabel("How many times").fill("1");
  await part.getByLabel("HTTP status").fill("99");
  await part.getByRole("button", { name: "Add this fault" }).click();
  await expect(part.getByText("Give a status from 200 to 599.")).toBeVisible();
  await expect(inForce(page)).toHaveCount(0);
  await part.getByLabel("One-time code of new numbers").fill("12345");
  await part.getByRole("button", { name: "Set the code" }).click();
  await expect(part.getByText("A code has six digits.")).toBeVisible();
  await part.getByLabel("Messages of a new conversation").fill("many");
  await part.getByRole("button", { name: "Add the conversation" }).click();
  await expect(part.getByText("Give a whole number from 1 to 1,000,000.")).toBeVisible();
  await part.getByRole("button", { name: "Let it arrive" }).click();
  await expect(part.getByText("Write what the customer says.")).toBeVisible();
  await page.reload();
  await expect(part.getByLabel("One-time code of new numbers")).toHaveValue("674639");
});

test("what is not taken at Enter is read out, though the focus stays where it was", async ({ page, host }) => {
  const site = await host();
  const part = await controls(page, site);
  for (const [field, typed, why] of [
    ["One-time code of new numbers", "12", "A code has six digits."],
    ["What it says", "", "Write what the customer says."],
    ["Messages of a new conversation", "many", "Give a whole number from 1 to 1,000,000."],
    ["How many times", "0", "Give a whole number from 1 to 1,000."],
  ]) {
    await part.getByLabel(field).fill(typed);
    await part.getByLabel(field).press("Enter");
    await expect(part.getByRole("status").filter({ hasText: why })).toBeVisible();
    await expect(part.getByLabel(field)).toBeFocused();
  }
});

test("the speed and the one-time code hold for a new number, also after a reload", async ({ page, host }) => {
  const site = await host();
  const part = await controls(page, site);
  await part.getByLabel("Speed of provisioning and delivery").selectOption({ label: "At once" });
  await expect(part.getByText("The speed was changed.")).toBeVisible();
  await part.getByLabel("One-time code of new numbers").fill("246810");
  await part.getByRole("button", { name: "Set the code" }).click();
  await expect(part.getByText("The next number gets this code.")).toBeVisible();
  await page.reload();
  await expect(part.getByLabel("Speed of provisioning and delivery")).toHaveValue("1000");
  await expect(part.getByLabel("One-time code of new numbers")).toHaveValue("246810");
  const form = await Request.open(page, site.url, "vonage.create-deployment");
  await form.fill({ "Country code": "44", Number: "7700900123", Certificate: "AbC", "WhatsApp Business account ID": "104857600009" });
  await form.choose({ "Send the code by": "Voice call" });
  await form.send();
  await form.succeeded(202);
  const id = JSON.parse(await page.locator("[data-answer-body]").innerText()).deployment_id;
  const read = await Request.open(page, site.url, "vonage.get-deployment");
  await read.fill({ "Deployment ID": id });
  await expect(async () => {
    await read.send();
    await expect(page.locator("[data-answer-body]")).toContainText("CODE_SENT", { timeout: 500 });
  }).toPass();
  const verify = await Request.open(page, site.url, "vonage.verify");
  await verify.fill({ "Deployment ID": id });
  await page.locator("input[autocomplete='one-time-code'], [name=code]").first().fill("246810");
  await verify.send();
  await expect(verify.outcome).toContainText("Done");
});

test("where nothing goes on by itself a number stays where it is, until an hour passes", async ({ page, host }) => {
  const site = await host();
  const part = await controls(page, site);
  await part.getByLabel("Speed of provisioning and delivery").selectOption({ label: "Nothing goes on by itself" });
  await expect(part.getByText("The speed was changed.")).toBeVisible();
  const form = await Request.open(page, site.url, "vonage.create-deployment");
  await form.fill({ "Country code": "44", Number: "7700900124", Certificate: "AbC", "WhatsApp Business account ID": "104857600009" });
  await form.choose({ "Send the code by": "Voice call" });
  await form.send();
  await form.succeeded(202);
  const id = JSON.parse(await page.locator("[data-answer-body]").innerText()).deployment_id;
  const state = async (title: string) => {
    const read = await Request.open(page, site.url, "vonage.get-deployment");
    await read.fill({ "Deployment ID": id });
    await read.send();
    await read.succeeded(200);
    await expect(page.locator("[data-answer-body]")).toContainText(title);
  };
  await state("INITIALIZING");
  await controls(page, site);
  await part.getByRole("button", { name: "Let an hour pass" }).click();
  await expect(part.getByText("One hour of provisioning and delivery has passed.")).toBeVisible();
  await state("CODE_SENT");
});

test("Kapso's limit holds once it is enforced", async ({ page, host }) => {
  const site = await host();
  const part = await controls(page, site);
  await part.getByLabel("Enforce Kapso's limit of 100 requests a minute").check();
  await expect(part.getByText("Kapso's limit holds now.")).toBeVisible();
  const form = await Request.open(page, site.url, "kapso.list-customers");
  // A minute may end in between; the second hundred is in one then.
  await expect(async () => {
    await form.button.click();
    await expect(form.outcome).toContainText("Too many requests", { timeout: 50 });
  }).toPass({ intervals: [0], timeout: 50_000 });
  await controls(page, site);
  await expect(part.getByLabel("Enforce Kapso's limit of 100 requests a minute")).toBeChecked();
});

test("a customer writes, and a long conversation comes, as the inbox shows", async ({ page, host, watch }) => {
  watch.allow(/example\.com/);
  const site = await host();
  const part = await controls(page, site);
  await part.getByLabel("A message arrives from").selectOption({ label: (await part.getByLabel("A message arrives from").locator("option", { hasText: "Javier Morales" }).innerText()).trim() });
  await part.getByLabel("What it says").fill("¿Está abierto hoy? 🙏");
  await part.getByLabel("What it says").press("Enter");
  await expect(part.getByText("The message has arrived.")).toBeVisible();
  await part.getByLabel("Messages of a new conversation").fill("1500");
  await part.getByRole("button", { name: "Add the conversation" }).click();
  await expect(part.getByText("A conversation of 1,500 messages was added.")).toBeVisible();
  await expect(part.locator("[data-holds]")).toContainText("11 conversations with 1,5");
  await part.getByRole("link", { name: "Open it in the inbox" }).click();
  await expect(page.getByRole("log", { name: "Messages" }).getByRole("article").last()).toBeVisible();
  await expect(page.locator(".conversation").filter({ hasText: "Long conversation (1500)" })).toBeVisible();
  await page.locator(".conversation").filter({ hasText: "Javier Morales" }).click();
  await expect(page.getByRole("log", { name: "Messages" })).toContainText("¿Está abierto hoy? 🙏");
});

test("a reset takes everything back", async ({ page, host }) => {
  const site = await host();
  const part = await controls(page, site);
  await fail(page, { operation: "kapso.create-customer", answer: "No answer ever comes" });
  await part.getByLabel("Messages of a new conversation").fill("700");
  await part.getByRole("button", { name: "Add the conversation" }).click();
  await expect(part.locator("[data-holds]")).toContainText("11 conversations");
  await part.getByRole("button", { name: "Reset the sandbox" }).click();
  await expect(part.getByText("The sandbox was reset.")).toBeVisible();
  await expect(part.locator("[data-holds]")).toContainText("10 conversations");
  await expect(inForce(page)).toHaveCount(0);
});

test("where the sandbox of a server is in use, it is said whose controls these are", async ({ page, sandbox }) => {
  await page.goto(`${sandbox.url}/settings#sandbox`);
  await expect(panel(page).getByRole("note")).toContainText(
    "The active connections of Vonage, Kapso, Webex Connect and Rapida use the sandbox of a server. It is controlled at ",
  );
  await expect(panel(page).getByRole("note")).toContainText("/sandbox/_control");
  for (const provider of ["Vonage", "Webex Connect", "Rapida"]) {
    await page.getByRole("region", { name: "Active connections" }).getByLabel(provider).selectOption({ label: "Sandbox" });
  }
  await expect(panel(page).getByRole("note")).toContainText("The active connection of Kapso uses the sandbox of a server.");
  // And they do not reach it.
  await fail(page, { operation: "kapso.list-customers", answer: "No answer ever comes" });
  const form = await Request.open(page, sandbox.url, "kapso.list-customers");
  await form.send();
  await form.succeeded(200);
});
