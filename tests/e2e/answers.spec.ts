// What comes back, in words: documented errors with their next step, answers that lie, answers that
// never come, and whether the request may have been carried out.
import { expect, FAILED_CALL, test as base } from "./support/fixtures.ts";
import { calls, Request } from "./support/form.ts";
import { ids, read } from "./support/world.ts";

const NOT = "It was not carried out.";
const MAYBE = "It may have been carried out. Look before you send it again.";

// Every test here provokes failed calls.
const test = base.extend<{ failing: void }>({
  failing: [
    async ({ watch }, use) => {
      watch.allow(FAILED_CALL);
      await use();
    },
    { auto: true },
  ],
});

interface Refusal {
  id: string;
  // What is typed, by path; the value that reaches the error among it.
  typed: Record<string, string>;
  status: number;
  outcome: string;
  sentence: string;
  next: string;
  certainty?: string;
  // The label of the field it is about, and the provider's words there.
  field?: [label: string, words: RegExp];
}

const DEPLOYMENT = { country_code: "44", number: "8675309", vname_certificate: "AbC", method: "sms", waba_id: "1" };
const TEXT = { appid: "a_1" };
const ASSISTANT = { assistantId: "1", whatsappProviderName: "gupshup" };
const BODY = "channels.OTT-Messaging.wa.text.body";

