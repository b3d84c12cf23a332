// Every page in the states that matter to the eye: for checks that hold for all of them.
import { expect, type Page } from "@playwright/test";
import { ASSISTANT, Change, known as knownChannels, list as channelRows, Making, open as openChannels } from "./channels.ts";
import { add, card, own } from "./connections.ts";
import { Details } from "./conversations.ts";
import { Request } from "./form.ts";
import { done, doubtful, openWith, refused } from "./history.ts";
import { choose, data, file, moving, review, row } from "./holding.ts";
import type { Sandbox } from "./sandbox.ts";
import { numbers, SEND as SEND_TEXT, Sending } from "./sending.ts";
import { BADGES, inState, NumberPage, VALUES, Wizard, type State } from "./numbers.ts";
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
  plain("home, for somebody new", "/", "Home"),
  {
    name: "home, with something of every kind waiting",
    open: async (page, sandbox) => {
      const hands = [
        { need: "code", about: "+44 7700 900000", place: "/numbers/a", since: Date.now() - 42_000 },
        { need: { unknown: 1 }, about: "Ana Souza", place: "/inbox/a", since: Date.now() - 3_600_000 },
        { need: { refused: 2 }, about: "a contact with a name that is longer than any name that anybody has", place: "/inbox/b", since: Date.now() - 7_200_000 },
        { need: "number", about: "+55 11 99999 0000", place: "/numbers/b", since: null },
        { need: { connection: "Blocked by the browser" }, about: "Kapso, live", place: "/connections#connection-x", since: Date.now() - 86_400_000 },
      ];
      // What an earlier visit has left, before the console has looked for itself.
      await page.addInitScript((waiting) => localStorage.setItem("switchboard.waiting", waiting), JSON.stringify({ hands, going: false }));
      await page.route("**/console.js*", () => {});
      await show(page, sandbox.url, "Home");
      await expect(page.getByRole("region", { name: "Waiting for you" }).getByRole("listitem")).toHaveCount(5);
    },
  },
  {
    name: "go anywhere",
    open: async (page, sandbox) => {
      await show(page, `${sandbox.url}/inbox`, "Inbox");
      await expect(page.locator(".conversation").first()).toBeVisible();
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: /place, number/i }).fill("an");
      await expect(page.getByRole("option", { name: /Ana Souza/ })).toBeVisible();
    },
  },
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
      await wizard.keeps(VALUES.vname_certificate);
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
  {
    name: "channels",
    open: async (page, sandbox) => {
      await openChannels(page, sandbox, "?assistant=99", "Assistant 99");
      await openChannels(page, sandbox, "", "Channels");
      await expect(channelRows(page, "Customers")).toHaveCount(2);
      await page.getByRole("button", { name: "Open the customer" }).click();
      await page.getByRole("button", { name: "Open the assistant" }).click();
    },
  },
  {
    name: "channels, nothing found, and a number to attach",
    open: async (page, sandbox) => {
      await openChannels(page, sandbox, `?number=${(await ids(sandbox)).ready}`, "Channels");
      await expect(channelRows(page, "Customers")).toHaveCount(2);
      await page.getByRole("searchbox").fill("nobody");
    },
  },
  {
    name: "channels, what could not be read",
    open: async (page, sandbox) => {
      await sandbox.control({ faults: [{ operation: "kapso.list-customers", times: 99, answer: { status: 500 } }] });
      await openChannels(page, sandbox, "", "Channels");
      await expect(page.locator(".trouble")).toBeVisible();
    },
  },
  {
    name: "channels, a customer",
    open: async (page, sandbox) => {
      await openChannels(page, sandbox, `?customer=${(await knownChannels(sandbox)).customer}`, "Hotel Mirante");
      await expect(channelRows(page, "Configs")).toHaveCount(2);
    },
  },
  {
    name: "channels, a new config with problems",
    open: async (page, sandbox) => {
      await openChannels(page, sandbox, "?customer=anybody&new=config", "New WhatsApp config");
      await page.getByRole("button", { name: /^Create the config/ }).click();
      await expect(page.locator(".make-doubt")).toBeVisible();
      await page.getByLabel(/^Phone number ID/).fill("12 ab");
      await page.getByRole("button", { name: /^Create the config/ }).click();
      await expect(page.locator(".summary")).toBeFocused();
    },
  },
  {
    name: "channels, a new customer that lost its answer",
    open: async (page, sandbox) => {
      await openChannels(page, sandbox, "?new=customer", "New customer");
      const making = new Making(page);
      await making.fill({ Name: "Somebody" });
      const faults = ["kapso.create-customer", "kapso.list-customers"].map((operation) => ({ operation, times: 99, answer: { status: 500 } }));
      await sandbox.control({ faults });
      await making.button.click();
      await expect(making.form.getByRole("button", { name: "It is not there" })).toBeVisible();
    },
  },
  {
    name: "channels, a config, its changes reviewed",
    open: async (page, sandbox) => {
      await openChannels(page, sandbox, `?config=${(await knownChannels(sandbox)).config}`, /^Mirante events/);
      const change = new Change(page);
      await change.fill({ Name: "Banquets", "Access token": "EAAG-token-of-the-test" });
      await change.review();
    },
  },
  {
    name: "channels, a config about to be deleted",
    open: async (page, sandbox) => {
      await openChannels(page, sandbox, `?config=${(await knownChannels(sandbox)).config}`, /^Mirante events/);
      await page.getByRole("button", { name: "Delete this config…" }).click();
    },
  },
  {
    name: "channels, a config that nobody knows",
    open: async (page, sandbox) => {
      await openChannels(page, sandbox, "?config=nope", "WhatsApp config");
      await expect(page.locator(".missing h2")).toBeVisible();
    },
  },
  {
    name: "channels, an assistant",
    open: async (page, sandbox) => {
      await openChannels(page, sandbox, `?assistant=${ASSISTANT}`, `Assistant ${ASSISTANT}`);
      await channelRows(page, "Deployments").nth(1).locator("summary").click();
    },
  },
  {
    name: "channels, a new deployment",
    open: async (page, sandbox) => {
      await openChannels(page, sandbox, `?assistant=${ASSISTANT}&new=deployment`, "New deployment");
      await expect(new Making(page).field("Greeting")).not.toHaveValue("");
      await page.getByText("Headers").click();
    },
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
      await page.getByRole("button", { name: "Delete the history" }).click();
    },
  },
  {
    name: "activity, charts as tables and the settings of the history",
    open: async (page, sandbox) => {
      const now = Date.now();
      const outcomes = [done(80), refused(900), doubtful, done(20_000), "Open" as const];
      const calls = Array.from({ length: 60 }, (_, n) => ({
        operation: n % 2 ? "kapso.create-customer" : "vonage.verify",
        at: now - n * 20 * 3_600_000,
        outcome: outcomes[n % 5],
      }));
      await openWith(page, sandbox.url, calls, "/activity?outcome=succeeded,refused,maybe,unanswered");
      for (const table of await page.getByText("The same as a table").all()) await table.click();
      await page.getByText("History settings").click();
      await expect(page.getByRole("table")).toHaveCount(2);
    },
  },
  {
    name: "activity, nothing fits",
    open: async (page, sandbox) => {
      const call = { operation: "kapso.create-customer", at: Date.now(), outcome: done() };
      await openWith(page, sandbox.url, [call], "/activity?provider=vonage&from=2026-11-01&to=2026-11-02");
      await page.getByText("History settings").click();
      await page.getByLabel("Note the calls that leave this device").uncheck();
      await expect(page.getByText("The history is off")).toBeVisible();
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
  {
    name: "a newer version is ready",
    open: async (page, sandbox) => {
      await show(page, `${sandbox.url}/settings`, "Settings");
      // As the loader tells it, once it has told what is so here.
      await expect(page.locator("html")).toHaveAttribute("data-offline", "failed");
      await page.evaluate(() => {
        document.documentElement.setAttribute("data-update", "");
        document.documentElement.setAttribute("data-offline", "ready");
        dispatchEvent(new Event("switchboard:release"));
      });
      await expect(page.getByRole("button", { name: "Reload now" })).toBeVisible();
      await expect(page.getByText("This browser keeps a copy of the console")).toBeVisible();
    },
  },
  {
    name: "settings, faults in force, and slips",
    open: async (page, sandbox) => {
      await show(page, `${sandbox.url}/settings`, "Settings");
      await page.getByRole("button", { name: "Add this fault" }).click();
      await expect(page.getByRole("list", { name: "Faults in force" })).toBeVisible();
      await page.getByLabel("How many times").fill("0");
      await page.getByRole("button", { name: "Add this fault" }).click();
      await page.getByRole("button", { name: "Let it arrive" }).click();
      await page.getByLabel("Messages of a new conversation").fill("x");
      await page.getByRole("button", { name: "Add the conversation" }).click();
      await expect(page.getByText("Write what the customer says.")).toBeVisible();
    },
  },
  {
    name: "settings, a file of another site, and what is asked before erasing",
    open: async (page, sandbox) => {
      await show(page, `${sandbox.url}/settings`, "Settings");
      const connection = { id: "a", provider: "webex", label: "Elsewhere", base_url: "https://elsewhere.example", credential: "ask" };
      const entries = [{ connection }, { reply: { id: "r", title: "Greeting", text: "Hello" } }, { setting: { name: "theme", value: "dark" } }];
      // There is something to erase.
      await page.getByLabel("On a click").check();
      await page.reload();
      await choose(page, file("https://a.example", entries));
      await expect(review(page)).toBeVisible();
      await row(page, "settings").getByRole("button").click();
      await expect(data(page).getByRole("button", { name: "Erase it" })).toBeVisible();
    },
  },
  {
    name: "settings, a file that was refused",
    open: async (page, sandbox) => {
      await show(page, `${sandbox.url}/settings`, "Settings");
      await choose(page, "<!doctype html>");
      await expect(moving(page).getByRole("alert")).toContainText("Nothing was imported.");
    },
  },
  plain("send", "/send", "Send"),
  {
    name: "send, a table with rows to look at, and what is missing",
    open: async (page, sandbox) => {
      const sending = await Sending.open(page, sandbox.url);
      await sending.file("name;phone\nAna;447700900001\nBen;447700900001\n;447700900003\nCy;nobody");
      await sending.text.fill("Hello *{name}*");
      await page.getByText("More options").click();
      await expect(sending.issues("Left out")).toHaveCount(1);
      await sending.button.click();
      await expect(page.locator("#send-problems")).toBeVisible();
    },
  },
  {
    name: "send, a message with every result, paused",
    open: async (page, sandbox) => {
      const sending = await Sending.open(page, sandbox.url);
      await sending.write(numbers(9), "Hello", true);
      const refused = { status: 422, body: JSON.stringify({ response: { code: "7004", description: "No.", transid: "t-1" } }) };
      const faults = [
        { operation: SEND_TEXT, times: 2, answer: refused },
        { operation: SEND_TEXT, times: 2, when: "after", answer: "garbage" },
      ];
      await sandbox.control({ faults });
      const message = await sending.send();
      await expect(message.why("It is not known what became of the last request")).toBeVisible();
      await message.counts({ refused: 2, unknown: 2, waiting: 5 });
      await expect(message.rows.filter({ hasText: "Unknown" })).toHaveCount(2);
    },
  },
  plain("not found", "/no/such/place", "Not found"),
];

// The smallest telephone and a desk.
export const WIDTHS = [1280, 390];
