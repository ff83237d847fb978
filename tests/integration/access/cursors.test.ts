import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asUser, makeKey } from "@/tests/support/accounts";
import { type Api, api } from "@/tests/support/api";
import { secondsFromNow } from "@/tests/support/clock";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";
import { makeDevice, makeFacility, makeZone } from "@/tests/support/factories";
import { reading } from "@/tests/support/messages";
import { type RunningServer, startServer } from "@/tests/support/server";

const today = secondsFromNow(0).slice(0, 10);

/** Every call that comes in pages, by its route file, with queries that page through it. */
const CALLS: Record<string, string[]> = {
  "api/alerts/route.ts": ["/api/alerts?"],
  "api/audit/route.ts": ["/api/audit?"],
  "api/devices/route.ts": [
    "/api/devices?",
    "/api/devices?sort=-code&",
    "/api/devices?sort=newest&",
  ],
  "api/devices/status/route.ts": ["/api/devices/status?"],
  "api/facilities/route.ts": ["/api/facilities?", "/api/facilities?sort=newest&"],
  "api/targets/route.ts": ["/api/targets?"],
  "api/zones/route.ts": ["/api/zones?", "/api/zones?sort=-code&", "/api/zones?sort=newest&"],
};

type Thing = { id: number; code: string };
type Foreign = { facility: Thing; zone: Thing; device: Thing; alert: { id: number; at: string } };

/**
 * Every page with pages, by the file that shows their links; the cursors that name what is foreign.
 * The heartbeat is not among them: its pages are counted, so its address names nothing.
 */
const PAGES: Record<string, { address: string; cursors: (foreign: Foreign) => string[] }[]> = {
  "(console)/(settings)/audit/page.tsx": [{ address: "/audit?", cursors: () => ["1"] }],
  "(console)/alerts/_components/list/alert-list.tsx": [
    { address: "/alerts?", cursors: ({ alert }) => [`${alert.at}~${alert.id}`] },
    ...["device", "zone", "type"].map((group) => ({
      address: `/alerts?group=${group}&`,
      cursors: ({ device, zone }: Foreign) =>
        [device.id, zone.id, "high_power"].map((key) => `CRITICAL~1~${key}`),
    })),
  ],
  "(console)/estate/devices/page.tsx": ["", "sort=-code&", "sort=newest&"].map((sort) => ({
    address: `/estate/devices?${sort}`,
    cursors: ({ device }) => [`${device.id}.x`, `${device.id}.M-1`],
  })),
  "(console)/estate/page.tsx": [
    { address: "/estate?", cursors: ({ facility }) => [`${facility.id}.x`, `${facility.id}.A`] },
  ],
  "(console)/estate/targets/page.tsx": [
    {
      address: "/estate/targets?facility=A&",
      cursors: ({ zone, device }) => [`${zone.id}.zone`, `${device.id}.device`],
    },
    {
      address: "/estate/targets?facility=A&search=-&",
      cursors: ({ zone, device }) => [`${zone.id}.zone`, `${device.id}.device`],
    },
  ],
  "(console)/estate/zones/page.tsx": [
    { address: "/estate/zones?", cursors: ({ zone }) => [`${zone.id}.x`, `${zone.id}.M`] },
  ],
};

let database: TestDatabase;
let server: RunningServer;
let everything: Api;
let foreign: Foreign;
const kept: Record<string, Api> = {};
const KEPT = [
  "a user of facility A",
  "a key of facility A",
  "a key of zone C",
  "a key of device C-1",
];

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startServer({ kind: "gateway", databaseUrl: database.url });
  everything = api(server.url);
  const { sql } = database;
  const a = await makeFacility(sql, { code: "A" });
  const places: { zone: Thing; device: Thing }[] = [];
  let other = { facility: a, ...places[0]! };
  // What is foreign is made between, so that its ids and codes lie between too.
  for (const code of ["C", "M", "T"]) {
    const facility = code === "M" ? await makeFacility(sql, { code: "M-facility" }) : a;
    const zone = await makeZone(sql, { code, facilityId: facility.id });
    const device = await makeDevice(sql, { code: `${code}-1`, zoneId: zone.id });
    await everything.post(
      "/api/telemetry",
      reading(device.code, secondsFromNow(0), { current: 20 }),
    );
    for (const owner of [{ zone_id: zone.id }, { device_id: device.id }]) {
      await everything.post("/api/targets", { ...owner, date: today, target_value: 7 });
    }
    if (code === "M") other = { facility, zone, device };
    else places.push({ zone, device });
  }
  const [alert] = (await everything.get(`/api/alerts?device=${other.device.id}`)).body;
  foreign = { ...other, alert: { id: alert.id, at: alert.created_at } };
  const user = await asUser(sql, "manager", { facilityIds: [a.id] });
  const { zone, device } = places[0]!;
  const keys = [{ facilityId: a.id }, { zoneId: zone.id }, { deviceId: device.id }];
  kept[KEPT[0]!] = api(server.url, user);
  for (const [i, reach] of keys.entries()) {
    const { secret } = await makeKey(sql, reach);
    kept[KEPT[i + 1]!] = api(server.url, { Authorization: `Bearer ${secret}` });
  }
});
afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

