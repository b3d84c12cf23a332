// Forms before they are sent: limits said beforehand, problems at the right moment, bad input refused
// with a sentence that helps, and drafts that are kept without their secrets.
import { expect, test } from "./support/fixtures.ts";
import { calls, last, Request } from "./support/form.ts";
import { sweep } from "./support/storage.ts";

const RAPIDA = "rapida.create-whatsapp-deployment";
const PROFILE = "vonage.update-profile";
const SEND = "kapso.send-message";

const filled = { "Assistant ID": "2227823180112723968", "WhatsApp provider": "gupshup" };

// Sets a value that a keyboard cannot type.
const put = (form: Request, label: string, value: string) =>
  form.field(label).evaluate((input: HTMLInputElement, text) => {
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }, value);

test("limits are said before anything is typed", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, RAPIDA);
  const limits = {
    "Assistant ID": /digits only/,
    "Idle timeout (seconds)": /15 to 120/,
    "Idle timeout retries": /0 to 5/,
    "Longest session (seconds)": /180 to 600/,
  };
  for (const [label, limit] of Object.entries(limits)) {
    await expect(form.field(label)).toHaveAccessibleDescription(limit);
    await expect(form.field(label).locator("xpath=ancestor::*[@class='field']").locator(".hint")).toBeVisible();
  }
  await expect(page.locator(".problem")).toHaveCount(0);
});

test("a problem appears on leaving the field, not before, and goes away as soon as it is mended", async ({
  page,
  sandbox,
}) => {
  const form = await Request.open(page, sandbox.url, RAPIDA);
  const timeout = form.field("Idle timeout (seconds)");
  await timeout.pressSequentially("12");
  await expect(form.preview).toContainText('"idealTimeout": 12');
  await expect(page.locator(".problem")).toHaveCount(0);
  await expect(timeout).not.toHaveAttribute("aria-invalid");

  await timeout.blur();
  await expect(page.locator(".problem")).toHaveText("Must be 15 or more. ");
  await expect(timeout).toHaveAttribute("aria-invalid", "true");
  await expect(timeout).toHaveAccessibleDescription(/Must be 15 or more\./);

  await timeout.press("End");
  await timeout.press("0");
  await expect(timeout).toBeFocused();
  await expect(page.locator(".problem")).toHaveCount(0);
  await expect(timeout).not.toHaveAttribute("aria-invalid");
});

// What appears under a field moves all that is below it, maybe between press and release.
test("leaving a bad field by a click on the add button adds a row", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, RAPIDA);
  await form.fill({ ...filled, "Longest session (seconds)": "1" });
  await form.adder("whatsappOptions").click();
  await expect(form.row("Option 1").field("Key")).toBeFocused();
});

test("leaving a bad field by a click on the sending button tries to send", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.get-customer");
  await form.fill({ "Customer ID": ".." });
  await form.button.click();
  await expect(page.locator(".summary")).toBeFocused();
});

test("an empty form that is sent says everything that is missing, with links to it", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, RAPIDA);
  await form.send();
  const summary = page.getByRole("group", { name: "2 things to fix before this can be sent" });
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link")).toHaveText([
    "Assistant ID: Fill this in.",
    "WhatsApp provider: Fill this in.",
  ]);
  for (const label of ["WhatsApp provider", "Assistant ID"]) {
    await summary.getByRole("link", { name: label }).click();
    await expect(form.field(label)).toBeFocused();
    await expect(form.field(label)).toHaveAccessibleDescription(/Fill this in\./);
  }
  await form.field("Assistant ID").fill("1");
  await expect(page.getByRole("group", { name: "One thing to fix before this can be sent" })).toBeVisible();
  await form.field("WhatsApp provider").fill("gupshup");
  await expect(page.locator(".summary")).toHaveCount(0);
  expect(await calls(sandbox, RAPIDA)).toEqual([]);
});