const REFUSALS: Refusal[] = [
  {
    id: "vonage.create-deployment",
    typed: { ...DEPLOYMENT, number: "2079460958" },
    status: 409,
    outcome: "Refused",
    sentence: "Another deployment already uses this number.",
    next: "Open the existing deployment: the answer names its ID.",
    certainty: NOT,
    field: ["Number", /The provider says: Active deployment already exists with id [0-9a-f-]{36}/],
  },
  {
    id: "vonage.create-deployment",
    typed: { ...DEPLOYMENT, waba_id: "4220000000" },
    status: 422,
    outcome: "Refused",
    sentence: "A value is missing or not in the expected form.",
    next: "Correct the values that the answer names and send again.",
    certainty: NOT,
    field: ["WhatsApp Business account ID", /The provider says: Unknown WhatsApp Business Account/],
  },
  {
    id: "vonage.get-deployment",
    typed: { deployment_id: "low-balance" },
    status: 402,
    outcome: "Refused",
    sentence: "The balance of the Vonage account is too low.",
    next: "Top up the account in the Vonage dashboard and try again.",
  },
  {
    id: "vonage.get-deployment",
    typed: { deployment_id: "jwt-expired" },
    status: 401,
    outcome: "Key refused",
    sentence: "The token of this connection has expired.",
    next: "Make a new token and enter it under Connections.",
  },
  {
    id: "vonage.verify",
    typed: { deployment_id: "", code: "000422" },
    status: 422,
    outcome: "Refused",
    sentence: "The code was wrong, or there were too many attempts.",
    next: "Enter the code from the newest message or call, or ask for a new code.",
    certainty: NOT,
    field: ["Code", /The provider says: Invalid code provided\./],
  },
  {
    id: "vonage.update-profile",
    typed: { deployment_id: "", email: "refused@example.com" },
    status: 422,
    outcome: "Refused",
    sentence: "A value of the profile is missing or not in the expected form.",
    next: "Correct the values that the answer names and send again.",
    certainty: NOT,
    field: ["E-mail", /The provider says: Email format invalid/],
  },
  {
    id: "kapso.create-whatsapp-config",
    typed: {
      customer_id: "not-found",
      "whatsapp_config.name": "R",
      "whatsapp_config.phone_number_id": "1",
      "whatsapp_config.business_account_id": "1",
      "whatsapp_config.access_token": "t",
    },
    status: 404,
    outcome: "Refused",
    sentence: "Kapso does not know this ID in the project of the key.",
    next: "Copy the ID again, and check that the connection belongs to its project.",
    certainty: NOT,
  },
  {
    id: "kapso.send-message",
    typed: { conversation_id: "", "message.content": "#409" },
    status: 409,
    outcome: "Refused",
    sentence: "Another message to this conversation is still on its way.",
    next: "Wait a few seconds, look whether the message is there, then send again.",
    certainty: NOT,
  },
  {
    id: "kapso.send-message",
    typed: { conversation_id: "", "message.content": "#500" },
    status: 500,
    outcome: "Provider error",
    sentence: "Something went wrong at Kapso.",
    next: "Look whether it was done before you send again.",
    certainty: MAYBE,
  },
  {
    id: "kapso.create-customer",
    typed: { "customer.name": "#429" },
    status: 429,
    outcome: "Too many requests",
    sentence: "Too many requests in this minute.",
    next: "Wait a minute, then go on more slowly.",
    certainty: NOT,
  },
  {
    id: "webex.send-text",
    typed: { ...TEXT, [BODY]: "#7104" },
    status: 400,
    outcome: "Refused",
    sentence: "Webex Connect knows no app with this ID.",
    next: "Copy the app ID again from the Apps page.",
    certainty: NOT,
    field: ["App ID", /The provider says: /],
  },
  {
    id: "webex.send-text",
    typed: { ...TEXT, [BODY]: "#7007" },
    status: 400,
    outcome: "Refused",
    sentence: "The service that the key belongs to is not active.",
    next: "Make the service live in Webex Connect, or use the key of another one.",
    certainty: NOT,
  },
  {
    id: "webex.send-text",
    typed: { ...TEXT, [BODY]: "#7004 as 200" },
    status: 200,
    outcome: "Refused",
    sentence: "A value is not valid.",
    next: "Correct the value that the answer names and send again.",
    certainty: NOT,
  },
  {
    id: "rapida.create-whatsapp-deployment",
    typed: { ...ASSISTANT, assistantId: "1008004" },
    status: 400,
    outcome: "Refused",
    sentence: "Rapida does not accept this assistant ID.",
    next: "Copy the ID again from the assistant's page.",
    certainty: NOT,
    field: ["Assistant ID", /The provider says: Please provide a valid assistantId parameter\./],
  },
  {
    id: "rapida.create-whatsapp-deployment",
    typed: { ...ASSISTANT, assistantId: "1008006" },
    status: 400,
    outcome: "Refused",
    sentence: "The idle timeout is outside the allowed range.",
    next: "Choose a number within the range that the field states.",
    certainty: NOT,
    field: ["Idle timeout (seconds)", /The provider says: /],
  },
  {
    id: "rapida.create-whatsapp-deployment",
    typed: { ...ASSISTANT, assistantId: "1008005" },
    status: 500,
    outcome: "Provider error",
    sentence: "Rapida could not store the deployment.",
    next: "Look whether it exists before you send again.",
    certainty: MAYBE,
  },
  {
    id: "rapida.create-whatsapp-deployment",
    typed: { ...ASSISTANT, assistantId: "1008003" },
    status: 403,
    outcome: "Refused",
    sentence: "This key has no user or project scope.",
    next: "Use a key that was made for this project by a user with access to the assistant.",
    certainty: NOT,
  },
];

async function type(form: Request, typed: Record<string, string>, known: Awaited<ReturnType<typeof ids>>): Promise<void> {
  const standing: Record<string, string> = {
    deployment_id: form.page.url().endsWith("verify") ? known.waiting : known.ready,
    conversation_id: known.conversation,
  };
  for (const [path, value] of Object.entries(typed)) {
    const text = value || standing[path];
    const input = form.input(path);
    if ((await input.evaluate((element) => element.tagName)) === "SELECT") await input.selectOption(text);
    else await input.fill(text);
  }
}

