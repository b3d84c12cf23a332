// `docs/openapi.json`, the catalogue for other tools: a valid OpenAPI 3.1 file, whose schemas take what the
// providers document and refuse what they do not take.
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DOCUMENTED } from "./support/documented.ts";
import { expect, test } from "./support/fixtures.ts";

const document = JSON.parse(readFileSync(join(import.meta.dirname, "../../docs/openapi.json"), "utf8"));
const METHODS = ["get", "post", "patch", "delete"];

const operations: any[] = Object.entries<any>(document.paths).flatMap(([path, item]) =>
  METHODS.filter((method) => item[method]).map((method) => ({ path, servers: item.servers, ...item[method] })),
);
const operation = (id: string) => operations.find((one) => one["x-requests"].includes(id));

// What the file says beside JSON Schema, and formats that need no more than their keyword `pattern` here.
const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
ajv.addVocabulary(["x-evidence", "x-limits", "x-required", "x-when", "x-labels", "x-kind"]);
for (const format of ["iri", "idn-email", "password"]) ajv.addFormat(format, true);
const bodies = new Map<string, ValidateFunction>();
function body(id: string): ValidateFunction {
  if (!bodies.has(id)) bodies.set(id, ajv.compile(operation(id).requestBody.content["application/json"].schema));
  return bodies.get(id)!;
}

const IDS = { ready: "ready", waiting: "waiting", pack: "pack", whatsappPack: "pack", customer: "customer", conversation: "conversation" };

test("it is a valid OpenAPI 3.1 file", async () => {
  const { valid, errors } = await new Validator().validate(document);
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
  expect(document.openapi).toBe("3.1.0");
});

test("every operation has its servers, its security and its parameters", () => {
  expect(operations.length).toBeGreaterThan(40);
  const ids = operations.map((one) => one.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  const securities = Object.keys(document.components.securitySchemes);
  for (const { path, operationId, servers, security, parameters = [], responses } of operations) {
    expect(servers.length, operationId).toBeGreaterThan(0);
    const named = security.flatMap((one: object) => Object.keys(one));
    expect(named.length, operationId).toBeGreaterThan(0);
    for (const name of named) expect(securities, operationId).toContain(name);
    const inPath = parameters.filter((one: any) => one.in === "path").map((one: any) => one.name);
    expect(inPath.sort(), operationId).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort());
    for (const response of Object.values<any>(responses)) {
      if (response.$ref) expect(document.components.responses, operationId).toHaveProperty([response.$ref.split("/").pop()]);
    }
  }
});

test("every example keeps the schema that it stands in", () => {
  let tried = 0;
  const walk = (value: any, where: string) => {
    if (value === null || typeof value !== "object") return;
    if (!Array.isArray(value) && Array.isArray(value.examples)) {
      for (const example of value.examples) {
        tried++;
        const valid = ajv.compile(value);
        expect(valid(example), `${where}: ${JSON.stringify(example)}: ${ajv.errorsText(valid.errors)}`).toBe(true);
      }
    }
    Object.entries(value).forEach(([name, member]) => walk(member, `${where}/${name}`));
  };
  walk(document.paths, "");
  expect(tried).toBeGreaterThan(50);
});

for (const { id, kind, sent } of DOCUMENTED) {
  const request = sent(IDS);
  if (request.body === undefined) continue;
  test(`${id}${kind ? `, ${kind}` : ""}: the documented body is valid`, () => {
    const valid = body(id);
    expect(valid(request.body), ajv.errorsText(valid.errors)).toBe(true);
  });
}

// A request, what is changed of it, and what is said of that.
const REFUSED: [string, (body: any) => unknown, RegExp][] = [
  ["webex.send-text", (body) => (body.channels["OTT-Messaging"].wa.text.body = "x".repeat(4097)), /must NOT have more than 4096 characters/],
  ["webex.send-text", (body) => (body.destination = []), /must NOT have fewer than 1 items/],
  ["webex.send-text", (body) => delete body.appid, /must have required property 'appid'/],
  ["rapida.create-whatsapp-deployment", (body) => (body.idealTimeout = 12), /must be >= 15/],
  ["rapida.create-whatsapp-deployment", (body) => (body.idealTimeout = "30"), /must be integer/],
  ["vonage.verify", (body) => (body.code = "12345"), /must match pattern/],
  ["vonage.create-deployment", (body) => (body.method = "email"), /must be equal to one of the allowed values/],
  ["kapso.send-message", (body) => (body.message = { message_type: "location" }), /must have required property 'latitude'/],
  ["kapso.send-message", (body) => (body.message = {}), /must have required property 'content'/],
  ["kapso.send-message", (body) => (body.message = { message_type: "fax" }), /must be equal to one of the allowed values/],
];

for (const [id, change, says] of REFUSED) {
  test(`${id}: ${says.source} is said of what is not documented`, () => {
    const changed = structuredClone(DOCUMENTED.find((one) => one.id === id)!.sent(IDS).body);
    change(changed);
    const valid = body(id);
    expect(valid(changed)).toBe(false);
    expect(ajv.errorsText(valid.errors)).toMatch(says);
  });
}

test("lengths are counted in code points, and an advice refuses nothing", () => {
  const text = (content: string) => {
    const sent: any = structuredClone(DOCUMENTED.find(({ id }) => id === "webex.send-text")!.sent(IDS).body);
    sent.channels["OTT-Messaging"].wa.text.body = content;
    return body("webex.send-text")(sent);
  };
  expect(text("😀".repeat(4096))).toBe(true);
  expect(text("😀".repeat(4097))).toBe(false);
  expect(text(" ")).toBe(true);
});
