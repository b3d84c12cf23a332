// Around the inbox: an address that belongs to another connection or to none, what the provider is asked
// for beyond what is known, and a word to who looks elsewhere.
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { calls } from "./support/form.ts";
import { own } from "./support/connections.ts";
import { hide, list, LIST, MESSAGES, messages, named, open, rows, side, thread, title } from "./support/conversations.ts";
import { countCalls, pass } from "./support/time.ts";
import { BASES, read } from "./support/world.ts";
import type { BrowserContext, Page } from "@playwright/test";

const GET = "kapso.get-conversation";
const AGED = "2023-11-07T05:31:56Z";

const made = async (sandbox: Sandbox): Promise<string> =>
  (await sandbox.control({ conversation: { messages: 5 } })).conversation_id;

// The sandbox in the page, which has a world of its own, is in use.
const inPage = (context: BrowserContext) =>
  context.addInitScript(() => {
    if (!sessionStorage.getItem("chosen")) localStorage.setItem("switchboard.active", JSON.stringify({ kapso: "page-kapso" }));
    sessionStorage.setItem("chosen", "yes");
  });

test.beforeEach(({ watch }) => watch.allow(/example\.com/));

test("an address of another connection says which, and leads there", async ({ page, context, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const id = await made(sandbox);
  await inPage(context);
  await page.goto(`${sandbox.url}/inbox/${id}`);
  await expect(side(page)).toContainText("This conversation belongs to another connection");
  await expect(side(page)).toContainText("“Sandbox” does not know it. It was found on “Sandbox (HTTP)” (this site).");
  expect(await calls(sandbox, GET)).toHaveLength(1);
  await side(page).getByRole("button", { name: "Switch to Sandbox (HTTP)" }).click();
  await expect(messages(page).last()).toBeVisible();
  await expect(title(page)).toBeFocused();
  expect(new URL(page.url()).pathname).toBe(`/inbox/${id}`);
});

test("an address that nobody knows says so, who could not be asked, and leads back", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await own(page, sandbox.url, "kapso", { label: "Branch", key: "refused" });
  await page.locator(".world-row").filter({ hasText: "Kapso" }).getByRole("combobox").selectOption({ label: "Sandbox (HTTP)" });
  await page.getByRole("link", { name: "Inbox" }).click();
  await expect(rows(page).first()).toBeVisible();
  await page.evaluate(() => history.pushState(null, "", "/inbox/nope"));
  await page.evaluate(() => dispatchEvent(new PopStateEvent("popstate")));
  await expect(side(page)).toContainText("No Kapso connection knows the conversation nope.");
  await expect(side(page).getByRole("listitem")).toHaveText("Branch: Kapso did not accept the key.");
  const before = (await calls(sandbox, GET)).length;
  await side(page).getByRole("button", { name: "Look again" }).click();
  // What may be asked at a stretch is used up by now: each question waits for its turn, three seconds and more.
  await expect.poll(async () => (await calls(sandbox, GET)).length, { timeout: 30_000 }).toBe(before + 2);
  await expect(side(page)).toContainText("No Kapso connection knows the conversation nope.");
  await side(page).getByRole("link", { name: "Back to the conversations" }).click();
  await expect(side(page)).toContainText("Choose a conversation");
});

test("messages that are stored here stay, though nobody knows their conversation any more", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const id = await made(sandbox);
  await page.goto(`${sandbox.url}/inbox/${id}`);
  await expect(messages(page)).toHaveCount(5);
  await sandbox.reset();
  await page.reload();
  await expect(side(page)).toContainText("No Kapso connection knows the conversation");
  await expect(messages(page)).toHaveCount(5);
});

test("where the connection cannot tell, it is asked again, and nobody else is", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await page.clock.install();
  const id = await made(sandbox);
  const few = { status: 200, body: JSON.stringify({ data: [], meta: {} }) };
  await sandbox.control({ faults: [{ operation: LIST, times: 9, when: "before", answer: few }, { operation: GET, times: 1, answer: { status: 503 } }] });
  await page.goto(`${sandbox.url}/inbox/${id}`);
  await expect(messages(page).last()).toBeVisible();
  await expect(title(page)).toHaveText("Conversation");
  await expect.poll(async () => (await calls(sandbox, GET)).length).toBe(1);
  for (let second = 0; second < 20; second++) await page.clock.runFor(1_000);
  await expect(title(page)).toContainText("Long conversation");
  expect(await calls(sandbox, GET)).toHaveLength(2);
});

// A hundred of the same status, so that the list has more than is known here.
const page1 = (status: string) =>
  Array.from({ length: 100 }, (_, at) => ({ id: `c${at}`, phone_number: `+4477009${at}`, contact_name: `Contact ${at}`, status, last_active_at: AGED }));

