import { expect, test } from "vitest";
import { soak } from "@/tests/soak/soak";

/** The short form of `npm run soak`: each of the three kills at least once. */
test("messages, rollups and alerts agree after all kinds of traffic under kills", async () => {
  const { lines, differences } = await soak({ seconds: 40, devices: 2 });
  expect(differences).toEqual([]);
  const found = Object.fromEntries(lines.map(({ what, sent }) => [what, sent]));
  expect(found["kills of Postgres"]).toBeGreaterThan(0);
  expect(found["kills of the server"]).toBeGreaterThan(0);
  expect(found["live alerts"]).toBeGreaterThan(0);
}, 400_000);
