// The pictures of the README, from the sandbox: light, 1280 wide. A second run differs in its times alone. A
// place is photographed as a person would find it after some minutes of work.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import UPNG from "upng-js";
import { expect, test, type Sandbox } from "../support/fixtures.ts";
import { Request } from "../support/form.ts";
import { inState, NumberPage } from "../support/numbers.ts";
import { png, serve } from "../support/pictures.ts";
import { Sending } from "../support/sending.ts";
import { ids } from "../support/world.ts";
import type { Page } from "@playwright/test";

const DOCS = join(import.meta.dirname, "../../../docs");
// A picture of a README is looked at over a telephone line as well.
const MOST = 150_000;

test.use({ colorScheme: "light", viewport: { width: 1280, height: 800 }, locale: "en-GB", timezoneId: "Europe/London" });

interface Picture {
  name: string;
  take(page: Page, sandbox: Sandbox): Promise<void>;
}

const PICTURES: Picture[] = [
  {
    name: "home",
    take: async (page, sandbox) => {
      await live(page, sandbox);
      await page.goto(sandbox.url);
      await expect(page.locator("main h1")).toBeVisible();
    },
  },
  {
    name: "request",
    take: async (page, sandbox) => {
      const form = await Request.open(page, sandbox.url, "rapida.create-whatsapp-deployment");
      await form.fill({
        "Assistant ID": "2227823180112723968",
        "WhatsApp provider": "gupshup",
        Greeting: "Hi, how can I help you today?",
        "Mistake message": "Sorry, I did not understand that.",
        "Idle timeout (seconds)": "12",
      });
      await form.field("Idle timeout (seconds)").blur();
      await expect(page.locator(".problem").first()).toBeVisible();
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.evaluate(() => scrollTo(0, 0));
    },
  },
  {
    name: "number",
    take: async (page, sandbox) => {
      const number = await NumberPage.open(page, sandbox, await inState(sandbox, "CODE_SENT"));
      await number.shows("CODE_SENT");
    },
  },
  {
    name: "inbox",
    take: async (page, sandbox) => {
      await serve(page, "https://example.com/**", png(320, 240));
      await page.goto(`${sandbox.url}/inbox`);
      await page.locator(".conversation").filter({ hasText: "Amelia Clarke" }).click();
      await expect(page.getByRole("log", { name: "Messages" }).getByRole("article").last()).toBeVisible();
      await page.locator('[name="message.content"]').fill("Of course. I have moved it to *3 pm*.");
    },
  },
  {
    name: "send",
    take: async (page, sandbox) => {
      const sending = await Sending.open(page, sandbox.url);
      await sending.file("name;phone;time\nAna;+55 11 95555-0101;10:30\nAmelia;+44 7700 900123;11:00\nJonas;+44 7700 900124;11:30\nBen;0770 90012;12:00\n");
      await sending.text.fill("Hello {name}, see you tomorrow at *{time}*.");
      await sending.app();
      await expect(sending.button).toContainText("Send to 3");
      await page.setViewportSize({ width: 1280, height: 1100 });
      await page.evaluate(() => scrollTo(0, 0));
    },
  },
  {
    name: "activity",
    take: async (page, sandbox) => {
      await live(page, sandbox);
      for (const id of ["kapso.list-customers", "kapso.list-conversations", "vonage.list-deployments"]) {
        const form = await Request.open(page, sandbox.url, id);
        await form.send();
        await form.succeeded(200);
      }
      const write = await Request.open(page, sandbox.url, "kapso.create-customer");
      await write.fill({ Name: "#422" });
      await write.send();
      await expect(write.outcome).toContainText("422");
      await page.goto(`${sandbox.url}/activity`);
      await expect(page.locator("main h1")).toBeVisible();
    },
  },
];

// Makes known what a person has after a while: a live number, and one that waits for its code.
async function live(page: Page, sandbox: Sandbox): Promise<void> {
  const { ready, waiting } = await ids(sandbox);
  for (const id of [ready, waiting]) {
    await page.goto(`${sandbox.url}/numbers/${id}`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("+");
  }
}

// The same picture with 256 colours, which is as much as a page of few colours needs.
function packed(picture: Buffer): Buffer {
  const read = UPNG.decode(new Uint8Array(picture).buffer);
  return Buffer.from(UPNG.encode([UPNG.toRGBA8(read)[0]], read.width, read.height, 256));
}

for (const { name, take } of PICTURES) {
  test(`screen ${name}`, async ({ page, sandbox, watch }) => {
    watch.allow(/^Failed to load resource: /);
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await take(page, sandbox);
    await page.mouse.move(0, 0);
    // Whatever is still on its way to the page.
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => document.fonts.ready);
    const picture = packed(await page.screenshot({ caret: "hide", animations: "disabled" }));
    expect(picture.length, "bytes").toBeLessThan(MOST);
    writeFileSync(join(DOCS, `${name}.png`), picture);
  });
}
