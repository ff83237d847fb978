import { CodeBlock } from "@/app/_ui/code-block";
import { Notice } from "@/app/_ui/notice";
import { curlPost } from "./curl";
import { KeyFirst } from "./key-first";

const replay = (origin: string) =>
  [
    `npm run replay -- --url ${origin}`,
    '--key "$KEY"',
    "--devices devices.csv",
    "--events events.csv.gz",
    "--telemetry telemetry.csv.gz",
  ].join(" \\\n  ");

/** For an operator whose server has no facility yet. */
export function FirstSteps({ origin }: { origin: string }) {
  return (
    <Notice title="Welcome to Smart Parking">
      <p>There is no facility yet.</p>
      <KeyFirst scopes={["ingest", "read", "manage"]} />
      <p>
        Then replay files of recorded events, with the facilities, zones and devices that they name:
      </p>
      <CodeBlock label="Replay recorded files">{replay(origin)}</CodeBlock>
      <p>
        or make your first facility, zone and device with the ids that each call answers, and send
        an event:
      </p>
      <CodeBlock label="Facility, zone, device, event">{firstCalls(origin)}</CodeBlock>
      <p>This page shows them by itself within a few seconds.</p>
    </Notice>
  );
}

function firstCalls(origin: string): string {
  const now = "'$(date -u +%FT%TZ)'";
  return [
    curlPost(origin, "/api/facilities", {
      code: "CENTRAL",
      name: "Central car park",
      time_zone: "Europe/Berlin",
    }),
    curlPost(origin, "/api/zones", { facility_id: 1, code: "A", name: "Level A" }),
    curlPost(origin, "/api/devices", { zone_id: 1, code: "A-001" }),
    curlPost(origin, "/api/parking-log", {
      device_code: "A-001",
      is_occupied: true,
      timestamp: now,
    }),
  ].join("\n\n");
}
