import { ColumnHeads } from "@/app/_ui/column-heads";
import { Panel } from "@/app/_ui/panel";
import records from "@/app/_ui/records.module.css";
import { exactDuration } from "@/lib/domain/duration";
import type { LimitOrigins, RuleLimits } from "@/lib/domain/limits";
import type { DeviceDetail } from "@/lib/server/devices/read-device-detail";
import { measured } from "./quantities";

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
      <table className={records.table}>
        <ColumnHeads names={["Rule", "Limit", "Set by"]} />
        <tbody>
          {RULES.map(([limit, rule, unit]) => {
            const { value, origin } = device.limits[limit];
            return (
              <tr key={limit}>
                <th scope="row">{rule}</th>
                <td data-label="Limit">
                  {unit === "s" ? exactDuration(value) : `${measured(value)} ${unit}`}
                </td>
                <td data-label="Set by">
                  {origin === "default" ? (
                    <span className={records.quiet}>{origins.default}</span>
                  ) : (
                    origins[origin]
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Panel>
  );
}
