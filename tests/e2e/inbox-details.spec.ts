// What stands beside a conversation: its details, ending and reopening it, who looks after it, and notes.
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { calls } from "./support/form.ts";
import { called, type Loss, LOSSES } from "./support/losses.ts";
import { Details, idOf, LIST, messages, named, open, rows, side, thread, title } from "./support/conversations.ts";
import { keys, sweep } from "./support/storage.ts";
import { BASES, read } from "./support/world.ts";
import type { Locator, Page } from "@playwright/test";

const UPDATE = "kapso.update-conversation";
const GET = "kapso.get-conversation";
const ASSIGNMENTS = "kapso.list-assignments";
const ASSIGN = "kapso.create-assignment";
const CHANGE = "kapso.update-assignment";
const NOTES = "kapso.list-notes";
const NOTE = "kapso.create-note";

const PHONE = { width: 390, height: 844 };

const bodies = async (sandbox: Sandbox, operation: string) => (await calls(sandbox, operation)).map((call) => call.body);
const conversation = async (sandbox: Sandbox, id: string) =>
  (await read(sandbox, "kapso", `/whatsapp_conversations/${id}`)).data;

// A call of somebody else to the provider.
async function elsewhere(sandbox: Sandbox, method: string, path: string, body: object): Promise<any> {
  const headers = { "x-api-key": "a-colleague", "content-type": "application/json" };
  const answer = await fetch(sandbox.url + BASES.kapso + path, { method, headers, body: JSON.stringify(body) });
  return answer.json();
}

// How many drafts the device holds.
const drafts = async (page: Page): Promise<number> => (await keys(page, "drafts")).length;

test.beforeEach(({ watch }) => watch.allow(/example\.com/));

test("they open beside the conversation, say the same of its window, and give the focus back", async ({ page, sandbox }) => {
  await open(page, sandbox, "Amelia Clarke");
  const details = new Details(page);
  await expect(details.button).toHaveAttribute("aria-expanded", "false");
  await details.button.click();
  await expect(details.button).toHaveAttribute("aria-expanded", "true");
  await expect(page.getByRole("heading", { name: "Details", exact: true })).toBeFocused();
  const [pane, log] = [(await details.pane.boundingBox())!, (await thread(page).boundingBox())!];
  expect(pane.x).toBeGreaterThanOrEqual(log.x + log.width);
  // Who read the newest message reads it still, though every row is another height now.
  await expect(messages(page).last()).toBeInViewport({ ratio: 0.98 });
  const window = await details.fact("24-hour window").innerText();
  await expect(side(page).locator(".thread-window")).toHaveText(`24-hour window: ${window}`);
  await expect(details.fact("Number")).toContainText("+44 770 090 0123");
  await expect(details.fact("Status")).toHaveText("Active");
  await page.keyboard.press("Escape");
  await expect(details.pane).toHaveCount(0);
  await expect(details.button).toBeFocused();
  await details.button.press("Enter");
  await details.pane.getByRole("button", { name: "Close the details" }).click();
  await expect(details.button).toBeFocused();
  await expect(messages(page).last()).toBeInViewport({ ratio: 0.98 });
  // They stay open from conversation to conversation.
  await details.button.press("Enter");
  await named(page, "Ana Souza").click();
  await expect(details.fact("Number")).toContainText("+55 119 8765 0021");
});

test("on a phone they stand in front of the messages, which are out of reach, and lead back", async ({ page, sandbox }) => {
  await page.setViewportSize(PHONE);
  const details = await Details.open(page, sandbox, "Ana Souza");
  await expect(thread(page)).toBeHidden();
  for (let stop = 0; stop < 30; stop++) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement!.closest(".thread-head, .thread-scroll"))).toBeNull();
  }
  await details.pane.getByRole("button", { name: "Back to the messages" }).click();
  await expect(thread(page)).toBeVisible();
  await expect(details.button).toBeFocused();
  await expect(messages(page).last()).toBeInViewport();
  await details.button.click();
  await page.goBack();
  await named(page, "Amelia Clarke").click();
  await expect(messages(page).last()).toBeVisible();
});

