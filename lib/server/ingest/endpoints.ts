import { invalidInput, Problem } from "@/lib/domain/values/problem";
import type { Actor } from "@/lib/server/context";
import type { Answer } from "@/lib/server/http/answer";
import { type JsonRequest, requireJson } from "@/lib/server/http/json";
import { bulkEndpoint } from "./bulk-endpoint";
import {
  checkMessages,
  type IngestCall,
  type Message,
  parkingLogCall,
  telemetryCall,
} from "./ingest-calls";
import type { IngestRow } from "./ingest-row";
import { type IngestEndpoint, orProblem } from "./intake";
import { OUTCOME_ERRORS, readyRuntime, senderOf, storeRows } from "./store-rows";

const MAX_SINGLE_BYTES = 64 * 1024;

export const telemetryEndpoint = singleEndpoint(telemetryCall);
export const telemetryBulkEndpoint = bulkEndpoint(telemetryCall);
export const parkingLogEndpoint = singleEndpoint(parkingLogCall);
export const parkingLogBulkEndpoint = bulkEndpoint(parkingLogCall);

/** The device traffic by path (docs/rules.md#message-calls), without trailing slash. */
export const INGEST_ENDPOINTS: Record<string, IngestEndpoint> = {
  "/api/telemetry": telemetryEndpoint,
  "/api/telemetry/bulk": telemetryBulkEndpoint,
  "/api/parking-log": parkingLogEndpoint,
  "/api/parking-log/bulk": parkingLogBulkEndpoint,
};

/** A single row asks for room when it is submitted: to read and check it costs next to nothing. */
function singleEndpoint<M extends Message, Row extends IngestRow>(
  call: IngestCall<M, Row>,
): IngestEndpoint {
  return {
    maxBytes: MAX_SINGLE_BYTES,
    open: (actor) => ({
      take: () => {},
      close: () => {},
      answer: (request) => orProblem(answerSingle(call, actor, request)),
    }),
  };
}

async function answerSingle<M extends Message, Row extends IngestRow>(
  call: IngestCall<M, Row>,
  actor: Actor,
  request: JsonRequest,
): Promise<Answer> {
  const input = requireJson(request);
  const { registry } = await readyRuntime();
  const context = { registry, reach: actor.reach, now: Date.now() };
  const [checked] = await checkMessages(call, [input], context);
  if (!checked?.row) throw invalidInput(checked?.errors ?? {});
  const [outcome = "failed"] = await storeRows(call, [checked.row], senderOf(actor));
  if (outcome === "created") return { status: 201, body: call.echo(checked.row) };
  const errors = OUTCOME_ERRORS[outcome];
  if (outcome === "duplicate") throw new Problem(409, errors.timestamp![0]!, { errors });
  if (outcome === "unknown_device") throw invalidInput(errors);
  throw new Problem(500, "The message could not be stored.");
}
