// Rapida's deployments by assistant: an id typed by hand, what its assistant has, and a new one that
// begins with what the latest has.
import { ASSISTANT, deployments, kapso, list, Making, open, post, query, rapida, region, title, told } from "./support/channels.ts";
import { place } from "./support/connections.ts";
import { expect, FAILED_CALL, test } from "./support/fixtures.ts";
import { calls } from "./support/form.ts";
import { onDevice } from "./support/storage.ts";

const GET = "rapida.get-whatsapp-deployment";
const LIST = "rapida.list-whatsapp-deployments";
const CREATE = "rapida.create-whatsapp-deployment";

test("an id typed by hand opens its assistant and is remembered on this device", async ({ page, sandbox }) => {
  await open(page, sandbox, "", "Channels");
  await expect(rapida(page)).toContainText("No assistant was looked at from this device yet.");
  await expect(rapida(page)).toContainText("Sandbox (HTTP)");
  const field = rapida(page).getByLabel(/^Assistant ID/);
  await field.fill("12x");
  await field.press("Enter");
  await expect(rapida(page).locator(".problem")).toBeVisible();
  await expect(field).toBeFocused();
  expect(await calls(sandbox, GET)).toEqual([]);
  await field.fill(ASSISTANT);
  await field.press("Enter");
  await expect(title(page)).toHaveText(`Assistant ${ASSISTANT}`);
  await expect(title(page)).toBeFocused();
  expect(query(page)).toBe(`?assistant=${ASSISTANT}`);

  await open(page, sandbox, "", "Channels");
  const remembered = list(page, "Assistants looked at from this device");
  await expect(remembered).toHaveText([ASSISTANT]);
  await remembered.getByRole("button", { name: `Forget the assistant ${ASSISTANT}` }).click();
  await expect(remembered).toHaveCount(0);
  await page.reload();
  await expect(rapida(page)).toContainText("No assistant was looked at from this device yet.");
});

test("its latest deployment is shown, and all that it had", async ({ page, sandbox }) => {
  const [latest, older] = await deployments(sandbox);
  await open(page, sandbox, `?assistant=${ASSISTANT}`, `Assistant ${ASSISTANT}`);
  const shown = region(page, "Latest deployment");
  await expect(shown).toContainText(latest.id);
  await expect(shown).toContainText("Welcome back. What can I do for you?");
  await expect(shown).toContainText("template: welcome");
  const rows = list(page, "Deployments");
  await expect(rows).toHaveText([new RegExp(`^${latest.id}Latest`), new RegExp(`^${older.id}active`)]);
  await rows.nth(1).locator("summary").press("Enter");
  await expect(rows.nth(1)).toContainText("Idle timeout (seconds)30");
  await page.reload();
  await expect(rows).toHaveCount(2);
});

test("an assistant without a deployment says how to begin", async ({ page, sandbox }) => {
  await open(page, sandbox, "?assistant=99", "Assistant 99");
  await expect(page.getByText("This assistant is on no WhatsApp number yet.")).toBeVisible();
  await expect(page.getByText("This assistant has had no deployment on WhatsApp yet.")).toBeVisible();
  await page.getByRole("link", { name: "New deployment" }).click();
  const making = new Making(page);
  await expect(making.field("WhatsApp provider")).toHaveValue("");
});

test("an address that names no assistant asks nobody", async ({ page, sandbox }) => {
  await open(page, sandbox, "?assistant=me", "Assistant me");
  await expect(page.getByText("That is no ID of an assistant.")).toBeVisible();
  await page.getByLabel(/^Assistant ID/).fill(ASSISTANT);
  await page.getByRole("button", { name: "Open the assistant" }).click();
  await expect(region(page, "Latest deployment")).toContainText("gupshup");
  expect((await calls(sandbox, GET)).map((call) => call.path.split("/").pop())).toEqual([ASSISTANT]);
});