const answer = (rows: object[]) => ({ status: 200, body: JSON.stringify({ data: rows, meta: {} }) });

test("a number is asked for at the provider, however it is written, and its conversations join the list", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const all = (await read(sandbox, "kapso", "/whatsapp_conversations?per_page=100")).data;
  const ended = all.find((row: any) => row.status === "ended");
  await sandbox.control({ faults: [{ operation: LIST, times: 1, when: "before", answer: answer(page1("active")) }] });
  await page.goto(`${sandbox.url}/inbox`);
  await expect(rows(page)).toHaveCount(60);
  const search = list(page).getByRole("searchbox");
  await search.fill("Somebody");
  await expect(list(page)).toContainText("Names are looked for among the 100 conversations that are known here. Kapso has no search for them.");
  await expect(list(page).getByRole("button", { name: /^Ask Kapso/ })).toHaveCount(0);
  const digits = ended.phone_number.slice(1);
  await search.fill(`00${digits.slice(0, 2)} ${digits.slice(2)}`);
  await expect(rows(page)).toHaveCount(0);
  const ask = list(page).getByRole("button", { name: /^Ask Kapso for/ });
  await sandbox.control({ faults: [{ operation: LIST, times: 1, answer: { status: 500 } }] });
  await ask.click();
  await expect(list(page)).toContainText("Kapso could not be asked.");
  await list(page).getByRole("button", { name: "Try again" }).click();
  await expect(list(page)).toContainText("Kapso has one, and it has ended.");
  // What was found is shown although the list was of active ones.
  await expect(rows(page)).toHaveCount(1);
  await expect(list(page).getByLabel("Which conversations")).toHaveValue("all");
  const asked = (await calls(sandbox, LIST)).filter((call) => call.query.includes("phone_number"));
  expect(asked).toHaveLength(2);
  expect(decodeURIComponent(asked[1].query)).toContain(`q[phone_number_eq]=+${digits}`);
  await rows(page).first().click();
  await expect(messages(page).last()).toBeVisible();
  await search.fill("+999 123 4567");
  await ask.click();
  await expect(list(page)).toContainText("Kapso names no conversation with");
  await search.fill("+999 123 4568");
  await expect(list(page)).not.toContainText("Kapso names no conversation with");
});

test("a provider that passes over the filter is not believed", async ({ page, sandbox }) => {
  await page.goto(`${sandbox.url}/inbox`);
  await expect(rows(page).first()).toBeVisible();
  await list(page).getByRole("searchbox").fill("+999 123 4567");
  await sandbox.control({ faults: [{ operation: LIST, times: 1, when: "before", answer: answer(page1("active")) }] });
  await list(page).getByRole("button", { name: /^Ask Kapso/ }).click();
  await expect(list(page)).toContainText("Kapso names no conversation with");
  await expect(rows(page)).toHaveCount(0);
});

test("those that have ended are asked for by their status", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const there = (await read(sandbox, "kapso", "/whatsapp_conversations?per_page=100&q[status_eq]=ended")).data;
  expect(there.length).toBeGreaterThan(0);
  const faults = [{ operation: LIST, times: 1, when: "before", answer: answer(page1("active")) }, { operation: LIST, times: 1, answer: { status: 502 } }];
  await sandbox.control({ faults });
  await page.goto(`${sandbox.url}/inbox`);
  await expect(rows(page)).toHaveCount(60);
  await list(page).getByLabel("Which conversations").selectOption("Ended");
  await expect(list(page)).toContainText("Older conversations could not be read.");
  await expect(list(page)).toContainText("None of the conversations that are known here has ended.");
  await list(page).getByRole("button", { name: "Try again" }).last().click();
  await expect(rows(page)).toHaveCount(there.length);
  await expect(list(page).getByRole("button", { name: "Show older conversations" })).toHaveCount(0);
  const asked = (await calls(sandbox, LIST)).map((call) => decodeURIComponent(call.query)).filter((query) => query.includes("page=1&"));
  expect(asked.filter((query) => query.includes("q[status_eq]=ended"))).toHaveLength(2);
});

// What the browser would show.
async function fakeNotifications(context: BrowserContext, permission: string): Promise<void> {
  await context.addInitScript((permission) => {
    const world = globalThis as any;
    world.told = [];
    world.Notification = class {
      static permission = permission === "ask" ? "default" : permission;
      static async requestPermission() {
        return (world.Notification.permission = "granted");
      }
      onclick?: () => void;
      constructor(readonly title: string, readonly options: NotificationOptions) {
        world.told.push(this);
      }
    };
  }, permission);
}

