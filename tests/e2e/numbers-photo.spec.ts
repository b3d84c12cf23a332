// The photo of a live number: which one it has, what a picture has to be, and what is known of one that
// was sent. Files of the device are looked at and go nowhere.
import { expect, FAILED_CALL, test, type Sandbox } from "./support/fixtures.ts";
import { inState, NumberPage, sent } from "./support/numbers.ts";
import { dragged, png, serve, webp } from "./support/pictures.ts";
import { ids, read } from "./support/world.ts";
import type { Locator, Page } from "@playwright/test";

const GET = "vonage.get-photo";
const UPDATE = "vonage.update-photo";

const PRESENT = "https://example.com/northgate/logo.png";
const PICTURE = "https://pictures.example/new.png";

class Photo {
  private constructor(readonly page: Page) {}

  static async open(page: Page, sandbox: Sandbox, id?: string): Promise<Photo> {
    await serve(page, PRESENT, png(640, 640));
    await NumberPage.open(page, sandbox, id ?? (await ids(sandbox)).ready);
    const photo = new Photo(page);
    await expect(photo.address).toBeVisible();
    return photo;
  }

  get panel(): Locator {
    return this.page.getByRole("region", { name: "Profile photo" });
  }

  // What the number has now.
  get present(): Locator {
    return this.panel.locator(".present");
  }

  get address(): Locator {
    return this.panel.getByLabel("Picture address");
  }

  // What was seen of the picture at the address.
  get checked(): Locator {
    return this.panel.locator("form .checked");
  }

  get sendButton(): Locator {
    return this.panel.getByRole("button", { name: /^Update the photo|^Sending/ });
  }

  get outcome(): Locator {
    return this.panel.locator(".outcome-line");
  }

  get file(): Locator {
    return this.panel.getByLabel("Check a file before you put it on a web server");
  }

  // What was seen of a file.
  get judged(): Locator {
    return this.panel.locator(".drop + .checked");
  }

  async check(address: string): Promise<void> {
    await this.address.fill(address);
    await this.panel.getByRole("button", { name: "Check this picture" }).click();
  }

  async send(address: string): Promise<void> {
    await this.address.fill(address);
    await this.sendButton.click();
  }
}

const bodies = async (sandbox: Sandbox) => (await sent(sandbox, UPDATE)).map((call) => call.body);

// Whether the browser has drawn a picture.
const drawn = (picture: Locator) =>
  expect.poll(() => picture.evaluate((picture: HTMLImageElement) => picture.naturalWidth)).toBeGreaterThan(0);

test("it shows the present photo and where it was taken from", async ({ page, sandbox }) => {
  const photo = await Photo.open(page, sandbox);
  await expect(photo.present).toContainText(`Taken from ${PRESENT}`);
  const picture = photo.present.getByRole("img", { name: "The present profile photo, cropped to a circle" });
  await picture.scrollIntoViewIfNeeded();
  await drawn(picture);
});

test("a photo that cannot be shown here still has its address", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const photo = await Photo.open(page, sandbox);
  await page.unroute(PRESENT);
  await page.route(PRESENT, (route) => route.abort());
  await page.reload();
  await photo.present.scrollIntoViewIfNeeded();
  await expect(photo.present).toContainText("The picture could not be loaded here.");
  await expect(photo.present).toContainText(PRESENT);
});

test("a number without a photo says so, and its first one is sent", async ({ page, sandbox }) => {
  await serve(page, PICTURE, png(640, 640));
  const photo = await Photo.open(page, sandbox, await inState(sandbox, "READY"));
  await expect(photo.present).toHaveText("This number has no photo yet.");
  await photo.send(PICTURE);
  await expect(photo.present).toContainText(`Taken from ${PICTURE}`);
});

