import { CodeBlock } from "@/app/_ui/code-block";
import { Panel } from "@/app/_ui/panel";
import { curlPost } from "./checklist/curl";
import { KeyFirst } from "./checklist/key-first";
import classes from "./none.module.css";

type NoDevicesProps = { origin: string; facilityId: number; zoneId: number | null };

/** In place of the heartbeat table where there is no device to show. */
export function NoDevices({ origin, facilityId, zoneId }: NoDevicesProps) {
  const zone = curlPost(origin, "/api/zones", {
    facility_id: facilityId,
    code: "A",
    name: "Level A",
  });
  const device = curlPost(origin, "/api/devices", { zone_id: zoneId ?? 1, code: "A-001" });
  return (
    <Panel id="heartbeat" title="Device heartbeat">
      <div className={classes.none}>
        <p>No devices yet. {zoneId ? "Add one to a zone." : "Add a zone and a device to it."}</p>
        <KeyFirst scopes={["manage"]} />
        <CodeBlock label="Add a device">{zoneId ? device : `${zone}\n\n${device}`}</CodeBlock>
      </div>
    </Panel>
  );
}