const told = (page: Page) =>
  page.evaluate(() => (globalThis as any).told.map(({ title, options }: any) => ({ title, body: options.body, tag: options.tag })));

test("who looks elsewhere is told that a customer wrote, by name and without the words, once for each", async ({ page, context, sandbox }) => {
  await fakeNotifications(context, "ask");
  await countCalls(page);
  await page.goto(`${sandbox.url}/settings`);
  const box = page.getByLabel("Tell me when a customer writes");
  await expect(box).not.toBeChecked();
  await box.check();
  await expect(box).toBeChecked();
  await page.addInitScript(() => ((globalThis as any).Notification.permission = "granted"));
  await page.reload();
  await expect(box).toBeChecked();
  await page.clock.install();
  await open(page, sandbox, "Amelia Clarke");
  const all: any[] = (await read(sandbox, "kapso", "/whatsapp_conversations?per_page=100")).data;
  const idOf = (name: string) => all.find((row) => row.contact_name === name).id;
  await pass(page, 20);
  // Somebody looks: nothing is told.
  await sandbox.control({ receive: { conversation_id: idOf("Javier Morales"), content: "While you look" } });
  await pass(page, 20);
  await expect(rows(page).first()).toContainText("Javier Morales");
  expect(await told(page)).toEqual([]);
  await hide(page, true);
  await sandbox.control({ receive: { conversation_id: idOf("Amelia Clarke"), content: "A secret of the open one" } });
  await sandbox.control({ receive: { conversation_id: idOf("Ana Souza"), content: "A secret" } });
  await sandbox.control({ receive: { conversation_id: idOf("Ana Souza"), content: "Another secret" } });
  // What a colleague writes is no news.
  const headers = { "x-api-key": "a-colleague", "content-type": "application/json" };
  await fetch(`${sandbox.url}${BASES.kapso}/whatsapp_conversations/${idOf("Ben O’Connor 🚴")}/whatsapp_messages`, { method: "POST", headers, body: JSON.stringify({ message: { message_type: "text", content: "Ours" } }) });
  await pass(page, 90);
  const first = await told(page);
  expect(first.map(({ title }: any) => title).sort()).toEqual(["Amelia Clarke", "Ana Souza"]);
  expect(JSON.stringify(first)).not.toContain("secret");
  expect(new Set(first.map(({ tag }: any) => tag)).size).toBe(2);
  expect(first.every(({ body }: any) => body === "A new message in Switchboard.")).toBe(true);
  await pass(page, 130);
  expect(await told(page)).toHaveLength(2);
  // The next one of the same contact replaces the one before.
  await sandbox.control({ receive: { conversation_id: idOf("Ana Souza"), content: "A third" } });
  await pass(page, 90);
  const then = await told(page);
  expect(then).toHaveLength(3);
  expect(then[2].tag).toBe(first.find(({ title }: any) => title === "Ana Souza").tag);
  await page.evaluate(() => (globalThis as any).told[2].onclick());
  await expect(title(page)).toHaveText("Ana Souza");
});

test("nothing is told where nobody asked for it, and nothing more is read for it", async ({ page, context, sandbox }) => {
  await fakeNotifications(context, "granted");
  await countCalls(page);
  await page.clock.install();
  await page.goto(`${sandbox.url}/inbox`);
  await expect(named(page, "Ana Souza")).toBeVisible();
  await hide(page, true);
  const { data } = await read(sandbox, "kapso", "/whatsapp_conversations");
  await sandbox.control({ receive: { conversation_id: data[0].id, content: "Quiet" } });
  await pass(page, 130);
  expect(await told(page)).toEqual([]);
  expect(await calls(sandbox, MESSAGES)).toHaveLength(0);
});

test("where the browser refuses notifications, the settings say what to do", async ({ page, context, sandbox }) => {
  await fakeNotifications(context, "denied");
  await page.goto(`${sandbox.url}/settings`);
  await expect(page.getByLabel("Tell me when a customer writes")).toBeDisabled();
  await expect(page.getByText("The browser does not let this site notify.")).toBeVisible();
});

test("nothing moves when the list comes after the messages", async ({ page, sandbox }) => {
  const id = await made(sandbox);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/whatsapp_conversations\?/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${sandbox.url}/inbox/${id}`);
  await expect(messages(page).last()).toBeVisible();
  await expect(title(page)).toHaveText("Conversation");
  const top = () => thread(page).evaluate((element) => element.getBoundingClientRect().top);
  const before = await top();
  release();
  await expect(title(page)).not.toHaveText("Conversation");
  await expect(side(page).locator(".thread-who")).toContainText("+");
  expect(await top()).toBe(before);
});
