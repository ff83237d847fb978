import { withQuery } from "@/app/_ui/addresses/query";
import type { DeviceDetail } from "@/lib/server/devices/read-device-detail";

/** Addresses of other pages about a device. */
export type DeviceLinks = ReturnType<typeof linksOf>;

/**
 * @param facility what the address of this page names; kept in the links where it is the device's
 */
export function linksOf({ facts, facility_code }: DeviceDetail, facility: string | undefined) {
  const { code, facility_id } = facts;
  const kept = facility === String(facility_id) || facility === facility_code ? facility : "";
  const link = (path: string, query: Record<string, string>) =>
    withQuery(path, { ...query, facility: kept });
  return {
    alerts: link("/alerts", { device: code }),
    alert: (id: number) => link(`/alerts/${id}`, {}),
    edit: link("/estate/devices", { search: code }),
    keys: (search: string) => link("/keys", { search }),
    audit: link("/audit", { search: code }),
    facility: `/?facility=${facility_id}`,
  };
}
