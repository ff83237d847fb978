import { withQuery } from "@/app/_ui/addresses/query";
import type { Found } from "@/lib/server/search/search-estate";
import { dashboardView } from "../(dashboard)/view";
import { liveView } from "../live/view";

/** Where the palette leads to, or what it does; `beside` tells it from others of its name. */
export type Destination = { label: string; beside?: string; act: string | (() => void) };

/** The pages whose name holds a text, for the facility in view. */
export function pagesNamed(
  pages: { path: string; name: string }[],
  text: string,
  facility: string | null,
): Destination[] {
  const wanted = text.trim().toLowerCase();
  return pages
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .map(({ path, name }) => ({ act: withQuery(path, { facility }), label: name }));
}

/** What was found of the estate, by kind. */
export function destinationsOf(found: Found): { name: string; items: Destination[] }[] {
  return [
    {
      name: "Devices",
      items: found.devices.map((device) => ({
        act: `/devices/${device.id}`,
        label: device.name ? `${device.code} · ${device.name}` : device.code,
        beside: `Zone ${device.zone_code}, ${device.facility_name}`,
      })),
    },
    {
      name: "Open alerts",
      items: found.alerts.map((alert) => ({
        act: `/alerts/${alert.id}`,
        label: `${alert.severity}: ${alert.device_code}`,
        beside: alert.message,
      })),
    },
    {
      name: "Zones",
      items: found.zones.map((zone) => ({
        act: liveView.address({ facility: String(zone.facility_id), zone: zone.id }),
        label: `${zone.code} · ${zone.name}`,
        beside: zone.facility_name,
      })),
    },
    {
      name: "Facilities",
      items: found.facilities.map((facility) => ({
        act: dashboardView.address({ facility: String(facility.id) }),
        label: facility.name,
        beside: facility.code,
      })),
    },
  ];
}
