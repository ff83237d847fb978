import type { Sql } from "@/db/client";
import {
  type AlertType,
  breachesOf,
  calmAlert,
  isSilent,
  READING_CAUSES,
  type Reading,
  resolveAlert,
  triggerAlert,
} from "@/lib/domain/alerts/alerting";
import type { RuleLimits } from "@/lib/domain/devices/limits";
import { runsOf } from "@/lib/server/sql";
import { loadAlertLives, saveAlertLives } from "./alert-writer";
import { DeviceAlerts } from "./device-alerts";

/** What was known of a device before the readings came; its row is locked. */
export type PriorState = { lastTelemetryAt: number | null; liveAlerts: AlertType[] };

type DeviceReading = Reading & { device: { id: number; limits: RuleLimits } };
type Contact = { timestamp: number; device: { id: number; limits: RuleLimits } };

/**
 * Raises, counts, calms and resolves alerts for stored readings, in order of arrival. A reading
 * older than the newest known one changes nothing, nor does one of a device that is retired. The
 * devices' state rows must be locked.
 */
export async function applyReadings(
  tx: Sql,
  stored: DeviceReading[],
  prior: Map<number, PriorState>,
  now: number,
): Promise<void> {
  const readings = await ofDevicesInUse(tx, stored);
  if (readings.length === 0) return;
  const byDevice = await deviceAlerts(tx, readings, now);
  const newest = new Map([...prior].map(([id, state]) => [id, state.lastTelemetryAt]));
  for (const reading of readings) {
    const known = newest.get(reading.device.id) ?? null;
    if (known !== null && reading.timestamp < known) continue;
    newest.set(reading.device.id, reading.timestamp);
    applyReading(byDevice.get(reading.device.id)!, reading, now);
  }
  await saveAlertLives(runsOf(tx), byDevice, now);
}

/**
 * A device may have been retired while its reading waited for the lock, and that ended its alerts:
 * nothing would come to end one that was raised now.
 */
async function ofDevicesInUse(tx: Sql, readings: DeviceReading[]): Promise<DeviceReading[]> {
  if (readings.length === 0) return readings;
  const retired = await tx<{ id: number }[]>`
    select d.id
    from devices d join zones z on z.id = d.zone_id join facilities f on f.id = z.facility_id
    where d.id = any(${[...new Set(readings.map((reading) => reading.device.id))]})
      and coalesce(d.retired_at, z.retired_at, f.retired_at) is not null`;
  const outOfUse = new Set(retired.map(({ id }) => id));
  return readings.filter((reading) => !outOfUse.has(reading.device.id));
}

function applyReading(alerts: DeviceAlerts, reading: DeviceReading, now: number): void {
  const { limits } = reading.device;
  const breaches = breachesOf(reading, limits);
  for (const cause of READING_CAUSES) {
    const breach = breaches[cause];
    const live = alerts.live(cause);
    if (breach) {
      alerts.take(triggerAlert(alerts.lives.get(cause) ?? null, cause, breach, limits, now));
    } else if (live) {
      alerts.take(calmAlert(live, limits, now));
    }
  }
  endSilence(alerts, reading, now);
}

/**
 * Ends the silence of devices that were heard from. Contacts that are themselves older than the
 * allowed silence end nothing. The devices' state rows must be locked.
 */
export async function resolveOfflineAlerts(
  tx: Sql,
  contacts: Contact[],
  now: number,
): Promise<void> {
  if (contacts.length === 0) return;
  const byDevice = await deviceAlerts(tx, contacts, now);
  for (const contact of contacts) endSilence(byDevice.get(contact.device.id)!, contact, now);
  await saveAlertLives(runsOf(tx), byDevice, now);
}

function endSilence(alerts: DeviceAlerts, { timestamp, device }: Contact, now: number): void {
  const offline = alerts.live("offline");
  if (offline && !isSilent(timestamp, device.limits, now)) alerts.take(resolveAlert(offline, now));
}

async function deviceAlerts(tx: Sql, contacts: Contact[], now: number) {
  const ids = [...new Set(contacts.map((contact) => contact.device.id))];
  const reopenWithinSeconds = Math.max(...contacts.map((c) => c.device.limits.reopenWithinSeconds));
  const lives = await loadAlertLives(runsOf(tx), ids, now - reopenWithinSeconds * 1000);
  return new Map(ids.map((id) => [id, new DeviceAlerts(lives.get(id) ?? new Map())]));
}
