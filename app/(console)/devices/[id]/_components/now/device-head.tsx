import { Alert } from "@mantine/core";
import Link from "next/link";
import { LinkButton } from "@/app/_ui/addresses/link-button";
import { Icon } from "@/app/_ui/icons";
import { PageHead } from "@/app/_ui/page-head";
import { exactTime, zoneLabel } from "@/app/_ui/words/local-time";
import type { DeviceDetail } from "@/lib/server/devices/read-device-detail";

type DeviceHeadProps = {
  device: DeviceDetail;
  now: Date;
  alertsHref: string;
  /** Where it can be changed; null for those who may not. */
  editHref: string | null;
  facilityHref: string;
};

/** Which device it is and where. */
export function DeviceHead({ device, now, alertsHref, editHref, facilityHref }: DeviceHeadProps) {
  const { facts, time_zone } = device;
  const actions = (
    <>
      <LinkButton href={alertsHref}>Alerts</LinkButton>
      {editHref ? (
        <LinkButton href={editHref} variant="filled">
          Edit
        </LinkButton>
      ) : null}
    </>
  );
  const zone =
    device.zone_name === device.facts.zone_code
      ? device.facts.zone_code
      : `${device.zone_name} (${device.facts.zone_code})`;
  return (
    <>
      <PageHead title={facts.code} actions={actions}>
        {facts.name && facts.name !== facts.code ? `${facts.name} · ` : null}
        Zone {zone} ·{" "}
        <Link href={facilityHref} prefetch={false}>
          {device.facts.facility_name}
        </Link>{" "}
        · {zoneLabel(time_zone, now)}
      </PageHead>
      {device.retired_at ? (
        <Alert
          color="gray"
          variant="light"
          mb="md"
          icon={<Icon name="info" />}
          title={`Out of use since ${exactTime(device.retired_at, time_zone)}`}
        >
          This device, its zone or its facility is retired: its history is kept and its messages are
          refused.
        </Alert>
      ) : null}
    </>
  );
}
