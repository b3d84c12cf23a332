// What becomes of a message whose sending goes wrong: whatever the fault, the provider has it at most once,
// and the person is told what is known.
import { expect, FAILED_CALL, test } from "./support/fixtures.ts";
import { pass } from "./support/time.ts";
import { arrived, copies, HANGING_SEND, idOf, leaving, open, SEND, sent, texts } from "./support/writing.ts";

const NAME = "Amelia Clarke";
const TEXT = "See you on Tuesday";

interface Fault {
  name: string;
  when: "before" | "after";
  answer: unknown;
  // What is said to have come in place of an answer.
  came?: string;
}

const FAULTS: Fault[] = [
  { name: "the connection breaks before", when: "before", answer: "drop" },
  { name: "the connection breaks after", when: "after", answer: "drop" },
  { name: "no answer comes before", when: "before", answer: "hang" },
  { name: "no answer comes after", when: "after", answer: "hang" },
  { name: "the answer is garbage before", when: "before", answer: "garbage", came: "Kapso's answer could not be read" },
  { name: "the answer is garbage after", when: "after", answer: "garbage" },
  { name: "the answer is cut in half before", when: "before", answer: "truncated", came: "Kapso's answer could not be read" },
  { name: "the answer is cut in half after", when: "after", answer: "truncated" },
  { name: "the provider fails before", when: "before", answer: { status: 500 }, came: "Kapso answered with an error (500)" },
  { name: "the provider fails after", when: "after", answer: { status: 500 } },
  { name: "a gateway fails after", when: "after", answer: { status: 502, body: "<html>Bad gateway</html>" } },
  { name: "an answer without an id comes after", when: "after", answer: { status: 201, body: "{}" } },
];

for (const { name, when, answer, came = "No answer came" } of FAULTS) {
  test(`${name} it took effect: sent once at most, and told`, async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL, /example\.com/);
    await page.clock.install();
    const composer = await open(page, sandbox, NAME);
    const id = await idOf(sandbox, NAME);
    await sandbox.control({ faults: [{ operation: SEND, when, answer }] });
    await composer.write(TEXT);
    await expect(composer.text).toHaveValue("");
    const row = leaving(page).filter({ hasText: TEXT });
    await expect(row).toBeVisible();
    await expect.poll(async () => (await sent(sandbox)).length).toBe(1);
    if (answer === "hang") {
      await expect(row).toContainText("Sending…");
      await pass(page, 31, { hanging: HANGING_SEND });
    }
    if (when === "after") {
      await pass(page, 20, { done: async () => (await row.count()) === 0 });
      await expect(leaving(page)).toHaveCount(0);
      await expect(arrived(page).last()).toContainText(TEXT);
      await expect(page.getByText(TEXT, { exact: true }).and(page.locator(".bubble *"))).toHaveCount(1);
    } else {
      await pass(page, 60, { done: async () => (await row.getByText("Not known whether it was sent.").count()) === 1 });
      await expect(row).toContainText("Not known whether it was sent.");
      await expect(row).toContainText(`${came}, and the conversation does not show the message.`);
      await page.reload();
      await expect(row).toContainText(`${came}, and the conversation does not show the message.`);
    }
    // However long one waits, nothing is sent again by itself.
    await pass(page, 90);
    expect(await copies(sandbox, id, TEXT)).toBe(when === "after" ? 1 : 0);
    expect(await texts(sandbox)).toEqual([TEXT]);
  });
}
