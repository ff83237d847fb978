import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test, vi } from "vitest";
import { Client, type ClientOptions, RefusedRequest } from "@/scripts/replay/client";
import { Interrupted } from "@/scripts/replay/replay-error";
import { answer, type Exchange, listen } from "./server";

const PROBLEM = { title: "Service Unavailable", detail: "Database unavailable." };

function clientOf(url: string, options: Partial<ClientOptions> = {}) {
  const waits: string[] = [];
  const interrupt = new AbortController();
  const onWait = (why: string) => void waits.push(why);
  const client = new Client({ url, interrupt: interrupt.signal, onWait, ...options });
  return { client, waits, interrupt };
}

/** Answers the requests of a test one after the other; the last step serves all that follow. */
function inTurn(...steps: ((exchange: Exchange) => void)[]) {
  let requests = 0;
  return (exchange: Exchange) => steps[Math.min(requests++, steps.length - 1)]?.(exchange);
}

const ok = ({ response, body }: Exchange) => answer(response, 201, { echo: JSON.parse(body) });
const status =
  (code: number, headers: Record<string, string> = {}) =>
  ({ response }: Exchange) =>
    answer(response, code, PROBLEM, headers);

test("what is asked for arrives once, with the key as a bearer token", async () => {
  const seen: (string | undefined)[] = [];
  const url = await listen((exchange) => {
    const { method, url: path, headers } = exchange.request;
    seen.push(`${method} ${path}`, headers.authorization, headers["content-type"]);
    ok(exchange);
  });
  const { client } = clientOf(url, { key: "sp_key" });
  expect(await client.post("api/x", [1])).toEqual({
    status: 201,
    body: { echo: [1] },
    attempts: 1,
  });
  expect(seen).toEqual(["POST /api/x", "Bearer sp_key", "application/json"]);
});

test.each([408, 429, 500, 502, 503, 504])("a request answered %i is sent again", async (code) => {
  const url = await listen(inTurn(status(code), status(code), ok));
  const { client, waits } = clientOf(url);
  expect(await client.post("api/x", [1])).toMatchObject({ status: 201, attempts: 3 });
  expect(waits).toHaveLength(2);
  expect(waits[0]).toBe(`POST /api/x: ${code} Service Unavailable · Database unavailable.`);
});

test("no request comes back before the time of Retry-After", async () => {
  const times: number[] = [];
  const steps = inTurn(status(503, { "Retry-After": "1" }), ok);
  const url = await listen((exchange) => {
    times.push(performance.now());
    steps(exchange);
  });
  await clientOf(url).client.post("api/x", [1]);
  expect(times[1]! - times[0]!).toBeGreaterThan(990);
});

test.each([
  ["reset before the answer", ({ request }: Exchange) => request.socket.resetAndDestroy()],
  ["closed before the answer", ({ request }: Exchange) => request.socket.end()],
  [
    "cut in the middle of the answer",
    ({ response }: Exchange) => {
      response.writeHead(201, { "Content-Length": "1000" });
      response.write('{"created":', () => response.destroy());
    },
  ],
])("a connection %s is made again", async (_, cut) => {
  const url = await listen(inTurn(cut, ok));
  expect(await clientOf(url).client.post("api/x", [1])).toMatchObject({
    status: 201,
    attempts: 2,
  });
});

test("a server that is not there is waited for until it is", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const { port } = holder.address() as { port: number };
  await new Promise((resolve) => holder.close(resolve));
  const { client, waits } = clientOf(`http://127.0.0.1:${port}/`, {
    onWait: (why) => {
      waits.push(why);
      if (waits.length === 2) late.listen(port, "127.0.0.1");
    },
  });
  const late = createServer((socket) => {
    const body = '{"ok":true}';
    socket.on("error", () => {});
    socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  });
  expect(await client.get("api/x")).toMatchObject({ body: { ok: true } });
  expect(waits[0]).toBe(`http://127.0.0.1:${port}/ can't be reached: ECONNREFUSED`);
  late.close();
});

test.each([400, 401, 403, 404, 413])("a request answered %i is not sent again", async (code) => {
  let requests = 0;
  const url = await listen(({ response }) => {
    requests += 1;
    answer(response, code, { title: "No", detail: "So it is.", errors: { body: ["Too odd."] } });
  });
  const refusal = await clientOf(url)
    .client.post("api/x", [1])
    .catch((error) => error);
  expect(refusal).toBeInstanceOf(RefusedRequest);
  expect(refusal).toMatchObject({
    status: code,
    message: `POST /api/x: ${code} No · So it is. · body: Too odd.`,
  });
  expect(requests).toBe(1);
});

test("a server that keeps failing with 500 is not asked for ever", async () => {
  const url = await listen(status(500));
  const { client, waits } = clientOf(url);
  await expect(client.post("api/x", [1])).rejects.toThrow("POST /api/x: 500");
  expect(waits).toHaveLength(4);
});

test("a redirect is not followed but named", async () => {
  const url = await listen(({ response }) => answer(response, 308, {}, { Location: "/y" }));
  await expect(clientOf(url).client.post("api/x", [1])).rejects.toThrow("redirects to /y");
});

test("an answer that is no JSON is not taken for success", async () => {
  const url = await listen(({ response }) => void response.end("<html>Hello</html>"));
  await expect(clientOf(url).client.get("api/x")).rejects.toThrow("is no JSON");
});

test("the wait for a server ends when it was to be given up", async () => {
  const url = await listen(status(503, { "Retry-After": "30" }));
  const { client } = clientOf(url, { giveUpAfterSeconds: 1 });
  await expect(client.post("api/x", [1])).rejects.toThrow(
    "Gave up after 1 s without an answer: POST /api/x: 503",
  );
});

test("Ctrl-C ends a wait at once, and nothing is begun afterwards", async () => {
  let requests = 0;
  const url = await listen(({ response }) => {
    requests += 1;
    answer(response, 503, PROBLEM, { "Retry-After": "3600" });
  });
  const { client, interrupt } = clientOf(url, { onWait: () => interrupt.abort() });
  await expect(client.post("api/x", [1])).rejects.toBeInstanceOf(Interrupted);
  await expect(client.post("api/x", [1])).rejects.toBeInstanceOf(Interrupted);
  expect(requests).toBe(1);
});

test("a request that is under way when Ctrl-C comes gets its answer", async () => {
  const url = await listen((exchange) => {
    interrupt.abort();
    ok(exchange);
  });
  const { client, interrupt } = clientOf(url);
  expect(await client.post("api/x", [1])).toMatchObject({ status: 201 });
});

test("an address where no one ever answers is given up with a hint", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  vi.useFakeTimers({ toFake: ["Date"] });
  try {
    const { client } = clientOf(`http://127.0.0.1:${port}/`, {
      onWait: () => vi.setSystemTime(Date.now() + 10_000),
    });
    await expect(client.get("api/facilities")).rejects.toThrow(/Is the server running there\?/);
  } finally {
    vi.useRealTimers();
  }
});
