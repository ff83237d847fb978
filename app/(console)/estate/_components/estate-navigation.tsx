"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import classes from "./estate-navigation.module.css";

const PAGES = [
  { path: "/estate", name: "Facilities" },
  { path: "/estate/zones", name: "Zones" },
  { path: "/estate/devices", name: "Devices" },
  { path: "/estate/targets", name: "Targets" },
];

/** The pages of the estate, the current one marked; the facility in view stays in view. */
export function EstateNavigation() {
  const pathname = usePathname().replace(/(.)\/$/, "$1");
  const facility = useSearchParams().get("facility");
  const query = facility ? `?${new URLSearchParams({ facility })}` : "";
  return (
    <nav aria-label="Estate">
      <ul className={classes.list}>
        {PAGES.map(({ path, name }) => (
          <li key={path}>
            <Link
              href={path + query}
              prefetch={false}
              className={classes.link}
              aria-current={pathname === path ? "page" : undefined}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
