// A folder served the way a static host does it: files, the page for every other place, no sandbox.
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fromXtask } from "./environment.ts";

const KINDS: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

export interface HostOptions {
  // Where on the host the site is; everything outside answers 404.
  base?: string;
  // Name in the address: another one is another origin, and `localhost` is as secure as `127.0.0.1`.
  name?: string;
  // Answers before the files do, by path, such as a `switchboard.json`; a string is JSON.
  instead?: Record<string, string | ((request: IncomingMessage, response: ServerResponse) => void)>;
}

export class StaticHost {
  private constructor(
    // Address of the site, base included, such as `http://127.0.0.1:40123/`.
    readonly url: string,
    private readonly server: Server,
    // Answers that still read from the folder.
    private readonly reading: Set<Promise<void>>,
  ) {}

  static async start(folder: string, options: HostOptions = {}): Promise<StaticHost> {
    const { base = "/", name = "127.0.0.1", instead = {} } = options;
    const reading = new Set<Promise<void>>();
    const server = createServer((request, response) => {
      const path = decodeURIComponent(new URL(request.url!, "http://host").pathname);
      const other = instead[path];
      if (typeof other === "function") return other(request, response);
      if (other !== undefined) return send(response, 200, "application/json", other);
      if (!path.startsWith(base)) return send(response, 404, "text/plain", "Not here.");
      const answer = file(response, folder, path.slice(base.length));
      reading.add(answer);
      void answer.finally(() => reading.delete(answer));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    return new StaticHost(`http://${name}:${port}${base}`, server, reading);
  }

  // Once it has stopped nothing reads from the folder any more.
  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await ended;
    await Promise.all(this.reading);
  }
}

async function file(response: ServerResponse, folder: string, path: string): Promise<void> {
  const inside = normalize(`/${path}`);
  try {
    const content = await readFile(join(folder, inside));
    send(response, 200, KINDS[extname(inside)] ?? "application/octet-stream", content);
  } catch {
    send(response, 200, "text/html", await readFile(join(folder, "index.html")));
  }
}

function send(response: ServerResponse, status: number, kind: string, content: string | Buffer): void {
  response.writeHead(status, { "content-type": kind, "cache-control": "no-store" });
  response.end(content);
}

// A copy of the built site whose content policy lets it call these hosts as well.
export class Copy {
  readonly folder = mkdtempSync(join(tmpdir(), "switchboard-"));

  constructor(folder: string, connect: string[]) {
    cpSync(folder, this.folder, { recursive: true });
    const hosts = connect.flatMap((host) => ["--connect", host]);
    execFileSync(fromXtask("SWITCHBOARD_XTASK"), ["policy", "--dist", this.folder, ...hosts]);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
