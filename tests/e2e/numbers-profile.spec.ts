// The profile of a live number: what is shown, what exactly is sent of a change, and what is known after
// an answer that never came.
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { Part } from "./support/form.ts";
import { tab } from "./support/keyboard.ts";
import { inState, NumberPage, sent } from "./support/numbers.ts";
import { png, serve } from "./support/pictures.ts";
import { ids, read } from "./support/world.ts";
import type { Locator, Page } from "@playwright/test";

const GET = "vonage.get-profile";
const UPDATE = "vonage.update-profile";

const ABOUT = "Dentists in the heart of London";
const [HOME, BOOK] = ["https://northgate-dental.example", "https://northgate-dental.example/book"];

// The documented industries, in their documented spelling.
const INDUSTRIES = [
  "Automotive",
  "Beauty, Spa and Salon",
  "Clothing and Apparel",
  "Education",
  "Entertainment",
  "Event Planning and Service",
  "Finance and Banking",
  "Food and Grocery",
  "Public Service",
  "Hotel and Lodging",
  "Medical and Health",
  "Non-profit",
  "Professional Services",
  "Shopping and Retail",
  "Travel and Transportation",
  "Restaurant",
  "Other",
];

class Profile extends Part {
  private constructor(readonly page: Page) {
    super(page.getByRole("region", { name: "Profile", exact: true }));
  }

  static async open(page: Page, sandbox: Sandbox, id?: string): Promise<Profile> {
    // The photo is at another host.
    await serve(page, "https://example.com/**", png(640, 640));
    await NumberPage.open(page, sandbox, id ?? (await ids(sandbox)).ready);
    const profile = new Profile(page);
    await expect(profile.panel).toBeVisible();
    return profile;
  }

  get panel(): Locator {
    return this.root;
  }

  get about(): Locator {
    return this.field("About");
  }

  // A field with all that belongs to it.
  box(label: string): Locator {
    return this.panel.locator(".field").filter({ has: this.page.getByLabel(label, { exact: true }) });
  }

  get button(): Locator {
    return this.panel.getByRole("button", { name: "Review the changes" });
  }

  // What there is to save, or why it cannot be saved now.
  get reason(): Locator {
    return this.panel.locator(".kept");
  }

  get dialog(): Locator {
    return this.page.getByRole("dialog", { name: "Review the changes" });
  }

  get saveButton(): Locator {
    return this.dialog.getByRole("button", { name: /^Save the changes|^Sending/ });
  }

  get outcome(): Locator {
    return this.panel.locator(".outcome-line");
  }

  get preview(): Locator {
    return this.panel.getByRole("complementary", { name: /^Preview/ });
  }

  async review(): Promise<void> {
    await this.button.click();
    await expect(this.dialog).toBeVisible();
  }

  async save(): Promise<void> {
    await this.review();
    await this.saveButton.click();
  }

  async saved(): Promise<void> {
    await expect(this.outcome).toHaveText(/^Saved at /);
    await expect(this.dialog).toBeHidden();
  }
}

// What was sent to change the profile, in order.
const bodies = async (sandbox: Sandbox) => (await sent(sandbox, UPDATE)).map((call) => call.body);

const lose = (sandbox: Sandbox, when: "before" | "after", more: object[] = []) =>
  sandbox.control({ faults: [{ operation: UPDATE, times: 1, when, answer: "drop" }, ...more] });

test("it shows what the provider has", async ({ page, sandbox }) => {
  const { ready } = await ids(sandbox);
  const there = await read(sandbox, "vonage", `/deployments/${ready}/profile`);
  const profile = await Profile.open(page, sandbox, ready);
  await expect(profile.about).toHaveValue(there.about);
  await expect(profile.field("Address")).toHaveValue(there.address);
  await expect(profile.field("Description")).toHaveValue(there.description);
  await expect(profile.field("E-mail")).toHaveValue(there.email);
  await expect(profile.field("Industry")).toHaveValue(there.vertical);
  for (const [at, website] of there.websites.entries()) {
    await expect(profile.field(`Website ${at + 1}`)).toHaveValue(website);
  }
  await expect(profile.preview).toContainText(there.description);
});

test("a number without a profile begins with an empty form, and its first values are sent", async ({ page, sandbox }) => {
  const profile = await Profile.open(page, sandbox, await inState(sandbox, "READY"));
  await expect(profile.about).toHaveValue("");
  await expect(profile.preview).toContainText("Nothing is filled in yet.");
  await profile.fill({ About: "New here" });
  await profile.choose({ Industry: "Beauty, Spa and Salon" });
  await profile.save();
  await profile.saved();
  expect(await bodies(sandbox)).toEqual([{ about: "New here", vertical: "Beauty, Spa and Salon" }]);
});

