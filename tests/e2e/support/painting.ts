// What is measured inside the page: when something is painted, how long frames take, and where a row
// stands in each of them. A frame counts as painted when a message that was sent in it is delivered.
import type { CDPSession, Locator, Page } from "@playwright/test";

declare global {
  var figures: {
    // Milliseconds from the last event that was waited for to the frame that shows what was waited for.
    painted?: Promise<number>;
    // Ends what is recorded of every frame, and answers it.
    stop?: () => unknown;
  };
}

// To be called on each new page, before anything is measured on it.
export async function prepare(page: Page): Promise<void> {
  await page.evaluate(() => {
    globalThis.figures = {};
  });
}

// Has the page measure from the last `event` on, until a frame has an element in view among the messages.
export async function watchFor(page: Page, event: string, selector: string): Promise<void> {
  await page.evaluate(
    ([event, selector]) => {
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      figures.painted = promise;
      setTimeout(() => reject(new Error(`${selector} was not seen within ten seconds.`)), 10_000);
      let from: number | undefined;
      const heard = (event: Event) => (from = event.timeStamp);
      addEventListener(event, heard, true);
      const inView = () => {
        const seen = document.querySelector(".thread-scroll")?.getBoundingClientRect();
        const box = document.querySelector(selector)?.getBoundingClientRect();
        return seen && box && box.height > 0 && box.top >= seen.top && box.bottom <= seen.bottom;
      };
      const look = () => {
        if (from === undefined || !inView()) return requestAnimationFrame(look);
        removeEventListener(event, heard, true);
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - from!);
        port2.postMessage(null);
      };
      requestAnimationFrame(look);
    },
    [event, selector],
  );
}

export const painted = (page: Page): Promise<number> => page.evaluate(() => figures.painted!);

export interface Turned {
  // Milliseconds between frames.
  frames: number[];
  // Frames in which a part of the viewport showed no message.
  blank: number;
  // The most elements in any frame.
  elements: number;
  // Pixels that the messages were moved.
  moved: number;
}

// Turns the wheel towards older messages for some seconds, at so many pixels a second.
export async function wheel(page: Page, cdp: CDPSession, seconds: number, speed: number): Promise<Turned> {
  const box = (await page.locator(".thread-scroll").boundingBox())!;
  await recordFrames(page);
  await cdp.send("Input.synthesizeScrollGesture", {
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    yDistance: seconds * speed,
    speed,
    gestureSourceType: "mouse",
    preventFling: true,
  });
  return page.evaluate(() => figures.stop!() as Turned);
}

async function recordFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const turned: Turned = { frames: [], blank: 0, elements: 0, moved: 0 };
    const scroller = document.querySelector(".thread-scroll")!;
    const rows = document.querySelector(".thread-rows")!;
    const all = document.getElementsByTagName("*");
    const isBlank = () => {
      const seen = scroller.getBoundingClientRect();
      const drawn = rows.getBoundingClientRect();
      // Scrolling stops at whole pixels, rows do not.
      if (drawn.top >= seen.top + 1 || drawn.bottom <= seen.bottom - 1) return true;
      return [...rows.querySelectorAll(".waiting")].some((row) => {
        const box = row.getBoundingClientRect();
        return box.bottom > seen.top && box.top < seen.bottom;
      });
    };
    let before: number | undefined;
    let scrolled = scroller.scrollTop;
    let going = true;
    const frame = (now: number) => {
      if (!going) return;
      if (before !== undefined) turned.frames.push(now - before);
      before = now;
      turned.moved += Math.abs(scroller.scrollTop - scrolled);
      scrolled = scroller.scrollTop;
      turned.blank += Number(isBlank());
      turned.elements = Math.max(turned.elements, all.length);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    figures.stop = () => {
      going = false;
      return turned;
    };
  });
}

// Has the page record where a row stands, in every frame until `followed`.
export async function follow(row: Locator): Promise<void> {
  await row.evaluate((element) => {
    const tops: number[] = [];
    let going = true;
    const frame = () => {
      if (!going) return;
      // Where it is no more, it has moved farther than anybody allows.
      tops.push(element.isConnected ? element.getBoundingClientRect().top : Infinity);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    figures.stop = () => {
      going = false;
      return tops;
    };
  });
}

export const followed = (page: Page): Promise<number[]> => page.evaluate(() => figures.stop!() as number[]);

// Waits for so many frames.
export const frames = (page: Page, count: number): Promise<void> =>
  page.evaluate(async (count) => {
    for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame);
  }, count);

// What a page holds after a garbage collection, in bytes: the objects of its scripts with their buffers
// and texts outside of them, the browser's objects of the document, and the memories of its modules. V8
// counts the last with none of the others.
export async function memory(cdp: CDPSession): Promise<number> {
  // A document that was left goes with the second collection, when nothing of it is waited for any more.
  for (let time = 0; time < 2; time++) await cdp.send("HeapProfiler.collectGarbage");
  // Later than the browser they were written for, these have members that Playwright does not know.
  const heap: Record<string, number> = { ...(await cdp.send("Runtime.getHeapUsage")) };
  const { result } = await cdp.send("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype" });
  const { objects } = await cdp.send("Runtime.queryObjects", { prototypeObjectId: result.objectId! });
  const sum = await cdp.send("Runtime.callFunctionOn", {
    objectId: objects.objectId!,
    functionDeclaration: "function () { return this.reduce((sum, { buffer }) => sum + buffer.byteLength, 0); }",
    returnByValue: true,
  });
  return heap.usedSize + heap.embedderHeapUsedSize + heap.backingStorageSize + sum.result.value;
}
