"use client";

import { MultiSelect, Radio, Stack } from "@mantine/core";
import { ROLES, type Role } from "@/lib/domain/access";

const ROLE_WORDS: Record<Role, string> = {
  viewer: "Reads everything, changes nothing.",
  operator: "Also acknowledges alerts, sets targets and exports reports.",
  manager: "Also changes facilities, zones, devices, rules and keys.",
  admin: "Also manages users and settings, and reads the audit log. Sees all facilities.",
};

export type NamedFacility = { id: number; name: string };

/** What someone may do, and where. */
export type Access = { role: Role; everywhere: boolean; facilityIds: string[] };

/** Access as the API takes it. */
export function accessMessage({ role, everywhere, facilityIds }: Access) {
  const all = everywhere || role === "admin";
  return { role, facility_ids: all ? null : facilityIds.map(Number) };
}

type AccessFieldsProps = {
  access: Access;
  onChange: (access: Access) => void;
  facilities: NamedFacility[];
  faultOf: (field: string) => string | undefined;
};

export function AccessFields({ access, onChange, facilities, faultOf }: AccessFieldsProps) {
  const { role, everywhere, facilityIds } = access;
  return (
    <>
      <Radio.Group
        label="Role"
        value={role}
        onChange={(chosen) => onChange({ ...access, role: chosen as Role })}
        error={faultOf("role")}
      >
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
          onChange={(chosen) => onChange({ ...access, everywhere: chosen === "all" })}
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
          value={facilityIds}
          onChange={(chosen) => onChange({ ...access, facilityIds: chosen })}
          error={faultOf("facility_ids")}
        />
      )}
    </>
  );
}
