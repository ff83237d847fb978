import { describe, expect, test } from "vitest";
import { connectIngest } from "@/db/client";
import { demoActor, makeDemoUser } from "@/lib/server/demo/demo-user";
import { findDemo } from "@/lib/server/demo/find-demo";
import { makeDemoEstate } from "@/lib/server/demo/make-demo-estate";
import { removeUnfinishedDemo } from "@/lib/server/demo/remove-unfinished-demo";
import { type EmptyEstate, emptyEstate } from "../../support/empty-estate";
import { type Device, makeFacility } from "../../support/factories";
import { makeAlert, park, report } from "../../support/history";

const NOW = Date.parse("2025-11-12T09:30:00Z");

describe("whose database it is", () => {
  const inEstate = async (work: (estate: EmptyEstate) => Promise<void>) => {
    const estate = await emptyEstate();
    try {
      await work(estate);
    } finally {
      await estate.drop();
    }
  };

  test("an empty one may be taken, one with a real estate not, whatever its codes are", () =>
    inEstate(async ({ sql, context }) => {
      expect(await findDemo(context(NOW))).toEqual({ kind: "empty" });
      await makeFacility(sql, { code: "MALL-NYC" });
      expect(await findDemo(context(NOW))).toEqual({ kind: "foreign", facilities: ["MALL-NYC"] });
      await expect(removeUnfinishedDemo(context(NOW))).rejects.toThrow("no unfinished demo");
      expect(await sql`select from facilities`).toHaveLength(1);
    }));

  test("what an interrupted making has left is removed, unless something else is there", () =>
    inEstate(async (estate) => {
      const { sql, context } = estate;
      await makeDemoUser(context(NOW));
      const closed = connectIngest(estate.url, 1);
      await closed.end();
      const actor = await demoActor(context(NOW));
      const making = makeDemoEstate({ ...context(NOW), actor }, { sql: closed });
      await expect(making).rejects.toThrow("CONNECTION_ENDED");
      expect(await findDemo(context(NOW))).toEqual({ kind: "unfinished" });
      const [row] = await sql`
        select d.id, d.code, z.id as "zoneId", z.facility_id as "facilityId"
        from devices d join zones z on z.id = d.zone_id limit 1`;
      const device = row as unknown as Device;
      await park(sql, [device, "2025-11-01T00:00:00Z", true]);
      await report(sql, [device, "2025-11-01T00:00:00Z"]);
      await makeAlert(sql, device, "2025-11-01T00:00:00Z");
      const { id } = await makeFacility(sql, { code: "REAL" });
      expect(await findDemo(context(NOW))).toMatchObject({ kind: "foreign" });
      await expect(removeUnfinishedDemo(context(NOW))).rejects.toThrow("no unfinished demo");
      await sql`delete from facilities where id = ${id}`;
      await removeUnfinishedDemo(context(NOW));
      expect(await findDemo(context(NOW))).toEqual({ kind: "empty" });
      const [left] = await sql`
        select (select count(*)::int from telemetry) as telemetry, (select count(*)::int from alerts) as alerts,
               (select count(*)::int from parking_logs) as logs, (select count(*)::int from targets) as targets,
               (select count(*)::int from zone_hours) as hours, (select count(*)::int from devices) as devices`;
      expect(new Set(Object.values(left!))).toEqual(new Set([0]));
    }));
});
