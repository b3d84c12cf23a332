// Tables of people as they come: whatever is wrong with one is told, with its line, before anything leaves.
import { writeFile } from "node:fs/promises";
import { expect, test } from "./support/fixtures.ts";
import { numbers, reached, Sending, sent } from "./support/sending.ts";
import { forget, keys } from "./support/storage.ts";
import type { Page } from "@playwright/test";

const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);

test("an empty file", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.file("");
  await expect(sending.found).toHaveText("This file holds nobody.");
  await sending.text.fill("Hello");
  await sending.app();
  await sending.button.click();
  await expect(page.locator("#send-problems")).toContainText("People: add at least one");
});

for (const [what, content, columns, people] of [
  ["one column", "447700900000\n447700900001\n", ["Column 1"], 2],
  ["one column with a name", "phone\n447700900000\n447700900001", ["phone"], 2],
  ["formulas", 'name,phone\n"=HYPERLINK(""https://example.com"")",447700900000\n@SUM(A1),447700900001', ["name", "phone"], 2],
  ["semicolons", "name;phone\nAna;447700900000\nBen;447700900001", ["name", "phone"], 2],
  ["mixed line ends", "name,phone\r\nAna,447700900000\rBen,447700900001\nCy,447700900002", ["name", "phone"], 3],
  ["UTF-16", utf16("Ñame\tphone\r\nJürgen\t447700900000\r\n"), ["Ñame", "phone"], 1],
  ["UTF-8 with a mark", "\uFEFFname,phone\nAna,447700900000", ["name", "phone"], 1],
  ["Windows-1252", Buffer.from("naïve,phone\nJ\xfcrgen,447700900000", "latin1"), ["naïve", "phone"], 1],
  ["the separator on its first line, as Excel writes it", "sep=;\r\nname, first;phone\r\nAna;447700900000\r\nBen;447700900001\r\n", ["name, first", "phone"], 2],
  ["numbers of customers before those of phones", "Customer number,Name,Phone\n20240001,Ana,+44 7700 900000\n20240002,Ben,+44 7700 900001", ["Customer number", "Name", "Phone"], 2],
  ["numbers that a program wrote as amounts", "name,phone\nAna,447700900000.0\nBen,447700900001.0", ["name", "phone"], 2],
  ["headers that differ by case alone", "ÉTAT;état;phone\na;b;447700900000", ["ÉTAT", "état (2)", "phone"], 1],
  ["duplicate and empty headers", "name,name,,phone\na,b,c,447700900000", ["name", "name (2)", "Column 3", "phone"], 1],
] as [string, string | Buffer, string[], number][]) {
  test(`a file with ${what}`, async ({ page, sandbox }) => {
    const sending = await Sending.open(page, sandbox.url);
    await sending.file(content);
    await expect(sending.found).toHaveText(people === 1 ? "1 person can be written to." : `${people} people can be written to.`);
    const choice = page.getByLabel("Column with the numbers");
    await expect(choice.locator("option")).toHaveText(columns);
    await expect(choice.locator("option:checked")).toHaveText(columns[columns.length - 1]);
    await sending.text.fill("Hello");
    await sending.app();
    await (await sending.send()).done();
    expect(reached(await sent(sandbox))).toEqual(numbers(people));
  });
}

test("a file that is not in Unicode is read as the person says it is written", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  // «Имя» and «Анна» as a Russian spreadsheet writes them.
  const cyrillic = (...bytes: number[]) => Buffer.from(bytes);
  const file = Buffer.concat([
    cyrillic(0xc8, 0xec, 0xff), Buffer.from(",phone\n"), cyrillic(0xc0, 0xed, 0xed, 0xe0), Buffer.from(",447700900000\n"),
  ]);
  await sending.file(file);
  const columns = page.getByLabel("Column with the numbers").locator("option");
  await expect(columns).toHaveText(["Èìÿ", "phone"]);
  const written = page.getByRole("combobox", { name: "read as" });
  await expect(written.locator("option:checked")).toHaveText("Western Europe (Windows-1252)");
  await written.selectOption("Cyrillic (Windows-1251)");
  await expect(columns).toHaveText(["Имя", "phone"]);
  await expect(written.locator("option:checked")).toHaveText("Cyrillic (Windows-1251)");
  await sending.text.fill("Привет, {Имя}");
  await expect(sending.preview).toContainText("Привет, Анна");
  await expect.poll(() => keys(page, "drafts")).toContain("send");
  await sending.app();
  await (await sending.send()).done();
  expect((await sent(sandbox)).map((call) => JSON.stringify(call.body))).toEqual([expect.stringContaining("Привет, Анна")]);
  await page.goto(`${sandbox.url}/send`);
  // Of a file in Unicode there is nothing to say.
  await sending.file("Имя,phone\nАнна,447700900000\n");
  await expect(page.getByText("read as UTF-8")).toBeVisible();
  await expect(written).toHaveCount(0);
});