test("a profile that cannot be read says so and comes with another try", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  await sandbox.control({ faults: [{ operation: GET, times: 1, answer: { status: 502 } }] });
  const profile = await Profile.open(page, sandbox);
  await expect(profile.panel).toContainText("Something went wrong at the provider.");
  await expect(page.getByRole("region", { name: "Profile photo" })).toContainText("Taken from");
  await profile.panel.getByRole("button", { name: "Try again" }).click();
  await expect(profile.about).toHaveValue(ABOUT);
});

test.describe("limits", () => {
  const mail = (length: number) => "@example.com".padStart(length, "abcdefghi.");
  const letters = (length: number) => "x".repeat(length);
  for (const [label, name, most, text] of [
    ["About", "about", 139, letters],
    ["Address", "address", 256, letters],
    ["Description", "description", 256, letters],
    ["E-mail", "email", 128, mail],
  ] as const) {
    test(`${label}: ${most} characters are sent, one more is refused`, async ({ page, sandbox }) => {
      const profile = await Profile.open(page, sandbox);
      const field = profile.box(label);
      await expect(field).toContainText(`at most ${most} characters`);
      await profile.fill({ [label]: text(most + 1) });
      await expect(field.locator(".count")).toHaveText(`${most + 1} of ${most}`);
      await profile.button.click();
      const words = `Must be at most ${most} characters long; this has ${most + 1}.`;
      const summary = profile.panel.getByRole("group", { name: "One thing to fix before this can be sent" });
      await expect(summary).toBeFocused();
      await expect(summary).toContainText(`${label}: ${words}`);
      await expect(field.locator(".problem")).toHaveText(words);
      await expect(profile.field(label)).toHaveAttribute("aria-invalid", "true");
      await expect(profile.dialog).toBeHidden();
      expect(await bodies(sandbox)).toEqual([]);

      await profile.fill({ [label]: text(most) });
      await expect(field.locator(".problem")).toHaveCount(0);
      await profile.save();
      await profile.saved();
      expect(await bodies(sandbox)).toEqual([{ [name]: text(most) }]);
    });
  }
});

test("the documented industries are on offer, and no others", async ({ page, sandbox }) => {
  const profile = await Profile.open(page, sandbox);
  await expect(profile.field("Industry").locator("option")).toHaveText(["Not set", ...INDUSTRIES]);
});

test("an industry that nobody knows stays, and is not sent along with another change", async ({ page, sandbox }) => {
  const { ready } = await ids(sandbox);
  const there = await read(sandbox, "vonage", `/deployments/${ready}/profile`);
  const body = JSON.stringify({ ...there, vertical: "Space Travel" });
  await sandbox.control({ faults: [{ operation: GET, times: 1, answer: { status: 200, body } }] });
  const profile = await Profile.open(page, sandbox, ready);
  await expect(profile.field("Industry")).toHaveValue("Space Travel");
  await expect(profile.field("Industry").locator("option:checked")).toHaveText("Space Travel");
  await profile.fill({ About: "To the Moon" });
  await profile.save();
  await profile.saved();
  expect(await bodies(sandbox)).toEqual([{ about: "To the Moon" }]);
});

test("before it is saved, each change is shown as before and after; nothing else is sent", async ({ page, sandbox }) => {
  const profile = await Profile.open(page, sandbox);
  await profile.fill({ About: "Dentists, and kind", "E-mail": "office@northgate-dental.example" });
  await expect(profile.reason).toHaveText("2 changes, not saved yet.");
  await profile.review();
  const changes = profile.dialog.getByRole("listitem");
  await expect(changes).toHaveCount(2);
  await expect(changes.first().getByRole("heading")).toHaveText("About");
  await expect(changes.first().getByRole("deletion")).toHaveText(ABOUT);
  await expect(changes.first().getByRole("insertion")).toHaveText("Dentists, and kind");
  await expect(changes.last().getByRole("heading")).toHaveText("E-mail");
  await expect(changes.last().getByRole("deletion")).toHaveText("hello@northgate-dental.example");
  // Showing it sends nothing.
  expect(await bodies(sandbox)).toEqual([]);
  await profile.saveButton.click();
  await profile.saved();
  await expect(profile.reason).toHaveText("Nothing is changed yet.");
  await expect(profile.about).toHaveValue("Dentists, and kind");
  expect(await bodies(sandbox)).toEqual([{ about: "Dentists, and kind", email: "office@northgate-dental.example" }]);
});