test("links of the summary lead to lists and into their rows", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "webex.send-text");
  await form.send();
  await page.getByRole("link", { name: "Recipients: Add at least one." }).click();
  await expect(form.adder("destination")).toBeFocused();
  await form.add("destination");
  await form.add("destination.0.waid");
  await page.getByRole("link", { name: /^Recipient 1 › Phone number or WhatsApp ID 1: Fill this in: no value/ }).click();
  await expect(form.input("destination.0.waid.0")).toBeFocused();
  // The objects around the text are one box, and are named once.
  await expect(page.getByRole("group", { name: "Message", exact: true }).getByRole("group")).toHaveCount(1);
  await page.getByRole("link", { name: "Message › Text › Message: Fill this in." }).click();
  await expect(form.input("channels.OTT-Messaging.wa.text.body")).toBeFocused();
});

test("integers: what is not one in range is refused with the sentence that fits", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, RAPIDA);
  await form.fill(filled);
  const timeout = form.field("Idle timeout (seconds)");
  const table = {
    "-1": "Must be 15 or more.",
    "14": "Must be 15 or more.",
    "121": "Must be 120 or less.",
    "1.5": "Must be a whole number.",
    "1e3": "Write the number in plain digits, such as 30.",
    "0x1e": "Write the number in plain digits, such as 30.",
    "٣٠": "Use the digits 0 to 9.",
    "18446744073709551616": "Must be 120 or less.",
    "1000000000000000000000000000000": "Must be 120 or less.",
    "-1000000000000000000000000000000": "Must be 15 or more.",
  };
  for (const [typed, sentence] of Object.entries(table)) {
    await timeout.fill(typed);
    await timeout.blur();
    await expect(page.locator(".problem"), typed).toHaveText(`${sentence} `);
    await form.send();
    await expect(page.locator(".summary"), typed).toBeVisible();
    await expect(timeout, typed).toHaveValue(typed);
  }
  expect(await calls(sandbox, RAPIDA)).toEqual([]);

  await timeout.fill(" 30 ");
  await form.send();
  await form.succeeded(200);
  expect((await last(sandbox)).body).toEqual({
    assistantId: "2227823180112723968",
    whatsappProviderName: "gupshup",
    idealTimeout: 30,
  });
});

test("a text of emoji may be exactly as long as the limit, and no longer", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, PROFILE);
  await form.fill({ "Deployment ID": "not-there", About: "🧑".repeat(140) });
  await form.field("About").blur();
  await expect(page.locator(".problem")).toHaveText("Must be at most 139 characters long; this has 140. ");
  await form.fill({ About: "🧑".repeat(139) });
  await expect(page.locator(".problem")).toHaveCount(0);
  await expect(page.locator(".warning")).toContainText("Some systems count emoji and rare letters double.");
  await expect(page.locator(".count", { hasText: "139 of 139" })).toBeVisible();
});

test("a text of emoji at the limit arrives whole", async ({ page, sandbox, watch }) => {
  watch.allow(/^Failed to load resource: .* 404/);
  const form = await Request.open(page, sandbox.url, PROFILE);
  await form.fill({ "Deployment ID": "not-there", About: "🧑".repeat(139) });
  await form.send();
  await expect(form.outcome).toContainText("404");
  expect((await last(sandbox)).body).toEqual({ about: "🧑".repeat(139) });
});

test("a NUL character is refused", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, RAPIDA);
  await form.fill(filled);
  await put(form, "Greeting", "Hi\0there");
  await form.send();
  const sentence = "Greeting: Contains a NUL character, which cannot be sent as text.";
  await expect(page.locator(".summary").getByRole("link")).toHaveText([sentence]);
  expect(await calls(sandbox, RAPIDA)).toEqual([]);
});

test("a paste of 10 MB is refused before it enters the field", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, RAPIDA);
  await form.fill({ Greeting: "Hi" });
  const refused = await form.field("Greeting").evaluate((input) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "x".repeat(10 * 1024 * 1024));
    const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    return !input.dispatchEvent(paste);
  });
  expect(refused).toBe(true);
  await expect(form.field("Greeting")).toHaveValue("Hi");
  await expect(form.field("Greeting")).toHaveAccessibleDescription(
    /The pasted text has 10485760 characters; at most 100000 can be pasted here\. Nothing was changed\./,
  );
  await form.field("Greeting").pressSequentially("!");
  await expect(page.locator(".problem")).toHaveCount(0);
});

