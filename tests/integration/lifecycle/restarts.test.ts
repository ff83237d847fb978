import { describe, expect, test } from "vitest";
import { RESTARTS, restartUnderTraffic } from "@/tests/soak/restarts";
import { TRAFFIC_KINDS } from "@/tests/support/persistent-sender";

/** `npm run soak -- restarts` does thirty of each. */
const TIMES = 3;

describe.each(RESTARTS)("npm start outlives Postgres: %s", (restart) => {
  test.each(TRAFFIC_KINDS)(
    "as the same process, with every message stored once, under traffic of: %s",
    async (kind) => {
      const report = await restartUnderTraffic({ restart, traffic: [kind], times: TIMES });
      expect(report.differences).toEqual([]);
      expect(report.repeated).toBeGreaterThan(0);
      expect(report.stored).toBe(report.sent);
    },
    300_000,
  );
});
