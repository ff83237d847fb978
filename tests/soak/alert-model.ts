import type { ReadingCause } from "@/lib/domain/alerts/alerting";

type Values = { voltage: number; current: number };

/** Readings without a cause, in a row, that end its alert; the default. */
const NORMAL_TO_RESOLVE = 3;

const CAUSES: Record<ReadingCause, (values: Values) => boolean> = {
  high_power: ({ voltage, current }) => voltage * current > 2000,
  invalid_data: ({ voltage, current }) => current > 100 || voltage > 500,
};

/** Which alerts of readings a device must have, told from its messages alone. */
export class AlertModel {
  private readonly normalReadings = new Map<ReadingCause, number>();

  /** Takes a stored reading that was the newest of its device. */
  take(values: Values): void {
    for (const [cause, holds] of Object.entries(CAUSES)) {
      const type = cause as ReadingCause;
      const before = this.normalReadings.get(type);
      if (holds(values)) this.normalReadings.set(type, 0);
      else if (before !== undefined && before + 1 < NORMAL_TO_RESOLVE) {
        this.normalReadings.set(type, before + 1);
      } else this.normalReadings.delete(type);
    }
  }

  get live(): ReadingCause[] {
    return [...this.normalReadings.keys()];
  }
}
