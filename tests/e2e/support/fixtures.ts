// What every test starts from: `import { test, expect } from "./support/fixtures.ts"`.
import { test as base, expect } from "@playwright/test";
import { dist } from "./environment.ts";
import { Sandbox } from "./sandbox.ts";
import { Copy, StaticHost, type HostOptions } from "./static-host.ts";
import { none, Secrets } from "./secrets.ts";
import { storesBeforeLeaving } from "./storing.ts";
import { Watch } from "./watch.ts";

export { expect, type Sandbox, type StaticHost };
export { FAILED_CALL } from "./watch.ts";

interface Fixtures {
  // The site and the sandbox over HTTP, reset before every test that uses it.
  sandbox: Sandbox;
  // Serves a folder, the built site unless named, as a static host would; stopped after the test.
  host: (options?: HostOptions & { folder?: string }) => Promise<StaticHost>;
  // A copy of the built site whose content policy allows these hosts as well; returns its folder.
  siteAllowing: (...hosts: string[]) => string;
  // What the browser complained of; empty at the end of every test but for what was allowed.
  watch: Watch;
  // What is secret in a test, and must be nowhere at its end.
  secrets: Secrets;
}

interface WorkerFixtures {
  server: Sandbox;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const server = await Sandbox.start();
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],

  sandbox: async ({ server }, use) => {
    await server.reset();
    await use(server);
  },

  siteAllowing: async ({}, use) => {
    const made: Copy[] = [];
    await use((...hosts) => {
      const copy = new Copy(dist(), hosts);
      made.push(copy);
      return copy.folder;
    });
    made.forEach((copy) => copy.remove());
  },

  // What a fixture asks for outlives it. So this one asks for the copies, that no host may serve a
  // folder that is being removed.
  host: async ({ siteAllowing: _ }, use) => {
    const started: StaticHost[] = [];
    await use(async ({ folder = dist(), ...options } = {}) => {
      const host = await StaticHost.start(folder, options);
      started.push(host);
      return host;
    });
    await Promise.all(started.map((host) => host.stop()));
  },

  // And this one for the hosts, that it may not see them go.
  watch: [
    async ({ context, host: _ }, use) => {
      const watch = new Watch();
      await watch.over(context);
      await storesBeforeLeaving(context);
      await use(watch);
      expect(watch.unexpected(), "what the browser complained of").toEqual([]);
    },
    { auto: true },
  ],

  secrets: [
    async ({ context, watch: _ }, use) => {
      const secrets = new Secrets();
      await secrets.over(context);
      await use(secrets);
      await none(secrets, context);
    },
    { auto: true },
  ],
});
