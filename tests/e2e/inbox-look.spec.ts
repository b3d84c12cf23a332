// How the inbox looks where it matters to fingers, to eyes that need the system's own colours, and where a
// part stands beside another.
import { expect, FAILED_CALL, test } from "./support/fixtures.ts";
import { own, place } from "./support/connections.ts";
import { list, LIST, messages, named, thread } from "./support/conversations.ts";
import { arrived, leaving, open } from "./support/writing.ts";
import type { Locator, Page } from "@playwright/test";

const NAME = "Amelia Clarke";

test.beforeEach(({ watch }) => watch.allow(/example\.com/));

const actions = (page: Page): Locator => messages(page).last().getByRole("button", { name: /^(Quote|React|Details)$/ });

// The least height and width of what is pressed.
async function least(all: Locator): Promise<{ width: number; height: number }> {
  const boxes = await all.evaluateAll((found) => found.map((one) => one.getBoundingClientRect()).map(({ width, height }) => ({ width, height })));
  expect(boxes.length).toBeGreaterThan(0);
  return { width: Math.min(...boxes.map((box) => box.width)), height: Math.min(...boxes.map((box) => box.height)) };
}

test("what can be done with a message is large enough for a mouse", async ({ page, sandbox }) => {
  await open(page, sandbox, NAME);
  await messages(page).last().hover();
  await expect(actions(page).first()).toHaveCSS("opacity", "1");
  const { width, height } = await least(actions(page));
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(32);
  const kind = await least(page.getByLabel("What to send"));
  expect(Math.min(kind.width, kind.height)).toBeGreaterThanOrEqual(32);
});

test.describe("touch", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("what can be done with a message is seen without a mouse, and large enough for a finger", async ({ page, sandbox }) => {
    await open(page, sandbox, NAME);
    for (const one of await actions(page).all()) await expect(one).toHaveCSS("opacity", "1");
    const { width, height } = await least(actions(page));
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    const kind = await least(page.getByLabel("What to send"));
    expect(Math.min(kind.width, kind.height)).toBeGreaterThanOrEqual(44);
    await actions(page).filter({ hasText: "Details" }).tap();
    await expect(messages(page).last().locator(".message-ids")).toBeVisible();
  });
});

test.describe("the system's own colours", () => {
  test.use({ forcedColors: "active" });

  test("tell which conversation is open, and where something is new", async ({ page, sandbox }) => {
    await open(page, sandbox, NAME);
    await expect(named(page, NAME)).toHaveAttribute("aria-current", "true");
    await expect(named(page, NAME)).toHaveCSS("border-inline-start-width", "6px");
    const other = page.locator(".conversation:not([aria-current])").first();
    await expect(other).toHaveCSS("border-inline-start-width", "0px");
    const moved = page.locator(".moved").first();
    await expect(moved).toBeVisible();
    await expect(moved).toHaveCSS("border-top-width", "5px");
    const colours = await moved.evaluate((dot) => [getComputedStyle(dot).borderTopColor, getComputedStyle(dot.closest(".conversation")!).backgroundColor]);
    expect(colours[0]).not.toBe(colours[1]);
  });
});

test("after a reaction the last bubble stands as far from where one writes as before", async ({ page, sandbox }) => {
  const composer = await open(page, sandbox, NAME);
  const gap = () =>
    thread(page).evaluate((log) => {
      const bubble = [...log.querySelectorAll(".bubble")].at(-1)!;
      return Math.round(log.getBoundingClientRect().bottom - bubble.getBoundingClientRect().bottom);
    });
  const before = await gap();
  expect(before).toBeGreaterThanOrEqual(16);
  const row = arrived(page).filter({ hasText: "Her name is Ruby Clarke" });
  await row.hover();
  await row.getByRole("button", { name: "React" }).click();
  await composer.tool("❤️").click();
  await composer.send();
  await expect(row.locator(".reaction")).toHaveText("Your reaction: ❤️");
  await expect(leaving(page)).toHaveCount(0);
  await expect.poll(gap).toBe(before);
});

test("what is said of a refused key stands in one line with what can be done", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await own(page, sandbox.url, "kapso", { key: "k-wrong-0001" });
  await sandbox.control({ faults: [{ operation: LIST, times: 99, answer: { status: 401 } }] });
  await place(page, "Inbox");
  const trouble = list(page).locator(".trouble");
  const all = [
    trouble.getByRole("button", { name: "Find out what is wrong" }),
    trouble.getByRole("link", { name: "Open Connections" }),
    trouble.getByRole("button", { name: "Try again" }),
    trouble.getByRole("button", { name: "Forget it" }),
  ];
  for (const one of all) await expect(one).toBeVisible();
  const lefts = await Promise.all(all.map(async (one) => Math.round((await one.boundingBox())!.x)));
  expect(new Set(lefts).size, lefts.join(" ")).toBe(1);
});
