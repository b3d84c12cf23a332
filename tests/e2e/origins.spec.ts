// Site and provider on different origins: the browser asks for permission first, the answer is read,
// and the credential goes to that origin alone.
import type { Request as Asked } from "@playwright/test";
import { DOCUMENTED } from "./support/documented.ts";
import { enter, card, place } from "./support/connections.ts";
import { expect, FAILED_CALL, test as base, type StaticHost } from "./support/fixtures.ts";
import { last, Request } from "./support/form.ts";
import { Passing } from "./support/passing.ts";
import { BASES, ids, type Provider } from "./support/world.ts";

const KEY = "a-live-key-of-ours-4711";

const SCHEMES: Record<Provider, { header: string; prefix: string }> = {
  vonage: { header: "authorization", prefix: "Bearer " },
  kapso: { header: "x-api-key", prefix: "" },
  webex: { header: "key", prefix: "" },
  rapida: { header: "x-api-key", prefix: "" },
};

interface Fixtures {
  passing: Passing;
  // A site whose `switchboard.json` leads to the other origin, and whose policy allows it.
  site: StaticHost;
}

const test = base.extend<Fixtures>({
  passing: async ({ sandbox }, use) => {
    const passing = await Passing.start(sandbox.url);
    await use(passing);
    await passing.stop();
  },
  site: async ({ passing, host, siteAllowing }, use) => {
    const connections = Object.entries(BASES).map(([provider, path]) => ({
      id: provider,
      provider,
      label: "Elsewhere",
      base_url: passing.url + path,
      credential: "ask",
    }));
    const instead = { "/switchboard.json": JSON.stringify({ connections }) };
    await use(await host({ folder: siteAllowing(passing.url), instead }));
  },
});

const named = ({ id, kind }: { id: string; kind?: string }) => (kind ? `${id}, ${kind}` : id);

for (const documented of DOCUMENTED) {
  const { id, fill, sent, status } = documented;
  const provider = id.split(".")[0] as Provider;
  const { header, prefix } = SCHEMES[provider];

  test(named(documented), async ({ page, sandbox, passing, site }) => {
    const requests: Asked[] = [];
    page.on("request", (request) => requests.push(request));
    const known = await ids(sandbox);
    await page.goto(`${site.url}connections`);
    await enter(card(page, provider, "Elsewhere"), KEY);
    const form = await Request.on(page).go(id);
    await expect(form.button).toContainText(`at ${new URL(passing.url).host}`);
    await fill(form, known);
    await form.send();
    await form.succeeded(status);

    const expected = sent(known);
    const { operation, method, path, query, body } = await last(sandbox);
    expect({ operation, method, path, query, body }).toEqual({
      operation: id,
      method: expected.method,
      path: expected.path,
      query: expected.query ?? "",
      body: expected.body ?? null,
    });
    const [preflight] = passing.of("OPTIONS");
    expect(preflight.headers["access-control-request-method"]).toBe(expected.method);
    expect(preflight.headers["access-control-request-headers"]).toContain(header);
    expect(JSON.stringify(preflight)).not.toContain(KEY);
    const [call] = passing.of(expected.method);
    expect(call.headers[header]).toBe(prefix + KEY);
    expect(call.headers.cookie).toBeUndefined();
    expect(call.headers.referer).toBeUndefined();
    for (const request of requests.filter((one) => new URL(one.url()).origin !== passing.url)) {
      expect(Object.values(request.headers()).join("\n"), request.url()).not.toContain(KEY);
      expect(request.url()).not.toContain(KEY);
    }
  });
}