for (const [at, refusal] of REFUSALS.entries()) {
  const { id, typed, status, outcome, sentence, next, certainty, field } = refusal;

  test(`documented error ${at + 1}, ${id}: ${sentence}`, async ({ page, sandbox }) => {
    const known = await ids(sandbox);
    const form = await Request.open(page, sandbox.url, id);
    await type(form, typed, known);
    if (id === "webex.send-text") {
      await form.add("destination");
      await form.add("destination.0.waid");
      await form.input("destination.0.waid.0").fill("447700900000");
    }
    await form.send();
    await expect(form.outcome).toHaveText(new RegExp(`^${outcome}\\s*${status} · \\d+ ms$`));
    await expect(form.outcome).toHaveClass(/bad/);
    await expect(form.answer).toContainText(sentence);
    await expect(form.answer.locator(".next")).toHaveText(next);
    await expect(form.answer.locator(".certainty")).toHaveText(certainty ? [certainty] : []);
    if (field === undefined) return;

    const [label, words] = field;
    await expect(form.field(label)).toHaveAccessibleDescription(words);
    await expect(form.field(label)).toHaveAttribute("aria-invalid", "true");
    // What the provider said was about another value than the one that is typed next.
    await form.field(label).fill("7");
    await expect(form.field(label)).not.toHaveAccessibleDescription(words);
  });
}

test("a platform code in a provider's text is explained", async ({ page, sandbox }) => {
  const { conversation } = await ids(sandbox);
  const form = await Request.open(page, sandbox.url, "kapso.send-message");
  await form.fill({ "Conversation ID": conversation });
  await form.choose({ Type: "Template" });
  await form.fill({ Template: "unknown_template", "Template language": "en" });
  await form.send();
  await expect(form.answer).toContainText("The template does not exist in this language, or is not approved.");
  await expect(form.answer).toContainText("Check its name, its language and its approval.");
  await expect(form.answer.locator(".ids")).toContainText("132001");
});

test("a refused draft is kept", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.create-customer");
  await form.fill({ Name: "#422" });
  await form.send();
  await expect(form.outcome).toContainText("Refused");
  await form.kept("yes");
  await page.reload();
  await expect(form.field("Name")).toHaveValue("#422");
});

// What goes wrong on the way, by the answer of `_control`.
const FAULTS: { name: string; answer: unknown; outcome: RegExp; sentence: string; certainty: string }[] = [
  {
    name: "a dropped connection",
    answer: "drop",
    outcome: /^Blocked or unreachable$/,
    sentence: "The address could not be reached, or the browser was not allowed to read its answer.",
    certainty: MAYBE,
  },
  {
    name: "garbage",
    answer: "garbage",
    outcome: /^Answer not readable\s*200/,
    sentence: "An answer came, but it is not one that the provider documents.",
    certainty: MAYBE,
  },
  {
    name: "a truncated answer",
    answer: "truncated",
    outcome: /^Answer not readable\s*201/,
    sentence: "An answer came, but it is not one that the provider documents.",
    certainty: MAYBE,
  },
  {
    name: "500",
    answer: { status: 500 },
    outcome: /^Provider error\s*500/,
    sentence: "Something went wrong at Kapso.",
    certainty: MAYBE,
  },
  {
    name: "502 with a page",
    answer: { status: 502, headers: { "content-type": "text/html" }, body: "<h1>Bad gateway</h1>" },
    outcome: /^Provider error\s*502/,
    sentence: "Something went wrong at the provider.",
    certainty: MAYBE,
  },
  {
    name: "an empty 200",
    answer: { status: 200 },
    outcome: /^Answer not readable\s*200/,
    sentence: "An answer came, but it is not one that the provider documents.",
    certainty: MAYBE,
  },
  {
    name: "429",
    answer: { status: 429 },
    outcome: /^Too many requests\s*429/,
    sentence: "Too many requests in this minute.",
    certainty: NOT,
  },
];

for (const { name, answer, outcome, sentence, certainty } of FAULTS) {
  for (const when of ["before", "after"]) {
    test(`${name}, ${when} it took effect`, async ({ page, sandbox }) => {
      const form = await Request.open(page, sandbox.url, "kapso.create-customer");
      await form.fill({ Name: "Acme" });
      await sandbox.control({ faults: [{ operation: "kapso.create-customer", times: 1, when, answer }] });
      await form.send();
      await expect(form.outcome).toHaveText(outcome);
      await expect(form.answer).toContainText(sentence);
      await expect(form.answer.locator(".certainty")).toHaveText(certainty);
      expect(await calls(sandbox, "kapso.create-customer")).toHaveLength(1);
      const customers = await read(sandbox, "kapso", "/customers");
      const there = customers.data.some((customer: any) => customer.name === "Acme");
      expect(there).toBe(when === "after");
      // What was typed is there, and can be sent.
      await expect(form.field("Name")).toHaveValue("Acme");
      await form.send();
      await form.succeeded(201);
    });
  }
}

