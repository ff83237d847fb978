const NOW = "the time when it is sent";

/** A command that sends a reading of a device now, a line to each part so that it fits a phone. */
export function sendCommand(origin: string, key: string, deviceCode: string): string {
  const reading = { device_code: deviceCode, timestamp: NOW, voltage: 230, current: 1.5 };
  // The shell fills the time in, between two quoted parts.
  const body = quoted(JSON.stringify(reading)).replace(NOW, "'$(date -u +%FT%TZ)'");
  return [
    `curl -X POST ${quoted(`${origin}/api/telemetry`)}`,
    `-H ${quoted(`Authorization: Bearer ${key}`)}`,
    "-H 'Content-Type: application/json'",
    `-d ${body}`,
  ].join(" \\\n  ");
}

/** A command that reads the state of all devices that the key reaches. */
export function readCommand(origin: string, key: string): string {
  return [
    `curl ${quoted(`${origin}/api/devices/status`)}`,
    `-H ${quoted(`Authorization: Bearer ${key}`)}`,
  ].join(" \\\n  ");
}

/** A text as one word of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
