/** A normal reading, as it is sent. */
export function reading(deviceCode: string, timestamp: string, values: object = {}) {
  return { device_code: deviceCode, timestamp, voltage: 230, current: 2, ...values };
}

/** A reading of 2300 W. */
export const highPower = (deviceCode: string, timestamp: string) =>
  reading(deviceCode, timestamp, { current: 10 });

export function parkingLog(deviceCode: string, timestamp: string, isOccupied = true) {
  return { device_code: deviceCode, timestamp, is_occupied: isOccupied };
}

/** A moment of a day in 2025, so that tests need not spell it out; seconds count up from 10:00. */
export function at(second: number, day = "2025-03-03"): string {
  return new Date(Date.parse(`${day}T10:00:00Z`) + second * 1000).toISOString();
}
