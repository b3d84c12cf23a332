// The 21 documented requests, and every kind of message: how each is filled in by its labels, and
// what has to arrive at the provider.
import type { Request } from "./form.ts";
import type { Ids } from "./world.ts";

export interface Documented {
  id: string;
  // Tells apart several of one request.
  kind?: string;
  fill(form: Request, ids: Ids): Promise<void>;
  // What the log has of it; nothing else may be in the query or the body.
  sent(ids: Ids): { method: string; path: string; query?: string; headers?: Record<string, string>; body?: unknown };
  // The documented status of success.
  status: number;
}

const VONAGE = { authorization: "dbox" };
const KEY = { "x-api-key": "dbox" };
const JSON_BODY = { "content-type": "application/json" };

const deployment = (form: Request, { ready }: Ids) => form.fill({ "Deployment ID": ready });

async function sticker(form: Request, { ready, pack }: Ids, index: string): Promise<void> {
  await form.fill({ "Deployment ID": ready, "Stickerpack ID": pack, "Sticker index": index });
}

const CONTENT = "Olá 👋🏽 – “ça va?”\nSecond line";

// A message of `kapso.send-message`, by the words of its type.
function message(
  kind: string,
  type: string,
  fill: (form: Request) => Promise<void>,
  body: Record<string, unknown>,
): Documented {
  return {
    id: "kapso.send-message",
    kind,
    fill: async (form, { conversation }) => {
      await form.fill({ "Conversation ID": conversation });
      await form.choose({ Type: type });
      await fill(form);
    },
    sent: ({ conversation }) => ({
      method: "POST",
      path: `/whatsapp_conversations/${conversation}/whatsapp_messages`,
      headers: { ...KEY, ...JSON_BODY },
      body: { message: body },
    }),
    status: 201,
  };
}