/** The files of `app` that hold a text. */
const filesWith = (text: string, file: RegExp) =>
  readdirSync("app", { recursive: true, encoding: "utf8" })
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => file.test(name) && readFileSync(`app/${name}`, "utf8").includes(text))
    .sort();

test("every call and every page that comes in pages is walked here", () => {
  expect(filesWith("pageParams(", /\/route\.ts$/)).toEqual(Object.keys(CALLS).sort());
  const shown = filesWith("afterPaging(", /\.tsx$/);
  expect(shown).toEqual(Object.keys(PAGES).sort());
});

/** Walks a list one row at a time. @returns the rows, and the address of each next page */
async function walk(client: Api, path: string): Promise<{ rows: unknown[]; next: string[] }> {
  const rows: unknown[] = [];
  const next: string[] = [];
  for (let address: string | undefined = `${path}limit=1`; address; ) {
    const { status, body, headers } = await client.get(address);
    expect(status, address).toBe(200);
    rows.push(...body);
    address = /<([^>]+)>; rel="next"/.exec(headers.get("link") ?? "")?.[1];
    if (address) next.push(address);
  }
  return { rows, next };
}

/** Gives what is foreign other codes, which sort elsewhere, and takes them back. */
async function renamed<T>(look: () => Promise<T>): Promise<[T, T, T]> {
  const { sql } = database;
  const rename = async (prefix: string) => {
    const { facility, zone, device } = foreign;
    await sql`update facilities set code = ${prefix + facility.code} where id = ${facility.id}`;
    await sql`update zones set code = ${prefix + zone.code} where id = ${zone.id}`;
    await sql`update devices set code = ${prefix + device.code} where id = ${device.id}`;
  };
  const before = await look();
  await rename("A");
  const first = await look();
  await rename("Z");
  const last = await look();
  await rename("");
  return [before, first, last];
}

const paths = Object.values(CALLS)
  .flat()
  .filter((path) => !path.startsWith("/api/audit"));

/** Where each list goes on after each of its rows, foreign ones too. */
let addresses: string[];
beforeAll(async () => {
  const walks = await Promise.all(paths.map((path) => walk(everything, path)));
  addresses = walks.flatMap(({ next }) => next).map((next) => next.replace("limit=1", "limit=50"));
});

describe.each(KEPT)("%s", (name) => {
  const client = () => kept[name]!;

  test.each(paths)("%s is walked to its end and holds its own alone", async (path) => {
    const { rows, next } = await walk(client(), path);
    const all = await client().get(path);
    expect(rows).toHaveLength(all.body.length);
    expect(JSON.stringify([rows, next])).not.toMatch(/"M\b|M-1|M-facility/);
  });

  test("no call tells anything of what a foreign cursor names", async () => {
    const look = async () => {
      const ids = addresses.map(async (address) => {
        const { status, body } = await client().get(address);
        return [address, status, ...body.map(({ id }: { id: number }) => id)];
      });
      return Promise.all(ids);
    };
    const [before, first, last] = await renamed(look);
    expect(first).toEqual(before);
    expect(last).toEqual(before);
  });
});

test("the audit log, which is not kept to facilities, is for administrators alone", async () => {
  for (const name of KEPT) expect((await kept[name]!.get("/api/audit?cursor=MQ")).status).toBe(403);
  expect((await kept[KEPT[0]!]!.get("/audit?after=1")).status).toBe(403);
});

test("no page tells a user of facility A anything of what a foreign cursor names", async () => {
  const client = kept[KEPT[0]!]!;
  const asked = Object.values(PAGES).flatMap((pages) =>
    pages.flatMap(({ address, cursors }) =>
      cursors(foreign).map((cursor) => `${address}after=${encodeURIComponent(cursor)}`),
    ),
  );
  const look = async () => {
    const seen: [string, number, string[]][] = [];
    for (const address of asked) {
      const { status, body } = await client.get(address);
      // A page names each row's place and links; what counts is which rows are there.
      const own = new Set(String(body).match(/\b[CT]-1\b|>[CT]</g));
      seen.push([address, status, [...own].sort()]);
    }
    return seen;
  };
  const [before, first, last] = await renamed(look);
  expect(first).toEqual(before);
  expect(last).toEqual(before);
});
