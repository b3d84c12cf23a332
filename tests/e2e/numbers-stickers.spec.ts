// Stickers of a live number: packs and their stickers as they are read, what is sent of a new one, what
// is known after an answer that never came, and the look at a file before it is uploaded elsewhere.
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { ask, inState, NumberPage, sent } from "./support/numbers.ts";
import { dragged, png, serve, webp } from "./support/pictures.ts";
import { ids, read } from "./support/world.ts";
import type { Locator, Page } from "@playwright/test";

const CREATE_PACK = "vonage.create-stickerpack";
const LIST_PACKS = "vonage.list-stickerpacks";
const CREATE_STICKER = "vonage.create-sticker";
const LIST_STICKERS = "vonage.list-stickers";
const DELETE_STICKER = "vonage.delete-sticker";

const NORTHGATE = "Northgate smiles";
const PACK = { publisher: "Northgate Dental", name: "Brave patients" };

class Stickers {
  private constructor(readonly page: Page) {}

  static async open(page: Page, sandbox: Sandbox, id?: string): Promise<Stickers> {
    await serve(page, "https://example.com/**", png(640, 640));
    await NumberPage.open(page, sandbox, id ?? (await ids(sandbox)).ready);
    const stickers = new Stickers(page);
    await expect(stickers.own).toBeVisible();
    return stickers;
  }

  get panel(): Locator {
    return this.page.getByRole("region", { name: "Stickers", exact: true });
  }

  // The packs of the business.
  get own(): Locator {
    return this.panel.getByRole("region", { name: "Your packs" });
  }

  get theirs(): Locator {
    return this.panel.locator("details.packs");
  }

  // Every pack that is listed, theirs included.
  get packs(): Locator {
    return this.panel.locator("details.pack");
  }

  pack(name: string): Locator {
    return this.packs.filter({ has: this.page.locator("summary", { hasText: name }) });
  }

  // Opens a pack and waits for its stickers.
  async openPack(name = NORTHGATE): Promise<Locator> {
    const pack = this.pack(name);
    await pack.locator("summary").click();
    await expect(sticker(pack, 0)).toContainText("Sticker ID");
    await expect(pack.locator(".skeleton")).toHaveCount(0);
    return pack;
  }

  // Fills in the form of a new pack.
  async fillPack({ publisher, name } = PACK): Promise<void> {
    await this.own.getByRole("button", { name: "Create a pack" }).click();
    await this.own.getByLabel("Publisher").fill(publisher);
    await this.own.getByLabel("Name").fill(name);
  }

  get createPack(): Locator {
    return this.own.getByRole("button", { name: /^Create the stickerpack|^Sending/ });
  }

  // Fills in the form of a new sticker.
  async fillSticker(pack: Locator, image: string, emojis: string[] = []): Promise<void> {
    await pack.getByRole("button", { name: "Add a sticker" }).click();
    await pack.getByRole("textbox", { name: "Image ID" }).fill(image);
    for (const [at, emoji] of emojis.entries()) {
      await pack.getByRole("button", { name: "Add emoji" }).click();
      await pack.getByLabel(`Emoji ${at + 1}`, { exact: true }).fill(emoji);
    }
  }

  createSticker(pack: Locator): Locator {
    return pack.getByRole("button", { name: /^Create the sticker|^Sending/ });
  }

  get file(): Locator {
    return this.panel.getByLabel("Check a sticker file");
  }

  // What was found of a file.
  get checked(): Locator {
    return this.panel.getByRole("region", { name: "Before you upload" }).locator(".sticker-checked");
  }
}

// One sticker of an opened pack.
const sticker = (pack: Locator, index: number) =>
  pack.locator("li.sticker").filter({ has: pack.page().getByRole("heading", { name: `Sticker ${index}`, exact: true }) });

const bodies = async (sandbox: Sandbox, operation: string) =>
  (await sent(sandbox, operation)).map((call) => call.body);

const lose = (sandbox: Sandbox, operation: string, when: "before" | "after", more: object[] = []) =>
  sandbox.control({ faults: [{ operation, times: 1, when, answer: "drop" }, ...more] });

// A failure of the provider, once.
const fail = (operation: string) => ({ operation, times: 1, answer: { status: 502 } });

