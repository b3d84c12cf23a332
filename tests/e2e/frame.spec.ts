// The frame around every page: titles, headings, the focus, the way back, the scheme, and nothing
// wider than the screen.
import { own, place } from "./support/connections.ts";
import { expect, test } from "./support/fixtures.ts";
import { Request } from "./support/form.ts";
import { hold, letIn } from "./support/modules.ts";
import { numbers, Sending } from "./support/sending.ts";

// Address, heading, and the title where it says more.
const PLACES = [
  ["/", "Home"],
  ["/numbers", "Numbers"],
  ["/numbers/new", "New number", "New number, step 1 of 4"],
  ["/inbox", "Inbox"],
  ["/inbox?new", "Inbox"],
  ["/channels", "Channels"],
  ["/channels?new=customer", "New customer"],
  ["/send", "Send"],
  ["/requests", "Requests"],
  ["/activity", "Activity"],
  ["/connections", "Connections"],
  ["/settings", "Settings"],
  ["/requests/kapso.send-message", "Send a message"],
  ["/requests/vonage.create-deployment", "Create a deployment"],
  ["/requests/rapida.create-whatsapp-deployment", "Create a WhatsApp deployment"],
  ["/requests/webex.send-text", "Send a text"],
  ["/no/such/place", "Not found"],
];

test("every page has one main, one heading in it, and a title of its own", async ({ page, sandbox }) => {
  const titles = new Set<string>();
  for (const [path, heading, title = heading] of PLACES) {
    await page.goto(sandbox.url + path);
    await expect(page.locator("main h1")).toHaveText(heading);
    await expect(page.locator("main")).toHaveCount(1);
    await expect(page.locator("h1")).toHaveCount(1);
    await expect(page).toHaveTitle(`${title} · Switchboard`);
    titles.add(await page.title());
  }
  // A conversation that begins is a step of the inbox.
  expect(titles.size).toBe(new Set(PLACES.map(([, heading]) => heading)).size);
});

test("no two requests have the same title", async ({ page, sandbox }) => {
  await page.goto(`${sandbox.url}/requests`);
  const links = page.locator(".operations a");
  await expect(links.first()).toBeVisible();
  expect(await links.count()).toBeGreaterThanOrEqual(21);
  const shown = await page.locator("section.provider").evaluateAll((sections) =>
    sections.flatMap((section) =>
      [...section.querySelectorAll(".operations .title")].map(
        (title) => `${section.querySelector("h2")!.textContent}: ${title.textContent}`,
      ),
    ),
  );
  expect(shown.length).toBe(new Set(shown).size);
});

test("a new page begins at its heading, and the way back works", async ({ page, sandbox }) => {
  const heading = page.getByRole("heading", { level: 1 });
  await page.goto(sandbox.url);
  await expect(heading).toHaveText("Home");
  for (const name of ["Activity", "Connections", "Settings", "Requests"]) {
    await place(page, name);
    await expect(heading).toBeFocused();
    await expect(page).toHaveTitle(`${name} · Switchboard`);
    const here = page.getByRole("navigation", { name: "Places" }).locator("[aria-current=page]");
    await expect(here).toHaveText(name);
  }
  for (const name of ["Settings", "Connections", "Activity", "Home"]) {
    await page.goBack();
    await expect(heading).toHaveText(name);
    await expect(heading).toBeFocused();
    await expect(page).toHaveTitle(`${name} · Switchboard`);
  }
  await page.goForward();
  await expect(heading).toHaveText("Activity");
});

test("a message that was sent, the way back from it and its deletion begin at their headings", async ({ page, sandbox }) => {
  const heading = page.getByRole("heading", { level: 1 });
  const sending = await Sending.open(page, sandbox.url);
  await sending.write(numbers(1), "We are open until 6 today.");
  const message = await sending.send();
  await message.done();
  await expect(heading).toHaveText("Message to 1 person");
  await expect(heading).toBeFocused();
  await page.getByRole("navigation", { name: "Where this is" }).getByRole("link", { name: "Send" }).press("Enter");
  await expect(heading).toHaveText("Send");
  await expect(heading).toBeFocused();
  await page.getByRole("main").getByRole("link", { name: "We are open until 6 today." }).press("Enter");
  await expect(heading).toHaveText("Message to 1 person");
  await expect(heading).toBeFocused();
  await page.getByRole("button", { name: "Delete from this device" }).press("Enter");
  await page.getByRole("button", { name: "Delete it" }).press("Enter");
  await expect(heading).toHaveText("Send");
  await expect(heading).toBeFocused();
});