for (const [way, back] of [
  ["Back to the form", (profile: Profile) => profile.dialog.getByRole("button", { name: "Back to the form" }).click()],
  ["Escape", (profile: Profile) => profile.page.keyboard.press("Escape")],
] as const) {
  test(`${way} sends nothing and keeps what was typed`, async ({ page, sandbox }) => {
    const profile = await Profile.open(page, sandbox);
    await profile.fill({ About: "Second thoughts" });
    await profile.review();
    await back(profile);
    await expect(profile.dialog).toBeHidden();
    await expect(profile.about).toHaveValue("Second thoughts");
    await expect(profile.button).toBeFocused();
    expect(await bodies(sandbox)).toEqual([]);
    await profile.save();
    await profile.saved();
    expect(await bodies(sandbox)).toEqual([{ about: "Second thoughts" }]);
  });
}

test("an emptied field is not sent, and says so", async ({ page, sandbox }) => {
  const profile = await Profile.open(page, sandbox);
  await profile.fill({ About: "" });
  await expect(profile.panel).toContainText("An empty field is not sent: what was there stays.");
  await expect(profile.reason).toHaveText("Nothing is changed yet.");
  await profile.fill({ Address: "1 Southgate Street, London" });
  await profile.review();
  await expect(profile.dialog).toContainText("Emptied, so not sent: About. The old text stays.");
  await profile.saveButton.click();
  await profile.saved();
  expect(await bodies(sandbox)).toEqual([{ address: "1 Southgate Street, London" }]);
  // The answer has the old text, which stayed.
  await expect(profile.about).toHaveValue(ABOUT);
});

test("an emptied field can be put back", async ({ page, sandbox }) => {
  const profile = await Profile.open(page, sandbox);
  await profile.fill({ About: "" });
  await profile.panel.getByRole("button", { name: "Put it back" }).click();
  await expect(profile.about).toHaveValue(ABOUT);
  await expect(profile.about).toBeFocused();
  await expect(profile.panel).not.toContainText("An empty field is not sent");
});

test("removed websites can be put back, all of them", async ({ page, sandbox }) => {
  const profile = await Profile.open(page, sandbox);
  for (const left of [1, 0]) {
    await profile.panel.getByRole("button", { name: "Remove Website 1" }).click();
    await expect(profile.panel.getByRole("textbox", { name: /^Website \d$/ })).toHaveCount(left);
  }
  await profile.panel.getByRole("button", { name: "Put it back" }).click();
  await expect(profile.field("Website 1")).toHaveValue(HOME);
  await expect(profile.field("Website 2")).toHaveValue(BOOK);
  await expect(profile.field("Website 1")).toBeFocused();
});

test("websites are sent as a whole list", async ({ page, sandbox }) => {
  const profile = await Profile.open(page, sandbox);
  const add = profile.panel.getByRole("button", { name: "Add website" });
  // Two is the documented number.
  await expect(add).toBeDisabled();
  await profile.panel.getByRole("button", { name: "Remove Website 2" }).click();
  await profile.save();
  await profile.saved();
  await add.click();
  await profile.fill({ "Website 2": "https://northgate-dental.example/prices" });
  await profile.save();
  await expect(profile.reason).toHaveText("Nothing is changed yet.");
  expect(await bodies(sandbox)).toEqual([
    { websites: [HOME] },
    { websites: [HOME, "https://northgate-dental.example/prices"] },
  ]);
});

test("where nothing is changed, nothing is sent", async ({ page, sandbox }) => {
  const profile = await Profile.open(page, sandbox);
  await profile.fill({ About: "Changed" });
  await profile.fill({ About: ABOUT });
  await expect(profile.button).toHaveAccessibleDescription("Nothing is changed yet.");
  // It says that it is disabled, but can be pressed.
  await profile.button.click({ force: true });
  await profile.about.press("Enter");
  await expect(profile.dialog).toBeHidden();
  expect(await bodies(sandbox)).toEqual([]);
});

test("what the provider refuses lands on its field, and the rest stays typed", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const profile = await Profile.open(page, sandbox);
  await profile.fill({ About: "Still here", "E-mail": "refused@example.com" });
  await profile.save();
  await expect(profile.outcome).toHaveText("Not saved: Refused.");
  await expect(profile.dialog).toBeHidden();
  await expect(profile.panel).toContainText("It was not carried out.");
  const field = profile.box("E-mail");
  await expect(field.locator(".problem")).toHaveText("The provider says: Email format invalid");
  await expect(profile.field("E-mail")).toHaveAttribute("aria-invalid", "true");
  await expect(profile.about).toHaveValue("Still here");
  await profile.fill({ "E-mail": "taken@northgate-dental.example" });
  await expect(field.locator(".problem")).toHaveCount(0);
  await profile.save();
  await profile.saved();
  expect((await bodies(sandbox)).at(-1)).toEqual({ about: "Still here", email: "taken@northgate-dental.example" });
});

