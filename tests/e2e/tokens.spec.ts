// Tokens that are made here, judged by a library of others and keys of others; and tokens that are pasted.
import { createHmac, randomBytes } from "node:crypto";
import { decodeJwt, jwtVerify, SignJWT, UnsecuredJWT } from "jose";
import { card, own } from "./support/connections.ts";
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { Request } from "./support/form.ts";
import { locked, pair, publicKey, type Pair } from "./support/openssl.ts";
import { sweep } from "./support/storage.ts";
import type { Locator, Page } from "@playwright/test";

const APPLICATION = "78d335fa-323d-0114-9c3d-d6f0d48968cf";

let keys: Pair;
test.beforeAll(async () => {
  keys = await pair();
});

const vonage = (page: Page): Locator => card(page, "vonage", "Mine");
const file = (text: string | Buffer, name = "private.key") => ({ name, mimeType: "", buffer: Buffer.from(text) });

// The tokens of every call that leaves, in their order.
function tokens(page: Page, header = "authorization", scheme = /^Bearer /): string[] {
  const seen: string[] = [];
  page.on("request", (request) => {
    const value = request.headers()[header];
    if (value !== undefined) seen.push(value.replace(scheme, ""));
  });
  return seen;
}

async function make(page: Page, sandbox: Sandbox, key = keys.pkcs8, lifetime?: string): Promise<void> {
  await own(page, sandbox.url, "vonage");
  await vonage(page).getByLabel("Application ID").fill(APPLICATION);
  await vonage(page).locator("input[type=file]").setInputFiles(file(key));
  if (lifetime) await vonage(page).getByLabel("Each token lasts").selectOption({ label: lifetime });
  await vonage(page).getByRole("button", { name: "Use this key" }).click();
  await expect(vonage(page)).toContainText(`Tokens are made here for the Application ID ${APPLICATION}, kept in this tab only.`);
}

async function send(page: Page): Promise<Request> {
  const form = Request.on(page);
  if (!(await form.button.isVisible())) await form.go("vonage.list-deployments");
  const answered = page.waitForResponse((response) => response.url().includes("/deployments"));
  await form.send();
  await answered;
  return form;
}

for (const form of ["pkcs8", "pkcs1"] as const) {
  test(`tokens for Vonage are signed with the key of the file, ${form}`, async ({ page, sandbox }) => {
    const seen = tokens(page);
    await make(page, sandbox, keys[form]);
    await (await send(page)).succeeded(200);
    const { payload, protectedHeader } = await jwtVerify(seen.at(-1)!, keys.proof, { algorithms: ["RS256"] });
    expect(protectedHeader).toEqual({ alg: "RS256", typ: "JWT" });
    expect(Object.keys(payload).sort()).toEqual(["application_id", "exp", "iat", "jti"]);
    expect(payload.application_id).toBe(APPLICATION);
    expect(payload.exp! - payload.iat!).toBe(900);
    expect(Math.abs(payload.iat! - Date.now() / 1000)).toBeLessThan(60);
    expect(payload.jti).toMatch(/^[0-9a-f-]{36}$/);
    const everything = (await sweep(page)) + (await page.content());
    for (const secret of [seen.at(-1)!, keys.pkcs8.split("\n")[2], keys.pkcs1.split("\n")[2]]) expect(everything).not.toContain(secret);
  });
}

test("a token lasts as long as chosen, is used again, and is made anew before it ends", async ({ page, sandbox }) => {
  await page.clock.install();
  // The provider's clock goes with this computer's; otherwise tokens would go by the provider's.
  await page.route("**/deployments*", async (route) => {
    const response = await route.fetch();
    const date = new Date(await page.evaluate(() => Date.now())).toUTCString();
    await route.fulfill({ response, headers: { ...response.headers(), date } });
  });
  const seen = tokens(page);
  await make(page, sandbox, keys.pkcs8, "5 minutes");
  await (await send(page)).succeeded(200);
  const first = decodeJwt(seen.at(-1)!);
  expect(first.exp! - first.iat!).toBe(300);
  await page.clock.fastForward(230_000);
  await (await send(page)).succeeded(200);
  expect(decodeJwt(seen.at(-1)!).jti).toBe(first.jti);
  await page.clock.fastForward(15_000);
  await (await send(page)).succeeded(200);
  const second = decodeJwt(seen.at(-1)!);
  expect(second.jti).not.toBe(first.jti);
  expect(second.iat! - first.iat!).toBeGreaterThanOrEqual(245);
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Connections" }).click();
  await expect(vonage(page)).toContainText(/The present one is good for another (4|5) min, until .*; the next is made before that\./);
});