test("its own pack is listed with name and publisher, and has its links and stickers", async ({ page, sandbox }) => {
  const { ready, pack: id } = await ids(sandbox);
  const path = `/deployments/${ready}/stickerpacks/${id}`;
  const [there] = (await read(sandbox, "vonage", path)).stickerpacks;
  const stickers = await Stickers.open(page, sandbox, ready);
  await expect(stickers.packs).toHaveCount(1);
  await expect(stickers.packs.locator("summary")).toHaveText(`${there.name} ${there.publisher}`);
  const pack = await stickers.openPack();
  await expect(pack).toContainText(id);
  await expect(pack.getByRole("link", { name: "In the App Store" })).toHaveAttribute("href", there.ios_app_store_link);
  await expect(pack.getByRole("link", { name: "In Google Play" })).toHaveAttribute("href", there.android_app_store_link);
  await expect(pack.locator("li.sticker")).toHaveCount(2);
  for (const index of [0, 1]) {
    const [one] = (await read(sandbox, "vonage", `${path}/stickers/${index}`)).stickers;
    await expect(sticker(pack, index)).toContainText(one.emojis.join(" "));
    await expect(sticker(pack, index).locator("code")).toHaveText([one.id, one.image_data_id]);
  }
});

test("WhatsApp's packs are read once they are opened, and cannot be changed", async ({ page, sandbox }) => {
  const { ready } = await ids(sandbox);
  const listed = await read(sandbox, "vonage", `/deployments/${ready}/stickerpacks?namespace=whatsapp`);
  const from = (await sandbox.log()).at(-1)!.n;
  const asked = async () => (await sandbox.log(from)).filter((call) => call.query === "namespace=whatsapp");
  const stickers = await Stickers.open(page, sandbox, ready);
  await stickers.openPack();
  expect(await asked()).toEqual([]);
  await stickers.theirs.locator("> summary").click();
  await expect(stickers.theirs.locator("details.pack")).toHaveCount(listed.stickerpacks.length);
  expect((await asked())[0].path).toBe(`/deployments/${ready}/stickerpacks`);
  const pack = await stickers.openPack("Cheerful Cups");
  await expect(pack.locator("summary")).toContainText("WhatsApp");
  await expect(sticker(pack, 0)).toContainText("😀");
  await expect(pack.getByRole("button", { name: /^(Add|Remove)/ })).toHaveCount(0);
  await expect(stickers.theirs.getByRole("button", { name: "Create a pack" })).toHaveCount(0);
});

test("a number without packs says so", async ({ page, sandbox }) => {
  const stickers = await Stickers.open(page, sandbox, await inState(sandbox, "READY"));
  await expect(stickers.own).toContainText("No pack yet. A pack holds the stickers that this number can send.");
  await expect(stickers.packs).toHaveCount(0);
});

test("the page says that nothing can be uploaded here", async ({ page, sandbox }) => {
  const stickers = await Stickers.open(page, sandbox);
  await expect(stickers.panel).toContainText("This API offers no upload: upload the file elsewhere");
  await expect(stickers.panel).toContainText("This API gives no pictures, so stickers are shown by their emojis.");
});

