import { z } from "zod";
import { endpoint } from "@/app/api/_http/endpoint";
import { readDeviceDetail } from "@/lib/server/devices/read-device-detail";
import { readSeries } from "@/lib/server/devices/read-series";
import { resolveRange } from "@/lib/server/devices/resolve-range";
import { BoundText } from "@/lib/server/scope/created-between";

const WHAT = "Must be a whole number from 2 to 2000.";

const Query = z.object({
  from: BoundText.optional(),
  to: BoundText.optional(),
  points: z
    .string()
    .regex(/^\d{1,4}$/, WHAT)
    .transform(Number)
    .pipe(z.int().min(2, WHAT).max(2000, WHAT))
    .default(600),
});

/**
 * The readings of a device in a range, down-sampled to `points` buckets:
 * `{device_id, device_code, time_zone, from, to, bucket_seconds, readings, points: [{at, readings,
 * voltage: {min, avg, max}, current: {…}, power_w: {…}}]}`. A bucket without readings is left out.
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint(
  "/api/devices/[id]/series",
  {
    GET: async ({ context, id, query }) => {
      const { from, to, points } = query(Query);
      const { facts, time_zone } = await readDeviceDetail(context, id("Device"));
      const range = await resolveRange(context.db, time_zone, { from, to }, context.now);
      const series = await readSeries(context, { deviceId: facts.id, range, points });
      const device = { device_id: facts.id, device_code: facts.code, time_zone };
      return { status: 200, body: { ...device, ...series } };
    },
  },
);