test("a token refused because of this computer's clock is made again by the provider's", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await page.clock.install({ time: Date.now() + 2 * 60 * 60_000 });
  const seen = tokens(page);
  await make(page, sandbox);
  await sandbox.control({ faults: [{ operation: "vonage.list-deployments", times: 1, when: "before", answer: { status: 401, body: "{}" } }] });
  await (await send(page)).succeeded(200);
  const [early, right] = seen.map((token) => decodeJwt(token).iat! - Date.now() / 1000);
  expect(Math.abs(early - 7_200)).toBeLessThan(60);
  expect(Math.abs(right)).toBeLessThan(60);
  expect(seen).toHaveLength(2);
  // Refused for another reason, it is not tried again.
  await sandbox.control({ faults: [{ operation: "vonage.list-deployments", times: 5, when: "before", answer: { status: 401, body: "{}" } }] });
  const form = await send(page);
  await expect(form.outcome).toContainText("Key refused");
  expect(seen).toHaveLength(3);
});

test("tokens for Webex Connect are signed with the secret as it is in base64", async ({ page, sandbox }) => {
  const seen = tokens(page, "authorization", /^bearer /);
  const secret = randomBytes(32);
  await own(page, sandbox.url, "webex");
  await page.getByRole("button", { name: "Edit Mine" }).click();
  const made = card(page, "webex", "Mine");
  await made.getByLabel("Authentication").selectOption({ index: 1 });
  await made.getByRole("button", { name: "Save the connection" }).click();
  await made.getByLabel("Service ID").fill("srv-1");
  await made.getByLabel("Service secret").fill("not base64!");
  await made.getByRole("button", { name: "Use this key" }).click();
  await expect(made.getByLabel("Service secret")).toHaveAccessibleDescription(/This is not in base64\./);
  await made.getByLabel("Service secret").fill(secret.toString("base64"));
  await made.getByRole("button", { name: "Use this key" }).click();
  await expect(made).toContainText("Tokens are made here for the Service ID srv-1");
  const form = await Request.on(page).go("webex.send-text");
  await form.fill({ "App ID": "a_000000000000000000", Message: "Hello" });
  await form.add("destination");
  await form.add("destination.0.waid");
  await form.row("Recipient 1").fill({ "Phone number or WhatsApp ID 1": "447700900000" });
  await form.send();
  await form.succeeded(200);
  const { payload, protectedHeader } = await jwtVerify(seen.at(-1)!, secret, { algorithms: ["HS256"] });
  expect(protectedHeader).toEqual({ alg: "HS256", typ: "JWT" });
  expect(Object.keys(payload).sort()).toEqual(["iat", "iss"]);
  expect(payload.iss).toBe("srv-1");
  expect(await sweep(page)).not.toContain(secret.toString("base64").slice(0, 20));
});

