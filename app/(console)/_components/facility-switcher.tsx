"use client";

import { NativeSelect } from "@mantine/core";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useServerTime } from "@/app/_live/clock";
import { named, withQuery } from "@/app/_ui/addresses/query";
import type { FacilityName } from "../read-frame";
import classes from "./facility-switcher.module.css";

type FacilitySwitcherProps = {
  facilities: FacilityName[];
  /** Pages that show one facility or all of them; elsewhere there is nothing to switch. */
  pages: string[];
};

const ALL = "all";

/**
 * Which facility is in view: it stays in the address from page to page. Where there is but one,
 * there is nothing to switch.
 */
export function FacilitySwitcher({ facilities, pages }: FacilitySwitcherProps) {
  const router = useRouter();
  const pathname = usePathname();
  const wanted = useSearchParams().get("facility");
  const page = pages.find((path) => pathname === path || pathname.startsWith(`${path}/`));
  if (!page && pathname !== "/") return null;
  const facility = named(facilities, wanted);
  // What is in view of one facility means nothing in another: pages, zones, details.
  const show = (id: string) => {
    const query = new URLSearchParams(window.location.search);
    for (const name of ["after", "zone", "device", "facility"]) query.delete(name);
    if (id !== ALL) query.set("facility", id);
    const isDetail = /\/\d+$/.test(pathname);
    const target = isDetail ? (page === "/devices" ? "/live" : (page ?? "/")) : pathname;
    const kept = isDetail ? { facility: id === ALL ? null : id } : query;
    router.push(withQuery(target, kept), { scroll: false });
  };
  const only = facilities.length === 1 ? facilities[0] : undefined;
  if (only) {
    return (
      <div className={classes.switcher}>
        <span className={classes.only}>{only.name}</span>
        <LocalClock zones={[only.timeZone]} />
      </div>
    );
  }
  return (
    <div className={classes.switcher}>
      <NativeSelect
        aria-label="Facility"
        className={classes.select}
        value={facility ? String(facility.id) : ALL}
        onChange={(event) => show(event.currentTarget.value)}
        data={[
          { value: ALL, label: "All facilities" },
          ...facilities.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
      <LocalClock zones={facility ? [facility.timeZone] : facilities.map((f) => f.timeZone)} />
    </div>
  );
}

/** The time zone in view, and what time it is there. */
function LocalClock({ zones }: { zones: string[] }) {
  // In the browser alone: the server does not know how old the page is when it is shown.
  const now = useServerTime(0);
  const zone = zones[0];
  if (zone === undefined) return null;
  if (zones.some((other) => other !== zone)) {
    return (
      <span className={classes.zone} title="Dates and times are those of each facility.">
        Local times
      </span>
    );
  }
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeStyle: "short" });
  return (
    <span className={classes.zone} title={`Dates and times are those of ${zone}.`}>
      {zone}
      {now > 0 ? ` ${time.format(now)}` : ""}
    </span>
  );
}
