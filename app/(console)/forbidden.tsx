"use client";

import { usePathname } from "next/navigation";
import { DeadEnd } from "@/app/_ui/notices/dead-end";
import { ROLE_NAMES } from "@/app/_ui/words/role-names";
import { mayOpen, PAGE_GATES, type PagePath, ROLES, type Role } from "@/lib/domain/access/access";

/** Where a page is not for the role of who asks for it; it comes with status 403. */
export default function Forbidden() {
  const role = lowestRoleFor(usePathname());
  return (
    <DeadEnd
      title="You have no permission for this page"
      way={{ path: "/", label: "Go to the dashboard" }}
    >
      <p>
        {role === null ? "Your role does not include it." : `It is for ${whoOpens(role)}.`} Ask an
        administrator if you need it.
      </p>
    </DeadEnd>
  );
}

function lowestRoleFor(pathname: string): Role | null {
  const path = pathname.length > 1 ? pathname.replace(/\/+$/, "") : pathname;
  if (!(path in PAGE_GATES)) return null;
  return ROLES.find((role) => mayOpen({ kind: "user", role }, path as PagePath)) ?? null;
}

/** "managers and administrators": each role may do what those before it may. */
function whoOpens(lowest: Role): string {
  const names = ROLES.slice(ROLES.indexOf(lowest)).map((role) => `${ROLE_NAMES[role]}s`);
  return new Intl.ListFormat("en").format(names).toLowerCase();
}