test("a file that is no key is refused with the reason, and nothing is lost", async ({ page, sandbox }) => {
  await own(page, sandbox.url, "vonage");
  const made = vonage(page);
  const choose = made.locator("input[type=file]");
  await made.getByRole("button", { name: "Use this key" }).click();
  await expect(made.getByLabel("Application ID")).toHaveAccessibleDescription(/Fill in the Application ID\./);
  await expect(choose).toHaveAccessibleDescription(/The private key file is missing\./);
  await made.getByLabel("Application ID").fill(APPLICATION);
  for (const [content, why] of [
    ["", "There is nothing in it."],
    ["hello", "This is no private key"],
    [publicKey(keys.pkcs8), "This is the public key."],
    [locked(keys.pkcs8), "This key is locked with a passphrase of its own."],
    [keys.pkcs8.slice(0, 900), "This key is damaged or not complete."],
    [keys.pkcs8.replace(/M/g, "N"), "This key is damaged or not complete."],
    ["x".repeat(70_000), "This is too large for a key."],
  ]) {
    await choose.setInputFiles(file(content));
    await expect(choose).toHaveAccessibleDescription(new RegExp(why));
    await expect(choose).toHaveAttribute("aria-invalid", "true");
    await expect(made.getByLabel("Application ID")).toHaveValue(APPLICATION);
  }
  await choose.setInputFiles(file(keys.pkcs1, "ours.pem"));
  await expect(made).toContainText("The key was read from ours.pem.");
  await made.getByRole("button", { name: "Use this key" }).click();
  await expect(made).toContainText("Tokens are made here");
});

test.describe("a pasted token", () => {
  const seconds = () => Math.floor(Date.now() / 1000);
  // Nobody here judges the signature.
  const token = (claims: object, alg = "RS256") => {
    const part = (of: object) => Buffer.from(JSON.stringify(of)).toString("base64url");
    const head = `${part({ alg, typ: "JWT" })}.${part({ application_id: APPLICATION, ...claims })}`;
    return `${head}.${createHmac("sha256", "any").update(head).digest("base64url")}`;
  };

  async function paste(page: Page, sandbox: Sandbox): Promise<Locator> {
    await own(page, sandbox.url, "vonage");
    await vonage(page).getByLabel("Paste a token").check();
    return vonage(page).locator("input[type=password]");
  }

  test("that is over or has not begun is refused with the reason", async ({ page, sandbox }) => {
    const input = await paste(page, sandbox);
    const use = vonage(page).getByRole("button", { name: "Use this key" });
    for (const [claims, why] of [
      [{ iat: seconds() - 10_800, exp: seconds() - 7_200 }, /This token ended 2 hours ago\. Make a new one\./],
      [{ iat: seconds() - 1_000 }, /This token ended 1 minute ago/],
      [{ iat: seconds(), nbf: seconds() + 3_630, exp: seconds() + 7_200 }, /This token begins only in 1 hour/],
    ] as const) {
      await input.fill(token(claims));
      await use.click();
      await expect(input).toHaveAccessibleDescription(why);
      await expect(input).toHaveValue(token(claims));
    }
  });

  test("says until when it is good, and is not sent any more after that", async ({ page, sandbox }) => {
    await page.clock.install();
    const input = await paste(page, sandbox);
    await input.fill(token({ iat: seconds(), exp: seconds() + 600 }));
    await vonage(page).getByRole("button", { name: "Use this key" }).click();
    await expect(vonage(page)).toContainText(/It is good for another (9|10) min, until /);
    await (await send(page)).succeeded(200);
    const before = (await sandbox.log()).length;
    await page.clock.fastForward(601_000);
    const form = Request.on(page);
    await form.send();
    await expect(form.outcome).toHaveText("Token ended");
    await expect(page.getByText("The token of this connection has ended.").first()).toBeVisible();
    expect(await sandbox.log()).toHaveLength(before);
  });

  test("that a provider will hardly take is doubted, not refused", async ({ page, sandbox }) => {
    const input = await paste(page, sandbox);
    for (const [text, why] of [
      ["some-other-text", /does not read as a JSON Web Token/],
      [await new SignJWT({ application_id: APPLICATION }).setProtectedHeader({ alg: "HS256" }).setExpirationTime("1h").sign(randomBytes(32)), /signed with HS256; RS256 is documented/],
      [new UnsecuredJWT({}).encode(), /does not read as a JSON Web Token/],
      [token({ application_id: undefined, exp: seconds() + 60 }), /does not name its Application ID/],
    ] as const) {
      await input.fill(text);
      await expect(input).toHaveAccessibleDescription(why);
      await expect(input).not.toHaveAttribute("aria-invalid", "true");
    }
    await vonage(page).getByRole("button", { name: "Use this key" }).click();
    await expect(vonage(page)).toContainText("ends in");
  });
});