test("a new deployment begins with what the latest has, and only it is sent", async ({ page, sandbox }) => {
  await open(page, sandbox, `?assistant=${ASSISTANT}`, `Assistant ${ASSISTANT}`);
  await page.getByRole("link", { name: "New deployment" }).click();
  const making = new Making(page);
  await expect(making.field("Greeting")).toHaveValue("Welcome back. What can I do for you?");
  await expect(making.form).toContainText("Filled in with what is known of the latest deployment");
  await making.fill({ Greeting: "Hello", "Idle timeout (seconds)": "12" });
  await making.button.click();
  await expect(making.form.getByRole("group", { name: "One thing to fix before this can be sent" })).toBeFocused();
  await making.fill({ "Idle timeout (seconds)": "60", "Mistake message": "" });
  await making.button.click();
  await expect(title(page)).toHaveText(`Assistant ${ASSISTANT}`);
  await expect(told(page)).toHaveText("The deployment was created.");
  const [call, ...others] = await calls(sandbox, CREATE);
  expect(others).toEqual([]);
  expect(call.body).toEqual({
    assistantId: ASSISTANT,
    whatsappProviderName: "gupshup",
    greeting: "Hello",
    idealTimeout: 60,
    idealTimeoutBackoff: 2,
    idealTimeoutMessage: "Are you still there?",
    maxSessionDuration: 300,
    whatsappOptions: [{ key: "template", value: "welcome" }],
  });
  await expect(region(page, "Latest deployment")).toContainText("Hello");
  await expect(list(page, "Deployments")).toHaveCount(3);
});

test("what sounds like a credential is neither shown nor handed on", async ({ page, sandbox }) => {
  const whatsappOptions = [{ key: "api_key", value: "gupshup-9f8e7d6c5b" }, { key: "template", value: "hi" }];
  await post(sandbox, "rapida", "/create-whatsapp-deployment", { assistantId: "77", whatsappProviderName: "gupshup", whatsappOptions });
  await open(page, sandbox, "?assistant=77", "Assistant 77");
  await expect(region(page, "Latest deployment")).toContainText("api_key: ••••••");
  expect(await page.content()).not.toContain("gupshup-9f8e7d6c5b");
  await page.getByRole("link", { name: "New deployment" }).click();
  const making = new Making(page);
  await expect(making.input("whatsappOptions.1.value")).toHaveValue("hi");
  await expect(making.input("whatsappOptions.0.value")).toHaveValue("");
  expect(await page.content()).not.toContain("gupshup-9f8e7d6c5b");
  await making.button.click();
  await expect(making.form.getByRole("group", { name: "One thing to fix before this can be sent" })).toBeFocused();
  expect(await calls(sandbox, CREATE)).toHaveLength(1);
});

test("an option that sounds like a credential leaves as it was typed, and is kept nowhere", async ({ page, sandbox }) => {
  await open(page, sandbox, `?assistant=${ASSISTANT}&new=deployment`, "New deployment");
  const making = new Making(page);
  await expect(making.field("Greeting")).toHaveValue("Welcome back. What can I do for you?");
  await making.add("whatsappOptions", 1);
  await making.input("whatsappOptions.1.key").fill("api_key");
  await making.input("whatsappOptions.1.value").fill("gupshup-1a2b3c4d5e");
  await making.fill({ Greeting: "With a key of its own" });
  await expect(page.locator('[data-kept="yes"]')).toHaveCount(1);
  await making.button.click();
  await expect(title(page)).toHaveText(`Assistant ${ASSISTANT}`);
  const [call] = await calls(sandbox, CREATE);
  expect((call.body as any).whatsappOptions).toContainEqual({ key: "api_key", value: "gupshup-1a2b3c4d5e" });
  // The history has the call without it: what is stored is looked through after every test.
  await place(page, "Activity");
  const history = (await onDevice(page)).shelves.writes.map(([, text]) => text).join();
  expect(history).toContain("api_key");
  expect(history).not.toContain("gupshup-1a2b3c4d5e");
});

test("what is typed is kept over a reload, and goes before what the latest has", async ({ page, sandbox }) => {
  await open(page, sandbox, `?assistant=${ASSISTANT}&new=deployment`, "New deployment");
  const making = new Making(page);
  await expect(making.field("Greeting")).toHaveValue("Welcome back. What can I do for you?");
  await making.fill({ Greeting: "Typed here" });
  await expect(page.locator('[data-kept="yes"]')).toHaveCount(1);
  await page.reload();
  await expect(making.field("Greeting")).toHaveValue("Typed here");
  const fill = making.form.getByRole("button", { name: /^Fill in what is known of the latest deployment/ });
  await expect(fill).toBeVisible();
  await open(page, sandbox, "?assistant=99&new=deployment", "New deployment");
  await expect(making.form).toContainText(`What is filled in here was typed for “${ASSISTANT}”.`);
});

