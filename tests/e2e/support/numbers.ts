// Numbers on their way: made past the page over HTTP, brought into a state step by step, and looked at.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Logged, Sandbox } from "./sandbox.ts";
import { onDevice } from "./storage.ts";
import { BASES } from "./world.ts";

// Milliseconds of one step of provisioning at speed 1.
const STEP = 4000;
export const CODE = "674639";

const KEY = { authorization: "Bearer a-test", "content-type": "application/json" };

// Sends one request to the sandbox as Vonage, past the page.
export async function ask(sandbox: Sandbox, method: string, path: string, body?: object): Promise<any> {
  const answer = await fetch(`${sandbox.url}${BASES.vonage}/deployments${path}`, {
    method,
    headers: KEY,
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  if (answer.status >= 500) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
  return text ? JSON.parse(text) : null;
}

let numbers = 7700900100;

// Starts a number and returns its id. No two have the same number.
export async function start(sandbox: Sandbox, certificate = "AbCdEFGHiJK123456"): Promise<string> {
  const number = String(numbers++);
  const values = { country_code: "44", number, vname_certificate: certificate, method: "sms", waba_id: "1048" };
  return (await ask(sandbox, "POST", "", values)).deployment_id;
}

export type State =
  | "INITIALIZING"
  | "CREATING_CLUSTER"
  | "CLUSTER_CREATED"
  | "CODE_SENT"
  | "WRONG_CODE"
  | "CODE_VERIFIED"
  | "FINALIZING"
  | "READY"
  | "ERROR"
  | "DELETING"
  | "DELETED";

// Time at the provider stands still from here on, but for `go`.
export const stop = (sandbox: Sandbox) => sandbox.control({ speed: 0 });

// Lets time at the provider pass by so many steps.
export const go = (sandbox: Sandbox, steps = 1) => sandbox.control({ advance: steps * STEP });

// A number of its own in a state, where time stands still.
export async function inState(sandbox: Sandbox, state: State): Promise<string> {
  await stop(sandbox);
  const id = await start(sandbox, state === "ERROR" ? "INVALID" : undefined);
  const setup: State[] = ["INITIALIZING", "CREATING_CLUSTER", "CLUSTER_CREATED", "CODE_SENT"];
  await go(sandbox, state === "ERROR" ? 2 : Math.max(setup.indexOf(state), 0) || (setup.includes(state) ? 0 : 3));
  if (state === "WRONG_CODE") await ask(sandbox, "POST", `/${id}/verify`, { code: "000000" });
  if (["CODE_VERIFIED", "FINALIZING", "READY"].includes(state)) {
    await ask(sandbox, "POST", `/${id}/verify`, { code: CODE });
    await go(sandbox, ["CODE_VERIFIED", "FINALIZING", "READY"].indexOf(state));
  }
  if (state === "DELETING" || state === "DELETED") {
    await ask(sandbox, "DELETE", `/${id}`);
    await go(sandbox, state === "DELETED" ? 1 : 0);
  }
  expect((await ask(sandbox, "GET", `/${id}`)).current_state.title).toBe(state);
  return id;
}

// What lists and pages call each state.
export const BADGES: Record<State, string> = {
  INITIALIZING: "Setting up",
  CREATING_CLUSTER: "Setting up",
  CLUSTER_CREATED: "Setting up",
  CODE_SENT: "Enter the code",
  WRONG_CODE: "Wrong code, enter it again",
  CODE_VERIFIED: "Finishing",
  FINALIZING: "Finishing",
  READY: "Ready",
  ERROR: "Failed",
  DELETING: "Being deleted",
  DELETED: "Deleted",
};

// The page of one number.
export class NumberPage {
  private constructor(
    readonly page: Page,
    readonly id: string,
  ) {}

  // Opens it by its address alone.
  static async open(page: Page, sandbox: Sandbox, id: string): Promise<NumberPage> {
    await page.goto(`${sandbox.url}/numbers/${id}`);
    const number = new NumberPage(page, id);
    await expect(number.badge).toBeVisible();
    return number;
  }

  static on(page: Page, id = ""): NumberPage {
    return new NumberPage(page, id);
  }

  // The word for its state.
  get badge(): Locator {
    return this.page.locator(".page-head .stage-badge");
  }

  async shows(state: State): Promise<void> {
    await expect(this.badge).toHaveText(BADGES[state]);
  }

  // Waits until the device has the number in a state: that is stored behind being shown.
  async keeps(state: State): Promise<void> {
    const stored = async () => (await onDevice(this.page)).shelves.numbers.filter(([key]) => key.includes(this.id)).join();
    await expect.poll(stored).toContain(state);
  }

  // The states that the timeline has seen, in order.
  get seen(): Locator {
    return this.page.locator(".timeline li:not(.ahead) code");
  }

  get code(): Locator {
    return this.page.locator("input[autocomplete=one-time-code]");
  }

  get verify(): Locator {
    return this.page.getByRole("button", { name: /^Verify the code|^Verifying/ });
  }

  resend(way: "sms" | "voice"): Locator {
    return this.page.getByRole("button", { name: way === "sms" ? "Send again: Text message (SMS)" : "Send again: Voice call" });
  }

  // Enters a code and sends it.
  async enter(code: string): Promise<void> {
    await this.code.fill(code);
    await this.verify.click();
  }

  // Asks now, without waiting for the next turn.
  async look(): Promise<void> {
    await this.page.getByRole("button", { name: "Look now" }).click();
  }
}

// The calls of one operation, in order.
export async function sent(sandbox: Sandbox, operation: string): Promise<Logged[]> {
  return (await sandbox.log()).filter((call) => call.operation === operation);
}

// What a start is filled in with.
export const VALUES = { country_code: "44", number: "7700900042", waba_id: "104857600009", vname_certificate: "AbCdEFGHiJK123456" };

// The steps of `/numbers/new`.
export class Wizard {
  constructor(readonly page: Page) {}

  static async open(page: Page, sandbox: Sandbox): Promise<Wizard> {
    await page.goto(`${sandbox.url}/numbers/new`);
    const wizard = new Wizard(page);
    await wizard.at("Before you start");
    return wizard;
  }

  async at(step: string): Promise<void> {
    await expect(this.page.locator("#step-heading")).toHaveText(step);
  }

  input(name: string): Locator {
    return this.page.locator(`[name="${name}"]`);
  }

  async next(): Promise<void> {
    await this.page.getByRole("button", { name: "Continue" }).click();
  }

  get start(): Locator {
    return this.page.getByRole("button", { name: /^Start bringing it live|^Sending/ });
  }

  // Waits until the device has what was typed: that is stored behind typing.
  async keeps(value: string): Promise<void> {
    await expect.poll(async () => (await onDevice(this.page)).shelves.drafts.join()).toContain(value);
  }

  // Goes through the steps up to the review.
  async toReview(values: Partial<typeof VALUES> & { pin?: string } = {}): Promise<void> {
    const all: Record<string, string> = { ...VALUES, ...values };
    await this.page.getByLabel("A mobile number with its SIM card at hand").check();
    await this.next();
    await this.at("Number");
    for (const name of ["country_code", "number"]) await this.input(name).fill(all[name]);
    await this.next();
    await this.at("Certificate and account");
    for (const name of ["waba_id", "vname_certificate", "pin"]) if (all[name]) await this.input(name).fill(all[name]);
    await this.next();
    await this.at("Review");
  }
}

// Milliseconds between two keys of somebody who copies a code by hand. A press within 700 ms after an
// answer counts as a part of the press before it, so codes that follow each other are typed like this.
const PACE = 140;

// Types a code digit by digit in place of what the field holds, as a person does.
export async function typeCode(number: NumberPage, code: string): Promise<void> {
  await number.code.selectText();
  await number.code.pressSequentially(code, { delay: PACE });
}

// What was spent from this device, as pages show it.
export const ledger = (page: Page): Locator => page.getByRole("region", { name: "Attempts from this device" });

// An error the way Vonage documents it: problem details, the code after the # of its type.
export const problem = (status: number, code: string, title: string, detail: string, headers: object = {}) => ({
  status,
  headers: { "content-type": "application/problem+json", ...headers },
  body: JSON.stringify({
    type: `https://developer.vonage.com/api-errors/whatsapp-provisioning#${code}`,
    title,
    detail,
    instance: "bf0ca0bf927b3b52e3cb03217e1a1ddf",
  }),
});

// Lets the next call of an operation be answered like this, before anything happened at the provider.
export const fault = (sandbox: Sandbox, operation: string, answer: unknown) =>
  sandbox.control({ faults: [{ operation, times: 1, when: "before", answer }] });
