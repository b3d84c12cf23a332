// The history of calls: what left, how it ended, without secrets; and back into a form.
import { expect, test } from "./support/fixtures.ts";
import { place } from "./support/connections.ts";
import { Request } from "./support/form.ts";
import { keys } from "./support/storage.ts";
import { ids } from "./support/world.ts";
import type { Locator, Page } from "@playwright/test";

const rows = (page: Page): Locator => page.locator(".record");

test("a call is listed with how it ended and when, its secrets masked", async ({ page, sandbox }) => {
  const { customer } = await ids(sandbox);
  const form = await Request.open(page, sandbox.url, "kapso.create-whatsapp-config");
  await form.fill({
    "Customer ID": customer,
    Name: "Reception",
    "Phone number ID": "1234567890",
    "Business account ID": "98765432109",
    "Access token": "EAAG-918273-token",
  });
  await form.send();
  await form.succeeded(201);
  await place(page, "Activity");
  const row = rows(page).first();
  await expect(row.locator(".outcome")).toHaveText(/^201 · \d+ ms$/);
  await expect(row.locator("summary")).toContainText("POST");
  await expect(row.locator("summary")).toContainText("Create a WhatsApp config");
  await expect(row.locator("summary")).toContainText(`/customers/${customer}/whatsapp_configs`);
  await expect(row.locator("time")).toHaveAttribute("title", new RegExp(String(new Date().getFullYear())));
  await row.locator("summary").click();
  await expect(row.getByLabel("Sent", { exact: true })).toContainText('"access_token": "••••••"');
  await expect(row.getByLabel("Answered", { exact: true })).toContainText("Reception");
  await expect(row).toContainText("Sandbox (HTTP)");
  expect(await page.content()).not.toContain("918273");
});

test("a call opens again as a form with the same values, but for its secrets", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "vonage.create-deployment");
  await form.fill({
    "Country code": "44",
    Number: "8675309",
    Certificate: "AbC",
    "WhatsApp Business account ID": "123456789123",
    PIN: "918273",
  });
  await form.choose({ "Send the code by": "Voice call" });
  await form.send();
  await form.succeeded(202);
  await form.kept("empty");
  await page.reload();
  await expect(form.field("Number")).toHaveValue("");
  await place(page, "Activity");
  await rows(page).first().locator("summary").click();
  await page.getByRole("button", { name: "Open as a form" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Create a deployment");
  await expect(form.field("Country code")).toHaveValue("44");
  await expect(form.field("Number")).toHaveValue("8675309");
  await expect(form.field("Send the code by")).toHaveValue("voice");
  await expect(form.field("PIN")).toHaveValue("");
});

test("lists come back with their rows", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "rapida.create-whatsapp-deployment");
  await form.fill({ "Assistant ID": "1", "WhatsApp provider": "gupshup" });
  await form.add("whatsappOptions", 2);
  await form.row("Option 1").fill({ Key: "a", Value: "1" });
  await form.row("Option 2").fill({ Key: "b", Value: "2" });
  await form.send();
  await form.succeeded(200);
  await page.getByRole("button", { name: "Clear" }).click();
  await place(page, "Activity");
  await rows(page).first().locator("summary").click();
  await page.getByRole("button", { name: "Open as a form" }).click();
  await expect(form.row("Option 1").field("Key")).toHaveValue("a");
  await expect(form.row("Option 2").field("Value")).toHaveValue("2");
});

test("reads of one address within a minute are one row, writes are each their own", async ({ page, sandbox }) => {
  await page.clock.setFixedTime(new Date("2026-11-20T12:00:30Z"));
  const form = await Request.open(page, sandbox.url, "kapso.list-customers");
  for (let time = 1; time <= 3; time++) {
    await form.send();
    await expect(async () => expect(await sandbox.log()).toHaveLength(time)).toPass();
    await form.succeeded(200);
  }
  await page.clock.setFixedTime(new Date("2026-11-20T12:01:05Z"));
  await form.send();
  await expect(async () => expect(await sandbox.log()).toHaveLength(4)).toPass();
  await form.succeeded(200);
  const write = await Request.open(page, sandbox.url, "kapso.create-customer");
  await write.fill({ Name: "Acme" });
  await write.send();
  await write.succeeded(201);
  await place(page, "Activity");
  await expect(rows(page)).toHaveCount(3);
  // Newest first.
  await expect(rows(page).nth(0)).toContainText("Create a customer");
  await expect(rows(page).nth(1).locator(".times")).toHaveCount(0);
  await expect(rows(page).nth(2).locator(".times")).toHaveText("3 times");
});

test("a call without an answer is listed as one that may have been carried out", async ({ page, sandbox, watch }) => {
  watch.allow(/^Failed to load resource: /);
  const form = await Request.open(page, sandbox.url, "kapso.create-customer");
  await form.fill({ Name: "Acme" });
  await sandbox.control({ faults: [{ operation: "kapso.create-customer", times: 1, when: "after", answer: "drop" }] });
  await form.send();
  await expect(form.outcome).toContainText("Blocked or unreachable");
  await place(page, "Activity");
  await expect(rows(page).locator(".outcome")).toHaveText("Blocked or unreachable, may have been carried out");
});

test("a call whose page died before the answer is listed as unanswered", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.create-customer");
  await form.fill({ Name: "Acme" });
  await sandbox.control({ faults: [{ operation: "kapso.create-customer", times: 1, when: "after", answer: "hang" }] });
  await form.send();
  await expect(async () => expect(await sandbox.log()).toHaveLength(1)).toPass();
  await page.goto(`${sandbox.url}/activity`);
  await expect(rows(page).locator(".outcome")).toHaveText("No answer seen");
});

test("the oldest calls make room once two thousand are kept", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.create-customer");
  await form.fill({ Name: "Acme" });
  await form.send();
  await form.succeeded(201);
  // Older calls than any of today, the oldest first.
  await page.evaluate(async () => {
    const opened = indexedDB.open("switchboard");
    await new Promise((resolve) => (opened.onsuccess = resolve));
    const transaction = opened.result.transaction("writes", "readwrite");
    const shelf = transaction.objectStore("writes");
    const first = shelf.getAll();
    await new Promise((resolve) => (first.onsuccess = resolve));
    for (let at = 1; at <= 2_005; at++) {
      const key = `${String(at).padStart(15, "0")}-00000000`;
      shelf.put(JSON.stringify({ ...JSON.parse(first.result[0]), key, at }), key);
    }
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    opened.result.close();
  });
  await form.send();
  await form.succeeded(201);
  const kept = await keys(page, "writes");
  expect(kept).toHaveLength(2_000);
  // 2,005 old ones and two of today: the seven oldest went.
  expect(kept[0]).toBe("000000000000008-00000000");
});

test("the history survives a reload, and clearing it asks first", async ({ page, sandbox }) => {
  const form = await Request.open(page, sandbox.url, "kapso.create-customer");
  await form.fill({ Name: "Acme" });
  await form.send();
  await form.succeeded(201);
  await place(page, "Activity");
  await expect(rows(page)).toHaveCount(1);
  await page.reload();
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Delete the history" }).click();
  await expect(page.getByText("Delete the whole history?")).toBeVisible();
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Delete the history" })).toBeFocused();
  await page.getByRole("button", { name: "Delete the history" }).click();
  await page.getByRole("button", { name: "Delete it" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(page.getByText("Nothing was sent from this device yet.")).toBeVisible();
  await page.reload();
  await expect(page.getByText("Nothing was sent from this device yet.")).toBeVisible();
});
