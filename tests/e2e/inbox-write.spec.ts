// Every kind of message, written in the inbox: what the provider receives of it, and that the
// conversation shows it.
import { expect, test, type Sandbox } from "./support/fixtures.ts";
import { arrived, atProvider, Composer, idOf, leaving, open, sent, TEMPLATES, texts, thread } from "./support/writing.ts";
import type { Page } from "@playwright/test";

interface Written {
  name: string;
  // Whom it is written to; Amelia Clarke where nothing else is said.
  to?: string;
  fill(composer: Composer, page: Page): Promise<void>;
  // The whole `message` of the request.
  message: Record<string, unknown>;
  // What the row in the conversation says.
  shows: string | RegExp;
}

const MAP =
  "https://www.google.com/maps/place/Big+Ben/@51.5007292,-0.1268141,17z/data=!3m1!4b1!4m6!3m5!1s0x0:0x0!8m2!3d51.5007292!4d-0.1246254";
const CONTENT = "*Bold* _it_ ~no~ `code` 👋🏽\n- one\n> quoted";

const WRITTEN: Written[] = [
  {
    name: "a text with marks",
    fill: (composer) => composer.text.fill(CONTENT),
    // Documented: without a type it is a text.
    message: { content: CONTENT },
    shows: "Bold it no code",
  },
  {
    name: "an image by its address",
    fill: async (composer) => {
      await composer.kind("Image");
      await composer.fill({ "Media address": "https://example.com/a.png", Caption: "The new *room*" });
    },
    message: { message_type: "image", media_url: "https://example.com/a.png", caption: "The new *room*" },
    shows: "The new room",
  },
  {
    name: "a video",
    fill: async (composer) => {
      await composer.kind("Video");
      await composer.fill({ "Media address": "https://example.com/a.mp4", Caption: "How it works" });
    },
    message: { message_type: "video", media_url: "https://example.com/a.mp4", caption: "How it works" },
    shows: "How it works",
  },
  {
    name: "an audio by its media ID",
    fill: async (composer) => {
      await composer.kind("Audio");
      await composer.fill({ "Media ID": "1037543291543636" });
    },
    message: { message_type: "audio", media_id: "1037543291543636" },
    shows: /audio/i,
  },
  {
    name: "a document with its file name",
    fill: async (composer) => {
      await composer.kind("Document");
      await composer.fill({
        "Media address": "https://example.com/a.pdf",
        Caption: "Your bill",
        "File name": "bill.pdf",
      });
    },
    message: {
      message_type: "document",
      media_url: "https://example.com/a.pdf",
      caption: "Your bill",
      filename: "bill.pdf",
    },
    shows: /bill\.pdf[^]*Your bill/,
  },
  {
    name: "a place by the link of a map",
    fill: async (composer) => {
      await composer.kind("Location");
      await composer.fill({ "Coordinates or a map link": MAP, "Address of the place": "London SW1A 0AA" });
    },
    message: {
      message_type: "location",
      latitude: 51.5007292,
      longitude: -0.1246254,
      location_name: "Big Ben",
      location_address: "London SW1A 0AA",
    },
    shows: "Big Ben",
  },
  {
    name: "a place by its coordinates",
    fill: async (composer) => {
      await composer.kind("Location");
      await composer.fill({ "Coordinates or a map link": "51°30'26\"N 0°7'39\"W" });
      await expect(composer.field("Latitude")).toHaveValue(/^51\.507/);
      await composer.fill({ "Coordinates or a map link": "-23.5631, -46.6544" });
    },
    message: { message_type: "location", latitude: -23.5631, longitude: -46.6544 },
    shows: "-23.5631",
  },
  {
    name: "contacts",
    fill: async (composer) => {
      await composer.kind("Contacts");
      await composer.add("message.contacts", 2);
      const [first, second] = [composer.row("Contact 1"), composer.row("Contact 2")];
      await first.fill({ "Full name": "Ruby Clarke", "First name": "Ruby" });
      await first.add("message.contacts.0.phones", 2);
      await first.row("Phone number 1").fill({ Number: "+44 7700 900456", Type: "CELL" });
      await first.row("Phone number 2").fill({ Number: "+44 20 7946 0000" });
      await first.add("message.contacts.0.emails");
      await first.row("E-mail address 1").fill({ Address: "ruby@example.com", Type: "HOME" });
      await second.fill({ "Full name": "Dr. Okafor", "Last name": "Okafor" });
    },
    message: {
      message_type: "contacts",
      contacts: [
        {
          formatted_name: "Ruby Clarke",
          first_name: "Ruby",
          phones: [{ phone: "+44 7700 900456", type: "CELL" }, { phone: "+44 20 7946 0000" }],
          emails: [{ email: "ruby@example.com", type: "HOME" }],
        },
        { formatted_name: "Dr. Okafor", last_name: "Okafor" },
      ],
    },
    shows: /Ruby Clarke[^]*Dr\. Okafor/,
  },
  {
    name: "buttons",
    fill: async (composer) => {
      await composer.kind("Buttons or list");
      await composer.choose({ "Answers as": "Buttons" });
      await composer.fill({ Text: "Shall we?", Header: "A question", Footer: "No reply needed" });
      await composer.add("message.buttons", 2);
      await composer.row("Button 1").fill({ ID: "yes", Title: "Yes" });
      await composer.row("Button 2").fill({ ID: "no", Title: "No" });
    },
    message: {
      message_type: "interactive",
      interactive_type: "button",
      body_text: "Shall we?",
      header_text: "A question",
      footer_text: "No reply needed",
      buttons: [
        { id: "yes", title: "Yes" },
        { id: "no", title: "No" },
      ],
    },
    shows: /A question[^]*Shall we\?[^]*Yes[^]*No/,
  },
  {
    name: "a list with two sections",
    fill: async (composer) => {
      await composer.kind("Buttons or list");
      await composer.choose({ "Answers as": "List" });
      await composer.fill({ Text: "When?", "Button that opens the list": "Choose a time" });
      await composer.add("message.sections", 2);
      const [first, second] = [composer.row("Section 1"), composer.row("Section 2")];
      await first.fill({ Title: "Morning" });
      await first.add("message.sections.0.rows", 2);
      await first.row("Row 1").fill({ ID: "9", Title: "At 9", Description: "The first of the day" });
      await first.row("Row 2").fill({ ID: "11", Title: "At 11" });
      await second.fill({ Title: "Afternoon" });
      await second.add("message.sections.1.rows");
      await second.row("Row 1").fill({ ID: "15", Title: "At 3" });
    },
    message: {
      message_type: "interactive",
      interactive_type: "list",
      body_text: "When?",
      list_button_text: "Choose a time",
      sections: [
        {
          title: "Morning",
          rows: [
            { id: "9", title: "At 9", description: "The first of the day" },
            { id: "11", title: "At 11" },
          ],
        },
        { title: "Afternoon", rows: [{ id: "15", title: "At 3" }] },
      ],
    },
    shows: /When\?[^]*Choose a time/,
  },
  {
    name: "a template with its values",
    fill: async (composer, page) => {
      await composer.tool("Template").click();
      await page.getByRole("searchbox", { name: "Search templates" }).fill("appointment");
      await page.locator("button.template").filter({ hasText: "appointment" }).click();
      await composer.input("message.template_params.0").fill("Amelia");
      await composer.input("message.template_params.1").fill("Tuesday at 11:30");
      await expect(composer.preview).toContainText("Hello Amelia, your appointment is on Tuesday at 11:30.");
    },
    message: {
      message_type: "template",
      template_name: "appointment",
      template_language: "en",
      template_params: ["Amelia", "Tuesday at 11:30"],
    },
    shows: "Hello Amelia, your appointment is on Tuesday at 11:30.",
  },
  {
    name: "a template with a file in its header",
    fill: async (composer, page) => {
      await composer.tool("Template").click();
      await page.locator("button.template").filter({ hasText: "rechnung" }).click();
      await composer.input("message.header_params").fill("https://example.com/rechnung.pdf");
      await composer.input("message.header_filename").fill("Rechnung 17.pdf");
      await composer.input("message.template_params.0").fill("Frau Clarke");
      await composer.input("message.template_params.1").fill("17");
    },
    message: {
      message_type: "template",
      template_name: "rechnung",
      template_language: "de",
      template_params: ["Frau Clarke", "17"],
      header_type: "document",
      header_params: "https://example.com/rechnung.pdf",
      header_filename: "Rechnung 17.pdf",
    },
    shows: "Guten Tag Frau Clarke, anbei Ihre Rechnung 17.",
  },
  {
    name: "a template whose values have names, and a picture in its header",
    to: "Javier Morales",
    fill: async (composer, page) => {
      await composer.tool("Template").click();
      await page.locator("button.template").filter({ hasText: "oferta_verano" }).click();
      await composer.input("message.header_params").fill("https://example.com/verano.jpg");
      // The names stand at the fields; they leave in the order of the text, as Kapso documents.
      await composer.root.getByLabel("customer_name").fill("Amelia");
      await composer.root.getByLabel("discount").fill("20 %");
    },
    message: {
      message_type: "template",
      template_name: "oferta_verano",
      template_language: "es",
      template_params: ["Amelia", "20 %"],
      header_type: "image",
      header_params: "https://example.com/verano.jpg",
    },
    shows: "Hola Amelia, este verano tiene un 20 % de descuento.",
  },
];

