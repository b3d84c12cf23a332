// The sandbox over HTTP, as a page sees it: a real network, with its failures.
import { expect, FAILED_CALL, test } from "./support/fixtures.ts";
import type { Page } from "@playwright/test";

const OPERATION = "rapida.create-whatsapp-deployment";
const PATH = "/sandbox/rapida/v1/assistant-deployment/create-whatsapp-deployment";

const call = (page: Page, url: string) =>
  page.evaluate(async (address) => {
    const options = { method: "POST", headers: { "x-api-key": "key" }, body: "{}" };
    const giveUp = AbortSignal.timeout(500);
    return fetch(address, { ...options, signal: giveUp }).then(
      (answer) => `answered, dated: ${answer.headers.has("date")}`,
      (error) => error.name,
    );
  }, url);

test("a dropped call fails, and the browser does not repeat it by itself", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await page.goto(sandbox.url);
  await sandbox.control({ faults: [{ operation: OPERATION, times: 5, when: "before", answer: "drop" }] });
  for (let time = 1; time <= 5; time++) {
    expect(await call(page, sandbox.url + PATH)).toBe("TypeError");
    expect((await sandbox.log()).length).toBe(time);
  }
  expect(await call(page, sandbox.url + PATH)).toMatch(/^answered/);
});

test("a call may hang", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await page.goto(sandbox.url);
  await sandbox.control({ faults: [{ operation: OPERATION, times: 1, when: "before", answer: "hang" }] });
  expect(await call(page, sandbox.url + PATH)).toBe("TimeoutError");
});

test("another origin reads an answer, its date included, unless told otherwise", async ({
  page,
  sandbox,
  host,
  siteAllowing,
  watch,
}) => {
  watch.allow(FAILED_CALL, /has been blocked by CORS policy/);
  const site = await host({ folder: siteAllowing(sandbox.url) });
  await page.goto(site.url);
  expect(await call(page, sandbox.url + PATH)).toBe("answered, dated: true");
  await sandbox.control({ cors: false });
  expect(await call(page, sandbox.url + PATH)).toBe("TypeError");
});
