import { may, type Standing } from "@/lib/domain/access/access";
import type { Reach } from "@/lib/domain/access/reach";
import { NewKey } from "../../../(settings)/keys/_components/new-key";
import { NewDevice } from "../../../estate/_components/devices/device-dialog";
import { NewFacility } from "../../../estate/_components/facilities/new-facility";
import { ImportButton } from "../../../estate/_components/imports/import-button";
import { NewZone } from "../../../estate/_components/zones/zone-list";
import { facilitiesAbove } from "../../../estate/facilities-above";
import type { Checklist as Loaded } from "../../load";
import { ChecklistFrame } from "./checklist-frame";
import { ChecklistStep } from "./checklist-step";
import { FirstReading } from "./first-reading";
import { SendCommand } from "./send-command";

type ChecklistProps = {
  loaded: Loaded;
  user: Standing & { id: number; reach: Reach };
  origin: string;
};

/** The way of a fresh installation to its first reading; gone once one has come. */
export function Checklist({ loaded, user, origin }: ChecklistProps) {
  const { progress, places } = loaded;
  return (
    <ChecklistFrame userId={user.id} heard={progress.heard}>
      {places ? <Steps progress={progress} places={places} user={user} origin={origin} /> : null}
    </ChecklistFrame>
  );
}

type Step = "facility" | "zone" | "devices" | "key" | "reading";
type StepsProps = Omit<ChecklistProps, "loaded"> & {
  progress: Loaded["progress"];
  places: NonNullable<Loaded["places"]>;
};

/** The first step that is not done: the others can wait. */
function nextStep({ facility, zone, device, key }: Loaded["progress"]): Step {
  const done: [Step, boolean][] = [
    ["facility", facility],
    ["zone", zone],
    ["devices", device !== null],
    ["key", key],
  ];
  return done.find(([, isDone]) => !isDone)?.[0] ?? "reading";
}

function Steps(props: StepsProps) {
  const { progress, places, user, origin } = props;
  const next = nextStep(progress);
  const mayCreateKeys = may(user, "keys.manage");
  return (
    <>
      <PlaceSteps {...props} next={next} />
      <ChecklistStep
        title="Create a key"
        hint="Devices and gateways send it with every message."
        done={progress.key}
        current={next === "key"}
        allowed={mayCreateKeys}
        actions={
          <NewKey estate={estateOf(places, user.reach)} origin={origin} quiet={next !== "key"} />
        }
      />
      <FirstReading current={next === "reading"}>
        {mayCreateKeys && progress.device !== null ? (
          <SendCommand origin={origin} deviceCode={progress.device} />
        ) : null}
      </FirstReading>
    </>
  );
}

/** The facility where there is none, a zone in it, and its devices. */
function PlaceSteps({ progress, places, user, next }: StepsProps & { next: Step }) {
  const facilities = facilitiesAbove(places.facilities);
  const mayWrite = may(user, "estate.write");
  const mayAddFacilities = mayWrite && user.reach.kind === "all";
  return (
    <>
      {progress.facility ? null : (
        <ChecklistStep
          title="Add a facility"
          hint="A car park, with its time zone."
          done={false}
          current
          allowed={mayAddFacilities}
          actions={<NewFacility />}
        />
      )}
      <ChecklistStep
        title="Add a zone"
        hint="A level or a row of bays."
        done={progress.zone}
        current={next === "zone"}
        allowed={mayWrite}
        actions={
          progress.facility ? (
            <NewZone facilities={facilities} facilityId={null} quiet={next !== "zone"} />
          ) : null
        }
      />
      <ChecklistStep
        title="Add devices"
        hint="One for each bay, with a form or from a CSV file."
        done={progress.device !== null}
        current={next === "devices"}
        allowed={mayWrite}
        actions={
          <>
            {progress.zone ? (
              <NewDevice
                {...{ zone: places.zones[0] ?? null, facilities, facility: null }}
                quiet={next !== "devices"}
              />
            ) : null}
            {progress.facility || mayAddFacilities ? <ImportButton kind="devices" /> : null}
          </>
        }
      />
    </>
  );
}

/** What a key can be limited to, as its form takes it. */
function estateOf({ facilities, zones }: StepsProps["places"], reach: Reach) {
  return {
    whole: reach.kind === "all",
    facilities: facilities.map(({ id, code, name }) => ({ id, code, name })),
    zones: zones.map(({ id, code, name, facility_id }) => ({ id, code, name, facility_id })),
  };
}