test("what comes while the details hide it does not count as read", async ({ page, sandbox }) => {
  await page.setViewportSize(PHONE);
  await page.clock.install();
  const details = await Details.open(page, sandbox, "Amelia Clarke");
  const marks = (await calls(sandbox, "kapso.mark-as-read")).length;
  await sandbox.control({ receive: { conversation_id: idOf(page), content: "Seen?" } });
  for (let second = 0; second < 20; second++) await page.clock.runFor(1_000);
  await expect(page.locator(".message").last()).toContainText("Seen?");
  expect(await calls(sandbox, "kapso.mark-as-read")).toHaveLength(marks);
  await details.pane.getByRole("button", { name: "Back to the messages" }).click();
  await expect.poll(async () => (await calls(sandbox, "kapso.mark-as-read")).length).toBe(marks + 1);
});

test("ids are copied, and the provider's row is shown as it came", async ({ page, context, sandbox }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const details = await Details.open(page, sandbox, "Amelia Clarke");
  const row = await conversation(sandbox, idOf(page));
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await details.pane.getByRole("button", { name: "Copy the conversation ID" }).click();
  await expect.poll(copied).toBe(row.id);
  await details.pane.getByRole("button", { name: "Copy the config ID" }).click();
  await expect.poll(copied).toBe(row.whatsapp_config_id);
  await details.pane.getByRole("button", { name: "Copy the number" }).click();
  await expect.poll(copied).toBe(row.phone_number);
  await details.part("IDs").getByText("What Kapso says of it").click();
  expect(JSON.parse(await details.pane.getByLabel("What Kapso says", { exact: true }).innerText())).toEqual(row);
});

test("a conversation is ended and reopened, once a press", async ({ page, sandbox }) => {
  const details = await Details.open(page, sandbox, "Amelia Clarke");
  const id = idOf(page);
  await details.pane.getByRole("button", { name: "End conversation" }).dblclick();
  await expect(details.pane).toContainText("The conversation is ended.");
  await expect(details.fact("Status")).toHaveText("Ended");
  await expect(side(page).locator(".thread-who")).toContainText("ended");
  await expect(named(page, "Amelia Clarke")).toHaveCount(0);
  expect((await conversation(sandbox, id)).status).toBe("ended");
  await details.pane.getByRole("button", { name: "Reopen conversation" }).click();
  await expect(details.pane).toContainText("The conversation is open again.");
  await expect(named(page, "Amelia Clarke")).toBeVisible();
  const status = (status: string) => ({ whatsapp_conversation: { status } });
  expect(await bodies(sandbox, UPDATE)).toEqual([status("ended"), status("active")]);
  expect((await calls(sandbox, UPDATE)).every((call) => call.path.endsWith(`/whatsapp_conversations/${id}`))).toBe(true);
});

test("a list that was on its way does not bring back what was changed, here or in another tab", async ({ page, context, sandbox }) => {
  const details = await Details.open(page, sandbox, "Amelia Clarke");
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(messages(other).last()).toBeVisible();
  await page.bringToFront();
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  let held = 0;
  const newest = /whatsapp_conversations\?page=1&/;
  await context.route(newest, async (route) => {
    const answer = await route.fetch();
    held++;
    await released;
    await route.fulfill({ response: answer });
  });
  await page.getByRole("button", { name: "Refresh the conversations" }).click();
  await expect.poll(() => held).toBeGreaterThan(0);
  await details.pane.getByRole("button", { name: "End conversation" }).click();
  await expect(details.fact("Status")).toHaveText("Ended");
  await expect(side(other).locator(".thread-who")).toContainText("ended");
  const answered = context.waitForEvent("response", (response) => newest.test(response.url()));
  release();
  await (await answered).finished();
  // Something that is drawn after the list was taken in.
  await expect(page.locator(".fresh")).toContainText("Updated just now");
  await expect(details.fact("Status")).toHaveText("Ended");
  await expect(side(other).locator(".thread-who")).toContainText("ended");
});