for (const [way, act] of [
  ["a double click", (profile: Profile) => profile.saveButton.dblclick()],
  ["Enter that is held down", async ({ saveButton, page }: Profile) => {
    await saveButton.focus();
    for (let repeat = 0; repeat < 3; repeat++) await page.keyboard.down("Enter");
    await page.keyboard.up("Enter");
  }],
] as const) {
  test(`${way} saves once`, async ({ page, sandbox }) => {
    const profile = await Profile.open(page, sandbox);
    await profile.fill({ About: "Once" });
    await profile.review();
    await act(profile);
    await profile.saved();
    expect(await bodies(sandbox)).toEqual([{ about: "Once" }]);
  });
}

test("what is typed while it is being saved stays, as the next change", async ({ page, sandbox }) => {
  const profile = await Profile.open(page, sandbox);
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route("**/profile", async (route) => {
    if (route.request().method() === "PATCH") await held;
    await route.continue();
  });
  await profile.fill({ About: "First" });
  await profile.save();
  await page.keyboard.press("Escape");
  await expect(profile.dialog).toBeHidden();
  await profile.fill({ Description: "Second" });
  answer();
  await profile.saved();
  await expect(profile.field("Description")).toHaveValue("Second");
  await expect(profile.reason).toHaveText("One change, not saved yet.");
  await profile.save();
  await expect(profile.reason).toHaveText("Nothing is changed yet.");
  expect(await bodies(sandbox)).toEqual([{ about: "First" }, { description: "Second" }]);
});

test.describe("no answer came", () => {
  test("it was saved: reading again shows it, and nothing is sent twice", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const profile = await Profile.open(page, sandbox);
    await profile.fill({ About: "Lost and found" });
    await lose(sandbox, "after");
    await profile.save();
    await expect(profile.outcome).toContainText("your changes are saved");
    await expect(profile.reason).toHaveText("Nothing is changed yet.");
    await expect(profile.about).toHaveValue("Lost and found");
    expect(await bodies(sandbox)).toEqual([{ about: "Lost and found" }]);
  });

  test("it was not saved: it stays typed and can be sent again", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const profile = await Profile.open(page, sandbox);
    await profile.fill({ About: "Lost" });
    await lose(sandbox, "before");
    await profile.save();
    await expect(profile.outcome).toContainText("your changes are not saved");
    await expect(profile.about).toHaveValue("Lost");
    expect(await bodies(sandbox)).toHaveLength(1);
    await profile.save();
    await profile.saved();
    expect(await bodies(sandbox)).toEqual([{ about: "Lost" }, { about: "Lost" }]);
    const { ready } = await ids(sandbox);
    expect((await read(sandbox, "vonage", `/deployments/${ready}/profile`)).about).toBe("Lost");
  });

  test("it cannot be read again either: nothing is offered until it could", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const profile = await Profile.open(page, sandbox);
    await profile.fill({ About: "Nobody knows" });
    await lose(sandbox, "after", [{ operation: GET, times: 2, answer: { status: 502 } }]);
    await profile.save();
    await expect(profile.outcome).toContainText("It is not known whether the last change was saved");
    await expect(profile.button).toHaveAttribute("aria-disabled", "true");
    await expect(profile.reason).toHaveText("First it has to be known whether the last change was saved.");
    await profile.button.click({ force: true });
    await expect(profile.dialog).toBeHidden();
    await profile.panel.getByRole("button", { name: "Try again" }).click();
    await expect(profile.outcome).toContainText("your changes are saved");
    expect(await bodies(sandbox)).toEqual([{ about: "Nobody knows" }]);
  });
});

