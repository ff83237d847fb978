"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { withQuery } from "./query";
import classes from "./sub-navigation.module.css";

type SubNavigationProps = {
  /** What these pages are together. */
  label: string;
  pages: { path: string; name: string }[];
  /** Parameters of the address that stay when one of these pages is left for another. */
  keep?: string[];
};

/** The pages of one part of the product, the current one marked. */
export function SubNavigation({ label, pages, keep = [] }: SubNavigationProps) {
  const pathname = usePathname().replace(/(.)\/$/, "$1");
  const query = useSearchParams();
  const kept = new URLSearchParams(
    keep.flatMap((name) => query.getAll(name).map((value) => [name, value])),
  );
  return (
    <nav aria-label={label} className={classes.navigation}>
      <ul className={classes.list}>
        {pages.map(({ path, name }) => (
          <li key={path}>
            <Link
              href={withQuery(path, kept)}
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
