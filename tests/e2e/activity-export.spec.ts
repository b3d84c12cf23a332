// What is shown as files: an archive that other tools read, by its schema, and a table; neither holds a
// key or a secret.
import { readFile } from "node:fs/promises";
import formats from "ajv-formats";
import { Ajv } from "ajv";
import { createRequire } from "node:module";
import { expect, test } from "./support/fixtures.ts";
import { own, place } from "./support/connections.ts";
import { done, doubtful, failed, openWith, refused, rows, tick, type Call } from "./support/history.ts";
import { Request } from "./support/form.ts";
import { ids } from "./support/world.ts";
import type { Page } from "@playwright/test";

// Neither is a module of the kind that can be imported by name.
const load = createRequire(import.meta.url);
const schemas: Record<string, object> = load("har-schema");
const draft06: object = load("ajv/dist/refs/json-schema-draft-06.json");

const NOW = Date.parse("2026-11-20T23:30:00Z");

test.use({ timezoneId: "Europe/Berlin" });

async function save(page: Page, format: "HAR" | "CSV"): Promise<{ name: string; text: string }> {
  const handed = page.waitForEvent("download");
  await page.getByRole("button", { name: `Export as ${format}` }).click();
  const download = await handed;
  const name = download.suggestedFilename();
  await expect(page.getByText(`saved as ${name}.`)).toBeVisible();
  return { name, text: await readFile(await download.path(), "utf8") };
}

// By the standard's schema as the package of that name has it.
function faults(archive: unknown): unknown {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addMetaSchema(draft06);
  const { har, ...parts } = schemas;
  ajv.addSchema(Object.values(parts));
  const check = ajv.compile(har);
  return check(archive) ? [] : check.errors;
}

test("an archive by the standard, with what is shown and nothing else, the oldest first", async ({ page, sandbox }) => {
  await page.clock.setFixedTime(NOW);
  const calls: Call[] = [
    { operation: "kapso.list-customers", at: NOW - 1_000, outcome: done(40, '{"data": []}'), times: 3 },
    { operation: "kapso.create-customer", at: NOW - 2_000, outcome: refused(70), body: { customer: { name: "Ana" } } },
    { operation: "kapso.create-customer", at: NOW - 3_000, outcome: doubtful, body: { customer: { name: "Ben" } } },
    { operation: "vonage.get-profile", at: NOW - 4_000, outcome: failed },
    { operation: "vonage.verify", at: NOW - 5_000, outcome: "Open" },
  ];
  await openWith(page, sandbox.url, calls);
  const { name, text } = await save(page, "HAR");
  // The day where the reader is.
  expect(name).toBe("switchboard-activity-2026-11-21.har");
  const archive = JSON.parse(text);
  expect(faults(archive)).toEqual([]);
  expect(faults({ log: { ...archive.log, entries: [{}] } }), "the schema is at work").not.toEqual([]);
  const { log } = archive;
  expect([log.version, log.creator.name]).toEqual(["1.2", "Switchboard"]);
  expect(log.entries.map((entry: any) => [entry._operation, entry.response.status, entry.time, entry._outcome])).toEqual([
    ["vonage.verify", 0, 0, "unanswered"],
    ["vonage.get-profile", 0, 0, "failed"],
    ["kapso.create-customer", 0, 0, "maybe"],
    ["kapso.create-customer", 422, 70, "refused"],
    ["kapso.list-customers", 200, 40, "succeeded"],
  ]);
  const last = log.entries[4];
  expect(last.startedDateTime).toBe(new Date(NOW - 1_000).toISOString());
  expect([last._times, last.response.content.text, last.timings]).toEqual([3, '{"data": []}', { send: 0, wait: 40, receive: 0 }]);
  expect(JSON.parse(log.entries[3].request.postData.text)).toEqual({ customer: { name: "Ana" } });
  // What is filtered is what is saved.
  await tick(page, "Refused").check();
  await expect(rows(page)).toHaveCount(1);
  const one = JSON.parse((await save(page, "HAR")).text);
  expect(one.log.entries).toHaveLength(1);
  await expect(page.getByText("1 entry was saved as")).toBeVisible();
});