test("a filter and a step of a page leave the focus where it is", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.list-customers");
  await form.send();
  await form.succeeded(200);
  await place(page, "Activity");
  const choice = page.locator("#filter-provider");
  await choice.focus();
  await choice.selectOption({ label: "Kapso" });
  await expect(page).toHaveURL(/provider=kapso/);
  await expect(choice).toBeFocused();
});

test("the crumbs lead elsewhere, so none of them is said to be the page", async ({ page, sandbox }) => {
  for (const path of ["/numbers/new", "/send?batch=none", "/requests/kapso.send-message"]) {
    await page.goto(sandbox.url + path);
    const crumbs = page.getByRole("navigation", { name: "Where this is" });
    await expect(crumbs.getByRole("link"), path).toHaveCount(1);
    await expect(crumbs.locator("[aria-current]"), path).toHaveCount(0);
  }
});

test("signs that only adorn are no part of a name", async ({ page, sandbox }) => {
  await page.goto(`${sandbox.url}/activity`);
  const summary = page.locator(".history-settings > summary");
  await expect(summary).toHaveText("History settings");
  const sign = () => summary.evaluate((element) => getComputedStyle(element, "::before").content);
  expect(await sign()).toBe('"▸" / ""');
  await summary.click();
  expect(await sign()).toBe('"▾" / ""');
});

test("from one request to the next, each has its own form and answer", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.list-customers");
  await form.send();
  await form.succeeded(200);
  await form.go("kapso.get-customer");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Get a customer");
  await expect(form.answer).toContainText("Nothing was sent yet.");
  await expect(form.field("Customer ID")).toHaveValue("");
});

test("requests are found by words", async ({ page, sandbox }) => {
  await page.goto(`${sandbox.url}/requests`);
  await page.getByRole("searchbox").fill("  Vonage delete-STICKER ");
  await expect(page.locator(".operations a")).toHaveCount(1);
  await page.getByRole("searchbox").fill("nothing of the kind");
  await page.getByRole("button", { name: "Show all requests" }).click();
  await expect(page.locator(".operations a").nth(20)).toBeVisible();
});

test("the scheme is the system's until one is chosen, which is kept", async ({ page, sandbox }) => {
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(`${sandbox.url}/settings`);
  await expect(page.getByLabel("Same as this device")).toBeChecked();
  const light = await scheme();
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await scheme();
  expect(dark).not.toBe(light);
  await page.getByLabel("Light", { exact: true }).check();
  expect(await scheme()).toBe(light);
  await page.reload();
  await expect(page.getByLabel("Light", { exact: true })).toBeChecked();
  expect(await scheme()).toBe(light);
  await page.goto(sandbox.url);
  await expect(page.locator("main h1")).toBeVisible();
  expect(await scheme()).toBe(light);
});

test("on a telephone the places are below, and none hides the button", async ({ page, sandbox }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const form = await Request.open(page, sandbox.url, "kapso.create-customer");
  await form.fill({ Name: "Acme" });
  await form.send();
  await form.succeeded(201);
  const places = page.getByRole("navigation", { name: "Places" }).getByRole("list");
  const { y, height } = (await places.boundingBox())!;
  expect(y + height).toBeCloseTo(844, 0);
  await place(page, "Requests");
});

test("on a telephone five places are below, and the others come with More", async ({ page, sandbox }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${sandbox.url}/settings`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");
  const places = page.getByRole("navigation", { name: "Places" });
  const links = places.getByRole("list").getByRole("link");
  const more = places.getByRole("button", { name: "More" });
  await expect(links).toHaveText(["Home", "Numbers", "Inbox", "Send", "Requests"]);
  await more.press("Enter");
  await expect(more).toHaveAttribute("aria-expanded", "true");
  await expect(links).toHaveCount(9);
  // None of them lies on another or beyond the screen.
  const boxes = await links.or(more).evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
  for (const [at, box] of boxes.entries()) {
    expect(box.left >= 0 && box.right <= 390 && box.bottom <= 844).toBe(true);
    for (const other of boxes.slice(at + 1)) {
      expect(box.right <= other.left + 1 || other.right <= box.left + 1 || box.bottom <= other.top + 1 || other.bottom <= box.top + 1).toBe(true);
    }
  }
  await page.keyboard.press("Escape");
  await expect(links).toHaveCount(5);
  await expect(more).toBeFocused();
  await place(page, "Activity");
  await expect(links).toHaveCount(5);
});

test("on a telephone Tab goes as the eye does: the bar above, the places, and what More has opened", async ({ page, sandbox }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${sandbox.url}/settings`);
  await expect(page.getByRole("button", { name: /^Erase the data/ })).toBeVisible();
  const places = page.getByRole("navigation", { name: "Places" });
  const link = (name: string) => places.getByRole("link", { name });
  const more = places.getByRole("button", { name: "More" });
  await page.getByRole("link", { name: "Skip to the page" }).focus();
  const bars = [
    page.getByRole("region", { name: "Active connections" }).getByRole("button"),
    page.getByRole("button", { name: "Go to…" }),
    ...["Home", "Numbers", "Inbox", "Send", "Requests"].map(link),
    more,
  ];
  for (const stop of bars) {
    await page.keyboard.press("Tab");
    await expect(stop).toBeFocused();
  }
  await page.keyboard.press("Enter");
  for (const stop of ["Channels", "Activity", "Connections", "Settings"].map(link)) {
    await page.keyboard.press("Tab");
    await expect(stop).toBeFocused();
  }
  await page.keyboard.press("Tab");
  await expect(page.getByRole("main").locator(":focus")).toHaveCount(1);
  // Where there is room, they come in their own order, and the connections after them.
  await page.setViewportSize({ width: 1280, height: 844 });
  await expect(more).toHaveCount(0);
  await expect(places.getByRole("listitem")).toHaveText([/^Home/, /^Numbers/, /^Inbox/, /^Channels/, /^Send/, /^Requests/, /^Activity/, /^Connections/, /^Settings/]);
  await link("Settings").focus();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("region", { name: "Active connections" }).getByLabel("Vonage")).toBeFocused();
});