test("what nobody touched is not kept for another assistant", async ({ page, sandbox }) => {
  await open(page, sandbox, `?assistant=${ASSISTANT}`, `Assistant ${ASSISTANT}`);
  await page.getByRole("link", { name: "New deployment" }).click();
  const making = new Making(page);
  await expect(making.field("Greeting")).toHaveValue("Welcome back. What can I do for you?");
  await page.getByRole("navigation", { name: "Where this is" }).getByRole("link", { name: "Channels" }).click();
  await rapida(page).getByLabel(/^Assistant ID/).fill("99");
  await rapida(page).getByRole("button", { name: "Open the assistant" }).click();
  await page.getByRole("link", { name: "New deployment" }).click();
  await expect(making.field("WhatsApp provider")).toHaveValue("");
  await expect(making.form).not.toContainText("was typed for");
});

test("one part that fails leaves the others as they are", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await sandbox.control({ faults: [{ operation: GET, times: 2, answer: { status: 500 } }] });
  await open(page, sandbox, `?assistant=${ASSISTANT}`, `Assistant ${ASSISTANT}`);
  await expect(region(page, "Latest deployment").locator(".trouble")).toBeVisible();
  await expect(list(page, "Deployments")).toHaveCount(2);
  await page.getByRole("link", { name: "New deployment" }).click();
  const making = new Making(page);
  await expect(page.getByText("The form works without it.")).toBeVisible();
  await making.fill({ "WhatsApp provider": "gupshup", Greeting: "By hand" });
  await making.button.click();
  await expect(told(page)).toHaveText("The deployment was created.");
  expect((await calls(sandbox, CREATE))[0].body).toEqual({ assistantId: ASSISTANT, whatsappProviderName: "gupshup", greeting: "By hand" });
});

test("an answer that is no deployment is not taken for none", async ({ page, sandbox }) => {
  for (const path of ["get-whatsapp-deployment", "get-all-whatsapp-deployment"]) {
    await page.route(`**/${path}/**`, (route) => route.fulfill({ json: { meta: {} } }));
  }
  await open(page, sandbox, `?assistant=${ASSISTANT}`, `Assistant ${ASSISTANT}`);
  for (const name of ["Latest deployment", "All deployments"]) {
    await expect(region(page, name).locator(".trouble")).toContainText("An answer came, but it is not one that the provider documents.");
    await expect(region(page, name).locator(".empty")).toHaveCount(0);
  }
});

test("many deployments are read page by page", async ({ page, sandbox }) => {
  for (let at = 0; at < 52; at++) {
    await post(sandbox, "rapida", "/create-whatsapp-deployment", { assistantId: "7", whatsappProviderName: "gupshup", greeting: `${at}` });
  }
  await open(page, sandbox, "?assistant=7", "Assistant 7");
  await expect(list(page, "Deployments")).toHaveCount(50);
  await page.getByRole("button", { name: "Show more deployments" }).click();
  await expect(list(page, "Deployments")).toHaveCount(52);
  expect((await calls(sandbox, LIST)).map((call) => call.query)).toEqual(["page=1&pageSize=50", "page=2&pageSize=50"]);
});

test("a refused key of Rapida leaves Kapso's part as it is", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await sandbox.control({ faults: [{ operation: GET, times: 1, answer: { status: 401, body: { error: "Invalid authentication credentials" } } }] });
  await open(page, sandbox, `?assistant=${ASSISTANT}`, `Assistant ${ASSISTANT}`);
  await expect(region(page, "Latest deployment").locator(".trouble")).toContainText("did not accept the key");
  await page.getByRole("navigation", { name: "Where this is" }).getByRole("link", { name: "Channels" }).click();
  await expect(list(page, "Customers")).toHaveCount(2);
  await expect(kapso(page).locator(".trouble")).toHaveCount(0);
});
