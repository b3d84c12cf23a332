// How the tests run; `cargo xtask test --e2e` sets what stands in the environment.
import { defineConfig } from "@playwright/test";
import { fromXtask } from "./support/environment.ts";

export default defineConfig({
  outputDir: "results",
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    headless: true,
    trace: "off",
    screenshot: "off",
    video: "off",
    // Answers that a test puts in the place of others have to come from where it puts them.
    serviceWorkers: "block",
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      executablePath: fromXtask("SWITCHBOARD_CHROMIUM"),
      args: [
        "--no-sandbox",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-gpu",
        "--disable-dev-shm-usage",
      ],
    },
  },
  projects: [
    { name: "e2e", testIgnore: ["bench/**", "made/**"] },
    { name: "bench", testDir: "bench" },
    { name: "made", testDir: "made" },
  ],
});