test("on a telephone the bar above stays as it is while the page loads and when the connections open", async ({ page, sandbox }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  let arrive = () => {};
  const held = new Promise<void>((done) => (arrive = done));
  await page.route("**/switchboard.json", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(sandbox.url);
  const [main, goTo] = [page.getByRole("main"), page.getByRole("button", { name: "Go to…" })];
  await expect(goTo).toBeVisible();
  const before = [(await main.boundingBox())!.y, await goTo.boundingBox()];
  arrive();
  const line = page.getByRole("region", { name: "Active connections" }).getByRole("button");
  await expect(line).toHaveText("Sandbox");
  expect([(await main.boundingBox())!.y, await goTo.boundingBox()]).toEqual(before);
  const at = (await line.boundingBox())!;
  for (const open of ["true", "false"]) {
    await page.mouse.click(at.x + at.width / 2, at.y + at.height / 2);
    await expect(line).toHaveAttribute("aria-expanded", open);
    expect(await line.boundingBox()).toEqual(at);
  }
});

test("who has opened More before the console is there goes on where they are when it comes", async ({ page, sandbox }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const arrive = await hold(page);
  await page.goto(`${sandbox.url}/settings`);
  const places = page.getByRole("navigation", { name: "Places" });
  const activity = places.getByRole("link", { name: "Activity" });
  const more = places.getByRole("button", { name: "More" });
  await more.press("Enter");
  await activity.focus();
  await letIn(page, arrive);
  await expect(activity).toBeFocused();
  await expect(more).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Escape");
  await expect(activity).toBeHidden();
  await expect(more).toBeFocused();
});

test("who stands at a button of the frame, or at the title, stays there when the console comes", async ({ page, sandbox }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const kept = [
    page.getByRole("button", { name: "Go to…" }),
    page.getByRole("navigation", { name: "Places" }).getByRole("button", { name: "More" }),
    page.getByRole("region", { name: "Active connections" }).getByRole("button"),
    page.getByRole("heading", { level: 1 }),
  ];
  for (const one of kept) {
    await page.goto("about:blank");
    const arrive = await hold(page);
    await page.goto(`${sandbox.url}/settings`);
    await one.focus();
    await letIn(page, arrive);
    await expect(one).toBeFocused();
    await page.unrouteAll();
  }
});

test("on a telephone one line says sandbox or live, they look different, and it opens the choice", async ({ page, sandbox }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(`${sandbox.url}/connections`);
  const worlds = page.getByRole("region", { name: "Active connections" });
  const line = worlds.getByRole("button");
  await expect(line).toHaveText("Sandbox");
  // The line of the start page gives way to that of the console, which is the same.
  await expect(page.getByRole("button", { name: /^Add a / }).first()).toBeVisible();
  const inSandbox = await line.evaluate((button) => getComputedStyle(button).backgroundColor);
  await own(page, sandbox.url, "kapso", { address: "https://app.kapso.ai/api/v1", label: "Mine" });
  await expect(line).toHaveText("Live: Kapso");
  await expect(line).not.toHaveCSS("background-color", inSandbox);

  const choice = worlds.getByLabel("Kapso");
  await expect(choice).toBeHidden();
  await line.press("Enter");
  await expect(line).toHaveAttribute("aria-expanded", "true");
  await choice.selectOption({ label: "Sandbox" });
  await expect(line).toHaveText("Sandbox");
  await expect(line).toHaveCSS("background-color", inSandbox);
});
