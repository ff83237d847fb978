import { StateMark } from "@/app/_ui/words/state-mark";

/** Whether something is in use. */
export function InUseMark({ retired }: { retired: boolean }) {
  return retired ? (
    <StateMark tone="quiet" icon="away">
      Retired
    </StateMark>
  ) : (
    <StateMark tone="good" icon="ok">
      In use
    </StateMark>
  );
}