test("a paste that fits is taken", async ({ page, context, sandbox }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const form = await Request.open(page, sandbox.url, RAPIDA);
  await page.evaluate(() => navigator.clipboard.writeText("line 1\nline 2"));
  await form.field("Greeting").press("ControlOrMeta+V");
  await expect(form.field("Greeting")).toHaveValue("line 1\nline 2");
});

test("spaces around an address are pointed out, and one press removes them", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "vonage.update-photo");
  await form.fill({ "Deployment ID": "d", "Picture address": "  https://example.com/a.png " });
  await form.field("Picture address").blur();
  await expect(page.locator(".problem")).toContainText("There is a space or line break before or after the text.");
  await page.getByRole("button", { name: "Remove the spaces" }).click();
  await expect(form.field("Picture address")).toHaveValue("https://example.com/a.png");
  await expect(page.locator(".problem")).toHaveCount(0);
});

test("an id goes into the path as one segment, whatever is in it", async ({ page, sandbox, watch }) => {
  watch.allow(/^Failed to load resource: .* 404/);
  const form = await Request.open(page, sandbox.url, "kapso.get-customer");
  await form.fill({ "Customer ID": "a/b?c#d%e f&é" });
  await form.send();
  await expect(form.outcome).toContainText("404");
  const { path, query } = await last(sandbox);
  expect({ path, query }).toEqual({ path: "/customers/a%2Fb%3Fc%23d%25e%20f%26%C3%A9", query: "" });
});

for (const id of [".", ".."]) {
  test(`“${id}” is no id`, async ({ page, sandbox }) => {
    const form = await Request.open(page, sandbox.url, "kapso.get-customer");
    await form.fill({ "Customer ID": id });
    await form.send();
    await expect(page.locator(".summary")).toBeFocused();
    const sentence = "This is part of an address: “.” and “..” are not ids. ";
    await expect(page.locator(".problem")).toHaveText(sentence);
    expect(await sandbox.log()).toEqual([]);
  });
}

test("fields come with the choice that needs them, and keep their text while it is elsewhere", async ({
  page,
  sandbox,
}) => {
  const form = await Request.open(page, sandbox.url, SEND);
  await expect(form.field("Media address")).toHaveCount(0);
  await form.fill({ "Conversation ID": "c", Text: "Written first" });
  await form.choose({ Type: "Image" });
  await expect(form.field("Text")).toHaveCount(0);
  await form.fill({ "Media address": "https://example.com/a.png" });
  await expect(form.preview).not.toContainText("Written first");

  await form.choose({ Type: "Text (the default)" });
  await expect(form.field("Text")).toHaveValue("Written first");
  await expect(form.field("Media address")).toHaveCount(0);
  await expect(form.preview).not.toContainText("example.com");

  await form.choose({ Type: "Document" });
  await expect(form.field("Media address")).toHaveValue("https://example.com/a.png");
  await form.choose({ Type: "Template", "Template header": "Text" });
  await form.fill({ "Header value": "Tuesday" });
  await form.choose({ "Template header": "Not set" });
  await expect(form.field("Header value")).toHaveCount(0);
});

test("optional fields that were left empty are not sent", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, RAPIDA);
  await form.fill({ ...filled, Greeting: "for a moment", "Idle timeout (seconds)": " ", "Auth ID": "user" });
  await form.fill({ Greeting: "", "Auth ID": "" });
  await form.send();
  await form.succeeded(200);
  const { body, headers } = await last(sandbox);
  expect(body).toEqual({ assistantId: "2227823180112723968", whatsappProviderName: "gupshup" });
  expect(Object.keys(headers)).not.toContain("x-auth-id");
  expect(Object.keys(headers)).not.toContain("x-client-source");
});

test("a draft survives a reload, list rows included", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, RAPIDA);
  await form.fill({ ...filled, Greeting: "Two\nlines", "Idle timeout (seconds)": "not yet" });
  await form.add("whatsappOptions", 2);
  await form.row("Option 2").fill({ Value: "second" });
  await form.kept("yes");
  await page.reload();
  await expect(form.field("Greeting")).toHaveValue("Two\nlines");
  await expect(form.field("Idle timeout (seconds)")).toHaveValue("not yet");
  await expect(form.row("Option 1").field("Value")).toHaveValue("");
  await expect(form.row("Option 2").field("Value")).toHaveValue("second");
});

