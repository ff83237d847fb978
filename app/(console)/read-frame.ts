import { contextOfViewer } from "@/app/_session/open-page";
import { readOrAway } from "@/app/_session/read-or-away";
import { listFacilities } from "@/lib/server/facilities/read-facilities";
import { runtime } from "@/lib/server/runtime";

/** A facility as the frame names it. */
export type FacilityName = { id: number; code: string; name: string; timeZone: string };

/** The facilities that the viewer may choose from, by name; null while the database is away. */
export async function readFacilityNames(): Promise<FacilityName[] | null> {
  const context = await contextOfViewer();
  const page = context && (await readOrAway(() => listFacilities(context, { retired: false })));
  if (!page) return null;
  return page.rows
    .map(({ id, code, name, time_zone }) => ({ id, code, name, timeZone: time_zone }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/** Where the log of changes stands; null while no one follows it. */
export const livePosition = (): string | null => runtime().streams.position;
