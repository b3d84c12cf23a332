// Sharing a live number: the link that opens a chat, its QR code, and the code as files.
import { expect, test, type Sandbox } from "./support/fixtures.ts";
import { NumberPage } from "./support/numbers.ts";
import { png, serve, sidesOf } from "./support/pictures.ts";
import { ids, read } from "./support/world.ts";
import type { Download, Locator, Page } from "@playwright/test";
import { readFile } from "node:fs/promises";

// Bytes that the largest code of medium error correction holds.
const MOST = 2331;

class Share {
  private constructor(
    readonly page: Page,
    // Country code and number.
    readonly digits: string,
  ) {}

  static async open(page: Page, sandbox: Sandbox): Promise<Share> {
    await serve(page, "https://example.com/**", png(640, 640));
    const { ready } = await ids(sandbox);
    const { country_code, number } = await read(sandbox, "vonage", `/deployments/${ready}`);
    await NumberPage.open(page, sandbox, ready);
    const share = new Share(page, country_code + number);
    await expect(share.link).toBeVisible();
    return share;
  }

  get panel(): Locator {
    return this.page.getByRole("region", { name: "Share", exact: true });
  }

  get text(): Locator {
    return this.panel.getByLabel("Text that is filled in for the customer (optional)");
  }

  get link(): Locator {
    return this.panel.locator(".share-link code");
  }

  get code(): Locator {
    return this.panel.getByRole("img", { name: /^QR code/ });
  }

  // The dark modules of the code.
  drawn(): Promise<string | null> {
    return this.code.locator("path").getAttribute("d");
  }

  async download(kind: "SVG" | "PNG"): Promise<[Download, Buffer]> {
    const started = this.page.waitForEvent("download");
    await this.panel.getByRole("button", { name: `Download as ${kind}` }).click();
    const download = await started;
    return [download, await readFile(await download.path())];
  }
}

test("the link and the code are those of the number", async ({ page, sandbox }) => {
  const share = await Share.open(page, sandbox);
  const link = `https://wa.me/${share.digits}`;
  await expect(share.link).toHaveText(link);
  await expect(share.panel.getByRole("link", { name: "Open" })).toHaveAttribute("href", link);
  await expect(share.code).toHaveAccessibleName(`QR code for ${link}`);
  expect(await share.code.evaluate((element) => element.tagName)).toBe("svg");
});

test("a text is part of the link, whatever it is made of", async ({ page, sandbox }) => {
  const share = await Share.open(page, sandbox);
  const plain = await share.drawn();
  const text = "Tom & Jerry #1? 100% + 😀\nzweite Zeile مرحبا";
  await share.text.fill(text);
  const carried = async () => (await share.link.textContent())!.split("?text=");
  await expect.poll(carried).toHaveLength(2);
  const [address, encoded] = await carried();
  expect(address).toBe(`https://wa.me/${share.digits}`);
  // Nothing in it may end the text, nor stand for a space.
  expect(encoded).toMatch(/^[A-Za-z0-9%\-._~!*'()]+$/);
  expect(decodeURIComponent(encoded)).toBe(text);
  await expect(share.code).toHaveAccessibleName(`QR code for ${address}, with your text`);
  expect(await share.drawn()).not.toBe(plain);
  await share.text.fill("");
  await expect(share.link).toHaveText(address);
  expect(await share.drawn()).toBe(plain);
});

test("the link can be copied", async ({ page, context, sandbox }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const share = await Share.open(page, sandbox);
  await share.text.fill("Hello");
  await share.panel.getByRole("button", { name: "Copy the link" }).click();
  await expect(share.panel).toContainText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`https://wa.me/${share.digits}?text=Hello`);
});

test("the SVG holds the code that is shown, and nothing that runs or loads", async ({ page, sandbox }) => {
  const share = await Share.open(page, sandbox);
  await share.text.fill("<script>alert(1)</script>");
  const shown = await share.drawn();
  const [download, file] = await share.download("SVG");
  expect(download.suggestedFilename()).toBe(`whatsapp-${share.digits}.svg`);
  const svg = await page.evaluate((text) => {
    const { documentElement: root } = new DOMParser().parseFromString(text, "image/svg+xml");
    const elements = [root, ...root.querySelectorAll("*")].map((element) => element.tagName);
    return { elements, view: root.getAttribute("viewBox"), drawn: root.querySelector("path")?.getAttribute("d") };
  }, file.toString("utf8"));
  expect(svg.elements).toEqual(["svg", "rect", "path"]);
  expect(svg.view).toBe(await share.code.getAttribute("viewBox"));
  expect(svg.drawn).toBe(shown);
  expect(file.toString("utf8")).not.toMatch(/script|href/i);
});

test("the PNG has 1024 pixels a side and holds the code that is shown", async ({ page, sandbox }) => {
  const share = await Share.open(page, sandbox);
  const [download, file] = await share.download("PNG");
  expect(download.suggestedFilename()).toBe(`whatsapp-${share.digits}.png`);
  expect(sidesOf(file)).toEqual([1024, 1024]);
  // Both are drawn as large as the code has modules, and compared dot by dot.
  const different = await page.evaluate(
    async ([base64, view, path]) => {
      const side = Number(view.split(" ")[2]);
      const context = () => {
        const canvas = document.createElement("canvas");
        [canvas.width, canvas.height] = [1024, 1024];
        return canvas.getContext("2d", { willReadFrequently: true })!;
      };
      const [picture, shown] = [context(), context()];
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      picture.drawImage(await createImageBitmap(new Blob([bytes], { type: "image/png" })), 0, 0);
      shown.fillStyle = "#fff";
      shown.fillRect(0, 0, 1024, 1024);
      shown.fillStyle = "#000";
      shown.fill(new Path2D(path));
      // Whole pixels a module; the rest is margin.
      const module = Math.floor(1024 / side);
      const margin = Math.floor((1024 - module * side) / 2);
      let different = 0;
      for (let y = 0; y < side; y++) {
        for (let x = 0; x < side; x++) {
          const at = (place: number) => margin + place * module + Math.floor(module / 2);
          const dot = picture.getImageData(at(x), at(y), 1, 1).data;
          if ((dot[0] < 128) !== (shown.getImageData(x, y, 1, 1).data[0] < 128)) different++;
        }
      }
      return different;
    },
    [file.toString("base64"), (await share.code.getAttribute("viewBox"))!, (await share.drawn())!],
  );
  expect(different).toBe(0);
});

test("a text that no code can hold takes the code away and leaves the link", async ({ page, sandbox }) => {
  const share = await Share.open(page, sandbox);
  const rest = MOST - `https://wa.me/${share.digits}?text=`.length;
  await share.text.fill("x".repeat(rest));
  await expect(share.panel).toContainText(`${rest} characters`);
  await expect(share.code).toBeVisible();
  await share.text.fill("x".repeat(rest + 1));
  await expect(share.code).toHaveCount(0);
  await expect(share.panel.getByRole("status").filter({ hasText: "too long for a QR code" })).toBeVisible();
  await expect(share.panel.getByRole("button", { name: /^Download/ })).toHaveCount(0);
  await expect(share.link).toHaveText(`https://wa.me/${share.digits}?text=${"x".repeat(rest + 1)}`);
  await expect(share.text).toBeFocused();
  await share.text.fill("short");
  await expect(share.code).toBeVisible();
  await expect(share.panel).not.toContainText("too long for a QR code");
});