test.describe("a picture at an address is checked for what a page can see", () => {
  for (const [width, height] of [
    [640, 640],
    [192, 192],
  ]) {
    test(`${width} × ${height} fits`, async ({ page, sandbox }) => {
      await serve(page, PICTURE, png(width, height));
      const photo = await Photo.open(page, sandbox);
      await photo.check(PICTURE);
      await expect(photo.checked).toContainText(`Checked: width and height, ${width} × ${height} pixels. They fit.`);
      await expect(photo.checked.locator(".problem, .warning")).toHaveCount(0);
      // Of the file itself it has seen nothing, and says that.
      await expect(photo.checked).toContainText("Not checked: whether the file is a PNG or JPEG");
      expect(await bodies(sandbox)).toEqual([]);
    });
  }

  for (const [width, height, words] of [
    [191, 191, "Too small: 191 × 191 pixels. Each side has to have at least 192."],
    [640, 191, "Too small: 640 × 191 pixels. Each side has to have at least 192."],
    [641, 640, "Too large: 641 × 640 pixels. Each side may have at most 640."],
  ] as const) {
    test(`${width} × ${height} does not, and is not sent`, async ({ page, sandbox }) => {
      await serve(page, "https://pictures.example/**", png(width, height));
      const photo = await Photo.open(page, sandbox);
      await photo.check(PICTURE);
      await expect(photo.checked.locator(".problem")).toHaveText(words);
      await photo.sendButton.click();
      await expect(photo.checked).toBeFocused();
      expect(await bodies(sandbox)).toEqual([]);
      // What was seen of one address says nothing of another.
      await photo.send("https://pictures.example/another.png");
      await expect(photo.outcome).toHaveText(/^Saved at /);
      expect(await bodies(sandbox)).toEqual([{ image_url: "https://pictures.example/another.png" }]);
    });
  }

  test("300 × 200 is shown as the circle that is left of it and whole, and can be sent", async ({ page, sandbox }) => {
    await serve(page, PICTURE, png(300, 200));
    const photo = await Photo.open(page, sandbox);
    await photo.check(PICTURE);
    await expect(photo.checked.locator(".warning")).toHaveText(/^Not square: 300 × 200 pixels\./);
    await expect(photo.checked.locator(".problem")).toHaveCount(0);
    const sides = async (picture: Locator) => {
      await picture.scrollIntoViewIfNeeded();
      await drawn(picture);
      return picture.evaluate(({ width, height }: HTMLImageElement) => width / height);
    };
    const round = photo.checked.getByRole("img", { name: "The picture, cropped to a circle" });
    expect(await sides(round)).toBe(1);
    await expect(round).toHaveCSS("border-radius", "50%");
    await expect(round).toHaveCSS("object-fit", "cover");
    const whole = photo.checked.getByRole("img", { name: "The whole picture" });
    expect(await sides(whole)).toBeCloseTo(1.5, 1);
    await photo.sendButton.click();
    await expect(photo.outcome).toHaveText(/^Saved at /);
    expect(await bodies(sandbox)).toEqual([{ image_url: PICTURE }]);
  });

  test("one at an http address is not loaded", async ({ page, sandbox }) => {
    const photo = await Photo.open(page, sandbox);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await photo.check("http://pictures.example/new.png");
    await expect(photo.checked).toHaveText(
      "Not checked: this page loads pictures from https addresses only. Vonage may still be able to fetch it.",
    );
    expect(asked.filter((url) => url.includes("pictures.example"))).toEqual([]);
  });

  test("one that cannot be loaded is not checked, and may be sent", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    await page.route("https://pictures.example/**", (route) => route.abort());
    const photo = await Photo.open(page, sandbox);
    await photo.check(PICTURE);
    await expect(photo.checked).toHaveText(
      "Not checked: the picture could not be loaded here. Vonage may still be able to fetch it.",
    );
    await photo.sendButton.click();
    await expect(photo.outcome).toHaveText(/^Saved at /);
    expect(await bodies(sandbox)).toEqual([{ image_url: PICTURE }]);
  });

  test("what is no picture is not checked either", async ({ page, sandbox }) => {
    await page.route(PICTURE, (route) => route.fulfill({ contentType: "text/html", body: "<h1>Sign in</h1>" }));
    const photo = await Photo.open(page, sandbox);
    await photo.check(PICTURE);
    await expect(photo.checked).toContainText("Not checked: the picture could not be loaded here.");
  });
});

for (const [name, address, words] of [
  ["no address", "", "Fill this in."],
  ["a GIF", "https://pictures.example/new.gif", "Must be the address of a .png or .jpg file."],
  ["no web address", "new.png", "Must begin with https:// or http://."],
] as const) {
  test(`${name} is neither checked nor sent`, async ({ page, sandbox }) => {
    const photo = await Photo.open(page, sandbox);
    await photo.check(address);
    await expect(photo.panel.locator(".problem")).toHaveText(words);
    await expect(photo.address).toBeFocused();
    await photo.sendButton.click();
    await expect(photo.address).toBeFocused();
    await expect(photo.checked).toBeEmpty();
    expect(await bodies(sandbox)).toEqual([]);
  });
}

test("sending sends the address alone, and then the new photo is shown", async ({ page, sandbox }) => {
  await serve(page, PICTURE, png(640, 640));
  const photo = await Photo.open(page, sandbox);
  await photo.send(PICTURE);
  await expect(photo.outcome).toHaveText(/^Saved at /);
  await expect(photo.present).toContainText(`Taken from ${PICTURE}`);
  await expect(photo.present).not.toContainText(PRESENT);
  await expect(photo.address).toHaveValue("");
  expect(await bodies(sandbox)).toEqual([{ image_url: PICTURE }]);
});

