// A provider at another origin: passes every call on to the sandbox, and remembers what came, the
// preflights too, with every header as it arrived.
import { createServer, request, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Arrived {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
}

export class Passing {
  readonly arrived: Arrived[] = [];
  private readonly server = createServer((from, to) => this.pass(from, to));

  // `target` is the origin of the sandbox.
  private constructor(private readonly target: string) {}

  static async start(target: string): Promise<Passing> {
    const passing = new Passing(target);
    await new Promise<void>((resolve) => passing.server.listen(0, "127.0.0.1", resolve));
    return passing;
  }

  // By another name than the site's, so that it is another origin in every respect.
  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  // The arrived calls of one method.
  of(method: string): Arrived[] {
    return this.arrived.filter((call) => call.method === method);
  }

  // Passes one call on, under another path where one is given: so a relay does.
  pass(from: IncomingMessage, to: ServerResponse, path = from.url!): void {
    this.arrived.push({ method: from.method!, path, headers: from.headers });
    const onward = request(this.target + path, { method: from.method, headers: from.headers }, (answer) => {
      to.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(to);
    });
    onward.on("error", () => to.destroy());
    from.pipe(onward);
  }

  stop(): Promise<unknown> {
    const ended = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    return ended;
  }
}
