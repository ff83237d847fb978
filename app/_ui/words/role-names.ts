import type { Role } from "@/lib/domain/access/access";

/** The roles as people call them. */
export const ROLE_NAMES: Record<Role, string> = {
  viewer: "Viewer",
  operator: "Operator",
  manager: "Manager",
  admin: "Administrator",
};