const LOST = "No usable answer came. The conversation was read again:";
for (const { name, fault, says, ended, looks } of [
  { name: "401", fault: { answer: { status: 401 } }, says: "Not saved: Key refused.", ended: false, looks: 0 },
  { name: "429", fault: { answer: { status: 429, headers: { "Retry-After": "7" } } }, says: "Not saved: Too many requests.", ended: false, looks: 0 },
  { name: "422", fault: { answer: { status: 422 } }, says: "Not saved: Refused.", ended: false, looks: 0 },
  { name: "500 before", fault: { answer: { status: 500 } }, says: `${LOST} it is active, so nothing was changed.`, ended: false, looks: 1 },
  { name: "500 after", fault: { when: "after", answer: { status: 500 } }, says: `${LOST} it is ended, so the change took place.`, ended: true, looks: 1 },
  { name: "an answer dropped before", fault: { answer: "drop" }, says: `${LOST} it is active, so nothing was changed.`, ended: false, looks: 1 },
  { name: "an answer dropped after", fault: { when: "after", answer: "drop" }, says: `${LOST} it is ended, so the change took place.`, ended: true, looks: 1 },
  { name: "half an answer before", fault: { answer: "truncated" }, says: `${LOST} it is active, so nothing was changed.`, ended: false, looks: 1 },
  { name: "half an answer after", fault: { when: "after", answer: "truncated" }, says: `${LOST} it is ended, so the change took place.`, ended: true, looks: 1 },
  { name: "garbage after", fault: { when: "after", answer: "garbage" }, says: `${LOST} it is ended, so the change took place.`, ended: true, looks: 1 },
]) {
  test(`ending a conversation meets ${name}`, async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const details = await Details.open(page, sandbox, "Amelia Clarke");
    const before = (await calls(sandbox, GET)).length;
    await sandbox.control({ faults: [{ operation: UPDATE, times: 1, when: "before", ...fault }] });
    await details.pane.getByRole("button", { name: "End conversation" }).click();
    await expect(details.pane).toContainText(says);
    await expect(details.fact("Status")).toHaveText(ended ? "Ended" : "Active");
    expect(await calls(sandbox, UPDATE)).toHaveLength(1);
    expect((await calls(sandbox, GET)).length - before).toBe(looks);
    // The next press is a person's, and works.
    await details.pane.getByRole("button", { name: ended ? "Reopen conversation" : "End conversation" }).click();
    await expect(details.fact("Status")).toHaveText(ended ? "Active" : "Ended");
    expect(await calls(sandbox, UPDATE)).toHaveLength(2);
  });
}

test("ending a conversation offline sends nothing", async ({ page, context, sandbox, watch }) => {
  watch.allow(/ERR_INTERNET_DISCONNECTED/);
  const details = await Details.open(page, sandbox, "Amelia Clarke");
  await expect(details.part("Notes about the contact")).toContainText("Nothing is noted yet.");
  await context.setOffline(true);
  await details.pane.getByRole("button", { name: "End conversation" }).click();
  await expect(details.pane).toContainText("Not saved: Offline.");
  await context.setOffline(false);
  expect(await calls(sandbox, UPDATE)).toHaveLength(0);
});

test("what cannot be read again stays unknown, and nothing is sent on top of it", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const details = await Details.open(page, sandbox, "Amelia Clarke");
  await sandbox.control({ faults: [{ operation: UPDATE, times: 1, when: "after", answer: "drop" }, { operation: GET, times: 1, answer: "drop" }] });
  const end = details.pane.getByRole("button", { name: /^(End|Reopen) conversation/ });
  await end.click();
  await expect(details.pane).toContainText("It is not known whether the last change was saved, and it could not be read again.");
  await expect(end).toHaveAttribute("aria-disabled", "true");
  await end.click({ force: true });
  await details.pane.getByRole("button", { name: "Try again" }).click();
  await expect(details.pane).toContainText(`${LOST} it is ended, so the change took place.`);
  expect(await calls(sandbox, UPDATE)).toHaveLength(1);
});

