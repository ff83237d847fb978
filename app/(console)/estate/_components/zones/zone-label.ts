import type { Zone } from "@/lib/server/zones/read-zones";

/** A zone as lists of many name it: "L1 · Level 1 — GARAGE". */
export const zoneLabel = ({ code, name, facility_code }: Zone): string =>
  `${name === code ? code : `${code} · ${name}`} — ${facility_code}`;
