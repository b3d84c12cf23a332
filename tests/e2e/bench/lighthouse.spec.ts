// Lighthouse's scores of every place, as on a desk. The median of three.
import { expect, test } from "../support/fixtures.ts";
import { median, report } from "../support/figures.ts";
import { judge, type Judged, LEAST, PLACES, type Category } from "../support/lighthouse.ts";

const TIMES = 3;
const CATEGORIES: Category[] = ["performance", "accessibility", "best-practices"];

test("Lighthouse", async ({ sandbox, launchOptions }) => {
  test.setTimeout(900_000);
  const missed: string[] = [];
  for (const place of PLACES) {
    const runs: Judged[] = [];
    for (let time = 0; time < TIMES; time++) runs.push(await judge(launchOptions, sandbox.url + place, CATEGORIES));
    const scores = CATEGORIES.map((category) => median(runs.map((run) => run.scores[category]!)));
    const painted = runs.map((run) => run.audits["largest-contentful-paint"].displayValue).join(", ");
    report(`Lighthouse of ${place}`, scores.join(", "), `medians of ${TIMES}, at least ${LEAST}; largest paint ${painted}`);
    CATEGORIES.forEach((category, at) => scores[at] < LEAST && missed.push(`${place}: ${category} ${scores[at]}`));
  }
  expect(missed).toEqual([]);
});
