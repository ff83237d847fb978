import { SEVERITY_MARKS } from "@/app/_ui/alert-words";
import { StateMark } from "@/app/_ui/state-mark";
import type { AlertSeverity } from "@/lib/domain/alerting";

export function SeverityMark({ severity }: { severity: AlertSeverity }) {
  const { name, icon, tone } = SEVERITY_MARKS[severity];
  return (
    <StateMark tone={tone} icon={icon}>
      {name}
    </StateMark>
  );
}