// The one request that was sent, and the row of its message.
async function isSent(page: Page, sandbox: Sandbox, id: string, { message, shows }: Omit<Written, "name" | "fill">) {
  await expect.poll(async () => (await sent(sandbox)).length).toBe(1);
  const [call] = await sent(sandbox);
  expect(call.method).toBe("POST");
  expect(call.path).toBe(`/whatsapp_conversations/${id}/whatsapp_messages`);
  expect(call.query).toBe("");
  expect(call.body).toEqual({ message });
  const newest = (await atProvider(sandbox, id)).pop();
  await expect(leaving(page)).toHaveCount(0);
  const row = thread(page).locator(`article[data-message-id="${newest.id}"]`);
  await expect(row).toContainText(shows);
  await expect(row).toBeInViewport();
  await expect(arrived(page).last()).toHaveAttribute("data-message-id", newest.id);
}

for (const written of WRITTEN) {
  test(`${written.name} is sent as it was written`, async ({ page, sandbox, watch }) => {
    watch.allow(/example\.com/);
    const name = written.to ?? "Amelia Clarke";
    const composer = await open(page, sandbox, name);
    const id = await idOf(sandbox, name);
    await written.fill(composer, page);
    await expect(composer.preview).toContainText(written.shows);
    await expect(composer.button).toHaveText(`Send to ${name}`);
    expect(await sent(sandbox)).toEqual([]);
    await composer.send();
    await isSent(page, sandbox, id, written);
    // Nothing of it is left, and the next one can be written.
    await expect(composer.text).toHaveValue("");
    await expect(composer.text).toBeFocused();
    await composer.write("And a text");
    await expect.poll(() => texts(sandbox)).toContain("And a text");
  });
}

