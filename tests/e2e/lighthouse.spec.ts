// Lighthouse on what does not depend on the machine; every place, and how fast it is, is measured in `bench/`.
import { expect, test } from "./support/fixtures.ts";
import { DIFFERENT, judge, LEAST } from "./support/lighthouse.ts";

for (const place of DIFFERENT) {
  test(`Lighthouse finds ${place} accessible and well made`, async ({ sandbox, launchOptions }) => {
    const { scores, found } = await judge(launchOptions, sandbox.url + place, ["accessibility", "best-practices"]);
    expect(scores.accessibility, found.join(", ")).toBeGreaterThanOrEqual(LEAST);
    expect(scores["best-practices"], found.join(", ")).toBeGreaterThanOrEqual(LEAST);
  });
}
