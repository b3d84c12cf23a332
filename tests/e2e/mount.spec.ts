// The built site starts on a static host, under the content policy it was built with.
import { createHash } from "node:crypto";
import { kept } from "./support/builds.ts";
import { expect, test } from "./support/fixtures.ts";

test("the page mounts, with one main and one heading", async ({ page, host }) => {
  const site = await host();
  await page.goto(site.url);
  await expect(page.locator("main h1")).toBeVisible();
  await expect(page.locator("main")).toHaveCount(1);
  await expect(page.locator("h1")).toHaveCount(1);
});

test("every place of the site is the page, dots in it or not", async ({ page, sandbox }) => {
  for (const place of ["/", "/no/such/place", "/requests/kapso.send-message"]) {
    const answer = await page.goto(`${sandbox.url}${place}`);
    expect(answer?.status()).toBe(200);
    await expect(page.locator("main h1")).toBeVisible();
  }
});

test("the policy is in force before anything is loaded", async ({ page, host }) => {
  const site = await host();
  await page.goto(site.url);
  const head = await page.evaluate(() => [...document.head.children].slice(0, 2).map((tag) => tag.outerHTML));
  expect(head[0]).toMatch(/charset/);
  expect(head[1]).toMatch(/^<meta http-equiv="Content-Security-Policy" content="default-src 'none'; /);
});

test("what the page loads first is named with its digest, and what was changed on its way is not used", async ({ page, host, watch }) => {
  const site = await host();
  await page.goto(site.url);
  const named = await page.locator("link[rel=stylesheet], link[rel=modulepreload], link[rel=preload]").evaluateAll((tags) =>
    (tags as HTMLLinkElement[]).map(({ href, integrity }) => ({ href, integrity })));
  expect(named.length).toBeGreaterThan(5);
  for (const { href, integrity } of named) {
    const content = Buffer.from(await (await fetch(href)).arrayBuffer());
    expect(integrity, href).toBe(`sha384-${createHash("sha384").update(content).digest("base64")}`);
  }
  watch.allow(/integrity/, /Failed to fetch/);
  const wasm = named.find(({ href }) => href.endsWith(".wasm"))!;
  const changed = await host({
    instead: { [new URL(wasm.href).pathname]: (_, response) => void response.writeHead(200, { "content-type": "application/wasm" }).end(Buffer.from("\0asm\x01\0\0\0", "latin1")) },
  });
  await page.goto(changed.url);
  await expect(page.getByRole("alert")).toContainText("Switchboard could not load this page.");
});

test("what is loaded later has to be of this build as well", async ({ page, host, watch }) => {
  const site = await host();
  await page.goto(site.url);
  const tag = page.locator("script[data-wasm]");
  const digest = async (file: string) => {
    const content = Buffer.from(await (await fetch(`${site.url}${file}`)).arrayBuffer());
    return `sha384-${createHash("sha384").update(content).digest("base64")}`;
  };
  await expect(tag).toHaveAttribute("integrity", await digest("loader.js"));
  for (const module of ["console", "sandbox"]) {
    await expect(tag).toHaveAttribute(`data-${module}`, `${await digest(`${module}.js`)} ${await digest(`${module}_bg.wasm`)}`);
  }
  watch.allow(/integrity/, /Failed to fetch/, /of another build/);
  const ran = (content: string, type: string) => (_: unknown, response: any) => void response.writeHead(200, { "content-type": type }).end(Buffer.from(content, "latin1"));
  for (const [path, other] of [
    ["/console.js", ran("document.title = 'ran'; export default () => {};", "text/javascript")],
    ["/console_bg.wasm", ran("\0asm\x01\0\0\0", "application/wasm")],
  ] as const) {
    const changed = await host({ instead: { [path]: other } });
    await page.goto(`${changed.url}connections`);
    await expect(page.getByRole("alert")).toContainText("Switchboard could not load this page.");
    expect(await page.title()).not.toBe("ran");
  }
});

const modules = (asked: string[]) => asked.filter((path) => path.startsWith("/console")).sort();
const MODULE = ["/console.css", "/console.js", "/console_bg.wasm"];

test("another place than the start page asks for its module once its frame is seen, the start page does not", async ({ page, host }) => {
  const site = await host();
  const asked: string[] = [];
  const early: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.route(/\/console/, async (route) => {
    const seen = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length > 0);
    if (!seen) early.push(route.request().url());
    await route.continue();
  });
  await page.goto(`${site.url}connections`, { waitUntil: "commit" });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Connections");
  await expect.poll(() => modules(asked)).toEqual(MODULE);
  expect(early).toEqual([]);
  asked.length = 0;
  await page.goto(site.url);
  await expect(page.locator("main h1")).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(modules(asked)).toEqual([]);
});

