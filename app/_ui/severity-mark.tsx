import type { AlertSeverity } from "@/lib/domain/alerting";
import { SEVERITY_WORDS } from "./alert-words";
import { StateMark } from "./state-mark";

export const SeverityMark = ({ severity }: { severity: AlertSeverity }) => (
  <StateMark {...SEVERITY_WORDS[severity]} />
);
