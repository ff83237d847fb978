import type { Reach } from "@/lib/domain/access/reach";
import { type FieldErrors, invalidInput } from "@/lib/domain/values/problem";
import type { Actor } from "@/lib/server/context";
import { type Answer, WrittenJson } from "@/lib/server/http/answer";
import { type JsonRequest, requireJsonType } from "@/lib/server/http/json";
import type { TakeTurn } from "@/lib/server/limits/turns";
import { runtime } from "@/lib/server/runtime";
import { checkMessages, type IngestCall, type Message } from "./ingest-calls";
import type { IngestRow, Outcome } from "./ingest-row";
import { type IngestEndpoint, orProblem } from "./intake";
import { ListRows, TOO_LARGE } from "./list-rows";
import type { Place } from "./queue-room";
import { OUTCOME_ERRORS, readyRuntime, senderOf, storeRows } from "./store-rows";

/** Rows of one bulk request, at most. */
const MAX_BULK_ROWS = 10_000;
const MAX_BULK_BYTES = 8 * 1024 * 1024;
/** No row that can be stored is shorter. */
const MIN_ROW_BYTES = 64;
const MAX_ROW_BYTES = 64 * 1024;

/** What is parsed and checked at once: about a millisecond's work. */
const SLICE = { maxRows: 50, maxBytes: 16 * 1024, maxRowBytes: MAX_ROW_BYTES };
/** What parsing the text of a slice counts as, however few rows it holds. */
const ROWS_PER_SLICE_TEXT = 10;
const TOO_LARGE_ERRORS: FieldErrors = { body: [`Must be at most ${MAX_ROW_BYTES} bytes.`] };

/** A row that can be stored, or its part of the answer, written already. */
type CheckedRow<Row> = { row: Row } | { errorText: string };

/** The call that takes a list of messages: valid rows are stored, each other one is listed. */
export function bulkEndpoint<M extends Message, Row extends IngestRow>(
  call: IngestCall<M, Row>,
): IngestEndpoint {
  return {
    maxBytes: MAX_BULK_BYTES,
    open: (actor, declaredBytes) => {
      const place = call.lane(runtime()).openPlace(senderOf(actor));
      const declared = Number(declaredBytes ?? 0);
      if (declared <= MAX_BULK_BYTES) place.growTo(rowsWithin(declared));
      let taken = 0;
      return {
        take: (bytes) => {
          taken += bytes;
          place.growTo(rowsWithin(taken));
        },
        close: place.close,
        answer: (request) => orProblem(answerBulk(call, actor, request, place)),
      };
    },
  };
}

async function answerBulk<M extends Message, Row extends IngestRow>(
  call: IngestCall<M, Row>,
  actor: Actor,
  request: JsonRequest,
  place: Place,
): Promise<Answer> {
  const sender = senderOf(actor);
  const checked = await checkBulk(call, request, actor.reach, runtime().turns.begin(sender));
  const rows = checked.flatMap((check) => ("row" in check ? [check.row] : []));
  return answerOf(checked, await storeRows(call, rows, sender, place));
}

const rowsWithin = (bytes: number) => Math.min(MAX_BULK_ROWS, Math.ceil(bytes / MIN_ROW_BYTES));

/**
 * Parses and checks all rows, a slice in each turn of the event loop. Nothing is stored before all
 * of them have been read: what breaks off in the middle is no list.
 */
async function checkBulk<M extends Message, Row extends IngestRow>(
  call: IngestCall<M, Row>,
  request: JsonRequest,
  reach: Reach,
  takeTurn: TakeTurn,
): Promise<CheckedRow<Row>[]> {
  requireJsonType(request);
  const { registry } = await readyRuntime();
  const list = new ListRows(request.body, SLICE);
  const context = { registry, reach, now: Date.now() };
  const checked: CheckedRow<Row>[] = [];
  for (let inputs = list.next(); inputs !== null; inputs = list.next()) {
    await takeTurn(Math.max(ROWS_PER_SLICE_TEXT, inputs.length));
    const first = checked.length;
    if (first + inputs.length > MAX_BULK_ROWS) throw tooManyRows();
    for (const [i, check] of (await checkMessages(call, inputs, context)).entries()) {
      const errors = inputs[i] === TOO_LARGE ? TOO_LARGE_ERRORS : check.errors;
      checked.push(
        errors
          ? { errorText: errorTextOf(first + i, JSON.stringify(errors)) }
          : { row: check.row! },
      );
    }
  }
  return checked;
}

const tooManyRows = () =>
  invalidInput({ body: [`At most ${MAX_BULK_ROWS} rows; send the rest in another call.`] });

const errorTextOf = (index: number, errors: string) => `{"index":${index},"errors":${errors}}`;

const OUTCOME_TEXTS = Object.fromEntries(
  Object.entries(OUTCOME_ERRORS).map(([outcome, errors]) => [outcome, JSON.stringify(errors)]),
) as Record<keyof typeof OUTCOME_ERRORS, string>;

function answerOf<Row>(checked: CheckedRow<Row>[], outcomes: Exclude<Outcome, "busy">[]): Answer {
  let created = 0;
  let duplicates = 0;
  let next = 0;
  const errors: string[] = [];
  for (const [index, check] of checked.entries()) {
    if ("errorText" in check) {
      errors.push(check.errorText);
      continue;
    }
    const outcome = outcomes[next++] ?? "failed";
    if (outcome === "created") created += 1;
    else errors.push(errorTextOf(index, OUTCOME_TEXTS[outcome]));
    if (outcome === "duplicate") duplicates += 1;
  }
  const text = `{"created":${created},"duplicates":${duplicates},"errors":[${errors.join(",")}]}`;
  return { status: created > 0 ? 201 : 200, body: new WrittenJson(text) };
}
