import { expect, test } from "vitest";
import { readDevicesFile } from "@/scripts/replay/devices-file";
import { EVENTS } from "@/scripts/replay/messages";
import { planEstate } from "@/scripts/replay/plan";
import { type NamedDevices, scanDevices } from "@/scripts/replay/scan";
import { fileOf } from "./files";

async function planOf(devices: string, events: string, timeZone?: string) {
  const named: NamedDevices = new Map();
  await scanDevices(await fileOf(`device_code,is_occupied,timestamp\n${events}`), EVENTS, named);
  return planEstate(await readDevicesFile(await fileOf(devices)), named, timeZone);
}

const DEVICES = `device_code,zone,facility
A-1,North,Harbour
A-2,South,Harbour
B-1,North,Station
C-1,North,Airport
`;
const EVENTS_OF_TWO = `A-1,true,2026-01-01T00:00:00+08:00
A-2,true,2026-01-01T00:00:00+08:00
B-1,true,2026-01-01T00:00:00-03:00
`;

test("each facility gets the offset that its own timestamps bear", async () => {
  const { facilities } = await planOf(DEVICES, EVENTS_OF_TWO);
  expect(facilities.map(({ code, zone }) => [code, zone.timeZone])).toEqual([
    ["Harbour", "Etc/GMT-8"],
    ["Station", "Etc/GMT+3"],
    // It has no row, and the others disagree.
    ["Airport", "UTC"],
  ]);
});

test("a time zone in the devices file counts for its whole facility", async () => {
  const devices = `device_code,zone,facility,time_zone
A-1,North,Harbour,
A-2,South,Harbour,Asia/Shanghai
B-1,North,Station,
`;
  const { facilities } = await planOf(devices, EVENTS_OF_TWO, "Europe/Berlin");
  expect(facilities.map(({ zone }) => zone.timeZone)).toEqual(["Asia/Shanghai", "Europe/Berlin"]);
});

test("devices that only rows name are planned in a facility of their own, in UTC", async () => {
  const plan = await planOf(DEVICES, `${EVENTS_OF_TWO}X-1,true,2026-01-01T00:00:00+08:00\n`);
  expect(plan.unlisted).toEqual([{ code: "X-1", zone: "Unassigned", facility: "UNASSIGNED" }]);
  expect(plan.facilities.at(-1)).toMatchObject({
    code: "UNASSIGNED",
    name: "Unassigned",
    zone: { timeZone: "UTC" },
  });
});

test("devices that only rows name go by the time zone that all listed facilities share", async () => {
  const rows = ["A-1", "B-1", "C-1", "X-1"].map((code) => `${code},true,2026-01-01T00:00:00+08:00`);
  const plan = await planOf(DEVICES, rows.join("\n"));
  expect(plan.facilities.at(-1)).toMatchObject({
    code: "UNASSIGNED",
    zone: { timeZone: "Etc/GMT-8" },
  });
});

test("what can be no device's code is not planned", async () => {
  const plan = await planOf(DEVICES, `,true,2026-01-01T00:00:00Z\n${"x".repeat(129)},true,x\n`);
  expect(plan.unlisted).toEqual([]);
  expect(plan.facilities).toHaveLength(3);
});

test("spaces around a code do not make another device", async () => {
  const plan = await planOf(DEVICES, " A-1 ,true,2026-01-01T00:00:00Z\n");
  expect(plan.unlisted).toEqual([]);
});

test.each([
  ["has an empty zone", "A-1,,Harbour,", "row 1: zone: Must not be empty."],
  ["has an unknown time zone", "A-1,North,Harbour,Asia/Atlantis", "row 1: time_zone: No such"],
  [
    "puts a device in two places",
    "A-1,North,Harbour,\nA-1,South,Harbour,",
    "row 2: A-1 is in Harbour, North further up.",
  ],
  [
    "gives a facility two time zones",
    "A-1,North,Harbour,UTC\nA-2,North,Harbour,Asia/Shanghai",
    "row 2: Harbour has the time zone UTC further up.",
  ],
])("a devices file that %s is refused before anything is made", async (_, rows, reason) => {
  const filePath = await fileOf(`device_code,zone,facility,time_zone\n${rows}\n`);
  await expect(readDevicesFile(filePath)).rejects.toThrow(reason);
});