test.describe("where the build is on the device", () => {
  test.use({ serviceWorkers: "allow" });

  test("another place than the start page asks for its module at once", async ({ page, host }) => {
    const site = await host();
    await page.goto(site.url);
    await kept(page);
    // Without its module the start page never comes; the other one is asked for all the same.
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.addInitScript(() => {
      const instantiate = WebAssembly.instantiateStreaming;
      WebAssembly.instantiateStreaming = (async (source: Promise<Response>, imports: any) =>
        /switchboard-\w+_bg/.test((await source).url) ? new Promise(() => {}) : instantiate(source, imports)) as any;
    });
    await page.goto(`${site.url}connections`, { waitUntil: "commit" });
    await expect.poll(() => modules(asked)).toEqual(MODULE);
    await expect(page.locator("main h1")).toHaveCount(0);
  });
});

test("mark-up that could run is refused, other mark-up passes", async ({ page, host }) => {
  const site = await host();
  await page.goto(site.url);
  await expect(page.locator("main h1")).toBeVisible();
  const insert = (markup: string) =>
    page.evaluate((given) => {
      try {
        const inside = document.createElement("div");
        inside.innerHTML = given;
        return inside.innerHTML;
      } catch (error) {
        return (error as Error).name;
      }
    }, markup);
  expect(await insert("<b>bold</b>")).toBe("<b>bold</b>");
  for (const refused of ["<script>1</script>", "<img src=x onerror=1>", "<a href='JavaScript:1'>"]) {
    expect(await insert(refused)).toBe("TypeError");
  }
});

test("a script address made of text is refused", async ({ page, host, watch }) => {
  watch.allow(/require-trusted-types-for|TrustedScriptURL/);
  const site = await host();
  await page.goto(site.url);
  const refused = await page.evaluate(() => {
    try {
      document.createElement("script").src = "loader.js";
      return "passed";
    } catch (error) {
      return (error as Error).name;
    }
  });
  expect(refused).toBe("TypeError");
});

test("a host outside the policy is not called, one that was added is", async ({ page, host, siteAllowing, watch }) => {
  watch.allow(/Content policy: connect-src|Content Security Policy|Refused to connect/);
  const answer = (_: unknown, response: any) =>
    response.writeHead(200, { "access-control-allow-origin": "*" }).end("called");
  const other = await host({ instead: { "/call": answer } });
  const call = () =>
    page.evaluate((url) => fetch(url).then((answer) => answer.text(), () => "refused"), `${other.url}call`);

  await page.goto((await host()).url);
  expect(await call()).toBe("refused");

  const folder = siteAllowing(new URL(other.url).origin);
  await page.goto((await host({ folder })).url);
  expect(await call()).toBe("called");
});

test("the first load is what the size table counts", async ({ page, sandbox }) => {
  const fetched = new Set<string>();
  page.on("request", (request) => fetched.add(new URL(request.url()).pathname.slice(1) || "index.html"));
  await page.goto(sandbox.url);
  await expect(page.locator("main h1")).toBeVisible();
  await page.waitForLoadState("networkidle");
  const counted = new Set(process.env.SWITCHBOARD_FIRST_LOAD?.split(","));
  const uncounted = [...fetched].filter((name) => !counted.has(name) && !name.startsWith("sandbox/"));
  expect(uncounted).toEqual([]);
});
