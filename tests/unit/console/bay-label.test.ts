import { expect, test } from "vitest";
import { bayLabel } from "@/app/(console)/live/_components/map/bay-label";

test.each([
  ["P1-017", "017"],
  ["GARAGE_NORTH_L2_0017", "0017"],
  ["PARKBAY0017", "Y0017"],
  ["P1-017-EV", "17-EV"],
  ["NORTH", "NORTH"],
  ["17", "17"],
])("a tile says of %s what tells it from its neighbours: %s", (code, label) => {
  expect(bayLabel(code)).toBe(label);
});