test.describe("a new pack", () => {
  test("exactly what was typed is sent, and the pack is listed", async ({ page, sandbox }) => {
    const stickers = await Stickers.open(page, sandbox);
    await stickers.fillPack();
    await stickers.own.getByLabel("App Store link").fill("https://itunes.apple.com/app/id42");
    await stickers.createPack.click();
    await expect(stickers.own.getByRole("status").filter({ hasText: "The pack was created." })).toBeVisible();
    await expect(stickers.pack(PACK.name)).toContainText(PACK.publisher);
    await expect(stickers.own.getByRole("button", { name: "Create a pack" })).toBeFocused();
    expect(await bodies(sandbox, CREATE_PACK)).toEqual([
      { ...PACK, ios_app_store_link: "https://itunes.apple.com/app/id42" },
    ]);
    // The form of the next one is empty.
    await stickers.own.getByRole("button", { name: "Create a pack" }).click();
    await expect(stickers.own.getByLabel("Name")).toHaveValue("");
  });

  test("without a name it is not sent", async ({ page, sandbox }) => {
    const stickers = await Stickers.open(page, sandbox);
    await stickers.fillPack({ publisher: "Northgate Dental", name: "" });
    await stickers.createPack.click();
    await expect(stickers.own.getByRole("group", { name: "One thing to fix before this can be sent" })).toBeFocused();
    await expect(stickers.own.locator(".problem")).toHaveText("Fill this in.");
    expect(await bodies(sandbox, CREATE_PACK)).toEqual([]);
  });

  test("a double click creates one", async ({ page, sandbox }) => {
    const stickers = await Stickers.open(page, sandbox);
    await stickers.fillPack();
    await stickers.createPack.dblclick();
    await expect(stickers.pack(PACK.name)).toBeVisible();
    expect(await bodies(sandbox, CREATE_PACK)).toEqual([PACK]);
  });

  test("no answer came, and it is in the list: it was created, once", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const stickers = await Stickers.open(page, sandbox);
    await stickers.fillPack();
    await lose(sandbox, CREATE_PACK, "after");
    await stickers.createPack.click();
    await expect(stickers.own).toContainText("No answer came, but the pack is in the list: it was created.");
    await expect(stickers.createPack).toBeHidden();
    await expect(stickers.pack(PACK.name)).toHaveCount(1);
    expect(await bodies(sandbox, CREATE_PACK)).toEqual([PACK]);
  });

  test("no answer came, and it is not in the list: it can be sent again", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const stickers = await Stickers.open(page, sandbox);
    await stickers.fillPack();
    await lose(sandbox, CREATE_PACK, "before");
    await stickers.createPack.click();
    await expect(stickers.own).toContainText("The pack is not in the list: it was not created. You can send it again.");
    await expect(stickers.own.getByLabel("Name")).toHaveValue(PACK.name);
    expect(await bodies(sandbox, CREATE_PACK)).toHaveLength(1);
    await stickers.createPack.click();
    await expect(stickers.own).toContainText("The pack was created.");
    await expect(stickers.pack(PACK.name)).toHaveCount(1);
  });

  test("no answer came, and the list fails too: nothing can be sent until it is read", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const stickers = await Stickers.open(page, sandbox);
    await stickers.fillPack();
    await lose(sandbox, CREATE_PACK, "after", [fail(LIST_PACKS)]);
    await stickers.createPack.click();
    await expect(stickers.own).toContainText("It is not known yet whether the pack was created");
    await expect(stickers.createPack).toBeHidden();
    await stickers.own.getByLabel("Name").press("Enter");
    await stickers.own.getByRole("button", { name: "Try again" }).click();
    await expect(stickers.own).toContainText("No answer came, but the pack is in the list: it was created.");
    expect(await bodies(sandbox, CREATE_PACK)).toEqual([PACK]);
  });
});

test.describe("a new sticker", () => {
  const SENT = { image_data_id: "image-7", emojis: ["😀", "👩🏽‍⚕️"] };

  test("exactly what was typed is sent, and the sticker is shown", async ({ page, sandbox }) => {
    const stickers = await Stickers.open(page, sandbox);
    const pack = await stickers.openPack();
    await stickers.fillSticker(pack, SENT.image_data_id, SENT.emojis);
    await stickers.createSticker(pack).click();
    await expect(pack).toContainText("The sticker was added.");
    await expect(sticker(pack, 2)).toContainText("😀 👩🏽‍⚕️");
    await expect(sticker(pack, 2)).toContainText("image-7");
    await expect(pack.getByRole("button", { name: "Add a sticker" })).toBeFocused();
    expect(await bodies(sandbox, CREATE_STICKER)).toEqual([SENT]);
  });

  test("what is no emoji is not sent", async ({ page, sandbox }) => {
    const stickers = await Stickers.open(page, sandbox);
    const pack = await stickers.openPack();
    await stickers.fillSticker(pack, "image-7", [":-)"]);
    await stickers.createSticker(pack).click();
    await expect(pack.locator(".problem")).toHaveText("Must be exactly one emoji.");
    expect(await bodies(sandbox, CREATE_STICKER)).toEqual([]);
  });

  test("no answer came, and it is in the pack: it was added, once", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const stickers = await Stickers.open(page, sandbox);
    const pack = await stickers.openPack();
    await stickers.fillSticker(pack, "image-7", SENT.emojis);
    await lose(sandbox, CREATE_STICKER, "after");
    await stickers.createSticker(pack).click();
    await expect(pack).toContainText("No answer came, but the sticker is in the pack: it was added.");
    await expect(pack.locator("li.sticker")).toHaveCount(3);
    expect(await bodies(sandbox, CREATE_STICKER)).toEqual([SENT]);
  });

  test("no answer came, and it is not in the pack: it can be sent again", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const stickers = await Stickers.open(page, sandbox);
    const pack = await stickers.openPack();
    await stickers.fillSticker(pack, "image-7");
    await lose(sandbox, CREATE_STICKER, "before");
    await stickers.createSticker(pack).click();
    await expect(pack).toContainText("The sticker is not in the pack: it was not added. You can send it again.");
    await stickers.createSticker(pack).click();
    await expect(pack).toContainText("The sticker was added.");
    await expect(pack.locator("li.sticker")).toHaveCount(3);
  });
});

