import { STATUS_WORDS } from "@/app/_ui/device-words";
import type { IconName } from "@/app/_ui/icons";
import { StateMark, type Tone } from "@/app/_ui/state-mark";
import type { AlertSeverity } from "@/lib/domain/alerting";
import type { DeviceStatus } from "@/lib/domain/health";

type Mark = { tone: Tone; icon: IconName; word: string };

const SEVERITIES: Record<AlertSeverity, Mark> = {
  INFO: { tone: "quiet", icon: "info", word: "Info" },
  WARNING: STATUS_WORDS.WARNING,
  CRITICAL: STATUS_WORDS.CRITICAL,
};

const mark = ({ tone, icon, word }: Mark) => (
  <StateMark tone={tone} icon={icon}>
    {word}
  </StateMark>
);

export const StatusMark = ({ status }: { status: DeviceStatus }) => mark(STATUS_WORDS[status]);
export const SeverityMark = ({ severity }: { severity: AlertSeverity }) =>
  mark(SEVERITIES[severity]);
