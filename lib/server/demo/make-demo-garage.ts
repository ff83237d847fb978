import type { Context } from "@/lib/server/context";
import { createDevice } from "@/lib/server/devices/create-device";
import { createFacility } from "@/lib/server/facilities/create-facility";
import { senderOf } from "@/lib/server/ingest/store-rows";
import { runtime } from "@/lib/server/runtime";
import { putTarget } from "@/lib/server/targets/put-target";
import { createZone } from "@/lib/server/zones/create-zone";
import type { PlacedBay } from "./demo-bays";
import { localDate } from "./local-days";
import { eventsBetween } from "./stays";
import { DAY_MS, MINUTE_MS, readingsAt } from "./tell-history";
import { SHOPS } from "./uses";

const ZONES = ["Level 1", "Level 2"];
const BAYS_PER_ZONE = 12;
const EVENTS_TARGET = 120;
/** Nothing keeps these bays alive, and their silence is no one's worry: the longest that can be set. */
const NEVER_OFFLINE_SECONDS = 365 * 86_400;
/** The bay that draws too much. */
const TROUBLED = 5;

/**
 * Adds a small facility with a week of events, readings, targets and one alert, to look around in.
 * It is made by the same verbs and lanes as any other, so all its figures agree.
 * @throws Problem 409 when there is a facility DEMO already
 */
export async function makeDemoGarage(context: Context, timeZone: string): Promise<void> {
  const facility = await createFacility(context, {
    code: "DEMO",
    name: "Demo garage",
    time_zone: timeZone,
    offline_after_seconds: NEVER_OFFLINE_SECONDS,
  });
  const places: { code: string; zone: string }[] = [];
  const date = localDate(timeZone, context.now.getTime());
  for (const [level, name] of ZONES.entries()) {
    const code = `L${level + 1}`;
    const zone = await createZone(context, { facility_id: facility.id, code, name });
    for (let bay = 1; bay <= BAYS_PER_ZONE; bay++) {
      const place = { code: `DEMO-${level + 1}${String(bay).padStart(2, "0")}`, zone: code };
      await createDevice(context, { zone_id: zone.id, code: place.code });
      places.push(place);
    }
    await putTarget(context, { zone_id: zone.id, date, target_value: EVENTS_TARGET });
  }
  await sendWeek(
    places.map((place) => ({ ...place, timeZone })),
    context.now.getTime(),
    senderOf(context.actor),
  );
}

type Place = { code: string; zone: string; timeZone: string };

async function sendWeek(places: Place[], now: number, sender: string): Promise<void> {
  const { registry, parkingLogs, telemetry } = runtime();
  await registry.start();
  await registry.lookUp(places.map(({ code }) => code));
  const common = { use: SHOPS, volts: 230, facility: "DEMO" };
  const bays = places.map((place, number): PlacedBay => {
    return { ...common, ...place, name: place.code, number, device: registry.get(place.code)! };
  });
  await parkingLogs.submit(
    bays.flatMap((bay) =>
      eventsBetween(bay, now - 7 * DAY_MS, now).map((event) => ({ ...event, device: bay.device })),
    ),
    sender,
  );
  await telemetry.submit(
    bays.flatMap((bay) => readingsAt(bay, lastHour(now), (at) => troubleOf(bay, at, now))),
    sender,
  );
}

const lastHour = (now: number) =>
  Array.from({ length: 12 }, (_, i) => now - (11 - i) * 5 * MINUTE_MS);

const troubleOf = ({ number }: PlacedBay, at: number, now: number) =>
  number === TROUBLED && at === now ? "over-power" : null;
