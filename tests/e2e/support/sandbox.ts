// The server of the site and the sandbox, one process for each worker: a world is never shared.
import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { dist, fromXtask } from "./environment.ts";

// One call that the sandbox received, as `GET /sandbox/_log` has it.
export interface Logged {
  n: number;
  operation: string | null;
  method: string;
  path: string;
  query: string;
  headers: Record<string, string>;
  // As JSON where it is JSON, otherwise as text; null where there was none.
  body: any;
  status: number;
}

export class Sandbox {
  private constructor(
    // Origin of the site and of the sandbox, such as `http://127.0.0.1:40123`.
    readonly url: string,
    private readonly server: ChildProcess,
  ) {}

  // Serves this folder beside the sandbox: the built site, unless another is named.
  static async start(folder = dist()): Promise<Sandbox> {
    const server = spawn(fromXtask("SWITCHBOARD_SERVE"), ["--addr", "127.0.0.1:0", "--dist", folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const line of createInterface({ input: server.stdout! })) {
      const ready = /ready at (http:\S+)/.exec(line);
      if (ready) return new Sandbox(ready[1], server);
    }
    throw new Error("The server ended before it was ready.");
  }

  stop(): Promise<unknown> {
    const ended = new Promise((resolve) => this.server.once("exit", resolve));
    this.server.kill();
    return ended;
  }

  // The calls received after the one numbered `after`.
  async log(after = 0): Promise<Logged[]> {
    const answer = await fetch(`${this.url}/sandbox/_log?after=${after}`);
    if (!answer.ok) throw new Error(`The log answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }

  // Sets what is named, and returns the state then in force.
  async control(orders: object): Promise<any> {
    const answer = await fetch(`${this.url}/sandbox/_control`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(orders),
    });
    if (!answer.ok) throw new Error(`The control answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }

  // The world of the beginning: same seed, no faults, empty log.
  reset(): Promise<any> {
    return this.control({ reset: true });
  }
}