test.describe("leaving", () => {
  const link = (page: Page) => page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Requests" });
  const question = (page: Page) => page.getByRole("dialog", { name: "Leave without saving?" });
  const gone = (page: Page) => expect(page.getByRole("heading", { level: 1 })).toHaveText("Requests");

  for (const [way, stay] of [
    ["Stay", (page: Page) => question(page).getByRole("button", { name: "Stay" }).click()],
    ["Escape", (page: Page) => page.keyboard.press("Escape")],
  ] as const) {
    test(`with changes it asks; ${way} stays`, async ({ page, sandbox }) => {
      const profile = await Profile.open(page, sandbox);
      await profile.fill({ About: "Not saved" });
      await link(page).click();
      await expect(question(page)).toBeVisible();
      await stay(page);
      await expect(question(page)).toBeHidden();
      await expect(link(page)).toBeFocused();
      await expect(profile.about).toHaveValue("Not saved");
    });
  }

  test("with changes it asks; leaving leaves, and sends nothing", async ({ page, sandbox }) => {
    const profile = await Profile.open(page, sandbox);
    await profile.fill({ About: "Not saved" });
    await link(page).click();
    await question(page).getByRole("button", { name: "Leave the page" }).click();
    await gone(page);
    expect(await bodies(sandbox)).toEqual([]);
  });

  test("with changes, a next step that leads elsewhere asks as well", async ({ page, sandbox }) => {
    const profile = await Profile.open(page, sandbox);
    await profile.fill({ About: "Not saved" });
    await page.getByRole("link", { name: "Attach it to Kapso" }).click();
    await expect(question(page)).toBeVisible();
    await question(page).getByRole("button", { name: "Stay" }).click();
    await expect(profile.about).toHaveValue("Not saved");
  });

  test("closing the tab with changes is asked about by the browser", async ({ page, sandbox }) => {
    const profile = await Profile.open(page, sandbox);
    await profile.about.pressSequentially("!");
    const asked = page.waitForEvent("dialog");
    await page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe("beforeunload");
    await dialog.dismiss();
    await expect(profile.about).toHaveValue(`!${ABOUT}`);
  });

  for (const [name, act] of [
    ["without changes", async () => {}],
    ["after a change was taken back", async (profile: Profile) => {
      await profile.fill({ About: "Changed" });
      await profile.fill({ About: ABOUT });
    }],
    ["after it was saved", async (profile: Profile) => {
      await profile.fill({ About: "Saved" });
      await profile.save();
      await profile.saved();
    }],
  ] as const) {
    test(`${name} it does not ask`, async ({ page, sandbox }) => {
      const profile = await Profile.open(page, sandbox);
      await expect(profile.about).toHaveValue(ABOUT);
      await act(profile);
      await link(page).click();
      await gone(page);
      await expect(question(page)).toBeHidden();
    });
  }
});

test.describe("preview", () => {
  // What the preview says of a field.
  const line = (profile: Profile, label: string) =>
    profile.preview.locator("dl > div").filter({ has: profile.page.locator("dt", { hasText: label }) }).locator("dd");

  test("it follows every letter, in the direction of the text", async ({ page, sandbox }) => {
    const profile = await Profile.open(page, sandbox);
    await profile.about.fill("");
    await profile.about.pressSequentially("Hi");
    await expect(line(profile, "About")).toHaveText("Hi");
    await profile.fill({ About: "مرحبا بكم 👩🏽‍⚕️ 12" });
    await expect(line(profile, "About")).toHaveText("مرحبا بكم 👩🏽‍⚕️ 12");
    await expect(line(profile, "About")).toHaveCSS("direction", "rtl");
    await profile.fill({ About: "Hi" });
    await expect(line(profile, "About")).toHaveCSS("direction", "ltr");
  });

  test("markup is text, in the preview and in the review", async ({ page, sandbox }) => {
    const markup = `<img src=x onerror="alert(1)"><b>bold</b>`;
    const profile = await Profile.open(page, sandbox);
    await profile.fill({ Description: markup });
    await expect(line(profile, "Description")).toHaveText(markup);
    await profile.review();
    await expect(profile.dialog.getByRole("insertion")).toHaveText(markup);
    await expect(page.locator("img[src=x], .seen b, dialog b")).toHaveCount(0);
  });
});

test("it is changed, reviewed and saved without a mouse", async ({ page, sandbox }) => {
  const profile = await Profile.open(page, sandbox);
  // From the list of next steps, where a keyboard finds the profile.
  await page.getByRole("link", { name: "Fill in the profile that customers see" }).press("Enter");
  await tab(page, profile.about);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("By hand");
  await tab(page, profile.button);
  await page.keyboard.press("Enter");
  // The focus is where the changes are read, not on the button that saves them.
  await expect(profile.dialog.getByRole("list")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(profile.saveButton).toBeFocused();
  await page.keyboard.press("Enter");
  await profile.saved();
  await expect(profile.button).toBeFocused();
  expect(await bodies(sandbox)).toEqual([{ about: "By hand" }]);
});
