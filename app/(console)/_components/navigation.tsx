"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useRef } from "react";
import { useLive } from "@/app/_live/use-live";
import { withQuery } from "@/app/_ui/addresses/query";
import { figure } from "@/app/_ui/words/figures";
import classes from "./navigation.module.css";

type NavigationProps = {
  /** `paths`: every address at which the part is the one in view. */
  parts: { path: string; name: string; paths: string[] }[];
};

/** The parts of the product that the viewer may open, the current one marked. */
export function Navigation({ parts }: NavigationProps) {
  const pathname = usePathname();
  const facility = useSearchParams().get("facility");
  const list = useRef<HTMLUListElement>(null);
  // On a phone the parts are a row that scrolls: the one in view must be in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another part in view
  useEffect(() => {
    const current = list.current?.querySelector('[aria-current="page"]');
    current?.scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" });
  }, [pathname]);
  return (
    <nav className={classes.navigation} aria-label="Pages">
      <ul ref={list} className={classes.list}>
        {parts.map(({ path, name, paths }) => (
          <li key={name}>
            <Link
              href={withQuery(path, { facility })}
              prefetch={false}
              className={classes.link}
              aria-current={paths.some((own) => isAt(pathname, own)) ? "page" : undefined}
            >
              {name}
              {path === "/alerts" ? <OpenAlerts /> : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** How many alerts wait for someone, in the facility in view. */
function OpenAlerts() {
  const { openAlerts } = useLive();
  if (!openAlerts) return null;
  return (
    <span className={classes.count}>
      {figure(openAlerts)}
      <span className="visually-hidden"> open</span>
    </span>
  );
}

const isAt = (pathname: string, path: string) =>
  pathname === path || (path !== "/" && pathname.startsWith(`${path}/`));