test("a double click sends once", async ({ page, sandbox }) => {
  await serve(page, PICTURE, png(640, 640));
  const photo = await Photo.open(page, sandbox);
  await photo.address.fill(PICTURE);
  await photo.sendButton.dblclick();
  await expect(photo.outcome).toHaveText(/^Saved at /);
  expect(await bodies(sandbox)).toHaveLength(1);
});

test("what the provider refuses lands on the field, and the present photo stays", async ({ page, sandbox, watch }) => {
  watch.allow(FAILED_CALL);
  const photo = await Photo.open(page, sandbox);
  await photo.send("https://example.com/too-small.png");
  await expect(photo.outcome).toHaveText("Not saved: Refused.");
  await expect(photo.panel.locator(".problem")).toHaveText(
    "The provider says: Image must be at least 192 pixels wide and high",
  );
  await expect(photo.address).toHaveValue("https://example.com/too-small.png");
  await expect(photo.present).toContainText(PRESENT);
});

test.describe("no answer came", () => {
  const lose = (sandbox: Sandbox, when: "before" | "after", more: object[] = []) =>
    sandbox.control({ faults: [{ operation: UPDATE, times: 1, when, answer: "drop" }, ...more] });

  test("it was taken: reading again shows it, and nothing is sent twice", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    await serve(page, PICTURE, png(640, 640));
    const photo = await Photo.open(page, sandbox);
    await lose(sandbox, "after");
    await photo.send(PICTURE);
    await expect(photo.outcome).toContainText("it is the new one");
    await expect(photo.present).toContainText(PICTURE);
    expect(await bodies(sandbox)).toEqual([{ image_url: PICTURE }]);
  });

  test("it was not taken: it can be sent again", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    await serve(page, PICTURE, png(640, 640));
    const photo = await Photo.open(page, sandbox);
    await lose(sandbox, "before");
    await photo.send(PICTURE);
    await expect(photo.outcome).toContainText("it is still the old one");
    await expect(photo.present).toContainText(PRESENT);
    await expect(photo.address).toHaveValue(PICTURE);
    expect(await bodies(sandbox)).toHaveLength(1);
    await photo.sendButton.click();
    await expect(photo.present).toContainText(PICTURE);
    expect(await bodies(sandbox)).toHaveLength(2);
  });

  test("the same address again: its reading tells nothing, and says so", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    const photo = await Photo.open(page, sandbox);
    await lose(sandbox, "after");
    await photo.send(PRESENT);
    await expect(photo.outcome).toContainText("its address does not tell whether the picture was taken");
    expect(await bodies(sandbox)).toHaveLength(1);
  });

  test("it cannot be read again either: nothing is sent until it could", async ({ page, sandbox, watch }) => {
    watch.allow(FAILED_CALL);
    await serve(page, PICTURE, png(640, 640));
    const photo = await Photo.open(page, sandbox);
    await lose(sandbox, "after", [{ operation: GET, times: 1, answer: { status: 502 } }]);
    await photo.send(PICTURE);
    await expect(photo.outcome).toContainText("It is not known whether the last change was saved");
    await expect(photo.sendButton).toHaveAttribute("aria-disabled", "true");
    await expect(photo.panel).toContainText("First it has to be known whether the last photo was taken.");
    await photo.sendButton.click({ force: true });
    await photo.address.press("Enter");
    await photo.panel.getByRole("button", { name: "Try again" }).click();
    await expect(photo.outcome).toContainText("it is the new one");
    expect(await bodies(sandbox)).toEqual([{ image_url: PICTURE }]);
    const { ready } = await ids(sandbox);
    expect(await read(sandbox, "vonage", `/deployments/${ready}/profile/photo`)).toEqual({ image_url: PICTURE });
  });
});