test("real calls keep their keys and secrets to themselves in both files", async ({ page, sandbox, secrets: _ }) => {
  const { customer } = await ids(sandbox);
  await own(page, sandbox.url, "kapso", { key: "kapso-key-918273-abcd" });
  const form = await Request.on(page).go("kapso.create-whatsapp-config");
  await form.fill({
    "Customer ID": customer,
    Name: "=HYPERLINK(1)",
    "Phone number ID": "1234567890",
    "Business account ID": "98765432109",
    "Access token": "EAAG-918273-token",
  });
  await form.send();
  await form.succeeded(201);
  await place(page, "Activity");
  const archive = await save(page, "HAR");
  const table = await save(page, "CSV");
  for (const { text } of [archive, table]) {
    expect(text).not.toContain("918273");
    expect(text.toLowerCase()).not.toMatch(/x-api-key|authorization|bearer/);
    expect(text).toContain("••••••");
  }
  const json = JSON.parse(archive.text);
  expect(faults(json)).toEqual([]);
  const [{ request }] = json.log.entries;
  expect(request.url).toBe(`${sandbox.url}/sandbox/kapso/api/v1/customers/${customer}/whatsapp_configs`);
  expect(request.headers).toEqual([{ name: "Content-Type", value: "application/json" }]);
  expect(JSON.parse(request.postData.text).whatsapp_config.access_token).toBe("••••••");
});

test("a table for spreadsheets names its units and computes nothing", async ({ page, sandbox }) => {
  await page.clock.setFixedTime(NOW);
  await openWith(page, sandbox.url, [
    { operation: "kapso.create-customer", at: NOW - 2_000, outcome: done(1_250, '=1+1\n"quoted", and; more'), body: { name: "Ana" } },
  ]);
  const { name, text } = await save(page, "CSV");
  expect(name).toBe("switchboard-activity-2026-11-21.csv");
  expect(text.startsWith("\uFEFFStarted (UTC),Provider,Connection,Request,")).toBe(true);
  expect(text).toContain("Answer took (ms)");
  const row = text.slice(text.indexOf("\r\n") + 2);
  expect(row).toContain("2026-11-20T23:29:58.000Z,Kapso,Mine,Create a customer,kapso.create-customer,POST,https://example.com/");
  expect(row).toContain(",Succeeded,,200,1250,1,0,0,");
  // The answer is one cell, and no formula.
  expect(row.endsWith(`"'=1+1\n""quoted"", and; more"\r\n`)).toBe(true);
});

test("the sandbox in the page has an address that nobody owns", async ({ page, host }) => {
  const site = await host();
  const form = await Request.open(page, site.url, "kapso.list-customers");
  await form.send();
  await form.succeeded(200);
  await place(page, "Activity");
  const archive = JSON.parse((await save(page, "HAR")).text);
  expect(faults(archive)).toEqual([]);
  expect(archive.log.entries[0].request.url).toMatch(/^https:\/\/sandbox\.invalid\/api\/v1\/customers/);
});

test("thousands of calls are saved at once", async ({ page, sandbox }) => {
  const calls = Array.from({ length: 4_000 }, (_, n): Call => ({
    operation: n % 2 ? "kapso.create-customer" : "kapso.list-customers",
    at: NOW - n * 61_000,
    outcome: done(n, `{"n": ${n}}`),
  }));
  await openWith(page, sandbox.url, calls);
  const archive = JSON.parse((await save(page, "HAR")).text);
  expect(archive.log.entries).toHaveLength(4_000);
  expect((await save(page, "CSV")).text.trimEnd().split("\r\n")).toHaveLength(4_001);
});
