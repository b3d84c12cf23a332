// Picture files made for a test: as wide, high and heavy as it needs, and readable by a browser.
import type { JSHandle, Page } from "@playwright/test";
import { crc32, deflateSync } from "node:zlib";

// A grey PNG; `bytes` is what the whole file has, where it has to be that heavy.
export function png(width: number, height: number, bytes = 0): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, all of them grey.
  header[8] = 8;
  const rows = Buffer.alloc((width + 1) * height, 0x80);
  // Each row begins with its filter: none.
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0;
  const content = [chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  const start = Buffer.from("89504e470d0a1a0a", "hex");
  const lacking = bytes - Buffer.concat([start, ...content]).length;
  // A chunk that no reader knows, nor has to.
  if (lacking > 0) content.splice(1, 0, chunk("fiLl", Buffer.alloc(lacking - 12)));
  return Buffer.concat([start, ...content]);
}

function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

interface WebpOptions {
  // The header says that it is animated.
  animated?: boolean;
  // What the whole file has, an even number.
  bytes?: number;
}

// A WebP of one colour, of the plain kind unless something has to be added to it.
export function webp(width: number, height: number, { animated = false, bytes = 0 }: WebpOptions = {}): Buffer {
  const picture = part("VP8L", lossless(width, height));
  if (!animated && bytes === 0) return riff([picture]);
  const header = Buffer.alloc(10);
  header[0] = animated ? 0b10 : 0;
  header.writeUIntLE(width - 1, 4, 3);
  header.writeUIntLE(height - 1, 7, 3);
  const parts = [part("VP8X", header), picture];
  const lacking = bytes - riff(parts).length;
  if (lacking > 0) parts.push(part("FILL", Buffer.alloc(lacking - 8)));
  return riff(parts);
}

function riff(parts: Buffer[]): Buffer {
  return part("RIFF", Buffer.concat([Buffer.from("WEBP"), ...parts]));
}

function part(name: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(content.length);
  return Buffer.concat([Buffer.from(name), length, content, Buffer.alloc(content.length % 2)]);
}

// A lossless bitstream whose five codes have one symbol each, so that no pixel takes a bit.
function lossless(width: number, height: number): Buffer {
  const bits: number[] = [];
  const put = (value: number, count: number) => {
    for (let bit = 0; bit < count; bit++) bits.push((value >> bit) & 1);
  };
  put(0x2f, 8);
  put(width - 1, 14);
  put(height - 1, 14);
  // No alpha, version 0, no transform, no colour cache, one group of codes.
  put(0, 1 + 3 + 1 + 1 + 1);
  for (const symbol of [0x80, 0x40, 0xc0, 0xff, 0]) {
    // A simple code, of one symbol, in eight bits.
    put(0b101, 3);
    put(symbol, 8);
  }
  const bytes = Buffer.alloc(Math.ceil(bits.length / 8));
  bits.forEach((bit, at) => (bytes[at >> 3] |= bit << (at & 7)));
  return bytes;
}

// Width and height that a PNG tells of itself.
export function sidesOf(file: Buffer): [number, number] {
  if (file.toString("latin1", 12, 16) !== "IHDR") throw new Error("This is no PNG.");
  return [file.readUInt32BE(16), file.readUInt32BE(20)];
}

// Answers an address with a picture, as some web server would.
export async function serve(page: Page, address: string, body: Buffer): Promise<void> {
  await page.route(address, (route) => route.fulfill({ contentType: "image/png", body }));
}

export interface Dropped {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

// What a drop brings along: files, or with none a text.
export function dragged(page: Page, files: Dropped[]): Promise<JSHandle<DataTransfer>> {
  const plain = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString("base64") }));
  return page.evaluateHandle((files) => {
    const data = new DataTransfer();
    if (files.length === 0) data.setData("text/plain", "a text");
    for (const { name, mimeType, base64 } of files) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      data.items.add(new File([bytes], name, { type: mimeType }));
    }
    return data;
  }, plain);
}
