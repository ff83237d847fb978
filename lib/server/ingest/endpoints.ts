import { type FieldErrors, invalidInput, Problem } from "@/lib/domain/problem";
import type { Actor } from "@/lib/server/context";
import { type Answer, answerProblem } from "@/lib/server/http/answer";
import { type JsonRequest, requireJson } from "@/lib/server/http/json";
import { runtime } from "@/lib/server/runtime";
import type { IngestRow, Outcome } from "./flush";
import { isQueueFull } from "./group-commit";
import {
  checkMessages,
  DEVICE_NOT_FOUND,
  type IngestCall,
  parkingLogCall,
  telemetryCall,
} from "./ingest-calls";

/** Rows of one bulk request, at most. */
export const MAX_BULK_ROWS = 10_000;
const MAX_SINGLE_BYTES = 64 * 1024;
const MAX_BULK_BYTES = 8 * 1024 * 1024;

/** One of the four calls that devices make; gateway and route handlers only carry its answers. */
export type IngestEndpoint = {
  /** Bodies above this size are answered 413 without being read. */
  maxBytes: number;
  /** Answers after the commit; never throws. */
  answer(actor: Actor, request: JsonRequest): Promise<Answer>;
};

type Message = { device_code: string; timestamp: number };
type RowErrors = { index: number; errors: FieldErrors };

const OUTCOME_ERRORS: Record<Exclude<Outcome, "created" | "busy">, FieldErrors> = {
  duplicate: { timestamp: ["Duplicate: this message is stored already."] },
  unknown_device: { device_code: [DEVICE_NOT_FOUND] },
  failed: { row: ["Could not be stored. The server logged why."] },
};

export const telemetryEndpoint = singleEndpoint(telemetryCall);
export const telemetryBulkEndpoint = bulkEndpoint(telemetryCall);
export const parkingLogEndpoint = singleEndpoint(parkingLogCall);
export const parkingLogBulkEndpoint = bulkEndpoint(parkingLogCall);

/** The device traffic of DESIGN section 4 by path, without trailing slash. */
export const INGEST_ENDPOINTS: Record<string, IngestEndpoint> = {
  "/api/telemetry": telemetryEndpoint,
  "/api/telemetry/bulk": telemetryBulkEndpoint,
  "/api/parking-log": parkingLogEndpoint,
  "/api/parking-log/bulk": parkingLogBulkEndpoint,
};

function singleEndpoint<M extends Message, Row extends IngestRow>(
  call: IngestCall<M, Row>,
): IngestEndpoint {
  return endpoint(MAX_SINGLE_BYTES, async ({ reach }, input) => {
    const { registry } = await readyRuntime();
    const [checked] = await checkMessages(call, [input], { registry, reach, now: Date.now() });
    if (!checked?.row) throw invalidInput(checked?.errors ?? {});
    const [outcome] = await store(call, [checked.row]);
    if (outcome === "busy") throw busy();
    if (outcome === "created") return { status: 201, body: call.echo(checked.row) };
    const errors = OUTCOME_ERRORS[outcome ?? "failed"];
    if (outcome === "duplicate") throw new Problem(409, errors.timestamp![0]!, { errors });
    if (outcome === "unknown_device") throw invalidInput(errors);
    throw new Problem(500, "The message could not be stored.");
  });
}

function bulkEndpoint<M extends Message, Row extends IngestRow>(
  call: IngestCall<M, Row>,
): IngestEndpoint {
  return endpoint(MAX_BULK_BYTES, async ({ reach }, input) => {
    if (!Array.isArray(input)) throw invalidInput({ body: ["Must be a list."] });
    if (input.length > MAX_BULK_ROWS) {
      throw invalidInput({
        body: [`At most ${MAX_BULK_ROWS} rows; send the rest in another call.`],
      });
    }
    const { registry } = await readyRuntime();
    const checked = await checkMessages(call, input, { registry, reach, now: Date.now() });
    const outcomes = await store(
      call,
      checked.flatMap(({ row }) => (row ? [row] : [])),
    );
    if (outcomes.includes("busy")) throw busy();
    const counts = { created: 0, duplicate: 0, unknown_device: 0, failed: 0 };
    const errors: RowErrors[] = [];
    let next = 0;
    for (const [index, check] of checked.entries()) {
      const outcome = check.row ? (outcomes[next++] ?? "failed") : null;
      if (check.errors) errors.push({ index, errors: check.errors });
      if (!outcome || outcome === "busy") continue;
      counts[outcome] += 1;
      if (outcome !== "created") {
        errors.push({ index, errors: OUTCOME_ERRORS[outcome] });
      }
    }
    const { created, duplicate: duplicates } = counts;
    return { status: created > 0 ? 201 : 200, body: { created, duplicates, errors } };
  });
}

/** What both kinds share: media type, size of nothing, JSON, and errors as problem documents. */
function endpoint(
  maxBytes: number,
  answer: (actor: Actor, input: unknown) => Promise<Answer>,
): IngestEndpoint {
  return {
    maxBytes,
    answer: async (actor, request) => {
      try {
        return await answer(actor, requireJson(request));
      } catch (error) {
        return answerProblem(error);
      }
    },
  };
}

/** Sent again, rows that are stored already come back as duplicates. */
function busy(): Problem {
  return new Problem(503, "A device is being moved. Send again shortly.", {
    headers: { "Retry-After": "5" },
  });
}

async function readyRuntime() {
  const ready = runtime();
  await ready.registry.start();
  return ready;
}

async function store<M extends Message, Row extends IngestRow>(
  call: IngestCall<M, Row>,
  rows: Row[],
): Promise<Outcome[]> {
  try {
    return await call.lane(runtime()).submit(rows);
  } catch (error) {
    if (!isQueueFull(error)) throw error;
    throw new Problem(503, "Too many messages are waiting. Try again shortly.", {
      headers: { "Retry-After": "1" },
    });
  }
}
