// Every page in the states that matter to the eye: for checks that hold for all of them.
import { expect, type Page } from "@playwright/test";
import { add, card, own } from "./connections.ts";
import { Details } from "./conversations.ts";
import { Request } from "./form.ts";
import type { Sandbox } from "./sandbox.ts";
import { BADGES, inState, NumberPage, Wizard, type State } from "./numbers.ts";
import { png, serve } from "./pictures.ts";
import { countCalls, settled } from "./time.ts";
import { arrived, leaving, MESSAGES, open as writeTo, SEND } from "./writing.ts";
import { keepInNewVault, panel, PASSPHRASE, twice, unlock } from "./vault.ts";
import { ids } from "./world.ts";

export interface Shown {
  name: string;
  open(page: Page, sandbox: Sandbox): Promise<void>;
}

async function show(page: Page, url: string, title: string): Promise<void> {
  await page.goto(url);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
}

const plain = (name: string, path: string, title: string): Shown => ({
  name,
  open: (page, sandbox) => show(page, sandbox.url + path, title),
});

const form = (operation: string): Shown => ({
  name: operation,
  open: async (page, sandbox) => {
    await Request.open(page, sandbox.url, operation);
  },
});

export const PAGES: Shown[] = [
  plain("home", "/", "Requests"),
  plain("requests", "/requests", "Requests"),
  {
    name: "requests, nothing found",
    open: async (page, sandbox) => {
      await show(page, `${sandbox.url}/requests`, "Requests");
      await page.getByRole("searchbox").fill("nothing of the kind");
      await expect(page.getByText("No request contains")).toBeVisible();
    },
  },
  {
    name: "inbox, the list",
    open: async (page, sandbox) => {
      await page.goto(`${sandbox.url}/inbox`);
      await expect(page.locator(".conversation").first()).toBeVisible();
    },
  },
  ...["Amelia Clarke", "Ana Souza", "Ben", "Javier Morales"].map(
    (name): Shown => ({
      name: `inbox, ${name}`,
      open: async (page, sandbox) => {
        await serve(page, "https://example.com/**", png(320, 240));
        await page.goto(`${sandbox.url}/inbox`);
        await page.locator(".conversation").filter({ hasText: name }).click();
        await expect(page.getByRole("log").getByRole("article").last()).toBeVisible();
      },
    }),
  ),
  {
    name: "inbox, a text with a quote, and messages that did not arrive",
    open: async (page, sandbox) => {
      await serve(page, "https://example.com/**", png(320, 240));
      const composer = await writeTo(page, sandbox, "Amelia Clarke");
      await sandbox.control({ faults: [{ operation: SEND, answer: { status: 422 } }, { operation: SEND, times: 99, answer: { status: 401 } }] });
      await composer.write("Refused");
      await expect(leaving(page)).toContainText("Not sent.");
      await composer.write("Held");
      await composer.write("Behind it");
      await expect(leaving(page).nth(1)).toContainText("did not accept the key");
      await arrived(page).filter({ hasText: "Ruby Clarke" }).getByRole("button", { name: "Quote" }).click();
      await composer.text.fill("*Bold*, _slanted_ and https://example.org");
      await expect(composer.preview).toBeVisible();
    },
  },
  {
    name: "inbox, a message with buttons, refused",
    open: async (page, sandbox) => {
      const composer = await writeTo(page, sandbox, "Amelia Clarke");
      await composer.kind("Buttons or list");
      await composer.send();
      await expect(composer.root.getByRole("group", { name: /to fix before this can be sent/ })).toBeVisible();
    },
  },
  {
    name: "inbox, a template without its values",
    open: async (page, sandbox) => {
      await serve(page, "https://example.com/**", png(320, 240));
      const composer = await writeTo(page, sandbox, "Jonas Becker");
      await composer.root.locator(".template").filter({ hasText: "appointment" }).first().click();
      await composer.send();
      await expect(composer.root.getByRole("group", { name: /to fix before this can be sent/ })).toContainText("{{1}}");
    },
  },
  {
    name: "inbox, a new conversation",
    open: async (page, sandbox) => {
      await page.goto(`${sandbox.url}/inbox`);
      await page.getByRole("button", { name: "New conversation" }).click();
      await expect(page.locator(".template").first()).toBeVisible();
    },
  },
  {
    name: "inbox, words found, and saved replies",
    open: async (page, sandbox) => {
      await serve(page, "https://example.com/**", png(320, 240));
      const composer = await writeTo(page, sandbox, "Ana Souza");
      await page.getByRole("button", { name: "Find", exact: true }).click();
      await page.getByRole("searchbox", { name: "Words to find" }).fill("a");
      await expect(page.getByRole("search", { name: "Find in this conversation" }).getByRole("status")).toHaveText(/^1 of /);
      await composer.tool("Saved replies").click();
      await page.getByRole("dialog", { name: "Saved replies" }).getByRole("button", { name: "New reply" }).click();
    },
  },
  {
    name: "inbox, what could not be read",
    open: async (page, sandbox) => {
      const faults = ["kapso.list-conversations", MESSAGES].map((operation) => ({ operation, times: 99, answer: { status: 500 } }));
      await page.goto(`${sandbox.url}/inbox`);
      await expect(page.locator(".conversation").first()).toBeVisible();
      await sandbox.control({ faults });
      await page.locator(".conversation").filter({ hasText: "Ben" }).click();
      await page.getByRole("button", { name: "Refresh the conversations" }).click();
      await expect(page.locator(".trouble")).toHaveCount(2);
    },
  },
  {
    name: "inbox, details with everything open",
    open: async (page, sandbox) => {
      await serve(page, "https://example.com/**", png(320, 240));
      const details = await Details.open(page, sandbox, "Amelia Clarke");
      const notes = details.part("Notes about the contact");
      await details.part("Assigned to").getByText("Hand it over to somebody else").click();
      await notes.getByText("Add a note").click();
      await notes.getByRole("button", { name: "Add the note" }).click();
      await expect(notes.getByRole("alert")).toHaveText("Write the note first.");
      await details.pane.getByText("What Kapso says of it").click();
      await details.pane.getByRole("button", { name: "End conversation" }).click();
      await expect(details.pane).toContainText("The conversation is ended.");
    },
  },
  {
    name: "inbox, details that could not be read",
    open: async (page, sandbox) => {
      const faults = ["kapso.list-assignments", "kapso.list-notes"].map((operation) => ({ operation, times: 1, answer: { status: 422 } }));
      await sandbox.control({ faults });
      const details = await Details.open(page, sandbox, "Jonas Becker");
      await expect(details.pane.getByRole("button", { name: "Try again" })).toHaveCount(2);
    },
  },
  {
    name: "inbox, an address nobody knows, and the keys",
    open: async (page, sandbox) => {
      await page.goto(`${sandbox.url}/inbox/nope`);
      await expect(page.getByRole("heading", { name: "Conversation not found" })).toBeVisible();
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog", { name: "Keys in the inbox" })).toBeVisible();
    },
  },
  {
    name: "inbox, a number asked for",
    open: async (page, sandbox) => {
      await page.goto(`${sandbox.url}/inbox`);
      await page.getByRole("searchbox").fill("+999 123 4567");
      await page.getByRole("button", { name: /^Ask Kapso/ }).click();
      await expect(page.getByText("Kapso names no conversation with")).toBeVisible();
    },
  },
  form("vonage.create-deployment"),
  form("vonage.list-deployments"),
  form("rapida.create-whatsapp-deployment"),
  {
    name: "webex.send-text, with problems",
    open: async (page, sandbox) => {
      const request = await Request.open(page, sandbox.url, "webex.send-text");
      await request.add("destination");
      await request.add("destination.0.waid");
      await request.fill({ "Phone number or WhatsApp ID 1": "12" });
      await request.send();
      await expect(page.locator(".summary")).toBeFocused();
      await expect(page.locator(".warning")).toBeVisible();
    },
  },
  {
    name: "kapso.send-message, lists open, sources shown",
    open: async (page, sandbox) => {
      const request = await Request.open(page, sandbox.url, "kapso.send-message");
      await request.choose({ Type: "Buttons or list", "Answers as": "List" });
      await request.add("message.sections", 2);
      await request.add("message.sections.0.rows", 2);
      await request.row("Section 1").row("Row 1").fill({ Title: "Longer than twenty-four characters" });
      await page.getByLabel("Show sources").check();
      await expect(page.locator(".source").first()).toBeVisible();
    },
  },
  {
    name: "an answer",
    open: async (page, sandbox) => {
      const { ready } = await ids(sandbox);
      const request = await Request.open(page, sandbox.url, "vonage.get-deployment");
      await request.fill({ "Deployment ID": ready });
      await request.send();
      await request.succeeded(200);
      await page.getByRole("tab", { name: "bash" }).click();
    },
  },
  {
    name: "a refusal",
    open: async (page, sandbox) => {
      const request = await Request.open(page, sandbox.url, "vonage.create-deployment");
      await request.fill({ "Country code": "44", Number: "2079460958", Certificate: "a" });
      await request.fill({ "WhatsApp Business account ID": "1" });
      await request.choose({ "Send the code by": "Voice call" });
      await request.send();
      await expect(request.outcome).toContainText("409");
    },
  },
  {
    name: "numbers, none known",
    open: async (page, sandbox) => {
      await show(page, `${sandbox.url}/numbers`, "Numbers");
      await expect(page.getByRole("button", { name: /^Open \+/ }).first()).toBeVisible();
    },
  },
  {
    name: "numbers",
    open: async (page, sandbox) => {
      await countCalls(page);
      for (const state of ["CODE_SENT", "READY", "ERROR"] as const) {
        await NumberPage.open(page, sandbox, await inState(sandbox, state));
        // A page that is left at once may not have stored it.
        await settled(page);
      }
      await show(page, `${sandbox.url}/numbers`, "Numbers");
      await expect(page.locator(".number-row")).toHaveCount(3);
      await page.getByRole("button", { name: /^Forget \+/ }).first().click();
    },
  },
  ...["Before you start", "Number", "Certificate and account", "Review"].map((step, at) => ({
    name: `new number, ${step}`,
    open: async (page: Page, sandbox: Sandbox) => {
      const wizard = await Wizard.open(page, sandbox);
      await wizard.toReview({ number: "0770090004" });
      await page.goto(`${sandbox.url}/numbers/new?step=${["before", "number", "account", "review"][at]}`);
      await wizard.at(step);
    },
  })),
  {
    name: "new number, refused",
    open: async (page, sandbox) => {
      const wizard = await Wizard.open(page, sandbox);
      await wizard.toReview({ number: "2079460958" });
      await wizard.start.click();
      await expect(page.getByRole("link", { name: "Open the existing deployment" })).toBeVisible();
    },
  },
  ...(Object.keys(BADGES) as State[]).map((state) => ({
    name: `number, ${state}`,
    open: async (page: Page, sandbox: Sandbox) => {
      const number = await NumberPage.open(page, sandbox, await inState(sandbox, state));
      await number.shows(state);
      if (state === "READY") await expect(page.getByRole("button", { name: "Review the changes" })).toBeVisible();
    },
  })),
  {
    name: "number, a live one with everything open",
    open: async (page, sandbox) => {
      const picture = { contentType: "image/svg+xml", body: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>' };
      await page.route("https://example.com/**", (route) => route.fulfill(picture));
      const number = await NumberPage.open(page, sandbox, (await ids(sandbox)).ready);
      await page.getByLabel("About").fill("x".repeat(140));
      await page.getByRole("button", { name: "Review the changes" }).click();
      await page.locator(".pack > summary").first().click();
      await expect(page.locator("li.sticker").first()).toBeVisible();
      await page.getByRole("button", { name: "Delete this number…" }).click();
      await page.getByText("Report for Vonage's support").click();
      await number.shows("READY");
    },
  },
  {
    name: "number, a refused code and a state that cannot be read",
    open: async (page, sandbox) => {
      const number = await NumberPage.open(page, sandbox, await inState(sandbox, "CODE_SENT"));
      await number.enter("000000");
      await number.shows("WRONG_CODE");
      await sandbox.control({
        faults: [{ operation: "vonage.get-deployment", times: 1, when: "before", answer: { status: 422, body: "{}" } }],
      });
      await number.look();
      await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
    },
  },
  {
    name: "number, not found",
    open: (page, sandbox) => show(page, `${sandbox.url}/numbers/nope`, "Not found"),
  },
  plain("activity, empty", "/activity", "Activity"),
  {
    name: "activity",
    open: async (page, sandbox) => {
      const read = await Request.open(page, sandbox.url, "kapso.list-customers");
      await read.send();
      await read.succeeded(200);
      const write = await Request.open(page, sandbox.url, "kapso.create-customer");
      await write.fill({ Name: "#422" });
      await write.send();
      await expect(write.outcome).toContainText("422");
      await show(page, `${sandbox.url}/activity`, "Activity");
      await page.locator(".record summary").first().click();
      await expect(page.getByRole("button", { name: "Open as a form" })).toBeVisible();
      await page.getByRole("button", { name: "Clear" }).click();
    },
  },
  {
    name: "connections, editor open",
    open: async (page, sandbox) => {
      await show(page, `${sandbox.url}/connections`, "Connections");
      const editor = await add(page, "webex");
      await editor.getByLabel("Base address").fill("http://example.com");
      await editor.getByRole("button", { name: "Add the connection" }).press("Enter");
      await expect(editor.locator(".problem")).toBeVisible();
      const other = await add(page, "kapso");
      await other.getByRole("button", { name: "Add the connection" }).click();
      await expect(page.getByRole("button", { name: "Use this key" })).toBeVisible();
    },
  },
  {
    name: "connections, tokens made here, with problems",
    open: async (page, sandbox) => {
      await own(page, sandbox.url, "vonage");
      const made = card(page, "vonage", "Mine");
      await made.getByLabel("Keep it in the vault on this device").check();
      await made.getByRole("button", { name: "Use this key" }).click();
      await expect(made.locator(".problem").first()).toBeVisible();
    },
  },
  {
    name: "connections, checked, with the vault locked",
    open: async (page, sandbox) => {
      await own(page, sandbox.url, "kapso");
      const made = card(page, "kapso", "Mine");
      await made.locator("input[type=password]").first().fill("a-key-of-ours-918273");
      await keepInNewVault(made);
      await made.getByRole("button", { name: "Use this key" }).click();
      await expect(made).toContainText("kept in the vault");
      await made.getByRole("button", { name: /^Check/ }).click();
      await expect(made.locator(".findings li")).toHaveCount(3);
      await page.reload();
      await unlock(made, "some other words here");
      await expect(made.locator(".problem")).toBeVisible();
      await expect(made.locator(".findings li")).toHaveCount(3);
    },
  },
  {
    name: "settings, vault open",
    open: async (page, sandbox) => {
      await show(page, `${sandbox.url}/settings`, "Settings");
      await panel(page).getByRole("button", { name: "Make a vault" }).click();
      await twice(panel(page), PASSPHRASE);
      await panel(page).getByRole("button", { name: "Make the vault" }).click();
      await panel(page).getByRole("button", { name: "Change the passphrase" }).click();
      await panel(page).getByText("What the vault protects against").click();
    },
  },
  {
    name: "settings",
    open: async (page, sandbox) => {
      await show(page, `${sandbox.url}/settings`, "Settings");
      await page.getByText("Values that cause each documented error").click();
      await expect(page.getByRole("row").nth(5)).toBeVisible();
    },
  },
  plain("not found", "/no/such/place", "Not found"),
];

// The smallest telephone and a desk.
export const WIDTHS = [1280, 390];
