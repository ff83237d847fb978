"use client";

import { UnstyledButton } from "@mantine/core";
import Link from "next/link";
import { useState } from "react";
import { Dropdown } from "@/app/_ui/dialogs/dropdown";
import { signOut } from "@/app/_ui/forms/auth-call";
import { Icon } from "@/app/_ui/icons";
import { ROLE_NAMES } from "@/app/_ui/words/role-names";
import type { Role } from "@/lib/domain/access/access";
import classes from "./user-menu.module.css";

type UserMenuProps = {
  name: string;
  email: string;
  role: Role;
  /** How many facilities the user is kept to; null for all of them. */
  facilityCount: number | null;
};

/** Who is signed in, and the way out. */
export function UserMenu({ name, email, role, facilityCount }: UserMenuProps) {
  return (
    <Dropdown
      label="Your account"
      className={classes.menu}
      target={(props) => (
        <UnstyledButton {...props} className={classes.target} aria-label={`${name}: your account`}>
          <Icon name="user" size={18} />
          <span className={classes.targetName}>{name}</span>
        </UnstyledButton>
      )}
    >
      {(close) => (
        <>
          <div className={classes.facts}>
            <div className={classes.name}>{name}</div>
            <div>{email}</div>
            <div>{ROLE_NAMES[role]}</div>
            {facilityCount === null ? null : (
              <div>
                Limited to {facilityCount === 1 ? "1 facility" : `${facilityCount} facilities`}
              </div>
            )}
          </div>
          <Link href="/profile" prefetch={false} className={classes.item} onClick={close}>
            Profile
          </Link>
          <SignOut />
        </>
      )}
    </Dropdown>
  );
}

function SignOut() {
  const [leaving, setLeaving] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const leave = async () => {
    if (leaving) return;
    setLeaving(true);
    const reason = await signOut();
    setFault(reason);
    if (reason !== null) setLeaving(false);
  };
  return (
    <>
      <UnstyledButton className={classes.item} onClick={leave} aria-disabled={leaving}>
        {leaving ? "Signing out…" : "Sign out"}
      </UnstyledButton>
      {fault === null ? null : (
        <div role="alert" className={classes.fault}>
          {fault}
        </div>
      )}
    </>
  );
}