test("a reaction stands on the message that it is for", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Amelia Clarke");
  const id = await idOf(sandbox, "Amelia Clarke");
  const row = arrived(page).filter({ hasText: "Her name is Ruby Clarke" });
  await row.hover();
  await row.getByRole("button", { name: "React" }).click();
  await composer.tool("❤️").click();
  await composer.send();
  await expect.poll(async () => (await sent(sandbox)).length).toBe(1);
  const target = (await atProvider(sandbox, id)).find((message) => message.content.includes("Ruby Clarke"));
  const [call] = await sent(sandbox);
  expect(call.body).toEqual({
    message: {
      message_type: "reaction",
      reaction_emoji: "❤️",
      reacted_to_message_id: target.whatsapp_message_id,
    },
  });
  await expect(row.locator(".reaction")).toHaveText("Your reaction: ❤️");
  await expect(leaving(page)).toHaveCount(0);
});

test("a template that is not listed is named by hand", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const none = { status: 200, body: JSON.stringify({ data: [], meta: {} }) };
  await sandbox.control({ faults: [{ operation: TEMPLATES, times: 9, answer: none }] });
  const composer = await open(page, sandbox, "Amelia Clarke");
  await composer.tool("Template").click();
  await expect(page.getByText("Kapso lists no template.")).toBeVisible();
  await composer.tool("Name a template that is not listed").click();
  await composer.fill({ Template: "confirmacao_reserva", "Template language": "pt_BR" });
  await composer.add("message.template_params", 3);
  await composer.fill({ "Value 1": "Amelia", "Value 2": "B-7", "Value 3": "sexta" });
  await composer.send();
  await isSent(page, sandbox, await idOf(sandbox, "Amelia Clarke"), {
    message: {
      message_type: "template",
      template_name: "confirmacao_reserva",
      template_language: "pt_BR",
      template_params: ["Amelia", "B-7", "sexta"],
    },
    shows: "Olá Amelia, sua reserva B-7 está confirmada para sexta.",
  });
});

test("templates of another of the business's numbers come last, say so, and cannot be chosen", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Ana Souza");
  await composer.tool("Template").click();
  const template = (name: string) => page.locator("button.template").filter({ hasText: name });
  await expect(page.locator("button.template .template-name").first()).toHaveText("confirmacao_reserva");
  await expect(template("appointment")).toHaveAttribute("aria-disabled", "true");
  await expect(template("appointment")).toContainText("of another number, so it cannot be sent from this one");
  await template("appointment").click({ force: true });
  await expect(composer.root.getByText("Choose another")).toHaveCount(0);
  await template("confirmacao_reserva").click();
  await expect(composer.root.getByText("Choose another")).toBeVisible();
});

test("templates that WhatsApp would not take cannot be chosen", async ({ page, sandbox, watch }) => {
  watch.allow(/example\.com/);
  const composer = await open(page, sandbox, "Amelia Clarke");
  await composer.tool("Template").click();
  for (const name of ["spring_sale", "loyalty_card", "new_opening_hours", "login_code"]) {
    const listed = page.locator("button.template").filter({ hasText: name });
    await expect(listed).toContainText("so it cannot be sent");
    await expect(listed).toHaveAttribute("aria-disabled", "true");
    await listed.click({ force: true });
    await expect(composer.input("message.template_params.0")).toHaveCount(0);
  }
});
