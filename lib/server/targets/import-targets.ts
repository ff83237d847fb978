import { requireBreadth } from "@/lib/domain/access/reach";
import { TARGET_LIST, type TargetRow } from "@/lib/domain/estate/target";
import type { Listed } from "@/lib/domain/values/csv-list";
import type { FieldErrors } from "@/lib/domain/values/problem";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context } from "@/lib/server/context";
import { changeEstate } from "@/lib/server/estate/change-estate";
import { faultyList, parseList } from "@/lib/server/lists/parse-list";
import { type KnownOwners, ownerKey, readOwners } from "./target-owners";
import { type PlannedTarget, planTargets, type TargetPlan, writeTargets } from "./write-targets";

export type TargetsImported = { created: number; updated: number; unchanged: number };

type Planned = PlannedTarget & { name: string };

/**
 * Imports a list of targets (CSV), all of it or nothing; the same list again changes nothing.
 * @param input.dryRun checks and counts, writes nothing
 * @throws Problem 400 that names rows and fields at fault
 */
export async function importTargets(
  context: Context,
  { csv, dryRun }: { csv: string; dryRun: boolean },
): Promise<TargetsImported> {
  requireBreadth(context.actor.reach, "zone");
  const { rows, errors } = parseList(csv, TARGET_LIST);
  // Alone, so that no target changes between the look and the import.
  return changeEstate(context, "rearrange", async (within) => {
    const known = await readOwners(within, rows);
    const lineOf = new Map<string, number>();
    const planned: Planned[] = [];
    for (const row of rows) {
      const found = plannedOf(row, known);
      const first = "name" in found ? lineOf.get(found.name) : undefined;
      if ("faults" in found) errors.set(row.line, found.faults);
      else if (first !== undefined) errors.set(row.line, { date: [`Is in row ${first} too.`] });
      else {
        lineOf.set(found.name, row.line);
        planned.push(found);
      }
    }
    if (errors.size > 0) throw faultyList(errors);
    const plan = await planTargets(within.db, planned);
    if (!dryRun) await store(within, plan);
    return {
      created: plan.created.length,
      updated: plan.replaced.length,
      unchanged: plan.unchanged.length,
    };
  });
}

async function store(context: Context, { created, replaced }: TargetPlan<Planned>): Promise<void> {
  const written = [...created, ...replaced];
  if (written.length === 0) return;
  await writeTargets(context.db, written);
  await recordAudit(context, {
    action: "targets.imported",
    subject: { id: null, name: `${written.length} targets` },
    before: Object.fromEntries(replaced.map(({ name, was }) => [name, was])),
    after: Object.fromEntries(written.map(({ name, target_value }) => [name, target_value])),
  });
}

function plannedOf(
  { facility, zone, device_code, date, target_value }: Listed<TargetRow>,
  known: KnownOwners,
): Planned | { faults: FieldErrors } {
  const rest = { date, target_value };
  if (device_code !== undefined) {
    const device = known.devices.get(device_code);
    if (!device) return { faults: { device_code: ["Device not found."] } };
    const faults: FieldErrors = {};
    // A place that is not the device's means that row or estate are not what someone thinks.
    if (facility !== undefined && facility !== device.facility) {
      faults.facility = [`The device is in facility ${device.facility}.`];
    }
    if (zone !== undefined && zone !== device.zone) {
      faults.zone = [`The device is in zone ${device.zone}.`];
    }
    if (Object.keys(faults).length > 0) return { faults };
    return {
      ...rest,
      zone_id: null,
      device_id: device.id,
      name: `device ${device_code} on ${date}`,
    };
  }
  if (facility === undefined || !known.facilities.has(facility)) {
    return { faults: { facility: ["No such facility."] } };
  }
  const zoneId = known.zones.get(ownerKey(facility, String(zone)));
  if (zoneId === undefined) return { faults: { zone: ["No such zone in this facility."] } };
  return {
    ...rest,
    zone_id: zoneId,
    device_id: null,
    name: `zone ${facility} / ${zone} on ${date}`,
  };
}