test.describe("a file of the device", () => {
  const MEGABYTES = 5 * 1024 * 1024;
  const choose = (photo: Photo, name: string, buffer: Buffer, mimeType = "image/png") =>
    photo.file.setInputFiles({ name, mimeType, buffer });

  test("a good PNG fits, is shown, and goes nowhere", async ({ page, sandbox }) => {
    const photo = await Photo.open(page, sandbox);
    const carried: string[] = [];
    page.on("request", (request) => request.postDataBuffer() && carried.push(request.url()));
    await choose(photo, "logo.png", png(500, 500));
    await expect(photo.judged).toContainText(/logo\.png: PNG, 500 × 500 pixels, [\d ]+(bytes|kB)\. It fits\./);
    await expect(photo.judged.locator(".problem, .warning")).toHaveCount(0);
    await drawn(photo.judged.getByRole("img", { name: "The whole picture" }));
    await expect(photo.judged).toContainText("Nothing was uploaded: this API takes an address.");
    expect(carried).toEqual([]);
  });

  test("a JPEG fits as well", async ({ page, sandbox }) => {
    const photo = await Photo.open(page, sandbox);
    // Only the browser can write one here.
    const base64 = await page.evaluate(() => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [192, 192];
      canvas.getContext("2d")!.fillRect(0, 0, 100, 100);
      return canvas.toDataURL("image/jpeg").split(",")[1];
    });
    await choose(photo, "logo.jpg", Buffer.from(base64, "base64"), "image/jpeg");
    await expect(photo.judged).toContainText(/JPEG, 192 × 192 pixels, .* It fits\./);
  });

  for (const [name, buffer, words] of [
    ["text.png", Buffer.from("I am a picture."), "This is not a PNG, JPEG or WebP picture, whatever its name says."],
    ["empty.png", Buffer.alloc(0), "This file is empty."],
    ["cut.png", png(640, 640).subarray(0, -12), "This begins like a PNG, but it is damaged, or its end is missing."],
    ["heavy.png", png(640, 640, MEGABYTES + 1), "The file has 5.2 MB; a profile photo may have at most 5 MB."],
    ["small.png", png(191, 191), "Too small: 191 × 191 pixels. Each side has to have at least 192."],
    ["sticker.webp", webp(512, 512), "This is a WebP picture. A profile photo has to be a PNG or a JPEG."],
  ] as const) {
    test(`${name} is refused`, async ({ page, sandbox }) => {
      const photo = await Photo.open(page, sandbox);
      await choose(photo, name, buffer);
      await expect(photo.judged.locator(".problem")).toHaveText(words);
      await expect(photo.judged).not.toContainText("It fits.");
    });
  }

  for (const [bytes, warns] of [
    [800_000, false],
    [800_001, true],
    [MEGABYTES, true],
  ] as const) {
    test(`${bytes} bytes are taken ${warns ? "with a warning" : "as they are"}`, async ({ page, sandbox }) => {
      const photo = await Photo.open(page, sandbox);
      await choose(photo, "logo.png", png(640, 640, bytes));
      await expect(photo.judged).toContainText("PNG, 640 × 640 pixels");
      await expect(photo.judged.locator(".problem")).toHaveCount(0);
      await expect(photo.judged.locator(".warning")).toHaveCount(warns ? 1 : 0);
      if (warns) await expect(photo.judged.locator(".warning")).toContainText("a smaller file is safer");
    });
  }

  test("a giant is not even read", async ({ page, sandbox }) => {
    const photo = await Photo.open(page, sandbox);
    const dataTransfer = await page.evaluateHandle(() => {
      File.prototype.arrayBuffer = () => Promise.reject(new Error("It was read."));
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(20_000_001)], "giant.png"));
      return data;
    });
    await photo.panel.locator(".drop").dispatchEvent("drop", { dataTransfer });
    await expect(photo.judged.locator(".problem")).toHaveText(
      "This file has 20.0 MB and was not read: beyond 20.0 MB no picture is taken.",
    );
  });

  test("the same file can be chosen again, after it was changed", async ({ page, sandbox }) => {
    const photo = await Photo.open(page, sandbox);
    for (const [side, words] of [
      [191, "Too small"],
      [192, "It fits."],
    ] as const) {
      const chooser = page.waitForEvent("filechooser");
      await photo.file.click();
      await (await chooser).setFiles({ name: "logo.png", mimeType: "image/png", buffer: png(side, side) });
      await expect(photo.judged).toContainText(words);
    }
  });

  const logo = { name: "logo.png", mimeType: "image/png", buffer: png(640, 640) };
  for (const [name, files, words] of [
    ["a file", [logo], "logo.png: PNG, 640 × 640 pixels"],
    ["several files", [logo, { ...logo, name: "other.png" }], "Those were several files. Choose one."],
    ["a text", [], "That was no file. Choose a picture of this device, or drop one."],
  ] as const) {
    test(`${name} can be dropped`, async ({ page, sandbox }) => {
      const photo = await Photo.open(page, sandbox);
      const zone = photo.panel.locator(".drop");
      const dataTransfer = await dragged(page, [...files]);
      await zone.dispatchEvent("dragover", { dataTransfer });
      await expect(zone).toHaveClass(/\bover\b/);
      await zone.dispatchEvent("drop", { dataTransfer });
      await expect(zone).not.toHaveClass(/\bover\b/);
      await expect(photo.judged).toContainText(words);
    });
  }
});