test("it is seen who looks after it; unassigned, assigned to an id that was seen before, and handed over", async ({ page, sandbox }) => {
  const details = await Details.open(page, sandbox, "Amelia Clarke");
  const assigned = details.part("Assigned to");
  const first = await assigned.locator(".assignee code").innerText();
  await expect(assigned).toContainText("Amelia prefers mornings.");
  const id = (await read(sandbox, "kapso", `/whatsapp_conversations/${idOf(page)}/conversation_assignments`)).data[0].id;
  await assigned.getByRole("button", { name: "Unassign" }).click();
  await expect(assigned).toContainText("Nobody is assigned.");
  expect(await bodies(sandbox, CHANGE)).toEqual([{ conversation_assignment: { active: false } }]);
  // In another conversation, after a reload: the id is offered.
  await page.reload();
  await details.button.click();
  await named(page, "Ana Souza").click();
  await expect(title(page)).toHaveText("Ana Souza");
  await assigned.getByText("Assign it to somebody").click();
  await expect(assigned).toContainText("Kapso's API v1 lists no users");
  const user = assigned.locator('[name="conversation_assignment.user_id"]');
  const offered = () => user.evaluate((input: HTMLInputElement) => [...input.list!.options].map((option) => option.value));
  expect(await offered()).toEqual([first]);
  await user.fill(first);
  await assigned.locator('[name="conversation_assignment.notes"]').fill("Please call back.");
  await assigned.getByRole("button", { name: "Assign", exact: false }).click();
  await expect(assigned).toContainText(`It is assigned to ${first}.`);
  await expect(assigned.locator(".assignee")).toContainText(first);
  await assigned.getByText("Hand it over to somebody else").click();
  await expect(assigned).toContainText("The user you name takes over from the one above");
  await expect(user).toHaveValue("");
  await assigned.getByRole("button", { name: "Hand over" }).click();
  await expect(assigned.getByRole("alert")).toHaveText("Enter the ID of a user.");
  await expect(user).toBeFocused();
  await user.fill("user-2");
  await assigned.getByRole("button", { name: "Hand over" }).click();
  await expect(assigned.locator(".assignee")).toContainText("user-2");
  expect(await bodies(sandbox, ASSIGN)).toEqual([{ conversation_assignment: { user_id: first, notes: "Please call back." } }]);
  expect((await bodies(sandbox, CHANGE)).slice(1)).toEqual([{ conversation_assignment: { user_id: "user-2" } }]);
  expect((await calls(sandbox, CHANGE))[0].path).toMatch(new RegExp(`${id}$`));
  await assigned.getByText("Hand it over to somebody else").click();
  expect(await offered()).toEqual(["user-2", first]);
});

test("where a colleague was quicker, the refusal is said and who has it is shown", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const details = await Details.open(page, sandbox, "Ana Souza");
  const assigned = details.part("Assigned to");
  await assigned.getByText("Assign it to somebody").click();
  await assigned.locator('[name="conversation_assignment.user_id"]').fill("me");
  await elsewhere(sandbox, "POST", `/whatsapp_conversations/${idOf(page)}/conversation_assignments`, { conversation_assignment: { user_id: "quick" } });
  await assigned.getByRole("button", { name: /^Assign/ }).click();
  await expect(assigned).toContainText("Not saved: Refused.");
  await expect(assigned.locator(".assignee")).toContainText("quick");
  // What was typed is there for handing it over.
  await assigned.getByText("Hand it over to somebody else").click();
  await expect(assigned.locator('[name="conversation_assignment.user_id"]')).toHaveValue("me");
});

// Loses the answer of the next call of an operation, which a press brings about.
async function lose(page: Page, sandbox: Sandbox, operation: string, { when, answer }: Loss, press: Locator): Promise<void> {
  await sandbox.control({ faults: [{ operation, times: 1, when, answer }] });
  await press.click();
  await expect.poll(async () => (await calls(sandbox, operation)).length).toBe(1);
  // Longer than any answer is waited for.
  if (answer === "hang") await page.clock.runFor(40_000);
}

for (const loss of LOSSES) {
  test(`an assignment whose answer is lost ${loss.when} it took effect is looked up, not repeated: ${called(loss)}`, async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    await page.clock.install();
    const details = await Details.open(page, sandbox, "Ana Souza");
    const assigned = details.part("Assigned to");
    await assigned.getByText("Assign it to somebody").click();
    const user = assigned.locator('[name="conversation_assignment.user_id"]');
    await user.fill("user-7");
    await lose(page, sandbox, ASSIGN, loss, assigned.getByRole("button", { name: /^Assign/ }));
    await expect(assigned).toContainText(`The assignments were read again: the change ${loss.found ? "took place" : "did not take place"}.`);
    if (loss.found) await expect(assigned.locator(".assignee")).toContainText("user-7");
    else await expect(user).toHaveValue("user-7");
    expect(await calls(sandbox, ASSIGN)).toHaveLength(1);
  });

  test(`a handing over whose answer is lost ${loss.when} it took effect is looked up, not repeated: ${called(loss)}`, async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    await page.clock.install();
    const details = await Details.open(page, sandbox, "Amelia Clarke");
    const assigned = details.part("Assigned to");
    const before = await assigned.locator(".assignee code").innerText();
    await assigned.getByText("Hand it over to somebody else").click();
    const user = assigned.locator('[name="conversation_assignment.user_id"]');
    await user.fill("user-7");
    await lose(page, sandbox, CHANGE, loss, assigned.getByRole("button", { name: "Hand over" }));
    await expect(assigned).toContainText(`The assignments were read again: the change ${loss.found ? "took place" : "did not take place"}.`);
    await expect(assigned.locator(".assignee")).toContainText(loss.found ? "user-7" : before);
    if (!loss.found) await expect(user).toHaveValue("user-7");
    expect(await calls(sandbox, CHANGE)).toHaveLength(1);
  });
}

