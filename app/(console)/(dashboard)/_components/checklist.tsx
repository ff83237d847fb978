import { may, type Standing } from "@/lib/domain/access";
import type { Reach } from "@/lib/domain/reach";
import { NewKey } from "../../(settings)/keys/_components/new-key";
import { NewDevice } from "../../estate/_components/device-dialog";
import { ImportButton } from "../../estate/_components/import-button";
import { NewFacility } from "../../estate/_components/new-facility";
import { NewZone } from "../../estate/_components/zone-list";
import { facilitiesAbove } from "../../estate/facilities-above";
import type { Checklist as Loaded } from "../load-checklist";
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

type StepsProps = Omit<ChecklistProps, "loaded"> & {
  progress: Loaded["progress"];
  places: NonNullable<Loaded["places"]>;
};

function Steps({ progress, places, user, origin }: StepsProps) {
  const { facility, zone, device, key } = progress;
  const facilities = facilitiesAbove(places.facilities);
  const mayCreateKeys = may(user, "keys.manage");
  const next = !facility
    ? "facility"
    : !zone
      ? "zone"
      : !device
        ? "devices"
        : !key
          ? "key"
          : "reading";
  const shown = (step: string) => ({
    current: step === next,
    allowed: step === "key" ? mayCreateKeys : may(user, "estate.write"),
  });
  return (
    <>
      {facility ? null : (
        <ChecklistStep
          title="Add a facility"
          hint="A car park, with its time zone."
          done={false}
          actions={<NewFacility />}
          {...shown("facility")}
        />
      )}
      <ChecklistStep
        title="Add a zone"
        hint="A level or a row of bays."
        done={zone}
        actions={
          facility ? (
            <NewZone facilities={facilities} facilityId={null} quiet={next !== "zone"} />
          ) : null
        }
        {...shown("zone")}
      />
      <ChecklistStep
        title="Add devices"
        hint="One for each bay, with a form or from a CSV file."
        done={device !== null}
        actions={
          <>
            {zone ? (
              <NewDevice
                zone={places.zones[0] ?? null}
                facilities={facilities}
                facility={null}
                quiet={next !== "devices"}
              />
            ) : null}
            <ImportButton kind="devices" />
          </>
        }
        {...shown("devices")}
      />
      <ChecklistStep
        title="Create a key"
        hint="Devices and gateways send it with every message."
        done={key}
        actions={
          <NewKey estate={estateOf(places, user.reach)} origin={origin} quiet={next !== "key"} />
        }
        {...shown("key")}
      />
      <FirstReading current={next === "reading"}>
        {mayCreateKeys && device ? <SendCommand origin={origin} deviceCode={device} /> : null}
      </FirstReading>
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
