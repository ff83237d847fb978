import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { Client } from "@/scripts/replay/client";
import { EVENTS } from "@/scripts/replay/messages";
import { Rejects } from "@/scripts/replay/rejects";
import { Interrupted } from "@/scripts/replay/replay-error";
import { closingReport } from "@/scripts/replay/report";
import { sendFile } from "@/scripts/replay/send-file";
import { newTally } from "@/scripts/replay/tally";
import { fileOf } from "./files";
import { answer, type Exchange, listen } from "./server";

type Event = { device_code: string; is_occupied: unknown; timestamp: string };

/** Keeps events as the product does: a known one is a duplicate, a state that is no boolean refused. */
function store() {
  const kept = new Set<string>();
  const take = (rows: Event[]) => {
    const errors: { index: number; errors: Record<string, string[]> }[] = [];
    let [created, duplicates] = [0, 0];
    for (const [index, row] of rows.entries()) {
      const key = JSON.stringify(row);
      if (typeof row.is_occupied !== "boolean") {
        errors.push({ index, errors: { is_occupied: ["Must be true or false."] } });
      } else if (kept.has(key)) {
        duplicates += 1;
        errors.push({ index, errors: { timestamp: ["Duplicate: stored already."] } });
      } else {
        kept.add(key);
        created += 1;
      }
    }
    return { created, duplicates, errors };
  };
  return { kept, take };
}

const eventsOf = ({ body }: Exchange) => JSON.parse(body) as Event[];

const minute = (i: number) => new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString();
const csvOf = (count: number, state = (_: number) => "true") =>
  `device_code,is_occupied,timestamp,note\n${Array.from(
    { length: count },
    (_, i) => `B-${i % 7},${state(i)},${minute(i)},"n ${i}"\n`,
  ).join("")}`;

async function replay(content: string, handle: (exchange: Exchange) => void, batchRows = 100) {
  const filePath = await fileOf(content, "events.csv");
  const rejects = new Rejects(path.join(path.dirname(filePath), "rejects.csv"));
  const tally = newTally("events.csv");
  const interrupt = new AbortController();
  const batch = { rows: batchRows };
  const url = await listen(handle);
  const client = new Client({ url, interrupt: interrupt.signal, onWait: () => {} });
  const run = () =>
    sendFile(filePath, EVENTS, tally, {
      client,
      batch,
      rejects,
      interrupt: interrupt.signal,
      startProgress: () => ({ update: () => {}, stop: () => {} }),
    });
  return { run, tally, rejects, interrupt, batch };
}

test("every row is created once, in the order of the file, one request at a time", async () => {
  const { take } = store();
  const seen: string[] = [];
  let underWay = 0;
  const { run, tally } = await replay(csvOf(950), async (exchange) => {
    underWay += 1;
    expect(underWay).toBe(1);
    await new Promise(setImmediate);
    seen.push(...eventsOf(exchange).map((event) => event.timestamp));
    underWay -= 1;
    answer(exchange.response, 201, take(eventsOf(exchange)));
  });
  await run();
  expect(tally).toMatchObject({ rows: 950, sent: 950, created: 950, duplicates: 0, refused: 0 });
  expect(seen).toEqual(Array.from({ length: 950 }, (_, i) => minute(i)));
});

test("refused rows are written down with number, reason and original cells", async () => {
  const { take } = store();
  const content = csvOf(250, (i) => (i % 100 === 42 ? "perhaps" : "true"));
  const { run, tally, rejects } = await replay(content, (exchange) =>
    answer(exchange.response, 201, take(eventsOf(exchange))),
  );
  await run();
  expect(tally).toMatchObject({ rows: 250, created: 247, refused: 3 });
  const { data } = Papa.parse<Record<string, string>>(readFileSync(rejects.path, "utf8"), {
    header: true,
    skipEmptyLines: true,
  });
  expect(data).toHaveLength(3);
  expect({ ...data[1], row: JSON.parse(data[1]?.row ?? "") }).toEqual({
    file: "events.csv",
    row_number: "143",
    reason: "is_occupied: Must be true or false.",
    row: { device_code: "B-2", is_occupied: "perhaps", timestamp: minute(142), note: "n 142" },
  });
  expect(closingReport([tally], rejects.path)).toContain("3  is_occupied: Must be true or false.");
});

test("duplicates make no rejects file", async () => {
  const { take } = store();
  const content = csvOf(100);
  const handle = (exchange: Exchange) => answer(exchange.response, 201, take(eventsOf(exchange)));
  const first = await replay(content, handle);
  await first.run();
  const second = await replay(content, handle);
  await second.run();
  expect(second.tally).toMatchObject({ created: 0, duplicates: 100, resentDuplicates: 0 });
  expect(existsSync(second.rejects.path)).toBe(false);
});