test("a page of a gateway is shown as text, never drawn", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.list-customers");
  const body = "<h1>Bad gateway</h1><script>document.title = 'run'</script>";
  const answer = { status: 502, headers: { "content-type": "text/html" }, body };
  await sandbox.control({ faults: [{ operation: "kapso.list-customers", times: 1, when: "before", answer }] });
  await form.send();
  await expect(page.locator("[data-answer-body]")).toHaveText(body);
  await expect(page.locator("h1")).toHaveCount(1);
  // A read changes nothing, so nothing may have been carried out.
  await expect(form.answer.locator(".certainty")).toHaveCount(0);
});

test("no answer within 30 seconds ends the waiting", async ({ page, sandbox }) => {
  await page.clock.install();
  const form = await Request.open(page, sandbox.url, "kapso.create-customer");
  await form.fill({ Name: "Acme" });
  await sandbox.control({ faults: [{ operation: "kapso.create-customer", times: 1, when: "after", answer: "hang" }] });
  // From here on only the test moves the clock.
  await page.clock.pauseAt(Date.now() + 60_000);
  await form.send();
  await expect(form.answer).toContainText("Sending… waiting for the answer.");
  await expect(form.button).toHaveAttribute("aria-disabled", "true");
  await expect(async () => expect(await calls(sandbox, "kapso.create-customer")).toHaveLength(1)).toPass();
  await page.clock.fastForward(29_000);
  await expect(form.answer).toContainText("Sending… waiting for the answer.");
  await page.clock.fastForward(1_500);
  await expect(form.outcome).toHaveText("Timed out");
  await expect(form.answer).toContainText("No answer came within 30 seconds.");
  await expect(form.answer.locator(".certainty")).toHaveText(MAYBE);
  await expect(form.button).not.toHaveAttribute("aria-disabled");
});

test("Retry-After is counted down", async ({ page, sandbox }) => {
  await page.clock.install();
  const form = await Request.open(page, sandbox.url, "kapso.send-message");
  const { conversation } = await ids(sandbox);
  await form.fill({ "Conversation ID": conversation, Text: "Hello" });
  const answer = { status: 429, headers: { "Retry-After": "3" } };
  await sandbox.control({ faults: [{ operation: "kapso.send-message", times: 1, when: "before", answer }] });
  await page.clock.pauseAt(Date.now() + 60_000);
  await form.send();
  const countdown = form.answer.getByRole("timer");
  await expect(countdown).toHaveText("3 s left");
  await page.clock.runFor(1_000);
  await expect(countdown).toHaveText("2 s left");
  await page.clock.runFor(2_000);
  await expect(countdown).toHaveText("You can send again now.");
  await form.send();
  await form.succeeded(201);
});

for (const [way, act] of [
  ["a double click", (form: Request) => form.button.dblclick()],
  ["Enter twice", async (form: Request) => {
    await form.field("Name").press("Enter");
    await form.field("Name").press("Enter");
  }],
  ["Enter and a click", async (form: Request) => {
    await form.field("Name").press("Enter");
    // It says that it is disabled, but can be pressed.
    await form.button.click({ force: true });
  }],
] as const) {
  test(`${way} sends once`, async ({ page, sandbox }) => {
    await page.clock.install();
    const form = await Request.open(page, sandbox.url, "kapso.create-customer");
    await form.fill({ Name: "Acme" });
    // The first answer is still out when the second press comes.
    await sandbox.control({ faults: [{ operation: "kapso.create-customer", times: 1, when: "after", answer: "hang" }] });
    await act(form);
    await expect(form.button).toContainText("Sending…");
    await expect(async () => expect(await calls(sandbox, "kapso.create-customer")).not.toEqual([])).toPass();
    await page.clock.fastForward(31_000);
    await expect(form.outcome).toHaveText("Timed out");
    expect(await calls(sandbox, "kapso.create-customer")).toHaveLength(1);
  });
}

