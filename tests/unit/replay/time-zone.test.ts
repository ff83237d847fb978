import { expect, test } from "vitest";
import { chooseZone, fixedZone, offsetMinutesOf } from "@/scripts/replay/time-zone";

test.each([
  ["2019-07-01T00:17:00+08:00", 480],
  ["2019-07-01 00:17:00+0800", 480],
  ["2026-05-12T08:33:16-07", -420],
  ["2026-05-12T08:33:16.250-03:30", -210],
  ["2026-05-12T15:33:16Z", 0],
  ["2026-05-12T15:33:16", 0],
  ["2026-05-12T15:33:16-00:00", 0],
  [" 2019-07-01T00:17:00+08:00 ", 480],
  ["2026-05-12", null],
  ["yesterday", null],
  ["", null],
])("the timestamp %j bears the offset %j", (timestamp, minutes) => {
  expect(offsetMinutesOf(timestamp)).toBe(minutes);
});

test.each([
  [480, "Etc/GMT-8"],
  [-420, "Etc/GMT+7"],
  [0, "UTC"],
  [840, "Etc/GMT-14"],
  [-720, "Etc/GMT+12"],
  [900, null],
  [330, null],
])("a fixed offset of %i minutes is the zone %j", (minutes, zone) => {
  expect(fixedZone(minutes)).toBe(zone);
  if (!zone) return;
  const local = new Intl.DateTimeFormat("sv", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "short",
  }).format(Date.UTC(2026, 0, 2, 12));
  const wanted = new Date(Date.UTC(2026, 0, 2, 12) + minutes * 60_000).toISOString();
  expect(local.replace(" ", "T")).toBe(wanted.slice(0, 16));
});

test("the devices file goes before the option, the option before the timestamps", () => {
  const offsets = new Set([480]);
  expect(chooseZone("Asia/Shanghai", "Europe/Berlin", offsets).timeZone).toBe("Asia/Shanghai");
  expect(chooseZone(undefined, "Europe/Berlin", offsets).timeZone).toBe("Europe/Berlin");
  expect(chooseZone(undefined, undefined, offsets)).toEqual({
    timeZone: "Etc/GMT-8",
    why: "all timestamps bear +08:00",
  });
});

test.each([
  ["none", [], "no timestamp shows another"],
  ["several", [-420, -480], "the timestamps bear -08:00, -07:00"],
  ["one without a zone", [330], "no zone has the fixed offset +05:30"],
])("with offsets of which there is %s it is UTC, and why is said", (_, offsets, why) => {
  const chosen = chooseZone(undefined, undefined, new Set(offsets));
  expect(chosen.timeZone).toBe("UTC");
  expect(chosen.why).toContain(why);
});
