// The browser's own Back and Forward, and what is typed in places that send it on their own: neither is
// lost without a question.
import { place } from "./support/connections.ts";
import { expect, test, type Sandbox } from "./support/fixtures.ts";
import { NumberPage, sent, VALUES, Wizard } from "./support/numbers.ts";
import { png, serve } from "./support/pictures.ts";
import { ids } from "./support/world.ts";
import type { Locator, Page } from "@playwright/test";

const question = (page: Page) => page.getByRole("dialog", { name: "Leave without saving?" });
const stay = (page: Page) => question(page).getByRole("button", { name: "Stay" }).click();
const leave = (page: Page) => question(page).getByRole("button", { name: "Leave the page" }).click();
const places = (page: Page, name: string) => page.getByRole("navigation", { name: "Places" }).getByRole("link", { name });
const title = (page: Page) => page.getByRole("heading", { level: 1 });
const about = (page: Page) => page.getByRole("region", { name: "Profile", exact: true }).getByLabel("About");

// Opens a live number from the list.
async function open(page: Page, id: string): Promise<void> {
  await page.getByLabel("Deployment ID").fill(id);
  await page.locator("form.by-id").getByRole("button", { name: "Open" }).click();
  await expect(about(page)).toBeVisible();
}

// The page of a live number, reached from another place in the same tab.
async function fromTheList(page: Page, sandbox: Sandbox): Promise<string> {
  const { ready } = await ids(sandbox);
  await serve(page, "https://example.com/**", png(640, 640));
  await page.goto(`${sandbox.url}/numbers`);
  await open(page, ready);
  return `${sandbox.url}/numbers/${ready}`;
}

test("Back asks, stays where the person was, and leads on when told to", async ({ page, sandbox }) => {
  const here = await fromTheList(page, sandbox);
  await about(page).fill("Not saved");
  const scrolled = await page.evaluate(() => scrollY);
  expect(scrolled).toBeGreaterThan(0);
  for (let time = 0; time < 2; time++) {
    await page.goBack();
    await expect(question(page)).toBeVisible();
    await expect(page).toHaveURL(here);
    await stay(page);
    await expect(about(page)).toHaveValue("Not saved");
    expect(await page.evaluate(() => scrollY)).toBe(scrolled);
  }
  await page.goBack();
  await leave(page);
  await expect(page).toHaveURL(`${sandbox.url}/numbers`);
  await expect(title(page)).toHaveText("Numbers");
});

test("Forward asks as well, and leads forward", async ({ page, sandbox }) => {
  const here = await fromTheList(page, sandbox);
  await place(page, "Activity");
  await page.goBack();
  await about(page).fill("Not saved");
  await page.goForward();
  await expect(question(page)).toBeVisible();
  await expect(page).toHaveURL(here);
  await leave(page);
  await expect(title(page)).toHaveText("Activity");
});

test("Back over several pages asks, and leads where it was meant to", async ({ page, sandbox }) => {
  await page.goto(`${sandbox.url}/settings`);
  await place(page, "Numbers");
  await open(page, (await ids(sandbox)).ready);
  await about(page).fill("Not saved");
  await page.evaluate(() => history.go(-2));
  await leave(page);
  await expect(title(page)).toHaveText("Settings");
});

test("once it is saved, Back asks nothing", async ({ page, sandbox }) => {
  await fromTheList(page, sandbox);
  await about(page).fill("Saved");
  await page.getByRole("button", { name: "Review the changes" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save the changes" }).click();
  await expect(page.getByText(/^Saved at /)).toBeVisible();
  await page.goBack();
  await expect(title(page)).toHaveText("Numbers");
});

test("between the steps of a new number Back asks nothing, before the first it does", async ({ page, sandbox }) => {
  await page.goto(`${sandbox.url}/numbers`);
  await page.getByRole("link", { name: "New number" }).first().click();
  const wizard = new Wizard(page);
  await page.getByLabel("A mobile number with its SIM card at hand").check();
  await wizard.next();
  await wizard.at("Number");
  await wizard.input("number").fill(VALUES.number);
  await page.goBack();
  await wizard.at("Before you start");
  await page.goBack();
  const leaving = page.getByRole("dialog", { name: "Leave this page?" });
  await leaving.getByRole("button", { name: "Stay" }).click();
  await wizard.at("Before you start");
  await page.goBack();
  await leaving.getByRole("button", { name: "Leave the page" }).click();
  await expect(title(page)).toHaveText("Numbers");
});

test("it asks once for all that is not saved", async ({ page, sandbox }) => {
  await fromTheList(page, sandbox);
  const address = page.getByRole("region", { name: "Profile photo" }).getByLabel("Picture address");
  await about(page).fill("Not saved");
  await address.fill("https://pictures.example/typed.png");
  for (const way of [() => page.goBack(), () => places(page, "Requests").click()]) {
    await way();
    await expect(question(page)).toContainText("Other changes on this page are not saved either.");
    await stay(page);
  }
  await address.fill("");
  await page.goBack();
  await expect(question(page)).toBeVisible();
  await expect(question(page)).not.toContainText("Other changes");
  await stay(page);
  await address.fill("https://pictures.example/typed.png");
  await page.goBack();
  await leave(page);
  await expect(title(page)).toHaveText("Numbers");
});

// What is typed beside the profile.
const BESIDE: [string, (page: Page) => Promise<Locator>][] = [
  [
    "the address of another photo",
    async (page) => {
      const address = page.getByRole("region", { name: "Profile photo" }).getByLabel("Picture address");
      await address.fill("https://pictures.example/typed.png");
      return address;
    },
  ],
  [
    "a pack that was begun",
    async (page) => {
      const packs = page.getByRole("region", { name: "Your packs" });
      await packs.getByRole("button", { name: "Create a pack" }).click();
      await packs.getByLabel("Publisher").fill("https://pictures.example/typed.png");
      return packs.getByLabel("Publisher");
    },
  ],
];

for (const [what, type] of BESIDE) {
  test(`${what} is not lost without a question`, async ({ page, sandbox }) => {
    await fromTheList(page, sandbox);
    const input = await type(page);
    await page.goBack();
    await stay(page);
    await expect(input).toHaveValue("https://pictures.example/typed.png");
    await places(page, "Requests").click();
    await stay(page);
    // Emptied again there is nothing to ask about.
    await input.fill("");
    await page.goBack();
    await expect(title(page)).toHaveText("Numbers");
    expect((await sent(sandbox, "vonage.update-photo")).length).toBe(0);
  });
}
