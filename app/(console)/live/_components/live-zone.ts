/** A zone as the live page names it. */
export type LiveZone = { id: number; code: string; name: string; facilityName: string };
