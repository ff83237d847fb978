import { type FieldErrors, Problem } from "@/lib/domain/problem";
import { requireBreadth } from "@/lib/domain/reach";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { changeEstate } from "@/lib/server/facilities/estate";
import { readKnown, writePlan } from "./import-estate";
import { type ImportPlan, type Known, planImport } from "./import-plan";
import { parseDeviceList, type RowErrors } from "./parse-device-list";

export type ImportInput = {
  csv: string;
  /** Checks and counts, writes nothing. */
  dryRun: boolean;
  /** Devices that are in another zone move; otherwise they are an error. */
  move: boolean;
};

export type Imported = {
  created: number;
  updated: number;
  unchanged: number;
  zones_created: number;
  facilities_created: number;
};

/** How many faulty rows an answer lists. */
const LISTED_ERRORS = 100;

/**
 * Imports a list of devices (CSV), all of it or nothing; makes the zones that are missing, and the
 * facilities whose time zone it tells. The same list again changes nothing.
 * Who reaches only some facilities makes none and touches nothing of the others.
 * @throws Problem 400 that names rows and fields at fault, 409 when a code was taken meanwhile
 */
export async function importDevices(
  context: Context,
  { csv, dryRun, move }: ImportInput,
): Promise<Imported> {
  requireBreadth(context.actor.reach, "facilities");
  const { rows, errors } = parseDeviceList(csv);
  return changeEstate(context, "rearrange", async (within) => {
    const known = await readKnown(within, rows);
    const plan = planImport(rows, known, { move, errors });
    if (errors.size > 0) throw faultyList(errors);
    if (!dryRun) {
      await writePlan(within, plan);
      await recordImport(within, plan, known);
    }
    return {
      created: plan.created.length,
      updated: plan.updated,
      unchanged: plan.unchanged,
      zones_created: plan.zones.size,
      facilities_created: plan.facilities.size,
    };
  });
}

/** One entry for the whole list: which devices it made, moved and changed, and how they were. */
async function recordImport(context: Context, plan: ImportPlan, known: Known): Promise<void> {
  const touched = [...plan.moved, ...plan.changed].map(({ row }) => row.device_code);
  if (plan.created.length + touched.length + plan.zones.size + plan.facilities.size === 0) return;
  const were = [...new Set(touched)].flatMap((code) => {
    const device = known.devices.get(code);
    return device ? [[code, device] as const] : [];
  });
  await recordAudit(context, {
    action: "devices.imported",
    subject: { id: null, name: `${plan.created.length + were.length} devices` },
    before: Object.fromEntries(
      were.map(([code, { facility, zone, name }]) => [code, { facility, zone, name }]),
    ),
    after: Object.fromEntries(
      [
        ...plan.created,
        ...plan.moved.map(({ row }) => row),
        ...plan.changed.map(({ row }) => row),
      ].map(({ device_code, line: _, ...row }) => [device_code, row]),
    ),
  });
}

function faultyList(errors: RowErrors): Problem {
  const listed: FieldErrors = {};
  const inOrder = [...errors].sort(([a], [b]) => a - b);
  for (const [line, faults] of inOrder.slice(0, LISTED_ERRORS)) {
    for (const [field, messages] of Object.entries(faults)) {
      listed[field === "row" ? `row ${line}` : `row ${line}.${field}`] = messages;
    }
  }
  const rest = errors.size > LISTED_ERRORS ? ` The first ${LISTED_ERRORS} are listed.` : "";
  const rows = errors.size === 1 ? "1 row is" : `${errors.size} rows are`;
  return new Problem(400, `${rows} wrong; nothing was imported.${rest}`, { errors: listed });
}