test.describe("removing a sticker", () => {
  const remove = async (pack: Locator, index: number) => {
    await sticker(pack, index).getByRole("button", { name: `Remove sticker ${index}` }).click();
    await expect(sticker(pack, index)).toContainText(`Remove sticker ${index}?`);
  };
  const confirm = (pack: Locator, index: number) =>
    sticker(pack, index).getByRole("button", { name: /^Remove sticker|^Sending/ });

  test("it asks; the sticker can be kept", async ({ page, sandbox }) => {
    const stickers = await Stickers.open(page, sandbox);
    const pack = await stickers.openPack();
    await remove(pack, 1);
    // The focus is not on what removes it.
    await expect(pack.getByRole("button", { name: "Keep it" })).toBeFocused();
    await pack.getByRole("button", { name: "Keep it" }).click();
    await expect(sticker(pack, 1)).toContainText("Sticker ID");
    await expect(sticker(pack, 1).getByRole("button", { name: "Remove sticker 1" })).toBeFocused();
    expect(await sent(sandbox, DELETE_STICKER)).toEqual([]);
  });

  test("confirmed, that one is removed, once", async ({ page, sandbox }) => {
    const { ready, pack: id } = await ids(sandbox);
    const stickers = await Stickers.open(page, sandbox, ready);
    const pack = await stickers.openPack();
    const kept = await sticker(pack, 1).locator("code").allTextContents();
    await remove(pack, 0);
    await confirm(pack, 0).dblclick();
    await expect(pack).toContainText("Sticker 0 was removed.");
    await expect(pack.locator("li.sticker")).toHaveCount(1);
    await expect(sticker(pack, 1).locator("code")).toHaveText(kept);
    expect((await sent(sandbox, DELETE_STICKER)).map((call) => call.path)).toEqual([
      `/deployments/${ready}/stickerpacks/${id}/stickers/0`,
    ]);
  });

  test("no answer came, and it is gone: it was removed, once", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const stickers = await Stickers.open(page, sandbox);
    const pack = await stickers.openPack();
    await remove(pack, 0);
    await lose(sandbox, DELETE_STICKER, "after");
    await confirm(pack, 0).click();
    await expect(pack).toContainText("No answer came, but sticker 0 is gone: it was removed.");
    await expect(pack.locator("li.sticker")).toHaveCount(1);
    expect(await sent(sandbox, DELETE_STICKER)).toHaveLength(1);
  });

  test("no answer came, and it is still there: it can be removed again", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const stickers = await Stickers.open(page, sandbox);
    const pack = await stickers.openPack();
    await remove(pack, 0);
    await lose(sandbox, DELETE_STICKER, "before");
    await confirm(pack, 0).click();
    await expect(pack).toContainText("Sticker 0 is still there: it was not removed. You can send it again.");
    expect(await sent(sandbox, DELETE_STICKER)).toHaveLength(1);
    await confirm(pack, 0).click();
    await expect(pack).toContainText("Sticker 0 was removed.");
  });
});

test.describe("what cannot be read", () => {
  test("a list of packs comes with another try, and the rest of the page works", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const { ready } = await ids(sandbox);
    await sandbox.control({ faults: [fail(LIST_PACKS)] });
    const stickers = await Stickers.open(page, sandbox, ready);
    await expect(stickers.own).toContainText("Something went wrong at the provider.");
    await expect(page.getByRole("region", { name: "Profile", exact: true }).getByLabel("About")).toBeVisible();
    await stickers.theirs.locator("> summary").click();
    await expect(stickers.pack("Cheerful Cups")).toBeVisible();
    await stickers.own.getByRole("button", { name: "Try again" }).click();
    await expect(stickers.pack(NORTHGATE)).toBeVisible();
    await expect(stickers.own.getByRole("button", { name: "Try again" })).toHaveCount(0);
  });

  test("a pack that the provider fails to tell of is read at the next try", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const { ready, pack: id } = await ids(sandbox);
    await sandbox.control({ faults: [fail("vonage.get-stickerpack")] });
    const stickers = await Stickers.open(page, sandbox, ready);
    await expect(stickers.own).toContainText("The packs could not all be read.");
    await expect(stickers.pack(id)).toBeVisible();
    await stickers.own.getByRole("button", { name: "Try again" }).click();
    await expect(stickers.pack(NORTHGATE)).toBeVisible();
    await expect(stickers.own).not.toContainText("The packs could not all be read.");
  });

  test("a pack that the provider denies keeps its place, and the others are read", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const { ready, pack: id } = await ids(sandbox);
    await ask(sandbox, "POST", `/${ready}/stickerpacks`, PACK);
    await sandbox.control({ faults: [{ operation: "vonage.get-stickerpack", times: 1, answer: { status: 404 } }] });
    const stickers = await Stickers.open(page, sandbox, ready);
    await expect(stickers.pack(PACK.name)).toBeVisible();
    await expect(stickers.pack(id)).toContainText("name could not be read");
  });

  test("stickers of one pack come with another try, and another pack can be created", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const stickers = await Stickers.open(page, sandbox);
    await sandbox.control({ faults: [fail(LIST_STICKERS)] });
    const pack = stickers.pack(NORTHGATE);
    await pack.locator("summary").click();
    await expect(pack).toContainText("Something went wrong at the provider.");
    await stickers.fillPack();
    await stickers.createPack.click();
    await expect(stickers.pack(PACK.name)).toBeVisible();
    await pack.getByRole("button", { name: "Try again" }).click();
    await expect(pack.locator("li.sticker")).toHaveCount(2);
  });
});

