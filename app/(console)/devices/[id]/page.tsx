import type { Metadata } from "next";
import { Suspense } from "react";
import { consolePage } from "@/app/_session/console-page";
import { QueryNavigation } from "@/app/_ui/addresses/query-navigation";
import { may } from "@/lib/domain/access/access";
import type { Context } from "@/lib/server/context";
import type { DeviceDetail } from "@/lib/server/devices/read-device-detail";
import { DeviceAlerts } from "./_components/device-alerts";
import { DeviceAudit } from "./_components/device-audit";
import { DeviceKeys } from "./_components/device-keys";
import { DeviceHistory } from "./_components/history/device-history";
import { HistorySkeleton } from "./_components/history/history-skeleton";
import { RangeBar } from "./_components/history/range-bar";
import { DeviceHead } from "./_components/now/device-head";
import { DeviceNow } from "./_components/now/device-now";
import { Rules } from "./_components/now/rules";
import classes from "./device.module.css";
import { type DeviceLinks, linksOf } from "./links";
import { type DeviceRecords, loadDevice, readCode } from "./load";
import { chartsEveryMs, deviceView, rangeControls } from "./view";

type Params = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: (await readCode(await params)) ?? "Device" };
}

/** One device: what it does now, what happened to it, what is written down about it. */
export default consolePage("/devices/[id]", {
  view: deviceView,
  load: loadDevice,
  show({ context, view, loaded: { device, records } }) {
    const links = linksOf(device, view.facility);
    const now = context.now.getTime();
    return (
      <>
        <DeviceHead
          device={device}
          now={context.now}
          alertsHref={links.alerts}
          editHref={may(context.actor, "estate.write") ? links.edit : null}
          facilityHref={links.facility}
        />
        <DeviceNow
          facts={device.facts}
          measurements={device.measurements}
          openAlerts={records.open.map(({ alert_type }) => ({ alert_type }))}
          timeZone={device.time_zone}
          chartsEveryMs={chartsEveryMs(view)}
          now={now}
        />
        <QueryNavigation>
          <RangeBar {...rangeControls(view, device.time_zone, context.now)} />
          <Suspense fallback={<HistorySkeleton />}>
            <DeviceHistory context={context} device={device} view={view} />
          </Suspense>
        </QueryNavigation>
        <Records {...{ context, device, records, links }} />
      </>
    );
  },
});

type RecordsProps = {
  context: Context;
  device: DeviceDetail;
  records: DeviceRecords;
  links: DeviceLinks;
};

/** What is written down about the device, as far as it is for who looks. */
function Records({ context, device, records, links }: RecordsProps) {
  const now = context.now.getTime();
  return (
    <div className={`${classes.stack} ${classes.records}`}>
      <div className={classes.columns}>
        <div className={classes.stack}>
          <DeviceAlerts
            alerts={records.alerts.rows}
            allHref={links.alerts}
            hrefOf={links.alert}
            timeZone={device.time_zone}
            now={now}
          />
          {records.keys ? <DeviceKeys keys={records.keys} hrefOf={links.keys} now={now} /> : null}
        </div>
        <Rules device={device} />
      </div>
      {records.audit ? (
        <DeviceAudit audit={records.audit} device={device} href={links.audit} now={now} />
      ) : null}
    </div>
  );
}
