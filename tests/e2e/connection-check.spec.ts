// The check of a connection: what it finds and how sure it is, that it does nothing, and what a relay says.
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { readFile } from "node:fs/promises";
import { card, enter, own, place } from "./support/connections.ts";
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { Request } from "./support/form.ts";
import { BASES, type Provider } from "./support/world.ts";
import type { Locator, Page } from "@playwright/test";

const KEY = "a-key-of-ours-918273";

const verdict = (made: Locator): Locator => made.locator(".verdict");
const findings = (made: Locator): Locator => made.locator(".findings li");

async function check(made: Locator): Promise<void> {
  await made.getByRole("button", { name: /^Check/ }).click();
  await expect(verdict(made)).toBeVisible();
}

// What arrives of the check at each provider, and what is said where the key is good.
const PROBES: Record<Provider, { operation: string; word: string; key: RegExp }> = {
  vonage: { operation: "vonage.get-deployment", word: "Works", key: /The JSON Web Token is accepted\./ },
  kapso: { operation: "kapso.list-customers", word: "Works", key: /The API key is accepted\./ },
  webex: { operation: "webex.send-text", word: "Probably works", key: /The Service key is probably accepted\..*no request that reads/ },
  rapida: { operation: "rapida.get-whatsapp-deployment", word: "Works", key: /The API key is accepted\./ },
};

for (const [provider, { operation, word, key }] of Object.entries(PROBES) as [Provider, (typeof PROBES)[Provider]][]) {
  test(`${provider}: one request without an effect tells a good key from a refused one`, async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    await own(page, sandbox.url, provider, { key: KEY });
    const made = card(page, provider, "Mine");
    await check(made);
    await expect(verdict(made)).toHaveText(word);
    await expect(findings(made).nth(0)).toContainText(/It is reached: this site answered in \d+ ms\.Certain/);
    await expect(findings(made).nth(1)).toContainText(key);
    await expect(findings(made).nth(2)).toContainText("The clocks agree to within half a minute.");
    expect((await sandbox.log()).map((call) => call.operation)).toEqual([operation]);

    await made.getByRole("button", { name: "Forget it" }).click();
    await enter(made, "refused");
    await made.getByRole("button", { name: /^Check/ }).click();
    await expect(verdict(made)).toHaveText("Key refused");
    await expect(findings(made).nth(1)).toContainText("is refused.Certain");
    expect(await sandbox.log()).toHaveLength(2);
  });
}

for (const provider of ["vonage", "kapso", "webex", "rapida"] as const) {
  test(`${provider}: where no key is needed, none is said to be accepted`, async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    await page.goto(`${sandbox.url}/connections`);
    const made = card(page, provider, "Sandbox (HTTP)");
    await check(made);
    await expect(findings(made).nth(1)).toContainText("No key is needed here.Certain");
    await expect(made).not.toContainText("accepted");
  });
}

// A site on another origin than the provider, whose policy allows that.
async function elsewhere(page: Page, { host, siteAllowing }: any, origin: string): Promise<Locator> {
  const connections = [{ id: "there", provider: "kapso", label: "There", base_url: origin + BASES.kapso, credential: "ask" }];
  const site = await host({ folder: siteAllowing(origin), instead: { "/switchboard.json": JSON.stringify({ connections }) } });
  await page.goto(`${site.url}connections`);
  await enter(card(page, "kapso", "There"), KEY);
  return card(page, "kapso", "There");
}

test("an address that the browser blocks is told from one where nothing answers", async ({ page, sandbox, host, siteAllowing, watch }) => {
  watch.allow(FAILED_CALL, /has been blocked by CORS policy/);
  const made = await elsewhere(page, { host, siteAllowing }, sandbox.url);
  await check(made);
  await expect(verdict(made)).toHaveText("Works");
  await sandbox.control({ cors: false });
  await made.getByRole("button", { name: /^Check/ }).click();
  await expect(verdict(made)).toHaveText("Blocked by the browser");
  await expect(findings(made)).toHaveCount(1);
  await expect(findings(made)).toContainText("Very likely: something answers at this address");
});

test("an address where nothing answers", async ({ page, host, siteAllowing, watch }) => {
  watch.allow(FAILED_CALL);
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  const made = await elsewhere(page, { host, siteAllowing }, `http://127.0.0.1:${port}`);
  await check(made);
  await expect(verdict(made)).toHaveText("Not reached");
  await expect(findings(made)).toContainText(`nothing answers at 127.0.0.1:${port}.`);
});

test("a host that does not answer in time", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await page.clock.install();
  await own(page, sandbox.url, "kapso", { key: KEY });
  const made = card(page, "kapso", "Mine");
  await sandbox.control({ faults: [{ operation: "kapso.list-customers", times: 1, answer: "hang" }] });
  await made.getByRole("button", { name: /^Check/ }).click();
  await expect(made.getByRole("button", { name: /^Check/ })).toBeDisabled();
  await expect.poll(async () => (await sandbox.log()).length).toBe(1);
  await page.clock.runFor(31_000);
  await expect(verdict(made)).toHaveText("No answer in time");
});

test("an answer of something else is not taken for the provider's", async ({ page, host, watch }) => {
  watch.allow(FAILED_CALL);
  const connections = [{ id: "there", provider: "vonage", label: "There", base_url: "/relay/vonage", credential: "ask" }];
  // The start page for every address, as static hosts do it.
  const site = await host({ instead: { "/switchboard.json": JSON.stringify({ connections }) } });
  await page.goto(`${site.url}connections`);
  const made = card(page, "vonage", "There");
  await enter(made, KEY);
  await check(made);
  await expect(verdict(made)).toHaveText("Not clear");
  await expect(findings(made).nth(1)).toContainText("something else may stand at this address");
});

