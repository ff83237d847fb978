import type { Role } from "@/lib/domain/access/access";
import type { Profile } from "@/lib/server/users/read-profile";
import classes from "../profile.module.css";

const ROLE_WORDS: Record<Role, string> = {
  viewer: "Viewer: you can read everything",
  operator: "Operator: you can also acknowledge alerts, set targets and export reports",
  manager: "Manager: you can also change facilities, zones, devices, rules and keys",
  admin: "Administrator: you can do everything, including users and settings",
};

type ProfileFactsProps = { profile: Profile; facilities: { id: number; name: string }[] };

/** Who the user is, and what they may do where. */
export function ProfileFacts({ profile, facilities }: ProfileFactsProps) {
  const { name, email, role, facility_ids } = profile;
  const names = new Map(facilities.map((facility) => [facility.id, facility.name]));
  return (
    <dl className={classes.facts}>
      <dt>Name</dt>
      <dd>{name}</dd>
      <dt>E-mail</dt>
      <dd>{email}</dd>
      <dt>Role</dt>
      <dd>{ROLE_WORDS[role]}</dd>
      <dt>Facilities</dt>
      <dd>
        {facility_ids === null
          ? "All"
          : facility_ids.map((id) => names.get(id) ?? id).join(", ") ||
            "None yet; ask an administrator"}
      </dd>
    </dl>
  );
}
