"use client";

import { Menu, UnstyledButton } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import { signOut } from "@/app/_ui/auth-call";
import { Icon } from "@/app/_ui/icons";
import { ROLE_NAMES } from "@/app/_ui/role-names";
import type { Role } from "@/lib/domain/access";
import classes from "./user-menu.module.css";

export type UserMenuProps = {
  name: string;
  email: string;
  role: Role;
  /** How many facilities the user is kept to; null for all of them. */
  facilityCount: number | null;
};

/** Who is signed in, and the way out. */
export function UserMenu({ name, email, role, facilityCount }: UserMenuProps) {
  return (
    <Menu position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes.target} aria-label={`${name}: your account`}>
          <Icon name="user" size={18} />
          <span className={classes.targetName}>{name}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <span className={classes.name}>{name}</span>
          <span className={classes.fact}>{email}</span>
          <span className={classes.fact}>{ROLE_NAMES[role]}</span>
          {facilityCount === null ? null : (
            <span className={classes.fact}>
              Limited to {facilityCount === 1 ? "1 facility" : `${facilityCount} facilities`}
            </span>
          )}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item component={Link} href="/profile" prefetch={false}>
          Profile
        </Menu.Item>
        <SignOutItem />
      </Menu.Dropdown>
    </Menu>
  );
}

function SignOutItem() {
  const [leaving, setLeaving] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const leave = async () => {
    setLeaving(true);
    const reason = await signOut();
    setFault(reason);
    if (reason !== null) setLeaving(false);
  };
  return (
    <>
      <Menu.Item onClick={leave} closeMenuOnClick={false} disabled={leaving}>
        {leaving ? "Signing out…" : "Sign out"}
      </Menu.Item>
      {fault === null ? null : (
        <Menu.Label role="alert" className={classes.fault}>
          {fault}
        </Menu.Label>
      )}
    </>
  );
}
