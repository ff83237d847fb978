import { TEST_KEY } from "@/tests/support/accounts";
import { loadWithPosts } from "./load";
import { DEVICE_COUNT } from "./readings";

/** What is sent. */
export type BulkLoad = {
  url: string;
  rows: "good" | "bad";
  connections: number;
  seconds: number;
  /** The time of the first reading, milliseconds since 1970; each reading is sent once. */
  fromMs: number;
};

/** What became of it. */
export type BulkResult = {
  seconds: number;
  created: number;
  /** Rows that answers list with their errors. */
  listed: number;
  answers: number;
  refused: number;
  /** Answers that are neither 200, 201 nor 503. */
  other: number;
};

export const BULK_ROWS = 10_000;
const MOMENTS = BULK_ROWS / DEVICE_COUNT;
const STEP_MS = 1_000;

const iso = (ms: number) => new Date(ms).toISOString();
/** Stands in the text of all bulks for the time of their readings, and is replaced in each. */
const placeholder = (moment: number) => `0000-00-00T00:00:00.00${moment}Z`;

/** The text of a bulk: every device at each moment. Of bad rows each third has another fault. */
function template(rows: BulkLoad["rows"]): string {
  const texts = Array.from({ length: BULK_ROWS }, (_, n) => {
    const fault = rows === "bad" ? n % 3 : -1;
    return JSON.stringify({
      device_code: fault === 0 ? `NOWHERE-${n}` : `BENCH-${(n % DEVICE_COUNT) + 1}`,
      timestamp: fault === 1 ? "yesterday" : placeholder(Math.floor(n / DEVICE_COUNT)),
      voltage: fault === 2 ? -1 : 229 + (n % 30) / 10,
      current: 1 + (n % 40) / 10,
      power_factor: 0.9,
    });
  });
  return `[${texts.join(",")}]`;
}

/**
 * Keeps connections busy with bulks, whatever is answered.
 * @param begun called once everything is at hand
 */
export async function sendBulks(
  { url, rows, connections, seconds, fromMs }: BulkLoad,
  begun: () => void,
): Promise<BulkResult> {
  const text = template(rows);
  const result: BulkResult = {
    ...{ seconds, created: 0, listed: 0 },
    answers: 0,
    refused: 0,
    other: 0,
  };
  begun();
  const started = performance.now();
  await loadWithPosts({
    ...{ url, path: "/api/telemetry/bulk", key: TEST_KEY, connections, seconds },
    body: (n) => {
      let body = text;
      for (let moment = 0; moment < MOMENTS; moment++) {
        body = body.replaceAll(placeholder(moment), iso(fromMs + (n * MOMENTS + moment) * STEP_MS));
      }
      return body;
    },
    answered: (answer) => {
      const status = Number(answer.slice(9, 12));
      result.answers += 1;
      if (status === 503) result.refused += 1;
      else if (status > 201) result.other += 1;
      result.created += Number(/"created":(\d+)/.exec(answer)?.[1] ?? 0);
      result.listed += answer.split('"index":').length - 1;
    },
  });
  result.seconds = (performance.now() - started) / 1000;
  return result;
}
