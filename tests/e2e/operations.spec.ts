// Every documented request, filled in by its labels and sent: what arrives at the provider is exactly
// what its documentation asks for.
import { DOCUMENTED } from "./support/documented.ts";
import { expect, test } from "./support/fixtures.ts";
import { last, Request } from "./support/form.ts";
import { ids } from "./support/world.ts";

for (const { id, kind, fill, sent, status } of DOCUMENTED) {
  test(kind ? `${id}, ${kind}` : id, async ({ page, sandbox }) => {
    const known = await ids(sandbox);
    const form = await Request.open(page, sandbox.url, id);
    await fill(form, known);
    await form.send();
    await form.succeeded(status);
    const { headers, ...expected } = sent(known);
    const call = await last(sandbox);
    expect(call).toMatchObject({ headers: headers ?? {} });
    expect({
      operation: call.operation,
      method: call.method,
      path: call.path,
      query: call.query,
      body: call.body,
      status: call.status,
    }).toEqual({ operation: id, query: "", body: null, status, ...expected });
  });
}

test("all 21 documented requests are in the table", () => {
  expect(new Set(DOCUMENTED.map(({ id }) => id)).size).toBe(21);
});
