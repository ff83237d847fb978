import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Reach } from "@/lib/domain/access/reach";
import { ALERT_STATES, type AlertState } from "@/lib/domain/alerts/alert-state";
import {
  ALERT_SEVERITIES,
  ALERT_TYPES,
  type AlertSeverity,
  type AlertType,
} from "@/lib/domain/alerts/alerting";
import { CodeSought } from "@/lib/domain/values/fields";
import { Search } from "@/lib/domain/values/filters";
import { type Bound, BoundText, createdBetween } from "@/lib/server/scope/created-between";
import { type Scope, ScopeParams } from "@/lib/server/scope/resolve-scope";
import { deviceWithin, PLACE } from "@/lib/server/scope/within-reach";
import { openAlert } from "@/lib/server/sql";

/** Which alerts are meant; without any filter all of them. */
export type AlertFilters = Scope & {
  /** Open ones: neither acknowledged nor resolved; false for all others. */
  active?: boolean;
  state?: AlertState;
  severity?: AlertSeverity;
  type?: AlertType;
  /** Part of a device's code or name, in upper or lower case. */
  search?: string;
  /** When they were created. */
  from?: Bound;
  to?: Bound;
};

/** The filters as they are sent, places by id or code. */
export const AlertFilterParams = {
  ...ScopeParams,
  device: CodeSought.optional(),
  state: z.enum(ALERT_STATES, `Must be one of ${ALERT_STATES.join(", ")}.`).optional(),
  severity: z.enum(ALERT_SEVERITIES, "Must be INFO, WARNING or CRITICAL.").optional(),
  type: z.enum(ALERT_TYPES, `Must be one of ${ALERT_TYPES.join(", ")}.`).optional(),
  search: Search.optional(),
  from: BoundText.optional(),
  to: BoundText.optional(),
};

/** Alerts, a, with their devices d, zones z and facilities f. */
export const alertsInPlace = sql`alerts a join devices d on d.id = a.device_id
  join zones z on z.id = d.zone_id join facilities f on f.id = z.facility_id`;

/** What `alertsMatching` looks at: places are joined only where a condition needs them. */
export function alertsFor(filters: AlertFilters, reach: Reach): SQL {
  const { facilityId, zoneId, search, from, to } = filters;
  const ofPlace = [facilityId, zoneId, search, from, to].some((filter) => filter !== undefined);
  return reach.kind === "all" && !ofPlace ? sql`alerts a` : alertsInPlace;
}

/** The condition of each state. */
export const IN_STATE: Record<AlertState, SQL> = {
  open: openAlert("a"),
  acknowledged: sql`(a.resolved_at is null and a.acknowledged_at is not null)`,
  resolved: sql`(a.resolved_at is not null)`,
};

/** The condition that an alert is meant by the filters and lies within reach. */
export function alertsMatching(filters: AlertFilters, reach: Reach): SQL {
  const { active, state, severity, type, search, facilityId, zoneId, deviceId } = filters;
  const all = [sql`true`, ...createdBetween(filters.from, filters.to)];
  if (reach.kind !== "all") all.push(deviceWithin(reach, PLACE));
  if (active !== undefined) all.push(active ? IN_STATE.open : sql`not ${IN_STATE.open}`);
  if (state) all.push(IN_STATE[state]);
  if (severity) all.push(sql`a.severity = ${severity}`);
  if (type) all.push(sql`a.alert_type = ${type}`);
  if (deviceId !== undefined) all.push(sql`a.device_id = ${deviceId}::int`);
  if (zoneId !== undefined) all.push(sql`z.id = ${zoneId}::int`);
  if (facilityId !== undefined) all.push(sql`z.facility_id = ${facilityId}::int`);
  if (search !== undefined) {
    const found = (text: SQL) => sql`strpos(lower(${text}), lower(${search})) > 0`;
    all.push(sql`(${found(sql`d.code`)} or ${found(sql`coalesce(d.name, '')`)})`);
  }
  return sql.join(all, sql` and `);
}
