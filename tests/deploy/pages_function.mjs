// Calls a function of Cloudflare Pages with one request and says what it sent and answered.
import { readFile } from "node:fs/promises";

const [file, text] = process.argv.slice(2);
const wanted = JSON.parse(text);
// As text: Node takes a .js file outside a package for another kind of module.
const source = await readFile(file, "utf8");
const { onRequest } = await import(`data:text/javascript,${encodeURIComponent(source)}`);

let sent = null;
globalThis.fetch = async (url, options) => {
  sent = { url: String(url), method: options.method, headers: Object.fromEntries(options.headers) };
  if (wanted.lost) throw new TypeError("lost");
  const headers = {
    Date: "Tue, 01 Jan 2030 00:00:00 GMT",
    "X-RateLimit-Remaining": "7",
    "Set-Cookie": "evil=1",
    "Access-Control-Allow-Origin": "*",
    "Relay-Refusal": "sign-in",
    "Cache-Control": "public",
  };
  return new Response("{}", { status: 200, headers });
};
const body = ["GET", "HEAD"].includes(wanted.method) ? undefined : "{}";
const request = new Request(wanted.url, { method: wanted.method, body });
// A plain Request drops the headers that only a browser itself may set.
const headers = new Map(Object.entries(wanted.headers));
Object.defineProperty(request, "headers", { value: headers });
const answer = await onRequest({ request });
console.log(JSON.stringify({ sent, status: answer.status, headers: Object.fromEntries(answer.headers) }));
