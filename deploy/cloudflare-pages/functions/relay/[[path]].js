// The relay on Cloudflare Pages, where each person enters the provider's key in the browser. Redirects of
// Pages lead to no other host, so a function is needed. It passes on what stands here and nothing else.

const PROVIDERS = {
  vonage: {
    base: "https://api.nexmo.com/v0.1/whatsapp-manager",
    methods: ["GET", "POST", "PATCH", "DELETE"],
    headers: ["authorization"],
  },
  kapso: {
    base: "https://app.kapso.ai/api/v1",
    methods: ["GET", "POST", "PATCH", "DELETE"],
    headers: ["x-api-key"],
  },
  // EDIT: the region of your Webex Connect tenant.
  webex: {
    base: "https://api.us.webexconnect.io/resources/v1",
    methods: ["POST"],
    headers: ["key", "authorization"],
  },
  rapida: {
    base: "https://assistant-01.in.rapida.ai/v1/assistant-deployment",
    methods: ["GET", "POST"],
    headers: ["x-api-key", "x-auth-id", "x-client-source"],
  },
};

// A dot segment, also an encoded one or one between encoded slashes, could leave the documented path.
const DOTS = /(?:\/|\\|%2f|%5c)(?:\.|%2e){1,2}(?:\/|\\|%2f|%5c|$)/i;

// What an answer may carry; whatever else a provider sends stays behind.
const ANSWERED = /^(?:content-type|date|retry-after|x-ratelimit-.*|ratelimit.*|x-request-id)$/;

const OWN = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Strict-Transport-Security": "max-age=31536000",
};

function refused(status, word, sentence) {
  const headers = { ...OWN, "Content-Type": "text/plain" };
  if (word) headers["Relay-Refusal"] = word;
  return new Response(sentence + "\n", { status, headers });
}

export async function onRequest({ request }) {
  const { pathname, search } = new URL(request.url);
  const [, named, below] = pathname.match(/^\/relay\/([a-z]+)(\/.*)$/) ?? [];
  if (!Object.hasOwn(PROVIDERS, named ?? "") || DOTS.test(pathname)) {
    return refused(400, "path", "This relay does not forward that path.");
  }
  const provider = PROVIDERS[named];
  if (!provider.methods.includes(request.method)) {
    return refused(405, "method", "This relay does not forward that method.");
  }
  const headers = new Headers({ "User-Agent": "switchboard-relay" });
  for (const name of ["accept", "content-type", ...provider.headers]) {
    if (request.headers.has(name)) headers.set(name, request.headers.get(name));
  }
  // Whole before it leaves: half a body would be another request.
  const body = request.method === "GET" ? undefined : await request.arrayBuffer();
  let answer;
  try {
    const sent = { method: request.method, headers, redirect: "manual" };
    answer = await fetch(provider.base + below + search, body?.byteLength ? { ...sent, body } : sent);
  } catch {
    // Whether the request had left cannot be known here.
    return refused(502, "", "No answer came through this relay. What was asked may have been carried out.");
  }
  const kept = [...answer.headers].filter(([name]) => ANSWERED.test(name.toLowerCase()));
  return new Response(answer.body, { status: answer.status, headers: { ...Object.fromEntries(kept), ...OWN } });
}
