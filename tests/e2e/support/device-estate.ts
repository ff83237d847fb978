import type { Page } from "playwright-core";
import type { Sql } from "postgres";
import { api } from "@/tests/support/api";
import { secondsFromNow } from "@/tests/support/clock";
import {
  type Device,
  type Facility,
  makeDevice,
  makeFacility,
  makeZone,
} from "@/tests/support/factories";

/** A past date in Asia/Shanghai on which all is known. */
export const DATE = "2024-05-14";
const time = (clock: string) => `${DATE}T${clock}:00+08:00`;

export type DeviceEstate = { quay: Facility; device: Device; silent: Device; fresh: Device };

/**
 * Three devices of one zone. On DATE `device` reads 230 V and 1 A every 5 minutes from 08:00 to
 * 15:55, 6 A once, at 10:05; its bay is occupied from 08:30 to 10:30. Now it is over its power limit
 * and its bay is occupied. `silent` was heard once on DATE, `fresh` never.
 */
export async function makeDeviceEstate(sql: Sql, url: string): Promise<DeviceEstate> {
  const quay = await makeFacility(sql, {
    ...{ code: "quay", name: "Quay", timeZone: "Asia/Shanghai", highPowerW: 1_500 },
    // Longer than the tests take: silence has a test of its own.
    offlineAfterSeconds: 3_600,
  });
  const zone = await makeZone(sql, { code: "Q", facilityId: quay.id, maxCurrentA: 40 });
  const device = await makeDevice(sql, { code: "Q-1", name: "By the lift", zoneId: zone.id });
  const silent = await makeDevice(sql, { code: "Q-2", zoneId: zone.id });
  const fresh = await makeDevice(sql, { code: "Q-3", zoneId: zone.id });
  const { post } = api(url);
  const now = secondsFromNow(0);
  await post("/api/telemetry/bulk", [
    ...readingsOfTheDay("Q-1"),
    { device_code: "Q-2", timestamp: time("09:00"), voltage: 230, current: 1 },
    { device_code: "Q-1", timestamp: now, voltage: 231.5, current: 8 },
  ]);
  await post("/api/parking-log/bulk", [
    { device_code: "Q-1", timestamp: time("08:30"), is_occupied: true },
    { device_code: "Q-1", timestamp: time("10:30"), is_occupied: false },
    { device_code: "Q-1", timestamp: now, is_occupied: true },
  ]);
  return { quay, device, silent, fresh };
}

function readingsOfTheDay(device_code: string) {
  return Array.from({ length: 96 }, (_, index) => {
    const minutes = 8 * 60 + index * 5;
    const clock = [Math.floor(minutes / 60), minutes % 60]
      .map((part) => String(part).padStart(2, "0"))
      .join(":");
    const current = clock === "10:05" ? 6 : 1;
    return { device_code, timestamp: time(clock), voltage: 230, current };
  });
}

/** The page of a device. */
export const pathOf = ({ id }: Device, query = "") => `/devices/${id}${query}`;
export const onDate = `?from=${DATE}&to=${DATE}`;

/** The charts that are drawn, by what they say of themselves. */
export const charts = (page: Page) => page.getByRole("img", { name: /chart of/ });