test("a clock that is wrong is found", async ({ page, sandbox }) => {
  await page.clock.install({ time: Date.now() - 3 * 60 * 60_000 });
  await own(page, sandbox.url, "kapso", { key: KEY });
  const made = card(page, "kapso", "Mine");
  await check(made);
  await expect(findings(made).nth(2)).toContainText(/This computer's clock is (2|3) hours behind the provider's\.Certain/);
});

test("what was found is remembered for as long as the connection is the same", async ({ page, sandbox }) => {
  await own(page, sandbox.url, "kapso", { key: KEY });
  const made = card(page, "kapso", "Mine");
  await check(made);
  await page.reload();
  await expect(verdict(made)).toHaveText("Works");
  await expect(made).toContainText(/just now|\d+ seconds? ago/);
  await page.getByRole("button", { name: "Edit Mine" }).click();
  await made.getByLabel("Base address").fill("/relay/kapso");
  await page.getByRole("button", { name: "Save the connection" }).click();
  await expect(made).toContainText("/relay/kapso");
  await expect(verdict(made)).toHaveCount(0);
});

test("a check is offered where a call fails in a way that it explains", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await own(page, sandbox.url, "kapso", { key: KEY });
  const form = await Request.on(page).go("kapso.list-customers");
  await sandbox.control({ faults: [{ operation: "kapso.list-customers", times: 1, answer: "drop" }] });
  await form.send();
  await expect(form.outcome).toHaveText("Blocked or unreachable");
  await form.answer.getByRole("button", { name: "Find out what is wrong" }).click();
  await expect(verdict(form.answer)).toHaveText("Works");
});

test("the file for IT names what is to be forwarded, and no key", async ({ page, sandbox }) => {
  await own(page, sandbox.url, "kapso", { key: KEY, label: "Support" });
  await check(card(page, "kapso", "Support"));
  const handed = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save a file for IT" }).click();
  const download = await handed;
  expect(download.suggestedFilename()).toBe("switchboard-for-it.md");
  const text = await readFile(await download.path(), "utf8");
  expect(text).toContain(`at ${sandbox.url}/.`);
  expect(text).toContain("Forward everything below `/relay/kapso/`, to:\n\n- `https://app.kapso.ai/api/v1/`");
  expect(text).toContain(`| Support | Kapso | ${BASES.kapso} | the person enters the key | Works |`);
  expect(text).not.toContain("8273");
});

test.describe("what a relay says by itself", () => {
  const REFUSALS: [string, number, Record<string, string>, string, string, RegExp][] = [
    ["a sign-in that has ended", 401, { "relay-refusal": "sign-in" }, "", "Sign-in ended", /Reload the page, sign in/],
    ["a sign-in of something before it", 401, {}, "<h1>Sign in</h1>", "Sign-in ended", /Reload the page, sign in/],
    ["a key of its own that is refused", 401, {}, '{"error":"Invalid API key"}', "Relay's key refused", /Tell whoever hosts the site/],
    ["a request of another site", 403, { "relay-refusal": "cross-site" }, "", "Refused by the relay", /Tell whoever hosts the site/],
    ["a provider that it does not reach", 502, { "relay-refusal": "unreachable" }, "", "Relay reached nobody", /If it stays, tell whoever hosts the site/],
    ["too many requests of one person", 429, { "relay-refusal": "rate", "retry-after": "20" }, "", "Too many requests", /Wait a moment/],
  ];
  for (const [name, status, headers, body, word, next] of REFUSALS) {
    test(name, async ({ page, host, watch }) => {
      watch.allow(FAILED_CALL);
      const connections = [{ id: "there", provider: "kapso", label: "There", base_url: "/relay/kapso", credential: "relay" }];
      const site = await host({
        instead: {
          "/switchboard.json": JSON.stringify({ connections }),
          "/relay/kapso/customers": (_, response) => void response.writeHead(status, headers).end(body),
        },
      });
      const form = await Request.open(page, site.url, "kapso.list-customers");
      await form.send();
      await expect(form.outcome).toContainText(word);
      await expect(form.answer).toContainText(next);
      await expect(form.answer.locator("input[type=password]")).toHaveCount(0);
    });
  }
});

// The header of a reading that a relay may answer from what it has just given to somebody else.
const ages = (sandbox: Sandbox, operation: string) =>
  sandbox.log().then((log) => log.filter((call) => call.operation === operation).map((call) => call.headers["cache-control"]));

test("what the inbox looks up by itself may be shared by a relay; nothing else may", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL, /example\.com/);
  await page.goto(`${sandbox.url}/inbox`);
  await page.locator(".conversation").filter({ hasText: "Amelia Clarke" }).click();
  const text = page.locator('textarea[name="message.content"]');
  await expect(text).toBeVisible();
  await expect.poll(() => ages(sandbox, "kapso.list-messages")).toContain("max-age=2");
  expect(new Set(await ages(sandbox, "kapso.list-conversations"))).toEqual(new Set(["max-age=2"]));
  await sandbox.control({ faults: [{ operation: "kapso.send-message", times: 1, when: "after", answer: "drop" }] });
  await text.fill("Lost on its way");
  await text.press("Enter");
  // What became of it is read from the provider itself.
  await expect.poll(() => ages(sandbox, "kapso.list-messages"), { timeout: 20_000 }).toContain("no-cache");
  await place(page, "Connections");
  expect(new Set(await ages(sandbox, "kapso.send-message"))).toEqual(new Set(["no-cache"]));
});