test("a table of which only a part was kept is nobody's list", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.file(`phone\n${numbers(30_000).join("\n")}\n`);
  await expect(sending.found).toHaveText("30,000 people can be written to.");
  await expect.poll(() => keys(page, "drafts")).toEqual(["send", "send.file 0000", "send.file 0001"]);
  // As a page leaves it that ends while it is being kept.
  await page.goto("about:blank");
  await page.goto(`${sandbox.url}/settings`);
  await forget(page, "drafts", "send.file 0001");
  await page.goto(`${sandbox.url}/send`);
  await expect(page.getByLabel("A file (CSV)")).toBeChecked();
  await expect(sending.found).not.toContainText("can be written to");
  await expect(page.getByText("people.csv")).toHaveCount(0);
});

test("broken quotes are told with their line, and can be taken for signs like others", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.file('name,phone\nAna,447700900000\n"Ben,447700900001\nCy,447700900002\n');
  await expect(page.getByRole("alert").filter({ hasText: "A quote that begins on line 3 is never closed" })).toBeVisible();
  await sending.text.fill("Hello");
  await sending.app();
  await sending.button.click();
  await expect(page.locator("#send-problems")).toContainText("a quote on line 3 is never closed");
  expect(await sent(sandbox)).toEqual([]);
  await page.getByLabel("Quotes are signs like others").check();
  await expect(sending.found).toHaveText("3 people can be written to.");
  await sending.file('name,phone\n"Ana" x,447700900000\n');
  await expect(sending.issues("Doubtful")).toHaveText([/^2447700900000The quotes of this line are broken/]);
});

test("columns, separators and headers are the person's choice", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.file("id,phone\n447700900008,447700900000\n447700900009,447700900001\n");
  await expect(page.getByLabel("Column with the numbers").locator("option:checked")).toHaveText("phone");
  await page.getByLabel("Column with the numbers").selectOption("id");
  await expect(sending.preview).toContainText("To 447700900008");
  await page.getByLabel("The first row holds the names of the columns").uncheck();
  await expect(sending.found).toContainText("1 row looks doubtful.");
  await page.getByLabel("Between two columns").selectOption("semicolon");
  await expect(page.getByLabel("Column with the numbers").locator("option")).toHaveText(["Column 1"]);
});

test("numbers on one line are a list of people, one of them wrong or not", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.people.fill("+447700900001, +447700900002, 12");
  await expect(sending.found).toHaveText("2 people can be written to. 1 row looks doubtful.");
});

test("numbers as people paste them", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.people.fill("+44 7700 900000, 0044 7700-900001; (44) 7700 900002\n447700 900003\nnobody\n+447700900000");
  await expect(sending.found).toHaveText("4 people can be written to. 1 row looks doubtful. 1 row is left out.");
  await expect(sending.issues("Doubtful")).toHaveText([/^3nobodyThis does not look like a phone number\. Write 7 to 15 digits/]);
  await expect(sending.issues("Left out")).toHaveText([/^4\+447700900000The same number stands on line 1/]);
});

test("rows that are left out and rows that look doubtful are called the same where they are found and where they are reviewed", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  const to = page.locator(".send-review");
  await sending.text.fill("Hello");
  await sending.app();
  await sending.people.fill("447700900000\n447700900000");
  await expect(sending.found).toHaveText("1 person can be written to. 1 row is left out.");
  await expect(to).toContainText("1 person, 1 row left out");
  await sending.people.fill("447700900000\n447700900001\n447700900000\nnobody\n07700900002");
  await expect(sending.found).toHaveText("2 people can be written to. 2 rows look doubtful. 1 row is left out.");
  await expect(to).toContainText("2 people, 1 row left out, 2 doubtful rows not written to");
  await page.getByLabel("Send to the 2 doubtful rows as well").check();
  await expect(to).toContainText("4 people, 1 row left out");
  await expect(to).not.toContainText("doubtful");
});

test("a cell with the rest of a file in it is drawn by its beginning", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  const rest = Array.from({ length: 50_000 }, (_, at) => `Person ${at},${447_700_900_000 + at}`).join("\n");
  await sending.file(`name,phone\nAna,447700900000\n"Ben,447700900001\n${rest}`);
  await expect(page.getByRole("alert").filter({ hasText: "A quote that begins on line 3 is never closed" })).toBeVisible();
  const cells = page.locator(".send-rows tbody td");
  await expect(cells).toHaveText(["Ana", "447700900000", /^Ben,447700900001\s.*…$/s]);
  expect((await cells.last().innerText()).length).toBeLessThan(400);
  // The column with the numbers has the rest of the file now.
  await page.getByLabel("Column with the numbers").selectOption("name");
  await expect(page.locator(".send-rows .chosen")).toHaveText("name number");
  await expect(page.locator(".send-issues td").filter({ hasText: "Person 0" }).first()).toHaveText(/…$/);
  expect((await page.locator("main").innerHTML()).length, "nor is it in an attribute").toBeLessThan(100_000);
});