const MESSAGES: Documented[] = [
  message("text", "Text", (form) => form.fill({ Text: CONTENT }), { message_type: "text", content: CONTENT }),
  message(
    "image",
    "Image",
    (form) => form.fill({ "Media address": "https://example.com/a.png", Caption: "A caption" }),
    { message_type: "image", media_url: "https://example.com/a.png", caption: "A caption" },
  ),
  message("video", "Video", (form) => form.fill({ "Media ID": "1037543291543636", Caption: "Watch" }), {
    message_type: "video",
    media_id: "1037543291543636",
    caption: "Watch",
  }),
  message("audio", "Audio", (form) => form.fill({ "Media address": "https://example.com/a.ogg" }), {
    message_type: "audio",
    media_url: "https://example.com/a.ogg",
  }),
  message(
    "document",
    "Document",
    (form) =>
      form.fill({ "Media address": "https://example.com/a.pdf", Caption: "Your bill", "File name": "bill.pdf" }),
    {
      message_type: "document",
      media_url: "https://example.com/a.pdf",
      caption: "Your bill",
      filename: "bill.pdf",
    },
  ),
  message(
    "location",
    "Location",
    (form) =>
      form.fill({
        Latitude: "51.5",
        Longitude: "-0.12",
        "Name of the place": "The clinic",
        "Address of the place": "12 Northgate Street",
      }),
    {
      message_type: "location",
      latitude: 51.5,
      longitude: -0.12,
      location_name: "The clinic",
      location_address: "12 Northgate Street",
    },
  ),
  message(
    "buttons",
    "Buttons or list",
    async (form) => {
      await form.choose({ "Answers as": "Buttons" });
      await form.fill({ Text: "Shall we?", Header: "A question", Footer: "No reply needed" });
      await form.add("message.buttons", 2);
      await form.row("Button 1").fill({ ID: "yes", Title: "Yes" });
      await form.row("Button 2").fill({ ID: "no", Title: "No" });
    },
    {
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
  ),
  message(
    "list",
    "Buttons or list",
    async (form) => {
      await form.choose({ "Answers as": "List" });
      await form.fill({ Text: "When?", "Button that opens the list": "Choose a time" });
      await form.add("message.sections", 2);
      const [first, second] = [form.row("Section 1"), form.row("Section 2")];
      await first.fill({ Title: "Morning" });
      await form.add("message.sections.0.rows", 2);
      await first.row("Row 1").fill({ ID: "9", Title: "At 9", Description: "The first of the day" });
      await first.row("Row 2").fill({ ID: "11", Title: "At 11" });
      await second.fill({ Title: "Afternoon" });
      await form.add("message.sections.1.rows");
      await second.row("Row 1").fill({ ID: "15", Title: "At 3" });
    },
    {
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
  ),
  message(
    "template",
    "Template",
    async (form) => {
      await form.fill({ Template: "appointment", "Template language": "en" });
      await form.add("message.template_params", 2);
      await form.fill({ "Value 1": "Amelia", "Value 2": "Tuesday" });
    },
    {
      message_type: "template",
      template_name: "appointment",
      template_language: "en",
      template_params: ["Amelia", "Tuesday"],
    },
  ),
  message(
    "reaction",
    "Reaction",
    (form) => form.fill({ Emoji: "👩🏽‍🚀", "Message to react to": "wamid.HBgLMTY0NjcwNDM1OTU=" }),
    { message_type: "reaction", reaction_emoji: "👩🏽‍🚀", reacted_to_message_id: "wamid.HBgLMTY0NjcwNDM1OTU=" },
  ),
  message(
    "contacts",
    "Contacts",
    async (form) => {
      await form.add("message.contacts");
      const contact = form.row("Contact 1");
      await contact.fill({ "Full name": "Ana Souza", "First name": "Ana" });
      await form.add("message.contacts.0.phones");
      await contact.row("Phone number 1").fill({ Number: "+55 11 99999-0000", Type: "WORK" });
      await form.add("message.contacts.0.emails");
      await contact.row("E-mail address 1").fill({ Address: "ana@example.com" });
    },
    {
      message_type: "contacts",
      contacts: [
        {
          formatted_name: "Ana Souza",
          first_name: "Ana",
          phones: [{ phone: "+55 11 99999-0000", type: "WORK" }],
          emails: [{ email: "ana@example.com" }],
        },
      ],
    },
  ),
];

export const DOCUMENTED: Documented[] = [
  {
    id: "rapida.create-whatsapp-deployment",
    fill: async (form) => {
      await form.fill({
        "Assistant ID": "2227823180112723968",
        "WhatsApp provider": "gupshup",
        Greeting: "Hi, how can I help you today?",
        "Mistake message": "Sorry, I did not understand that.",
        "Idle timeout (seconds)": "30",
        "Idle timeout retries": "2",
        "Idle timeout message": "Are you still there?",
        "Longest session (seconds)": "300",
        "Auth ID": "user-7",
      });
      await form.choose({ "Client source": "sdk" });
      await form.add("whatsappOptions", 2);
      await form.row("Option 1").fill({ Key: "template", Value: "welcome" });
      await form.row("Option 2").fill({ Key: "lang", Value: "en" });
    },
    sent: () => ({
      method: "POST",
      path: "/create-whatsapp-deployment",
      headers: { ...KEY, ...JSON_BODY, "x-auth-id": "user-7", "x-client-source": "sdk" },
      body: {
        assistantId: "2227823180112723968",
        whatsappProviderName: "gupshup",
        greeting: "Hi, how can I help you today?",
        mistake: "Sorry, I did not understand that.",
        idealTimeout: 30,
        idealTimeoutBackoff: 2,
        idealTimeoutMessage: "Are you still there?",
        maxSessionDuration: 300,
        whatsappOptions: [
          { key: "template", value: "welcome" },
          { key: "lang", value: "en" },
        ],
      },
    }),
    status: 200,
  },
  {
    id: "kapso.create-whatsapp-config",
    fill: (form, { customer }) =>
      form.fill({
        "Customer ID": customer,
        Name: "Reception",
        "Phone number ID": "1234567890",
        "Business account ID": "98765432109",
        "Webhook verify token": "a verify token",
        "Webhook destination": "https://example.com/hooks",
        "Access token": "EAAG-a-long-token",
      }),
    sent: ({ customer }) => ({
      method: "POST",
      path: `/customers/${customer}/whatsapp_configs`,
      headers: { ...KEY, ...JSON_BODY },
      body: {
        whatsapp_config: {
          name: "Reception",
          phone_number_id: "1234567890",
          business_account_id: "98765432109",
          webhook_verify_token: "a verify token",
          webhook_destination_url: "https://example.com/hooks",
          access_token: "EAAG-a-long-token",
        },
      },
    }),
    status: 201,
  },
  ...MESSAGES,
  {
    id: "webex.send-text",
    fill: async (form) => {
      await form.fill({ "App ID": "a_000000000000000000", Message: CONTENT, "Callback data": "order 7" });
      await form.choose({ "Link preview": "Yes", "Shorten links": "Yes" });
      await form.fill({ Domain: "https://s.imiconnect.co", "Tag 1": "spring" });
      await form.add("destination", 2);
      await form.add("destination.0.waid", 2);
      const first = form.row("Recipient 1");
      await first.fill({ "Phone number or WhatsApp ID 1": "447700900000" });
      await first.fill({ "Phone number or WhatsApp ID 2": "5511999990000", Reference: "r-1" });
      await form.add("destination.1.bsuid");
      await form.row("Recipient 2").fill({ "User ID 1": "user-42" });
      await form.input("correlationid").fill("all-of-them");
    },
    sent: () => ({
      method: "POST",
      path: "/messaging",
      headers: { key: "dbox", ...JSON_BODY },
      body: {
        deliverychannel: "whatsapp",
        appid: "a_000000000000000000",
        destination: [
          { waid: ["447700900000", "5511999990000"], correlationid: "r-1" },
          { bsuid: ["user-42"] },
        ],
        channels: { "OTT-Messaging": { wa: { type: "text", text: { body: CONTENT }, preview_url: "true" } } },
        options: { domain: "https://s.imiconnect.co", shortenLinks: "true", tag1: "spring" },
        correlationid: "all-of-them",
        callbackData: "order 7",
      },
    }),
    status: 200,
  },
  {
    id: "vonage.create-deployment",
    fill: async (form) => {
      await form.fill({
        "Country code": "44",
        Number: "8675309",
        Certificate: "AbCdEFGHiJK123456",
        "WhatsApp Business account ID": "123456789123",
        PIN: "123456",
      });
      await form.choose({ "Send the code by": "Voice call" });
    },
    sent: () => ({
      method: "POST",
      path: "/deployments",
      headers: { ...VONAGE, ...JSON_BODY },
      body: {
        country_code: "44",
        number: "8675309",
        vname_certificate: "AbCdEFGHiJK123456",
        method: "voice",
        waba_id: "123456789123",
        pin: "123456",
      },
    }),
    status: 202,
  },
  {
    id: "vonage.get-deployment",
    fill: deployment,
    sent: ({ ready }) => ({ method: "GET", path: `/deployments/${ready}`, headers: VONAGE }),
    status: 200,
  },
  {
    id: "vonage.delete-deployment",
    fill: deployment,
    sent: ({ ready }) => ({ method: "DELETE", path: `/deployments/${ready}`, headers: VONAGE }),
    status: 204,
  },
  {
    id: "vonage.resend-otp",
    fill: async (form, { waiting }) => {
      await form.fill({ "Deployment ID": waiting });
      await form.choose({ "Send the code by": "Voice call" });
    },
    sent: ({ waiting }) => ({
      method: "POST",
      path: `/deployments/${waiting}/resend-otp`,
      headers: { ...VONAGE, ...JSON_BODY },
      body: { method: "voice" },
    }),
    status: 202,
  },
  {
    id: "vonage.verify",
    fill: (form, { waiting }) => form.fill({ "Deployment ID": waiting, Code: "674639" }),
    sent: ({ waiting }) => ({
      method: "POST",
      path: `/deployments/${waiting}/verify`,
      headers: { ...VONAGE, ...JSON_BODY },
      body: { code: "674639" },
    }),
    status: 201,
  },
  {
    id: "vonage.get-profile",
    fill: deployment,
    sent: ({ ready }) => ({ method: "GET", path: `/deployments/${ready}/profile`, headers: VONAGE }),
    status: 200,
  },
  {
    id: "vonage.update-profile",
    fill: async (form, ids) => {
      await deployment(form, ids);
      await form.fill({
        About: "about your business",
        Address: "123 main street",
        Description: "your business description",
        "E-mail": "you@example.com",
      });
      await form.choose({ Industry: "Beauty, Spa and Salon" });
      await form.add("websites", 2);
      await form.fill({ "Website 1": "https://example.com", "Website 2": "http://example.org/ü" });
    },
    sent: ({ ready }) => ({
      method: "PATCH",
      path: `/deployments/${ready}/profile`,
      headers: { ...VONAGE, ...JSON_BODY },
      body: {
        about: "about your business",
        address: "123 main street",
        description: "your business description",
        email: "you@example.com",
        vertical: "Beauty, Spa and Salon",
        websites: ["https://example.com", "http://example.org/ü"],
      },
    }),
    status: 200,
  },
  {
    id: "vonage.get-photo",
    fill: deployment,
    sent: ({ ready }) => ({ method: "GET", path: `/deployments/${ready}/profile/photo`, headers: VONAGE }),
    status: 200,
  },
  {
    id: "vonage.update-photo",
    fill: async (form, ids) => {
      await deployment(form, ids);
      await form.fill({ "Picture address": "https://www.example.com/img.png" });
    },
    sent: ({ ready }) => ({
      method: "POST",
      path: `/deployments/${ready}/profile/photo`,
      headers: { ...VONAGE, ...JSON_BODY },
      body: { image_url: "https://www.example.com/img.png" },
    }),
    status: 200,
  },
  {
    id: "vonage.list-stickerpacks",
    fill: deployment,
    sent: ({ ready }) => ({ method: "GET", path: `/deployments/${ready}/stickerpacks`, headers: VONAGE }),
    status: 200,
  },
  {
    id: "vonage.create-stickerpack",
    fill: async (form, ids) => {
      await deployment(form, ids);
      await form.fill({
        Publisher: "your-publisher-name",
        Name: "your-sticker-pack-name",
        "App Store link": "https://itunes.apple.com/app/id3133333",
        "Google Play link": "https://play.google.com/store/apps/details?id=com.example",
      });
    },
    sent: ({ ready }) => ({
      method: "POST",
      path: `/deployments/${ready}/stickerpacks`,
      headers: { ...VONAGE, ...JSON_BODY },
      body: {
        publisher: "your-publisher-name",
        name: "your-sticker-pack-name",
        ios_app_store_link: "https://itunes.apple.com/app/id3133333",
        android_app_store_link: "https://play.google.com/store/apps/details?id=com.example",
      },
    }),
    status: 200,
  },
  {
    id: "vonage.list-whatsapp-stickerpacks",
    fill: deployment,
    sent: ({ ready }) => ({
      method: "GET",
      path: `/deployments/${ready}/stickerpacks`,
      query: "namespace=whatsapp",
      headers: VONAGE,
    }),
    status: 200,
  },
  {
    id: "vonage.get-stickerpack",
    fill: (form, { ready, pack }) => form.fill({ "Deployment ID": ready, "Stickerpack ID": pack }),
    sent: ({ ready, pack }) => ({
      method: "GET",
      path: `/deployments/${ready}/stickerpacks/${pack}`,
      headers: VONAGE,
    }),
    status: 200,
  },
  {
    id: "vonage.list-stickers",
    fill: async (form, { ready, whatsappPack }) => {
      await form.fill({ "Deployment ID": ready, "Stickerpack ID": whatsappPack });
      await form.choose({ "Whose pack": "WhatsApp's own" });
    },
    sent: ({ ready, whatsappPack }) => ({
      method: "GET",
      path: `/deployments/${ready}/stickerpacks/${whatsappPack}/stickers`,
      query: "namespace=whatsapp",
      headers: VONAGE,
    }),
    status: 200,
  },
  {
    id: "vonage.create-sticker",
    fill: async (form, { ready, pack }) => {
      await form.fill({ "Deployment ID": ready, "Stickerpack ID": pack, "Image ID": "image-1" });
      await form.add("emojis", 2);
      await form.fill({ "Emoji 1": "🐥", "Emoji 2": "🏳️‍🌈" });
    },
    sent: ({ ready, pack }) => ({
      method: "POST",
      path: `/deployments/${ready}/stickerpacks/${pack}/stickers`,
      headers: { ...VONAGE, ...JSON_BODY },
      body: { image_data_id: "image-1", emojis: ["🐥", "🏳️‍🌈"] },
    }),
    status: 200,
  },
  {
    id: "vonage.get-sticker",
    fill: (form, ids) => sticker(form, ids, "0"),
    sent: ({ ready, pack }) => ({
      method: "GET",
      path: `/deployments/${ready}/stickerpacks/${pack}/stickers/0`,
      headers: VONAGE,
    }),
    status: 200,
  },
  {
    id: "vonage.delete-sticker",
    fill: (form, ids) => sticker(form, ids, "0"),
    sent: ({ ready, pack }) => ({
      method: "DELETE",
      path: `/deployments/${ready}/stickerpacks/${pack}/stickers/0`,
      headers: VONAGE,
    }),
    status: 200,
  },
];
