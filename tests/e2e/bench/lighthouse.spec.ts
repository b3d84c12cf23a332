// Lighthouse's score for how fast a place is, as on a desk. The median of three.
import { expect, test } from "../support/fixtures.ts";
import { median, report } from "../support/figures.ts";
import { judge, LEAST, PLACES } from "../support/lighthouse.ts";

const TIMES = 3;

test("Lighthouse", async ({ sandbox, launchOptions }) => {
  test.setTimeout(900_000);
  const missed: string[] = [];
  for (const place of PLACES) {
    const scores: number[] = [];
    let painted = "";
    for (let time = 0; time < TIMES; time++) {
      const { scores: of, audits } = await judge(launchOptions, sandbox.url + place, ["performance"]);
      scores.push(of.performance!);
      painted = audits["largest-contentful-paint"].displayValue ?? "";
    }
    const score = median(scores);
    report(`Lighthouse, performance of ${place}`, `${score}`, `median of ${TIMES}, at least ${LEAST}; largest paint ${painted}`);
    if (score < LEAST) missed.push(`${place}: ${score}`);
  }
  expect(missed).toEqual([]);
});
