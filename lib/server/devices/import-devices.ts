import { requireBreadth } from "@/lib/domain/access/reach";
import { DEVICE_LIST } from "@/lib/domain/devices/device";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { changeEstate } from "@/lib/server/estate/change-estate";
import { faultyList, parseList } from "@/lib/server/lists/parse-list";
import { readKnown, writePlan } from "./import-estate";
import { type ImportPlan, type Known, planImport } from "./import-plan";

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
  /** The zones that the list creates, by the code of their facility. */
  new_zones: { facility: string; code: string }[];
  new_facilities: { code: string; time_zone: string }[];
};

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
  const { rows, errors } = parseList(csv, DEVICE_LIST);
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
      new_zones: [...plan.zones.values()].map(({ facility, code }) => ({ facility, code })),
      new_facilities: [...plan.facilities].map(([code, { timeZone }]) => ({
        ...{ code, time_zone: timeZone },
      })),
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