// A prompt provider has answered before the second press of a double click comes.
test("a double click sends once, even if the answer came in between", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.create-customer");
  await form.fill({ Name: "Acme" });
  await form.button.hover();
  await page.mouse.down();
  await page.mouse.up();
  await form.succeeded(201);
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
  await form.succeeded(201);
  expect(await calls(sandbox, "kapso.create-customer")).toHaveLength(1);
});

test("Enter that is held down sends once", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.create-customer");
  await form.fill({ Name: "Acme" });
  await form.field("Name").focus();
  await page.keyboard.down("Enter");
  await form.succeeded(201);
  // The key repeats itself.
  await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await form.succeeded(201);
  expect(await calls(sandbox, "kapso.create-customer")).toHaveLength(1);
});

test("a write that was sent is carried through although the page is left", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.create-customer");
  await form.fill({ Name: "Acme" });
  await form.send();
  await page.getByRole("link", { name: "Activity" }).click();
  await expect(page.locator(".record").first()).toContainText("201");
  expect(await calls(sandbox, "kapso.create-customer")).toHaveLength(1);
});

test("secrets of an answer are masked until asked for", async ({ page, sandbox }) => {
  const { ready } = await ids(sandbox);
  const { api_key } = await read(sandbox, "vonage", `/deployments/${ready}`);
  const form = await Request.open(page, sandbox.url, "vonage.get-deployment");
  await form.fill({ "Deployment ID": ready });
  await form.send();
  await form.succeeded(200);
  const body = page.locator("[data-answer-body]");
  await expect(body).toContainText('"api_key": "••••••"');
  expect(await page.content()).not.toContain(api_key);
  await page.getByRole("button", { name: "Show the secrets" }).click();
  await expect(body).toContainText(`"api_key": "${api_key}"`);
  await page.getByRole("button", { name: "Mask the secrets" }).click();
  await expect(body).not.toContainText(api_key);
});

test("secrets are masked at any depth, and long ids stay exact", async ({ page, context, sandbox }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const form = await Request.open(page, sandbox.url, "kapso.list-configs");
  const body =
    '{"data":[{"id":2230142097179373568,"access_token":"EAAG-918273","webhook_verify_token":"v-918273","phone_number_id":"12345678901234567890"}]}';
  await sandbox.control({ faults: [{ operation: "kapso.list-configs", times: 1, answer: { status: 200, body } }] });
  await form.send();
  await form.succeeded(200);
  const shown = page.locator("[data-answer-body]");
  await expect(shown).toContainText("2230142097179373568");
  await expect(shown).toContainText("12345678901234567890");
  expect(await page.content()).not.toContain("918273");
  await page.getByRole("button", { name: "Copy the answer" }).click();
  await expect(page.getByRole("button", { name: "Copy the answer" }).locator("..")).toHaveText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).not.toContain("918273");
});

test("the ids of an answer stand apart, to be copied", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "rapida.create-whatsapp-deployment");
  await form.fill({ "Assistant ID": "2227823180112723968", "WhatsApp provider": "gupshup" });
  await form.send();
  await form.succeeded(200);
  await expect(form.answer.locator(".ids")).toContainText(/data\.id\s*\d{19}/);
  await expect(form.answer.getByRole("button", { name: "Copy data.id" })).toBeVisible();
});

test("an empty 204 is a success", async ({ page, sandbox }) => {
  const { ready } = await ids(sandbox);
  const form = await Request.open(page, sandbox.url, "vonage.delete-deployment");
  await form.fill({ "Deployment ID": ready });
  await form.send();
  await form.succeeded(204);
  await expect(form.answer).toContainText("The answer has no body.");
});

test("offline is told as such, and sends nothing", async ({ page, context, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.create-customer");
  await form.fill({ Name: "Acme" });
  await context.setOffline(true);
  await form.send();
  await expect(form.outcome).toHaveText("Offline");
  await expect(form.answer.locator(".certainty")).toHaveText(NOT);
  await context.setOffline(false);
  await form.send();
  await form.succeeded(201);
  expect(await calls(sandbox, "kapso.create-customer")).toHaveLength(1);
});