const REFUSALS = [
  { name: "401", answer: { status: 401 }, says: "Not saved: Key refused." },
  { name: "429", answer: { status: 429 }, says: "Not saved: Too many requests." },
];

for (const { name, answer, says } of REFUSALS) {
  test(`an assignment that meets ${name} is kept in the form`, async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const details = await Details.open(page, sandbox, "Ana Souza");
    const assigned = details.part("Assigned to");
    await assigned.getByText("Assign it to somebody").click();
    const user = assigned.locator('[name="conversation_assignment.user_id"]');
    await user.fill("user-7");
    await sandbox.control({ faults: [{ operation: ASSIGN, times: 1, answer }] });
    await assigned.getByRole("button", { name: /^Assign/ }).click();
    await expect(assigned).toContainText(says);
    await expect(user).toHaveValue("user-7");
    await assigned.getByRole("button", { name: /^Assign/ }).click();
    await expect(assigned).toContainText("It is assigned to user-7.");
    expect(await calls(sandbox, ASSIGN)).toHaveLength(2);
  });
}

test("parts that cannot be read say why and come at another try, while the rest is there", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await sandbox.control({ faults: [ASSIGNMENTS, NOTES].map((operation) => ({ operation, times: 1, answer: { status: 500 } })) });
  const details = await Details.open(page, sandbox, "Ana Souza");
  const [assigned, notes] = [details.part("Assigned to"), details.part("Notes about the contact")];
  await expect(assigned).toContainText("Who looks after it could not be read.");
  await expect(notes).toContainText("The notes could not be read.");
  await expect(notes).toContainText("Try again in a moment.");
  await expect(details.fact("Status")).toHaveText("Active");
  await assigned.getByRole("button", { name: "Try again" }).click();
  await expect(assigned).toContainText("Nobody is assigned.");
  await notes.getByRole("button", { name: "Try again" }).click();
  await expect(notes).toContainText("Travels with a guide dog.");
});

async function noteForm(page: Page, details: Details) {
  const notes = details.part("Notes about the contact");
  await notes.getByText("Add a note").click();
  return { notes, content: notes.locator('[name="note.content"]'), name: notes.locator('[name="note.name"]'), add: notes.getByRole("button", { name: "Add the note" }) };
}

test("notes are those of the number, the newest first, as text; one is added", async ({ page, sandbox }) => {
  const details = await Details.open(page, sandbox, "Ana Souza");
  const { notes, content, name, add } = await noteForm(page, details);
  await add.click();
  await expect(notes.getByRole("alert")).toHaveText("Write the note first.");
  await expect(content).toBeFocused();
  await name.fill("<b>Title</b>");
  await content.fill("Line one\n<script>document.title = 'owned'</script> *not bold*");
  await add.click();
  await expect(notes).toContainText("The note is kept.");
  await expect(content).toHaveValue("");
  await expect(notes.locator(".notes > li")).toHaveCount(2);
  await expect(notes.locator(".notes > li").first()).toContainText("<script>document.title = 'owned'</script> *not bold*");
  await expect(notes.locator(".notes > li").last()).toContainText("Travels with a guide dog.");
  const [sent] = await calls(sandbox, NOTE);
  expect(sent.path).toMatch(/\/whatsapp_contacts\/5511987650021\/notes$/);
  expect(sent.body).toEqual({ note: { name: "<b>Title</b>", content: "Line one\n<script>document.title = 'owned'</script> *not bold*" } });
  expect(await page.title()).not.toContain("owned");
});

test("what is typed belongs to its conversation, and is there after a reload", async ({ page, sandbox }) => {
  const details = await Details.open(page, sandbox, "Ana Souza");
  const { notes, content } = await noteForm(page, details);
  await content.fill("For Ana alone");
  await named(page, "Amelia Clarke").click();
  await expect(title(page)).toHaveText("Amelia Clarke");
  await notes.getByText("Add a note").click();
  await expect(content).toHaveValue("");
  await content.fill("For Amelia");
  await named(page, "Ana Souza").click();
  await expect(title(page)).toHaveText("Ana Souza");
  await notes.getByText("Add a note").click();
  await expect(content).toHaveValue("For Ana alone");
  await expect.poll(() => drafts(page)).toBe(2);
  await page.reload();
  await details.button.click();
  await notes.getByText("Add a note").click();
  await expect(content).toHaveValue("For Ana alone");
});