test.describe("a file before it is uploaded elsewhere", () => {
  const choose = (stickers: Stickers, buffer: Buffer, name = "smile.webp", mimeType = "image/webp") =>
    stickers.file.setInputFiles({ name, mimeType, buffer });

  for (const [name, file] of [
    ["a small one", webp(512, 512)],
    ["one of 100 KB", webp(512, 512, { bytes: 102_400 })],
  ] as const) {
    test(`${name} is ready, is shown, and goes nowhere`, async ({ page, sandbox }) => {
      const stickers = await Stickers.open(page, sandbox);
      const carried: string[] = [];
      page.on("request", (request) => request.postDataBuffer() && carried.push(request.url()));
      await choose(stickers, file);
      await expect(stickers.checked).toContainText("Ready to upload elsewhere.");
      const bytes = file.length.toLocaleString("en");
      await expect(stickers.checked).toContainText(`smile.webp WebP, 512 × 512 pixels, ${bytes} bytes`);
      const picture = stickers.checked.getByRole("img", { name: "The picture in smile.webp" });
      await expect.poll(() => picture.evaluate((picture: HTMLImageElement) => picture.naturalWidth)).toBe(512);
      expect(carried).toEqual([]);
    });
  }

  for (const [name, file, words] of [
    ["animated.webp", webp(512, 512, { animated: true }), "This picture is animated. Numbers hosted by Vonage take still stickers only."],
    ["narrow.webp", webp(511, 512), "The picture has 511 × 512 pixels. A sticker has to have exactly 512 × 512."],
    ["heavy.webp", webp(512, 512, { bytes: 102_402 }), "The file has 102,402 bytes. A sticker may have at most 100 KB, which is 102,400 bytes."],
    ["smile.png", png(512, 512), "This is a PNG picture. A sticker has to be a WebP picture."],
    ["text.webp", Buffer.from("I am a picture."), "This is not a PNG, JPEG or WebP picture, whatever its name says."],
    ["cut.webp", webp(512, 512).subarray(0, -2), "This begins like a WebP, but it is damaged, or its end is missing."],
    ["empty.webp", Buffer.alloc(0), "This file is empty."],
  ] as const) {
    test(`${name} is refused`, async ({ page, sandbox }) => {
      const stickers = await Stickers.open(page, sandbox);
      await choose(stickers, file, name);
      await expect(stickers.checked.locator(".problem")).toHaveText(words);
      await expect(stickers.checked).not.toContainText("Ready to upload");
    });
  }

  test("all that is wrong is said at once", async ({ page, sandbox }) => {
    const stickers = await Stickers.open(page, sandbox);
    await choose(stickers, png(511, 512, 110_000));
    await expect(stickers.checked.locator(".problem")).toHaveCount(3);
  });

  test("it can be dropped", async ({ page, sandbox }) => {
    const stickers = await Stickers.open(page, sandbox);
    const zone = stickers.panel.locator(".drop");
    const dataTransfer = await dragged(page, [{ name: "smile.webp", mimeType: "image/webp", buffer: webp(512, 512) }]);
    await zone.dispatchEvent("dragover", { dataTransfer });
    await expect(zone).toHaveClass(/\bover\b/);
    await zone.dispatchEvent("drop", { dataTransfer });
    await expect(zone).not.toHaveClass(/\bover\b/);
    await expect(stickers.checked).toContainText("Ready to upload elsewhere.");
  });
});
