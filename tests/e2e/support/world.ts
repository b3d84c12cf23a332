// What the sandbox's world holds, asked for over HTTP as a provider's own tools would.
import type { Sandbox } from "./sandbox.ts";

export const BASES = {
  vonage: "/sandbox/vonage/v0.1/whatsapp-manager",
  kapso: "/sandbox/kapso/api/v1",
  webex: "/sandbox/webex/resources/v1",
  rapida: "/sandbox/rapida/v1/assistant-deployment",
};

export type Provider = keyof typeof BASES;

const CREDENTIALS: Record<Provider, Record<string, string>> = {
  vonage: { authorization: "Bearer a-test" },
  kapso: { "x-api-key": "a-test" },
  webex: { key: "a-test" },
  rapida: { "x-api-key": "a-test" },
};

// Reads one address of a provider, past the page.
export async function read(sandbox: Sandbox, provider: Provider, path: string): Promise<any> {
  const answer = await fetch(sandbox.url + BASES[provider] + path, { headers: CREDENTIALS[provider] });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

// Ids that requests need.
export interface Ids {
  // A deployment that is ready, and one that waits for its code.
  ready: string;
  waiting: string;
  // Stickerpacks of the ready one: its own, and WhatsApp's.
  pack: string;
  whatsappPack: string;
  customer: string;
  // A conversation whose window is open.
  conversation: string;
}

export async function ids(sandbox: Sandbox): Promise<Ids> {
  const deployments: any[] = await read(sandbox, "vonage", "/deployments");
  const inState = (title: string) =>
    deployments.find((deployment) => deployment.current_state.title === title).deployment_id as string;
  const ready = inState("READY");
  const packs = await read(sandbox, "vonage", `/deployments/${ready}/stickerpacks`);
  const theirs = await read(sandbox, "vonage", `/deployments/${ready}/stickerpacks?namespace=whatsapp`);
  const customers = await read(sandbox, "kapso", "/customers");
  const conversations = await read(sandbox, "kapso", "/whatsapp_conversations");
  const active = conversations.data.find((conversation: any) => conversation.status === "active");
  return {
    ready,
    waiting: inState("CODE_SENT"),
    pack: packs.stickerpacks[0].id,
    whatsappPack: theirs.stickerpacks[0].id,
    customer: customers.data[0].id,
    conversation: active.id,
  };
}
