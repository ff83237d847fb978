/** What a user may do; each role may do what those before it may. */
export const ROLES = ["viewer", "operator", "manager", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** What a key may do; no scope holds another. */
export const SCOPES = ["ingest", "read", "manage"] as const;
export type Scope = (typeof SCOPES)[number];

/**
 * Every right that there is, with the lowest role that has it and the scope that has it. Null: no
 * user, or no key.
 */
const RIGHTS = {
  "messages.send": { role: null, scope: "ingest" },
  "estate.read": { role: "viewer", scope: "read" },
  "alerts.read": { role: "viewer", scope: "read" },
  "account.own": { role: "viewer", scope: null },
  "alerts.acknowledge": { role: "operator", scope: "manage" },
  "targets.write": { role: "operator", scope: "manage" },
  "reports.export": { role: "operator", scope: "read" },
  "estate.write": { role: "manager", scope: "manage" },
  "keys.manage": { role: "manager", scope: "manage" },
  "users.manage": { role: "admin", scope: null },
  "audit.read": { role: "admin", scope: null },
} as const satisfies Record<string, { role: Role | null; scope: Scope | null }>;
export type Right = keyof typeof RIGHTS;

/** Who may be asked about: a user by role, a key by scopes, the product itself, or anyone else. */
export type Standing =
  | { kind: "system" }
  | { kind: "visitor" }
  | { kind: "user"; role: Role }
  | { kind: "key"; scopes: readonly Scope[] };

export function may(standing: Standing, right: Right): boolean {
  const { role, scope } = RIGHTS[right];
  switch (standing.kind) {
    case "system":
      return true;
    case "visitor":
      return false;
    case "user":
      return role !== null && ROLES.indexOf(standing.role) >= ROLES.indexOf(role);
    case "key":
      return scope !== null && standing.scopes.includes(scope);
  }
}

/**
 * What an API call or a page asks of who calls it: a right, `anyone` for those without credentials
 * too, `signed_in` for any user or key, `scheduler` for the bearer of CRON_SECRET.
 */
export type Gate = Right | "anyone" | "signed_in" | "scheduler";

/** Every API call, by route file and method. A call that is missing here exists for no one. */
export const API_GATES = {
  "/api/[[...path]]": {
    GET: "signed_in",
    POST: "signed_in",
    PUT: "signed_in",
    PATCH: "signed_in",
    DELETE: "signed_in",
  },
  "/api/alerts": { GET: "alerts.read" },
  "/api/alerts/[id]": { GET: "alerts.read" },
  "/api/alerts/[id]/acknowledge": { PATCH: "alerts.acknowledge" },
  "/api/alerts/acknowledge": { POST: "alerts.acknowledge" },
  "/api/alerts/unacknowledge": { POST: "alerts.acknowledge" },
  "/api/audit": { GET: "audit.read" },
  "/api/auth/[...nextauth]": { GET: "anyone", POST: "anyone" },
  "/api/cron/offline-check": { GET: "scheduler", POST: "scheduler" },
  "/api/dashboard/summary": { GET: "estate.read" },
  "/api/devices": { GET: "estate.read", POST: "estate.write" },
  "/api/devices/[id]": { GET: "estate.read", PATCH: "estate.write", DELETE: "estate.write" },
  "/api/devices/[id]/series": { GET: "estate.read" },
  "/api/devices/export": { GET: "reports.export" },
  "/api/devices/import": { POST: "estate.write" },
  "/api/devices/move": { POST: "estate.write" },
  "/api/devices/status": { GET: "estate.read" },
  "/api/facilities": { GET: "estate.read", POST: "estate.write" },
  "/api/facilities/[id]": { GET: "estate.read", PATCH: "estate.write", DELETE: "estate.write" },
  "/api/health": { GET: "anyone" },
  "/api/invitations/accept": { POST: "anyone" },
  "/api/keys": { GET: "keys.manage", POST: "keys.manage" },
  "/api/keys/[id]": { GET: "keys.manage", PATCH: "keys.manage", DELETE: "keys.manage" },
  "/api/keys/[id]/rotate": { POST: "keys.manage" },
  "/api/live": { GET: "estate.read" },
  "/api/live/changes": { GET: "estate.read" },
  "/api/live/devices": { GET: "estate.read" },
  "/api/parking-log": { POST: "messages.send" },
  "/api/parking-log/bulk": { POST: "messages.send" },
  "/api/profile": { GET: "account.own" },
  "/api/profile/password": { POST: "account.own" },
  "/api/profile/sessions": { GET: "account.own", DELETE: "account.own" },
  "/api/profile/sessions/[id]": { DELETE: "account.own" },
  "/api/reports/usage": { GET: "reports.export" },
  "/api/search": { GET: "estate.read" },
  "/api/setup": { POST: "anyone" },
  "/api/targets": { GET: "estate.read", POST: "targets.write" },
  "/api/targets/[id]": { GET: "estate.read", PATCH: "targets.write", DELETE: "targets.write" },
  "/api/targets/copy": { POST: "targets.write" },
  "/api/targets/export": { GET: "reports.export" },
  "/api/targets/import": { POST: "targets.write" },
  "/api/telemetry": { POST: "messages.send" },
  "/api/telemetry/bulk": { POST: "messages.send" },
  "/api/users": { GET: "users.manage", POST: "users.manage" },
  "/api/users/[id]": { GET: "users.manage", PATCH: "users.manage" },
  "/api/users/[id]/invitation": { POST: "users.manage" },
  "/api/zones": { GET: "estate.read", POST: "estate.write" },
  "/api/zones/[id]": { GET: "estate.read", PATCH: "estate.write", DELETE: "estate.write" },
} as const satisfies Record<string, Partial<Record<HttpMethod, Gate>>>;
export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type ApiPath = keyof typeof API_GATES;

/** Every page, by its address. */
export const PAGE_GATES = {
  "/": "estate.read",
  "/[...missing]": "account.own",
  "/devices/[id]": "estate.read",
  "/alerts": "alerts.read",
  "/alerts/[id]": "alerts.read",
  "/live": "estate.read",
  "/estate": "estate.read",
  "/estate/zones": "estate.read",
  "/estate/devices": "estate.read",
  "/estate/targets": "estate.read",
  "/reports": "reports.export",
  "/keys": "keys.manage",
  "/users": "users.manage",
  "/audit": "audit.read",
  "/profile": "account.own",
  "/sign-in": "anyone",
  "/setup": "anyone",
  "/invite/[token]": "anyone",
} as const satisfies Record<string, Right | "anyone">;
export type PagePath = keyof typeof PAGE_GATES;

/** Whether someone may open a page. */
export function mayOpen(standing: Standing, page: PagePath): boolean {
  const gate = PAGE_GATES[page];
  return gate === "anyone" || may(standing, gate);
}
