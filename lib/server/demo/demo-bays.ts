import type { Sql } from "@/db/client";
import { Partitions } from "@/db/partitions";
import { DeviceRegistry, type RegisteredDevice } from "@/lib/server/ingest/device-registry";
import { DEMO_BAYS, type DemoBay } from "./demo-places";

/** A bay of the demo with its device; `number` is its place in the list of all bays. */
export type PlacedBay = DemoBay & { number: number; device: RegisteredDevice };

/** What the history of the demo is told through: ingestion itself, at any time of its clock. */
export type Lane = { sql: Sql; partitions: Partitions };

export function openLane(sql: Sql): Lane {
  return { sql, partitions: new Partitions(sql) };
}

/** The bays whose devices are there and in use: an operator may have retired or renamed some. */
export async function placedBays(sql: Sql): Promise<PlacedBay[]> {
  const registry = new DeviceRegistry(sql);
  await registry.lookUp(DEMO_BAYS.map(({ code }) => code));
  return DEMO_BAYS.flatMap((bay, number) => {
    const device = registry.get(bay.code);
    return device && !device.retired ? [{ ...bay, number, device }] : [];
  });
}
