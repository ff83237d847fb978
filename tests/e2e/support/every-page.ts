import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { PAGE_GATES, type PagePath } from "@/lib/domain/access/access";
import { hashOf } from "@/lib/server/keys/secret";

/** A page as someone opens it. `visitor`: without being signed in. */
export type PageVisit = { page: PagePath; name: string; address: string; visitor: boolean };

type Views = Record<PagePath, Record<string, string>>;

/**
 * Every page that there is, with its views, in the demo's estate. A page that is missing here does
 * not compile. Set-up is left out: it is closed once there is a user.
 */
export async function everyPage(databaseUrl: string): Promise<PageVisit[]> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const [device] = await sql<{ id: number; facility_id: number }[]>`
      select d.id, z.facility_id from devices d join zones z on z.id = d.zone_id
      join device_state s on s.device_id = d.id
      order by s.last_telemetry_at desc nulls last, d.code limit 1`;
    const [alert] = await sql<{ id: number }[]>`
      select id from alerts where alert_type = 'high_power' order by id desc limit 1`;
    const views: Views = {
      "/": { dashboard: "/", "dashboard-facility": `/?facility=${device!.facility_id}` },
      "/live": { "live-table": "/live", "live-map": "/live?view=map" },
      "/alerts": { alerts: "/alerts", "alerts-grouped": "/alerts?state=all&group=zone" },
      "/alerts/[id]": { alert: `/alerts/${alert!.id}` },
      "/devices/[id]": { device: `/devices/${device!.id}` },
      "/reports": { reports: "/reports" },
      "/estate": { facilities: "/estate" },
      "/estate/zones": { zones: "/estate/zones" },
      "/estate/devices": { devices: "/estate/devices" },
      "/estate/targets": { targets: `/estate/targets?facility=${device!.facility_id}` },
      "/keys": { keys: "/keys" },
      "/users": { users: "/users" },
      "/audit": { audit: "/audit" },
      "/profile": { profile: "/profile" },
      "/[...missing]": { missing: "/no-such-page" },
      "/sign-in": { "sign-in": "/sign-in" },
      "/invite/[token]": { invitation: `/invite/${await invitation(sql)}` },
      "/setup": {},
    };
    return Object.entries(views).flatMap(([page, of]) =>
      Object.entries(of).map(([name, address]) => ({
        ...{ page: page as PagePath, name, address },
        visitor: PAGE_GATES[page as PagePath] === "anyone",
      })),
    );
  } finally {
    await sql.end();
  }
}

/** The token of an invitation that was not used yet. */
async function invitation(sql: postgres.Sql): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const [user] = await sql<{ id: number }[]>`
    insert into users (email, name, role, all_facilities)
    values ('grace@example.com', 'Grace Hill', 'operator', true) returning id`;
  await sql`insert into invitations (user_id, token_hash, created_at, expires_at)
    values (${user!.id}, ${hashOf(token)}, now(), now() + interval '7 days')`;
  return token;
}