test("of 3,001 columns a part is drawn, and each can be used by its name", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  const columns = Array.from({ length: 3_000 }, (_, at) => `c${at}`);
  const row = (at: number) => [...columns.map((name) => `${name}-${at}`), `44770090000${at}`].join(",");
  await sending.file(`${[...columns, "phone"].join(",")}\n${row(0)}\n${row(1)}\n`);
  await expect(sending.found).toHaveText("2 people can be written to.");
  await expect(page.locator(".send-rows thead th")).toHaveText(["Line", ...columns.slice(0, 29), "phone number"]);
  await expect(page.locator(".send-rows caption")).toContainText("30 of 3,001 columns are shown; the others can be used in the text by their names.");
  const offered = page.getByRole("group", { name: "Put a column into the text" });
  await expect(offered.getByRole("button")).toHaveCount(30);
  await expect(offered).toContainText("and 2,971 columns more: write the name between { and }.");
  await sending.text.fill("Hello {C2999}");
  await expect(sending.preview).toContainText("Hello c2999-0");
});

test("who gets it is asked for as what is required", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await expect(sending.people).toHaveAttribute("aria-required", "true");
  await expect(page.locator('label[for="people"]')).toHaveText("Phone numbers *");
});

test("numbers that leave it open whose they are wait for a word", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.people.fill("447700900000.0\n44 (0)7700 900001\n447700 900002/3\n+4407700900003\n8 (912) 345-67-89");
  await expect(sending.found).toHaveText("2 people can be written to. 3 rows look doubtful.");
  await expect(sending.issues("Doubtful")).toHaveText([
    /^3447700 900002\/3This may be more than one number; read as one, it is \+4477009000023\./,
    /^4\+4407700900003After the country code 44 stands a 0 .+ Without it, the number is \+447700900003\./,
    /^58 \(912\) 345-67-89The number does not begin with a known country code\./,
  ]);
  await sending.text.fill("Hello");
  await sending.app();
  await (await sending.send()).done();
  expect(reached(await sent(sandbox))).toEqual(numbers(2));
});

test("several numbers on every line are a list of people", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.people.fill("447700900000;447700900001\n447700900002;447700900003\n447700900000;447700900004");
  await expect(sending.found).toHaveText("5 people can be written to. 1 row is left out.");
  await expect(sending.issues("Left out")).toHaveText([/^3447700900000The same number stands on line 1/]);
  await sending.text.fill("Hello");
  await sending.app();
  await (await sending.send()).done();
  expect(reached(await sent(sandbox))).toEqual(numbers(5));
});

test("what Excel says on the first line gives way to the person's choice, and lines are those of the file", async ({ page, sandbox }) => {
  const sending = await Sending.open(page, sandbox.url);
  await sending.file("sep=;\nname;phone\nAna;447700900000\nBen;\n");
  await expect(page.getByLabel("Between two columns").locator("option:checked")).toHaveText("Semicolon ;");
  await expect(sending.issues("Left out")).toHaveText([/^4\(empty\)There is no number on this line/]);
  await page.getByLabel("Between two columns").selectOption("comma");
  await expect(page.getByLabel("Column with the numbers").locator("option")).toHaveText(["name;phone"]);
});

// The longest that the page stood still since this was called, in milliseconds.
async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const world = globalThis as any;
    world.longest = 0;
    let last = performance.now();
    const look = () => {
      const now = performance.now();
      world.longest = Math.max(world.longest, now - last);
      last = now;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

test("100,000 rows are read and checked while the page stays awake", async ({ page, sandbox }) => {
  const rows = Array.from({ length: 100_000 }, (_, at) => `Person ${at};${4_477_000_00000 + at};"Street ${at}, ""Town"""`);
  const sending = await Sending.open(page, sandbox.url);
  await sending.text.fill("Hello {name}");
  await page.getByLabel("A file (CSV)").check();
  await watchFrames(page);
  // From the disk: to carry it into the page in another way would keep that busy.
  const path = test.info().outputPath("people.csv");
  await writeFile(path, ["name;phone;address", ...rows].join("\r\n"));
  await page.locator("#people-file").setInputFiles(path);
  await expect(sending.found).toHaveText("100,000 people can be written to.", { timeout: 60_000 });
  const longest = await page.evaluate(() => (globalThis as any).longest as number);
  // At once it takes a second and more. How awake the page is to the millisecond is for `cargo xtask bench`,
  // which has the machine to itself.
  expect(longest).toBeLessThan(500);
  await expect(page.locator(".send-rows tbody tr")).toHaveCount(5);
  await expect(sending.preview).toContainText("Hello Person 0");
});