test("where nothing may be kept, what is typed beside a conversation lasts as long as the page", async ({ page, context, sandbox }) => {
  const served = await (await fetch(`${sandbox.url}/switchboard.json`)).json();
  await context.route("**/switchboard.json", (route) => route.fulfill({ json: { ...served, keep_messages: false } }));
  const details = await Details.open(page, sandbox, "Ana Souza");
  const { notes, content } = await noteForm(page, details);
  await content.fill("Not for the device");
  await named(page, "Amelia Clarke").click();
  await expect(title(page)).toHaveText("Amelia Clarke");
  await named(page, "Ana Souza").click();
  await notes.getByText("Add a note").click();
  await expect(content).toHaveValue("Not for the device");
  expect((await sweep(page)).includes("Not for the device")).toBe(false);
});

for (const loss of LOSSES) {
  test(`a note whose answer is lost ${loss.when} it was written is looked up, not repeated: ${called(loss)}`, async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    await page.clock.install();
    const details = await Details.open(page, sandbox, "Ana Souza");
    const { notes, content, add } = await noteForm(page, details);
    // The same words were noted before.
    await content.fill("Travels with a guide dog. Ground floor, please.");
    await notes.locator('[name="note.name"]').fill("Allergy");
    await lose(page, sandbox, NOTE, loss, add);
    const { found } = loss;
    await expect(notes).toContainText(found ? "read again: the note is kept." : "the note is not there. It is still in the form.");
    await expect(content).toHaveValue(found ? "" : "Travels with a guide dog. Ground floor, please.");
    await expect(notes.locator(".notes > li")).toHaveCount(found ? 2 : 1);
    expect(await calls(sandbox, NOTE)).toHaveLength(1);
  });
}

for (const { name, answer, says } of REFUSALS) {
  test(`a note that meets ${name} is kept in the form`, async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const details = await Details.open(page, sandbox, "Ana Souza");
    const { notes, content, add } = await noteForm(page, details);
    await content.fill("Still here");
    await sandbox.control({ faults: [{ operation: NOTE, times: 1, answer }] });
    await add.click();
    await expect(notes).toContainText(says);
    await expect(content).toHaveValue("Still here");
    await add.click();
    await expect(notes).toContainText("The note is kept.");
    expect(await calls(sandbox, NOTE)).toHaveLength(2);
  });
}

test("a note that is answered after its form has gone is not offered again", async ({ page, sandbox }) => {
  const details = await Details.open(page, sandbox, "Ana Souza");
  const { content, add } = await noteForm(page, details);
  await content.fill("On its way");
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/whatsapp_contacts/*/notes", async (route) => {
    await released;
    await route.continue();
  }, { times: 1 });
  await add.click();
  await expect(details.pane.getByRole("button", { name: /^Sending/ })).toBeVisible();
  await page.keyboard.press("Escape");
  release();
  await expect.poll(async () => (await calls(sandbox, NOTE)).length).toBe(1);
  await expect.poll(() => drafts(page)).toBe(0);
  await details.button.click();
  const { notes } = await noteForm(page, details);
  await expect(notes.locator(".notes > li").first()).toContainText("On its way");
  await expect(content).toHaveValue("");
});

test("a contact that Kapso does not have yet has no notes, which is no failure", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await sandbox.control({ faults: [{ operation: NOTES, times: 1, answer: { status: 404, body: '{"error":"Contact not found"}' } }] });
  const details = await Details.open(page, sandbox, "Ana Souza");
  await expect(details.part("Notes about the contact")).toContainText("Kapso has no contact with this number yet");
});

test("before the list is there, the details wait for it and say why it does not come", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await open(page, sandbox, "Amelia Clarke");
  const { conversation_id } = await sandbox.control({ conversation: { messages: 20 } });
  await sandbox.control({ faults: [{ operation: LIST, times: 1, answer: { status: 500 } }] });
  await page.goto(`${sandbox.url}/inbox/${conversation_id}`);
  await expect(messages(page).last()).toBeVisible();
  const details = new Details(page);
  await details.button.click();
  await expect(details.pane).toContainText("What Kapso has of this conversation could not be read.");
  await details.pane.getByRole("button", { name: "Try again" }).click();
  await expect(details.fact("Status")).toHaveText("Active");
  await expect(rows(page).first()).toBeVisible();
});
