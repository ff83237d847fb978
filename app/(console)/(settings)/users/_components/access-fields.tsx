"use client";

import { MultiSelect, Radio, Stack } from "@mantine/core";
import type { FieldsOf } from "@/app/_ui/forms/record-form-body";
import { ROLES, type Role } from "@/lib/domain/access/access";
import type { User } from "@/lib/server/users/read-users";

const ROLE_WORDS: Record<Role, string> = {
  viewer: "Reads everything, changes nothing.",
  operator: "Also acknowledges alerts, sets targets and exports reports.",
  manager: "Also changes facilities, zones, devices, rules and keys.",
  admin: "Also manages users and settings, and reads the audit log. Sees all facilities.",
};

export type NamedFacility = { id: number; name: string };

/** What someone may do, and where. */
type Access = { role: Role; everywhere: boolean; facility_ids: string[] };

/** The access of a user, or what a new one begins with, as a form holds it. */
export const accessOf = (user: Pick<User, "role" | "facility_ids"> | null): Access => ({
  role: user?.role ?? "viewer",
  everywhere: !user || user.facility_ids === null,
  facility_ids: user?.facility_ids?.map(String) ?? [],
});

/** Access as the API takes it. */
export function accessMessage({ role, everywhere, facility_ids }: Access) {
  const all = everywhere || role === "admin";
  return { role, facility_ids: all ? null : facility_ids.map(Number) };
}

type AccessFieldsProps = { form: FieldsOf<Access>; facilities: NamedFacility[] };

export function AccessFields({ form, facilities }: AccessFieldsProps) {
  const { role, everywhere } = form.values;
  return (
    <>
      <Radio.Group label="Role" {...form.input("role")}>
        <Stack gap={8} mt={8}>
          {ROLES.map((one) => (
            <Radio key={one} value={one} label={one} description={ROLE_WORDS[one]} />
          ))}
        </Stack>
      </Radio.Group>
      {role === "admin" ? null : (
        <Radio.Group
          label="Facilities"
          value={everywhere ? "all" : "chosen"}
          onChange={(chosen) => form.set({ everywhere: chosen === "all" })}
        >
          <Stack gap={8} mt={8}>
            <Radio value="all" label="All, including ones added later" />
            <Radio value="chosen" label="Only selected facilities" />
          </Stack>
        </Radio.Group>
      )}
      {role === "admin" || everywhere ? null : (
        <MultiSelect
          label="Selected facilities"
          description="Select at least one."
          searchable
          data={facilities.map(({ id, name }) => ({ value: String(id), label: name }))}
          {...form.input("facility_ids")}
        />
      )}
    </>
  );
}
