"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import classes from "./navigation.module.css";

/** The pages that the viewer may open, the current one marked. */
export function Navigation({ pages }: { pages: { path: string; name: string }[] }) {
  const pathname = usePathname();
  return (
    <nav className={classes.navigation} aria-label="Pages">
      <ul className={classes.list}>
        {pages.map(({ path, name }) => (
          <li key={path}>
            <Link
              href={path}
              prefetch={false}
              className={classes.link}
              aria-current={isAt(pathname, path) ? "page" : undefined}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const isAt = (pathname: string, path: string) =>
  pathname === path || (path !== "/" && pathname.startsWith(`${path}/`));
