// Every page in its states, in both schemes and at both widths: without a violation that axe knows, and
// never wider than the screen.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "./support/fixtures.ts";
import { PAGES, WIDTHS } from "./support/pages.ts";
import type { Page } from "@playwright/test";

// Nothing else looks at colours, and nothing else differs between the schemes.
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

// A long table is the same from row to row, and takes seconds each time.
const ALIKE = "tbody tr:nth-child(n + 5)";

// What reaches beyond the right edge.
const beyond = (page: Page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return null;
    const element = [...document.querySelectorAll("main *")].find((one) => one.getBoundingClientRect().right > width);
    return element?.outerHTML.slice(0, 120) ?? "something";
  });

for (const { name, open } of PAGES) {
  test(name, async ({ page, sandbox, watch }) => {
    watch.allow(/^Failed to load resource: .* (401|404|409|422|500)/);
    await open(page, sandbox);
    // No colour is looked at while it is on its way to another.
    await page.emulateMedia({ reducedMotion: "reduce" });
    const found: string[] = [];
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 844 });
      const wide = await beyond(page);
      if (wide) found.push(`${width}: wider than the screen: ${wide}`);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        const axe = new AxeBuilder({ page }).exclude(ALIKE).setLegacyMode();
        const { violations } = await (colorScheme === "light" ? axe : axe.withRules(OF_COLOURS)).analyze();
        for (const { id, help, nodes } of violations) {
          const where = nodes.map((node) => `\n    ${node.html.slice(0, 160)}`).slice(0, 4);
          found.push(`${width}, ${colorScheme}: ${id}: ${help}${where.join("")}`);
        }
      }
    }
    expect(found).toEqual([]);
  });
}
