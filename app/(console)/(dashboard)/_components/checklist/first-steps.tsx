import { CodeBlock } from "@/app/_ui/code-block";
import { PageHead } from "@/app/_ui/page-head";
import { Panel } from "@/app/_ui/panel";
import classes from "../none.module.css";
import { curlPost, NOW } from "./curl";
import { KeyFirst } from "./key-first";

const replay = (origin: string) =>
  [
    `npm run replay -- --url ${origin}`,
    '--key "$KEY"',
    "--devices devices.csv",
    "--events events.csv.gz",
    "--telemetry telemetry.csv.gz",
  ].join(" \\\n  ");

type FirstStepsProps = {
  origin: string;
  /** The same steps in the browser. */
  checklist: React.ReactNode;
};

/** For a server that has no facility yet. */
export function FirstSteps({ origin, checklist }: FirstStepsProps) {
  return (
    <>
      <PageHead title="Welcome to Smart Parking">There is no facility yet.</PageHead>
      {checklist}
      <Panel id="commands" title="Set up from the command line">
        <Commands origin={origin} />
      </Panel>
    </>
  );
}

function Commands({ origin }: { origin: string }) {
  return (
    <div className={classes.none}>
      <KeyFirst scopes={["ingest", "read", "manage"]} />
      <p>
        Then replay files of recorded events, with the facilities, zones and devices that they name:
      </p>
      <CodeBlock label="Replay recorded files">{replay(origin)}</CodeBlock>
      <p>
        Or create your first facility, zone and device with the IDs that each call returns, and send
        an event:
      </p>
      <CodeBlock label="Facility, zone, device, event">{firstCalls(origin)}</CodeBlock>
      <p>This page shows them within a few seconds.</p>
    </div>
  );
}

function firstCalls(origin: string): string {
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
      timestamp: NOW,
    }),
  ].join("\n\n");
}
