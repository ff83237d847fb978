import Link from "next/link";
import { Panel } from "@/app/_ui/panel";
import records from "@/app/_ui/tables/records.module.css";
import { figure } from "@/app/_ui/words/figures";
import type { DeviceDetail } from "@/lib/server/devices/read-device-detail";
import { AuditList } from "../../../(settings)/audit/_components/audit-list";
import type { DeviceRecords } from "../load";

type DeviceAuditProps = {
  audit: NonNullable<DeviceRecords["audit"]>;
  device: DeviceDetail;
  /** The audit log with a search. */
  href: string;
  /** The server's clock, milliseconds since 1970. */
  now: number;
};

/** Who changed the device, newest first. */
export function DeviceAudit({ audit, device, href, now }: DeviceAuditProps) {
  const { facility_id } = device.facts;
  const all = (
    <Link href={href} prefetch={false}>
      {audit.total > audit.rows.length ? `All ${figure(audit.total)} entries` : "In the audit log"}
    </Link>
  );
  return (
    <Panel id="device-audit" title="Changes to this device" aside={audit.total === 0 ? null : all}>
      {audit.rows.length === 0 ? (
        <p className={records.empty}>
          No changes to this device yet. An import is one entry in the audit log.
        </p>
      ) : (
        <AuditList
          rows={audit.rows}
          filtered={false}
          facilityNames={new Map([[facility_id, device.facts.facility_name]])}
          now={now}
        />
      )}
    </Panel>
  );
}
