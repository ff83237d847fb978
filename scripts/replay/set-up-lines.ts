import type { Plan } from "./plan";
import { UNASSIGNED } from "./plan";
import type { SetUp } from "./set-up";

/** What was made and which time zones were chosen and why, a line each. */
export function setUpLines(plan: Plan, made: SetUp): string[] {
  const all = plan.devices.length + plan.unlisted.length;
  const devices = made.devices + made.unlistedDevices;
  const lines = [
    `Created ${counted(made.facilities.length, "facility", "facilities")}, ` +
      `${counted(made.zones, "zone", "zones")} and ${counted(devices, "device", "devices")}; ` +
      `${counted(all - devices, "device was", "devices were")} there already.`,
  ];
  if (plan.unlisted.length > 0) {
    lines.push(
      `${counted(plan.unlisted.length, "device is", "devices are")} not in the devices file: ` +
        `${made.unlistedDevices} created in the facility ${UNASSIGNED.name}.`,
    );
  }
  const namesByChoice = new Map<string, string[]>();
  for (const { name, zone } of made.facilities) {
    const choice = `${zone.timeZone}: ${zone.why}`;
    namesByChoice.set(choice, [...(namesByChoice.get(choice) ?? []), name]);
  }
  for (const [choice, names] of namesByChoice) {
    const whose = names.length === 1 ? names[0] : `${names.length} facilities`;
    lines.push(`Time zone of ${whose} is ${choice}.`);
  }
  return lines;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