const SECRETS: { id: string; plain: Record<string, string>; secret: Record<string, string> }[] = [
  { id: "vonage.create-deployment", plain: { Number: "8675309" }, secret: { PIN: "918273" } },
  { id: "vonage.verify", plain: { "Deployment ID": "deployment-1" }, secret: { Code: "918273" } },
  {
    id: "kapso.create-whatsapp-config",
    plain: { Name: "Reception" },
    secret: { "Access token": "EAAG-918273-token", "Webhook verify token": "verify-918273" },
  },
];

for (const { id, plain, secret } of SECRETS) {
  test(`the draft of ${id} keeps everything but its secrets`, async ({ page, sandbox }) => {
    const form = await Request.open(page, sandbox.url, id);
    await form.fill({ ...secret, ...plain });
    await form.kept("yes");
    await page.reload();
    for (const [label, text] of Object.entries(plain)) await expect(form.field(label)).toHaveValue(text);
    for (const label of Object.keys(secret)) await expect(form.field(label)).toHaveValue("");
    expect(await sweep(page)).not.toContain("918273");
  });
}

test("secrets of a call that was sent are stored nowhere", async ({ page, sandbox }) => {
  const customers = await (
    await fetch(`${sandbox.url}/sandbox/kapso/api/v1/customers`, { headers: { "x-api-key": "k" } })
  ).json();
  const form = await Request.open(page, sandbox.url, "kapso.create-whatsapp-config");
  await form.fill({
    "Customer ID": customers.data[0].id,
    Name: "Reception",
    "Phone number ID": "1234567890",
    "Business account ID": "98765432109",
    "Webhook verify token": "verify-918273",
    "Access token": "EAAG-918273-token",
  });
  await form.send();
  await form.succeeded(201);
  expect((await last(sandbox)).body.whatsapp_config.access_token).toBe("EAAG-918273-token");
  const stored = await sweep(page);
  expect(stored).toContain("Reception");
  expect(stored).not.toContain("918273");
});

test("a draft is gone from the device once it was sent", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, RAPIDA);
  await form.fill(filled);
  await form.kept("yes");
  await form.send();
  await form.succeeded(200);
  await form.kept("empty");
  await page.reload();
  await expect(form.button).toBeVisible();
  await expect(form.field("Assistant ID")).toHaveValue("");
});

test("a draft that was sent before its last letters were stored is gone too", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.create-customer");
  await form.fill({ Name: "Acm" });
  await form.kept("yes");
  // In one go, so that nothing can be stored in between.
  await form.field("Name").evaluate((field: HTMLInputElement) => {
    field.value = "Acme";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    field.form?.requestSubmit();
  });
  await form.succeeded(201);
  await form.kept("empty");
  await page.reload();
  await expect(form.button).toBeVisible();
  await expect(form.field("Name")).toHaveValue("");
});

test("a draft that was cleared is gone", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, RAPIDA);
  await form.fill(filled);
  await form.add("whatsappOptions");
  await form.kept("yes");
  await form.field("Assistant ID").focus();
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(form.field("Assistant ID")).toHaveValue("");
  await expect(form.row("Option 1").field("Key")).toHaveCount(0);
  await form.kept("empty");
  await page.reload();
  await expect(form.button).toBeVisible();
  await expect(form.field("Assistant ID")).toHaveValue("");
});

test("what was typed stays while the person looks elsewhere", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "vonage.create-deployment");
  await form.fill({ Number: "8675309", PIN: "123456" });
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Activity" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Activity");
  await page.goBack();
  await expect(form.field("Number")).toHaveValue("8675309");
  await expect(form.field("PIN")).toHaveValue("123456");
});

test("a deletion names what it deletes", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.delete-config");
  await form.fill({ "Config ID": "config-1" });
  await expect(form.button).toContainText("Delete the config “config-1”");
});
