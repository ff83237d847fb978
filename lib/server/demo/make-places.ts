import Papa from "papaparse";
import type { Context } from "@/lib/server/context";
import { importDevices } from "@/lib/server/devices/import-devices";
import { createFacility } from "@/lib/server/facilities/create-facility";
import { createZone } from "@/lib/server/zones/create-zone";
import { DEMO_BAYS, DEMO_FACILITIES } from "./demo-places";

/** Makes the facilities, zones and devices of the demo. @throws Problem 409 when a code is taken */
export async function makePlaces(context: Context): Promise<void> {
  for (const { zones, prefix: _, volts: __, ...message } of DEMO_FACILITIES) {
    const facility = await createFacility(context, message);
    for (const { code, name } of zones) {
      await createZone(context, { facility_id: facility.id, code, name });
    }
  }
  const csv = Papa.unparse(
    DEMO_BAYS.map(({ code, name, zone, facility }) => ({
      device_code: code,
      name,
      zone,
      facility,
    })),
  );
  await importDevices(context, { csv, dryRun: false, move: false });
}
