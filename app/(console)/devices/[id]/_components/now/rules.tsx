import { Panel } from "@/app/_ui/panel";
import { RecordTable } from "@/app/_ui/tables/record-table";
import records from "@/app/_ui/tables/records.module.css";
import type { LimitOrigins, RuleLimits } from "@/lib/domain/devices/limits";
import { exactDuration } from "@/lib/domain/values/duration";
import type { DeviceDetail } from "@/lib/server/devices/read-device-detail";
import { measured } from "../history/quantities";

const RULES: [limit: keyof RuleLimits, rule: string, unit: string][] = [
  ["offlineAfterSeconds", "Offline after a silence of", "s"],
  ["highPowerW", "High power above", "W"],
  ["maxCurrentA", "Invalid current above", "A"],
  ["maxVoltageV", "Invalid voltage above", "V"],
  ["normalReadingsToResolve", "Alert resolved after", "normal readings in a row"],
  ["reopenWithinSeconds", "Same alert reopened within", "s"],
];

/** The limits that the rules compare this device with, and who set each. */
export function Rules({ device }: { device: DeviceDetail }) {
  const origins: Record<LimitOrigins[keyof RuleLimits]["origin"], string> = {
    device: "This device",
    zone: `Zone ${device.facts.zone_code}`,
    facility: device.facts.facility_name,
    default: "Default",
  };
  return (
    <Panel id="rules" title="Rules in force">
      <RecordTable
        rows={RULES.map(([limit, rule, unit]) => ({ rule, unit, ...device.limits[limit] }))}
        keyOf={({ rule }) => rule}
        columns={[
          { name: "Rule", names: true, cell: ({ rule }) => rule },
          {
            name: "Limit",
            cell: ({ value, unit }) =>
              unit === "s" ? exactDuration(value) : `${measured(value)} ${unit}`,
          },
          {
            name: "Set by",
            cell: ({ origin }) =>
              origin === "default" ? (
                <span className={records.quiet}>{origins.default}</span>
              ) : (
                origins[origin]
              ),
          },
        ]}
      />
    </Panel>
  );
}
