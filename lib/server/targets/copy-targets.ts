import { sql } from "drizzle-orm";
import { requireBreadth } from "@/lib/domain/access/reach";
import type { TargetCopy } from "@/lib/domain/estate/target";
import { recordAudit } from "@/lib/server/audit/record-audit";
import type { Context, ReadContext } from "@/lib/server/context";
import { changeEstate } from "@/lib/server/estate/change-estate";
import { zoneWithin } from "@/lib/server/scope/within-reach";
import { requireFacility } from "@/lib/server/zones/create-zone";
import { type PlannedTarget, planTargets, writeTargets } from "./write-targets";

/** How many targets were, or would be, made, replaced, kept though others, and the same already. */
export type TargetsCopied = { created: number; replaced: number; kept: number; unchanged: number };

type Copied = PlannedTarget & { name: string };

/**
 * Gives every zone and device the targets of one week in another week, day by day. What is retired
 * is left out. Targets that the week has already are kept or replaced, as the copy says.
 * @throws Problem 400 for an unknown or retired facility
 */
export async function copyTargets(context: Context, copy: TargetCopy): Promise<TargetsCopied> {
  requireBreadth(context.actor.reach, "zone");
  // Alone, so that no target changes between the look and the copy.
  return changeEstate(context, "rearrange", async (within) => {
    if (copy.facility_id) await requireFacility(within, copy.facility_id);
    const plan = await planTargets(within.db, await readWeek(within, copy));
    const replaced = copy.existing === "replace" ? plan.replaced : [];
    const written = [...plan.created, ...replaced];
    if (!copy.dry_run && written.length > 0) {
      await writeTargets(within.db, written);
      await recordAudit(within, {
        action: "targets.copied",
        subject: { id: null, name: `${written.length} of ${copy.from} to ${copy.to}` },
        before: Object.fromEntries(replaced.map(({ name, was }) => [name, was])),
        after: Object.fromEntries(written.map(({ name, target_value }) => [name, target_value])),
      });
    }
    return {
      created: plan.created.length,
      replaced: replaced.length,
      kept: plan.replaced.length - replaced.length,
      unchanged: plan.unchanged.length,
    };
  });
}

/** The targets of the week to copy, at the dates that they get. */
async function readWeek(
  { db, actor }: ReadContext,
  { facility_id = null, from, to }: TargetCopy,
): Promise<Copied[]> {
  const place = { facility: sql`z.facility_id`, zone: sql`z.id` };
  const rows = await db.execute<Copied>(sql`
    select t.zone_id, t.device_id, moved.date::text as date, t.target_value,
           case when d.id is null then 'zone ' || f.code || ' / ' || z.code
                else 'device ' || d.code end || ' on ' || moved.date as name
    from targets t
    left join devices d on d.id = t.device_id
    join zones z on z.id = coalesce(t.zone_id, d.zone_id)
    join facilities f on f.id = z.facility_id
    cross join lateral (select t.date + (${to}::date - ${from}::date) as date) moved
    where t.date between ${from}::date and ${from}::date + 6
      and (${facility_id}::int is null or f.id = ${facility_id}::int)
      and d.retired_at is null and z.retired_at is null and f.retired_at is null
      and ${zoneWithin(actor.reach, place)}
    order by t.id`);
  return [...rows];
}