test("a batch whose answer was lost is sent again, and its duplicates are counted as such", async () => {
  const { take, kept } = store();
  let requests = 0;
  const { run, tally } = await replay(csvOf(300), (exchange) => {
    const result = take(eventsOf(exchange));
    if (++requests === 2) exchange.request.socket.resetAndDestroy();
    else answer(exchange.response, 201, result);
  });
  await run();
  expect(kept.size).toBe(300);
  expect(tally).toMatchObject({
    rows: 300,
    sent: 300,
    created: 200,
    duplicates: 100,
    resentDuplicates: 100,
  });
  expect(closingReport([tally], null)).toContain(
    "100 of the duplicates belong to batches that were sent more than once.",
  );
});

test("a batch that is too large is halved until it fits, in order and without loss", async () => {
  const { take } = store();
  const seen: string[] = [];
  const { run, tally, batch } = await replay(csvOf(500), (exchange) => {
    const events = eventsOf(exchange);
    if (events.length > 30) return answer(exchange.response, 413, { detail: "Too large." });
    seen.push(...events.map((event) => event.timestamp));
    answer(exchange.response, 201, take(events));
  });
  await run();
  expect(tally).toMatchObject({ rows: 500, created: 500 });
  expect(seen).toEqual(Array.from({ length: 500 }, (_, i) => minute(i)));
  expect(batch.rows).toBeLessThanOrEqual(30);
});

test("a single row that is too large is refused with the server's words", async () => {
  const { take } = store();
  const { run, tally } = await replay(csvOf(4), (exchange) => {
    const events = eventsOf(exchange);
    if (events.some((event) => event.timestamp === minute(2))) {
      return answer(exchange.response, 413, { detail: "Too large." });
    }
    answer(exchange.response, 201, take(events));
  });
  await run();
  expect(tally).toMatchObject({ rows: 4, created: 3, refused: 1 });
  expect([...tally.reasons.keys()][0]).toContain("Too large.");
});

test("a row whose columns have shifted is not sent", async () => {
  const { take, kept } = store();
  const content = `${csvOf(1)}B-1,true,${minute(9)},n,surplus\n`;
  const { run, tally } = await replay(content, (exchange) =>
    answer(exchange.response, 201, take(eventsOf(exchange))),
  );
  await run();
  expect(tally).toMatchObject({ rows: 2, sent: 1, created: 1, refused: 1 });
  expect(kept.size).toBe(1);
});

test("a refusal of the whole batch stops with the server's words and keeps the count", async () => {
  const { take } = store();
  let requests = 0;
  const { run, tally } = await replay(csvOf(300), (exchange) => {
    if (++requests < 3) return answer(exchange.response, 201, take(eventsOf(exchange)));
    answer(exchange.response, 401, { title: "Unauthorized", detail: "The key is not known." });
  });
  await expect(run()).rejects.toThrow("401 Unauthorized · The key is not known.");
  expect(tally).toMatchObject({ rows: 300, created: 200, isComplete: false });
  expect(closingReport([tally], null)).toContain("100 rows were sent without an answer");
});

test.each([
  ["counts a row too few", { created: 99, duplicates: 0, errors: [] }],
  ["calls rows duplicates that it does not list", { created: 90, duplicates: 10, errors: [] }],
  [
    "lists one row twice",
    {
      created: 98,
      duplicates: 0,
      errors: [1, 1].map((index) => ({ index, errors: { voltage: ["Odd."] } })),
    },
  ],
  [
    "counts other duplicates than it lists",
    { created: 99, duplicates: 0, errors: [{ index: 1, errors: { timestamp: ["Duplicate: x"] } }] },
  ],
  ["has another shape", { ok: true }],
])("an answer that %s ends the replay", async (_, body) => {
  const { run } = await replay(csvOf(100), ({ response }) => answer(response, 201, body));
  await expect(run()).rejects.toThrow(/doesn't add up|another shape/);
});

test("Ctrl-C lets the batch under way finish and sends no other", async () => {
  const { take, kept } = store();
  const { run, tally, interrupt } = await replay(csvOf(1000), (exchange) => {
    if (kept.size === 200) interrupt.abort();
    answer(exchange.response, 201, take(eventsOf(exchange)));
  });
  await expect(run()).rejects.toBeInstanceOf(Interrupted);
  expect(tally).toMatchObject({ rows: 300, created: 300, isComplete: false });
});
