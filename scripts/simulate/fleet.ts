import { z } from "zod";
import { lastEventBefore } from "@/lib/server/demo/stays";
import { COMMUTERS, OFFICE, SHOPS } from "@/lib/server/demo/uses";
import type { Client } from "../replay/client";
import type { Plan } from "../replay/plan";
import { ReplayError } from "../replay/replay-error";
import { setUp } from "../replay/set-up";
import { setUpLines } from "../replay/set-up-lines";
import type { SimulatedBay } from "./simulation";

const ZONE_BAYS = 250;
/** Zones are used in turn like these. */
const USES = [OFFICE, SHOPS, COMMUTERS] as const;
const VOLTS = 230;

const Facilities = z.array(z.object({ code: z.string(), time_zone: z.string() }));
const Statuses = z.array(
  z.object({ code: z.string(), last_parking_log_at: z.string().nullable() }),
);

type Wanted = { facility: string; devices: number };

/**
 * Makes the devices that a simulation needs and the server does not have, and learns what the server
 * knows of them.
 * @param startsAt milliseconds since 1970
 * @returns the bays, and what was made in words
 * @throws ReplayError with the server's words when it refuses something
 */
export async function gatherFleet(
  client: Client,
  wanted: Wanted,
  startsAt: number,
): Promise<{ bays: SimulatedBay[]; lines: string[] }> {
  const plan = planFleet(wanted, Intl.DateTimeFormat().resolvedOptions().timeZone);
  const lines = setUpLines(plan, await setUp(client, plan));
  const facilities = checked(Facilities, (await client.get("api/facilities")).body);
  const timeZone = facilities.find(({ code }) => code === wanted.facility)?.time_zone ?? "UTC";
  const query = `api/devices/status?facility=${encodeURIComponent(wanted.facility)}`;
  const statuses = checked(Statuses, (await client.get(query)).body);
  const known = new Map(statuses.map((status) => [status.code, status.last_parking_log_at]));
  const bays = plan.devices.map(({ code }, index) => {
    const bay = { code, timeZone, use: useOf(index), volts: VOLTS };
    // The server learns whether a car is there by the last arrival or departure, unless it has it.
    const last = lastEventBefore(bay, startsAt)?.timestamp ?? startsAt;
    const isKnown = Date.parse(known.get(code) ?? "") >= last;
    return { ...bay, toldUntil: isKnown ? startsAt : last };
  });
  return { bays, lines };
}

/** All devices are in one facility, in zones of 250. */
export function planFleet({ facility, devices }: Wanted, timeZone: string): Plan {
  const name = facility === "SIMULATED" ? "Simulated devices" : facility;
  return {
    facilities: [{ code: facility, name, zone: { timeZone, why: "that of this machine" } }],
    devices: Array.from({ length: devices }, (_, index) => ({
      code: `${facility}-SIM-${String(index + 1).padStart(5, "0")}`,
      zone: `SIM-${String(Math.floor(index / ZONE_BAYS) + 1).padStart(2, "0")}`,
      facility,
    })),
    unlisted: [],
  };
}

const useOf = (index: number) => USES[Math.floor(index / ZONE_BAYS) % USES.length] ?? OFFICE;

function checked<T>(shape: z.ZodType<T>, body: unknown): T {
  const result = shape.safeParse(body);
  if (result.success) return result.data;
  throw new ReplayError("The server's answer has another shape; is this a Smart Parking server?");
}
