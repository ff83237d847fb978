import type { IconName } from "@/app/_ui/icons";
import { StateMark } from "@/app/_ui/state-mark";
import type { AlertSeverity } from "@/lib/domain/alerting";
import type { DeviceStatus } from "@/lib/domain/health";

type Mark = { tone: "good" | "warning" | "critical" | "quiet"; icon: IconName; word: string };

const STATUSES: Record<DeviceStatus, Mark> = {
  OK: { tone: "good", icon: "ok", word: "OK" },
  WARNING: { tone: "warning", icon: "warning", word: "Warning" },
  CRITICAL: { tone: "critical", icon: "critical", word: "Critical" },
};

const SEVERITIES: Record<AlertSeverity, Mark> = {
  INFO: { tone: "quiet", icon: "info", word: "Info" },
  WARNING: STATUSES.WARNING,
  CRITICAL: STATUSES.CRITICAL,
};

const mark = ({ tone, icon, word }: Mark) => (
  <StateMark tone={tone} icon={icon}>
    {word}
  </StateMark>
);

export const StatusMark = ({ status }: { status: DeviceStatus }) => mark(STATUSES[status]);
export const SeverityMark = ({ severity }: { severity: AlertSeverity }) =>
  mark(SEVERITIES[severity]);
