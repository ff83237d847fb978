/** The channels of NOTIFY on which the processes of an installation tell each other of changes. */

/** Which devices changed, for live streams: ids apart by commas. */
export const LIVE_CHANNEL = "live_changes";

/** Which devices ingestion has to read again. */
export const REGISTRY_CHANNEL = "device_registry";
/** What changed: one device, all devices of a zone or facility, or anything. */
export type RegistryChange = `${"device" | "zone" | "facility"}:${number}` | "all";

/** Which key has to be read again: its id. */
export const KEY_CHANNEL = "api_keys";
